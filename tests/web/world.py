"""A site with one of everything in two libraries, for the sweeps over all pages.

A page with a new kind of value in its address needs a row in `VALUES`: which object of a library
the value names, or that it names none.
"""

import shutil
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from flask import Flask
from werkzeug.routing import Rule

from assessor.actions.folders import load_folder
from assessor.actions.plans import start_plan_review
from assessor.actions.respond import submit_answers
from assessor.actions.scorecards import compute_scorecard
from assessor.actions.waves import close_wave, open_wave, plan_wave
from assessor.domain.folder import LibraryFolder
from assessor.formats.folder import read_folder
from assessor.paths import surveys_folder
from assessor.store import uploads
from assessor.store.database import db
from assessor.store.responses import UploadRow
from tests.web.conftest import Cast, make_site

PERIOD = "2025"

Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Objects:
    """One of everything that a library owns, by what addresses call it."""

    library_key: str
    account_id: int
    plan_key: str
    instrument: str
    indicator: str
    element: str
    review_id: str
    wave_id: str
    planned_wave_id: str
    closed_wave_id: str
    scorecard_id: int
    file_id: str


@dataclass(frozen=True)
class World:
    """Our library's objects and those of a library that is none of our business."""

    folder: Path
    ours: Objects
    theirs: Objects


FREE: dict[tuple[str, str], object] = {
    ("*", "token"): "not-a-token",
    ("*", "filename"): "css/base.css",
    ("look.sheet", "name"): "office",
    ("accounts.static", "filename"): "passkeys.js",
    ("security.static", "filename"): "js/base64.js",
    ("*", "number"): 1,
    ("*", "page"): 1,
    ("*", "edition"): 1,
    ("*", "version"): 1,
    ("*", "period"): PERIOD,
    ("*", "language"): "de",
    ("waves.act", "name"): "open",
    ("instruments.export", "wanted"): "xlsform",
}
"""Values that name nothing a library owns, by endpoint and name; `*` is every endpoint."""

OWNED: dict[tuple[str, str], str] = {
    ("*", "library_key"): "library_key",
    ("*", "account_id"): "account_id",
    ("*", "plan_key"): "plan_key",
    ("*", "review_id"): "review_id",
    ("*", "wave_id"): "wave_id",
    ("*", "scorecard_id"): "scorecard_id",
    ("*", "file_id"): "file_id",
    ("*", "indicator_key"): "indicator",
    ("*", "instrument_key"): "instrument",
    ("*", "code"): "element",
    ("instruments.*", "key"): "instrument",
    ("mapping.*", "key"): "indicator",
}
"""Values that name an object of a library: the field of `Objects`."""

_HINT = "Say in tests/web/world.py (FREE or OWNED) what <{name}> of {endpoint} stands for."


def values_for(rule: Rule, objects: Objects) -> dict[str, object]:
    """What to fill into the address of `rule`, so that it names this library's objects."""
    return {name: _value(rule.endpoint, name, objects) for name in rule.arguments}


def is_owned(rule: Rule) -> bool:
    """Whether the address names something that belongs to a library."""
    return any(_row(OWNED, rule.endpoint, name) is not None for name in rule.arguments)


def _value(endpoint: str, name: str, objects: Objects) -> object:
    owned = _row(OWNED, endpoint, name)
    if owned is not None:
        return getattr(objects, owned)
    free = _row(FREE, endpoint, name)
    assert free is not None, _HINT.format(name=name, endpoint=endpoint)
    return free


def _row(table: Mapping[tuple[str, str], Kept], endpoint: str, name: str) -> Kept | None:
    feature = endpoint.partition(".")[0] + ".*"
    for key in ((endpoint, name), (feature, name), ("*", name)):
        if key in table:
            return table[key]
    return None


def build_world(populated: tuple[Path, Cast], folder: Path, texts: str = "") -> World:
    """Both libraries with one of everything, in a copy of the populated site.

    `texts` is written into every text that people can choose, where it is not empty.
    """
    shutil.copytree(populated[0], folder)
    cast = populated[1]
    app = make_site(folder)
    with app.app_context():
        files = read_folder(surveys_folder() / "riverbend").unwrap()
        ours = _fill(
            cast.librarian.library_id, cast.staff.account_id, "riverbend", _marked(files, texts)
        )
        theirs = _fill(
            cast.stranger.library_id, cast.stranger.account_id, "elsewhere", _renamed(files)
        )
        _leave(app)
    return World(folder, ours, theirs)


