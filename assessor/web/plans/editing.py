"""What the forms of the review page ask for, as edits: one visible table, a row each."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from flask_wtf import FlaskForm

from assessor.domain.plan import Element, Reading
from assessor.domain.problems import Checked, Problem, failed
from assessor.planning.edits import (
    Accept,
    Add,
    Drop,
    Edit,
    Merge,
    Move,
    Recode,
    Relevel,
    Rename,
    Retitle,
    Split,
)
from assessor.web.messages import gettext, lazy_gettext
from assessor.web.plans.forms import (
    AddForm,
    ChangeForm,
    DropForm,
    MoveForm,
    SplitForm,
    TakeForm,
    TitleForm,
)

Wanted = Checked[tuple[Edit, ...]]


@dataclass(frozen=True)
class Deed:
    """`make` turns a checked form into edits; `form` is None where a button says everything.

    `keeps_open`: the element stays open afterwards, for the next step of the same kind.
    """

    make: Callable[[Reading, Element | None, FlaskForm | None], Wanted]
    done: str
    form: type[FlaskForm] | None = None
    keeps_open: bool = False


def place(reading: Reading, element: Element) -> tuple[list[Element], int]:
    """The element's siblings in order, itself among them, and which of them it is."""
    siblings = [one for one in reading.elements if one.parent == element.parent]
    return siblings, next(n for n, one in enumerate(siblings) if one.code == element.code)


def in_order(reading: Reading) -> list[Element]:
    """The elements as they stand on the page: parents before their children."""
    below: dict[str | None, list[Element]] = {}
    for element in reading.elements:
        below.setdefault(element.parent, []).append(element)
    found: list[Element] = []
    waiting = list(reversed(below.get(None, [])))
    while waiting:
        element = waiting.pop()
        found.append(element)
        waiting.extend(reversed(below.get(element.code, [])))
    return found


def before(reading: Reading, element: Element) -> Element | None:
    """The element right above it on the page."""
    ordered = in_order(reading)
    at = next((n for n, one in enumerate(ordered) if one.code == element.code), 0)
    return ordered[at - 1] if at > 0 else None


def edits_for(do: str, reading: Reading, element: Element | None, form: FlaskForm | None) -> Wanted:
    """The edits that one press of a button means; problems where it cannot be done."""
    return DEEDS[do].make(reading, element, form)


def _one(edit: Edit) -> Wanted:
    return Checked((edit,))


def _no(message: str, where: str = "") -> Wanted:
    return failed(Problem(code="review.cannot", where=where, message=message))


def _needs(element: Element | None) -> Element:
    assert element is not None, "the page names the element of every deed that needs one"
    return element


def _accept(reading: Reading, element: Element | None, form: FlaskForm | None) -> Wanted:
    return _one(Accept(code=_needs(element).code))


def alike(reading: Reading, element: Element) -> list[Element]:
    """The elements in the same doubt at the same level: what one look settles for all."""
    return [
        one
        for one in reading.elements
        if one.doubt and (one.doubt, one.level) == (element.doubt, element.level)
    ]


def _accept_alike(reading: Reading, element: Element | None, form: FlaskForm | None) -> Wanted:
    return Checked(tuple(Accept(code=one.code) for one in alike(reading, _needs(element))))


def _change(reading: Reading, element: Element | None, form: FlaskForm | None) -> Wanted:
    old = _needs(element)
    assert isinstance(form, ChangeForm)
    text = " ".join((form.text.data or "").split())
    level, code = " ".join((form.level.data or "").split()).lower(), (form.code.data or "").strip()
    edits: list[Edit] = []
    if text != old.text:
        edits.append(Rename(code=old.code, text=text))
    if level != old.level:
        same = alike(reading, old) if form.alike.data and old.doubt else [old]
        edits += [Relevel(code=one.code, level=level) for one in same]
    # Last, since the others name the element by the code that it has now.
    if code != old.code:
        edits.append(Recode(code=old.code, new_code=code))
    return (
        Checked(tuple(edits)) if edits else _no(gettext("Nothing was changed yet."), "change-text")
    )


def _up(reading: Reading, element: Element | None, form: FlaskForm | None) -> Wanted:
    one = _needs(element)
    _, at = place(reading, one)
    if at == 0:
        return _no(gettext("%(code)s is the first on its level already.", code=one.code))
    return _one(Move(code=one.code, parent=one.parent, position=at - 1))


def _down(reading: Reading, element: Element | None, form: FlaskForm | None) -> Wanted:
    one = _needs(element)
    siblings, at = place(reading, one)
    if at + 1 == len(siblings):
        return _no(gettext("%(code)s is the last on its level already.", code=one.code))
    return _one(Move(code=one.code, parent=one.parent, position=at + 1))


def _indent(reading: Reading, element: Element | None, form: FlaskForm | None) -> Wanted:
    one = _needs(element)
    siblings, at = place(reading, one)
    if at == 0:
        return _no(
            gettext("There is nothing above %(code)s that it could lie below.", code=one.code)
        )
    return _one(Move(code=one.code, parent=siblings[at - 1].code))


