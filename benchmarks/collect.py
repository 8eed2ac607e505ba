"""How fast responses are taken in: many patrons at once, through the server and to the disk.

Every patron opens the link, reads each page, answers it, and sends; one in five presses "Send
answers" twice. Afterwards the database is asked for every response that was confirmed. Patrons,
server and database share one machine here, so a real site is faster than these figures.

Prints one JSON object. Times are of whole pages as a patron waits for them: asked, rendered, read.
"""

import argparse
import http.client
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import quantiles
from threading import Barrier
from urllib.parse import urlencode

from assessor.actions.instruments import publish_instrument, save_instrument_draft
from assessor.actions.libraries import create_library
from assessor.actions.waves import open_wave, plan_wave
from assessor.domain.instrument import Instrument, Page, SingleChoice
from assessor.domain.kinds import columns_of_item
from assessor.formats.folder import read_folder
from assessor.paths import surveys_folder
from assessor.store import migrating
from assessor.store.answers import answered
from assessor.store.bare import bare_app
from assessor.store.database import db

MARK = "patron "
"""What every patron writes into text items, with a number, to be found again."""
PATIENCE = 60.0
"""Seconds that a patron waits for a page before it counts as an error."""


@dataclass(frozen=True)
class Figures:
    """What was measured. `lost`: confirmed to the patron and not stored, which must be none."""

    patrons: int
    workers: int
    threads: int
    completions: int
    completions_per_s: float
    page_p50_ms: float
    page_p95_ms: float
    page_max_ms: float
    errors: int
    lost: int
    duplicates: int
    wrong: tuple[str, ...] = ()
    """What the server said instead, of the first few errors."""


