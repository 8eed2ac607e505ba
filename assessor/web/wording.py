"""An instrument's words as one person reads them.

Light Markdown in introductions and text blocks; and `${key}` in any text, which stands for an
earlier answer. What a person wrote goes in as plain text and always last: it is never read as
Markdown, as HTML or as a template, whatever it looks like.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from assessor.domain.instrument import Instrument
from assessor.domain.logic_functions import LogicValue
from assessor.domain.route import answer_words

_PIPED = re.compile(r"\$\{\s*([A-Za-z_][A-Za-z0-9_.-]*)\s*\}")
_markdown = MarkdownIt("commonmark", {"html": False})
_ALLOWED = {"p", "strong", "em", "ul", "ol", "li", "a", "br", "h2", "h3", "blockquote"}


class Wording:
    """Says the texts of an instrument in its language, with these answers put in."""

    def __init__(self, instrument: Instrument, values: Mapping[str, LogicValue]) -> None:
        self._instrument = instrument
        self._values = values

    def text(self, text: str) -> str:
        """A plain text; whoever shows it escapes it."""
        if "${" not in text:
            return text
        return _PIPED.sub(lambda found: self._words(found[1]), text)

    def html(self, text: str) -> Markup:
        """A text of light Markdown; answers go in after it was rendered."""
        rendered = rich_text(text)
        if "${" not in rendered:
            return rendered
        return Markup(  # noqa: S704  what goes in is escaped, what it goes into was cleaned
            _PIPED.sub(lambda found: str(escape(self._words(found[1]))), rendered)
        )

    def _words(self, key: str) -> str:
        return answer_words(self._instrument, key, self._values)


def piped_keys(text: str) -> tuple[str, ...]:
    """The keys of the earlier answers that a text puts in."""
    return tuple(dict.fromkeys(_PIPED.findall(text)))


@lru_cache(maxsize=1024)
def rich_text(text: str) -> Markup:
    """Light Markdown as HTML: no raw HTML, no pictures, links only to web and mail addresses."""
    html = nh3.clean(_markdown.render(text), tags=_ALLOWED, url_schemes={"http", "https", "mailto"})
    return Markup(html)  # noqa: S704  cleaned on the line above
