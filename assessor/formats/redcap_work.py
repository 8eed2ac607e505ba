"""What the translation of a REDCap dictionary carries from field to field."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assessor.domain.instrument import (
    Scale,
)
from assessor.formats.foreign import Keys, Losses, codes, plain_text, rich_text
from assessor.formats.redcap_logic import Known, UnknownError, translated
from assessor.formats.redcap_source import Row, parsed_choices

_PIPE = re.compile(
    r"((?:\[[^\[\]]*\])*)\[([a-z][a-z0-9_]*)(?:\(([^()\[\]]*)\))?(?::(\w+))?\]", re.IGNORECASE
)


_SMART = re.compile(r"\[[a-z]+(-[a-z]+)+(:[^\[\]]*)?\]")


_LEFT_OUT = re.compile(
    r"<(img|script|iframe|video|audio|table)\b|javascript:|\bon\w+\s*=", re.IGNORECASE
)


CHOICE_TYPES = {"radio", "dropdown", "select", "checkbox"}


@dataclass
class Work:
    """What the translation of a dictionary carries from field to field."""

    losses: Losses
    known: dict[str, Known] = field(default_factory=dict)
    keys: Keys = field(default_factory=Keys)
    scale_keys: Keys = field(default_factory=Keys)
    scales: dict[tuple[object, ...], Scale] = field(default_factory=dict)

    def changed(self, row: Row, about: str, message: str, original: str = "") -> None:
        self.losses.add("changed", row.name, about, message, key=self._key(row), original=original)

    def lost(self, row: Row, about: str, message: str, original: str = "") -> None:
        self.losses.add("lost", row.name, about, message, key=self._key(row), original=original)

    def _key(self, row: Row) -> str:
        return self.known[row.name.lower()].key if row.name.lower() in self.known else ""

    def text(self, row: Row, raw: str, longest: int = 2000, *, rich: bool = False) -> str:
        if _LEFT_OUT.search(raw):
            self.lost(row, "text", "A picture, table or script in a text was left out.", raw)
        clean = (rich_text if rich else plain_text)(self._piped(row, raw), 100_000)
        clean = clean.replace("\\_", "_") if rich else clean
        if len(clean) > longest:
            self.lost(row, "text", f"A text was cut after {longest:,} characters.", clean[longest:])
            clean = clean[: longest - 1].rstrip() + "…"
        return clean

    def _piped(self, row: Row, raw: str) -> str:
        """Earlier answers in our way; what stands in brackets and is no field stays as it is."""

        def put(match: re.Match[str]) -> str:
            known = self.known.get(match[2].lower())
            if known is None:
                return match[0]
            if match[1] or match[3] is not None:
                self.lost(row, "piped text", "It takes in an answer that is not here.", match[0])
                return ""
            return f"${{{known.key}}}"

        text = _PIPE.sub(put, raw.replace("${", "$ {"))
        if _SMART.search(text):
            self.lost(row, "piped text", "It takes in something only REDCap knows.", text)
            text = _SMART.sub("", text)
        return text

    def logic(self, row: Row, text: str, about: str) -> str:
        """An expression; empty, and reported, where it cannot be translated."""
        if not text.strip():
            return ""
        try:
            return translated(text, self.known)
        except UnknownError as error:
            self.lost(row, about, f"It was left out. {error}", text)
            return ""


def learn(work: Work, rows: Sequence[Row], given: Mapping[str, str] | None = None) -> None:
    """The key and the codes of every field, since logic may name any of them.

    `given`: field name → its key, where that is known.
    """
    keys = given or {}
    work.keys.taken |= set(keys.values())
    for row in rows:
        name = row.name.lower()
        if name in work.known:
            continue
        key = keys.get(name) or work.keys.fresh(row.name, "field")
        if key != re.sub(r"_+", "_", name) and not keys.get(name):
            said = f"`{row.name}` is called `{key}` here, where that name means something else."
            work.losses.add("changed", row.name, "name", said, key=key)
        if row.type in {"yesno", "truefalse"}:
            work.known[name] = Known(key, {"1": "yes", "0": "no"}, is_yes_no=True)
        elif row.type in CHOICE_TYPES:
            there = [code for code, _ in parsed_choices(row.choices)]
            ours = dict(zip(there, codes(there), strict=True))
            work.known[name] = Known(key, ours, is_checkbox=row.type == "checkbox")
        else:
            work.known[name] = Known(key)


def shared(work: Work, row: Row, key: str) -> dict[str, object]:
    """What every item has."""
    return {
        "key": key,
        "text": work.text(row, row.label) or plain_text(row.name, 200) or key,
        "hint": work.text(row, row.note, 1000),
        "required": row.required.lower() == "y",
        "relevant": work.logic(row, row.branching, "branching logic"),
    }
