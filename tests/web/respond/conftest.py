"""A library's instrument in the field, and a patron's browser before it."""

import re
from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from assessor.actions.instruments import publish_instrument, save_instrument_draft
from assessor.actions.waves import open_wave, plan_wave
from assessor.domain.answers import Answers
from assessor.domain.instrument import Instrument
from assessor.store import answers, fielding
from assessor.store.waves import Access
from tests.web.conftest import Cast
from tests.web.respond.instruments import LAST, VIEWS, YOU, Posted, everything


@dataclass
class Field:
    """The site with Riverbend's waves, and what a test asks the database about them."""

    site: Flask
    library_id: int

    def wave(
        self, instrument: Instrument | None = None, access: Access = "open_link", **planned: object
    ) -> str:
        """An open wave of a published instrument."""
        with self.site.app_context():
            wave_id = self.planned(instrument, access, **planned)
            return open_wave(self.library_id, wave_id).unwrap()

    def planned(
        self, instrument: Instrument | None = None, access: Access = "open_link", **planned: object
    ) -> str:
        """A wave that is not open yet."""
        instrument = instrument or everything()
        with self.site.app_context():
            save_instrument_draft(self.library_id, instrument).unwrap()
            publish_instrument(self.library_id, instrument.key).unwrap()
            return plan_wave(
                self.library_id,
                instrument=instrument.key,
                title="Spring",
                period="2025",
                access=access,
                **planned,  # type: ignore[arg-type]  # days, as a test gives them
            ).unwrap()

    def rows(self, wave_id: str) -> list[Answers]:
        with self.site.app_context():
            return answers.answered(wave_id).rows

    def drafts(self, wave_id: str) -> int:
        with self.site.app_context():
            return fielding.progress(wave_id).drafts


@pytest.fixture
def field(site: Flask, cast: Cast) -> Field:
    return Field(site, cast.librarian.library_id)


@dataclass
class Patron:
    """Somebody with a browser and the link of one wave."""

    browser: FlaskClient
    wave_id: str
    token: str = ""

    def get(self, page: int | str = "") -> TestResponse:
        return self.browser.get(self.address(page))

    def post(
        self, page: int | str, answers: Posted | None = None, *, turn: str = "onward"
    ) -> TestResponse:
        """Posts the page; the token is one that this browser was given with its first form."""
        self.token = self.token or csrf_token_of(self.get())
        data = {"csrf_token": self.token, "page-turn": turn, **(answers or {})}
        return self.browser.post(self.address(page), data=data)

    def start(self) -> TestResponse:
        return self.post("")

    def answers_all_but_the_last(self) -> None:
        self.start()
        assert self.post(1, YOU).status_code == 302
        assert self.post(2, VIEWS).status_code == 302

    def answers(self) -> TestResponse:
        """All of it; what the last page answered."""
        self.answers_all_but_the_last()
        return self.post(3, LAST)

    def address(self, page: int | str = "") -> str:
        return f"/s/{self.wave_id}" + (f"/{page}" if page != "" else "")


def csrf_token_of(page: TestResponse) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.get_data(as_text=True))
    return found.group(1) if found else ""


@pytest.fixture
def wave_id(field: Field) -> str:
    return field.wave()


@pytest.fixture
def patron(site: Flask, wave_id: str) -> Patron:
    return Patron(site.test_client(), wave_id)
