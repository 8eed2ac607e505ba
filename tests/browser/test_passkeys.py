"""Passkeys in a real browser, with an authenticator that the browser plays itself."""

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from tests.web.conftest import PASSWORD, Cast, make_site
from tests.web.conftest import populated as populated


@pytest.fixture
def address(populated: tuple[Path, Cast], tmp_path: Path) -> Iterator[str]:
    """The site under a name: a passkey belongs to a name, never to a number."""
    folder = tmp_path / "site"
    shutil.copytree(populated[0], folder)
    server = make_server("127.0.0.1", 0, make_site(folder), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def keyed(browser: Browser) -> Iterator[Page]:
    """A browser whose device has an authenticator."""
    context = browser.new_context()
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield page
    context.close()


def sign_in(page: Page, address: str, email: str) -> None:
    page.goto(f"{address}/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def add_passkey(page: Page, address: str, when: str) -> None:
    page.goto(f"{address}/passkeys")
    page.get_by_label("Name").fill("Work laptop")
    page.get_by_label(when).check()
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("The passkey Work laptop was added.")).to_be_visible()


def sign_out(page: Page) -> None:
    page.locator("summary").first.click()
    page.get_by_role("button", name="Sign out").click()


def test_a_passkey_signs_in_without_the_password(
    keyed: Page, address: str, populated: tuple[Path, Cast]
) -> None:
    librarian = populated[1].librarian
    sign_in(keyed, address, librarian.email)
    add_passkey(keyed, address, "Instead of my password")
    sign_out(keyed)
    keyed.goto(f"{address}/sign-in/passkey")
    keyed.get_by_role("button", name="Go on").click()
    expect(keyed.locator(".office__account summary")).to_be_visible()


def test_a_passkey_is_a_second_factor_and_can_be_removed(
    keyed: Page, address: str, populated: tuple[Path, Cast]
) -> None:
    librarian = populated[1].librarian
    sign_in(keyed, address, librarian.email)
    add_passkey(keyed, address, "Together with my password")
    sign_out(keyed)
    sign_in(keyed, address, librarian.email)
    expect(keyed.get_by_text("Your passkey is the second factor")).to_be_visible()
    keyed.goto(f"{address}/accounts/you")
    assert "/sign-in" in keyed.url, "the password alone opens nothing"
    sign_in(keyed, address, librarian.email)
    keyed.get_by_role("button", name="Go on").click()
    expect(keyed.locator(".office__account summary")).to_be_visible()
    keyed.goto(f"{address}/passkeys")
    keyed.get_by_role("button", name="Remove Work laptop").click()
    expect(keyed.get_by_text("was removed")).to_be_visible()


def test_a_browser_without_passkeys_is_told_so(
    page: Page, address: str, populated: tuple[Path, Cast]
) -> None:
    page.add_init_script("delete window.PublicKeyCredential")
    sign_in(page, address, populated[1].librarian.email)
    page.goto(f"{address}/passkeys")
    page.get_by_label("Name").fill("Work laptop")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("This browser offers no passkeys here")).to_be_visible()
