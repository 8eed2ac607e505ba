"""What the next version does to trends, indicators, groups, translations and people."""

from typing import Any

import pytest

from assessor.domain.differences import differences
from assessor.domain.impact import Impact, KeyTrend, Underway, impact
from assessor.domain.instrument import Instrument
from assessor.domain.mapping import Mapping
from assessor.domain.meaning_kept import Meaning, meaning_kept

FIVE = {"key": "five", "points": [{"value": v} for v in range(1, 6)], "worst": 1, "best": 5}
SEVEN = {"key": "five", "points": [{"value": v} for v in range(1, 8)], "worst": 1, "best": 7}
GROUPS = [{"code": "child", "label": "Children"}, {"code": "adult", "label": "Adults"}]
ROLE = {"kind": "single_choice", "key": "role", "text": "Who are you?", "options": GROUPS}


def rating(key: str, text: str, **fields: Any) -> dict[str, Any]:
    return {"kind": "rating", "key": key, "text": text, "scale": "five"} | fields


QUIET = rating("quiet", "I find a quiet place to work when I need one.")
LIGHT = rating("light", "There is enough light at the desks.")
OFTEN = {
    "kind": "single_choice",
    "key": "often",
    "text": "How often do you come?",
    "options": [{"code": "weekly", "label": "Weekly"}, {"code": "never", "label": "Never"}],
}
SOUND = (ROLE, QUIET, LIGHT, OFTEN)


def asked(*items: dict[str, Any], **fields: Any) -> Instrument:
    page = {"key": "first", "title": "First", "items": list(items or SOUND)}
    given = {"key": "patrons", "title": "Ours", "scales": [FIVE], "group_item": "role"}
    return Instrument.model_validate(given | {"pages": [page]} | fields)


def mapping(**changes: Any) -> Mapping:
    calm = {
        "key": "calm",
        "element": "1",
        "name": "Calm and bright",
        "method": "mean",
        "target": {"value": 4},
        "evidence": [{"kind": "items", "instrument": "patrons", "items": ["quiet", "light"]}],
    }
    frequent = {
        "key": "frequent",
        "element": "2",
        "name": "Frequent",
        "method": "share",
        "evidence": [
            {"kind": "items", "instrument": "patrons", "items": ["often"], "codes": ["weekly"]}
        ],
    }
    return Mapping.model_validate({"plan": "p", "indicators": [calm | changes, frequent]})


def trend_of(key: str, found: Impact) -> KeyTrend:
    return next(one for one in found.trends if one.key == key)


@pytest.mark.parametrize(
    ("old", "new", "meaning"),
    [
        ("Is it quiet?", "Is it quiet ?", "same"),
        ("I find a quiet place to work.", "I find a quite place to work.", "close"),
        ("I find a quiet place to work.", "I can find a quiet place to work.", "close"),
        ("Staff help the students here.", "The students help staff here.", "doubtful"),
        ("I feel welcome here.", "I do not feel welcome here.", "doubtful"),
        ("I don't feel lost in here.", "I feel lost in here.", "doubtful"),
        ("In the last 12 months, did you come?", "In the last 3 months, did you come?", "doubtful"),
        ("How often do you come in a month?", "How often do you come in a year?", "doubtful"),
        ("I find a quiet place to work.", "The catalogue is easy to search.", "other"),
    ],
)
def test_what_other_words_do_to_a_meaning(old: str, new: str, meaning: Meaning) -> None:
    assert meaning_kept(old, new) == meaning


def test_the_same_instrument_changes_nothing() -> None:
    found = impact(asked(), asked(), [mapping()])
    assert found.differences == ()
    assert {one.trend for one in found.trends} == {"continues"}
    assert found.is_calm


def test_a_correction_keeps_the_trend() -> None:
    new = QUIET | {"text": "I find a quiet place to work whenever I need one."}
    found = impact(asked(), asked(ROLE, new, LIGHT, OFTEN), [mapping()])
    assert trend_of("quiet", found).trend == "continues"
    assert found.is_calm


def test_another_scale_breaks_the_trend_of_every_indicator_that_reads_it() -> None:
    found = impact(asked(), asked(scales=[SEVEN]), [mapping()])
    assert trend_of("quiet", found) == KeyTrend(
        "quiet", str(QUIET["text"]), "breaks", ("scale",), "same", ""
    )
    (calm,) = found.indicators
    assert (calm.indicator.key, calm.trend, calm.lost) == ("calm", "breaks", ())


def test_a_target_beyond_the_new_ends_is_named_by_the_check() -> None:
    three = FIVE | {"points": [{"value": v} for v in (1, 2, 3)], "best": 3}
    (calm,) = impact(asked(), asked(scales=[three]), [mapping()]).indicators
    assert [problem.code for problem in calm.problems] == ["mapping.out-of-range"]


