"""The catalogues: complete, with every place in its place, and compiled as they are written."""

import re

import pytest
from babel.messages.catalog import Catalog

from assessor.domain.kinds import KINDS
from assessor.reports.words import EVIDENCE_KINDS, METHODS
from assessor.web import catalogues
from assessor.web.languages import CATALOGUES, ENGLISH, NAMES
from assessor.web.library_words import WORDS

LANGUAGES = [language for language in NAMES if language != ENGLISH]
HOW = "Run `make translations`, then fill in what is empty under assessor/web/translations."

_PLACES = re.compile(r"%\(\w+\)s|\{\w+[^}]*\}|%%|<[^>]+>")
"""What must stand in a translation as it stands in the text: values, and marks of a page."""


@pytest.fixture(scope="module", params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def kept(language: str) -> Catalog:
    return catalogues.catalogue(language)


def test_every_text_is_translated(kept: Catalog) -> None:
    missing = [text for text in catalogues.texts() if not catalogues.is_translated(kept, text)]
    assert missing == [], HOW


def test_nothing_is_kept_that_nobody_says(kept: Catalog) -> None:
    known = catalogues.texts()
    left = [message.id for message in kept if message.id and as_text(message.id) not in known]
    assert left == [], HOW


def test_every_place_of_a_text_is_in_its_translation(kept: Catalog) -> None:
    wrong = []
    for message in kept:
        for said, translated in zip(several(message.id), several(message.string), strict=True):
            if sorted(_PLACES.findall(said)) != sorted(_PLACES.findall(translated)):
                wrong.append((said, translated))
    assert wrong == []


def test_what_the_site_reads_is_what_is_written(language: str) -> None:
    path = CATALOGUES / language / "LC_MESSAGES" / "messages.mo"
    assert path.read_bytes() == catalogues.compiled(language), HOW


def test_every_word_of_the_library_below_is_noted() -> None:
    shown = {words for kind in KINDS.values() for words in (kind.label, kind.sentence)}
    shown |= {
        field.default
        for kind in KINDS.values()
        for name, field in kind.model.model_fields.items()
        if name.endswith("label") and field.default
    }
    shown |= set(EVIDENCE_KINDS.values())
    for words in METHODS.values():
        shown |= {words.name, words.explained}
    assert shown == WORDS


def as_text(identity: str | list[str] | tuple[str, ...]) -> catalogues.Text:
    return identity if isinstance(identity, str) else (identity[0], identity[1])


def several(texts: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else tuple(texts or ())
