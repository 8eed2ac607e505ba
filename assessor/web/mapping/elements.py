"""One element: what measures it, why nothing does, and what its parts weigh."""

from collections.abc import Callable

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessor.domain.mapping import Mapping, NotMeasured
from assessor.domain.plan import Element, Plan
from assessor.reports.words import METHODS, capital, shortened
from assessor.web.access import current_library_id, requires
from assessor.web.mapping.at_hand import account_id, tell, the_instruments, the_plan
from assessor.web.mapping.evidence_words import shown_evidence
from assessor.web.mapping.forms import WEIGHT_RULES, NotMeasuredForm, NumberField, WeightsForm
from assessor.web.mapping.frame import blueprint
from assessor.web.mapping.matrix import element_states, entry_for
from assessor.web.mapping.saving import Saved, newest_mapping, save_change
from assessor.web.messages import gettext


@blueprint.get("/elements/<code>")
@requires("leadership")
def element(code: str) -> ResponseReturnValue:
    """What measures one element, and what lies below it."""
    return _page(code, NotMeasuredForm())


@blueprint.post("/elements/<code>/not-measured")
@requires("librarian")
def list_element(code: str) -> ResponseReturnValue:
    """List the element as deliberately not measured, with the reason."""
    found = _element(code)
    form = NotMeasuredForm()
    if not form.validate():
        return _page(code, form), 422
    reason = " ".join((form.reason.data or "").split())
    entry = NotMeasured(element=code, reason=reason)
    if form.whole_level.data:
        entry = NotMeasured(level=found.level, reason=reason)
    named = f"every {found.level}" if entry.level else code
    saved = _save(
        lambda now: _listed(now, entry),
        lambda now: _entries_like(now, entry),
        form.expected.data or "0",
        gettext("Not measured: %(named)s", named=named),
    )
    if saved.edition is None:
        return _page(code, form, saved), 409 if saved.theirs else 422
    tell(saved, gettext("%(named)s is listed as deliberately not measured.", named=capital(named)))
    return redirect(url_for("mapping.element", code=code))


@blueprint.post("/elements/<code>/measured")
@requires("librarian")
def unlist_element(code: str) -> ResponseReturnValue:
    """Take the element off the list of what is not measured."""
    found = _element(code)
    _, edition = newest_mapping(current_library_id(), the_plan().plan.key)
    saved = _save(
        lambda now: _unlisted(now, "element", code),
        lambda now: entry_for(now, found),
        str(edition),
        gettext("No longer listed as not measured: %(code)s", code=code),
    )
    tell(
        saved,
        gettext("%(code)s is no longer listed. Add an indicator, or it has nothing.", code=code),
    )
    return redirect(url_for("mapping.element", code=code))


@blueprint.get("/not-measured")
@requires("leadership")
def listed() -> ResponseReturnValue:
    """Everything that is deliberately not measured, with its reason."""
    stored = the_plan()
    mapping, _ = newest_mapping(current_library_id(), stored.plan.key)
    return render_template("mapping/listed.html", plan=stored.plan, entries=mapping.not_measured)


@blueprint.post("/not-measured/remove")
@requires("librarian")
def unlist() -> ResponseReturnValue:
    """Take any entry off the list, also one that names what the plan no longer has."""
    _, edition = newest_mapping(current_library_id(), the_plan().plan.key)
    kind, _, name = request.form.get("entry", "").partition(":")
    if kind not in ("element", "level") or not name:
        abort(400)
    saved = _save(
        lambda now: _unlisted(now, kind, name),
        lambda now: now.not_measured,
        str(edition),
        gettext("No longer listed as not measured: %(name)s", name=name),
    )
    tell(saved, gettext("“%(name)s” is no longer listed.", name=name))
    return redirect(url_for("mapping.listed"))


@blueprint.route("/weights", methods=["GET", "POST"])
@requires("librarian")
def weights() -> ResponseReturnValue:
    """The weights of siblings: those below `below`, or beside `beside`, or the plan's own parts."""
    stored = the_plan()
    parent = _parent_asked(stored.plan)
    siblings = stored.plan.children(parent)
    mapping, edition = newest_mapping(current_library_id(), stored.plan.key)
    form = _weights_form(siblings, mapping, edition)
    if request.method == "POST" and form.validate():
        wanted = {one.code: form[f"w{n}"].data for n, one in enumerate(siblings)}
        codes = tuple(wanted)
        saved = _save(
            lambda now: now.model_copy(update={"weights": _merged(now.weights, wanted)}),
            lambda now: [now.weights.get(code, 1.0) for code in codes],
            form.expected.data or "0",
            gettext("Weights below %(parent)s", parent=parent)
            if parent
            else gettext("Weights of the plan’s parts"),
        )
        if saved.edition is not None:
            tell(saved, gettext("The weights are saved."))
            if parent is None:
                return redirect(url_for("mapping.index"))
            return redirect(url_for("mapping.element", code=parent))
        if saved.theirs is not None:
            form.expected.data, form.expected.raw_data = str(saved.theirs.edition), None
        tell(saved, "")
        theirs = saved.theirs.mapping.weights if saved.theirs else None
        return _weights_page(form, siblings, parent, theirs), 409 if theirs else 422
    status = 422 if form.errors else 200
    return _weights_page(form, siblings, parent, None), status


