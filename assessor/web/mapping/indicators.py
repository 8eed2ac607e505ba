"""The card of one indicator: read it, make it, change it, take it away."""

from collections.abc import Sequence

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from assessor.domain.checks.mapping import check_mapping
from assessor.domain.mapping import Indicator, Mapping
from assessor.reports.words import EVIDENCE_KINDS, METHODS
from assessor.store import documents
from assessor.web.access import current_library_id, requires
from assessor.web.mapping.at_hand import account_id, tell, the_instruments, the_plan
from assessor.web.mapping.card import field_of, new_key, sources_of
from assessor.web.mapping.card_page import CardPage
from assessor.web.mapping.evidence_words import shown_evidence
from assessor.web.mapping.frame import blueprint
from assessor.web.mapping.saving import newest_mapping, save_change, without
from assessor.web.messages import gettext

LOOKED_BACK = 30
"""How many editions back a card is looked for that a colleague removed."""


@blueprint.get("/indicators/<key>")
@requires("leadership")
def indicator(key: str) -> ResponseReturnValue:
    """The whole card, with the wording of its evidence."""
    stored = the_plan()
    mapping, _ = newest_mapping(current_library_id(), stored.plan.key)
    found = _indicator(mapping, key)
    drafts = the_instruments()
    place = mapping.indicators.index(found)
    problems = [
        one
        for one in check_mapping(mapping, stored.plan, drafts)
        if field_of(one.where, place) is not None
    ]
    return render_template(
        "mapping/indicator.html",
        indicator=found,
        element=stored.plan.element(found.element),
        method=METHODS[found.method],
        evidence_kind=gettext(EVIDENCE_KINDS[found.evidence_kind]),
        evidence=[shown_evidence(one, drafts) for one in found.evidence],
        problems=problems,
    )


@blueprint.route("/elements/<code>/indicators/new", methods=["GET", "POST"])
@requires("librarian")
def new_indicator(code: str) -> ResponseReturnValue:
    """A new indicator of an element, with its first piece of evidence."""
    stored = the_plan()
    element = stored.plan.element(code)
    if element is None:
        abort(404)
    mapping, edition = newest_mapping(current_library_id(), stored.plan.key)
    sources = request.form.getlist("source") or request.args.getlist("source")
    if not _known(sources):
        abort(404)
    page = CardPage(stored, mapping, element, None, sources, edition)
    return page.answer(lambda name: new_key(name, mapping))


@blueprint.route("/indicators/<key>/edit", methods=["GET", "POST"])
@requires("librarian")
def edit_indicator(key: str) -> ResponseReturnValue:
    """Change a card and its evidence."""
    stored = the_plan()
    mapping, edition = newest_mapping(current_library_id(), stored.plan.key)
    old = mapping.indicator(key)
    if request.method == "POST":
        # As the person saw it. Where a colleague removed it since, what was typed is not lost.
        old = _seen(stored.plan.key, key) or old or _last_known(stored.plan.key, key)
    if old is None:
        abort(404)
    sources = request.form.getlist("source") if request.method == "POST" else sources_of(old)
    if not _known(sources, old):
        abort(404)
    element = stored.plan.element(old.element)
    page = CardPage(stored, mapping, element, old, sources, edition)
    return page.answer(lambda _: key)


@blueprint.route("/indicators/<key>/remove", methods=["GET", "POST"])
@requires("librarian")
def remove_indicator(key: str) -> ResponseReturnValue:
    """Take an indicator away, after asking; the edition before stays and can be restored."""
    stored = the_plan()
    mapping, edition = newest_mapping(current_library_id(), stored.plan.key)
    found = _indicator(mapping, key)
    if request.method == "GET":
        return render_template("mapping/remove.html", indicator=found, edition=edition)
    saved = save_change(
        current_library_id(),
        stored.plan.key,
        lambda now: without(now, key),
        lambda now: now.indicator(key),
        expected=request.args.get("seen", edition, type=int),
        note=gettext("Removed: %(name)s", name=found.name),
        account_id=account_id(),
    )
    tell(
        saved,
        gettext("“%(name)s” is removed. It can be restored from the history.", name=found.name),
    )
    return redirect(url_for("mapping.element", code=found.element))


def _indicator(mapping: Mapping, key: str) -> Indicator:
    found = mapping.indicator(key)
    if found is None:
        abort(404)
    return found


def _seen(plan_key: str, key: str) -> Indicator | None:
    """The indicator in the edition that the form was opened with."""
    edition = request.form.get("expected", "")
    if not (edition.isdecimal() and len(edition) < 9 and int(edition)):
        return None
    stored = documents.stored_mapping(current_library_id(), plan_key, int(edition))
    return stored.mapping.indicator(key) if stored else None


def _last_known(plan_key: str, key: str) -> Indicator | None:
    """The indicator as the newest edition that has it says; removed cards can come back."""
    library_id = current_library_id()
    for one in documents.mapping_editions(library_id, plan_key)[:LOOKED_BACK]:
        stored = documents.stored_mapping(library_id, plan_key, one.edition)
        found = stored.mapping.indicator(key) if stored else None
        if found is not None:
            return found
    return None


def _known(sources: Sequence[str], old: Indicator | None = None) -> bool:
    """Whether every source is one that the library has, or had when the card was made."""
    allowed = {"series", "milestone", *(f"items:{one.key}" for one in the_instruments())}
    allowed |= set(sources_of(old)) if old else set()
    asked = [*sources, *request.form.getlist("more")]
    return len(asked) <= 12 and all(source in allowed for source in asked)
