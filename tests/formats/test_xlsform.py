"""XLSForm in and out: what is kept, what is said to be lost, and that nothing breaks the reader."""

import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from pyxform.xls2xform import convert

from assessor.domain.checks.instrument import check_instrument
from assessor.domain.instrument import (
    ChoiceMatrix,
    Instrument,
    Rating,
    RatingMatrix,
    RepeatingGroup,
)
from assessor.domain.problems import has_errors
from assessor.formats.foreign import Imported
from assessor.formats.instrument_file import read_instrument_file
from assessor.formats.xlsform import read_xlsform, write_xlsform
from tests.formats.everything import everything
from tests.formats.test_xlsform_rules import lines
from tests.strategies import instruments
from tests.text_strategies import texts

SURVEYS = Path(__file__).resolve().parents[2] / "surveys"
OWN = sorted(
    path
    for path in SURVEYS.glob("*/*.yaml")
    if path.stem not in {"plan", "mapping", "items", "scales"}
)


def read(form: str) -> Imported:
    return read_xlsform(lines(form).encode(), "form.md")


def instrument_of(form: str) -> Instrument:
    imported = read(form)
    assert imported.problems == ()
    assert imported.instrument is not None
    return imported.instrument


# What is kept


def test_groups_are_pages_and_groups_in_them_give_their_conditions_to_their_questions() -> None:
    instrument = instrument_of("""
        | survey | | | | |
        |        | type        | name | label | relevant |
        |        | integer     | n    | N     |          |
        |        | begin group | g    | G     | ${n} > 1 |
        |        | begin group | h    | H     | ${n} > 2 |
        |        | text        | a    | A     | ${n} > 3 |
        |        | end group   |      |       |          |
        |        | end group   |      |       |          |
    """)

    assert [(p.key, p.title, p.relevant) for p in instrument.pages] == [
        ("page_1", "", ""),
        ("g", "G", "${n} > 1"),
    ]
    assert [(i.key, i.relevant) for i in instrument.pages[1].items] == [
        ("h_heading", "${n} > 2"),
        ("a", "(${n} > 2) and (${n} > 3)"),
    ]


def test_names_become_keys_and_logic_follows_them() -> None:
    instrument = instrument_of("""
        | survey | | | | |
        |        | type         | name      | label | relevant              |
        |        | select_one x | Who-Are   | A     |                       |
        |        | text         | _B        | B     | ${Who-Are} = 'a.1'    |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | a.1  | One   |
    """)

    first, second = instrument.items()
    assert (first.key, second.key) == ("who_are", "b")
    assert second.relevant == "${who_are} = 'a_1'"


def test_a_table_of_numbers_is_a_rating_matrix_and_one_of_words_a_choice_matrix() -> None:
    form = """
        | survey | | | | |
        |        | type         | name | label | appearance |
        |        | begin group  | g    | G     | table-list |
        |        | select_one x | a    | A     |            |
        |        | select_one x | b    | B     |            |
        |        | end group    |      |       |            |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | {0}  | Low   |
        |         | x         | {1}  | High  |
    """
    (rating,) = instrument_of(form.replace("{0}", "1").replace("{1}", "2")).items()
    (choice,) = instrument_of(form.replace("{0}", "lo").replace("{1}", "hi")).items()

    assert isinstance(rating, RatingMatrix)
    assert isinstance(choice, ChoiceMatrix)
    assert [row.key for row in rating.rows] == ["a", "b"]


def test_a_likert_list_is_a_scale_whose_worst_end_is_not_its_good_word() -> None:
    instrument = instrument_of("""
        | survey | | | | |
        |        | type         | name | label | appearance |
        |        | select_one x | a    | A     | likert     |
        | choices | | | |
        |         | list_name | name | label             |
        |         | x         | 1    | Strongly agree    |
        |         | x         | 2    | Neither           |
        |         | x         | 3    | Strongly disagree |
    """)

    (item,) = instrument.items()
    assert isinstance(item, Rating)
    assert (instrument.scales[0].worst, instrument.scales[0].best) == (3, 1)


