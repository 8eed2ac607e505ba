"""What commands that take one instrument's file have in common."""

from pathlib import Path
from typing import NoReturn

import click

from assessor.domain.instrument import Instrument
from assessor.domain.problems import Problem
from assessor.formats.catalogue_file import scales_beside
from assessor.formats.instrument_file import read_instrument_file
from assessor.formats.yaml_text import LARGEST_FILE


def instrument_or_stop(path: Path) -> Instrument:
    """The instrument in a file, with its warnings told; ends the command where it has errors."""
    try:
        with path.open("rb") as file:
            # One byte more than may be: so the reader sees that it is too much.
            data = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        stop(_unreadable(path, "There is no such file. Check its name and folder."))
    except IsADirectoryError:
        stop(_unreadable(path, "This is a folder. Name the instrument's file in it."))
    except OSError as error:
        stop(_unreadable(path, f"The file cannot be read ({error.strerror})."))
    checked = read_instrument_file(data, str(path), scales_beside(path.parent))
    if checked.value is None or checked.errors:
        stop(*checked.problems)
    for problem in checked.problems:
        click.echo(str(problem), err=True)
    return checked.value


def stop(*problems: Problem) -> NoReturn:
    """Tell the problems and end with status 1."""
    for problem in problems:
        click.echo(str(problem), err=True)
    raise SystemExit(1)


def _unreadable(path: Path, message: str) -> Problem:
    return Problem(code="file.unreadable", where="", message=message, file=str(path))
