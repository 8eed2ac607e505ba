"""The first run: who starts a site makes its library and its administrator, once."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import hash_password, login_user

from assessor.actions.libraries import set_up_site
from assessor.store import account_queries
from assessor.web.access import requires
from assessor.web.messages import gettext
from assessor.web.problem_fields import show_problems
from assessor.web.signing_in import no_account_yet
from assessor.web.start.forms import FirstRunForm

blueprint = Blueprint("start", __name__, template_folder="templates", url_prefix="/start")


@blueprint.route("", methods=["GET", "POST"])
@requires("public")
def first() -> ResponseReturnValue:
    """The library and its administrator; afterwards only a way to the sign-in."""
    if not no_account_yet():
        return redirect(url_for("home.index"))
    form = FirstRunForm()
    if request.method == "GET":
        form.code.data = request.args.get("code", "")[:40]
    if form.validate_on_submit():
        made = set_up_site(
            key=(form.key.data or "").strip(),
            library=form.library.data or "",
            email=form.email.data or "",
            password_hash=hash_password(form.password.data or ""),
            name=form.name.data or "",
        )
        if made.value is not None:
            account = account_queries.account(made.value.library_id, made.value.account_id)
            assert account is not None, "it was made a moment ago"
            login_user(account)
            flash(gettext("Your site is set up, and you are signed in."), "success")
            return redirect(url_for("start.onward"))
        show_problems(form, made.problems)
    return render_template("start/first.html", form=form)


@blueprint.get("/onward")
@requires("librarian")
def onward() -> ResponseReturnValue:
    """Where to go from an empty site."""
    return render_template("start/onward.html")
