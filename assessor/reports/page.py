"""The scorecard as a page: one report, shown by the site in its own frame and by a file alone."""

import base64
import hashlib
from functools import cache
from pathlib import Path
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assessor.domain.scorecard import Scorecard
from assessor.reports.look import TEMPLATES, teach
from assessor.reports.stylesheets import STATIC, stylesheet
from assessor.reports.views import PageView

Theme = Literal["auto", "light", "dark"]

PLOTLY = STATIC / "plotly" / "plotly-assessor.min.js"
"""The bundle that draws what the figures use; the site serves this same file."""
FIGURES_SCRIPT = STATIC / "js" / "figures.js"
"""Draws the figures of a page once they are seen; comes after the bundle."""


def scorecard_body(
    scorecard: Scorecard, *, element: str | None = None, base_url: str = ""
) -> Markup:
    """The report as markup to put into a page that has its own head and frame.

    `base_url` is the scorecard's address on the site ("/scorecards/7"): codes then lead to
    `<base_url>/elements/<code>`, and without it to anchors in the same page. With `element` only
    that element and what is below it is shown; a KeyError where there is none of that code.
    """
    page = PageView(scorecard, base_url=base_url, element=element)
    name = "one.html" if element is not None else "body.html"
    # The template escapes everything in it.
    return Markup(_environment().get_template(f"scorecard/{name}").render(page=page))  # noqa: S704


def render_scorecard_file(scorecard: Scorecard, *, theme: Theme = "auto") -> str:
    """The report as one HTML file that needs no other: letters, styles, script and data inside.

    Its own content security policy forbids it to load anything, so opening it tells nobody. The
    same scorecard gives the same bytes.
    """
    plotly, script = _script(PLOTLY), _script(FIGURES_SCRIPT)
    page = PageView(scorecard)
    template = _environment().get_template("scorecard/file.html")
    return template.render(
        page=page,
        body=scorecard_body(scorecard),
        theme=theme,
        css=Markup(stylesheet("report")),  # noqa: S704  our own file
        plotly=plotly,
        script=script,
        policy=_policy(plotly, script),
    )


def _policy(*scripts: str) -> str:
    allowed = " ".join(f"'sha256-{_sha256(script)}'" for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; font-src data:; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _sha256(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")


@cache
def _script(path: Path) -> Markup:
    text = path.read_text("utf-8").replace("\r\n", "\n")
    # Inside a page the letters of an end tag would end the script.
    return Markup(text.replace("</script", "<\\/script").replace("<!--", "<\\!--"))  # noqa: S704


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    teach(environment)
    return environment
