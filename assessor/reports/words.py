"""The sentences of a report: what a number says, how sure it is, and what it is held against.

One sentence for one thing, in words a reader needs no statistics for. Every number in them comes
rounded from `numbers`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assessor.domain.mapping import Indicator, Method
from assessor.domain.scorecard import (
    ElementScore,
    IndicatorScore,
    ItemCounts,
    MissingKind,
    Score,
    Scorecard,
    Unit,
    WaveSource,
)
from assessor.reports.numbers import (
    NOTHING,
    between,
    count,
    day,
    percent,
    scale_text,
    short_text,
    value_text,
)
from assessor.reports.outline import Node, judged, outline, same_level
from assessor.reports.tokens import STATUSES, StatusLook


@dataclass(frozen=True)
class MethodWords:
    name: str
    explained: str


METHODS: Mapping[Method, MethodWords] = {
    "mean": MethodWords("Mean", "the mean of the answers, in points of their scale"),
    "top_box": MethodWords("Top box", "the share that chose the best point of the scale"),
    "top_two_box": MethodWords(
        "Top two boxes", "the share that chose one of the two best points of the scale"
    ),
    "share": MethodWords("Share", "the share that gave one of the answers that count"),
    "net_promoter": MethodWords(
        "Net promoter score",
        "the percentage answering 9 or 10 less the percentage answering 0 to 6",
    ),
    "adequacy_gap": MethodWords(
        "Adequacy gap", "each person's perceived level less their own minimum, then the mean"
    ),
    "superiority_gap": MethodWords(
        "Superiority gap",
        "each person's perceived level less their own desired level, then the mean",
    ),
    "performance_gap": MethodWords(
        "Performance gap",
        "each person's importance less their own performance rating, then the mean",
    ),
    "opportunity": MethodWords(
        "Opportunity index",
        "importance, and once more what it exceeds satisfaction by, of each person, then the mean",
    ),
    "scale": MethodWords(
        "Scale of several items",
        "the mean over all items of the scale, for people who answered at least half of them",
    ),
    "ratio": MethodWords("Ratio", "one operational figure divided by another"),
    "count": MethodWords("Count", "an operational figure as it was recorded"),
    "milestone": MethodWords("Milestone", "whether a stated thing is done"),
}

EVIDENCE_KINDS: Mapping[str, str] = {
    "inferred": "inferred from records of use",
    "solicited": "asked of people",
    "observed": "observed",
}

MISSING: Mapping[MissingKind, str] = {
    "skipped": "skipped it",
    "not_applicable": "said it does not apply",
    "not_asked": "were not asked",
    "not_sampled": "were not asked, by chance",
}

_STATUS_ORDER = tuple(key for key in STATUSES if key != "suppressed")

COUNTED = {
    "met": "met",
    "partly_met": "partly met",
    "not_met": "not met",
    "too_close_to_call": "too close to call",
    "not_enough_evidence": "without enough evidence",
    "not_measured": "not measured",
    "no_target": "without a target",
}


def look(score: Score) -> StatusLook:
    """The word, shape and colours of a score's status."""
    return STATUSES["suppressed" if score.suppressed else score.status]


def plural(word: str, number: int = 2) -> str:
    """The plan's own word for a level, for `number` of them."""
    if number == 1 or not word:
        return word
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")


def counted(number: int, word: str) -> str:
    """ "24 outcomes", "1 outcome"."""
    return f"{count(number)} {plural(word, number)}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def shortened(text: str, length: int = 60) -> str:
    """A text cut at a word, with an ellipsis where it was cut."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    at_word = cut.rpartition(" ")[0]
    return (at_word if len(at_word) > length // 2 else cut).rstrip(" ,;:–-") + "…"


def listed(parts: Sequence[str]) -> str:
    """ "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def tally(nodes: Sequence[Node]) -> tuple[tuple[StatusLook, int], ...]:
    """How many of these elements have which status, in the order of the statuses, none left out."""
    found = Counter[str](node.element.score.status for node in nodes)
    return tuple((STATUSES[key], found[key]) for key in _STATUS_ORDER if key in found)


def opening(scorecard: Scorecard) -> str:
    """The first sentence of a scorecard: how its outcomes stand, and how much of it is known."""
    nodes = judged(outline(scorecard))
    if not nodes:
        return "This plan has nothing that is scored."
    number = len(nodes)
    word = same_level(nodes) or "element"
    coverage = scorecard.plan_score.coverage if scorecard.plan_score else None
    covers = f" Evidence covers {percent(coverage)} of the plan’s weight." if coverage else ""
    found = [(look.key, times) for look, times in tally(nodes)]
    if len(found) == 1:
        key = found[0][0]
        if key == "not_measured":
            none = f"None of the plan’s {counted(number, word)} is measured yet."
            return none if number > 1 else f"The plan’s one {word} is not measured yet."
        all_of = f"The plan’s one {word} is" if number == 1 else f"All {counted(number, word)} are"
        return f"{all_of} {COUNTED[key]}.{covers}"
    parts = [f"{count(times)} {COUNTED[key]}" for key, times in found]
    verb = "is" if found[0][1] == 1 else "are"
    parts[0] = f"{count(found[0][1])} {verb} {COUNTED[found[0][0]]}"
    return f"Of {counted(number, word)}, {listed(parts)}.{covers}"


