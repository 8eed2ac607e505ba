"""Groups of an XLSForm that are one item: tables of questions that share a list, and repeats."""

import re
from collections.abc import Sequence

from assessor.domain.instrument import Item
from assessor.formats.xlsform_context import Context, Fields
from assessor.formats.xlsform_items import common, read_question, report_appearance
from assessor.formats.xlsform_logic import joined
from assessor.formats.xlsform_tree import NO, YES, Node

MOST_ROWS = 200
MOST_REPEATED = 30
MOST_TIMES = 20
MOST_MATRIX_OPTIONS = 60


def is_table(context: Context, group: Node) -> bool:
    """Whether all of a group is one matrix."""
    selects = [one for one in group.children if one.read.what == "select"]
    return (
        group.read.control == "group"
        and "table-list" in group.appearance
        and all(one in selects or _is_note(one) for one in group.children)
        and fits_matrix(context, selects)
    )


def _is_note(node: Node) -> bool:
    return bool(node.read.question and node.read.question.reading == "note")


def fits_matrix(context: Context, selects: Sequence[Node]) -> bool:
    """Whether these choices can be the rows of one matrix."""
    if not 1 <= len(selects) <= MOST_ROWS or any(one.inside("repeat") for one in selects):
        return False
    first = selects[0]
    found = context.list_of(first)
    return (
        found is not None
        and len(found.choices) <= MOST_MATRIX_OPTIONS
        and first.read.select in {"one", "multiple"}
        and all(
            one.read.list_name == first.read.list_name
            and one.read.select == first.read.select
            and not one.read.other
            and not one.row.get("choice_filter")
            and id(one) in context.kept_questions
            for one in selects
        )
    )


def label_run(context: Context, nodes: Sequence[Node]) -> int:
    """How many of the first nodes are a matrix written with `label` and `list-nolabel`; 0: none."""
    if not nodes or nodes[0].read.what != "select" or "label" not in nodes[0].appearance:
        return 0
    length = 1
    while (
        length < len(nodes)
        and nodes[length].read.what == "select"
        and {"list-nolabel", "list"} & set(nodes[length].appearance)
    ):
        length += 1
    return length if length > 1 and fits_matrix(context, nodes[1:length]) and \
        nodes[0].read.list_name == nodes[1].read.list_name else 0  # fmt: skip


def read_matrix(
    context: Context, head: Node, selects: Sequence[Node], conditions: tuple[str, ...]
) -> Item | None:
    """A matrix whose rows are these choices. `head` is the group, or the row that shows labels."""
    key = context.logic.keys.get(id(head)) or context.keys.fresh(head.name, "matrix")
    context.logic.keys[id(head)] = key
    first = selects[0]
    found = context.list_of(first)
    assert found is not None, "a matrix is made of choices whose list is there"
    text = context.words(head, "label", f"{key}.text") or context.words(head, "hint", f"{key}.text")
    fields: Fields = {
        "key": key,
        "text": text or head.name,
        "relevant": joined(
            *conditions, context.logic.truth(head.row.get("relevant"), head, "relevance")
        ),
        "required": all(one.row.get("required") in YES for one in selects),
        "rows": [_row(context, one) for one in selects],
    }
    if head.row.has("label"):
        fields["hint"] = context.words(head, "hint", f"{key}.hint", 1000)
    _report_rows(context, selects, fields["required"])
    scale = context.scale(first, found) if found.is_numbers and first.read.select == "one" else None
    if scale:
        return context.item(head, {**fields, "kind": "rating_matrix", "scale": scale})
    options = context.options(first, key, found)
    multiple = first.read.select == "multiple"
    made = {**fields, "kind": "choice_matrix", "options": options, "multiple": multiple}
    return context.item(head, made)


def _row(context: Context, node: Node) -> Fields:
    key = context.logic.key(node)
    text = context.words(node, "label", f"{key}.text")
    relevant = context.logic.truth(node.row.get("relevant"), node, "relevance")
    return {"key": key, "text": text or node.name, "relevant": relevant}


def _report_rows(context: Context, selects: Sequence[Node], required: bool) -> None:
    for node in selects:
        texts = node.row.texts.get("hint", {})
        if texts:
            message = "A row of a matrix has no hint of its own."
            context.lose(node, "hint", message, context.form.languages.text(texts))
        own = node.row.get("required")
        if own and own not in NO and not required:
            message = "A matrix is required as a whole or not at all, and this one is not."
            context.lose(node, "required", message, own)
        for column in ("constraint", "default"):
            if node.row.get(column):
                message = f"A row of a matrix has no {column} of its own."
                context.lose(node, column, message, node.row.get(column))


def read_repeat(context: Context, node: Node, conditions: tuple[str, ...]) -> Item | None:
    """A repeat with everything in it that may be asked several times."""
    fields = common(context, node, conditions)
    report_appearance(context, node)
    items: list[Item] = []
    for child, around in _flat(context, node, ()):
        if len(items) >= MOST_REPEATED:
            message = f"A repeat asks at most {MOST_REPEATED} questions; this one is left out."
            context.lose(child, "repeat", message)
            continue
        item = context.item(child, read_question(context, child, around))
        if item is not None:
            items.append(item)
    kept = {name: fields[name] for name in ("key", "text", "hint", "relevant")}
    made: Fields = {**kept, "kind": "repeating_group", "items": items, "most": MOST_TIMES}
    count = node.row.get("repeat_count").strip()
    if re.fullmatch(r"\d{1,4}(\.0+)?", count):
        times = min(int(float(count)), MOST_TIMES)
        made.update(least=times, most=max(times, 1))
        if int(float(count)) > MOST_TIMES:
            context.change(node, "repeat_count", f"At most {MOST_TIMES} times are asked.", count)
    elif count:
        message = f"The person decides how often, up to {MOST_TIMES} times."
        context.lose(node, "repeat_count", message, count)
    if not items:
        context.lose(node, "repeat", "Nothing in the repeat can be asked, so it is left out.")
        return None
    return context.item(node, made)


def _flat(
    context: Context, group: Node, conditions: tuple[str, ...]
) -> list[tuple[Node, tuple[str, ...]]]:
    """What a repeat asks, without the groups in it, each with the conditions of those."""
    found: list[tuple[Node, tuple[str, ...]]] = []
    for child in group.children:
        if not child.is_group:
            if id(child) in context.kept_questions:
                found.append((child, conditions))
            continue
        if child.read.control == "repeat":
            continue
        own = context.logic.truth(child.row.get("relevant"), child, "relevance")
        message = "A group in a repeat is dissolved: its questions stand in the repeat itself."
        context.change(child, "group", message)
        found.extend(_flat(context, child, (*conditions, own)))
    return found
