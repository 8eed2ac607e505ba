"""Was somebody not asked by chance, or because of what they answered?

A response does not keep what a sampling drew for it. But the logic can be asked again: where it
would have asked, only chance left the item out.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from assessor.domain.instrument import MATRIX_KINDS, Column, Instrument, Page, Ranking
from assessor.domain.items import Item
from assessor.domain.kinds import Answer, columns_of
from assessor.domain.route import Person, follow

# Answers do not say on which day they were given. Only logic that asks for today can tell.
_SOME_DAY = date(2000, 1, 1)


def unasked_marks(
    instrument: Instrument, rows: Sequence[Mapping[str, Answer]], not_asked: str, not_sampled: str
) -> Callable[[int, Column], str]:
    """A function that says of a response (by its place) why it has no answer in a column."""
    sampled = _on_logic(instrument)
    plain = instrument.model_copy(update={"samplings": ()})
    routes: dict[int, frozenset[str]] = {}

    def mark(place: int, column: Column) -> str:
        depends = sampled.get(column.name)
        if depends is None or (column.owner != column.item_key and column.item_key in rows[place]):
            # Of a repeated item, the times that somebody did not name are no matter of chance.
            return not_asked
        if not depends:
            return not_sampled
        if place not in routes:
            route = follow(plain, rows[place], Person(on=_SOME_DAY))
            routes[place] = frozenset(n for a in route.asked.values() for n in a.columns)
        return not_sampled if column.name in routes[place] else not_asked

    return mark


def _on_logic(instrument: Instrument) -> dict[str, bool]:
    """Every column that a sampling spreads, and whether logic too decides who is asked it."""
    return {
        column.name: _has_logic(page, item, column)
        for page in instrument.pages
        for item in page.items
        for column in columns_of(instrument, item)
        if column.asked_share < 1.0
    }


def _has_logic(page: Page, item: Item, column: Column) -> bool:
    rows = item.rows if isinstance(item, MATRIX_KINDS) else ()
    of_row = any(row.relevant for row in rows if row.key == column.owner)
    of_options = isinstance(item, Ranking) and bool(
        item.option_filter or any(option.relevant for option in item.options)
    )
    return bool(page.relevant or item.relevant) or of_row or of_options
