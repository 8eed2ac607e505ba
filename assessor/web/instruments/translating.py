"""Translating an instrument side by side, and by PO files."""

import hashlib
from dataclasses import dataclass

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from assessor.actions.instruments import save_instrument_draft
from assessor.domain.instrument import Instrument
from assessor.domain.problems import Problem, say
from assessor.domain.translations import completeness, texts
from assessor.formats.translation_po import TakenIn, known_language, read_po, write_po
from assessor.store.documents import StoredInstrument
from assessor.web.access import current_library_id, may, requires
from assessor.web.instruments.frame import blueprint, own_draft, sections
from assessor.web.languages import direction_of
from assessor.web.messages import gettext, ngettext, told
from assessor.web.writing import language_name

MARK = "text:"
SEEN = "seen:"
PER_PAGE = 100


@dataclass(frozen=True)
class Side:
    """One text beside its translation. `meanwhile` is what somebody else wrote there since."""

    address: str
    source: str
    said: str
    seen: str
    meanwhile: str = ""

    @property
    def is_long(self) -> bool:
        return len(self.source) > 70 or "\n" in self.source


@blueprint.route("/<key>/languages", methods=["GET", "POST"])
@requires("librarian")
def languages(key: str) -> ResponseReturnValue:
    """Every language with how complete it is; begin another."""
    stored = own_draft(key)
    form = FlaskForm()
    problem: Problem | None = None
    if form.validate_on_submit():
        wanted = request.form.get("language", "").strip()
        problem = _cannot_begin(stored.draft, wanted)
        if problem is None:
            return redirect(url_for(".translate", key=key, language=wanted))
    page = render_template(
        "instruments/languages.html",
        stored=stored,
        instrument=stored.draft,
        sections=sections(key, "languages"),
        form=form,
        wanted=request.form.get("language", ""),
        problem=problem,
        found=[completeness(stored.draft, language) for language in stored.draft.languages],
        can_change=may("librarian"),
    )
    return page, 422 if problem else 200


@blueprint.route("/<key>/languages/<language>", methods=["GET", "POST"])
@requires("librarian")
def translate(key: str, language: str) -> ResponseReturnValue:
    """The texts on one side, their translations on the other; blank ones stay untranslated."""
    stored = own_draft(key)
    problem = _cannot_begin(stored.draft, language)
    if problem is not None and language not in stored.draft.translations:
        flash(told(problem.message), "error")
        return redirect(url_for(".languages", key=key))
    form = FlaskForm()
    clashes: dict[str, str] = {}
    if form.validate_on_submit():
        instrument, clashes = _with_posted(stored.draft, language)
        saved = save_instrument_draft(current_library_id(), instrument, expected=stored.sha256)
        if saved.value is None:
            for one in saved.problems:
                flash(told(one.message), "error")
        elif not clashes:
            flash(gettext("The translations are saved."), "success")
            return redirect(_next_address(key, language))
        else:
            message = gettext(
                "Somebody else has translated some of these meanwhile. Theirs stands; yours is "
                "still in the field. Save again to put yours in its place."
            )
            flash(message, "warning")
        stored = own_draft(key)
    return _side_by_side(stored, language, form, clashes), 409 if clashes else 200


@blueprint.get("/<key>/languages/<language>/texts.po")
@requires("librarian")
def texts_po(key: str, language: str) -> ResponseReturnValue:
    """The texts for a translation program."""
    instrument = own_draft(key).draft
    if not known_language(language):
        return Response("", status=404)
    response = Response(write_po(instrument, language), mimetype="text/x-gettext-translation")
    response.headers["Content-Disposition"] = f'attachment; filename="{key}-{language}.po"'
    return response


@blueprint.post("/<key>/languages/<language>/take-in")
@requires("librarian")
def take_in(key: str, language: str) -> ResponseReturnValue:
    """Put the translations of a PO file into the draft."""
    stored = own_draft(key)
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        flash(gettext("Choose a PO file first."), "error")
        return redirect(url_for(".translate", key=key, language=language))
    checked = read_po(upload.read(), upload.filename, stored.draft, language)
    if checked.value is None:
        for problem in checked.problems:
            flash(told(problem.message), "error")
        return redirect(url_for(".translate", key=key, language=language))
    saved = save_instrument_draft(
        current_library_id(), checked.value.instrument, expected=stored.sha256
    )
    if saved.value is None:
        flash(told(saved.problems[0].message), "error")
        return redirect(url_for(".translate", key=key, language=language))
    flash(_what_was_taken(checked.value), "success")
    for problem in checked.problems[:10]:
        flash(told(problem.message), "warning")
    return redirect(url_for(".translate", key=key, language=language))


