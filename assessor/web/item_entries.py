"""Views of what is typed, picked or sent: texts, numbers, days, times, addresses, files."""

from typing import Any

from assessor.domain.instrument import (
    DateItem,
    Email,
    FileItem,
    ItemBase,
    LongTextItem,
    Number,
    ShortText,
    Slider,
    TimeItem,
)
from assessor.domain.route import Asking
from assessor.formats.file_type import ACCEPTED, WORDS
from assessor.web.item_sheet import ItemView, Sheet
from assessor.web.items import field_id
from assessor.web.messages import decimal, gettext, ngettext, told


def number_line(sheet: Sheet, item: Number, asking: Asking) -> ItemView:
    data = {
        "type": "text",
        "inputmode": "numeric" if item.whole else "decimal",
        "width": 5,
        "suffix": sheet.say.text(item.unit),
    }
    return _line(sheet, item, asking, data)


def text_line(sheet: Sheet, item: ShortText, asking: Asking) -> ItemView:
    return _line(sheet, item, asking, {"type": "text"})


def email_line(sheet: Sheet, item: Email, asking: Asking) -> ItemView:
    more = sheet.ours(gettext("An address says who you are."))
    return _line(sheet, item, asking, {"type": "email", "autocomplete": "email"}, more)


def date_line(sheet: Sheet, item: DateItem, asking: Asking) -> ItemView:
    """The browser's own calendar; where it has none, the day is typed."""
    data = {"type": "date", "width": 10, "limits": _limits(item.earliest, item.latest)}
    more = sheet.ours(gettext("If you type it: year, month, day, such as 2026-11-24."))
    return _line(sheet, item, asking, data, more)


def time_line(sheet: Sheet, item: TimeItem, asking: Asking) -> ItemView:
    data = {"type": "time", "width": 5, "limits": _limits(item.earliest, item.latest)}
    return _line(
        sheet, item, asking, data, sheet.ours(gettext("Hours and minutes, such as 14:30."))
    )


def text_lines(sheet: Sheet, item: LongTextItem, asking: Asking) -> ItemView:
    return _line(sheet, item, asking, {}, shape="lines")


def slider(sheet: Sheet, item: Slider, asking: Asking) -> ItemView:
    """A number to type; a script adds a thumb beside it, which is nowhere until it is moved."""
    data = {
        "minimum": f"{item.minimum:.15g}",
        "maximum": f"{item.maximum:.15g}",
        "step": f"{item.step:.15g}",
        "low": sheet.say.text(item.low_label),
        "high": sheet.say.text(item.high_label),
        "suffix": sheet.say.text(item.unit),
        "whole": all(float(one).is_integer() for one in (item.minimum, item.step)),
    }
    low, high = decimal(item.minimum), decimal(item.maximum)
    said = sheet.ours(gettext("Enter a number from %(low)s to %(high)s.", low=low, high=high))
    return _line(sheet, item, asking, data, said, shape="slider")


def files(sheet: Sheet, item: FileItem, asking: Asking) -> ItemView:
    """The files that are here already, each with its way out, and a place for more."""
    name = sheet.name(item.key)
    there = [one for one in sheet.filled.all(name) if one]
    wanted = ", ".join(str(told(WORDS[one])) for one in item.types)
    said = " ".join(
        [
            ngettext(
                "%(num)s file of these kinds: %(kinds)s.",
                "Up to %(num)s files of these kinds: %(kinds)s.",
                item.max_files,
                kinds=wanted,
            ),
            gettext("At most %(size)s MB each.", size=item.max_megabytes),
            gettext("Not kept are the file's name, and where and when a picture was taken."),
        ]
    )
    if set(item.types) - {"image", "text"}:
        said += " " + gettext("What else is in a file is kept: it can contain your name.")
    data = {
        "there": there,
        "accept": ",".join(ACCEPTED[one] for one in item.types),
        "multiple": item.max_files > 1,
        "has_room": len(there) < item.max_files,
    }
    return _line(sheet, item, asking, data, sheet.ours(said), shape="files")


def _limits(least: str | None, most: str | None) -> dict[str, str]:
    return {name: value for name, value in (("min", least), ("max", most)) if value}


# Any: each macro takes data of its own.
def _line(
    sheet: Sheet,
    item: ItemBase,
    asking: Asking,
    data: dict[str, Any],
    more: str = "",
    *,
    shape: str = "line",
) -> ItemView:
    control = sheet.control(item.key, item.text)
    common = {"name": control.name, "value": sheet.filled.value(control.name)}
    return ItemView(
        shape,
        item.key,
        field_id(control.name),
        sheet.asked(item, asking),
        sheet.hint(item, more),
        sheet.filled.error(control.name),
        (control,),
        {**common, **data},
    )
