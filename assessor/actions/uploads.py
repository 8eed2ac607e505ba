"""Files that a person sends with their answers: taken in, tied to the draft, and let go again.

What a file is says its content. Its name is not kept, and neither is when it came, nor what a
camera wrote into a picture.
"""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from assessor.actions import gates
from assessor.actions.refusals import refused
from assessor.actions.way import way_of
from assessor.domain.instrument import FileItem, Instrument, Page
from assessor.domain.problems import Checked, Problem, Said, Several, failed, say
from assessor.domain.route import Answers
from assessor.formats.file_type import WORDS, file_type
from assessor.formats.pictures import bare_picture
from assessor.store import answers, uploads
from assessor.store.answers import hash_of_token
from assessor.store.database import db, today
from assessor.store.engine import writing
from assessor.store.responses import ResponseRow, UploadRow

SPARE = 2
"""How many times as many files as the items ask for one draft may hold, for changes of mind."""
MEGABYTE = 1_000_000


def keep_file(
    token: str,
    wave_id: str,
    page_key: str,
    item_key: str,
    content: bytes,
    *,
    account_id: int | None = None,
    on: date | None = None,
) -> Checked[str]:
    """Take in one file for an item of a page that is on the person's way; returns its id."""
    found = file_type(content)
    is_picture = found is not None and found.type == "image" and answers.draft(token, wave_id)
    # Before the transaction, which others wait for.
    bare = bare_picture(content) if is_picture else content
    with writing() as session:
        wave, problems = gates.answerable(session, wave_id, account_id, on)
        if wave is None:
            return failed(*problems)
        draft = answers.draft(token, wave_id, hold=True)
        way = way_of(draft, wave_id, on or today()) if draft else None
        item = _file_item(way.published.pages.get(page_key), item_key) if way else None
        if way is None or item is None or page_key not in way.route.pages:
            return failed(_wrong(item_key, "answer.not-asked", say("No file is asked for here.")))
        if not content:
            return failed(_wrong(item_key, "answer.empty-file", say("This file is empty.")))
        if found is None or found.type not in item.types:
            kinds = Several(WORDS[one] for one in item.types)
            message = say("Choose a file of these kinds: {kinds}.", kinds=kinds)
            return failed(_wrong(item_key, "answer.file-type", message))
        if len(content) > item.max_megabytes * MEGABYTE:
            message = say("Choose a file of at most {size} MB.", size=item.max_megabytes)
            return failed(_wrong(item_key, "answer.file-size", message))
        if len(own_ids(token)) >= SPARE * _most(way.instrument):
            message = say("Too many files were sent from here. Send the page with those it has.")
            return failed(_wrong(item_key, "answer.too-many", message))
        if isinstance(bare, Said):
            return failed(_wrong(item_key, "answer.picture", bare))
        upload_id = uuid.uuid4().hex
        session.execute(
            insert(UploadRow).values(
                id=upload_id,
                wave_id=wave_id,
                draft_id=hash_of_token(token),
                media_type=found.media_type,
                size=len(bare),
                extension=found.extension,
            )
        )
        # Before the row is: a row without its file would be an answer that was lost.
        uploads.write(wave_id, upload_id, bare)
    return Checked(upload_id)


def own_ids(token: str) -> frozenset[str]:
    """The ids of the files that this draft holds."""
    mine = select(UploadRow.id).where(UploadRow.draft_id == hash_of_token(token))
    return frozenset(db.session.scalars(mine))


def own_files_only(
    page: Page, raw: Mapping[str, object], token: str
) -> tuple[dict[str, object], tuple[Problem, ...]]:
    """What was posted without files that this draft does not hold, and what is wrong with them.

    Otherwise an answer could name somebody else's file.
    """
    kept = dict(raw)
    problems = []
    items = [item for item in page.items if isinstance(item, FileItem)]
    own = own_ids(token) if any(raw.get(item.key) for item in items) else frozenset()
    for item in items:
        value = raw.get(item.key)
        given = value if isinstance(value, list | tuple) else str(value or "").split(";")
        ids = [str(one).strip() for one in given if str(one).strip()]
        kept[item.key] = [one for one in ids if one in own]
        if len(ids) > len(kept[item.key]):  # type: ignore[arg-type]  # a list, set one line above
            message = say("Choose the file again; it did not arrive.")
            problems.append(_wrong(item.key, "answer.not-a-file", message))
    return kept, tuple(problems)


def keep_files_of(
    session: Session,
    wave_id: str,
    token: str,
    instrument: Instrument | None,
    stored: Answers,
) -> tuple[str, ...]:
    """Part the files that the answers name from the draft; returns the ids of all others.

    Those others' rows are gone; `forget_files` takes them from the disk after the transaction.
    Without an instrument no file is kept.
    """
    own = own_ids(token)
    if not own:
        return ()
    named: set[str] = set()
    for item in instrument.items() if instrument else ():
        value = stored.get(item.key)
        if isinstance(item, FileItem) and isinstance(value, list):
            named.update(value)
    kept = named & own
    session.execute(update(UploadRow).where(UploadRow.id.in_(kept)).values(draft_id=None))
    session.execute(delete(UploadRow).where(UploadRow.id.in_(own - kept)))
    return tuple(own - kept)


def forget_files(wave_id: str, upload_ids: Iterable[str]) -> None:
    """Take files from the disk whose rows are gone."""
    uploads.remove(wave_id, upload_ids)


def forget_files_without_response(session: Session, wave_id: str) -> tuple[str, ...]:
    """Delete the rows of sent files that no response names any more; returns their ids."""
    sent = {one.id for one in uploads.uploads(wave_id)}
    if not sent:
        return ()
    documents = session.scalars(select(ResponseRow.answers).where(ResponseRow.wave_id == wave_id))
    left = sent - {one for text in documents for one in sent if one in text}
    session.execute(delete(UploadRow).where(UploadRow.id.in_(left)))
    return tuple(left)


def _file_item(page: Page | None, key: str) -> FileItem | None:
    items = page.items if page else ()
    return next((one for one in items if isinstance(one, FileItem) and one.key == key), None)


def _most(instrument: Instrument) -> int:
    return sum(item.max_files for item in instrument.items() if isinstance(item, FileItem))


def _wrong(where: str, code: str, message: str) -> Problem:
    return refused(code, where, message)
