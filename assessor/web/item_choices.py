"""Views of what is chosen, ordered or shared out."""

from typing import Any

from assessor.domain.arrangement import options_in_order
from assessor.domain.instrument import (
    OTHER,
    Consent,
    ConstantSum,
    Dropdown,
    MultipleChoice,
    Option,
    Ranking,
    SingleChoice,
    WithOptions,
    YesNo,
)
from assessor.domain.readings import OTHER_LENGTH, all_options
from assessor.domain.route import Asking
from assessor.web.item_sheet import Control, ItemView, Sheet
from assessor.web.items import field_id
from assessor.web.messages import gettext
from assessor.web.writing import count


def choice(sheet: Sheet, item: SingleChoice | Dropdown, asking: Asking) -> ItemView:
    return _with_options(
        "dropdown" if isinstance(item, Dropdown) else "radios", sheet, item, asking
    )


def choices(sheet: Sheet, item: MultipleChoice, asking: Asking) -> ItemView:
    more = "" if item.hint else sheet.ours(_how_many(item))
    return _with_options("checkboxes", sheet, item, asking, more)


def _how_many(item: MultipleChoice) -> str:
    least, most = item.min_choices, item.max_choices
    if least and most:
        if least == most:
            return gettext("Choose %(number)s.", number=least)
        return gettext("Choose %(least)s to %(most)s.", least=least, most=most)
    if least:
        return gettext("Choose at least %(least)s.", least=least)
    if most:
        return gettext("Choose up to %(most)s.", most=most)
    return gettext("Choose all that apply.")


def _with_options(
    shape: str, sheet: Sheet, item: WithOptions, asking: Asking, more: str = ""
) -> ItemView:
    offered = [o for o in all_options(item) if asking.options is None or o.code in asking.options]
    options = sheet.options(item.key, options_in_order(item, offered, sheet.person.seed))
    controls = [sheet.control(item.key, item.text)]
    data: dict[str, Any] = {"name": sheet.name(item.key), "options": options, "other": None}
    if any(option.code == OTHER for option in offered):
        words = sheet.name(f"{item.key}.{OTHER}")
        controls.append(sheet.control(f"{item.key}.{OTHER}", f"{item.text} – {item.other}"))
        data["other"] = {
            "name": words,
            "id": field_id(words),
            "value": sheet.filled.value(words),
            "label": sheet.say.text(item.other),
            "error": sheet.filled.error(words),
            "longest": OTHER_LENGTH,
        }
    return _view(shape, sheet, item, asking, controls, data, more)


def yes_no(sheet: Sheet, item: YesNo, asking: Asking) -> ItemView:
    options = [
        Option(code="yes", label=sheet.label(item, "yes_label")),
        Option(code="no", label=sheet.label(item, "no_label")),
    ]
    if item.na:
        options.append(Option(code="NA", label=item.na))
    data = {
        "name": sheet.name(item.key),
        "options": sheet.options(item.key, options),
        "other": None,
        "inline": all(len(option.label) < 16 for option in options),
    }
    return _view("radios", sheet, item, asking, [sheet.control(item.key, item.text)], data)


def consent(sheet: Sheet, item: Consent, asking: Asking) -> ItemView:
    options = sheet.options(item.key, [Option(code="yes", label=sheet.label(item, "label"))])
    data = {"name": sheet.name(item.key), "options": options, "other": None}
    return _view("checkboxes", sheet, item, asking, [sheet.control(item.key, item.text)], data)


def ranking(sheet: Sheet, item: Ranking, asking: Asking) -> ItemView:
    """A place for each option, chosen from a list; a script adds buttons to move them."""
    offered = [o for o in item.options if asking.options is None or o.code in asking.options]
    places = min(item.places or len(offered), len(offered))
    parts = _parts(sheet, item, options_in_order(item, offered, sheet.person.seed))
    how = gettext("Give the places 1 to %(places)s; 1 is the first.", places=places)
    data = {"parts": parts, "places": list(range(1, places + 1))}
    return _view("ranking", sheet, item, asking, _controls(sheet, item), data, sheet.ours(how))


def constant_sum(sheet: Sheet, item: ConstantSum, asking: Asking) -> ItemView:
    """A number for each option; the total that is wanted stands there in words."""
    parts = _parts(sheet, item, options_in_order(item, item.options, sheet.person.seed))
    unit = sheet.say.text(item.unit)
    total = f"{count(item.total)} {unit}".strip()
    how = sheet.ours(
        gettext("Together these must be %(total)s. What stays empty counts as 0.", total=total)
    )
    given = [float(part["value"]) for part in parts if _is_number(part["value"])]
    data = {
        "parts": parts,
        "unit": unit,
        "total": item.total,
        "total_words": total,
        "sum": f"{sum(given):g}",
    }
    return _view("constant_sum", sheet, item, asking, _controls(sheet, item), data, how)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 12


def _parts(
    sheet: Sheet, item: Ranking | ConstantSum, options: tuple[Option, ...]
) -> list[dict[str, Any]]:
    found = []
    for option in options:
        name = sheet.name(f"{item.key}.{option.code}")
        found.append(
            {
                "name": name,
                "id": field_id(name),
                "label": sheet.say.text(option.label),
                "value": sheet.filled.value(name),
                "error": sheet.filled.error(name),
            }
        )
    return found


def _controls(sheet: Sheet, item: Ranking | ConstantSum) -> list[Control]:
    return [
        sheet.control(f"{item.key}.{option.code}", f"{item.text} – {option.label}")
        for option in item.options
    ]


# Any: each macro takes data of its own.
def _view(
    shape: str,
    sheet: Sheet,
    item: WithOptions | YesNo | Consent | Ranking | ConstantSum,
    asking: Asking,
    controls: list[Control],
    data: dict[str, Any],
    more: str = "",
) -> ItemView:
    several = isinstance(item, Ranking | ConstantSum)
    own = [control.name for control in controls] if several else [controls[0].name]
    return ItemView(
        shape,
        item.key,
        field_id(sheet.name(item.key)),
        sheet.asked(item, asking),
        sheet.hint(item, more),
        sheet.filled.error(*own),
        tuple(controls),
        data,
    )
