"""The card of an indicator as a form, and the form as a card again."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from assessor.domain.checks.evidence_needs import NEEDS
from assessor.domain.instrument import Instrument
from assessor.domain.mapping import (
    Evidence,
    Indicator,
    ItemEvidence,
    Mapping,
    MilestoneEvidence,
    SeriesEvidence,
)
from assessor.domain.problems import Checked, Problem, failed, say
from assessor.reports.words import METHODS
from assessor.web.mapping.evidence_words import AskedItem, asked_items
from assessor.web.mapping.forms import (
    CardForm,
    EvidenceForm,
    ItemsForm,
    MilestoneForm,
    SeriesForm,
)
from assessor.web.messages import gettext

KINDS: dict[str, type[ItemEvidence] | type[SeriesEvidence] | type[MilestoneEvidence]] = {
    "items": ItemEvidence,
    "series": SeriesEvidence,
    "milestone": MilestoneEvidence,
}
MEANING = ("method", "definition", "direction", "evidence")
"""What a figure means depends on these fields; changing one may begin its trend anew."""


@dataclass(frozen=True)
class Block:
    """One piece of evidence on the page. `source`: "items:patrons", "series" or "milestone"."""

    source: str
    form: EvidenceForm
    title: str
    items: tuple[AskedItem, ...] = ()


def blocks_for(
    sources: Sequence[str], evidence: Sequence[Evidence | None], instruments: Sequence[Instrument]
) -> list[Block]:
    """A form for each source, filled from the evidence at the same place where there is one."""
    return [
        block
        for n, (source, one) in enumerate(zip(sources, evidence, strict=True))
        if (block := _block(f"e{n}-", source, one, instruments)) is not None
    ]


def sources_of(indicator: Indicator) -> list[str]:
    """The sources of an indicator's evidence, as blocks name them."""
    return [
        f"items:{one.instrument}" if isinstance(one, ItemEvidence) else one.kind
        for one in indicator.evidence
    ]


def methods_for(sources: Sequence[str]) -> list[tuple[str, str]]:
    """The methods that evidence of these sources can carry; all where there is none yet."""
    kinds = {KINDS[source.partition(":")[0]] for source in sources}
    return [
        (key, f"{gettext(words.name)}: {gettext(words.explained)}")
        for key, words in METHODS.items()
        if not kinds or NEEDS[key].evidence in kinds
    ]


def filled(indicator: Indicator, edition: int) -> dict[str, Any]:
    """The fields of the card's form; Any, as form data are."""
    data = indicator.model_dump(exclude={"target", "evidence", "key", "element"})
    if indicator.target is not None:
        data |= {
            "target": indicator.target.value,
            "partial": indicator.target.partial,
            "each_group": indicator.target.each_group,
        }
    return {**data, "expected": str(edition)}


def read_card(
    form: CardForm, blocks: Sequence[Block], key: str, element: str, old: Indicator | None
) -> Checked[Indicator]:
    """The indicator that the forms describe; its definition version is the old one's yet."""
    target = None
    if form.target.data is not None:
        target = {
            "value": form.target.data,
            "partial": form.partial.data,
            "each_group": form.each_group.data,
        }
    elif form.partial.data is not None or form.each_group.data:
        message = say("Enter the target too: there is nothing to reach without one.")
        return failed(Problem(code="card.target", where="target", message=message))
    fields = {
        name: (getattr(form, name).data or "").strip()
        for name in ("name", "objective", "scope", "definition", "interpretation", "sources")
    }
    try:
        return Checked(
            Indicator.model_validate(
                {
                    **fields,
                    "key": key,
                    "element": element,
                    "method": form.method.data,
                    "direction": form.direction.data,
                    "baseline": form.baseline.data,
                    "target": target,
                    "evidence_kind": form.evidence_kind.data,
                    "evidence": [_evidence(one) for one in blocks if not one.form.remove.data],
                    "weight": form.weight.data,
                    "minimum_n": form.minimum_n.data,
                    "maximum_margin": form.maximum_margin.data,
                    "definition_version": old.definition_version if old else 1,
                }
            )
        )
    except ValidationError as error:
        return failed(*(_refusal(found["loc"], found["msg"]) for found in error.errors()))


