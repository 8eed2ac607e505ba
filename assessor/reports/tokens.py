"""The visual language as data: one place for what pages, figures, documents and mail look like.

Everything that has a colour, a size or a shape reads it from here. The custom properties of the
style sheets are generated from this file (`css_tokens`), so a figure and the page around it
cannot drift apart. Colours are roles, not hues: "ink", "hairline", "met".

Contrast (WCAG 2.2): text roles reach 4.5:1 and control edges, focus and marks 3:1 on paper and on
raised surfaces, in light, dark and print. `tests/reports/test_tokens.py` measures all of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import Literal

SchemeName = Literal["light", "dark", "print"]

FONT_TEXT = '"Assessor Text", "Source Sans 3", system-ui, "Segoe UI", Roboto, Arial, sans-serif'
FONT_HEADING = '"Assessor Heading", Newsreader, Georgia, "Times New Roman", serif'
FONT_CODE = 'ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace'

TYPE_SCALE: Mapping[str, str] = MappingProxyType(
    {
        "small": "0.875rem",
        "fine": "0.9375rem",
        "text": "1.0625rem",
        "lead": "1.25rem",
        "title": "clamp(1.3125rem, 1.2rem + 0.55vw, 1.5625rem)",
        "heading": "clamp(1.625rem, 1.4rem + 1.1vw, 2.125rem)",
        "display": "clamp(2.125rem, 1.65rem + 2.4vw, 3.25rem)",
        "figure": "clamp(2.5rem, 2rem + 2.4vw, 3.75rem)",
    }
)
"""Sizes by what they are for. Rem only, so that a person's own text size scales all of it."""

SPACES: Mapping[str, str] = MappingProxyType(
    {
        "1": "0.25rem",
        "2": "0.5rem",
        "3": "0.75rem",
        "4": "1rem",
        "5": "1.5rem",
        "6": "2.25rem",
        "7": "3.5rem",
        "8": "5.5rem",
    }
)

MEASURE = "65ch"
TOUCH = "2.75rem"
"""The least height and width of anything to press: 44 pixels."""
RADIUS = "0.25rem"

CHART_FONT_SIZE = 14
"""In pixels, for figures: Plotly knows no rem."""


@dataclass(frozen=True)
class Scheme:
    """The colour roles of one scheme, as six-digit hex."""

    paper: str
    raised: str
    sunken: str
    ink: str
    muted: str
    hairline: str
    edge: str
    accent: str
    accent_strong: str
    on_accent: str
    accent_soft: str
    focus: str
    error: str
    error_soft: str
    success: str
    success_soft: str
    caution: str
    caution_soft: str
    grid: str
    band: str


LIGHT = Scheme(
    paper="#fbf9f4",
    raised="#ffffff",
    sunken="#f3efe6",
    ink="#1f1c19",
    muted="#5f5950",
    hairline="#ddd6c8",
    edge="#857d70",
    accent="#642a5f",
    accent_strong="#4a1c46",
    on_accent="#ffffff",
    accent_soft="#f3e8f0",
    focus="#1a5fd0",
    error="#a8201a",
    error_soft="#fbeae6",
    success="#1d664c",
    success_soft="#e5f1ea",
    caution="#7a5200",
    caution_soft="#faf0d7",
    grid="#e7e1d5",
    band="#e4dccd",
)

DARK = Scheme(
    paper="#171513",
    raised="#211e1b",
    sunken="#100e0d",
    ink="#ede7dc",
    muted="#b0a799",
    hairline="#3b3631",
    edge="#8b8376",
    accent="#dfa4d6",
    accent_strong="#efc6e8",
    on_accent="#2a1027",
    accent_soft="#372333",
    focus="#8ab8ff",
    error="#ff9d8f",
    error_soft="#3a1f1b",
    success="#7fcfac",
    success_soft="#182f26",
    caution="#e6b85c",
    caution_soft="#33290f",
    grid="#332f2a",
    band="#3d3830",
)

PRINT = Scheme(
    paper="#ffffff",
    raised="#ffffff",
    sunken="#ffffff",
    ink="#000000",
    muted="#4a4641",
    hairline="#bdb8b0",
    edge="#6b665f",
    accent="#4a1c46",
    accent_strong="#4a1c46",
    on_accent="#ffffff",
    accent_soft="#ffffff",
    focus="#000000",
    error="#8f1a15",
    error_soft="#ffffff",
    success="#14503b",
    success_soft="#ffffff",
    caution="#614100",
    caution_soft="#ffffff",
    grid="#d9d5cd",
    band="#e6e2da",
)

SCHEMES: Mapping[SchemeName, Scheme] = MappingProxyType(
    {"light": LIGHT, "dark": DARK, "print": PRINT}
)


@dataclass(frozen=True)
class StatusLook:
    """How one status is shown: a word, a shape and a colour, so that no one of them is needed.

    `path` draws the shape in a box of 16 by 16; `filled` says whether it is filled or drawn with
    a line of 1.75 units. `symbol` is the nearest marker of a Plotly figure.
    """

    key: str
    word: str
    meaning: str
    path: str
    filled: bool
    symbol: str
    light: str
    dark: str
    print: str

    def colour(self, scheme: SchemeName) -> str:
        return {"light": self.light, "dark": self.dark, "print": self.print}[scheme]


