"""LimeSurvey's logic in ours: what holds there holds here, and what cannot be said is reported."""

from datetime import date

import pytest

from assessor.domain.checks.instrument import check_instrument
from assessor.domain.logic import parse
from assessor.domain.route import Person, follow
from assessor.formats.foreign import Imported
from tests.formats.limesurvey_surveys import Q, imported, instrument, item, lost, table

ASKED = [
    Q("Age", "N"),
    Q("Pick", "L", (), [("A1", "One"), ("A2", "Two"), ("-3", "Three")], other="Y"),
    Q("Many", "M", [("a", "A"), ("b", "B"), ("c", "C")], other="Y"),
    Q("Sure", "Y"),
    Q("Arr", "F", [("r1", "Row 1"), ("r2", "Row 2")], [("x", "X"), ("y", "Y")]),
    Q("Num", "K", [("n1", "N 1"), ("n2", "N 2")]),
    Q("Box", ":", [("s1", "S1"), ("c1", "C1", "1"), ("c2", "C2", "1")], (),
      attributes={"multiflexible_checkbox": "1"}),
    Q("Rank", "R", (), [("p", "P"), ("q", "Q"), ("r", "R")]),
    Q("Dual", "1", [("d1", "D 1")], [("1", "a"), ("2", "b"), ("1", "c", "1"), ("2", "d", "1")]),
    Q("Word", "T"),
    Q("Day", "D"),
    Q("Shown", "S", relevance='Age.NAOK > 17'),
]  # fmt: skip


def relevance(script: str) -> str:
    """What a question that is relevant for `script` is asked for."""
    return item(*ASKED, Q("Last", "S", relevance=script)).relevant


def relevance_of(found: Imported, key: str) -> str:
    assert found.instrument is not None
    asked = found.instrument.item(key)
    assert asked is not None
    return asked.relevant


