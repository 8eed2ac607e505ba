"""The designer's page: what is open is shown, what is pressed is done, and who collides is told."""

from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from assessor.actions.designing import (
    Edited,
    edit_instrument,
    redo_instrument,
    undo_instrument,
)
from assessor.domain.editing.apply import apply_acts
from assessor.domain.editing.dependents import dependents
from assessor.domain.editing.places import item_keys, keys_within
from assessor.domain.instrument import Instrument
from assessor.domain.kinds import KINDS
from assessor.domain.logic_fields import WORDS
from assessor.domain.logic_sentences import in_words
from assessor.domain.mapping import Mapping
from assessor.domain.plan import Plan
from assessor.domain.problems import Checked, has_errors
from assessor.formats.catalogue_file import shipped_items, shipped_scales
from assessor.store import documents, histories
from assessor.store.documents import StoredInstrument
from assessor.store.published import published
from assessor.web.access import current_account, current_library_id, requires
from assessor.web.instruments.changes import Change, changes
from assessor.web.instruments.designer import logic_form
from assessor.web.instruments.designer.deeds import Pressed, Wanted, wanted
from assessor.web.instruments.designer.outline import (
    CHECKS_AT_ONCE,
    check_lines,
    checks_of,
    dependent_words,
    edit_url,
    found_by,
    is_slow_to_check,
    outline,
)
from assessor.web.instruments.designer.panels import (
    NEW,
    Panel,
    opened,
    saved,
    show_problems,
)
from assessor.web.instruments.frame import blueprint, own_draft, sections
from assessor.web.messages import as_said, gettext, told

CHANGED_MEANWHILE = "instrument.changed-meanwhile"


@dataclass(frozen=True)
class Clash:
    """Two versions of a draft: what somebody else saved since, and what was typed here."""

    who: str
    theirs: tuple[Change, ...]
    mine: tuple[Change, ...]


@blueprint.get("/<key>/edit")
@requires("librarian")
def edit(key: str) -> ResponseReturnValue:
    """The outline, what is open, and the patron's view of it."""
    stored = own_draft(key)
    at = request.args.get("at", "")
    panel = opened(stored.draft, at) or _first(stored.draft)
    return _page(stored, panel)


@blueprint.post("/<key>/edit")
@requires("librarian")
def change(key: str) -> ResponseReturnValue:
    """One press of a button. What cannot be done is said, with everything typed still there."""
    stored = own_draft(key)
    seen = request.form.get("seen", "")
    base = state_of(stored, seen)
    # A button on a page without the fields, such as the catalogue's, says nothing of them.
    has_fields = "typed" in request.form
    panel = opened(base, request.form.get("at", ""), request.form if has_fields else None)
    do, *argument = request.form.get("do", "save").split("|")
    if panel is None:
        gone = gettext("What you had open is not there any more. Look at the draft as it is now.")
        flash(gone, "warning")
        return redirect(edit_url(key, ""))
    pressed = Pressed(argument, panel, base, request.form, (shipped_items(), shipped_scales()))
    meant = wanted(do, pressed)
    if meant is None:
        abort(400)
    typed = saved(panel, base, request.form) if has_fields else Checked([])
    problems = (*typed.problems, *meant.problems)
    if typed.value is None or meant.value is None:
        show_problems(panel, problems)
        return _page(stored, panel), 422
    acts = [*typed.value, *meant.value.acts]
    if not acts:
        return _nothing_to_do(key, panel, meant.value)
    edited = edit_instrument(
        current_library_id(),
        key,
        acts,
        seen=seen,
        said=meant.value.said or gettext("%(name)s is saved.", name=pressed.name),
        account_id=account_id(),
    )
    if edited.value is not None:
        return _done(base, panel, meant.value, edited.value)
    if any(problem.code == CHANGED_MEANWHILE for problem in edited.problems):
        after = apply_acts(base, acts).value
        return _clashed(key, base, panel, after)
    show_problems(panel, edited.problems)
    return _page(stored, panel), 422


@blueprint.post("/<key>/edit/undo")
@requires("librarian")
def undo(key: str) -> ResponseReturnValue:
    """One step back."""
    return _stepped(key, undo_instrument, "undo")


