"""Takes the pictures of the documentation from a demonstration of its own; `make pictures`.

A picture that nobody can take again goes stale, so each is a row of `PICTURES` and a function that
brings a page to where it is worth looking at. They are WebP and light, and a test keeps them small.
"""

import argparse
import base64
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).resolve().parent
PLAN = HERE.parent.parent / "surveys" / "riverbend" / "plan.txt"
LIBRARIAN = "librarian@riverbend.example"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True)
class Demonstration:
    """A Riverbend that is being served, and what its command printed."""

    site: str
    survey: str
    scorecard: str
    password: str


@dataclass(frozen=True)
class Picture:
    """One file: how wide the window is, how dense its points, and what leads to the page.

    `show` returns the upper edge and the height of the part that is kept.
    """

    name: str
    width: int
    density: float
    show: Callable[[Page, Demonstration], tuple[float, float]]


def scorecard(page: Page, demonstration: Demonstration) -> tuple[float, float]:
    """The opening sentence, and where all goals stand."""
    sign_in(page, demonstration)
    page.goto(demonstration.scorecard)
    page.locator("svg").first.wait_for()
    page.wait_for_timeout(500)
    return 0, top(page, "summary:has-text('The numbers')") - 4


def plan_review(page: Page, demonstration: Demonstration) -> tuple[float, float]:
    """A document beside what is proposed for it."""
    sign_in(page, demonstration)
    page.goto(f"{demonstration.site}/plans/new")
    page.set_input_files("input[type=file]", PLAN)
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("heading", name="Review the proposal").wait_for()
    return top(page, "#e-V4"), 900


def coverage_matrix(page: Page, demonstration: Demonstration) -> tuple[float, float]:
    """What measures each outcome, and what nothing measures."""
    sign_in(page, demonstration)
    page.goto(f"{demonstration.site}/mapping/")
    return 0, 1180


def answering(page: Page, demonstration: Demonstration) -> tuple[float, float]:
    """A section of the survey on a phone, with an answer given."""
    page.goto(demonstration.survey)
    page.get_by_role("button", name="Start").click()
    while page.get_by_text("I feel welcome when I come in.").count() == 0:
        page.get_by_role("button", name="Continue").click()
    page.get_by_role("radio", name="Agree", exact=True).first.check()
    page.evaluate("document.activeElement.blur()")
    return 0, 844


PICTURES = (
    Picture("scorecard", 1280, 1, scorecard),
    Picture("plan-review", 1280, 1, plan_review),
    Picture("coverage-matrix", 1280, 1, coverage_matrix),
    Picture("answering", 390, 2, answering),
)


def main() -> None:
    """Serve a demonstration, take every picture, and stop it."""
    parser = argparse.ArgumentParser(description="Take the pictures of the documentation.")
    parser.add_argument("--instance", help="a demonstration's folder to keep and use again")
    parser.add_argument("--only", choices=[picture.name for picture in PICTURES])
    chosen = parser.parse_args()
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if chromium is None:
        sys.exit("There is no Chromium; `make system` installs it or says how.")
    with (
        tempfile.TemporaryDirectory() as folder,
        served(chosen.instance or folder) as demonstration,
        sync_playwright() as playwright,
    ):
        # Chromium refuses its sandbox to root, which is who a container often is.
        flags = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        for picture in PICTURES:
            if chosen.only in (None, picture.name):
                take(browser, picture, demonstration)
        browser.close()


def take(browser: Browser, picture: Picture, demonstration: Demonstration) -> None:
    """Write one picture beside this script."""
    page = browser.new_page(
        viewport={"width": picture.width, "height": 844},
        device_scale_factor=picture.density,
        color_scheme="light",
        locale="en-GB",
        reduced_motion="reduce",
    )
    upper, height = picture.show(page, demonstration)
    # What sticks to an edge of the window would stand in the middle of the picture.
    page.evaluate("document.querySelector('.review-bar')?.remove()")
    clip = {"x": 0, "y": upper, "width": picture.width, "height": height, "scale": 1}
    shot = page.context.new_cdp_session(page).send(
        "Page.captureScreenshot",
        {"format": "webp", "quality": 92, "clip": clip, "captureBeyondViewport": True},
    )
    path = HERE / f"{picture.name}.webp"
    path.write_bytes(base64.b64decode(shot["data"]))
    print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")
    page.close()


def sign_in(page: Page, demonstration: Demonstration) -> None:
    page.goto(f"{demonstration.site}/sign-in")
    page.fill("[name=email]", LIBRARIAN)
    page.fill("[name=password]", demonstration.password)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Waves").wait_for()


def top(page: Page, selector: str) -> float:
    """Where something begins, in points below the top of the page."""
    box = page.locator(selector).first.bounding_box()
    assert box is not None, f"{selector} is not to be seen"
    return box["y"] + float(page.evaluate("window.scrollY"))


@contextmanager
def served(instance: str) -> Iterator[Demonstration]:
    """Riverbend at a free port, until the pictures are taken."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assessor = Path(sys.executable).with_name("assessor")
    with subprocess.Popen(
        [assessor, "site", "demo", "--port", str(port)],
        env={**os.environ, "ASSESSOR_INSTANCE": instance, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            printed = []
            for line in process.stdout:
                print(line, end="")
                printed.append(line)
                if line.startswith("Serving"):
                    break
            yield read(f"http://127.0.0.1:{port}", "".join(printed))
        finally:
            process.terminate()


def read(site: str, printed: str) -> Demonstration:
    """The addresses and the password among what the demonstration printed."""

    def after(word: str) -> str:
        found = re.search(rf"{re.escape(word)}\s+(\S+)", printed)
        if found is None:
            sys.exit(f"The demonstration did not print “{word}”.")
        return found.group(1)

    wait_for(site)
    return Demonstration(site, after("Survey"), after("Scorecard"), after(LIBRARIAN))


def wait_for(site: str) -> None:
    """Until somebody answers; the command prints its last line a moment before it listens."""
    for _ in range(300):
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", int(site.rpartition(":")[2]))) == 0:
                return
        time.sleep(0.2)
    sys.exit("The demonstration does not answer.")


if __name__ == "__main__":
    main()