def test_a_filter_asks_the_columns_of_the_choices() -> None:
    instrument = instrument_of(
        """
        | survey | | | | |
        |        | type         | name    | label | choice_filter   |
        |        | select_one x | country | A     |                 |
        |        | select_one y | town    | B     | In = ${country} |
        | choices | | | | |
        |         | list_name | name | label | In |
        |         | x         | fr   | F     |    |
        |         | y         | pau  | Pau   | fr |
    """.replace("In Country", "In")
    )

    town = instrument.item("town")
    assert town is not None
    assert getattr(town, "option_filter") == "in = ${country}"  # noqa: B009
    assert getattr(town, "options")[0].attributes == {"in": "fr"}  # noqa: B009


def test_languages_become_translations() -> None:
    instrument = instrument_of("""
        | survey | | | | |
        |        | type         | name | label::French (fr) | label::English (en) |
        |        | select_one x | a    | Ah                 | A                   |
        | choices | | | | |
        |         | list_name | name | label::French (fr) | label::English (en) |
        |         | x         | 1    | Un                 | One                 |
        | settings | |
        |          | default_language |
        |          | French (fr)      |
    """)

    assert instrument.language == "fr"
    assert instrument.translations == {"en": {"a.text": "A", "a.option.1": "One"}}


def test_a_language_without_a_code_gets_a_tag_of_its_own() -> None:
    instrument = instrument_of("""
        | survey | | | | |
        |        | type | name | label::English (en) | label::Highlandish |
        |        | text | a    | A                   | Ay                 |
    """)

    assert instrument.translations == {"qaa-highland-ish": {"a.text": "Ay"}}
    assert not has_errors(check_instrument(instrument))


def test_a_repeat_is_a_repeating_group() -> None:
    instrument = instrument_of("""
        | survey | | | | |
        |        | type         | name | label | repeat_count |
        |        | begin repeat | r    | R     | 2            |
        |        | text         | a    | A     |              |
        |        | image        | b    | B     |              |
        |        | end repeat   |      |       |              |
    """)

    (group,) = instrument.items()
    assert isinstance(group, RepeatingGroup)
    assert (group.least, group.most) == (2, 2)
    assert [one.key for one in group.items] == ["a"]


# What is lost is said


@pytest.mark.parametrize(
    ("logic", "reason"),
    [
        ("pulldata('x', 'y', 'z', ${a})", "function"),
        ("position(..) > 1", "function"),
        ("instance('x')/list/item[name = ${a}]/label", "function"),
        ("/data/other/thing = 1", "document"),
        ("${a} = yes", "quotes"),
        ("${a} =", "read"),
    ],
)
def test_a_condition_that_cannot_be_said_is_reported_and_the_question_always_asked(
    logic: str, reason: str
) -> None:
    imported = read(f"""
        | survey | | | | |
        |        | type | name | label | relevant |
        |        | text | a    | A     |          |
        |        | text | b    | B     | {logic}  |
    """)

    assert imported.instrument is not None
    item = imported.instrument.item("b")
    assert item is not None
    assert item.relevant == ""
    (loss,) = imported.report.of("lost")
    assert (loss.item, loss.key, loss.about, loss.original) == ("b", "b", "relevance", logic)
    assert reason in loss.message


def test_what_would_trace_a_person_is_left_out_with_the_reason() -> None:
    imported = read("""
        | survey | | | |
        |        | type     | name   | label |
        |        | deviceid | device |       |
        |        | text     | a      | A     |
    """)

    (loss,) = imported.report.losses
    assert (loss.outcome, loss.item) == ("lost", "device")
    assert "traced" in loss.message
    assert imported.report.counts["questions"] == (2, 1)


def test_logic_that_asks_for_a_lost_answer_is_lost_with_it() -> None:
    imported = read("""
        | survey | | | | |
        |        | type      | name | label | relevant    | calculation             |
        |        | geopoint  | g    | G     |             |                         |
        |        | calculate | c    |       |             | pulldata('a', 'b', 'c') |
        |        | text      | a    | A     | ${g} != ''  |                         |
        |        | text      | b    | B     | ${c} = 'x'  |                         |
    """)

    assert imported.instrument is not None
    assert all(not item.relevant for item in imported.instrument.items())
    lost = [(loss.item, loss.about) for loss in imported.report.of("lost")]
    for expected in [
        ("g", "question type"),
        ("c", "calculation"),
        ("a", "relevance"),
        ("b", "relevance"),
    ]:
        assert expected in lost


