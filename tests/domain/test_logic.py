"""The language of conditions: it says what XPath says, and it always comes to an end."""

import math
import time
from datetime import date
from typing import Any

import pytest
from elementpath import XPath1Parser
from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.domain.logic import LONGEST, NotUnderstoodError, parse, references, surroundings
from assessor.domain.logic_functions import FUNCTIONS, LogicValue, Surroundings

ANSWERS: dict[str, LogicValue] = {
    "visits": 4,
    "used": "desk loan",
    "name": "Ada",
    "day": "2026-11-24",
    "clock": "09:30",
    "half": 2.5,
    "none": "",
}


def around(itself: LogicValue = "", **attributes: str) -> Surroundings:
    return surroundings(
        ANSWERS,
        on=date(2026, 11, 24),
        itself=itself,
        attributes=attributes,
        labels=lambda key, code: f"{key}/{code}",
    )


def value(text: str) -> LogicValue:
    return parse(text).run(around("7", country="at"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("${visits} > 3 and ${name} = 'Ada'", True),
        ("${visits}-1", 3),
        ("${ visits } * 2", 8),
        ("${none} = ''", True),
        ("${none} > 0 or ${none} <= 0", False),
        ("${unknown} = ''", True),
        ("${visits} = '4'", True),
        ("'4' = '4.0'", False),
        (". > 6", True),
        ("country = 'at'", True),
        ("selected(${used}, 'loan')", True),
        ("selected(${used}, 'loa')", False),
        ("selected(${none}, '')", False),
        ("selected-at(${used}, 1)", "loan"),
        ("selected-at(${used}, 2)", ""),
        ("count-selected(${used})", 2),
        ("jr:choice-name(${used}, '${used}')", "used/desk, used/loan"),
        ("if(${visits} > 3, 'often', 'seldom')", "often"),
        ("coalesce(${none}, ${name})", "Ada"),
        ("once('a')", "a"),
        ("not(${none})", True),
        ("true() and not(false())", True),
        ("boolean('false')", True),
        ("number('1e3')", 1000),
        ("string(2.0)", "2"),
        ("string(1 div 0)", "Infinity"),
        ("string(0.0000001)", "0.0000001"),
        ("int(-2.7)", -2),
        ("round(-2.5)", -2),
        ("round(2.345, 2)", 2.35),
        ("round(123, -1)", 120),
        ("floor(-2.5) + ceiling(-2.5)", -5),
        ("abs(-3)", 3),
        ("pow(2, 10)", 1024),
        ("min(3, '', 2)", 2),
        ("max(3, '', 2)", 3),
        ("sum(1, '', 2)", 3),
        ("sum('')", 0),
        ("count-non-empty(1, '', 'a')", 2),
        ("concat('a', 1, true())", "a1true"),
        ("join(', ', 'a', 'b')", "a, b"),
        ("substr('abcde', 1, 3)", "bc"),
        ("substr('abcde', -2)", "de"),
        ("substring('12345', 1.5, 2.6)", "234"),
        ("substring-before('a/b', '/')", "a"),
        ("substring-after('a/b', '/')", "b"),
        ("substring-after('abc', '')", "abc"),
        ("substring-before('abc', '')", ""),
        ("string-length('für')", 3),
        ("contains('abc', 'b') and starts-with('abc', 'a')", True),
        ("ends-with('abc', 'c')", True),
        ("normalize-space('  a  b ')", "a b"),
        ("translate('bar', 'abc', 'AB')", "BAr"),
        ("translate('aa', 'aa', 'bc')", "bb"),
        ("regex('12345', '^[0-9]{5}$')", True),
        ("regex('a', '(')", False),
        ("today() = ${day}", True),
        ("now() = today()", True),
        ("date('2026-02-30')", ""),
        ("date(0)", "1970-01-01"),
        ("format-date(${day}, '%d/%m/%y')", "24/11/26"),
        ("decimal-date-time('1970-01-02')", 1),
        ("${day} > '2026-01-01' and ${day} < '2027-01-01'", True),
        ("${clock} < '10:00' and ${clock} > '9:00'", False),
        ("${clock} < '10:00' and ${clock} > '09:00'", True),
        ("-5 mod 3", -2),
        ("1 div 0 > 1000", True),
        ("2 + 3 * 4 - 1", 13),
        ("not(2 > 1 and 1 > 2)", True),
    ],
)
def test_an_expression_says_what_it_says(text: str, expected: object) -> None:
    assert value(text) == expected


def test_every_function_is_tried_here() -> None:
    tried = " ".join(
        mark.args[1][n][0]
        for mark in test_an_expression_says_what_it_says.pytestmark  # type: ignore[attr-defined]
        for n in range(len(mark.args[1]))
    )
    assert [name for name in FUNCTIONS if f"{name}(" not in tried] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("${visits", "Close it"),
        ("${visits} >", "cannot be read"),
        ("$visits > 3", "${visits}"),
        ("visit(3)", "no function `visit`"),
        ("selected(${used})", "`selected` takes 2"),
        ("/data/visits", "leads through a document"),
        ("1 + " * 1200 + "1", "longer than"),
        ("(" * 60 + "1" + ")" * 60, "nested too deeply"),
        ("9" * 400, "too large"),
        (" or ".join(["${visits}"] * 250), "too deeply"),
        ("", "cannot be read"),
    ],
)
def test_what_cannot_be_read_says_why(text: str, said: str) -> None:
    with pytest.raises(NotUnderstoodError) as refused:
        parse(text)
    assert said in str(refused.value)
    assert str(refused.value).endswith(".")


