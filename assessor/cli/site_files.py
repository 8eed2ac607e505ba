"""`assessor site load` and `export`: a library's folder of files, in and out of the site."""

from pathlib import Path

import click

from assessor.actions.folders import export_folder, load_folder
from assessor.cli.site_starting import or_stop, site, site_settings, stop
from assessor.cli.writing import write_whole
from assessor.domain.problems import Problem
from assessor.formats.folder import read_folder, write_folder
from assessor.store import account_queries, documents

_KEY = click.option(
    "--library", "key", default="", help="Its key; needed where the site has more than one."
)
_FOLDER = click.argument("folder", type=click.Path(path_type=Path, file_okay=False))


@click.command()
@_FOLDER
@_KEY
@click.option("--drafts", is_flag=True, help="Keep the instruments as drafts, unpublished.")
def load(folder: Path, key: str, drafts: bool) -> None:
    """Load plan, mapping and instruments from FOLDER, all or none.

    What is the same already stays as it is; what differs becomes the next edition or version.
    """
    files = or_stop(read_folder(folder))
    with site(site_settings()):
        loaded = or_stop(load_folder(_library_id(key), files, publish_instruments=not drafts))
        click.echo(f"Plan {files.plan.key}, edition {loaded.plan_edition}")
        click.echo(f"Mapping, edition {loaded.mapping_edition}")
        for instrument in files.instruments:
            version = loaded.versions.get(instrument.key)
            state = "draft" if version is None else f"version {version}"
            click.echo(f"Instrument {instrument.key}, {state}")


@click.command()
@_FOLDER
@_KEY
@click.option("--plan", "plan_key", default="", help="Its key; needed where there are several.")
def export(folder: Path, key: str, plan_key: str) -> None:
    """Write the newest plan, its mapping and all instruments into FOLDER, as `load` reads them."""
    with site(site_settings()):
        library_id = _library_id(key)
        keys = documents.plan_keys(library_id)
        chosen = _one("plan", "--plan", keys, plan_key)
        files = write_folder(or_stop(export_folder(library_id, chosen)))
        folder.mkdir(parents=True, exist_ok=True)
        there = sorted(name for name in files if (folder / name).exists())
        if there:
            stop(
                Problem(
                    code="folder.not-empty",
                    where=str(folder),
                    message=f"{', '.join(there)} would be written over. Name an empty folder.",
                )
            )
        for name, data in files.items():
            problem = write_whole(folder / name, data)
            if problem is not None:
                stop(problem)
            click.echo(f"Wrote {folder / name}")


def _library_id(key: str) -> int:
    libraries = {library.key: library.id for library in account_queries.libraries()}
    return libraries[_one("library", "--library", tuple(libraries), key)]


def _one(what: str, option: str, keys: tuple[str, ...], wanted: str) -> str:
    """The one that is wanted, or the only one there is."""
    chosen = [key for key in keys if key == wanted or not wanted]
    if len(chosen) != 1:
        there = f"There are: {', '.join(keys)}." if keys else f"The site has no {what} yet."
        stop(
            Problem(
                code=f"{what}.not-found",
                where=option,
                message=f"Say with {option} which one. {there}",
            )
        )
    return chosen[0]
