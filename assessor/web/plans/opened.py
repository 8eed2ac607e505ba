"""What is open on the review page: one element with its forms, or lines to make one of."""

from dataclasses import dataclass, field

from flask import abort
from flask_wtf import FlaskForm

from assessor.domain.plan import Element
from assessor.reports.words import shortened
from assessor.store.documents import Review
from assessor.web.plans.editing import before, in_order
from assessor.web.plans.forms import (
    AddForm,
    ChangeForm,
    DropForm,
    MoveForm,
    SplitForm,
    TakeForm,
)


@dataclass
class Opened:
    """What is open on the page: an element with its forms, or lines to make an element of."""

    element: Element | None = None
    lines: tuple[int, int] | None = None
    forms: dict[str, FlaskForm] = field(default_factory=dict)
    above: Element | None = None


def opened_at(stored: Review, code: str | None, take: str | None) -> Opened:
    """The forms of the element or the lines that the address asks for, filled."""
    reading = stored.reading
    ordered = in_order(reading)
    if take:
        return _at_lines(stored, ordered, take)
    element = next((one for one in reading.elements if one.code == code), None)
    if element is None:
        return Opened(forms={"add": AddForm(prefix="add-").beside("")} if not ordered else {})
    change = {"text": element.text, "level": element.level, "code": element.code}
    sentences = element.text.replace(". ", ".\n").replace("; ", ";\n")
    move = MoveForm(prefix="move-", data={"parent": element.parent or ""}).offer(
        (one.code, f"{one.code} {shortened(one.text)}") for one in ordered if one != element
    )
    forms: dict[str, FlaskForm] = {
        "change": ChangeForm(prefix="change-", data=change),
        "move": move,
        "split": SplitForm(prefix="split-", data={"text": sentences}),
        "drop": DropForm(prefix="drop-"),
        "add": AddForm(prefix="add-", data={"level": element.level, "where": "after"}).beside(
            element.code
        ),
    }
    return Opened(element, forms=forms, above=before(reading, element))


def _at_lines(stored: Review, ordered: list[Element], take: str) -> Opened:
    first, _, last = take.partition("-")
    if not (first.isdecimal() and last.isdecimal() and len(take) < 20):
        abort(404)
    lines = (int(first), int(last))
    above = None
    for element in ordered:
        if element.lines and element.lines[0] <= lines[0]:
            above = element
    text = " ".join(" ".join(stored.source_lines[lines[0] - 1 : lines[1]]).split())
    data = {
        "first": lines[0],
        "last": lines[1],
        "text": text,
        "level": above.level if above else "goal",
        "where": "after",
    }
    form = TakeForm(prefix="take-", data=data).beside(above.code if above else "")
    form.within(len(stored.source_lines))
    return Opened(element=None, lines=lines, forms={"take": form}, above=above)
