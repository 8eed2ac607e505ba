"""What an instrument holds beside its pages: scales, endings, quotas, samplings, languages."""

from collections.abc import Callable
from typing import Any

from assessor.domain.editing.acts import (
    AddLanguage,
    Listed,
    MoveListed,
    PutEnding,
    PutQuota,
    PutSampling,
    PutScale,
    RemoveLanguage,
    RemoveListed,
)
from assessor.domain.editing.refusing import rebuilt, refusal
from assessor.domain.editing.renaming import with_addresses, without_translations
from assessor.domain.instrument import Instrument, Item, Rated, RepeatingGroup
from assessor.domain.problems import Said, Value, say, say_number, saying

WORDS: dict[Listed, str] = {
    "scales": "scale",
    "endings": "ending",
    "quotas": "quota",
    "samplings": "sampling",
}


_GONE: dict[Listed, Callable[..., Said]] = {
    "scales": saying("There is no scale `{key}` any more."),
    "endings": saying("There is no ending `{key}` any more."),
    "quotas": saying("There is no quota `{key}` any more."),
    "samplings": saying("There is no sampling `{key}` any more."),
}

_TAKEN: dict[Listed, Callable[..., Said]] = {
    "scales": saying("There is a scale `{key}` already. Choose another."),
    "endings": saying("There is an ending `{key}` already. Choose another."),
    "quotas": saying("There is a quota `{key}` already. Choose another."),
    "samplings": saying("There is a sampling `{key}` already. Choose another."),
}


def put_scale(instrument: Instrument, act: PutScale) -> Instrument:
    new = _put(instrument, "scales", act.scale, act.old)
    if act.old is None or act.old == act.scale.key:
        return new
    pages = tuple(
        page.model_copy(
            update={
                "items": tuple(_rescaled(i, act.old, act.scale.key) for i in page.items),
            }
        )
        for page in new.pages
    )
    new = new.model_copy(update={"pages": pages})
    return with_addresses(new, {f"scale.{act.old}.": f"scale.{act.scale.key}."})


def put_ending(instrument: Instrument, act: PutEnding) -> Instrument:
    new = _put(instrument, "endings", act.ending, act.old)
    if act.old is None or act.old == act.ending.key:
        return new
    quotas = tuple(
        quota.model_copy(update={"ending": act.ending.key}) if quota.ending == act.old else quota
        for quota in new.quotas
    )
    new = new.model_copy(update={"quotas": quotas})
    return with_addresses(new, {f"ending.{act.old}.": f"ending.{act.ending.key}."})


def put_quota(instrument: Instrument, act: PutQuota) -> Instrument:
    if instrument.ending(act.quota.ending) is None:
        message = say("Choose the ending that people meet once the quota is full; add one first.")
        raise refusal("no-ending", "ending", message)
    return _put(instrument, "quotas", act.quota, act.old)


def put_sampling(instrument: Instrument, act: PutSampling) -> Instrument:
    return _put(instrument, "samplings", act.sampling, act.old)


def remove_listed(instrument: Instrument, act: RemoveListed) -> Instrument:
    entries = _entries(instrument, act.of)
    at = _at(entries, act.of, act.key)
    if act.of == "scales":
        used = [item.key for item in instrument.items() if act.key in scales_of(item)]
        if used:
            named = ", ".join(f"`{key}`" for key in used[:5])
            message = say_number(
                "{items} uses this scale. Give them another.",
                "{items} use this scale. Give them another.",
                len(used),
                items=named,
            )
            raise refusal("in-use", act.key, message)
    if act.of == "endings":
        led = [quota.key for quota in instrument.quotas if quota.ending == act.key]
        if led:
            message = say(
                "The quota `{quota}` leads to this ending. Give it another first.", quota=led[0]
            )
            raise refusal("in-use", act.key, message)
    new = rebuilt(instrument, **{act.of: entries[:at] + entries[at + 1 :]})
    return without_translations(new, (f"{WORDS[act.of]}.{act.key}.",))


def move_listed(instrument: Instrument, act: MoveListed) -> Instrument:
    entries = list(_entries(instrument, act.of))
    at = _at(tuple(entries), act.of, act.key)
    if not 0 <= at + act.by < len(entries):
        is_first = say("It is the first already.")
        raise refusal(
            "no-further", act.key, is_first if act.by < 0 else say("It is the last already.")
        )
    entries[at], entries[at + act.by] = entries[at + act.by], entries[at]
    return rebuilt(instrument, **{act.of: tuple(entries)})


def add_language(instrument: Instrument, act: AddLanguage) -> Instrument:
    if act.language in instrument.languages:
        raise refusal("has-language", "language", say("The instrument has this language already."))
    translations = {**instrument.translations, act.language: {}}
    return rebuilt(instrument, translations=translations)


def remove_language(instrument: Instrument, act: RemoveLanguage) -> Instrument:
    if act.language not in instrument.translations:
        raise refusal("no-language", "language", say("The instrument has no such translation."))
    kept = {one: said for one, said in instrument.translations.items() if one != act.language}
    return rebuilt(instrument, translations=kept)


def scales_of(item: Item) -> tuple[str, ...]:
    """The scales an item uses, those of items that it repeats among them."""
    if isinstance(item, RepeatingGroup):
        return tuple(key for one in item.items if isinstance(one, Rated) for key in one.scale_keys)
    return item.scale_keys if isinstance(item, Rated) else ()


# Any: entries of four models, each with a key.
def _entries(instrument: Instrument, of: Listed) -> tuple[Any, ...]:
    found: tuple[Any, ...] = getattr(instrument, of)
    return found


def _at(entries: tuple[Any, ...], of: Listed, key: str) -> int:
    at = next((n for n, entry in enumerate(entries) if entry.key == key), None)
    if at is None:
        raise refusal("gone", key, _GONE[of](key=key))
    return at


def _put(instrument: Instrument, of: Listed, new: Value, old: str | None) -> Instrument:
    entries = _entries(instrument, of)
    key = new.key  # type: ignore[attr-defined]  # each of the four has one
    if key != old and any(entry.key == key for entry in entries):
        raise refusal(
            "key-taken",
            "key",
            _TAKEN[of](key=key),
        )
    if old is None:
        return rebuilt(instrument, **{of: (*entries, new)})
    at = _at(entries, of, old)
    return rebuilt(instrument, **{of: (*entries[:at], new, *entries[at + 1 :])})


# Any: one of the kinds, or one that a group repeats.
def _rescaled(item: Any, old: str, new: str) -> Any:
    if isinstance(item, RepeatingGroup):
        inner = tuple(_rescaled(one, old, new) for one in item.items)
        return item.model_copy(update={"items": inner})
    if not isinstance(item, Rated) or old not in item.scale_keys:
        return item
    uses = tuple(
        use.model_copy(update={"scale": new}) if use.scale == old else use for use in item.scales
    )
    return item.model_copy(
        update={"scale": new if item.scale == old else item.scale, "scales": uses}
    )
