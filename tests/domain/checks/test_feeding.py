"""Items that serve nothing, and elements that lose what they were measured by."""

from assessor.domain.checks.feeding import check_feeding
from assessor.domain.mapping import Mapping
from assessor.domain.plan import Plan
from tests.domain.editing.samples import sample

PLAN = Plan.model_validate(
    {
        "key": "river",
        "title": "Plan",
        "elements": [{"code": "1.1", "level": "outcome", "text": "Patrons come often"}],
    }
)


def mapping(*items: str) -> Mapping:
    evidence = {"kind": "items", "instrument": "patrons", "items": list(items)}
    indicator = {"key": "a", "element": "1.1", "name": "Visits", "method": "mean"}
    return Mapping.model_validate(
        {"plan": "river", "indicators": [indicator | {"evidence": [evidence]}]}
    )


def test_an_item_that_no_indicator_reads_is_told_where_it_stands() -> None:
    found = check_feeding(sample(), mapping("visits", "quiet"), PLAN)
    assert [(p.code, p.where) for p in found] == [("feeding.unused", "pages.1.items.0.rows")]
    assert "`warm`" in found[0].message


def test_a_matrix_that_is_named_whole_feeds_with_every_row() -> None:
    assert check_feeding(sample(), mapping("visits", "rooms"), PLAN) == ()


def test_an_element_whose_evidence_is_not_asked_is_told() -> None:
    found = check_feeding(sample(), mapping("visits", "rooms", "gone"), PLAN)
    assert [(p.code, p.where) for p in found] == [("feeding.lost", "1.1")]
    assert "Patrons come often" in found[0].message


def test_of_an_instrument_that_nothing_reads_nothing_is_told() -> None:
    assert check_feeding(sample(key="other"), mapping("visits"), PLAN) == ()
