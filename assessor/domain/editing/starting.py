"""What a new item of each kind begins with: something sound that a person then writes over."""

from typing import Any

from assessor.domain.editing.places import free_key, item_keys, key_from
from assessor.domain.editing.refusing import built, rebuilt, refusal
from assessor.domain.instrument import Instrument, ItemBase, Page, Scale
from assessor.domain.kinds import KINDS
from assessor.domain.problems import say

ONE = {"code": "one", "label": "First answer"}
TWO = {"code": "two", "label": "Second answer"}

AGREEMENT = Scale.model_validate(
    {
        "key": "agreement",
        "name": "Agreement, 5 points",
        "points": [
            {"value": 1, "label": "Strongly disagree"},
            {"value": 2, "label": "Disagree"},
            {"value": 3, "label": "Neither agree nor disagree"},
            {"value": 4, "label": "Agree"},
            {"value": 5, "label": "Strongly agree"},
        ],
        "worst": 1,
        "best": 5,
    }
)
"""The scale a rating begins with where the instrument has none yet."""

# Any: fields of all kinds. `rows` get free keys when they are added.
STARTS: dict[str, dict[str, Any]] = {
    "single_choice": {"text": "Which of these fits best?", "options": [ONE, TWO]},
    "dropdown": {"text": "Which of these is it?", "options": [ONE, TWO]},
    "multiple_choice": {"text": "Which of these apply?", "options": [ONE, TWO]},
    "yes_no": {"text": "Have you used it in the past 12 months?"},
    "ranking": {"text": "Which matters most to you?", "options": [ONE, TWO]},
    "constant_sum": {"text": "How would you spread 100 points?", "options": [ONE, TWO]},
    "rating": {"text": "I find what I need."},
    "rating_matrix": {"text": "How far do you agree?", "rows": [{"text": "I find what I need."}]},
    "choice_matrix": {
        "text": "How do you use each of these?",
        "rows": [{"text": "First thing"}],
        "options": [ONE, TWO],
    },
    "entry_grid": {"text": "Fill in what you know.", "rows": [{"text": "First line"}]},
    "semantic_differential": {
        "text": "How does the library feel?",
        "rows": [{"left": "Cold", "right": "Warm"}],
    },
    "likelihood": {"text": "How likely are you to recommend the library to a friend?"},
    "slider": {"text": "How full was it when you came?", "unit": "%"},
    "number": {"text": "How often did you come in the past 4 weeks?", "minimum": 0},
    "date": {"text": "On which day was that?"},
    "time": {"text": "At what time was that?"},
    "short_text": {"text": "What was it, in a few words?"},
    "long_text": {"text": "What should we know?"},
    "email": {"text": "Where can we reach you?"},
    "file": {"text": "Send us a picture of it."},
    "consent": {"text": "I have read what is kept and why."},
    "hidden": {"text": "Where the link was posted", "parameter": "source", "values": ["poster"]},
    "calculated": {"text": "A value worked out from earlier answers", "calculation": "1 + 1"},
    "repeating_group": {
        "text": "Tell us about each visit.",
        "items": [{"kind": "short_text", "text": "What did you come for?"}],
    },
    "text_block": {"text": "The next questions are about …"},
}
"""A row for every kind; a test walks them."""


def started(instrument: Instrument, kind: str, text: str = "") -> tuple[Instrument, ItemBase]:
    """A new item of the kind with free keys, and the instrument with the scale that it needs."""
    if kind not in KINDS:
        raise refusal(
            "no-kind", "kind", say("There is no kind `{kind}`. Choose one of the list.", kind=kind)
        )
    fields = {**STARTS[kind], "kind": kind}
    if text.strip():
        fields["text"] = text.strip()
    if kind in {"rating", "rating_matrix"}:
        instrument, scale = with_some_scale(instrument)
        fields["scale"] = scale
    taken = item_keys(instrument)
    fields["key"] = free_key(key_from(text, kind), taken)
    taken.add(fields["key"])
    for name in ("rows", "items"):
        if name in fields:
            fields[name] = [_with_key(part, fields["key"], taken) for part in fields[name]]
    return instrument, built(KINDS[kind].model, **fields)


def _with_key(part: dict[str, Any], owner: str, taken: set[str]) -> dict[str, Any]:
    key = free_key(f"{owner[:50]}_1", taken)
    taken.add(key)
    return {**part, "key": key}


def with_some_scale(instrument: Instrument) -> tuple[Instrument, str]:
    """The instrument with at least one scale, and the key of the one to begin with."""
    if instrument.scales:
        return instrument, instrument.scales[0].key
    return rebuilt(instrument, scales=(AGREEMENT,)), AGREEMENT.key


def with_scale(instrument: Instrument, scale: Scale) -> tuple[Instrument, str]:
    """The instrument with this scale, and its key there: another scale may have the key already."""
    same = instrument.scale(scale.key)
    if same == scale:
        return instrument, scale.key
    key = free_key(scale.key, (one.key for one in instrument.scales))
    scales = (*instrument.scales, scale.model_copy(update={"key": key}))
    return rebuilt(instrument, scales=scales), key


def blank(key: str, title: str) -> Instrument:
    """An instrument to begin with: one page that asks one thing."""
    first = built(
        KINDS["likelihood"].model,
        kind="likelihood",
        key="recommend",
        text=STARTS["likelihood"]["text"],
    )
    page = built(Page, key="page_1", title="", items=(first,))
    return built(Instrument, key=key, title=title, pages=(page,))
