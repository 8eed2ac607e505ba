"""Instruments as data dictionaries that REDCap accepts, with a report of what it has no place for.

What the fields alone cannot say is noted beside them (`redcap_memory`), so that reading the file
back gives the same instrument: what is noted is exactly the difference to what a plain reading of
the fields gives.

Cells that a spreadsheet could take for a formula (`=`, `+`, `-`, `@` at their start) get a space
before them, which REDCap and this importer strip. OWASP's apostrophe would become part of a label.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assessor.domain.instrument import (
    MATRIX_KINDS,
    Calculated,
    Instrument,
    Item,
    Page,
    RepeatingGroup,
)
from assessor.formats.foreign import Losses, LossReport
from assessor.formats.foreign_logic import all_of
from assessor.formats.redcap_expressions import NoWordError, written
from assessor.formats.redcap_memory import Memory, Noted, fingerprint, tag
from assessor.formats.redcap_reading import FORMAT, items_of_form
from assessor.formats.redcap_rows import ROWS, Writing, one_line
from assessor.formats.redcap_source import HEADER, Row
from assessor.formats.redcap_work import Work, learn

_SEVERAL = {"ranking", "constant_sum", "repeating_group", "rating", "entry_grid"}


@dataclass
class _Placed:
    """An item with its fields on a form."""

    item: Item
    rows: list[Row]
    form: str


def write_redcap(instrument: Instrument) -> tuple[bytes, LossReport]:
    """The dictionary of an instrument, the same bytes each time, and what it has no place for."""
    losses = Losses()
    writing = Writing(instrument)
    record = writing.name("record_id")
    placed: list[_Placed] = []
    forms: dict[str, Page] = {}
    extra: dict[str, list[Row]] = {}
    for page in instrument.pages:
        form = _form_name(page.key, forms)
        forms[form] = page
        if page.introduction:
            name = writing.name(f"{page.key}_introduction")
            extra[form] = [Row(name=name, form=form, type="descriptive", label=page.introduction)]
        for item in page.items:
            placed.append(_Placed(item, ROWS[item.kind](writing, item), form))
    for one in placed:
        one.rows = _with_logic(writing, losses, forms[one.form], one)
    first = Row(name=record, form=next(iter(forms)), type="text", label="Record ID")
    rows = _with_notes(instrument, first, placed, forms, extra)
    _say_about_instrument(instrument, losses)
    report = LossReport(
        source=instrument.key,
        format=FORMAT,
        losses=tuple(losses.lines),
        counts={"questions": (len(placed), len(placed))},
    )
    return _bytes(rows), report


def _form_name(key: str, forms: dict[str, Page]) -> str:
    clean = re.sub(r"_+", "_", key).strip("_")[:50].strip("_")
    name, number = clean, 1
    while name in forms:
        number += 1
        name = f"{clean[:46]}_{number}"
    return name


def _with_logic(writing: Writing, losses: Losses, page: Page, placed: _Placed) -> list[Row]:
    """The fields of an item with their branching logic, and whether they need an answer."""
    item = placed.item
    owners = _rows_relevant(item, len(placed.rows))
    found = []
    for place, row in enumerate(placed.rows):
        said = all_of([page.relevant, item.relevant, owners[place]])
        branching = _logic(writing, losses, item, said, "relevance")
        if row.branching and branching:
            branching = f"({branching}) and {row.branching}"
        own = row.branching and not branching
        required = "y" if item.required and row.type not in {"descriptive", "calc"} else ""
        changes = {
            "form": placed.form,
            "label": row.label if row.type == "descriptive" else one_line(row.label),
            "branching": row.branching if own else branching,
            "required": "" if row.branching else required,
        }
        if isinstance(item, Calculated):
            changes["choices"] = _logic(writing, losses, item, item.calculation, "calculation")
        found.append(_with_answers(writing, row.having(changes)))
    _say_about_item(item, losses)
    return _headed(writing, item, found)


_PIPED = re.compile(r"\$\{\s*([A-Za-z][A-Za-z0-9_.-]*)\s*\}")


def _with_answers(writing: Writing, row: Row) -> Row:
    """Texts that take in earlier answers, as REDCap writes them."""

    def put(match: re.Match[str]) -> str:
        found = writing.fields.get(match[1])
        return f"[{found.name}]" if found else match[0]

    names = ["label", "section", "note"] + (["choices"] if row.type != "calc" else [])
    return row.having({name: _PIPED.sub(put, str(getattr(row, name))) for name in names})


def _rows_relevant(item: Item, count: int) -> list[str]:
    """When the owner of each field is shown."""
    if not isinstance(item, MATRIX_KINDS):
        return [""] * count
    own = [row.relevant for row in item.rows]
    across = len(getattr(item, "columns", ())) or 1
    if item.kind == "entry_grid":
        return [relevant for relevant in own for _ in range(across)]
    return (own * (count // len(own) + 1))[:count]


def _headed(writing: Writing, item: Item, rows: list[Row]) -> list[Row]:
    """The text above rows: a section's heading of a matrix, else a field that asks nothing."""
    if isinstance(item, MATRIX_KINDS) and rows[0].matrix:
        heading = replace(rows[0], section=one_line(item.text))
        return [_with_answers(writing, heading), *rows[1:]]
    if len(rows) > 1 and item.kind in {"entry_grid", "ranking", "constant_sum"}:
        name = writing.name(f"{item.key}_heading")
        return [
            Row(
                name=name,
                form=rows[0].form,
                type="descriptive",
                label=item.text,
                branching=rows[0].branching,
            ),
            *rows,
        ]
    return rows


