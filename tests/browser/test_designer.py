"""The designer in a real browser: by keys alone, dragged, without a script, and heard and seen."""

import logging
import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from assessor.actions.designing import begin_instrument
from assessor.domain.instrument import Instrument
from assessor.store import documents
from tests.domain.editing.samples import sample
from tests.web.conftest import PASSWORD, Cast, make_site
from tests.web.conftest import populated as populated

WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Served:
    """The site on a free port, with a small instrument of its librarian's."""

    app: Flask
    address: str
    cast: Cast

    @property
    def edit(self) -> str:
        return f"{self.address}/instruments/patrons/edit"

    def draft(self, key: str = "patrons") -> Instrument:
        with self.app.app_context():
            found = documents.instrument_draft(self.cast.librarian.library_id, key)
            assert found is not None
            return found.draft

    def signed_in(
        self, browser: Browser, width: int = 1280, *, script: bool = True, touch: bool = False
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            has_touch=touch,
            is_mobile=touch,
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
        begin_instrument(cast.librarian.library_id, sample(), said="Begun").unwrap()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Served(app, f"http://127.0.0.1:{server.server_port}", cast)
    server.shutdown()
    thread.join()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def type_into(page: Page, field: str, text: str) -> None:
    """Fill in a field by keys alone: reach it with Tab, as somebody does who has no mouse."""
    for _ in range(150):
        if focused(page) == field:
            page.keyboard.press("Control+a")
            page.keyboard.type(text)
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {field}")


def test_a_small_questionnaire_is_built_by_keys_alone(browser: Browser, served: Served) -> None:
    page = served.signed_in(browser)
    page.goto(f"{served.address}/instruments/new-instrument")
    type_into(page, "title", "Your visit")
    type_into(page, "key", "visit")
    page.keyboard.press("Enter")
    page.wait_for_url("**/instruments/visit/edit**")
    page.goto(f"{served.address}/instruments/visit/edit#panel")
    assert focused(page) == "panel"
    type_into(page, "new-kind", "Yes")
    type_into(page, "new-text", "Did you borrow a laptop?")
    page.keyboard.press("Enter")
    page.wait_for_url("**item*did_you_borrow*")
    assert focused(page) == "panel"
    type_into(page, "new-kind", "Short")
    type_into(page, "new-text", "What for?")
    page.keyboard.press("Enter")
    page.wait_for_url("**item*what_for*")
    type_into(page, "relevant-0-subject", "Did you")
    type_into(page, "relevant-0-value", "Yes")
    page.keyboard.press("Enter")
    expect(page.locator(".logic__sentence")).to_contain_text("is “Yes”.")
    page.locator("#do-up").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-says]")).to_contain_text("moved up")
    assert focused(page) == "do-up"
    page.context.close()
    found = served.draft("visit")
    assert [item.key for item in found.items()] == [
        "recommend",
        "what_for",
        "did_you_borrow_a",
    ]
    why = found.item("what_for")
    assert why is not None
    assert why.relevant == "${did_you_borrow_a} = 'yes'"


def test_what_happened_is_read_aloud_after_the_page_stands(
    browser: Browser, served: Served
) -> None:
    page = served.signed_in(browser)
    page.goto(f"{served.edit}?at=item:visits")
    page.fill("[name=text]", "How often?")
    page.get_by_role("button", name="Save").first.click()
    says = page.get_by_role("status").filter(has_text="is saved")
    expect(says).to_be_visible()
    page.context.close()


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_every_part_is_accessible_and_fits(browser: Browser, served: Served, width: int) -> None:
    page = served.signed_in(browser, width)
    found: list[str] = []
    page.on("console", lambda one: found.append(one.text) if "policy" in one.text else None)
    places = ["page:place", "item:role", "item:rooms", "item:trips", "settings", "scales"]
    addresses = [f"{served.edit}?at={at}" for at in [*places, "scales.five", "quotas.adults"]]
    addresses += [f"{served.edit}?at=item:role&ask=remove", f"{served.edit}?q=you"]
    addresses += [f"{served.edit}/catalogue?at=item:role", f"{served.edit}/text"]
    for address in [*addresses, f"{served.address}/instruments/new-instrument"]:
        page.goto(address)
        page.wait_for_load_state("networkidle")
        result = Axe().run(page, options=WCAG)
        found += [
            f"{address}: {v['id']} {[n['target'] for n in v['nodes']][:3]}"
            for v in result.response["violations"]
        ]
        if page.evaluate(SIDEWAYS) > 0:
            found.append(f"{address}: sideways")
    page.context.close()
    assert found == []


