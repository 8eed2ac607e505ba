"""Waves: plan one, open it, close it, open it again."""

import secrets
from collections.abc import Mapping
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assessor.actions.refusals import not_found, refused
from assessor.domain.instrument import Option
from assessor.domain.problems import Checked, Problem, failed, say
from assessor.store.accounts import LibraryRow
from assessor.store.database import today
from assessor.store.engine import writing
from assessor.store.imports import source_of
from assessor.store.instruments import InstrumentVersion
from assessor.store.published import published
from assessor.store.responses import ResponseRow
from assessor.store.waves import Access, WaveGroup, WaveRow

# Letters that nobody confuses on a poster; 16 of them are 79 bits, which nobody guesses.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_LINK_LENGTH = 16
RETENTION_MONTHS = 24


def plan_wave(
    library_id: int,
    *,
    instrument: str,
    title: str,
    period: str,
    version: int | None = None,
    access: Access = "open_link",
    opens_on: date | None = None,
    closes_on: date | None = None,
    retention_months: int = RETENTION_MONTHS,
    sizes: Mapping[str, int | None] | None = None,
) -> Checked[str]:
    """Plan a wave of a published version, the newest where none is named; return its id.

    `sizes`: group code → how many people are in it. The groups are the options of the
    instrument's group item; one without a size is kept with none.
    """
    with writing() as session:
        if session.get(LibraryRow, library_id) is None:
            return failed(not_found("library", str(library_id)))
        row = InstrumentVersion
        wanted = select(row.id, row.sha256).where(
            row.library_id == library_id, row.key == instrument
        )
        if version is not None:
            wanted = wanted.where(row.version == version)
        found = session.execute(wanted.order_by(row.version.desc()).limit(1)).first()
        if found is None:
            message = say("No such version is published. Publish the instrument first.")
            return failed(refused("wave.not-published", "instrument", message))
        groups = published(*found).instrument.groups()
        problems = [
            *_text_problems(title, period),
            *_day_problems(opens_on, closes_on),
            *_retention_problems(retention_months),
            *_size_problems(sizes or {}, groups),
        ]
        if problems:
            return failed(*problems)
        wave = WaveRow(
            id=new_link(),
            library_id=library_id,
            instrument_version_id=found.id,
            title=title.strip(),
            period=period.strip(),
            access=access,
            retention_months=retention_months,
            opens_on=opens_on,
            closes_on=closes_on,
        )
        session.add(wave)
        put_groups(wave, groups, sizes or {})
        return Checked(wave.id)


def change_wave(
    library_id: int,
    wave_id: str,
    *,
    title: str,
    period: str,
    opens_on: date | None,
    closes_on: date | None,
    sizes: Mapping[str, int | None],
) -> Checked[str]:
    """Change what may change at any time. Access and promise are not among it."""
    with writing() as session:
        wave = _locked(session, library_id, wave_id)
        if wave is None:
            return failed(not_found("wave", wave_id))
        groups = published(wave.version.id, wave.version.sha256).instrument.groups()
        problems = [
            *_text_problems(title, period),
            *_day_problems(opens_on, closes_on),
            *_size_problems(sizes, groups),
        ]
        if problems:
            return failed(*problems)
        wave.title, wave.period = title.strip(), period.strip()
        wave.opens_on, wave.closes_on = opens_on, closes_on
        put_groups(wave, groups, sizes)
    return Checked(wave_id)


def field_version(library_id: int, wave_id: str, version: int) -> Checked[int]:
    """Let a wave go on with another version of its instrument; return that version's number.

    Who began keeps the version they began, and every answer keeps the version it was given to. Only
    people who come from now on are asked the new one. Refused where the wave is closed, or where
    the version lacks a group that the wave is for.
    """
    with writing() as session:
        wave = _locked(session, library_id, wave_id)
        if wave is None:
            return failed(not_found("wave", wave_id))
        if wave.state == "closed":
            message = say("This wave is closed. What it asked stays as it is.")
            return failed(refused("wave.closed", wave_id, message))
        row = InstrumentVersion
        wanted = session.scalar(
            select(row).where(
                row.library_id == library_id, row.key == wave.version.key, row.version == version
            )
        )
        if wanted is None:
            return failed(not_found("version", str(version)))
        if wanted.id == wave.instrument_version_id:
            return Checked(version)
        groups = published(wanted.id, wanted.sha256).instrument.groups()
        gone = [g.label for g in wave.groups if g.code not in {option.code for option in groups}]
        if gone:
            return failed(_groups_gone(version, gone))
        put_groups(wave, groups, {group.code: group.size for group in wave.groups})
        wave.instrument_version_id = wanted.id
    return Checked(version)


def open_wave(library_id: int, wave_id: str, *, on: date | None = None) -> Checked[str]:
    """Take answers from now on, or from the wave's first day. Opening twice changes nothing."""
    with writing() as session:
        wave = _locked(session, library_id, wave_id)
        if wave is None:
            return failed(not_found("wave", wave_id))
        if wave.state == "closed":
            message = say("This wave was closed. Reopen it if it is to take answers again.")
            return failed(refused("wave.closed", wave_id, message))
        if wave.closes_on is not None and wave.closes_on < (on or today()):
            return failed(_over(wave_id))
        wave.state = "open"
    return Checked(wave_id)


