"""`assessor translate`: an instrument's texts out as PO, and translations in."""

from pathlib import Path

import click

from assessor.cli.reading import instrument_or_stop, stop
from assessor.cli.writing import write_whole
from assessor.domain.problems import Problem
from assessor.domain.translations import completeness
from assessor.formats.instrument_file import write_instrument_file
from assessor.formats.translation_po import LARGEST, known_language, read_po, write_po


@click.command()
@click.argument("instrument", metavar="INSTRUMENT", type=click.Path(path_type=Path))
@click.option("--to", "language", metavar="LANGUAGE", help="Write the texts for this language.")
@click.option(
    "--from",
    "translated",
    type=click.Path(path_type=Path),
    metavar="FILE.po",
    help="Take the translations of this file in.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write: PO with --to, YAML with --from.",
)
def translate(
    instrument: Path, language: str | None, translated: Path | None, out: Path | None
) -> None:
    """Take an instrument's texts out to translate them, and take translations in.

    With --to, the texts are written as PO with what is translated already; any translation program
    reads it. With --from, the instrument is written anew with the translations of a PO file; texts
    that have changed meanwhile are told and left alone. With neither, it says how complete each
    language is.

    Exit status: 0 where it worked, 1 where something was wrong and nothing was written, 2 for wrong
    usage.
    """
    if language and translated:
        raise click.UsageError("Use --to or --from, not both.")
    if (language or translated) and out is None:
        raise click.UsageError("Say with --out which file to write.")
    asked = instrument_or_stop(instrument)
    if out is not None and language:
        if not known_language(language):
            stop(_problem("translation.language", f"“{language}” is no language, such as `de`."))
        _write(out, write_po(asked, language))
    elif out is not None and translated is not None:
        checked = read_po(_bytes(translated), str(translated), asked)
        if checked.value is None:
            stop(*checked.problems)
        for problem in checked.problems:
            click.echo(str(problem), err=True)
        asked = checked.value.instrument
        _write(out, write_instrument_file(asked))
        click.echo(f"{checked.value.added} new translations, {checked.value.changed} changed.")
    for one in asked.languages:
        found = completeness(asked, one)
        done = found.texts - len(found.missing)
        click.echo(f"{one}: {done} of {found.texts} texts")
    if out is not None:
        click.echo(f"Written to {out}.")


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        stop(_problem("file.unreadable", f"The file cannot be read ({error.strerror}).", path))


def _write(path: Path, data: bytes) -> None:
    problem = write_whole(path, data)
    if problem is not None:
        stop(problem)


def _problem(code: str, message: str, path: Path | None = None) -> Problem:
    return Problem(code=code, where="", message=message, file=str(path) if path else None)
