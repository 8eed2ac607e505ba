"""A language that nobody speaks, made of the site's own texts: whatever is not in it was forgotten.

Its letters are full-width ones, which neither the site nor the test data uses. It borrows the
place of Greek, so that names of months are in other letters as well.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask import Flask
from lxml import html

from assessor.web import catalogues
from assessor.web.app import create_app
from tests.web.conftest import QUICK, settings_in

LANGUAGE = "el"
_WIDE = {code: code + 0xFEE0 for code in range(ord("A"), ord("z") + 1) if chr(code).isalpha()}
_LETTERS = "".join(chr(code) for code in _WIDE.values())
_KEPT = re.compile(r"(%\(\w+\)s|\{\w+[^}]*\}|%%|<[^>]+>)")

NAMES = (
    *(
        "Assessor",
        "KoboToolbox",
        "LimeSurvey",
        "ODK",
        "Qualtrics",
        "REDCap",
        "SurveyCTO",
        "XLSForm",
    ),
    *("Deutsch", "English", "Español", "Français"),
)
"""What is the same in every language."""

_NO_WORDS = ("script", "style", "code", "kbd", "pre", "textarea", "noscript")
_SAID_IN = ("aria-label", "title", "placeholder", "alt")


def pseudo(text: str) -> str:
    """The text in letters of its own, with its places as they are."""
    parts = _KEPT.split(text)
    return "".join(part if _KEPT.fullmatch(part) else part.translate(_WIDE) for part in parts)


def write_catalogue(folder: Path) -> None:
    """Every text of the site in this language, where the site looks for it."""
    made = Catalog(locale=LANGUAGE)
    for text in catalogues.texts():
        said = pseudo(text) if isinstance(text, str) else tuple(pseudo(one) for one in text)
        made.add(text, said)
    path = folder / LANGUAGE / "LC_MESSAGES" / "messages.mo"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_mo(file, made)


def speaking(site: Path, words: Path) -> Flask:
    """The site over the data in `site`, speaking nothing else."""
    app = create_app(
        settings_in(site),
        **QUICK,
        BABEL_TRANSLATION_DIRECTORIES=str(words),
        SECURITY_I18N_DIRNAME=["builtin", str(words)],
    )
    app.extensions["babel"].locale_selector = lambda: LANGUAGE
    return app


def forgotten(page: bytes, content: frozenset[str]) -> list[str]:
    """What the page says in other words than the site's and the library's own.

    `content` is what people wrote, whole; a page may show it in parts, and cut short.
    """
    known, everything = parts_of(content), "\n".join(content)
    texts = (" ".join(said.split()) for said in _said(html.document_fromstring(page.decode())))
    return [
        f"{piece} (in: {text[:80]})"
        for text in texts
        if not _is_part(text, everything)
        for piece in _pieces(text)
        if piece not in NAMES and piece not in known and not _is_part(piece, everything)
    ]


def _is_part(text: str, everything: str) -> bool:
    """Whether it is part of a long text, as where it is cut short, after a code or without.

    A word alone would be part of anything.
    """
    cut = text.rstrip(".… ")
    return len(cut) > 12 and (cut in everything or cut.partition(" ")[2] in everything)


@cache
def parts_of(content: frozenset[str]) -> frozenset[str]:
    """What people wrote, in the parts that pages make of it."""
    return frozenset(piece for text in content for piece in _pieces(text))


def _said(tree: html.HtmlElement) -> Iterator[str]:
    for element in tree.iter():
        if not isinstance(element.tag, str) or _is_other_words(element):
            continue
        for name in _SAID_IN:
            yield element.get(name, "")
        if element.tag not in _NO_WORDS:
            yield element.text or ""
        for child in element:
            yield child.tail or ""


def _is_other_words(element: html.HtmlElement) -> bool:
    """Whether it is marked as being in another language."""
    marked = (
        element
        if element.get("lang")
        else next((above for above in element.iterancestors() if above.get("lang")), None)
    )
    return marked is not None and marked.get("lang") != LANGUAGE


def _pieces(text: str) -> Iterator[str]:
    """The runs of other letters in a text, between what holds texts apart."""
    for run in re.split(
        f"[{_LETTERS}\u0370-\u03ff\u1f00-\u1fff]+|[^\\w\\s’'.@-]+", " ".join(text.split())
    ):
        piece = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", run)
        if re.search("[A-Za-z]{2}", piece):
            yield piece
