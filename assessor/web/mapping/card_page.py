"""One sitting at the card of an indicator, from the empty form to the saved edition."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from assessor.domain.mapping import Evidence, Indicator, Mapping
from assessor.domain.plan import Element
from assessor.domain.problems import Problem
from assessor.store.documents import StoredPlan
from assessor.web.access import current_library_id
from assessor.web.mapping.at_hand import account_id, tell, the_instruments
from assessor.web.mapping.card import (
    Block,
    blocks_for,
    field_of,
    filled,
    means_something_else,
    methods_for,
    read_card,
    sources_of,
)
from assessor.web.mapping.differences import FIELDS, changed_fields
from assessor.web.mapping.forms import CardForm
from assessor.web.mapping.saving import save_change, with_indicator
from assessor.web.messages import gettext


class CardPage:
    """One sitting at a card: its forms, what is wrong with them, and the saving."""

    def __init__(
        self,
        stored: StoredPlan,
        mapping: Mapping,
        element: Element | None,
        old: Indicator | None,
        sources: Sequence[str],
        edition: int,
    ) -> None:
        self.stored, self.mapping, self.element, self.old = stored, mapping, element, old
        self.code = element.code if element else (old.element if old else "")
        self.instruments = the_instruments()
        self.edition = edition
        self.sources = [*sources, *request.form.getlist("more")]
        self.blocks: list[Block] = blocks_for(
            self.sources, _evidence_of(old, self.sources), self.instruments
        )
        data: dict[str, Any] = {"expected": str(edition)}
        if old is not None:
            data = filled(old, edition)
        elif sources and sources[0] in ("series", "milestone"):
            data |= {"evidence_kind": "observed", "minimum_n": 1}
        self.form = CardForm(data=data).offer(methods_for(self.sources))
        self.problems: list[dict[str, str]] = []
        self.ask = False
        self.theirs: Indicator | None = None
        self.gone = False
        self.mine: Indicator | None = None

    def answer(self, key_for: Callable[[str], str]) -> ResponseReturnValue:
        if request.method == "GET" or request.form.getlist("more"):
            return self.page()
        forms: list[FlaskForm] = [self.form, *(block.form for block in self.blocks)]
        # Evidence that is taken away need not be right.
        kept = [one for one in forms if not (hasattr(one, "remove") and one.remove.data)]
        # Every form is asked before the verdict, so that all mistakes show at once.
        verdicts = [one.validate() for one in kept]
        if not all(verdicts):
            return self.page(), 422
        checked = read_card(
            self.form, self.blocks, key_for(self.form.name.data or ""), self.code, self.old
        )
        if checked.value is None:
            self._add(checked.problems)
            return self.page(), 422
        card = self._versioned(checked.value)
        if card is None:
            self.ask = True
            return self.page(), 422
        return self._save(card)

    def _versioned(self, card: Indicator) -> Indicator | None:
        """The card with its version; None where the person has to be asked first."""
        if self.old is None or not means_something_else(self.old, card):
            return card
        if self.form.meaning.data not in ("same", "new"):
            return None
        step = self.form.meaning.data == "new"
        version = self.old.definition_version + int(step)
        return card.model_copy(update={"definition_version": version})

    def _save(self, card: Indicator) -> ResponseReturnValue:
        seen = self.form.expected.data or "0"
        saved = save_change(
            current_library_id(),
            self.stored.plan.key,
            lambda now: with_indicator(now, card),
            lambda now: now.indicator(card.key),
            expected=int(seen) if seen.isdecimal() else 0,
            note=gettext("Changed: %(name)s", name=card.name)
            if self.old
            else gettext("Added: %(name)s", name=card.name),
            account_id=account_id(),
        )
        if saved.theirs is not None:
            self.theirs, self.mine = saved.theirs.mapping.indicator(card.key), card
            self.gone = self.theirs is None
            # Saving once more is then a decision made with both in view.
            self.form.expected.data = str(saved.theirs.edition)
            self.form.expected.raw_data = None
            return self.page(), 409
        if saved.edition is None:
            now = with_indicator(self.mapping, card)
            self._add(saved.problems, now.indicators.index(card))
            return self.page(), 422
        tell(saved, gettext("“%(name)s” is saved.", name=card.name))
        return redirect(url_for("mapping.indicator", key=card.key))

    def _add(self, problems: Sequence[Problem], place: int | None = None) -> None:
        for one in problems:
            name = one.where if place is None else field_of(one.where, place)
            self.problems.append({"text": one.message, "href": f"#{self._shown(name or 'name')}"})

    def _shown(self, name: str) -> str:
        """The field on the page: evidence is counted there with what is being taken away."""
        found = re.fullmatch(r"e(\d+)-(\w+)", name)
        kept = [n for n, one in enumerate(self.blocks) if not one.form.remove.data]
        if found is None or int(found[1]) >= len(kept):
            return name
        return f"e{kept[int(found[1])]}-{found[2]}"

    def page(self) -> str:
        forms: list[FlaskForm] = [self.form, *(block.form for block in self.blocks)]
        mistakes = [*self.problems]
        for form in forms:
            mistakes += [
                {"text": str(error), "href": f"#{one.id}"} for one in form for error in one.errors
            ]
        if self.ask:
            text = gettext("Say whether the figure means the same as before.")
            mistakes.append({"text": text, "href": "#meaning"})
        return render_template(
            "mapping/edit.html",
            form=self.form,
            blocks=self.blocks,
            element=self.element,
            code=self.code,
            old=self.old,
            mistakes=mistakes,
            ask=self.ask or bool(self.form.meaning.data),
            theirs=self.theirs,
            gone=self.gone,
            both=both_sides(self.theirs, self.mine),
            more=self._more(),
        )

    def _more(self) -> list[tuple[str, str]]:
        """What can be added to the evidence: source and words. A method takes one kind of it."""
        first = self.sources[0] if self.sources else "items:"
        if first == "series":
            return [("series", gettext("Another statistic"))]
        if first == "milestone":
            return [("milestone", gettext("Another milestone"))]
        return [
            (f"items:{one.key}", gettext("Items of “%(title)s”", title=one.title))
            for one in self.instruments
            if f"items:{one.key}" not in self.sources
        ]


def _evidence_of(old: Indicator | None, sources: Sequence[str]) -> list[Evidence | None]:
    """The card's evidence at the place of each source that is its own still."""
    had = list(zip(sources_of(old), old.evidence, strict=True)) if old else []
    return [
        had[n][1] if n < len(had) and had[n][0] == source else None
        for n, source in enumerate(sources)
    ]


def both_sides(theirs: Indicator | None, mine: Indicator | None) -> list[tuple[str, str, str]]:
    """The fields in which a colleague's card and this one differ: name, theirs, mine."""
    if theirs is None or mine is None:
        return []
    return [
        (FIELDS[name], in_words(getattr(theirs, name)), in_words(getattr(mine, name)))
        for name in changed_fields(theirs, mine)
    ]


def in_words(value: Any) -> str:
    """A field of a card as a text; Any, since fields are of every kind."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, tuple):
        return "; ".join(in_words(one) for one in value) or "nothing"
    if hasattr(value, "model_dump"):
        fields = {key: one for key, one in value.model_dump().items() if one not in (None, "", ())}
        return ", ".join(f"{key.replace('_', ' ')}: {_plain(one)}" for key, one in fields.items())
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, tuple | list):
        return " ".join(str(one) for one in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)