def _fill(library_id: int, account_id: int, key: str, files: LibraryFolder) -> Objects:
    load_folder(library_id, files).unwrap()
    document = (surveys_folder() / "riverbend" / "plan.txt").read_bytes()
    review = start_plan_review(library_id, document, "plan.txt", plan_key=files.plan.key).unwrap()
    instrument = next(one for one in files.instruments if one.key.startswith("patrons"))
    waves = [
        plan_wave(
            library_id,
            instrument=instrument.key,
            title=instrument.title[:200],
            period=PERIOD,
            sizes={group.code: 100 for group in instrument.groups()},
        ).unwrap()
        for _ in range(3)
    ]
    for wave_id in waves[:2]:
        open_wave(library_id, wave_id).unwrap()
        answers = [{"role": "adult", "recommend": "9", "comment": instrument.title[:200]}] * 12
        submit_answers(wave_id, answers).unwrap()
    close_wave(library_id, waves[1]).unwrap()
    scorecard = compute_scorecard(library_id, files.plan.key, PERIOD).unwrap()
    return Objects(
        library_key=key,
        account_id=account_id,
        plan_key=files.plan.key,
        instrument=instrument.key,
        indicator=files.mapping.indicators[0].key,
        element=files.mapping.indicators[0].element,
        review_id=review,
        wave_id=waves[0],
        closed_wave_id=waves[1],
        planned_wave_id=waves[2],
        scorecard_id=scorecard.id,
        file_id=_sent_file(waves[0]),
    )


def _sent_file(wave_id: str) -> str:
    """A file that somebody sent with an answer."""
    file_id, content = uuid.uuid4().hex, b"%PDF-1.7 with nothing in it"
    db.session.add(
        UploadRow(
            id=file_id,
            wave_id=wave_id,
            media_type="application/pdf",
            size=len(content),
            extension="pdf",
        )
    )
    db.session.commit()
    uploads.write(wave_id, file_id, content)
    return file_id


def _renamed(files: LibraryFolder) -> LibraryFolder:
    """The same with keys and codes that our library does not have."""
    text = files.model_dump_json()
    for instrument in files.instruments:
        text = text.replace(f'"key":"{instrument.key}"', f'"key":"{instrument.key}_there"')
        text = text.replace(
            f'"instrument":"{instrument.key}"', f'"instrument":"{instrument.key}_there"'
        )
    for element in files.plan.elements:
        for name in ("code", "parent", "element"):
            text = text.replace(f'"{name}":"{element.code}"', f'"{name}":"T{element.code}"')
        text = text.replace(f'"{element.code}":', f'"T{element.code}":')
    for indicator in files.mapping.indicators:
        text = text.replace(
            f'"key":"{indicator.key}","element"', f'"key":"{indicator.key}_there","element"'
        )
    text = text.replace('"key":"riverbend"', '"key":"elsewhere"').replace(
        '"plan":"riverbend"', '"plan":"elsewhere"'
    )
    return LibraryFolder.model_validate_json(text)


TEXT_FIELDS = set(
    "text title label hint base introduction thanks audience name objective scope definition "
    "interpretation sources reason na unit low_label high_label milestone source licence "
    "library".split()
)
"""Fields of plan, mapping and instruments that hold words and no key."""


def _marked(files: LibraryFolder, texts: str) -> LibraryFolder:
    if not texts:
        return files
    return LibraryFolder.model_validate(_with_texts(files.model_dump(mode="json"), texts))


def _with_texts(node: object, texts: str) -> object:
    if isinstance(node, dict):
        return {name: _marked_text(name, value, texts) for name, value in node.items()}
    if isinstance(node, list):
        return [_with_texts(entry, texts) for entry in node]
    return node


def _marked_text(name: str, value: object, texts: str) -> object:
    if isinstance(value, str) and value:
        if name == "level":
            # Named from elsewhere too, so that each stays itself.
            return f"{value}{texts}"[:60]
        # With what stood there after it, since labels must differ from each other.
        return f"{texts}{value}"[: 60 if name == "unit" else 190] if name in TEXT_FIELDS else value
    return _with_texts(value, texts)


def _leave(app: Flask) -> None:
    db.session.remove()
    with db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    db.engine.dispose()


def rules(app: Flask) -> Iterable[Rule]:
    """Every route that is the site's, in a stable order."""
    return sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))
