"""`assessor report`: a scorecard file in, a page to read, send and print out."""

import sys
from pathlib import Path
from typing import cast

import click

from assessor.cli.writing import write_whole
from assessor.domain.problems import Checked, Problem, failed
from assessor.domain.scorecard import Scorecard
from assessor.reports.page import Theme, render_scorecard_file
from assessor.reports.scorecard_file import LARGEST, read_scorecard
from assessor.reports.words import opening


@click.command()
@click.argument("scorecard", metavar="SCORECARD", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path, allow_dash=True),
    help="The HTML file to write; - prints it.",
)
@click.option(
    "--theme",
    type=click.Choice(["auto", "light", "dark"]),
    default="auto",
    show_default=True,
    help="Colours on the screen; auto follows the reader's system. Paper is always white.",
)
def report(scorecard: Path, out: Path, theme: str) -> None:
    """Turn a scorecard file into a page.

    SCORECARD is the file that `assessor score` wrote; - reads it from standard input. The page is
    one HTML file that needs no other and loads nothing. The same scorecard gives the same bytes.

    Exit status: 0 with a page, 1 where something was wrong and nothing was written, 2 for wrong
    usage.
    """
    checked = _read(scorecard)
    for problem in checked.problems:
        click.echo(str(problem), err=True)
    if checked.value is None or checked.errors:
        raise SystemExit(1)
    # The choices of the option are the themes.
    page = render_scorecard_file(checked.value, theme=cast(Theme, theme)).encode()
    if str(out) == "-":
        sys.stdout.buffer.write(page)
        sys.stdout.flush()
        return
    problem_of_writing = write_whole(out, page)
    if problem_of_writing is not None:
        click.echo(str(problem_of_writing), err=True)
        raise SystemExit(1)
    click.echo(opening(checked.value))
    click.echo(f"Written to {out}.")


def _read(path: Path) -> Checked[Scorecard]:
    if str(path) == "-":
        return read_scorecard(sys.stdin.buffer.read(LARGEST + 1), "standard input")
    try:
        with path.open("rb") as file:
            # One byte more than may be: so the reader sees that it is too much.
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        message = "There is no such file. Check its name and folder."
    except IsADirectoryError:
        message = "This is a folder. Name the scorecard file in it."
    except OSError as error:
        message = f"The file cannot be read ({error.strerror}). Check that you may open it."
    else:
        return read_scorecard(data, str(path))
    return failed(Problem(code="file.unreadable", where="", message=message, file=str(path)))
