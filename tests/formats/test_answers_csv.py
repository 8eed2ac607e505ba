"""Answers as CSV: what spreadsheets make of them is read, and what is wrong is named by row."""

import time

import pytest

from assessor.domain.kinds import Answer
from assessor.domain.problems import Checked
from assessor.formats.answers_csv import AnswersTable, read_answers_csv
from assessor.formats.answers_csv_writing import (
    VersionAnswers,
    write_answers_csv,
    write_versions_csv,
)
from tests.domain.checks.samples import ITEMS, instrument, item, with_item

PATRONS = instrument([{**i, "na": "Does not apply"} if i["key"] == "service" else i for i in ITEMS])
STAFF = instrument(
    [item("quiet"), item("came"), item("comment")],
    key="staff",
    scales=[s.model_dump() for s in PATRONS.scales[:1]],
)


def read(text: str | bytes) -> Checked[dict[str, AnswersTable]]:
    data = text.encode() if isinstance(text, str) else text
    return read_answers_csv(data, "answers.csv", [PATRONS])


def table(text: str | bytes) -> AnswersTable:
    return read(text).unwrap()["patrons"]


def problems(text: str | bytes) -> list[tuple[str, int | None, str]]:
    return [(p.code, p.line, p.where) for p in read(text).problems]


class TestWhatAFileSays:
    def test_one_row_is_a_response_and_one_column_an_item(self) -> None:
        rows = table("quiet,came,used,prompt.minimum,comment\n4,yes,loan;desk,7,Fine\n").rows
        assert rows == [
            {
                "quiet": 4,
                "came": "yes",
                "used": ["desk", "loan"],
                "prompt.minimum": 7,
                "comment": "Fine",
            }
        ]

    def test_blank_is_skipped_na_is_not_applicable_and_no_column_is_not_asked(self) -> None:
        (row,) = table("quiet,prompt.desired\n,NA\n").rows
        assert row == {"quiet": None, "prompt.desired": "NA"}
        assert "light" not in row

    def test_not_applicable_overrides_the_row(self) -> None:
        (row,) = table("prompt.minimum,prompt.desired,quiet\n3,NA,1\n").rows
        assert row == {"prompt.minimum": "NA", "prompt.desired": "NA", "quiet": 1}

    def test_not_applicable_may_stand_under_the_rows_own_key(self) -> None:
        first, second = table("quiet,prompt\n1,NA\n2,\n").rows
        assert first["prompt.perceived"] == "NA"
        assert second["prompt.perceived"] is None

    def test_a_required_item_may_be_blank_since_a_file_tells_what_happened(self) -> None:
        required = with_item(item("quiet", required=True))
        checked = read_answers_csv(b"quiet,came\n,yes\n", "a.csv", [required])
        assert checked.unwrap()["patrons"].rows == [{"quiet": None, "came": "yes"}]

    def test_groups_come_from_their_column_by_code_or_label(self) -> None:
        assert table("quiet,group\n1,yes\n2,No\n3,\n").groups == ["yes", "no", None]

    def test_without_a_column_groups_come_from_the_group_item(self) -> None:
        assert table("quiet,came\n1,yes\n2,\n").groups == ["yes", None]
        assert table("quiet\n1\n").groups == [None]

    def test_groups_that_the_instrument_does_not_know_are_kept_and_said(self) -> None:
        checked = read("quiet,group\n1,somebody\n")
        assert checked.ok
        assert checked.value is not None
        assert checked.value["patrons"].groups == ["somebody"]
        assert [(p.code, p.severity) for p in checked.problems] == [
            ("answers.unknown-group", "warning")
        ]

    def test_weights_come_from_their_column_or_are_none(self) -> None:
        assert table("quiet,weight\n1,0.5\n2,2\n").weights == [0.5, 2.0]
        assert table("quiet\n1\n").weights is None

    @pytest.mark.parametrize("weight", ["", "-1", "nan", "inf", "much"])
    def test_a_weight_is_a_number_of_zero_or_more(self, weight: str) -> None:
        assert problems(f"quiet,weight\n1,1\n2,{weight}\n") == [("answers.weight", 3, "weight")]

    def test_no_responses_are_a_warning(self) -> None:
        checked = read("quiet,came\n")
        assert checked.ok
        assert checked.unwrap()["patrons"].rows == []
        assert [p.code for p in checked.problems] == ["answers.no-rows"]


