"""Riverbend with its instruments published, and waves of them."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assessor.actions.respond import submit_answers
from assessor.actions.waves import open_wave, plan_wave
from tests.web.conftest import Cast
from tests.web.riverbend import load_riverbend

Answer = Callable[..., None]


@pytest.fixture(scope="session")
def populated(
    populated: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory, project_root: Path
) -> tuple[Path, Cast]:
    """The cast at a Riverbend that has its instruments; the stranger's library has none."""
    return load_riverbend(populated, tmp_path_factory.mktemp("fielding") / "site", project_root)


@pytest.fixture
def planned(site: Flask, cast: Cast) -> str:
    """A wave of the patrons' instrument that nobody has opened yet."""
    with site.app_context():
        return plan_wave(
            cast.librarian.library_id,
            instrument="patrons",
            title="Patrons 2026",
            period="2026",
            sizes={"adult": 1000, "family": 400},
        ).unwrap()


@pytest.fixture
def opened(site: Flask, cast: Cast, planned: str) -> str:
    with site.app_context():
        return open_wave(cast.librarian.library_id, planned).unwrap()


@pytest.fixture
def staff_wave(site: Flask, cast: Cast) -> str:
    """An open wave for the staff who sign in."""
    with site.app_context():
        wave_id = plan_wave(
            cast.librarian.library_id,
            instrument="staff",
            title="Staff 2026",
            period="2026",
            access="signed_in",
            closes_on=date(2999, 3, 31),
        ).unwrap()
        return open_wave(cast.librarian.library_id, wave_id).unwrap()


@pytest.fixture
def answer(site: Flask, opened: str) -> Answer:
    """Send answers of so many people of each group: `answer(adult=7, nobody=2)`."""

    def send(**groups: int) -> None:
        rows = [
            {"role": code} if code != "nobody" else {}
            for code, number in groups.items()
            for _ in range(number)
        ]
        with site.app_context():
            submit_answers(opened, rows).unwrap()

    return send


def words(page: str) -> str:
    """The words of a page, without its tags and with plain spaces."""
    without = re.sub(r"<[^>]+>", " ", page)
    return " ".join(without.replace("\u202f", " ").replace("\u00a0", " ").split())


def post(client: FlaskClient, address: str, **fields: str) -> tuple[int, str]:
    """Send the form at this address as a browser does: the status, and where it leads or says."""
    page = client.get(address).get_data(as_text=True).partition("<main")[2]
    hidden = re.findall(r'<input[^>]*type="hidden"[^>]*>', page)
    sent = {attribute(one, "name"): attribute(one, "value") for one in hidden}
    assert "csrf_token" in sent, f"no form at {address}"
    answered = client.post(address, data=sent | fields)
    return answered.status_code, answered.location or words(answered.get_data(as_text=True))


def attribute(tag: str, name: str) -> str:
    """The value of an attribute of a tag."""
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return found.group(1) if found else ""
