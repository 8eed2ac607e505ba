"""Each act does what it says, keeps everything that names what it changes, or says why not."""

from typing import Any

import pytest

from assessor.domain.catalogue import CatalogueItem
from assessor.domain.checks.instrument import check_instrument
from assessor.domain.editing import acts
from assessor.domain.editing.apply import _ACTS, apply_act, apply_acts, read_act
from assessor.domain.editing.merging import _TOUCHED
from assessor.domain.editing.starting import STARTS, blank
from assessor.domain.instrument import (
    Ending,
    Instrument,
    Quota,
    RatingMatrix,
    RepeatingGroup,
    Sampling,
    Scale,
    SingleChoice,
)
from assessor.domain.kinds import KINDS
from assessor.domain.problems import has_errors
from tests.domain.editing.samples import FIVE, ROLES, sample


def done(act: acts.Act, instrument: Instrument | None = None) -> Instrument:
    return apply_act(instrument or sample(), act).unwrap()


def refused(act: acts.Act, instrument: Instrument | None = None) -> str:
    checked = apply_act(instrument or sample(), act)
    assert checked.value is None
    return checked.problems[0].code


def keys(instrument: Instrument, page: int = 0) -> list[str]:
    return [item.key for item in instrument.pages[page].items]


def test_every_act_can_be_done_and_merged() -> None:
    every = set(acts.Act.__args__)
    assert every == set(_ACTS) == set(_TOUCHED)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_an_item_of_every_kind_begins_sound(kind: str) -> None:
    assert set(STARTS) == set(KINDS)
    found = done(acts.AddItem(kind=kind, page="page_1", after="recommend"), blank("new", "New"))
    assert not has_errors(check_instrument(found))
    assert found.pages[0].items[1].kind == kind


def test_a_new_item_takes_its_key_from_its_text_and_stands_behind_another() -> None:
    act = acts.AddItem(kind="yes_no", page="about", after="role", text="Do you borrow laptops?")
    found = done(act)
    assert keys(found) == ["role", "do_you_borrow_laptops", "visits", "why"]
    assert keys(done(act, found))[1] == "do_you_borrow_laptops_2"


def test_a_new_item_of_a_group_is_repeated_with_it() -> None:
    found = done(acts.AddItem(kind="number", page="place", group="trips"))
    group = found.item("trips")
    assert isinstance(group, RepeatingGroup)
    assert [one.kind for one in group.items] == ["yes_no", "number"]
    assert (
        refused(acts.AddItem(kind="rating_matrix", page="place", group="trips")) == "edit.invalid"
    )


def test_a_field_is_changed_or_refused_with_its_name() -> None:
    found = done(acts.ChangeItem(item="visits", changes={"text": "How often?", "maximum": "30"}))
    item = found.item("visits")
    assert item is not None
    assert (item.text, getattr(item, "maximum")) == ("How often?", 30.0)  # noqa: B009
    checked = apply_act(sample(), acts.ChangeItem(item="visits", changes={"text": ""}))
    assert [(p.where, p.message) for p in checked.problems] == [("text", "Fill this in.")]


def test_another_kind_keeps_what_both_have() -> None:
    found = done(acts.ChangeKind(item="role", kind="multiple_choice")).item("role")
    assert found is not None
    assert (found.kind, found.text) == ("multiple_choice", "Who are you?")
    assert [option.code for option in getattr(found, "options")] == ["adult", "child"]  # noqa: B009
    assert done(acts.ChangeKind(item="rooms", kind="semantic_differential")).item("rooms")


def test_a_copy_has_keys_and_logic_of_its_own() -> None:
    found = done(acts.DuplicateItem(item="rooms"))
    copy = found.pages[1].items[1]
    assert isinstance(copy, RatingMatrix)
    assert (copy.key, [row.key for row in copy.rows]) == ("rooms_2", ["quiet_2", "warm_2"])
    page = done(acts.DuplicatePage(page="about")).pages[1]
    assert page.key == "about_2"
    assert page.items[2].relevant == "${visits_2} > 3 and ${role_2} = 'adult'"


