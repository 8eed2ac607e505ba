"""What changed between two versions, told in words."""

from typing import Any, get_args

from assessor.domain.differences import Difference, What
from assessor.domain.instrument import Instrument
from assessor.web.instruments.changes import Change, changes, in_words, summary

AGREEMENT = {
    "key": "agreement",
    "points": [{"value": 1, "label": "No"}, {"value": 2, "label": "Yes"}],
    "worst": 1,
    "best": 2,
}


def instrument(*items: dict[str, Any], **fields: Any) -> Instrument:
    page = {"key": "first", "title": "First", "items": list(items)}
    given = {"key": "patrons", "title": "Ours", "scales": [AGREEMENT], "pages": [page]}
    return Instrument.model_validate(given | fields)


def choice(key: str = "visit", text: str = "Do you come?", **fields: Any) -> dict[str, Any]:
    options = [{"code": "yes", "label": "Yes"}, {"code": "no", "label": "No"}]
    return {"kind": "single_choice", "key": key, "text": text, "options": options} | fields


def matrix(*rows: tuple[str, str], text: str = "How far?", **fields: Any) -> dict[str, Any]:
    made = [{"key": key, "text": words} for key, words in rows]
    given = {"kind": "rating_matrix", "key": "views", "text": text, "scale": "agreement"}
    return given | {"rows": made} | fields


def told(old: Instrument, new: Instrument) -> list[tuple[str, str]]:
    return [(change.kind, change.key) for change in changes(old, new)]


def only(old: Instrument, new: Instrument) -> Change:
    (found,) = changes(old, new)
    return found


def test_the_same_instrument_has_not_changed() -> None:
    same = instrument(choice(), matrix(("quiet", "It is quiet.")))
    assert changes(same, same) == ()
    assert summary(()) == "Nothing that is asked has changed."


def test_an_item_that_is_new_and_one_that_is_gone() -> None:
    found = told(instrument(choice("visit")), instrument(choice("borrow")))
    assert found == [("new", "borrow"), ("gone", "visit")]


def test_a_row_of_a_matrix_is_an_item_of_its_own() -> None:
    old = instrument(matrix(("quiet", "It is quiet.")))
    new = instrument(matrix(("quiet", "It is quiet."), ("warm", "It is warm.")))
    assert told(old, new) == [("new", "warm")]


def test_other_words_stand_side_by_side() -> None:
    found = only(instrument(choice()), instrument(choice(text="Do you visit?")))
    assert (found.kind, found.old, found.new) == ("wording", "Do you come?", "Do you visit?")


def test_another_question_above_a_row_changes_what_the_row_asks() -> None:
    old = instrument(matrix(("quiet", "It is quiet.")))
    new = instrument(matrix(("quiet", "It is quiet."), text="How far this year?"))
    found = only(old, new)
    assert (found.kind, found.key) == ("wording", "quiet")
    assert found.new == "How far this year? It is quiet."


def test_other_options_are_told_with_both_lists() -> None:
    options = [{"code": "yes", "label": "Yes"}, {"code": "never", "label": "Never"}]
    found = only(instrument(choice()), instrument(choice(options=options)))
    assert (found.kind, found.old, found.new) == ("answers", "Yes · No", "Yes · Never")


def test_an_option_to_say_that_it_does_not_apply_is_another_answer() -> None:
    old = instrument(matrix(("quiet", "It is quiet.")))
    new = instrument(matrix(("quiet", "It is quiet."), na="Cannot say"))
    assert told(old, new) == [("answers", "quiet")]


def test_another_kind_of_item_is_told_as_such() -> None:
    text = {"kind": "short_text", "key": "visit", "text": "Do you come?"}
    found = only(instrument(choice()), instrument(text))
    assert found.sentence == "Was single choice, is now short text."


def test_bounds_of_a_number_are_answers_too() -> None:
    number = {"kind": "number", "key": "days", "text": "How many?", "minimum": 0}
    assert told(instrument(number), instrument(number | {"maximum": 9})) == [("answers", "days")]


def test_turned_rows_other_people_and_duty_are_told() -> None:
    old = instrument(choice())
    assert only(old, instrument(choice(required=True))).sentence == "It needs an answer."
    assert only(old, instrument(choice(base="borrowers"))).sentence == "Asked of other people."
    plain = matrix(("quiet", "It is quiet."))
    turned = matrix() | {"rows": [{"key": "quiet", "text": "It is quiet.", "reversed": True}]}
    assert "other way round" in only(instrument(plain), instrument(turned)).sentence


def test_an_item_on_another_page_has_moved() -> None:
    pages = [
        {"key": "first", "title": "First", "items": [choice("visit")]},
        {"key": "last", "title": "Last", "items": [choice("borrow")]},
    ]
    moved = [
        {"key": "first", "title": "First", "items": [choice("visit"), choice("borrow")]},
    ]
    old, new = instrument(pages=pages), instrument(pages=moved)
    assert only(old, new).sentence == "Moved from “Last” to “First”."


def test_the_words_around_the_items_count() -> None:
    old = instrument(choice())
    new = instrument(choice(), title="Yours", group_item="visit")
    assert told(old, new) == [("other", "title"), ("other", "group_item")]


def test_the_summary_counts_each_kind() -> None:
    old = instrument(choice("a"), choice("b"), choice("c"))
    new = instrument(choice("a", text="Else?"), choice("b", text="More?"), choice("d"), title="New")
    found = summary(changes(old, new))
    assert found == "1 item new, 1 gone, 2 with other words and 1 other change."


def test_every_difference_has_words() -> None:
    for what in get_args(What):
        keys = {"frame": "title", "part": "ending.young"}
        texts = ("rating", "number") if what == "kind" else ("before", "after")
        change = in_words(Difference(what, keys.get(what, "quota.key"), *texts))
        assert change.sentence.endswith(".")
        assert "  " not in change.sentence


def test_other_conditions_codes_and_endings_are_told() -> None:
    old = instrument(choice("visit"), choice("borrow"))
    new = instrument(
        choice("visit", options=[{"code": "y", "label": "Yes"}, {"code": "no", "label": "No"}]),
        choice("borrow", relevant="${visit} = 'y'"),
        endings=[{"key": "young", "title": "Not for you", "when": "${visit} = 'no'"}],
    )
    found = {change.key: change for change in changes(old, new)}
    assert found["visit"].new == "y = Yes · no = No"
    assert found["borrow"].sentence == "Asked under other conditions."
    assert found["ending.young"].sentence == "An ending is new."
