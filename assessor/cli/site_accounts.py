"""`assessor site create-administrator` and `reset-password`: accounts without the pages."""

import click
from flask import url_for
from flask_security import hash_password

from assessor.actions.libraries import create_account, create_library, set_up_site
from assessor.cli.site_starting import or_stop, site, site_settings, stop
from assessor.domain.problems import Problem
from assessor.store import account_queries
from assessor.web.passwords import password_problems, reset_link


@click.command()
@click.option("--email", prompt="E-mail address", help="Whom the account is for.")
@click.option("--name", default="", help="The person's name.")
@click.option("--library", "library_name", default="", help="The library's name, if it is new.")
@click.option("--key", default="", help="The library's key, such as “riverbend”.")
@click.option(
    "--password",
    prompt="Password (12 characters or more)",
    hide_input=True,
    confirmation_prompt="The same again",
    envvar="ASSESSOR_NEW_PASSWORD",
    help="Asked for where it is left out, so that no command history keeps it.",
)
def create_administrator(email: str, name: str, library_name: str, key: str, password: str) -> None:
    """Make an account that may do everything in a library.

    --library and --key make a new library with it, as on a new site. Where the library is there
    already, --key says which it is.
    """
    settings = site_settings()
    with site(settings):
        weak = password_problems(password, email=email)
        if weak:
            stop(*weak)
        hashed = hash_password(password)
        if not account_queries.is_set_up():
            library_name = library_name or click.prompt("Name of the library")
            key = key or click.prompt("Its key, in small letters", default=key_of(library_name))
            or_stop(
                set_up_site(
                    key=key, library=library_name, email=email, password_hash=hashed, name=name
                )
            )
        else:
            or_stop(
                create_account(
                    _library_id(key, library_name, email),
                    email,
                    roles=["administrator"],
                    password_hash=hashed,
                    name=name,
                )
            )
        click.echo(f"{email} can sign in at {url_for('security.login', _external=True)}")


@click.command()
@click.argument("email")
def reset_password(email: str) -> None:
    """Print a link, good once, with which EMAIL can set a new password.

    For sites without mail, and for whoever cannot be reached by it.
    """
    with site(site_settings()):
        click.echo(_link(email))


def key_of(name: str) -> str:
    """A key that can be made of a name: its first word in small letters."""
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in name.lower()).split()
    return words[0][:60] if words else "library"


def _library_id(key: str, name: str, email: str) -> int:
    """The library with this key, made where it is new and has a name; the only one without key."""
    libraries = account_queries.libraries()
    if key and name and key not in {library.key for library in libraries}:
        if account_queries.account_with_email(email) is not None:
            # Asked before the library is made, so that none is left over without anybody.
            message = f"There is an account for {email} already. Use another address."
            stop(Problem(code="account.email-taken", where="--email", message=message))
        return or_stop(create_library(key, name))
    chosen = [library for library in libraries if library.key == key or not key]
    if len(chosen) != 1 or (name and not key):
        keys = ", ".join(library.key for library in libraries) or "none"
        stop(
            Problem(
                code="library.not-found",
                where="--key",
                message=f"Say with --key which library the account is for. There are: {keys}. "
                "For a new one give --library and --key.",
            )
        )
    return chosen[0].id


def _link(email: str) -> str:
    account = account_queries.account_with_email(email)
    if account is None or not account.active:
        stop(
            Problem(
                code="account.not-found",
                where=email,
                message="There is no active account with this address. Check its spelling, or "
                "make the account first.",
            )
        )
    return reset_link(account)
