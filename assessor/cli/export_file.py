"""`assessor export`: an instrument in, another tool's questionnaire out."""

from pathlib import Path

import click

from assessor.cli.import_file import show_report
from assessor.cli.reading import instrument_or_stop, stop
from assessor.cli.writing import write_all
from assessor.domain.problems import Problem
from assessor.formats.exporting import FORMATS
from assessor.formats.loss_words import report_bytes


@click.command(name="export")
@click.argument("instrument", metavar="INSTRUMENT", type=click.Path(path_type=Path))
@click.option(
    "--to", "wanted", required=True, type=click.Choice(list(FORMATS)), help="The other tool."
)
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write.",
)
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A loss report to write, as JSON: what the other tool will not see.",
)
def export_command(instrument: Path, wanted: str, out: Path, report: Path | None) -> None:
    """Turn an instrument into another tool's questionnaire.

    INSTRUMENT is an instrument's YAML file. The same instrument gives the same bytes, and importing
    them gives the instrument again.

    Exit status: 0 with a file, 1 where something was wrong and nothing was written, 2 for wrong
    usage.
    """
    if report is not None and out.absolute() == report.absolute():
        raise click.UsageError("The questionnaire and the report need two files.")
    chosen = FORMATS[wanted]
    if not chosen.is_there:
        message = f"This version cannot write {chosen.label}. Choose another format."
        stop(Problem(code="export.format", where="", message=message))
    data, losses = chosen.write(instrument_or_stop(instrument))
    files = {out: data}
    if report is not None:
        files[report] = report_bytes(losses)
    problem = write_all(files)
    if problem is not None:
        stop(problem)
    show_report(losses)
    click.echo(f"Written to {out}.")
