"""A proposal is reviewed by plain forms, step by step, and accepted."""

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assessor.domain.plan import Reading
from assessor.store import documents
from tests.web.conftest import Cast, csrf_token
from tests.web.plans.test_upload import PLAN, paste


class Review:
    """One review as a librarian works on it."""

    def __init__(self, site: Flask, cast: Cast, client: FlaskClient, text: str = PLAN) -> None:
        self.site, self.client, self.library_id = site, client, cast.librarian.library_id
        self.address = paste(client, text)
        self.token = csrf_token(client, self.address)

    def post(self, path: str, **fields: str) -> tuple[int, str]:
        data = {key.replace("__", "-"): value for key, value in fields.items()}
        answer = self.client.post(
            self.address + path, data={**data, "csrf_token": self.token}, follow_redirects=True
        )
        return answer.status_code, unescape(answer.get_data(as_text=True))

    def edit(self, do: str, code: str, **fields: str) -> tuple[int, str]:
        return self.post("/edits", do=do, code=code, **fields)

    def reading(self) -> Reading:
        with self.site.app_context():
            stored = documents.plan_review(self.library_id, self.address.rsplit("/", 1)[1])
            assert stored is not None
            return stored.reading

    def tree(self) -> list[tuple[str, str | None]]:
        return [(one.code, one.parent) for one in self.reading().elements]

    def text(self, code: str) -> str:
        return next(one.text for one in self.reading().elements if one.code == code)


@pytest.fixture
def review(site: Flask, cast: Cast, librarian: FlaskClient) -> Review:
    return Review(site, cast, librarian)


def test_each_line_stands_beside_what_became_of_it(review: Review) -> None:
    page = unescape(review.client.get(review.address).get_data(as_text=True))
    place = page.index('id="e-1.1"')
    line = page.index("Outcome 1.1: Patrons feel that they belong", place)
    element = page.index(">Patrons feel that they belong<", place)
    assert place < line < element < page.index('id="e-1.2"')


def test_an_element_is_renamed_relevelled_and_recoded_at_once(review: Review) -> None:
    status, page = review.edit(
        "change",
        "1.1",
        change__text="Patrons belong",
        change__level="Result",
        change__code="W.1",
    )
    assert status == 200
    assert "W.1 is changed" in page
    changed = next(one for one in review.reading().elements if one.code == "W.1")
    assert (changed.text, changed.level, changed.parent) == ("Patrons belong", "result", "1")


def test_a_change_that_cannot_be_leaves_everything_and_keeps_what_was_typed(
    review: Review,
) -> None:
    before = review.reading()
    status, page = review.edit(
        "change",
        "1.1",
        change__text="Words typed with care",
        change__level="outcome",
        change__code="1.2",
    )
    assert status == 422
    assert "There is an element 1.2 already" in page
    assert "Words typed with care</textarea>" in page
    assert review.reading() == before


@pytest.mark.parametrize("text", ["", "  \n "])
def test_an_empty_text_is_refused_with_a_link_to_its_field(review: Review, text: str) -> None:
    status, page = review.edit(
        "change", "1.1", change__text=text, change__level="outcome", change__code="1.1"
    )
    assert status == 422
    assert 'href="#change-text"' in page
    assert "Enter the text." in page


@pytest.mark.parametrize(
    ("do", "code", "tree"),
    [
        ("up", "1.2", [("1", None), ("1.2", "1"), ("1.1", "1"), ("2", None), ("2.1", "2")]),
        ("down", "1.1", [("1", None), ("1.2", "1"), ("1.1", "1"), ("2", None), ("2.1", "2")]),
        ("indent", "1.2", [("1", None), ("1.1", "1"), ("1.2", "1.1"), ("2", None), ("2.1", "2")]),
        ("outdent", "1.2", [("1", None), ("1.1", "1"), ("1.2", None), ("2", None), ("2.1", "2")]),
    ],
)
def test_an_element_moves_one_step(
    review: Review, do: str, code: str, tree: list[tuple[str, str | None]]
) -> None:
    status, _ = review.edit(do, code)
    assert status == 200
    parents = dict(review.tree())
    assert parents == dict(tree)
    siblings = [one for one, parent in review.tree() if parent == parents[code]]
    assert siblings == [one for one, parent in tree if parent == parents[code]]


def test_an_element_moves_below_another(review: Review) -> None:
    review.edit("move", "1.2", move__parent="2")
    assert ("1.2", "2") in review.tree()
    review.edit("move", "1.2", move__parent="")
    assert ("1.2", None) in review.tree()


def test_the_first_cannot_move_up_and_the_page_says_so(review: Review) -> None:
    status, page = review.edit("up", "1.1")
    assert status == 422
    assert "1.1 is the first on its level already" in page