def test_evidence_that_is_gone_is_told_with_what_is_left() -> None:
    found = impact(asked(), asked(ROLE, QUIET, OFTEN), [mapping()])
    (calm,) = found.indicators
    assert (calm.lost, calm.left, calm.trend) == (("light",), 1, "breaks")
    assert trend_of("light", found).trend == "ends"
    whole = impact(asked(), asked(ROLE, OFTEN), [mapping()])
    assert [(one.trend, one.left) for one in whole.indicators] == [("ends", 0)]


def test_an_answer_that_counted_and_can_no_longer_be_given() -> None:
    options = [{"code": "monthly", "label": "Monthly"}, {"code": "never", "label": "Never"}]
    found = impact(asked(), asked(ROLE, QUIET, LIGHT, OFTEN | {"options": options}), [mapping()])
    (frequent,) = found.indicators
    assert frequent.codes_gone == ("weekly",)
    assert frequent.trend == "doubtful"


def test_another_question_under_an_old_key_wants_a_key_of_its_own() -> None:
    new = QUIET | {"text": "The catalogue is easy to search."}
    found = impact(asked(), asked(ROLE, new, LIGHT, OFTEN), [mapping()])
    assert trend_of("quiet", found).advice == "new_key"
    assert trend_of("quiet", found).trend == "doubtful"
    turned = QUIET | {"text": "I do not find a quiet place to work when I need one."}
    found = impact(asked(), asked(ROLE, turned, LIGHT, OFTEN, scales=[SEVEN]))
    assert trend_of("quiet", found).advice == "new_key"


def test_the_same_question_under_a_new_key_is_advised_to_keep_the_old_one() -> None:
    new = QUIET | {"key": "calm_place"}
    one = trend_of("calm_place", impact(asked(), asked(ROLE, new, LIGHT, OFTEN)))
    assert (one.trend, one.advice, one.like) == ("begins", "same_key", "quiet")


def test_turned_rows_and_other_people_touch_a_trend() -> None:
    turned = impact(asked(), asked(ROLE, QUIET | {"reversed": True}, LIGHT, OFTEN))
    assert trend_of("quiet", turned).because == ("reversed",)
    others = impact(asked(), asked(ROLE, QUIET | {"relevant": "${often} = 'x'"}, LIGHT, OFTEN))
    assert trend_of("quiet", others).trend == "doubtful"


def test_items_move_within_a_page_and_between_pages() -> None:
    found = differences(asked(), asked(ROLE, LIGHT, OFTEN, QUIET))
    assert [(one.what, one.key) for one in found] == [("order", "quiet")]


def test_groups_that_go_come_and_are_renamed() -> None:
    options = [{"code": "adult", "label": "Grown-ups"}, {"code": "staff", "label": "Staff"}]
    found = impact(asked(), asked(ROLE | {"options": options}, QUIET, LIGHT, OFTEN))
    assert [(g.code, g.old, g.new) for g in found.groups] == [
        ("child", "Children", ""),
        ("adult", "Adults", "Grown-ups"),
        ("staff", "", "Staff"),
    ]
    assert [group.code for group in found.groups_gone] == ["child"]
    assert not found.is_calm


def test_translations_that_are_missing_or_outdated() -> None:
    said = {"title": "Unsere", "quiet.text": "Ich finde Ruhe.", "light.text": "Es ist hell."}
    old = asked(translations={"de": said})
    bright = LIGHT | {"text": "The desks are bright enough."}
    new = asked(
        ROLE, QUIET, bright, OFTEN, rating("warm", "It is warm."), translations={"de": said}
    )
    (german,) = impact(old, new).translations
    assert german.language == "de"
    assert german.outdated == ("light.text",)
    assert german.missing == ("warm.text",)
    gone = impact(old, asked()).translations
    assert set(gone[0].missing) == set(said)


def test_who_is_in_the_middle_of_answering_is_named_by_version() -> None:
    found = impact(asked(), asked(), underway=[Underway(1, 40, 3), Underway(2, 0, 0)])
    assert found.underway == (Underway(1, 40, 3),)


def test_rows_of_a_matrix_and_places_of_a_ranking_are_compared_too() -> None:
    matrix = {
        "kind": "semantic_differential",
        "key": "feel",
        "text": "It feels",
        "points": 5,
        "rows": [{"key": "warm", "left": "Cold", "right": "Warm"}],
    }
    ranking = {"kind": "ranking", "key": "rank", "text": "Rank them", "options": GROUPS}
    more = [*GROUPS, {"code": "staff", "label": "Staff"}]
    old = asked(ROLE, matrix, ranking)
    new = asked(ROLE, matrix | {"points": 7}, ranking | {"options": more})
    found = impact(old, new)
    assert trend_of("warm", found).because == ("scale",)
    assert trend_of("rank", found).because == ("scale",)
