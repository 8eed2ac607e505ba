"""A file that is no scorecard is refused in plain words, all problems at once."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from assessor.reports.scorecard_file import LARGEST, PROBLEMS_SHOWN, read_scorecard
from tests.reports import samples

# Any: what a broken file holds is arbitrary JSON.
Content = dict[str, Any]


def content() -> Content:
    return samples.normal().model_dump(mode="json")


def as_bytes(value: object) -> bytes:
    return json.dumps(value).encode()


def codes(data: bytes) -> list[str]:
    checked = read_scorecard(data)
    assert checked.value is None
    assert all(problem.file == "scorecard.json" for problem in checked.problems)
    return [problem.code.removeprefix("scorecard.") for problem in checked.problems]


def test_what_was_written_is_read_back_unchanged() -> None:
    for made in samples.SAMPLES.values():
        card = made()
        if made is not samples.with_payload:
            assert read_scorecard(card.model_dump_json().encode()).unwrap() == card


def test_a_byte_order_mark_does_no_harm() -> None:
    assert read_scorecard(b"\xef\xbb\xbf" + as_bytes(content())).ok


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\xff", "not-text"),
        ("{}".encode("utf-16"), "not-text"),
        (b'{"format": ', "not-json"),
        (b"title,value\n1,2\n", "not-json"),
        (b'{"format": "assessor-scorecard/1", "n": NaN}', "not-json"),
        (b'{"format": "assessor-scorecard/1", "n": 1e999}', "not-json"),
        (b'{"format": "assessor-scorecard/1", "format": "x"}', "not-json"),
        (b"[" * 100_000, "not-json"),
        (b"[1, 2]", "other-file"),
        (b'{"title": "x"}', "other-file"),
        (b'{"format": "assessor-scorecard/9"}', "other-version"),
        (b'{"format": ["a"]}', "other-version"),
        (b" " * (LARGEST + 1), "too-large"),
    ],
)
def test_what_is_no_scorecard_is_refused(data: bytes, code: str) -> None:
    assert codes(data) == [code]


def test_the_line_of_broken_json_is_named() -> None:
    (problem,) = read_scorecard(b'{\n"format": oops}').problems
    assert problem.line == 2
    assert "write it again" in problem.message


def test_every_wrong_field_is_named_at_once() -> None:
    broken = content()
    broken["elements"][0]["score"]["status"] = "splendid"
    broken["elements"][1]["coverage"] = "much"
    broken["surprise"] = 1
    del broken["inputs"]
    where = {problem.where for problem in read_scorecard(as_bytes(broken)).problems}
    assert where == {"elements.0.score.status", "elements.1.coverage", "surprise", "inputs"}


def test_a_thousand_wrong_fields_are_not_a_thousand_lines() -> None:
    broken = content()
    broken["elements"] = [{} for _ in range(1000)]
    assert len(read_scorecard(as_bytes(broken)).problems) == PROBLEMS_SHOWN + 1


def twice(broken: Content) -> None:
    broken["elements"][1]["code"] = broken["elements"][0]["code"]
    broken["elements"][1]["parent"] = None


def circle(broken: Content) -> None:
    broken["elements"][0]["parent"] = "P1.1"


def orphan(broken: Content) -> None:
    broken["elements"][-1]["parent"] = "P9"


def stray(broken: Content) -> None:
    broken["indicators"][0]["indicator"]["element"] = "P9"


def double_indicator(broken: Content) -> None:
    broken["indicators"].append(broken["indicators"][0])


def leak(broken: Content) -> None:
    broken["indicators"][0]["groups"][0]["score"]["suppressed"] = True


def leaking_counts(broken: Content) -> None:
    broken["indicators"][0]["items"][0]["suppressed"] = True


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (twice, "duplicate-code"),
        (circle, "circle"),
        (orphan, "unknown-parent"),
        (stray, "unknown-element"),
        (double_indicator, "duplicate-indicator"),
        (leak, "withheld-value"),
        (leaking_counts, "withheld-value"),
    ],
)
def test_what_would_show_wrongly_is_refused(spoil: Callable[[Content], None], code: str) -> None:
    broken = content()
    spoil(broken)
    assert code in codes(as_bytes(broken))