@blueprint.route("/<key>/languages/<language>/remove", methods=["GET", "POST"])
@requires("librarian")
def remove_language(key: str, language: str) -> ResponseReturnValue:
    """Take a language out of the draft; published versions keep it."""
    stored = own_draft(key)
    if language not in stored.draft.translations:
        return redirect(url_for(".languages", key=key))
    if request.method == "GET":
        return render_template(
            "instruments/remove_language.html",
            instrument=stored.draft,
            language=language,
            number=len(stored.draft.translations[language]),
        )
    kept = {one: said for one, said in stored.draft.translations.items() if one != language}
    instrument = stored.draft.model_copy(update={"translations": kept})
    saved = save_instrument_draft(current_library_id(), instrument, expected=stored.sha256)
    if saved.value is None:
        flash(told(saved.problems[0].message), "error")
    else:
        flash(gettext("The language is taken out of the draft."), "success")
    return redirect(url_for(".languages", key=key))


def _what_was_taken(taken: TakenIn) -> str:
    added = ngettext(
        "%(num)s new translation was taken in.",
        "%(num)s new translations were taken in.",
        taken.added,
    )
    changed = ngettext(
        "%(num)s translation reads otherwise now.",
        "%(num)s translations read otherwise now.",
        taken.changed,
    )
    return f"{added} {changed}" if taken.changed else added


def _cannot_begin(instrument: Instrument, language: str) -> Problem | None:
    if not language:
        message = say("Say which language, as a short code such as de, fr or pt-BR.")
    elif language == instrument.language:
        message = say(
            "The instrument is written in {language}. Choose another language.",
            language=language_name(language),
        )
    elif not known_language(language):
        message = say(
            "“{language}” is no language. Write a code such as de, fr or pt-BR.",
            language=language[:40],
        )
    else:
        return None
    return Problem(code="translation.language", where="", message=message)


def _with_posted(instrument: Instrument, language: str) -> tuple[Instrument, dict[str, str]]:
    """The instrument with what was posted, and the addresses that somebody else has changed.

    What the person left as they saw it is not touched, so two can translate at once.
    """
    said = dict(instrument.translations.get(language, {}))
    clashes: dict[str, str] = {}
    for address in texts(instrument):
        posted = request.form.get(MARK + address)
        if posted is None:
            continue
        words, now = posted.replace("\r\n", "\n").strip(), said.get(address, "")
        if words == now:
            continue
        if request.form.get(SEEN + address) != _mark(now):
            if request.form.get(SEEN + address) != _mark(words):
                clashes[address] = words
        elif words:
            said[address] = words[:10_000]
        else:
            said.pop(address, None)
    ordered = {a: said[a] for a in texts(instrument) if a in said}
    kept = {a: text for a, text in said.items() if a not in ordered}
    translations = {**instrument.translations, language: {**ordered, **kept}}
    return instrument.model_copy(update={"translations": translations}), clashes


def _mark(text: str) -> str:
    """A short mark of what stood in a field, so that it need not be sent a second time."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _side_by_side(
    stored: StoredInstrument, language: str, form: FlaskForm, clashes: dict[str, str]
) -> str:
    own = texts(stored.draft)
    said = stored.draft.translations.get(language, {})
    only_missing = request.args.get("missing") == "1"
    addresses = [a for a in own if not only_missing or not said.get(a)]
    pages = max(1, -(-len(addresses) // PER_PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    sides = [
        Side(
            address=address,
            source=own[address],
            said=clashes.get(address, said.get(address, "")),
            seen=_mark(said.get(address, "")),
            meanwhile=said.get(address, "") if address in clashes else "",
        )
        for address in addresses[(page - 1) * PER_PAGE : page * PER_PAGE]
    ]
    return render_template(
        "instruments/translate.html",
        stored=stored,
        instrument=stored.draft,
        language=language,
        direction=direction_of(language),
        source_direction=direction_of(stored.draft.language),
        sections=sections(stored.draft.key, "languages"),
        form=form,
        sides=sides,
        found=completeness(stored.draft, language),
        only_missing=only_missing,
        page=page,
        pages=pages,
        page_address=lambda number: url_for(
            ".translate",
            key=stored.draft.key,
            language=language,
            page=number,
            missing="1" if only_missing else None,
        ),
        mark=MARK,
        seen_mark=SEEN,
    )


def _next_address(key: str, language: str) -> str:
    missing = request.args.get("missing")
    # Where only missing ones are shown, those just translated are gone, and page 1 comes next.
    page = None if missing else request.args.get("page", type=int)
    return url_for(".translate", key=key, language=language, page=page, missing=missing)
