"""What the next version does, in words: for the person who is about to publish it."""

from collections.abc import Iterator
from dataclasses import dataclass

from assessor.domain.impact import Impact, IndicatorImpact, KeyTrend, TranslationImpact
from assessor.reports.words import counted, listed

MOST_LISTED = 12


@dataclass(frozen=True)
class Line:
    """A sentence about one thing, with what to do about it where something can be done."""

    key: str
    sentence: str
    advice: str = ""


@dataclass(frozen=True)
class Part:
    """One kind of consequence; `is_grave` where something is lost or broken."""

    title: str
    lines: tuple[Line, ...]
    is_grave: bool = False


def parts(found: Impact) -> tuple[Part, ...]:
    """Everything that the report says, the gravest first; empty where nothing is touched."""
    all_parts = (
        Part("Indicators", tuple(map(_indicator, found.indicators)), is_grave=True),
        Part("Trends that break or end", tuple(_trends(found, "breaks", "ends")), is_grave=True),
        Part("Does it still ask the same?", tuple(_trends(found, "doubtful"))),
        Part("New questions that were asked before", tuple(_renamed(found))),
        Part("Groups of the audience", tuple(_groups(found)), is_grave=bool(found.groups_gone)),
        Part("Translations", tuple(map(_translation, found.translations))),
    )
    return tuple(part for part in all_parts if part.lines)


def summary(found: Impact) -> str:
    """The report in one sentence."""
    if found.is_calm:
        return "Every trend goes on: what is asked under each key still asks the same."
    said = []
    broken = len(found.of_trend("breaks", "ends"))
    if broken:
        said.append(f"{counted(broken, 'trend')} {'breaks' if broken == 1 else 'break'} or end")
    doubtful = len(found.of_trend("doubtful"))
    if doubtful:
        said.append(f"{counted(doubtful, 'item')} may ask something else now")
    if found.indicators:
        said.append(f"{counted(len(found.indicators), 'indicator')} feel it")
    if found.groups_gone:
        said.append(f"{counted(len(found.groups_gone), 'group')} of the audience would be gone")
    if found.translations:
        said.append(f"{counted(len(found.translations), 'translation')} need work")
    return f"{listed(said)}."


_BECAUSE = {
    "kind": "it is another kind of item",
    "scale": "it is answered on another scale",
    "reversed": "it is worded the other way round",
    "options": "its answers are others",
    "base": "it is asked of other people",
    "logic": "it is asked under other conditions",
    "wording": "its words changed much",
}


def _trends(found: Impact, *wanted: str) -> Iterator[Line]:
    for one in found.trends:
        if one.trend in wanted:
            yield _trend(one)


def _trend(one: KeyTrend) -> Line:
    if one.trend == "ends":
        return Line(one.key, "It is not asked any more; what was answered stays.")
    because = listed([_BECAUSE[reason] for reason in one.because])
    start = {
        "breaks": "The numbers before and after cannot be set side by side, because",
        "doubtful": "Look whether the trend still holds:",
    }[one.trend]
    advice = ""
    if one.advice == "new_key":
        advice = "It seems to ask something else now. Give it a key of its own, so that the old "
        advice += "trend ends where it ends."
    return Line(one.key, f"{start} {because}.", advice)


def _renamed(found: Impact) -> Iterator[Line]:
    for one in found.of_trend("begins"):
        if one.advice == "same_key":
            advice = (
                f"If it is the same question, give it the key `{one.like}`: then its trend goes on."
            )
            yield Line(one.key, f"It reads like `{one.like}`, which is gone.", advice)


def _indicator(one: IndicatorImpact) -> Line:
    said = []
    if one.lost and not one.left:
        said.append("loses all of its evidence")
    elif one.lost:
        said.append(f"loses {listed([f'`{key}`' for key in one.lost])} and rests on {one.left}")
    if one.codes_gone:
        said.append(f"counts answers that are gone ({', '.join(one.codes_gone)})")
    if not one.lost and one.trend == "breaks":
        said.append("breaks its trend")
    if not one.lost and one.trend == "doubtful" and not one.codes_gone:
        said.append("rests on items that may ask something else")
    sentence = f"“{one.indicator.name}” {listed(said)}." if said else f"“{one.indicator.name}”:"
    told = " ".join(problem.message for problem in one.problems)
    return Line(one.indicator.element, f"{sentence} {told}".strip())


def _groups(found: Impact) -> Iterator[Line]:
    for group in found.groups:
        if not group.new:
            advice = "Waves for this group cannot go on with the new version."
            yield Line(group.code, f"“{group.old}” is gone.", advice)
        elif not group.old:
            yield Line(group.code, f"“{group.new}” is new. Enter its size in each wave.")
        else:
            yield Line(group.code, f"“{group.old}” is called “{group.new}” now.")


def _translation(one: TranslationImpact) -> Line:
    said = []
    if one.missing:
        said.append(f"{counted(len(one.missing), 'text')} missing")
    if one.outdated:
        said.append(f"{counted(len(one.outdated), 'text')} translated from older words")
    addresses = (*one.missing, *one.outdated)
    shown = ", ".join(addresses[:MOST_LISTED])
    more = f" and {len(addresses) - MOST_LISTED} more" if len(addresses) > MOST_LISTED else ""
    return Line(one.language, f"{listed(said)}: {shown}{more}.".capitalize())
