"""An item becomes the rows of an XLSForm that come nearest to it: one function a kind.

What the rows cannot say is found by reading them back (`xlsform_more.py`), so that a function here
need not care for anything but what other tools show.
"""

from collections.abc import Callable, Iterable

from assessor.domain.instrument import (
    MATRIX_KINDS,
    OTHER,
    Calculated,
    ChoiceMatrix,
    ConstantSum,
    DateItem,
    EntryGrid,
    FileItem,
    Hidden,
    Item,
    ItemBase,
    Likelihood,
    LongTextItem,
    MultipleChoice,
    Number,
    Option,
    Ranking,
    Rated,
    Rating,
    RatingMatrix,
    RepeatingGroup,
    SemanticDifferential,
    ShortText,
    Slider,
    WithOptions,
    YesNo,
)
from assessor.formats.xlsform_logic import joined
from assessor.formats.xlsform_sheets import Cells, Choices, Sheets

EMAIL = r"regex(., '^[^@ ]+@[^@ ]+\.[^@ ]+$')"


def names_of(item: Item) -> list[str]:
    """The names of the questions that an item becomes, which logic may name."""
    names = [item.key]
    uses = [use.key for use in item.scales] if isinstance(item, Rated) else []
    if isinstance(item, EntryGrid):
        uses = [column.code for column in item.columns]
    if isinstance(item, MATRIX_KINDS):
        names += [
            f"{row.key}.{use}" if use else row.key for row in item.rows for use in uses or [""]
        ]
    elif uses:
        names += [f"{item.key}.{use}" for use in uses]
    elif isinstance(item, ConstantSum):
        names += [f"{item.key}.{option.code}" for option in item.options]
    elif isinstance(item, RepeatingGroup):
        names += [one.key for one in item.items]
    return names


def write_item(sheets: Sheets, item: Item) -> Cells:
    """Add an item's rows to the sheets; the first of them is given back."""
    return _WRITERS[item.kind](sheets, item)


def _one(sheets: Sheets, item: ItemBase, kind: str, **cells: str) -> Cells:
    """A row with what every item has."""
    name = sheets.names[item.key]
    row = sheets.row(kind, name, str(getattr(item, "kind")), **cells)  # noqa: B009
    sheets.say(row, "label", f"{item.key}.text", item.text)
    if item.hint:
        sheets.say(row, "hint", f"{item.key}.hint", item.hint)
    row["required"] = (
        "yes" if item.required else sheets.logic(item.required_when, item.key, "required")
    )
    row["relevant"] = sheets.logic(item.relevant, item.key, "relevance")
    own = sheets.logic(item.constraint, item.key, "constraint")
    row["constraint"] = joined(own, row.get("constraint", ""))
    if item.constraint_message and row["constraint"]:
        address = f"{item.key}.constraint_message"
        sheets.say(row, "constraint_message", address, item.constraint_message)
    return row


def _group(sheets: Sheets, item: ItemBase, appearance: str) -> Cells:
    row = _one(sheets, item, "begin group", appearance=appearance)
    for column in (
        "required",
        "constraint",
        *(c for c in row if c.startswith("constraint_message")),
    ):
        row.pop(column, None)
    return row


def _end(sheets: Sheets, what: str = "group") -> None:
    sheets.survey.append({"type": f"end {what}"})


def _options(item: ItemBase, options: Iterable[Option]) -> Choices:
    return [(o.code, f"{item.key}.option.{o.code}", o.label, dict(o.attributes)) for o in options]


def _select(sheets: Sheets, item: Item) -> Cells:
    assert isinstance(item, WithOptions | Ranking)
    found = _options(item, item.options)
    other = item.other if isinstance(item, WithOptions) else ""
    if other:
        found.append((OTHER, f"{item.key}.other", other, {}))
    name = sheets.list_of(item.key, found)
    kinds = {"multiple_choice": "select_multiple", "ranking": "rank"}
    kind = f"{kinds.get(item.kind, 'select_one')} {name}"
    condition = sheets.logic(item.option_filter, item.key, "option filter", option=True)
    if other and condition:
        condition = f"({condition}) or name = 'other'"
    elif other and f"{item.key}_other" not in sheets.names.values():
        kind += " or_other"
    cells = {
        "choice_filter": condition,
        "appearance": "minimal" if item.kind == "dropdown" else "",
        "parameters": "randomize=true" if item.order == "random" else "",
    }
    if isinstance(item, MultipleChoice):
        cells["constraint"] = _choices_allowed(item)
    return _one(sheets, item, kind, **cells)


def _choices_allowed(item: MultipleChoice) -> str:
    parts = [f"not(selected(., '{c}') and count-selected(.) > 1)" for c in item.exclusive]
    if item.min_choices:
        parts.append(f"count-selected(.) >= {item.min_choices}")
    if item.max_choices:
        parts.append(f"count-selected(.) <= {item.max_choices}")
    return joined(*parts)


