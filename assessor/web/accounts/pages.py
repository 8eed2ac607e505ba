"""Accounts of a library: who is there, what they may do, and how the library shows itself."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, refresh

from assessor.actions.libraries import (
    change_roles,
    choose_language,
    create_account,
    delete_account,
    rename_account,
    set_account_active,
    set_appearance,
)
from assessor.domain.problems import Problem
from assessor.store import account_queries
from assessor.store.accounts import Account
from assessor.web.access import RANKS, current_account, current_library_id, requires
from assessor.web.accounts.forms import (
    ROLE_CHOICES,
    ROLE_HINTS,
    AccountForm,
    InviteForm,
    LibraryForm,
    YouForm,
)
from assessor.web.accounts.pictures import picture_type
from assessor.web.mail import send_mail
from assessor.web.messages import told
from assessor.web.passwords import reset_link
from assessor.web.problem_fields import show_problems
from assessor.web.theme import check_accent

blueprint = Blueprint(
    "accounts",
    __name__,
    template_folder="templates",
    static_folder="static",
    url_prefix="/accounts",
)


@blueprint.get("/")
@requires("administrator")
def index() -> ResponseReturnValue:
    """Everybody who may sign in."""
    return render_template(
        "accounts/index.html",
        accounts=account_queries.accounts(current_library_id()),
        role_of=highest_role,
        role_labels=dict(ROLE_CHOICES),
    )


@blueprint.route("/invite", methods=["GET", "POST"])
@requires("administrator")
def invite() -> ResponseReturnValue:
    """Make an account; its person sets the password with a link."""
    form = InviteForm()
    if form.validate_on_submit():
        library_id = current_library_id()
        made = create_account(
            library_id, form.email.data or "", roles=[form.roles.data], name=form.name.data or ""
        )
        if made.value is not None:
            account = _account(made.value)
            if _mail_invitation(account):
                flash(gettext("%(email)s was invited by mail.", email=account.email), "success")
                return redirect(url_for("accounts.index"))
            flash(gettext("There is an account for %(email)s now.", email=account.email), "success")
            return redirect(url_for("accounts.link", account_id=account.id))
        show_problems(form, made.problems)
    return render_template("accounts/invite.html", form=form, role_hints=ROLE_HINTS)


@blueprint.route("/<int:account_id>", methods=["GET", "POST"])
@requires("administrator")
def one(account_id: int) -> ResponseReturnValue:
    """One account: its name, and what it may do."""
    account = _account(account_id)
    form = AccountForm(data={"name": account.name, "roles": highest_role(account)})
    if form.validate_on_submit():
        library_id = current_library_id()
        changed = change_roles(library_id, account_id, [form.roles.data])
        if changed.value is not None:
            changed = rename_account(library_id, account_id, form.name.data or "")
        if changed.value is not None:
            flash(gettext("Saved."), "success")
            return redirect(url_for("accounts.index"))
        show_problems(form, changed.problems)
    return render_template(
        "accounts/one.html", form=form, account=_account(account_id), role_hints=ROLE_HINTS
    )


@blueprint.get("/<int:account_id>/link")
@requires("administrator")
def link(account_id: int) -> ResponseReturnValue:
    """A fresh link with which the person sets a password, to be copied."""
    account = _account(account_id)
    if not account.active:
        return _refused(gettext("Let this person sign in again first."), account_id)
    return render_template("accounts/link.html", account=account, link=reset_link(account))


@blueprint.post("/<int:account_id>/active")
@requires("administrator")
def active(account_id: int) -> ResponseReturnValue:
    """Stop somebody from signing in, or let them again."""
    account = _account(account_id)
    wanted = request.form.get("active") == "yes"
    changed = set_account_active(current_library_id(), account_id, wanted)
    if changed.value is None:
        return _told(changed.problems, account_id)
    flash(
        gettext("%(email)s can sign in again.", email=account.email)
        if wanted
        else gettext(
            "%(email)s can no longer sign in. What was saved under the name stays.",
            email=account.email,
        ),
        "success",
    )
    return redirect(url_for("accounts.one", account_id=account_id))


@blueprint.route("/<int:account_id>/remove", methods=["GET", "POST"])
@requires("administrator")
def remove(account_id: int) -> ResponseReturnValue:
    """Remove an account, after asking."""
    account = _account(account_id)
    if request.method == "GET":
        return render_template("accounts/remove.html", account=account)
    email = account.email
    removed = delete_account(current_library_id(), account_id)
    if removed.value is None:
        return _told(removed.problems, account_id)
    flash(gettext("The account %(email)s was removed.", email=email), "success")
    return redirect(url_for("accounts.index"))


@blueprint.route("/you", methods=["GET", "POST"])
@requires("staff")
def you() -> ResponseReturnValue:
    """One's own account."""
    account = current_account()
    assert account is not None, "the gate lets in nobody else"
    form = YouForm(data={"name": account.name, "language": account.language or ""})
    if form.validate_on_submit():
        library_id, account_id = account.library_id, account.id
        changed = rename_account(library_id, account_id, form.name.data or "")
        if changed.value is not None:
            changed = choose_language(library_id, account_id, form.language.data or None)
        if changed.value is not None:
            # What is said next is said in the language that was just chosen.
            refresh()
            flash(gettext("Saved."), "success")
            return redirect(url_for("accounts.you"))
        show_problems(form, changed.problems)
    return render_template(
        "accounts/you.html", form=form, account=account, role=dict(ROLE_CHOICES)[_role(account)]
    )