@dataclass
class Patron:
    """A browser without a window: one connection, one cookie, and how long every page took."""

    host: str
    port: int
    cookie: str = ""
    token: str = ""
    says: dict[str, str] = field(default_factory=dict)
    """Headers that this browser sends with everything."""
    seconds: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE)

    def twin(self) -> "Patron":
        """The same browser on a second connection, as a double click opens one."""
        return Patron(self.host, self.port, self.cookie, self.token, self.says)

    def get(self, path: str) -> tuple[int, str, str]:
        return self._ask("GET", path, None)

    def post(self, path: str, data: dict[str, str | list[str]]) -> tuple[int, str, str]:
        body = urlencode({"csrf_token": self.token, "page-turn": "onward", **data}, doseq=True)
        return self._ask("POST", path, body)

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str, str]:
        headers = dict(self.says)
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if self.cookie:
            headers["Cookie"] = self.cookie
        began = time.perf_counter()
        answer = self._answer(method, path, body, headers)
        text = answer.read().decode()
        self.seconds.append(time.perf_counter() - began)
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            self.cookie = cookie.partition(";")[0]
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text)
        if token:
            self.token = token.group(1)
        return answer.status, answer.headers.get("Location", ""), text

    def _answer(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> http.client.HTTPResponse:
        """As browsers do: where the server let go of an idle connection, once more on another."""
        is_used = self.connection.sock is not None
        try:
            self.connection.request(method, path, body, headers)
            return self.connection.getresponse()
        except ConnectionError:
            if not is_used:
                raise
        self.connection.close()
        self.connection.request(method, path, body, headers)
        return self.connection.getresponse()


@dataclass(frozen=True)
class Sent:
    """How one patron fared: whether the thank-you page came, and what went wrong before."""

    mark: str
    confirmed: bool
    wrong: tuple[str, ...]
    seconds: tuple[float, ...]


def answers_to(page: Page, instrument: Instrument, number: int) -> dict[str, str | list[str]]:
    """Something that passes for every item of the page; it differs from patron to patron."""
    given: dict[str, str | list[str]] = {}
    for item in page.items:
        for place, column in enumerate(columns_of_item(item)):
            if column.scale is not None:
                scale = instrument.scale(column.scale)
                assert scale is not None
                given[column.name] = str(scale.values[(number + place) % len(scale.values)])
            elif isinstance(item, SingleChoice):
                given[column.name] = item.options[number % len(item.options)].code
            elif item.kind == "likelihood":
                given[column.name] = str(number % 11)
            elif item.kind in ("short_text", "long_text"):
                given[column.name] = f"{MARK}{number}"
    return given


def answer(
    host: str, port: int, wave_id: str, instrument: Instrument, number: int, start: Barrier
) -> Sent:
    """One patron's way through the wave."""
    patron = Patron(host, port)
    wrong: list[str] = []
    confirmed = False

    def expect(status: int, told: tuple[int, str, str], what: str) -> str:
        if told[0] != status:
            wrong.append(f"{what}: {told[0]}, not {status}: {_words(told[2])}")
        return told[1]

    start.wait()
    try:
        expect(200, patron.get(f"/s/{wave_id}"), "the link")
        expect(302, patron.post(f"/s/{wave_id}", {}), "the beginning")
        location = ""
        for place, page in enumerate(instrument.pages, start=1):
            path = f"/s/{wave_id}/{place}"
            expect(200, patron.get(path), f"page {place}")
            given = answers_to(page, instrument, number)
            twice = number % 5 == 0 and place == len(instrument.pages)
            told = _post_twice(patron, path, given) if twice else patron.post(path, given)
            location = expect(302, told, f"page {place}, {'sent twice' if twice else 'sent'}")
        thanks = patron.get(location)[2] if location.endswith("/thanks") else ""
        confirmed = "Your answers are in" in thanks
        if not confirmed:
            wrong.append(f"no thanks at {location or 'the end'}: {_words(thanks)}")
    except (OSError, http.client.HTTPException) as failure:
        wrong.append(repr(failure))
    return Sent(f"{MARK}{number}", confirmed, tuple(wrong), tuple(patron.seconds))


def _words(page: str) -> str:
    """The first words of a page, without its markup."""
    body = page.partition("<main")[2] or page
    return " ".join(re.sub(r"<[^>]*>", " ", body).split())[:300]


def _post_twice(
    patron: Patron, path: str, given: dict[str, str | list[str]]
) -> tuple[int, str, str]:
    """Both clicks leave at once; the browser shows what the second one is answered."""
    second = patron.twin()
    with ThreadPoolExecutor(1) as other:
        first = other.submit(patron.post, path, given)
        shown = second.post(path, given)
        first.result()
    patron.cookie = second.cookie
    return shown


@contextmanager
def served(
    folder: Path, url: str, workers: int, threads: int, *options: str
) -> Iterator[tuple[str, int]]:
    """The site under gunicorn on a free port, until the end of the block; host and port."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(1024)
        listening.set_inheritable(True)
        server = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", "--worker-class", "gthread"),
                *("--workers", str(workers), "--threads", str(threads)),
                *("--log-level", "warning", "--bind", f"fd://{listening.fileno()}"),
                *(*options, "assessor.web.app:create_app()"),
            ],
            env={
                **os.environ,
                "ASSESSOR_INSTANCE": str(folder),
                "ASSESSOR_DATABASE_URL": url,
                "ASSESSOR_BASE_URL": "http://127.0.0.1:8000",
            },
            pass_fds=[listening.fileno()],
        )
        host, port = listening.getsockname()[:2]
        try:
            # The first page waits for the workers: what is measured is a running site.
            for _ in range(workers * 4):
                Patron(host, port).get("/health")
            yield host, port
        finally:
            server.terminate()
            server.wait(timeout=30)


def prepare(url: str, instrument: Instrument) -> str:
    """An empty migrated database with one open wave of this instrument; returns its id."""
    app = bare_app(url)
    with app.app_context():
        migrating.upgrade()
        library_id = create_library("crowd", "Crowd Library").unwrap()
        save_instrument_draft(library_id, instrument).unwrap()
        publish_instrument(library_id, instrument.key).unwrap()
        planned = plan_wave(
            library_id, instrument=instrument.key, title="Crowd", period="2025"
        ).unwrap()
        wave_id = open_wave(library_id, planned).unwrap()
        db.session.remove()
        db.engine.dispose()
    return wave_id


def marks_stored(url: str, wave_id: str) -> Counter[str]:
    """How often each patron's mark is in the database."""
    app = bare_app(url)
    with app.app_context():
        rows = answered(wave_id).rows
        db.session.remove()
        db.engine.dispose()
    return Counter(
        next(value for value in row.values() if isinstance(value, str) and value.startswith(MARK))
        for row in rows
    )


def collect(
    folder: Path,
    instrument: Instrument,
    *,
    url: str = "",
    patrons: int = 100,
    workers: int = 2,
    threads: int = 8,
) -> Figures:
    """Let `patrons` answer at once and compare what they were told with what is stored.

    `instrument` needs a text item, which carries each patron's mark; `folder` is an empty
    instance folder, `url` an empty database (SQLite in the folder where empty).
    """
    url = url or f"sqlite:///{folder / 'assessor.sqlite3'}"
    wave_id = prepare(url, instrument)
    start = Barrier(patrons)
    with served(folder, url, workers, threads) as (host, port), ThreadPoolExecutor(patrons) as pool:
        began = time.perf_counter()
        jobs = [
            pool.submit(answer, host, port, wave_id, instrument, number, start)
            for number in range(patrons)
        ]
        sent = [job.result() for job in jobs]
        took = time.perf_counter() - began
    stored = marks_stored(url, wave_id)
    confirmed = {one.mark for one in sent if one.confirmed}
    milliseconds = [1000 * second for one in sent for second in one.seconds]
    cuts = quantiles(milliseconds, n=20)
    return Figures(
        patrons=patrons,
        workers=workers,
        threads=threads,
        completions=len(confirmed),
        completions_per_s=round(len(confirmed) / took, 1),
        page_p50_ms=round(cuts[9], 1),
        page_p95_ms=round(cuts[18], 1),
        page_max_ms=round(max(milliseconds), 1),
        errors=sum(len(one.wrong) for one in sent),
        lost=len(confirmed - set(stored)),
        duplicates=sum(count - 1 for count in stored.values()),
        wrong=tuple(words for one in sent for words in one.wrong)[:5],
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--patrons", type=int, default=100, help="how many answer at once")
    parser.add_argument("--workers", type=int, default=2, help="processes of the server")
    parser.add_argument("--threads", type=int, default=8, help="threads of each process")
    parser.add_argument("--database-url", default="", help="an empty database; SQLite if not given")
    given = parser.parse_args()
    folder = read_folder(surveys_folder() / "riverbend").unwrap()
    instrument = folder.instrument("patrons")
    assert instrument is not None, "the demonstration library has an instrument for patrons"
    with tempfile.TemporaryDirectory() as temporary:
        figures = collect(
            Path(temporary),
            instrument,
            url=given.database_url,
            patrons=given.patrons,
            workers=given.workers,
            threads=given.threads,
        )
    print(json.dumps({"benchmark": "collect", **asdict(figures)}))


if __name__ == "__main__":
    main()
