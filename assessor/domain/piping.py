"""Earlier answers in a text: `You said that you come ${often}.`

`\\${` is written where no answer is meant. A `$` that no brace follows is only a `$`.
"""

import re
from collections.abc import Callable

_PIPED = re.compile(r"(\\)?\$\{\s*([^{}\s]{0,120})\s*\}")


def piped_keys(text: str) -> tuple[str, ...]:
    """The keys whose answers a text asks for, each once, in their order; keys may be wrong."""
    if "${" not in text:
        return ()
    return tuple(dict.fromkeys(found[2] for found in _PIPED.finditer(text) if not found[1]))


def filled(text: str, words_of: Callable[[str], str]) -> str:
    """The text with answers in place of their keys; `words_of` gives the words of a key.

    What is filled in is not read again: an answer that looks like a key stays as it is.
    """
    if "${" not in text:
        return text
    return _PIPED.sub(lambda found: found[0][1:] if found[1] else words_of(found[2]), text)
