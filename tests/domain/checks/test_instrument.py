"""What makes an instrument unsound, found before anybody answers it."""

import pytest

from assessor.domain.checks.duration import estimated_minutes
from assessor.domain.checks.instrument import RESERVED_KEYS, check_instrument
from assessor.domain.instrument import Instrument
from tests.domain.checks.samples import AGREE, ITEMS, NINE, instrument, item, with_item


def found(checked: Instrument) -> list[tuple[str, str]]:
    return [(p.code, p.where) for p in check_instrument(checked)]


def test_a_sound_instrument_has_no_problem() -> None:
    assert check_instrument(instrument()) == ()


def test_a_key_stands_for_one_item_or_row() -> None:
    twice = instrument([*ITEMS, item("quiet"), item("light", key="prompt")])
    assert found(twice) == [
        ("instrument.duplicate-key", "pages.0.items.12.key"),
        ("instrument.duplicate-key", "pages.0.items.13.key"),
    ]


def test_pages_and_scales_have_keys_of_their_own() -> None:
    pages = [{"key": "p", "items": ITEMS}, {"key": "p", "items": [item("quiet", key="q2")]}]
    checked = instrument(pages=pages, scales=[AGREE, NINE, AGREE])
    assert ("instrument.duplicate-key", "pages.1.key") in found(checked)
    assert ("instrument.duplicate-key", "scales.2.key") in found(checked)


@pytest.mark.parametrize("key", sorted(RESERVED_KEYS))
def test_the_columns_of_an_answers_file_are_no_item_keys(key: str) -> None:
    checked = instrument([*ITEMS, item("light", key=key)])
    assert found(checked) == [("instrument.reserved-key", "pages.0.items.12.key")]


def test_an_instrument_is_not_called_like_another_file_of_the_folder() -> None:
    assert found(instrument(key="plan")) == [("instrument.reserved-key", "key")]


def test_an_unknown_scale_is_named_with_the_nearest() -> None:
    (problem,) = [
        p
        for p in check_instrument(with_item(item("quiet", scale="agre")))
        if p.code == "instrument.unknown-scale"
    ]
    assert problem.where == "pages.0.items.0.scale"
    assert "`agree`" in problem.message


def test_an_unknown_scale_of_several_is_named() -> None:
    scales = [{"key": "minimum", "label": "Least", "scale": "ten"}]
    assert found(with_item(item("service", scales=scales)))[-1] == (
        "instrument.unknown-scale",
        "pages.0.items.2.scales.0.scale",
    )


def test_each_scale_of_an_item_has_its_own_name() -> None:
    scales = [{"key": "now", "label": str(n), "scale": "nine"} for n in range(2)]
    assert ("instrument.duplicate-key", "pages.0.items.2.scales.1.key") in found(
        with_item(item("service", scales=scales))
    )


def test_a_scale_that_no_item_uses_is_a_warning() -> None:
    extra = NINE | {"key": "ten"}
    (problem,) = check_instrument(instrument(scales=[AGREE, NINE, extra]))
    assert (problem.code, problem.severity) == ("instrument.unused-scale", "warning")


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ([("a", "A"), ("a", "B")], "item.duplicate-option"),
        ([("a", "A"), ("b", "a ")], "item.duplicate-option"),
        ([("a", "A"), ("NA", "None")], "item.reserved-code"),
    ],
)
def test_options_can_be_told_apart(options: list[tuple[str, str]], code: str) -> None:
    listed = [{"code": c, "label": label} for c, label in options]
    assert found(with_item(item("came", options=listed))) == [(code, "pages.0.items.4.options.1")]


def test_an_option_that_stands_alone_is_an_option() -> None:
    assert found(with_item(item("used", exclusive=["nothing"]))) == [
        ("instrument.exclusive", "pages.0.items.5.exclusive.0")
    ]


def test_nobody_is_offered_more_choices_than_there_are() -> None:
    assert found(with_item(item("used", max_choices=4))) == [
        ("item.max-choices", "pages.0.items.5.max_choices")
    ]


def test_a_number_between_its_bounds_exists() -> None:
    assert found(with_item(item("visits", minimum=5, maximum=4))) == [
        ("item.bounds", "pages.0.items.7.minimum")
    ]


@pytest.mark.parametrize("group_item", ["nobody", "used", "quiet"])
def test_groups_come_from_a_single_choice(group_item: str) -> None:
    (problem,) = check_instrument(instrument(group_item=group_item))
    assert (problem.code, problem.where) == ("instrument.group-item", "group_item")
    assert "`came`" in problem.message


def test_an_instrument_asks_something() -> None:
    only_text = instrument([item("welcome")], group_item=None, scales=[])
    assert ("instrument.asks-nothing", "pages") in found(only_text)


def test_more_items_than_five_minutes_hold_are_a_warning_with_an_estimate() -> None:
    many = [item("quiet", key=f"q{n}") for n in range(80)]
    long = instrument(many, group_item=None, scales=[AGREE])
    (problem,) = check_instrument(long)
    assert (problem.code, problem.severity) == ("instrument.too-long", "warning")
    assert f"{estimated_minutes(long):.1f} minutes" in problem.message


def test_a_promise_that_is_too_short_is_a_warning() -> None:
    some = [item("quiet", key=f"q{n}") for n in range(20)]
    assert found(instrument(some, group_item=None, scales=[AGREE], minutes=0.5)) == [
        ("instrument.too-long", "minutes")
    ]


@pytest.mark.parametrize(
    ("text", "warned"),
    [
        ("Staff are friendly and competent.", True),
        ("I find books and/or articles.", True),
        ("Rooms are quiet as well as bright.", True),
        ("When I come and ask, I get an answer.", False),
        ("I come between one and two.", False),
        ("The understanding of my needs", False),
        ("Rooms (desks and chairs) are comfortable.", False),
    ],
)
def test_two_questions_in_one_are_a_warning(text: str, warned: bool) -> None:
    problems = check_instrument(with_item(item("quiet", text=text)))
    assert [(p.code, p.severity) for p in problems] == (
        [("item.double-barrelled", "warning")] if warned else []
    )
