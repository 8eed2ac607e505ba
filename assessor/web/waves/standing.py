"""Where a wave stands today, in a word and a sentence."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from assessor.reports.numbers import day
from assessor.store.fielding import Wave


@dataclass(frozen=True)
class Standing:
    """`kind` is the tag's: accent where answers come in, caution where somebody should act."""

    word: str
    sentence: str
    kind: Literal["accent", "caution"] | None = None


def standing(wave: Wave, on: date) -> Standing:
    """The wave's standing on this day."""
    if wave.state == "draft":
        return Standing("Planned", "Not opened yet: until then the link answers nobody.")
    if wave.state == "closed":
        return Standing("Closed", "It takes no more answers.")
    if wave.opens_on is not None and on < wave.opens_on:
        return Standing("Opens later", f"It takes answers from {day_of(wave.opens_on)} on.")
    if wave.closes_on is not None and wave.closes_on < on:
        last = day_of(wave.closes_on)
        return Standing("Over", f"Its last day was {last}. It takes no more answers.", "caution")
    if wave.closes_on is None:
        return Standing("Open", "It takes answers until somebody closes it.", "accent")
    return Standing("Open", f"It takes answers until {day_of(wave.closes_on)}.", "accent")


def day_of(value: date) -> str:
    """A day as people write it."""
    return day(value.isoformat())


def days(wave: Wave) -> str:
    """The days on which the wave takes answers, in words."""
    if wave.opens_on is None and wave.closes_on is None:
        return "no dates set"
    if wave.opens_on is None:
        assert wave.closes_on is not None, "the first case took the wave without days"
        return f"until {day_of(wave.closes_on)}"
    if wave.closes_on is None:
        return f"from {day_of(wave.opens_on)}"
    return f"{day_of(wave.opens_on)} to {day_of(wave.closes_on)}"