def _logic(writing: Writing, losses: Losses, item: Item, text: str, about: str) -> str:
    try:
        return written(text, writing.fields)
    except NoWordError as error:
        losses.add("lost", item.key, about, str(error), key=item.key, original=text)
        return "" if about != "calculation" else "''"


def _say_about_item(item: Item, losses: Losses) -> None:
    """What REDCap shows in another form, and what it cannot do."""
    if item.kind in _SEVERAL:
        losses.add(
            "changed", item.key, "kind", f"{item.kind} is several fields in REDCap.", key=item.key
        )
    if isinstance(item, RepeatingGroup):
        losses.add("lost", item.key, "repetition", "It is asked once there.", key=item.key)
    for name in ("constraint", "required_when", "option_filter", "min_choices", "base", "unit"):
        value = getattr(item, name, None)
        if value:
            message = f"REDCap has no place for `{name}`."
            losses.add("lost", item.key, name, message, key=item.key, original=str(value))
    if any(option.relevant for option in getattr(item, "options", ())):
        message = "All options are shown to everybody there."
        losses.add("lost", item.key, "option relevance", message, key=item.key)
    if item.kind == "consent":
        message = "It is a box to tick there; nobody is kept from going on."
        losses.add("changed", item.key, "kind", message, key=item.key)


def _say_about_instrument(instrument: Instrument, losses: Losses) -> None:
    for about, there in (
        ("endings", instrument.endings),
        ("quotas", instrument.quotas),
        ("samplings", instrument.samplings),
        ("translations", instrument.translations),
    ):
        if there:
            message = f"A dictionary has no place for {about}; they are noted for Assessor alone."
            losses.add("lost", "", about, message)
    if any(page.shuffle or page.order == "random" for page in instrument.pages):
        losses.add("lost", "", "order", "Pages and items are asked as written there.")
    losses.add("changed", "record_id", "record id", "REDCap numbers its records in a first field.")


def _with_notes(
    instrument: Instrument,
    first: Row,
    placed: Sequence[_Placed],
    forms: dict[str, Page],
    extra: dict[str, list[Row]],
) -> list[Row]:
    """All fields in order, each with the note that a plain reading needs to be complete."""
    by_form: dict[str, list[_Placed]] = {form: [] for form in forms}
    for one in placed:
        by_form[one.form].append(one)
    said = _translations_by_item(instrument, placed)
    noted = _differences(placed)
    for one in placed:
        if said.get(one.item.key):
            name = one.rows[0].name
            noted[name] = {**noted.get(name, {}), "say": said[one.item.key]}
    titled: dict[str, str] = {}
    rows: list[Row] = []
    for form, members in by_form.items():
        own = [_annotated(row, {"skip": True}) for row in extra.get(form, [])]
        for one in members:
            own += [
                _annotated(row, noted[row.name]) if row.name in noted else row for row in one.rows
            ]
        title = forms[form].title
        if title and own and not own[0].section:
            titled[form] = one_line(title)
            own[0] = replace(own[0], section=titled[form])
        rows += own
    return [_annotated(first, _whole(instrument, forms, titled, said.get("", {}))), *rows]


