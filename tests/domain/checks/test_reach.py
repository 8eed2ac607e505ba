"""What can never hold, what always holds, and what cannot be told."""

from typing import Any

import pytest

from assessor.domain.checks.instrument import check_instrument
from tests.domain.checks.test_logic import asked, found, instrument

HERE = "pages.1.items.0.relevant"


@pytest.mark.parametrize(
    "text",
    [
        "${came} = 'yes' and ${came} = 'no'",
        "${visits} > 3 and ${visits} < 4",
        "${row_a} > 5",
        "${words} = 'a' and ${words} = 'b'",
        "${day} > '2026-01-01' and ${day} < '2025-01-01'",
        "selected(${used}, 'desk') and count-selected(${used}) > 2",
        "${often} = 'true' and ${visits} = 2",
        "false()",
    ],
)
def test_an_item_that_nobody_is_asked_is_an_error(text: str) -> None:
    assert found(instrument(asked("last", "short_text", relevant=text))) == [
        ("error", "logic.never", HERE)
    ]


@pytest.mark.parametrize(
    "text", ["${visits} >= 0 or ${visits} = ''", "${came} != 'a' or true()", "'a' = 'a'"]
)
def test_a_condition_that_always_holds_is_a_warning(text: str) -> None:
    assert ("warning", "logic.always", HERE) in found(
        instrument(asked("last", "short_text", relevant=text))
    )


@pytest.mark.parametrize(
    "text",
    [
        "string-length(${words}) > 3 and contains(${words}, 'b')",
        "${day} < today()",
        "${visits} > 3 and ${visits} < 4.5",
        "${words} = ${kind_of}",
    ],
)
def test_nothing_is_claimed_of_what_cannot_be_told(text: str) -> None:
    assert found(instrument(asked("last", "short_text", relevant=text))) == []


def test_numbers_that_are_calculated_with_are_only_a_warning() -> None:
    checked = instrument(asked("last", "short_text", relevant="${visits} * 2 = 7"))
    assert found(checked) == [("warning", "logic.never", HERE)]


def test_what_leads_to_an_item_counts() -> None:
    first = asked("first", "yes_no", relevant="${came} = 'yes'")
    second = asked("second", "short_text", relevant="${first} = 'yes' and ${came} = 'no'")
    assert found(instrument(first, second)) == [
        ("error", "logic.never", "pages.2.items.0.relevant")
    ]


def test_a_page_that_nobody_sees() -> None:
    items = [asked("c", "short_text", relevant="${a} = 'yes'")]
    page = {"key": "b", "relevant": "${a} = 'yes' and ${a} = 'no'", "items": items}
    pages = [{"key": "a", "items": [asked("a", "yes_no")]}, page]
    assert found(instrument(pages=pages)) == [("error", "logic.never", "pages.1.relevant")]


@pytest.mark.parametrize(
    ("kind", "constraint", "code"),
    [
        ("number", ". > 3 and . < 2", "error logic.constraint-never"),
        ("yes_no", ". = 'yes' and . = 'no'", "error logic.constraint-never"),
        ("likelihood", ". > 10", "error logic.constraint-never"),
        ("likelihood", ". >= 0", "warning logic.always"),
        ("short_text", "regex(., 'a')", ""),
        ("number", ". > ${visits}", ""),
    ],
)
def test_a_constraint_that_no_answer_satisfies(kind: str, constraint: str, code: str) -> None:
    checked = instrument(asked("last", kind, constraint=constraint))
    expected = [(*code.split(), "pages.1.items.0.constraint")] if code else []
    assert found(checked) == expected


def test_options_that_nobody_is_offered() -> None:
    options = [
        {"code": "v", "label": "Vienna", "attributes": {"of": "desk"}},
        {"code": "r", "label": "Rome", "attributes": {"of": "roof"}},
    ]
    item = asked("city", "single_choice", options=options, option_filter="of = ${kind_of}")
    assert found(instrument(item)) == [
        ("warning", "logic.option-never", "pages.1.items.0.option_filter")
    ]
    none = item | {"option_filter": "of = 'nothing'"}
    assert found(instrument(none)) == [
        ("warning", "logic.no-options", "pages.1.items.0.option_filter")
    ]
    never = {"code": "x", "label": "X", "relevant": "${visits} < 0"}
    with_one_more: list[object] = [*options, never]
    assert found(instrument(asked("city", "multiple_choice", options=with_one_more))) == [
        ("warning", "logic.option-never", "pages.1.items.0.options.2.relevant")
    ]


def test_endings_and_quotas_that_come_about() -> None:
    always = {"key": "out", "when": "true()", "title": "Thank you"}
    assert found(instrument(endings=[always])) == [("error", "logic.always", "endings.0.when")]
    never = always | {"when": "${visits} < 0"}
    assert found(instrument(endings=[never])) == [("warning", "logic.never", "endings.0.when")]
    full: dict[str, Any] = {"key": "full", "title": "Thank you"}
    quota = {"key": "many", "when": "${visits} < 0", "limit": 5, "ending": "full"}
    assert found(instrument(endings=[full], quotas=[quota])) == [
        ("warning", "logic.never", "quotas.0.when")
    ]


def test_conditions_without_end_are_checked_in_seconds() -> None:
    contradiction = " and ".join(f"${{row_a}} = {n % 6}" for n in range(40))
    many = [asked(f"q{n}", "short_text", relevant=contradiction) for n in range(400)]
    assert len(check_instrument(instrument(*many))) > 100
