"""Whether a condition can hold, and whether it can fail, by trying answers with the real evaluator.

The items that a condition names are gathered with all that decides whether those are asked; a few
answers of each stand for all (`answer_values.py`), and every combination of them is tried, in an
order that finds both outcomes soon. Where the combinations are too many nothing is claimed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import gcd, prod

from assessor.domain.checks.answer_values import (
    FEW,
    Certainty,
    Constants,
    Domain,
    constants_of,
    domain_of,
)
from assessor.domain.checks.places import Known, Places, Written
from assessor.domain.instrument import NOT_APPLICABLE, Calculated
from assessor.domain.logic import Parsed
from assessor.domain.logic_functions import LogicValue, Surroundings
from assessor.domain.route import calculated_answer, logic_value, read_logic

MOST_COMBINATIONS = 4_000
MOST_TRIES = 120_000
"""All tries for one instrument: a file full of contradictions must not take minutes to check."""
MOST_ITEMS = 12

A_DAY = date(2026, 6, 30)


@dataclass(frozen=True)
class Outcome:
    """What an expression comes to. `is_sure`: every combination that can matter was tried."""

    can_hold: bool
    can_fail: bool
    is_sure: bool


@dataclass(frozen=True)
class _Step:
    """One key in the order in which it is asked: its conditions, and what it can be."""

    known: Known
    guards: tuple[Parsed, ...]
    calculation: Parsed | None = None


@dataclass
class Trying:
    """Tries expressions of one instrument, as long as the tries last."""

    places: Places
    tries: int = MOST_TRIES
    guards: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """What decides whether each item and row is asked, the page's condition among it."""
        for page in self.places.instrument.pages:
            for item in page.items:
                own = (page.relevant, item.relevant)
                self.guards[item.key] = own
                for row in getattr(item, "rows", ()):
                    self.guards[row.key] = (*own, row.relevant)

    def outcome(
        self,
        written: Written,
        given: Sequence[str] = (),
        attributes: Sequence[dict[str, str]] = ({},),
    ) -> Outcome | None:
        """What becomes of an expression where all of `given` hold; None: it cannot be told.

        `attributes`: those of the options that it is asked of; it holds if it does for any.
        """
        parsed = read_logic(written.text)
        if parsed is None or self.tries <= 0:
            return None
        context = tuple(one for one in map(read_logic, given) if one is not None)
        for with_guards in (True, False):
            steps = self._steps((parsed, *context), with_guards=with_guards)
            if steps is None:
                continue
            used = [parsed, *context, *(g for s in steps for g in s.guards)]
            used += [s.calculation for s in steps if s.calculation is not None]
            if any(part.name in {"today", "now"} for one in used for part in one.tree.walk()):
                return None
            more = {value for each in attributes for value in each.values()}
            domains = self._domains(steps, constants_of(used, more), written)
            if prod(len(domain.values) for domain in domains) <= MOST_COMBINATIONS:
                if not with_guards and any(step.calculation for step in steps):
                    return None
                certainty = min(domain.certainty for domain in domains)
                tried = self._try(written, parsed, context, steps, domains, attributes)
                is_told = tried is not None and (all(tried) or certainty > Certainty.OPEN)
                return Outcome(*tried, certainty is Certainty.SURE) if tried and is_told else None
        return None

    def _steps(self, expressions: Sequence[Parsed], *, with_guards: bool) -> list[_Step] | None:
        """Everything that the expressions hang on, in the order of asking; None: too much."""
        found: dict[str, _Step] = {}
        to_do = [key for one in expressions for key in one.references]
        while to_do:
            key = to_do.pop()
            known = self.places.known.get(key)
            if known is None or key in found:
                continue
            guards = self._guards(known) if with_guards else ()
            item = known.item
            calculation = read_logic(item.calculation) if isinstance(item, Calculated) else None
            found[key] = _Step(known, guards, calculation)
            if len(found) > MOST_ITEMS:
                return None
            for one in (*guards, *((calculation,) if calculation else ())):
                to_do.extend(one.references)
        return sorted(found.values(), key=lambda step: step.known.position)

    def _guards(self, known: Known) -> tuple[Parsed, ...]:
        column = known.column
        owner = column.owner if column is not None else known.key
        texts = self.guards.get(owner, ())
        if not texts and column is not None:
            texts = self.guards.get(column.item_key, ())
        return tuple(one for one in map(read_logic, texts) if one is not None)

    def _domains(
        self, steps: Sequence[_Step], constants: Constants, written: Written
    ) -> list[Domain]:
        """What each step can be; the last is the answer that a constraint is about."""
        domains = [
            Domain(("",), Certainty.SURE)
            if step.calculation is not None
            else domain_of(self.places.instrument, step.known, constants)
            for step in steps
        ]
        itself = Domain(("",), Certainty.SURE)
        own = self._own(written)
        if written.use == "constraint" and own is not None:
            whole = domain_of(self.places.instrument, own, constants)
            values = tuple(v for v in whole.values if v not in ("", NOT_APPLICABLE))
            is_open = "." in constants.used_otherwise and whole.certainty is Certainty.SURE
            certainty = _otherwise(own, whole) if is_open else whole.certainty
            itself = Domain(values, certainty)
        return [*domains, itself]

    def _own(self, written: Written) -> Known | None:
        """The answer that a constraint is about; the first of several columns, which are alike."""
        item = written.item
        if item is None:
            return None
        if item.key in self.places.known:
            return self.places.known[item.key]
        return self.places.known.get(self.places.several.get(item.key, ("",))[0])

    def _try(
        self,
        written: Written,
        parsed: Parsed,
        context: tuple[Parsed, ...],
        steps: Sequence[_Step],
        domains: Sequence[Domain],
        attributes: Sequence[dict[str, str]],
    ) -> tuple[bool, bool] | None:
        can_hold = can_fail = False
        own = self._own(written)
        for chosen in _combinations([domain.values for domain in domains]):
            self.tries -= 1
            if self.tries <= 0:
                return None
            values = _walked(steps, chosen)
            itself = chosen[-1]
            if written.use == "constraint" and own is not None:
                values[own.key] = itself
            if not all(one.holds(_around(values, itself, {})) for one in context):
                continue
            holds = any(parsed.holds(_around(values, itself, each)) for each in attributes)
            can_hold, can_fail = can_hold or holds, can_fail or not holds
            if can_hold and can_fail:
                break
        return can_hold, can_fail


