"""YAML that people send: every way to be wrong has its answer, with the line."""

import time

import pytest

from assessor.formats.yaml_text import LARGEST_FILE, read_yaml


def codes(data: bytes) -> list[str]:
    return [p.code for p in read_yaml(data, "a.yaml").problems]


class TestWords:
    @pytest.mark.parametrize(
        "text", ["no", "on", "off", "yes", "y", "2021-01-01", "12:30", "1_000"]
    )
    def test_what_only_older_yaml_read_as_something_else_is_text(self, text: str) -> None:
        assert read_yaml(f"a: {text}".encode(), "a.yaml").unwrap().content == {"a": text}

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("true", True),
            ("false", False),
            ("12", 12),
            ("-3", -3),
            ("0.5", 0.5),
            ("1e3", 1000.0),
            ("null", None),
            ("~", None),
            ('"12"', "12"),
            ("'true'", "true"),
            (".nan", ".nan"),
            ("1e999", "1e999"),
            ("123456789012345678901", "123456789012345678901"),
        ],
    )
    def test_plain_words_follow_the_core_schema(self, text: str, value: object) -> None:
        content = read_yaml(f"a: {text}".encode(), "a.yaml").unwrap().content
        assert content == {"a": value}
        assert type(content["a"]) is type(value)

    def test_folded_and_literal_texts_are_read_as_yaml_says(self) -> None:
        text = b"a: >-\n  one\n  two\nb: |\n  one\n  two\n"
        content = read_yaml(text, "a.yaml").unwrap().content
        assert content == {"a": "one two", "b": "one\ntwo\n"}

    def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(self) -> None:
        content = read_yaml(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", "a.yaml").unwrap().content
        assert content == {"a": 1, "b": 2}


class TestLines:
    def test_every_value_knows_its_line(self) -> None:
        text = b"a: 1\nb:\n  - c: 2\n    d: 3\n  - e\n"
        document = read_yaml(text, "a.yaml").unwrap()
        assert document.line_of("b.0.d") == 4
        assert document.line_of("b.1") == 5
        assert document.line_of("b.0.nothing") == 3
        assert document.line_of("") == 1

    def test_names_may_hold_dots(self) -> None:
        document = read_yaml(b"weights:\n  DEI: 1\n  DEI.2.3: 2\n", "a.yaml").unwrap()
        assert document.line_of("weights.DEI.2.3") == 3


class TestWhatIsNoYaml:
    @pytest.mark.parametrize(
        ("data", "code"),
        [
            (b"", "yaml.empty"),
            (b"  \n\n", "yaml.empty"),
            (b"# only a comment\n", "yaml.empty"),
            (b"\x00\x01\x02", "yaml.binary"),
            (b"\x89PNG\r\n\x1a\n\x00", "yaml.binary"),
            ("a: ü".encode("utf-16"), "yaml.encoding"),
            ("a: 1\nb: ü".encode("cp1252"), "yaml.encoding"),
            (b"a: \x07", "yaml.character"),
            (b"- a\n- b\n", "yaml.not-a-mapping"),
            (b"hello", "yaml.not-a-mapping"),
            (b"a: 1\n---\nb: 2\n", "yaml.several-documents"),
            (b"a: !!python/object:os.system x\n", "yaml.tag"),
            (b"a: *b\n", "yaml.alias"),
            (b"a: &b [*b]\n", "yaml.alias"),
            (b"a: 'x\n", "yaml.syntax"),
            (b"a: b: c\n", "yaml.syntax"),
            (b"a:\n  - b\n - c\n", "yaml.syntax"),
            (b"a: [1, 2\n", "yaml.syntax"),
            (b"a: @b\n", "yaml.syntax"),
            (b"[a]: 1\n", "yaml.key"),
            (b"a: " + b"[" * 100_000, "yaml.too-deep"),
            (b"a: " + b"{a: " * 1_000, "yaml.too-deep"),
        ],
    )
    def test_is_refused_with_its_reason(self, data: bytes, code: str) -> None:
        checked = read_yaml(data, "a.yaml")
        assert checked.value is None
        assert [p.code for p in checked.problems] == [code]
        assert checked.problems[0].file == "a.yaml"

    def test_a_file_of_many_megabytes_is_refused_at_once(self) -> None:
        started = time.perf_counter()
        assert codes(b"a" * (LARGEST_FILE + 1)) == ["yaml.too-large"]
        assert time.perf_counter() - started < 1

    def test_aliases_that_multiply_are_refused_quickly(self) -> None:
        lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
        lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
        started = time.perf_counter()
        assert codes("\n".join(lines).encode()) == ["yaml.alias-expansion"]
        assert time.perf_counter() - started < 10

    def test_an_alias_within_reason_is_read(self) -> None:
        content = read_yaml(b"a: &x {b: 1}\nc: *x\n", "a.yaml").unwrap().content
        assert content == {"a": {"b": 1}, "c": {"b": 1}}

    def test_a_wrong_letter_is_named_by_its_line(self) -> None:
        (problem,) = read_yaml("a: 1\nb: 2\nc: ü".encode("cp1252"), "a.yaml").problems
        assert problem.line == 3
        assert "UTF-8" in problem.message

    def test_every_line_indented_with_a_tab_is_named(self) -> None:
        problems = read_yaml(b"a:\n\tb: 1\n\tc: 2\n", "a.yaml").problems
        assert [(p.code, p.line) for p in problems] == [("yaml.tab", 2), ("yaml.tab", 3)]
        assert "spaces" in problems[0].message

    def test_every_key_used_twice_is_named_with_both_lines(self) -> None:
        problems = read_yaml(b"a: 1\nb: 2\na: 3\nc:\n  d: 1\n  d: 2\n", "a.yaml").problems
        assert [(p.code, p.where, p.line) for p in problems] == [
            ("yaml.duplicate-key", "a", 3),
            ("yaml.duplicate-key", "d", 6),
        ]
        assert "line 1" in problems[0].message

    def test_a_quotation_mark_that_never_closes_is_named_where_it_opens(self) -> None:
        (problem,) = read_yaml(b'a: 1\nb: "x\nc: 2\n', "a.yaml").problems
        assert problem.line == 2
        assert "Close it" in problem.message
