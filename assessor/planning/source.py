"""What every kind of file becomes before anybody looks for a plan in it: numbered lines."""

import re
from dataclasses import dataclass, field

# Letters that typesetting draws as one ("ﬁ"): a search for the word would not find it.
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)


def whole_letters(text: str) -> str:
    """The text with its ligatures taken apart and its s p r e a d words closed."""
    if _SPREAD.fullmatch(text):
        text = " ".join(word.replace(" ", "") for word in re.split(r"[ \u00a0]{2,}", text))
    return text.translate(_LIGATURES)


_SPREAD = re.compile(r"(?:\S[ \u00a0]){3,}\S(?:[ \u00a0]{2,}\S(?:[ \u00a0]\S)*)*")


@dataclass(frozen=True)
class SourceLine:
    """One line of the source with what its format says of it.

    A plain text says nothing but the words and their indentation; the other fields stay None
    there. `heading` is a rank, 1 the highest. `marker` is a bullet or number that the format
    draws and the text does not hold. `aside` is a reason to leave the line out that only the
    format knows. `level` is the heading of the table column that a cell stands in.
    """

    number: int
    text: str
    indent: int = 0
    heading: int | None = None
    depth: int | None = None
    marker: str | None = None
    page: int | None = None
    aside: str | None = None
    level: str | None = None
    block: int | None = None
    gap: bool = False


@dataclass(frozen=True)
class Source:
    """All lines of a document. `title` is what its metadata says, "" where that is silent."""

    name: str
    kind: str
    lines: tuple[SourceLine, ...]
    title: str = ""
    paged: bool = False
    shown: tuple[str, ...] = ()

    def as_shown(self) -> tuple[str, ...]:
        """The text of every line number; a line that holds several cells is shown whole."""
        return self.shown or tuple(line.text for line in self.lines)


@dataclass
class LineCollector:
    """Numbers lines as a format's walker finds them; each call is one block of its own."""

    lines: list[SourceLine] = field(default_factory=list)

    def add(
        self,
        text: str,
        *,
        heading: int | None = None,
        depth: int | None = None,
        marker: str | None = None,
        aside: str | None = None,
        level: str | None = None,
    ) -> None:
        text = whole_letters(" ".join(text.replace("\u00ad", "").split()))
        if not text:
            return
        number = len(self.lines) + 1
        self.lines.append(
            SourceLine(
                number,
                text,
                heading=heading,
                depth=depth,
                marker=marker,
                aside=aside,
                level=level,
                block=number,
            )
        )
