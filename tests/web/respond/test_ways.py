"""A person's own way on the pages: what comes and goes, endings, languages, files, groups."""

import io
import re

import pytest
from flask import Flask

from assessor.actions.counting import ending_counts
from assessor.domain.instrument import Instrument
from assessor.formats.pictures import bare_picture
from assessor.store.uploads import uploads_folder
from tests.sent_pictures import PNG
from tests.web.conftest import Cast, sign_in
from tests.web.respond.conftest import Field, Patron, csrf_token_of
from tests.web.respond.kinds import FILLED, WHOLE, every_kind


def two_pages() -> Instrument:
    who = {
        "kind": "single_choice",
        "key": "who",
        "text": "Who are you?",
        "options": [
            {"code": "adult", "label": "An <adult>"},
            {"code": "child", "label": "A child"},
        ],
    }
    return every_kind(
        title="Your visit",
        thanks="Thank you, ${why}!",
        pages=[
            {
                "key": "about",
                "title": "About you",
                "items": [
                    who,
                    {
                        "kind": "short_text",
                        "key": "why",
                        "text": "Why, as ${who}?",
                        "relevant": "${who} != ''",
                        "required": True,
                    },
                ],
            },
            {
                "key": "more",
                "title": "More for ${who}",
                "relevant": "${who} = 'child'",
                "items": [{"kind": "yes_no", "key": "plays", "text": "Do you play?"}],
            },
            {
                "key": "last",
                "title": "The last",
                "items": [{"kind": "yes_no", "key": "again", "text": "Will you come again?"}],
            },
        ],
        endings=[
            {
                "key": "gone",
                "when": "${again} = 'no'",
                "title": "Goodbye, ${who}",
                "text": "We **hope**.",
            }
        ],
        translations={
            "de": {
                "title": "Ihr Besuch",
                "page.about.title": "Über Sie",
                "who.text": "Wer sind Sie?",
                "who.option.adult": "Erwachsen",
            },
            "ar": {"title": "زيارتك", "who.text": "من أنت؟"},
        },
    )


@pytest.fixture
def guest(site: Flask, field: Field) -> Patron:
    return Patron(site.test_client(), field.wave(two_pages()))


SHOWN = {"page-shown": ""}


def test_what_an_answer_on_the_same_page_asks_for_comes_before_one_goes_on(guest: Patron) -> None:
    guest.start()
    assert "Why, as" not in guest.get(1).text
    back = guest.post(1, {"who": "adult", **SHOWN})
    assert back.status_code == 200
    assert "There is more to answer here" in back.text
    assert "Why, as An &lt;adult&gt;?" in back.text
    assert 'id="problems"' not in back.text
    assert 'name="page-shown" value="why"' in back.text
    missing = guest.post(1, {"who": "adult", "why": "", "page-shown": "why"})
    assert missing.status_code == 422
    assert guest.post(1, {"who": "adult", "why": "x", "page-shown": "why"}).status_code == 302


def test_a_script_gets_the_questions_alone_and_nothing_is_stored(
    field: Field, guest: Patron
) -> None:
    guest.start()
    part = guest.post("1/items", {"who": "child", "why": "half a wo"})
    assert part.status_code == 200
    assert "Why, as A child?" in part.text
    assert 'value="half a wo"' in part.text
    assert "<html" not in part.text
    assert "Why, as" not in guest.get(1).text
    assert guest.browser.post(guest.address("1/items"), data={"who": "child"}).status_code == 400


def test_pages_count_on_one_s_own_way_and_back_follows_it(guest: Patron) -> None:
    guest.start()
    assert "Section 1 of 3" in guest.get(1).text, "a page that may come counts"
    guest.post(1, {"who": "child", "why": "x"})
    second = guest.get(2).text
    assert "Section 2 of 3" in second
    assert "<h1>More for A child</h1>" in second
    guest.post(2, {"plays": "yes"})
    assert guest.post(3, {"again": ""}, turn="back").location == guest.address(2)
    guest.post(1, {"who": "adult", "why": "x"})
    assert "The last" in guest.get(2).text
    assert guest.get(3).status_code == 404
    assert guest.post(3, {"again": "yes"}).status_code == 404


def test_an_ending_is_shown_and_counted_once(site: Flask, field: Field, guest: Patron) -> None:
    guest.start()
    guest.post(1, {"who": "adult", "why": "x"})
    ended = guest.post(2, {"again": "no"})
    assert ended.location == guest.address("ended")
    page = guest.get("ended").text
    assert "<h1>Goodbye, An &lt;adult&gt;</h1>" in page
    assert "<strong>hope</strong>" in page
    assert guest.get("ended").status_code == 200
    assert guest.post(2, {"again": "no"}).location == guest.address("ended")
    assert guest.get(1).location == guest.address("ended")
    assert field.rows(guest.wave_id) == []
    assert field.drafts(guest.wave_id) == 0
    with site.app_context():
        assert ending_counts(guest.wave_id) == {"gone": 1}
    assert ">Start<" in guest.get().text


def test_the_thank_you_quotes_an_answer_once_and_the_cookie_forgets_it(guest: Patron) -> None:
    guest.start()
    guest.post(1, {"who": "adult", "why": "<i>me</i>"})
    guest.post(2, {"again": "yes"})
    assert "Thank you, &lt;i&gt;me&lt;/i&gt;!" in guest.get("thanks").text
    assert "Thank you, !" in guest.get("thanks").text