def _yes_no(sheets: Sheets, item: Item) -> Cells:
    assert isinstance(item, YesNo)
    labels = [("yes", "yes_label", item.yes_label), ("no", "no_label", item.no_label)]
    if item.na:
        labels.append(("NA", "na", item.na))
    found: Choices = [(code, f"{item.key}.{name}", text, {}) for code, name, text in labels]
    return _one(sheets, item, f"select_one {sheets.list_of(item.key, found)}")


def _rating(sheets: Sheets, item: Item) -> Cells:
    assert isinstance(item, Rating)
    if item.scale:
        name = sheets.scale_list(item.scale, item.na, item.key)
        return _one(sheets, item, f"select_one {name}", appearance="likert")
    head = _group(sheets, item, "field-list")
    for use in item.scales:
        _use(sheets, item, item.key, use.key, f"{item.key}.text", item.text)
    _end(sheets)
    return head


def _use(sheets: Sheets, item: Rated, owner: str, use_key: str, address: str, text: str) -> Cells:
    """One question on one of several scales; what the scale asks stands as its hint."""
    use = next(one for one in item.scales if one.key == use_key)
    name = sheets.scale_list(use.scale, item.na, item.key)
    row = sheets.row(f"select_one {name}", f"{owner}.{use.key}", appearance="likert")
    sheets.say(row, "label", address, text)
    sheets.say(row, "hint", f"{item.key}.scale.{use.key}", use.label)
    row["required"] = "yes" if item.required else ""
    return row


def _rating_matrix(sheets: Sheets, item: Item) -> Cells:
    assert isinstance(item, RatingMatrix)
    head = _group(sheets, item, "field-list" if item.scales else "table-list")
    for row in item.rows:
        relevant = sheets.logic(row.relevant, row.key, "relevance")
        if item.scale:
            name = sheets.scale_list(item.scale, item.na, item.key)
            _row(sheets, item, f"select_one {name}", row.key, row.text)["relevant"] = relevant
        for use in item.scales:
            made = _use(sheets, item, row.key, use.key, f"{row.key}.text", row.text)
            made["relevant"] = relevant
    _end(sheets)
    return head


def _row(sheets: Sheets, item: ItemBase, kind: str, key: str, text: str) -> Cells:
    made = sheets.row(kind, key)
    sheets.say(made, "label", f"{key}.text", text)
    made["required"] = "yes" if item.required else ""
    return made


def _choice_matrix(sheets: Sheets, item: Item) -> Cells:
    assert isinstance(item, ChoiceMatrix)
    head = _group(sheets, item, "table-list")
    name = sheets.list_of(item.key, _options(item, item.options))
    kind = "select_multiple" if item.multiple else "select_one"
    for row in item.rows:
        made = _row(sheets, item, f"{kind} {name}", row.key, row.text)
        made["relevant"] = sheets.logic(row.relevant, row.key, "relevance")
    _end(sheets)
    return head


def _entry_grid(sheets: Sheets, item: Item) -> Cells:
    assert isinstance(item, EntryGrid)
    head = _group(sheets, item, "field-list")
    kind = "text" if item.entry == "text" else "integer" if item.whole else "decimal"
    for row in item.rows:
        for column in item.columns or (None,):
            name = f"{row.key}.{column.code}" if column else row.key
            made = sheets.row(kind, name)
            sheets.say(made, "label", f"{row.key}.text", row.text)
            if column:
                sheets.say(made, "hint", f"{item.key}.option.{column.code}", column.label)
            made["relevant"] = sheets.logic(row.relevant, row.key, "relevance")
            made["constraint"] = _bounds(item.minimum, item.maximum) if kind != "text" else ""
    _end(sheets)
    return head


def _bounds(low: float | None, high: float | None) -> str:
    parts = [f". {sign} {_figure(v)}" for sign, v in ((">=", low), ("<=", high)) if v is not None]
    return " and ".join(parts)


def _figure(value: float) -> str:
    text = format(value, "f").rstrip("0").rstrip(".") if abs(value) < 1e15 else "0"
    return str(int(value)) if float(value).is_integer() else text


def _semantic(sheets: Sheets, item: Item) -> Cells:
    assert isinstance(item, SemanticDifferential)
    head = _group(sheets, item, "table-list")
    points: Choices = [
        (str(n), f"{item.key}.point.{n}", str(n), {}) for n in range(1, item.points + 1)
    ]
    name = sheets.list_of(f"points_{item.points}", points)
    for pair in item.rows:
        made = _row(sheets, item, f"select_one {name}", pair.key, pair.text)
        made["relevant"] = sheets.logic(pair.relevant, pair.key, "relevance")
    _end(sheets)
    return head


