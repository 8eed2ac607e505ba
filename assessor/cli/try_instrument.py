"""`assessor try`: robots answer an instrument before a patron is asked."""

from datetime import UTC, datetime
from pathlib import Path

import click

from assessor.cli.reading import instrument_or_stop, stop
from assessor.cli.writing import write_whole
from assessor.domain.trial import MOST_RESPONDENTS, try_instrument
from assessor.formats.answers_csv_writing import write_answers_csv
from assessor.reports.trial_words import trial_findings, trial_lines


@click.command(name="try")
@click.argument("instrument", metavar="INSTRUMENT", type=click.Path(path_type=Path))
@click.option(
    "--respondents",
    type=click.IntRange(1, MOST_RESPONDENTS),
    default=500,
    show_default=True,
    help="How many robots answer.",
)
@click.option(
    "--seed",
    type=int,
    default=1,
    show_default=True,
    help="The same seed gives the same robots.",
)
@click.option(
    "--on",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day that `today()` is for them; today where it is not given.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write their answers here as CSV, to try a scorecard on.",
)
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write what was found here as JSON.",
)
def try_command(
    instrument: Path,
    respondents: int,
    seed: int,
    day: datetime | None,
    out: Path | None,
    report: Path | None,
) -> None:
    """Send robots through an instrument and say what nobody saw.

    INSTRUMENT is an instrument's YAML file. The robots answer at random, by the rules of a patron's
    pages: what is not asked has no answer, and what does not pass the check is not taken. Told are
    pages, items and answers that nobody met, logic that always came out the same, the ways that
    were taken, and the time each page takes.

    Exit status: 0 where the robots went through, 1 where the file has errors, some robot could not
    go on, or nothing could be written, 2 for wrong usage.
    """
    asked = instrument_or_stop(instrument)
    on = day.date() if day else datetime.now(UTC).date()
    trial, rows = try_instrument(asked, respondents, seed=seed, on=on)
    if out is not None:
        groups = [row.get(asked.group_item or "") for row in rows]
        named = [group if isinstance(group, str) else None for group in groups]
        written = write_answers_csv(asked, rows, named if asked.group_item else None)
        _write(out, written.unwrap())
    if report is not None:
        _write(report, (trial.model_dump_json(indent=2) + "\n").encode())
    for line in trial_lines(trial, asked):
        click.echo(line)
    if not trial_findings(trial, asked):
        click.echo("Everything was met by somebody.")
    for path in (out, report):
        if path is not None:
            click.echo(f"Written to {path}.")
    if trial.stuck:
        raise SystemExit(1)


def _write(path: Path, data: bytes) -> None:
    problem = write_whole(path, data)
    if problem is not None:
        stop(problem)
