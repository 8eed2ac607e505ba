"""Shows the visual language on one page, in the layout of the office and in that of a patron."""

from dataclasses import fields
from typing import Any, cast

from flask import Blueprint, Flask, render_template, request
from flask.blueprints import BlueprintSetupState

from assessor.reports.tokens import TYPE_SCALE, Scheme
from assessor.web import languages
from assessor.web.access import requires
from assessor.web.headers import csp_nonce
from assessor.web.look import install
from assessor.web.style import samples

blueprint = Blueprint("style", __name__, template_folder="templates")


@blueprint.record_once
def _wear_the_look(state: BlueprintSetupState) -> None:
    app = cast(Flask, state.app)
    install(app)
    if "babel" not in app.extensions:
        languages.install(app, chosen=lambda: languages.ENGLISH)


@blueprint.get("/style")
@requires("staff")
def components() -> str:
    """Every component of the librarians' pages; `?theme=dark` and `?direction=rtl` turn it over."""
    return render_template(
        "style/components.html",
        type_scale=TYPE_SCALE,
        roles=[field.name.replace("_", "-") for field in fields(Scheme)],
        form=samples.filled(),
        wrong=samples.wrong(),
        other=samples.other(),
        agreement=samples.AGREEMENT,
        satisfaction=samples.SATISFACTION,
        page_address=samples.page_address,
        sample_qr=samples.qr_code(),
        **_turned(),
    )


@blueprint.get("/style/patron")
@requires("staff")
def patron() -> str:
    """A page of questions as a patron sees it; `?wrong=1` with mistakes."""
    wrong = "wrong" in request.args
    return render_template(
        "style/patron.html",
        form=samples.wrong() if wrong else samples.filled(),
        wrong=wrong,
        problems=wrong,
        **samples.ratings(wrong=wrong),
        **_turned(),
    )


@blueprint.get("/style/kinds")
@requires("staff")
def kinds() -> str:
    """One item of every kind as a patron sees it; `?wrong=1` with mistakes."""
    return render_template(
        "style/kinds.html", **samples.every_kind(wrong="wrong" in request.args), **_turned()
    )


@blueprint.get("/style/mail")
@requires("staff")
def mail() -> str:
    """A mail as its reader sees it."""
    return render_template("style/mail.html", mail_nonce=csp_nonce())


def _turned() -> dict[str, Any]:
    theme = request.args.get("theme")
    return {
        "theme": theme if theme in ("light", "dark") else None,
        "page_direction": "rtl" if request.args.get("direction") == "rtl" else "ltr",
    }
