"""Two documents with one fingerprint say the same."""

from hypothesis import given, settings

from assessor.domain.fingerprint import canonical_json, fingerprint
from assessor.domain.instrument import Instrument
from tests import strategies


def test_the_order_of_keys_says_nothing() -> None:
    assert fingerprint({"a": 1, "b": [1, 2]}) == fingerprint({"b": [1, 2], "a": 1})


def test_the_order_of_a_list_says_something() -> None:
    assert fingerprint({"b": [1, 2]}) != fingerprint({"b": [2, 1]})


def test_a_default_written_out_says_nothing_new() -> None:
    plain = {"key": "p", "title": "T", "pages": [_page()]}
    full = plain | {"language": "en", "introduction": "", "scales": []}
    first, second = (Instrument.model_validate(content) for content in (plain, full))
    assert fingerprint(first) == fingerprint(second)


def test_the_text_is_letters_as_they_are_without_white_space() -> None:
    assert canonical_json({"b": "ü", "a": None}) == '{"a":null,"b":"ü"}'


@settings(max_examples=30)
@given(strategies.instruments())
def test_the_text_holds_the_whole_document(instrument: Instrument) -> None:
    assert Instrument.model_validate_json(canonical_json(instrument)) == instrument


def _page() -> dict[str, object]:
    return {"key": "a", "items": [{"key": "c", "kind": "long_text", "text": "Comment"}]}
