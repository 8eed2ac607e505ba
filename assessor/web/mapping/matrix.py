"""The coverage matrix: elements down, what could measure them across, and what is not measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assessor.domain.checks.mapping import uncovered
from assessor.domain.instrument import Instrument
from assessor.domain.kinds import columns as columns_of
from assessor.domain.mapping import Indicator, ItemEvidence, Mapping, NotMeasured
from assessor.domain.plan import Element, Plan
from assessor.reports.words import METHODS, capital
from assessor.web.messages import gettext, ngettext
from assessor.web.writing import counted, listed, several

View = Literal["instruments", "groups"]


@dataclass(frozen=True)
class Column:
    """`family` is what stands above several columns, such as the instrument of its groups."""

    key: str
    label: str
    family: str = ""


@dataclass(frozen=True)
class Cell:
    """What an element has in a column: the words to read, and the indicators behind them."""

    words: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True)
class State:
    """Whether an element is covered. kind: "measured", "part", "listed" or "nothing"."""

    kind: Literal["measured", "part", "listed", "nothing"]
    words: str
    reason: str = ""


@dataclass(frozen=True)
class Row:
    element: Element
    depth: int
    cells: tuple[Cell | None, ...]
    state: State


@dataclass(frozen=True)
class Matrix:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def families(self) -> list[tuple[str, int]]:
        """The heads above the columns, each with how many columns it spans."""
        found: list[tuple[str, int]] = []
        for column in self.columns:
            if found and found[-1][0] == column.family:
                found[-1] = (column.family, found[-1][1] + 1)
            else:
                found.append((column.family, 1))
        return found


def coverage_matrix(
    plan: Plan, mapping: Mapping, instruments: Sequence[Instrument], view: View = "instruments"
) -> Matrix:
    """Every element of the plan in reading order, with what measures it in every column.

    View "instruments" has a column an instrument, one for statistics and one for milestones;
    "groups" has a column for each audience group of each instrument.
    """
    columns = _columns(mapping, instruments, view)
    states = element_states(plan, mapping)
    by_element: dict[str, list[Indicator]] = {}
    for indicator in mapping.indicators:
        by_element.setdefault(indicator.element, []).append(indicator)
    bases = _bases(instruments)
    rows = []
    for depth, element in plan.walk():
        indicators = by_element.get(element.code, [])
        cells = tuple(_cell(column.key, indicators, bases) for column in columns)
        rows.append(Row(element, depth, cells, states[element.code]))
    return Matrix(columns, tuple(rows))


def element_states(plan: Plan, mapping: Mapping) -> dict[str, State]:
    """For every element whether it is measured; above the leaves, how many of them are."""
    bare = {element.code for element in uncovered(mapping, plan)}
    measured = {indicator.element for indicator in mapping.indicators}
    reasons = listed_reasons(plan, mapping)
    leaves = {element.code for element in plan.leaves()}
    states: dict[str, State] = {}
    for _, element in plan.walk():
        code = element.code
        if code in leaves:
            states[code] = _leaf_state(code in measured, code in bare, reasons.get(code, ""))
            continue
        below = [one.code for one in _leaves_below(plan, code)]
        have = sum(one in measured for one in below)
        kind: Literal["measured", "part", "nothing"] = "part"
        if have in (0, len(below)):
            kind = "measured" if have else "nothing"
        if not have and code in reasons:
            states[code] = State("listed", gettext("not measured on purpose"), reasons[code])
        else:
            states[code] = State(
                kind, gettext("%(have)s of %(below)s measured", have=have, below=len(below))
            )
    return states


def listed_reasons(plan: Plan, mapping: Mapping) -> dict[str, str]:
    """Why an element is deliberately not measured: its own reason, its level's, or one above's."""
    codes = {one.element: one.reason for one in mapping.not_measured if one.element}
    levels = {one.level: one.reason for one in mapping.not_measured if one.level}
    reasons: dict[str, str] = {}
    for _, element in plan.walk():
        above = reasons.get(element.parent or "", "")
        own = codes.get(element.code) or levels.get(element.level) or above
        if own:
            reasons[element.code] = own
    return reasons


def entry_for(mapping: Mapping, element: Element) -> NotMeasured | None:
    """The entry that names this very element, if there is one."""
    return next((one for one in mapping.not_measured if one.element == element.code), None)


def coverage_sentence(plan: Plan, mapping: Mapping) -> str:
    """ "Of 24 outcomes, 19 are measured by surveys, 3 by statistics …" """
    levels_out = {one.level for one in mapping.not_measured if one.level}
    everything = plan.leaves()
    # A whole level that the plan only describes, such as values, is nothing to be measured.
    leaves = [one for one in everything if one.level not in levels_out] or list(everything)
    if not leaves:
        return gettext("The plan has no elements.")
    states = element_states(plan, mapping)
    asked = {one.element for one in mapping.indicators if _asks(one)}
    surveys = sum(element.code in asked for element in leaves)
    measured = sum(states[element.code].kind == "measured" for element in leaves)
    on_purpose = sum(states[element.code].kind == "listed" for element in leaves)
    nothing = sum(states[element.code].kind == "nothing" for element in leaves)
    levels = {element.level for element in leaves}
    word = levels.pop() if len(levels) == 1 else gettext("element")
    parts = [
        ngettext("%(num)s is measured by surveys", "%(num)s are measured by surveys", surveys)
        if surveys
        else "",
        ngettext(
            "%(num)s by statistics or milestones alone",
            "%(num)s by statistics or milestones alone",
            measured - surveys,
        )
        if measured - surveys
        else "",
        ngettext(
            "%(num)s is deliberately not measured",
            "%(num)s are deliberately not measured",
            on_purpose,
        )
        if on_purpose
        else "",
        ngettext("%(num)s has nothing yet", "%(num)s have nothing yet", nothing) if nothing else "",
    ]
    said = gettext(
        "Of %(everything)s, %(parts)s.",
        everything=counted(len(leaves), word),
        parts=listed([part for part in parts if part]),
    )
    aside = list(dict.fromkeys(one.level for one in everything if one.level in levels_out))
    if not aside or len(leaves) == len(everything):
        return said
    return gettext(
        "%(sentence)s %(levels)s are not scored.",
        sentence=said,
        levels=capital(listed([several(level) for level in aside])),
    )


def method_words(indicators: Sequence[Indicator]) -> str:
    """ "Mean", or "3: mean, share": how many indicators there are and by which methods."""
    names = list(dict.fromkeys(gettext(METHODS[one.method].name) for one in indicators))
    if len(indicators) == 1:
        return names[0]
    return f"{len(indicators)}: {', '.join(name.lower() for name in names)}"


def _leaf_state(measured: bool, bare: bool, reason: str) -> State:
    if measured:
        return State("measured", gettext("measured"))
    if bare:
        return State("nothing", gettext("nothing yet"))
    return State("listed", gettext("not measured on purpose"), reason)


def _leaves_below(plan: Plan, code: str) -> list[Element]:
    parents = {element.parent for element in plan.elements}
    return [one for _, one in plan.walk(code) if one.code not in parents]


def _asks(indicator: Indicator) -> bool:
    return any(isinstance(one, ItemEvidence) for one in indicator.evidence)


def _columns(mapping: Mapping, instruments: Sequence[Instrument], view: View) -> tuple[Column, ...]:
    if view == "groups":
        return tuple(
            Column(f"group:{one.key}:{group.code}", group.label, one.title)
            for one in instruments
            for group in one.groups()
        )
    known = {one.key: one.title for one in instruments}
    # An instrument that evidence names and nobody has brought yet is shown too: it is asked for.
    named = dict.fromkeys(
        evidence.instrument
        for indicator in mapping.indicators
        for evidence in indicator.evidence
        if isinstance(evidence, ItemEvidence) and evidence.instrument not in known
    )
    return (
        *(Column(f"items:{key}", capital(key.replace("_", " "))) for key in [*known, *named]),
        Column("series", gettext("Statistics")),
        Column("milestone", gettext("Milestones")),
    )


def _cell(
    key: str, indicators: Sequence[Indicator], bases: dict[tuple[str, str], str]
) -> Cell | None:
    kind, _, name = key.partition(":")
    instrument = name.partition(":")[0]
    found = tuple(one for one in indicators if _feeds(one, kind, instrument))
    if not found:
        return None
    if kind == "group":
        return Cell(_asked_words(found, instrument, bases), found)
    return Cell(method_words(found), found)


def _feeds(indicator: Indicator, kind: str, instrument: str) -> bool:
    for evidence in indicator.evidence:
        if isinstance(evidence, ItemEvidence):
            if kind in ("items", "group") and evidence.instrument == instrument:
                return True
        elif evidence.kind == kind:
            return True
    return False


def _asked_words(
    indicators: Sequence[Indicator], instrument: str, bases: dict[tuple[str, str], str]
) -> str:
    items = [
        item
        for indicator in indicators
        for evidence in indicator.evidence
        if isinstance(evidence, ItemEvidence) and evidence.instrument == instrument
        for item in evidence.items
    ]
    words = (
        gettext("Asked, where it applies")
        if all((instrument, one) in bases for one in items)
        else gettext("Asked")
    )
    if any(one.target and one.target.each_group for one in indicators):
        return gettext("%(asked)s; target for each group", asked=words)
    return words


def _bases(instruments: Sequence[Instrument]) -> dict[tuple[str, str], str]:
    """Who an item is for, by instrument and item key, where it is not for everybody."""
    return {
        (one.key, column.owner): column.base
        for one in instruments
        for column in columns_of(one)
        if column.base
    }
