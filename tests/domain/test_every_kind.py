"""A kind of item is whole: it has all that a kind needs, from its schema to its line in docs."""

import json
import re
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from assessor.domain.answer_types import value_of
from assessor.domain.answers import check_answers
from assessor.domain.checks.duration import item_seconds
from assessor.domain.checks.instrument import check_instrument
from assessor.domain.instrument import Calculated, Hidden, TextBlock
from assessor.domain.items import Item, Simple
from assessor.domain.kinds import KINDS, ValueType, columns, columns_of_item, na_label
from assessor.domain.labels import answered_by
from assessor.domain.logic_functions import FUNCTIONS
from assessor.domain.problems import Said, has_errors
from assessor.domain.route import Person, follow, logic_value
from assessor.domain.translations import in_language, texts
from assessor.formats.answers_csv import read_answers_csv
from assessor.formats.answers_csv_writing import write_answers_csv
from assessor.formats.instrument_file import read_instrument_file, write_instrument_file
from tests.item_samples import SAMPLES, instrument_of, raw_answers

TODAY = date(2026, 11, 24)
EVERY = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture(scope="module")
def items_page(project_root: Path) -> str:
    return (project_root / "docs" / "items.md").read_text()


def test_every_kind_has_a_sample() -> None:
    assert set(SAMPLES) == set(KINDS)


def test_what_may_be_repeated_is_a_kind() -> None:
    simple = set(get_args(get_args(Simple)[0]))
    assert simple < set(get_args(get_args(Item)[0]))


@EVERY
def test_it_is_in_the_published_schema(kind: str, project_root: Path) -> None:
    schema = json.loads((project_root / "docs/schemas/instrument.schema.json").read_text())
    definition = schema["$defs"][KINDS[kind].model.__name__]
    assert definition["properties"]["kind"]["const"] == kind
    assert set(definition["properties"]) == set(KINDS[kind].model.model_fields)


@EVERY
def test_its_sample_is_sound_and_survives_a_file(kind: str) -> None:
    made = instrument_of(kind)
    assert not has_errors(check_instrument(made))
    assert read_instrument_file(write_instrument_file(made)).unwrap() == made


@EVERY
def test_it_says_what_it_is(kind: str) -> None:
    row = KINDS[kind]
    assert row.label
    assert row.sentence.endswith(".")


@EVERY
def test_good_answers_are_stored_in_one_form(kind: str) -> None:
    made, sample = instrument_of(kind), SAMPLES[kind]
    checked = check_answers(made, raw_answers(kind))
    assert checked.ok, checked.problems
    stored = checked.unwrap()
    assert {name: stored[name] for name in sample.good} == {
        name: value for name, (_raw, value) in sample.good.items()
    }
    assert check_answers(made, stored).unwrap() == stored


@EVERY
def test_a_bad_answer_is_refused_and_says_what_to_do(kind: str) -> None:
    if (bad := SAMPLES[kind].bad) is None:
        assert isinstance(next(instrument_of(kind).items()), TextBlock | Calculated)
        return
    column, raw, code = bad
    checked = check_answers(instrument_of(kind), {column: raw})
    problems = [p for p in checked.problems if p.severity == "error"]
    assert [(p.code, p.where) for p in problems] == [(code, column)]
    assert problems[0].message.endswith(".")
    assert checked.value is not None
    assert checked.value[column] is None


@EVERY
def test_a_blank_is_skipped_and_a_required_item_needs_an_answer(kind: str) -> None:
    made = instrument_of(kind)
    item = next(made.items())
    blank = check_answers(made, dict.fromkeys(raw_answers(kind), ""))
    assert not blank.errors
    if isinstance(item, Hidden | Calculated | TextBlock):
        return
    required = check_answers(instrument_of(kind, required=True), {})
    assert {p.code for p in required.problems} <= {"answer.required", "answer.too-few"}
    assert required.problems


