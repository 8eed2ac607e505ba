"""`assessor plan read` prints a proposal or the problems, never half of either."""

import json
from pathlib import Path

from click.testing import CliRunner
from ruamel.yaml import YAML

from assessor.cli.main import main
from assessor.domain.plan import Plan

TEXT = "Goal 1: Réach\nGoal 3: Keep\nOur library library has one page.\n"


def run(*arguments: str, text: str | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["plan", *arguments], input=text)
    return result.exit_code, result.stdout, result.stderr


def test_json_has_exactly_the_documented_keys() -> None:
    code, out, _ = run("read", "-", "--format", "json", text=TEXT)
    document = json.loads(out)
    assert code == 0
    assert list(document) == ["title", "period", "statements", "elements", "left_out"]
    assert document["period"] is None
    assert list(document["elements"][0]) == ["code", "level", "text", "parent", "lines", "doubt"]
    assert document["elements"][0]["text"] == "Réach"
    assert "Réach" in out
    assert "jumps" in document["elements"][1]["doubt"]


def test_yaml_is_a_plan_file_with_doubts_as_comments() -> None:
    code, out, _ = run("read", "-", "--format", "yaml", text=TEXT)
    assert code == 0
    accepted = Plan.model_validate(YAML(typ="safe").load(out))
    assert [e.code for e in accepted.elements] == ["1", "3"]
    assert "# Doubt: the numbering jumps" in out


def test_a_plan_file_has_the_key_it_is_given_or_whole_words_of_its_title() -> None:
    assert run("read", "-", "--format", "yaml", "--key", "hill", text=TEXT)[1].startswith(
        "key: hill\n"
    )
    title = "Hill’s Library Strategic Plan 2026–2028: Doors That Open For Everybody\n"
    assert run("read", "-", "--format", "yaml", text=title + TEXT)[1].startswith(
        "key: hills-library-strategic-plan-2026-2028\n"
    )


def test_a_key_that_cannot_be_one_is_refused() -> None:
    for key in ("Hill Library", "hill--library", "h" * 61):
        code, out, err = run("read", "-", "--format", "yaml", "--key", key, text=TEXT)
        assert (code, out) == (1, "")
        assert "small letters" in err


def test_the_tree_shows_doubts_and_what_was_left_out() -> None:
    code, out, _ = run("read", "-", text=TEXT)
    assert code == 0
    assert "1  goal: Réach" in out
    assert "? the numbering jumps" in out
    assert "Left out" in out


def test_problems_go_to_standard_error_and_nothing_is_written(tmp_path: Path) -> None:
    target = tmp_path / "plan.yaml"
    code, out, err = run("read", "-", "--out", str(target), text="Nothing here.")
    assert (code, out) == (1, "")
    assert "plan.no-structure" in err
    assert not target.exists()


def test_a_missing_file_and_a_wrong_option_have_their_own_exits(tmp_path: Path) -> None:
    code, out, err = run("read", str(tmp_path / "none.txt"))
    assert (code, out) == (1, "")
    assert "no such file" in err
    assert run("read", "-", "--format", "xml", text=TEXT)[0] == 2


def test_against_the_edition_before_codes_carry_over(tmp_path: Path) -> None:
    old = tmp_path / "old.yaml"
    assert run("read", "-", "--format", "yaml", "--out", str(old), text=TEXT)[0] == 0
    new = "Goal 1: Réach\nGoal 2: Keep\nOur library library has one page.\n"
    code, out, err = run("read", "-", "--format", "json", "--against", str(old), text=new)
    assert code == 0
    assert [e["code"] for e in json.loads(out)["elements"]] == ["1", "3"]
    assert "2 unchanged" in err


def test_a_broken_plan_file_of_the_edition_before_says_what_to_do(tmp_path: Path) -> None:
    old = tmp_path / "old.yaml"
    old.write_text("key: [", encoding="utf-8")
    code, out, err = run("read", "-", "--against", str(old), text=TEXT)
    assert (code, out) == (1, "")
    assert "no plan file" in err


def test_lines_are_numbered_as_line_ranges_count_them() -> None:
    code, out, _ = run("lines", "-", text=TEXT)
    assert code == 0
    assert out.splitlines()[1].strip() == "2  Goal 3: Keep"
