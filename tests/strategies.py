"""Any sound plan, instrument, mapping or folder, for tests of what holds for all of them.

Sound means that the checks find no error: keys are unique, scales are known, evidence exists.
"""

from typing import Any, TypeVar, get_args

from hypothesis import strategies as st
from pydantic import BaseModel

from assessor.domain.answers import check_answers
from assessor.domain.folder import LibraryFolder
from assessor.domain.instrument import Instrument, RatingMatrix
from assessor.domain.kinds import KINDS, Answer, columns
from assessor.domain.mapping import EvidenceKind, Mapping
from assessor.domain.plan import Plan

SEVEN = {"key": "seven", "points": [{"value": v} for v in range(1, 8)], "worst": 1, "best": 7}
FIVE = {
    "key": "five",
    "name": "Five points",
    "points": [{"value": v, "label": f"Point {v}"} for v in range(1, 6)],
    "worst": 5,
    "best": 1,
    "source": "own wording",
}

M = TypeVar("M", bound=BaseModel)
Draw = Any  # hypothesis' draw function is generic in a way that names no type here

# YAML, CSV and JSON all have letters that they treat in their own way; these are among them.
TRAPS = st.sampled_from(
    [
        "no",
        "on",
        "~",
        "null",
        "true",
        "1.10",
        "2021-01-01",
        "0x1F",
        "1_000",
        "=1+1",
        "- a",
        "a: b",
        "# a",
        "“ü”; 'x'",
        "*a",
        "&a",
        "!a",
        "%a",
        "@a",
        "`a`",
        "a\nb",
        "a\n\n  b\n",
        "\ta",
        " a ",
        "a\u2028b",
        "\x85",
        "a" * 300,
        "word " * 60,
        ".inf",
        "1e999",
        "?",
        "|",
        ">",
        '"',
        "'",
        "''",
    ]
)


def texts(longest: int = 200) -> st.SearchStrategy[str]:
    """Texts of at least one letter, of all alphabets, and those that file formats stumble on."""
    letters = st.characters(codec="utf-8", exclude_characters="\x00")
    free = st.text(letters, min_size=1, max_size=30)
    return st.one_of(free, TRAPS).map(lambda text: text[:longest])


def keys(prefix: str, number: int) -> st.SearchStrategy[list[str]]:
    """Up to `number` different keys."""
    return st.lists(
        st.from_regex(r"[a-z0-9_]{0,12}", fullmatch=True).map(lambda text: f"{prefix}{text}"),
        min_size=1,
        max_size=number,
        unique=True,
    )


@st.composite
def plans(draw: Draw) -> Plan:
    """A tree of up to twelve elements, parents before children."""
    codes = draw(
        st.lists(
            st.from_regex(r"[A-Z]{0,2}[0-9]{1,2}(\.[0-9]{1,2}){0,2}", fullmatch=True),
            min_size=1,
            max_size=12,
            unique=True,
        )
    )
    elements = []
    for i, code in enumerate(codes):
        parent = draw(st.sampled_from([None, *codes[:i]]))
        element = {"code": code, "level": draw(texts(60)), "text": draw(texts())}
        if parent is not None:
            element["parent"] = parent
        if draw(st.booleans()):
            element["lines"] = [i + 1, i + 2]
        elements.append(element)
    return _model(
        Plan,
        key=draw(st.sampled_from(["river", "north-hill", "2030"])),
        title=draw(texts(300)),
        period=draw(st.sampled_from([None, [2024, 2027]])),
        statements=[{"kind": "mission", "text": draw(texts()), "lines": [1, 1]}],
        elements=elements,
    )


@st.composite
def _items(draw: Draw, key: str) -> dict[str, Any]:
    kind = draw(st.sampled_from(sorted(KINDS)))
    item: dict[str, Any] = {"key": key, "kind": kind, "text": draw(texts())}
    if draw(st.booleans()):
        item |= {"hint": draw(texts()), "base": draw(texts()), "required": draw(st.booleans())}
    if kind in {"single_choice", "multiple_choice"}:
        codes = draw(
            st.lists(
                st.from_regex(r"[a-z0-9]{1,5}", fullmatch=True), min_size=2, max_size=5, unique=True
            )
        )
        codes = [code if code != "na" else "n" for code in codes]
        item["options"] = [
            {"code": c, "label": f"{draw(texts(100))} {c}"}
            for c in dict.fromkeys([*codes, "x1", "x2"])
        ]
        if kind == "multiple_choice" and draw(st.booleans()):
            item |= {"exclusive": [codes[0]], "max_choices": 2}
    if kind in {"rating", "rating_matrix"}:
        if draw(st.booleans()):
            item["scale"] = draw(st.sampled_from(["five", "seven"]))
        else:
            uses = draw(
                st.lists(
                    st.sampled_from(["minimum", "desired", "perceived"]),
                    min_size=1,
                    max_size=3,
                    unique=True,
                )
            )
            item["scales"] = [{"key": u, "label": draw(texts()), "scale": "five"} for u in uses]
        item["na"] = draw(st.sampled_from(["", "Does not apply"]))
    if kind == "rating_matrix":
        item["rows"] = [
            {"key": f"{key}_r{r}", "text": draw(texts()), "reversed": draw(st.booleans())}
            for r in range(draw(st.integers(1, 3)))
        ]
    if kind == "number":
        item |= {"minimum": draw(st.sampled_from([0, 0.5, -3])), "maximum": 1000, "whole": False}
    return item


