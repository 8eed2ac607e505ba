"""What a person can do to a proposed plan, one edit at a time.

Every edit takes a reading and gives a new one; the old one stays, which is what undo goes back to.
Nothing vanishes: the lines of what is dropped are listed as left out, with that reason. The codes
of elements that an edit does not name stay as they are.
"""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from assessor.domain.plan import Element, LeftOut, LineRange, Reading
from assessor.domain.problems import Checked, Problem, Value, failed

DROPPED = "dropped by a person"

Text = Annotated[str, Field(min_length=1, max_length=5000)]
Code = Annotated[str, Field(min_length=1, max_length=40)]
Level = Annotated[str, Field(min_length=1, max_length=60)]


class Accept(Value):
    """The element is right as it stands: its doubt is settled."""

    do: Literal["accept"] = "accept"
    code: Code


class Rename(Value):
    """Give the element another text."""

    do: Literal["rename"] = "rename"
    code: Code
    text: Text


class Relevel(Value):
    """Give the element another level."""

    do: Literal["relevel"] = "relevel"
    code: Code
    level: Level


class Recode(Value):
    """Give the element another code; its children follow it, with their own codes."""

    do: Literal["recode"] = "recode"
    code: Code
    new_code: Code


class Move(Value):
    """Put the element below `parent` (None: at the top), as its child number `position` from 0.

    With no position it comes last.
    """

    do: Literal["move"] = "move"
    code: Code
    parent: Code | None = None
    position: int | None = Field(default=None, ge=0)


class Merge(Value):
    """Join the element's text and lines to those of `into`; its children go there too."""

    do: Literal["merge"] = "merge"
    code: Code
    into: Code


class Split(Value):
    """Cut the text before its character `at`; what follows becomes the next sibling."""

    do: Literal["split"] = "split"
    code: Code
    at: int = Field(ge=1)


class Drop(Value):
    """Take the element out. Its children move up to its parent, or are dropped with it."""

    do: Literal["drop"] = "drop"
    code: Code
    children: Literal["move_up", "drop"] = "move_up"


class Add(Value):
    """A new element below `parent`, as in `Move`. Without a code it gets the next free one.

    `lines`: the lines of the source that it is made of; they are left out no longer.
    """

    do: Literal["add"] = "add"
    parent: Code | None = None
    position: int | None = Field(default=None, ge=0)
    level: Level
    text: Text
    code: Code | None = None
    lines: LineRange | None = None


class Retitle(Value):
    """Give the plan another title, and the first and last year of its period, or none."""

    do: Literal["retitle"] = "retitle"
    title: Annotated[str, Field(min_length=1, max_length=300)]
    period: tuple[int, int] | None = None


Edit = Annotated[
    Accept | Rename | Relevel | Recode | Move | Merge | Split | Drop | Add | Retitle,
    Field(discriminator="do"),
]
_EDIT: TypeAdapter[Edit] = TypeAdapter(Edit)


class _Refused(Exception):  # noqa: N818  it stops one edit, and becomes a problem
    def __init__(self, code: str, where: str, message: str) -> None:
        super().__init__(message)
        self.problem = Problem(code=code, where=where, message=message)


# Any: what comes in is what a form or a program sent.
def read_edit(raw: dict[str, Any]) -> Checked[Edit]:
    """An edit from its fields, named as in the classes here, with `do` saying which it is."""
    try:
        return Checked(_EDIT.validate_python(raw))
    except ValidationError as error:
        return failed(
            *(
                Problem(
                    code="edit.invalid",
                    where=str(found["loc"][-1]) if found["loc"] else "do",
                    message=f"{found['msg']}. Correct this and try again.",
                )
                for found in error.errors()
            )
        )


def apply_edit(reading: Reading, edit: Edit) -> Checked[Reading]:
    """The reading after the edit; unchanged and with the reason where the edit cannot be.

    Problems: `edit.unknown-code`, `edit.code-taken`, `edit.bad-code`, `edit.circle`,
    `edit.split-place`, `edit.same-element`, `edit.too-long`, `edit.period`, `edit.lines`.
    """
    try:
        return Checked(_EDITS[type(edit)](reading, edit))
    except _Refused as refusal:
        return failed(refusal.problem)


def _accept(reading: Reading, edit: Accept) -> Reading:
    return _changed(reading, edit.code, doubt=None)


def _rename(reading: Reading, edit: Rename) -> Reading:
    return _changed(reading, edit.code, text=_clean(edit.text), doubt=None)


