"""Files that are none, and files that mean harm: a problem in plain words, never an exception."""

import random
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.formats import limesurvey_archive
from assessor.formats.foreign import LARGEST_IMPORT
from assessor.formats.limesurvey import read_limesurvey
from tests.formats.limesurvey_surveys import Q, lss

GOOD = lss(
    Q("Q1", "L", answers=[("A1", "One"), ("A2", "Two")], other="Y"),
    Q("Q2", "F", subs=[("SQ1", "Row"), ("SQ2", "Row two")], answers=[("1", "a"), ("2", "b")]),
    Q("Q3", "M", subs=[("a", "A"), ("b", "B")], relevance='Q1.NAOK == "A1" && sum(that.Q2) > 2'),
    Q("Q4", "*", text='{if(Q3_a == "Y", Q1.shown, 0)}'),
    languages=("en", "de"),
)

DTD = b'<?xml version="1.0"?>\n<!DOCTYPE document [<!ENTITY a "x">]>\n<document>&a;</document>'
OUTSIDE = (
    b'<?xml version="1.0"?>\n<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b"<document><LimeSurveyDocType>Survey</LimeSurveyDocType>&x;</document>"
)
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;">]><document>&c;</document>'
)


def zipped(*files: tuple[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b"   \n", "empty-file"),
        (b"no xml at all", "malformed"),
        (GOOD[:-20], "malformed"),
        (b"<survey/>", "wrong-root"),
        (b"<document/>", "wrong-kind"),
        (b"<document><LimeSurveyDocType>Label set</LimeSurveyDocType></document>", "wrong-kind"),
        (b"<document><LimeSurveyDocType>Tokens</LimeSurveyDocType></document>", "no-structure"),
        (b"<document><LimeSurveyDocType>Survey</LimeSurveyDocType></document>", "empty"),
        (b'<?xml version="1.0" encoding="nonsense"?><document/>', "malformed"),
        (DTD, "unsafe-xml"),
        (OUTSIDE, "unsafe-xml"),
        (LAUGHS, "unsafe-xml"),
        (b"<a>" * 20_000 + b"</a>" * 20_000, "malformed"),
        (b"PK\x03\x04 not a zip", "broken-zip"),
        (zipped(), "no-structure"),
        (zipped(("readme.txt", b"hello")), "malformed"),
        (zipped(("readme.txt", b"hello"), ("b.txt", b"hello")), "no-structure"),
        (zipped(("../../survey.lss", GOOD)), "unsafe-name"),
        (zipped(("/etc/survey.lss", GOOD)), "unsafe-name"),
        (zipped(("C:\\survey.lss", GOOD)), "unsafe-name"),
        (zipped(("survey.lss", DTD)), "unsafe-xml"),
        (zipped(*((f"{n}.xml", b"") for n in range(201))), "too-many-files"),
        (zipped(("survey.lss", GOOD))[:-40], "broken-zip"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_problem(data: bytes, code: str) -> None:
    found = read_limesurvey(data, "some.lss")

    assert found.instrument is None
    assert [problem.code for problem in found.problems] == [f"limesurvey.{code}"]
    assert found.problems[0].message.endswith(".")
    assert found.problems[0].file == "some.lss"


def test_a_file_that_is_too_large_is_not_read() -> None:
    found = read_limesurvey(b"<" + b" " * LARGEST_IMPORT, "large.lss")

    assert found.problems[0].code == "limesurvey.too-large"


def test_a_zip_that_unpacks_without_end_is_left_unfinished() -> None:
    bomb = zipped(("survey.lss", b" " * (LARGEST_IMPORT + 1)))

    assert len(bomb) < 100_000
    assert read_limesurvey(bomb, "bomb.lsa").problems[0].code == "limesurvey.too-large"


def test_many_small_bombs_count_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limesurvey_archive, "LARGEST_IMPORT", 100_000)
    bomb = zipped(*((f"{n}.lss", b" " * 60_000) for n in range(3)))

    assert read_limesurvey(bomb, "bombs.lsa").problems[0].code == "limesurvey.too-large"


@pytest.mark.parametrize(
    "questions",
    [
        [Q("Q1", "S"), Q("Q1", "S")],
        [Q("Q1", "M", subs=[("a", "A"), ("a", "B")])],
        [Q("Q1", "L", answers=[("a", "A"), ("a", "B")])],
    ],
)
@pytest.mark.parametrize("layout", ["old", "new"])
def test_codes_that_stand_twice_are_a_problem(questions: list[Q], layout: str) -> None:
    found = read_limesurvey(lss(*questions, layout=layout), "twice.lss")

    assert found.instrument is None
    assert {problem.code for problem in found.problems} == {"limesurvey.duplicate-code"}
    assert found.problems[0].where == "Q1"


def test_the_same_code_on_both_scales_is_none() -> None:
    question = Q("Q1", ":", subs=[("a", "Row"), ("a", "Column", "1")])

    assert read_limesurvey(lss(question), "grid.lss").instrument is not None


def test_control_characters_are_passed_over() -> None:
    data = lss(Q("Q1", "S", text="Bell")).replace(b"Bell", b"Be\x07ll")

    found = read_limesurvey(data, "bell.lss")

    assert found.instrument is not None
    assert next(found.instrument.items()).text == "Bell"


SCRIPTS = [
    "<script>alert(1)</script>Hello",
    "<img src=x onerror=alert(1)>Hello",
    '<a href="javascript:alert(1)">Hello</a>',
    '<iframe src="https://example.org"></iframe>Hello',
    "Hello<svg onload=alert(1)>",
]


@pytest.mark.parametrize("text", SCRIPTS)
@pytest.mark.parametrize("kind", ["S", "X"])
def test_scripts_in_texts_are_gone(text: str, kind: str) -> None:
    questions = [
        Q("Q1", kind, text=text, help=text),
        Q("Q2", "L", text="x", answers=[("A1", text)]),
        Q("Q3", "Q", text="x", subs=[("A1", text)]),
    ]
    found = read_limesurvey(lss(*questions, languages=("en", "de")), "script.lss")

    assert found.instrument is not None
    whole = found.instrument.model_dump_json()
    assert "Hello" in whole
    for evil in ("<script", "onerror", "onload", "javascript:", "<iframe", "<svg", "<img"):
        assert evil not in whole


def test_an_instrument_in_an_attribute_is_not_believed_where_it_says_something_else() -> None:
    """Whoever writes a file by hand cannot bring along an instrument that its questions hide."""
    hidden = '{"key":"x","title":"Evil","pages":[{"key":"p","items":["evil"]}]}'
    item = '{"key":"evil","kind":"email","text":"Your address"}'
    attributes = {"assessor_instrument": hidden, "assessor_item": item}
    found = read_limesurvey(lss(Q("Q1", "S", text="Hello", attributes=attributes)), "evil.lss")

    assert found.instrument is not None
    assert [one.kind for one in found.instrument.items()] == ["short_text"]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", '{"pages": 3}', '{"pages":[{"items":[1]}]}']
)
def test_a_broken_instrument_in_an_attribute_is_passed_over(text: str) -> None:
    question = Q("Q1", "S", attributes={"assessor_instrument": text, "assessor_item": text})

    assert read_limesurvey(lss(question), "broken.lss").instrument is not None