def _weights_page(
    form: WeightsForm,
    siblings: tuple[Element, ...],
    parent: str | None,
    theirs: dict[str, float] | None,
) -> str:
    return render_template(
        "mapping/weights.html", form=form, siblings=siblings, parent=parent, theirs=theirs
    )


def _weights_form(siblings: tuple[Element, ...], mapping: Mapping, edition: int) -> WeightsForm:
    """A form with one number a sibling; made here, since a form's fields are its class's."""
    fields = {
        f"w{n}": NumberField(f"{one.code} {shortened(one.text, 90)}", WEIGHT_RULES)
        for n, one in enumerate(siblings)
    }
    made = type("SiblingWeightsForm", (WeightsForm,), fields)
    data = {f"w{n}": mapping.weights.get(one.code, 1.0) for n, one in enumerate(siblings)}
    form: WeightsForm = made(data={**data, "expected": str(edition)})
    return form


def _parent_asked(plan: Plan) -> str | None:
    below, beside = request.args.get("below"), request.args.get("beside")
    if beside:
        found = plan.element(beside)
        return found.parent if found else None
    if below is None:
        return None
    if plan.element(below) is None:
        abort(404)
    return below


def _merged(old: dict[str, float], wanted: dict[str, float]) -> dict[str, float]:
    """A weight of 1 is what everything has, so it need not be written."""
    merged = {**old, **wanted}
    return {code: weight for code, weight in merged.items() if weight != 1 or code not in wanted}


def _page(code: str, form: NotMeasuredForm, saved: Saved | None = None) -> str:
    stored = the_plan()
    found = _element(code)
    mapping, edition = newest_mapping(current_library_id(), stored.plan.key)
    drafts = the_instruments()
    if not form.is_submitted() or (saved and saved.theirs):
        form.expected.data, form.expected.raw_data = str(edition), None
    states = element_states(stored.plan, mapping)
    parent = stored.plan.element(found.parent) if found.parent else None
    return render_template(
        "mapping/element.html",
        element=found,
        parent=parent,
        state=states[code],
        own_entry=entry_for(mapping, found),
        children=[(one, states[one.code]) for one in stored.plan.children(code)],
        weights=mapping.weights,
        indicators=[
            (one, METHODS[one.method], [shown_evidence(e, drafts) for e in one.evidence])
            for one in mapping.indicators
            if one.element == code
        ],
        instruments=drafts,
        form=form,
        refusals=saved.problems if saved else (),
        theirs=saved.theirs if saved else None,
    )


def _element(code: str) -> Element:
    found = the_plan().plan.element(code)
    if found is None:
        abort(404)
    return found


def _entries_like(mapping: Mapping, entry: NotMeasured) -> list[NotMeasured]:
    """The entries that name the same element, or the same level."""
    return [
        one
        for one in mapping.not_measured
        if (one.element, one.level) == (entry.element, entry.level)
    ]


def _listed(mapping: Mapping, entry: NotMeasured) -> Mapping:
    like = _entries_like(mapping, entry)
    kept = tuple(one for one in mapping.not_measured if one not in like)
    return mapping.model_copy(update={"not_measured": (*kept, entry)})


def _unlisted(mapping: Mapping, kind: str, name: str) -> Mapping:
    """The mapping without the entry of this element, or of this level."""
    named = (name, None) if kind == "element" else (None, name)
    kept = tuple(one for one in mapping.not_measured if (one.element, one.level) != named)
    return mapping.model_copy(update={"not_measured": kept})


def _save(
    change: Callable[[Mapping], Mapping],
    part: Callable[[Mapping], object],
    expected: str,
    note: str,
) -> Saved:
    return save_change(
        current_library_id(),
        the_plan().plan.key,
        change,
        part,
        expected=int(expected) if expected.isdecimal() and len(expected) < 9 else 0,
        note=note,
        account_id=account_id(),
    )