def _otherwise(own: Known, whole: Domain) -> Certainty:
    """What is sure of `.` where it is not only compared: all, where all its answers are tried."""
    if own.codes is not None and len(own.codes) <= FEW and own.value == "choice":
        return whole.certainty
    return Certainty.LIKELY if own.value in {"number", "day", "time"} else Certainty.OPEN


def _combinations(domains: Sequence[tuple[LogicValue, ...]]) -> Iterator[tuple[LogicValue, ...]]:
    """Every combination once, far apart at first, so that both outcomes are soon met."""
    total = prod(len(values) for values in domains)
    if not total:
        return
    stride = next(n for n in range(max(1, int(total * 0.618)), 2 * total + 2) if gcd(n, total) == 1)
    for number in range(total):
        place = number * stride % total
        chosen: list[LogicValue] = []
        for values in domains:
            place, at = divmod(place, len(values))
            chosen.append(values[at])
        yield tuple(chosen)


def _walked(steps: Sequence[_Step], chosen: Sequence[LogicValue]) -> dict[str, LogicValue]:
    """The answers that count: what is not asked has none, as on everybody's way."""
    values: dict[str, LogicValue] = {}
    for step, value in zip(steps, chosen, strict=False):
        around = _around(values, "", {})
        if not all(guard.holds(around) for guard in step.guards):
            values[step.known.key] = ""
        elif step.calculation is not None:
            values[step.known.key] = logic_value(calculated_answer(step.calculation.run(around)))
        else:
            values[step.known.key] = value
    return values


def _around(
    values: dict[str, LogicValue], itself: LogicValue, attributes: dict[str, str]
) -> Surroundings:
    return Surroundings(values, A_DAY, itself, attributes, lambda _key, code: code)
