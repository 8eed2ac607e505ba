"""`assessor check`: all problems of plans, mappings, instruments and catalogues at once."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from assessor.domain.problems import Problem, has_errors
from assessor.formats.checking import check_path
from assessor.formats.document_file import in_order


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Lines for people, or JSON for programs.",
)
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
def check(paths: tuple[Path, ...], output: str, strict: bool) -> None:
    """Check files and folders, and list everything that is wrong with them.

    PATH is a library's folder (plan.yaml, mapping.yaml, instruments), a folder of such folders, a
    single file of one, or the catalogue.

    Exit status: 0 without errors (warnings are allowed), 1 with errors, 2 for wrong usage.
    """
    checked = [check_path(path) for path in paths]
    problems = in_order(
        _with_severity(problem, strict) for one in checked for problem in one.problems
    )
    files = len({file for one in checked for file in one.files})
    if output == "json":
        click.echo(_as_json(problems, files))
    else:
        for problem in problems:
            click.echo(_line(problem))
        click.echo(_summary(problems, files), err=False)
    raise SystemExit(1 if has_errors(problems) else 0)


def _with_severity(problem: Problem, strict: bool) -> Problem:
    return problem.model_copy(update={"severity": "error"}) if strict else problem


def _line(problem: Problem) -> str:
    place = ":".join(str(part) for part in (problem.file, problem.line) if part is not None)
    return f"{place}: {problem.severity}: {problem.message} [{problem.code}]"


def _as_json(problems: Sequence[Problem], files: int) -> str:
    content = {
        "files": files,
        "errors": sum(p.severity == "error" for p in problems),
        "warnings": sum(p.severity == "warning" for p in problems),
        "problems": [problem.model_dump(mode="json") for problem in problems],
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _summary(problems: Sequence[Problem], files: int) -> str:
    if not problems:
        return f"No problems in {_count(files, 'file')}."
    affected = len({problem.file for problem in problems})
    warnings = sum(p.severity == "warning" for p in problems)
    of_which = ""
    if warnings == len(problems):
        of_which = ", only warnings" if warnings > 1 else ", only a warning"
    elif warnings:
        of_which = f", {_count(warnings, 'warning')} among them"
    return f"{_count(len(problems), 'problem')} in {_count(affected, 'file')}{of_which}."


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