def close_wave(library_id: int, wave_id: str) -> Checked[str]:
    """Take no more answers. Drafts on their way stay, in case the wave is reopened."""
    with writing() as session:
        wave = _locked(session, library_id, wave_id)
        if wave is None:
            return failed(not_found("wave", wave_id))
        if wave.state == "draft":
            message = say("This wave was never opened. Delete it, or open it first.")
            return failed(refused("wave.never-opened", wave_id, message))
        wave.state = "closed"
    return Checked(wave_id)


def reopen_wave(
    library_id: int, wave_id: str, *, closes_on: date | None = None, on: date | None = None
) -> Checked[str]:
    """Take answers again, until `closes_on` or until somebody closes the wave."""
    with writing() as session:
        wave = _locked(session, library_id, wave_id)
        if wave is None:
            return failed(not_found("wave", wave_id))
        if wave.state != "closed":
            message = say("Only a closed wave can be reopened. This one is not closed.")
            return failed(refused("wave.not-closed", wave_id, message))
        if source_of(wave_id) is not None:
            message = say(
                "These answers came from elsewhere. Plan a wave of its own to ask people here."
            )
            return failed(refused("wave.imported", wave_id, message))
        problems = _day_problems(wave.opens_on, closes_on)
        if closes_on is not None and closes_on < (on or today()):
            problems.append(_over(wave_id))
        if problems:
            return failed(*problems)
        wave.state, wave.closes_on = "open", closes_on
    return Checked(wave_id)


def delete_wave(library_id: int, wave_id: str) -> Checked[str]:
    """Delete a wave that was never opened."""
    with writing() as session:
        wave = _locked(session, library_id, wave_id)
        if wave is None:
            return failed(not_found("wave", wave_id))
        responses = select(func.count()).where(ResponseRow.wave_id == wave_id)
        if wave.state != "draft" or session.scalar(responses):
            message = say("This wave was opened, so its answers are kept. Close it instead.")
            return failed(refused("wave.opened", wave_id, message))
        session.delete(wave)
    return Checked(wave_id)


def new_link() -> str:
    """The id of a new wave, which is the part of its link that nobody guesses."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_LINK_LENGTH))


def _locked(session: Session, library_id: int, wave_id: str) -> WaveRow | None:
    row = select(WaveRow).where(WaveRow.id == wave_id, WaveRow.library_id == library_id)
    return session.scalar(row.with_for_update())


def put_groups(wave: WaveRow, groups: tuple[Option, ...], sizes: Mapping[str, int | None]) -> None:
    """Write the groups the wave is for, in their order, with the sizes that are known."""
    there = {group.code: group for group in wave.groups}
    for position, option in enumerate(groups):
        group = there.get(option.code)
        if group is None:
            group = WaveGroup(code=option.code)
            wave.groups.append(group)
        group.label, group.position = option.label, position
        group.size = sizes.get(option.code)


def _text_problems(title: str, period: str) -> list[Problem]:
    problems = []
    if not title.strip() or len(title) > 300:
        message = say("Enter a title of at most 300 characters; patrons see it.")
        problems.append(refused("wave.title", "title", message))
    if not period.strip() or len(period) > 40:
        message = say(
            "Enter the period that the wave is for, such as 2025, in at most 40 characters."
        )
        problems.append(refused("wave.period", "period", message))
    return problems


def _day_problems(opens_on: date | None, closes_on: date | None) -> list[Problem]:
    if opens_on is None or closes_on is None or opens_on <= closes_on:
        return []
    message = say("The wave closes before it opens. Change one of the two days.")
    return [refused("wave.days", "closes_on", message)]


def _retention_problems(months: int) -> list[Problem]:
    if 1 <= months <= 240:
        return []
    message = say("Answers are kept for 1 to 240 months. Enter a number in between.")
    return [refused("wave.retention", "retention_months", message)]


def _size_problems(sizes: Mapping[str, int | None], groups: tuple[Option, ...]) -> list[Problem]:
    known = {option.code for option in groups}
    problems = [
        refused(
            "wave.unknown-group",
            f"sizes.{code}",
            say(
                "The instrument has no group “{code}”. Its groups are: {groups}.",
                code=code,
                groups=", ".join(sorted(known)) or "–",
            ),
        )
        for code in sorted(set(sizes) - known)
    ]
    problems.extend(
        refused(
            "wave.group-size", f"sizes.{code}", say("Enter how many people are in it, 0 or more.")
        )
        for code, size in sizes.items()
        if size is not None and not 0 <= size <= 1_000_000_000
    )
    return problems


def _groups_gone(version: int, labels: list[str]) -> Problem:
    listed = ", ".join(f"“{label}”" for label in labels)
    message = say(
        "Version {version} has no group {groups}, which this wave is for. Bring the group back in "
        "the next version, or plan a wave of its own for this one.",
        version=version,
        groups=listed,
    )
    return refused("wave.groups-gone", "version", message)


def _over(wave_id: str) -> Problem:
    message = say("The wave's last day is over. Set a later day, or none, and try again.")
    return refused("wave.over", wave_id, message)
