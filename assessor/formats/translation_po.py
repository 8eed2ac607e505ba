"""Translations of an instrument as PO files, which every translation program reads.

An entry's context is the text's address (`borrow.option.laptop`), so that one word with two
meanings can be translated twice. Reading back takes only what is still the same question: where the
text has changed since the file was written, the translation is not taken and its line is named.
"""

import tempfile
from dataclasses import dataclass
from pathlib import Path

import polib
from babel import Locale, UnknownLocaleError

from assessor.domain.instrument import Instrument
from assessor.domain.problems import Checked, Problem, failed, say
from assessor.domain.translations import texts

LARGEST = 10 * 1024 * 1024


@dataclass(frozen=True)
class TakenIn:
    """An instrument with translations from a file: `added` were new, `changed` said otherwise."""

    instrument: Instrument
    language: str
    added: int
    changed: int


def write_po(instrument: Instrument, language: str) -> bytes:
    """Every text with its translation, or without one yet, in the order of the questionnaire."""
    catalog = polib.POFile(wrapwidth=0)
    catalog.metadata = {
        "Project-Id-Version": instrument.key,
        "Language": language,
        "X-Source-Language": instrument.language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    said = instrument.translations.get(language, {})
    for address, text in texts(instrument).items():
        entry = polib.POEntry(msgctxt=address, msgid=text, msgstr=said.get(address, ""))
        catalog.append(entry)
    return str(catalog).encode()


def read_po(
    data: bytes, name: str, instrument: Instrument, language: str | None = None
) -> Checked[TakenIn]:
    """The instrument with the translations of a file put in; those it had before stay otherwise.

    `language`: that of the file's header where None. Fuzzy and empty entries are not taken. Texts
    that are gone or changed are warnings; a file that is none, or of another instrument, gives no
    value.
    """
    if len(data) > LARGEST:
        return failed(
            _problem("translation.too-large", name, say("The file is larger than 10 MB."))
        )
    catalog = _parsed(data)
    if catalog is None:
        message = say(
            "This is no PO file. Take the texts out first, and give back the file you got."
        )
        return failed(_problem("translation.not-po", name, message))
    project = catalog.metadata.get("Project-Id-Version", instrument.key)
    if project != instrument.key:
        message = say(
            "This file translates `{other}`, not `{instrument}`.",
            other=project[:60],
            instrument=instrument.key,
        )
        return failed(_problem("translation.other-instrument", name, message))
    wanted = language or catalog.metadata.get("Language", "").replace("_", "-")
    if not known_language(wanted):
        message = (
            say(
                "“{language}” is no language. Write `Language: de` in the file's header.",
                language=wanted[:40],
            )
            if wanted
            else say("The file does not say its language. Write `Language: de` in its header.")
        )
        return failed(_problem("translation.language", name, message))
    if wanted == instrument.language:
        message = say(
            "The instrument is written in `{language}`; translate it to another language.",
            language=wanted,
        )
        return failed(_problem("translation.own-language", name, message))
    return _taken(catalog, name, instrument, wanted)


def known_language(tag: str) -> bool:
    """Whether a tag such as `de`, `pt-BR` or `zh-Hant` names a language."""
    try:
        Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError, TypeError):
        return False
    return True


def _parsed(data: bytes) -> polib.POFile | None:
    # The package would take a text for a file's name if there were a file of that name, so it is
    # given a file of our own.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "translation.po"
        path.write_bytes(data)
        try:
            catalog = polib.pofile(str(path), encoding="utf-8")
        except (OSError, ValueError, UnicodeDecodeError, IndexError, AttributeError):
            return None
    return catalog if len(catalog) else None


def _taken(
    catalog: polib.POFile, name: str, instrument: Instrument, language: str
) -> Checked[TakenIn]:
    own = texts(instrument)
    said = dict(instrument.translations.get(language, {}))
    added = changed = 0
    problems: list[Problem] = []
    for entry in catalog:
        address, words = entry.msgctxt or "", entry.msgstr.strip()
        if not words or entry.fuzzy or entry.obsolete:
            continue
        if address not in own:
            message = say("There is no text `{address}` any more.", address=address[:120])
            problems.append(_warning(entry, name, message))
        elif own[address] != entry.msgid:
            message = say(
                "`{address}` reads otherwise now; its translation was not taken.", address=address
            )
            problems.append(_warning(entry, name, message))
        elif words != said.get(address):
            changed += address in said
            added += address not in said
            said[address] = words
    ordered = {address: said[address] for address in own if address in said}
    kept = {address: text for address, text in said.items() if address not in own}
    translations = {**instrument.translations, language: {**ordered, **kept}}
    taken = instrument.model_copy(update={"translations": translations})
    return Checked(TakenIn(taken, language, added, changed), tuple(problems))


def _warning(entry: polib.POEntry, name: str, message: str) -> Problem:
    return Problem(
        code="translation.not-taken",
        where=entry.msgctxt or "",
        message=message,
        line=entry.linenum,
        file=name,
        severity="warning",
    )


def _problem(code: str, name: str, message: str) -> Problem:
    return Problem(code=code, where="", message=message, file=name)
