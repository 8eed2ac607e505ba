"""The living page in a browser: pictures, no sideways scroll, no accessibility violation.

The pictures lie under `test-results/style/`, to be looked at.
"""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

PICTURES = Path(__file__).parents[3] / "test-results" / "style"
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
PAGES = {
    "office": "/style",
    "patron": "/style/patron",
    "mistakes": "/style/patron?wrong=1",
    "kinds": "/style/kinds",
    "kinds-with-mistakes": "/style/kinds?wrong=1",
    "mail": "/style/mail",
}

TOO_SMALL = """() => [...document.querySelectorAll('a, button, input, select, textarea, summary')]
  .map(one => [one, (one.closest('label, .govuk-radios__item, .govuk-checkboxes__item') || one)
    .getBoundingClientRect()])
  .filter(([one, box]) => box.width > 1 && box.height > 1 && !one.closest('p, li, dd, .skip-link'))
  .filter(([one, box]) => box.height < 43.9 || box.width < 40)
  .map(([one, box]) => `${one.outerHTML.slice(0, 80)} ${box.width} × ${box.height}`)"""


def opened(browser: Browser, address: str, **context: Any) -> tuple[Page, list[str]]:
    """The page, and a list that fills with whatever its console complains of."""
    page = browser.new_context(**context).new_page()
    complaints: list[str] = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    page.evaluate("document.fonts.ready")
    return page, complaints


def sideways(page: Page) -> int:
    return int(
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", list(PAGES))
def test_a_page_has_its_picture_and_no_violation(
    browser: Browser, style_site: str, name: str, width: int, scheme: str
) -> None:
    page, complaints = opened(
        browser,
        style_site + PAGES[name],
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
    )
    PICTURES.mkdir(parents=True, exist_ok=True)
    picture = page.screenshot(path=PICTURES / f"{name}-{width}-{scheme}.png", full_page=True)
    assert len(picture) > 20_000
    assert sideways(page) == 0
    # In the dark only colours differ; what is checked in the light is not checked again.
    found = Axe().run(page, options=WCAG if scheme == "light" else CONTRAST)
    assert found.violations_count == 0, found.generate_report()
    assert complaints == []
    page.context.close()


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("address", ["/style", "/style/patron"])
def test_a_small_phone_scrolls_one_way_only(
    browser: Browser, style_site: str, address: str, direction: str
) -> None:
    page, _ = opened(
        browser,
        f"{style_site}{address}?direction={direction}",
        viewport={"width": 320, "height": 640},
    )
    assert sideways(page) == 0
    page.context.close()


@pytest.mark.parametrize("address", ["/style", "/style/patron"])
def test_text_of_twice_the_size_still_fits(browser: Browser, style_site: str, address: str) -> None:
    page, _ = opened(browser, style_site + address, viewport={"width": 640, "height": 900})
    page.add_style_tag(url="/look/office.css")  # a sheet that is allowed, to change from below
    page.evaluate("document.styleSheets[0].insertRule('html { font-size: 200% !important }', 0)")
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert sideways(page) == 0
    page.context.close()


@pytest.mark.parametrize("name", ["patron", "mistakes"])
def test_everything_to_press_has_room_for_a_thumb(
    browser: Browser, style_site: str, name: str
) -> None:
    page, _ = opened(browser, style_site + PAGES[name], viewport={"width": 390, "height": 900})
    assert page.evaluate(TOO_SMALL) == []
    page.context.close()


def test_a_matrix_is_a_table_where_there_is_room_and_stacked_where_not(
    browser: Browser, style_site: str
) -> None:
    page, _ = opened(browser, style_site + PAGES["patron"], viewport={"width": 1280, "height": 900})
    points = page.locator("input[name=space_quiet]")

    def places() -> tuple[set[int], set[int]]:
        boxes = [box for box in (one.bounding_box() for one in points.all()) if box]
        assert len(boxes) == 6
        return {round(box["x"]) for box in boxes}, {round(box["y"]) for box in boxes}

    across, down = places()
    assert (len(across), len(down)) == (6, 1)
    heads = page.get_by_role("columnheader", name="Agreement")
    assert heads.is_visible()
    page.set_viewport_size({"width": 390, "height": 900})
    across, down = places()
    assert (len(across), len(down)) == (1, 6)
    assert page.locator(".matrix .point__word", has_text="Strongly agree").first.is_visible()
    page.context.close()


def test_a_press_on_a_point_answers_and_not_applicable_takes_it_back(
    browser: Browser, style_site: str
) -> None:
    page, _ = opened(browser, style_site + PAGES["patron"], viewport={"width": 390, "height": 900})
    group = page.get_by_role("group", name="All in all, how satisfied")
    group.get_by_role("radio", name="3").check()
    assert page.locator("input[name=overall]:checked").input_value() == "3"
    group.get_by_role("radio", name="I have not used them").check()
    assert page.locator("input[name=overall]:checked").input_value() == "NA"
    page.context.close()


def test_forced_colours_still_show_what_is_chosen(browser: Browser, style_site: str) -> None:
    page, _ = opened(
        browser,
        style_site + PAGES["patron"],
        viewport={"width": 1280, "height": 900},
        forced_colors="active",
    )
    ground = "one => getComputedStyle(one.nextElementSibling).backgroundColor"
    chosen = page.locator("input[name=overall]:checked").evaluate(ground)
    other = page.locator("input[name=overall]:not(:checked)").first.evaluate(ground)
    assert chosen != other
    page.context.close()


def test_paper_has_no_furniture_and_dark_ink(browser: Browser, style_site: str) -> None:
    page, _ = opened(
        browser,
        style_site + PAGES["office"],
        viewport={"width": 1280, "height": 900},
        color_scheme="dark",
    )
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.get_by_role("navigation", name="Main").is_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).color") == "rgb(0, 0, 0)"
    page.context.close()


def test_nothing_moves_for_those_who_ask_for_none(browser: Browser, style_site: str) -> None:
    page, _ = opened(browser, style_site + "/style", reduced_motion="reduce")
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].filter(one => getComputedStyle(one)"
        ".transitionDuration.split(', ').some(time => time !== '0s')).length"
    )
    assert moving == 0
    page.context.close()
