"""The versions of an instrument: what changed, where each was asked, and going back to one."""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from assessor.actions.instruments import save_instrument_draft
from assessor.store import documents
from assessor.store.documents import Version
from assessor.store.published import published
from assessor.web.access import current_library_id, may, requires
from assessor.web.instruments import impact_words
from assessor.web.instruments.changes import Change, changes, summary
from assessor.web.instruments.fielded import AskedIn, asked_in, impact_of
from assessor.web.instruments.frame import blueprint, own_draft, own_version, sections
from assessor.web.messages import gettext, told


@dataclass(frozen=True)
class VersionStep:
    """A version with what changed since the one before; `changes` is None for the first."""

    version: Version
    asked: tuple[AskedIn, ...]
    summary: str
    changes: tuple[Change, ...] | None
    is_draft: bool


@blueprint.get("/<key>/versions")
@requires("leadership")
def versions(key: str) -> ResponseReturnValue:
    """Every published version, newest first, with what changed in words."""
    stored = own_draft(key)
    unpublished = None
    if stored.latest is not None and stored.changed:
        unpublished = changes(own_version(key, stored.latest)[1].instrument, stored.draft)
    steps = _steps(key, stored.sha256)
    return render_template(
        "instruments/versions.html",
        stored=stored,
        sections=sections(key, "versions"),
        steps=steps,
        numbers=[step.version.version for step in steps],
        unpublished=unpublished,
        unpublished_summary=summary(unpublished) if unpublished is not None else "",
        can_change=may("librarian"),
    )


@blueprint.get("/<key>/versions/compare")
@requires("leadership")
def compare(key: str) -> ResponseReturnValue:
    """What differs between any two versions, and what that means for trends."""
    stored = own_draft(key)
    numbers = [one.version for one in documents.versions(current_library_id(), key)]
    if not numbers:
        abort(404)
    new = request.args.get("new", type=int) or numbers[0]
    old = request.args.get("old", type=int) or numbers[min(1, len(numbers) - 1)]
    before, after = own_version(key, old)[1].instrument, own_version(key, new)[1].instrument
    found = changes(before, after)
    report = impact_of(key, before, after)
    return render_template(
        "instruments/compare.html",
        stored=stored,
        numbers=numbers,
        old=old,
        new=new,
        found=found,
        summary=summary(found),
        impact=impact_words.parts(report),
        impact_summary=impact_words.summary(report),
    )


@blueprint.route("/<key>/versions/<int:number>/begin", methods=["GET", "POST"])
@requires("librarian")
def begin(key: str, number: int) -> ResponseReturnValue:
    """Ask, and put an older version into the draft, so that the next one begins from it."""
    stored = own_draft(key)
    found, version = own_version(key, number)
    if stored.sha256 == found.sha256:
        flash(
            gettext("The draft is the same as version %(number)s already.", number=number),
            "success",
        )
        return redirect(url_for("instruments.versions", key=key))
    form = FlaskForm()
    if form.validate_on_submit():
        seen = request.form.get("seen", "")
        done = save_instrument_draft(current_library_id(), version.instrument, expected=seen)
        if done.value is not None:
            flash(
                gettext(
                    "The draft is now what version %(number)s asked. Change it, then publish it.",
                    number=number,
                ),
                "success",
            )
            return redirect(url_for("instruments.show", key=key))
        for problem in done.problems:
            flash(told(problem.message), "error")
        stored = own_draft(key)
    lost: tuple[Change, ...] = ()
    if stored.latest is None or stored.changed:
        lost = changes(version.instrument, stored.draft)
    page = render_template(
        "instruments/begin.html", stored=stored, version=found, lost=lost, is_changed=stored.changed
    )
    return page, 422 if form.is_submitted() else 200


def _steps(key: str, draft_sha256: str) -> list[VersionStep]:
    found = documents.versions(current_library_id(), key)
    asked = asked_in(key)
    steps = []
    for version, before in zip(found, (*found[1:], None), strict=True):
        where = tuple(one for one in asked if one.version == version.version)
        is_draft = version.sha256 == draft_sha256
        if before is None:
            steps.append(VersionStep(version, where, gettext("The first version."), None, is_draft))
            continue
        differences = changes(
            published(before.id, before.sha256).instrument,
            published(version.id, version.sha256).instrument,
        )
        steps.append(VersionStep(version, where, summary(differences), differences, is_draft))
    return steps
