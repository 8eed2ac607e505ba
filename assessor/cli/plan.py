"""`assessor plan`: read a plan document without a site or a database."""

import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import click
from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from assessor.domain.plan import KEY_PATTERN, Plan, Reading, check_plan
from assessor.domain.problems import Checked, Problem, failed, has_errors
from assessor.planning.editions import EditionReading, carry_codes
from assessor.planning.present import as_json, as_tree, as_yaml
from assessor.planning.read import ReadPlan, read_plan
from assessor.planning.sources import MAX_BYTES, load_source


@click.group()
def plan() -> None:
    """Read strategic plans from documents."""


@plan.command()
@click.argument("document", metavar="FILE|-")
@click.option(
    "--format", "form", type=click.Choice(["tree", "json", "yaml"]), default="tree", show_default=True,  # noqa: E501
    help="A tree for people, JSON for programs, or a plan file to edit.",
)  # fmt: skip
@click.option(
    "--against", type=click.Path(), help="A plan file of the edition before; its codes carry over."
)
@click.option(
    "--key", default="", help="The plan's short name in a plan file, such as your library's; made from the title where it is left out.",  # noqa: E501
)  # fmt: skip
@click.option(
    "--out", type=click.Path(dir_okay=False), help="Write here instead of to the terminal."
)
def read(document: str, form: str, against: str | None, key: str, out: str | None) -> None:
    """Propose the elements of a plan document (.txt .md .html .docx .pdf, or - for standard input).

    Ends with 0 and a proposal, or with 1 and the problems; nothing is written then.
    """
    if key and not (re.fullmatch(KEY_PATTERN, key) and len(key) <= 60):
        _fail((_no_key(key),))
    result = _read(document)
    if result.value is None:
        _fail(result.problems)
    assert result.value is not None
    reading = result.value.reading
    problems = result.problems
    if against is not None:
        old = _old_plan(against)
        if old.value is None:
            _fail(old.problems)
        assert old.value is not None
        edition = carry_codes(old.value, reading)
        reading = edition.reading
        click.echo(_changes(edition), err=True)
    for problem in problems:
        click.echo(str(problem), err=True)
    doubts = sum(element.doubt is not None for element in reading.elements)
    if doubts and form != "tree":
        click.echo(
            f"{doubts} of {len(reading.elements)} elements carry a doubt; look at these first.",
            err=True,
        )
    writers: dict[str, Callable[[Reading], str]] = {
        "tree": as_tree,
        "json": as_json,
        "yaml": partial(as_yaml, key=key),
    }
    text = writers[form](reading)
    if out is None:
        sys.stdout.buffer.write(text.encode("utf-8")) if hasattr(
            sys.stdout, "buffer"
        ) else click.echo(text, nl=False)
        sys.stdout.flush()
    else:
        _write(Path(out), text)


@plan.command()
@click.argument("document", metavar="FILE|-")
def lines(document: str) -> None:
    """Print the numbered lines of a document as the reader sees them; line ranges count these."""
    data = _bytes(document)
    if isinstance(data, Problem):
        _fail((data,))
    assert isinstance(data, bytes)
    source = load_source(data, _name(document))
    if source.value is None:
        _fail(source.problems)
    assert source.value is not None
    for line in source.value.lines:
        click.echo(f"{line.number:6}  {line.text}")


def _name(document: str) -> str:
    return "standard input" if document == "-" else document


def _bytes(document: str) -> bytes | Problem:
    if document == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    path = Path(document)
    try:
        with path.open("rb") as handle:
            return handle.read(MAX_BYTES + 1)
    except IsADirectoryError:
        message = "This is a folder. Name the file of the plan."
    except FileNotFoundError:
        message = "There is no such file. Check its name and folder."
    except OSError as error:
        message = f"The file cannot be read ({error.strerror}). Check that you may open it."
    return Problem(code="plan.unreadable", where="", message=message, file=document)


def _read(document: str) -> Checked[ReadPlan]:
    data = _bytes(document)
    return failed(data) if isinstance(data, Problem) else read_plan(data, _name(document))


def _fail(problems: tuple[Problem, ...]) -> None:
    for problem in problems:
        click.echo(str(problem), err=True)
    sys.exit(1)


def _no_key(key: str) -> Problem:
    return Problem(
        code="plan.key",
        where="--key",
        message=f"“{key}” is no key. Take small letters, digits and single dashes, at most 60, such as `riverbend`.",  # noqa: E501
    )


def _old_plan(path: str) -> Checked[Plan]:
    """A plan file of the edition before, as `--format yaml` writes it."""
    data = _bytes(path)
    if isinstance(data, Problem):
        return failed(data)
    if len(data) > 2_000_000:
        return failed(
            Problem(
                code="plan.too-large",
                where="",
                message="A plan file has at most 2 MB. Name the plan file.",
                file=path,
            )
        )
    try:
        document = YAML(typ="safe", pure=True).load(data.decode("utf-8"))
        old = Plan.model_validate(document)
    except ValidationError as error:
        return failed(
            *(
                Problem(
                    code="plan.file",
                    where=".".join(str(part) for part in item["loc"]),
                    message=f"{item['msg']}. Correct it, or write the file anew with “assessor plan read … --format yaml”.",  # noqa: E501
                    file=path,
                )
                for item in error.errors()
            )
        )
    except (YAMLError, UnicodeDecodeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        return failed(
            Problem(
                code="plan.file",
                where="",
                message="This is no plan file in YAML. Name a file written with “assessor plan read … --format yaml”.",  # noqa: E501
                line=mark.line + 1 if mark is not None else None,
                file=path,
            )
        )
    problems = tuple(p.model_copy(update={"file": path}) for p in check_plan(old))
    return failed(*problems) if has_errors(problems) else Checked(old)


def _changes(edition: EditionReading) -> str:
    counts = Counter(change.kind for change in edition.changes)
    parts = [
        f"{counts[kind]} {kind}"
        for kind in ("unchanged", "reworded", "moved", "new", "gone")
        if counts[kind]
    ]
    out = ["Against the edition before: " + (", ".join(parts) or "nothing to compare") + "."]
    for change in edition.changes:
        if change.kind != "unchanged":
            text = (change.after or change.before).text if (change.after or change.before) else ""  # type: ignore[union-attr]
            out.append(f"  {change.kind:9} {change.code}  {text[:80]}")
    return "\n".join(out)


def _write(path: Path, text: str) -> None:
    """Write all or nothing: a file beside the target, then a rename."""
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(temporary, 0o644)  # noqa: PTH101
        Path(temporary).replace(path)
    except OSError as error:
        _fail(
            (
                Problem(
                    code="plan.unwritable",
                    where="",
                    message=f"The result cannot be written there ({error.strerror}). Choose another place with --out.",  # noqa: E501
                    file=str(path),
                ),
            )
        )
