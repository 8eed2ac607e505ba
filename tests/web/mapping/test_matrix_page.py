"""The mapping page: what is measured how, what is not, and every cell leads on."""

import re

from flask import Flask
from flask.testing import FlaskClient

from assessor.domain.folder import LibraryFolder


def test_without_a_plan_the_page_leads_to_reading_one(librarian: FlaskClient) -> None:
    page = librarian.get("/mapping/").get_data(as_text=True)
    assert "There is no plan yet" in page
    assert 'href="/plans/new"' in page


def test_one_sentence_says_how_much_is_measured(loaded: int, leadership: FlaskClient) -> None:
    page = leadership.get("/mapping/").get_data(as_text=True)
    assert re.search(r"Of 24 outcomes, \d+ are measured by surveys", page)


def test_every_cell_leads_on(loaded: int, leadership: FlaskClient) -> None:
    page = leadership.get("/mapping/").get_data(as_text=True)
    table = page[page.index("<table") : page.index("</table>")]
    addresses = set(re.findall(r'href="(/mapping/[^"#]+)', table))
    assert len(addresses) > 40
    for address in sorted(addresses):
        assert leadership.get(address).status_code == 200, address


def test_groups_that_are_asked_are_a_view_of_their_own(
    loaded: int, folder: LibraryFolder, leadership: FlaskClient
) -> None:
    page = leadership.get("/mapping/?by=groups").get_data(as_text=True)
    for instrument in folder.instruments:
        for group in instrument.groups():
            assert group.label in page
    assert "target for each group" in page


def test_staff_and_strangers_do_not_see_it(
    loaded: int, staff: FlaskClient, stranger: FlaskClient
) -> None:
    assert staff.get("/mapping/").status_code == 403
    assert "There is no plan yet" in stranger.get("/mapping/").get_data(as_text=True)
    assert stranger.get("/mapping/elements/1.1.1").status_code == 404
    assert stranger.get("/mapping/indicators/belonging").status_code == 404


def test_leadership_may_look_and_not_change(loaded: int, leadership: FlaskClient) -> None:
    page = leadership.get("/mapping/elements/1.1.1").get_data(as_text=True)
    assert "Add an indicator" not in page
    for address in ("indicators/belonging/edit", "indicators/belonging/remove", "weights"):
        assert leadership.get(f"/mapping/{address}").status_code == 403


def test_a_card_shows_its_fields_and_the_wording_asked(
    loaded: int, folder: LibraryFolder, leadership: FlaskClient
) -> None:
    card = folder.mapping.indicator("belonging")
    assert card is not None
    page = leadership.get("/mapping/indicators/belonging").get_data(as_text=True)
    for text in (card.name, card.objective, card.scope, "partly met from 3.7, for each group"):
        assert text in page
    assert "turned when scored" in page


def test_an_unknown_element_or_indicator_is_not_there(loaded: int, librarian: FlaskClient) -> None:
    assert librarian.get("/mapping/elements/9.9").status_code == 404
    assert librarian.get("/mapping/indicators/nothing").status_code == 404
    assert librarian.get("/mapping/indicators/nothing/edit").status_code == 404


def test_what_is_wrong_is_listed_with_the_way_to_mend_it(
    site: Flask, loaded: int, folder: LibraryFolder, librarian: FlaskClient
) -> None:
    from assessor.actions.instruments import save_instrument_draft

    patrons = folder.instrument("patrons")
    assert patrons is not None
    pages = tuple(
        page.model_copy(
            update={"items": tuple(one for one in page.items if one.key != "access_building")}
        )
        for page in patrons.pages
    )
    with site.app_context():
        save_instrument_draft(
            loaded, patrons.model_copy(update={"pages": tuple(p for p in pages if p.items)})
        )
    page = librarian.get("/mapping/").get_data(as_text=True)
    assert "Things to mend" in page
    assert "has no item `access_building`" in page
    assert 'href="/mapping/indicators/access_building"' in page
