"""A plan document comes in by file or by pasting, and leads to a review."""

import io
import re
import zipfile

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import csrf_token

PLAN = """Riverbend Strategic Plan 2024-2027

Mission: We help everybody find out.

Goal 1: Everybody is welcome
Outcome 1.1: Patrons feel that they belong
Outcome 1.2: Every branch can be reached without steps

Goal 2: Collections that last
Outcome 2.1: Digital collections can be read in fifty years
"""


def paste(client: FlaskClient, text: str) -> str:
    """Pastes a plan and returns the address of its review."""
    answer = client.post(
        "/plans/new", data={"pasted": text, "csrf_token": csrf_token(client, "/plans/new")}
    )
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return str(answer.location)


def upload(client: FlaskClient, name: str, data: bytes) -> tuple[int, str]:
    answer = client.post(
        "/plans/new",
        data={
            "document": (io.BytesIO(data), name),
            "csrf_token": csrf_token(client, "/plans/new"),
        },
        content_type="multipart/form-data",
        follow_redirects=True,
    )
    return answer.status_code, answer.get_data(as_text=True)


def test_without_a_plan_the_page_leads_to_reading_one(librarian: FlaskClient) -> None:
    page = librarian.get("/plans/").get_data(as_text=True)
    assert "There is no plan yet" in page
    assert 'href="/plans/new"' in page


def test_leadership_sees_no_button_that_it_may_not_press(leadership: FlaskClient) -> None:
    assert "/plans/new" not in leadership.get("/plans/").get_data(as_text=True)
    assert leadership.get("/plans/new").status_code == 403


def test_a_pasted_plan_becomes_a_review_of_source_and_proposal(librarian: FlaskClient) -> None:
    page = librarian.get(paste(librarian, PLAN)).get_data(as_text=True)
    assert "2 goals and 3 outcomes" in page
    assert "We help everybody find out." in page
    assert page.count("Patrons feel that they belong") == 2  # in the source, and as an element


def test_a_file_of_any_kind_that_can_be_read_becomes_a_review(librarian: FlaskClient) -> None:
    markdown = "# Plan 2024-2026\n\n## Goal 1: Welcome\n\n- Outcome: People come\n"
    status, page = upload(librarian, "plan.md", markdown.encode())
    assert status == 200
    assert "Review the proposal" in page
    assert "plan.md" in page


def word_archive() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("notes.txt", "no document")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.txt", b"", "The file is empty"),
        ("picture.txt", bytes(range(256)) * 40, "not a document that can be read as text"),
        ("plan.docx", word_archive(), "not a Word document"),
        ("letter.txt", b"Dear all, thank you for coming.\n", "No goals, priorities, lists"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_in_plain_words(
    librarian: FlaskClient, name: str, data: bytes, says: str
) -> None:
    status, page = upload(librarian, name, data)
    assert status == 422
    assert says in page
    assert "Review the proposal" not in page
    assert "Waiting for your review" not in librarian.get("/plans/").get_data(as_text=True)


def test_sending_nothing_says_what_to_send(librarian: FlaskClient) -> None:
    token = csrf_token(librarian, "/plans/new")
    answer = librarian.post("/plans/new", data={"csrf_token": token})
    assert answer.status_code == 422
    assert "Choose the file that holds the plan" in answer.get_data(as_text=True)


def test_what_was_pasted_stays_in_the_form(librarian: FlaskClient) -> None:
    token = csrf_token(librarian, "/plans/new")
    answer = librarian.post(
        "/plans/new", data={"pasted": "just one line of text", "csrf_token": token}
    )
    assert re.search(
        r"<textarea[^>]*>\s*just one line of text</textarea>", answer.get_data(as_text=True)
    )


def test_a_review_waits_on_the_plan_page_and_belongs_to_its_library(
    librarian: FlaskClient, stranger: FlaskClient
) -> None:
    address = paste(librarian, PLAN)
    assert address in librarian.get("/plans/").get_data(as_text=True)
    assert stranger.get(address).status_code == 404
    assert address not in stranger.get("/plans/").get_data(as_text=True)
