"""Texts and keys of all alphabets, among them those that file formats stumble on."""

from typing import Any

from hypothesis import strategies as st

Draw = Any  # hypothesis' draw function is generic in a way that names no type here

# YAML, CSV and JSON all have letters that they treat in their own way; these are among them.
TRAPS = st.sampled_from(
    [
        "no",
        "on",
        "~",
        "null",
        "true",
        "1.10",
        "2021-01-01",
        "0x1F",
        "1_000",
        "=1+1",
        "- a",
        "a: b",
        "# a",
        "“ü”; 'x'",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
        "`a`",
        "a\nb",
        "a\n\n  b\n",
        "\ta",
        " a ",
        "a\u2028b",
        "\x85",
        "a" * 300,
        "word " * 60,
        ".inf",
        "1e999",
        "?",
        "|",
        ">",
        '"',
        "'",
        "''",
    ]
)


def texts(longest: int = 200) -> st.SearchStrategy[str]:
    """Texts of at least one letter, of all alphabets, and those that file formats stumble on."""
    letters = st.characters(codec="utf-8", exclude_characters="\x00")
    free = st.text(letters, min_size=1, max_size=30)
    return st.one_of(free, TRAPS).map(lambda text: text[:longest])


def keys(prefix: str, number: int) -> st.SearchStrategy[list[str]]:
    """Up to `number` different keys."""
    return st.lists(
        st.from_regex(r"[a-z0-9_]{0,12}", fullmatch=True).map(lambda text: f"{prefix}{text}"),
        min_size=1,
        max_size=number,
        unique=True,
    )
