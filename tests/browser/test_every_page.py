"""Every page there is, in a real browser: nothing a checker of WCAG finds, nothing sideways.

The pages are those of the routes, so a new one is looked at by itself. They are opened by an
administrator, on a phone and on a desk, and once more without script.
"""

import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response
from werkzeug.serving import make_server

from tests.web.conftest import PASSWORD, Cast, make_site
from tests.web.conftest import populated as populated
from tests.web.world import World, build_world, rules, values_for

WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    # The lists of what passed are long, and nobody reads them here.
    "resultTypes": ["violations"],
}
SIZES = {"phone": (390, 844), "desk": (1280, 900)}
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
HAS_NO_PAGE = {"look.sheet", "look.static", "security.static", "accounts.static", "home.health"}
# Entering a code without a sign-in under way leads to a new sign-in.
SIGNS_OUT = {"security.logout", "security.two_factor_token_validation"}
# Opened by somebody signed in on a site that is set up, they lead elsewhere.
LEADS_TO_SIGN_IN = ("/start", "/sign-in")


@dataclass
class Served:
    """The site on a free port, and the addresses of its pages."""

    address: str
    pages: tuple[str, ...]
    administrator: str


@pytest.fixture(scope="module")
def served(
    populated: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    world = build_world(populated, tmp_path_factory.mktemp("pages") / "site")
    app = make_site(world.folder)
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Served(
        f"http://127.0.0.1:{server.server_port}",
        addresses(app, world),
        populated[1].administrator.email,
    )
    server.shutdown()
    thread.join()


def addresses(app: Flask, world: World) -> tuple[str, ...]:
    """The address of every route that answers a GET, with our library's objects in it."""
    with app.test_request_context():
        bound = app.url_map.bind("localhost")
        return tuple(
            str(bound.build(route.endpoint, values_for(route, world.ours)))
            for route in rules(app)
            if "GET" in (route.methods or set()) and route.endpoint not in HAS_NO_PAGE | SIGNS_OUT
        )


def signed_in(
    browser: Browser, served: Served, size: str, *, script: bool = True
) -> BrowserContext:
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, java_script_enabled=script
    )
    page = context.new_page()
    page.goto(f"{served.address}/sign-in")
    page.fill("[name=email]", served.administrator)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    page.close()
    return context


def opened(page: Page, address: str) -> Response | None:
    """The page's answer; None where the address is a file to save and not a page."""
    try:
        answer = page.goto(address)
    except Exception as error:
        if "Download is starting" in str(error):
            return None
        raise
    if answer is None or "text/html" not in (answer.headers.get("content-type") or ""):
        return None
    return answer


def note_error(said: list[str], address: str, message: ConsoleMessage) -> None:
    """A script that fails or a policy that is broken; a page that is not there is no such thing."""
    if message.type == "error" and "Failed to load resource" not in message.text:
        said.append(f"{address}: {message.text}")


@pytest.mark.parametrize("size", sorted(SIZES))
def test_every_page_is_accessible_and_fits(browser: Browser, served: Served, size: str) -> None:
    found: list[str] = []
    context = signed_in(browser, served, size)
    seen = 0
    page = context.new_page()
    for address in served.pages:
        said: list[str] = []
        listening = partial(note_error, said, address)
        page.on("console", listening)
        answer = opened(page, served.address + address)
        page.remove_listener("console", listening)
        if answer is not None:
            seen += 1
            found += said
            if "/sign-in" in page.url and not address.startswith(LEADS_TO_SIGN_IN):
                found.append(f"{address}: signed out")
            if answer.status >= 500:
                found.append(f"{address}: status {answer.status}")
            violations = Axe().run(page, options=WCAG).response["violations"]
            found += [
                f"{address}: {one['id']}: {one['nodes'][0]['html'][:160]}" for one in violations
            ]
            over = int(page.evaluate(SIDEWAYS))
            if over > 0:
                found.append(f"{address}: {over} pixels wider than the screen")
    context.close()
    assert seen >= 30, "the sweep lost its pages"
    assert not found, "\n".join(found)


def test_every_page_stands_without_script(browser: Browser, served: Served) -> None:
    found: list[str] = []
    context = signed_in(browser, served, "phone", script=False)
    page = context.new_page()
    for address in served.pages:
        answer = opened(page, served.address + address)
        if answer is not None and answer.status < 400:
            if page.locator("h1").count() != 1:
                found.append(f"{address}: {page.locator('h1').count()} first headings")
            if not page.locator("main").inner_text().strip():
                found.append(f"{address}: nothing in it without script")
    context.close()
    assert not found, "\n".join(found)
