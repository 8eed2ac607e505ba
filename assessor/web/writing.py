"""How the office's pages write numbers, days and lists: as the page's language does.

In English they look as in the reports, whose numbers stand on the same pages.
"""

from collections.abc import Sequence
from datetime import date

from babel import Locale, UnknownLocaleError
from babel.lists import format_list
from flask_babel import format_date, format_decimal, format_percent, get_locale

from assessor.reports import numbers, words
from assessor.web.messages import gettext, is_english, ngettext


def count(value: int | None) -> str:
    """A whole number with its thousands apart."""
    if value is None or is_english():
        return numbers.count(value)
    return str(format_decimal(value))


def percent(share: float | None) -> str:
    """A share from 0 to 1 as whole percent."""
    if share is None or is_english():
        return numbers.percent(share)
    # Rounded as in English, so that no language shows another figure.
    whole = int(numbers.percent(share).rstrip("%").rstrip(numbers.NARROW))
    return str(format_percent(whole / 100))


def day_of(value: date) -> str:
    """A day as people write it, with the month in letters."""
    if is_english():
        return numbers.day(value.isoformat())
    return str(format_date(value, "long"))


def minutes(value: float) -> str:
    """About how long something takes, in whole minutes and one at least."""
    return ngettext("%(num)s minute", "%(num)s minutes", max(round(value), 1))


def listed(parts: Sequence[str]) -> str:
    """ "a, b and c"."""
    if is_english():
        return words.listed([str(part) for part in parts])
    return format_list([str(part) for part in parts], locale=get_locale())


def counted(number: int, word: str) -> str:
    """ "24 outcomes": how many there are of what the plan calls by a word of its own.

    How that word is written for several is known in English alone.
    """
    if is_english():
        return words.counted(number, word)
    return gettext("%(word)s: %(number)s", word=word, number=count(number))


def several(word: str) -> str:
    """The plan's own word for a level, for all of them."""
    return words.plural(word) if is_english() else word


def within(label: str) -> str:
    """A label as it stands within a sentence: small, where the language writes nouns small."""
    locale = get_locale()
    return label if locale and locale.language == "de" else label[:1].lower() + label[1:]


def language_name(tag: str) -> str:
    """The name of a language in the language of the page, or its tag where it has none."""
    try:
        return Locale.parse(tag, sep="-").get_display_name(get_locale()) or tag
    except (UnknownLocaleError, ValueError):
        return tag


def language_title(tag: str) -> str:
    """The same where it stands by itself: many languages write their names small in a sentence."""
    name = language_name(tag)
    return name[:1].upper() + name[1:]
