"""What the library below says, in the language of the page.

The domain and the actions know no web and speak English. `say` keeps the sentence and its values
apart, and here the sentence is looked up and the values are put in.
"""

from typing import TypeVar, cast

import flask_babel
from babel import Locale
from babel.numbers import get_decimal_symbol, get_group_symbol
from flask_babel import format_date, format_decimal, get_locale, get_translations
from markupsafe import Markup, escape

from assessor.domain.problems import Day, Said, Several

T = TypeVar("T")

_ENGLISH = Locale("en")


def gettext(text: str, /, **values: object) -> str:
    """This text in the language of the page, with its places such as `%(name)s` filled."""
    return str(flask_babel.gettext(text, **values))


def ngettext(one: str, many: str, number: int, /, **values: object) -> str:
    """The same where a number decides between two texts; `%(num)s` is the number."""
    return str(flask_babel.ngettext(one, many, number, **values))


def lazy_gettext(text: str, /, **values: object) -> str:
    """A text of a module or a class, which is made before anybody knows the page's language.

    It becomes text whenever it is shown. What needs text at once, such as a message that is kept
    in the session, takes `str` of it.
    """
    return cast(str, flask_babel.lazy_gettext(text, **values))


def to_translate(text: str) -> str:
    """The same text, noted for translation; whoever shows it translates it."""
    return text


def number_to_translate(one: str, many: str) -> tuple[str, str]:
    """The same two texts, noted for translation; whoever shows them knows the number."""
    return one, many


def told(value: T) -> T | str:
    """A `Said` in the language of this page; anything else as it is.

    Every expression of a template passes through here. What is kept for later as plain text, such
    as a flashed message, passes through it first.
    """
    if not isinstance(value, Said):
        return value
    translations = get_translations()
    if value.many is None or value.number is None:
        template = translations.ugettext(value.template)
    else:
        template = translations.ungettext(value.template, value.many, value.number)
    return str(template.format(**{name: _shown(part) for name, part in value.values.items()}))


def as_said(message: str) -> Markup:
    """What the library below says, marked as English where it cannot be said otherwise yet."""
    if isinstance(message, Said) or is_english():
        return escape(told(message))
    return Markup('<span lang="en">{}</span>').format(message)


class _Grouped(int):
    """A whole number that writes its thousands as the page's language does."""

    def __format__(self, spec: str) -> str:
        return str(format_decimal(int(self))) if spec == "," else super().__format__(spec)


class _Pointed(float):
    """A number that writes its decimals and thousands with the signs of the page's language."""

    def __format__(self, spec: str) -> str:
        locale = get_locale() or _ENGLISH
        signs = str.maketrans({".": get_decimal_symbol(locale), ",": get_group_symbol(locale)})
        return super().__format__(spec).translate(signs)


def decimal(value: float) -> str:
    """A number as it was typed, with the decimal sign of the page's language."""
    return f"{_Pointed(value):.15g}"


def _shown(part: object) -> object:
    if isinstance(part, int) and not isinstance(part, bool):
        return _Grouped(part)
    if isinstance(part, float):
        return _Pointed(part)
    if isinstance(part, Several):
        return ", ".join(str(told(one)) for one in part)
    if isinstance(part, Day):
        return format_date(part, "d MMMM y" if is_english() else "long")
    return told(part)


def is_english() -> bool:
    """Whether the page speaks English, as everything does outside of a request."""
    return (get_locale() or _ENGLISH).language == "en"
