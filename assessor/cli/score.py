"""`assessor score`: a library's files and its answers in, a scorecard file out."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import click

from assessor import scoring
from assessor.cli.writing import write_whole
from assessor.domain.checks.finding import did_you_mean
from assessor.domain.folder import LibraryFolder
from assessor.domain.instrument import Instrument
from assessor.domain.problems import Checked, Problem, failed, has_errors
from assessor.domain.scorecard import ElementScore, Scorecard
from assessor.formats.answers_csv import read_answers_csv
from assessor.formats.catalogue_file import scales_beside
from assessor.formats.csv_text import LARGEST_FILE
from assessor.formats.folder import is_yaml, read_files, read_folder
from assessor.formats.instrument_file import read_instrument_file
from assessor.scoring import WaveAnswers, frame_from_answers, scorecard_bytes

T = TypeVar("T")

LONG_FILE = 2_000_000
"""From this many bytes on, reading takes long enough to say so."""

PLAN_FILE = "plan.yaml"


@click.command()
@click.argument("library", metavar="LIBRARY_DIR", type=click.Path(path_type=Path))
@click.option(
    "--answers",
    multiple=True,
    required=True,
    metavar="[KEY=]FILE",
    help="Answers as CSV; once for each file. KEY names the instrument where the columns do not.",
)
@click.option(
    "--plan",
    "plan_file",
    type=click.Path(path_type=Path),
    help="A plan file to use instead of the folder's own.",
)
@click.option("--period", default="", help="What the scorecard is about, such as “2025”.")
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path, allow_dash=True),
    help="The scorecard file to write; - prints it.",
)
def score(
    library: Path, answers: tuple[str, ...], plan_file: Path | None, period: str, out: Path
) -> None:
    """Score answers into a scorecard.

    LIBRARY_DIR holds plan.yaml, mapping.yaml and the instruments. Answers are CSV files: one row
    a response, one column an item key (key.scale where an item has several scales), blank for
    skipped, NA for not applicable, a dot for not asked, and columns group and weight where there
    are any. Rows of an older version are read by the file KEY-version-N.yaml beside the answers.

    Exit status: 0 with a scorecard, 1 where something was wrong and nothing was written, 2 for
    wrong usage.
    """
    folder = _or_stop(_library(library, plan_file))
    waves = _or_stop(_waves(folder, answers))
    responses = sum(len(wave.frame) for wave in waves)
    if responses > 50_000:
        _say(f"Scoring {responses:,} responses …")
    scorecard = scoring.score(folder, waves, period=period)
    data = scorecard_bytes(scorecard)
    if str(out) == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    else:
        problem = write_whole(out, data)
        if problem is not None:
            _or_stop(failed(problem))
    for line in summary(scorecard):
        click.echo(line, err=str(out) == "-")
    if str(out) != "-":
        click.echo(f"Written to {out}.")


def _library(library: Path, plan_file: Path | None) -> Checked[LibraryFolder]:
    if plan_file is None or not library.is_dir():
        return read_folder(library)
    plan = _bytes(plan_file)
    if isinstance(plan, Problem):
        return failed(plan)
    files = {PLAN_FILE: plan}
    for path in sorted(library.iterdir()):
        if is_yaml(path.name) and path.name != PLAN_FILE and path.is_file():
            data = _bytes(path)
            if isinstance(data, Problem):
                return failed(data)
            files[path.name] = data
    checked = read_files(files, scales_beside(library))
    problems = tuple(
        p.model_copy(update={"file": str(plan_file)}) if p.file == PLAN_FILE else p
        for p in checked.problems
    )
    return Checked(checked.value, problems)


def _waves(folder: LibraryFolder, answers: Sequence[str]) -> Checked[list[WaveAnswers]]:
    """One wave for each instrument that an answers file holds; all problems of all files."""
    waves: list[WaveAnswers] = []
    problems: list[Problem] = []
    for given in answers:
        checked = _waves_of_file(folder, given)
        problems.extend(checked.problems)
        waves.extend(checked.value or [])
    return Checked(None if has_errors(problems) else waves, tuple(problems))


def _waves_of_file(folder: LibraryFolder, given: str) -> Checked[list[WaveAnswers]]:
    key, separator, name = given.partition("=")
    instruments = folder.instruments
    if separator and not Path(given).exists():
        instruments = tuple(i for i in instruments if i.key == key)
        if not instruments:
            known = [instrument.key for instrument in folder.instruments]
            message = f"The library has no instrument `{key}`. {did_you_mean(key, known)}"
            return failed(Problem(code="answers.instrument", where="--answers", message=message))
    else:
        name = given
    data = _bytes(Path(name))
    if isinstance(data, Problem):
        return failed(data)
    if len(data) >= LONG_FILE:
        _say(f"Reading {name} ({len(data) / 1e6:.0f} MB) …")
    versions = _versions_beside(Path(name), instruments)
    if versions.value is None or versions.errors:
        return failed(*versions.problems)
    tables = read_answers_csv(data, name, instruments, versions.value)
    if tables.value is None:
        return failed(*tables.problems)
    waves = [
        WaveAnswers(
            instrument=table.instrument,
            frame=frame_from_answers(table.instrument, table.rows, table.groups, table.weights),
            version=table.version,
            # What one file holds is one wave, whichever versions it went through.
            fielding=name,
        )
        for table in tables.value.values()
    ]
    return Checked(waves, (*versions.problems, *tables.problems))


def _versions_beside(
    answers: Path, instruments: Sequence[Instrument]
) -> Checked[dict[tuple[str, int], Instrument]]:
    """The older versions that lie beside a file of answers, as `assessor site answers` writes."""
    found: dict[tuple[str, int], Instrument] = {}
    problems: list[Problem] = []
    for instrument in instruments:
        for path in sorted(answers.parent.glob(f"{instrument.key}-version-*.yaml")):
            number = path.stem.rpartition("-")[2]
            data = _bytes(path)
            if not number.isdigit() or isinstance(data, Problem):
                continue
            read = read_instrument_file(data, str(path))
            problems.extend(problem for problem in read.problems if problem.severity == "error")
            if read.value is not None and read.value.key == instrument.key:
                found[instrument.key, int(number)] = read.value
    return Checked(None if problems else found, tuple(problems))


def _bytes(path: Path) -> bytes | Problem:
    try:
        with path.open("rb") as file:
            # One byte more than may be: so the reader sees that it is too much.
            return file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        message = "There is no such file. Check its name and folder."
    except IsADirectoryError:
        message = "This is a folder. Name a file."
    except OSError as error:
        message = f"The file cannot be read ({error.strerror}). Check that you may open it."
    return Problem(code="file.unreadable", where="", message=message, file=str(path))


def summary(scorecard: Scorecard) -> Iterator[str]:
    """The two upper levels of the plan, each with its status in words."""
    title = f"{scorecard.title}, {scorecard.period}" if scorecard.period else scorecard.title
    yield title
    upper = [e for e in scorecard.elements if e.scored and _depth(scorecard, e) < 2]
    rows = [*upper, *([scorecard.plan_score] if scorecard.plan_score else [])]
    width = max((len(row.code) for row in rows), default=0)
    for row in rows:
        text = row.text if row.level != "plan" else "the plan as a whole"
        yield (
            f"  {row.code:<{width}}  {row.score.status.replace('_', ' '):<19}  "
            f"{row.coverage:>4.0%} measured  {_shortened(text)}"
        )
    responses = ", ".join(f"{w.responses:,} responses to {w.instrument}" for w in scorecard.waves)
    yield f"From {responses}. Fingerprint {scorecard.fingerprint[:12]}."


def _depth(scorecard: Scorecard, element: ElementScore) -> int:
    depth, parent = 0, element.parent
    while parent is not None and (above := scorecard.element(parent)) is not None:
        depth, parent = depth + 1, above.parent
    return depth


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59].rstrip()}…"


def _say(text: str) -> None:
    click.echo(text, err=True)


def _or_stop(checked: Checked[T]) -> T:
    for problem in checked.problems:
        click.echo(str(problem), err=True)
    if checked.value is None or checked.errors:
        raise SystemExit(1)
    return checked.value
