"""The library's look: its colour reads well, and its logo is a picture."""

import io
import struct
import zlib

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import csrf_token


def png() -> bytes:
    """One grey point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\x00\x80")
    start = b"\x89PNG\r\n\x1a\n"
    return start + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def save(
    client: FlaskClient, logo: bytes | None = None, filename: str = "logo.png", **data: str
) -> str:
    form: dict[str, object] = {
        "name": "Riverbend Library",
        "accent": "",
        **data,
        "csrf_token": csrf_token(client, "/accounts/you"),
    }
    if logo is not None:
        form["logo"] = (io.BytesIO(logo), filename)
    answer = client.post("/accounts/library", data=form, follow_redirects=True)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_the_name_changes_on_every_page(administrator: FlaskClient) -> None:
    save(administrator, name="Bibliothek für Zukunftsfähigkeitswissenschaften 🐟")
    assert "wissenschaften 🐟" in administrator.get("/accounts/").get_data(as_text=True)


def test_a_colour_that_reads_well_is_taken(administrator: FlaskClient) -> None:
    save(administrator, accent="#642a5f")
    assert "/look/accent-642a5f.css" in administrator.get("/accounts/").get_data(as_text=True)


def test_a_pale_colour_is_answered_with_the_nearest_that_works(administrator: FlaskClient) -> None:
    page = save(administrator, accent="#ffdd55")
    assert "too pale" in page
    assert 'value="#ffdd55"' in page


def test_a_logo_is_shown_to_everybody(administrator: FlaskClient, anonymous: FlaskClient) -> None:
    assert anonymous.get("/accounts/logo/riverbend").status_code == 404
    save(administrator, png())
    answer = anonymous.get("/accounts/logo/riverbend")
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "image/png", png())
    save(administrator, remove_logo="y")
    assert anonymous.get("/accounts/logo/riverbend").status_code == 404


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html><script>alert(1)</script></html>",
        b"\x89PNG\r\n\x1a\n<script>alert(1)</script>",
        b"GIF89a" + bytes(40),
    ],
)
def test_what_is_no_picture_is_refused_whatever_its_name(
    content: bytes, administrator: FlaskClient, anonymous: FlaskClient
) -> None:
    assert "no PNG, JPEG or WebP" in save(administrator, content)
    assert anonymous.get("/accounts/logo/riverbend").status_code == 404


def test_a_logo_that_is_too_large_is_refused_with_its_size(administrator: FlaskClient) -> None:
    large = png()[:-12] + bytes(600_000) + png()[-12:]
    assert "500 kB" in save(administrator, large)