@EVERY
def test_not_applicable_is_taken_where_it_is_offered(kind: str) -> None:
    made = instrument_of(kind)
    item = next(made.items())
    for column in columns_of_item(item):
        checked = check_answers(made, {column.name: "NA"})
        assert checked.value is not None
        taken = checked.value.get(column.name) == "NA"
        is_free = value_of(answered_by(made, column.name)[0] or item, column) == "text"
        assert taken == bool(na_label(item)) or is_free


@EVERY
def test_its_columns_say_what_they_hold(kind: str) -> None:
    made = instrument_of(kind)
    own = [c for c in columns(made) if c.item_key == "it"]
    assert len({column.name for column in own}) == len(own)
    assert bool(own) == (kind != "text_block")
    for column in own:
        item, found = answered_by(made, column.name)
        assert item is not None
        assert found is not None
        assert value_of(item, column) in get_args(ValueType)
        assert made.item(column.owner) is not None


@EVERY
def test_logic_can_ask_about_it(kind: str) -> None:
    logic = SAMPLES[kind].logic
    assert bool(logic) == (kind != "text_block")
    if not logic:
        return
    then = {"key": "then", "kind": "short_text", "text": "Then?", "relevant": logic}
    made = instrument_of(kind, then)
    assert not has_errors(check_instrument(made))
    answers = check_answers(made, raw_answers(kind) | {"then": "yes"}).unwrap()
    assert answers["then"] == "yes"
    bare = check_answers(made, {}).unwrap()
    assert "then" not in bare or kind == "calculated"


@EVERY
def test_its_answers_survive_a_csv_file(kind: str) -> None:
    made = instrument_of(kind)
    rows = [check_answers(made, raw).unwrap() for raw in (raw_answers(kind), {"last": "Bye"})]
    written = write_answers_csv(made, rows).unwrap()
    read = read_answers_csv(written, "answers.csv", [made])
    assert not read.errors
    assert read.value is not None
    assert read.value["patrons"].rows == rows


@EVERY
def test_it_takes_its_time(kind: str) -> None:
    item = next(instrument_of(kind).items())
    assert (item_seconds(item) > 0) == (not isinstance(item, Hidden | Calculated))


@EVERY
def test_all_its_texts_can_be_translated(kind: str) -> None:
    made = instrument_of(kind)
    said = {address: f"[{text}]" for address, text in texts(made).items()}
    translated = in_language(made.model_copy(update={"translations": {"de": said}}), "de")
    assert texts(translated) == said


@EVERY
def test_stored_answers_lead_the_same_way(kind: str) -> None:
    made = instrument_of(kind)
    stored = check_answers(made, raw_answers(kind)).unwrap()
    route = follow(made, stored, Person(on=TODAY))
    assert {name: route.answers[name] for name in stored} == stored
    assert all(route.values[name] == logic_value(value) for name, value in stored.items())


@EVERY
def test_the_page_for_librarians_has_a_line_for_it(kind: str, items_page: str) -> None:
    lines = re.findall(rf"^\| `{kind}` \|.*$", items_page, re.MULTILINE)
    assert [line.count("|") for line in lines if line.count("|") > 3] == [6]


def test_the_page_names_every_function_with_its_sentence(items_page: str) -> None:
    for name, function in FUNCTIONS.items():
        assert f"| `{name}` | {function.sentence} |" in items_page


def test_what_was_worked_out_makes_no_two_instruments_different() -> None:
    one, other = instrument_of("rating"), instrument_of("rating")
    check_instrument(one)
    assert one == other
    check_instrument(other)
    assert one == other
    assert one != instrument_of("number")


@pytest.mark.parametrize("kind", [kind for kind, one in SAMPLES.items() if one.bad])
def test_what_is_wrong_with_an_answer_can_be_said_in_every_language(kind: str) -> None:
    bad = SAMPLES[kind].bad
    assert bad is not None
    column, value, _code = bad
    problems = check_answers(instrument_of(kind), {column: value}).problems
    assert problems
    assert all(isinstance(problem.message, Said) for problem in problems), problems
