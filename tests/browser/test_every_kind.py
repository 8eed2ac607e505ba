"""One page with every kind of item in a real browser: in each setting, by keyboard, as it is heard.

The accessibility tree of the page is kept as a text beside this file, so that a change of names,
roles, groups or states is read before it is made. Run with WRITE_SNAPSHOTS=1 to write it anew.
"""

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from assessor.store.answers import answered
from assessor.store.bare import bare_app
from assessor.web.app import create_app
from benchmarks.collect import prepare
from tests.browser.test_answering import LONG, ONWARD, WCAG, Site, sideways
from tests.web.conftest import settings_in
from tests.web.respond.kinds import every_kind

SNAPSHOTS = Path(__file__).parent / "snapshots"
WITHOUT_A_NAME = """() => [...document.querySelectorAll('main input:not([type=hidden])')]
  .filter(one => !one.labels.length && !one.ariaLabel && !one.hasAttribute('aria-labelledby'))
  .map(one => one.outerHTML)"""
SETTINGS: dict[str, dict[str, Any]] = {
    "small phone": {"viewport": {"width": 320, "height": 800}},
    "desk, dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "forced colours": {"viewport": {"width": 390, "height": 800}, "forced_colors": "active"},
    "right to left": {"viewport": {"width": 390, "height": 800}, "locale": "ar"},
    "no script": {"viewport": {"width": 390, "height": 800}, "java_script_enabled": False},
    "twice the text": {"viewport": {"width": 640, "height": 900}},
}


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A wave that asks every kind of item on one page, in English and in Arabic."""
    settings = settings_in(tmp_path_factory.mktemp("kinds"))
    said = {"title": "كل الأسئلة", "who.text": "من أنت؟", "page.all.title": "كلها"}
    instrument = every_kind(title=f"Every kind {LONG[:40]}", translations={"ar": said})
    wave_id = prepare(settings.database_url, instrument)
    server = make_server("127.0.0.1", 0, create_app(settings), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Site(f"http://127.0.0.1:{server.server_port}", wave_id, settings.database_url)
    server.shutdown()


def opened(context: BrowserContext, site: Site) -> Page:
    page = context.new_page()
    page.goto(site.link)
    page.locator("main form button").click()
    # What is answered before the script is there shows its followers when the page is sent.
    page.wait_for_url("**/1")
    page.wait_for_load_state("load")
    return page


@pytest.mark.parametrize("setting", SETTINGS)
def test_nothing_is_wrong_with_any_kind_in_any_setting(
    browser: Browser, kinds: Site, setting: str
) -> None:
    context = browser.new_context(**SETTINGS[setting])
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(kinds.link)
    page.locator("main form button").click()
    # What is answered before the script is there shows its followers when the page is sent.
    page.wait_for_url("**/1")
    page.wait_for_load_state("load")
    if setting == "right to left":
        assert page.locator("html").get_attribute("dir") == "rtl"
    if setting == "twice the text":
        page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.locator('input[name="found.1"][value="no"]').check(force=True)
    page.locator('input[name="budget.books"]').fill("70")
    if setting != "no script":
        page.locator('input[name="missing.1"]').wait_for()
    assert sideways(page) == 0
    assert page.evaluate(WITHOUT_A_NAME) == []
    has_no_violation(page, setting)
    page.locator(ONWARD).click()
    page.locator("#problems").wait_for()
    assert sideways(page) == 0
    has_no_violation(page, setting)
    assert [one for one in complaints if "422" not in one] == []
    context.close()


def has_no_violation(page: Page, setting: str) -> None:
    # The checker is a script itself, and waits for ever where none runs.
    if setting != "no script":
        found = Axe().run(page, options=WCAG)
        assert found.violations_count == 0, found.generate_report()


def test_every_kind_can_be_answered_with_the_keyboard_alone(browser: Browser, kinds: Site) -> None:
    before = stored(kinds)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = opened(context, kinds)
    keys = page.keyboard
    typed = {
        "q-wishes--more_books-up": ["Enter"],
        "q-budget--books": ["6", "0"],
        "q-budget--staff": ["4", "0"],
        "q-branch-type": ["h", "a", "r", "ArrowDown", "Enter"],
        "q-share-range": ["ArrowRight"],
        "q-visits": ["3"],
        "q-clock": ["0", "9", "3", "0", "A"],
        "q-data": ["W", "a", "r", "m"],
        "q-address": list("a@example.org"),
        "q-why--1": ["d", "e", "s", "k"],
        "q-agree": ["Space"],
        "q-weekday": ["Space"],
        "q-alone--term": ["5"],
    }
    reached: set[str] = set()
    for _ in range(160):
        keys.press("Tab")
        here = str(page.evaluate("document.activeElement.id"))
        kind = str(page.evaluate("document.activeElement.type || ''"))
        if page.evaluate("document.activeElement.matches('.page-turn .button--large')"):
            break
        if here and here not in reached:
            reached.add(here)
            for key in typed.get(here, ["Space"] if kind == "radio" else []):
                keys.press(key)
            page.wait_for_timeout(30)
    assert set(typed) <= reached
    page.wait_for_timeout(600)
    keys.press("Enter")
    page.wait_for_url("**/thanks")
    assert stored(kinds) == before + 1
    with bare_app(kinds.url).app_context():
        kept = answered(kinds.wave_id).rows[0]
    assert (kept["branch"], kept["budget.staff"], kept["budget.rooms"]) == ("harbour", 40, 0)
    assert kept["wishes.more_books"] == 1
    assert kept["weekday"] == ["morning"]
    assert kept["why.1"] == "desk"
    assert kept["share"] is not None
    context.close()


def test_a_choice_is_moved_up_and_down_and_said(browser: Browser, kinds: Site) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = opened(context, kinds)
    group = page.get_by_role("group", name="What should we do first?")
    group.get_by_role("button", name="Higher: More books").press("Enter")
    group.get_by_role("button", name="Higher: More desks").press("Enter")
    group.get_by_role("button", name="Higher: More desks").press("Enter")
    assert group.get_by_role("status").inner_text() == "More desks: 1"
    assert page.locator("[name='wishes.more_books']").input_value() == "2"
    focused = "document.activeElement.getAttribute('aria-label')"
    assert page.evaluate(focused) == "Higher: More desks"
    context.close()


def test_what_hangs_on_an_answer_comes_at_once_and_focus_stays(
    browser: Browser, kinds: Site
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    page = opened(context, kinds)
    page.locator('textarea[name="more"]').fill("half a sentence")
    page.locator('input[name="found.1"][value="no"]').check(force=True)
    page.locator('input[name="missing.1"]').wait_for()
    assert page.evaluate("document.activeElement.id") == "q-found--1-no"
    assert page.locator('textarea[name="more"]').input_value() == "half a sentence"
    assert page.locator("[data-more]").inner_text() == "There are more questions now."
    context.close()


def test_the_page_is_heard_as_it_was_written_down(browser: Browser, kinds: Site) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = opened(context, kinds)
    is_as_kept("every_kind", page.locator("main").aria_snapshot())
    page.locator('input[name="visits"]').fill("many")
    page.locator('input[name="budget.books"]').fill("7")
    page.locator(ONWARD).click()
    page.locator("#problems").wait_for()
    is_as_kept("every_kind_with_mistakes", page.locator("main").aria_snapshot())
    context.close()


def is_as_kept(name: str, heard: str) -> None:
    path = SNAPSHOTS / f"{name}.txt"
    if os.environ.get("WRITE_SNAPSHOTS"):
        path.write_text(heard + "\n", "utf-8")
    assert path.read_text("utf-8") == heard + "\n"


def stored(site: Site) -> int:
    with bare_app(site.url).app_context():
        return len(answered(site.wave_id).rows)
