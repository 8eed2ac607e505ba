"""Logic over whole responses of a file: what they were not asked does not count.

A file may lack columns. Where logic asks about one of those, nobody can tell what it decided, so
what it decides is taken as asked.
"""

from collections.abc import Sequence

from assessor.domain.answers import constraint_problems, everybody
from assessor.domain.instrument import MATRIX_KINDS, Instrument, Item, Page
from assessor.domain.kinds import columns_of
from assessor.domain.logic import references
from assessor.domain.problems import Problem
from assessor.domain.route import Answers, follow


def logic_of_file(instrument: Instrument, header: Sequence[str]) -> Instrument | None:
    """The instrument with the logic that this file can decide; None where it has none."""
    known = {*header, *(item.key for item in instrument.items() if item.kind == "calculated")}
    pages = tuple(_page(instrument, page, known) for page in instrument.pages)
    decided = instrument.model_copy(
        update={"pages": pages, "endings": (), "quotas": (), "samplings": ()}
    )
    has_logic = any(page.relevant or any(_has_logic(item) for item in page.items) for page in pages)
    return decided if has_logic else None


def asked_only(instrument: Instrument, answers: Answers) -> tuple[Answers, list[Problem]]:
    """The answers that count, and a problem for each that does not or cannot be."""
    route = follow(instrument, answers, everybody())
    kept = {name: value for name, value in route.answers.items() if name in answers}
    kept |= {name: value for name, value in route.answers.items() if name not in kept}
    problems = [
        Problem(
            code="answer.not-asked",
            where=name,
            message=f"“{name}” is not asked of somebody who answers like this. It is left out.",
            severity="warning",
        )
        for name, value in answers.items()
        if name not in route.answers and value is not None
    ]
    return kept, [*problems, *constraint_problems(instrument, route)]


def _has_logic(item: Item) -> bool:
    rows = item.rows if isinstance(item, MATRIX_KINDS) else ()
    return (
        bool(item.relevant or item.constraint)
        or item.kind == "calculated"
        or any(row.relevant for row in rows)
    )


def _page(instrument: Instrument, page: Page, known: set[str]) -> Page:
    items = tuple(_item(instrument, item, known) for item in page.items)
    return page.model_copy(update={"relevant": _kept(page.relevant, known), "items": items})


def _item(instrument: Instrument, item: Item, known: set[str]) -> Item:
    changes: dict[str, object] = {
        "relevant": _kept(item.relevant, known),
        "constraint": _kept(item.constraint, known),
        "required": False,
    }
    if isinstance(item, MATRIX_KINDS):
        changes["rows"] = tuple(
            row.model_copy(update={"relevant": _kept(row.relevant, known)}) for row in item.rows
        )
    assert columns_of(instrument, item) is not None
    return item.model_copy(update=changes)


def _kept(expression: str, known: set[str]) -> str:
    return expression if set(references(expression)) <= known else ""
