"""The tokens: contrast in numbers, looks that tell statuses apart, no drift of the sheets."""

import re
from typing import get_args

import pytest

from assessor.domain.scorecard import Status
from assessor.reports.contrast import contrast
from assessor.reports.stylesheets import LAYERS, STATIC, stylesheet
from assessor.reports.tokens import SCHEMES, STATUSES, SchemeName, css_tokens

SURFACES = ("paper", "raised", "sunken")
TEXTS = ("ink", "muted", "accent", "accent_strong", "error", "success", "caution")
TEXT_ON = [
    ("on_accent", "accent"),
    ("on_accent", "accent_strong"),
    ("error", "error_soft"),
    ("success", "success_soft"),
    ("caution", "caution_soft"),
    ("ink", "error_soft"),
    ("ink", "success_soft"),
    ("ink", "caution_soft"),
    ("accent", "error_soft"),
    ("ink", "accent_soft"),
    ("paper", "error"),
]

schemes = pytest.mark.parametrize("name", list(SCHEMES))


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        # The two greys on either side of 4.5:1 on white that every reference names.
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


@schemes
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("text", TEXTS)
def test_text_can_be_read_on_every_surface(name: SchemeName, text: str, surface: str) -> None:
    scheme = SCHEMES[name]
    assert contrast(getattr(scheme, text), getattr(scheme, surface)) >= 4.5


@schemes
@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_can_be_read_on_its_own_ground(name: SchemeName, text: str, ground: str) -> None:
    scheme = SCHEMES[name]
    assert contrast(getattr(scheme, text), getattr(scheme, ground)) >= 4.5


@schemes
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("role", ["edge", "focus"])
def test_controls_and_focus_can_be_seen(name: SchemeName, role: str, surface: str) -> None:
    scheme = SCHEMES[name]
    assert contrast(getattr(scheme, role), getattr(scheme, surface)) >= 3


@schemes
@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("key", list(STATUSES))
def test_a_status_can_be_read_on_every_surface(name: SchemeName, key: str, surface: str) -> None:
    assert contrast(STATUSES[key].colour(name), getattr(SCHEMES[name], surface)) >= 4.5


def test_every_status_of_a_score_has_a_look() -> None:
    assert {*get_args(Status), "suppressed"} <= set(STATUSES)


def test_no_two_statuses_share_a_word_a_shape_or_a_marker() -> None:
    looks = list(STATUSES.values())
    for part in ("word", "path", "symbol", "meaning"):
        shown = [getattr(look, part) for look in looks]
        assert len(set(shown)) == len(looks), part


def test_the_style_sheet_of_tokens_is_the_one_these_tokens_make() -> None:
    written = (STATIC / "css" / "tokens.css").read_text("utf-8")
    assert written == css_tokens(), "run: python -m assessor.reports.tokens"


def test_colours_are_named_in_the_tokens_only() -> None:
    """Another layer that names a colour would not turn dark; white behind a QR code must not."""
    for file in (STATIC / "css").glob("*.css"):
        # Paper is white, and what is printed never turns dark.
        if file.stem in ("tokens", "questionnaire"):
            continue
        text = file.read_text("utf-8").replace("background: #fff;", "")
        found = re.findall(r":[^;{}]*#[0-9a-fA-F]{3,8}\b(?=[^{}]*[;}])", text)
        assert not found, (file.name, found)


@pytest.mark.parametrize("name", list(LAYERS))
def test_a_sheet_asks_nothing_of_other_hosts_and_reads_only_known_properties(name: str) -> None:
    text = stylesheet(name, assets="/look")
    assert "http" not in text.replace("http://www.w3.org", "").replace('href^="http"', "")
    used = {part.split(")")[0].split(",")[0] for part in text.split("var(")[1:]}
    known = {line.split(":")[0].strip() for line in text.splitlines() if "--" in line}
    known |= {
        part.split(":")[0].strip() for line in text.split("{")[1:] for part in line.split(";")
    }
    assert used <= known, used - known


def test_a_file_on_its_own_carries_its_letters() -> None:
    text = stylesheet("report")
    assert "url(data:font/woff2;base64,d09GMg" in text
    assert "url(fonts/" not in text
    assert "U+0100" not in text, "a second alphabet would be carried by every file"
