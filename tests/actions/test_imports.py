"""Answers from elsewhere become a closed wave with their provenance, all or none."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from assessor.actions.imports import Source, import_answers, undo_import
from assessor.actions.instruments import publish_instrument, save_instrument_draft
from assessor.actions.libraries import create_library
from assessor.actions.waves import reopen_wave
from assessor.domain.instrument import Instrument
from assessor.store import answers, fielding, imports
from assessor.store.database import db
from assessor.store.responses import ResponseRow

INSTRUMENT = Instrument.model_validate(
    {
        "key": "visit",
        "title": "Visit",
        "group_item": "role",
        "pages": [
            {
                "key": "only",
                "items": [
                    {
                        "key": "role",
                        "kind": "single_choice",
                        "text": "Who?",
                        "required": True,
                        "options": [
                            {"code": "adult", "label": "Adult"},
                            {"code": "child", "label": "Child"},
                        ],
                    },
                    {
                        "key": "age",
                        "kind": "number",
                        "text": "Age?",
                        "relevant": "${role} = 'child'",
                    },
                ],
            }
        ],
    }
)


@pytest.fixture
def library(app: Flask) -> int:
    found = create_library("here", "Here").unwrap()
    save_instrument_draft(found, INSTRUMENT).unwrap()
    publish_instrument(found, "visit").unwrap()
    return found


def source(sha256: str = "a" * 64) -> Source:
    return Source("Counted at the desk", "csv", sha256, "b" * 64, "{}")


def bring(library: int, rows: list[dict[str, object]], **more: object) -> object:
    given = {"title": "Desk", "period": "2024", "source": source(), "rows": rows, **more}
    return import_answers(library, instrument="visit", **given)  # type: ignore[arg-type]


def responses() -> int:
    return db.session.scalar(select(func.count()).select_from(ResponseRow)) or 0


def test_rows_become_a_closed_wave_that_says_where_it_came_from(library: int) -> None:
    rows: list[dict[str, object]] = [{"role": "adult"}, {"role": "child", "age": "7"}, {"role": ""}]
    days = [date(2024, 3, 1), date(2024, 3, 9), None]
    checked = import_answers(
        library,
        instrument="visit",
        title="Desk",
        period="2024",
        source=source(),
        rows=rows,
        days=days,
    )
    wave = fielding.wave(checked.unwrap())
    assert wave is not None
    assert (wave.state, wave.opens_on, wave.closes_on) == ("closed", days[0], days[1])
    stored = answers.answered(wave.id)
    assert sorted(map(str, stored.rows)) == sorted(
        map(str, [{"role": "adult"}, {"role": "child", "age": 7}, {"role": None}])
    )
    found = imports.source_of(wave.id)
    assert found is not None
    assert (found.description, found.responses) == ("Counted at the desk", 3)


def test_one_wrong_row_and_nothing_is_stored(library: int) -> None:
    checked = bring(library, [{"role": "adult"}, {"role": "giant"}])
    assert [problem.where for problem in checked.problems] == ["row 2, role"]  # type: ignore[attr-defined]
    assert responses() == 0
    assert fielding.waves(library) == ()


def test_what_was_not_asked_is_not_kept(library: int) -> None:
    wave = bring(library, [{"role": "adult", "age": "7"}]).unwrap()  # type: ignore[attr-defined]
    assert answers.answered(wave).rows == [{"role": "adult"}]


def test_the_same_file_is_taken_twice_only_when_that_is_meant(library: int) -> None:
    bring(library, [{"role": "adult"}])
    again = bring(library, [{"role": "adult"}])
    assert [problem.code for problem in again.problems] == ["import.twice"]  # type: ignore[attr-defined]
    assert bring(library, [{"role": "adult"}], twice=True).ok  # type: ignore[attr-defined]


def test_an_import_can_be_undone_and_not_reopened(library: int) -> None:
    wave = bring(library, [{"role": "adult"}]).unwrap()  # type: ignore[attr-defined]
    assert not reopen_wave(library, wave).ok
    assert undo_import(library, wave).ok
    assert responses() == 0
    assert imports.source_of(wave) is None


def test_how_columns_were_read_is_remembered(library: int) -> None:
    bring(library, [{"role": "adult"}])
    assert imports.remembered_map(library, "visit", "b" * 64) == "{}"
    assert imports.remembered_map(library, "visit", "c" * 64) is None