class TestWhatSpreadsheetsMakeOfIt:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_the_delimiter_is_told_by_the_columns(self, delimiter: str) -> None:
        text = "quiet,came,group\n4,yes,no\n".replace(",", delimiter)
        assert table(text).rows == [{"quiet": 4, "came": "yes"}]

    def test_choices_joined_by_semicolons_do_not_make_it_a_semicolon_file(self) -> None:
        assert table('quiet,used\n4,"desk;loan"\n').rows[0]["used"] == ["desk", "loan"]
        assert table('quiet;used\n4;"desk;loan"\n').rows[0]["used"] == ["desk", "loan"]

    def test_a_byte_order_mark_and_any_line_end_do_no_harm(self) -> None:
        for end in ("\r\n", "\n", "\r"):
            text = f"\ufeffquiet,came{end}4,yes{end}"
            assert table(text).rows == [{"quiet": 4, "came": "yes"}]

    def test_windows_letters_are_read_with_a_warning(self) -> None:
        checked = read("comment\nSchön\n".encode("cp1252"))
        assert checked.value is not None
        assert checked.value["patrons"].rows == [{"comment": "Schön"}]
        assert [(p.code, p.severity, p.line) for p in checked.problems] == [
            ("csv.encoding", "warning", 2)
        ]

    def test_a_letter_cut_by_the_reading_block_is_still_a_letter(self) -> None:
        head = "comment\n" + ("x" * 1_999 + "\n") * 499
        text = head + "y" * (999_999 - len(head)) + "ü\n"
        assert text.encode()[999_999:1_000_001] == "ü".encode()
        assert problems(text) == []

    def test_empty_columns_and_rows_at_the_end_are_no_matter(self) -> None:
        checked = read("quiet,came,,\n4,yes,,\n,,,\n")
        assert checked.value is not None
        assert checked.value["patrons"].rows == [{"quiet": 4, "came": "yes"}]
        assert [p.code for p in checked.problems] == ["answers.blank-rows"]

    def test_text_may_hold_line_ends_delimiters_and_quotation_marks(self) -> None:
        (row,) = table('quiet,comment\n4,"a, ""b""\nc"\n').rows
        assert row["comment"] == 'a, "b"\nc'


class TestFormulas:
    @pytest.mark.parametrize(
        "text", ["=1+1", "+1", "-1", "@SUM(A1)", "'=1+1", "''@x", "=HYPERLINK(“x”)"]
    )
    def test_are_written_as_text_and_read_as_they_were(self, text: str) -> None:
        written = write_answers_csv(PATRONS, [{"comment": text}]).unwrap()
        assert b",'" in written
        assert table(written).rows == [{"comment": text}]

    def test_in_a_file_are_text(self) -> None:
        assert table("comment\n=1+1\n").rows == [{"comment": "=1+1"}]
        assert problems("quiet\n=1+1\n") == [("answer.not-on-scale", 2, "quiet")]

    def test_a_negative_number_stays_a_number(self) -> None:
        negative = with_item(item("visits", minimum=-5))
        written = write_answers_csv(negative, [{"visits": -3}]).unwrap()
        assert written == b"instrument,visits\r\npatrons,-3\r\n"

    def test_a_group_is_no_formula_either(self) -> None:
        written = write_answers_csv(PATRONS, [{"quiet": 1}], groups=["=x"]).unwrap()
        assert b"'=x" in written


