"""A plan is reviewed and accepted in a real browser: by keys, by plain buttons, on a phone."""

import logging
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect
from werkzeug.serving import make_server

from assessor.actions.plans import start_plan_review
from assessor.domain.plan import Reading
from assessor.store import documents
from tests.web.conftest import PASSWORD, Cast, make_site
from tests.web.conftest import populated as populated

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
HIDDEN_BY_BAR = """() => {
  const one = document.activeElement, bar = document.querySelector(".review-bar");
  if (!bar || bar.contains(one) || one === document.body) return false;
  const box = one.getBoundingClientRect(), over = bar.getBoundingClientRect();
  return box.height < 200 && box.top >= over.top && box.bottom <= over.bottom;
}"""
PLAN = """Riverbend Strategic Plan 2024-2027

Goal 1: Everybody is welcome
Outcome 1.1: Patrons feel that they belong
Outcome 1.3: Every branch can be reached without steps

Goal 2: Collections that last
Outcome 2.1: Digital collections can be read in fifty years
Outcome 2.4: Zweigstellenübergreifende Bibliotheksbenutzungsordnungsänderungen gelten مكتبة 📚
"""


@dataclass
class Served:
    """The site on a free port, and a review that its librarian has begun."""

    app: Flask
    address: str
    cast: Cast
    review_id: str

    @property
    def review(self) -> str:
        return f"{self.address}/plans/reviews/{self.review_id}"

    def reading(self) -> Reading:
        with self.app.app_context():
            stored = documents.plan_review(self.cast.librarian.library_id, self.review_id)
            assert stored is not None
            return stored.reading

    def signed_in(self, browser: Browser, width: int = 1280, *, script: bool = True) -> Page:
        context: BrowserContext = browser.new_context(
            viewport={"width": width, "height": 900}, java_script_enabled=script
        )
        page = context.new_page()
        page.goto(f"{self.address}/sign-in")
        page.fill("[name=email]", self.cast.librarian.email)
        page.fill("[name=password]", PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(lambda url: "/sign-in" not in url)
        return page


@pytest.fixture
def served(populated: tuple[Path, Cast], tmp_path: Path) -> Iterator[Served]:
    folder, cast = populated
    shutil.copytree(folder, tmp_path / "site")
    app = make_site(tmp_path / "site")
    with app.app_context():
        started = start_plan_review(cast.librarian.library_id, PLAN.encode(), "plan.txt")
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Served(app, f"http://127.0.0.1:{server.server_port}", cast, started.unwrap())
    server.shutdown()
    thread.join()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_the_whole_review_goes_by_keys(browser: Browser, served: Served) -> None:
    doubted = [one.code for one in served.reading().elements if one.doubt]
    assert len(doubted) == 2
    page = served.signed_in(browser)
    page.goto(f"{served.review}#e-1")
    assert focused(page) == "e-1"
    page.keyboard.press("j")
    assert focused(page) == "e-1.1"
    page.keyboard.press("k")
    page.keyboard.press("n")
    assert focused(page) == f"e-{doubted[0]}"
    page.keyboard.press("a")
    page.wait_for_url(f"**#e-{doubted[1]}")
    expect(page.get_by_text(f"{doubted[0]} is settled.")).to_be_visible()
    assert focused(page) == f"e-{doubted[1]}"
    page.keyboard.press("u")
    expect(page.get_by_text("The last step is undone.")).to_be_visible()
    assert [one.code for one in served.reading().elements if one.doubt] == doubted
    page.keyboard.press("r")
    expect(page.get_by_text("The step is done again.")).to_be_visible()
    assert len([one for one in served.reading().elements if one.doubt]) == 1
    page.context.close()


def test_keys_stay_letters_in_a_field(browser: Browser, served: Served) -> None:
    page = served.signed_in(browser)
    page.goto(f"{served.review}?at=1.1#e-1.1")
    text = page.get_by_label("Text", exact=True).first
    text.fill("")
    text.press_sequentially("a junk unit")
    assert text.input_value() == "a junk unit"
    page.context.close()


def test_without_script_everything_goes_by_buttons(browser: Browser, served: Served) -> None:
    page = served.signed_in(browser, script=False)
    page.goto(served.review)
    page.get_by_role("link", name="Change 1.1", exact=True).click()
    group = page.get_by_role("group", name="Change 1.1")
    group.get_by_role("textbox", name="Text").first.fill("Patrons belong")
    group.get_by_role("button", name="Save").click()
    expect(page.get_by_text("1.1 is changed.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("[id='e-1.1']")).to_contain_text("Patrons feel that they belong")
    page.get_by_role("link", name="Go on to accepting").click()
    page.get_by_role("button", name="Accept the plan").click()
    expect(page.get_by_role("status")).to_contain_text("The plan is saved as edition 1")
    page.context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_an_open_element_is_free_of_violations(
    browser: Browser, served: Served, width: int
) -> None:
    page = served.signed_in(browser, width)
    for query in ("", "?at=2.1", "?take=1-1"):
        page.goto(served.review + query)
        found = Axe().run(page, options=WCAG)
        assert found.violations_count == 0, found.generate_report()
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) == 0
    page.context.close()


def test_what_has_the_focus_is_never_under_the_bar_of_steps(
    browser: Browser, served: Served
) -> None:
    page = served.signed_in(browser, 390)
    page.goto(served.review)
    for _ in range(40):
        page.keyboard.press("Tab")
        under = page.evaluate(HIDDEN_BY_BAR)
        assert not under, focused(page)
    page.context.close()
