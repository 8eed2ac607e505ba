"""`assessor import`: another tool's questionnaire in, an instrument and a loss report out."""

from pathlib import Path

import click

from assessor.cli.reading import stop
from assessor.cli.writing import write_all
from assessor.domain.problems import Problem
from assessor.formats.foreign import LARGEST_IMPORT, LossReport
from assessor.formats.importing import FORMATS, import_instrument
from assessor.formats.instrument_file import write_instrument_file
from assessor.formats.loss_words import OUTCOMES, count_sentences, outcome_counts, report_bytes

MOST_SHOWN = 20


@click.command(name="import")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The instrument's YAML file to write.",
)
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The loss report to write, as JSON: what was kept, changed and lost.",
)
@click.option(
    "--format",
    "wanted",
    type=click.Choice(list(FORMATS)),
    help="What the file is; told by its content where not given.",
)
def import_command(file: Path, out: Path, report: Path | None, wanted: str | None) -> None:
    """Turn another tool's questionnaire into an instrument.

    FILE is an XLSForm (.xlsx, .xls, .csv, .md), a LimeSurvey survey (.lss, .lsa), a Qualtrics
    survey (.qsf), a REDCap data dictionary (.csv), or an instrument of Assessor's own. The loss
    report names everything that could not be kept as it was.

    Exit status: 0 with an instrument and its report, 1 where something was wrong and nothing was
    written, 2 for wrong usage.
    """
    if report is not None and out.absolute() == report.absolute():
        raise click.UsageError("The instrument and the report need two files.")
    imported = import_instrument(_bytes(file), file.name, wanted)
    if imported.instrument is None:
        stop(*imported.problems)
    files = {out: write_instrument_file(imported.instrument)}
    if report is not None:
        files[report] = report_bytes(imported.report)
    problem = write_all(files)
    if problem is not None:
        stop(problem)
    show_report(imported.report)
    if imported.answers:
        click.echo(f"The file holds {len(imported.answers)} responses too; they are not written.")
    click.echo(f"Written to {out}." if report is None else f"Written to {out} and {report}.")


def show_report(report: LossReport) -> None:
    """The report on the terminal: counts, and the lines that need a decision."""
    counts = ", ".join(count_sentences(report))
    if counts:
        click.echo(f"Kept: {counts}.")
    numbers = outcome_counts(report)
    click.echo(", ".join(f"{OUTCOMES[name]}: {number}" for name, number in numbers.items()) + ".")
    lines = [*report.of("lost"), *report.of("changed")]
    for loss in lines[:MOST_SHOWN]:
        click.echo(f"  {loss.outcome}: {loss.item}, {loss.about}: {loss.message}")
    if len(lines) > MOST_SHOWN:
        click.echo(f"  and {len(lines) - MOST_SHOWN} more, all in the report.")


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            # One byte more than may be: so the reader sees that it is too much.
            return file.read(LARGEST_IMPORT + 1)
    except FileNotFoundError:
        message = "There is no such file. Check its name and folder."
    except IsADirectoryError:
        message = "This is a folder. Name the file in it."
    except OSError as error:
        message = f"The file cannot be read ({error.strerror}). Check that you may open it."
    return stop(Problem(code="file.unreadable", where="", message=message, file=str(path)))