def sureness(score: Score) -> str:
    """ "between 61 % and 68 % with 95 % confidence"; empty where there is no interval."""
    if score.low is None or score.high is None:
        return ""
    return (
        f"{between(score.low, score.high, score.unit)} with {percent(score.confidence)} confidence"
    )


def against(score: Score, target: float | None, direction: str = "higher") -> str:
    """ "against a target of 65": what the value is held against, in its own unit."""
    if target is None:
        return "no target is set"
    shown = value_text(target, score.unit) if score.unit != "index" else short_text(target, "index")
    bound = " at most" if direction == "lower" else ""
    near = ""
    if (
        score.value is not None
        and score.value != target
        and value_text(score.value, score.unit) == value_text(target, score.unit)
    ):
        near = f", just {'under' if score.value < target else 'over'} it before rounding"
    return f"against a target of{bound} {shown}{near}"


def _value_sentence(subject: str, score: Score, held: str) -> str:
    """The one shape all sentences about a score have."""
    status = look(score)
    if not subject:
        return capital(_value_sentence("-", score, held).removeprefix("-: "))
    if score.suppressed:
        return f"{subject}: withheld, because too few people answered to show it."
    if score.value is None:
        reason = f" {sentence(score.reason)}" if score.reason else ""
        return f"{subject}: {status.word.lower()}.{reason}"
    sure = sureness(score)
    how_sure = f", {sure}" if sure else ""
    scale = scale_text(score)
    on_scale = f" {scale}" if scale else ""
    reason = f" {sentence(score.reason)}" if score.reason else ""
    return (
        f"{subject}: {status.word.lower()}, "
        f"{value_text(score.value, score.unit)}{on_scale}{how_sure}, {held}.{reason}"
    )


def element_sentence(element: ElementScore) -> str:
    """How an element stands, how sure that is, and how much of it was measured."""
    said = _value_sentence(element.code, element.score, against(element.score, element.target))
    if element.score.value is None:
        return said
    answers = f", from {counted(element.score.n, 'answer')}" if element.score.n else ""
    return f"{said} Evidence covers {percent(element.coverage)} of its weight{answers}."


def indicator_sentence(scored: IndicatorScore, *, named: bool = True) -> str:
    """How an indicator stands: value, how sure, against its target, and from how many answers.

    Without `named` it leaves out the name, for a place where that is the heading.
    """
    card, score = scored.indicator, scored.score
    target = card.target.value if card.target else None
    held = against(score, target, card.direction)
    if card.target and card.target.each_group:
        held += " for every group"
    said = _value_sentence(card.name if named else "", score, held)
    if score.value is None or not score.n:
        return said
    left_out = excluded(score)
    without = f" Left out: {left_out}." if left_out else ""
    return f"{said} It rests on {counted(score.n, 'answer')}.{without}"


def excluded(score: Score) -> str:
    """Who is not in the number, by reason; empty where nobody is left out."""
    return missing_words(score.excluded)


def missing_words(missing: Mapping[MissingKind, int]) -> str:
    return listed(
        [f"{count(missing[kind])} {MISSING[kind]}" for kind in MISSING if missing.get(kind)]
    )


def item_sentence(item: ItemCounts) -> str:
    """What the answers' counts of an item show, in one sentence."""
    if item.suppressed:
        return "The counts are withheld, because too few people answered to show them."
    if not item.n:
        return "Nobody has answered this yet."
    shown = [option for option in item.counts if option.count is not None]
    most = max(shown, key=lambda option: option.count or 0, default=None)
    missing = missing_words(item.missing)
    rest = f" {capital(missing)}." if missing else ""
    rest += f" {sampled_words(item)}" if item.asked_share < 1 else ""
    if most is None:
        return f"{counted(item.n, 'answer')}.{rest}"
    return (
        f"{counted(item.n, 'answer')}; most often “{shortened(most.label)}”, "
        f"{count(most.count)} times.{rest}"
    )


def sampled_words(item: ItemCounts) -> str:
    """Of how many people an item is asked by design."""
    return f"Asked of {percent(item.asked_share)} at random."


def target_words(card: Indicator, unit: Unit) -> str:
    """The target of a card in full: level, partial level, and whether every group must reach it."""
    if card.target is None:
        return "none set"
    words = value_text(card.target.value, unit)
    if card.direction == "lower":
        words = f"at most {words}"
    if card.target.partial is not None:
        words += f", partly met from {value_text(card.target.partial, unit)}"
    return words + (", for each group" if card.target.each_group else "")


def wave_sentence(wave: WaveSource) -> str:
    """Where answers came from: how many, of how many people it was for, and when."""
    version = f", version {version_words(wave)}" if wave.version is not None else ""
    asked = ""
    if wave.invited:
        asked = f" of {count(wave.invited)} people ({percent(wave.responses / wave.invited)})"
    when = f", {day(wave.opens)} to {day(wave.closes)}" if wave.opens and wave.closes else ""
    name = f"{wave.wave}: " if wave.wave else ""
    return f"{name}“{wave.title}”{version}, {counted(wave.responses, 'response')}{asked}{when}."


def version_words(wave: WaveSource) -> str:
    """The version that was asked; where a wave went on to another, how many answered which."""
    if not wave.versions:
        return NOTHING if wave.version is None else str(wave.version)
    return listed(
        [
            f"{number} ({'withheld' if size is None else count(size)})"
            for number, size in wave.versions.items()
        ]
    )


def sentence(text: str) -> str:
    """A text as a sentence of its own: a capital at the start, a mark at the end."""
    text = capital(text.strip())
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