def test_a_copy_is_translated_like_what_it_is_a_copy_of() -> None:
    said = done(acts.DuplicatePage(page="about")).translations["de"]
    assert said["visits_2.text"] == "Wie oft?"
    assert said["page.about_2.title"] == "Über Sie"


def test_items_move_on_their_page_and_to_another() -> None:
    assert keys(done(acts.MoveItem(item="why", to=0))) == ["why", "role", "visits"]
    found = done(acts.MoveItem(item="why", page="place", to=1))
    assert keys(found, 1) == ["rooms", "why", "trips"]
    alone = done(acts.AddPage(after=None))
    key = alone.pages[0].items[0].key
    assert refused(acts.MoveItem(item=key, page="place"), alone) == "edit.last-item"


def test_what_is_removed_is_named_by_nothing_but_logic() -> None:
    found = done(acts.RemoveItem(item="role"))
    assert found.group_item is None
    assert "role.option.adult" not in found.translations["de"]
    assert "${role}" in found.pages[0].items[1].relevant
    assert done(acts.RemoveItem(item="rooms")).samplings == ()
    assert refused(acts.RemoveItem(item="mood")) == "edit.last-item"
    assert done(acts.RemovePage(page="place")).samplings == ()
    assert refused(acts.RemovePage(page="page_1"), blank("new", "New")) == "edit.last-page"


def test_a_key_is_renamed_wherever_it_is_named() -> None:
    found = done(acts.RenameKey(key="visits", new="times"))
    why = found.item("why")
    assert why is not None
    assert why.relevant == "${times} > 3 and ${role} = 'adult'"
    assert why.text == "Why ${times} times?"
    assert found.endings[0].when == "${times} = 0"
    assert found.translations["de"]["times.text"] == "Wie oft?"
    assert found.translations["de"]["why.text"] == "Warum ${times} Mal?"
    assert done(acts.RenameKey(key="role", new="who")).group_item == "who"
    row = done(acts.RenameKey(key="quiet", new="calm"))
    assert row.samplings[0].items == ("calm", "warm")
    assert refused(acts.RenameKey(key="visits", new="warm")) == "edit.key-taken"
    assert refused(acts.RenameKey(key="visits", new="weight")) == "edit.reserved-key"
    badly = read_act(acts.RenameKey, key="visits", new="No good")
    assert [(p.code, p.where) for p in badly.problems] == [("edit.invalid", "new")]


def test_a_code_is_renamed_wherever_it_is_named() -> None:
    found = done(acts.RenameOption(item="role", code="adult", new="grown"))
    assert found.pages[0].items[2].relevant == "${visits} > 3 and ${role} = 'grown'"
    assert found.pages[1].relevant == "selected(${role}, 'grown')"
    assert found.quotas[0].when == "${role} = 'grown'"
    assert found.translations["de"]["role.option.grown"] == "Erwachsen"
    assert refused(acts.RenameOption(item="role", code="adult", new="child")) == "edit.key-taken"


def test_pages_are_renamed_with_their_translations_and_moved() -> None:
    found = done(acts.ChangePage(page="about", changes={"key": "you", "title": "You"}))
    assert found.translations["de"]["page.you.title"] == "Über Sie"
    assert refused(acts.ChangePage(page="about", changes={"key": "place"})) == "edit.key-taken"
    assert [p.key for p in done(acts.MovePage(page="place", to=0)).pages] == ["place", "about"]


ENTRY: dict[str, Any] = {
    "key": "found",
    "text": "I found it.",
    "topic": "access",
    "scale": "five",
    "na": "I did not look",
    "source": "own wording",
    "licence": "CC0-1.0",
}


def test_an_entry_of_the_catalogue_comes_with_its_scale_and_keeps_its_words() -> None:
    other = Scale.model_validate(FIVE | {"name": "Another"})
    entry = CatalogueItem.model_validate(ENTRY)
    act = acts.AddFromCatalogue(entry=entry, scale=other, page="about", after="role")
    found = done(act)
    item = found.item("found")
    assert item is not None
    assert (item.catalogue, getattr(item, "scale")) == ("found", "five_2")  # noqa: B009
    assert refused(acts.ChangeItem(item="found", changes={"text": "Else"}), found) == "edit.locked"
    assert refused(acts.ChangeKind(item="found", kind="number"), found) == "edit.locked"
    changed = done(acts.ChangeItem(item="found", changes={"required": True}), found)
    unlocked = done(acts.Unlock(key="found"), changed)
    own = done(acts.ChangeItem(item="found", changes={"text": "Else"}), unlocked).item("found")
    assert own is not None
    assert own.text == "Else"


