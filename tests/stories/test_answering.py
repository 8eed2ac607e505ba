"""A patron answers over HTTP, and somebody who holds the whole server tries to find out who.

The site runs under gunicorn as in real life, with a log of every request.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from assessor.store.bare import bare_app
from assessor.store.database import db
from benchmarks.collect import Patron, prepare, served
from tests.web.respond.instruments import LAST, VIEWS, WHOLE, YOU, everything

WORDS = "More lamps, please."


@dataclass
class Running:
    """The site, and everything that an operator could look at."""

    host: str
    port: int
    wave_id: str
    url: str
    folder: Path
    log: Path

    def patron(self, **says: str) -> Patron:
        return Patron(self.host, self.port, says=says)

    def path(self, page: int | str = "") -> str:
        return f"/s/{self.wave_id}/{page}".rstrip("/")

    def tables(self) -> dict[str, list[dict[str, object]]]:
        """Every row of every table."""
        app = bare_app(self.url)
        with app.app_context():
            found = {name: rows_of(name) for name in inspect(db.engine).get_table_names()}
            db.session.remove()
            db.engine.dispose()
        return found


@pytest.fixture
def running(tmp_path: Path, database_url: str) -> Iterator[Running]:
    folder, log = tmp_path / "instance", tmp_path / "access.log"
    folder.mkdir()
    wave_id = prepare(database_url, everything())
    options = ("--access-logfile", str(log))
    with served(folder, database_url, 1, 4, *options) as (host, port):
        yield Running(host, port, wave_id, database_url, folder, log)


def test_a_patron_is_interrupted_goes_on_changes_an_answer_and_sends(running: Running) -> None:
    patron = running.patron()
    assert "Nobody can tell who answered" in patron.get(running.path())[2]
    patron.post(running.path(), {})
    assert patron.post(running.path(1), form(YOU))[1] == running.path(2)

    another_day = Patron(running.host, running.port, cookie=patron.cookie)
    assert "Go on with section 2" in another_day.get(running.path())[2]
    another_day.get(running.path(2))
    assert another_day.post(running.path(2), form(VIEWS))[1] == running.path(3)
    assert another_day.post(running.path(3), {**form(LAST), "page-turn": "back"})[1] == (
        running.path(2)
    )
    changed = {**form(VIEWS), "quiet": "1"}
    assert another_day.post(running.path(2), changed)[1] == running.path(3)
    assert WORDS in another_day.get(running.path(3))[2]
    assert another_day.post(running.path(3), form(LAST))[1] == running.path("thanks")

    (stored,) = running.tables()["response"]
    assert f'"quiet":{1}' in str(stored["answers"])
    assert running.tables()["draft"] == []
    assert set(WHOLE) == set(re.findall(r'"([\w.]+)":', str(stored["answers"])))


def test_nothing_on_the_server_leads_from_a_response_to_who_sent_it(running: Running) -> None:
    patron = running.patron(**{"User-Agent": "Lighthouse/77", "X-Forwarded-For": "203.0.113.77"})
    patron.get(running.path())
    patron.post(running.path(), {})
    cookies = {patron.cookie}
    for number, given in enumerate((YOU, VIEWS, LAST), start=1):
        patron.get(running.path(number))
        patron.post(running.path(number), form(given))
        cookies.add(patron.cookie)
    assert "Your answers are in" in patron.get(running.path("thanks"))[2]

    tables = running.tables()
    (response,) = tables.pop("response")
    of_the_survey = {"wave_id", "instrument_version_id", "language"}
    assert set(response) == {"id", "group_code", "answers", "submitted_on"} | of_the_survey
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", str(response["submitted_on"]))
    everything_else = str(tables)
    for secret in (str(response["id"]), WORDS, "Lighthouse", "203.0.113.77", *cookies):
        assert secret not in everything_else

    logged = running.log.read_text()
    assert "/thanks" in logged, "the log is on"
    assert str(response["id"]) not in logged
    assert "lamps" not in logged
    kept = b"".join(path.read_bytes() for path in files_of(running))
    for secret in ("Lighthouse", "203.0.113.77", *(c.partition("=")[2] for c in cookies)):
        assert secret.encode() not in kept


def rows_of(table: str) -> list[dict[str, object]]:
    return [dict(row) for row in db.session.execute(text(f'SELECT * FROM "{table}"')).mappings()]


def files_of(running: Running) -> list[Path]:
    """What lies in the instance folder, and SQLite's own files."""
    files = [path for path in running.folder.rglob("*") if path.is_file()]
    if running.url.startswith("sqlite:///"):
        database = Path(running.url.removeprefix("sqlite:///"))
        files += database.parent.glob(database.name + "*")
    return files


def form(given: object) -> dict[str, str | list[str]]:
    assert isinstance(given, dict)
    return dict(given)
