"""Every text of an instrument under an address of its own, and the instrument in each language.

An address is made of keys, never of places, so that it survives a new order: `title`,
`page.use.introduction`, `borrow.text`, `borrow.option.laptop`, `scale.agreement.5`. What is a text
is declared where the field is (`TRANSLATED`), and found here by that mark.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from assessor.domain.instrument import (
    Ending,
    Instrument,
    ItemBase,
    Option,
    Page,
    Pair,
    Row,
    Scale,
    ScalePoint,
    ScaleUse,
)
from assessor.domain.instrument_parts import Translated

MARK = "."


@dataclass(frozen=True)
class Completeness:
    """How much of an instrument is said in a language: `missing` are the addresses that are not."""

    language: str
    texts: int
    missing: tuple[str, ...]

    @property
    def share(self) -> float:
        return 1.0 if not self.texts else 1 - len(self.missing) / self.texts


def texts(instrument: Instrument) -> dict[str, str]:
    """Address → text in the instrument's own language; empty texts are left out."""
    known = instrument.worked_out
    if "texts" not in known:
        known["texts"] = {address: text for address, text in _texts(instrument, "") if text}
    found: dict[str, str] = known["texts"]
    return found


def languages_offered(instrument: Instrument) -> tuple[str, ...]:
    """The languages that a person can choose: its own, and those it is translated to."""
    return instrument.languages


def ambiguous(instrument: Instrument) -> tuple[str, ...]:
    """Addresses that two texts share, since an item is called like a part of all instruments.

    An item `page` with an option `title` meets the title of a page `option`, for example.
    """
    seen: set[str] = set()
    twice: list[str] = []
    for address, _text in _texts(instrument, ""):
        if address in seen:
            twice.append(address)
        seen.add(address)
    return tuple(dict.fromkeys(twice))


def completeness(instrument: Instrument, language: str) -> Completeness:
    """What is still to be translated; the instrument's own language is always complete."""
    said = instrument.translations.get(language, {})
    own = texts(instrument)
    missing = () if language == instrument.language else tuple(a for a in own if not said.get(a))
    return Completeness(language, len(own), missing)


def left_over(instrument: Instrument) -> dict[str, tuple[str, ...]]:
    """Language → addresses of translations whose text is not there any more."""
    own = texts(instrument)
    found = {
        language: tuple(address for address in said if address not in own)
        for language, said in instrument.translations.items()
    }
    return {language: addresses for language, addresses in found.items() if addresses}


def in_language(instrument: Instrument, language: str) -> Instrument:
    """The instrument with its texts in a language; what is not translated stays as it is.

    Its `language` is then that one, and it carries no translations. An unknown language gives the
    instrument itself.
    """
    if language == instrument.language or language not in instrument.translations:
        return instrument
    kept: dict[str, Instrument] = instrument.worked_out.setdefault("languages", {})
    if language not in kept:
        said = instrument.translations[language]
        content = _translated(instrument, "", said)
        content.update(language=language, translations={})
        kept[language] = Instrument.model_construct(**content)
    return kept[language]


def best_language(instrument: Instrument, wanted: Mapping[str, float] | tuple[str, ...]) -> str:
    """The language of the instrument that suits best; `wanted` in order of preference.

    "de-AT" is answered by "de-AT", else "de", else another German; its own language otherwise.
    """
    offered = instrument.languages
    for one in wanted:
        low = one.lower()
        for exact in offered:
            if exact.lower() == low:
                return exact
        near = [o for o in offered if o.lower().split("-")[0] == low.split("-")[0]]
        if near:
            return near[0]
    return instrument.language


@lru_cache(maxsize=256)
def _text_fields(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(
        name
        for name, field in model.model_fields.items()
        if any(isinstance(mark, Translated) for mark in field.metadata)
    )


def _address(value: BaseModel, around: str) -> str:
    """Where the texts of a part are found, given where those around it are."""
    match value:
        case Page():
            return f"page.{value.key}."
        case Ending():
            return f"ending.{value.key}."
        case ItemBase() | Row() | Pair():
            return f"{value.key}."
        case Scale():
            return f"scale.{value.key}."
        case ScaleUse():
            return f"{around}scale.{value.key}"
        case Option():
            return f"{around}option.{value.code}"
        case ScalePoint():
            return f"{around}{value.value}"
        case _:
            return ""


_ONE_TEXT = (Option, ScalePoint, ScaleUse)
"""Parts with a single text, whose address is the part's own."""


def _texts(value: BaseModel, around: str) -> Iterator[tuple[str, str]]:
    here = _address(value, around)
    for name in type(value).model_fields:
        below: Any = getattr(value, name)  # Any: each field has a type of its own
        if name in _text_fields(type(value)):
            yield (here if isinstance(value, _ONE_TEXT) else f"{here}{name}"), below
        elif isinstance(below, tuple):
            for part in below:
                if isinstance(part, BaseModel):
                    yield from _texts(part, here)


def _translated(value: BaseModel, around: str, said: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a part with its texts in the other language."""
    here = _address(value, around)
    content: dict[str, Any] = {}
    for name in type(value).model_fields:
        below: Any = getattr(value, name)
        if name in _text_fields(type(value)):
            address = here if isinstance(value, _ONE_TEXT) else f"{here}{name}"
            below = (said.get(address) or below) if below else below
        elif isinstance(below, tuple) and below and isinstance(below[0], BaseModel):
            # Parts were checked when the instrument was; only their words are other ones here.
            below = tuple(
                type(part).model_construct(**_translated(part, here, said)) for part in below
            )
        content[name] = below
    return content


def text_places(instrument: Instrument) -> tuple[tuple[str, str], ...]:
    """Each text with the place that a problem names, such as `pages.0.items.3.options.1.label`."""
    known = instrument.worked_out
    if "text_places" not in known:
        known["text_places"] = tuple(_placed(instrument, ""))
    found: tuple[tuple[str, str], ...] = known["text_places"]
    return found


def _placed(value: BaseModel, where: str) -> Iterator[tuple[str, str]]:
    for name in type(value).model_fields:
        below: Any = getattr(value, name)
        if name in _text_fields(type(value)):
            if below:
                yield f"{where}{name}", below
        elif isinstance(below, tuple):
            for number, part in enumerate(below):
                if isinstance(part, BaseModel):
                    yield from _placed(part, f"{where}{name}.{number}.")
