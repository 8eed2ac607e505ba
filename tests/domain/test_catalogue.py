"""The catalogue: what may be reused says where it comes from and what may be done with it."""

import pytest
from pydantic import ValidationError

from assessor.domain.catalogue import CatalogueItem, CatalogueItems, CatalogueScales
from assessor.domain.checks.catalogue import check_catalogue_items, check_catalogue_scales
from tests.domain.checks.samples import AGREE, Document

ITEM: Document = {
    "key": "quiet",
    "text": "I find a quiet place.",
    "topic": "spaces",
    "scale": "agree",
    "source": "own wording",
    "licence": "CC0-1.0",
}
SCALES = CatalogueScales.model_validate({"scales": [AGREE]})


def items(*contents: Document) -> CatalogueItems:
    return CatalogueItems.model_validate({"items": list(contents)})


def test_items_and_scales_are_found_by_key() -> None:
    assert items(ITEM).item("quiet") is not None
    assert items(ITEM).item("loud") is None
    assert SCALES.scale("agree") is not None
    assert SCALES.scale("other") is None


@pytest.mark.parametrize("field", ["source", "licence", "topic", "scale"])
def test_an_item_says_where_it_comes_from_and_what_it_is_rated_on(field: str) -> None:
    with pytest.raises(ValidationError, match=field):
        CatalogueItem.model_validate({k: v for k, v in ITEM.items() if k != field})


def test_a_choice_brings_its_options() -> None:
    with pytest.raises(ValidationError, match="options"):
        CatalogueItem.model_validate(ITEM | {"kind": "single_choice"})


def test_every_key_stands_once_and_every_scale_is_there() -> None:
    assert check_catalogue_items(items(ITEM), SCALES) == ()
    checked = check_catalogue_items(items(ITEM, ITEM | {"scale": "agre"}), SCALES)
    assert [(p.code, p.where) for p in checked] == [
        ("catalogue.duplicate-key", "items.0.key"),
        ("catalogue.duplicate-key", "items.1.key"),
        ("catalogue.unknown-scale", "items.1.scale"),
    ]
    assert "`agree`" in checked[-1].message


def test_scales_are_sound_and_stand_once() -> None:
    twice = CatalogueScales.model_validate({"scales": [AGREE, AGREE | {"best": 1}]})
    assert [p.code for p in check_catalogue_scales(twice)] == [
        "catalogue.duplicate-key",
        "catalogue.duplicate-key",
        "scale.equal-ends",
    ]
