"""Conditions that cannot be read, name what is not there, or compare what cannot be compared."""

from typing import Any

import pytest

from assessor.domain.checks.instrument import check_instrument
from assessor.domain.instrument import Instrument
from tests.item_samples import OPTIONS, ROWS, SCALE

Found = list[tuple[str, str, str]]


def asked(key: str, kind: str, **content: Any) -> dict[str, Any]:
    return {"key": key, "kind": kind, "text": f"About {key}", **content}


BEFORE = [
    asked("came", "yes_no"),
    asked("visits", "number", minimum=0),
    asked("used", "multiple_choice", options=OPTIONS),
    asked("kind_of", "single_choice", options=OPTIONS),
    asked("day", "date"),
    asked("clock", "time"),
    asked("words", "short_text"),
    asked("sent", "file"),
    asked("rated", "rating_matrix", scale="five", rows=ROWS),
    asked("points", "constant_sum", options=OPTIONS),
    asked("order", "ranking", options=OPTIONS),
    asked("often", "calculated", calculation="${visits} > 3"),
]


def instrument(*items: dict[str, Any], **changes: Any) -> Instrument:
    """Items on a page each, after those that conditions may name."""
    pages = [
        {"key": "before", "items": BEFORE},
        *({"key": f"page_{n}", "items": [one]} for n, one in enumerate(items)),
    ]
    content = {"key": "patrons", "title": "Visitors", "scales": [SCALE], "pages": pages}
    return Instrument.model_validate(content | changes)


def found(checked: Instrument) -> Found:
    ignored = {"item.names-person", "instrument.too-long", "instrument.unused-scale"}
    problems = [p for p in check_instrument(checked) if p.code not in ignored]
    return [(p.severity, p.code, p.where) for p in problems]


def of_condition(text: str) -> list[str]:
    """Severity and code of what is wrong with a condition; its place is always the same."""
    problems = found(instrument(asked("last", "short_text", relevant=text)))
    assert {where for _severity, _code, where in problems} <= {"pages.1.items.0.relevant"}
    return [f"{severity} {code}" for severity, code, _where in problems]


@pytest.mark.parametrize(
    "text",
    [
        "${came} = 'yes'",
        "${visits} > 3 and ${visits} <= 10",
        "selected(${used}, 'loan')",
        "${kind_of} != 'desk' or ${words} = ''",
        "${day} > '2026-01-01'",
        "${day} >= today()",
        "${clock} < '09:30'",
        "${words} = 'anything'",
        "${sent} != ''",
        "${row_a} >= 4",
        "${points.desk} > ${points.loan}",
        "selected-at(${order}, 0) = 'loan'",
        "${order.desk} = 1",
        "${often} = 'true'",
        "regex(${words}, '^[0-9]{5}$')",
        "string-length(${words}) > 3",
        "count-selected(${used}) >= 2",
        "${visits} mod 7 = 3",
        "number(${words}) > 3",
        "if(${came} = 'yes', ${visits}, 0) > 2",
    ],
)
def test_a_sound_condition_has_no_problem(text: str) -> None:
    assert of_condition(text) == []


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("${came} =", ["error logic.unreadable"]),
        ("//answers", ["error logic.unreadable"]),
        ("pulldata('a')", ["error logic.unreadable"]),
        ("${nope} = 1", ["error logic.unknown-item"]),
        ("${rated} = 3", ["error logic.which-column"]),
        ("${points} > 3", ["error logic.which-column"]),
        ("${last} = 'a'", ["error logic.itself"]),
        (". = 'a'", ["error logic.self"]),
        ("came = 'yes'", ["error logic.bare"]),
        ("${came} = 'maybe'", ["error logic.unknown-code"]),
        ("${came} = 'maybe' or ${visits} > 3", ["warning logic.unknown-code"]),
        ("${came} != 'maybe'", ["warning logic.unknown-code", "warning logic.always"]),
        ("selected(${used}, 'roof')", ["error logic.unknown-code"]),
        ("selected(${visits}, '3')", ["warning logic.no-choice"]),
        ("${used} = 'desk'", ["warning logic.several"]),
        ("${kind_of} > 'desk'", ["error logic.order"]),
        ("${visits} > ''", ["error logic.order"]),
        ("${visits} = 'NA'", ["error logic.unknown-code"]),
        ("${visits} > 'many'", ["error logic.not-a-number"]),
        ("${day} = 'yesterday'", ["error logic.not-a-day"]),
        ("${clock} = '9 am'", ["error logic.not-a-time"]),
        ("${words} > 3", ["warning logic.text-as-number"]),
        ("${words} + 1 > 3", ["warning logic.arithmetic"]),
        ("${came}", ["warning logic.any-answer"]),
        ("not(${often})", ["warning logic.any-answer", "error logic.never"]),
        ("${sent} = 'a.pdf'", ["warning logic.file", "error logic.never"]),
    ],
)
def test_a_mistake_is_named_with_its_place(text: str, problems: list[str]) -> None:
    got = of_condition(text)
    assert set(problems) <= set(got)
    assert [p for p in got if p.startswith("error")] == [
        p for p in problems if p.startswith("error")
    ]


