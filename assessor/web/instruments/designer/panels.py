"""What is open in the designer: an item, a page, the settings, one of the lists; with its form."""

from dataclasses import dataclass, field
from typing import Any, cast, get_args

from wtforms import Form

from assessor.domain.editing import acts
from assessor.domain.editing.apply import read_act
from assessor.domain.editing.finding import Spot
from assessor.domain.editing.places import Place, page_of, place_of
from assessor.domain.editing.refusing import RefusedError
from assessor.domain.instrument import Instrument, Page
from assessor.domain.problems import Checked, Problem, failed
from assessor.web.instruments.designer import item_form, logic_form
from assessor.web.instruments.designer.forms import (
    LOGIC,
    PageForm,
    SettingsForm,
    listed_act,
    listed_form,
    page_values,
    settings_act,
    settings_form,
)
from assessor.web.instruments.designer.item_form import ItemForm
from assessor.web.instruments.designer.logic_form import LogicForm
from assessor.web.messages import as_said

NEW = "new"
"""The key of an entry that is not there yet; `scales.new` opens its empty form."""


@dataclass
class Panel:
    """`form` is the one of fields, `item_form` an item's, `logic` an expression beside fields."""

    spot: Spot
    place: Place | None = None
    page: Page | None = None
    item_form: ItemForm | None = None
    form: Form | None = None
    logic: LogicForm | None = None
    listed: acts.Listed | None = None
    entry: str = ""
    problems: list[Problem] = field(default_factory=list)

    @property
    def at(self) -> str:
        return at_of(self.spot)


def at_of(spot: Spot) -> str:
    """How addresses name a spot: `item:visits`, `page:about`, `scales.five`."""
    return spot.key if spot.kind == "part" else f"{spot.kind}:{spot.key}"


def spot_at(at: str) -> Spot:
    kind, _, key = at.partition(":")
    if kind == "item" and key:
        return Spot("item", key)
    if kind == "page" and key:
        return Spot("page", key)
    return Spot("part", at)


# Any: werkzeug's MultiDict of what was sent, or None.
def opened(instrument: Instrument, at: str, data: Any = None) -> Panel | None:
    """The panel at an address, filled with what was sent; None where nothing is there."""
    spot = spot_at(at)
    try:
        if spot.kind == "item":
            return _item_panel(instrument, spot, data)
        if spot.kind == "page":
            return _page_panel(instrument, page_of(instrument, spot.key), data)
    except RefusedError:
        return None
    name, _, entry = spot.key.partition(".")
    if name in get_args(acts.Listed):
        return _listed_panel(instrument, cast(acts.Listed, name), entry, data)
    if name == "settings":
        return Panel(spot, form=settings_form(instrument, data))
    return None


def _item_panel(instrument: Instrument, spot: Spot, data: Any) -> Panel:
    place = place_of(instrument, spot.key)
    if data is None:
        form = item_form.shown(place.item, instrument)
    else:
        form = item_form.typed(place.item, instrument, data)
    return Panel(spot, place=place, page=place.page, item_form=form)


def _page_panel(instrument: Instrument, page: Page, data: Any) -> Panel:
    form = PageForm(data, data=page_values(page))
    logic = _logic("page", page.relevant, instrument, data)
    return Panel(Spot("page", page.key), page=page, form=form, logic=logic)


def _listed_panel(instrument: Instrument, of: acts.Listed, entry: str, data: Any) -> Panel | None:
    spot = Spot("part", f"{of}.{entry}" if entry else of)
    if not entry:
        return Panel(spot, listed=of)
    found = next((one for one in getattr(instrument, of) if one.key == entry), None)
    if found is None and entry != NEW:
        return None
    key = entry if found is not None else ""
    form = listed_form(of, instrument, key, data)
    expression = getattr(found, "when", "") if found is not None else ""
    logic = _logic(of, expression, instrument, data) if of in LOGIC else None
    return Panel(spot, form=form, logic=logic, listed=of, entry=key)


def _logic(of: str, expression: str, instrument: Instrument, data: Any) -> LogicForm:
    if data is None:
        return logic_form.shown(LOGIC[of], expression, instrument)
    return logic_form.typed(LOGIC[of], data, instrument)[0]


def saved(panel: Panel, instrument: Instrument, data: Any) -> Checked[list[acts.Act]]:
    """What saving the panel means: acts, none where nothing was changed."""
    if panel.item_form is not None:
        changes = item_form.changes_of(panel.item_form, instrument, data)
        if changes.problems:
            return failed(*changes.problems)
        return Checked(changes.acts(panel.spot.key))
    if isinstance(panel.form, PageForm) and panel.page is not None:
        return _page_acts(panel.form, panel.page, instrument, data)
    if isinstance(panel.form, SettingsForm):
        act = settings_act(panel.form, instrument)
        if act.value is None:
            return failed(*act.problems)
        return Checked([act.value] if act.value.changes else [])
    if panel.form is not None and panel.listed is not None:
        return _listed_acts(panel, instrument, data)
    return Checked([])


def _page_acts(
    form: PageForm, page: Page, instrument: Instrument, data: Any
) -> Checked[list[acts.Act]]:
    wanted: dict[str, Any] = {
        name: (control.data or "").replace("\r\n", "\n").strip()
        for name, control in form._fields.items()
    }
    wanted["shuffle"] = wanted["shuffle"] or None
    wanted["relevant"] = logic_form.typed(LOGIC["page"], data, instrument)[1]
    changes = {name: value for name, value in wanted.items() if value != getattr(page, name)}
    return Checked([acts.ChangePage(page=page.key, changes=changes)] if changes else [])


def _listed_acts(panel: Panel, instrument: Instrument, data: Any) -> Checked[list[acts.Act]]:
    assert panel.form is not None, "only panels with a form are saved"
    assert panel.listed is not None, "and this is one of a list"
    expression = ""
    if panel.listed in LOGIC:
        expression = logic_form.typed(LOGIC[panel.listed], data, instrument)[1]
    act = listed_act(panel.listed, panel.form, panel.entry, expression, instrument)
    return failed(*act.problems) if act.value is None else Checked([act.value])


def show_problems(panel: Panel, problems: tuple[Problem, ...]) -> None:
    """Put what is wrong beside its field; the summary above holds all of it."""
    panel.problems.extend(problems)
    if panel.item_form is not None:
        item_form.show_problems(panel.item_form, list(problems))
    for problem in problems:
        name = problem.where.partition(".")[0]
        if panel.logic is not None and name == panel.logic.name:
            panel.logic.errors.append(as_said(problem.message))
        elif panel.form is not None and name in panel.form:
            control = panel.form[name]
            control.errors = [*control.errors, as_said(problem.message)]


__all__ = ["NEW", "Panel", "at_of", "opened", "read_act", "saved", "show_problems", "spot_at"]