def test_an_element_is_joined_to_the_one_above(review: Review) -> None:
    review.edit("merge", "1.2")
    assert "1.2" not in dict(review.tree())
    assert review.text("1.1") == (
        "Patrons feel that they belong Every branch can be reached without steps"
    )


def test_an_empty_line_splits_an_element(review: Review) -> None:
    review.edit(
        "split", "1.2", split__text="Every branch\r\n\r\ncan be reached\r\n\r\nwithout steps"
    )
    siblings = [one for one in review.reading().elements if one.parent == "1"]
    assert [one.text for one in siblings][1:] == ["Every branch", "can be reached", "without steps"]
    assert siblings[1].code == "1.2"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Every branch can be reached without steps", "Leave an empty line"),
        ("Every other\n\nbranch", "The words differ"),
    ],
)
def test_a_split_that_is_none_says_why(review: Review, typed: str, says: str) -> None:
    before = review.reading()
    status, page = review.edit("split", "1.2", split__text=typed)
    assert status == 422
    assert says in page
    assert review.reading() == before


def test_dropped_lines_are_listed_with_the_reason(review: Review) -> None:
    review.edit("drop", "1", drop__children="move_up")
    assert dict(review.tree()) == {"1.1": None, "1.2": None, "2": None, "2.1": "2"}
    review.edit("drop", "2", drop__children="drop")
    assert dict(review.tree()) == {"1.1": None, "1.2": None}
    page = review.client.get(review.address).get_data(as_text=True)
    assert "dropped by a person" in page


def test_an_element_is_added_after_and_below_another(review: Review) -> None:
    review.edit("add", "1.1", add__where="after", add__level="outcome", add__text="A third")
    review.edit("add", "2", add__where="below", add__level="outcome", add__text="A first")
    by_text = {one.text: one for one in review.reading().elements}
    assert by_text["A third"].parent == "1"
    assert by_text["A first"].parent == "2"
    codes = [one.code for one in review.reading().elements if one.parent == "2"]
    assert codes[0] == by_text["A first"].code


def test_left_out_lines_become_an_element(site: Flask, cast: Cast, librarian: FlaskClient) -> None:
    review = Review(site, cast, librarian)
    review.edit("drop", "1.1", drop__children="move_up")
    entry = next(one for one in review.reading().left_out if "dropped" in one.reason)
    first, last = entry.lines
    panel = librarian.get(f"{review.address}?take={first}-{last}").get_data(as_text=True)
    assert "Make an element of these lines" in panel
    assert "Outcome 1.1: Patrons feel that they belong</textarea>" in panel
    review.edit(
        "take",
        "1",
        lines=f"{first}-{last}",
        take__first=str(first),
        take__last=str(last),
        take__where="below",
        take__level="outcome",
        take__text="Patrons belong",
    )
    made = next(one for one in review.reading().elements if one.text == "Patrons belong")
    assert (made.parent, made.lines) == ("1", (first, last))
    assert not any(one.lines == entry.lines for one in review.reading().left_out)


def test_every_step_can_be_undone_and_done_again(review: Review) -> None:
    start = review.reading()
    review.edit("drop", "2", drop__children="drop")
    dropped = review.reading()
    _, page = review.post("/undo")
    assert review.reading() == start
    assert "The last step is undone" in page
    review.post("/redo")
    assert review.reading() == dropped


def test_a_doubt_is_shown_first_and_settled_by_one_press(
    site: Flask, cast: Cast, librarian: FlaskClient
) -> None:
    review = Review(site, cast, librarian, PLAN.replace("Outcome 1.2", "Outcome 1.4"))
    page = librarian.get(review.address).get_data(as_text=True)
    assert page.index("Doubts first") < page.index("The proposal</h2>")
    doubted = [one.code for one in review.reading().elements if one.doubt]
    assert len(doubted) == 1
    assert f'href="#e-{doubted[0]}"' in page
    review.edit("accept", doubted[0])
    assert not any(one.doubt for one in review.reading().elements)
    assert "No doubts left" in librarian.get(review.address).get_data(as_text=True)


def test_nothing_is_a_plan_before_it_is_accepted(review: Review) -> None:
    assert "There is no plan yet" in review.client.get("/plans/").get_data(as_text=True)
    _, page = review.post("/accept", title="Our plan", first="2024", last="2027")
    assert "The plan is saved as edition 1: 5 elements." in page
    assert "Our plan" in page
    assert "2024–2027" in page
    assert review.client.get(review.address).status_code == 404


def test_accepting_asks_for_both_years_or_none(review: Review) -> None:
    status, page = review.post("/accept", title="Our plan", first="2024", last="")
    assert status == 422
    assert "Enter both years, or none." in page
    assert "There is no plan yet" in review.client.get("/plans/").get_data(as_text=True)


