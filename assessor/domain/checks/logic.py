"""The checks of conditions and calculations: can they be read, and what do they name?"""

from collections.abc import Iterator

from assessor.domain.checks.comparisons import check_comparisons
from assessor.domain.checks.finding import did_you_mean, error, nearest, warning
from assessor.domain.checks.places import Known, Places, Written, places_of
from assessor.domain.instrument import FileItem, Instrument, RepeatingGroup
from assessor.domain.logic import Call, NotUnderstoodError, Parsed, parse
from assessor.domain.problems import Problem, Said, say


def check_logic(instrument: Instrument) -> tuple[Problem, ...]:
    """Every expression on its own; what can never hold is found by `reach.py`."""
    places = places_of(instrument)
    return tuple(
        problem for one in places.written if one.text for problem in _check_one(places, one)
    )


def _check_one(places: Places, written: Written) -> Iterator[Problem]:
    try:
        parsed = parse(written.text)
    except NotUnderstoodError as problem:
        yield error("logic.unreadable", written.where, problem.said)
        return
    named = list(_check_names(places, written, parsed))
    yield from named
    yield from _check_bare(places, written, parsed)
    if not any(problem.severity == "error" for problem in named):
        yield from check_comparisons(places, written, parsed)


def _check_names(places: Places, written: Written, parsed: Parsed) -> Iterator[Problem]:
    """Each key that is named, and whether its answer is there by then."""
    for key in parsed.references:
        known = places.known.get(key)
        if known is None:
            yield _unknown(places, written, key)
        else:
            problem = _asked_too_late(places, written, known)
            if problem is not None:
                yield problem


def _unknown(places: Places, written: Written, key: str) -> Problem:
    several = places.several.get(key)
    if several:
        listed = ", ".join(f"`${{{name}}}`" for name in several[:8])
        message = say(
            "`{key}` has several answers. Say which is meant: {listed}.", key=key, listed=listed
        )
        return error("logic.which-column", written.where, message)
    item = places.instrument.item(key)
    if item is not None:
        message = say(
            "`{key}` is a text that asks nothing. Name an item that is answered.", key=key
        )
        return error("logic.unknown-item", written.where, message)
    message = say("There is no item `{key}`. {hint}", key=key, hint=did_you_mean(key, places.known))
    return error("logic.unknown-item", written.where, message)


def _asked_too_late(places: Places, written: Written, known: Known) -> Problem | None:
    key = known.key
    page, item = written.position[:2]
    if known.position[0] > page and written.use != "after":
        title = places.instrument.pages[known.position[0]].key
        message = say(
            "`{key}` is asked later, on page `{title}`, so nothing is known of it here. Ask it "
            "before, or move what depends on it.",
            key=key,
            title=title,
        )
        return error("logic.asked-later", written.where, message)
    if known.position[0] == page and item == -1:
        message = say(
            "`{key}` is asked on this page itself, so it cannot decide whether the page is "
            "shown. Put the condition on the items, or ask it on a page before.",
            key=key,
        )
        return error("logic.asked-later", written.where, message)
    if _is_itself(written, known):
        message = say(
            "`{key}` is asked here itself, so its answer decides nothing yet. Name an item that "
            "is asked before.",
            key=key,
        )
        return error("logic.itself", written.where, message)
    if known.position > written.position:
        message = say(
            "`{key}` is asked later on the same page. Here it always counts as unanswered. Move "
            "it before this.",
            key=key,
        )
        return warning("logic.asked-later-here", written.where, message)
    return _shuffled(places, written, known)


def _is_itself(written: Written, known: Known) -> bool:
    if written.use in {"constraint", "after"}:
        return False
    is_group = isinstance(known.item, RepeatingGroup) and written.position[2] > 0
    same_place = known.position == written.position
    return same_place or (is_group and known.position[:2] == written.position[:2])


def _shuffled(places: Places, written: Written, known: Known) -> Problem | None:
    """Pages that change places may come in the other order."""
    here, there = written.position[0], known.position[0]
    pages = places.instrument.pages
    if here == there or here >= len(pages):
        return None
    if pages[here].shuffle is None or pages[here].shuffle != pages[there].shuffle:
        return None
    message = say(
        "`{key}` is asked on a page that changes places with this one, so some people meet it "
        "only later. Give the pages different `shuffle` words, or none.",
        key=known.key,
    )
    return warning("logic.shuffled", written.where, message)


def _check_bare(places: Places, written: Written, parsed: Parsed) -> Iterator[Problem]:
    """`.` belongs to constraints, and names without `${…}` to the filters of options."""
    parts = list(parsed.tree.walk())
    if written.use != "constraint" and any(part.name == "self" for part in parts):
        message = say(
            "`.` is the answer that a `constraint` is about. Elsewhere name the item, such as "
            "`${{visits}}`."
        )
        yield error("logic.self", written.where, message)
    for name in dict.fromkeys(str(part.value) for part in parts if part.name == "bare"):
        if written.use != "filter":
            yield error("logic.bare", written.where, _what_is_meant(places, name))
        elif name not in written.attributes:
            hint = did_you_mean(name, sorted(written.attributes))
            message = say("No option here has the attribute `{name}`. {hint}", name=name, hint=hint)
            yield error("logic.attribute", written.where, message)
    if any(_names_a_file(places, part) for part in parts):
        message = say(
            "A file can only be compared with '' (nothing was sent). Nothing else is known."
        )
        yield warning("logic.file", written.where, message)


def _what_is_meant(places: Places, name: str) -> Said:
    if name in places.known:
        return say("Write `${{{name}}}` for the answer to an item, not `{name}`.", name=name)
    near = nearest(name, places.known)
    if near:
        return say(
            "Write '{name}' in quotes if it is a code or a text, or `${{{near}}}` if that item is "
            "meant.",
            name=name,
            near=near,
        )
    return say("Write '{name}' in quotes if it is a code or a text.", name=name)


def _names_a_file(places: Places, part: Call) -> bool:
    """Whether a file's id is compared with something that is not the empty text."""
    if part.name not in {"=", "!=", "<", "<=", ">", ">="}:
        return False
    for one, other in (part.parts, part.parts[::-1]):
        known = places.known.get(str(one.value)) if one.name == "reference" else None
        if known is not None and isinstance(known.item, FileItem):
            return not (other.name == "text" and other.value == "")
    return False
