"""The designer without a script: every act is a form, and nothing typed is lost."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assessor.domain.instrument import (
    Instrument,
    Number,
    RatingMatrix,
    RepeatingGroup,
    SingleChoice,
)
from assessor.domain.kinds import KINDS
from assessor.web.instruments.designer.fields import FIELDS, NO_FIELDS, NOT_SHOWN
from tests.web.conftest import Cast
from tests.web.instruments.designer.pressing import Page, draft_of, open_page

EDIT = "/instruments/patrons/edit"


@pytest.fixture
def designer(librarian: FlaskClient) -> Page:
    return open_page(librarian, EDIT)


def now(site: Flask, cast: Cast) -> Instrument:
    return draft_of(site, cast, "patrons")


def test_every_field_of_every_kind_has_a_place_on_its_form() -> None:
    for kind in KINDS.values():
        missing = set(kind.model.model_fields) - set(FIELDS) - NO_FIELDS
        assert not missing, kind.name
    assert set(NOT_SHOWN) <= set(KINDS)


def test_the_outline_opens_pages_and_their_items(designer: Page) -> None:
    assert "Page 1 of" in designer.words
    item = designer.at("item:found")
    assert "Single choice" in item.words
    assert item.value("text").startswith("Did you leave your last visit")
    assert 'aria-current="true" id="current"' in item.html


def test_words_are_changed_and_the_change_is_told(site: Flask, cast: Cast, designer: Page) -> None:
    after = designer.at("item:found").press("save", text="Would you recommend us?")
    assert "is saved" in after.status
    found = now(site, cast).item("found")
    assert found is not None
    assert found.text == "Would you recommend us?"
    assert "Nothing was changed yet" in after.press("save").status


def test_what_cannot_be_saved_stays_in_the_form_with_its_reason(
    site: Flask, cast: Cast, designer: Page
) -> None:
    before = now(site, cast)
    after = designer.at("item:found").press("save", text="", hint="Kept as typed")
    assert after.status_code == 422
    assert "Fill this in." in after.words
    assert after.value("hint") == "Kept as typed"
    assert now(site, cast) == before


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_an_item_of_every_kind_is_added_opened_and_saved(
    site: Flask, cast: Cast, designer: Page, kind: str
) -> None:
    after = designer.at("item:found").press(
        "add", **{"new-kind": kind, "new-text": "Is it new?"}
    )
    assert KINDS[kind].label in after.words
    found = now(site, cast).item("is_it_new")
    assert found is not None
    assert found.kind == kind
    unchanged = after.press("save")
    assert "Nothing was changed yet" in unchanged.status, unchanged.words
    again = after.press("save", text="Other words?")
    assert "is saved" in again.status, again.words
    changed = now(site, cast).item("is_it_new")
    assert changed is not None
    assert changed == found.model_copy(update={"text": "Other words?"})


def test_a_new_item_s_text_counts_when_it_is_sent_with_the_first_button(
    site: Flask, cast: Cast, designer: Page
) -> None:
    designer.at("item:found").press("save", **{"new-text": "Sent with Enter?"})
    assert now(site, cast).item("sent_with_enter") is not None


def test_answers_are_added_renamed_moved_and_removed(
    site: Flask, cast: Cast, designer: Page
) -> None:
    item = designer.at("item:found").press(
        "add", **{"new-kind": "single_choice", "new-text": "Which one?"}
    )
    item = item.press("save", **{"options-more": "A third\nNeither of them"})
    item = item.press("save", **{"options-0-code": "first", "options-1-label": "Number two"})
    item = item.press("part|options|3|up")
    item = item.press("part|options|0|remove", hint="Typed beside it")
    found = now(site, cast).item("which_one")
    assert isinstance(found, SingleChoice)
    assert [(o.code, o.label) for o in found.options] == [
        ("two", "Number two"),
        ("neither_of_them", "Neither of them"),
        ("a_third", "A third"),
    ]
    assert found.hint == "Typed beside it"


def test_two_answers_cannot_have_one_code(designer: Page) -> None:
    after = designer.at("item:role").press("save", **{"options-0-code": "family"})
    assert after.status_code == 422
    assert "another answer’s code" in after.words
    assert after.value("options-0-code") == "family"


def test_rows_have_keys_of_their_own(site: Flask, cast: Cast, designer: Page) -> None:
    item = designer.at("item:found").press(
        "add", **{"new-kind": "rating_matrix", "new-text": "How is it?"}
    )
    item = item.press("save", **{"rows-more": "It is warm in here\nIt is bright"})
    item.press("save", **{"rows-1-key": "warmth", "rows-2-reversed": "y"})
    found = now(site, cast).item("how_is_it")
    assert isinstance(found, RatingMatrix)
    assert [row.key for row in found.rows] == ["how_is_it_1", "warmth", "it_is_bright"]
    assert found.rows[2].reversed


def test_a_group_that_repeats_holds_items_with_forms_of_their_own(
    site: Flask, cast: Cast, designer: Page
) -> None:
    group = designer.at("item:found").press(
        "add", **{"new-kind": "repeating_group", "new-text": "Your visits"}
    )
    inner = group.press("add-within", **{"within-kind": "yes_no", "within-text": "Was it good?"})
    assert "Repeated in “Your visits”" in inner.words
    inner.press("up", hint="In all")
    found = now(site, cast).item("your_visits")
    assert isinstance(found, RepeatingGroup)
    assert [(one.kind, one.hint) for one in found.items] == [
        ("yes_no", "In all"),
        ("short_text", ""),
    ]


def test_items_and_pages_move_and_the_page_says_so(site: Flask, cast: Cast, designer: Page) -> None:
    before = now(site, cast)
    first, second = before.pages[0].items[0], before.pages[0].items[1]
    after = designer.at(f"item:{second.key}").press("up")
    assert "moved up" in after.status
    assert after.address.endswith("#do-up")
    assert now(site, cast).pages[0].items[0].key == second.key
    assert "is the first already" in after.press("up").words
    other = before.pages[2].key
    designer.at(f"item:{first.key}").press("move", **{"to-page": other})
    assert now(site, cast).pages[2].items[-1].key == first.key
    designer.at(f"page:{other}").press("up")
    assert now(site, cast).pages[1].key == other


def test_the_last_item_of_a_page_moves_down_to_the_next(
    site: Flask, cast: Cast, designer: Page
) -> None:
    last = now(site, cast).pages[0].items[-1].key
    after = designer.at(f"item:{last}").press("down")
    assert "moved to" in after.status
    assert now(site, cast).pages[1].items[0].key == last


def test_removing_says_first_who_will_miss_it(site: Flask, cast: Cast, designer: Page) -> None:
    asked = designer.at("item:role").press("ask-remove", hint="Typed before")
    assert "It gives the groups of the audience" in asked.words
    assert now(site, cast).item("role") is not None
    found = designer.at("item:found").press("ask-remove")
    assert "The indicator" in found.words
    after = asked.press("remove")
    assert "Undo brings it back" in after.status
    assert now(site, cast).item("role") is None


def test_a_key_is_renamed_with_a_warning_where_it_is_published(
    site: Flask, cast: Cast, designer: Page
) -> None:
    item = designer.at("item:found")
    assert "its trend breaks" in item.words
    bad = item.press("rename", **{"new-key": "Not a key"})
    assert bad.status_code == 422
    after = item.press("rename", **{"new-key": "promote"})
    assert "`promote`" in after.status
    assert after.value("text").startswith("Did you leave")
    assert now(site, cast).item("promote") is not None


def test_pages_are_added_changed_and_removed(site: Flask, cast: Cast, designer: Page) -> None:
    page = designer.press("add-page", **{"new-page": "Something else", "new-kind": "number"})
    assert "Something else" in page.words
    page = page.press("save", introduction="Two questions.", key="else_page")
    found = now(site, cast).pages[1]
    assert (found.key, found.introduction, found.items[0].kind) == (
        "else_page",
        "Two questions.",
        "number",
    )
    page.press("ask-remove").press("remove")
    assert "else_page" not in [one.key for one in now(site, cast).pages]


def test_logic_is_built_with_fields_and_read_back(site: Flask, cast: Cast, designer: Page) -> None:
    item = designer.at("item:found")
    row = {"relevant-0-subject": "role", "relevant-0-comparison": "is"}
    item = item.press("save", **row, **{"relevant-0-value": "A resident of the town"})
    assert "Shown if “Who are you" in item.words or "Shown if “" in item.words
    assert "is “A resident of the town”." in item.words
    more = {"relevant-joined": "or", "relevant-1-subject": "role", "relevant-1-value": "family"}
    item = item.press("save", **more)
    found = now(site, cast).item("found")
    assert found is not None
    assert found.relevant == "${role} = 'adult' or ${role} = 'family'"
    item = item.press("save", **{"relevant-0-subject": ""})
    found = now(site, cast).item("found")
    assert found is not None
    assert found.relevant == "${role} = 'family'"


def test_an_expression_that_fields_cannot_say_stays_as_it_is_written(
    site: Flask, cast: Cast, designer: Page
) -> None:
    written = "string-length(${role}) > 3 and (${role} = 'adult' or true())"
    item = designer.at("item:found").press("save", **{"relevant-text": written})
    assert "the number of characters in" in item.words
    assert "relevant-0-subject" not in item.html
    assert item.value("relevant-text") == written
    item.press("save", hint="Something else")
    found = now(site, cast).item("found")
    assert found is not None
    assert (found.relevant, found.hint) == (written, "Something else")


def test_an_item_of_the_catalogue_keeps_its_words_until_it_is_unlocked(
    site: Flask, cast: Cast, designer: Page
) -> None:
    catalogue = designer.at("item:found").follow("From the catalogue")
    assert "Licence:" in catalogue.words
    item = catalogue.press("catalogue|opening_hours")
    assert "The catalogue words this item" in item.words
    key = item.address.partition("item:")[2].partition("#")[0].replace("%3A", ":")
    assert 'name="text"' not in item.html
    item.press("save", required="y")
    asked = designer.at(f"item:{key}").press("ask-unlock")
    assert "can no longer be set beside" in asked.words
    mine = asked.press(f"unlock|{key}").press("save", text="Our own words?")
    assert "is saved" in mine.status
    found = now(site, cast).item(key)
    assert found is not None
    assert (found.text, found.required, found.catalogue) == ("Our own words?", True, "")


def test_the_catalogue_is_searched_by_topic_and_words(designer: Page) -> None:
    page = designer.at("item:found").follow("From the catalogue")
    found = open_page(page.client, page.address + "&q=opening+hours")
    assert found.has_button("catalogue|opening_hours")
    assert not found.has_button("catalogue|find_ease")
    nothing = open_page(page.client, page.address + "&topic=nowhere")
    assert "Try fewer, or all topics" in nothing.words


def test_undo_and_redo_survive_and_say_what_they_do(
    site: Flask, cast: Cast, designer: Page
) -> None:
    before = now(site, cast)
    after = designer.at("item:found").press("save", text="Another?")
    undone = after.submit("/undo")
    assert "Undone:" in undone.status
    assert now(site, cast) == before
    assert "Done again:" in undone.submit("/redo").status
    found = now(site, cast).item("found")
    assert found is not None
    assert found.text == "Another?"


def test_scales_endings_quotas_and_samplings_have_forms(
    site: Flask, cast: Cast, designer: Page
) -> None:
    scale = designer.at("scales.new").press(
        "save", key="mine", points="1 | Bad\n2 | Good", worst="1", best="2"
    )
    assert "is saved" in scale.status, scale.words
    assert (
        "Write each point on a line" in designer.at("scales.mine").press("save", points="x").words
    )
    ending = designer.at("endings.new").press(
        "save",
        key="out",
        title="Thank you",
        **{"when-0-subject": "role", "when-0-comparison": "is", "when-0-value": "family"},
    )
    assert "is saved" in ending.status, ending.words
    quota = designer.at("quotas.new").press(
        "save", key="few", limit="10", ending="out", **{"when-text": "${role} = 'adult'"}
    )
    assert "is saved" in quota.status, quota.words
    sampling = designer.at("samplings.new").press(
        "save", key="some", items=["recommend", "comment"], way="share", number="0.5"
    )
    assert "is saved" in sampling.status, sampling.words
    found = now(site, cast)
    assert found.scale("mine") is not None
    assert found.endings[0].when == "${role} = 'family'"
    assert (found.quotas[0].limit, found.samplings[0].share) == (10, 0.5)
    assert "leads to this ending" in designer.at("endings").press("remove|out").words
    designer.at("quotas").press("remove|few")
    designer.at("endings").press("remove|out")
    assert now(site, cast).endings == ()


def test_a_scale_comes_from_the_catalogue(site: Flask, cast: Cast, designer: Page) -> None:
    designer.at("scales").press("scale", **{"catalogue-scale": "burden5"})
    assert now(site, cast).scale("burden5") is not None


def test_the_settings_are_those_of_the_instrument(site: Flask, cast: Cast, designer: Page) -> None:
    settings = designer.at("settings")
    assert "Nothing was changed yet" in settings.press("save").status
    settings.press("save", title="How do we do?", minutes="3,5", group_item="")
    found = now(site, cast)
    assert (found.title, found.minutes, found.group_item) == ("How do we do?", 3.5, None)


def test_words_are_found_anywhere_in_the_instrument(designer: Page) -> None:
    found = open_page(designer.client, f"{EDIT}?q=recommend")
    assert "with “recommend”" in found.words
    assert "How likely are you" in found.words


def test_checks_lead_to_the_place_they_are_about(site: Flask, cast: Cast, designer: Page) -> None:
    designer.at("item:found").press(
        "add", **{"new-kind": "number", "new-text": "How many?"}
    ).press("save", minimum="5", maximum="1")
    page = open_page(designer.client, EDIT)
    assert "To mend" in page.words
    item = page.follow("Go there")
    assert item.value("minimum") == "5"
    found = now(site, cast).item("how_many")
    assert isinstance(found, Number)


def test_leadership_does_not_edit(leadership: FlaskClient) -> None:
    assert leadership.get(EDIT).status_code == 403
    assert "/edit" not in leadership.get("/instruments/patrons").get_data(as_text=True)


def test_an_unknown_button_is_no_button(librarian: FlaskClient, designer: Page) -> None:
    fields = {"csrf_token": designer.value("csrf_token"), "at": "item:role", "do": "explode"}
    assert librarian.post(EDIT, data=fields).status_code == 400
    assert librarian.post(EDIT, data=fields | {"at": "item:nothing"}).status_code == 302
