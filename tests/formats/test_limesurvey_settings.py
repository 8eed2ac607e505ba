"""Groups, settings, hidden questions and languages of a LimeSurvey survey."""

from typing import Any

import pytest

from assessor.domain.checks.instrument import check_instrument
from assessor.domain.instrument import Instrument
from assessor.domain.problems import has_errors
from tests.formats.limesurvey_surveys import Q, imported, instrument, item, lost

ROWS = [("SQ1", "First row"), ("SQ2", "Second row")]
ANSWERS = [("A1", "One"), ("A2", "Two")]
SECOND = [("B1", "Often", "1"), ("B2", "Never", "1")]


def dumped(found: Any) -> dict[str, Any]:  # whichever kind of item it is
    content: dict[str, Any] = found.model_dump(exclude_defaults=True)
    return content


def test_groups_are_pages_with_order_and_place() -> None:
    group = {"randomization_group": "Blocks", "grelevance": ""}
    attributes = {"random_group": "mix"}
    questions = [Q("Q1", "S", attributes=attributes), Q("Q2", "S", attributes=attributes)]
    whole: Instrument = instrument(*questions, Q("Q3", "S"), groups=(2, 1), group=group)

    assert [page.title for page in whole.pages] == ["Group 1", "Group 2"]
    assert [page.order for page in whole.pages] == ["random", "as_written"]
    assert {page.shuffle for page in whole.pages} == {"shuffle_blocks"}


@pytest.mark.parametrize("kind", ["Question", "Group"])
def test_a_question_or_a_group_alone_is_an_instrument(kind: str) -> None:
    found = imported(Q("Q1", "S"), kind=kind)

    assert found.instrument is not None
    assert found.instrument.pages[0].items[0].key == "q1"


def test_settings_without_a_counterpart_are_said() -> None:
    attributes = {"cssclass": "wide", "time_limit": "30", "plugin_thing": "7", "hide_tip": "0"}
    found = imported(Q("Q1", "S", attributes=attributes, default="x"))

    assert lost(found, "looks") == ["cssclass: wide; time_limit: 30"]
    assert lost(found, "setting") == ["7"]
    assert lost(found, "default value") == ["x"]


def test_hidden_questions_hold_their_default() -> None:
    hidden = dumped(item(Q("Q1", "S", attributes={"hidden": "1"}, default="web")))

    assert (hidden["kind"], hidden["default"]) == ("hidden", "web")
    unseen = item(Q("Q1", "M", ROWS, attributes={"hidden": "1"}))
    assert unseen.relevant == "${never_asked} = 'yes'"


def test_a_condition_that_nobody_can_meet_is_left_out_and_said() -> None:
    attributes = {"em_validation_q": "Q1 == 1 and Q1 == 2", "em_validation_q_tip": "Choose"}
    found = imported(Q("Q1", "N", attributes=attributes))

    assert found.instrument is not None
    assert dumped(found.instrument.item("q1")).get("constraint", "") == ""
    assert "nobody gets past it" in " ".join(one.message for one in found.report.losses)
    assert not has_errors(check_instrument(found.instrument))


def test_a_survey_of_texts_alone_comes_with_the_word_that_it_asks_nothing() -> None:
    found = imported(Q("Q1", "X"))

    assert found.instrument is not None
    assert any("texts alone" in one.message for one in found.report.losses)


def test_what_a_type_never_shows_is_said_and_not_counted() -> None:
    found = imported(Q("Q1", "T", ROWS, ANSWERS), Q("Q2", "L", ROWS, [*ANSWERS, *SECOND]))

    assert found.report.counts["options"] == (2, 2)
    assert lost(found, "answers") == ["A1, A2", "B1, B2"]
    assert lost(found, "sub-questions") == ["SQ1, SQ2", "SQ1, SQ2"]


def test_a_text_of_another_language_stands_in_for_one_that_is_missing() -> None:
    more = (
        "<question_l10ns><rows><row><qid>10</qid><language>de</language>"
        "<question>Wie bitte?</question></row></rows></question_l10ns>"
    )
    found = imported(Q("Q1", "S", text=""), more=more, languages=("en", "de"))

    assert found.instrument is not None
    assert next(found.instrument.items()).text == "Wie bitte?"


def test_a_translation_that_shows_another_answer_is_left_out() -> None:
    more = (
        "<question_l10ns><rows><row><qid>11</qid><language>de</language>"
        "<question>Also {Q3}?</question></row><row><qid>11</qid><language>en</language>"
        "<question>So {Q1}?</question></row></rows></question_l10ns>"
    )
    found = imported(Q("Q1", "S"), Q("Q2", "S", text=""), more=more, languages=("en", "de"))

    assert found.instrument is not None
    assert found.instrument.item("q2") is not None
    assert "q2.text" not in found.instrument.translations["de"]
    assert "Also …?" in lost(found, "translation")
