"""Every act there is on an instrument, one class each; adding one is a class, a row in `apply.py`
and a test.

Acts name things by their keys and hold only what changes, so that an act made on one state of a
draft can be done to a later one that somebody else saved.
"""

from typing import Annotated, Any, Literal

from pydantic import Field

from assessor.domain.catalogue import CatalogueItem
from assessor.domain.instrument import (
    Ending,
    Instrument,
    Key,
    Language,
    Quota,
    Sampling,
    Scale,
)
from assessor.domain.problems import Value

Listed = Literal["scales", "endings", "quotas", "samplings"]
"""What an instrument holds beside its pages, each with a key of its own."""

KindName = Annotated[str, Field(max_length=60)]
# Any: what a form sends for a field of any type; the model of the kind checks it.
Fields = dict[str, Any]


class ChangeInstrument(Value):
    """Give the instrument's own fields other content: title, introduction, language …"""

    do: Literal["change_instrument"] = "change_instrument"
    changes: Fields


class AddPage(Value):
    """A new page behind another (None: the first), which begins with one item of a kind."""

    do: Literal["add_page"] = "add_page"
    after: Key | None = None
    title: str = ""
    kind: KindName = "single_choice"


class ChangePage(Value):
    do: Literal["change_page"] = "change_page"
    page: Key
    changes: Fields


class MovePage(Value):
    """Put the page at the place `to`, counted from 0 without it."""

    do: Literal["move_page"] = "move_page"
    page: Key
    to: int = Field(ge=0)


class DuplicatePage(Value):
    do: Literal["duplicate_page"] = "duplicate_page"
    page: Key


class RemovePage(Value):
    do: Literal["remove_page"] = "remove_page"
    page: Key


class AddItem(Value):
    """A new item of a kind, with content to start from, behind another or first on the page."""

    do: Literal["add_item"] = "add_item"
    kind: KindName
    page: Key
    after: Key | None = None
    group: Key | None = None
    text: str = ""


class AddFromCatalogue(Value):
    """An item in the catalogue's wording; `scale` is the catalogue's, where it names one."""

    do: Literal["add_from_catalogue"] = "add_from_catalogue"
    entry: CatalogueItem
    scale: Scale | None = None
    page: Key
    after: Key | None = None


class ChangeItem(Value):
    """Give fields of an item other content; lists such as `options` are given whole."""

    do: Literal["change_item"] = "change_item"
    item: Key
    changes: Fields


class ChangeKind(Value):
    """Ask the same in another way: what both kinds have stays, the rest is begun anew."""

    do: Literal["change_kind"] = "change_kind"
    item: Key
    kind: KindName


class MoveItem(Value):
    """Put the item at the place `to` of a page (None: where it is), counted from 0 without it."""

    do: Literal["move_item"] = "move_item"
    item: Key
    page: Key | None = None
    to: int | None = Field(default=None, ge=0)


class DuplicateItem(Value):
    do: Literal["duplicate_item"] = "duplicate_item"
    item: Key


class RemoveItem(Value):
    do: Literal["remove_item"] = "remove_item"
    item: Key


class RenameKey(Value):
    """Call an item or a row otherwise, wherever it is named: in logic, samplings, translations."""

    do: Literal["rename_key"] = "rename_key"
    key: Key
    new: Key


class RenameOption(Value):
    """Give an option another code, wherever logic and translations name it."""

    do: Literal["rename_option"] = "rename_option"
    item: Key
    code: str
    new: str


class Unlock(Value):
    """Make an item or a row, which the catalogue words, the instrument's own."""

    do: Literal["unlock"] = "unlock"
    key: Key


class PutScale(Value):
    """Add a scale, or put it in the place of the one called `old`."""

    do: Literal["put_scale"] = "put_scale"
    scale: Scale
    old: Key | None = None


class PutEnding(Value):
    do: Literal["put_ending"] = "put_ending"
    ending: Ending
    old: Key | None = None


class PutQuota(Value):
    do: Literal["put_quota"] = "put_quota"
    quota: Quota
    old: Key | None = None


class PutSampling(Value):
    do: Literal["put_sampling"] = "put_sampling"
    sampling: Sampling
    old: Key | None = None


class RemoveListed(Value):
    do: Literal["remove_listed"] = "remove_listed"
    of: Listed
    key: Key


class MoveListed(Value):
    """Endings are looked at in their order."""

    do: Literal["move_listed"] = "move_listed"
    of: Listed
    key: Key
    by: Literal[-1, 1]


class AddLanguage(Value):
    do: Literal["add_language"] = "add_language"
    language: Language


class RemoveLanguage(Value):
    """Take out a language with all its translations."""

    do: Literal["remove_language"] = "remove_language"
    language: Language


class Replace(Value):
    """Put a whole instrument in the place of this one, as a file or its text gives it."""

    do: Literal["replace"] = "replace"
    instrument: Instrument


Act = (
    ChangeInstrument
    | AddPage
    | ChangePage
    | MovePage
    | DuplicatePage
    | RemovePage
    | AddItem
    | AddFromCatalogue
    | ChangeItem
    | ChangeKind
    | MoveItem
    | DuplicateItem
    | RemoveItem
    | RenameKey
    | RenameOption
    | Unlock
    | PutScale
    | PutEnding
    | PutQuota
    | PutSampling
    | RemoveListed
    | MoveListed
    | AddLanguage
    | RemoveLanguage
    | Replace
)
