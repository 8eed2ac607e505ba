"""Instruments full of logic, and people who answer them: what holds of every way through them.

The logic is random and need not make sense; what must hold holds all the same.
"""

from typing import Any

from hypothesis import strategies as st

from assessor.domain.instrument import Instrument
from assessor.domain.kinds import KINDS
from tests.item_strategies import Document, answers_of, items
from tests.strategies import FIVE, SEVEN
from tests.text_strategies import Draw

KINDS_WITH_ANSWERS = sorted(set(KINDS) - {"text_block"})
OF_COUNTRIES = [
    {"code": f"{country}{n}", "label": f"Town {country} {n}", "attributes": {"in": country}}
    for country in ("a", "b")
    for n in range(2)
]


@st.composite
def conditions(draw: Draw, keys: list[str], depth: int = 2) -> str:
    """A condition on some of the keys, or on none of them."""
    if not keys:
        return draw(st.sampled_from(["", "true()", "1 = 1"]))  # type: ignore[no-any-return]
    if depth and draw(st.integers(0, 3)) == 0:
        left, right = draw(conditions(keys, depth - 1)), draw(conditions(keys, depth - 1))
        joined = draw(st.sampled_from(["and", "or"]))
        return f"({left or 'true()'}) {joined} ({right or 'false()'})"
    key = draw(st.sampled_from(keys))
    code = draw(st.sampled_from(["x1", "yes", "a", "3", "NA", ""]))
    number = draw(st.integers(0, 8))
    forms = [
        f"${{{key}}} = '{code}'",
        f"${{{key}}} != '{code}'",
        f"${{{key}}} > {number}",
        f"selected(${{{key}}}, '{code}')",
        f"not(${{{key}}} <= {number})",
        f"string-length(${{{key}}}) mod 2 = 0",
        f"count-non-empty(${{{key}}}) = 1",
    ]
    return draw(st.sampled_from(forms))  # type: ignore[no-any-return]


@st.composite
def routed(draw: Draw) -> Instrument:
    """Two or three pages with conditions at every place, an ending, a quota and a sampling."""
    seen: list[str] = []
    pages = []
    for p in range(draw(st.integers(2, 3))):
        page: Document = {"key": f"p{p}", "relevant": draw(_perhaps(seen)), "items": []}
        page["order"] = draw(st.sampled_from(["as_written", "random"]))
        if p and draw(st.booleans()):
            page["shuffle"] = "mixed"
        for i in range(draw(st.integers(1, 3))):
            item = draw(items(f"q{p}{i}", KINDS_WITH_ANSWERS))
            page["items"].append(draw(_with_logic(item, seen)))
            seen += _names(item)
        pages.append(page)
    pages[-1]["items"] += [
        {"key": "land", "kind": "dropdown", "text": "Where?", "options": _ab()},
        {"key": "town", "kind": "dropdown", "text": "Which town?", "required": True}
        | {"options": OF_COUNTRIES, "option_filter": "in = ${land}"},
    ]
    return Instrument.model_validate(_around(draw, pages, seen))


def _around(draw: Draw, pages: list[Document], seen: list[str]) -> Document:
    keys = [item["key"] for page in pages for item in page["items"]]
    sampled = draw(st.lists(st.sampled_from(keys), min_size=1, max_size=3, unique=True))
    spread = draw(st.sampled_from([{"ask": 1}, {"share": 0.5}]))
    return {
        "key": "patrons",
        "title": "Visitors",
        "scales": [FIVE, SEVEN],
        "pages": pages,
        "endings": [
            {"key": "out", "when": draw(conditions(seen)), "title": "Thank you"},
            {"key": "full", "title": "Thank you"},
        ],
        "quotas": [
            {"key": "many", "when": draw(conditions(seen)) or "1 = 1", "limit": 1, "ending": "full"}
        ],
        "samplings": [{"key": "some", "items": sampled, **spread}],
    }


@st.composite
def _with_logic(draw: Draw, item: Document, seen: list[str]) -> Document:
    more: Document = {"relevant": draw(_perhaps(seen))}
    if item["kind"] not in {"hidden", "calculated"}:
        more["required_when"] = draw(_perhaps(seen))
    if item["kind"] == "calculated" and seen:
        more["calculation"] = draw(
            st.sampled_from(
                [f"${{{draw(st.sampled_from(seen))}}} + 1", *(f"${{{k}}}" for k in seen)]
            )
        )
    for name in ("rows", "options", "columns"):
        if item.get(name) and draw(st.booleans()):
            last = item[name][-1] | {"relevant": draw(_perhaps(seen))}
            item = item | {name: [*item[name][:-1], last]}
    return item | more


def _perhaps(seen: list[str]) -> st.SearchStrategy[str]:
    return st.just("") | conditions(seen)


def _names(item: Document) -> list[str]:
    """What logic may call the item's answers."""
    rows = [row["key"] for row in item.get("rows", ())]
    return rows or [item["key"]]


def _ab() -> list[Document]:
    return [{"code": code, "label": code.upper()} for code in "ab"]


@st.composite
def answered(draw: Draw, instrument: Instrument) -> dict[str, Any]:
    """What somebody posts: answers to anything, asked or not."""
    row: dict[str, Any] = {}
    for item in instrument.items():
        if draw(st.integers(0, 3)):
            row |= draw(answers_of(instrument, item))
    return row
