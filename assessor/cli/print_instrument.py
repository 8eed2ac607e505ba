"""`assessor print`: a questionnaire as PDF, with its logic in words."""

from pathlib import Path

import click

from assessor.cli.reading import instrument_or_stop, stop
from assessor.cli.writing import write_whole
from assessor.domain.checks.finding import did_you_mean
from assessor.domain.problems import Problem


@click.command(name="print")
@click.argument("instrument", metavar="INSTRUMENT", type=click.Path(path_type=Path))
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The PDF file to write.",
)
@click.option("--language", help="One of the instrument's languages; its own where not given.")
def print_command(instrument: Path, out: Path, language: str | None) -> None:
    """Print a questionnaire as PDF.

    INSTRUMENT is an instrument's YAML file. Every question stands there with its answers to tick,
    and with who is asked it, in words. The PDF is tagged, so that it can be read aloud.

    Exit status: 0 with a PDF, 1 where something was wrong and nothing was written, 2 for wrong
    usage.
    """
    asked = instrument_or_stop(instrument)
    if language and language not in asked.languages:
        message = f"It is not translated to `{language}`. {did_you_mean(language, asked.languages)}"
        stop(Problem(code="print.language", where="", message=message, file=str(instrument)))
    try:
        # Needs the system's text engine, which may be missing.
        from assessor.reports.questionnaire import questionnaire_pdf

        made = questionnaire_pdf(asked, language=language)
    except OSError:
        message = (
            "The library that draws text is missing. On Debian and Ubuntu: apt-get install "
            "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; on macOS: brew install pango."
        )
        stop(Problem(code="print.no-pango", where="", message=message))
    problem = write_whole(out, made)
    if problem is not None:
        stop(problem)
    click.echo(f"Written to {out}.")