def means_something_else(old: Indicator, new: Indicator) -> bool:
    """Whether a field was changed that decides what the figure means."""
    return any(getattr(old, name) != getattr(new, name) for name in MEANING)


def new_key(name: str, mapping: Mapping) -> str:
    """A key after the name, which no indicator has yet."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:50].rstrip("_")
    stem = stem if stem[:1].isalpha() else f"indicator_{stem}".rstrip("_")
    taken = {one.key for one in mapping.indicators}
    key, number = stem, 2
    while key in taken:
        key, number = f"{stem}_{number}", number + 1
    return key


def field_of(where: str, index: int) -> str | None:
    """The field that a problem of the mapping's check is about; None where it is elsewhere."""
    start = f"indicators.{index}"
    if where != start and not where.startswith(start + "."):
        return None
    rest = where.removeprefix(start).strip(".")
    if rest.startswith("evidence."):
        number, _, inner = rest.removeprefix("evidence.").partition(".")
        part = inner.partition(".")[0]
        return f"e{number}-{part if part in ('items', 'use', 'codes') else 'items'}"
    names = {
        "target.partial": "partial",
        "target.value": "target",
        "": "name",
        "evidence": "method",
    }
    return names.get(rest, rest)


def _block(
    prefix: str, source: str, evidence: Evidence | None, instruments: Sequence[Instrument]
) -> Block | None:
    kind, _, name = source.partition(":")
    data = evidence.model_dump() if evidence is not None else {}
    if kind == "series":
        return Block(source, SeriesForm(prefix=prefix, data=data), gettext("A statistic"))
    if kind == "milestone":
        return Block(source, MilestoneForm(prefix=prefix, data=data), gettext("A milestone"))
    instrument = next((one for one in instruments if one.key == name), None)
    items = asked_items(instrument) if instrument else ()
    # An item that is gone stays in the list while it is evidence, or saving would lose it unseen.
    known = {one.key for one in items}
    gone = [key for key in data.get("items", ()) if key not in known]
    if instrument is None and not gone:
        return None
    choices = [(one.key, one.text) for one in items]
    choices += [(key, gettext("%(key)s (no longer in the instrument)", key=key)) for key in gone]
    uses = list(dict.fromkeys(use for one in items for use in one.uses))
    if data:
        data = {**data, "items": list(data["items"]), "codes": ", ".join(data["codes"])}
        data["use"] = data["use"] or ""
        if data["use"] and data["use"] not in uses:
            uses.append(data["use"])
    form = ItemsForm(prefix=prefix, data=data).offer(choices, uses)
    return Block(source, form, instrument.title if instrument else name, items)


def _evidence(block: Block) -> dict[str, Any]:
    form = block.form
    if isinstance(form, ItemsForm):
        codes = [code.strip() for code in (form.codes.data or "").replace(";", ",").split(",")]
        return {
            "kind": "items",
            "instrument": block.source.partition(":")[2],
            "items": form.items.data,
            "use": form.use.data or None,
            "codes": [code for code in codes if code],
        }
    if isinstance(form, SeriesForm):
        return {
            "kind": "series",
            "series": form.series.data,
            "unit": (form.unit.data or "").strip(),
            "source": (form.source.data or "").strip(),
        }
    assert isinstance(form, MilestoneForm)
    milestone = " ".join((form.milestone.data or "").split())
    return {"kind": "milestone", "milestone": milestone, "due": form.due.data or ""}


def _refusal(place: tuple[int | str, ...], message: str) -> Problem:
    where = str(place[0]) if place else "name"
    if where == "evidence" and len(place) > 1:
        parts = [str(part) for part in place[2:] if part in ("items", "use", "codes")]
        where = f"e{place[1]}-{parts[0] if parts else 'items'}"
    return Problem(
        code="card.invalid",
        where=where,
        message=say("{message}. Correct this here.", message=message),
    )
