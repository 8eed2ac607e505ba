"""Finding, placing and changing elements of a reading: what every edit is made of."""

from typing import Any

from assessor.domain.plan import Element, LeftOut, LineRange, Reading
from assessor.domain.problems import Problem, say


class Refused(Exception):  # noqa: N818  it stops one edit, and becomes a problem
    def __init__(self, code: str, where: str, message: str) -> None:
        super().__init__(message)
        self.problem = Problem(code=code, where=where, message=message)


def found_element(reading: Reading, code: str) -> Element:
    found = next((element for element in reading.elements if element.code == code), None)
    if found is None:
        message = say(
            "There is no element {code} any more. Look at the plan as it is now.", code=code
        )
        raise Refused("edit.unknown-code", code, message)
    return found


# Any: the fields of an element.
def changed(reading: Reading, code: str, **fields: Any) -> Reading:
    found_element(reading, code)
    elements = tuple(
        element.model_copy(update=fields) if element.code == code else element
        for element in reading.elements
    )
    return reading.model_copy(update={"elements": elements})


def clean(text: str) -> str:
    clean = " ".join(text.split())
    if not clean:
        raise Refused("edit.empty", "text", "Enter a text; white space alone is none.")
    return clean


def check_free(reading: Reading, code: str) -> None:
    if not code or len(code) > 40 or any(letter.isspace() or letter in "/\\" for letter in code):
        message = say("A code has 1 to 40 characters, without spaces and slashes. Choose another.")
        raise Refused("edit.bad-code", code, message)
    if any(element.code == code for element in reading.elements):
        message = say("There is an element {code} already. Choose another code.", code=code)
        raise Refused("edit.code-taken", code, message)


def free_code(reading: Reading, parent: str | None, like: str | None = None) -> str:
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


def with_descendants(reading: Reading, code: str) -> set[str]:
    found = {code}
    while True:
        more = {element.code for element in reading.elements if element.parent in found} - found
        if not more:
            return found
        found |= more


def with_placed(
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


def check_lines(lines: LineRange) -> LineRange:
    if not 1 <= lines[0] <= lines[1]:
        message = say("Enter the first and the last line, counted from 1, such as 12 and 14.")
        raise Refused("edit.lines", "lines", message)
    return lines


def without(entry: LeftOut, taken: LineRange) -> list[LeftOut]:
    """What remains of an entry when lines of it were taken: nothing, one part, or two."""
    first, last = entry.lines
    parts = [(first, min(last, taken[0] - 1)), (max(first, taken[1] + 1), last)]
    if taken[1] < first or taken[0] > last:
        return [entry]
    return [entry.model_copy(update={"lines": part}) for part in parts if part[0] <= part[1]]


def holds(elements: tuple[Element, ...], lines: LineRange) -> bool:
    ranges = (element.lines for element in elements if element.lines)
    return any(first <= lines[0] and lines[1] <= last for first, last in ranges)


def hull(first: LineRange | None, second: LineRange | None) -> LineRange | None:
    if first is None or second is None:
        return first or second
    return min(first[0], second[0]), max(first[1], second[1])