def _relevel(reading: Reading, edit: Relevel) -> Reading:
    return _changed(reading, edit.code, level=_clean(edit.level).lower(), doubt=None)


def _recode(reading: Reading, edit: Recode) -> Reading:
    _element(reading, edit.code)
    new_code = edit.new_code.strip()
    if new_code == edit.code:
        return reading
    _check_free(reading, new_code)
    elements = (
        element.model_copy(
            update={
                "code": new_code if element.code == edit.code else element.code,
                "parent": new_code if element.parent == edit.code else element.parent,
            }
        )
        for element in reading.elements
    )
    return reading.model_copy(update={"elements": tuple(elements)})


def _move(reading: Reading, edit: Move) -> Reading:
    element = _element(reading, edit.code)
    if edit.parent is not None:
        _element(reading, edit.parent)
        if edit.parent in _with_descendants(reading, edit.code):
            raise _Refused(
                "edit.circle",
                edit.code,
                f"{edit.code} cannot lie below itself. Choose a parent outside of it.",
            )
    moved = element.model_copy(update={"parent": edit.parent})
    rest = [other for other in reading.elements if other.code != edit.code]
    return _placed(reading, rest, moved, edit.position)


def _merge(reading: Reading, edit: Merge) -> Reading:
    element, target = _element(reading, edit.code), _element(reading, edit.into)
    if element.code == target.code:
        message = "An element cannot be joined to itself. Choose another one."
        raise _Refused("edit.same-element", edit.code, message)
    if edit.into in _with_descendants(reading, edit.code):
        message = f"{edit.into} lies below {edit.code}. Join {edit.into} to {edit.code} instead."
        raise _Refused("edit.circle", edit.code, message)
    # Texts are joined in the source's order, whichever of the two was named first.
    first, second = sorted((target, element), key=lambda one: one.lines or (10**9, 0))
    text = f"{first.text} {second.text}"
    if len(text) > 5000:
        message = "Together the two texts have over 5,000 characters. Shorten one of them first."
        raise _Refused("edit.too-long", edit.code, message)
    merged = target.model_copy(
        update={"text": text, "lines": _hull(first.lines, second.lines), "doubt": None}
    )
    elements = []
    for other in reading.elements:
        if other.code == target.code:
            elements.append(merged)
        elif other.code != element.code:
            parent = target.code if other.parent == element.code else other.parent
            elements.append(other.model_copy(update={"parent": parent}))
    return reading.model_copy(update={"elements": tuple(elements)})


def _split(reading: Reading, edit: Split) -> Reading:
    element = _element(reading, edit.code)
    before, after = element.text[: edit.at].strip(), element.text[edit.at :].strip()
    if not before or not after:
        message = "One half would be empty. Choose a place inside the text."
        raise _Refused("edit.split-place", edit.code, message)
    code = _free_code(reading, element.parent, element.code)
    # Both halves keep the whole range: which words stood on which line is not known here.
    first = element.model_copy(update={"text": before, "doubt": None})
    second = first.model_copy(update={"code": code, "text": after})
    elements: list[Element] = []
    for other in reading.elements:
        elements.extend([first, second] if other.code == element.code else [other])
    return reading.model_copy(update={"elements": tuple(elements)})


def _drop(reading: Reading, edit: Drop) -> Reading:
    element = _element(reading, edit.code)
    gone = {edit.code}
    if edit.children == "drop":
        gone = _with_descendants(reading, edit.code)
    kept = tuple(
        other.model_copy(update={"parent": element.parent})
        if other.parent == element.code
        else other
        for other in reading.elements
        if other.code not in gone
    )
    left_out = [
        LeftOut(lines=other.lines, reason=DROPPED)
        for other in reading.elements
        # Lines that another element still holds, as after a split, are not left out.
        if other.code in gone and other.lines and not _holds(kept, other.lines)
    ]
    everything = sorted((*reading.left_out, *left_out), key=lambda one: one.lines)
    return reading.model_copy(update={"elements": kept, "left_out": tuple(everything)})


def _add(reading: Reading, edit: Add) -> Reading:
    if edit.parent is not None:
        _element(reading, edit.parent)
    code = edit.code.strip() if edit.code else _free_code(reading, edit.parent)
    _check_free(reading, code)
    element = Element(
        code=code,
        level=_clean(edit.level).lower(),
        text=_clean(edit.text),
        parent=edit.parent,
        lines=_check_lines(edit.lines) if edit.lines else None,
    )
    placed = _placed(reading, list(reading.elements), element, edit.position)
    if element.lines is None:
        return placed
    left_out = [rest for one in reading.left_out for rest in _without(one, element.lines)]
    return placed.model_copy(update={"left_out": tuple(left_out)})