TRANSLATED = [
    ("1", ""),
    ("", ""),
    ("Age.NAOK > 3", "${age} > 3"),
    ("{Age.NAOK > 3}", "${age} > 3"),
    ("Age gt 3", "${age} > 3"),
    ("3 lt Age", "${age} > 3"),
    ("Age >= 3 && Age le 5", "${age} >= 3 and ${age} <= 5"),
    ("Age == 1 || Age == 2 and Age != 3", "${age} = 1 or ${age} = 2 and ${age} != 3"),
    ("(Age == 1 || Age == 2) and Age ne 3", "(${age} = 1 or ${age} = 2) and ${age} != 3"),
    ("Age", "${age} != '' and ${age} != 0"),
    ("Age == -3", "${age} = -3"),
    ('Pick.NAOK == "A1"', "${pick} = 'A1'"),
    ('Pick.code == "A1"', "${pick} = 'A1'"),
    ('Pick == "-3"', "${pick} = 'minus3'"),
    ("Pick == -3", "${pick} = 'minus3'"),
    ('Pick == "-oth-"', "${pick} = 'other'"),
    ('Pick_other.NAOK == "tea"', "${pick.other} = 'tea'"),
    ('Pick.shown == "One"', "jr:choice-name(${pick}, '${pick}') = 'One'"),
    ("is_empty(Pick)", "${pick} = ''"),
    ("!is_empty(Pick.NAOK)", "${pick} != ''"),
    ("! is_empty(Pick)", "${pick} != ''"),
    ('Many_a.NAOK == "Y"', "selected(${many}, 'a')"),
    ('Many_a != "Y"', "not(selected(${many}, 'a'))"),
    ('Many_a == ""', "not(selected(${many}, 'a'))"),
    ("is_empty(Many_a)", "not(selected(${many}, 'a'))"),
    ("!is_empty(Many_a)", "selected(${many}, 'a')"),
    ("Many_a", "selected(${many}, 'a')"),
    ("!Many_a", "not(selected(${many}, 'a'))"),
    ("count(that.Many) > 1", "count-selected(${many}) + count-non-empty(${many.other}) > 1"),
    ("count(that.Many.nosq_other) > 1", "count-selected(${many}) > 1"),
    (
        "count(Many_a, Many_b) == 2",
        "if(selected(${many}, 'a'), 1, 0) + if(selected(${many}, 'b'), 1, 0) = 2",
    ),
    ('Sure == "Y"', "${sure} = 'yes'"),
    ('Sure.NAOK != "N"', "${sure} != 'no'"),
    ('Arr_r1 == "x"', "${arr_r1} = 'x'"),
    ('countif("x", that.Arr) > 1', "if(${arr_r1} = 'x', 1, 0) + if(${arr_r2} = 'x', 1, 0) > 1"),
    ("sum(that.Num.NAOK) == 4", "sum(${num_n1}, ${num_n2}) = 4"),
    ("sum(that.Num.sq_n2) == 4", "sum(${num_n2}) = 4"),
    ("max(Num_n1, Num_n2) > min(Num_n1, 3)", "max(${num_n1}, ${num_n2}) > min(${num_n1}, 3)"),
    (
        'sumifop(">", 2, that.Num) > 5',
        "sum(if(${num_n1} > 2, ${num_n1}, 0), if(${num_n2} > 2, ${num_n2}, 0)) > 5",
    ),
    ('countifop("RX", "/^1/", Num_n1) == 1', "if(regex(${num_n1}, '^1'), 1, 0) = 1"),
    ('Box_s1_c1 == "1"', "selected(${box_s1}, 'c1')"),
    ("Box_s1_c1 == 1", "selected(${box_s1}, 'c1')"),
    ('Rank_1 == "p"', "selected-at(${rank}, 0) = 'p'"),
    ("Dual_d1_1 > 1", "${dual_d1.second} > 1"),
    ('strlen(Word) > 10', "string-length(${word}) > 10"),
    ('regexMatch("/^a.c$/i", Word)', "regex(${word}, '(?i)^a.c$')"),
    ('substr(Word, 0, 2) == "ab"', "substr(${word}, 0, 2) = 'ab'"),
    ('trim(Word) == "it\'s"', "normalize-space(${word}) = \"it's\""),
    ('if(Age > 3, "a", "b") == "a"', "if(${age} > 3, 'a', 'b') = 'a'"),
    ("intval(Age) / 2 == 3 * 4", "coalesce(int(${age}), 0) div 2 = 3 * 4"),
    ("Age - (Num_n1 - 2) > 0", "${age} - (${num_n1} - 2) > 0"),
    ('Word + "" == "x"', "concat(${word}) = 'x'"),
    ("round(Age / 3, 1) == 2", "round(${age} div 3, 1) = 2"),
    ("is_numeric(Word)", "number(${word}) = number(${word})"),
    ('Day > "2024-02-01"', "${day} > '2024-02-01'"),
    ("Day == date('Y-m-d')", "${day} = today()"),
    ("Shown.relevanceStatus == 1", "${age} > 17"),
    ("Shown.relevanceStatus == 0", "not(${age} > 17)"),
    ("7X1X10.NAOK == 4", "${age} = 4"),
    ('7X1X12a == "Y"', "selected(${many}, 'a')"),
    ('7X1X11other == "x"', "${pick.other} = 'x'"),
    ("7X1X18d1#1 == 2", "${dual_d1.second} = 2"),
    ('implode("-", Num_n1, Num_n2) == "1-2"', "join('-', ${num_n1}, ${num_n2}) = '1-2'"),
]  # fmt: skip


@pytest.mark.parametrize(("script", "expression"), TRANSLATED)
def test_relevance(script: str, expression: str) -> None:
    assert relevance(script) == expression


@pytest.mark.parametrize(("script", "expression"), TRANSLATED)
def test_what_is_translated_passes_our_own_checks(script: str, expression: str) -> None:
    whole = instrument(*ASKED, Q("Last", "S", relevance=script))

    assert not [p for p in check_instrument(whole) if p.severity == "error"]


