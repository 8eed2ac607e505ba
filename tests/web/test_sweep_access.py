"""Every route there is: who may open it, whose objects it shows, and what it says about trust.

A new page is swept by itself. Where its address holds a new kind of value, the failure says where
to name it.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import cast as the

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.routing import Rule as Route
from werkzeug.test import TestResponse

from assessor.store.database import db
from assessor.web.access import RANKS, Rule, rule_for
from tests.web.conftest import Cast, Person, csrf_token, make_site, sign_in
from tests.web.world import Objects, World, build_world, is_owned, rules, values_for

ANYBODY: tuple[Rule, ...] = ("public", "patron")


@pytest.fixture(scope="module")
def world(populated: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory) -> World:
    return build_world(populated, tmp_path_factory.mktemp("world") / "site")


@pytest.fixture
def full_site(world: World, tmp_path: Path) -> Iterator[Flask]:
    folder = tmp_path / "full"
    shutil.copytree(world.folder, folder)
    app = make_site(folder)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def address(app: Flask, route: Route, objects: Objects) -> str:
    with app.test_request_context():
        built = app.url_map.bind("localhost").build(route.endpoint, values_for(route, objects))
    return str(built)


def methods(route: Route) -> list[str]:
    return sorted((route.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"})


def people(cast: Cast) -> dict[str, Person]:
    return {role: getattr(cast, role) for role in RANKS}


def contents(app: Flask) -> dict[str, list[tuple[object, ...]]]:
    """Everything the database holds."""
    with app.app_context():
        found = {
            table: sorted(
                (tuple(row) for row in db.session.execute(text(f'SELECT * FROM "{table}"'))),
                key=repr,
            )
            for table in db.metadata.tables
        }
        db.session.remove()
        return found


def is_sent_to_sign_in(answer: TestResponse) -> bool:
    return answer.status_code == 302 and answer.location.startswith("/sign-in")


def test_every_route_has_a_rule_and_a_sample_for_each_value(full_site: Flask, world: World) -> None:
    for route in rules(full_site):
        assert rule_for(full_site, route.endpoint), f"{route.endpoint} needs @requires(…)"
        address(full_site, route, world.ours)


def test_nobody_signed_in_opens_only_what_is_public(full_site: Flask, world: World) -> None:
    open_to_all = []
    for route in rules(full_site):
        if rule_for(full_site, route.endpoint) in ANYBODY:
            continue
        for method in methods(route):
            client = full_site.test_client()
            answer = client.open(
                address(full_site, route, world.ours),
                method=method,
                data=with_token(client, method),
            )
            if not is_sent_to_sign_in(answer):
                open_to_all.append(f"{method} {route.rule}: {answer.status}")
    assert open_to_all == []


@pytest.mark.parametrize("role", RANKS)
def test_each_role_opens_what_it_may_and_nothing_above(
    role: Rule, full_site: Flask, world: World, cast: Cast
) -> None:
    client = sign_in(full_site.test_client(), people(cast)[role])
    wrong = []
    for route in rules(full_site):
        rule = the(Rule, rule_for(full_site, route.endpoint))
        if rule in ANYBODY:
            continue
        allowed = rule in RANKS and RANKS.index(role) >= RANKS.index(rule)
        for method in ["GET"] if "GET" in methods(route) and allowed else methods(route):
            if allowed and method != "GET":
                continue
            answer = client.open(
                address(full_site, route, world.ours),
                method=method,
                data=with_token(client, method),
            )
            good = answer.status_code in (200, 302, 404) if allowed else answer.status_code == 403
            if not good:
                wrong.append(f"{method} {route.rule}: {answer.status}, allowed: {allowed}")
    assert wrong == []


@pytest.mark.parametrize("role", RANKS)
def test_another_library_s_objects_look_as_if_they_never_were(
    role: Rule, full_site: Flask, world: World, cast: Cast
) -> None:
    client = sign_in(full_site.test_client(), people(cast)[role])
    before = contents(full_site)
    seen = []
    for route in rules(full_site):
        rule = the(Rule, rule_for(full_site, route.endpoint))
        if rule not in RANKS or not is_owned(route):
            continue
        may = RANKS.index(role) >= RANKS.index(rule)
        for method in methods(route):
            answer = client.open(
                address(full_site, route, world.theirs),
                method=method,
                data=with_token(client, method),
            )
            if answer.status_code != (404 if may else 403):
                seen.append(f"{method} {route.rule}: {answer.status}")
    assert seen == []
    assert contents(full_site) == before


def test_our_own_objects_are_there(full_site: Flask, world: World, cast: Cast) -> None:
    """Or else the sweep above would prove nothing."""
    client = sign_in(full_site.test_client(), cast.administrator)
    shown = [
        route
        for route in rules(full_site)
        if rule_for(full_site, route.endpoint) in RANKS and "GET" in methods(route)
    ]
    gone = [
        route.rule
        for route in shown
        if is_owned(route)
        and client.get(address(full_site, route, world.ours)).status_code not in (200, 302)
    ]
    assert gone == []


def test_nothing_is_changed_by_a_form_without_its_token(
    full_site: Flask, world: World, cast: Cast
) -> None:
    before = contents(full_site)
    client = sign_in(full_site.test_client(), cast.administrator)
    taken = []
    for route in rules(full_site):
        for method in set(methods(route)) - {"GET"}:
            if rule_for(full_site, route.endpoint) == "nobody":
                continue
            answer = client.open(address(full_site, route, world.ours), method=method)
            # A patron's page says in its own words that nothing was taken: 409.
            if answer.status_code not in (400, 409):
                taken.append(f"{method} {route.rule}: {answer.status}")
    assert taken == []
    assert contents(full_site) == before


def test_looking_changes_nothing(full_site: Flask, world: World, cast: Cast) -> None:
    client = sign_in(full_site.test_client(), cast.administrator)
    before = {**contents(full_site), "scorecard": []}
    for route in rules(full_site):
        if "GET" in methods(route):
            client.get(address(full_site, route, world.ours))
    # A scorecard is kept when it is first looked at; it can be computed again at any time.
    assert {**contents(full_site), "scorecard": []} == before


def test_every_answer_says_what_the_browser_may_trust(
    full_site: Flask, world: World, cast: Cast
) -> None:
    lax = []
    for client in (full_site.test_client(), sign_in(full_site.test_client(), cast.administrator)):
        for route in rules(full_site):
            for method in methods(route):
                where = address(full_site, route, world.ours)
                answer = client.open(where, method=method)
                lax += [f"{method} {where}: {problem}" for problem in laxness(answer)]
    assert lax == []


def laxness(answer: TestResponse) -> Iterator[str]:
    headers = answer.headers
    policy = headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy:
        yield f"policy {policy!r}"
    for name, value in (
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "SAMEORIGIN"),
        ("Referrer-Policy", "same-origin"),
    ):
        if headers.get(name) != value:
            yield f"{name} {headers.get(name)!r}"
    if answer.mimetype == "text/html" and headers.get("Cache-Control") != "no-store":
        yield f"Cache-Control {headers.get('Cache-Control')!r}"
    for cookie in headers.getlist("Set-Cookie"):
        if "HttpOnly" not in cookie or "SameSite" not in cookie:
            yield f"cookie {cookie!r}"


def with_token(client: FlaskClient, method: str) -> dict[str, str] | None:
    """A form that holds its token and nothing else; from a page that this client may see."""
    if method == "GET":
        return None
    page = "/accounts/you" if client.get("/accounts/you").status_code == 200 else "/sign-in"
    return {"csrf_token": csrf_token(client, page)}