def _differences(placed: Sequence[_Placed]) -> dict[str, Noted]:
    """Field name → what a plain reading does not give: keys, and more on an item's first field.

    The fields are read in order as an import would read them, so that the notes fit its state.
    """
    everything = [row for one in placed for row in one.rows]
    plain = Work(Losses())
    learn(plain, everything)
    noted: dict[str, Noted] = {}
    for name, key in _field_keys(placed).items():
        if plain.known[name].key != key:
            noted[name] = {"key": key}
    work = Work(Losses())
    learn(work, everything, {name: str(one["key"]) for name, one in noted.items()})
    for one in placed:
        before = (dict(work.known), set(work.keys.taken), dict(work.scales))
        found = _difference(work, one)
        if "item" in found:
            # An import takes such an item whole and reads none of its fields.
            work.known, work.keys.taken, work.scales = before
        if found:
            name = one.rows[0].name
            stamp: Noted = {"was": fingerprint(one.rows)}
            noted[name] = {**noted.get(name, {}), **found, **stamp}
    return noted


def _field_keys(placed: Sequence[_Placed]) -> dict[str, str]:
    """Field name → the item's or row's key that it stands for."""
    found = {}
    for one in placed:
        named = {row.name for row in one.rows}
        for key in [row.key for row in getattr(one.item, "rows", ())] or [one.item.key]:
            clean = re.sub(r"[^a-z0-9]+", "_", key).strip("_")
            name = next((n for n in (key, clean) if n in named), "")
            if not name and len(one.rows) == 1:
                name = one.rows[0].name
            if name:
                found[name] = key
    return found


def _difference(work: Work, one: _Placed) -> Noted:
    """What a plain reading of an item's fields does not give."""
    rows = list(one.rows)
    if not rows[0].matrix:
        rows[0] = replace(rows[0], section="")
    _, found = items_of_form(work, rows, Memory())
    if len(found) != 1 or found[0].kind != one.item.kind:
        item = one.item.model_dump(mode="json", exclude_defaults=True) | {"kind": one.item.kind}
        return {"item": item, "span": len(rows)}
    ours, theirs = one.item.model_dump(mode="json"), found[0].model_dump(mode="json")
    patch = {name: value for name, value in ours.items() if theirs.get(name) != value}
    return {"patch": patch, "span": len(rows)} if patch else {}


def _whole(
    instrument: Instrument,
    forms: dict[str, Page],
    titled: dict[str, str],
    left: dict[str, dict[str, str]],
) -> Noted:
    """What is noted of the instrument and its pages; `titled`: form → its heading."""
    content = instrument.model_dump(
        mode="json", exclude={"pages", "translations"}, exclude_defaults=True
    )
    if left:
        content["translations"] = left
    pages = {
        form: page.model_dump(mode="json", exclude={"items"}, exclude_defaults=True)
        | ({"titled": titled[form]} if form in titled else {})
        for form, page in forms.items()
    }
    return {"instrument": content, "pages": pages}


def _translations_by_item(
    instrument: Instrument, placed: Sequence[_Placed]
) -> dict[str, dict[str, dict[str, str]]]:
    """Item key (empty: of the whole) → language → address → text."""
    owners = {one.item.key: one.item.key for one in placed}
    owners |= {row.key: one.item.key for one in placed for row in getattr(one.item, "rows", ())}
    owners |= {i.key: one.item.key for one in placed for i in getattr(one.item, "items", ())}
    found: dict[str, dict[str, dict[str, str]]] = {}
    for language, texts in instrument.translations.items():
        for address, text in texts.items():
            owner = owners.get(address.partition(".")[0], "") if "." in address else ""
            found.setdefault(owner, {}).setdefault(language, {})[address] = text
    return found


def _annotated(row: Row, noted: Noted) -> Row:
    return replace(row, annotation=" ".join(part for part in (row.annotation, tag(noted)) if part))


def _bytes(rows: Sequence[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADER)
    for row in rows:
        writer.writerow([_guarded(cell) for cell in row.cells()])
    return text.getvalue().encode()


def _guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    is_number = re.fullmatch(r"-?\d+(\.\d+)?", cell) is not None
    return f" {cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} and not is_number else cell
