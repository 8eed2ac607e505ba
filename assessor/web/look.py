"""The visual language on the site: style sheets, fonts, macros and the library's own accent.

`install(app)` is all an application needs. It serves, without signing in and to be kept for ever:

- `/look/<sheet>.css` — one sheet a page (`respond`, `office`, `report`), fingerprinted;
- `/look/accent-642a5f.css` — the accent a library set for itself, in the address, so that it
  needs no session and may be kept for ever;
- `/look/fonts/…`, `/look/plotly/…` — the typefaces and the plotting script.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypedDict, cast

from flask import Blueprint, Flask, Response, abort, request, url_for
from jinja2 import ChoiceLoader, FileSystemLoader

from assessor.reports.look import TEMPLATES, teach
from assessor.reports.stylesheets import LAYERS, STATIC, SheetName, stylesheet, stylesheet_version
from assessor.web.govuk import govuk
from assessor.web.theme import accent_css, check_accent

if TYPE_CHECKING:
    from wtforms import Form

ASSETS = "/look"
A_YEAR = "public, max-age=31536000, immutable"

A_DAY = 86_400


class LookBlueprint(Blueprint):
    """Fonts and scripts are kept for a day: they change with a release, and have no fingerprint."""

    def get_send_file_max_age(self, filename: str | None) -> int | None:
        return A_DAY


blueprint = LookBlueprint("look", __name__, static_folder=str(STATIC), static_url_path=ASSETS)


class FieldProblem(TypedDict):
    """One line of the error summary: what is wrong, and the field it leads to."""

    text: str
    href: str


def install(app: Flask) -> None:
    """Serve the look and teach the templates its macros; calling it twice does nothing more."""
    if "look" in app.blueprints:
        return
    app.register_blueprint(blueprint)
    own = [app.jinja_loader] if app.jinja_loader else []
    app.jinja_loader = ChoiceLoader([*own, FileSystemLoader(TEMPLATES)])
    teach(app.jinja_env)
    app.jinja_env.globals.update(
        sheet_url=sheet_url,
        asset_url=asset_url,
        accent_url=accent_url,
        form_problems=form_problems,
        govuk=govuk,
    )


@blueprint.get(f"{ASSETS}/<name>.css")
def sheet(name: str) -> Response:
    """A style sheet, or the library's accent."""
    if name.startswith("accent-"):
        accent = check_accent(name.removeprefix("accent-")).value
        if accent is None:
            abort(404)
        return _css(accent_css(accent), keep=A_YEAR)
    if name not in LAYERS:
        abort(404)
    keep = A_YEAR if "v" in request.args else "no-cache"
    return _css(stylesheet(name, assets=_base()), keep=keep)


def sheet_url(name: SheetName) -> str:
    """The address of a sheet, with the fingerprint that lets browsers keep it for ever."""
    return url_for("look.sheet", name=name, v=stylesheet_version(name, _base()))


def asset_url(path: str) -> str:
    """The address of a font or script of the look."""
    return url_for("look.static", filename=path)


def accent_url(accent: str) -> str:
    """The address of a library's own accent."""
    return url_for("look.sheet", name="accent-" + accent.strip().lstrip("#").lower())


def form_problems(form: "Form") -> list[FieldProblem]:
    """All mistakes of a form in the order of its fields, nested forms and lists included."""
    return [problem for field in form for problem in _problems_of(field)]


def _problems_of(field: object) -> Iterator[FieldProblem]:
    inner = list(getattr(field, "entries", ())) or list(_inner_form(field))
    if inner:
        for one in inner:
            yield from _problems_of(one)
        return
    for error in getattr(field, "errors", ()):
        yield {"text": str(error), "href": f"#{field.id}"}  # type: ignore[attr-defined]


def _inner_form(field: object) -> Iterator[object]:
    form = getattr(field, "form", None)
    return iter(form) if form is not None and hasattr(form, "errors") else iter(())


def _base() -> str:
    return f"{request.script_root}{ASSETS}"


def _css(text: str, *, keep: str) -> Response:
    response = Response(text, mimetype="text/css")
    response.headers["Cache-Control"] = keep
    response.add_etag()
    return cast(Response, response.make_conditional(request))