@blueprint.post("/<key>/edit/redo")
@requires("librarian")
def redo(key: str) -> ResponseReturnValue:
    """One step forth again."""
    return _stepped(key, redo_instrument, "redo")


def _first(instrument: Instrument) -> Panel:
    panel = opened(instrument, f"page:{instrument.pages[0].key}")
    assert panel is not None, "an instrument has a page"
    return panel


def state_of(stored: StoredInstrument, seen: str) -> Instrument:
    """The draft that the person had before them, as far as it is remembered."""
    if seen == stored.sha256:
        return stored.draft
    found = histories.state_seen(current_library_id(), stored.draft.key, seen)
    return found or stored.draft


def account_id() -> int | None:
    account = current_account()
    return account.id if account else None


def _nothing_to_do(key: str, panel: Panel, meant: Wanted) -> ResponseReturnValue:
    """A question before an act, or a save of what was not changed."""
    if meant.focus.startswith("ask="):
        return redirect(f"{edit_url(key, panel.at)}&{meant.focus}#panel")
    flash(gettext("Nothing was changed yet."), "success")
    return redirect(edit_url(key, panel.at, _anchor=meant.focus))


def _done(base: Instrument, panel: Panel, meant: Wanted, edited: Edited) -> ResponseReturnValue:
    key = edited.instrument.key
    if meant.focus.startswith("ask="):
        return redirect(f"{edit_url(key, panel.at)}&{meant.focus}#panel")
    said = meant.said
    if edited.merged:
        both = gettext("It went into the draft that somebody else saved meanwhile; both are in it.")
        said = f"{said} {both}"
    flash(said, "success")
    at = meant.opens or _now_at(base, edited.instrument, panel)
    if meant.opens == "new":
        at = f"item:{_new_item(base, edited.instrument)}"
    if meant.opens == "new-page":
        known = {page.key for page in base.pages}
        fresh = next((p.key for p in edited.instrument.pages if p.key not in known), "")
        at = f"page:{fresh}"
    return redirect(edit_url(key, at, _anchor=meant.focus))


def _new_item(base: Instrument, now: Instrument) -> str:
    """The key of the item that came to be: the first that was not there, rows left out."""
    known = item_keys(base)
    for item in now.items():
        if item.key not in known:
            return item.key
        for one in getattr(item, "items", ()):
            if one.key not in known:
                return str(one.key)
    return next(now.items()).key


def _now_at(base: Instrument, now: Instrument, panel: Panel) -> str:
    """What is open after an act: the same, under its new name where it has one."""
    if panel.spot.kind == "page" and not any(p.key == panel.spot.key for p in now.pages):
        known = {page.key for page in base.pages}
        return f"page:{next((p.key for p in now.pages if p.key not in known), '')}"
    if panel.listed is not None and panel.spot.key != panel.listed:
        had = {one.key for one in getattr(base, panel.listed)}
        fresh = [one.key for one in getattr(now, panel.listed) if one.key not in had]
        return f"{panel.listed}.{fresh[0] if fresh else panel.entry}"
    return panel.at


# Any: one of two actions with the same arguments.
def _stepped(key: str, step: Any, what: str) -> ResponseReturnValue:
    stored = own_draft(key)
    steps = histories.steps(current_library_id(), key)
    checked = step(current_library_id(), key, seen=request.form.get("seen", ""))
    at = request.form.get("at", "")
    if checked.value is None:
        for problem in checked.problems:
            flash(as_said(problem.message), "warning")
        return redirect(edit_url(key, at))
    said = (steps.undo if what == "undo" else steps.redo) or ""
    if what == "undo":
        flash(gettext("Undone: %(step)s", step=said), "success")
    else:
        flash(gettext("Done again: %(step)s", step=said), "success")
    where = at if opened(checked.value.instrument, at) else _differs(stored.draft, checked.value)
    return redirect(edit_url(key, where, _anchor=f"do-{what}"))


def _differs(before: Instrument, edited: Edited) -> str:
    """The first item that is another now, so that one sees what was undone."""
    had = {item.key: item for item in before.items()}
    for item in edited.instrument.items():
        if had.get(item.key) != item:
            return f"item:{item.key}"
    return f"page:{edited.instrument.pages[0].key}"


