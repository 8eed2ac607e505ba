"""A library's folder: its files are read together, and every problem names its file and line."""

from pathlib import Path

import pytest

from assessor.domain.folder import LibraryFolder
from assessor.domain.problems import Checked
from assessor.formats.folder import read_files, read_folder, write_folder

PLAN = b"""\
key: river
title: Plan
elements:
  - {code: A, level: goal, text: Quiet places}
  - {code: B, level: goal, text: Bright places}
"""
MAPPING = b"""\
plan: river
indicators:
  - key: quiet_places
    element: A
    name: Quiet places
    method: mean
    evidence:
      - {kind: items, instrument: patrons, items: [quiet]}
not_measured:
  - element: B
    reason: Next year
"""
PATRONS = b"""\
key: patrons
title: Visitors
scales:
  - {key: three, worst: 1, best: 3, points: [{value: 1}, {value: 2}, {value: 3}]}
pages:
  - key: first
    items:
      - {key: quiet, kind: rating, text: I find a quiet place., scale: three}
"""
FILES = {"plan.yaml": PLAN, "mapping.yaml": MAPPING, "patrons.yaml": PATRONS}


def places(checked: Checked[LibraryFolder]) -> list[tuple[str | None, int | None, str]]:
    return [(p.file, p.line, p.code) for p in checked.problems]


def changed(file: str, old: bytes, new: bytes) -> dict[str, bytes]:
    assert old in FILES[file]
    return FILES | {file: FILES[file].replace(old, new)}


def test_a_sound_folder_is_read_without_a_problem() -> None:
    checked = read_files(FILES)
    assert checked.problems == ()
    folder = checked.unwrap()
    assert folder.plan.key == folder.mapping.plan == "river"
    assert [i.key for i in folder.instruments] == ["patrons"]


def test_a_folder_on_disk_is_read_and_other_files_are_left_alone(tmp_path: Path) -> None:
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "plan.pdf").write_bytes(b"%PDF\x00")
    (tmp_path / ".hidden.yaml").write_bytes(b"\x00")
    (tmp_path / "notes").mkdir()
    assert read_folder(tmp_path) == read_files(FILES)


def test_written_to_disk_and_read_again_it_is_the_same(tmp_path: Path) -> None:
    folder = read_files(FILES).unwrap()
    for name, data in write_folder(folder).items():
        (tmp_path / name).write_bytes(data)
    assert read_folder(tmp_path).unwrap() == folder


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    assert [p.code for p in read_folder(tmp_path / "nowhere").problems] == ["folder.missing"]
    assert [p.code for p in read_folder(tmp_path).problems] == [
        "folder.no-mapping",
        "folder.no-plan",
    ]
    only_plan = read_files({"plan.yaml": PLAN})
    assert only_plan.value is None
    assert places(only_plan) == [("mapping.yaml", None, "folder.no-mapping")]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (
            "mapping.yaml",
            b"element: A",
            b"element: C",
            ("mapping.yaml", 4, "mapping.unknown-element"),
        ),
        ("mapping.yaml", b"[quiet]", b"[quite]", ("mapping.yaml", 8, "mapping.unknown-item")),
        ("mapping.yaml", b"patrons", b"staff", ("mapping.yaml", 8, "mapping.unknown-instrument")),
        ("mapping.yaml", b"plan: river", b"plan: lake", ("mapping.yaml", 1, "mapping.plan")),
        (
            "mapping.yaml",
            b"element: B",
            b"element: X",
            ("mapping.yaml", 10, "mapping.unknown-element"),
        ),
        ("plan.yaml", b"code: B", b"code: A", ("plan.yaml", 5, "plan.duplicate-code")),
        (
            "plan.yaml",
            b"text: Bright places",
            b"text: b, parent: Z",
            ("plan.yaml", 5, "plan.unknown-parent"),
        ),
        (
            "patrons.yaml",
            b"scale: three",
            b"scale: four",
            ("patrons.yaml", 8, "instrument.unknown-scale"),
        ),
    ],
)
def test_each_problem_names_its_file_and_line(
    file: str, old: bytes, new: bytes, expected: tuple[str, int, str]
) -> None:
    assert expected in places(read_files(changed(file, old, new)))


def test_weights_are_found_although_codes_hold_dots() -> None:
    weights = b"weights:\n  A: 1\n  A.1.2: 1\nindicators:\n"
    checked = read_files(changed("mapping.yaml", b"indicators:\n", weights))
    assert places(checked) == [("mapping.yaml", 4, "mapping.unknown-element")]


