"""What every button of the designer means: one visible table, a row each.

A button also saves what was typed beside it, as one step with what it does, so that nothing typed
is lost by pressing another button first.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from assessor.domain.catalogue import CatalogueItems, CatalogueScales
from assessor.domain.editing import acts
from assessor.domain.editing.apply import read_act
from assessor.domain.instrument import Instrument, RepeatingGroup
from assessor.domain.logic_names import name_of, quoted
from assessor.domain.problems import Checked, Problem, Said, failed, say
from assessor.web.instruments.designer import part_forms
from assessor.web.instruments.designer.panels import Panel
from assessor.web.messages import gettext, told


@dataclass(frozen=True)
class Wanted:
    """`opens`: what is open afterwards (None: what was; `new`: what came to be); `focus`: an id."""

    acts: list[acts.Act]
    said: str
    opens: str | None = None
    focus: str = "panel"


@dataclass(frozen=True)
class Pressed:
    """A button: its name and what stands behind it, and everything around it."""

    argument: list[str]
    panel: Panel
    instrument: Instrument
    data: Any  # werkzeug's MultiDict of what was sent
    catalogue: tuple[CatalogueItems, CatalogueScales] = field(
        default_factory=lambda: (CatalogueItems(), CatalogueScales())
    )

    @property
    def key(self) -> str:
        return self.panel.spot.key

    @property
    def name(self) -> str:
        """What is open, as a sentence about it begins."""
        if self.panel.spot.kind == "item":
            return _named(self.instrument, self.key)
        page = self.panel.page
        if page is None:
            return gettext("It")
        return gettext("The page %(name)s", name=told(quoted(page.title or page.key)))


def _named(instrument: Instrument, key: str) -> str:
    return str(told(name_of(instrument, key)))


Do = Callable[[Pressed], Checked[Wanted]]


def wanted(do: str, pressed: Pressed) -> Checked[Wanted] | None:
    """What a press means beside saving; None where there is no such button here."""
    found = _DEEDS.get((pressed.panel.spot.kind, do)) or _DEEDS.get(("any", do))
    return found(pressed) if found is not None else None


def _one(read: Checked[Any], said: str, **more: Any) -> Checked[Wanted]:
    if read.value is None:
        return failed(*read.problems)
    return Checked(Wanted([read.value], said, **more))


def _no(where: str, message: str) -> Checked[Wanted]:
    return failed(Problem(code="edit.cannot", where=where, message=message))


def _save(pressed: Pressed) -> Checked[Wanted]:
    text = pressed.data.get("new-text", "").strip()
    if text and pressed.panel.spot.kind in {"item", "page"}:
        # Enter in that field presses the first button of the form, which is this one.
        return _add(pressed)
    return Checked(Wanted([], gettext("%(name)s is saved.", name=pressed.name)))


def _add(pressed: Pressed) -> Checked[Wanted]:
    panel, data = pressed.panel, pressed.data
    assert panel.page is not None, "items are added to what lies on a page"
    after = panel.spot.key if panel.place else panel.page.items[-1].key
    read = read_act(
        acts.AddItem,
        kind=data.get("new-kind", "single_choice"),
        page=panel.page.key,
        after=after,
        text=data.get("new-text", "").strip(),
    )
    return _one(read, gettext("The new item is here. Write its words."), opens="new")


def _add_within(pressed: Pressed) -> Checked[Wanted]:
    panel = pressed.panel
    if panel.place is None or not isinstance(panel.place.item, RepeatingGroup):
        return _no("", say("Only a repeating group has items of its own."))
    read = read_act(
        acts.AddItem,
        kind=pressed.data.get("within-kind", "short_text"),
        page=panel.place.page.key,
        group=panel.place.item.key,
        text=pressed.data.get("within-text", "").strip(),
    )
    return _one(read, gettext("The new item repeats with the others."), opens="new")


def _add_page(pressed: Pressed) -> Checked[Wanted]:
    after = pressed.panel.page.key if pressed.panel.page else pressed.instrument.pages[-1].key
    read = read_act(
        acts.AddPage,
        after=after,
        title=pressed.data.get("new-page", "").strip(),
        kind=pressed.data.get("new-kind", "single_choice"),
    )
    said = gettext("The new page is here, with one item to begin with.")
    return _one(read, said, opens="new-page")


def _from_catalogue(pressed: Pressed) -> Checked[Wanted]:
    items, scales = pressed.catalogue
    entry = items.item(pressed.argument[0] if pressed.argument else "")
    panel = pressed.panel
    if entry is None or panel.page is None:
        return _no("", say("The catalogue has no such item."))
    read = read_act(
        acts.AddFromCatalogue,
        entry=entry,
        scale=scales.scale(entry.scale) if entry.scale else None,
        page=panel.page.key,
        after=panel.spot.key if panel.place else panel.page.items[-1].key,
    )
    said = gettext("%(name)s is in, in the catalogue’s words.", name=told(quoted(entry.text)))
    return _one(read, said, opens="new")


def _shift(by: int) -> Do:
    def moved(pressed: Pressed) -> Checked[Wanted]:
        place = pressed.panel.place
        assert place is not None, "an item is open"
        items = place.group.items if place.group else place.page.items
        focus = "do-up" if by < 0 else "do-down"
        to = place.at + by
        if 0 <= to < len(items):
            read = read_act(acts.MoveItem, item=pressed.key, to=to)
            return _one(read, _moved(pressed.name, by), focus=focus)
        pages = list(pressed.instrument.pages)
        number = pages.index(place.page) + by
        if place.group is not None or not 0 <= number < len(pages):
            return _no("", _no_further(pressed.name, by))
        read = read_act(
            acts.MoveItem, item=pressed.key, page=pages[number].key, to=None if by < 0 else 0
        )
        title = pages[number].title or gettext("page %(number)s", number=number + 1)
        said = gettext("%(name)s moved to %(page)s.", name=pressed.name, page=told(quoted(title)))
        return _one(read, said, focus=focus)

    return moved


def _moved(name: str, by: int) -> str:
    if by < 0:
        return gettext("%(name)s moved up.", name=name)
    return gettext("%(name)s moved down.", name=name)


def _no_further(name: str, by: int) -> Said:
    if by < 0:
        return say("{name} is the first already.", name=name)
    return say("{name} is the last already.", name=name)


def _to_page(pressed: Pressed) -> Checked[Wanted]:
    page = pressed.data.get("to-page", "")
    read = read_act(acts.MoveItem, item=pressed.key, page=page)
    said = gettext("%(name)s moved to another page.", name=pressed.name)
    return _one(read, said, focus="do-move")


def _dropped(pressed: Pressed) -> Checked[Wanted]:
    """An item that was dragged in the outline; it need not be the one that is open."""
    item, page = pressed.data.get("drop-item", ""), pressed.data.get("drop-page", "")
    read = read_act(acts.MoveItem, item=item, page=page, to=pressed.data.get("drop-to"))
    said = gettext("%(name)s moved.", name=_named(pressed.instrument, item))
    return _one(read, said, opens=f"item:{item}", focus="current")


def _page_shift(by: int) -> Do:
    def moved(pressed: Pressed) -> Checked[Wanted]:
        keys = [page.key for page in pressed.instrument.pages]
        to = keys.index(pressed.key) + by
        if not 0 <= to < len(keys):
            return _no("", _no_further(pressed.name, by))
        focus = "do-up" if by < 0 else "do-down"
        read = read_act(acts.MovePage, page=pressed.key, to=to)
        return _one(read, _moved(pressed.name, by), focus=focus)

    return moved


def _part(pressed: Pressed) -> Checked[Wanted]:
    """A button of one entry of a list, such as `options|2|up`; the list is saved rearranged."""
    form = pressed.panel.item_form
    if form is None or len(pressed.argument) != 3 or not pressed.argument[1].isdecimal():
        return _no("", say("There is no such entry. Look at the item as it is now."))
    name, at, how = pressed.argument
    control = form.controls.get(name)
    if not isinstance(control, part_forms.PartForm):
        return _no("", say("There is no such list here."))
    changed = part_forms.rearranged(control, int(at), how)
    form.controls[name] = changed
    if how == "remove":
        return Checked(Wanted([], str(control.shape.gone), focus=f"part-{name}"))
    to = {"up": int(at) - 1, "down": int(at) + 1}.get(how, int(how) if how.isdecimal() else 0)
    focus = (
        f"{name}-{max(0, min(to, len(changed.entries) - 1))}-{'down' if how == 'down' else 'up'}"
    )
    return Checked(Wanted([], str(control.shape.moved), focus=focus))


def _rename(pressed: Pressed) -> Checked[Wanted]:
    new = pressed.data.get("new-key", "").strip()
    read = read_act(acts.RenameKey, key=pressed.key, new=new)
    if read.value is None:
        return failed(*(one.model_copy(update={"where": "new-key"}) for one in read.problems))
    said = gettext("The key is `%(key)s` now, wherever it is named.", key=new)
    return _one(read, said, opens=f"item:{new}")


def _kind(pressed: Pressed) -> Checked[Wanted]:
    read = read_act(acts.ChangeKind, item=pressed.key, kind=pressed.data.get("as-kind", ""))
    return _one(read, gettext("%(name)s is asked in another way.", name=pressed.name))


def _duplicate(pressed: Pressed) -> Checked[Wanted]:
    read = read_act(acts.DuplicateItem, item=pressed.key)
    return _one(read, gettext("The copy is here, with a key of its own."), opens="new")


def _duplicate_page(pressed: Pressed) -> Checked[Wanted]:
    read = read_act(acts.DuplicatePage, page=pressed.key)
    return _one(read, gettext("The copy is here, with keys of its own."), opens="new-page")


def _remove(pressed: Pressed) -> Checked[Wanted]:
    place = pressed.panel.place
    assert place is not None, "an item is open"
    opens = f"item:{place.group.key}" if place.group else f"page:{place.page.key}"
    read = read_act(acts.RemoveItem, item=pressed.key)
    return _one(read, _removed(pressed.name), opens=opens)


def _removed(name: str) -> str:
    return gettext("%(name)s is removed. Undo brings it back.", name=name)


def _remove_page(pressed: Pressed) -> Checked[Wanted]:
    left = [page.key for page in pressed.instrument.pages if page.key != pressed.key]
    read = read_act(acts.RemovePage, page=pressed.key)
    opens = f"page:{left[0]}" if left else None
    return _one(read, _removed(pressed.name), opens=opens)


def _unlock(pressed: Pressed) -> Checked[Wanted]:
    key = pressed.argument[0] if pressed.argument else pressed.key
    read = read_act(acts.Unlock, key=key)
    name = _named(pressed.instrument, key)
    return _one(read, gettext("%(name)s is yours now: its words can change.", name=name))


def _ask(what: str) -> Do:
    def asked(pressed: Pressed) -> Checked[Wanted]:
        key = pressed.argument[0] if pressed.argument else ""
        return Checked(Wanted([], "", focus=f"ask={what}" + (f"&of={key}" if key else "")))

    return asked


def _list_remove(pressed: Pressed) -> Checked[Wanted]:
    panel = pressed.panel
    if panel.listed is None:
        return _no("", say("There is nothing to remove here."))
    key = pressed.argument[0] if pressed.argument else panel.entry
    read = read_act(acts.RemoveListed, of=panel.listed, key=key)
    return _one(read, _removed(f"`{key}`"), opens=panel.listed)


def _list_shift(by: int) -> Do:
    def moved(pressed: Pressed) -> Checked[Wanted]:
        panel = pressed.panel
        key = pressed.argument[0] if pressed.argument else ""
        read = read_act(acts.MoveListed, of=panel.listed, key=key, by=by)
        word = "up" if by < 0 else "down"
        return _one(read, _moved(f"`{key}`", by), focus=f"{key}-{word}")

    return moved


def _scale_from_catalogue(pressed: Pressed) -> Checked[Wanted]:
    scale = pressed.catalogue[1].scale(pressed.data.get("catalogue-scale", ""))
    if scale is None:
        return _no("catalogue-scale", say("Choose one of the catalogue’s scales."))
    read = read_act(acts.PutScale, scale=scale)
    said = gettext("%(name)s is in.", name=told(quoted(scale.name or scale.key)))
    return _one(read, said, opens=f"scales.{scale.key}")


_DEEDS: dict[tuple[str, str], Do] = {
    ("any", "save"): _save,
    ("any", "drop"): _dropped,
    ("any", "add-page"): _add_page,
    ("item", "add"): _add,
    ("item", "add-within"): _add_within,
    ("item", "catalogue"): _from_catalogue,
    ("item", "up"): _shift(-1),
    ("item", "down"): _shift(1),
    ("item", "move"): _to_page,
    ("item", "part"): _part,
    ("item", "rename"): _rename,
    ("item", "kind"): _kind,
    ("item", "duplicate"): _duplicate,
    ("item", "remove"): _remove,
    ("item", "unlock"): _unlock,
    ("item", "ask-remove"): _ask("remove"),
    ("item", "ask-unlock"): _ask("unlock"),
    ("page", "add"): _add,
    ("page", "catalogue"): _from_catalogue,
    ("page", "up"): _page_shift(-1),
    ("page", "down"): _page_shift(1),
    ("page", "duplicate"): _duplicate_page,
    ("page", "remove"): _remove_page,
    ("page", "ask-remove"): _ask("remove"),
    ("part", "remove"): _list_remove,
    ("part", "up"): _list_shift(-1),
    ("part", "down"): _list_shift(1),
    ("part", "scale"): _scale_from_catalogue,
}
