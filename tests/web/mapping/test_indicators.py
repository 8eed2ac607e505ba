"""Indicators and their evidence are added, changed and removed in the page; nothing is lost."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from assessor.domain.mapping import ItemEvidence, MilestoneEvidence, SeriesEvidence
from tests.web.mapping.conftest import mapping_of

Fields = dict[str, str | list[str]]
EDIT = "/mapping/indicators/belonging/edit"


def fields_of(client: FlaskClient, address: str) -> Fields:
    """The form of a page as a browser would send it back unchanged."""
    page = html.fromstring(client.get(address).get_data(as_text=True))
    form = page.xpath("//main//form")[0]
    fields: Fields = {}
    for name, value in form.form_values():
        text = value.removeprefix("\n")
        had = fields.get(name)
        if had is None:
            fields[name] = text
        else:
            fields[name] = [*(had if isinstance(had, list) else [had]), text]
    return fields


def post(client: FlaskClient, address: str, fields: Fields) -> tuple[int, str]:
    answer = client.post(address, data=fields, follow_redirects=True)
    return answer.status_code, unescape(answer.get_data(as_text=True))


def test_saving_a_card_unchanged_changes_nothing(
    site: Flask, loaded: int, librarian: FlaskClient
) -> None:
    mapping, edition = mapping_of(site, loaded)
    for card in mapping.indicators:
        address = f"/mapping/indicators/{card.key}/edit"
        status, _ = post(librarian, address, fields_of(librarian, address))
        assert status == 200, card.key
    assert mapping_of(site, loaded) == (mapping, edition)


def test_every_field_of_a_card_is_changed(site: Flask, loaded: int, librarian: FlaskClient) -> None:
    fields = fields_of(librarian, EDIT) | {
        "name": "Zugehörigkeit 🌍 الانتماء",
        "objective": "Why",
        "interpretation": "How to read it",
        "baseline": "3,5",
        "target": "4.5",
        "partial": "4,1",
        "weight": "3",
        "minimum_n": "25",
        "maximum_margin": "0.2",
        "sources": "A study",
    }
    del fields["each_group"]
    status, page = post(librarian, EDIT, fields)
    assert status == 200
    assert "“Zugehörigkeit 🌍 الانتماء” is saved." in page
    mapping, edition = mapping_of(site, loaded)
    card = mapping.indicator("belonging")
    assert card is not None
    assert edition == 2
    assert (card.name, card.objective, card.sources) == (
        "Zugehörigkeit 🌍 الانتماء",
        "Why",
        "A study",
    )
    assert (card.baseline, card.weight, card.minimum_n, card.maximum_margin) == (3.5, 3, 25, 0.2)
    assert card.target is not None
    assert (card.target.value, card.target.partial, card.target.each_group) == (4.5, 4.1, False)
    assert card.definition_version == 1


def test_a_target_may_be_typed_as_a_percentage(
    site: Flask, loaded: int, librarian: FlaskClient
) -> None:
    address = "/mapping/indicators/feels_welcome/edit"
    fields = fields_of(librarian, address) | {"baseline": "57,5%", "target": "70 %", "partial": ""}
    status, _ = post(librarian, address, fields)
    assert status == 200
    card = mapping_of(site, loaded)[0].indicator("feels_welcome")
    assert card is not None
    assert card.target is not None
    assert (card.baseline, card.target.value, card.target.partial) == (0.575, 0.7, None)


@pytest.mark.parametrize(("answer", "version"), [("same", 1), ("new", 2)])
def test_other_evidence_asks_whether_the_figure_means_the_same(
    site: Flask, loaded: int, librarian: FlaskClient, answer: str, version: int
) -> None:
    fields = fields_of(librarian, EDIT) | {"e0-items": ["belong_place", "belong_welcome"]}
    status, page = post(librarian, EDIT, fields)
    assert status == 422
    assert "Does the figure mean the same as before?" in page
    assert mapping_of(site, loaded)[1] == 1
    status, _ = post(librarian, EDIT, fields | {"meaning": answer})
    assert status == 200
    card = mapping_of(site, loaded)[0].indicator("belonging")
    assert card is not None
    evidence = card.evidence[0]
    assert isinstance(evidence, ItemEvidence)
    assert evidence.items == ("belong_place", "belong_welcome")
    assert card.definition_version == version


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": ""}, "Give the indicator a name"),
        ({"target": "four"}, "Enter a number, such as 4.2 or 70 %."),
        ({"target": "inf"}, "Enter a number, such as 4.2 or 70 %."),
        ({"target": "9"}, "9"),
        ({"partial": "4.5"}, "must be below the target"),
        ({"target": "", "partial": "", "each_group": "y"}, "Enter the target too"),
        ({"weight": "-1"}, "A weight is 0 or more."),
        ({"minimum_n": "0"}, "Enter 1 or more."),
        ({"e0-items": ["belong_place"], "meaning": "same"}, "needs at least 2 items"),
        ({"method": "net_promoter", "meaning": "same"}, "needs items of the kind likelihood"),
        ({"e0-items": []}, "Choose at least one item."),
    ],
)
def test_a_card_that_cannot_be_says_why_and_keeps_what_was_typed(
    site: Flask, loaded: int, librarian: FlaskClient, change: Fields, says: str
) -> None:
    fields = fields_of(librarian, EDIT) | {"objective": "Typed with care"} | change
    status, page = post(librarian, EDIT, fields)
    assert status == 422
    assert says in page
    assert "Typed with care</textarea>" in page
    assert 'id="problems"' in page
    for anchor in re.findall(r'href="#([^"]+)"', page[page.index('id="problems"') :][:3000]):
        assert f'id="{anchor}"' in page
    assert mapping_of(site, loaded)[1] == 1


def test_an_indicator_of_survey_items_is_added(
    site: Flask, loaded: int, librarian: FlaskClient
) -> None:
    address = "/mapping/elements/1.1.1/indicators/new?source=items:patrons"
    fields = fields_of(librarian, address) | {
        "name": "Feels at home!",
        "method": "mean",
        "e0-items": ["belong_place"],
    }
    status, page = post(librarian, address, fields)
    assert status == 200, page
    card = mapping_of(site, loaded)[0].indicator("feels_at_home")
    assert card is not None
    assert (card.element, card.method) == ("1.1.1", "mean")
    assert card.evidence[0].kind == "items"


def test_a_statistic_and_a_milestone_are_added(
    site: Flask, loaded: int, librarian: FlaskClient
) -> None:
    address = "/mapping/elements/1.1.1/indicators/new?source=series"
    fields = fields_of(librarian, address) | {
        "name": "Visits",
        "method": "count",
        "e0-series": "gate_count",
        "e0-unit": "visits",
    }
    assert post(librarian, address, fields)[0] == 200
    address = "/mapping/elements/1.1.1/indicators/new?source=milestone"
    fields = fields_of(librarian, address) | {
        "name": "Visits",
        "method": "milestone",
        "e0-milestone": "The ramp is built",
        "e0-due": "2027-06",
    }
    assert post(librarian, address, fields)[0] == 200
    mapping, edition = mapping_of(site, loaded)
    assert edition == 3
    visits, ramp = mapping.indicators[-2:]
    assert visits.evidence == (
        SeriesEvidence(kind="series", series="gate_count", unit="visits", source=""),
    )
    assert ramp.evidence == (
        MilestoneEvidence(kind="milestone", milestone="The ramp is built", due="2027-06"),
    )
    assert (visits.key, ramp.key) == ("visits", "visits_2")


def test_evidence_of_a_second_instrument_is_added_and_taken_away(
    site: Flask, loaded: int, librarian: FlaskClient
) -> None:
    more = fields_of(librarian, EDIT) | {"more": "items:staff", "objective": "Typed with care"}
    answer = librarian.post(EDIT, data=more)
    page = answer.get_data(as_text=True)
    assert 'name="e1-items"' in page
    assert "Typed with care</textarea>" in page
    assert mapping_of(site, loaded)[1] == 1
    away = fields_of(librarian, EDIT) | {
        "source": ["items:patrons", "items:staff"],
        "e1-remove": "y",
        "objective": "Other words",
    }
    assert post(librarian, EDIT, away)[0] == 200
    card = mapping_of(site, loaded)[0].indicator("belonging")
    assert card is not None
    assert len(card.evidence) == 1


def test_an_indicator_is_removed_after_asking_and_restored(
    site: Flask, loaded: int, librarian: FlaskClient, token: str
) -> None:
    before = mapping_of(site, loaded)[0]
    address = "/mapping/indicators/belonging/remove"
    assert "Remove “Sense of belonging" in unescape(librarian.get(address).get_data(as_text=True))
    assert mapping_of(site, loaded)[1] == 1
    post(librarian, address, {"csrf_token": token})
    assert mapping_of(site, loaded)[0].indicator("belonging") is None
    page = unescape(librarian.get("/mapping/history").get_data(as_text=True))
    assert "Removed: Sense of belonging among patrons" in page
    restore = "/mapping/history/1/restore"
    assert "New: Sense of belonging among patrons" in librarian.get(restore).get_data(as_text=True)
    post(librarian, restore, {"csrf_token": token})
    assert mapping_of(site, loaded) == (before, 3)


def test_a_colleague_who_saved_the_same_card_is_shown_and_nothing_is_lost(
    site: Flask, loaded: int, librarian: FlaskClient, colleague: FlaskClient
) -> None:
    mine = fields_of(librarian, EDIT) | {"objective": "My words"}
    theirs = fields_of(colleague, EDIT) | {"objective": "Their words"}
    assert post(colleague, EDIT, theirs)[0] == 200
    status, page = post(librarian, EDIT, mine)
    assert status == 409
    assert "A colleague saved this indicator" in page
    assert "Their words" in page
    assert "My words</textarea>" in page
    card = mapping_of(site, loaded)[0].indicator("belonging")
    assert card is not None
    assert card.objective == "Their words"
    seen = re.search(r'name="expected"[^>]*value="(\d+)"', page)
    assert seen is not None
    assert post(librarian, EDIT, mine | {"expected": seen.group(1)})[0] == 200
    card = mapping_of(site, loaded)[0].indicator("belonging")
    assert card is not None
    assert card.objective == "My words"


def test_a_colleague_who_saved_another_card_is_no_hindrance(
    site: Flask, loaded: int, librarian: FlaskClient, colleague: FlaskClient
) -> None:
    other = "/mapping/indicators/feels_welcome/edit"
    mine = fields_of(librarian, EDIT) | {"objective": "My words"}
    theirs = fields_of(colleague, other) | {"objective": "Their words"}
    post(colleague, other, theirs)
    status, page = post(librarian, EDIT, mine)
    assert status == 200
    assert "A colleague saved another change meanwhile; both are kept." in page
    mapping, edition = mapping_of(site, loaded)
    assert edition == 3
    objectives = [mapping.indicator(key) for key in ("belonging", "feels_welcome")]
    assert [one.objective for one in objectives if one] == ["My words", "Their words"]


def test_a_card_that_a_colleague_removed_can_be_brought_back(
    site: Flask, loaded: int, librarian: FlaskClient, colleague: FlaskClient
) -> None:
    mine = fields_of(librarian, EDIT) | {"objective": "My words"}
    fields = fields_of(colleague, "/mapping/indicators/belonging/remove")
    post(colleague, "/mapping/indicators/belonging/remove", fields)
    status, page = post(librarian, EDIT, mine)
    assert status == 409
    assert "A colleague removed this indicator" in page
    seen = re.search(r'name="expected"[^>]*value="(\d+)"', page)
    assert seen is not None
    assert post(librarian, EDIT, mine | {"expected": seen.group(1)})[0] == 200
    card = mapping_of(site, loaded)[0].indicator("belonging")
    assert card is not None
    assert card.objective == "My words"


def test_unknown_sources_are_refused(loaded: int, librarian: FlaskClient) -> None:
    for source in ("items:nothing", "magic", "items:"):
        address = f"/mapping/elements/1.1.1/indicators/new?source={source}"
        assert librarian.get(address).status_code == 404


def test_a_second_statistic_is_added_to_the_first(
    site: Flask, loaded: int, librarian: FlaskClient
) -> None:
    address = "/mapping/elements/1.1.1/indicators/new?source=series"
    fields = fields_of(librarian, address) | {
        "name": "Visits a head",
        "method": "ratio",
        "e0-series": "gate_count",
    }
    page = librarian.post(address, data=fields | {"more": "series"}).get_data(as_text=True)
    assert 'name="e1-series"' in page
    fields |= {"source": ["series", "series"], "e1-series": "population"}
    assert post(librarian, address, fields)[0] == 200
    card = mapping_of(site, loaded)[0].indicator("visits_a_head")
    assert card is not None
    names = [one.series for one in card.evidence if isinstance(one, SeriesEvidence)]
    assert names == ["gate_count", "population"]


def test_a_name_of_any_characters_is_kept(site: Flask, loaded: int, librarian: FlaskClient) -> None:
    fields = fields_of(librarian, EDIT) | {"name": "A\x00 <b>name</b>\u202e"}
    status, _ = post(librarian, EDIT, fields)
    assert status == 200
    assert "<b>name</b>" not in librarian.get("/mapping/history").get_data(as_text=True)
