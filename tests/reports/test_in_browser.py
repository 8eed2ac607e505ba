"""The file as a reader meets it: on phone and desk, light and dark, with scripts and without."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from assessor.reports.page import render_scorecard_file
from tests.reports import samples

WIDTHS = (390, 1280)
AXE = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
OPENED = (
    "#P1\\.1 > details, #P1\\.1\\.1 > details, #P1\\.1\\.1 > details details, "
    "#report\\/standing details, #report\\/computation details"
)
"""One goal down to the answers' counts, and every table that is there once."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The address of the file of every sample."""
    folder = tmp_path_factory.mktemp("files")
    addresses = {}
    for name, made in samples.SAMPLES.items():
        path: Path = folder / f"{name}.html"
        path.write_text(render_scorecard_file(made()), "utf-8")
        addresses[name] = path.as_uri()
    return addresses


class Reader:
    """A page with what it complained about and what it asked the network for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))

    def open(self, address: str) -> Page:
        self.page.goto(address)
        return self.page

    def asked_for(self) -> list[str]:
        return [url for url in self.requests if not url.startswith(("file:", "data:"))]


@pytest.fixture
def reader(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Reader]:
    # Any: the arguments of a browser context as a test asks for them.
    wanted: dict[str, Any] = getattr(request, "param", {"viewport": {"width": 1280, "height": 900}})
    context = browser.new_context(**wanted)
    context.set_offline(True)
    yield Reader(context.new_page())
    context.close()


def window(width: int, **more: object) -> dict[str, object]:
    return {"viewport": {"width": width, "height": 900}, **more}


@pytest.mark.parametrize(
    "reader",
    [window(width, color_scheme=scheme) for width in WIDTHS for scheme in ("light", "dark")],
    indirect=True,
)
def test_axe_finds_nothing_down_to_the_counts(reader: Reader, files: dict[str, str]) -> None:
    page = reader.open(files["normal"])
    page.locator(OPENED).evaluate_all("parts => parts.forEach(part => part.open = true)")
    page.wait_for_selector("[data-live] .main-svg")
    results = Axe().run(page, options=AXE)
    assert results.violations_count == 0, results.generate_report()
    assert reader.complaints == []
    assert reader.asked_for() == []


@pytest.mark.parametrize("reader", [window(320)], indirect=True)
@pytest.mark.parametrize("name", samples.SAMPLES)
def test_nothing_scrolls_sideways_on_a_phone(
    reader: Reader, files: dict[str, str], name: str
) -> None:
    page = reader.open(files[name])
    page.evaluate(
        "[...document.querySelectorAll('details')].slice(0, 40).forEach(part => part.open = true)"
    )
    page.wait_for_timeout(150)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert reader.complaints == []
    assert reader.asked_for() == []


@pytest.mark.parametrize("reader", [window(390, java_script_enabled=False)], indirect=True)
def test_without_scripts_pictures_tables_and_sentences_stand(
    reader: Reader, files: dict[str, str]
) -> None:
    page = reader.open(files["normal"])
    assert page.locator(".opening__sentence").is_visible()
    stills = page.locator("#report\\/standing .still, #P1\\.1 > .goal__reading .still")
    assert stills.count() == 2
    assert all(picture.is_visible() for picture in stills.all())
    assert not page.locator("[data-live]").first.is_visible()
    page.locator("#report\\/standing .figure__table > summary").click()
    assert page.locator("#report\\/standing table").is_visible()


def test_figures_are_drawn_when_they_are_seen_and_not_before(
    reader: Reader, files: dict[str, str]
) -> None:
    page = reader.open(files["normal"])
    page.wait_for_selector("#report\\/standing [data-live] .main-svg")
    assert page.locator("#P1\\.1 [data-drill] .main-svg").count() == 0
    page.locator("#P1\\.1 > [data-drill] > summary").click()
    page.locator("#P1\\.1\\.1 > .goal__reading").scroll_into_view_if_needed()
    page.wait_for_selector("#P1\\.1\\.1 > .goal__reading [data-live] .main-svg")
    assert not page.locator("#P1\\.1\\.1 > .goal__reading [data-still]").is_visible()


def test_an_address_leads_into_a_closed_part(reader: Reader, files: dict[str, str]) -> None:
    page = reader.open(f"{files['normal']}#P2.1.2")
    goal = page.locator("#P2\\.1\\.2")
    assert goal.is_visible()
    assert goal.evaluate("part => part.getBoundingClientRect().top < innerHeight")


def test_the_keyboard_goes_from_value_to_value_and_they_are_said(
    reader: Reader, files: dict[str, str]
) -> None:
    page = reader.open(files["normal"])
    live = page.locator("#report\\/standing [data-live]")
    live.locator(".main-svg").first.wait_for()
    page.wait_for_selector("#report\\/standing [data-live][tabindex='0']")
    live.focus()
    page.keyboard.press("ArrowDown")
    said = page.locator("#report\\/standing [data-said]")
    assert "P1.1" in said.inner_text()
    assert "between 74–82" in said.inner_text()
    page.keyboard.press("ArrowDown")
    assert "P1.2" in said.inner_text()
    assert reader.complaints == []


@pytest.mark.parametrize("reader", [window(1280, color_scheme="light")], indirect=True)
def test_a_change_to_dark_draws_the_figures_again(reader: Reader, files: dict[str, str]) -> None:
    page = reader.open(files["two_outcomes"])
    dot = page.locator("#report\\/standing [data-live] .points path").last
    dot.wait_for(state="attached")
    before = dot.evaluate("mark => getComputedStyle(mark).fill")
    page.emulate_media(color_scheme="dark")
    expect(dot).not_to_have_css("fill", before)


def test_paper_gets_the_still_pictures(reader: Reader, files: dict[str, str]) -> None:
    page = reader.open(files["normal"])
    page.wait_for_selector("#report\\/standing [data-live] .main-svg")
    page.emulate_media(media="print")
    assert page.locator("#report\\/standing .still").is_visible()
    assert not page.locator("#report\\/standing [data-live]").is_visible()


def test_a_script_in_a_name_never_runs(reader: Reader, files: dict[str, str]) -> None:
    asked: list[str] = []
    reader.page.on("dialog", lambda dialog: asked.append(dialog.message))
    page = reader.open(files["with_payload"])
    page.wait_for_selector("#report\\/standing [data-live] .main-svg")
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    page.wait_for_timeout(300)
    assert asked == []
    assert reader.complaints == []
    assert page.locator("img, iframe").count() == 0
