"""Where a wave stands today, in a word and a sentence."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from assessor.store.fielding import Wave
from assessor.web.messages import gettext
from assessor.web.writing import day_of


@dataclass(frozen=True)
class Standing:
    """`kind` is the tag's: accent where answers come in, caution where somebody should act."""

    word: str
    sentence: str
    kind: Literal["accent", "caution"] | None = None


def standing(wave: Wave, on: date) -> Standing:
    """The wave's standing on this day."""
    if wave.state == "draft":
        return Standing(
            gettext("Planned"), gettext("Not opened yet: until then the link answers nobody.")
        )
    if wave.state == "closed":
        return Standing(gettext("Closed"), gettext("It takes no more answers."))
    if wave.opens_on is not None and on < wave.opens_on:
        return Standing(
            gettext("Opens later"),
            gettext("It takes answers from %(opens_on)s on.", opens_on=day_of(wave.opens_on)),
        )
    if wave.closes_on is not None and wave.closes_on < on:
        last = day_of(wave.closes_on)
        return Standing(
            gettext("Over"),
            gettext("Its last day was %(last)s. It takes no more answers.", last=last),
            "caution",
        )
    if wave.closes_on is None:
        return Standing(
            gettext("Open"), gettext("It takes answers until somebody closes it."), "accent"
        )
    return Standing(
        gettext("Open"),
        gettext("It takes answers until %(closes_on)s.", closes_on=day_of(wave.closes_on)),
        "accent",
    )


def days(wave: Wave) -> str:
    """The days on which the wave takes answers, in words."""
    if wave.opens_on is None and wave.closes_on is None:
        return gettext("no dates set")
    if wave.opens_on is None:
        assert wave.closes_on is not None, "the first case took the wave without days"
        return gettext("until %(closes_on)s", closes_on=day_of(wave.closes_on))
    if wave.closes_on is None:
        return gettext("from %(opens_on)s", opens_on=day_of(wave.opens_on))
    return gettext(
        "%(opens_on)s to %(closes_on)s",
        opens_on=day_of(wave.opens_on),
        closes_on=day_of(wave.closes_on),
    )
