"""How long an instrument of very many questions takes to check, to save, to publish and to try.

Pages of fifty questions, every third with a condition on one before it. Prints one JSON object of
seconds, each with its ratio to the time of checking, so that runs on other machines compare.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from assessor.actions.instruments import publish_instrument, save_instrument_draft
from assessor.actions.libraries import create_library
from assessor.domain.checks.instrument import check_instrument
from assessor.domain.impact import impact
from assessor.domain.instrument import Instrument
from assessor.domain.trial import try_instrument
from assessor.formats.instrument_file import read_instrument_file, write_instrument_file
from assessor.store import migrating
from assessor.store.bare import bare_app

PER_PAGE = 50


def instrument_of(items: int) -> Instrument:
    options = [{"code": f"o{n}", "label": f"Answer {n}"} for n in range(5)]
    asked: list[dict[str, object]] = []
    for n in range(items):
        one: dict[str, object] = {"key": f"q{n}", "text": f"Question {n}?", "kind": "single_choice"}
        one["options"] = options
        if n % 3 == 2:
            one["relevant"] = f"${{q{n - 2}}} = 'o1' or ${{q{n - 1}}} != 'o2'"
        asked.append(one)
    pages = [
        {"key": f"page{start}", "items": asked[start : start + PER_PAGE]}
        for start in range(0, items, PER_PAGE)
    ]
    return Instrument.model_validate({"key": "many", "title": "Many", "pages": pages})


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def measure(items: int, robots: int) -> dict[str, object]:
    made = instrument_of(items)
    changed = made.model_copy(update={"title": "Many more"})
    data = write_instrument_file(made)
    with tempfile.TemporaryDirectory() as folder:
        app = bare_app(f"sqlite:///{Path(folder) / 'assessor.sqlite3'}")
        with app.app_context():
            migrating.upgrade()
            library_id = create_library("many", "Many").unwrap()
            seconds = {
                "check": timed(lambda: check_instrument(made)),
                "check_again": timed(lambda: check_instrument(made)),
                "read_file": timed(lambda: read_instrument_file(data).unwrap()),
                "save_draft": timed(lambda: save_instrument_draft(library_id, made).unwrap()),
                "publish": timed(lambda: publish_instrument(library_id, "many").unwrap()),
                "impact": timed(lambda: impact(made, changed)),
                "robots": timed(lambda: try_instrument(made, robots, on=date(2026, 1, 1))),
            }
    return {
        "items": items,
        "robots": robots,
        "seconds": {name: round(value, 3) for name, value in seconds.items()},
        "of_check": {name: round(value / seconds["check"], 2) for name, value in seconds.items()},
    }


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--items", type=int, default=2000)
    arguments.add_argument("--robots", type=int, default=20)
    given = arguments.parse_args()
    json.dump(measure(given.items, given.robots), sys.stdout)
    print()
