"""What the pages of an instrument in another language say about languages."""

from babel import Locale, UnknownLocaleError
from markupsafe import Markup

from assessor.domain.instrument import Instrument
from assessor.web.items import is_english


def language_of(instrument: Instrument) -> dict[str, object]:
    """Template context: the page's language and direction, and the marks of our own English.

    `ours` marks a block that this site says itself, `our_words` a phrase within the instrument's.
    """
    english = is_english(instrument)
    return {
        "page_language": instrument.language,
        "page_direction": direction_of(instrument.language),
        "ours": Markup("") if english else Markup(' lang="en" dir="ltr"'),
        "our_words": Markup("") if english else Markup(' lang="en"'),
    }


def direction_of(language: str) -> str:
    """ "rtl" for languages written from right to left, by their script where it is named."""
    try:
        return str(Locale.parse(language, sep="-").text_direction)
    except (UnknownLocaleError, ValueError):
        return "ltr"