def test_the_browser_s_language_is_spoken_and_another_can_be_chosen(
    site: Flask, field: Field, guest: Patron
) -> None:
    guest.browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = "de-AT,de;q=0.9,en;q=0.5"
    page = guest.get().text
    assert '<html lang="de"' in page
    assert "<h1>Ihr Besuch</h1>" in page
    assert 'href="?language=en"' in page
    guest.start()
    assert "Wer sind Sie?" in guest.get(1).text
    turned = guest.post(1, {"who": "adult", "why": "kept"}, turn="language-ar")
    assert turned.location == guest.address(1)
    arabic = guest.get(1).text
    assert '<html lang="ar" dir="rtl"' in arabic
    assert "من أنت؟" in arabic
    assert 'value="kept"' in arabic
    assert 'value="language-en"' in arabic
    guest.browser.get(guest.address(1) + "?language=de")
    guest.post(1, {"who": "adult", "why": "kept"})
    guest.post(2, {"again": "yes"})
    assert '<html lang="de"' in guest.get("thanks").text


def test_an_unknown_language_changes_nothing(guest: Patron) -> None:
    page = guest.browser.get(guest.address() + "?language=xx").text
    assert '<html lang="en"' in page


def test_a_link_s_value_is_carried_to_the_first_question(site: Flask, field: Field) -> None:
    guest = Patron(site.test_client(), field.wave(every_kind()))
    page = guest.browser.get(guest.address() + "?source=poster&name=ann").text
    action = re.search(r'action="([^"]*source=poster[^"]*)"', page)
    assert action
    assert "ann" not in action[1]
    guest.token = csrf_token_of(guest.get())
    guest.browser.post(action[1], data={"csrf_token": guest.token})
    guest.post(1, {**FILLED, "source": "mail"})
    assert field.rows(guest.wave_id)[0]["source"] == "poster"


def test_every_kind_is_answered_without_script_and_stored_as_meant(
    site: Flask, field: Field
) -> None:
    guest = Patron(site.test_client(), field.wave(every_kind()))
    guest.start()
    more = guest.post(1, {**FILLED, "times-trips": "2"}, turn="add-trips")
    assert more.status_code == 200
    assert 'name="why.3"' in more.text
    assert 'data-focus="q-trips-3"' in more.text
    assert 'value="The second volume"' in more.text
    less = guest.post(1, {**FILLED, "times-trips": "2"}, turn="remove-trips-1")
    assert "The second volume" not in less.text
    assert re.search(r'name="why.1"[^>]*value="A desk"', less.text)
    assert field.rows(guest.wave_id) == []
    assert guest.post(1, FILLED).location == guest.address("thanks")
    assert field.rows(guest.wave_id) == [WHOLE]


def test_a_file_is_kept_through_mistakes_and_saved_only_by_those_who_may_read(
    site: Flask, field: Field, cast: Cast
) -> None:
    guest = Patron(site.test_client(), field.wave(every_kind()))
    guest.start()
    picture = {"picture": (io.BytesIO(PNG), "ann's selfie.png")}
    wrong = guest.browser.post(
        guest.address(1),
        data={"csrf_token": guest.token, **FILLED, "visits": "many", **picture},
    )
    assert wrong.status_code == 422
    found = re.search(r'name="picture" value="([0-9a-f]{32})"', wrong.text)
    assert found
    assert "selfie" not in wrong.text
    assert guest.post(1, {**FILLED, "picture": found[1]}).location == guest.address("thanks")
    assert field.rows(guest.wave_id)[0]["picture"] == [found[1]]
    address = f"/waves/{guest.wave_id}/files/{found[1]}"
    assert guest.browser.get(address).status_code == 302
    assert sign_in(site.test_client(), cast.stranger).get(address).status_code == 404
    assert sign_in(site.test_client(), cast.staff).get(address).status_code == 403
    librarian = sign_in(site.test_client(), cast.librarian)
    assert found[1] in librarian.get(f"/waves/{guest.wave_id}/files").text
    answer = librarian.get(address)
    assert answer.data == bare_picture(PNG)
    assert answer.headers["Content-Disposition"] == f"attachment; filename={found[1]}.png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Last-Modified" not in answer.headers
    with site.app_context():
        names = [path.name for path in (uploads_folder() / guest.wave_id).iterdir()]
    assert names == [found[1]]


def test_a_file_that_was_kept_can_be_taken_away_again(site: Flask, field: Field) -> None:
    guest = Patron(site.test_client(), field.wave(every_kind()))
    guest.start()
    picture = {"picture": (io.BytesIO(PNG), "a.png")}
    there = guest.browser.post(
        guest.address(1),
        data={"csrf_token": guest.token, "page-turn": "add-trips", **FILLED, **picture},
    ).text
    found = re.search(r'name="picture" value="([0-9a-f]{32})"', there)
    assert found
    gone = guest.post(1, {**FILLED, "picture": found[1]}, turn=f"drop-picture-{found[1]}").text
    assert found[1] not in gone
    assert guest.post(1, FILLED).location == guest.address("thanks")
    with site.app_context():
        assert list((uploads_folder() / guest.wave_id).iterdir()) == []
