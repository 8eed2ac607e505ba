"""`assessor site import-answers`: answers collected elsewhere, of any size, become a wave."""

import hashlib
from pathlib import Path

import click
from pydantic import ValidationError

from assessor.actions.imports import Source, import_answers
from assessor.cli.site_files import KEY_OPTION, library_named
from assessor.cli.site_starting import or_stop, site, site_settings, stop
from assessor.cli.writing import write_whole
from assessor.domain.instrument import Instrument
from assessor.domain.problems import Problem
from assessor.formats.responses.applying import MappedResponses, apply_map
from assessor.formats.responses.column_map import ColumnMap
from assessor.formats.responses.exports import read_table
from assessor.formats.responses.suggesting import suggest_map
from assessor.formats.responses.table import ForeignTable
from assessor.store import imports
from assessor.store.published import published_version

LARGEST = 500 * 1024 * 1024


@click.command(name="import-answers")
@click.argument("instrument")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@KEY_OPTION
@click.option("--title", required=True, help="What the wave is called.")
@click.option("--period", required=True, help="Which period it counts for, such as “2024”.")
@click.option("--from", "description", required=True, help="Where the answers come from.")
@click.option(
    "--map",
    "map_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="How the columns are read, as JSON; remembered or suggested where not given.",
)
@click.option(
    "--write-map",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the map here, to be looked at and corrected, and take nothing in.",
)
@click.option("--again", is_flag=True, help="Take a file in that was taken in before.")
def import_command(
    instrument: str,
    file: Path,
    key: str,
    title: str,
    period: str,
    description: str,
    map_file: Path | None,
    write_map: Path | None,
    again: bool,
) -> None:
    """Take answers in as a closed wave of INSTRUMENT.

    FILE is CSV (also as Qualtrics and LimeSurvey export it), SPSS (.sav) or a LimeSurvey archive
    (.lsa). All answers are taken in or none: every wrong value is told with its row.
    """
    data = _bytes(file)
    table = or_stop(read_table(data, file.name))
    with site(site_settings()):
        library_id = library_named(key)
        found = published_version(library_id, instrument)
        if found is None:
            message = f"No version of `{instrument}` is published. Publish it first."
            stop(Problem(code="import.instrument", where="INSTRUMENT", message=message))
        column_map = _map(map_file, library_id, table, found.instrument)
        as_json = column_map.model_dump_json(exclude_defaults=True, indent=2)
        if write_map is not None:
            _write(write_map, as_json)
            return
        mapped: MappedResponses = or_stop(apply_map(table, column_map, found.instrument))
        if mapped.weights is not None:
            click.echo("The column of weights is left out: waves keep none.", err=True)
        source = Source(
            description=description,
            format=table.kind,
            sha256=hashlib.sha256(data).hexdigest(),
            headers_sha256=table.headers_sha256,
            column_map=as_json,
        )
        wave_id = or_stop(
            import_answers(
                library_id,
                instrument=instrument,
                title=title,
                period=period,
                source=source,
                rows=mapped.rows,
                days=mapped.days,
                twice=again,
            )
        )
    click.echo(f"Took in {len(mapped.rows):,} responses as the closed wave {wave_id}.")


def _map(
    path: Path | None, library_id: int, table: ForeignTable, instrument: Instrument
) -> ColumnMap:
    """The map in the file, the one remembered for such columns, or a suggestion."""
    if path is not None:
        try:
            return ColumnMap.model_validate_json(_bytes(path))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"]))
            message = f"This is no map of columns ({first['msg']}). Begin with --write-map."
            stop(Problem(code="import.map", where=where, message=message, file=str(path)))
    kept = imports.remembered_map(library_id, instrument.key, table.headers_sha256)
    if kept is not None:
        return ColumnMap.model_validate_json(kept)
    return suggest_map(
        table.headers,
        table.sample(),
        instrument,
        labels=table.labels,
        values=table.values,
        missing=table.missing,
    )


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        message = f"The file cannot be read ({error.strerror}). Check its name and folder."
        stop(Problem(code="file.unreadable", where="", message=message, file=str(path)))
    if len(data) > LARGEST:
        message = "The file is larger than 500 MB. Divide it."
        stop(Problem(code="file.too-large", where="", message=message, file=str(path)))
    return data


def _write(path: Path, text: str) -> None:
    problem = write_whole(path, (text + "\n").encode())
    if problem is not None:
        stop(problem)
    click.echo(f"Written to {path}. Look at it, then give it back with --map.")
