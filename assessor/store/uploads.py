"""Files that people sent: a row with what a file is, and its content in the instance folder.

`uploads/<wave>/<id>`: no name, and the same date on every file of a wave, so that neither a folder
nor a backup says who sent what, or when.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from flask import current_app
from sqlalchemy import select

from assessor.paths import instance_folder
from assessor.store.database import db
from assessor.store.responses import UploadRow


@dataclass(frozen=True)
class Upload:
    """One file that was sent; `is_sent` once the response that names it is stored."""

    id: str
    media_type: str
    size: int
    extension: str
    is_sent: bool


def uploads_folder() -> Path:
    """Where the files of this site lie; outside of everything that is served."""
    settings = current_app.extensions.get("assessor_settings")
    return (settings.instance if settings is not None else instance_folder()) / "uploads"


def path_of(wave_id: str, upload_id: str) -> Path:
    return uploads_folder() / wave_id / upload_id


def write(wave_id: str, upload_id: str, content: bytes) -> None:
    """Put a file's content on the disk; it stays there whatever happens to this process."""
    path = path_of(wave_id, upload_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    # All of them again: the disk notes when a file was last touched, and that is now the same
    # moment for each.
    for other in path.parent.iterdir():
        os.utime(other, (0, 0))


def remove(wave_id: str, upload_ids: Iterable[str]) -> None:
    """Delete files; those that are gone already are no mistake."""
    for upload_id in upload_ids:
        path_of(wave_id, upload_id).unlink(missing_ok=True)


def uploads(wave_id: str, *, draft_id: str | None = None) -> tuple[Upload, ...]:
    """The files of a wave that were sent, by their random ids; or those of one draft."""
    row = UploadRow
    wanted = select(row.id, row.media_type, row.size, row.extension, row.draft_id).where(
        row.wave_id == wave_id, row.draft_id == draft_id
    )
    found = db.session.execute(wanted.order_by(row.id))
    return tuple(Upload(one[0], one[1], one[2], one[3], one[4] is None) for one in found)


def upload(wave_id: str, upload_id: str) -> Upload | None:
    """A file that went out with a response; None where there is none."""
    found = (one for one in uploads(wave_id) if one.id == upload_id)
    return next(found, None)