@st.composite
def instruments(draw: Draw, key: str = "patrons") -> Instrument:
    """Up to six items of any kinds on up to two pages, with a group item at times."""
    item_keys = draw(keys("q", 6))
    items = [draw(_items(key)) for key in item_keys]
    asking = {"key": "asked", "kind": "short_text", "text": draw(texts())}
    pages = [{"key": "p1", "title": draw(texts()), "items": [*items, asking]}]
    content: dict[str, Any] = {
        "key": key,
        "title": draw(texts()),
        "introduction": draw(texts()),
        "scales": [FIVE, SEVEN],
        "pages": pages,
    }
    if draw(st.booleans()):
        options = [{"code": c, "label": c.title()} for c in ("adults", "families", "other")]
        who = {"key": "who", "kind": "single_choice", "text": draw(texts()), "options": options}
        pages.append({"key": "p2", "introduction": draw(texts()), "items": [who]})
        content["group_item"] = "who"
    return _model(Instrument, **content)


@st.composite
def mappings(draw: Draw, plan: Plan, instrument: Instrument) -> Mapping:
    """Indicators for some elements of the plan, the others listed as not measured."""
    measured = draw(
        st.lists(st.sampled_from([e.code for e in plan.elements]), unique=True, max_size=4)
    )
    rated = [c for c in columns(instrument) if c.scale == "five"]
    indicators = []
    for i, code in enumerate(measured):
        indicator: dict[str, Any] = {
            "key": f"indicator_{i}",
            "element": code,
            "name": draw(texts(200)),
            "definition": draw(texts()),
            "evidence_kind": draw(st.sampled_from(get_args(EvidenceKind))),
            "weight": draw(st.sampled_from([1.0, 0.25, 3.0])),
            "method": "count",
            "evidence": [{"kind": "series", "series": "visits", "unit": draw(texts(60))}],
        }
        if rated and draw(st.booleans()):
            column = draw(st.sampled_from(rated))
            evidence = {"kind": "items", "instrument": instrument.key, "items": [column.owner]}
            if column.use:
                evidence["use"] = column.use
            target = draw(st.floats(3.5, 5))
            indicator |= {"method": "mean", "evidence": [evidence], "baseline": 2}
            indicator["target"] = {"value": target, "partial": 3, "each_group": draw(st.booleans())}
        indicators.append(indicator)
    rest = [e.code for e in plan.elements if e.code not in measured]
    return _model(
        Mapping,
        plan=plan.key,
        weights={code: draw(st.sampled_from([0.5, 2.0])) for code in measured[:2]},
        indicators=indicators,
        not_measured=[{"element": code, "reason": draw(texts())} for code in rest],
    )


@st.composite
def folders(draw: Draw) -> LibraryFolder:
    """A plan, its mapping and one or two instruments that belong together."""
    plan = draw(plans())
    patrons = draw(instruments())
    more = [draw(instruments(key="members"))] if draw(st.booleans()) else []
    mapping = draw(mappings(plan, patrons))
    return LibraryFolder(plan=plan, mapping=mapping, instruments=(patrons, *more))


@st.composite
def answers(draw: Draw, instrument: Instrument) -> dict[str, Answer]:
    """What one person may have answered: stored values, some skipped, some not applicable."""
    row: dict[str, Answer] = {}
    for column in columns(instrument):
        item = instrument.item(column.owner)
        assert item is not None
        value: Answer
        match item.kind:
            case "single_choice":
                value = draw(st.sampled_from([o.code for o in item.options]))
            case "multiple_choice":
                value = [item.options[-1].code]
            case "likelihood":
                value = draw(st.integers(0, 10))
            case "number":
                value = draw(st.integers(1, 1000) | st.floats(1, 1000).map(lambda x: round(x, 3)))
            case "rating" | "rating_matrix":
                scale = instrument.scale(column.scale or "")
                assert scale is not None
                value = draw(st.sampled_from(scale.values))
            case _:
                value = draw(texts(50).filter(lambda text: text.strip() != "NA"))
        row[column.name] = draw(st.sampled_from([value, value, None]))
    for item in instrument.items():
        if getattr(item, "na", "") and draw(st.booleans()):
            owners = [r.key for r in item.rows] if isinstance(item, RatingMatrix) else [item.key]
            row |= {c.name: "NA" for c in columns(instrument) if c.owner == owners[0]}
    # In stored form: what is typed with blanks around it is kept without them.
    stored = check_answers(instrument, row).value
    assert stored is not None
    return stored


def _model(model: type[M], **content: object) -> M:
    return model.model_validate(content)
