"""Style sheets put together from their layers, for pages on the site and for files on their own.

The site serves one sheet a page (one request), a report file embeds the same text. The layers
stay separate files so that each has one reason to change.
"""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Literal

from assessor.reports.tokens import css_tokens

SheetName = Literal["respond", "office", "report"]

STATIC = Path(__file__).parent / "static"

LAYERS: dict[SheetName, tuple[str, ...]] = {
    "respond": ("tokens", "fonts", "base", "fields", "rating", "answering", "respond", "print"),
    "office": (
        "tokens",
        "fonts",
        "base",
        "fields",
        "rating",
        "answering",
        "components",
        "report",
        "scorecard",
        "office",
        "fielding",
        "planning",
        "designer",
        "translating",
        "respond",
        "sample",
        "print",
    ),
    "report": ("tokens", "fonts", "base", "components", "report", "scorecard", "print"),
}
"""respond: the pages of the person who answers; office: the pages of those who are signed in, which
also hold previews of the first; report: a scorecard, on the site or as a file."""


@cache
def stylesheet(name: SheetName, *, assets: str = "") -> str:
    """One style sheet as text.

    `assets` is the address the fonts lie under, such as "/look"; the default "" embeds the Latin
    fonts as data, for a file that must work without its neighbours.
    """
    text = "\n".join((STATIC / "css" / f"{layer}.css").read_text("utf-8") for layer in LAYERS[name])
    text = _without_comments(text)
    if assets:
        return text.replace("url(fonts/", f"url({assets}/fonts/")
    return re.sub(r"url\((fonts/[a-z-]+\.woff2)\)", _as_data, _only_latin(text))


@cache
def stylesheet_version(name: SheetName, assets: str) -> str:
    """A short fingerprint of the sheet, so that browsers may keep it for ever."""
    return hashlib.sha256(stylesheet(name, assets=assets).encode()).hexdigest()[:12]


@cache
def mail_stylesheet() -> str:
    """The few rules of a mail, with every colour and size written out.

    Mail programs know no custom properties, and many know no dark scheme: paper and ink only.
    """
    known = dict(re.findall(r"(--[a-z0-9-]+): ([^;]+);", css_tokens().split("@media")[0]))
    text = _without_comments((STATIC / "css" / "mail.css").read_text("utf-8"))
    return re.sub(r"var\((--[a-z0-9-]+)\)", lambda found: known[found[1]], text)


def _without_comments(css: str) -> str:
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return re.sub(r"\n\s*", "\n", css).strip() + "\n"


def _only_latin(css: str) -> str:
    """Leave out the second alphabet: as data it would be carried by every file, used or not."""
    return re.sub(r"@font-face\s*{[^}]*latin-ext[^}]*}", "", css)


def _as_data(found: "re.Match[str]") -> str:
    data = base64.b64encode((STATIC / found[1]).read_bytes()).decode("ascii")
    return f"url(data:font/woff2;base64,{data})"
