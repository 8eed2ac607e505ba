"""A patron's way through a wave, page by page."""

import re

from flask import Flask

from tests.web.respond.conftest import Field, Patron
from tests.web.respond.instruments import LAST, VIEWS, WHOLE, YOU, everything


def test_before_the_first_question_it_says_what_is_kept_how_long_and_who_sees_it(
    patron: Patron,
) -> None:
    page = patron.get().text
    for words in (
        "How are we doing?",
        "3 sections, about 3 minutes",
        "Nobody can tell who answered",
        "24 months",
        "The people at Riverbend Library",
    ):
        assert words in page
    assert patron.get().headers["Cache-Control"] == "no-store"


def test_nothing_is_written_before_somebody_begins(field: Field, patron: Patron) -> None:
    patron.get()
    assert field.drafts(patron.wave_id) == 0


def test_a_patron_answers_every_kind_and_it_is_stored_as_meant(
    field: Field, patron: Patron
) -> None:
    assert patron.start().location == patron.address(1)
    assert patron.post(1, YOU).location == patron.address(2)
    assert patron.post(2, VIEWS).location == patron.address(3)
    assert patron.post(3, LAST).location == patron.address("thanks")
    assert field.rows(patron.wave_id) == [WHOLE]
    assert field.drafts(patron.wave_id) == 0
    thanks = patron.get("thanks").text
    assert "Your answers are in" in thanks
    assert "We will tell you what we do." in thanks


def test_going_back_keeps_the_page_that_is_left(patron: Patron) -> None:
    patron.answers_all_but_the_last()
    assert patron.post(3, {"recommend": "2"}, turn="back").location == patron.address(2)
    assert is_checked(patron.get(2).text, "quiet", "3")
    assert is_checked(patron.get(3).text, "recommend", "2")


def test_what_was_answered_stands_in_the_page_when_it_is_opened_again(patron: Patron) -> None:
    patron.answers_all_but_the_last()
    first, second = patron.get(1).text, patron.get(2).text
    assert is_checked(first, "who", "adult")
    assert is_checked(first, "used", "books")
    assert is_checked(first, "used", "rooms")
    assert not is_checked(first, "used", "none")
    assert re.search(r'name="visits"[^>]*value="3"', first)
    assert is_checked(second, "warm", "NA")
    assert is_checked(second, "network", "NA")
    assert is_checked(second, "desk.perceived", "7")


def test_going_back_on_a_page_that_is_not_complete_does_not_hold_one_there(
    patron: Patron,
) -> None:
    patron.start()
    assert patron.post(1, {"visits": "7"}, turn="back").location == patron.address()
    assert re.search(r'name="visits"[^>]*value="7"', patron.get(1).text)


def test_going_back_says_what_could_not_be_kept(patron: Patron) -> None:
    patron.start()
    patron.post(1, {"visits": "many"}, turn="back")
    assert "One answer could not be kept: Enter a whole number" in patron.get().text


def test_a_missing_answer_is_named_in_the_summary_and_at_the_question(patron: Patron) -> None:
    patron.start()
    answer = patron.post(1, {"visits": "-1", "used": ["books", "none"]})
    page = answer.text
    assert answer.status_code == 422
    assert "<title>Error: You, section 1 of 3 – How are we doing?" in page
    assert page.index('id="problems"') < page.index("<h1")
    assert 'href="#q-who"' in page
    assert 'id="q-who"' in page
    assert "Who are you? – This question needs an answer" in page
    assert "Visits? – Enter 0 or more." in page
    assert 'id="q-visits-error"' in page
    assert re.search(r'name="visits"[^>]*value="-1"', page)
    assert is_checked(page, "used", "none")


def test_every_link_of_the_summary_leads_to_a_control(patron: Patron) -> None:
    patron.start()
    patron.post(1, YOU)
    wrong = {"quiet": "8", "desk.minimum": "0", "desk": "5", "errors.importance": "x"}
    page = patron.post(2, wrong).text
    links = re.findall(r'<a href="#(q-[^"]+)"', page)
    assert links == ["q-quiet", "q-desk-na", "q-desk--minimum", "q-overall", "q-errors--importance"]
    for link in links:
        assert re.search(rf'<input[^>]* id="{re.escape(link)}"', page), link


def test_required_is_said_in_words(patron: Patron) -> None:
    patron.start()
    words = re.sub("<[^>]+>", "", patron.get(1).text)
    assert "Who are you? (needs an answer)" in words


def test_it_says_for_whom_a_question_is(patron: Patron) -> None:
    patron.start()
    patron.post(1, YOU)
    page = patron.get(2).text
    assert "For people who came in 2025." in page
    assert "It is warm. (people who come in winter)" in page


def test_text_blocks_are_light_markdown_and_never_raw_html(patron: Patron) -> None:
    patron.start()
    assert "<strong>you</strong>" in patron.get(1).text
    patron.post(1, YOU)
    page = patron.get(2).text
    assert "<em>one</em>" in page
    assert "<b>Raw</b>" not in page


def test_a_patron_goes_on_where_the_browser_stopped(patron: Patron) -> None:
    patron.start()
    patron.post(1, YOU)
    page = patron.get().text
    assert "Go on with section 2" in page
    assert ">Start<" not in page


def test_beginning_twice_begins_once(field: Field, patron: Patron) -> None:
    patron.start()
    patron.post(1, YOU)
    assert patron.start().location == patron.address(2)
    assert field.drafts(patron.wave_id) == 1


def test_everything_written_can_be_deleted_after_being_asked(field: Field, patron: Patron) -> None:
    patron.start()
    patron.post(1, YOU)
    assert "Delete everything you have written?" in patron.get("delete").text
    assert field.drafts(patron.wave_id) == 1
    patron.post("delete")
    assert field.drafts(patron.wave_id) == 0
    page = patron.get().text
    assert "Everything you had written here is deleted." in page
    assert ">Start<" in page


def test_a_page_of_an_arabic_instrument_runs_from_right_to_left(site: Flask, field: Field) -> None:
    patron = Patron(site.test_client(), field.wave(everything(language="ar", title="كيف حالنا؟")))
    page = patron.get().text
    assert '<html lang="ar" dir="rtl"' in page
    assert re.search(r'<div lang="en" dir="ltr">\s*<p class="welcome__size">', page)


def test_an_item_may_be_called_as_the_form_s_own_attributes(patron: Patron) -> None:
    patron.answers_all_but_the_last()
    assert 'name="data"' in patron.get(3).text
    assert 'name="errors.importance"' in patron.get(2).text


def test_the_page_shows_the_wave_s_library_whoever_is_signed_in(
    site: Flask, wave_id: str, stranger: object
) -> None:
    assert isinstance(stranger, type(site.test_client()))
    page = stranger.get(f"/s/{wave_id}").text
    assert "Riverbend Library" in page
    assert "Elsewhere" not in page


def is_checked(page: str, name: str, value: str) -> bool:
    return any(
        f'value="{value}"' in tag and " checked" in tag
        for tag in re.findall(rf'<input[^>]*name="{re.escape(name)}"[^>]*>', page)
    )
