"""Translations leave as PO and come back; what no longer fits is named and not taken."""

import polib
import pytest

from assessor.domain.instrument import Instrument
from assessor.formats.translation_po import read_po, write_po


@pytest.fixture
def instrument() -> Instrument:
    return Instrument.model_validate(
        {
            "key": "visit",
            "title": "Your visit",
            "pages": [
                {
                    "key": "only",
                    "items": [
                        {
                            "key": "came",
                            "kind": "single_choice",
                            "text": "Did you find it?\nTell us.",
                            "options": [
                                {"code": "a", "label": "Yes, “all”"},
                                {"code": "b", "label": "No"},
                            ],
                        }
                    ],
                }
            ],
            "translations": {"de": {"title": "Ihr Besuch"}},
        }
    )


def edited(data: bytes, **changes: str) -> bytes:
    catalog = polib.pofile(data.decode())
    for entry in catalog:
        entry.msgstr = changes.get(entry.msgctxt.replace(".", "_"), entry.msgstr)
    return str(catalog).encode()


def test_every_text_is_there_with_what_is_translated(instrument: Instrument) -> None:
    catalog = polib.pofile(write_po(instrument, "de").decode())
    assert {entry.msgctxt: entry.msgstr for entry in catalog} == {
        "title": "Ihr Besuch",
        "came.text": "",
        "came.option.a": "",
        "came.option.b": "",
    }


def test_what_was_translated_comes_back(instrument: Instrument) -> None:
    data = edited(write_po(instrument, "de"), came_option_b="Nein", title="Besuch")
    taken = read_po(data, "de.po", instrument).unwrap()
    assert taken.instrument.translations["de"] == {"title": "Besuch", "came.option.b": "Nein"}
    assert (taken.added, taken.changed) == (1, 1)


def test_out_and_in_again_changes_nothing(instrument: Instrument) -> None:
    taken = read_po(write_po(instrument, "de"), "de.po", instrument).unwrap()
    assert taken.instrument == instrument


def test_a_text_that_reads_otherwise_now_is_not_taken(instrument: Instrument) -> None:
    data = edited(write_po(instrument, "fr"), title="Votre visite")
    renamed = instrument.model_copy(update={"title": "Your last visit"})
    checked = read_po(data, "fr.po", renamed)
    assert "fr" in checked.unwrap().instrument.translations
    assert "title" not in checked.unwrap().instrument.translations["fr"]
    assert [problem.where for problem in checked.problems] == ["title"]


def po(header: str) -> bytes:
    return f'msgid ""\nmsgstr "{header}\\n"\n\nmsgid "a"\nmsgstr "b"\n'.encode()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "translation.not-po"),
        (b"\xff\xfe\x00", "translation.not-po"),
        (b"/etc/passwd", "translation.not-po"),
        (
            b'msgid ""\nmsgstr "Language: xx-klingon\\n"\n\nmsgid "a"\nmsgstr "b"\n',
            "translation.language",
        ),
        (
            b'msgid ""\nmsgstr "Language: en\\n"\n\nmsgid "a"\nmsgstr "b"\n',
            "translation.own-language",
        ),
        (
            b'msgid ""\nmsgstr "Project-Id-Version: other\\n"\n\nmsgid "a"\nmsgstr "b"\n',
            "translation.other-instrument",
        ),
    ],
)
def test_what_is_no_such_file_says_so(instrument: Instrument, data: bytes, code: str) -> None:
    checked = read_po(data, "x.po", instrument)
    assert checked.value is None
    assert [problem.code for problem in checked.problems] == [code]
