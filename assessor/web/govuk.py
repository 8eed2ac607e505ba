"""Form components of GOV.UK Frontend, rendered in an environment of their own.

Their macros read options that were never given, which the site's templates must not: there an
unknown name is a mistake that a test shall find. So the two environments stay apart.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, cast

from jinja2 import Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

from assessor.web.messages import told

_PACKAGE = "govuk_frontend_jinja"


def govuk(component: str, params: Mapping[str, Any]) -> Markup:
    """One component ("radios", "error-summary") with its documented options, as markup.

    Options are Any, since each component has its own; text in them is escaped, `html` is not.
    """
    return _macro(component)(params)


@cache
def _macro(component: str) -> Callable[[Mapping[str, Any]], Markup]:
    module = _environment().get_template(f"{_PACKAGE}/components/{component}/macro.html").module
    name = "govuk" + "".join(part.capitalize() for part in component.split("-"))
    return cast("Callable[[Mapping[str, Any]], Markup]", getattr(module, name))


@cache
def _environment() -> Environment:
    return Environment(
        loader=PrefixLoader({_PACKAGE: PackageLoader(_PACKAGE)}),
        autoescape=True,
        # As in the site's own templates: what the library below says comes in English.
        finalize=told,
        trim_blocks=True,
        lstrip_blocks=True,
    )
