"""Robots answer by the rules of everybody's answers, and tell what nobody saw."""

from datetime import date

from assessor.domain.answers import check_page
from assessor.domain.instrument import Instrument
from assessor.domain.kinds import KINDS
from assessor.domain.robot import CHOOSERS
from assessor.domain.route import Person
from assessor.domain.trial import try_instrument

DAY = date(2026, 3, 2)


def instrument(*items: dict[str, object], **more: object) -> Instrument:
    page = {"key": "only", "items": list(items)}
    return Instrument.model_validate({"key": "visit", "title": "Visit", "pages": [page], **more})


def choice(key: str, *codes: str, **more: object) -> dict[str, object]:
    options = [{"code": code, "label": code.title()} for code in codes]
    return {"key": key, "kind": "single_choice", "text": f"{key}?", "options": options, **more}


def test_the_robot_can_answer_every_kind() -> None:
    assert set(CHOOSERS) == set(KINDS)


def test_the_same_seed_gives_the_same_answers_and_another_seed_others() -> None:
    asked = instrument(choice("came", "yes", "no"), choice("where", "desk", "web", "phone"))
    once = try_instrument(asked, 40, seed=7, on=DAY)
    assert once == try_instrument(asked, 40, seed=7, on=DAY)
    assert once[1] != try_instrument(asked, 40, seed=8, on=DAY)[1]


def test_what_nobody_can_see_is_told() -> None:
    asked = instrument(
        choice("came", "yes", "no"),
        choice("why", "books", "quiet", relevant="${came} = 'yes' and ${came} = 'no'"),
    )
    trial, rows = try_instrument(asked, 50, on=DAY)
    assert trial.unseen_items == ("why",)
    (never_asked,) = trial.one_sided
    assert (never_asked.decides, never_asked.key, never_asked.never) == ("item", "why", "true")
    assert all("why" not in row for row in rows)


def test_rare_numbers_that_logic_asks_for_are_met() -> None:
    number = {"key": "age", "kind": "number", "text": "Age?", "minimum": 0, "maximum": 100_000}
    asked = instrument(number, choice("odd", "a", "b", relevant="${age} = 4711"))
    assert try_instrument(asked, 300, on=DAY)[0].unseen_items == ()


def test_who_is_led_out_sends_nothing_and_is_counted() -> None:
    asked = instrument(
        choice("came", "yes", "no", required=True),
        endings=[{"key": "not_ours", "when": "${came} = 'no'", "title": "Thank you"}],
    )
    trial, rows = try_instrument(asked, 100, on=DAY)
    assert trial.ended["not_ours"] + trial.completed == 100
    assert trial.ended["not_ours"] > 20
    assert all(row["came"] == "yes" for row in rows)


def test_an_item_that_nobody_can_answer_stops_them() -> None:
    asked = instrument(
        {
            "key": "age",
            "kind": "number",
            "text": "Age?",
            "minimum": 1,
            "maximum": 5,
            "required": True,
            "constraint": ". > 10",
        }
    )
    trial, rows = try_instrument(asked, 10, on=DAY)
    assert trial.stuck == {"age": 10}
    assert rows == []


def test_what_robots_send_passes_the_check_again() -> None:
    options = [{"code": code, "label": code} for code in ("a", "b", "c")]
    asked = instrument(
        {"key": "order", "kind": "ranking", "text": "Order", "options": options, "places": 2},
        {"key": "split", "kind": "constant_sum", "text": "Split", "options": options},
        {
            "key": "tick",
            "kind": "multiple_choice",
            "text": "T",
            "options": options,
            "other": "More",
        },
        {"key": "full", "kind": "slider", "text": "Full", "step": 2.5},
        samplings=[{"key": "some", "items": ["order", "split"], "ask": 1}],
    )
    for row in try_instrument(asked, 200, on=DAY)[1]:
        again = check_page(asked, row, {}, Person(on=DAY))
        assert again.problems == ()
        assert {name: again.answers[name] for name in row} == row
