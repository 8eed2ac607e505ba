"""Scorecards: computed from what is stored, and kept until something that went in changes."""

from sqlalchemy import select

import assessor
from assessor.actions.instruments import lock_library
from assessor.actions.refusals import not_found, refused
from assessor.domain.fingerprint import fingerprint
from assessor.domain.folder import LibraryFolder
from assessor.domain.instrument import Instrument
from assessor.domain.problems import Checked, failed, say
from assessor.domain.scorecard import Scorecard
from assessor.scoring.frames import WaveAnswers, frame_from_answers
from assessor.scoring.score import score
from assessor.store import documents, fielding, scorecard_queries
from assessor.store.answers import (
    AnsweredVersion,
    answered_by_version,
    fingerprint_of_responses,
)
from assessor.store.database import today
from assessor.store.documents import StoredMapping, StoredPlan
from assessor.store.engine import reading, writing
from assessor.store.fielding import Wave
from assessor.store.scorecard_queries import StoredScorecard
from assessor.store.scorecards import ScorecardRow


def compute_scorecard(library_id: int, plan_key: str, period: str) -> Checked[StoredScorecard]:
    """The plan's scorecard for the waves of this period: as kept, or computed anew and kept.

    Waves that are only planned do not count; open ones count with what they have so far. Without
    a wave everything is "not measured". Its id and so its address stay the same for the period.
    Once responses of a wave are deleted because their time is over, the kept one is final.
    """
    with reading():
        stored_plan = documents.current_plan(library_id, plan_key)
        if stored_plan is None:
            return failed(not_found("plan", plan_key))
        stored_mapping = documents.current_mapping(library_id, plan_key)
        if stored_mapping is None:
            message = say("This plan has no mapping yet. Say first how each element is measured.")
            return failed(refused("scorecard.no-mapping", plan_key, message))
        waves = _fielded(library_id, period)
        inputs = _inputs(stored_plan, stored_mapping, waves)
        kept = scorecard_queries.find(library_id, plan_key, period)
        # What was forgotten in time cannot be computed from again: the last scorecard stands.
        is_final = any(wave.forgotten_on for wave in waves)
        if kept is not None and (is_final or kept.inputs_sha256 == inputs):
            return Checked(kept)
        folder = LibraryFolder(
            plan=stored_plan.plan,
            mapping=stored_mapping.mapping,
            instruments=_instruments(library_id, waves),
        )
        answers = [part for wave in waves for part in _answers_of(wave)]
    # Outside of any transaction: scoring a large wave takes seconds, and nobody should wait.
    scorecard = score(folder, answers, period=period)
    return _keep(library_id, scorecard, inputs)


def _keep(library_id: int, scorecard: Scorecard, inputs: str) -> Checked[StoredScorecard]:
    with writing() as session:
        lock_library(session, library_id)
        row = session.scalar(
            select(ScorecardRow).where(
                ScorecardRow.library_id == library_id,
                ScorecardRow.plan_key == scorecard.plan,
                ScorecardRow.period == scorecard.period,
            )
        )
        if row is None:
            row = ScorecardRow(
                library_id=library_id, plan_key=scorecard.plan, period=scorecard.period
            )
            session.add(row)
        row.document, row.inputs_sha256 = scorecard.model_dump_json(), inputs
        row.computed_on = today()
        session.flush()
        return Checked(scorecard_queries.stored(row))


def _fielded(library_id: int, period: str) -> list[Wave]:
    """The waves that count, in an order that does not depend on their random ids."""
    found = [wave for wave in fielding.waves(library_id, period) if wave.state != "draft"]
    return sorted(found, key=lambda wave: (wave.instrument_key, wave.version, wave.title, wave.id))


def _inputs(plan: StoredPlan, mapping: StoredMapping, waves: list[Wave]) -> str:
    return fingerprint(
        {
            "plan": plan.sha256,
            "mapping": mapping.sha256,
            "waves": [
                [wave.sha256, wave.title, str(wave.opens_on), str(wave.closes_on)]
                + [fingerprint_of_responses(wave.id)]
                + [f"{group.code}={group.size}" for group in fielding.groups(wave.id)]
                for wave in waves
            ],
            "program": assessor.__version__,
        }
    )


def _instruments(library_id: int, waves: list[Wave]) -> tuple[Instrument, ...]:
    """What was fielded; where an instrument was not, its draft, so that its items have words."""
    fielded = {wave.instrument_key: wave.published().instrument for wave in waves}
    drafts = {stored.draft.key: stored.draft for stored in documents.instruments(library_id)}
    together = drafts | fielded
    return tuple(together[key] for key in sorted(together))


def _answers_of(wave: Wave) -> list[WaveAnswers]:
    """What the wave brought in, one part a version; the version that it asks now comes last."""
    parts = {found.version: found for found in answered_by_version(wave.id)}
    sizes = {group.code: group.size for group in fielding.groups(wave.id)}
    known = {code: size for code, size in sizes.items() if size is not None}
    return [
        _part(wave, number, parts.get(number), known, is_complete=len(known) == len(sizes))
        for number in sorted({*parts, wave.version}, key=lambda n: (n == wave.version, n))
    ]


def _part(
    wave: Wave,
    version: int,
    found: AnsweredVersion | None,
    sizes: dict[str, int],
    *,
    is_complete: bool,
) -> WaveAnswers:
    instrument = found.published.instrument if found else wave.published().instrument
    return WaveAnswers(
        instrument=instrument,
        frame=frame_from_answers(
            instrument, found.rows if found else [], found.groups if found else []
        ),
        version=version,
        wave=wave.title,
        opens=wave.opens_on or "",
        closes=wave.closes_on or "",
        # Only a whole audience is a base: a part of it would make the response look better.
        invited=sum(sizes.values()) if sizes and is_complete else None,
        audience=sizes,
        fielding=wave.id,
    )
