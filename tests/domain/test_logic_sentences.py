"""Logic reads as a sentence, in the words that people see who answer."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.domain.instrument import Instrument
from assessor.domain.logic import NotUnderstoodError, parse, surroundings
from assessor.domain.logic_functions import FUNCTIONS
from assessor.domain.logic_names import name_of
from assessor.domain.logic_sentences import in_words, value_in_words

AGREE = {
    "key": "agree",
    "points": [{"value": 1, "label": "Disagree"}, {"value": 2}, {"value": 3, "label": "Agree"}],
    "worst": 1,
    "best": 3,
}
LENT = [{"code": "laptop", "label": "A laptop"}, {"code": "book", "label": "A book"}]
ITEMS = [
    {"key": "member", "kind": "yes_no", "text": "Are you a member?"},
    {"key": "role", "kind": "single_choice", "text": "Who are you?", "options": [
        {"code": "adult", "label": "An adult"}, {"code": "child", "label": "A child"}]},
    {"key": "used", "kind": "multiple_choice", "text": "What did you use?", "options": LENT},
    {"key": "visits", "kind": "number", "text": "How often?"},
    {"key": "since", "kind": "date", "text": "Since when?"},
    {"key": "quiet", "kind": "rating", "text": "It is quiet.", "scale": "agree", "na": "N/A"},
    {"key": "place", "kind": "rating_matrix", "text": "The place", "scale": "agree",
     "rows": [{"key": "warm", "text": "It is warm."}]},
    {"key": "gap", "kind": "rating", "text": "Opening hours",
     "scales": [{"key": "wanted", "label": "Wanted", "scale": "agree"}]},
    {"key": "rank", "kind": "ranking", "text": "Which first?", "options": LENT},
    {"key": "trip", "kind": "repeating_group", "text": "Your visits",
     "items": [{"key": "mood", "kind": "yes_no", "text": "Was it good?", "yes_label": "Oh yes"}]},
    {"key": "words", "kind": "short_text", "text": "In a word?"},
]  # fmt: skip


@pytest.fixture(scope="module")
def instrument() -> Instrument:
    return Instrument.model_validate(
        {"key": "i", "title": "T", "scales": [AGREE], "pages": [{"key": "p", "items": ITEMS}]}
    )


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("", ""),
        ("${member} = 'yes'", "“Are you a member?” is “Yes”"),
        ("'yes' = ${member}", "“Are you a member?” is “Yes”"),
        ("3 < ${visits}", "“How often?” is more than 3"),
        ("${role} != 'child'", "“Who are you?” is not “A child”"),
        ("${visits} > 3", "“How often?” is more than 3"),
        ("${visits} >= 2.5", "“How often?” is at least 2.5"),
        ("${since} > '2024-01-01'", "“Since when?” is after 2024-01-01"),
        ("${since} <= today()", "“Since when?” is on or before today"),
        ("${quiet} = 3", "“It is quiet.” is “Agree”"),
        ("${quiet} >= 3", "“It is quiet.” is at least 3 (“Agree”)"),
        ("${quiet} < 2", "“It is quiet.” is less than 2"),
        ("${quiet} = 'NA'", "“It is quiet.” is “N/A”"),
        ("${warm} = 1", "“It is warm.” is “Disagree”"),
        ("${gap.wanted} = 3", "“Opening hours” (Wanted) is “Agree”"),
        ("${rank.book} = 1", "“Which first?” (A book) is 1"),
        ("${mood} = 'yes'", "“Was it good?” is “Oh yes”"),
        ("selected(${used}, 'laptop')", "“What did you use?” includes “A laptop”"),
        ("not(selected(${used}, 'book'))", "“What did you use?” does not include “A book”"),
        (
            "count-selected(${used}) > 1",
            "the number of choices in “What did you use?” is more than 1",
        ),
        ("${words} != ''", "“In a word?” is answered"),
        ("${words} = ''", "“In a word?” is not answered"),
        ("not(${visits} > 3)", "“How often?” is not more than 3"),
        ("not(not(${visits} > 3))", "“How often?” is more than 3"),
        (". >= 18", "the answer is at least 18"),
        ("regex(., '^[0-9]+$')", "the answer fits the pattern “^[0-9]+$”"),
        ("${words} = ${role}", "“In a word?” is the answer to “Who are you?”"),
        ("country = ${role}", "the option’s country is the answer to “Who are you?”"),
        ("${visits} + 1 > 4 * 2", "“How often?” + 1 is more than 4 × 2"),
        ("${nowhere} = 'a'", "`nowhere` is “a”"),
        ("true()", "always"),
        ("${member", "`${member`"),
    ],
)
def test_a_statement_reads_in_the_words_of_the_items(
    instrument: Instrument, expression: str, said: str
) -> None:
    assert in_words(expression, instrument) == said


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        (
            "${member} = 'yes' and ${visits} > 3",
            "“Are you a member?” is “Yes” and “How often?” is more than 3",
        ),
        ("${role} = 'adult' or ${role} = 'child'", "“Who are you?” is “An adult” or “A child”"),
        (
            "${role} != 'adult' and ${role} != 'child'",
            "“Who are you?” is neither “An adult” nor “A child”",
        ),
        (
            "selected(${used}, 'laptop') and selected(${used}, 'book')",
            "“What did you use?” includes “A laptop” and “A book”",
        ),
        (
            "${member} = 'yes' and (${visits} > 3 or ${words} != '')",
            "“Are you a member?” is “Yes” and (“How often?” is more than 3 or "
            "“In a word?” is answered)",
        ),
        (
            "${member} = 'yes' and (${role} = 'adult' or ${role} = 'child')",
            "“Are you a member?” is “Yes” and “Who are you?” is “An adult” or “A child”",
        ),
        (
            "(${visits} > 3 and ${words} != '') or ${member} = 'yes'",
            "(“How often?” is more than 3 and “In a word?” is answered) or "
            "“Are you a member?” is “Yes”",
        ),
        (
            "not((${visits} > 3) = true())",
            "it is not so that “How often?” is more than 3",
        ),
        (
            "not(${visits} > 3 and ${words} != '')",
            "it is not so that “How often?” is more than 3 and “In a word?” is answered",
        ),
    ],
)
def test_several_statements_read_without_doubt_of_what_belongs_together(
    instrument: Instrument, expression: str, said: str
) -> None:
    assert in_words(expression, instrument) == said


def test_a_calculated_value_reads_as_what_it_is(instrument: Instrument) -> None:
    said = value_in_words("if(${member} = 'yes', sum(${visits}, 1), 0)", instrument)
    assert said == "the sum of “How often?” and 1 if “Are you a member?” is “Yes”, else 0"


def test_a_number_made_of_an_answer_is_no_written_number(instrument: Instrument) -> None:
    expression = "number(${words}) > 3"
    assert in_words(expression, instrument) == "“In a word?” is more than 3"
    assert parse(expression).holds(surroundings({"words": "4"}, on=date(2026, 1, 1)))


def test_long_questions_are_cut_at_a_word(instrument: Instrument) -> None:
    long = instrument.pages[0].items[0].model_copy(update={"text": "word " * 60})
    page = instrument.pages[0].model_copy(update={"items": (long,)})
    changed = instrument.model_copy(update={"pages": (page,)})
    assert name_of(changed, "member").endswith("word…”")
    assert len(name_of(changed, "member")) < 80


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_function_has_a_reading(instrument: Instrument, name: str) -> None:
    nargs = FUNCTIONS[name].nargs
    fewest = nargs if isinstance(nargs, int) else nargs[0]
    written = "jr:choice-name" if name == "choice-name" else name
    call = f"{written}({', '.join(['${visits}', '${words}', '1'][:fewest])})"
    for said in (in_words(call, instrument), value_in_words(call, instrument)):
        assert said
        assert "${" not in said


_VALUES = st.sampled_from(["${visits}", "${role}", "${nope}", "'adult'", "3", ".", "today()", "x"])


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pair = st.tuples(inner, inner)
    signs = st.sampled_from(["and", "or", "=", "!=", "<", "+", "-", "*", "div", "mod"])
    return st.one_of(
        st.tuples(pair, signs).map(lambda p: f"({p[0][0]}) {p[1]} ({p[0][1]})"),
        inner.map(lambda one: f"not({one})"),
        pair.map(lambda p: f"selected({p[0]}, {p[1]})"),
        pair.map(lambda p: f"if({p[0]}, {p[1]}, 0)"),
    )


@given(st.recursive(_VALUES, _larger, max_leaves=12))
def test_any_expression_has_a_reading(expression: str) -> None:
    instrument = Instrument.model_validate(
        {"key": "i", "title": "T", "scales": [AGREE], "pages": [{"key": "p", "items": ITEMS}]}
    )
    try:
        parse(expression)
    except NotUnderstoodError:
        return
    assert in_words(expression, instrument)
