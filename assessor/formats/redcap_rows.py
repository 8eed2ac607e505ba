"""Every kind of item as fields of REDCap: a table with a row a kind, as in `domain.kinds`."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from assessor.domain.instrument import (
    MATRIX_KINDS,
    ChoiceMatrix,
    EntryGrid,
    Instrument,
    Item,
    RatingMatrix,
    RepeatingGroup,
    SemanticDifferential,
)
from assessor.formats.foreign import Keys
from assessor.formats.redcap_expressions import Field
from assessor.formats.redcap_source import Row


@dataclass
class Writing:
    """What is carried from item to item: names already given, and columns as fields."""

    instrument: Instrument
    names: Keys = field(default_factory=Keys)
    fields: dict[str, Field] = field(default_factory=dict)

    def name(self, column: str) -> str:
        """A field's name: REDCap knows no dots, and no two underscores in a row."""
        clean = re.sub(r"[^a-z0-9]+", "_", column.lower()).strip("_")[:90].strip("_")
        name, number = clean, 1
        while name in self.names.taken:
            number += 1
            name = f"{clean}_{number}"
        self.names.taken.add(name)
        return name

    def scale_choices(self, key: str | None, na: str) -> str:
        scale = self.instrument.scale(key or "")
        points = [(str(p.value), p.label or str(p.value)) for p in scale.points] if scale else []
        return choices([*points, *([("NA", na)] if na else [])])


def choices(pairs: Sequence[tuple[str, str]]) -> str:
    """`1, Yes | 2, No`; a bar within a label would part it."""
    return " | ".join(f"{code}, {one_line(label).replace('|', '/')}" for code, label in pairs)


def one_line(text: str) -> str:
    return " ".join(text.split())


def codes_of(options: Sequence[object]) -> dict[str, str]:
    """Our code → REDCap's, which has letters, figures and underscores."""
    found: dict[str, str] = {}
    for option in options:
        code = str(getattr(option, "code", ""))
        own = code.replace("-", "_")
        while own in found.values():
            own += "_"
        found[code] = own
    return found


def _pairs(options: Sequence[object], codes: dict[str, str]) -> list[tuple[str, str]]:
    return [(codes[str(getattr(o, "code", ""))], str(getattr(o, "label", ""))) for o in options]


# The kinds are a closed union; what a row reads of its kind is checked by the table's test.
def _plain(writing: Writing, item: Item, **cells: str) -> list[Row]:
    name = writing.name(item.key)
    writing.fields.setdefault(item.key, Field(name))
    row = Row(name=name, type="text", label=item.text, note=item.hint)
    return [row.having(cells)]


def _choice(writing: Writing, item: Item) -> list[Row]:
    assert item.kind in {"single_choice", "dropdown", "multiple_choice"}
    codes = codes_of(item.options)
    pairs = _pairs(item.options, codes)
    if item.other:
        codes["other"] = "other"
        pairs.append(("other", item.other))
    several = item.kind == "multiple_choice"
    kind = {"single_choice": "radio", "dropdown": "dropdown"}.get(item.kind, "checkbox")
    name = writing.name(item.key)
    writing.fields[item.key] = Field(name, several, codes)
    tags = []
    if item.order == "random":
        tags.append("@RANDOMORDER")
    if item.kind == "multiple_choice":
        if item.exclusive:
            tags.append(f"@NONEOFTHEABOVE='{','.join(codes[one] for one in item.exclusive)}'")
        if item.max_choices is not None:
            tags.append(f"@MAXCHECKED={item.max_choices}")
    found = Row(
        name=name,
        type=kind,
        label=item.text,
        choices=choices(pairs),
        note=item.hint,
        annotation=" ".join(tags),
    )
    if not item.other:
        return [found]
    more = writing.name(f"{item.key}_other")
    writing.fields[f"{item.key}.other"] = Field(more)
    asked = f"[{name}(other)] = '1'" if several else f"[{name}] = 'other'"
    return [found, Row(name=more, type="text", label=item.other, branching=asked)]