def test_a_row_of_the_catalogue_keeps_its_words() -> None:
    rows = [{"key": "quiet", "text": "Calm."}, {"key": "warm", "text": "Hot.", "catalogue": "warm"}]
    assert refused(acts.ChangeItem(item="rooms", changes={"rows": rows})) == "edit.locked"
    rows[1]["text"] = "It is warm."
    assert done(acts.ChangeItem(item="rooms", changes={"rows": rows})) != sample()
    unlocked = done(acts.Unlock(key="warm"))
    rows[1] |= {"text": "Hot.", "catalogue": ""}
    assert done(acts.ChangeItem(item="rooms", changes={"rows": rows}), unlocked) != unlocked


def test_a_row_cannot_take_a_key_that_is_used() -> None:
    rows = [
        {"key": "visits", "text": "A"},
        {"key": "warm", "text": "It is warm.", "catalogue": "warm"},
    ]
    assert refused(acts.ChangeItem(item="rooms", changes={"rows": rows})) == "edit.key-taken"
    rows[0]["key"] = "warm"
    assert refused(acts.ChangeItem(item="rooms", changes={"rows": rows})) == "edit.key-taken"


def test_scales_endings_quotas_and_samplings_are_put_renamed_and_removed() -> None:
    scale = Scale.model_validate(FIVE | {"key": "points"})
    found = done(acts.PutScale(scale=scale, old="five"))
    item = found.item("rooms")
    assert getattr(item, "scale") == "points"  # noqa: B009
    assert found.translations["de"]["scale.points.1"] == "Punkt 1"
    assert refused(acts.RemoveListed(of="scales", key="five")) == "edit.in-use"
    assert refused(acts.RemoveListed(of="endings", key="out")) == "edit.in-use"
    ending = Ending(key="full", title="Full")
    renamed = done(acts.PutEnding(ending=ending, old="out"))
    assert renamed.quotas[0].ending == "full"
    quota = Quota(key="more", when="true()", limit=1, ending="nowhere")
    assert refused(acts.PutQuota(quota=quota)) == "edit.no-ending"
    sampling = Sampling(key="some", items=("visits",), share=0.5)
    assert refused(acts.PutSampling(sampling=sampling)) == "edit.key-taken"
    assert done(acts.PutSampling(sampling=sampling, old="some")).samplings == (sampling,)
    two = done(acts.PutEnding(ending=ending))
    turned = done(acts.MoveListed(of="endings", key="full", by=-1), two)
    assert [one.key for one in turned.endings] == ["full", "out"]
    assert refused(acts.MoveListed(of="endings", key="full", by=-1), turned) == "edit.no-further"


def test_languages_come_and_go() -> None:
    found = done(acts.AddLanguage(language="es"))
    assert found.languages == ("en", "de", "es")
    assert refused(acts.AddLanguage(language="de")) == "edit.has-language"
    assert done(acts.RemoveLanguage(language="de")).languages == ("en",)
    assert refused(acts.ChangeInstrument(changes={"language": "de"})) == "edit.language"


def test_a_whole_instrument_keeps_its_key() -> None:
    other = sample(title="Else")
    assert done(acts.Replace(instrument=other)) == other
    assert refused(acts.Replace(instrument=blank("other", "Other"))) == "edit.other-key"


def test_several_acts_are_one_step_or_none() -> None:
    good = acts.ChangeItem(item="visits", changes={"text": "How often?"})
    bad = acts.RemoveItem(item="nothing")
    assert apply_acts(sample(), [good, bad]).value is None
    assert isinstance(done(good).item("role"), SingleChoice)
    assert ROLES[0]["code"] == "adult"