def _retitle(reading: Reading, edit: Retitle) -> Reading:
    if edit.period is not None:
        first, last = edit.period
        if not 1800 <= first <= last <= 2200:
            message = "Enter the first and the last year of the plan, such as 2024 and 2027."
            raise _Refused("edit.period", "period", message)
    return reading.model_copy(update={"title": _clean(edit.title), "period": edit.period})


# Any: each function takes its own kind of edit, which the key of its row names.
_EDITS: dict[type[Value], Callable[[Reading, Any], Reading]] = {
    Accept: _accept,
    Rename: _rename,
    Relevel: _relevel,
    Recode: _recode,
    Move: _move,
    Merge: _merge,
    Split: _split,
    Drop: _drop,
    Add: _add,
    Retitle: _retitle,
}


def _element(reading: Reading, code: str) -> Element:
    found = next((element for element in reading.elements if element.code == code), None)
    if found is None:
        message = f"There is no element {code} any more. Look at the plan as it is now."
        raise _Refused("edit.unknown-code", code, message)
    return found


# Any: the fields of an element.
def _changed(reading: Reading, code: str, **fields: Any) -> Reading:
    _element(reading, code)
    elements = tuple(
        element.model_copy(update=fields) if element.code == code else element
        for element in reading.elements
    )
    return reading.model_copy(update={"elements": elements})


def _clean(text: str) -> str:
    clean = " ".join(text.split())
    if not clean:
        raise _Refused("edit.empty", "text", "Enter a text; white space alone is none.")
    return clean


def _check_free(reading: Reading, code: str) -> None:
    if not code or len(code) > 40 or any(letter.isspace() or letter in "/\\" for letter in code):
        message = "A code has 1 to 40 characters, without spaces and slashes. Choose another."
        raise _Refused("edit.bad-code", code, message)
    if any(element.code == code for element in reading.elements):
        message = f"There is an element {code} already. Choose another code."
        raise _Refused("edit.code-taken", code, message)


def _free_code(reading: Reading, parent: str | None, like: str | None = None) -> str:
    """The next number below the parent; at the top, the next after the roots' own pattern."""
    taken = {element.code for element in reading.elements}
    if parent is not None:
        stem = f"{parent}."
    else:
        stem = (like or "").rstrip("0123456789") if like and like[-1].isdigit() else ""
    siblings = sum(element.parent == parent for element in reading.elements)
    number = siblings + 1
    while f"{stem}{number}"[:40] in taken:
        number += 1
    return f"{stem}{number}"[:40]


def _with_descendants(reading: Reading, code: str) -> set[str]:
    found = {code}
    while True:
        more = {element.code for element in reading.elements if element.parent in found} - found
        if not more:
            return found
        found |= more


def _placed(
    reading: Reading, rest: list[Element], element: Element, position: int | None
) -> Reading:
    """`rest` with `element` as child number `position` of its parent, last where None."""
    siblings = [n for n, other in enumerate(rest) if other.parent == element.parent]
    if position is not None and position < len(siblings):
        rest.insert(siblings[position], element)
    elif siblings:
        rest.insert(siblings[-1] + 1, element)
    else:
        rest.append(element)
    return reading.model_copy(update={"elements": tuple(rest)})


def _check_lines(lines: LineRange) -> LineRange:
    if not 1 <= lines[0] <= lines[1]:
        message = "Enter the first and the last line, counted from 1, such as 12 and 14."
        raise _Refused("edit.lines", "lines", message)
    return lines


def _without(entry: LeftOut, taken: LineRange) -> list[LeftOut]:
    """What remains of an entry when lines of it were taken: nothing, one part, or two."""
    first, last = entry.lines
    parts = [(first, min(last, taken[0] - 1)), (max(first, taken[1] + 1), last)]
    if taken[1] < first or taken[0] > last:
        return [entry]
    return [entry.model_copy(update={"lines": part}) for part in parts if part[0] <= part[1]]


def _holds(elements: tuple[Element, ...], lines: LineRange) -> bool:
    ranges = (element.lines for element in elements if element.lines)
    return any(first <= lines[0] and lines[1] <= last for first, last in ranges)


def _hull(first: LineRange | None, second: LineRange | None) -> LineRange | None:
    if first is None or second is None:
        return first or second
    return min(first[0], second[0]), max(first[1], second[1])