def test_a_review_is_discarded_after_asking(review: Review) -> None:
    assert "Discard this proposal?" in review.client.get(review.address + "/discard").get_data(
        as_text=True
    )
    review.post("/discard")
    assert review.client.get(review.address).status_code == 404


def test_what_is_not_known_is_refused(review: Review, stranger: FlaskClient) -> None:
    status, _ = review.edit("launch", "1")
    assert status == 400
    _, page = review.edit("up", "9.9")
    assert "There is no element 9.9 any more" in page
    token = csrf_token(stranger, "/plans/new")
    for path in ("", "/accept", "/discard", "/changes"):
        assert stranger.get(review.address + path).status_code == 404
    for path in ("/edits", "/undo", "/redo", "/accept", "/discard"):
        assert stranger.post(review.address + path, data={"csrf_token": token}).status_code == 404


def test_a_new_edition_keeps_codes_and_shows_what_changed(
    site: Flask, cast: Cast, librarian: FlaskClient
) -> None:
    Review(site, cast, librarian).post("/accept", title="Plan", first="", last="")
    later = PLAN.replace("Patrons feel that they belong", "Patrons feel that they really belong")
    later = later.replace("Goal 2", "Goal 2: Learning\nOutcome 2.1: Everybody can code\n\nGoal 3")
    later = later.replace("Outcome 2.1: Digital", "Outcome 3.1: Digital")
    review = Review(site, cast, librarian, later)
    by_text = {one.text: one.code for one in review.reading().elements}
    assert by_text["Patrons feel that they really belong"] == "1.1"
    assert by_text["Collections that last"] == "2"
    page = librarian.get(review.address + "/changes").get_data(as_text=True)
    assert re.search(r"<ins>really</ins>", page)
    assert "New <span" in page
    assert "Reworded <span" in page
    _, accepted = review.post("/accept", title="Plan", first="", last="")
    assert "saved as edition 2" in accepted
    assert "<ins>really</ins>" in librarian.get("/plans/editions/2/changes").get_data(as_text=True)
    old = librarian.get("/plans/editions/1").get_data(as_text=True)
    assert "really" not in old
    assert librarian.get("/plans/editions/3").status_code == 404
    assert librarian.get("/plans/editions/1/changes").status_code == 404
    source = librarian.get("/plans/editions/2/source").get_data(as_text=True)
    assert "Outcome 2.1: Everybody can code" in source


def test_lines_beyond_the_document_make_no_element(review: Review) -> None:
    before = review.reading()
    status, page = review.edit(
        "take",
        "1",
        lines="1-1",
        take__first="1",
        take__last="9999",
        take__where="after",
        take__level="goal",
        take__text="Anything",
    )
    assert status == 422
    assert "The document has the lines 1 to" in page
    assert review.reading() == before


@pytest.mark.parametrize(
    ("do", "code"), [("add", ""), ("take", ""), ("take", "1"), ("retitle", "1")]
)
def test_a_deed_without_its_form_is_refused(review: Review, do: str, code: str) -> None:
    status, _ = review.edit(do, code)
    assert status == 400


def test_when_everything_was_dropped_a_first_element_can_be_added(review: Review) -> None:
    review.edit("drop", "1", drop__children="drop")
    review.edit("drop", "2", drop__children="drop")
    assert review.tree() == []
    status, page = review.post("/accept", title="Plan", first="", last="")
    assert status == 422
    assert "The plan has no elements" in page
    review.edit("add", "", add__where="after", add__level="goal", add__text="Begin anew")
    assert review.text("1") == "Begin anew"


UNNAMED = "Goal 1: Serve\n\n• Open longer\n• Lend more\n• Teach more\n\nGoal 2: Grow\n"


def test_one_look_settles_a_whole_list_in_the_same_doubt_and_one_undo_brings_it_back(
    site: Flask, cast: Cast, librarian: FlaskClient
) -> None:
    review = Review(site, cast, librarian, UNNAMED)
    doubted = [one.code for one in review.reading().elements if one.doubt]
    assert len(doubted) >= 3
    review.edit("accept_alike", doubted[0])
    assert not any(one.doubt for one in review.reading().elements)
    review.post("/undo")
    assert [one.code for one in review.reading().elements if one.doubt] == doubted


def test_a_level_can_be_given_to_all_in_the_same_doubt(
    site: Flask, cast: Cast, librarian: FlaskClient
) -> None:
    review = Review(site, cast, librarian, UNNAMED)
    first = next(one for one in review.reading().elements if one.doubt)
    review.edit(
        "change",
        first.code,
        change__text=first.text,
        change__level="objective",
        change__code=first.code,
        change__alike="y",
    )
    levels = [one.level for one in review.reading().elements if one.parent == first.parent]
    assert set(levels) == {"objective"}