def _clashed(
    key: str, base: Instrument, panel: Panel, after: Instrument | None
) -> ResponseReturnValue:
    """Both versions side by side; what was typed stays in the form, and can be saved over it."""
    stored = own_draft(key)
    clash = Clash(
        who=histories.steps(current_library_id(), key).last_by or gettext("Somebody"),
        theirs=changes(base, stored.draft),
        mine=changes(base, after) if after is not None else (),
    )
    again = opened(stored.draft, panel.at, request.form if "typed" in request.form else None)
    return _page(stored, again or panel, clash=clash, is_gone=again is None), 409


def _page(
    stored: StoredInstrument, panel: Panel, clash: Clash | None = None, *, is_gone: bool = False
) -> str:
    instrument, key = stored.draft, stored.draft.key
    is_later = is_slow_to_check(instrument, stored.sha256) and "check" not in request.args
    checks = () if is_later else checks_of(instrument, stored.sha256)
    lines = [] if is_later else check_lines(instrument, checks, _served())
    words = request.args.get("q", "").strip()
    number = next((n for n, p in enumerate(instrument.pages, 1) if p == panel.page), 0)
    first = request.args.get("first", type=int)
    choices = logic_form.subjects(instrument, panel.spot.key) if panel.spot.kind == "item" else []
    if not choices:
        choices = logic_form.subjects(instrument)
    return render_template(
        "designer/edit.html",
        stored=stored,
        instrument=instrument,
        key=key,
        sections=sections(key, "edit"),
        panel=panel,
        pages=outline(instrument, panel, first),
        lines=lines[:CHECKS_AT_ONCE],
        more_lines=max(0, len(lines) - CHECKS_AT_ONCE),
        errors=sum(line.severity == "error" for line in lines),
        warnings=sum(line.severity != "error" for line in lines),
        is_blocked=has_errors(checks),
        is_later=is_later,
        steps=histories.steps(current_library_id(), key),
        words=words,
        found=found_by(instrument, words) if words else [],
        number=number,
        kinds=KINDS,
        subjects=choices,
        values=logic_form.all_values(instrument, choices),
        clash=clash,
        is_gone=is_gone,
        ask=_asked(stored, panel),
        edit_url=lambda at, **more: edit_url(key, at, **more),
        catalogue_scales=[s for s in shipped_scales().scales if instrument.scale(s.key) is None],
        is_published=_is_published(stored, panel),
        new_entry=NEW,
        comparisons=WORDS,
        in_words=lambda expression: told(in_words(expression, instrument)),
        refusals=_refusals(panel),
    )


def _refusals(panel: Panel) -> list[dict[str, str]]:
    return [
        {
            "text": as_said(problem.message),
            "href": f"#f-{problem.where.partition('.')[0]}" if problem.where else "#panel",
        }
        for problem in panel.problems
    ]


@dataclass(frozen=True)
class Question:
    """What is asked before an act, with everything that will miss what it takes."""

    what: str
    key: str
    missed: list[str]


def _asked(stored: StoredInstrument, panel: Panel) -> Question | None:
    what = request.args.get("ask", "")
    if what == "unlock" and panel.place is not None:
        return Question(what, request.args.get("of", "") or panel.spot.key, [])
    if what != "remove" or panel.page is None:
        return None
    items = [panel.place.item] if panel.place else panel.page.items
    keys = {key for item in items for key in keys_within(item)}
    mappings = [mapping for mapping, _plan in _served()]
    missed = [dependent_words(one) for one in dependents(stored.draft, keys, mappings)]
    return Question(what, panel.spot.key, missed)


def _is_published(stored: StoredInstrument, panel: Panel) -> bool:
    """Whether answers to this item may exist, so that another key would break its trend."""
    if stored.latest is None or panel.spot.kind != "item":
        return False
    for version in documents.versions(current_library_id(), stored.draft.key):
        instrument = published(version.id, version.sha256).instrument
        return panel.spot.key in item_keys(instrument)
    return False


def _served() -> list[tuple[Mapping, Plan]]:
    """The library's plans with their mappings: what its instruments are for."""
    library_id = current_library_id()
    found = []
    for plan_key in documents.plan_keys(library_id):
        mapping = documents.current_mapping(library_id, plan_key)
        plan = documents.current_plan(library_id, plan_key)
        if mapping is not None and plan is not None:
            found.append((mapping.mapping, plan.plan))
    return found
