"""What the frame of an office page shows: the library, its sections, who is signed in."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for

from assessor.store.accounts import Account, LibraryRow
from assessor.web.access import Rule, current_account, may, rule_for
from assessor.web.messages import gettext, lazy_gettext


@dataclass(frozen=True)
class Section:
    label: str
    endpoint: str


@dataclass(frozen=True)
class NavItem:
    label: str
    href: str
    current: bool


@dataclass(frozen=True)
class SiteLibrary:
    """The library as the frame shows it; without a logo or accent these are None and empty."""

    name: str
    logo_url: str | None
    accent: str = ""


SECTIONS: tuple[Section, ...] = (
    Section(lazy_gettext("Scorecards"), "scorecards.index"),
    Section(lazy_gettext("Plan"), "plans.index"),
    Section(lazy_gettext("Mapping"), "mapping.index"),
    Section(lazy_gettext("Instruments"), "instruments.index"),
    Section(lazy_gettext("Waves"), "waves.index"),
    Section(lazy_gettext("Accounts"), "accounts.index"),
)
"""In the order in which a library director would ask for them."""


def install(app: Flask) -> None:
    app.context_processor(frame)


def frame() -> dict[str, Any]:
    """Context of every template; Any, because that is what a template context holds."""
    account = current_account()
    return {
        "nav_items": nav_items(account),
        "site_library": site_library(account),
        "current_account": account,
        "account_links": account_links(account),
        "sign_out_url": url_for("security.logout") if account else None,
    }


def account_links(account: Account | None) -> list[dict[str, str]]:
    """What somebody signed in may do about their own account."""
    if account is None:
        return []
    pages = (
        (gettext("Your account"), "accounts.you"),
        (gettext("Change password"), "security.change_password"),
        (gettext("Second factor"), "security.two_factor_setup"),
        (gettext("Passkeys"), "security.wan_register"),
    )
    return [{"label": label, "href": url_for(endpoint)} for label, endpoint in pages]


def nav_items(account: Account | None) -> list[NavItem]:
    """The sections this account may open."""
    if account is None:
        return []
    from flask import current_app

    blueprint = request.blueprint
    items = []
    for section in SECTIONS:
        rule: Rule | None = rule_for(current_app, section.endpoint)
        if rule is not None and may(rule):
            items.append(
                NavItem(
                    section.label,
                    url_for(section.endpoint),
                    # One's own account is nobody's section.
                    current=blueprint == section.endpoint.partition(".")[0]
                    and request.endpoint != "accounts.you",
                )
            )
    return items


def site_library(account: Account | None) -> SiteLibrary | None:
    return shown(account.library) if account is not None else None


def shown(library: LibraryRow) -> SiteLibrary:
    """A library as the frame shows it: the office's own, or the one whose survey is answered."""
    logo = url_for("accounts.logo", library_key=library.key) if library.logo_type else None
    return SiteLibrary(library.name, logo, library.accent)
