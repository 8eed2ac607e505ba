"""Publishing an instrument, and what changed from version to version."""

from collections import Counter
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from assessor.actions.instruments import publish_instrument
from assessor.domain.checks.instrument import check_instrument
from assessor.domain.instrument import Instrument
from assessor.domain.problems import has_errors
from assessor.store import documents, fielding
from assessor.store.documents import Version
from assessor.store.published import published
from assessor.web.access import current_account, current_library_id, may, requires
from assessor.web.instruments.changes import Change, changes, summary
from assessor.web.instruments.frame import blueprint, own_draft, sections
from assessor.web.messages import gettext, told


@dataclass(frozen=True)
class VersionStep:
    """A version with what changed since the one before; `changes` is None for the first."""

    version: Version
    waves: int
    summary: str
    changes: tuple[Change, ...] | None


@blueprint.route("/<key>/publish", methods=["GET", "POST"])
@requires("librarian")
def publish(key: str) -> ResponseReturnValue:
    """Say what publishing freezes, ask, and publish. Twice is once."""
    stored = own_draft(key)
    checks = check_instrument(stored.draft)
    if not stored.changed:
        flash(
            gettext(
                "Version %(latest)s is published, and the draft is the same.", latest=stored.latest
            ),
            "success",
        )
        return redirect(url_for("instruments.versions", key=key))
    form = FlaskForm()
    # What is frozen for good is what was read, not what somebody put in its place meanwhile.
    is_other = form.is_submitted() and request.form.get("seen") != stored.sha256
    if is_other:
        flash(
            gettext("The draft is another than the one you read. Look at it again first."),
            "warning",
        )
    if not form.validate_on_submit() or has_errors(checks) or is_other:
        newest = _instrument(key, stored.latest)
        page = render_template(
            "instruments/publish.html",
            stored=stored,
            number=(stored.latest or 0) + 1,
            checks=checks,
            found=changes(newest, stored.draft) if newest else None,
            is_blocked=has_errors(checks),
        )
        return page, 422 if form.is_submitted() else 200
    account = current_account()
    done = publish_instrument(current_library_id(), key, account_id=account.id if account else None)
    if done.value is None:
        for problem in done.problems:
            flash(told(problem.message), "error")
        return redirect(url_for("instruments.show", key=key))
    flash(
        gettext("Version %(value)s is published. Plan a wave to ask it.", value=done.value),
        "success",
    )
    return redirect(url_for("instruments.versions", key=key))


@blueprint.get("/<key>/versions")
@requires("leadership")
def versions(key: str) -> ResponseReturnValue:
    """Every published version, newest first, with what changed in words."""
    stored = own_draft(key)
    newest = _instrument(key, stored.latest)
    unpublished = changes(newest, stored.draft) if newest and stored.changed else None
    return render_template(
        "instruments/versions.html",
        stored=stored,
        sections=sections(key, "versions"),
        steps=_steps(key),
        unpublished=unpublished,
        unpublished_summary=summary(unpublished) if unpublished is not None else "",
        can_change=may("librarian"),
    )


def _steps(key: str) -> list[VersionStep]:
    library_id = current_library_id()
    found = documents.versions(library_id, key)
    fielded = Counter(
        wave.version for wave in fielding.waves(library_id) if wave.instrument_key == key
    )
    steps = []
    for version, before in zip(found, (*found[1:], None), strict=True):
        waves = fielded[version.version]
        if before is None:
            steps.append(VersionStep(version, waves, gettext("The first version."), None))
            continue
        differences = changes(
            published(before.id, before.sha256).instrument,
            published(version.id, version.sha256).instrument,
        )
        steps.append(VersionStep(version, waves, summary(differences), differences))
    return steps


def _instrument(key: str, number: int | None) -> Instrument | None:
    for version in documents.versions(current_library_id(), key):
        if version.version == number:
            return published(version.id, version.sha256).instrument
    return None