def _outdent(reading: Reading, element: Element | None, form: FlaskForm | None) -> Wanted:
    one = _needs(element)
    parent = next((other for other in reading.elements if other.code == one.parent), None)
    if parent is None:
        return _no(gettext("%(code)s is at the top already.", code=one.code))
    _, at = place(reading, parent)
    return _one(Move(code=one.code, parent=parent.parent, position=at + 1))


def _move(reading: Reading, element: Element | None, form: FlaskForm | None) -> Wanted:
    assert isinstance(form, MoveForm)
    return _one(Move(code=_needs(element).code, parent=form.parent.data or None))


def _merge(reading: Reading, element: Element | None, form: FlaskForm | None) -> Wanted:
    one = _needs(element)
    above = before(reading, one)
    if above is None:
        return _no(
            gettext("There is nothing above %(code)s that it could be joined to.", code=one.code)
        )
    return _one(Merge(code=one.code, into=above.code))


def _split(reading: Reading, element: Element | None, form: FlaskForm | None) -> Wanted:
    one = _needs(element)
    assert isinstance(form, SplitForm)
    typed = (form.text.data or "").replace("\r", "")
    parts = [part for part in re.split(r"\n\s*\n", typed) if part.strip()]
    if len(parts) < 2:
        return _no(gettext("Leave an empty line where the element shall be cut."), "split-text")
    if " ".join(" ".join(parts).split()) != " ".join(one.text.split()):
        return _no(
            gettext("The words differ from the element’s. Change words first, and then split."),
            "split-text",
        )
    # From the last cut to the first, so that the earlier part keeps its code and its place.
    edits = [
        Split(code=one.code, at=_length_of(one.text, sum(len(p.split()) for p in parts[:n])))
        for n in range(len(parts) - 1, 0, -1)
    ]
    return Checked(tuple(edits))


def _length_of(text: str, words: int) -> int:
    """How many characters of the text its first words take."""
    ends = [match.end() for match in re.finditer(r"\S+", text)]
    return ends[words - 1]


def _drop(reading: Reading, element: Element | None, form: FlaskForm | None) -> Wanted:
    assert isinstance(form, DropForm)
    return _one(Drop(code=_needs(element).code, children=form.children.data))


def _add(reading: Reading, element: Element | None, form: FlaskForm | None) -> Wanted:
    assert isinstance(form, AddForm)
    lines = None
    if isinstance(form, TakeForm):
        lines = (form.first.data, form.last.data)
    parent, position = None, 0
    if element is not None and form.where.data == "below":
        parent = element.code
    elif element is not None:
        _, at = place(reading, element)
        parent, position = element.parent, at + 1
    return _one(
        Add(
            parent=parent,
            position=position,
            level=form.level.data,
            text=form.text.data,
            lines=lines,
        )
    )


def _retitle(reading: Reading, element: Element | None, form: FlaskForm | None) -> Wanted:
    assert isinstance(form, TitleForm)
    first, last = form.first.data, form.last.data
    if (first is None) != (last is None):
        return _no(gettext("Enter both years, or none."), "first")
    period = (first, last) if first is not None and last is not None else None
    if (form.title.data or "").strip() == reading.title and period == reading.period:
        return Checked(())
    return _one(Retitle(title=form.title.data, period=period))


DEEDS: dict[str, Deed] = {
    "accept": Deed(_accept, lazy_gettext("{code} is settled.")),
    "accept_alike": Deed(
        _accept_alike, lazy_gettext("{code} is settled, with all in the same doubt.")
    ),
    "change": Deed(_change, lazy_gettext("{code} is changed."), ChangeForm),
    "up": Deed(_up, lazy_gettext("{code} moved up."), keeps_open=True),
    "down": Deed(_down, lazy_gettext("{code} moved down."), keeps_open=True),
    "indent": Deed(_indent, lazy_gettext("{code} lies one level deeper."), keeps_open=True),
    "outdent": Deed(_outdent, lazy_gettext("{code} lies one level higher."), keeps_open=True),
    "move": Deed(_move, lazy_gettext("{code} is in its new place."), MoveForm, keeps_open=True),
    "merge": Deed(_merge, lazy_gettext("{code} is joined to the element above.")),
    "split": Deed(_split, lazy_gettext("{code} is split."), SplitForm),
    "drop": Deed(
        _drop, lazy_gettext("{code} is dropped; its lines are listed as left out."), DropForm
    ),
    "add": Deed(_add, lazy_gettext("The new element is {code}."), AddForm),
    "take": Deed(_add, lazy_gettext("The lines are {code} now."), TakeForm),
    "retitle": Deed(_retitle, lazy_gettext("The title and the period are saved."), TitleForm),
}
"""Everything a person can do on the review page, by the name that its form sends."""
