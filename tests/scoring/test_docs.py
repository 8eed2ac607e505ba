"""The page on scores names everything that the code can do, and its examples come out."""

from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from assessor.domain.scorecard import MissingKind, Status
from assessor.scoring.estimates import estimate_mean, wilson
from assessor.scoring.methods import METHODS


@pytest.fixture
def page(project_root: Path) -> str:
    return (project_root / "docs" / "scores.md").read_text()


def test_every_method_status_and_kind_of_missing_answer_is_explained(page: str) -> None:
    for method in METHODS:
        assert f"`{method}`" in page
    for status in get_args(Status):
        assert f"\n| {status.replace('_', ' ')} |" in page
    for kind in get_args(MissingKind):
        assert f"`{kind}`" in page


def test_the_printed_example_is_what_the_code_gives(page: str) -> None:
    mean = estimate_mean(np.array([5.0, 4, 4, 2, 1, 4]))
    assert mean is not None
    assert mean.standard_error is not None
    assert mean.low is not None
    assert mean.high is not None
    low, high = wilson(4 / 6, 6)
    for number in (f"{mean.value:.4f}", f"{mean.standard_error:.4f}", f"{low:.3f} to {high:.3f}"):
        assert number in page
    assert f"{mean.low:.3f} to {mean.high:.3f}" in page