class TestWhatIsWrong:
    @pytest.mark.parametrize(
        ("data", "code"),
        [
            (b"", "csv.empty"),
            (b"\xef\xbb\xbf\r\n", "csv.empty"),
            (b"PK\x03\x04" + b"\x00" * 20, "csv.workbook"),
            (b"quiet\n\x00\x01", "csv.binary"),
            ("quiet\n4\n".encode("utf-16"), "csv.encoding"),
            (b"comment\n\x81\x8d\n", "csv.encoding"),
            (b'"quiet\n4\n', "csv.quotes"),
            (b"group,weight\nx,1\n", "answers.no-items"),
        ],
    )
    def test_a_file_that_is_no_table_of_answers_is_refused(self, data: bytes, code: str) -> None:
        checked = read(data)
        assert checked.value is None
        assert [p.code for p in checked.problems] == [code]

    def test_values_are_named_by_row_and_column_with_what_was_given(self) -> None:
        checked = read("quiet,came,recommend\n4,yes,3\n6,maybe,11\n")
        assert [(p.code, p.line, p.where) for p in checked.problems] == [
            ("answer.not-on-scale", 3, "quiet"),
            ("answer.not-an-option", 3, "came"),
            ("answer.not-on-scale", 3, "recommend"),
        ]
        assert "“6”" in checked.problems[0].message
        assert not checked.ok
        assert checked.value is not None
        assert checked.value["patrons"].rows[1] == {"quiet": None, "came": None, "recommend": None}

    def test_rows_are_counted_by_the_files_lines(self) -> None:
        assert problems('quiet,comment\n1,"a\nb\nc"\n9,x\n') == [
            ("answer.not-on-scale", 5, "quiet")
        ]

    def test_unknown_columns_are_named_all_at_once_with_the_nearest(self) -> None:
        checked = read("quiet,quit,comments\n1,2,x\n")
        assert checked.value is None
        assert [(p.code, p.where) for p in checked.problems] == [
            ("answers.unknown-column", "quit"),
            ("answers.unknown-column", "comments"),
        ]
        assert "`quiet`" in checked.problems[0].message
        assert "`comment`" in checked.problems[1].message

    def test_duplicate_and_unnamed_headers_are_named(self) -> None:
        assert problems("quiet,,quiet\n1,2,3\n") == [
            ("csv.duplicate-column", 1, "quiet"),
            ("csv.unnamed-column", 1, ""),
        ]

    def test_rows_of_another_length_than_the_header_are_named(self) -> None:
        checked = read("quiet,came\n1,yes\n2\n3,no,4\n5,no\n")
        assert [(p.code, p.line) for p in checked.problems] == [
            ("csv.ragged", 3),
            ("csv.ragged", 4),
        ]
        assert checked.value is not None
        assert [row["quiet"] for row in checked.value["patrons"].rows] == [1, 5]

    def test_a_quotation_mark_that_never_closes_is_named_and_what_came_before_is_checked(
        self,
    ) -> None:
        assert problems('quiet,comment\n9,a\n1,"b\n') == [
            ("csv.quotes", 3, ""),
            ("answer.not-on-scale", 2, "quiet"),
        ]

    def test_ten_thousand_columns_are_refused_quickly(self) -> None:
        names = ",".join(f"c{n}" for n in range(10_000))
        data = (names + "\n" + ("1," * 9_999 + "1\n") * 200).encode()
        started = time.perf_counter()
        assert [c for c, _line, _where in problems(data)] == ["csv.too-many-columns"]
        assert time.perf_counter() - started < 2

    def test_thousands_of_unknown_columns_are_counted_and_not_listed(self) -> None:
        started = time.perf_counter()
        listed = read(",".join(f"c{n}" for n in range(4_000)) + "\n").problems
        assert time.perf_counter() - started < 5
        assert len(listed) == 51
        assert "3,950 more" in listed[-1].message

    def test_two_hundred_megabytes_are_refused_at_once(self) -> None:
        started = time.perf_counter()
        assert [c for c, _line, _where in problems(b"quiet\n" * 34_000_000)] == ["csv.too-large"]
        assert time.perf_counter() - started < 2

    def test_many_wrong_values_are_counted_and_not_all_listed(self) -> None:
        listed = read("quiet,light\n" + "9,1\n" * 500 + "1,9\n").problems
        assert len([p for p in listed if p.where == "quiet"]) == 10
        assert len([p for p in listed if p.where == "light"]) == 1
        assert listed[-1].code == "answers.more"
        assert "490 more" in listed[-1].message
        assert "`quiet` (500)" in listed[-1].message


class TestSeveralInstruments:
    def read(self, text: str) -> Checked[dict[str, AnswersTable]]:
        return read_answers_csv(text.encode(), "all.csv", [PATRONS, STAFF])

    def test_the_columns_tell_which_is_meant(self) -> None:
        assert set(self.read("quiet,light\n1,2\n").unwrap()) == {"patrons"}

    def test_columns_that_fit_both_need_a_word(self) -> None:
        (problem,) = self.read("quiet,came\n1,yes\n").problems
        assert problem.code == "answers.several-instruments"
        assert "`--answers patrons=all.csv`" in problem.message

    def test_a_column_may_say_it_row_by_row(self) -> None:
        text = "instrument,quiet,light,comment\npatrons,1,2,\nstaff,3,,x\n"
        tables = self.read(text).unwrap()
        assert tables["patrons"].rows == [{"quiet": 1, "light": 2, "comment": None}]
        assert tables["staff"].rows == [{"quiet": 3, "comment": "x"}]

    def test_a_name_that_is_none_is_named(self) -> None:
        (problem,) = self.read("instrument,quiet\nstuff,1\n").problems
        assert (problem.code, problem.line) == ("answers.unknown-instrument", 2)
        assert "`staff`" in problem.message

    def test_an_answer_to_what_the_other_asks_is_named(self) -> None:
        (problem,) = self.read("instrument,quiet,light\nstaff,1,2\n").problems
        assert (problem.code, problem.where) == ("answers.foreign-column", "light")


