"""Options, bounds, endings, samplings, texts and translations: one table of what is wrong."""

from typing import Any

import pytest

from assessor.domain.catalogue import CatalogueItems
from assessor.domain.checks.instrument import check_instrument
from tests.domain.checks.test_logic import asked, found, instrument
from tests.item_samples import OPTIONS, ROWS

IT = "pages.1.items.0"
ONE = [OPTIONS[0]]


@pytest.mark.parametrize(
    ("kind", "content", "expected"),
    [
        ("single_choice", {"options": ONE}, "warning item.one-option options"),
        ("ranking", {"options": [*OPTIONS, OPTIONS[0]]}, "error item.duplicate-option options.2"),
        ("ranking", {"options": OPTIONS, "places": 3}, "error item.places places"),
        (
            "constant_sum",
            {"options": [*OPTIONS, {"code": "NA", "label": "None"}]},
            "error item.reserved-code options.2",
        ),
        (
            "choice_matrix",
            {"options": [*OPTIONS, {"code": "x", "label": "Loans"}], "rows": ROWS[:0]},
            "",
        ),
        (
            "dropdown",
            {"options": [*OPTIONS, {"code": "other", "label": "Else"}], "other": "Other"},
            "error item.reserved-code other",
        ),
        (
            "multiple_choice",
            {"options": OPTIONS, "min_choices": 3},
            "error item.min-choices min_choices",
        ),
        (
            "multiple_choice",
            {"options": OPTIONS, "min_choices": 2, "max_choices": 1},
            "error item.min-choices min_choices",
        ),
        (
            "multiple_choice",
            {"options": OPTIONS, "exclusive": ["roof"]},
            "error instrument.exclusive exclusive.0",
        ),
        ("slider", {"minimum": 5, "maximum": 5}, "error item.bounds minimum"),
        ("slider", {"maximum": 10, "step": 3}, "warning item.step step"),
        ("slider", {"maximum": 10, "step": 30}, "error item.step step"),
        ("slider", {"maximum": 10, "step": 0.001}, "warning item.step step"),
        ("number", {"minimum": 3.2, "maximum": 3.8}, "error item.bounds minimum"),
        ("number", {"minimum": 9, "maximum": 3}, "error item.bounds minimum"),
        ("date", {"earliest": "2026-02-30"}, "error item.no-day earliest"),
        (
            "date",
            {"earliest": "2026-03-01", "latest": "2026-02-01"},
            "error item.bounds earliest",
        ),
        ("time", {"earliest": "18:00", "latest": "08:00"}, "error item.bounds earliest"),
        ("short_text", {"pattern": "[a-"}, "error item.pattern pattern"),
        ("short_text", {"pattern": "[a-z]"}, "warning item.pattern-unsaid pattern"),
        ("hidden", {"parameter": "who"}, "warning item.hidden-values values"),
        ("hidden", {"values": ["a"], "required": True}, "error item.not-answered required"),
        (
            "calculated",
            {"calculation": "1", "constraint": ". > 2"},
            "error item.not-answered constraint",
        ),
        (
            "yes_no",
            {"text": "Is it quiet and warm?"},
            "warning item.double-barrelled text",
        ),
    ],
)
def test_an_item_that_cannot_be(kind: str, content: dict[str, Any], expected: str) -> None:
    if not expected:
        return
    problems = found(instrument(asked("last", kind) | content))
    severity, code, place = expected.split()
    assert (severity, code, f"{IT}.{place}") in problems


@pytest.mark.parametrize("kind", ["email", "file"])
def test_an_item_that_names_a_person_is_a_warning(kind: str) -> None:
    problems = [p for p in check_instrument(instrument(asked("last", kind))) if p.where == IT]
    assert [(p.severity, p.code) for p in problems] == [("warning", "item.names-person")]
    assert "anonymous" in problems[0].message


def test_the_groups_have_no_words_of_their_own() -> None:
    item = asked("who", "single_choice", options=OPTIONS, other="Else")
    assert ("error", "instrument.group-other", "group_item") in found(
        instrument(item, group_item="who")
    )


