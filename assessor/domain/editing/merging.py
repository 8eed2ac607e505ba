"""Whether an act that was made on one state of a draft can be done to a later one.

It can where what it touches is the same in both: then nobody's work is lost. Where somebody else
changed the very same thing, a person has to choose.
"""

from collections.abc import Callable, Iterable
from typing import Any

from assessor.domain.editing import acts
from assessor.domain.instrument import Instrument

WHOLE = ("whole", "")


Places = frozenset[tuple[str, str]]


def touched(act: acts.Act) -> Places:
    """What an act changes or depends on: pairs such as ("item", "visits") or ("page", "use")."""
    return frozenset(_TOUCHED[type(act)](act))


# Any: each row reads its own class of act.
_TOUCHED: dict[type, Callable[[Any], Iterable[tuple[str, str]]]] = {
    acts.ChangeInstrument: lambda act: (("field", name) for name in act.changes),
    acts.AddPage: lambda act: [("page-there", act.after or "")],
    acts.ChangePage: lambda act: [("page", act.page)],
    acts.MovePage: lambda act: [("page-there", act.page)],
    acts.DuplicatePage: lambda act: [("page", act.page), ("items", act.page)],
    acts.RemovePage: lambda act: [("page", act.page), ("items", act.page)],
    acts.AddItem: lambda act: [("there", act.after or "")],
    acts.AddFromCatalogue: lambda act: [("there", act.after or "")],
    acts.ChangeItem: lambda act: [("item", act.item)],
    acts.ChangeKind: lambda act: [("item", act.item)],
    acts.MoveItem: lambda act: [("there", act.item), ("place", act.item)],
    acts.DuplicateItem: lambda act: [("item", act.item)],
    acts.RemoveItem: lambda act: [("item", act.item)],
    acts.RenameKey: lambda act: [("item", act.key)],
    acts.RenameOption: lambda act: [("item", act.item)],
    acts.Unlock: lambda act: [("item", act.key)],
    acts.PutScale: lambda act: [("scales", act.old or "")],
    acts.PutEnding: lambda act: [("endings", act.old or "")],
    acts.PutQuota: lambda act: [("quotas", act.old or "")],
    acts.PutSampling: lambda act: [("samplings", act.old or "")],
    acts.RemoveListed: lambda act: [(act.of, act.key)],
    acts.MoveListed: lambda act: [(act.of, act.key)],
    acts.AddLanguage: lambda act: [("language", act.language)],
    acts.RemoveLanguage: lambda act: [("language", act.language)],
    acts.Replace: lambda _act: [WHOLE],
}


def can_follow(wanted: Iterable[acts.Act], seen: Instrument, now: Instrument) -> bool:
    """Whether acts made on `seen` lose nobody's work when they are done to `now`."""
    places = {place for act in wanted for place in touched(act)}
    return all(_content(seen, *place) == _content(now, *place) for place in places)


def _content(instrument: Instrument, what: str, key: str) -> object:
    """What stands at a place, to be compared between two states."""
    match what:
        case "item":
            return instrument.item(key)
        case "there":
            return not key or instrument.item(key) is not None
        case "place":
            return next(
                (page.key for page in instrument.pages for item in page.items if item.key == key),
                None,
            )
        case "page" | "items" | "page-there":
            page = next((one for one in instrument.pages if one.key == key), None)
            if page is None or what == "page-there":
                return page is not None or not key
            return page.items if what == "items" else page.model_copy(update={"items": ()})
        case "field":
            return getattr(instrument, key, None)
        case "scales" | "endings" | "quotas" | "samplings":
            return next((one for one in getattr(instrument, what) if one.key == key), None)
        case "language":
            return instrument.translations.get(key)
        case _:
            return instrument
