"""Instruments go to LimeSurvey and come back; what it cannot hold is said."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.domain.checks.instrument import check_instrument
from assessor.domain.instrument import Instrument
from assessor.domain.kinds import KINDS
from assessor.domain.logic import parse
from assessor.formats.instrument_file import read_instrument_file
from assessor.formats.limesurvey import read_limesurvey, write_limesurvey
from assessor.formats.limesurvey_archive import read_document
from assessor.formats.limesurvey_asked import ASKED
from assessor.formats.limesurvey_structure import Survey, read_structure

DEMONSTRATION = sorted(
    path
    for path in (Path(__file__).resolve().parents[2] / "surveys").glob("*/*.yaml")
    if path.stem not in {"plan", "mapping"} and path.parent.name != "catalogue"
)

EVERYTHING = Instrument.model_validate(
    {
        "key": "everything",
        "title": "Every kind",
        "introduction": "Some *words* and a [link](https://example.org).",
        "scales": [
            {
                "key": "agree",
                "points": [{"value": v, "label": f"Point {v}"} for v in (-1, 0, 1)],
                "worst": 1,
                "best": -1,
            },
            {"key": "five", "points": [{"value": v} for v in range(1, 6)], "worst": 1, "best": 5},
        ],
        "pages": [
            {
                "key": "first",
                "title": "First {page}",
                "order": "random",
                "shuffle": "blocks",
                "items": [
                    {
                        "kind": "single_choice",
                        "key": "role",
                        "text": "Who are you?",
                        "options": [
                            {"code": "staff", "label": "Staff"},
                            {"code": "under-graduate", "label": "Student"},
                        ],
                        "other": "Else",
                    },
                    {
                        "kind": "dropdown",
                        "key": "country",
                        "text": "Where?",
                        "options": [{"code": "a", "label": "A", "relevant": "${role} = 'staff'"}],
                    },
                    {
                        "kind": "multiple_choice",
                        "key": "used",
                        "text": "What?",
                        "order": "random",
                        "options": [
                            {"code": "books", "label": "Books"},
                            {"code": "none_of_these", "label": "None"},
                        ],
                        "exclusive": ["none_of_these"],
                        "min_choices": 1,
                    },
                    {
                        "kind": "yes_no",
                        "key": "sure",
                        "text": "Sure about ${role}?",
                        "relevant": "selected(${used}, 'books') and ${role} = 'under-graduate'",
                    },
                    {"kind": "yes_no", "key": "own", "text": "Yes?", "yes_label": "Yep"},
                    {
                        "kind": "ranking",
                        "key": "rank",
                        "text": "Rank",
                        "places": 1,
                        "options": [{"code": "a", "label": "A"}, {"code": "b", "label": "B"}],
                    },
                    {
                        "kind": "constant_sum",
                        "key": "share",
                        "text": "Share",
                        "options": [{"code": "a", "label": "A"}, {"code": "b", "label": "B"}],
                    },
                ],
            },
            {
                "key": "second",
                "relevant": "${sure} = 'yes' or selected(${rank}, 'a')",
                "items": [
                    {"kind": "rating", "key": "r1", "text": "Rate", "scale": "agree", "na": "n/a"},
                    {"kind": "rating", "key": "r5", "text": "Rate", "scale": "five"},
                    {
                        "kind": "rating",
                        "key": "r2",
                        "text": "Rate",
                        "scales": [
                            {"key": "importance", "label": "Importance", "scale": "five"},
                            {"key": "performance", "label": "Performance", "scale": "agree"},
                        ],
                    },
                    {
                        "kind": "rating_matrix",
                        "key": "m3",
                        "text": "Levels",
                        "rows": [
                            {"key": "m3_a", "text": "A", "reversed": True},
                            {"key": "b", "text": "B", "relevant": "${r1} > 0"},
                        ],
                        "scales": [
                            {"key": key, "label": key, "scale": "five"} for key in ("x", "y", "z")
                        ],
                    },
                    {
                        "kind": "choice_matrix",
                        "key": "cm",
                        "text": "Matrix",
                        "rows": [{"key": "cm_a", "text": "A"}, {"key": "cm_b", "text": "B"}],
                        "options": [
                            {"code": "often", "label": "O"},
                            {"code": "seldom", "label": "S"},
                        ],
                    },
                    {
                        "kind": "choice_matrix",
                        "key": "boxes",
                        "text": "Matrix",
                        "multiple": True,
                        "rows": [{"key": "boxes_a", "text": "A"}],
                        "options": [{"code": "x", "label": "X"}],
                    },
                    {
                        "kind": "entry_grid",
                        "key": "grid",
                        "text": "Grid",
                        "entry": "number",
                        "minimum": 0,
                        "rows": [{"key": "grid_a", "text": "A"}],
                        "columns": [{"code": "c", "label": "C"}, {"code": "d", "label": "D"}],
                    },
                    {
                        "kind": "entry_grid",
                        "key": "list",
                        "text": "List",
                        "rows": [{"key": "list_a", "text": "A"}],
                        "constraint": "string-length(.) > 2",
                        "constraint_message": "Longer, please.",
                    },
                    {
                        "kind": "semantic_differential",
                        "key": "sd",
                        "text": "Opposites",
                        "na": "n/a",
                        "rows": [{"key": "sd_a", "left": "cold", "right": "warm"}],
                    },
                    {"kind": "likelihood", "key": "nps", "text": "How likely?"},
                    {"kind": "slider", "key": "slide", "text": "Slide", "low_label": "low"},
                    {"kind": "number", "key": "n", "text": "Number", "minimum": 1, "unit": "km"},
                    {"kind": "date", "key": "day", "text": "Day", "earliest": "2020-01-01"},
                    {"kind": "time", "key": "clock", "text": "Time", "latest": "18:00"},
                    {"kind": "short_text", "key": "word", "text": "Word", "pattern": "[a-z/]+"},
                    {"kind": "long_text", "key": "essay", "text": "Essay", "required": True},
                    {"kind": "email", "key": "mail", "text": "Mail"},
                    {"kind": "file", "key": "upload", "text": "File", "types": ["audio"]},
                    {"kind": "consent", "key": "ok", "text": "Agree?", "label": "Yes, I do"},
                    {
                        "kind": "hidden",
                        "key": "source",
                        "text": "Source",
                        "parameter": "s",
                        "values": ["mail"],
                        "default": "web",
                    },
                    {
                        "kind": "calculated",
                        "key": "sum",
                        "text": "Sum",
                        "calculation": "sum(${n}, ${grid_a.c}) + count-selected(${used})",
                    },
                    {
                        "kind": "repeating_group",
                        "key": "visits",
                        "text": "Visits",
                        "items": [{"kind": "number", "key": "minutes", "text": "Minutes"}],
                    },
                    {"kind": "text_block", "key": "bye", "text": "**Bye** ${word}"},
                ],
            },
        ],
        "endings": [{"key": "out", "title": "Out", "when": "${n} > 5"}],
        "quotas": [{"key": "q", "when": "${role} = 'staff'", "limit": 5, "ending": "out"}],
        "samplings": [{"key": "s", "items": ["nps", "slide"], "ask": 1}],
        "translations": {
            "fr": {"title": "Tout", "role.text": "Qui êtes-vous ?", "scale.agree.1": "Oui"},
            "de": {"title": "Alles", "role.option.staff": "Personal"},
        },
    }
)


def structure(data: bytes) -> Survey:
    return read_structure(read_document(data))


def attributes_gone(data: bytes) -> bytes:
    """The file without what only we understand: as if LimeSurvey had dropped it."""
    row = r"   <row>\n    <qid>[^\n]*</qid>\n    <attribute><!\[CDATA\[assessor_.*?   </row>\n"
    return re.sub(row.encode(), b"", data, flags=re.DOTALL)


def assert_fixed(whole: Instrument) -> None:
    data, _report = write_limesurvey(whole)
    found = read_limesurvey(data, "again.lss")
    assert found.instrument == whole
    assert found.instrument.translations == whole.translations
    assert list(found.instrument.translations) == list(whole.translations)
    assert write_limesurvey(found.instrument)[0] == data
    assert all(a == b for a, b in found.report.counts.values())


def test_every_kind_has_its_question() -> None:
    assert set(ASKED) == set(KINDS)
    assert {one.kind for one in EVERYTHING.items()} == set(KINDS)


def test_every_kind_comes_back_as_it_went() -> None:
    assert_fixed(EVERYTHING)


@pytest.mark.parametrize("path", DEMONSTRATION, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_the_demonstration_comes_back_as_it_went(path: Path) -> None:
    assert_fixed(read_instrument_file(path.read_bytes(), path.name).unwrap())


@settings(max_examples=40)
@given(st.text(min_size=1), st.text(), st.text(min_size=1), st.text(min_size=1))
def test_any_texts_come_back_as_they_went(title: str, words: str, label: str, said: str) -> None:
    content = EVERYTHING.model_dump(mode="json")
    content |= {"title": title, "introduction": words, "thanks": words}
    content["pages"][0]["items"][0]["options"][0]["label"] = label
    content["pages"][1]["items"][-1] |= {"text": said, "hint": words}
    content["translations"]["de"]["title"] = said
    assert_fixed(Instrument.model_validate(content))


@pytest.mark.parametrize("path", DEMONSTRATION, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_limesurvey_alone_would_know_all_questions(path: Path) -> None:
    whole = read_instrument_file(path.read_bytes(), path.name).unwrap()
    found = read_limesurvey(attributes_gone(write_limesurvey(whole)[0]), "bare.lss")

    assert found.instrument is not None
    assert len(list(found.instrument.items())) >= len(list(whole.items()))
    assert all(a == b for a, b in found.report.counts.values())
    assert not [p for p in check_instrument(found.instrument) if p.severity == "error"]


def test_limesurvey_alone_would_know_the_logic() -> None:
    found = read_limesurvey(attributes_gone(write_limesurvey(EVERYTHING)[0]), "bare.lss")

    assert found.instrument is not None
    sure = found.instrument.item("sure")
    assert sure is not None
    assert sure.relevant == "selected(${used}, 'books') and ${role} = 'under'"
    assert sure.text == "Sure about ${role}?"
    assert found.instrument.pages[1].relevant == (
        "${sure} = 'yes' or selected-at(${rank}, 0) = 'a' or selected-at(${rank}, 1) = 'a'"
    )
    words = found.instrument.item("list")
    assert words is not None
    assert (words.constraint, words.constraint_message) == (
        "string-length(.) > 2",
        "Longer, please.",
    )
    assert "fr" in found.instrument.translations


def test_a_change_made_in_limesurvey_counts() -> None:
    data, _report = write_limesurvey(EVERYTHING)
    changed = data.replace(b"<question><![CDATA[Who are you?", b"<question><![CDATA[What are you?")

    found = read_limesurvey(changed, "changed.lss")

    assert found.instrument is not None
    role = found.instrument.item("role")
    assert role is not None
    assert role.text == "What are you?"
    assert "origin" in {loss.about for loss in found.report.of("changed")}


def test_other_numbers_and_settings_of_limesurveys_own_are_no_change() -> None:
    """LimeSurvey gives a survey that is taken in new numbers, and its questions more settings."""
    data, _report = write_limesurvey(EVERYTHING)
    again = data.replace(b"100001", b"555555").replace(
        b"  </rows>\n </question_attributes>",
        b"   <row>\n    <qid><![CDATA[1]]></qid>\n    <attribute>hide_tip</attribute>\n"
        b"    <value>1</value>\n   </row>\n  </rows>\n </question_attributes>",
    )

    assert again != data
    assert read_limesurvey(again, "again.lss").instrument == EVERYTHING


def test_what_limesurvey_cannot_hold_is_said() -> None:
    _data, report = write_limesurvey(EVERYTHING)

    lost = {(loss.item, loss.about) for loss in report.losses}
    assert {
        ("instrument", "ending"),
        ("instrument", "quota"),
        ("instrument", "sampling"),
        ("instrument", "scale"),
        ("country", "option relevance"),
        ("m3", "scoring"),
        ("m3", "kind"),
        ("visits", "repetition"),
        ("source", "values"),
        ("clock", "limits"),
        ("role", "answer code"),
    } <= lost
    assert all(loss.message.endswith(".") for loss in report.losses)


def test_logic_that_limesurvey_does_not_know_is_asked_of_everybody() -> None:
    content = EVERYTHING.model_dump(mode="json")
    content["pages"][1]["items"][0]["relevant"] = "contains(${role}, 'sta')"
    data, report = write_limesurvey(Instrument.model_validate(content))

    asked = {question.code: question.relevance for question in structure(data).questions()}
    assert asked["r1"] == "1"
    assert [loss.original for loss in report.of("lost") if loss.about == "relevance"] == [
        "contains(${role}, 'sta')"
    ]


def test_codes_are_what_limesurvey_takes() -> None:
    survey = structure(write_limesurvey(EVERYTHING)[0])

    codes = [question.code for question in survey.questions()]
    assert len({code.lower() for code in codes}) == len(codes)
    for question in survey.questions():
        assert re.fullmatch(r"[A-Za-z][A-Za-z0-9]{0,19}", question.code)
        for sub in question.subs:
            assert re.fullmatch(r"[A-Za-z0-9]{1,20}", sub.code)
        for answer in question.answers:
            assert re.fullmatch(r"[A-Za-z0-9]{1,5}", answer.code)


def test_texts_cannot_break_out_of_the_file() -> None:
    title = "]]> & <script>alert(1)</script> {Age}"
    whole = EVERYTHING.model_copy(update={"title": title})

    data, _report = write_limesurvey(whole)

    written = structure(data).texts["title"]["en"]
    assert written == "]]&gt; &amp; &lt;script&gt;alert(1)&lt;/script&gt; &#123;Age}"
    assert_fixed(whole)


OUTWARD = [
    ("${n} >= 3 and not(${sure} = 'yes')", '(n.NAOK >= 3 and !(sure.NAOK == "Y"))'),
    ("selected(${used}, 'books')", 'used_books.NAOK == "Y"'),
    ("selected(${role}, 'staff')", 'role.NAOK == "staff"'),
    ("${role} = 'other'", 'role.NAOK == "-oth-"'),
    ("${role} = ''", "is_empty(role.NAOK)"),
    ("${used} != ''", "!(count(used_books.NAOK, used_noneofthese.NAOK) == 0)"),
    ("count-selected(${used}) > 1", "count(used_books.NAOK, used_noneofthese.NAOK) > 1"),
    ("'staff' = ${role}", 'role.NAOK == "staff"'),
    ("3 < ${n}", "n.NAOK > 3"),
    ("${m3_a.x} = 3", "m3_au0.NAOK == 3"),
    ("number(${n}) + 1 = 2", "(floatval(n.NAOK) + 1) == 2"),
    ("selected-at(${rank}, 1) = 'b'", 'rank_2.NAOK == "b"'),
    ("regex(${word}, '^a/b$')", 'regexMatch("/^a\\/b$/", word.NAOK)'),
    ("coalesce(${n}, ${r5}) > 2", "if(!is_empty(n.NAOK), n.NAOK, r5.NAOK) > 2"),
    ("string-length(${word}) > 2", "strlen(word.NAOK) > 2"),
    ("${day} <= today()", 'day.NAOK <= date("Y-m-d")'),
    ("if(${n} > 2, 'a', 'b') = 'a'", 'if(n.NAOK > 2, "a", "b") == "a"'),
    ("selected(${boxes_a}, 'x')", 'boxes_a_x.NAOK == "1"'),
]


@pytest.mark.parametrize(("expression", "script"), OUTWARD)
def test_logic_in_limesurveys_language(expression: str, script: str) -> None:
    parse(expression)
    content = EVERYTHING.model_dump(mode="json")
    content["pages"][1]["items"][-1]["relevant"] = expression
    data, _report = write_limesurvey(Instrument.model_validate(content))

    asked = {question.code: question.relevance for question in structure(data).questions()}
    assert asked["bye"] == script
