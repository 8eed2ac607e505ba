"""`assessor site load`, `export` and `answers`: files in and out of the site."""

from collections import Counter
from pathlib import Path

import click
from werkzeug.utils import secure_filename

from assessor.actions.folders import export_folder, load_folder
from assessor.cli.site_starting import or_stop, site, site_settings, stop
from assessor.cli.writing import write_whole
from assessor.domain.problems import Problem
from assessor.formats.answers_csv_writing import VersionAnswers, write_versions_csv
from assessor.formats.folder import read_folder, write_folder
from assessor.formats.instrument_file import write_instrument_file
from assessor.store import account_queries, documents, fielding
from assessor.store import answers as stored_answers
from assessor.store.answers import AnsweredVersion

KEY_OPTION = click.option(
    "--library", "key", default="", help="Its key; needed where the site has more than one."
)
_FOLDER = click.argument("folder", type=click.Path(path_type=Path, file_okay=False))


@click.command()
@_FOLDER
@KEY_OPTION
@click.option("--drafts", is_flag=True, help="Keep the instruments as drafts, unpublished.")
def load(folder: Path, key: str, drafts: bool) -> None:
    """Load plan, mapping and instruments from FOLDER, all or none.

    What is the same already stays as it is; what differs becomes the next edition or version.
    """
    files = or_stop(read_folder(folder))
    with site(site_settings()):
        loaded = or_stop(load_folder(library_named(key), files, publish_instruments=not drafts))
        click.echo(f"Plan {files.plan.key}, edition {loaded.plan_edition}")
        click.echo(f"Mapping, edition {loaded.mapping_edition}")
        for instrument in files.instruments:
            version = loaded.versions.get(instrument.key)
            state = "draft" if version is None else f"version {version}"
            click.echo(f"Instrument {instrument.key}, {state}")


@click.command()
@_FOLDER
@KEY_OPTION
@click.option("--plan", "plan_key", default="", help="Its key; needed where there are several.")
def export(folder: Path, key: str, plan_key: str) -> None:
    """Write the newest plan, its mapping and all instruments into FOLDER, as `load` reads them."""
    with site(site_settings()):
        library_id = library_named(key)
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


@click.command()
@_FOLDER
@KEY_OPTION
@click.option("--period", default="", help="Only waves of this period, such as “2025”.")
def answers(folder: Path, key: str, period: str) -> None:
    """Write every response of each wave into FOLDER, one CSV a wave, as `assessor score` reads it.

    A wave that went on to another version has all of them in its file, with the version and the
    language beside each response; the versions themselves are written beside it. The rows stand
    in an order that says nothing, without a day. Small groups are in them as they answered: keep
    the files where the database is kept, and publish scorecards.
    """
    with site(site_settings()):
        waves = fielding.waves(library_named(key), period or None)
        counts = {wave.id: fielding.progress(wave.id).responses for wave in waves}
        answered_waves = [wave for wave in waves if counts[wave.id]]
        if not answered_waves:
            message = "No wave has a response yet. Check the period, or wait for the first."
            stop(Problem(code="answers.none", where="--period", message=message))
        names: Counter[str] = Counter()
        folder.mkdir(parents=True, exist_ok=True)
        for wave in answered_waves:
            name = secure_filename(f"{wave.period}-{wave.instrument_key}") or wave.id
            names[name] += 1
            # Two waves of one instrument in one period keep a file each.
            suffix = f"-{names[name]}" if names[name] > 1 else ""
            path = folder / f"{name}{suffix}.csv"
            parts = stored_answers.answered_by_version(wave.id)
            _write(path, or_stop(write_versions_csv([_version_answers(part) for part in parts])))
            for part in parts:
                beside = f"{wave.instrument_key}-version-{part.version}.yaml"
                _write(folder / beside, write_instrument_file(part.published.instrument))
            click.echo(f"Wrote {path} ({counts[wave.id]:,} responses of “{wave.title}”)")


def _version_answers(part: AnsweredVersion) -> VersionAnswers:
    return VersionAnswers(
        part.published.instrument, part.rows, part.version, languages=part.languages
    )


def _write(path: Path, data: bytes) -> None:
    problem = write_whole(path, data)
    if problem is not None:
        stop(problem)


def library_named(key: str) -> int:
    """The id of the library with this key, or of the only one; ends the command otherwise."""
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
