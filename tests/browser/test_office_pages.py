"""Waves and instruments in a browser: hard texts in the dark, no script, the phone, the poster.

That every page is accessible and fits is swept in `test_every_page.py`.
"""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from assessor.actions.instruments import save_instrument_draft
from assessor.actions.respond import submit_answers
from assessor.actions.waves import open_wave, plan_wave
from tests.web.conftest import PASSWORD, Cast, make_site
from tests.web.conftest import populated as populated
from tests.web.respond.instruments import everything
from tests.web.riverbend import load_riverbend

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LONG = "Öffentlichkeitsarbeitsveranstaltungsbesucherbefragung für alle 📚"


@dataclass(frozen=True)
class Office:
    """The site on a free port, with a wave in every state worth seeing."""

    address: str
    wave_id: str
    planned_id: str

    def pages(self) -> dict[str, str]:
        wave, planned = f"/waves/{self.wave_id}", f"/waves/{self.planned_id}"
        return {
            "waves": "/waves/",
            "wave": wave,
            "planned": planned,
            "open": f"{planned}/open",
            "edit": f"{wave}/edit",
            "instruments": "/instruments/",
            "instrument": "/instruments/everything",
            "preview": "/instruments/everything/preview",
            "first page": "/instruments/everything/preview/0",
            "second page": "/instruments/everything/preview/2",
            "versions": "/instruments/patrons/versions",
            "publish": "/instruments/patrons/publish",
            "scorecard": "/scorecards/",
        }


@pytest.fixture(scope="module")
def office(
    populated: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory, project_root: Path
) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office") / "site"
    load_riverbend(populated, folder, project_root)
    library_id = populated[1].librarian.library_id
    app = make_site(folder)
    with app.app_context():
        wave_id = plan_wave(
            library_id,
            instrument="patrons",
            title="Patrons 2026",
            period="2026",
            sizes={"adult": 900, "family": 400},
        ).unwrap()
        open_wave(library_id, wave_id).unwrap()
        rows = [{"role": "adult"}] * 90 + [{"role": "family"}] * 30 + [{"role": "senior"}] * 2
        submit_answers(wave_id, rows).unwrap()
        planned_id = plan_wave(library_id, instrument="patrons", title=LONG, period="2027").unwrap()
        arabic = everything(key="everything", language="ar", title=f"كيف هي المكتبة؟ {LONG}")
        save_instrument_draft(library_id, arabic).unwrap()
        save_instrument_draft(library_id, everything(title=LONG)).unwrap()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Office(f"http://127.0.0.1:{server.server_port}", wave_id, planned_id)
    server.shutdown()
    thread.join()


@pytest.fixture(scope="module")
def signed_in(
    browser: Browser, office: Office, populated: tuple[Path, Cast]
) -> Iterator[BrowserContext]:
    """A librarian's browser."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{office.address}/sign-in")
    page.locator("input[name=email]").fill(populated[1].librarian.email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url(lambda address: "sign-in" not in address)
    page.close()
    yield context
    context.close()


def sideways(page: Page) -> int:
    return int(
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    )


def test_long_words_arabic_and_emoji_fit_a_phone_in_the_dark(
    signed_in: BrowserContext, office: Office
) -> None:
    page = signed_in.new_page()
    page.set_viewport_size({"width": 390, "height": 900})
    page.emulate_media(color_scheme="dark")
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for name, address in office.pages().items():
        answer = page.goto(office.address + address)
        assert answer is not None
        assert answer.status == 200, name
        page.evaluate("document.fonts.ready")
        assert sideways(page) == 0, name
        found = Axe().run(page, options=WCAG)
        assert found.violations_count == 0, f"{name}: {found.generate_report()}"
        assert complaints == [], name
    page.close()


def test_without_script_a_wave_is_planned_opened_and_closed(
    browser: Browser, signed_in: BrowserContext, office: Office
) -> None:
    context = browser.new_context(
        java_script_enabled=False, storage_state=signed_in.storage_state()
    )
    page = context.new_page()
    page.goto(f"{office.address}/waves/")
    page.get_by_role("link", name="Plan a wave").click()
    page.get_by_role("link", name="Working at Riverbend Library").click()
    page.get_by_label("Title").fill("Staff, spring")
    page.get_by_label("Staff who sign in").check()
    page.get_by_label("Public services").fill("12")
    page.get_by_role("button", name="Plan the wave").click()
    page.get_by_role("link", name="Open the wave").click()
    page.get_by_role("button", name="Open the wave").click()
    assert page.get_by_role("status").inner_text().startswith("The wave is open")
    page.get_by_role("link", name="Close the wave").click()
    page.get_by_role("button", name="Close the wave").click()
    assert page.get_by_role("status").inner_text().startswith("The wave is closed")
    context.close()


def test_the_phone_goes_through_the_questionnaire_inside_its_frame(
    signed_in: BrowserContext, office: Office
) -> None:
    page = signed_in.new_page()
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{office.address}/instruments/patrons/preview?version=1")
    phone = page.frame_locator(".phone iframe")
    phone.get_by_role("link", name="Start").click()
    for number in range(1, 8):
        # A press on the page before the next has come would be a press too few.
        phone.get_by_text(f"Section {number} of 7").wait_for()
        phone.locator(".page-turn .button").first.click()
    phone.get_by_text("Your answers are in").wait_for()
    assert page.url.endswith("/instruments/patrons/preview?version=1")
    page.close()


def test_the_code_is_the_link_and_the_poster_fits_one_sheet(
    signed_in: BrowserContext, office: Office, tmp_path: Path
) -> None:
    page = signed_in.new_page()
    page.goto(f"{office.address}/waves/{office.wave_id}/poster")
    page.locator(".poster__code img").wait_for()
    assert page.evaluate("document.querySelector('.poster__code img').naturalWidth") > 0
    page.emulate_media(media="print")
    assert not page.get_by_role("link", name="Back to the wave").is_visible()
    sheet = page.pdf(format="A4", print_background=True)
    assert sheet.count(b"/Type /Page\n") == 1
    page.close()
