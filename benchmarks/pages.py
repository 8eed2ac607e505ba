"""How long the server takes over one page of very many questions.

Walks, builds the views and renders, as a patron's page does, and prints one JSON object. What it
measures is the whole answer of the site to the page's address, without the network.
"""

import argparse
import json
import re
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from assessor.actions.instruments import publish_instrument, save_instrument_draft
from assessor.actions.libraries import create_library
from assessor.actions.waves import open_wave, plan_wave
from assessor.domain.instrument import Instrument
from assessor.settings import Settings
from assessor.store import migrating
from assessor.web.app import create_app


def instrument_of(items: int) -> Instrument:
    """A page of so many questions, four kinds in turn."""
    options = [{"code": f"o{n}", "label": f"Answer {n}"} for n in range(5)]
    points = [{"value": n, "label": f"Point {n}"} for n in range(1, 6)]
    kinds: list[dict[str, object]] = [
        {"kind": "single_choice", "options": options},
        {"kind": "rating", "scale": "five", "na": "I cannot say"},
        {"kind": "multiple_choice", "options": options},
        {"kind": "short_text"},
    ]
    asked = [
        {**kinds[n % len(kinds)], "key": f"q{n}", "text": f"Question {n}?"} for n in range(items)
    ]
    return Instrument.model_validate(
        {
            "key": "many",
            "title": "Many",
            "scales": [{"key": "five", "points": points, "worst": 1, "best": 5}],
            "pages": [{"key": "all", "items": asked}],
        }
    )


def measure(items: int, times: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            instance=Path(folder),
            database_url=f"sqlite:///{Path(folder) / 'assessor.sqlite3'}",
            secret_key="a secret of a benchmark, kept nowhere",
            base_url="http://localhost",
        )
        site = create_app(settings)
        with site.app_context():
            migrating.upgrade()
            library_id = create_library("many", "Many").unwrap()
            save_instrument_draft(library_id, instrument_of(items)).unwrap()
            publish_instrument(library_id, "many").unwrap()
            planned = plan_wave(library_id, instrument="many", title="Many", period="2025")
            wave_id = open_wave(library_id, planned.unwrap()).unwrap()
        browser = site.test_client()
        first = browser.get(f"/s/{wave_id}").text
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', first)
        assert token, "the first page has a form"
        browser.post(f"/s/{wave_id}", data={"csrf_token": token[1]})
        seconds = []
        for _ in range(times + 1):
            began = time.perf_counter()
            page = browser.get(f"/s/{wave_id}/1")
            seconds.append(time.perf_counter() - began)
            assert page.status_code == 200
        return {
            "items": items,
            "first_ms": round(seconds[0] * 1000),
            "median_ms": round(median(seconds[1:]) * 1000),
            "kilobytes": round(len(page.data) / 1000),
        }


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--items", type=int, default=2000)
    arguments.add_argument("--times", type=int, default=5)
    given = arguments.parse_args()
    json.dump(measure(given.items, given.times), sys.stdout)
    print()