@given(st.binary(max_size=300))
def test_random_bytes_never_break_it(data: bytes) -> None:
    assert read_limesurvey(data, "any").instrument is None


@given(st.binary(max_size=200), st.sampled_from([b"PK\x03\x04", b"<document>", b"\xef\xbb\xbf<"]))
def test_random_bytes_after_a_good_beginning_never_break_it(data: bytes, start: bytes) -> None:
    assert read_limesurvey(start + data, "any").instrument is None


@given(st.randoms(use_true_random=False))
def test_mutated_surveys_never_break_it(chance: random.Random) -> None:
    data = bytearray(GOOD)
    for _ in range(chance.randint(1, 8)):
        place = chance.randrange(len(data))
        data[place : place + chance.randint(0, 3)] = bytes([chance.randrange(256)])

    found = read_limesurvey(bytes(data), "mutated.lss")

    assert (found.instrument is None) == bool(found.problems)


@settings(max_examples=60)
@given(
    st.sampled_from("15ABCDEFGHIKLMNOPQRSTUXY!:;|*?"),
    st.lists(
        st.tuples(st.text(max_size=6), st.text(max_size=20), st.sampled_from("01")), max_size=4
    ),
    st.lists(
        st.tuples(st.text(max_size=6), st.text(max_size=20), st.sampled_from("01")), max_size=4
    ),
    st.text(max_size=40),
    st.text(max_size=40),
    st.sampled_from(
        ["array_filter", "min_answers", "hidden", "em_validation_q", "date_min", "preg"]
    ),
)
def test_any_question_is_an_item_or_a_problem(
    kind: str,
    subs: list[tuple[str, str, str]],
    answers: list[tuple[str, str, str]],
    text: str,
    script: str,
    attribute: str,
) -> None:
    question = Q(
        "Q2",
        kind,
        subs=subs,
        answers=answers,
        text=text,
        relevance=script,
        other="Y",
        preg=script,
        default=text,
        attributes={attribute: script},
    )
    for layout in ("old", "new"):
        found = read_limesurvey(lss(Q("Q1", "M", subs=[("a", "A")]), question, layout=layout), "x")
        assert (found.instrument is None) == bool(found.problems)
        if found.instrument is not None:
            counts = found.report.counts.values()
            assert all(a == b for a, b in counts) or found.report.of("lost")


def test_every_sample_cut_short_is_a_problem(shared_folder: Path) -> None:
    for path in sorted((shared_folder / "formats" / "limesurvey").iterdir())[:12]:
        data = path.read_bytes()
        for share in (0.1, 0.5, 0.9):
            found = read_limesurvey(data[: int(len(data) * share)], path.name)
            assert found.instrument is None
            assert found.problems
