"""Every kind of item as the templates show it: one visible table, a view an item.

The macro of every shape is in `templates/components/items.html`. Nothing here decides what is
asked or what an answer is: that is the route's, and the one check's.
"""

from collections.abc import Callable, Iterable
from typing import Any

from markupsafe import Markup

from assessor.domain.appearing import asked_in_time, is_required_in_time, values_in_time
from assessor.domain.instrument import Instrument, Item, ItemBase, RepeatingGroup, TextBlock
from assessor.domain.kinds import columns_of_item
from assessor.domain.route import Asking, Person, Route
from assessor.web import item_choices as choices
from assessor.web import item_entries as entries
from assessor.web import item_rows as rows
from assessor.web.item_sheet import ItemView, Sheet
from assessor.web.items import TIMES, Filled, Mistake, field_id
from assessor.web.messages import told
from assessor.web.wording import Wording, rich_text

Build = Callable[[Sheet, Any, Asking], ItemView | None]
"""A sheet, an item of the kind's own model (hence Any) and how it is asked → its view."""


def _text(sheet: Sheet, item: TextBlock, asking: Asking) -> ItemView:
    html = sheet.say.html(item.text)
    return ItemView("text", item.key, field_id(item.key), Markup(), data={"html": html})


def _nothing(sheet: Sheet, item: ItemBase, asking: Asking) -> None:
    """Hidden and calculated values are never shown."""


def _repeating(sheet: Sheet, item: RepeatingGroup, asking: Asking) -> ItemView:
    """The items once for each time, and the ways to one time more or less."""
    times = max(sheet.filled.times(item.key), item.least, 1)
    shown: list[dict[str, Any]] = []
    for time in range(1, min(times, item.most) + 1):
        values = values_in_time(item, sheet.route.values, time)
        here = sheet.at_time(time, Wording(sheet.instrument, values))
        views = []
        for one in asked_in_time(sheet.instrument, item, sheet.route.values, time, sheet.person):
            required = is_required_in_time(
                sheet.instrument, item, one, sheet.route.values, time, sheet.person
            )
            names = tuple(column.name for column in columns_of_item(one))
            found = BUILDERS[one.kind](here, one, Asking(names, required=required))
            views.append(found)
        shown.append({"number": time, "label": here.say.text(item.entry_label), "views": views})
    inner = [view for time in shown for view in time["views"]]
    controls = [sheet.control(item.key, item.text), *(c for view in inner for c in view.controls)]
    data = {
        "times": shown,
        "times_name": TIMES + item.key,
        "add": sheet.label(item, "add_label") if len(shown) < item.most else "",
        "can_remove": len(shown) > max(item.least, 1),
    }
    error = sheet.filled.error(item.key)
    asked, own = sheet.asked(item, asking), field_id(item.key)
    return ItemView(
        "repeating", item.key, own, asked, sheet.hint(item), error, tuple(controls), data
    )


BUILDERS: dict[str, Build] = {
    "single_choice": choices.choice,
    "dropdown": choices.choice,
    "multiple_choice": choices.choices,
    "yes_no": choices.yes_no,
    "ranking": choices.ranking,
    "constant_sum": choices.constant_sum,
    "rating": rows.rating,
    "rating_matrix": rows.rating_matrix,
    "choice_matrix": rows.choice_matrix,
    "entry_grid": rows.entry_grid,
    "semantic_differential": rows.differential,
    "likelihood": rows.likelihood,
    "slider": entries.slider,
    "number": entries.number_line,
    "date": entries.date_line,
    "time": entries.time_line,
    "short_text": entries.text_line,
    "long_text": entries.text_lines,
    "email": entries.email_line,
    "file": entries.files,
    "consent": choices.consent,
    "hidden": _nothing,
    "calculated": _nothing,
    "repeating_group": _repeating,
    "text_block": _text,
}
"""Every kind of item, and what shows it; a test holds it against the kinds there are."""


def sheet_of(instrument: Instrument, route: Route, person: Person, filled: Filled) -> Sheet:
    """The sheet of one page for one person; `instrument` in the language they read."""
    return Sheet(instrument, route, person, filled, Wording(instrument, route.values))


def views(sheet: Sheet, items: Iterable[Item]) -> list[ItemView]:
    """The asked ones among these items, in their order, ready to show."""
    found = (
        BUILDERS[item.kind](sheet, item, sheet.route.asked[item.key])
        for item in items
        if item.key in sheet.route.asked
    )
    return [view for view in found if view is not None]


def mistakes(shown: Iterable[ItemView], filled: Filled) -> tuple[list[Mistake], list[str]]:
    """What was laid on the controls, in the page's order; and what belongs to none of them."""
    found: dict[str, Mistake] = {}
    for view in shown:
        for control in view.controls:
            errors = filled.errors.get(control.name)
            if errors and control.name not in found:
                text = f"{control.called} – {told(errors[0])}"
                found[control.name] = Mistake(text, f"#{control.id}")
    left = [text for name, errors in filled.errors.items() if name not in found for text in errors]
    return list(found.values()), left


NEEDS_SCRIPT = {"dropdown", "ranking", "constant_sum", "slider"}
"""Shapes to which a script adds something; without it they work as they are."""


def has_something_for_a_script(shown: Iterable[ItemView]) -> bool:
    return any(
        view.shape in NEEDS_SCRIPT
        or (
            view.shape == "repeating"
            and has_something_for_a_script(v for time in view.data["times"] for v in time["views"])
        )
        for view in shown
    )


__all__ = ["BUILDERS", "ItemView", "Sheet", "mistakes", "rich_text", "sheet_of", "views"]
