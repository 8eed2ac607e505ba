"""The whole library goes out as files and comes back unchanged, checked before it is loaded."""

import io
import re
import zipfile
from html import unescape

from flask import Flask
from flask.testing import FlaskClient

from assessor.domain.folder import LibraryFolder
from assessor.formats.folder_zip import read_zip, zip_folder
from assessor.store import documents
from tests.web.mapping.conftest import mapping_of


def send(
    client: FlaskClient, token: str, data: bytes, name: str = "riverbend.zip"
) -> tuple[int, str]:
    answer = client.post(
        "/mapping/upload",
        data={"folder": (io.BytesIO(data), name), "csrf_token": token},
        content_type="multipart/form-data",
    )
    return answer.status_code, unescape(answer.get_data(as_text=True))


def confirm(client: FlaskClient, token: str, page: str, **fields: str) -> tuple[int, str]:
    content = re.search(r'name="content"[^>]*value="([^"]*)"', page)
    seen = re.search(r'name="seen"[^>]*value="([^"]*)"', page)
    assert content is not None
    assert seen is not None
    answer = client.post(
        "/mapping/upload/load",
        data={"content": content[1], "seen": seen[1], "csrf_token": token, **fields},
        follow_redirects=True,
    )
    return answer.status_code, unescape(answer.get_data(as_text=True))


def changed_folder(folder: LibraryFolder) -> LibraryFolder:
    first, *rest = folder.mapping.indicators
    cards = (first.model_copy(update={"objective": "Another objective"}), *rest)
    mapping = folder.mapping.model_copy(update={"indicators": cards})
    return folder.model_copy(update={"mapping": mapping})


def test_what_is_downloaded_loads_back_unchanged(
    site: Flask, loaded: int, folder: LibraryFolder, librarian: FlaskClient, token: str
) -> None:
    answer = librarian.get("/mapping/files.zip")
    assert answer.mimetype == "application/zip"
    data = answer.get_data()
    assert read_zip(data).unwrap() == folder
    status, page = send(librarian, token, data)
    assert status == 200
    assert "Nothing would change" in page
    confirm(librarian, token, page)
    assert mapping_of(site, loaded)[1] == 1
    assert librarian.get("/mapping/files.zip").get_data() == data


def test_changes_are_shown_before_they_are_loaded(
    site: Flask, loaded: int, folder: LibraryFolder, librarian: FlaskClient, token: str
) -> None:
    status, page = send(librarian, token, zip_folder(changed_folder(folder)))
    assert status == 200
    assert "Changed: Sense of belonging among patrons (1.1.1): objective." in page
    assert mapping_of(site, loaded)[1] == 1
    status, page = confirm(librarian, token, page)
    assert status == 200
    assert "mapping edition 2" in page
    card = mapping_of(site, loaded)[0].indicator("belonging")
    assert card is not None
    assert card.objective == "Another objective"


def test_an_empty_library_takes_a_whole_folder(
    site: Flask, library_id: int, folder: LibraryFolder, librarian: FlaskClient, token: str
) -> None:
    _, page = send(librarian, token, zip_folder(folder))
    assert "A plan of 41 elements is added." in page
    confirm(librarian, token, page, publish="y")
    assert mapping_of(site, library_id)[0] == folder.mapping
    with site.app_context():
        assert {one.latest for one in documents.instruments(library_id)} == {1}


def test_instruments_are_published_only_when_asked(
    site: Flask, library_id: int, folder: LibraryFolder, librarian: FlaskClient, token: str
) -> None:
    _, page = send(librarian, token, zip_folder(folder))
    confirm(librarian, token, page)
    with site.app_context():
        assert {one.latest for one in documents.instruments(library_id)} == {None}


def test_all_problems_are_listed_with_file_and_line(
    site: Flask, loaded: int, folder: LibraryFolder, librarian: FlaskClient, token: str
) -> None:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(zip_folder(folder))) as good,
        zipfile.ZipFile(stream, "w") as bad,
    ):
        for name in good.namelist():
            text = good.read(name).decode()
            text = text.replace("element: 1.1.2", "element: 9.9.9", 1)
            text = text.replace("method: top_two_box", "method: guess", 1)
            bad.writestr(name, text)
    status, page = send(librarian, token, stream.getvalue())
    assert status == 422
    assert "Nothing was loaded" in page
    assert re.search(r"mapping\.yaml, line \d+", page)
    assert "guess" in page
    assert mapping_of(site, loaded)[1] == 1


def test_what_is_no_folder_is_refused(loaded: int, librarian: FlaskClient, token: str) -> None:
    status, page = send(librarian, token, b"no zip at all", "plan.zip")
    assert status == 422
    assert "no zip file" in page
    answer = librarian.post("/mapping/upload", data={"csrf_token": token})
    assert answer.status_code == 422
    assert "Choose the zip file" in answer.get_data(as_text=True)


def test_a_folder_of_another_plan_does_not_stand_beside_this_one(
    loaded: int, folder: LibraryFolder, librarian: FlaskClient, token: str
) -> None:
    other = folder.model_copy(
        update={
            "plan": folder.plan.model_copy(update={"key": "other"}),
            "mapping": folder.mapping.model_copy(update={"plan": "other"}),
        }
    )
    status, page = send(librarian, token, zip_folder(other))
    assert status == 422
    assert "Write `key: riverbend` there" in page


def test_what_a_colleague_saved_meanwhile_is_seen_before_loading(
    site: Flask,
    loaded: int,
    folder: LibraryFolder,
    librarian: FlaskClient,
    colleague: FlaskClient,
    token: str,
) -> None:
    _, page = send(librarian, token, zip_folder(changed_folder(folder)))
    answer = colleague.get("/mapping/indicators/belonging/remove")
    theirs = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', answer.get_data(as_text=True))
    assert theirs is not None
    colleague.post("/mapping/indicators/belonging/remove", data={"csrf_token": theirs[1]})
    _, page = confirm(librarian, token, page)
    assert "A colleague saved something meanwhile" in page
    assert "New: Sense of belonging among patrons" in page
    assert mapping_of(site, loaded)[1] == 2


def test_a_form_that_was_tampered_with_loads_nothing(
    site: Flask, loaded: int, librarian: FlaskClient, token: str
) -> None:
    for content in ("", "####", "aGVsbG8="):
        answer = librarian.post(
            "/mapping/upload/load",
            data={"content": content, "seen": "", "csrf_token": token},
            follow_redirects=True,
        )
        assert "did not arrive whole" in answer.get_data(as_text=True)
    assert mapping_of(site, loaded)[1] == 1


def test_a_plan_without_a_mapping_has_no_files_yet(
    site: Flask, library_id: int, librarian: FlaskClient
) -> None:
    from tests.web.plans.test_upload import PLAN, paste

    address = paste(librarian, PLAN)
    page = librarian.get(address + "/accept").get_data(as_text=True)
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found is not None
    librarian.post(address + "/accept", data={"title": "Plan", "csrf_token": found[1]})
    page = librarian.get("/mapping/files.zip", follow_redirects=True).get_data(as_text=True)
    assert "This plan has no mapping yet" in page
    assert "Begin with one element" in page
