"""What a person can do to a proposed plan, one edit at a time.

Every edit takes a reading and gives a new one; the old one stays, which is what undo goes back to.
Nothing vanishes: the lines of what is dropped are listed as left out, with that reason. The codes
of elements that an edit does not name stay as they are.
"""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError

from assessor.domain.plan import Element, LeftOut, LineRange, Reading
from assessor.domain.problems import Checked, Problem, Value, failed, say
from assessor.planning.rearranging import (
    Refused,
    changed,
    check_free,
    check_lines,
    clean,
    found_element,
    free_code,
    holds,
    hull,
    with_descendants,
    with_placed,
    without,
)

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
    except Refused as refusal:
        return failed(refusal.problem)


def _accept(reading: Reading, edit: Accept) -> Reading:
    return changed(reading, edit.code, doubt=None)


def _rename(reading: Reading, edit: Rename) -> Reading:
    return changed(reading, edit.code, text=clean(edit.text), doubt=None)


def _relevel(reading: Reading, edit: Relevel) -> Reading:
    return changed(reading, edit.code, level=clean(edit.level).lower(), doubt=None)


def _recode(reading: Reading, edit: Recode) -> Reading:
    found_element(reading, edit.code)
    new_code = edit.new_code.strip()
    if new_code == edit.code:
        return reading
    check_free(reading, new_code)
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
    element = found_element(reading, edit.code)
    if edit.parent is not None:
        found_element(reading, edit.parent)
        if edit.parent in with_descendants(reading, edit.code):
            raise Refused(
                "edit.circle",
                edit.code,
                f"{edit.code} cannot lie below itself. Choose a parent outside of it.",
            )
    moved = element.model_copy(update={"parent": edit.parent})
    rest = [other for other in reading.elements if other.code != edit.code]
    return with_placed(reading, rest, moved, edit.position)


def _merge(reading: Reading, edit: Merge) -> Reading:
    element, target = found_element(reading, edit.code), found_element(reading, edit.into)
    if element.code == target.code:
        message = say("An element cannot be joined to itself. Choose another one.")
        raise Refused("edit.same-element", edit.code, message)
    if edit.into in with_descendants(reading, edit.code):
        message = say(
            "{into} lies below {code}. Join {into} to {code} instead.",
            into=edit.into,
            code=edit.code,
        )
        raise Refused("edit.circle", edit.code, message)
    # Texts are joined in the source's order, whichever of the two was named first.
    first, second = sorted((target, element), key=lambda one: one.lines or (10**9, 0))
    text = f"{first.text} {second.text}"
    if len(text) > 5000:
        message = say(
            "Together the two texts have over 5,000 characters. Shorten one of them first."
        )
        raise Refused("edit.too-long", edit.code, message)
    merged = target.model_copy(
        update={"text": text, "lines": hull(first.lines, second.lines), "doubt": None}
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
    element = found_element(reading, edit.code)
    before, after = element.text[: edit.at].strip(), element.text[edit.at :].strip()
    if not before or not after:
        message = say("One half would be empty. Choose a place inside the text.")
        raise Refused("edit.split-place", edit.code, message)
    code = free_code(reading, element.parent, element.code)
    # Both halves keep the whole range: which words stood on which line is not known here.
    first = element.model_copy(update={"text": before, "doubt": None})
    second = first.model_copy(update={"code": code, "text": after})
    elements: list[Element] = []
    for other in reading.elements:
        elements.extend([first, second] if other.code == element.code else [other])
    return reading.model_copy(update={"elements": tuple(elements)})


def _drop(reading: Reading, edit: Drop) -> Reading:
    element = found_element(reading, edit.code)
    gone = {edit.code}
    if edit.children == "drop":
        gone = with_descendants(reading, edit.code)
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
        if other.code in gone and other.lines and not holds(kept, other.lines)
    ]
    everything = sorted((*reading.left_out, *left_out), key=lambda one: one.lines)
    return reading.model_copy(update={"elements": kept, "left_out": tuple(everything)})


def _add(reading: Reading, edit: Add) -> Reading:
    if edit.parent is not None:
        found_element(reading, edit.parent)
    code = edit.code.strip() if edit.code else free_code(reading, edit.parent)
    check_free(reading, code)
    element = Element(
        code=code,
        level=clean(edit.level).lower(),
        text=clean(edit.text),
        parent=edit.parent,
        lines=check_lines(edit.lines) if edit.lines else None,
    )
    placed = with_placed(reading, list(reading.elements), element, edit.position)
    if element.lines is None:
        return placed
    left_out = [rest for one in reading.left_out for rest in without(one, element.lines)]
    return placed.model_copy(update={"left_out": tuple(left_out)})


def _retitle(reading: Reading, edit: Retitle) -> Reading:
    if edit.period is not None:
        first, last = edit.period
        if not 1800 <= first <= last <= 2200:
            message = say("Enter the first and the last year of the plan, such as 2024 and 2027.")
            raise Refused("edit.period", "period", message)
    return reading.model_copy(update={"title": clean(edit.title), "period": edit.period})


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
