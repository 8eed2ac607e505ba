"""Any sound item of every kind, and any answer to it; `strategies.py` makes instruments of them."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from hypothesis import strategies as st

from assessor.domain.instrument import (
    ChoiceMatrix,
    Column,
    ConstantSum,
    EntryGrid,
    Hidden,
    Instrument,
    ItemBase,
    MultipleChoice,
    Rating,
    RatingMatrix,
    SemanticDifferential,
    WithOptions,
)
from assessor.domain.kinds import KINDS, columns_of_item, na_label
from assessor.domain.readings import codes_of, is_own_words
from tests.text_strategies import Draw, texts

Document = dict[str, Any]  # Any: documents before they are models

IN_GROUPS = sorted(
    set(KINDS)
    - {"ranking", "constant_sum", "rating_matrix", "choice_matrix", "entry_grid", "calculated"}
    - {"semantic_differential", "file", "hidden", "repeating_group"}
)
"""The kinds that may stand in a group that repeats."""


@st.composite
def items(draw: Draw, key: str, kinds: Iterable[str] = tuple(KINDS)) -> Document:
    """One item of some kind that the checks find sound; its texts may be anything."""
    kind = draw(st.sampled_from(sorted(kinds)))
    item: Document = {"key": key, "kind": kind, "text": draw(texts())}
    if draw(st.booleans()) and kind not in {"hidden", "calculated", "text_block"}:
        item |= {"hint": draw(texts()), "base": draw(texts()), "required": draw(st.booleans())}
    content: Document = draw(CONTENT[kind](key)) if kind in CONTENT else {}
    return item | content


def orders() -> st.SearchStrategy[str]:
    return st.sampled_from(["as_written", "random"])


@st.composite
def options(draw: Draw) -> list[Document]:
    codes = draw(st.lists(_codes(), min_size=2, max_size=5, unique=True))
    return [
        {"code": c, "label": f"{draw(texts(100))} {c}"} for c in dict.fromkeys([*codes, "x1", "x2"])
    ]


def _codes() -> st.SearchStrategy[str]:
    return st.from_regex(r"[a-z0-9]{1,5}", fullmatch=True).filter(
        lambda code: code not in {"na", "other"}
    )


@st.composite
def _choice(draw: Draw, kind: str) -> Document:
    item: Document = {"options": draw(options()), "order": draw(orders())}
    if draw(st.booleans()):
        item["other"] = draw(texts(100)) + " other"
    if kind == "multiple_choice" and draw(st.booleans()):
        item |= {"exclusive": [item["options"][0]["code"]], "max_choices": 2}
    return item


@st.composite
def _rated(draw: Draw) -> Document:
    item: Document = {"na": draw(_na())}
    if draw(st.booleans()):
        return item | {"scale": draw(st.sampled_from(["five", "seven"]))}
    names = st.sampled_from(["minimum", "desired", "perceived", "other"])
    uses = draw(st.lists(names, min_size=1, max_size=3, unique=True))
    return item | {"scales": [{"key": u, "label": draw(texts()), "scale": "five"} for u in uses]}


@st.composite
def _rows(draw: Draw, key: str) -> list[Document]:
    return [
        {"key": f"{key}_r{r}", "text": draw(texts()), "reversed": draw(st.booleans())}
        for r in range(draw(st.integers(1, 3)))
    ]


def _na() -> st.SearchStrategy[str]:
    return st.sampled_from(["", "Does not apply"])


def _some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Document]:
    return st.fixed_dictionaries(fields)


@st.composite
def _pairs(draw: Draw, key: str) -> list[Document]:
    return [
        {"key": f"{key}_r{r}", "left": draw(texts(40)), "right": draw(texts(40))}
        for r in range(draw(st.integers(1, 3)))
    ]


@st.composite
def _repeated(draw: Draw, key: str) -> Document:
    letters = draw(st.lists(st.sampled_from("ab"), min_size=1, max_size=2, unique=True))
    kinds = [kind for kind in IN_GROUPS if kind != "text_block"]
    inner = [draw(items(f"{key}_{letter}", kinds)) for letter in letters]
    return {"items": inner, "most": draw(st.integers(1, 3))}


# What only one kind has; `key` is the item's, from which rows have theirs.
CONTENT: dict[str, Callable[[str], st.SearchStrategy[Document]]] = {
    "single_choice": lambda key: _choice("single_choice"),
    "dropdown": lambda key: _choice("dropdown"),
    "multiple_choice": lambda key: _choice("multiple_choice"),
    "ranking": lambda key: _some(
        options=options(), order=orders(), places=st.sampled_from([None, 1, 2])
    ),
    "constant_sum": lambda key: _some(
        options=options(), order=orders(), total=st.integers(1, 100), unit=texts(20)
    ),
    "rating": lambda key: _rated(),
    "rating_matrix": lambda key: st.builds(
        lambda rated, rows, order: {**rated, "rows": rows, "order": order},
        _rated(),
        _rows(key),
        orders(),
    ),
    "choice_matrix": lambda key: _some(
        rows=_rows(key), options=options(), multiple=st.booleans(), order=orders()
    ),
    "entry_grid": lambda key: _some(
        rows=_rows(key),
        entry=st.sampled_from(["number", "text"]),
        columns=st.just([]) | options(),
    ),
    "semantic_differential": lambda key: _some(
        rows=_pairs(key), points=st.integers(3, 11), na=_na()
    ),
    "yes_no": lambda key: _some(na=_na()),
    "likelihood": lambda key: _some(na=_na()),
    "slider": lambda key: _some(
        minimum=st.sampled_from([0, -50]), step=st.sampled_from([1, 0.5, 10])
    ),
    "number": lambda key: _some(
        minimum=st.sampled_from([0, 0.5, -3]), maximum=st.just(1000), whole=st.just(False)
    ),
    "date": lambda key: st.sampled_from([{}, {"earliest": "2000-01-01", "latest": "2030-12-31"}]),
    "time": lambda key: st.sampled_from([{}, {"earliest": "08:00", "latest": "18:00"}]),
    "short_text": lambda key: _some(max_length=st.integers(60, 1000)),
    "long_text": lambda key: _some(max_length=st.integers(60, 1000)),
    "file": lambda key: _some(max_files=st.integers(1, 3)),
    "consent": lambda key: _some(label=texts(100)),
    "hidden": lambda key: st.just(
        {"parameter": "from", "values": ["poster", "mail"], "default": "mail"}
    ),
    "calculated": lambda key: _some(
        calculation=st.sampled_from(
            ["1 + 2", "concat('=', 'a')", "'' = ''", "1 div 0", "0.1 * 3", "1 div 3"]
        )
    ),
    "repeating_group": lambda key: _repeated(key),
}


@st.composite
def answers_of(draw: Draw, instrument: Instrument, item: ItemBase) -> dict[str, Any]:
    """What one person may have answered to one item: stored values, some of them skipped."""
    inner = getattr(item, "items", ())
    if inner:
        row: dict[str, Any] = {}
        for number in range(1, draw(st.integers(0, item.most)) + 1):  # type: ignore[attr-defined]
            for one in inner:
                given = draw(answers_of(instrument, one))
                row |= {f"{name}.{number}": value for name, value in given.items()}
        return row
    columns = columns_of_item(item)
    if na_label(item) and draw(st.booleans()):
        return {c.name: "NA" for c in columns if c.owner == columns[0].owner}
    if isinstance(item, ConstantSum):
        cut = draw(st.integers(0, item.total))
        parts = {c.name: 0 for c in columns}
        parts |= {columns[0].name: cut, columns[1].name: item.total - cut}
        return parts if draw(st.booleans()) else {}
    if item.kind == "ranking":  # type: ignore[attr-defined]
        names = draw(st.permutations([c.name for c in columns]))
        places = len(names) if item.required else draw(st.integers(0, len(names)))
        most = min(places, item.places or len(names))  # type: ignore[attr-defined]
        return {name: place for place, name in enumerate(names[:most], 1)}
    row = {}
    for column in columns:
        value = draw(_value(instrument, item, column))
        row[column.name] = draw(st.sampled_from([value, value, None]))
    return row


def _value(instrument: Instrument, item: ItemBase, column: Column) -> st.SearchStrategy[Any]:
    if is_own_words(item, column):
        return _words()
    match item:
        case MultipleChoice():
            return st.just([codes_of(item)[-1]])
        case ChoiceMatrix() if item.multiple:
            return st.lists(st.sampled_from(codes_of(item)), min_size=1, unique=True)
        case ChoiceMatrix() | WithOptions():
            return st.sampled_from(codes_of(item))
        case Rating() | RatingMatrix():
            scale = instrument.scale(column.scale or "")
            assert scale is not None
            return st.sampled_from(scale.values)
        case SemanticDifferential():
            return st.integers(1, item.points)
        case EntryGrid() if item.entry == "number":
            return st.integers(-1000, 10**15) | st.floats(-1e20, 1e20)
        case Hidden():
            return st.sampled_from(item.values)
    return VALUES.get(column.kind, _words)()


# Answers that any item of a kind takes.
VALUES: dict[str, Callable[[], st.SearchStrategy[Any]]] = {
    "slider": lambda: st.integers(0, 9).map(lambda n: n * 10),
    "number": lambda: st.integers(1, 1000) | st.floats(1, 1000).map(lambda x: round(x, 3)),
    "date": lambda: st.dates(date(2000, 1, 1), date(2030, 12, 31)).map(lambda day: day.isoformat()),
    "time": lambda: st.times().map(lambda time: f"{8 + time.hour % 10:02}:{time.minute:02}"),
    "file": lambda: st.from_regex(r"[0-9a-f]{32}", fullmatch=True).map(lambda one: [one]),
    "likelihood": lambda: st.integers(0, 10),
    "yes_no": lambda: st.sampled_from(["yes", "no"]),
    "consent": lambda: st.just("yes"),
    "email": lambda: st.sampled_from(["ada@example.org", "b.c@example.com"]),
    "calculated": st.none,
}


def _words() -> st.SearchStrategy[str]:
    return texts(50).filter(lambda text: text.strip() != "NA")
