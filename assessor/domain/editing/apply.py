"""Doing an act: one visible table, a pure function a row."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from assessor.domain.editing import acts, listed
from assessor.domain.editing.catalogue import check_wording_kept, from_catalogue, unlocked
from assessor.domain.editing.places import (
    RESERVED,
    free_key,
    item_keys,
    key_from,
    keys_within,
    moved,
    page_of,
    place_of,
    with_item,
    with_item_after,
    with_page,
    with_pages,
    without_item,
)
from assessor.domain.editing.refusing import RefusedError, built, rebuilt, refusal
from assessor.domain.editing.renaming import (
    option_renamed,
    renamed_within,
    rewritten_within,
    with_addresses,
    with_copied_translations,
    with_names,
    without_translations,
)
from assessor.domain.editing.starting import started
from assessor.domain.instrument import MATRIX_KINDS, Instrument, Page, RepeatingGroup
from assessor.domain.problems import Checked, Value, failed, say

A = TypeVar("A", bound=Value)

KEPT_BY_KEY = frozenset({"key", "kind", "catalogue"})
"""Fields that have acts of their own."""


# Any: fields as a form sends them.
def read_act(model: type[A], **fields: Any) -> Checked[A]:
    """An act with these fields; a problem for each that is no key, no number, too long …"""
    try:
        return Checked(built(model, **fields))
    except RefusedError as refused:
        return failed(*refused.problems)


def apply_act(instrument: Instrument, act: acts.Act) -> Checked[Instrument]:
    """The instrument after the act; the reasons where it cannot be done.

    Problems have codes that begin with `edit.`, and a `where` that names the field of the act.
    """
    try:
        return Checked(_ACTS[type(act)](instrument, act))
    except RefusedError as refused:
        return failed(*refused.problems)


def apply_acts(instrument: Instrument, wanted: Iterable[acts.Act]) -> Checked[Instrument]:
    """All of the acts, one after the other, or none."""
    for act in wanted:
        checked = apply_act(instrument, act)
        if checked.value is None:
            return checked
        instrument = checked.value
    return Checked(instrument)


def _change_instrument(instrument: Instrument, act: acts.ChangeInstrument) -> Instrument:
    changes = {n: v for n, v in act.changes.items() if n in OWN_FIELDS}
    new = rebuilt(instrument, **changes)
    if new.language != instrument.language and new.language in new.translations:
        raise refusal(
            "language",
            "language",
            say(
                "It is translated to this language. Remove that translation first; it "
                "would be lost."
            ),
        )
    return new


OWN_FIELDS = frozenset(
    {"title", "language", "audience", "introduction", "thanks", "minutes", "group_item"}
)


def _add_page(instrument: Instrument, act: acts.AddPage) -> Instrument:
    instrument, item = started(instrument, act.kind)
    number = len(instrument.pages) + 1
    key = free_key(key_from(act.title, f"page_{number}"), (p.key for p in instrument.pages))
    page = built(Page, key=key, title=act.title.strip(), items=(item,))
    pages = list(instrument.pages)
    at = 0 if act.after is None else _page_at(instrument, act.after) + 1
    return with_pages(instrument, (*pages[:at], page, *pages[at:]))


def _change_page(instrument: Instrument, act: acts.ChangePage) -> Instrument:
    page = page_of(instrument, act.page)
    changes = {name: value for name, value in act.changes.items() if name != "items"}
    new = rebuilt(page, **changes)
    if new.key != page.key and any(one.key == new.key for one in instrument.pages):
        raise refusal(
            "key-taken", "key", say("There is a page `{new}` already. Choose another.", new=new.key)
        )
    changed = with_page(instrument, page.key, new)
    return with_addresses(changed, {f"page.{page.key}.": f"page.{new.key}."})


def _move_page(instrument: Instrument, act: acts.MovePage) -> Instrument:
    at = _page_at(instrument, act.page)
    pages = list(instrument.pages)
    page = pages.pop(at)
    pages.insert(min(act.to, len(pages)), page)
    return with_pages(instrument, pages)


def _duplicate_page(instrument: Instrument, act: acts.DuplicatePage) -> Instrument:
    at = _page_at(instrument, act.page)
    page = instrument.pages[at]
    names = _new_names(instrument, {key for item in page.items for key in keys_within(item)})
    key = free_key(page.key, (one.key for one in instrument.pages))
    copy = renamed_within(page, names).model_copy(update={"key": key})
    pages = (*instrument.pages[: at + 1], copy, *instrument.pages[at + 1 :])
    copied = with_copied_translations(with_pages(instrument, pages), names)
    return with_copied_translations(copied, {f"page.{page.key}": f"page.{key}"})


def _remove_page(instrument: Instrument, act: acts.RemovePage) -> Instrument:
    at = _page_at(instrument, act.page)
    if len(instrument.pages) == 1:
        raise refusal("last-page", "page", say("This is the only page. Add another first."))
    gone = {key for item in instrument.pages[at].items for key in keys_within(item)}
    pages = instrument.pages[:at] + instrument.pages[at + 1 :]
    left = _without_names(with_pages(instrument, pages), gone)
    return without_translations(left, (f"page.{act.page}.",))


def _add_item(instrument: Instrument, act: acts.AddItem) -> Instrument:
    instrument, item = started(instrument, act.kind, act.text)
    if act.group is None:
        return with_item_after(instrument, item, after=act.after, page=act.page)
    group = place_of(instrument, act.group).item
    if not isinstance(group, RepeatingGroup):
        raise refusal(
            "no-group", "group", say("`{group}` does not repeat anything.", group=act.group)
        )
    return with_item(instrument, group.key, rebuilt(group, items=(*group.items, item)))


def _add_from_catalogue(instrument: Instrument, act: acts.AddFromCatalogue) -> Instrument:
    instrument, item = from_catalogue(instrument, act.entry, act.scale)
    return with_item_after(instrument, item, after=act.after, page=act.page)


def _change_item(instrument: Instrument, act: acts.ChangeItem) -> Instrument:
    item = place_of(instrument, act.item).item
    changes = {name: value for name, value in act.changes.items() if name not in KEPT_BY_KEY}
    new = rebuilt(item, **changes)
    check_wording_kept(item, new)
    added = keys_within(new) - keys_within(item)
    clash = sorted(added & (item_keys(instrument) | RESERVED))
    if clash or len(keys_within(new)) < 1 + len(getattr(new, "rows", ())):
        taken = say("The key of a row is used already. Choose another.")
        if clash:
            taken = say("The key `{key}` is used already. Choose another.", key=clash[0])
        raise refusal("key-taken", "rows", taken)
    return with_item(instrument, item.key, new)


def _change_kind(instrument: Instrument, act: acts.ChangeKind) -> Instrument:
    item = place_of(instrument, act.item).item
    if item.catalogue:
        raise refusal("locked", "kind", say("The catalogue words this. Unlock the wording first."))
    instrument, fresh = started(instrument, act.kind)
    same = {
        name: getattr(item, name)
        for name in type(item).model_fields
        if name in type(fresh).model_fields
        and name not in {"kind", "scale", "scales"}
        and not (name == "rows" and not _same_rows(item, fresh))
    }
    scale = {n: getattr(item, n) for n in ("scale", "scales") if _has_both(item, fresh, n)}
    return with_item(instrument, item.key, rebuilt(fresh, **same, **scale))


def _same_rows(item: Any, fresh: Any) -> bool:
    return type(item.rows[0]) is type(fresh.rows[0])


def _has_both(item: Value, fresh: Value, name: str) -> bool:
    return hasattr(item, name) and hasattr(fresh, name)


def _move_item(instrument: Instrument, act: acts.MoveItem) -> Instrument:
    place = place_of(instrument, act.item)
    if place.group is not None:
        items = moved(place.group.items, place.at, act.to or 0)
        return with_item(instrument, place.group.key, rebuilt(place.group, items=items))
    if act.page is None or act.page == place.page.key:
        to = act.to if act.to is not None else len(place.page.items)
        items = moved(place.page.items, place.at, to)
        return with_page(instrument, place.page.key, rebuilt(place.page, items=items))
    target = page_of(instrument, act.page)
    there = (*target.items, place.item)
    to = len(there) if act.to is None else act.to
    items = moved(there, len(there) - 1, to)
    without = without_item(instrument, act.item)
    return with_page(without, target.key, rebuilt(target, items=items))


def _duplicate_item(instrument: Instrument, act: acts.DuplicateItem) -> Instrument:
    place = place_of(instrument, act.item)
    names = _new_names(instrument, keys_within(place.item))
    copy = renamed_within(place.item, names)
    placed = with_item_after(instrument, copy, after=act.item, page=place.page.key)
    return with_copied_translations(placed, names)


def _remove_item(instrument: Instrument, act: acts.RemoveItem) -> Instrument:
    gone = keys_within(place_of(instrument, act.item).item)
    return _without_names(without_item(instrument, act.item), gone)


def _rename_key(instrument: Instrument, act: acts.RenameKey) -> Instrument:
    taken = item_keys(instrument)
    if act.key not in taken:
        raise refusal(
            "no-item", "key", say("There is no item `{key}` any more. Choose another.", key=act.key)
        )
    if act.new == act.key:
        return instrument
    if act.new in taken:
        raise refusal(
            "key-taken", "new", say("`{new}` is another item’s key. Choose another.", new=act.new)
        )
    if act.new in RESERVED:
        message = say(
            "`{new}` means something else in files of answers. Choose another.", new=act.new
        )
        raise refusal("reserved-key", "new", message)
    return with_names(instrument, {act.key: act.new})


def _rename_option(instrument: Instrument, act: acts.RenameOption) -> Instrument:
    item = place_of(instrument, act.item).item
    name = "columns" if hasattr(item, "columns") else "options"
    options = getattr(item, name, ())
    if not any(option.code == act.code for option in options):
        raise refusal("gone", "code", say("There is no answer `{code}` any more.", code=act.code))
    if any(option.code == act.new for option in options):
        raise refusal(
            "key-taken",
            "code",
            say("`{new}` is another answer’s code. Choose another.", new=act.new),
        )
    changes: dict[str, Any] = {
        name: tuple(
            rebuilt(option, code=act.new) if option.code == act.code else option
            for option in options
        )
    }
    if hasattr(item, "exclusive"):
        changes["exclusive"] = tuple(
            act.new if code == act.code else code for code in item.exclusive
        )
    new = rebuilt(item, **changes)
    rows = tuple(row.key for row in item.rows) if isinstance(item, MATRIX_KINDS) else ()
    rewrite = option_renamed((act.item, *rows), act.code, act.new)
    renamed = rewritten_within(with_item(instrument, act.item, new), rewrite)
    start = f"{act.item}.option."
    return with_addresses(renamed, {f"{start}{act.code}.": f"{start}{act.new}."})


def _unlock(instrument: Instrument, act: acts.Unlock) -> Instrument:
    old, new = unlocked(instrument, act.key)
    return with_item(instrument, old.key, new)


def _replace(instrument: Instrument, act: acts.Replace) -> Instrument:
    if act.instrument.key != instrument.key:
        message = say(
            "The instrument’s own key stays `{instrument}`, since waves name it.",
            instrument=instrument.key,
        )
        raise refusal("other-key", "key", message)
    return act.instrument


def _page_at(instrument: Instrument, key: str) -> int:
    page = page_of(instrument, key)
    return next(at for at, one in enumerate(instrument.pages) if one.key == page.key)


def _new_names(instrument: Instrument, keys: set[str]) -> dict[str, str]:
    """A free key for each of the keys, for copies of what they name."""
    taken = item_keys(instrument)
    names: dict[str, str] = {}
    for key in sorted(keys):
        names[key] = free_key(key, taken)
        taken.add(names[key])
    return names


def _without_names(instrument: Instrument, gone: set[str]) -> Instrument:
    """The instrument after these keys are gone: nothing but logic names them any more.

    Logic that names them stays as it is, and the checks tell of it: what it should say without
    them only a person knows.
    """
    samplings = []
    for sampling in instrument.samplings:
        kept = tuple(key for key in sampling.items if key not in gone)
        if kept:
            samplings.append(sampling.model_copy(update={"items": kept}))
    group_item = None if instrument.group_item in gone else instrument.group_item
    left = instrument.model_copy(update={"samplings": tuple(samplings), "group_item": group_item})
    return without_translations(left, tuple(f"{key}." for key in gone))


# Any: each function takes its own class of act, which the key of its row names.
_ACTS: dict[type[Value], Callable[[Instrument, Any], Instrument]] = {
    acts.ChangeInstrument: _change_instrument,
    acts.AddPage: _add_page,
    acts.ChangePage: _change_page,
    acts.MovePage: _move_page,
    acts.DuplicatePage: _duplicate_page,
    acts.RemovePage: _remove_page,
    acts.AddItem: _add_item,
    acts.AddFromCatalogue: _add_from_catalogue,
    acts.ChangeItem: _change_item,
    acts.ChangeKind: _change_kind,
    acts.MoveItem: _move_item,
    acts.DuplicateItem: _duplicate_item,
    acts.RemoveItem: _remove_item,
    acts.RenameKey: _rename_key,
    acts.RenameOption: _rename_option,
    acts.Unlock: _unlock,
    acts.PutScale: listed.put_scale,
    acts.PutEnding: listed.put_ending,
    acts.PutQuota: listed.put_quota,
    acts.PutSampling: listed.put_sampling,
    acts.RemoveListed: listed.remove_listed,
    acts.MoveListed: listed.move_listed,
    acts.AddLanguage: listed.add_language,
    acts.RemoveLanguage: listed.remove_language,
    acts.Replace: _replace,
}
