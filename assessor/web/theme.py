"""The accent a library sets for itself, checked for contrast before it is taken.

Contrast is that of WCAG 2.2 (relative luminance, success criterion 1.4.3): text and buttons in
the accent must reach 4.5:1. A colour that fails is answered with the nearest shade that passes.
"""

import colorsys
import re
from dataclasses import dataclass

from assessor.domain.problems import Checked, Problem, failed, say
from assessor.reports.contrast import contrast, hex_of, rgb_of
from assessor.reports.tokens import DARK, LIGHT, Scheme

TEXT_CONTRAST = 4.5
STEPS = 1020
"""Of lightness between black and white: finer than the eye, so that the nearest shade is near."""


@dataclass(frozen=True)
class AccentShades:
    """One scheme's share of an accent: for text and buttons, pressed, upon it, and behind text."""

    accent: str
    strong: str
    on_accent: str
    soft: str


@dataclass(frozen=True)
class Accent:
    """An accent as it was set, and what is used of it on light and on dark paper."""

    hex: str
    light: AccentShades
    dark: AccentShades


def check_accent(hex: str) -> Checked[Accent]:  # noqa: A002  the word the setting uses
    """Whether a colour can carry text and buttons on the light pages; empty is the default accent.

    Dark pages get a lighter shade of the same hue by themselves, so only light is the library's
    to mend. Problems: `accent.form` (not a colour), `accent.contrast` (too pale), the latter
    with the nearest shade that passes.
    """
    text = hex.strip() or LIGHT.accent
    short = re.fullmatch(r"#?([0-9a-fA-F])([0-9a-fA-F])([0-9a-fA-F])", text)
    if short:
        text = "#" + "".join(digit * 2 for digit in short.groups())
    if not re.fullmatch(r"#?[0-9a-fA-F]{6}", text):
        return failed(
            Problem(
                code="accent.form",
                where="accent",
                message=say(
                    "“{hex}” is not a colour. Write it as # and six digits, such as {accent}.",
                    hex=hex,
                    accent=LIGHT.accent,
                ),
            )
        )
    colour = "#" + text.lstrip("#").lower()
    reached = _least_contrast(colour, LIGHT)
    if reached < TEXT_CONTRAST:
        better = nearest_passing(colour, LIGHT)
        return failed(
            Problem(
                code="accent.contrast",
                where="accent",
                message=say(
                    "{colour} is too pale to read on the pages: its contrast is {reached}:1, "
                    "and text needs {text_contrast}:1. The nearest shade that works is "
                    "{better}.",
                    colour=colour,
                    reached=_floor(reached),
                    text_contrast=TEXT_CONTRAST,
                    better=better,
                ),
            )
        )
    return Checked(
        Accent(
            hex=colour,
            light=_shades(colour, LIGHT),
            dark=_shades(_on_dark(colour), DARK),
        )
    )


def accent_css(accent: Accent) -> str:
    """The custom properties that put an accent over the default, as a style sheet."""
    light, dark = _declarations(accent.light), _declarations(accent.dark)
    by_system = f":root:not([data-theme=light]){{{dark}}}"
    return (
        f":root{{{light}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{{by_system}}}\n"
        f":root[data-theme=dark]{{{dark}}}\n"
        f"@media print{{:root,:root[data-theme]{{{light}--accent-soft:#ffffff;}}}}\n"
    )


def nearest_passing(colour: str, scheme: Scheme) -> str:
    """The shade of the same hue, nearest in lightness, whose contrast reaches 4.5:1."""
    darker_is_better = contrast(scheme.paper, "#000000") > contrast(scheme.paper, "#ffffff")
    for step in range(STEPS + 1):
        change = step / STEPS
        shade = _lightness(colour, -change if darker_is_better else change)
        if _least_contrast(shade, scheme) >= TEXT_CONTRAST:
            return shade
    return "#000000" if darker_is_better else "#ffffff"


def _least_contrast(colour: str, scheme: Scheme) -> float:
    """As link text on each surface; a button's own letters are chosen to suit the colour."""
    return min(contrast(colour, ground) for ground in (scheme.paper, scheme.raised, scheme.sunken))


def _on_dark(colour: str) -> str:
    """A pale shade of the hue, as pale as the default accent is on dark paper."""
    red, green, blue = (part / 255 for part in rgb_of(colour))
    hue, _, saturation = colorsys.rgb_to_hls(red, green, blue)
    start = hex_of(*colorsys.hls_to_rgb(hue, 0.72, min(saturation, 0.6)))
    return nearest_passing(start, DARK)


def _shades(colour: str, scheme: Scheme) -> AccentShades:
    towards_ink = -0.1 if scheme is LIGHT else 0.1
    letters = max(("#ffffff", DARK.on_accent, "#000000"), key=lambda one: contrast(one, colour))
    strong = _lightness(colour, towards_ink)
    if contrast(letters, strong) < TEXT_CONTRAST:
        strong = colour
    soft = _mix(colour, scheme.paper, 0.1 if scheme is LIGHT else 0.16)
    return AccentShades(accent=colour, strong=strong, on_accent=letters, soft=soft)


def _lightness(colour: str, change: float) -> str:
    red, green, blue = (part / 255 for part in rgb_of(colour))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    return hex_of(*colorsys.hls_to_rgb(hue, min(max(light + change, 0.0), 1.0), saturation))


def _mix(colour: str, ground: str, share: float) -> str:
    parts = zip(rgb_of(colour), rgb_of(ground), strict=True)
    return hex_of(*((share * one + (1 - share) * other) / 255 for one, other in parts))


def _floor(ratio: float) -> str:
    """Rounded down, so that 4.49 never reads as the 4.5 it misses."""
    return f"{int(ratio * 100) / 100:.2f}"


def _declarations(shades: AccentShades) -> str:
    return (
        f"--accent:{shades.accent};--accent-strong:{shades.strong};"
        f"--on-accent:{shades.on_accent};--accent-soft:{shades.soft};"
    )