_RING = "M8 1.9a6.1 6.1 0 1 0 0 12.2a6.1 6.1 0 1 0 0-12.2z"

STATUSES: Mapping[str, StatusLook] = MappingProxyType(
    {
        look.key: look
        for look in (
            StatusLook(
                "met",
                "Met",
                "The whole interval lies on the good side of the target.",
                "M8 1a7 7 0 1 0 0 14A7 7 0 1 0 8 1z",
                True,
                "circle",
                "#1d664c",
                "#7fcfac",
                "#14503b",
            ),
            StatusLook(
                "partly_met",
                "Partly met",
                "The partial level is reached, the target is not.",
                "M8 1a7 7 0 1 0 0 14A7 7 0 1 0 8 1zM8 2.75a5.25 5.25 0 0 1 0 10.5z",
                True,
                "triangle-up",
                "#2b6377",
                "#8cc3d8",
                "#1f4c5c",
            ),
            StatusLook(
                "not_met",
                "Not met",
                "The whole interval lies short of the target.",
                "M8 .6L15.4 8L8 15.4L.6 8z",
                True,
                "diamond",
                "#a63a12",
                "#f2a27f",
                "#7d2a0c",
            ),
            StatusLook(
                "too_close_to_call",
                "Too close to call",
                "The interval holds the level that decides.",
                "M1.5 6q3.25-4 6.5 0t6.5 0M1.5 11q3.25-4 6.5 0t6.5 0",
                False,
                "bowtie-open",
                "#7a5200",
                "#e6b85c",
                "#614100",
            ),
            StatusLook(
                "not_enough_evidence",
                "Not enough evidence",
                "Too few answers, or too wide an interval, to say.",
                _RING,
                False,
                "circle-open",
                "#5f5950",
                "#b0a799",
                "#4a4641",
            ),
            StatusLook(
                "not_measured",
                "Not measured",
                "Nothing was collected for this.",
                "M2 8h12",
                False,
                "line-ew-open",
                "#5f5950",
                "#b0a799",
                "#4a4641",
            ),
            StatusLook(
                "no_target",
                "No target",
                "Measured, but nobody has set a target to hold it against.",
                "M8 1a7 7 0 1 0 0 14A7 7 0 1 0 8 1zM8 2.75a5.25 5.25 0 1 1 0 10.5"
                "A5.25 5.25 0 1 1 8 2.75zM8 5.5a2.5 2.5 0 1 0 0 5A2.5 2.5 0 1 0 8 5.5z",
                True,
                "circle-open-dot",
                "#3d4a5c",
                "#b9c4d6",
                "#2f3a48",
            ),
            StatusLook(
                "suppressed",
                "Withheld",
                "Too small a group to show without pointing at people.",
                "M2 2h12v12H2zM2 14L14 2M2 8l6-6M8 14l6-6",
                False,
                "square-open",
                "#5f5950",
                "#b0a799",
                "#4a4641",
            ),
        )
    }
)


def css_tokens() -> str:
    """The custom properties of all schemes, as the text of `static/css/tokens.css`.

    Light is the default; dark follows the reader's system unless `data-theme` on the root element
    says otherwise; print is always on white paper.
    """
    fixed = {
        "font-text": FONT_TEXT,
        "font-heading": FONT_HEADING,
        "font-code": FONT_CODE,
        **{f"size-{name}": value for name, value in TYPE_SCALE.items()},
        **{f"space-{name}": value for name, value in SPACES.items()},
        "measure": MEASURE,
        "touch": TOUCH,
        "radius": RADIUS,
    }
    return "\n".join(
        [
            "/* Generated from assessor/reports/tokens.py; a test compares them. */",
            _rule(":root", {"color-scheme": "light", **_names(fixed), **_colours("light")}),
            "@media screen and (prefers-color-scheme: dark) {",
            _rule(":root:not([data-theme=light])", _dark()),
            "}",
            _rule(":root[data-theme=dark]", _dark()),
            "@media print {",
            _rule(":root, :root[data-theme]", {"color-scheme": "light", **_colours("print")}),
            "}",
            "",
        ]
    )


def _dark() -> dict[str, str]:
    return {"color-scheme": "dark", **_colours("dark")}


def _colours(name: SchemeName) -> dict[str, str]:
    scheme = SCHEMES[name]
    roles = {
        field.name.replace("_", "-"): str(getattr(scheme, field.name)) for field in fields(scheme)
    }
    statuses = {
        f"status-{key.replace('_', '-')}": look.colour(name) for key, look in STATUSES.items()
    }
    return _names({**roles, **statuses})


def _names(values: Mapping[str, str]) -> dict[str, str]:
    return {f"--{name}": value for name, value in values.items()}


def _rule(selector: str, declarations: Mapping[str, str]) -> str:
    body = "".join(f"  {name}: {value};\n" for name, value in declarations.items())
    return f"{selector} {{\n{body}}}"


if __name__ == "__main__":
    (Path(__file__).parent / "static" / "css" / "tokens.css").write_text(css_tokens(), "utf-8")
