"""A zip that people load: nothing of it is believed before it was counted."""

import io
import struct
import time
import zipfile

import pytest

from assessor.formats.folder import read_files
from assessor.formats.folder_zip import LARGEST_ZIP, MOST_ENTRIES, read_zip, zip_folder
from tests.formats.test_folder import FILES


def zipped(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def codes(data: bytes) -> list[str]:
    checked = read_zip(data)
    assert checked.value is None
    return [p.code for p in checked.problems]


@pytest.mark.parametrize("top", ["", "river/", "Any name/"])
def test_files_stand_at_the_top_or_in_one_folder(top: str) -> None:
    files = {f"{top}{name}": data for name, data in FILES.items()}
    litter = {"__MACOSX/river/._plan.yaml": b"\x00", f"{top}plan.pdf": b"%PDF"}
    assert read_zip(zipped(files | litter)).unwrap() == read_files(FILES).unwrap()


def test_a_download_is_the_same_bytes_every_time() -> None:
    folder = read_files(FILES).unwrap()
    first = zip_folder(folder)
    time.sleep(0.01)
    assert zip_folder(folder) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.namelist() == ["river/plan.yaml", "river/mapping.yaml", "river/patrons.yaml"]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04", zipped(FILES)[:200]])
def test_what_is_no_zip_is_said(data: bytes) -> None:
    assert codes(data) == ["zip.broken"]


def test_damaged_content_is_said() -> None:
    data = bytearray(zipped(FILES))
    data[60:90] = b"\xff" * 30
    assert codes(bytes(data)) == ["zip.broken"]


def test_a_bomb_is_stopped_while_it_unpacks() -> None:
    bomb = zipped(FILES | {"bomb.yaml": b"a" * 200_000_000})
    started = time.perf_counter()
    assert codes(bomb) == ["zip.too-large"]
    assert time.perf_counter() - started < 5


def test_a_size_that_lies_is_no_way_in() -> None:
    data = zipped({"plan.yaml": b"key: river\n" * 1_000_000})
    # The directory's and the entry's word for the unpacked size.
    lying = data.replace(struct.pack("<L", 11_000_000), struct.pack("<L", 10))
    assert codes(lying)[0] in {"zip.too-large", "zip.broken"}


def test_a_zip_that_is_too_large_is_refused_unread() -> None:
    assert codes(b"PK" + b"\x00" * LARGEST_ZIP) == ["zip.too-large"]


def test_too_many_files_are_refused() -> None:
    assert codes(zipped({f"{n}.txt": b"" for n in range(MOST_ENTRIES + 1)})) == [
        "zip.too-many-files"
    ]
    assert codes(zipped({f"{n}.yaml": b"" for n in range(201)})) == ["zip.too-many-files"]


@pytest.mark.parametrize(
    "name", ["../plan.yaml", "/plan.yaml", "a/../../plan.yaml", "C:/plan.yaml"]
)
def test_names_that_lead_out_of_the_folder_are_refused(name: str) -> None:
    assert codes(zipped(FILES | {name: b"key: x\n"})) == ["zip.unsafe-name"]


def test_files_deeper_down_are_named() -> None:
    nested = {f"river/{name}": data for name, data in FILES.items()}
    checked = read_zip(zipped(nested | {"river/old/plan.yaml": b"key: x\n"}))
    assert [p.code for p in checked.problems] == ["zip.nested"]
    assert "river/old/plan.yaml" in checked.problems[0].message


def test_a_file_that_needs_a_password_is_named() -> None:
    data = bytearray(zipped(FILES))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(signature)
        data[at + offset] |= 1
    assert codes(bytes(data)) == ["zip.encrypted"]


def test_a_name_that_stands_twice_is_named() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("plan.yaml", b"key: a\n")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("plan.yaml", b"key: b\n")
    assert codes(stream.getvalue()) == ["zip.duplicate"]


def test_problems_of_the_files_are_those_of_the_folder() -> None:
    wrong = FILES | {"plan.yaml": b"key: Wrong\n"}
    assert read_zip(zipped(wrong)).problems == read_files(wrong).problems
