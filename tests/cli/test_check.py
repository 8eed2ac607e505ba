"""`assessor check`: what it prints and how it ends."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assessor.cli.main import main
from tests.formats.test_folder import FILES


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sound library's folder, below the folder one stands in."""
    folder = tmp_path / "river"
    folder.mkdir()
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    monkeypatch.chdir(tmp_path)
    return folder


ONE_ENDED = "scales:\n- {key: a, worst: 1, best: 1, points: [{value: 1}, {value: 2}]}\n"
WITHOUT_SCALE = "items:\n- {key: a, text: T, topic: t, source: s, licence: l}\n"


def check(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", *arguments])


def change(file: Path, old: bytes, new: bytes) -> None:
    file.write_bytes(file.read_bytes().replace(old, new))


def test_a_sound_folder_has_no_problems(library: Path) -> None:
    result = check("river")
    assert (result.exit_code, result.output) == (0, "No problems in 3 files.\n")


def test_problems_stand_by_file_and_line_with_a_summary(library: Path) -> None:
    change(library / "mapping.yaml", b"[quiet]", b"[quite]")
    change(library / "plan.yaml", b"title: Plan", b"titel: Plan")
    result = check("river")
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert [line.partition(": ")[0] for line in lines[:-1]] == [
        "river/mapping.yaml:8",
        "river/plan.yaml:1",
        "river/plan.yaml:2",
    ]
    assert "did you mean `title`" in lines[2]
    assert lines[-1] == "3 problems in 2 files."


def test_a_single_file_is_checked_with_its_neighbours_and_alone_reported(library: Path) -> None:
    change(library / "mapping.yaml", b"element: A", b"element: Z")
    change(library / "plan.yaml", b"title", b"titel")
    result = check("river/mapping.yaml")
    assert "river/mapping.yaml" in result.output
    assert "plan.yaml:" not in result.output
    assert check("river/patrons.yaml").exit_code == 0


def test_a_folder_of_folders_is_checked_whole(library: Path) -> None:
    (library.parent / "catalogue").mkdir()
    (library.parent / "catalogue" / "scales.yaml").write_text("scales: []\n")
    assert check(".").output == "No problems in 4 files.\n"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("scales.yaml", ONE_ENDED, "scale.equal-ends"),
        ("items.yaml", WITHOUT_SCALE, "file.value"),
        ("my-plan.yaml", "key: a\ntitle: T\nelements: []\n", "plan.empty"),
        ("my-mapping.yaml", "plan: a\nindicators: [{key: A}]\n", "file.missing-field"),
        ("anything.yaml", "key: a\ntitle: T\npages: []\n", "file.too-few"),
        ("notes.txt", "hello", "check.not-yaml"),
        ("binary.yaml", "\x00", "yaml.binary"),
    ],
)
def test_a_lone_file_is_read_as_what_it_is(
    tmp_path: Path, name: str, content: str, code: str
) -> None:
    (tmp_path / name).write_text(content)
    result = check(str(tmp_path / name))
    assert result.exit_code == 1
    assert f"[{code}]" in result.output


def test_warnings_are_shown_and_pass_unless_strict(library: Path) -> None:
    change(library / "mapping.yaml", b"not_measured:\n  - element: B\n    reason: Next year\n", b"")
    result = check("river")
    assert result.exit_code == 0
    assert "warning" in result.output
    assert result.output.endswith("1 problem in 1 file, only a warning.\n")
    strict = check("--strict", "river")
    assert strict.exit_code == 1
    assert strict.output.endswith("1 problem in 1 file.\n")


def test_json_holds_the_same(library: Path) -> None:
    change(library / "mapping.yaml", b"[quiet]", b"[quite]")
    result = check("--format", "json", "river")
    assert result.exit_code == 1
    content = json.loads(result.output)
    assert (content["files"], content["errors"], content["warnings"]) == (3, 1, 0)
    (problem,) = content["problems"]
    assert (problem["file"], problem["line"], problem["code"]) == (
        "river/mapping.yaml",
        8,
        "mapping.unknown-item",
    )


def test_what_is_not_there_is_said(library: Path) -> None:
    result = check("nowhere")
    assert result.exit_code == 1
    assert "nowhere: error: There is no such file or folder" in result.output
    (library / "plan.yaml").unlink()
    assert "[folder.no-plan]" in check("river").output
    (library.parent / "empty").mkdir()
    assert "[folder.no-plan]" in check("empty").output


def test_wrong_usage_ends_with_two() -> None:
    assert check().exit_code == 2
    assert check("--format", "xml", ".").exit_code == 2