@pytest.mark.parametrize(
    "script",
    [
        "Nobody.NAOK == 1",
        "Age = 4",
        "Age ==",
        "((Age > 3)",
        "Age $ 3",
        'Word < "hello"',
        "statCount(Age.sgqa) > 3",
        "rand(1, 6) > 3",
        "Many_a > 3",
        "that.Num == 3",
        "Last.NAOK == 1",
        "self.NAOK == 1",
        "TOKEN:FIRSTNAME == 'Ann'",
        "date('H:i') > 3",
        'regexMatch("/(/", Word)',
        "strpos(Word, 'a') > 0",
        "(" * 100 + "Age" + ")" * 100,
    ],
)
def test_what_cannot_be_said_is_reported_and_the_question_is_always_asked(script: str) -> None:
    found = imported(*ASKED, Q("Last", "S", relevance=script))

    assert relevance_of(found, "last") == ""
    assert lost(found, "relevance") == [script]


def test_logic_about_a_later_question_is_lost() -> None:
    found = imported(Q("First", "S", relevance="Later.NAOK == 1"), Q("Later", "N"))

    assert relevance_of(found, "first") == ""
    assert lost(found, "relevance") == ["Later.NAOK == 1"]


@pytest.mark.parametrize(
    ("question", "constraint"),
    [
        (Q("Q", "S", attributes={"em_validation_q": "strlen(self) > 3"}), "string-length(.) > 3"),
        (Q("Q", "N", attributes={"em_validation_q": "Q.NAOK > 3"}), ". > 3"),
        (Q("Q", "N", attributes={"em_validation_sq": "this > 3"}), ". > 3"),
        (Q("Q", "K", [("a", "A")], attributes={"em_validation_q": "this > 3"}), ". > 3"),
        (
            Q("Q", "K", [("a", "A"), ("b", "B")], attributes={"em_validation_q": "sum(self) < 9"}),
            "sum(${q_a}, ${q_b}) < 9",
        ),
        (
            Q("Q", "M", [("a", "A"), ("b", "B")], attributes={"em_validation_q": "count(self)>1"}),
            "count-selected(.) > 1",
        ),
        (Q("Q", "S", preg="/^[0-9]+$/"), "regex(., '^[0-9]+$')"),
        (Q("Q", "K", [("a", "A")], attributes={"max_num_value": "5"}), "sum(${q_a}) <= 5"),
        (
            Q("Q", "Q", [("a", "A")], attributes={"min_answers": "1"}),
            "count-non-empty(${q_a}) >= 1",
        ),
        (
            Q("Q", "S", preg="/a/", attributes={"em_validation_q": "self > 1 || self < 0"}),
            "(. > 1 or . < 0) and regex(., 'a')",
        ),
    ],
)
def test_constraints(question: Q, constraint: str) -> None:
    assert item(question).constraint == constraint


def test_a_constraint_says_what_is_wanted() -> None:
    attributes = {"em_validation_q": "self > 3", "em_validation_q_tip": "More than three, please."}

    assert item(Q("Q", "N", attributes=attributes)).constraint_message == "More than three, please."


def test_a_constraint_that_cannot_be_said_is_lost() -> None:
    found = imported(Q("Q1", "N", attributes={"em_validation_q": "isPrime(self)"}))

    assert lost(found, "validation") == ["isPrime(self)"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("You said {Age}.", "You said ${age}."),
        ("You said {Age.NAOK} and {Pick.shown}.", "You said ${age} and ${pick}."),
        ("You said {INSERTANS:7X1X10}.", "You said ${age}."),
        ("<b>You</b> said {Num_n1}.", "You said ${num_n1}."),
        ("Braces { stay } as { they are.", "Braces { stay } as { they are."),
        ("This is {SURVEYNAME}.", "This is A survey (en)."),
        ("Sum: {sum(that.Num)}.", "Sum: …."),
        ("Dear {FIRSTNAME},", "Dear …,"),
        ("Later: {Last}", "Later: …"),
        ("What is {Nothing}?", "What is …?"),
    ],
)
def test_texts_name_answers(text: str, shown: str) -> None:
    found = imported(*ASKED, Q("Last", "S", text=text))

    assert found.instrument is not None
    assert [one.text for one in found.instrument.items()][-1] == shown
    assert bool(lost(found, "piping")) == ("…" in shown)


