"""One element: said to be not measured with a reason, and weighed beside its siblings."""

from flask import Flask
from flask.testing import FlaskClient

from tests.web.mapping.conftest import mapping_of
from tests.web.mapping.test_indicators import Fields, fields_of, post


def listing(edition: int, token: str, reason: str) -> Fields:
    return {"expected": str(edition), "reason": reason, "csrf_token": token}


def without_indicators(
    client: FlaskClient, code: str, token: str, site: Flask, library: int
) -> int:
    """Takes every indicator of the element away; the edition after that."""
    for card in mapping_of(site, library)[0].indicators:
        if card.element == code:
            post(client, f"/mapping/indicators/{card.key}/remove", {"csrf_token": token})
    return mapping_of(site, library)[1]


def test_an_element_is_listed_as_not_measured_with_a_reason_and_taken_off_again(
    site: Flask, loaded: int, librarian: FlaskClient, token: str
) -> None:
    edition = without_indicators(librarian, "1.1.1", token, site, loaded)
    assert "nothing yet" in librarian.get("/mapping/").get_data(as_text=True)
    address = "/mapping/elements/1.1.1/not-measured"
    status, page = post(librarian, address, listing(edition, token, "Nobody can tell yet."))
    assert status == 200
    assert "Nobody can tell yet." in page
    assert "Nobody can tell yet." in librarian.get("/mapping/not-measured").get_data(as_text=True)
    post(librarian, "/mapping/elements/1.1.1/measured", {"csrf_token": token})
    entries = mapping_of(site, loaded)[0].not_measured
    assert not any(one.element == "1.1.1" for one in entries)


def test_a_reason_is_needed(site: Flask, loaded: int, librarian: FlaskClient, token: str) -> None:
    edition = without_indicators(librarian, "1.1.1", token, site, loaded)
    address = "/mapping/elements/1.1.1/not-measured"
    status, page = post(librarian, address, listing(edition, token, "  "))
    assert status == 422
    assert "Give the reason" in page
    assert mapping_of(site, loaded)[1] == edition


def test_what_is_measured_cannot_be_listed_as_not_measured(
    site: Flask, loaded: int, librarian: FlaskClient, token: str
) -> None:
    address = "/mapping/elements/1.1.1/not-measured"
    status, page = post(librarian, address, listing(1, token, "Nobody can tell."))
    assert status == 422
    assert "1.1.1 is listed as not measured, and indicator" in page
    assert "Nobody can tell.</textarea>" not in page  # there is no form while it is measured
    assert mapping_of(site, loaded)[1] == 1


def test_an_entry_of_a_level_is_taken_off_the_list(
    site: Flask, loaded: int, librarian: FlaskClient, token: str
) -> None:
    assert any(one.level == "value" for one in mapping_of(site, loaded)[0].not_measured)
    post(librarian, "/mapping/not-measured/remove", {"entry": "level:value", "csrf_token": token})
    assert not any(one.level == "value" for one in mapping_of(site, loaded)[0].not_measured)


def test_the_first_indicator_takes_its_element_off_the_list(
    site: Flask, loaded: int, librarian: FlaskClient, token: str
) -> None:
    edition = without_indicators(librarian, "1.1.1", token, site, loaded)
    address = "/mapping/elements/1.1.1/not-measured"
    post(librarian, address, listing(edition, token, "Not yet."))
    address = "/mapping/elements/1.1.1/indicators/new?source=milestone"
    fields = fields_of(librarian, address) | {
        "name": "Ramp",
        "method": "milestone",
        "e0-milestone": "Built",
    }
    assert post(librarian, address, fields)[0] == 200
    assert not any(one.element == "1.1.1" for one in mapping_of(site, loaded)[0].not_measured)


def test_weights_of_the_parts_are_changed(site: Flask, loaded: int, librarian: FlaskClient) -> None:
    address = "/mapping/weights?below=1.1"
    fields = fields_of(librarian, address)
    assert fields["w0"] == "2"
    status, _ = post(librarian, address, fields | {"w0": "1", "w1": "0,5"})
    assert status == 200
    weights = mapping_of(site, loaded)[0].weights
    assert "1.1.1" not in weights  # 1 is what everything has
    assert weights["1.1.2"] == 0.5
    assert weights["1"] == 3


def test_weights_that_cannot_be_are_refused(
    site: Flask, loaded: int, librarian: FlaskClient
) -> None:
    address = "/mapping/weights?below=1.1"
    fields = fields_of(librarian, address)
    zero: Fields = {name: "0" for name in fields if name.startswith("w")}
    status, page = post(librarian, address, fields | zero)
    assert status == 422
    assert "are all 0" in page
    status, page = post(librarian, address, fields | {"w0": "much"})
    assert status == 422
    assert "Enter a number" in page
    assert mapping_of(site, loaded)[1] == 1


def test_a_colleagues_weights_are_shown_beside_ones_own(
    site: Flask, loaded: int, librarian: FlaskClient, colleague: FlaskClient
) -> None:
    address = "/mapping/weights?below=1.1"
    mine, theirs = fields_of(librarian, address), fields_of(colleague, address)
    post(colleague, address, theirs | {"w0": "7"})
    status, page = post(librarian, address, mine | {"w0": "5"})
    assert status == 409
    assert "1.1.1 7" in page
    assert 'value="5"' in page
    assert mapping_of(site, loaded)[0].weights["1.1.1"] == 7


def test_a_whole_level_is_listed_as_not_measured(
    site: Flask, loaded: int, librarian: FlaskClient, token: str
) -> None:
    post(librarian, "/mapping/not-measured/remove", {"entry": "level:value", "csrf_token": token})
    fields = listing(2, token, "They say how we work.") | {"whole_level": "y"}
    status, page = post(librarian, "/mapping/elements/V1/not-measured", fields)
    assert status == 200
    assert "Every value is listed as deliberately not measured." in page
    entries = mapping_of(site, loaded)[0].not_measured
    assert any(one.level == "value" and one.reason == "They say how we work." for one in entries)
    assert "Values are not scored." in librarian.get("/mapping/").get_data(as_text=True)


def test_only_elements_and_levels_are_taken_off_the_list(
    site: Flask, loaded: int, librarian: FlaskClient, token: str
) -> None:
    for entry in ("", "reason:x", "element:"):
        fields: Fields = {"entry": entry, "csrf_token": token}
        assert post(librarian, "/mapping/not-measured/remove", fields)[0] == 400
    assert mapping_of(site, loaded)[1] == 1