class TestWriting:
    def test_columns_stand_in_the_instruments_order(self) -> None:
        written = write_answers_csv(PATRONS, [{"came": "yes", "quiet": 1}], ["no"], [1.5]).unwrap()
        assert written == b"instrument,group,weight,quiet,came\r\npatrons,no,1.5,1,yes\r\n"

    def test_a_response_without_any_answer_is_still_one(self) -> None:
        rows: list[dict[str, Answer]] = [{"quiet": None}, {"quiet": 2}]
        assert table(write_answers_csv(PATRONS, rows).unwrap()).rows == rows

    def test_a_column_that_others_were_asked_is_told_from_one_that_was_skipped(self) -> None:
        rows: list[dict[str, Answer]] = [{"quiet": 1}, {"quiet": None, "light": 2}]
        written = write_answers_csv(PATRONS, rows)
        assert written.problems == ()
        assert written.unwrap() == b"instrument,quiet,light\r\npatrons,1,.\r\npatrons,,2\r\n"
        assert table(written.unwrap()).rows == rows

    @pytest.mark.parametrize("said", [".", "'.", "''.", "..", ". "])
    def test_an_answer_that_is_only_a_dot_stays_an_answer(self, said: str) -> None:
        rows: list[dict[str, Answer]] = [{"comment": said.strip()}, {"quiet": 1}]
        assert table(write_answers_csv(PATRONS, rows).unwrap()).rows == rows

    def test_a_dot_for_a_whole_row_is_for_all_its_scales(self) -> None:
        (row,) = table("quiet,prompt\n1,.\n").rows
        assert row == {"quiet": 1}


OLDER = instrument(
    [item("quiet") | {"scale": "nine"}, item("light"), {**item("comment"), "key": "thought"}],
    group_item=None,
)


class TestVersions:
    PARTS = (
        VersionAnswers(
            OLDER,
            [{"quiet": 9, "light": 4, "thought": "."}, {"quiet": 7, "light": None}],
            1,
            languages=[None, "de"],
        ),
        VersionAnswers(PATRONS, [{"quiet": 5, "came": "yes"}], 2, languages=["en"]),
    )

    def written(self) -> bytes:
        return write_versions_csv(self.PARTS).unwrap()

    def test_every_answer_of_every_version_is_there_with_its_version_and_language(self) -> None:
        assert self.written().decode().splitlines() == [
            "instrument,version,language,quiet,light,came,thought",
            "patrons,1,,9,4,.,'.",
            "patrons,1,de,7,,.,.",
            "patrons,2,en,5,.,yes,.",
        ]

    def test_each_version_is_read_by_its_own_instrument(self) -> None:
        read = read_answers_csv(self.written(), "a.csv", [PATRONS], {("patrons", 1): OLDER})
        assert read.problems == ()
        tables = read.unwrap()
        assert list(tables) == ["patrons.1", "patrons.2"]
        assert tables["patrons.1"].instrument == OLDER
        assert tables["patrons.1"].rows == list(self.PARTS[0].rows)
        assert tables["patrons.2"].rows == list(self.PARTS[1].rows)
        assert [found.version for found in tables.values()] == [1, 2]

    def test_without_the_older_version_its_own_items_are_left_out_and_told(self) -> None:
        read = read_answers_csv(self.written(), "a.csv", [PATRONS])
        warned = {problem.code for problem in read.problems if problem.severity == "warning"}
        assert warned == {"answers.unknown-column", "answers.older-version"}
        assert [p.code for p in read.errors] == ["answer.not-on-scale", "answer.not-on-scale"]

    def test_what_is_no_version_is_named(self) -> None:
        read = read_answers_csv(b"instrument,version,quiet\npatrons,two,4\n", "a.csv", [PATRONS])
        assert [(p.code, p.line) for p in read.problems] == [("answers.version", 2)]


def test_twenty_thousand_responses_are_read_in_seconds() -> None:
    points = [{**item("quiet"), "key": f"q{n}"} for n in range(60)]
    wide = instrument(points, group_item=None)
    header = ",".join(f"q{n}" for n in range(60))
    rows = [",".join(str(1 + (n * r) % 5) for n in range(60)) for r in range(500)]
    data = "\n".join([header, *rows * 40]).encode()
    started = time.perf_counter()
    tables = read_answers_csv(data, "a.csv", [wide]).unwrap()
    assert len(tables["patrons"].rows) == 20_000
    assert time.perf_counter() - started < 10
