"""A hundred patrons answer at the same moment, a fifth of them with a double click on the end."""

from pathlib import Path

import pytest

from benchmarks.collect import collect
from tests.web.respond.instruments import everything


@pytest.mark.slow
def test_a_hundred_patrons_at_once_are_all_thanked_and_all_stored_once(
    tmp_path: Path, database_url: str
) -> None:
    figures = collect(tmp_path, everything(), url=database_url, patrons=100)
    assert figures.errors == 0, figures.wrong
    assert figures.completions == 100
    assert figures.lost == 0
    assert figures.duplicates == 0
    assert figures.page_max_ms < 30_000
