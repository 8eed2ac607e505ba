"""One row in every table, written plainly."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from assessor.store import models as m

WAVE = "wavewavewavewave"


def version_row(**changed: Any) -> m.InstrumentVersion:
    fields: dict[str, Any] = {
        "library_id": 1,
        "key": "patrons",
        "version": 1,
        "document": "{}",
        "sha256": "0" * 64,
    }
    return m.InstrumentVersion(**fields | changed)


def wave_row(**changed: Any) -> m.WaveRow:
    fields: dict[str, Any] = {
        "id": WAVE,
        "library_id": 1,
        "instrument_version_id": 1,
        "title": "Patrons 2025",
        "period": "2025",
        "access": "open_link",
        "retention_months": 24,
    }
    return m.WaveRow(**fields | changed)


def response_row(**changed: Any) -> m.ResponseRow:
    fields: dict[str, Any] = {
        "id": "a" * 32,
        "wave_id": WAVE,
        "answers": '{"q":1}',
        "submitted_on": m.today(),
        "instrument_version_id": 1,
    }
    return m.ResponseRow(**fields | changed)


def fill(session: Session) -> None:
    """Write one row into every table and commit."""
    session.add(m.LibraryRow(id=1, key="riverbend", name="Riverbend Library"))
    session.flush()
    role = m.Role(id=1, name="librarian")
    session.add(
        m.Account(id=1, library_id=1, email="l@example.org", fs_uniquifier="u", roles=[role])
    )
    session.flush()
    edition = {"library_id": 1, "plan_key": "riverbend", "edition": 1, "document": "{}"}
    session.add_all(
        [
            m.WebAuthn(
                account_id=1,
                credential_id=b"c",
                public_key=b"p",
                backup_state=False,
                device_type="single",
                lastuse_datetime=datetime(2025, 1, 1),  # noqa: DTZ001  as Flask-Security has it
                name="key",
                usage="first",
            ),
            m.PlanEdition(
                **edition, sha256="1" * 64, source_name="p", source_lines="[]", left_out="[]"
            ),
            m.PlanReview(
                id="r" * 32,
                library_id=1,
                plan_key="riverbend",
                source_name="p",
                source_lines="[]",
                reading="{}",
                states="[]",
            ),
            m.MappingEdition(**edition, sha256="2" * 64),
            m.InstrumentDraft(library_id=1, key="patrons", document="{}", sha256="0" * 64),
            m.InstrumentStep(
                library_id=1, key="patrons", step=1, document="{}", sha256="0" * 64, said="Begun"
            ),
            version_row(id=1),
            m.ScorecardRow(
                library_id=1, plan_key="riverbend", period="2025", document="{}", inputs_sha256="3"
            ),
        ]
    )
    session.flush()
    session.add(wave_row())
    session.flush()
    session.add_all(
        [
            m.WaveGroup(wave_id=WAVE, code="adult", label="Adults", size=10),
            m.Participation(wave_id=WAVE, account_id=1),
            m.DraftRow(
                id="d" * 64,
                wave_id=WAVE,
                answers="{}",
                pages_done="[]",
                touched_on=m.today(),
                seed=2**62,
                instrument_version_id=1,
            ),
            response_row(),
            m.EndingCount(wave_id=WAVE, ending="not_for_you", number=1),
            m.QuotaCount(wave_id=WAVE, quota="students", number=1),
            m.WaveSource(
                wave_id=WAVE,
                description="Counted at the desk",
                format="csv",
                sha256="4" * 64,
                responses=1,
                column_map="{}",
            ),
            m.ColumnMapRow(
                library_id=1, instrument_key="patrons", headers_sha256="5" * 64, document="{}"
            ),
        ]
    )
    session.flush()
    session.add(
        m.UploadRow(
            id="f" * 32,
            wave_id=WAVE,
            draft_id="d" * 64,
            media_type="image/png",
            size=1,
            extension="png",
        )
    )
    session.commit()