@blueprint.route("/library", methods=["GET", "POST"])
@requires("administrator")
def library() -> ResponseReturnValue:
    """The library's name, colour and logo."""
    row = account_queries.library(current_library_id())
    assert row is not None, "every account has its library"
    form = LibraryForm(data={"name": row.name, "accent": row.accent})
    if form.validate_on_submit():
        content = form.logo_content()
        colour = (form.accent.data or "").strip()
        accent = check_accent(colour).value if colour else None
        kind = picture_type(content) if content else None
        changed = set_appearance(
            row.id,
            name=form.name.data,
            accent=accent.hex if accent else "",
            logo=(content, kind) if kind else None,
            remove_logo=form.remove_logo.data,
        )
        if changed.value is not None:
            flash(gettext("Saved. Every page shows it now."), "success")
            return redirect(url_for("accounts.library"))
        show_problems(form, changed.problems)
    return render_template("accounts/library.html", form=form, has_logo=bool(row.logo_type))


@blueprint.get("/logo/<library_key>")
@requires("public")
def logo(library_key: str) -> ResponseReturnValue:
    """A library's logo, for its office and for the patrons of its surveys."""
    row = account_queries.library_with_key(library_key)
    if row is None or row.logo is None:
        abort(404)
    response = Response(row.logo, mimetype=row.logo_type)
    response.headers["Cache-Control"] = "public, max-age=300"
    response.add_etag()
    return response.make_conditional(request)


def highest_role(account: Account) -> str:
    """The role that says what an account may do: each may what the ones before it may."""
    held = [rank for rank in RANKS if rank in {role.name for role in account.roles}]
    return held[-1] if held else ""


def _role(account: Account) -> str:
    return highest_role(account) or "staff"


def _account(account_id: int) -> Account:
    found = account_queries.account(current_library_id(), account_id)
    if found is None:
        abort(404)
    return found


def _mail_invitation(account: Account) -> bool:
    """Whether the invitation went out; nothing is sent where the site has no relay."""
    inviting = current_account()
    context = {"account": account, "link": reset_link(account), "inviting": inviting}
    return send_mail(
        account.email,
        gettext("Your account at %(library)s", library=account.library.name),
        render_template("accounts/mail/invitation.txt", **context),
        render_template("accounts/mail/invitation.html", **context),
    )


def _told(problems: tuple[Problem, ...], account_id: int) -> ResponseReturnValue:
    return _refused(" ".join(told(problem.message) for problem in problems), account_id)


def _refused(message: str, account_id: int) -> ResponseReturnValue:
    flash(message, "error")
    return redirect(url_for("accounts.one", account_id=account_id))
