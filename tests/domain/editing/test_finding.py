"""Words are found wherever they stand, and what names an item is told."""

import pytest

from assessor.domain.editing.dependents import dependents
from assessor.domain.editing.finding import Spot, search, spot_of
from assessor.domain.mapping import Mapping
from tests.domain.editing.samples import sample


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        ("how often", ["visits"]),
        ("ADULT", ["role"]),
        ("warm", ["rooms"]),
        ("mood", ["mood"]),
        ("about you", ["about"]),
        ("you who", ["role"]),
        ("zebra", []),
        ("  ", []),
    ],
)
def test_words_are_found_in_keys_texts_and_answers(words: str, keys: list[str]) -> None:
    assert [found.spot.key for found in search(sample(), words)] == keys


@pytest.mark.parametrize(
    ("where", "spot", "field"),
    [
        ("pages.0.items.1.minimum", Spot("item", "visits"), "minimum"),
        ("pages.1.items.1.items.0.text", Spot("item", "mood"), "text"),
        ("pages.1.relevant", Spot("page", "place"), "relevant"),
        ("pages.7", Spot("part", "settings"), "pages"),
        ("scales.0", Spot("part", "scales.five"), ""),
        ("endings.0.when", Spot("part", "endings.out"), "when"),
        ("group_item", Spot("part", "settings"), "group_item"),
        ("translations.de", Spot("part", "languages"), ""),
        ("visits", Spot("item", "visits"), ""),
    ],
)
def test_the_place_of_a_check_can_be_opened(where: str, spot: Spot, field: str) -> None:
    assert spot_of(sample(), where) == (spot, field)


def test_what_names_an_item_is_told() -> None:
    mapping = Mapping.model_validate(
        {
            "plan": "river",
            "indicators": [
                {
                    "key": "often",
                    "element": "1.1",
                    "name": "Frequent visits",
                    "method": "mean",
                    "evidence": [{"kind": "items", "instrument": "patrons", "items": ["visits"]}],
                }
            ],
        }
    )
    found = {(one.kind, one.key) for one in dependents(sample(), {"visits"}, [mapping])}
    assert found == {("item", "why"), ("ending", "out"), ("indicator", "often")}
    assert {one.kind for one in dependents(sample(), {"warm"})} == {"sampling"}
    assert {one.key for one in dependents(sample(), {"role", "why"})} == {
        "place",
        "adults",
        "patrons",
    }
