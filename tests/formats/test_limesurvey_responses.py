"""Responses of an archive arrive under our column names, and nothing about people does."""

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

from assessor.domain.kinds import columns
from assessor.formats.foreign import Imported
from assessor.formats.limesurvey import read_limesurvey, write_limesurvey
from tests.formats.limesurvey_surveys import Q, instrument, lss, table

QUESTIONS = [
    Q("Age", "N"),
    Q("Pick", "L", (), [("A1", "One"), ("-3", "Three")], other="Y"),
    Q("Many", "M", [("a", "A"), ("b", "B")], other="Y"),
    Q("Sure", "Y"),
    Q("Arr", "F", [("r1", "Row 1"), ("r2", "Row 2")], [("1", "Bad"), ("2", "Good"), ("NA", "-")]),
    Q("Num", "K", [("n1", "N 1")]),
    Q("Box", ":", [("s1", "S1"), ("c1", "C1", "1")], attributes={"multiflexible_checkbox": "1"}),
    Q("Grid", ";", [("s1", "S1"), ("c1", "C1", "1"), ("c2", "C2", "1")]),
    Q("Rank", "R", (), [("p", "P"), ("q", "Q")]),
    Q("Dual", "1", [("d1", "D 1")], [("1", "a"), ("2", "b"), ("1", "c", "1"), ("2", "d", "1")]),
    Q("Note", "P", [("a", "A")]),
    Q("Say", "O", (), [("A1", "One")]),
    Q("Day", "D"),
    Q("File", "|"),
    Q("Calc", "*", text="{Age}"),
]

FULL = {
    "id": "17",
    "token": "secret",
    "submitdate": "2024-05-06 07:08:09",
    "ipaddr": "203.0.113.9",
    "_7X1X10": "42.0000000000",
    "_7X1X11": "-oth-",
    "_7X1X11other": "tea",
    "_7X1X12a": "Y",
    "_7X1X12b": "",
    "_7X1X12other": "more",
    "_7X1X13": "Y",
    "_7X1X14r1": "2",
    "_7X1X14r2": "NA",
    "_7X1X15n1": "2.5000000000",
    "_7X1X16s1_c1": "1",
    "_7X1X17s1_c2": "text",
    "_7X1X181": "q",
    "_7X1X182": "p",
    "_7X1X19d1_0": "1",
    "_7X1X19d1_1": "2",
    "_7X1X20a": "Y",
    "_7X1X20acomment": "why",
    "_7X1X21": "A1",
    "_7X1X21comment": "because",
    "_7X1X22": "2024-05-01 00:00:00",
    "_7X1X23": '[{"name": "cv.pdf"}]',
    "_7X1X23_filecount": "1",
    "_7X1X24": "42",
    "_7X1X99": "of another survey",
}


def responses(*rows: dict[str, str], kind: str = "Responses") -> bytes:
    body = table("responses", rows)
    return f"<document><LimeSurveyDocType>{kind}</LimeSurveyDocType>{body}</document>".encode()


def archive(structure: bytes, *rows: dict[str, str]) -> Imported:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("survey_7_responses.lsr", responses(*rows))
        packed.writestr("survey_7_tokens.lst", responses({"firstname": "Ann"}, kind="Tokens"))
        packed.writestr("survey_7_timings.lsi", responses({"time": "3"}, kind="Timings"))
        packed.writestr("survey_7.lss", structure)
    return read_limesurvey(stream.getvalue(), "survey_7.lsa")


def test_every_answer_has_its_column() -> None:
    found = archive(lss(*QUESTIONS), FULL)

    assert found.answers == (
        {
            "age": "42",
            "pick": "other",
            "pick.other": "tea",
            "many": ["a", "other"],
            "many.other": "more",
            "sure": "yes",
            "arr_r1": "2",
            "arr_r2": "NA",
            "num_n1": "2.5",
            "box_s1": ["c1"],
            "grid_s1.c2": "text",
            "rank.q": 1,
            "rank.p": 2,
            "dual_d1.first": "1",
            "dual_d1.second": "2",
            "note": ["a"],
            "note_acomment": "why",
            "say": "A1",
            "say_comment": "because",
            "day": "2024-05-01",
        },
    )


def test_all_columns_are_the_instruments() -> None:
    found = archive(lss(*QUESTIONS), FULL)

    assert found.instrument is not None
    assert set(found.answers[0]) <= {column.name for column in columns(found.instrument)}


def test_nothing_of_a_person_comes_along_and_it_is_said() -> None:
    found = archive(lss(*QUESTIONS), FULL)

    for secret in ("secret", "203.0.113.9", "07:08", "17", "Ann", "cv.pdf"):
        assert secret not in repr(found.answers)
    said = " ".join(loss.message + loss.original for loss in found.report.of("lost"))
    for name in ("token", "ipaddr", "submitdate", "7X1X99", "invitations", "How long", "Files"):
        assert name in said


def test_responses_that_were_not_sent_are_counted() -> None:
    found = archive(lss(*QUESTIONS), FULL, {"id": "18", "_7X1X10": "5"})

    assert len(found.answers) == 2
    said = [loss.message for loss in found.report.of("changed") if loss.about == "responses"]
    assert said == ["1 of 2 responses were begun and not sent; they are kept."]


def test_columns_of_the_newest_version_are_known() -> None:
    found = archive(lss(*QUESTIONS), {"Q10": "5", "Q12_a": "Y"})

    assert found.answers == ({"age": "5", "many": ["a"]},)


def test_an_archive_without_responses_is_a_survey() -> None:
    found = archive(lss(*QUESTIONS))

    assert found.instrument is not None
    assert found.answers == ()


def test_answers_to_a_survey_that_was_written_here_come_back() -> None:
    whole = instrument(Q("How_long", "N"), Q("Many", "M", [("yes_please", "A"), ("b", "B")]))
    data, _report = write_limesurvey(whole)

    found = archive(data, {"_100001X1X1": "5", "_100001X1X2yesplease": "Y"})

    assert found.instrument == whole
    assert found.answers == ({"how_long": "5", "many": ["yes_please"]},)


def test_texts_are_taken_as_they_are() -> None:
    text = "<b>01.50</b> & more"
    found = archive(lss(Q("Word", "T")), {"_7X1X10": escape(text)})

    assert found.answers == ({"word": escape(text)},)
