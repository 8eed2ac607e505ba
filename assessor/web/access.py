"""Who may open what: every view says it itself, and one gate before every request enforces it.

A view without a rule is refused for everybody, so that a forgotten rule shows in the first test
and never as an open door.
"""

from collections.abc import Callable
from typing import Any, Literal, TypeVar, cast

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from assessor.store.accounts import Account

Rule = Literal["public", "patron", "staff", "leadership", "librarian", "administrator", "nobody"]
RANKS: tuple[Rule, ...] = ("staff", "leadership", "librarian", "administrator")
"""Each role may do what the ones before it may."""

View = TypeVar("View", bound=Callable[..., Any])

RULES_OF_EXTENSIONS: dict[str, Rule] = {
    "static": "public",
    "look.static": "public",
    "look.sheet": "public",
    "security.static": "public",
    "security.login": "public",
    "security.logout": "public",
    "security.forgot_password": "public",
    "security.reset_password": "public",
    "security.two_factor_token_validation": "public",
    "security.tf_select": "public",
    "security.mf_recovery": "public",
    "security.wan_signin": "public",
    "security.wan_signin_response": "public",
    "security.change_password": "staff",
    "security.two_factor_setup": "staff",
    "security.two_factor_setup_validate": "staff",
    "security.mf_recovery_codes": "staff",
    "security.verify": "staff",
    "security.wan_register": "staff",
    "security.wan_register_response": "staff",
    "security.wan_delete": "staff",
    "security.wan_verify": "staff",
    "security.wan_verify_response": "staff",
    "accounts.static": "public",
    # Sends mail to whoever runs the site; recovery codes do the same without anybody.
    "security.two_factor_rescue": "nobody",
}
"""Views that are not ours and cannot carry a rule of their own."""


def requires(rule: Rule) -> Callable[[View], View]:
    """Say who may open this view: `public`, `patron` (a wave's link), or a role and those above."""

    def mark(view: View) -> View:
        view.access_rule = rule  # type: ignore[attr-defined]  # a function is an object
        return view

    return mark


def rule_for(app: Flask, endpoint: str) -> Rule | None:
    """The rule of an endpoint; None where nobody stated one, which means nobody may open it."""
    if endpoint in RULES_OF_EXTENSIONS:
        return RULES_OF_EXTENSIONS[endpoint]
    view = app.view_functions.get(endpoint)
    return cast("Rule | None", getattr(view, "access_rule", None))


def may(rule: Rule) -> bool:
    """Whether the person at hand may open views of this rule."""
    if rule in ("public", "patron"):
        return True
    if rule == "nobody" or not current_user.is_authenticated:
        return False
    held = [RANKS.index(cast(Rule, role.name)) for role in current_user.roles]
    return bool(held) and max(held) >= RANKS.index(rule)


def current_account() -> Account | None:
    """The signed-in account, or None."""
    return cast(Account, current_user) if current_user.is_authenticated else None


def current_library_id() -> int:
    """The library of the signed-in account: the only one whose objects this request may touch."""
    account = current_account()
    if account is None:
        abort(403)
    return account.library_id


def enforce() -> ResponseReturnValue | None:
    """The gate: before every request, once."""
    if request.endpoint is None:
        return None  # no such address: the error page answers
    rule = rule_for(current_app, request.endpoint)
    if rule is None:
        abort(403)
    if may(rule):
        return None
    if current_user.is_authenticated:
        abort(403)
    # Only what can be opened again by its address is worth coming back to.
    wanted = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("security.login", next=wanted))