def test_two_answers_are_not_kept_under_one_name() -> None:
    rows = [{"key": "last", "text": "The same as its item"}]
    checked = instrument(asked("last", "rating_matrix", scale="five", rows=rows))
    assert ("error", "instrument.duplicate-key", f"{IT}.rows.0.key") in found(checked)
    inner = [asked("in_it", "short_text"), asked("came", "short_text")]
    checked = instrument(asked("last", "repeating_group", items=inner))
    assert ("error", "instrument.duplicate-key", f"{IT}.items.1.key") in found(checked)


END = {"key": "full", "title": "Thank you"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"endings": [END]}, "warning ending.no-way endings.0"),
        (
            {"quotas": [{"key": "q", "when": "${visits} > 1", "limit": 1, "ending": "ful"}]},
            "error quota.unknown-ending quotas.0.ending",
        ),
        (
            {"samplings": [{"key": "s", "items": ["nope", "words"], "ask": 1}]},
            "error sampling.unknown-item samplings.0.items.0",
        ),
        (
            {"samplings": [{"key": "s", "items": ["words"], "ask": 2}]},
            "error sampling.asks-all samplings.0.ask",
        ),
        (
            {"samplings": [{"key": "s", "items": ["kind_of", "words"], "ask": 1}]}
            | {"group_item": "kind_of"},
            "error sampling.group-item samplings.0.items.0",
        ),
        (
            {"samplings": [{"key": "s", "items": ["visits", "words"], "ask": 1}]},
            "warning sampling.needed samplings.0.items.0",
        ),
        (
            {
                "samplings": [
                    {"key": "s", "items": ["row_a", "row_b"], "ask": 1},
                    {"key": "t", "items": ["row_a"], "share": 0.5},
                ]
            },
            "error sampling.twice samplings.1.items.0",
        ),
        (
            {"translations": {"de": {"title": "Gäste", "gone.text": "Weg"}}},
            "warning translation.left-over translations.de.gone.text",
        ),
        (
            {"translations": {"de": {"title": "Gäste"}}},
            "warning translation.missing translations.de",
        ),
        (
            {"translations": {"en": {"title": "Guests"}}},
            "warning translation.own-language translations.en",
        ),
        (
            {"translations": {"de-verylongsubtag": {"title": "Gäste"}}},
            "error translation.language translations.de-verylongsubtag",
        ),
        (
            {"thanks": "Till ${day}!", "translations": {"de": {"thanks": "Bis bald!"}}},
            "error translation.piping-lost translations.de.thanks",
        ),
        (
            {"thanks": "Bye!", "translations": {"de": {"thanks": "Bis ${day}!"}}},
            "error translation.piping-added translations.de.thanks",
        ),
        ({"thanks": "See you on ${dya}."}, "error piping.unknown thanks"),
        ({"introduction": "Hello ${words}"}, "error piping.asked-later introduction"),
        ({"thanks": "You sent ${sent}."}, "error piping.file thanks"),
    ],
)
def test_what_leads_and_what_is_read(changes: dict[str, Any], expected: str) -> None:
    problems = found(instrument(**changes))
    severity, code, where = expected.split()
    assert (severity, code, where) in problems


@pytest.mark.parametrize("text", ["You came ${visits} times.", "It costs $5.", r"\${plain}"])
def test_a_text_may_show_an_answer_that_was_given(text: str) -> None:
    assert found(instrument(asked("last", "short_text", text=text))) == []


def test_a_text_cannot_show_what_is_asked_beside_it() -> None:
    page = {"key": "one", "items": [asked("a", "short_text")]}
    page["items"].append(asked("b", "short_text", text="You said ${a}."))  # type: ignore[attr-defined]
    assert ("warning", "piping.same-page", "pages.0.items.1.text") in found(
        instrument(pages=[page])
    )


def test_a_wording_of_the_catalogue_is_kept() -> None:
    wordings = CatalogueItems.model_validate(
        {
            "items": [
                {"key": "calm", "kind": "short_text", "text": "Is it calm?", "topic": "Place"}
                | {"source": "own", "licence": "CC0"}
            ]
        }
    )
    same = instrument(asked("last", "short_text", catalogue="calm") | {"text": "Is it  calm?"})
    assert not [p for p in check_instrument(same, (), wordings) if "wording" in p.code]
    for catalogue, code in (("calm", "item.changed-wording"), ("clam", "item.unknown-wording")):
        other = instrument(asked("last", "short_text", catalogue=catalogue))
        assert code in [p.code for p in check_instrument(other, (), wordings)]