@pytest.mark.parametrize(
    ("text", "calculation"),
    [
        ("{Age * 2}", "${age} * 2"),
        ("{sum(that.Num)}", "sum(${num_n1}, ${num_n2})"),
        ('<p>{if(Age &gt; 17, "adult", "child")}</p>', "if(${age} > 17, 'adult', 'child')"),
        ("Age: {Age}!", "concat('Age:', ${age}, '!')"),
        ("fixed", "'fixed'"),
        ("{rand(1, 2)}", "''"),
    ],
)
def test_equations_are_calculated(text: str, calculation: str) -> None:
    found = item(*ASKED, Q("Calc", "*", text=text))

    assert getattr(found, "calculation") == calculation  # noqa: B009


def test_a_group_is_shown_where_its_relevance_holds() -> None:
    group = {"grelevance": "Age.NAOK > 3"}
    whole = instrument(Q("Age", "N"), Q("Last", "S"), groups=(1, 1), group=group)

    assert [page.relevant for page in whole.pages] == ["", "${age} > 3"]


PICK = Q("Pick", "L", (), [("A1", "One"), ("A2", "Two")])
MANY = Q("Many", "M", [("a", "A"), ("b", "B")])
QUOTA = table(
    "quota",
    [{"id": "1", "name": "Enough", "qlimit": "50", "active": "1"}],
) + table(
    "quota_languagesettings",
    [{"quotals_quota_id": "1", "quotals_language": "en", "quotals_message": "We have enough."}],
)


def test_a_quota_ends_the_survey_with_its_words() -> None:
    members = [
        {"quota_id": "1", "qid": "10", "code": "A1"},
        {"quota_id": "1", "qid": "10", "code": "A2"},
        {"quota_id": "1", "qid": "11", "code": "a"},
    ]
    whole = instrument(PICK, MANY, more=QUOTA + table("quota_members", members))

    (quota,) = whole.quotas
    assert quota.when == "(${pick} = 'A1' or ${pick} = 'A2') and selected(${many}, 'a')"
    assert quota.limit == 50
    ending = whole.ending(quota.ending)
    assert ending is not None
    assert ending.title == "We have enough."


def test_a_quota_of_an_unknown_question_is_lost() -> None:
    members = [{"quota_id": "1", "qid": "99", "code": "A1"}]
    found = imported(PICK, more=QUOTA + table("quota_members", members))

    assert lost(found, "quota") == ["Enough"]


def shown(script: str, answers: dict[str, object]) -> bool:
    whole = instrument(*ASKED, Q("Last", "S", relevance=script))
    person = Person(on=date(2026, 5, 1))
    return "last" in follow(whole, answers, person).asked  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("script", "answers", "expected"),
    [
        ("count(that.Many.nosq_other) >= 2", {"many": ["a", "c"]}, True),
        ("count(Many_a, Many_b) == 2", {"many": ["a", "c"]}, False),
        ("count(Many_a, Many_b) == 2", {"many": ["a", "b"]}, True),
        ('countif("x", that.Arr) == 2', {"arr_r1": "x", "arr_r2": "x"}, True),
        ('countif("x", that.Arr) == 2', {"arr_r1": "x", "arr_r2": "y"}, False),
        ("intval(Age) == 0", {}, True),
        ("intval(Age) == 0", {"age": 4}, False),
        ("!Age", {"age": 0}, True),
        ("!Age", {"age": 4}, False),
        ("is_numeric(Word)", {"word": "12"}, True),
        ("is_numeric(Word)", {"word": "twelve"}, False),
        ('Rank_1 == "q"', {"rank.q": 1, "rank.p": 2}, True),
        ('Sure == "Y"', {"sure": "yes"}, True),
        ("Dual_d1_1 == 2", {"dual_d1.first": 1, "dual_d1.second": 2}, True),
        ('Many_a != "Y"', {}, True),
        ('sumifop(">", 2, that.Num) == 7', {"num_n1": 7, "num_n2": 1}, True),
        ("Shown.relevanceStatus == 0", {"age": 4}, True),
    ],
)
def test_what_holds_there_holds_here(
    script: str, answers: dict[str, object], expected: bool
) -> None:
    assert shown(script, answers) is expected


def test_every_expression_can_be_read_by_our_own_reader() -> None:
    for _script, expression in TRANSLATED:
        if expression:
            parse(expression)
