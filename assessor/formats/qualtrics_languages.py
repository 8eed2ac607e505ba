"""The languages of a Qualtrics survey: their codes, and the texts in each."""

import re

from assessor.domain.instrument import Instrument
from assessor.domain.translations import texts
from assessor.formats.foreign import plain_text, rich_text
from assessor.formats.qualtrics_source import Fields, Question, fields, words
from assessor.formats.qualtrics_texts import Address, Work, split

_OWN = {"ZH-S": "zh-Hans", "ZH-T": "zh-Hant", "SR-LAT": "sr-Latn", "EN_GB": "en-GB"}


def language_code(name: str) -> str:
    """Qualtrics' code of a language as the web writes it; empty where it is none."""
    clean = name.strip().upper()
    if clean in _OWN:
        return _OWN[clean]
    found = re.fullmatch(r"([A-Z]{2,3})(?:[-_]([A-Z0-9]{2,8}))?", clean)
    if not found:
        return ""
    region = found[2] if found[2] and len(found[2]) == 2 else (found[2] or "").title()
    return f"{found[1].lower()}-{region}" if region else found[1].lower()


def translations(work: Work, instrument: Instrument) -> dict[str, dict[str, str]]:
    """Language → address → text, as far as the file has them."""
    own = texts(instrument)
    found: dict[str, dict[str, str]] = {}
    for address in work.addresses:
        if address.where not in own:
            continue
        qid, _, part = address.qid.partition("#")
        question = work.survey.questions.get(qid)
        for name, said in fields(question.raw.get("Language") if question else None).items():
            code = language_code(name)
            if not code or code == instrument.language or question is None:
                continue
            text = _text(work, question, fields(said), address, part, own[address.where])
            if text:
                found.setdefault(code, {}).setdefault(address.where, text)
    _say(work, instrument, found)
    return found


def _text(
    work: Work, question: Question, said: Fields, address: Address, part: str, own: str
) -> str:
    """The text at an address in one language; empty where a piece of it is not translated."""
    pieces = []
    for place in address.places:
        path, _, side = place.partition("#")
        raw = _at(said, path)
        if part and not raw:
            raw = _at(fields(fields(said.get("AdditionalQuestions")).get(part)), path)
        if not raw:
            return ""
        if side:
            left, _, right = plain_text(work._piped(question, raw)).partition(":")
            pieces.append((left if side == "left" else right).strip())
        elif "\n" in own:
            pieces.append(rich_text(work._piped(question, raw)))
        else:
            pieces.append(plain_text(work._piped(question, raw), 100_000))
    whole = " – ".join(piece for piece in pieces if piece)
    return next(iter(split(whole, address.longest)), "")


def _at(said: Fields, path: str) -> str:
    found: object = said
    for step in path.split("/"):
        found = fields(found).get(step)
    return words(found) or words(fields(found).get("Display"))


def _say(work: Work, instrument: Instrument, found: dict[str, dict[str, str]]) -> None:
    offered = {
        name: language_code(name) for name in fields(work.survey.options.get("AvailableLanguages"))
    }
    for name, code in offered.items():
        if code != instrument.language and code not in found:
            work.losses.add(
                "lost", name, "language", "It is offered there without any translated text."
            )