def _yes_no(writing: Writing, item: Item) -> list[Row]:
    assert item.kind == "yes_no"
    name = writing.name(item.key)
    codes = {"yes": "1", "no": "0"}
    row = Row(name=name, type="yesno", label=item.text, note=item.hint)
    if (item.yes_label, item.no_label, item.na) == ("True", "False", ""):
        row = replace(row, type="truefalse")
    elif (item.yes_label, item.no_label, item.na) != ("Yes", "No", ""):
        pairs = [("1", item.yes_label), ("0", item.no_label)]
        if item.na:
            codes["NA"] = "NA"
            pairs.append(("NA", item.na))
        row = replace(row, type="radio", choices=choices(pairs))
    writing.fields[item.key] = Field(name, codes=codes)
    return [row]


def _rated(writing: Writing, item: Item) -> list[Row]:
    """A radio for each scale, in a matrix where there are rows."""
    assert item.kind in {"rating", "rating_matrix"}
    uses = (
        [("", "", item.scale)] if item.scale else [(u.key, u.label, u.scale) for u in item.scales]
    )
    owners = item.rows if isinstance(item, RatingMatrix) else (item,)
    found = []
    for use, label, scale in uses:
        offered = writing.scale_choices(scale, item.na)
        group = writing.name(f"{item.key}_{use}" if use else f"{item.key}_rows")
        for owner in owners:
            column = f"{owner.key}.{use}" if use else owner.key
            name = writing.name(column)
            writing.fields[column] = Field(name)
            text = f"{owner.text} – {label}" if label else owner.text
            is_matrix = isinstance(item, RatingMatrix)
            found.append(
                Row(
                    name=name,
                    type="radio",
                    label=text,
                    choices=offered,
                    note="" if is_matrix else item.hint,
                    matrix=group if is_matrix else "",
                )
            )
    return found


def _choice_matrix(writing: Writing, item: Item) -> list[Row]:
    assert isinstance(item, ChoiceMatrix)
    codes = codes_of(item.options)
    offered = choices(_pairs(item.options, codes))
    group = writing.name(f"{item.key}_rows")
    found = []
    for row in item.rows:
        name = writing.name(row.key)
        writing.fields[row.key] = Field(name, item.multiple, codes)
        kind = "checkbox" if item.multiple else "radio"
        found.append(Row(name=name, type=kind, label=row.text, choices=offered, matrix=group))
    return found


def _differential(writing: Writing, item: Item) -> list[Row]:
    assert isinstance(item, SemanticDifferential)
    pairs = [(str(place), str(place)) for place in range(1, item.points + 1)]
    offered = choices([*pairs, *([("NA", item.na)] if item.na else [])])
    group = writing.name(f"{item.key}_rows")
    found = []
    for row in item.rows:
        name = writing.name(row.key)
        writing.fields[row.key] = Field(name)
        found.append(Row(name=name, type="radio", label=row.text, choices=offered, matrix=group))
    return found


def _grid(writing: Writing, item: Item) -> list[Row]:
    assert isinstance(item, EntryGrid)
    found = []
    for row in item.rows:
        for column in item.columns or (None,):
            key = f"{row.key}.{column.code}" if column else row.key
            label = f"{row.text} – {column.label}" if column else row.text
            name = writing.name(key)
            writing.fields[key] = Field(name)
            one = Row(name=name, type="text", label=label)
            if item.entry == "number":
                one = replace(
                    one,
                    validation="integer" if item.whole else "number",
                    minimum=figure(item.minimum),
                    maximum=figure(item.maximum),
                )
            found.append(one)
    return found


