"""The sentences of a report say what the numbers say."""

import pytest

from assessor.domain.mapping import Method
from assessor.domain.scorecard import Scorecard, Status, WaveSource
from assessor.reports.numbers import NARROW
from assessor.reports.tables import counts_table
from assessor.reports.words import (
    METHODS,
    counted,
    element_sentence,
    indicator_sentence,
    item_sentence,
    look,
    opening,
    plural,
    shortened,
    version_words,
    wave_sentence,
)
from tests.reports import building, samples

EVERY_STATUS: tuple[Status, ...] = Status.__args__  # type: ignore[attr-defined]


def outcomes(*statuses: Status) -> Scorecard:
    return building.scorecard(
        tuple(
            building.element(str(place), "outcome", "Something", building.score(0.5, status=status))
            for place, status in enumerate(statuses)
        )
    )


def test_an_item_that_chance_left_out_says_of_how_many_it_was_asked() -> None:
    one = building.item("fair", "It is fair.")
    sampled = one.model_copy(update={"asked_share": 0.25, "missing": {"not_sampled": 300}})
    said = item_sentence(sampled).replace(NARROW, " ")
    assert "300 were not asked, by chance. Asked of 25 % at random." in said
    assert "at random" not in item_sentence(one)
    assert counts_table(sampled).caption.endswith("at random")
    assert "Not asked, by chance" in [row[0].text for row in counts_table(sampled).rows]


def test_a_wave_says_how_many_answered_which_version() -> None:
    (wave,) = building.scorecard(()).waves
    assert version_words(wave) == "2"
    several = wave.model_copy(update={"versions": {1: 300, 2: 112}})
    assert version_words(several) == "1 (300) and 2 (112)"
    hidden = wave.model_copy(update={"versions": {1: None, 2: None}})
    assert "version 1 (withheld) and 2 (withheld)" in wave_sentence(hidden)


def test_the_opening_counts_the_outcomes_by_status_and_says_what_is_covered() -> None:
    card = outcomes(
        *("met",) * 9,
        *("partly_met",) * 4,
        "not_met",
        *("too_close_to_call",) * 2,
        "not_enough_evidence",
        *("not_measured",) * 6,
        "no_target",
    )
    assert opening(card) == (
        "Of 24 outcomes, 9 are met, 4 partly met, 1 not met, 2 too close to call, "
        "1 without enough evidence, 6 not measured and 1 without a target. "
        f"Evidence covers 71{NARROW}% of the plan’s weight."
    )


@pytest.mark.parametrize(
    ("statuses", "sentence"),
    [
        (("met",), "The plan’s one outcome is met."),
        (("met", "met"), "All 2 outcomes are met."),
        (("met", "not_met"), "Of 2 outcomes, 1 is met and 1 not met."),
        (("not_measured",), "The plan’s one outcome is not measured yet."),
        (("not_measured",) * 3, "None of the plan’s 3 outcomes is measured yet."),
    ],
)
def test_the_opening_reads_well_for_few_outcomes(
    statuses: tuple[Status, ...], sentence: str
) -> None:
    assert opening(outcomes(*statuses)).startswith(sentence)


def test_the_opening_counts_the_lowest_scored_elements_once() -> None:
    assert opening(samples.normal()).startswith("Of 18 outcomes, ")
    assert opening(samples.values_only()).startswith("Of 2 elements, 1 is met and 1 not measured.")


def test_an_element_is_said_with_value_range_target_coverage_and_answers() -> None:
    element = building.element("P1", "goal", "…", building.score(0.72), coverage=0.8)
    assert element_sentence(element) == (
        f"P1: met, 72 of 100, between 68 and 76 with 95{NARROW}% confidence, against a target of "
        f"70. Evidence covers 80{NARROW}% of its weight, from 412 answers."
    )


def test_an_indicator_names_who_is_left_out_and_why() -> None:
    scored = samples.normal().indicators[0]
    sentence = indicator_sentence(scored)
    assert f"between 76{NARROW}% and 84{NARROW}% with 95{NARROW}% confidence" in sentence
    assert f"against a target of 70{NARROW}%" in sentence
    assert "14 skipped it and 23 said it does not apply" in sentence
    assert indicator_sentence(scored, named=False).startswith(f"Met, 80{NARROW}%,")


def test_a_value_that_only_rounding_puts_on_its_target_is_said_to_be_under_it() -> None:
    by_key = {i.indicator.key: i for i in samples.every_unit().indicators}
    assert "just under it before rounding" in indicator_sentence(by_key["scale"])
    assert "before rounding" not in indicator_sentence(by_key["mean"])


def test_where_lower_is_better_the_target_is_a_most() -> None:
    by_key = {i.indicator.key: i for i in samples.every_unit().indicators}
    assert "against a target of at most 10.00" in indicator_sentence(by_key["cost"])


def test_what_is_withheld_is_said_to_be_withheld_and_nothing_else() -> None:
    card = samples.all_suppressed()
    assert indicator_sentence(card.indicators[0]) == (
        "We belong here: withheld, because too few people answered to show it."
    )
    assert item_sentence(card.indicators[0].items[0]).startswith("The counts are withheld")
    assert look(card.indicators[0].score).word == "Withheld"


def test_a_missing_reason_is_given_in_its_own_words() -> None:
    assert indicator_sentence(samples.milestone("training", "P1")) == (
        "Training hours agreed with the union: not measured. No date entered yet."
    )


@pytest.mark.parametrize("status", EVERY_STATUS)
def test_every_status_has_a_look_and_a_place_in_the_opening(status: Status) -> None:
    assert look(building.score(0.5, status=status)).key == status
    assert opening(outcomes(status, "met"))


def test_every_method_is_explained() -> None:
    assert set(METHODS) == set(Method.__args__)  # type: ignore[attr-defined]


def test_levels_keep_the_plans_own_word() -> None:
    assert [plural(w) for w in ("outcome", "priority", "pathway", "focus", "approach")] == [
        "outcomes",
        "priorities",
        "pathways",
        "focuses",
        "approaches",
    ]
    assert counted(1, "priority") == "1 priority"


def test_a_long_text_is_cut_at_a_word() -> None:
    assert shortened("one two three four", 12) == "one two…"
    assert shortened("Donaudampfschifffahrt", 12) == "Donaudampfs…"


def test_a_wave_says_how_many_of_how_many_answered() -> None:
    wave = WaveSource(instrument="p", title="Your library", responses=412, invited=1850, version=2)
    assert wave_sentence(wave) == (
        f"“Your library”, version 2, 412 responses of 1{NARROW}850 people (22{NARROW}%)."
    )
    assert wave_sentence(wave.model_copy(update={"invited": None})) == (
        "“Your library”, version 2, 412 responses."
    )


def test_no_sentence_speaks_of_p_values() -> None:
    for made in samples.SAMPLES.values():
        for scored in made().indicators:
            assert "p-value" not in indicator_sentence(scored).lower()
            assert "significan" not in indicator_sentence(scored).lower()
