"""Any sound plan, instrument, mapping or folder, for tests of what holds for all of them.

Sound means that the checks find no error: keys are unique, scales are known, evidence exists.
"""

from typing import Any, TypeVar, get_args

from hypothesis import strategies as st
from pydantic import BaseModel

from assessor.domain.answers import check_answers
from assessor.domain.folder import LibraryFolder
from assessor.domain.instrument import Instrument
from assessor.domain.kinds import Answer, columns
from assessor.domain.mapping import EvidenceKind, Mapping
from assessor.domain.plan import Plan
from tests.item_strategies import answers_of, items
from tests.text_strategies import Draw, keys, texts

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
def instruments(draw: Draw, key: str = "patrons") -> Instrument:
    """Up to six items of any kinds on up to two pages, with a group item at times.

    Conditions are simple and can hold; `routes.py` has instruments for what logic can do.
    """
    item_keys = draw(keys("q", 6))
    listed = [draw(items(key)) for key in item_keys]
    asking = {"key": "asked", "kind": "short_text", "text": draw(texts())}
    pages = [{"key": "p1", "title": draw(texts()), "items": [*listed, asking]}]
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
    if draw(st.booleans()):
        content |= draw(_logic(listed))
        last = {"key": "more", "kind": "long_text", "text": draw(texts())}
        pages.append({"key": "p3", "relevant": "${asked} != ''", "items": [last]})
    return _model(Instrument, **content)


@st.composite
def _logic(draw: Draw, listed: list[dict[str, Any]]) -> dict[str, Any]:
    """Endings, a quota, a sampling and translations, all of them sound."""
    title = draw(texts())
    free = [i["key"] for i in listed if i["kind"] in {"rating", "number", "short_text"}]
    samplings = [{"key": "some", "items": free, "ask": 1}] if len(free) > 1 else []
    return {
        "endings": [
            {"key": "early", "when": "${asked} = 'stop'", "title": title},
            {"key": "full", "title": title, "text": draw(texts())},
        ],
        "quotas": [{"key": "many", "when": "${asked} = 'a'", "limit": 10, "ending": "full"}],
        "samplings": [] if any(i.get("required") for i in listed) else samplings,
        "translations": {"de": {"title": draw(texts()), "asked.text": draw(texts())}},
    }


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
    row: dict[str, Any] = {}
    for item in instrument.items():
        row |= draw(answers_of(instrument, item))
    # In stored form: what is typed with blanks around it is kept without them.
    stored = check_answers(instrument, row).value
    assert stored is not None
    return stored


def _model(model: type[M], **content: object) -> M:
    return model.model_validate(content)
