"""Pictures leave behind where, when and by what they were taken, and stay the same to look at."""

import io

import pytest
from PIL import Image, ImageChops
from PIL.PngImagePlugin import PngInfo

from assessor.domain.problems import Said
from assessor.formats import pictures
from assessor.formats.pictures import bare_picture
from tests.sent_pictures import GPS, ORIENTATION, WHERE, taken


def bare(content: bytes) -> bytes:
    found = bare_picture(content)
    assert isinstance(found, bytes)
    return found


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP"])
def test_nothing_but_the_picture_is_left(form: str) -> None:
    content = taken(form)
    assert WHERE.encode() in content
    left = bare(content)
    assert WHERE.encode() not in left
    with Image.open(io.BytesIO(left)) as after, Image.open(io.BytesIO(content)) as before:
        assert after.format == form
        assert after.size == before.size
        assert not after.getexif().get_ifd(GPS)
        assert after.getexif().get(ORIENTATION) == before.getexif().get(ORIENTATION)
        if form in ("PNG", "GIF"):
            rgb = (after.convert("RGB"), before.convert("RGB"))
            assert ImageChops.difference(*rgb).getbbox() is None


def test_of_several_pictures_in_one_file_the_first_is_left() -> None:
    one, two = (Image.effect_noise((8, 8), 40).convert("RGB") for _ in range(2))
    made = io.BytesIO()
    one.save(made, "MPO", save_all=True, append_images=[two])
    left = bare(made.getvalue())
    assert b"MPF" not in left
    with Image.open(io.BytesIO(left)) as after:
        assert after.format == "JPEG"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_what_programs_write_beside_a_picture_goes(form: str) -> None:
    said = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Ann Example</x:xmpmeta>"
    content = taken(form, xmp=said)
    if form == "PNG":
        with_xmp = PngInfo()
        with_xmp.add_itxt("XML:com.adobe.xmp", said.decode())
        content = taken(form, pnginfo=with_xmp)
    assert b"Ann Example" in content
    assert b"Ann Example" not in bare(content)


def test_a_comment_of_a_png_goes() -> None:
    said = PngInfo()
    said.add_text("Author", "Ann Example")
    assert b"Ann Example" not in bare(taken("PNG", pnginfo=said))


@pytest.mark.parametrize("form", ["GIF", "WEBP"])
def test_what_moves_goes_on_moving(form: str) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "green", "blue")]
    made = io.BytesIO()
    frames[0].save(made, form, save_all=True, append_images=frames[1:], duration=[70, 80, 90])
    with Image.open(io.BytesIO(bare(made.getvalue()))) as after:
        assert getattr(after, "n_frames") == 3  # noqa: B009  only some formats have it


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\n" + b"\0" * 50, taken("JPEG")[:300], b""])
def test_a_damaged_picture_is_told_of(content: bytes) -> None:
    found = bare_picture(content)
    assert isinstance(found, Said)
    assert "cannot be read" in found


def test_a_picture_of_too_many_points_is_not_even_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 20)
    found = bare_picture(taken("PNG"))
    assert isinstance(found, Said)
    assert "megapixels" in found
