"""Answering in a real browser: no script, by keyboard, small and large, light, dark, on paper."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from assessor.store.answers import answered
from assessor.store.bare import bare_app
from assessor.web.app import create_app
from benchmarks.collect import prepare
from tests.web.conftest import settings_in
from tests.web.respond.instruments import everything

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WITHOUT_A_NAME = """() => [...document.querySelectorAll('main input:not([type=hidden])')]
  .filter(one => !one.labels.length || (one.type === 'radio'
    && !one.closest('fieldset').querySelector('legend').textContent.trim()))
  .map(one => one.outerHTML)"""
LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwenpensionsauszahlungsstelle"
ONWARD = ".page-turn .button--large"


@dataclass
class Site:
    """The site on a free port, with one wave."""

    address: str
    wave_id: str
    url: str

    @property
    def link(self) -> str:
        return f"{self.address}/s/{self.wave_id}"


@pytest.fixture(scope="module", params=["en", "ar"])
def answering(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """A wave in a language from left to right, then one from right to left."""
    settings = settings_in(tmp_path_factory.mktemp("answering"))
    title = {"en": f"How are we doing? {LONG} 📚", "ar": "كيف هي المكتبة؟"}[request.param]
    wave_id = prepare(settings.database_url, everything(language=request.param, title=title))
    server = make_server("127.0.0.1", 0, create_app(settings), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(f"http://127.0.0.1:{server.server_port}", wave_id, settings.database_url)
    server.shutdown()
    thread.join()


def sideways(page: Page) -> int:
    return int(
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    )


def has_no_violation(page: Page) -> None:
    found = Axe().run(page, options=WCAG)
    assert found.violations_count == 0, found.generate_report()


def fill_views(page: Page) -> None:
    for name, value in (("quiet", "3"), ("warm", "NA"), ("desk.minimum", "4"), ("overall", "2")):
        page.locator(f'input[name="{name}"][value="{value}"]').check(force=True)
    page.locator('input[name="network"]').check(force=True)


def turn(page: Page, button: str = ONWARD) -> None:
    """Presses the button and waits for the page it leads to."""
    with page.expect_navigation():
        page.locator(button).click()


def through(page: Page, site: Site, see: Callable[[str], None] = lambda name: None) -> None:
    """From the link to the thank-you, looking at every page on the way, mistakes included."""
    page.goto(site.link)
    see("welcome")
    turn(page, "main form button")
    turn(page)
    see("mistakes")
    page.locator('input[name="who"][value="adult"]').check()
    page.locator('input[name="used"][value="rooms"]').check()
    page.locator('input[name="visits"]').fill("3")
    see("you")
    turn(page)
    fill_views(page)
    see("views")
    turn(page)
    page.locator('input[name="recommend"][value="9"]').check(force=True)
    page.locator('textarea[name="more"]').fill("More lamps. 💡")
    see("last")
    turn(page)
    assert page.url == f"{site.link}/thanks"
    see("thanks")


@pytest.mark.parametrize(
    ("answering", "width", "scheme"),
    [
        ("en", 390, "light"),
        ("en", 390, "dark"),
        ("en", 1280, "light"),
        ("en", 1280, "dark"),
        ("ar", 390, "dark"),
        ("ar", 1280, "light"),
    ],
    indirect=["answering"],
)
def test_every_page_has_its_picture_and_no_violation(
    browser: Browser, answering: Site, tmp_path: Path, width: int, scheme: str
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)

    def see(name: str) -> None:
        picture = page.screenshot(path=tmp_path / f"{name}-{width}-{scheme}.png", full_page=True)
        assert len(picture) > 5_000
        assert sideways(page) == 0, name
        has_no_violation(page)

    through(page, answering, see)
    # A page with mistakes answers 422, which a browser notes and which is meant.
    assert [one for one in complaints if "422" not in one] == []
    context.close()


@pytest.mark.parametrize("answering", ["en", "ar"], indirect=True)
def test_a_small_phone_scrolls_one_way_only(browser: Browser, answering: Site) -> None:
    context = without_script(browser, width=320)
    page = context.new_page()

    def see(name: str) -> None:
        assert sideways(page) == 0, name

    through(page, answering, see)
    context.close()


def test_text_of_twice_the_size_still_fits(browser: Browser, answering: Site) -> None:
    context = browser.new_context(viewport={"width": 640, "height": 900})
    page = context.new_page()

    def see(name: str) -> None:
        # As a larger letter chosen in the browser, which moves the layout's breaks as well.
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert sideways(page) == 0, name

    through(page, answering, see)
    context.close()


def test_it_works_without_script_and_the_summary_takes_the_focus(
    browser: Browser, answering: Site
) -> None:
    before = stored(answering)
    context = without_script(browser)
    page = context.new_page()
    page.goto(answering.link)
    page.locator("main form button").click()
    page.locator(ONWARD).click()
    assert page.title().startswith("Error: ")
    assert page.locator("#problems:focus").count() == 1
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("#q-who:focus").count() == 1
    context.close()
    context = without_script(browser)
    through(context.new_page(), answering)
    assert stored(answering) == before + 1
    context.close()


def test_it_can_be_answered_with_the_keyboard_alone(browser: Browser, answering: Site) -> None:
    before = stored(answering)
    context = without_script(browser, width=1280)
    page = context.new_page()
    page.goto(answering.link)
    tab_to(page, "main form button")
    page.keyboard.press("Enter")
    tab_to(page, 'input[name="who"]')
    page.keyboard.press("Space")
    tab_to(page, ONWARD)
    page.keyboard.press("Enter")
    tab_to(page, 'input[name="overall"]')
    page.keyboard.press("Space")
    tab_to(page, ONWARD)
    page.keyboard.press("Enter")
    tab_to(page, ONWARD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/thanks")
    assert stored(answering) == before + 1
    context.close()


def test_every_control_is_named_and_in_a_named_group(browser: Browser, answering: Site) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto(answering.link)
    page.locator("main form button").click()
    page.locator('input[name="who"][value="adult"]').check()
    page.locator(ONWARD).click()
    for group, choice in (
        ("It is quiet.", "Mostly"),
        ("A desk: Need", "9"),
        ("All in all?", "No opinion"),
    ):
        found = page.get_by_role("group", name=group).get_by_role("radio", name=choice)
        assert found.count() >= 1, (group, choice)
    assert page.evaluate(WITHOUT_A_NAME) == []
    context.close()


def test_a_questionnaire_on_paper_has_its_questions_and_no_buttons(
    browser: Browser, answering: Site
) -> None:
    context = without_script(browser)
    page = context.new_page()
    page.goto(answering.link)
    page.locator("main form button").click()
    page.emulate_media(media="print")
    assert page.get_by_text("Who are you?").is_visible()
    assert page.get_by_text("A child").is_visible()
    assert not page.locator(ONWARD).is_visible()
    context.close()


def test_a_page_comes_from_this_site_alone_and_is_small(browser: Browser, answering: Site) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 900})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(answering.link)
    page.locator("main form button").click()
    page.wait_for_load_state("networkidle")
    assert all(address.startswith(answering.address) for address in asked)
    assert page.locator("script").count() == 0
    assert len(page.content().encode()) < 40_000
    context.close()


def without_script(browser: Browser, width: int = 390) -> BrowserContext:
    return browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=False)


def tab_to(page: Page, wanted: str) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.locator(f"{wanted}:focus").count():
            return
    raise AssertionError(f"the keyboard does not reach {wanted}")


def stored(site: Site) -> int:
    with bare_app(site.url).app_context():
        return len(answered(site.wave_id).rows)
