"""Sentences that introduce a list: what they say of its level, and what of them is joined to it."""

import re

from assessor.planning.node import Node
from assessor.planning.words import CARDINALS, ORDINAL_WORDS, level_name

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"‘])")


def stem_sentence(text: str) -> str:
    """The last sentence of an introducing paragraph."""
    return _SENTENCE.split(text)[-1].strip()


def subject_stem(text: str) -> bool:
    """A stem that stops after its subject: "Recognising …, the Library:"."""
    sentence = stem_sentence(text).rstrip(" :")
    if not text.rstrip().endswith(":"):
        return False
    tail = sentence.rsplit(",", 1)[-1].strip() if "," in sentence else sentence
    return (
        re.fullmatch(
            r"(?:the |our )?(?:[A-Z][\w&’'-]*|librar\w+|of|and|we|staff)(?: (?:[A-Z][\w&’'-]*|librar\w+|of|and|staff|team)){0,5}",  # noqa: E501
            tail,
        )
        is not None
        and ("," in sentence or len(tail.split()) <= 3)
        and named_level(text) is None
    )


def named_level(text: str) -> str | None:
    """The level a stem itself names: "We have set four goals:"."""
    sentence = stem_sentence(text)
    words = sentence.rstrip(" :").split()
    for start in range(max(0, len(words) - 7), len(words)):
        found = level_name(" ".join(words[start:]))
        if found is not None and found.plural:
            rest = " ".join(words[start:])[found.end :].strip(" :,")
            if len(rest.split()) <= 5 and not re.search(r"\bwill\b|\bto\b", rest):
                before = " ".join(words[:start])
                if (
                    re.search(
                        r"\b(?:following|these|are|our|\w+ (?:goals|set)|identified|include|with|through|one|two|three|four|five|six|seven|eight|nine|ten|\d+)\b",  # noqa: E501
                        before + " ",
                        re.IGNORECASE,
                    )
                    or start == 0
                ):
                    return found.level
    return None


_COUNTED = re.compile(
    rf"\b(?P<count>{'|'.join(CARDINALS)}|\d{{1,2}})\s+(?=[^\W\d_])", re.IGNORECASE
)


def counted_level(holder: Node) -> str | None:
    """The level that the prose above a list gives with the right number: "five intentions".

    A list that only names the parts which follow as headings has none.
    """
    items = {child.block.text.casefold() for child in holder.children if child.kind == "item"}
    size = sum(child.kind == "item" for child in holder.children)
    parts = {c.block.text.casefold() for c in holder.children if c.kind in {"heading", "label"}}
    if items & parts:
        return None
    for paragraph in holder.paragraphs:
        if len(paragraph.text) > 1500:
            continue
        for match in _COUNTED.finditer(paragraph.text):
            said = match.group("count").casefold()
            value = int(said) if said.isdigit() else ORDINAL_WORDS[said]
            found = level_name(paragraph.text[match.end() :]) if value == size else None
            if found is not None and found.plural:
                return found.level
    return None
