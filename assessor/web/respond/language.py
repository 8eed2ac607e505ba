"""In which language one browser reads a survey, and the way to another one.

The browser's own languages decide until the person does; what they chose stays in the one cookie,
and goes with the answers when a page is saved.
"""

from dataclasses import dataclass

from babel import Locale, UnknownLocaleError
from flask import request

from assessor.domain.instrument import Instrument
from assessor.domain.translations import best_language, in_language, languages_offered
from assessor.web.languages import direction_of, speak
from assessor.web.respond import place


@dataclass(frozen=True)
class Choice:
    """A language to read the survey in: its code, its own name for itself, and its direction."""

    code: str
    name: str
    direction: str
    is_current: bool


def chosen(wave_id: str, instrument: Instrument, kept: str | None = None) -> str:
    """The code of the language for this page; `kept` is the draft's.

    A language that the address names is remembered.
    """
    offered = languages_offered(instrument)
    asked = request.args.get("language", "")
    if asked in offered:
        place.speak(wave_id, asked)
        return asked
    for known in (place.language(wave_id), kept):
        if known in offered:
            return str(known)
    wanted = tuple(code for code, _ in request.accept_languages)
    return best_language(instrument, wanted)


def spoken(wave_id: str, instrument: Instrument, kept: str | None = None) -> Instrument:
    """The instrument in the language for this page, which the site's own words follow."""
    said = in_language(instrument, chosen(wave_id, instrument, kept))
    speak(said)
    return said


def choices(instrument: Instrument, current: str) -> list[Choice]:
    """Every language of the instrument; none where there is but one."""
    offered = languages_offered(instrument)
    if len(offered) < 2:
        return []
    return [Choice(one, _own_name(one), direction_of(one), one == current) for one in offered]


def _own_name(code: str) -> str:
    try:
        name = Locale.parse(code, sep="-").get_display_name()
    except (UnknownLocaleError, ValueError):
        return code
    return name[:1].upper() + name[1:] if name else code