def test_an_item_is_dragged_within_its_page(browser: Browser, served: Served) -> None:
    page = served.signed_in(browser)
    page.goto(f"{served.edit}?at=item:visits")
    # What the checks say comes after the page, and nothing may move while it is taken hold of.
    page.wait_for_load_state("networkidle")
    why, role = (page.locator(f"[data-item={key}]") for key in ("why", "role"))
    start = why.bounding_box()
    assert start is not None
    page.mouse.move(start["x"] + 40, start["y"] + start["height"] / 2)
    page.mouse.down()
    # Items make way while one is carried past them, so each step looks where they are now.
    for step in range(40):
        if page.locator("[data-item]").first.get_attribute("data-item") == "why":
            break
        end = role.bounding_box()
        assert end is not None
        page.mouse.move(end["x"] + 40 + step % 2, end["y"] + 6, steps=8)
        page.wait_for_timeout(50)
    with page.expect_navigation():
        page.mouse.up()
    expect(page.locator("[data-says]")).to_contain_text("moved")
    page.context.close()
    assert [item.key for item in served.draft().pages[0].items] == ["why", "role", "visits"]


def test_a_tablet_builds_by_taps_alone(browser: Browser, served: Served) -> None:
    page = served.signed_in(browser, 820, touch=True)
    page.goto(f"{served.edit}?at=item:visits")
    page.tap("#do-up")
    expect(page.locator("[data-says]")).to_contain_text("moved up")
    page.get_by_role("button", name="Undo").tap()
    expect(page.locator("[data-says]")).to_contain_text("Undone")
    page.goto(f"{served.edit}?at=page:place")
    page.select_option("#new-kind", "yes_no")
    page.fill("#new-text", "Did you borrow a laptop?")
    page.get_by_role("button", name="Add the item").tap()
    page.wait_for_url("**item*did_you_borrow*")
    assert page.evaluate(SIDEWAYS) <= 0
    page.context.close()
    keys = [item.key for item in served.draft().items()]
    assert "did_you_borrow_a" in keys
    assert keys.index("role") < keys.index("visits")


def test_the_text_pane_shows_messages_at_their_lines_and_lets_go_of_tab(
    browser: Browser, served: Served
) -> None:
    page = served.signed_in(browser)
    page.goto(f"{served.edit}/text")
    pane = page.locator(".cm-content")
    expect(pane).to_be_visible()
    expect(page.locator(".cm-lineNumbers")).to_be_visible()
    pane.click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("titel: wrong\n")
    expect(page.locator("[data-lines]")).to_contain_text("Line 1, to mend")
    expect(page.locator(".cm-lint-marker-error").first).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert not page.evaluate("document.activeElement.classList.contains('cm-content')")
    page.keyboard.press("Shift+Tab")
    pane.focus()
    for _ in range(6):
        page.keyboard.press("Control+z")
    expect(page.locator("[data-lines]")).not_to_contain_text("Line 1, to mend")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Nothing that is asked has changed.")).to_be_visible()
    page.context.close()


def test_all_of_it_works_without_a_script(browser: Browser, served: Served) -> None:
    page = served.signed_in(browser, script=False)
    page.goto(f"{served.edit}?at=item:role")
    page.fill("[name=options-more]", "Somebody else")
    page.get_by_role("button", name="Save").first.click()
    expect(page.locator("#options-2-label")).to_have_value("Somebody else")
    page.get_by_role("button", name=re.compile("^Up *: Somebody else")).click()
    expect(page.locator("[data-says]")).to_contain_text("The answer moved.")
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("link", name="As text (YAML)").click()
    text = page.input_value("textarea[name=text]")
    page.fill("textarea[name=text]", text.replace("How do we do?", "How are we?"))
    page.get_by_role("button", name="Save", exact=True).click()
    page.context.close()
    found = served.draft()
    item = found.item("role")
    assert [o.code for o in getattr(item, "options")] == ["adult", "child", "somebody_else"]  # noqa: B009
    assert found.title == "How are we?"