def test_problems_of_all_files_come_at_once() -> None:
    files = {
        "plan.yaml": PLAN.replace(b"title", b"titel"),
        "mapping.yaml": MAPPING.replace(b"method: mean", b"method: meen"),
        "patrons.yaml": PATRONS.replace(b"worst: 1", b"worst: 9"),
    }
    checked = read_files(files)
    assert checked.value is None
    assert places(checked) == [
        ("mapping.yaml", 6, "file.value"),
        ("patrons.yaml", 4, "scale.end-not-a-point"),
        ("plan.yaml", 1, "file.missing-field"),
        ("plan.yaml", 2, "file.unknown-field"),
    ]


def test_a_file_that_cannot_be_read_is_not_blamed_on_the_others() -> None:
    for broken in ("plan.yaml", "patrons.yaml", "mapping.yaml"):
        checked = read_files(FILES | {broken: b"a: [\n"})
        assert [(p.file, p.code) for p in checked.problems] == [(broken, "yaml.syntax")]


def test_two_instruments_of_one_key_are_an_error() -> None:
    checked = read_files(FILES | {"visitors.yaml": PATRONS})
    assert places(checked) == [("visitors.yaml", 1, "folder.duplicate-instrument")]


def test_one_key_with_two_wordings_is_a_warning() -> None:
    staff = PATRONS.replace(b"key: patrons", b"key: staff")
    assert read_files(FILES | {"staff.yaml": staff}).problems == ()
    other = staff.replace(b"I find a quiet place.", b"I work in a quiet place.")
    (problem,) = read_files(FILES | {"staff.yaml": other}).problems
    assert (problem.file, problem.line, problem.severity) == ("staff.yaml", 8, "warning")
    assert "`patrons`" in problem.message


def test_an_element_that_nobody_spoke_of_is_a_warning_and_the_folder_is_still_read() -> None:
    without = MAPPING[: MAPPING.index(b"not_measured")]
    checked = read_files(FILES | {"mapping.yaml": without})
    assert checked.ok
    assert [(p.code, p.severity) for p in checked.problems] == [("mapping.uncovered", "warning")]


class TestCatalogueScales:
    CATALOGUE = b"""\
scales:
  - {key: agree, worst: 1, best: 2, points: [{value: 1, label: No}, {value: 2, label: Yes}]}
"""
    USING = PATRONS.replace(b"scales:\n", b"use_scales: [agree]\nscales:\n").replace(
        b"text: I find a quiet place., scale: three}",
        b"text: I find a quiet place., scale: three}\n"
        b"      - {key: light, kind: rating, text: I have light., scale: agree}",
    )

    def library(self, tmp_path: Path, patrons: bytes) -> Path:
        (tmp_path / "catalogue").mkdir()
        (tmp_path / "catalogue" / "scales.yaml").write_bytes(self.CATALOGUE)
        folder = tmp_path / "river"
        folder.mkdir()
        for name, data in (FILES | {"patrons.yaml": patrons}).items():
            (folder / name).write_bytes(data)
        return folder

    def test_a_file_may_name_scales_of_the_catalogue_beside_it(self, tmp_path: Path) -> None:
        folder = read_folder(self.library(tmp_path, self.USING)).unwrap()
        assert [s.key for s in folder.instruments[0].scales] == ["three", "agree"]
        # Written, it explains itself, wherever it is read.
        assert b"use_scales" not in write_folder(folder)["patrons.yaml"]
        assert read_files(write_folder(folder)).unwrap() == folder

    def test_an_unknown_one_is_named_with_the_nearest(self, tmp_path: Path) -> None:
        wrong = self.USING.replace(b"[agree]", b"[agre]")
        checked = read_folder(self.library(tmp_path, wrong))
        assert places(checked) == [("patrons.yaml", 3, "instrument.catalogue-scale")]
        assert "`agree`" in checked.problems[0].message

    def test_the_ends_of_a_known_scale_are_not_swapped(self, tmp_path: Path) -> None:
        backwards = b"""\
  - {key: agree, worst: 2, best: 1, points: [{value: 1, label: No}, {value: 2, label: Yes}]}
pages:
"""
        wrong = self.USING.replace(b"use_scales: [agree]\n", b"").replace(b"pages:\n", backwards)
        checked = read_folder(self.library(tmp_path, wrong))
        assert places(checked) == [("patrons.yaml", 5, "scale.backwards")]

    @pytest.mark.parametrize("named", [b"agree", b"[1]", b"{a: b}"])
    def test_they_are_named_as_a_list(self, tmp_path: Path, named: bytes) -> None:
        wrong = self.USING.replace(b"[agree]", named)
        assert ("patrons.yaml", 3, "file.value") in places(
            read_folder(self.library(tmp_path, wrong))
        )
