"""What the database itself refuses, whoever asks."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, insert, inspect, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from assessor.store import models as m
from tests.store.rows import WAVE, fill, response_row, version_row, wave_row


@pytest.fixture(autouse=True)
def _one_row_in_every_table(app: Flask) -> None:
    fill(m.db.session())


def refused(statement: Any, match: str, error: type[DBAPIError] = DBAPIError) -> None:
    with pytest.raises(error, match=match):
        m.db.session.execute(statement)
    m.db.session.rollback()


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        (m.InstrumentVersion, "document", '{"changed":1}'),
        (m.InstrumentVersion, "version", 2),
        (m.PlanEdition, "document", '{"changed":1}'),
        (m.MappingEdition, "document", '{"changed":1}'),
        (m.ResponseRow, "answers", '{"q":5}'),
        (m.ResponseRow, "group_code", "adult"),
        (m.ResponseRow, "instrument_version_id", 2),
        (m.ResponseRow, "language", "de"),
    ],
)
def test_what_is_published_saved_or_sent_never_changes(
    row: type[m.Base], column: str, value: object
) -> None:
    refused(update(row).values({column: value}), "never changes")


def test_a_version_with_waves_cannot_be_deleted() -> None:
    refused(delete(m.InstrumentVersion), "cannot be deleted")


@pytest.mark.parametrize(
    ("column", "value"), [("access", "signed_in"), ("retention_months", 36), ("library_id", 2)]
)
def test_the_promise_of_a_wave_stands_once_somebody_answered(column: str, value: object) -> None:
    refused(update(m.WaveRow).values({column: value}), "promised")


def add_versions() -> None:
    """The next version of what the wave asks, one of another instrument, one of another library."""
    m.db.session.add(m.LibraryRow(id=2, key="elsewhere", name="Elsewhere"))
    m.db.session.flush()
    m.db.session.add_all(
        [
            version_row(id=2, version=2, sha256="2" * 64),
            version_row(id=3, key="staff"),
            version_row(id=4, library_id=2),
        ]
    )
    m.db.session.commit()


def test_a_wave_with_responses_goes_on_with_another_version_of_its_instrument() -> None:
    add_versions()
    m.db.session.execute(update(m.WaveRow).values(instrument_version_id=2))
    m.db.session.execute(update(m.WaveRow).values(instrument_version_id=1))
    m.db.session.commit()


@pytest.mark.parametrize("foreign", [3, 4])
def test_a_wave_never_turns_to_another_instrument_or_library(foreign: int) -> None:
    add_versions()
    refused(update(m.WaveRow).values(instrument_version_id=foreign), "of its own instrument")


@pytest.mark.parametrize("foreign", [3, 4, 99])
def test_what_is_answered_is_a_version_of_the_waves_instrument(foreign: int) -> None:
    add_versions()
    for row, fields in (
        (m.ResponseRow, {"id": "b" * 32, "submitted_on": m.today()}),
        (m.DraftRow, {"id": "b" * 64, "touched_on": m.today(), "pages_done": "[]", "seed": 1}),
    ):
        values = {"wave_id": WAVE, "answers": "{}", "instrument_version_id": foreign, **fields}
        refused(insert(row).values(values), "of the instrument of its wave")


def test_an_older_version_is_answered_to_its_end() -> None:
    add_versions()
    m.db.session.execute(update(m.WaveRow).values(instrument_version_id=2))
    m.db.session.add(response_row(id="b" * 32, instrument_version_id=1))
    m.db.session.commit()


def test_who_began_a_version_finishes_it() -> None:
    add_versions()
    refused(update(m.DraftRow).values(instrument_version_id=2), "finishes it")


def test_a_version_that_somebody_answers_cannot_be_deleted_after_the_wave_went_on() -> None:
    add_versions()
    m.db.session.execute(update(m.WaveRow).values(instrument_version_id=2))
    m.db.session.commit()
    one = delete(m.InstrumentVersion).where(m.InstrumentVersion.id == 1)
    refused(one, "(?i)foreign key", IntegrityError)


def test_a_promise_may_be_strengthened_and_a_wave_closed() -> None:
    m.db.session.execute(update(m.WaveRow).values(retention_months=12, state="closed"))
    m.db.session.commit()


def test_before_the_first_response_access_can_change() -> None:
    m.db.session.add(wave_row(id="anotherwaveanother"))
    m.db.session.commit()
    changed = update(m.WaveRow).where(m.WaveRow.id == "anotherwaveanother")
    m.db.session.execute(changed.values(access="signed_in", retention_months=48))
    m.db.session.commit()


def test_a_response_names_no_person_address_token_or_time() -> None:
    columns = {c.name: c for c in m.Base.metadata.tables["response"].columns}
    assert set(columns) == {
        "id",
        "wave_id",
        "group_code",
        "answers",
        "submitted_on",
        "instrument_version_id",
        "language",
    }
    assert columns["submitted_on"].type.python_type is date
    pointed_at = {key.column.table.name for c in columns.values() for key in c.foreign_keys}
    assert pointed_at == {"wave", "instrument_version"}


def test_what_is_counted_of_people_who_left_early_is_a_number_and_nothing_else() -> None:
    for table, what in (("ending_count", "ending"), ("quota_count", "quota")):
        assert set(m.Base.metadata.tables[table].columns.keys()) == {"wave_id", what, "number"}


def test_a_file_that_was_sent_has_no_name_and_no_time() -> None:
    columns = set(m.Base.metadata.tables["upload"].columns.keys())
    assert columns == {"id", "wave_id", "draft_id", "media_type", "size", "extension"}


def test_participation_and_responses_share_no_key_but_the_wave() -> None:
    assert set(m.Base.metadata.tables["participation"].columns.keys()) == {"wave_id", "account_id"}


@pytest.mark.parametrize("table", ["response", "draft"])
def test_the_day_of_an_answer_holds_no_time(table: str) -> None:
    constraints = {c["name"] for c in inspect(m.db.engine).get_check_constraints(table)}
    assert f"ck_{table}_anonymous_day_without_time" in constraints
    if m.db.engine.dialect.name == "sqlite":
        refused(
            text(
                "INSERT INTO response (id, wave_id, answers, submitted_on, instrument_version_id) "
                f"VALUES ('{'b' * 32}', '{WAVE}', '{{}}', '2025-03-01 10:15:00', 1)"
            ),
            "anonymous_day_without_time",
            IntegrityError,
        )


def test_a_response_id_cannot_be_a_number_that_counts() -> None:
    m.db.session.add(response_row(id="2"))
    with pytest.raises(IntegrityError, match="anonymous_random_id"):
        m.db.session.flush()
    m.db.session.rollback()


def test_there_is_no_row_id_that_keeps_the_order_in_which_answers_arrived() -> None:
    for table in (
        "response",
        "draft",
        "participation",
        "ending_count",
        "quota_count",
        "upload",
    ):
        # SQLite says "no such column: rowid", PostgreSQL 'column "rowid" does not exist'.
        refused(text(f"SELECT rowid FROM {table}"), "rowid")


@pytest.mark.parametrize(
    ("changed", "constraint"),
    [
        ({"privacy": "identified"}, "privacy_promised"),
        ({"access": "kiosk"}, "access_known"),
        ({"state": "lost"}, "state_known"),
        ({"retention_months": 0}, "retention_stated"),
        ({"opens_on": date(2025, 2, 1), "closes_on": date(2025, 1, 1)}, "opens_before_it_closes"),
        ({"id": "short"}, "link_unguessable"),
    ],
)
def test_a_wave_that_cannot_be_is_refused(changed: dict[str, Any], constraint: str) -> None:
    m.db.session.add(wave_row(**{"id": "anotherwaveanother"} | changed))
    with pytest.raises(IntegrityError, match=constraint):
        m.db.session.flush()
    m.db.session.rollback()


def test_foreign_keys_are_on() -> None:
    refused(
        insert(m.InstrumentDraft).values(library_id=99, key="k", document="{}", sha256=""),
        "(?i)foreign key",
        IntegrityError,
    )
