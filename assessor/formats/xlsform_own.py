"""Reading what Assessor itself wrote: the kinds and settings that XLSForm has no word for.

They stand in columns that begin with `assessor::`, beside what other tools read: `assessor::kind`
names the kind of the item, `assessor::more` holds, as JSON, what the row itself does not say. What
somebody changes in XLSForm's own columns therefore counts. A sheet `assessor` does the same for the
instrument as a whole.
"""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from pydantic import ValidationError

from assessor.domain.instrument import Instrument, Item, Page, TextBlock
from assessor.domain.kinds import KINDS
from assessor.formats.xlsform_context import Context, Fields
from assessor.formats.xlsform_items import common, read_options
from assessor.formats.xlsform_parameters import parameters
from assessor.formats.xlsform_tree import Node
from assessor.formats.xlsform_workbook import OWN_SHEET, Workbook

if TYPE_CHECKING:
    from assessor.formats.xlsform_pages import Pages

KIND = "assessor::kind"
MORE = "assessor::more"
NA = "NA"


def own_kind(node: Node) -> str:
    """The kind that Assessor wrote beside a row; empty where it wrote none it knows."""
    kind = node.row.get(KIND)
    return kind if kind in KINDS or kind in {"page", "introduction"} else ""


def as_json(value: object) -> str:
    """JSON for a cell: in ASCII, and without `${`, which pyxform would take for a name."""
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return text.replace("${", "\\u0024{")


def more_of(text: str) -> Fields:
    """What a cell of `assessor::more` says; nothing where it is no JSON any more."""
    try:
        found = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def own_fields(context: Context, node: Node, conditions: tuple[str, ...] = ()) -> Fields:
    """The fields of an item as its rows say them, before what stands in `assessor::more`."""
    kind = own_kind(node)
    fields = common(context, node, conditions)
    fields.update(_PARTS.get(kind, _nothing)(context, node, fields["key"]))
    known = KINDS[kind].model.model_fields
    return {name: value for name, value in fields.items() if name in known} | {"kind": kind}


def own_item(context: Context, node: Node, conditions: tuple[str, ...] = ()) -> Item | None:
    """The item of a row that Assessor wrote."""
    fields = own_fields(context, node, conditions)
    context.native[node.name] = fields
    more = more_of(node.row.get(MORE))
    return context.item(node, {**fields, **more})


def own_page(pages: "Pages", group: Node) -> None:
    """A page that Assessor wrote: its group, an introduction as a note, and its items."""
    context = pages.context
    more = more_of(group.row.get(MORE))
    key = str(more.get("key") or group.name)
    fields: Fields = {
        "key": key,
        "title": context.words(group, "label", f"page.{key}.title", 300),
        "relevant": context.logic.truth(group.row.get("relevant"), group, "page relevance"),
    }
    children = list(group.children)
    if children and own_kind(children[0]) == "introduction":
        fields["introduction"] = context.words(
            children.pop(0), "label", f"page.{key}.introduction", 10_000
        )
    context.native[group.name] = {**fields, "key": group.name}
    allowed = {"title", "introduction", "relevant", "order", "shuffle"}
    fields.update({name: value for name, value in more.items() if name in allowed})
    pages.open(group.name, **_checked_page(fields))
    pages.fill(children)


def _checked_page(fields: Fields) -> Fields:
    """The fields of a page that its model takes; what somebody broke in a cell is left out."""
    kept: Fields = {}
    block = TextBlock(kind="text_block", key="x", text="x")
    for name, value in fields.items():
        try:
            Page.model_validate({"key": "x", "items": [block], name: value})
        except ValidationError:
            continue
        kept[name] = value
    return kept


def instrument_more(book: Workbook) -> Fields:
    """What the sheet `assessor` says: field → value."""
    pieces: dict[str, list[str]] = {}
    for _line, cells in book.rows(OWN_SHEET):
        pieces.setdefault(cells.get("field", ""), []).append(cells.get("value", ""))
    found: Fields = {}
    for name, parts in pieces.items():
        try:
            found[name] = json.loads("".join(parts))
        except (ValueError, RecursionError):
            continue
    return found


