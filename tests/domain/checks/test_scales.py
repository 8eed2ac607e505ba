"""A scale has two ends, its points in order, and is not used backwards."""

import pytest

from assessor.domain.checks.scales import check_scale
from assessor.domain.instrument import Scale
from tests.domain.checks.samples import AGREE, NINE


def scale(*labels: str, worst: int = 1, best: int | None = None) -> Scale:
    points = [{"value": v, "label": label} for v, label in enumerate(labels, 1)]
    content = {"key": "s", "points": points, "worst": worst, "best": best or len(labels)}
    return Scale.model_validate(content)


def found(checked: Scale, known: Scale | None = None) -> list[tuple[str, str]]:
    return [(p.code, p.severity) for p in check_scale(checked, "scales.0", known)]


def test_sound_scales_have_no_problem() -> None:
    for content in (AGREE, NINE):
        assert found(Scale.model_validate(content)) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"points": [{"value": 1}, {"value": 1}]}, "scale.duplicate-point"),
        ({"points": [{"value": 5}, {"value": 1}]}, "scale.order"),
        ({"worst": 0}, "scale.end-not-a-point"),
        ({"best": 6}, "scale.end-not-a-point"),
        ({"worst": 5}, "scale.equal-ends"),
        ({"worst": 2}, "scale.ends-inside"),
        (
            {"points": [{"value": 1, "label": "No"}, {"value": 5, "label": "no"}]},
            "scale.duplicate-label",
        ),
    ],
)
def test_points_and_ends_fit(changes: dict[str, object], code: str) -> None:
    assert code in {c for c, _severity in found(Scale.model_validate(AGREE | changes))}


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("Strongly agree", "Strongly disagree"),
        ("Very satisfied", "Very dissatisfied"),
        ("Always", "Never"),
        ("Excellent", "Very poor"),
    ],
)
def test_a_scale_whose_worst_is_called_best_is_refused(first: str, last: str) -> None:
    assert found(scale(first, "Middle", last)) == [("scale.backwards", "error")]
    # The same points with the ends named rightly are as good as any.
    assert found(scale(first, "Middle", last, worst=3, best=1)) == []


def test_where_only_one_end_speaks_it_is_a_warning() -> None:
    assert found(scale("Very satisfied", "Middle", "Hm")) == [("scale.backwards", "warning")]


def test_ends_swapped_against_the_catalogue_are_refused_whatever_the_words() -> None:
    known = scale("Rot", "Gelb", "Grün")
    assert found(scale("Rot", "Gelb", "Grün", worst=3, best=1), known) == [
        ("scale.backwards", "error")
    ]
    # Another scale may have the same key in another library, with other words.
    assert found(scale("Grün", "Gelb", "Rot", worst=3, best=1), known) == []


def test_a_scale_that_leans_to_one_side_is_a_warning() -> None:
    leaning = scale("Poor", "Good", "Very good", "Excellent")
    assert found(leaning) == [("scale.unbalanced", "warning")]