def _constant_sum(sheets: Sheets, item: Item) -> Cells:
    assert isinstance(item, ConstantSum)
    head = _group(sheets, item, "field-list")
    names = [f"${{{item.key}.{option.code}}}" for option in item.options]
    for number, option in enumerate(item.options):
        made = sheets.row("integer", f"{item.key}.{option.code}")
        sheets.say(made, "label", f"{item.key}.option.{option.code}", option.label)
        made["constraint"] = f". >= 0 and . <= {item.total}"
        if number == len(item.options) - 1 and item.key in sheets.names:
            total = " + ".join(f"coalesce({name}, 0)" for name in names[:-1])
            made["constraint"] = f". >= 0 and {total} + . = {item.total}"
    _end(sheets)
    return head


def _likelihood(sheets: Sheets, item: Item) -> Cells:
    assert isinstance(item, Likelihood)
    ends = {0: item.low_label, 10: item.high_label}
    found: Choices = []
    for n in range(11):
        label = f"{n} – {ends[n]}" if ends.get(n) else str(n)
        found.append((str(n), f"{item.key}.point.{n}", label, {}))
    if item.na:
        found.append(("NA", f"{item.key}.na", item.na, {}))
    return _one(sheets, item, f"select_one {sheets.list_of(item.key, found)}", appearance="likert")


def _slider(sheets: Sheets, item: Item) -> Cells:
    assert isinstance(item, Slider)
    low, high, step = item.minimum, item.maximum, item.step
    if not 0 < step <= high - low:
        return _one(sheets, item, "decimal", constraint=_bounds(low, high))
    given = f"start={_figure(low)} end={_figure(high)} step={_figure(step)}"
    return _one(sheets, item, "range", parameters=given)


def _number(sheets: Sheets, item: Item) -> Cells:
    assert isinstance(item, Number)
    kind = "integer" if item.whole else "decimal"
    return _one(sheets, item, kind, constraint=_bounds(item.minimum, item.maximum))


def _date(sheets: Sheets, item: Item) -> Cells:
    assert isinstance(item, DateItem)
    parts = [
        f". {sign} date('{day}')"
        for sign, day in ((">=", item.earliest), ("<=", item.latest))
        if day
    ]
    return _one(sheets, item, "date", constraint=" and ".join(parts))


def _short_text(sheets: Sheets, item: Item) -> Cells:
    assert isinstance(item, ShortText)
    fits = item.pattern and "'" not in item.pattern and "${" not in item.pattern
    return _one(sheets, item, "text", constraint=f"regex(., '{item.pattern}')" if fits else "")


def _long_text(sheets: Sheets, item: Item) -> Cells:
    assert isinstance(item, LongTextItem)
    return _one(sheets, item, "text", appearance="multiline")


def _file(sheets: Sheets, item: Item) -> Cells:
    assert isinstance(item, FileItem)
    kind = item.types[0] if len(item.types) == 1 else "file"
    return _one(sheets, item, kind if kind in {"image", "audio", "video"} else "file")


def _hidden(sheets: Sheets, item: Item) -> Cells:
    assert isinstance(item, Hidden)
    return _one(sheets, item, "hidden", default=item.default and sheets.safe(item.default))


def _calculated(sheets: Sheets, item: Item) -> Cells:
    assert isinstance(item, Calculated)
    made = sheets.logic(item.calculation, item.key, "calculation")
    return _one(sheets, item, "calculate" if made else "hidden", calculation=made)


def _repeating(sheets: Sheets, item: Item) -> Cells:
    assert isinstance(item, RepeatingGroup)
    head = _one(sheets, item, "begin repeat")
    for one in item.items:
        write_item(sheets, one)
    _end(sheets, "repeat")
    return head


def _plain(kind: str, **cells: str) -> Callable[[Sheets, Item], Cells]:
    return lambda sheets, item: _one(sheets, item, kind, **cells)


_WRITERS: dict[str, Callable[[Sheets, Item], Cells]] = {
    "single_choice": _select,
    "dropdown": _select,
    "multiple_choice": _select,
    "ranking": _select,
    "yes_no": _yes_no,
    "constant_sum": _constant_sum,
    "rating": _rating,
    "rating_matrix": _rating_matrix,
    "choice_matrix": _choice_matrix,
    "entry_grid": _entry_grid,
    "semantic_differential": _semantic,
    "likelihood": _likelihood,
    "slider": _slider,
    "number": _number,
    "date": _date,
    "time": _plain("time"),
    "short_text": _short_text,
    "long_text": _long_text,
    "email": _plain("text", constraint=EMAIL),
    "file": _file,
    "consent": _plain("acknowledge"),
    "hidden": _hidden,
    "calculated": _calculated,
    "repeating_group": _repeating,
    "text_block": _plain("note"),
}
