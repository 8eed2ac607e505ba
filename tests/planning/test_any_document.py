"""Whatever a document looks like, nothing vanishes, nothing crashes, codes are unique."""

import textwrap
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.domain.plan import Plan
from assessor.planning.editions import carry_codes
from assessor.planning.read import read_plan, read_text
from tests.planning.invariants import assert_sound

WORDS = (
    "Improve access to rare maps and letters for every reader in the county by 2030 so that".split()
)
sentence = st.lists(st.sampled_from(WORDS), min_size=3, max_size=25).map(" ".join)
marker = st.sampled_from(
    ["• ", "- ", "* ", "", "1. ", "2) ", "a. ", "iv. ", "1.1 ", "A. ", "  o ", " "]
)
label = st.sampled_from(
    [
        "",
        "Goal 1: ",
        "Goal #2 – ",
        "Objective: ",
        "Priority II. ",
        "Theme A: ",
        "Outcome 1.1 ",
        "First, ",
    ]
)
head = st.sampled_from(
    [
        "Goals",
        "KEY ACTIONS",
        "Our Values",
        "Mission",
        "Contents",
        "Introduction",
        "Spaces",
        "We will:",
        "12",
        "",
    ]
)
item = st.tuples(marker, label, sentence, st.sampled_from([30, 60, 300])).map(
    lambda p: "\n".join(textwrap.wrap(p[0] + p[1] + p[2], p[3])) or "x"
)
document = st.lists(st.one_of(item, head, st.just("")), min_size=1, max_size=30).map("\n".join)


@settings(max_examples=150)
@given(document)
def test_nothing_vanishes_from_any_document(text: str) -> None:
    result = read_text(text)
    if result.value is None:
        assert len(result.problems) == 1
    else:
        assert_sound(result.value)


@settings(max_examples=60)
@given(st.lists(sentence, min_size=2, max_size=8, unique=True), st.data())
def test_a_lightly_edited_plan_keeps_its_codes(points: list[str], data: st.DataObject) -> None:
    def plan(texts: list[str]) -> str:
        return "Goal 1: Serve\nObjectives\n" + "".join(f"• {t}\n" for t in texts)

    before = read_text(plan(points)).unwrap().reading
    which = data.draw(st.integers(0, len(points) - 1))
    edited = [f"{p} again" if i == which else p for i, p in enumerate(points)]
    after = read_text(plan(edited)).unwrap().reading
    result = carry_codes(Plan(key="a", title="a", elements=before.elements), after)
    assert [e.code for e in result.reading.elements] == [e.code for e in before.elements]
    assert {c.kind for c in result.changes} <= {"unchanged", "reworded"}


@settings(max_examples=150)
@given(
    st.binary(max_size=3000), st.sampled_from(["a.txt", "a.md", "a.html", "a.docx", "a.pdf", "-"])
)
def test_any_bytes_are_read_or_declined(data: bytes, name: str) -> None:
    result = read_plan(data, name)
    if result.value is not None:
        assert_sound(result.value)
    else:
        assert all(p.message.endswith((".", "”).")) for p in result.problems)


@pytest.mark.parametrize(
    "text",
    [
        "word " * 1_000_000,
        "." * 5_000_000,
        "Goals\n" + "".join(f"- Improve service {n}\n" for n in range(20_000)),
        "".join(f"Heading {n}\n\nWe will do {n}\n\n" for n in range(6_000)),
        "We will:\nImprove\n\n" * 5_000,
    ],
    ids=["one long line", "dots", "a long list", "headings", "stems"],
)
def test_great_documents_take_seconds(text: str) -> None:
    began = time.process_time()
    read_plan(text.encode(), "plan.txt")
    assert time.process_time() - began < 30
