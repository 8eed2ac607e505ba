"""The forms of a patron's pages: one class for each page of a published version, made once."""

from dataclasses import dataclass, field
from functools import lru_cache

from flask_wtf import FlaskForm

from assessor.store.published import Published
from assessor.web.items import page_form
from assessor.web.languages import site_language


@dataclass(frozen=True)
class _PageOfVersion:
    """What tells one page from all others; a version's fingerprint stands for its content.

    The labels hold words of the site's own, so a page in another language is another page.
    """

    sha256: str
    page_key: str
    language: str
    published: Published = field(compare=False)


def form_class(published: Published, page_key: str) -> type[FlaskForm]:
    """The form of this page."""
    return _form_class(_PageOfVersion(published.sha256, page_key, site_language(), published))


@lru_cache(maxsize=1024)
def _form_class(of: _PageOfVersion) -> type[FlaskForm]:
    return page_form(of.published.instrument, of.published.pages[of.page_key])
