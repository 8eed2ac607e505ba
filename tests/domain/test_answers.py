"""One check decides what an answer is, for pages, files and programs."""

from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.domain.answers import check_answers
from tests import strategies
from tests.domain.checks.samples import instrument, item, with_item

SOUND = instrument()
OFFERING = with_item(item("service", na="No opinion"))


def test_everything_asked_is_in_the_result_and_what_was_left_out_is_skipped() -> None:
    checked = check_answers(SOUND, {"quiet": "4"})
    assert checked.ok
    answers = checked.unwrap()
    assert answers["quiet"] == 4
    assert answers["light"] is None
    assert "welcome" not in answers
    assert len(answers) == 14


def test_a_value_that_is_refused_is_skipped_and_named() -> None:
    checked = check_answers(SOUND, {"quiet": "9", "light": "2"})
    assert checked.value is not None
    assert checked.value["quiet"] is None
    assert checked.value["light"] == 2
    assert [(p.code, p.where) for p in checked.problems] == [("answer.not-on-scale", "quiet")]


def test_an_unknown_column_is_refused() -> None:
    checked = check_answers(SOUND, {"quit": "4"})
    assert [(p.code, p.where) for p in checked.problems] == [("answer.unknown-column", "quit")]


def test_not_applicable_for_one_scale_holds_for_the_row() -> None:
    given = {"prompt.minimum": "3", "prompt.desired": "NA", "prompt.perceived": ""}
    assert (
        check_answers(OFFERING, given).unwrap() | {}
        == check_answers(OFFERING, {"prompt": "NA"}).unwrap()
    )
    assert check_answers(OFFERING, given).unwrap()["prompt.minimum"] == "NA"


def test_not_applicable_needs_to_be_offered() -> None:
    checked = check_answers(SOUND, {"prompt": "NA", "quiet": "NA"})
    assert {p.code for p in checked.problems} >= {"answer.not-on-scale"}
    assert checked.value is not None
    assert "NA" not in checked.value.values()


def test_a_value_for_a_row_of_several_scales_must_say_which() -> None:
    checked = check_answers(OFFERING, {"prompt": "3"})
    assert [(p.code, p.where) for p in checked.problems] == [("answer.scale-missing", "prompt")]


def test_a_required_item_is_answered() -> None:
    required = with_item(item("quiet", required=True))
    assert [p.code for p in check_answers(required, {"quiet": " "}).problems] == ["answer.required"]
    assert check_answers(required, {"quiet": "1"}).ok


def test_a_page_takes_the_answers_of_its_own_items_only() -> None:
    two = instrument(
        pages=[
            {"key": "first", "items": [item("came")]},
            {"key": "second", "items": [item("quiet")]},
        ]
    )
    checked = check_answers(two, {"came": "yes", "quiet": "3"}, pages=["first"])
    assert checked.value == {"came": "yes"}
    assert [(p.code, p.where) for p in checked.problems] == [("answer.unknown-column", "quiet")]


@settings(max_examples=40)
@given(st.data())
def test_what_is_stored_is_an_answer_again_and_stays_as_it_is(data: st.DataObject) -> None:
    any_instrument = data.draw(strategies.instruments())
    stored = data.draw(strategies.answers(any_instrument))
    assert check_answers(any_instrument, stored).value == stored
