"""Queries of answers: a patron's draft, and the responses that scores are computed from."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import bindparam, select

from assessor.domain.route import Answers
from assessor.store.database import Base, db
from assessor.store.instruments import InstrumentVersion
from assessor.store.published import Published, published
from assessor.store.responses import ResponseRow


@dataclass(frozen=True)
class Draft:
    """What a patron has answered so far, the pages that are done, and what they began with."""

    answers: Answers
    pages_done: tuple[str, ...]
    seed: int
    version_id: int
    sha256: str
    language: str | None

    def published(self) -> Published:
        """The version that was begun, and is finished."""
        return published(self.version_id, self.sha256)


@dataclass(frozen=True)
class Answered:
    """All responses of a wave in an order that says nothing: `rows[i]` is of group `groups[i]`."""

    rows: list[Answers]
    groups: list[str | None]


@dataclass(frozen=True)
class AnsweredVersion:
    """The responses of a wave to one version, in an order that says nothing.

    Three lists of one length: answers, group codes, and the languages that were read.
    """

    version: int
    published: Published
    rows: list[Answers]
    groups: list[str | None]
    languages: list[str | None]


def hash_of_token(token: str) -> str:
    """The id of a draft: the token itself stays with the patron."""
    return hashlib.sha256(token.encode()).hexdigest()


def draft(token: str, wave_id: str, *, hold: bool = False) -> Draft | None:
    """The draft that the browser with this token writes; None where there is none.

    With `hold` nobody else can change it before the transaction ends.
    """
    mine = {"draft": hash_of_token(token), "wave": wave_id}
    found = db.session.execute(_HELD_DRAFT if hold else _DRAFT, mine).first()
    if found is None:
        return None
    return Draft(json.loads(found[0]), tuple(json.loads(found[1])), *found[2:])


# Asked with every page of every patron, so built once, and on tables rather than objects.
_ROW = Base.metadata.tables["draft"]
_VERSION = Base.metadata.tables["instrument_version"]
_DRAFT = (
    select(
        _ROW.c.answers,
        _ROW.c.pages_done,
        _ROW.c.seed,
        _ROW.c.instrument_version_id,
        _VERSION.c.sha256,
        _ROW.c.language,
    )
    .join(_VERSION, _VERSION.c.id == _ROW.c.instrument_version_id)
    .where(_ROW.c.id == bindparam("draft"), _ROW.c.wave_id == bindparam("wave"))
)
_HELD_DRAFT = _DRAFT.with_for_update(of=_ROW)


def any_since(wave_id: str, day: date) -> bool:
    """Whether the wave has a response of this day or a later one; whose it is nobody can say."""
    found = select(ResponseRow.id).where(
        ResponseRow.wave_id == wave_id, ResponseRow.submitted_on >= day
    )
    return db.session.execute(found.limit(1)).first() is not None


def answered(wave_id: str) -> Answered:
    """Every response of the wave, ordered by its random id."""
    found = db.session.execute(
        select(ResponseRow.answers, ResponseRow.group_code)
        .where(ResponseRow.wave_id == wave_id)
        .order_by(ResponseRow.id)
    ).all()
    return Answered([json.loads(row[0]) for row in found], [row[1] for row in found])


def answered_by_version(wave_id: str) -> tuple[AnsweredVersion, ...]:
    """Every response of the wave with the version it answers, the oldest version first.

    A wave that went on to the next version has several. What an older one asked and a newer one
    does not is here as it was answered.
    """
    response, version = ResponseRow, InstrumentVersion
    found = db.session.execute(
        select(
            version.version,
            version.id,
            version.sha256,
            response.answers,
            response.group_code,
            response.language,
        )
        .join(version, version.id == response.instrument_version_id)
        .where(response.wave_id == wave_id)
        .order_by(version.version, response.id)
    ).all()
    return tuple(
        AnsweredVersion(
            number,
            published(version_id, sha256),
            [json.loads(row[3]) for row in rows],
            [row[4] for row in rows],
            [row[5] for row in rows],
        )
        for (number, version_id, sha256), rows in (
            (key, list(of_one)) for key, of_one in groupby(found, key=lambda row: tuple(row[:3]))
        )
    )


def fingerprint_of_responses(wave_id: str) -> str:
    """What responses a wave has, as 64 letters: they never change, so their ids suffice."""
    ids = db.session.scalars(
        select(ResponseRow.id).where(ResponseRow.wave_id == wave_id).order_by(ResponseRow.id)
    )
    digest = hashlib.sha256()
    for response_id in ids:
        digest.update(response_id.encode())
    return digest.hexdigest()