def _parts(writing: Writing, item: Item) -> list[Row]:
    """A ranking or a constant sum: a number for every option."""
    assert item.kind in {"ranking", "constant_sum"}
    most = len(item.options) if item.kind == "ranking" else item.total
    least = "1" if item.kind == "ranking" else "0"
    found = []
    for option in item.options:
        key = f"{item.key}.{option.code}"
        name = writing.name(key)
        writing.fields[key] = Field(name)
        found.append(
            Row(
                name=name,
                type="text",
                label=option.label,
                validation="integer",
                minimum=least,
                maximum=str(most),
            )
        )
    return found


def _likelihood(writing: Writing, item: Item) -> list[Row]:
    assert item.kind == "likelihood"
    pairs = [(str(n), str(n)) for n in range(11)]
    pairs[0], pairs[10] = ("0", f"0 {item.low_label}"), ("10", f"10 {item.high_label}")
    if item.na:
        pairs.append(("NA", item.na))
    return _plain(writing, item, type="radio", choices=choices(pairs))


def _slider(writing: Writing, item: Item) -> list[Row]:
    assert item.kind == "slider"
    words = [one_line(one).replace("|", "/") for one in (item.low_label, item.high_label)]
    return _plain(
        writing,
        item,
        type="slider",
        choices=f"{words[0]} |  | {words[1]}" if any(words) else "",
        validation="number",
        minimum=figure(item.minimum),
        maximum=figure(item.maximum),
    )


def _number(writing: Writing, item: Item) -> list[Row]:
    assert item.kind == "number"
    return _plain(
        writing,
        item,
        validation="integer" if item.whole else "number",
        minimum=figure(item.minimum),
        maximum=figure(item.maximum),
    )


def _day(writing: Writing, item: Item) -> list[Row]:
    assert item.kind in {"date", "time"}
    kind = "date_ymd" if item.kind == "date" else "time"
    least, most = item.earliest or "", item.latest or ""
    return _plain(writing, item, validation=kind, minimum=least, maximum=most)


def _consent(writing: Writing, item: Item) -> list[Row]:
    assert item.kind == "consent"
    rows = _plain(writing, item, type="checkbox", choices=choices([("yes", item.label)]))
    writing.fields[item.key] = Field(rows[0].name, True, {"yes": "yes"})
    return rows


def _hidden(writing: Writing, item: Item) -> list[Row]:
    assert item.kind == "hidden"
    default = re.sub(r"['\"]", "", item.default)
    tags = "@HIDDEN" + (f" @DEFAULT='{default}'" if default else "")
    return _plain(writing, item, annotation=tags)


def _repeated(writing: Writing, item: Item) -> list[Row]:
    """The items of a group once; REDCap repeats whole forms only."""
    assert isinstance(item, RepeatingGroup)
    found = [Row(name=writing.name(f"{item.key}_heading"), type="descriptive", label=item.text)]
    for one in item.items:
        found += ROWS[one.kind](writing, one)
    return found


def figure(value: float | None) -> str:
    if value is None:
        return ""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


ROWS: dict[str, Callable[[Writing, Item], list[Row]]] = {
    "single_choice": _choice,
    "dropdown": _choice,
    "multiple_choice": _choice,
    "yes_no": _yes_no,
    "ranking": _parts,
    "constant_sum": _parts,
    "rating": _rated,
    "rating_matrix": _rated,
    "choice_matrix": _choice_matrix,
    "entry_grid": _grid,
    "semantic_differential": _differential,
    "likelihood": _likelihood,
    "slider": _slider,
    "number": _number,
    "date": _day,
    "time": _day,
    "short_text": _plain,
    "long_text": lambda w, i: _plain(w, i, type="notes"),
    "email": lambda w, i: _plain(w, i, validation="email", identifier="y"),
    "file": lambda w, i: _plain(w, i, type="file"),
    "consent": _consent,
    "hidden": _hidden,
    "calculated": lambda w, i: _plain(w, i, type="calc"),
    "repeating_group": _repeated,
    "text_block": lambda w, i: _plain(w, i, type="descriptive"),
}

HEADED = (*MATRIX_KINDS,)
"""Kinds whose text stands above their rows, as a section's heading or a field that asks nothing."""