def test_answers_in_texts_stay_where_there_are_answers() -> None:
    imported = read("""
        | survey | | | |
        |        | type        | name  | label                      |
        |        | start       | start |                            |
        |        | text        | Name  | Who?                       |
        |        | begin group | g     | G                          |
        |        | text        | b     | Hello ${Name}, at ${start} |
        |        | end group   |       |                            |
    """)

    assert imported.instrument is not None
    item = imported.instrument.item("b")
    assert item is not None
    assert item.text == "Hello ${name}, at [start]"
    assert [loss.item for loss in imported.report.of("changed")] == ["b"]


# Out, and in again


@pytest.mark.parametrize("path", OWN, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_written_form_passes_pyxform_and_comes_back_whole(path: Path) -> None:
    instrument = read_instrument_file(path.read_bytes(), path.name).unwrap()

    _check_fixed_point(instrument)


def test_everything_an_instrument_can_have_comes_back_whole() -> None:
    _check_fixed_point(everything())


@settings(max_examples=20)
@given(instruments())
def test_every_instrument_comes_back_whole(instrument: Instrument) -> None:
    _check_fixed_point(instrument)


@settings(max_examples=15)
@given(texts(), texts())
def test_any_words_come_back_whole(one: str, other: str) -> None:
    content = everything().model_dump()
    content["title"] = content["pages"][0]["introduction"] = one
    content["pages"][0]["items"][1].update(text=one, hint=other, base=other)
    content["pages"][0]["items"][3]["options"][0]["label"] = other
    content["translations"]["fr"]["visits.text"] = other
    _check_fixed_point(Instrument.model_validate(content))


def _check_fixed_point(instrument: Instrument) -> None:
    data, _report = write_xlsform(instrument)
    convert(data)
    assert write_xlsform(instrument)[0] == data
    imported = read_xlsform(data, "form.xlsx")
    assert imported.problems == ()
    assert imported.instrument == instrument


def test_what_is_changed_in_the_sheet_counts() -> None:
    data, _report = write_xlsform(everything())
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["survey"]
    for row in sheet.iter_rows(min_row=2):
        if row[1].value == "nps":
            row[2].value = "Would you recommend us?"
    made = io.BytesIO()
    book.save(made)

    imported = read_xlsform(made.getvalue(), "form.xlsx")

    assert imported.instrument is not None
    item = imported.instrument.item("nps")
    assert item is not None
    assert item.text == "Would you recommend us?"


def test_no_cell_is_a_formula() -> None:
    data, _report = write_xlsform(everything())
    book = openpyxl.load_workbook(io.BytesIO(data))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]

    assert "=None of these" in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} == {"s"}


def test_what_other_tools_do_not_see_is_reported() -> None:
    _data, report = write_xlsform(everything())

    about = {(loss.about, loss.item) for loss in report.losses}

    for expected in [("ending", "out"), ("quota", "many"), ("sampling", "some"), ("order", "rate"),
                     ("reversed", "overall"), ("thanks", "thanks"), ("base", "hours"),
                     ("option relevance", "used"), ("places", "ranked")]:  # fmt: skip
        assert expected in about


# The samples


def test_every_sample_is_read_or_refused_as_pyxform_does(shared_folder: Path) -> None:
    for path in sorted((shared_folder / "formats" / "xlsform").iterdir()):
        try:
            convert(path)
            accepted = True
        except Exception:
            accepted = False

        imported = read_xlsform(path.read_bytes(), path.name)

        assert (imported.instrument is not None) == accepted, path.name
        if imported.instrument is None:
            assert imported.problems, path.name
            continue
        assert not [p for p in check_instrument(imported.instrument) if p.severity == "error"]
        in_file, kept = imported.report.counts["questions"]
        said = [loss for loss in imported.report.losses if loss.about == "question type"]
        assert in_file - kept <= len(said), path.name
        _check_fixed_point(imported.instrument)