def test_what_is_asked_later_is_not_known() -> None:
    first = asked("first", "short_text", relevant="${second} = 'a'")
    checked = instrument(first, asked("second", "short_text"))
    assert found(checked) == [("error", "logic.asked-later", "pages.1.items.0.relevant")]


def test_what_is_asked_later_on_the_page_is_a_warning() -> None:
    page = {"key": "one", "items": [asked("a", "short_text", relevant="${b} != 'x'")]}
    page["items"].append(asked("b", "short_text"))  # type: ignore[attr-defined]
    checked = instrument(pages=[page])
    assert ("warning", "logic.asked-later-here", "pages.0.items.0.relevant") in found(checked)


def test_a_page_cannot_depend_on_what_it_asks() -> None:
    page = {"key": "one", "relevant": "${a} != ''", "items": [asked("a", "short_text")]}
    assert ("error", "logic.asked-later", "pages.0.relevant") in found(instrument(pages=[page]))


def test_rows_of_one_matrix_do_not_see_one_another() -> None:
    rows = [{"key": "r1", "text": "A"}, {"key": "r2", "text": "B", "relevant": "${r1} > 3"}]
    checked = instrument(asked("grid", "rating_matrix", scale="five", rows=rows))
    assert found(checked) == [("error", "logic.itself", "pages.1.items.0.rows.1.relevant")]


def test_items_of_a_group_see_those_before_them() -> None:
    inner = [
        asked("what", "single_choice", options=OPTIONS),
        asked("why", "short_text", relevant="${what} = 'desk'"),
        asked("bad", "short_text", relevant="${when} = 'desk'"),
        asked("when", "short_text", relevant="${visits_of} > 1"),
    ]
    checked = instrument(asked("visits_of", "repeating_group", items=inner))
    assert found(checked) == [
        ("warning", "logic.asked-later-here", "pages.1.items.0.items.2.relevant"),
        ("error", "logic.itself", "pages.1.items.0.items.3.relevant"),
    ]


def test_pages_that_change_places_do_not_depend_on_one_another() -> None:
    pages = [
        {"key": "a", "shuffle": "s", "items": [asked("one", "short_text")]},
        {
            "key": "b",
            "shuffle": "s",
            "items": [asked("two", "short_text", relevant="${one} = 'x'")],
        },
    ]
    assert found(instrument(pages=pages)) == [
        ("warning", "logic.shuffled", "pages.1.items.0.relevant")
    ]


def test_bare_names_are_the_attributes_of_options() -> None:
    options = [
        {"code": "v", "label": "Vienna", "attributes": {"country": "desk"}},
        {"code": "r", "label": "Rome", "attributes": {"country": "loan"}},
    ]
    sound = asked("city", "dropdown", options=options, option_filter="country = ${kind_of}")
    assert found(instrument(sound)) == []
    wrong = sound | {"option_filter": "land = ${kind_of}"}
    assert ("error", "logic.attribute", "pages.1.items.0.option_filter") in found(instrument(wrong))


def test_endings_and_quotas_see_every_answer() -> None:
    ending = {"key": "out", "when": "${last} = 'stop'", "title": "Thank you"}
    quota = {"key": "many", "when": "${came} = 'yes'", "limit": 5, "ending": "out"}
    checked = instrument(asked("last", "short_text"), endings=[ending], quotas=[quota])
    assert found(checked) == []
