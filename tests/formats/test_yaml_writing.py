"""Written files are for people: one way to write a thing, and no surprise in any reader."""

from assessor.domain.mapping import Mapping
from assessor.domain.plan import Plan
from assessor.formats.instrument_file import write_instrument_file
from assessor.formats.mapping_file import write_mapping_file
from assessor.formats.plan_file import read_plan_file, write_plan_file
from tests.domain.checks.samples import indicator, instrument


def plan(text: str) -> Plan:
    return Plan.model_validate(
        {"key": "p", "title": "T", "elements": [{"code": "1.10", "level": "goal", "text": text}]}
    )


def written(text: str) -> list[str]:
    return write_plan_file(plan(text)).decode().splitlines()[1:]


def test_blocks_stand_in_the_models_order_without_defaults() -> None:
    assert written("Quiet places") == [
        "key: p",
        "title: T",
        "elements:",
        '  - code: "1.10"',
        "    level: goal",
        "    text: Quiet places",
    ]


def test_long_texts_are_wrapped_and_lines_kept() -> None:
    long = written("word " * 60 + "end")
    assert long[5] == "    text: >-"
    assert max(map(len, long)) <= 100
    assert written("a\nb")[5:] == ["    text: |-", "      a", "      b"]


def test_no_line_ends_with_a_blank() -> None:
    for text in ("word " * 60 + "end", "a\n\nb", "a  b " * 30):
        assert not [line for line in written(text) if line != line.rstrip()]


def test_points_options_and_short_lists_stand_on_one_line() -> None:
    lines = write_instrument_file(instrument()).decode().splitlines()
    assert "      - {value: 1, label: Strongly disagree}" in lines
    assert '          - {code: "yes", label: "Yes"}' in lines
    assert "        exclusive: [none]" in lines


def test_whole_numbers_are_written_without_a_point() -> None:
    mapping = Mapping.model_validate(
        {"plan": "p", "indicators": [indicator(target={"value": 4, "partial": 3.5})]}
    )
    text = write_mapping_file(mapping).decode()
    assert "value: 4\n" in text
    assert "partial: 3.5\n" in text


def test_words_that_other_readers_take_for_something_else_are_quoted() -> None:
    for word in ("no", "On", "null", "1.10", "0x1F", "2021-01-01", "12:30", "y", ".5", "1_000"):
        assert written(word)[5] == f'    text: "{word}"'
        assert read_plan_file(write_plan_file(plan(word))).unwrap().elements[0].text == word
