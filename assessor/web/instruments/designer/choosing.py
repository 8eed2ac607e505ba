"""Choosing an item from the catalogue, with its source and licence in view."""

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue

from assessor.domain.catalogue import CatalogueItem
from assessor.formats.catalogue_file import shipped_items, shipped_scales
from assessor.web.access import requires
from assessor.web.instruments.designer.outline import edit_url
from assessor.web.instruments.designer.panels import opened
from assessor.web.instruments.frame import blueprint, own_draft, sections


@blueprint.get("/<key>/edit/catalogue")
@requires("librarian")
def edit_catalogue(key: str) -> ResponseReturnValue:
    """The catalogue's items by topic, or those that hold some words."""
    stored = own_draft(key)
    at = request.args.get("at", "")
    panel = opened(stored.draft, at)
    if panel is None or panel.page is None:
        return redirect(edit_url(key, ""))
    items, scales = shipped_items(), shipped_scales()
    words, topic = request.args.get("q", "").strip(), request.args.get("topic", "")
    chosen = [one for one in items.items if _fits(one, words, topic)]
    used = {item.catalogue for item in stored.draft.items() if item.catalogue}
    return render_template(
        "designer/catalogue.html",
        stored=stored,
        instrument=stored.draft,
        key=key,
        at=at,
        panel=panel,
        sections=sections(key, "edit"),
        topics=list(dict.fromkeys(one.topic for one in items.items)),
        topic=topic,
        words=words,
        chosen=chosen,
        scale_of=lambda entry: scales.scale(entry.scale) if entry.scale else None,
        used=used,
    )


def _fits(entry: CatalogueItem, words: str, topic: str) -> bool:
    if topic and entry.topic != topic:
        return False
    told = f"{entry.text} {entry.key} {entry.topic} {entry.notes} {entry.hint}".casefold()
    return all(word in told for word in words.casefold().split())
