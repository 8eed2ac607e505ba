"""Does the evidence of an indicator carry its method, and can its figures be reached?

What each method needs is the table of `evidence_needs.py`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assessor.domain.checks.evidence_needs import EVIDENCE_WORDS, MAY_BE_ALL, NEEDS, Need
from assessor.domain.checks.finding import did_you_mean, error, in_code
from assessor.domain.evidence_columns import (
    answers_of,
    columns_meant,
    ends_of,
    holds_numbers,
    holds_words,
    uses_of,
)
from assessor.domain.instrument import MATRIX_KINDS, Column, Instrument, Item
from assessor.domain.kinds import columns_of_item
from assessor.domain.mapping import Indicator, ItemEvidence
from assessor.domain.problems import Problem, Said, Several, say


class KnownItems:
    """What the instruments of a folder ask, looked up once for all indicators."""

    def __init__(self, instruments: Sequence[Instrument]) -> None:
        self.instruments = {i.key: i for i in reversed(instruments)}
        self.columns: dict[tuple[str, str], tuple[Column, ...]] = {}
        self.items: dict[tuple[str, str], Item] = {}
        for key, instrument in self.instruments.items():
            for item in instrument.items():
                self.items[key, item.key] = item
                for column in columns_of_item(item):
                    self.items[key, column.owner] = item
                    if holds_words(column):
                        continue
                    of_owner = self.columns.get((key, column.owner), ())
                    self.columns[key, column.owner] = (*of_owner, column)

    def owners(self, instrument: str) -> Iterator[str]:
        return (owner for key, owner in self.columns if key == instrument)


@dataclass(frozen=True)
class _Asked:
    """One named item, found: where it is named, with which use, its instrument and columns."""

    where: str
    instrument: Instrument
    key: str
    item: Item
    columns: tuple[Column, ...]
    use: str | None

    @property
    def meant(self) -> tuple[Column, ...]:
        """The columns that the evidence reads where it reads a single use."""
        return columns_meant(self.instrument, self.columns, self.use)


def check_evidence(indicator: Indicator, known: KnownItems, where: str) -> tuple[Problem, ...]:
    """Unknown instruments and items, and whether the evidence carries the method."""
    need = NEEDS[indicator.method]
    if not indicator.evidence:
        message = say(
            "Indicator `{indicator}` has no evidence. Add {evidence}, or remove the indicator and "
            "list the element under `not_measured`.",
            indicator=indicator.key,
            evidence=EVIDENCE_WORDS[need.evidence],
        )
        return (error("mapping.no-evidence", where, message),)
    problems: list[Problem] = []
    asked: list[_Asked] = []
    for e, evidence in enumerate(indicator.evidence):
        place = f"{where}.evidence.{e}"
        if not isinstance(evidence, need.evidence):
            message = say(
                "Indicator `{indicator}` has the method {method}, which needs {evidence}. Change "
                "the method or the evidence.",
                indicator=indicator.key,
                method=indicator.method,
                evidence=EVIDENCE_WORDS[need.evidence],
            )
            problems.append(error("mapping.method", f"{place}.kind", message))
        elif isinstance(evidence, ItemEvidence):
            found, unknown = _find(evidence, known, place)
            problems.extend(unknown)
            for one in found:
                problems.extend(_check_item(indicator, need, evidence, one))
            problems.extend(_check_codes(indicator, need, evidence, found, place))
            asked.extend(found)
    if not problems:
        problems.extend(_check_together(indicator, need, asked, where))
    if not problems:
        problems.extend(_check_figures(indicator, need, asked, where))
    return tuple(problems)


def _find(
    evidence: ItemEvidence, known: KnownItems, place: str
) -> tuple[list[_Asked], list[Problem]]:
    instrument = known.instruments.get(evidence.instrument)
    if instrument is None:
        hint = did_you_mean(evidence.instrument, known.instruments)
        message = say(
            "There is no instrument `{instrument}`. {hint}",
            instrument=evidence.instrument,
            hint=hint,
        )
        return [], [error("mapping.unknown-instrument", f"{place}.instrument", message)]
    found: list[_Asked] = []
    problems: list[Problem] = []
    for i, key in enumerate(evidence.items):
        of_key = known.columns.get((instrument.key, key))
        item = known.items.get((instrument.key, key))
        if of_key and item is not None:
            found.append(_Asked(f"{place}.items.{i}", instrument, key, item, of_key, evidence.use))
        elif isinstance(item, MATRIX_KINDS):
            rows = in_code(row.key for row in item.rows)
            message = say(
                "`{key}` is a whole matrix. Name the rows that are meant: {rows}.",
                key=key,
                rows=rows,
            )
            problems.append(error("mapping.matrix", f"{place}.items.{i}", message))
        elif item is not None:
            message = say("`{key}` asks nothing, so it is no evidence. Name another item.", key=key)
            problems.append(error("mapping.item-kind", f"{place}.items.{i}", message))
        else:
            hint = did_you_mean(key, known.owners(instrument.key))
            message = say(
                "Instrument `{instrument}` has no item `{key}`. {hint}",
                instrument=instrument.key,
                key=key,
                hint=hint,
            )
            problems.append(error("mapping.unknown-item", f"{place}.items.{i}", message))
    for repeated in [key for key, times in Counter(evidence.items).items() if times > 1]:
        message = say("`{repeated}` is named more than once. Name it once.", repeated=repeated)
        problems.append(error("mapping.repeated-item", f"{place}.items", message))
    return found, problems


def _check_item(
    indicator: Indicator, need: Need, evidence: ItemEvidence, asked: _Asked
) -> Iterator[Problem]:
    kind = asked.columns[0].kind
    if kind not in need.kinds:
        wanted = ", ".join(sorted(word.replace("_", " ") for word in need.kinds))
        message = say(
            "The method {method} needs items of the kind {wanted}; `{item}` is a {kind}. Choose "
            "another item or another method.",
            method=indicator.method,
            wanted=wanted,
            item=asked.key,
            kind=kind.replace("_", " "),
        )
        yield error("mapping.item-kind", asked.where, message)
        return
    yield from _check_bounds(indicator, need, asked)
    uses = uses_of(asked.instrument, asked.columns)
    place = asked.where.rpartition(".items.")[0] + ".use"
    if need.uses:
        missing = [names for names in need.uses if not set(names) & set(uses)]
        if missing:
            first, second = (_either(names) for names in need.uses)
            message = say(
                "The method {method} compares {first} and {second}, and `{item}` has {scales}. "
                "Add the scale to the item, or choose another method.",
                method=indicator.method,
                first=first,
                second=second,
                item=asked.key,
                scales=_listed(uses),
            )
            yield error("mapping.uses", asked.where, message)
        elif evidence.use is not None:
            message = say(
                "The method {method} reads its scales by itself. Remove `use`.",
                method=indicator.method,
            )
            yield error("mapping.use", place, message)
    elif evidence.use is not None and not asked.meant:
        message = say(
            "`{item}` has no scale `{use}`; it has {scales}. {hint}",
            item=asked.key,
            use=evidence.use,
            scales=_listed(uses),
            hint=did_you_mean(evidence.use, uses) if uses else say("Remove `use`."),
        )
        yield error("mapping.use", place, message)
    elif evidence.use is None and not asked.meant:
        message = say(
            "`{item}` has {scales}. Say which is meant with `use`.",
            item=asked.key,
            scales=_listed(uses),
        )
        yield error("mapping.use", asked.where, message)


def _check_bounds(indicator: Indicator, need: Need, asked: _Asked) -> Iterator[Problem]:
    if need.codes:
        return
    column = asked.columns[0]
    if not holds_numbers(asked.instrument, column):
        message = say(
            "`{item}` is answered in words, so it has no {method}. Choose another item.",
            item=asked.key,
            method=indicator.method.replace("_", " "),
        )
        yield error("mapping.item-kind", asked.where, message)
    elif ends_of(asked.instrument, column) is None:
        message = say(
            "`{item}` is a number without bounds, so its {method} has no best and no worst. "
            "Give the item a `minimum` and a `maximum`.",
            item=asked.key,
            method=indicator.method,
        )
        yield error("mapping.unbounded", asked.where, message)


def _listed(uses: Sequence[str]) -> Said:
    if not uses:
        return say("one scale only")
    return say("the scales {scales}", scales=in_code(uses))


def _either(names: Sequence[str]) -> str:
    if len(names) == 1:
        return in_code(names)
    first, second = names
    return say("`{first}` or `{second}`", first=first, second=second)


def _check_codes(
    indicator: Indicator,
    need: Need,
    evidence: ItemEvidence,
    found: Sequence[_Asked],
    place: str,
) -> Iterator[Problem]:
    if not need.codes:
        if evidence.codes:
            message = say(
                "The method {method} reads no `codes`. Remove them, or use the method share.",
                method=indicator.method,
            )
            yield error("mapping.codes", f"{place}.codes", message)
        return
    if not evidence.codes:
        message = say(
            "Indicator `{indicator}` is a share; say with `codes` which answers count, such as "
            "`codes: [weekly, daily]`.",
            indicator=indicator.key,
        )
        yield error("mapping.codes", place, message)
        return
    for asked in found:
        known = _codes(asked)
        for c, code in enumerate(evidence.codes):
            if known and code not in known:
                message = say(
                    "`{item}` has no answer `{code}`. {hint}",
                    item=asked.key,
                    code=code,
                    hint=did_you_mean(code, known),
                )
                yield error("mapping.codes", f"{place}.codes.{c}", message)
        is_all = set(known) <= set(evidence.codes)
        if known and is_all and asked.columns[0].kind not in MAY_BE_ALL:
            message = say(
                "`codes` holds every answer to `{item}`, so the share is always 1. Leave out "
                "those that do not count.",
                item=asked.key,
            )
            yield error("mapping.codes", f"{place}.codes", message)


def _codes(asked: _Asked) -> list[str]:
    """The codes of everything that can be answered; none where nobody can know them."""
    column = (asked.meant or asked.columns)[0]
    return [code for code, _label in answers_of(asked.instrument, column)]


def _ends(indicator: Indicator, asked: Sequence[_Asked]) -> list[tuple[float, float]]:
    """Lowest and highest point of every scale that the evidence reads, each once."""
    wanted = {name for names in NEEDS[indicator.method].uses for name in names}
    found: set[tuple[float, float]] = set()
    for one in asked:
        read = [c for c in one.columns if c.use in wanted] if wanted else one.meant
        ends = [ends_of(one.instrument, column) for column in read]
        found |= {(min(pair), max(pair)) for pair in ends if pair is not None}
    return sorted(found)


def _check_together(
    indicator: Indicator, need: Need, asked: Sequence[_Asked], where: str
) -> Iterator[Problem]:
    if need.evidence is ItemEvidence and len(asked) < need.least_items:
        message = say(
            "The method {method} needs at least {least_items} items, and `{indicator}` has "
            "{number}. Add items, or use the method mean.",
            method=indicator.method,
            least_items=need.least_items,
            indicator=indicator.key,
            number=len(asked),
        )
        yield error("mapping.too-few-items", f"{where}.evidence", message)
    ends = _ends(indicator, asked)
    if need.figures in {"points", "difference"} and len(ends) > 1:
        message = say(
            "The items of `{indicator}` are answered on different scales ({scales}), so their "
            "{method} has no unit. Use items of one scale, or an indicator each.",
            indicator=indicator.key,
            scales=Several(say("{low:g} to {high:g}", low=low, high=high) for low, high in ends),
            method=indicator.method.replace("_", " "),
        )
        yield error("mapping.mixed-scales", f"{where}.evidence", message)


def _check_figures(
    indicator: Indicator, need: Need, asked: Sequence[_Asked], where: str
) -> Iterator[Problem]:
    """Target, partial level and baseline lie where the indicator's unit can reach."""
    low_high: tuple[float, float] | None = None
    if isinstance(need.figures, tuple):
        low_high = need.figures
    elif need.figures is not None and (ends := _ends(indicator, asked)):
        low, high = ends[0]
        low_high = (low, high) if need.figures == "points" else (low - high, high - low)
    if low_high is None:
        return
    target = indicator.target
    figures = (
        ("target.value", target.value if target else None),
        ("target.partial", target.partial if target else None),
        ("baseline", indicator.baseline),
    )
    for field, figure in figures:
        if figure is not None and not low_high[0] <= figure <= low_high[1]:
            message = _out_of_range(indicator, field, figure, low_high)
            yield error("mapping.out-of-range", f"{where}.{field}", message)


_FIGURE_WORDS = {
    "target.value": say("The target"),
    "target.partial": say("The partial level"),
    "baseline": say("The baseline"),
}


def _out_of_range(
    indicator: Indicator, field: str, figure: float, low_high: tuple[float, float]
) -> Said:
    named = {"figure_name": _FIGURE_WORDS[field], "indicator": indicator.key, "figure": figure}
    low, high = low_high
    if low_high == (0.0, 1.0) and 1 < figure <= 100:
        return say(
            "{figure_name} of `{indicator}` is {figure:g}, and the method {method} gives "
            "{low:g} to {high:g}. Set it within these; {figure:g} percent is {share:g}.",
            **named,
            method=indicator.method,
            low=low,
            high=high,
            share=figure / 100,
        )
    return say(
        "{figure_name} of `{indicator}` is {figure:g}, and the method {method} gives "
        "{low:g} to {high:g}. Set it within these.",
        **named,
        method=indicator.method,
        low=low,
        high=high,
    )
