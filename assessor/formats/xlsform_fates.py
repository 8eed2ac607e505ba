"""Which questions of a form can be asked here: decided for all before any logic is read."""

import re
from collections.abc import Iterator

from assessor.formats.xlsform_context import Context, changed_codes
from assessor.formats.xlsform_items import is_calculated
from assessor.formats.xlsform_tree import REFERENCE, Form, Node

_IN_REPEAT = "may not be asked again and again here"


def decide(context: Context) -> None:
    """Gives every node its key, and says which are lost; then which calculations cannot be."""
    form, logic = context.form, context.logic
    for node in form.nodes():
        logic.by_name.setdefault(node.name, node)
        reason = _why_lost(context, node)
        if node.is_group:
            # Groups are pages or matrices, whose keys are made where they are.
            logic.gone[node.name] = "is a group and has no answer"
            written = context.own and node.row.get("assessor::kind") not in {"", "page"}
            if written or (node.read.control == "repeat" and not node.inside("repeat")):
                logic.gone.pop(node.name)
                _keep(context, node)
            continue
        if reason:
            logic.gone[node.name] = "cannot be asked here"
            context.lose(node, "question type", reason, node.row.get("type"))
            continue
        if node.inside("loop"):
            logic.gone[node.name] = "stands in a loop and has several answers"
        if node.read.question and node.read.question.reading == "note":
            logic.gone[node.name] = "only shows words"
        _keep(context, node)
        found = context.list_of(node) if node.read.what == "select" else None
        if found and not context.own:
            logic.codes[node.name] = changed_codes(found, node.read.other)
    _give_up_calculations(context)


def _keep(context: Context, node: Node) -> None:
    context.kept_questions.add(id(node))
    as_is = re.fullmatch(r"[a-z][a-z0-9_]{0,59}", node.name) or "." in node.name
    if context.own and as_is and node.name not in context.keys.taken:
        context.keys.taken.add(node.name)
        context.logic.keys[id(node)] = node.name
    else:
        context.logic.keys[id(node)] = context.keys.fresh(node.name)


def _why_lost(context: Context, node: Node) -> str:
    question = node.read.question
    if question and question.reading == "lost":
        return question.lost
    if question and question.reading == "note" and not {"label", "hint"} & set(node.row.texts):
        return "It shows no words, only what is left out."
    if node.read.what == "select":
        found = context.list_of(node)
        if found is None or not found.choices or "search(" in node.row.get("appearance"):
            return (
                "Its options come from another file or from other answers. Add them to the list "
                "of choices."
            )
        if node.read.select == "rank" and len(found.choices) < 2:
            return "There is nothing to rank: it has one option."
    around = node.inside("repeat")
    if around is None:
        return ""
    if around.inside("repeat"):
        return "A repeat inside a repeat " + _IN_REPEAT + "."
    reading = question.reading if question else "select"
    if node.read.select == "rank" or reading in {"file", "hidden"} or is_calculated(node):
        return f"A question of this type {_IN_REPEAT}. Ask it outside of the repeat."
    return ""


def _give_up_calculations(context: Context) -> None:
    """A calculation that cannot be worked out takes with it all that are worked out from it."""
    waiting = [
        node
        for node in context.form.nodes()
        if id(node) in context.kept_questions and is_calculated(node)
    ]
    changed = True
    while changed:
        changed = False
        for node in list(waiting):
            text = node.row.get("calculation") or node.row.get("default")
            found, _why = context.logic.tried(text, node)
            if not found:
                context.logic.gone[node.name] = "cannot be worked out here"
                waiting.remove(node)
                changed = True


def check_cycles(form: Form) -> None:
    """Adds a problem where questions wait for one another, so that none could ever be asked."""
    by_name = {node.name: node for node in form.nodes()}
    waits: dict[str, list[str]] = {}
    for node in form.nodes():
        texts = [node.row.get("relevant"), node.row.get("calculation")]
        around = node.parent
        while around is not None:
            texts.append(around.row.get("relevant"))
            around = around.parent
        names = [m["name"] for text in texts for m in REFERENCE.finditer(text) if not m["saved"]]
        waits[node.name] = [name for name in dict.fromkeys(names) if name in by_name]
    for cycle in _cycles(waits):
        first = by_name[cycle[0]]
        shown = " → ".join(f"`{name}`" for name in [*cycle, cycle[0]][:8])
        message = (
            f"These questions wait for one another, so that none is ever asked: {shown}. "
            "Take one out of the other's condition."
        )
        form.problem("cycle", message, first.row.line, "relevant")


def _cycles(waits: dict[str, list[str]]) -> Iterator[list[str]]:
    """One way round for every knot, found without recursion since forms may be long."""
    done: set[str] = set()
    for start in waits:
        path: list[str] = []
        steps = [(start, iter(waits[start]))] if start not in done else []
        while steps:
            name, rest = steps[-1]
            if name not in path:
                path.append(name)
            following = next(rest, None)
            if following is None:
                done.add(path.pop())
                steps.pop()
            elif following in path:
                yield path[path.index(following) :]
                done.update(path)
                break
            elif following not in done:
                steps.append((following, iter(waits[following])))
