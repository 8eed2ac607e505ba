"""Logic over whole responses of a file: what they were not asked does not count.

A file may lack columns. Where logic asks about one of those, nobody can tell what it decided, so
what it decides is taken as asked, and what it works out is taken from the file.
"""

from collections.abc import Iterable, Sequence

from assessor.domain.answers import constraint_problems, everybody
from assessor.domain.instrument import (
    MATRIX_KINDS,
    Calculated,
    Hidden,
    Instrument,
    Item,
    ItemBase,
    Option,
    Page,
    Ranking,
    RepeatingGroup,
)
from assessor.domain.kinds import columns_of
from assessor.domain.logic import references
from assessor.domain.problems import Problem
from assessor.domain.route import Answers, follow


def logic_of_file(instrument: Instrument, header: Sequence[str]) -> Instrument | None:
    """The instrument with the logic that this file can decide; None where it has none."""
    if not any(page.relevant or any(map(_has_logic, page.items)) for page in instrument.pages):
        return None
    known = _decided_keys(instrument, set(header))
    pages = tuple(_page(page, known) for page in instrument.pages)
    return instrument.model_copy(
        update={"pages": pages, "endings": (), "quotas": (), "samplings": ()}
    )


def asked_only(instrument: Instrument, answers: Answers) -> tuple[Answers, list[Problem]]:
    """The answers that count, and a problem for each that does not or cannot be."""
    route = follow(instrument, answers, everybody())
    kept = {name: value for name, value in route.answers.items() if name in answers}
    kept |= {name: value for name, value in route.answers.items() if name not in kept}
    worked_out = {item.key for item in instrument.items() if isinstance(item, Calculated)}
    problems = [
        Problem(
            code="answer.not-asked",
            where=name,
            message=f"“{name}” is not asked of somebody who answers like this. It is left out.",
            severity="warning",
        )
        for name, value in answers.items()
        if value is not None and name not in worked_out and route.answers.get(name) != value
    ]
    return kept, [*problems, *constraint_problems(instrument, route)]


def _decided_keys(instrument: Instrument, header: set[str]) -> set[str]:
    """The keys whose answers this file holds, or that can be worked out from it."""
    known: set[str] = set()
    for item in instrument.items():
        there = [
            column.name
            for column in columns_of(instrument, item)
            if column.name in header or column.owner in header
        ]
        known.update(there)
        if isinstance(item, RepeatingGroup):
            known.update(name.removesuffix(".1") for name in there if name.endswith(".1"))
            known.update({item.key} if there else ())
        if isinstance(item, Ranking) and there:
            known.add(item.key)
        if isinstance(item, Calculated) and set(references(item.calculation)) <= known:
            known.add(item.key)
    return known


def _has_logic(item: Item) -> bool:
    return isinstance(item, Calculated) or any(_expressions(item))


def _expressions(item: ItemBase) -> Iterable[str]:
    """Everything that decides whether and how an item is asked."""
    yield from (item.relevant, item.constraint, getattr(item, "option_filter", ""))
    for name in ("options", "columns", "rows"):
        yield from (part.relevant for part in getattr(item, name, ()))
    if isinstance(item, RepeatingGroup):
        for one in item.items:
            yield from _expressions(one)


def _page(page: Page, known: set[str]) -> Page:
    items = tuple(_decided(item, known) for item in page.items)
    return page.model_copy(update={"relevant": _kept(page.relevant, known), "items": items})


def _decided(item: ItemBase, known: set[str]) -> ItemBase:
    """The item with the logic that can be decided."""
    changes: dict[str, object] = {
        "relevant": _kept(item.relevant, known),
        "constraint": _kept(item.constraint, known),
        "required": False,
    }
    if hasattr(item, "option_filter"):
        changes["option_filter"] = _kept(item.option_filter, known)
    for name in ("options", "columns"):
        if hasattr(item, name):
            changes[name] = _parts(getattr(item, name), known)
    if isinstance(item, MATRIX_KINDS):
        changes["rows"] = tuple(
            row.model_copy(update={"relevant": _kept(row.relevant, known)}) for row in item.rows
        )
    if isinstance(item, RepeatingGroup):
        # Within a group its items see one another, whatever the file calls its columns.
        inner = known | {one.key for one in item.items}
        changes["items"] = tuple(_decided(one, inner) for one in item.items)
    if isinstance(item, Calculated) and not set(references(item.calculation)) <= known:
        # What cannot be worked out again is what the file says it was.
        same = {"key": item.key, "text": item.text, "relevant": changes["relevant"]}
        return Hidden.model_construct(**{**_BLANK, **same})
    return item.model_copy(update=changes)


_BLANK = Hidden(key="blank", kind="hidden", text="-").__dict__


def _parts(options: Iterable[Option], known: set[str]) -> tuple[Option, ...]:
    return tuple(
        option.model_copy(update={"relevant": _kept(option.relevant, known)})
        if option.relevant
        else option
        for option in options
    )


def _kept(expression: str, known: set[str]) -> str:
    return expression if set(references(expression)) <= known else ""
