"""A library's accent: taken where it can be read, answered with a shade that works where not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessor.reports.contrast import contrast
from assessor.reports.tokens import DARK, LIGHT
from assessor.web.theme import accent_css, check_accent

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize("text", ["", "#642a5f", "642A5F", " #642a5f ", "#046", "#000000"])
def test_a_dark_colour_is_taken_however_it_is_written(text: str) -> None:
    accent = check_accent(text).unwrap()
    assert re.fullmatch(r"#[0-9a-f]{6}", accent.hex)
    assert accent.light.accent == accent.hex


@pytest.mark.parametrize("text", ["plum", "#12345", "#gggggg", "rgb(1,2,3)", "#642a5f;}"])
def test_what_is_not_a_colour_is_refused_with_an_example(text: str) -> None:
    checked = check_accent(text)
    assert checked.value is None
    assert [problem.code for problem in checked.problems] == ["accent.form"]
    assert LIGHT.accent in checked.problems[0].message


@pytest.mark.parametrize("text", ["#ffdd00", "#7ec8e3", "#ffffff", "#ff8800"])
def test_a_pale_colour_is_refused_with_the_nearest_shade_that_works(text: str) -> None:
    (problem,) = check_accent(text).problems
    assert problem.code == "accent.contrast"
    better = re.findall(r"#[0-9a-f]{6}", problem.message)[-1]
    assert check_accent(better).ok


def test_the_proposed_shade_is_the_nearest_and_keeps_its_hue() -> None:
    (problem,) = check_accent("#00a0ff").problems
    better = re.findall(r"#[0-9a-f]{6}", problem.message)[-1]
    assert contrast(better, LIGHT.sunken) == pytest.approx(4.5, abs=0.1)
    red, green, blue = (int(better[at : at + 2], 16) for at in (1, 3, 5))
    assert blue > green > red


@given(colours)
def test_every_accent_that_is_taken_can_be_read_on_light_and_on_dark(colour: str) -> None:
    accent = check_accent(colour).value
    if accent is None:
        return
    for shades, scheme in ((accent.light, LIGHT), (accent.dark, DARK)):
        for ground in (scheme.paper, scheme.raised, scheme.sunken):
            assert contrast(shades.accent, ground) >= 4.5
        assert contrast(shades.on_accent, shades.accent) >= 4.5
        assert contrast(shades.on_accent, shades.strong) >= 4.5
        assert contrast(shades.strong, scheme.paper) >= 4.5
        assert contrast(scheme.ink, shades.soft) >= 4.5


@given(colours)
def test_every_colour_is_taken_or_answered_with_one_that_is(colour: str) -> None:
    checked = check_accent(colour)
    if checked.value is None:
        better = re.findall(r"#[0-9a-f]{6}", checked.problems[0].message)[-1]
        assert check_accent(better).ok


def test_the_sheet_says_both_schemes_and_nothing_else() -> None:
    css = accent_css(check_accent("#004466").unwrap())
    assert ":root{--accent:#004466;" in css
    assert "prefers-color-scheme:dark" in css
    assert ":root[data-theme=dark]{" in css
    assert set(re.findall(r"--[a-z-]+", css)) == {
        "--accent",
        "--accent-strong",
        "--on-accent",
        "--accent-soft",
    }
