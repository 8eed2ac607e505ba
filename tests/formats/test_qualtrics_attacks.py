"""Whatever a file says it is: refused in words, or an instrument that passes the checks."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.domain.checks.instrument import check_instrument
from assessor.formats.foreign import LARGEST_IMPORT
from assessor.formats.qualtrics import read_qualtrics
from tests.formats.qualtrics_documents import survey
from tests.formats.test_qualtrics import TYPES

REFUSED = [
    (b"", "qualtrics.json"),
    (b"not json", "qualtrics.json"),
    (b"[1, 2]", "qualtrics.shape"),
    (b'{"SurveyEntry": {}}', "qualtrics.shape"),
    (b'{"SurveyElements": []}', "qualtrics.no-questions"),
    (b"\xff\x00\xfe", "qualtrics.encoding"),
    (b'{"a":' * 100_000, "qualtrics.nesting"),
    (b'{"a":' * 200 + b"1" + b"}" * 200, "qualtrics.nesting"),
    (b" " * (LARGEST_IMPORT + 1), "qualtrics.too-large"),
]


@pytest.mark.parametrize(("data", "code"), REFUSED, ids=[row[1] for row in REFUSED])
def test_what_is_no_survey_is_refused_in_words(data: bytes, code: str) -> None:
    found = read_qualtrics(data, "survey.qsf")
    assert found.instrument is None
    assert [p.code for p in found.problems] == [code]


def whole_document() -> Any:
    asked_ones = [{**row[1], "QuestionID": f"QID{n}"} for n, row in enumerate(TYPES, 1)]
    return json.loads(survey(*asked_ones))


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    inside = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for name, one in inside:
        found += places(one, (*path, name))
    return found


PLACES = places(whole_document())
PIPED = "${q://QID1/ChoiceGroup/SelectedChoices}"
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from([[], {}, {"1": {"Display": "x"}}, PIPED, "\ud800"]),
)


@given(st.lists(st.tuples(st.sampled_from(PLACES), JUNK), min_size=1, max_size=5))
def test_no_content_whatever_raises(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    document = whole_document()
    for path, junk in changes:
        owner = document
        try:
            for step in path[:-1]:
                owner = owner[step]
            owner[path[-1]] = junk
        except (KeyError, IndexError, TypeError):
            continue
    found = read_qualtrics(json.dumps(document).encode(), "survey.qsf")
    if found.instrument is None:
        assert found.problems
    else:
        assert not [p for p in check_instrument(found.instrument) if p.severity == "error"]


@given(st.binary(max_size=200))
def test_no_bytes_whatever_raise(data: bytes) -> None:
    assert read_qualtrics(data, "survey.qsf").problems