def with_more(content: Fields, more: Fields) -> Fields:
    """The instrument's fields with what its own sheet says of them."""
    known = set(Instrument.model_fields) - {"pages", "translations", "scales"}
    whole = {**content, **{k: v for k, v in more.items() if k in known}}
    scales = {scale["key"]: scale for scale in content.get("scales", [])}
    for name, fields in more.items():
        if name.startswith("scale.") and isinstance(fields, dict):
            key = name.removeprefix("scale.")
            scales[key] = {**scales.get(key, {"key": key}), **fields}
    order = more.get("scale_order", [])
    place = {key: i for i, key in enumerate(order)} if isinstance(order, list) else {}
    whole["scales"] = sorted(scales.values(), key=lambda s: place.get(s["key"], len(place)))
    said = {code: dict(texts) for code, texts in content.get("translations", {}).items()}
    patch = more.get("translations", {})
    for code, texts in patch.items() if isinstance(patch, dict) else []:
        if isinstance(texts, dict):
            own = said.setdefault(code, {})
            own.update({a: t for a, t in texts.items() if isinstance(t, str)})
            for address in [a for a, t in texts.items() if t is None]:
                own.pop(address, None)
    order = more.get("languages", [])
    first = [code for code in order if code in said] if isinstance(order, list) else []
    whole["translations"] = {code: said[code] for code in dict.fromkeys([*first, *said])}
    return whole


def _nothing(context: Context, node: Node, key: str) -> Fields:
    return {}


def _with_options(context: Context, node: Node, key: str) -> Fields:
    found = context.list_of(node) if node.read.what == "select" else None
    return read_options(context, node, {"key": key}, found) if found else {}


def _list_parts(context: Context, node: Node) -> Fields:
    """The scale that a list is, and the label of "not applicable" in it."""
    found = context.list_of(node) if node.read.what == "select" else None
    if found is None:
        return {}
    parts: Fields = {}
    for choice in found.choices:
        if choice.name == NA:
            parts["na"] = context.form.languages.text(choice.row.texts.get("label", {}))
            parts["na_texts"] = choice.row.texts.get("label", {})
    kept = [choice for choice in found.choices if choice.name != NA]
    numbers = type(found)(kept, [choice.name for choice in kept])
    if numbers.is_numbers:
        parts["scale"] = context.scale(node, numbers)
    return parts


def _rated(context: Context, nodes: list[Node], key: str) -> Fields:
    """Scales of a rating or matrix, by the first row's questions."""
    found: Fields = {}
    uses = []
    for node in nodes:
        parts = _list_parts(context, node)
        _say_na(context, parts, key)
        if "." not in node.name:
            found["scale"] = parts.get("scale")
        else:
            use = node.name.partition(".")[2]
            label = context.words(node, "hint", f"{key}.scale.{use}")
            uses.append({"key": use, "label": label, "scale": parts.get("scale") or ""})
        found["na"] = parts.get("na", "")
    return {**found, "scales": uses} if uses else found


def _say_na(context: Context, parts: Fields, key: str) -> None:
    if "na_texts" in parts:
        context.translate(parts.pop("na_texts"), f"{key}.na", 200)


def _rating(context: Context, node: Node, key: str) -> Fields:
    return _rated(context, node.children if node.is_group else [node], key)


def _rows(context: Context, node: Node) -> list[Fields]:
    """The rows of a matrix; of several questions a row, the first one says its text."""
    rows: dict[str, Fields] = {}
    for child in node.children:
        key = child.name.partition(".")[0]
        if key not in rows:
            text = context.words(child, "label", f"{key}.text") or key
            relevant = context.logic.truth(child.row.get("relevant"), child, "relevance")
            row = {"key": key, "text": text, "relevant": relevant}
            rows[key] = {**row, **more_of(child.row.get(MORE))}
    return list(rows.values())


def _rating_matrix(context: Context, node: Node, key: str) -> Fields:
    first = node.children[0].name.partition(".")[0] if node.children else ""
    same = [one for one in node.children if one.name.partition(".")[0] == first]
    return {**_rated(context, same, key), "rows": _rows(context, node)}


