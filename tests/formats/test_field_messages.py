"""Mistakes of shape are told in plain words, with their line and what to do."""

import pytest

from assessor.formats.instrument_file import read_instrument, read_instrument_file
from assessor.formats.mapping_file import read_mapping_file

SOUND = """\
key: patrons
title: Our visitors
scales:
  - key: agree
    points: [{value: 1, label: No}, {value: 2, label: Partly}, {value: 3, label: Fully}]
    worst: 1
    best: 3
pages:
  - key: visit
    items:
      - key: helped
        kind: rating
        text: The staff helped me.
        scale: agree
"""


def problems_of(text: str) -> list[tuple[str, int | None]]:
    return [(p.code, p.line) for p in read_instrument_file(text.encode(), "patrons.yaml").problems]


def test_the_sound_file_has_no_problem() -> None:
    assert problems_of(SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "said"),
    [
        (
            "title: Our visitors",
            "titel: Our visitors",
            "file.unknown-field",
            2,
            "did you mean `title`",
        ),
        ("title: Our visitors\n", "", "file.missing-field", 1, "`title` is missing"),
        (
            "        scale: agree",
            "        scal: agree",
            "file.unknown-field",
            14,
            "did you mean `scale`",
        ),
        ("kind: rating", "kind: ratting", "file.unknown-kind", 12, "did you mean `rating`"),
        ("        kind: rating\n", "", "file.missing-field", 11, "kind: rating"),
        ("key: helped", "key: Helped me", "file.spelling", 11, "small letters"),
        ("worst: 1", "worst: one", "file.value", 6, "a whole number"),
        ("worst: 1", 'worst: "1"', "file.value", 6, "a whole number"),
        ("worst: 1", "worst: true", "file.value", 6, "a whole number"),
        ("best: 3", "best: 2.5", "file.value", 7, "a whole number"),
        (
            "points: [{value: 1, label: No}, {value: 2, label: Partly}, {value: 3, label: Fully}]",
            "points: [{value: 1}]",
            "file.too-few",
            5,
            "at least 2",
        ),
        ("        text: The staff helped me.", '        text: ""', "file.value", 13, "is empty"),
        (
            "        scale: agree",
            "        scale: agree\n        required: yes",
            "file.value",
            15,
            "true or false",
        ),
        ("        scale: agree", "", "file.value", 11, "`scale`"),
        ("pages:\n", "pages: 3\nx:\n", "file.value", 8, "a list"),
        ("title: Our visitors", "title: [a]", "file.value", 2, "should be a text"),
        ("title: Our visitors", "title: a\nminutes: 0", "file.value", 3, "more than 0"),
        ("title: Our visitors", "title: a\nminutes: 500", "file.value", 3, "120 or less"),
        (
            "title: Our visitors",
            "title: a\nlanguage: english!",
            "file.spelling",
            3,
            "language code",
        ),
    ],
)
def test_each_mistake_has_its_line_and_its_remedy(
    old: str, new: str, code: str, line: int, said: str
) -> None:
    assert old in SOUND
    problems = read_instrument_file(SOUND.replace(old, new).encode(), "patrons.yaml").problems
    found = [p for p in problems if p.code == code and p.line == line]
    assert found, [str(p) for p in problems]
    assert said in found[0].message


def test_all_mistakes_of_shape_and_of_meaning_are_told_at_once() -> None:
    text = (
        SOUND.replace("title:", "titel:")
        .replace("scale: agree", "scale: agre\n        hnt: x")
        .replace("best: 3", "best: 1")
    )
    assert problems_of(text) == [
        ("file.missing-field", 1),
        ("file.unknown-field", 2),
        ("instrument.unused-scale", 4),
        ("scale.equal-ends", 7),
        ("instrument.unknown-scale", 14),
        ("file.unknown-field", 15),
    ]


def test_what_is_missing_only_because_it_was_not_readable_is_not_told_twice() -> None:
    text = SOUND.replace("worst: 1", "worst: one")
    assert problems_of(text) == [("file.value", 6)]


def test_lines_hold_although_entries_before_were_not_readable() -> None:
    text = SOUND.replace(
        "      - key: helped",
        "      - key: Broken Key\n        kind: rating\n        text: A\n        scale: agree\n"
        "      - key: helped",
    ).replace("The staff helped me.", "The staff were quick and kind.")
    reading = read_instrument(text.encode(), "patrons.yaml")
    assert [(p.code, p.line, p.where) for p in reading.problems] == [
        ("file.spelling", 11, "pages.0.items.0.key"),
        ("item.double-barrelled", 17, "pages.0.items.1.text"),
    ]


def test_a_code_that_looks_like_a_number_is_kept_as_it_is_written() -> None:
    text = b"plan: p\nindicators: []\nnot_measured:\n  - element: 1.10\n    reason: Later\n"
    assert read_mapping_file(text).unwrap().not_measured[0].element == "1.10"


def test_a_weight_that_is_no_finite_number_is_refused() -> None:
    for weight in (".inf", ".nan", "-1", "1e999", "much"):
        checked = read_mapping_file(f"plan: p\nweights:\n  A: {weight}\n".encode())
        assert [p.line for p in checked.problems] == [3], weight
        assert checked.value is None
