"""The plotting script draws what the figures use, under the site's content security policy."""

import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import plotly
import pytest
from flask import Flask, Response
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from assessor.reports.stylesheets import STATIC

ROOT = Path(__file__).parents[2]
REPORTS = ROOT / "assessor" / "reports"
SCRIPT = STATIC / "plotly" / "plotly-assessor.min.js"
ENTRY = (REPORTS / "plotly_bundle" / "entry.js").read_text("utf-8")
POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-test'; style-src 'self' 'nonce-test';"
    " img-src 'self' data:; connect-src 'self'"
)

FIGURE: dict[str, Any] = {
    "data": [
        {
            "type": "scatter",
            "mode": "markers+text",
            "x": [4.03, 3.52],
            "y": ["All", "Faculty"],
            "text": ["4.03", "3.52"],
            "textposition": "top center",
            "error_x": {"type": "data", "array": [0.12, 0.3], "arrayminus": [0.1, 0.2]},
            "marker": {"symbol": ["circle", "diamond"], "size": 12, "color": "#642a5f"},
            "hovertext": ["All: 4.03", "Faculty: 3.52"],
        },
        {"type": "bar", "x": [2, 3], "y": ["All", "Faculty"], "orientation": "h"},
    ],
    "layout": {
        "template": {},
        "showlegend": False,
        "shapes": [{"type": "line", "x0": 4, "x1": 4, "y0": 0, "y1": 1, "yref": "paper"}],
        "annotations": [{"text": "target 4.00", "x": 4, "y": 1, "yref": "paper"}],
    },
    "config": {
        "displaylogo": False,
        "showSendToCloud": False,
        "plotlyServerURL": "",
        "displayModeBar": False,
        "responsive": True,
    },
}
PAGE = """<!doctype html><html lang="en"><title>One figure</title><link rel="icon" href="data:,">
<style id="plotly.js-style-global" nonce="test"></style>
<div id="plot"></div><script src="/plotly.js"></script><script src="/draw.js"></script>"""
DRAW = """fetch("/figure.json").then((answer) => answer.json())
.then((figure) => Plotly.newPlot("plot", figure.data, figure.layout, figure.config))
.then(() => document.body.setAttribute("data-drawn", "yes"));"""


@pytest.fixture(scope="module")
def figure_site() -> Iterator[str]:
    """A page with one figure, under a strict policy."""
    app = Flask("figure")
    app.add_url_rule("/", "page", lambda: PAGE)
    app.add_url_rule("/plotly.js", "plotly", lambda: Response(SCRIPT.read_bytes(), mimetype=JS))
    app.add_url_rule("/draw.js", "draw", lambda: Response(DRAW, mimetype=JS))
    app.add_url_rule("/figure.json", "figure", lambda: FIGURE)

    @app.after_request
    def strict(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = POLICY
        return response

    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()


JS = "text/javascript"
KINDS = r"scatter\w*|bar\w*|heatmap|box|violin|pie|histogram\w*|contour|funnel|waterfall|indicator"


def traces_in_script() -> set[str]:
    return set(re.findall(r"plotly\.js/src/traces/(\w+)", ENTRY))


def test_every_trace_the_figures_use_is_in_the_script() -> None:
    """A trace that is not would be drawn as scatter in silence."""
    used: set[str] = set()
    for file in (REPORTS / "figures").glob("*.py"):
        text = file.read_text("utf-8")
        used |= {name.lower() for name in re.findall(r"\bgo\.(Scatter|Bar|[A-Z][a-z]+)\(", text)}
        used |= set(
            re.findall(r'"type": "(scatter\w*|bar\w*|heatmap|box|violin|pie|histogram)"', text)
        )
    used -= {"figure", "layout"}
    assert used, "the figures use no trace at all"
    assert used <= traces_in_script()


def test_the_script_is_of_the_version_that_python_draws_with() -> None:
    bundled = json.loads((REPORTS / "plotly_bundle" / "package.json").read_text("utf-8"))
    version = bundled["dependencies"]["plotly.js"]
    carried = (Path(plotly.__file__).parent / "package_data" / "plotly.min.js").read_text("utf-8")
    assert f"plotly.js v{version.split('.')[0]}." in carried[:300]
    assert SCRIPT.read_text("utf-8").startswith(f"/*! plotly.js {version}")


def test_the_script_needs_no_eval_and_is_a_third_of_the_whole() -> None:
    text = SCRIPT.read_text("utf-8")
    assert not re.search(r"\beval\(|new Function\b", text)
    assert len(text) < 1_000_000


def test_licences_travel_with_the_script() -> None:
    licences = (SCRIPT.parent / "LICENSES.txt").read_text("utf-8")
    assert "plotly.js 4" in licences
    assert "@plotly/d3" in licences
    assert licences.count("Copyright") >= 15


def test_one_of_each_is_drawn_under_a_strict_policy(browser: Browser, figure_site: str) -> None:
    page = browser.new_page(viewport={"width": 600, "height": 500})
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(figure_site)
    page.wait_for_selector("body[data-drawn]", state="attached", timeout=10_000)
    assert complaints == []
    assert page.locator(".scatterlayer .point").count() == 2
    assert page.locator(".scatterlayer .errorbar").count() == 2
    assert page.locator(".barlayer .point").count() == 2
    assert page.locator(".shapelayer path").count() == 1
    assert page.locator(".annotation-text").text_content() == "target 4.00"
    assert page.locator(".modebar").count() == 0
    # The rules of its own sheet hold: what lies over the chart is laid over it.
    ground = page.locator(".main-svg").nth(1)
    assert ground.evaluate("one => getComputedStyle(one).position") == "absolute"
    assert all(address.startswith(figure_site) for address in asked)
    # Hovering from the keyboard is what figures.js asks of the script.
    page.evaluate(
        "Plotly.Fx.hover(document.getElementById('plot'), [{curveNumber: 0, pointNumber: 1}])"
    )
    assert page.locator(".hoverlayer .hovertext").count() == 1
    assert complaints == []
    page.close()
