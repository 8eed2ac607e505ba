"""Plan documents written for this test, each with traps of its own, come out as their truth files say.

A truth file holds the whole outline: title, period, statements and one line for each element with
its code, level and full text; " ?" at the end where the reader must carry a doubt. A document
without a truth must be declined; its name tells the problem's code.
"""  # noqa: E501

from pathlib import Path

import pytest

from assessor.planning.read import read_plan
from tests.planning.invariants import assert_sound, outline

PLANS = Path(__file__).parent / "plans"
DOCUMENTS = sorted(p for p in PLANS.iterdir() if p.suffix != ".truth" and "declined" not in p.name)
DECLINED = sorted(p for p in PLANS.iterdir() if "declined" in p.name)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: p.name)
def test_a_document_is_read_as_its_truth_says(document: Path) -> None:
    read = read_plan(document.read_bytes(), document.name).unwrap()
    assert_sound(read)
    assert outline(read) == document.with_name(document.name + ".truth").read_text("utf-8")


@pytest.mark.parametrize("document", DECLINED, ids=lambda p: p.name)
def test_a_document_without_a_readable_plan_is_declined_in_plain_words(document: Path) -> None:
    result = read_plan(document.read_bytes(), document.name)
    assert result.value is None
    assert [p.code for p in result.problems] == [f"plan.{document.name.split('.')[1]}"]
    assert "Check" in result.problems[0].message or "Save" in result.problems[0].message


def test_there_are_enough_documents_with_enough_forms() -> None:
    assert len(DOCUMENTS) + len(DECLINED) >= 20
    assert {p.suffix for p in DOCUMENTS} >= {".txt", ".md", ".html"}