def test_a_long_row_of_conditions_is_no_deep_one() -> None:
    assert value(" or ".join(["${visits} = 9"] * 140)) is False
    assert value(" + ".join(["1"] * 190)) == 190


def test_the_items_that_are_named() -> None:
    assert references("${b} > ${a.x} and ${b} = '${c}'") == ("b", "a.x")
    assert references("${a") == ()
    assert references("") == ()


def test_a_pattern_that_takes_for_ever_fits_nothing() -> None:
    begun = time.monotonic()
    slow = f"regex('{'a' * 40}!', '^(a+)+$')"
    assert value(slow) is False
    assert time.monotonic() - begun < 5


PIECES = [
    *(f"${{{key}}}" for key in ANSWERS),
    *(f"{name}(" for name in FUNCTIONS),
    *("(", ")", ",", "and", "or", "not(", "=", "!=", "<", ">=", "+", "-", "*", "div", "mod"),
    *(
        "1",
        "2.5",
        ".",
        "..",
        "'a'",
        '"b"',
        "'",
        "country",
        "//",
        "[",
        "]",
        "@",
        "$",
        "{",
        "|",
        "::",
    ),
    *("1e9", "'2026-01-01'", "'^(a+)+$'", "''", "#", "\n", "ü", "\x00", "NA", "self::node()", "::"),
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14) | st.text(max_size=40).map(lambda t: [t]))
def test_any_text_is_read_or_refused_and_what_is_read_has_a_value(pieces: list[str]) -> None:
    begun = time.monotonic()
    try:
        parsed = parse(" ".join(pieces)[:LONGEST])
    except NotUnderstoodError:
        return
    finally:
        assert time.monotonic() - begun < 5
    assert isinstance(parsed.run(around("7")), str | int | float | bool)
    assert parsed.holds(around()) in {True, False}


def leaves() -> st.SearchStrategy[str]:
    numbers = st.integers(0, 50).map(str) | st.sampled_from(["0.5", "2.5", "10.25"])
    words = st.sampled_from(["", "a", "abc", " b  c ", "7", "-2", "2.50", "x1", "für"])
    return numbers | words.map(lambda word: f"'{word}'") | st.sampled_from(["true()", "false()"])


def joined(left: str, sign: str, right: str) -> str:
    # elementpath refuses to order texts, which XPath 1.0 turns into numbers, and finds no text
    # equal to a number. What XPath says of such pairs stands in the test below.
    if sign in {"and", "or"}:
        return f"({left} {sign} {right})"
    if sign == "=":
        return f"(string({left}) = string({right}))"
    if sign == "div":
        # It divides what is no number by 0 to something without end; XPath has no number there.
        return f"(number({left}) div 4)"
    if sign == "mod":
        # Its remainder of a number below 0 that was a text has the other sign.
        return f"(string-length({left}) mod 4)"
    return f"(number({left}) {sign} number({right}))"


def larger(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    signs = ["and", "or", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "div", "mod"]
    both = st.builds(joined, parts, st.sampled_from(signs), parts)
    of_one = ["not", "boolean", "number", "string", "string-length", "normalize-space"]
    of_one += ["floor", "ceiling", "round"]
    one = st.builds(lambda name, a: f"{name}({a})", st.sampled_from(of_one), parts)
    of_two = ["contains", "starts-with", "substring-before", "substring-after", "concat"]
    texts = parts.map(lambda part: f"string({part})")
    two = st.builds(lambda name, a, b: f"{name}({a}, {b})", st.sampled_from(of_two), texts, texts)
    three = st.builds(
        lambda a, b, c: f"substring({a}, {b}, {c})", texts, st.integers(-2, 6), st.integers(-1, 6)
    )
    return both | one | two | three


@settings(max_examples=300, deadline=None)
@given(st.recursive(leaves(), larger, max_leaves=8))
def test_what_is_xpath_says_what_xpath_says(text: str) -> None:
    """Compared with elementpath's own evaluator of XPath 1.0."""
    theirs: Any = XPath1Parser().parse(text).evaluate()  # Any: nodes too, which there are none of
    ours = value(text)
    if isinstance(theirs, bool | str):
        assert ours == theirs
        assert type(ours) is type(theirs)
    elif math.isnan(float(theirs)):
        assert isinstance(ours, float)
        assert math.isnan(ours)
    else:
        assert ours == pytest.approx(float(theirs))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4 = '4'", True),
        ("'4.0' = 4", True),
        ("4 != '4'", False),
        ("4 = 'four'", False),
        ("4 != 'four'", True),
        ("true() = 'anything'", True),
        ("true() = ''", False),
        ("false() = 0", True),
        ("true() != 7", False),
        ("4 = substring(string(4), 0, 2)", True),
    ],
)
def test_unlike_values_are_compared_as_section_3_4_of_xpath_1_says(
    text: str, expected: bool
) -> None:
    """A truth decides before a number, and a number before a text: W3C, XPath 1.0, 3.4."""
    assert value(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("5 mod 2", 1), ("5 mod -2", 1), ("-5 mod 2", -1), ("-5 mod -2", -1), ("1.5 mod 0.5", 0)],
)
def test_a_remainder_has_the_sign_of_what_is_divided(text: str, expected: int) -> None:
    """The examples of W3C, XPath 1.0, 3.5."""
    assert value(text) == expected
    assert value(text.replace("-5", "number('-5')")) == expected