def _choice_matrix(context: Context, node: Node, key: str) -> Fields:
    fields: Fields = {"rows": _rows(context, node)}
    if node.children and (found := context.list_of(node.children[0])):
        fields["options"] = context.options(node.children[0], key, found)
        fields["multiple"] = node.children[0].read.select == "multiple"
    return fields


def _entry_grid(context: Context, node: Node, key: str) -> Fields:
    fields: Fields = {"rows": _rows(context, node)}
    columns: dict[str, Fields] = {}
    for child in node.children:
        _row, mark, code = child.name.partition(".")
        if mark and code not in columns:
            label = context.words(child, "hint", f"{key}.option.{code}") or code
            columns[code] = {"code": code, "label": label}
    kinds = {child.read.question.name for child in node.children if child.read.question}
    fields["columns"] = list(columns.values())
    fields["entry"] = "number" if kinds and kinds <= {"integer", "decimal"} else "text"
    fields["whole"] = kinds == {"integer"}
    return fields


def _pairs(context: Context, node: Node, key: str) -> Fields:
    rows = []
    for row in _rows(context, node):
        row.pop("text", None)
        rows.append(row)
        for said in context.translations.values():
            said.pop(f"{row['key']}.text", None)
    return {"rows": rows}


def _parts_of_sum(context: Context, node: Node, key: str) -> Fields:
    options = []
    for child in node.children:
        code = child.name.partition(".")[2]
        label = context.words(child, "label", f"{key}.option.{code}") or code
        options.append({"code": code, "label": label})
    return {"options": options}


def _slider(context: Context, node: Node, key: str) -> Fields:
    given = parameters(node.row.get("parameters")) or {}
    names = {"start": "minimum", "end": "maximum", "step": "step"}
    return {names[name]: float(value) for name, value in given.items() if name in names}


def _number(context: Context, node: Node, key: str) -> Fields:
    return {"whole": bool(node.read.question and node.read.question.name == "integer")}


def _hidden(context: Context, node: Node, key: str) -> Fields:
    return {"default": node.row.get("default")}


def _calculated(context: Context, node: Node, key: str) -> Fields:
    text = node.row.get("calculation")
    return {"calculation": context.logic.take(text, node, "calculation")}


def _repeated(context: Context, node: Node, key: str) -> Fields:
    items = [own_item(context, child) for child in node.children if own_kind(child)]
    return {"items": [item for item in items if item is not None]}


def _likelihood(context: Context, node: Node, key: str) -> Fields:
    parts = _list_parts_without_scale(context, node)
    _say_na(context, parts, key)
    return parts


def _list_parts_without_scale(context: Context, node: Node) -> Fields:
    found = context.list_of(node) if node.read.what == "select" else None
    for choice in found.choices if found else []:
        context.used_choices.add(id(choice))
        if choice.name == NA:
            texts = choice.row.texts.get("label", {})
            return {"na": context.form.languages.text(texts), "na_texts": texts}
    return {}


def _yes_no(context: Context, node: Node, key: str) -> Fields:
    found = context.list_of(node) if node.read.what == "select" else None
    names = {"yes": "yes_label", "no": "no_label", NA: "na"}
    fields: Fields = {}
    for choice in found.choices if found else []:
        if choice.name in names:
            context.used_choices.add(id(choice))
            texts = choice.row.texts.get("label", {})
            fields[names[choice.name]] = context.form.languages.text(texts)
            context.translate(texts, f"{key}.{names[choice.name]}", 200)
    return fields


_PARTS: dict[str, Callable[[Context, Node, str], Fields]] = {
    "single_choice": _with_options,
    "dropdown": _with_options,
    "multiple_choice": _with_options,
    "ranking": _with_options,
    "constant_sum": _parts_of_sum,
    "yes_no": _yes_no,
    "rating": _rating,
    "rating_matrix": _rating_matrix,
    "choice_matrix": _choice_matrix,
    "entry_grid": _entry_grid,
    "semantic_differential": _pairs,
    "likelihood": _likelihood,
    "slider": _slider,
    "number": _number,
    "hidden": _hidden,
    "calculated": _calculated,
    "repeating_group": _repeated,
}
