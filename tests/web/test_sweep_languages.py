"""Every page in a language that nobody speaks: what stands there in English was forgotten.

A new page is swept by itself. A text that shows up here wants `gettext`, `_()` or `say`; what
people wrote themselves is known, since it is in the database.
"""

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from assessor.actions.designing import begin_instrument
from assessor.domain.instrument import Ending, Scale
from assessor.domain.kinds import columns
from assessor.formats.catalogue_file import shipped_scales
from assessor.store.database import db
from assessor.web.access import RANKS, Rule, rule_for
from assessor.web.style import samples
from tests.web import pseudo
from tests.web.conftest import Cast, csrf_token, sign_in
from tests.web.world import World, build_world, rules, values_for

NOT_OURS = {"style.components", "style.kinds", "style.patron", "style.mail"}
"""Pages for whoever builds pages: their samples are in English."""


@pytest.fixture(scope="module")
def world(populated: tuple[Path, Cast], tmp_path_factory: pytest.TempPathFactory) -> World:
    return build_world(populated, tmp_path_factory.mktemp("pseudo") / "site")


@pytest.fixture(scope="module")
def site(world: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    words = tmp_path_factory.mktemp("words")
    pseudo.write_catalogue(words)
    app = pseudo.speaking(world.folder, words)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture(scope="module")
def content(site: Flask) -> frozenset[str]:
    """Every text that people or files brought: what the database holds, whole and in parts."""
    with site.app_context():
        cells = {
            value
            for table in db.metadata.tables
            for row in db.session.execute(text(f'SELECT * FROM "{table}"'))
            for value in row
            if isinstance(value, str)
        }
        db.session.remove()
    found: set[str] = set()
    for cell in cells:
        found.update(_texts_in(cell))
    return frozenset(" ".join(one.split()) for one in found)


def _texts_in(cell: str) -> Iterator[str]:
    yield cell
    yield from cell.splitlines()
    with suppress(ValueError):
        yield from _strings(json.loads(cell))


def _strings(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
        # As pages cut texts into lines, and keys into words.
        yield from node.splitlines()
        yield node.replace("_", " ").capitalize()
    elif isinstance(node, dict):
        for name, value in node.items():
            yield from (name, *_strings(value))
    elif isinstance(node, list):
        for value in node:
            yield from _strings(value)


@pytest.mark.parametrize("role", ["nobody", *RANKS])
def test_no_page_says_anything_in_english(
    role: str, site: Flask, world: World, cast: Cast, content: frozenset[str]
) -> None:
    client = site.test_client()
    if role != "nobody":
        sign_in(client, getattr(cast, role))
    said: list[str] = []
    for route in rules(site):
        rule = rule_for(site, route.endpoint)
        if "GET" not in (route.methods or ()) or route.endpoint in NOT_OURS or rule is None:
            continue
        if not _opens(role, rule):
            continue
        with site.test_request_context():
            address = site.url_map.bind("localhost").build(
                route.endpoint, values_for(route, world.ours)
            )
        answer = client.get(address)
        if answer.mimetype == "text/html" and answer.status_code < 500 and answer.data:
            found = pseudo.forgotten(answer.data, content)
            said.extend(f"{address}: {piece}" for piece in dict.fromkeys(found))
    assert not said, "\n".join(said)


FORM = b"""
| survey |          |           |           |
|        | type     | name      | label     |
|        | text     | role_here | ROLE_HERE |
|        | geopoint | place     | PLACE     |
"""
HERE = "/instruments"
NOTHING = hashlib.sha256(b"").hexdigest()[:12]
"""The mark of a text that was not translated when the page was shown."""
SENT: list[tuple[str, dict[str, str], tuple[bytes, str] | None]] = [
    ("import-file", {"wanted": ""}, (FORM, "3.md")),
    ("import-file", {"wanted": ""}, (b"\x00", "3.bin")),
    ("import-file", {"wanted": ""}, None),
    ("{key}/try", {"respondents": "40", "seed": "1"}, None),
    ("{key}/try", {"respondents": "0", "seed": ""}, None),
    ("{key}/languages", {"language": ""}, None),
    ("{key}/languages", {"language": "en"}, None),
    ("{key}/languages", {"language": "???"}, None),
    ("{key}/languages/de", {"text:title": "1", "seen:title": "an older one"}, None),
    ("{key}/languages/de", {"text:thanks": "1", "seen:thanks": NOTHING}, None),
    ("{key}/languages/de/take-in", {}, None),
    ("{key}/languages/de/take-in", {}, (b"1", "3.po")),
    ("{key}/languages/de/remove", {}, None),
]
"""What is sent to pages beside the designer, after the address of the instruments; and a file."""


@pytest.mark.parametrize(("path", "fields", "file"), SENT)
def test_no_answer_to_a_form_says_anything_in_english(
    path: str,
    fields: dict[str, str],
    file: tuple[bytes, str] | None,
    site: Flask,
    world: World,
    cast: Cast,
    content: frozenset[str],
) -> None:
    client = sign_in(site.test_client(), cast.librarian)
    form: dict[str, object] = {**fields, "csrf_token": csrf_token(client, f"{HERE}/import-file")}
    if file is not None:
        form["file"] = (BytesIO(file[0]), file[1])
    address = f"{HERE}/{path.format(key=world.ours.instrument)}"
    answer = client.post(address, data=form, follow_redirects=True)
    assert answer.status_code in (200, 409, 422)
    # Its names are the file's own.
    own = content | {"role_here", "place", "geopoint", "md", "bin"}
    assert pseudo.forgotten(answer.data, own) == []


def test_the_question_before_a_language_is_removed_is_not_in_english(
    site: Flask, world: World, cast: Cast, content: frozenset[str]
) -> None:
    client = sign_in(site.test_client(), cast.librarian)
    address = f"{HERE}/{world.ours.instrument}/languages/de"
    said = {"text:title": "1", "seen:title": NOTHING, "csrf_token": csrf_token(client, address)}
    client.post(address, data=said)
    answer = client.get(f"{address}/remove")
    assert answer.status_code == 200
    assert pseudo.forgotten(answer.data, content) == []


def test_no_panel_of_the_designer_says_anything_in_english(
    site: Flask, cast: Cast, content: frozenset[str]
) -> None:
    """Beside the page that opens first: every kind of item, every list, and what is found wrong."""
    instrument = samples.every_kind_instrument()
    left_over = {"key": "left_over", "points": [{"value": 1}, {"value": 2}], "worst": 1, "best": 2}
    drafted = instrument.model_copy(
        update={
            "key": "pseudo",
            "scales": (*instrument.scales, Scale.model_validate(left_over)),
            "endings": (Ending(key="early", title="Early", text="", when="${nowhere} = 1"),),
        }
    )
    client = site.test_client()
    sign_in(client, cast.librarian)
    with site.app_context():
        begin_instrument(cast.librarian.library_id, drafted, said="").unwrap()
        db.session.remove()
    ats = ["settings", "scales", "scales.new", "endings", "endings.new", "endings.early"]
    ats += ["quotas", "quotas.new", "samplings", "samplings.new", "page:all&q=a"]
    for item in drafted.items():
        ats += [f"item:{item.key}", f"item:{item.key}&ask=remove", f"item:{item.key}&ask=unlock"]
    known = content | {column.name for column in columns(drafted)} | {"PDF", "country"}
    for written in (drafted, shipped_scales()):
        known |= frozenset(_strings(written.model_dump(mode="json")))
    said: list[str] = []
    for at in ats:
        answer = client.get(f"/instruments/pseudo/edit?at={at}")
        assert answer.status_code == 200, at
        found = pseudo.forgotten(answer.data, known)
        said.extend(f"{at}: {piece}" for piece in dict.fromkeys(found))
    assert not said, "\n".join(said)


def _opens(role: str, rule: Rule) -> bool:
    if rule in ("public", "patron"):
        return role in ("nobody", "staff")
    return rule in RANKS and role in RANKS and RANKS.index(role) >= RANKS.index(rule)


def test_the_sweep_finds_what_was_forgotten() -> None:
    page = (
        f'<html lang="{pseudo.LANGUAGE}"><p>{pseudo.pseudo("Saved by")} Ada</p><p>Save</p></html>'
    )
    assert pseudo.forgotten(page.encode(), frozenset({"Ada"})) == ["Save (in: Save)"]
