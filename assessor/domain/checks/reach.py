"""What nobody can reach: items, pages, options, endings and quotas whose condition never holds.

A claim is an error only where every answer that can matter was tried; otherwise it is a warning.
What always holds is a warning too, since somebody wrote the condition for a reason.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from assessor.domain.checks.finding import error, in_code, warning
from assessor.domain.checks.outcomes import Trying
from assessor.domain.checks.places import Places, Written, places_of
from assessor.domain.instrument import Instrument, ItemBase, Option
from assessor.domain.problems import Problem, Said, say, saying

MOST_OPTIONS_NAMED = 5


@dataclass(frozen=True)
class _Words:
    """What is said of one place, where its condition never, probably never or always holds."""

    never: Callable[..., Said]
    hardly: Callable[..., Said]
    always: Callable[..., Said] | None = None


_CONDITIONS = {
    "required_when": _Words(
        saying("This never holds, so no answer is ever needed. Correct it, or remove it."),
        saying("This probably never holds, so no answer is ever needed. Correct it, or remove it."),
        saying("This always holds. Write `required: true` instead."),
    ),
    "page": _Words(
        saying(
            "This never holds, so nobody sees the page. Correct the condition, or remove the page."
        ),
        saying(
            "This probably never holds, so nobody sees the page. Correct the condition, or "
            "remove the page."
        ),
        saying(
            "This always holds, so everybody sees the page. Remove the condition, or correct it."
        ),
    ),
    "row": _Words(
        saying(
            "This never holds, so nobody is asked the row. Correct the condition, or remove "
            "the row."
        ),
        saying(
            "This probably never holds, so nobody is asked the row. Correct the condition, or "
            "remove the row."
        ),
        saying(
            "This always holds, so everybody is asked the row. Remove the condition, or correct it."
        ),
    ),
    "item": _Words(
        saying(
            "This never holds, so nobody is asked `{owner}`. Correct the condition or remove "
            "the item."
        ),
        saying(
            "This probably never holds, so nobody is asked `{owner}`. Correct the condition "
            "or remove the item."
        ),
        saying(
            "This always holds, so everybody is asked `{owner}`. Remove the condition, or "
            "correct it."
        ),
    ),
    "constraint": _Words(
        saying(
            "No answer to `{owner}` can satisfy this, so nobody gets past it. Correct the "
            "condition."
        ),
        saying(
            "Probably no answer to `{owner}` can satisfy this, so nobody gets past it. Correct the "
            "condition."
        ),
        saying("Every answer to `{owner}` satisfies this. Remove the condition, or correct it."),
    ),
    "ending": _Words(
        saying(
            "This never holds, so nobody is led to ending `{owner}`. Correct it, or remove "
            "the ending."
        ),
        saying(
            "This probably never holds, so nobody is led to ending `{owner}`. Correct it, or "
            "remove the ending."
        ),
        saying(
            "This always holds, so everybody is led to ending `{owner}`, and no answer is "
            "kept. Correct the condition."
        ),
    ),
    "quota": _Words(
        saying(
            "This never holds, so quota `{owner}` counts nobody. Correct it, or remove the quota."
        ),
        saying(
            "This probably never holds, so quota `{owner}` counts nobody. Correct it, or "
            "remove the quota."
        ),
    ),
}


def check_reach(
    instrument: Instrument, mistaken: frozenset[str] = frozenset()
) -> tuple[Problem, ...]:
    """Everything that never or always holds, but for the places where a mistake is known."""
    places = places_of(instrument)
    trying = Trying(places)
    found: list[Problem] = []
    for written in places.written:
        if not written.text or written.where in mistaken:
            continue
        if written.use not in {"calculation", "filter"}:
            found.extend(_check_condition(trying, written))
    found.extend(p for p in _check_options(trying, places) if p.where not in mistaken)
    return tuple(found)


def _check_condition(trying: Trying, written: Written) -> Iterator[Problem]:
    name = _name(written)
    outcome = trying.outcome(written, _given(trying, written, name))
    if outcome is None:
        return
    words = _CONDITIONS[name]
    if not outcome.can_hold and not outcome.can_fail:
        # Where not even what surrounds it can hold, that is what is reported.
        return
    if not outcome.can_hold:
        is_error = outcome.is_sure and name in {"page", "row", "item", "constraint"}
        finding = error if is_error else warning
        code = "logic.constraint-never" if name == "constraint" else "logic.never"
        said = words.never if outcome.is_sure else words.hardly
        yield finding(code, written.where, said(owner=written.owner))
    elif not outcome.can_fail and outcome.is_sure and words.always:
        finding = error if name == "ending" else warning
        yield finding("logic.always", written.where, words.always(owner=written.owner))


def _name(written: Written) -> str:
    parts = written.where.split(".")
    match parts[-1]:
        case "constraint" | "required_when":
            return parts[-1]
        case "when":
            return "ending" if parts[0] == "endings" else "quota"
    return "page" if len(parts) == 3 else "row" if "rows" in parts else "item"


def _given(trying: Trying, written: Written, name: str) -> tuple[str, ...]:
    """What holds wherever this expression is looked at: the page's condition, the item's."""
    if name in {"page", "ending", "quota"} or written.item is None:
        return ()
    around = trying.guards.get(written.item.key)
    if around is None:
        # An item of a group that repeats sees its own group's answers, which are not tried.
        return ()
    return around[:1] if name == "item" else around[:2]


def _check_options(trying: Trying, places: Places) -> Iterator[Problem]:
    """Options that no answer brings forth, and filters that leave none at all."""
    for p, page in enumerate(places.instrument.pages):
        for i, item in enumerate(page.items):
            where = f"pages.{p}.items.{i}"
            options = getattr(item, "options", ()) or getattr(item, "columns", ())
            own = getattr(item, "option_filter", "")
            if own:
                yield from _filtered(trying, item, options, own, f"{where}.option_filter")
            for o, option in enumerate(options):
                listed = "columns" if hasattr(item, "columns") else "options"
                place = f"{where}.{listed}.{o}.relevant"
                if option.relevant and not _can_be_offered(trying, item, (option,), place):
                    message = say(
                        "This never holds, so nobody is offered `{code}`. Correct the "
                        "condition, or remove the option.",
                        code=option.code,
                    )
                    yield warning("logic.option-never", place, message)


def _filtered(
    trying: Trying, item: ItemBase, options: tuple[Option, ...], text: str, where: str
) -> Iterator[Problem]:
    """Options with the same attributes are tried once."""
    alike: dict[tuple[tuple[str, str], ...], list[Option]] = {}
    names_codes = "code" in text or "name" in text
    for option in options:
        same = tuple(sorted(option.attributes.items()))
        alike.setdefault((*same, ("code", option.code)) if names_codes else same, []).append(option)
    never = [
        option.code
        for group in alike.values()
        if not _can_be_offered(trying, item, tuple(group[:1]), where, text)
        for option in group
    ]
    if not never:
        return
    if len(never) == len(options):
        message = say("This leaves no option to anybody. Correct the condition or the attributes.")
        yield warning("logic.no-options", where, message)
        return
    more = len(never) - MOST_OPTIONS_NAMED
    named = in_code(never[:MOST_OPTIONS_NAMED])
    message = say(
        "Nobody is ever offered {options}. Correct the condition or their attributes, or remove "
        "them.",
        options=say("{options} and {more} more", options=named, more=more) if more > 0 else named,
    )
    yield warning("logic.option-never", where, message)


def _can_be_offered(
    trying: Trying, item: ItemBase, options: tuple[Option, ...], where: str, text: str = ""
) -> bool:
    attributes = [{"code": o.code, "name": o.code, **o.attributes} for o in options]
    written = Written(where, text or options[0].relevant, "filter", (0, 0, 0), item.key, item)
    around = trying.guards.get(item.key, ())
    outcome = trying.outcome(written, around, attributes)
    return outcome is None or outcome.can_hold or not outcome.can_fail
