"""Whatever is done in whatever order: the instrument stays one, and its keys stay its own."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.domain.editing import acts
from assessor.domain.editing.apply import apply_act
from assessor.domain.editing.merging import can_follow
from assessor.domain.editing.places import item_keys, place_of
from assessor.domain.instrument import Ending, Instrument
from assessor.domain.kinds import KINDS, columns
from tests.domain.editing.samples import sample

Draw = Any  # hypothesis' draw function names no type here
NEW_KEYS = st.sampled_from(["visits", "role", "warm", "weight", "fresh", "x1", "Bad key"])
WORDS = st.sampled_from(["Another text?", "", "${visits} times", "x" * 2001])


@st.composite
def any_act(draw: Draw, instrument: Instrument) -> acts.Act:
    items = [*sorted(item_keys(instrument)), "nothing"]
    pages = [page.key for page in instrument.pages] + ["nowhere"]
    item, page = st.sampled_from(items), st.sampled_from(pages)
    place = st.integers(0, 5)
    kinds = st.sampled_from([*sorted(KINDS), "no_kind"])
    return draw(  # type: ignore[no-any-return]  # one of the acts below
        st.one_of(
            st.builds(acts.AddItem, kind=kinds, page=page, after=st.none() | item, text=WORDS),
            st.builds(acts.AddPage, after=st.none() | page, kind=kinds),
            st.builds(acts.ChangeItem, item=item, changes=st.fixed_dictionaries({"text": WORDS})),
            st.builds(acts.ChangeKind, item=item, kind=kinds),
            st.builds(acts.MoveItem, item=item, page=st.none() | page, to=st.none() | place),
            st.builds(acts.DuplicateItem, item=item),
            st.builds(acts.RemoveItem, item=item),
            st.builds(acts.DuplicatePage, page=page),
            st.builds(acts.MovePage, page=page, to=place),
            st.builds(acts.RemovePage, page=page),
            st.builds(acts.Unlock, key=item),
            st.builds(acts.PutEnding, ending=st.just(Ending(key="out", title="Out"))),
            st.builds(acts.RemoveListed, of=st.just("scales"), key=st.just("five")),
        )
    )


def is_sound(instrument: Instrument) -> bool:
    again = Instrument.model_validate_json(instrument.model_dump_json())
    names = [column.name for column in columns(instrument)]
    owned = [key for item in instrument.items() for key in keys_of(item)]
    return again == instrument and len(names) == len(set(names)) and len(owned) == len(set(owned))


def keys_of(item: Any) -> list[str]:
    inner = [key for one in getattr(item, "items", ()) for key in keys_of(one)]
    return [item.key, *(row.key for row in getattr(item, "rows", ())), *inner]


@settings(max_examples=60)
@given(st.data())
def test_any_sequence_of_acts_leaves_an_instrument_with_keys_of_its_own(
    data: st.DataObject,
) -> None:
    instrument = sample()
    for _ in range(data.draw(st.integers(1, 8))):
        act = data.draw(any_act(instrument))
        before = instrument.model_dump_json()
        checked = apply_act(instrument, act)
        assert instrument.model_dump_json() == before, "an act changes nothing but makes a new one"
        assert (checked.value is None) == bool(checked.problems)
        instrument = checked.value or instrument
        assert is_sound(instrument)


@given(st.data())
def test_renaming_there_and_back_changes_nothing(data: st.DataObject) -> None:
    instrument = sample()
    key = data.draw(st.sampled_from(sorted(item_keys(instrument))))
    there = apply_act(instrument, acts.RenameKey(key=key, new="quite_new")).unwrap()
    assert key not in there.model_dump_json().replace(f'"catalogue":"{key}"', "").split('"')
    back = apply_act(there, acts.RenameKey(key="quite_new", new=key)).unwrap()
    assert back == instrument


@given(st.data())
def test_what_may_be_merged_loses_nothing(data: st.DataObject) -> None:
    """What may be merged loses nothing: the other person's words are still there."""
    seen = sample()
    mine, theirs = data.draw(any_act(seen)), data.draw(any_act(seen))
    now = apply_act(seen, theirs).value
    if now is None or apply_act(seen, mine).value is None or not can_follow([mine], seen, now):
        return
    merged = apply_act(now, mine).value
    if merged is None or not isinstance(theirs, acts.ChangeItem):
        return
    assert place_of(merged, theirs.item).item.text == theirs.changes["text"]
