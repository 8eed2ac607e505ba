"""The catalogues of translated texts: `make translations` brings them up to date.

Texts are found where they are said: in the calls of the web's Python and templates, and in the
`say` of the library below. A catalogue keeps no places in the source, so that it changes only
where a text does.
"""

import io
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, cast

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from assessor.web.languages import CATALOGUES, ENGLISH, NAMES

PACKAGE = Path(__file__).resolve().parent.parent
KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "to_translate": None,
    "number_to_translate": (1, 2),
    "say": None,
    "saying": None,
    "say_number": (1, 2),
}
"""Every call that says a text, and which of its arguments are one; None for the first."""

_TEMPLATE_OPTIONS = {"trim_blocks": "true", "lstrip_blocks": "true"}

# Any: what Babel calls with a file, its keywords and options.
Extract = Callable[..., Any]
Text = str | tuple[str, str]
"""A text, or the two that a number decides between."""


@cache
def texts() -> frozenset[Text]:
    """Every text there is to translate, as it stands in the source."""
    found: set[Text] = set()
    for path, method, options in _sources():
        for _, message, _, _ in extract_from_file(method, path, KEYWORDS, options=options):
            found.add(message if isinstance(message, str) else cast(Text, tuple(message[:2])))
    return frozenset(found)


def catalogue(language: str) -> Catalog:
    """The catalogue of a language as it is kept; empty where there is none yet."""
    path = _path(language)
    if not path.exists():
        return Catalog(locale=language, project="Assessor")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def compiled(language: str) -> bytes:
    """What the site reads of this catalogue."""
    out = io.BytesIO()
    write_mo(out, catalogue(language))
    return out.getvalue()


def update(language: str) -> int:
    """Bring one catalogue up to date with the source; how many texts have no translation yet."""
    old, wanted = catalogue(language), texts()
    new = Catalog(
        locale=language,
        project="Assessor",
        version="1",
        header_comment=f"# Assessor in {NAMES[language]}. `make translations` keeps it complete.",
        creation_date=old.creation_date,
        revision_date=old.revision_date,
        last_translator="The Assessor maintainers",
        language_team=language,
        fuzzy=False,
    )
    for text in wanted:
        kept = old.get(text)
        new.add(text, kept.string if kept else None)
    _path(language).parent.mkdir(parents=True, exist_ok=True)
    with _path(language).open("wb") as file:
        write_po(file, new, width=0, sort_output=True, no_location=True)
    _path(language).with_suffix(".mo").write_bytes(compiled(language))
    return sum(not is_translated(new, text) for text in wanted)


def is_translated(of: Catalog, text: Text) -> bool:
    """Whether the catalogue has words for this text, in every number."""
    found = of.get(text)
    if found is None or found.fuzzy:
        return False
    said = (found.string,) if isinstance(found.string, str) else tuple(found.string or ())
    return bool(said) and all(said)


def main() -> None:
    """Bring every catalogue up to date, and say what is left to translate."""
    for language, name in NAMES.items():
        if language != ENGLISH:
            print(f"{name}: {update(language)} texts without a translation")


def _path(language: str) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / "messages.po"


def _sources() -> Iterator[tuple[Path, Extract, dict[str, str]]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.name not in ("catalogues.py", "messages.py"):
            yield path, extract_python, {}
    for ending in ("html", "txt"):
        for path in sorted((PACKAGE / "web").rglob(f"templates/**/*.{ending}")):
            yield path, babel_extract, _TEMPLATE_OPTIONS


if __name__ == "__main__":
    main()
