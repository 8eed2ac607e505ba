"""What publishing the next version does: to trends, indicators, groups, translations and people.

Two instruments and the mappings that read them go in; frozen values come out, which a page puts
into words. Nothing here forbids: the person who publishes knows best what a change means.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from assessor.domain.checks.evidence import KnownItems, check_evidence
from assessor.domain.differences import Difference, asked, differences, question
from assessor.domain.evidence_columns import answers_of, columns_meant
from assessor.domain.instrument import Column, Instrument
from assessor.domain.kinds import columns_of
from assessor.domain.mapping import Indicator, ItemEvidence, Mapping
from assessor.domain.meaning_kept import Meaning, meaning_kept
from assessor.domain.problems import Problem
from assessor.domain.translations import texts

Trend = Literal["continues", "doubtful", "breaks", "ends", "begins"]
"""doubtful: the words changed so much that somebody should say whether they still ask the same;
breaks: the numbers before and after cannot be set side by side."""
Advice = Literal["", "new_key", "same_key"]
"""new_key: it most likely asks something else now, so give it a key of its own; same_key: it asks
what another key asked, so give it that key."""


@dataclass(frozen=True)
class KeyTrend:
    """What becomes of the trend of an item or row.

    `because` are the differences that decide, `meaning` what its words suggest. With the advice
    "same_key" `like` is the key that asked the same.
    """

    key: str
    text: str
    trend: Trend
    because: tuple[str, ...] = ()
    meaning: Meaning = "same"
    advice: Advice = ""
    like: str = ""


@dataclass(frozen=True)
class IndicatorImpact:
    """What becomes of an indicator: its `trend`, the worst of its items'.

    `lost` are evidence items that are gone, `left` how many remain; `codes_gone` answers that
    counted and can no longer be given; `problems` what the check of mappings says only now.
    """

    indicator: Indicator
    trend: Trend
    items: tuple[KeyTrend, ...]
    lost: tuple[str, ...] = ()
    left: int = 0
    codes_gone: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class GroupChange:
    """A group of the audience: gone without a new label, new without an old one, or renamed."""

    code: str
    old: str
    new: str


@dataclass(frozen=True)
class TranslationImpact:
    """`missing`: addresses of texts that have no translation any more or not yet; `outdated`: those
    whose own words changed while the translation did not."""

    language: str
    missing: tuple[str, ...]
    outdated: tuple[str, ...]


@dataclass(frozen=True)
class Underway:
    """How many answered an older version, and how many are in the middle of it and finish it."""

    version: int
    responses: int
    drafts: int


@dataclass(frozen=True)
class Impact:
    """Everything that somebody should know before a fielded instrument changes."""

    differences: tuple[Difference, ...]
    trends: tuple[KeyTrend, ...]
    indicators: tuple[IndicatorImpact, ...]
    groups: tuple[GroupChange, ...]
    translations: tuple[TranslationImpact, ...]
    underway: tuple[Underway, ...] = ()

    @property
    def groups_gone(self) -> tuple[GroupChange, ...]:
        return tuple(group for group in self.groups if group.old and not group.new)

    def of_trend(self, *wanted: Trend) -> tuple[KeyTrend, ...]:
        return tuple(one for one in self.trends if one.trend in wanted)

    @property
    def is_calm(self) -> bool:
        """Whether every trend goes on and nothing else is touched."""
        return not (
            self.of_trend("breaks", "doubtful", "ends")
            or self.indicators
            or self.groups_gone
            or any(one.missing or one.outdated for one in self.translations)
        )


def impact(
    old: Instrument,
    new: Instrument,
    mappings: Iterable[Mapping] = (),
    underway: Sequence[Underway] = (),
) -> Impact:
    """What changes where `new` follows on `old`, for those who read trends and those who answer."""
    found = differences(old, new)
    trends = tuple(_trends(old, new, found))
    return Impact(
        differences=found,
        trends=trends,
        indicators=tuple(_indicators(old, new, trends, mappings)),
        groups=tuple(_groups(old, new)),
        translations=tuple(_translations(old, new)),
        underway=tuple(one for one in underway if one.responses or one.drafts),
    )


_BREAKING = ("kind", "scale", "reversed")
_DOUBTFUL = ("options", "base", "logic")


def _trends(old: Instrument, new: Instrument, found: tuple[Difference, ...]) -> Iterator[KeyTrend]:
    before, after = asked(old), asked(new)
    gone = {key: question(old, before[key]) for key in before if key not in after}
    for key, of_key in after.items():
        text = question(new, of_key)
        if key not in before:
            like = next((other for other, was in gone.items() if _is_alike(was, text)), "")
            advice: Advice = "same_key" if like else ""
            yield KeyTrend(key, text, "begins", advice=advice, like=like)
            continue
        yield _trend(key, text, question(old, before[key]), found)
    for key, text in gone.items():
        yield KeyTrend(key, text, "ends")


def _trend(key: str, text: str, was: str, found: tuple[Difference, ...]) -> KeyTrend:
    whats = tuple(dict.fromkeys(one.what for one in found if one.key == key))
    meaning = meaning_kept(was, text)
    breaking = tuple(what for what in whats if what in _BREAKING)
    doubtful = tuple(what for what in whats if what in _DOUBTFUL)
    reworded = ("wording",) if meaning in ("doubtful", "other") else ()
    trend: Trend = "continues"
    if breaking:
        trend = "breaks"
    elif doubtful or reworded:
        trend = "doubtful"
    is_another = meaning == "other" or (meaning == "doubtful" and bool(breaking or doubtful))
    advice: Advice = "new_key" if is_another else ""
    return KeyTrend(key, text, trend, (*breaking, *doubtful, *reworded), meaning, advice)


def _is_alike(old: str, new: str) -> bool:
    return meaning_kept(old, new) in ("same", "close")


_WORST_FIRST: tuple[Trend, ...] = ("ends", "breaks", "doubtful", "begins", "continues")


def _indicators(
    old: Instrument,
    new: Instrument,
    trends: tuple[KeyTrend, ...],
    mappings: Iterable[Mapping],
) -> Iterator[IndicatorImpact]:
    """Indicators that read the instrument and feel the change."""
    by_key = {one.key: one for one in trends}
    before, after = KnownItems((old,)), KnownItems((new,))
    for mapping in mappings:
        for card in mapping.indicators:
            own = [
                evidence
                for evidence in card.evidence
                if isinstance(evidence, ItemEvidence) and evidence.instrument == new.key
            ]
            if not own:
                continue
            found = _indicator(card, own, old, new, by_key)
            only = card.model_copy(update={"evidence": tuple(own)})
            known = {p.message for p in check_evidence(only, before, "")}
            problems = tuple(p for p in check_evidence(only, after, "") if p.message not in known)
            if found.trend not in ("continues", "begins") or found.codes_gone or problems:
                yield IndicatorImpact(
                    card,
                    found.trend,
                    found.items,
                    found.lost,
                    found.left,
                    found.codes_gone,
                    problems,
                )


def _indicator(
    card: Indicator,
    own: Sequence[ItemEvidence],
    old: Instrument,
    new: Instrument,
    by_key: dict[str, KeyTrend],
) -> IndicatorImpact:
    keys = [key for evidence in own for key in evidence.items]
    items = tuple(by_key[key] for key in keys if key in by_key)
    lost = tuple(one.key for one in items if one.trend == "ends")
    felt = [one.trend for one in items]
    worst: Trend = next((trend for trend in _WORST_FIRST if trend in felt), "continues")
    if worst == "ends" and len(lost) < len(keys):
        # Some of its items are left: it goes on, and is another mean from now on.
        worst = "breaks"
    gone = tuple(
        dict.fromkeys(code for evidence in own for code in _codes_gone(evidence, old, new))
    )
    return IndicatorImpact(card, worst, items, lost, len(keys) - len(lost), gone)


def _codes_gone(evidence: ItemEvidence, old: Instrument, new: Instrument) -> Iterator[str]:
    for key in evidence.items:
        before, after = (_codes(instrument, key, evidence.use) for instrument in (old, new))
        if after is not None:
            yield from (c for c in evidence.codes if c in (before or ()) and c not in after)


def _codes(instrument: Instrument, key: str, use: str | None) -> frozenset[str] | None:
    item = instrument.item(key)
    of_key = tuple(c for c in columns_of(instrument, item) if c.owner == key) if item else ()
    meant: tuple[Column, ...] = columns_meant(instrument, of_key, use) or of_key
    if not meant:
        return None
    return frozenset(code for code, _label in answers_of(instrument, meant[0]))


def _groups(old: Instrument, new: Instrument) -> Iterator[GroupChange]:
    before = {option.code: option.label for option in old.groups()}
    after = {option.code: option.label for option in new.groups()}
    for code in dict.fromkeys((*before, *after)):
        if before.get(code) != after.get(code):
            yield GroupChange(code, before.get(code, ""), after.get(code, ""))


def _translations(old: Instrument, new: Instrument) -> Iterator[TranslationImpact]:
    """Of every language that the older version or the newer one is translated to."""
    before, after = texts(old), texts(new)
    for language in dict.fromkeys((*old.translations, *new.translations)):
        was, said = old.translations.get(language, {}), new.translations.get(language, {})
        complete = {address for address in before if was.get(address)}
        missing = tuple(
            address
            for address in after
            if not said.get(address) and (address in complete or address not in before)
        )
        outdated = tuple(
            address
            for address, text in after.items()
            if address in before
            and before[address] != text
            and said.get(address)
            and said.get(address) == was.get(address)
        )
        if missing or outdated:
            yield TranslationImpact(language, missing, outdated)
