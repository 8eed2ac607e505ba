"""What the next version does, in words: for the person who is about to publish it."""

from collections.abc import Iterator
from dataclasses import dataclass

from assessor.domain.impact import Impact, IndicatorImpact, KeyTrend, TranslationImpact
from assessor.web.messages import gettext, ngettext, to_translate, told
from assessor.web.writing import listed

MOST_LISTED = 12
"""Addresses of texts that are named before it says how many more there are."""


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
    broken, doubtful = found.of_trend("breaks", "ends"), found.of_trend("doubtful")
    all_parts = (
        Part(gettext("Indicators"), tuple(map(_indicator, found.indicators)), is_grave=True),
        Part(gettext("Trends that break or end"), tuple(map(_trend, broken)), is_grave=True),
        Part(gettext("Does it still ask the same?"), tuple(map(_trend, doubtful))),
        Part(gettext("New keys for old questions"), tuple(_renamed(found))),
        Part(gettext("Groups"), tuple(_groups(found)), is_grave=bool(found.groups_gone)),
        Part(gettext("Translations"), tuple(map(_translation, found.translations))),
    )
    return tuple(part for part in all_parts if part.lines)


def summary(found: Impact) -> str:
    """The report in short."""
    if found.is_calm:
        return gettext("Every trend goes on: what is asked under each key still asks the same.")
    numbers = (
        (
            len(found.of_trend("breaks", "ends")),
            ngettext(
                "%(num)s trend breaks or ends.",
                "%(num)s trends break or end.",
                len(found.of_trend("breaks", "ends")),
            ),
        ),
        (
            len(found.of_trend("doubtful")),
            ngettext(
                "%(num)s item may ask something else now.",
                "%(num)s items may ask something else now.",
                len(found.of_trend("doubtful")),
            ),
        ),
        (
            len(found.indicators),
            ngettext(
                "%(num)s indicator is touched.",
                "%(num)s indicators are touched.",
                len(found.indicators),
            ),
        ),
        (
            len(found.groups_gone),
            ngettext(
                "%(num)s group of the audience is gone.",
                "%(num)s groups of the audience are gone.",
                len(found.groups_gone),
            ),
        ),
        (
            len(found.translations),
            ngettext(
                "%(num)s translation is no longer complete.",
                "%(num)s translations are no longer complete.",
                len(found.translations),
            ),
        ),
    )
    return " ".join(said for number, said in numbers if number)


_BECAUSE = {
    "kind": to_translate("It is another kind of item."),
    "scale": to_translate("It is answered on another scale."),
    "reversed": to_translate("It is worded the other way round."),
    "options": to_translate("It offers other answers."),
    "base": to_translate("It is asked of other people."),
    "logic": to_translate("It is asked under other conditions."),
    "wording": to_translate("Its words changed much."),
}


def _trend(one: KeyTrend) -> Line:
    if one.trend == "ends":
        return Line(one.key, gettext("It is not asked any more; what was answered stays."))
    said = [gettext(_BECAUSE[reason]) for reason in one.because]
    if one.trend == "breaks":
        said.append(gettext("The numbers before and after cannot be set side by side."))
    advice = ""
    if one.advice == "new_key":
        advice = gettext(
            "It seems to ask something else now. Give it a key of its own, so that the old trend "
            "ends where it ends."
        )
    return Line(one.key, " ".join(said), advice)


def _renamed(found: Impact) -> Iterator[Line]:
    for one in found.of_trend("begins"):
        if one.advice == "same_key":
            yield Line(
                one.key,
                gettext("It reads like “%(key)s”, which is gone.", key=one.like),
                gettext(
                    "If it is the same question, give it the key “%(key)s” to keep its trend.",
                    key=one.like,
                ),
            )


def _indicator(one: IndicatorImpact) -> Line:
    name = one.indicator.name
    said = []
    if one.lost and not one.left:
        said.append(gettext("“%(name)s” loses all of its evidence.", name=name))
    elif one.lost:
        said.append(
            gettext(
                "“%(name)s” loses %(items)s and rests on less.", name=name, items=listed(one.lost)
            )
        )
    if one.codes_gone:
        codes = listed(one.codes_gone)
        said.append(
            gettext("“%(name)s” counts answers that are gone: %(codes)s.", name=name, codes=codes)
        )
    if not one.lost and one.trend == "breaks":
        said.append(gettext("“%(name)s” breaks its trend.", name=name))
    if not one.lost and one.trend == "doubtful" and not one.codes_gone:
        said.append(gettext("“%(name)s” rests on what may ask something else.", name=name))
    said.extend(str(told(problem.message)) for problem in one.problems)
    return Line(one.indicator.element, " ".join(said))


def _groups(found: Impact) -> Iterator[Line]:
    for group in found.groups:
        if not group.new:
            yield Line(
                group.code,
                gettext("“%(group)s” is gone.", group=group.old),
                gettext("Waves for this group cannot go on with the new version."),
            )
        elif not group.old:
            said = gettext("“%(group)s” is new. Enter its size in each wave.", group=group.new)
            yield Line(group.code, said)
        else:
            said = gettext("“%(old)s” is now called “%(new)s”.", old=group.old, new=group.new)
            yield Line(group.code, said)


def _translation(one: TranslationImpact) -> Line:
    said = []
    if one.missing:
        number = len(one.missing)
        said.append(ngettext("%(num)s text is missing:", "%(num)s texts are missing:", number))
        said.append(_addresses(one.missing))
    if one.outdated:
        said.append(
            ngettext(
                "%(num)s text is translated from older words:",
                "%(num)s texts are translated from older words:",
                len(one.outdated),
            )
        )
        said.append(_addresses(one.outdated))
    return Line(one.language, " ".join(said))


def _addresses(addresses: tuple[str, ...]) -> str:
    shown = ", ".join(addresses[:MOST_LISTED])
    more = len(addresses) - MOST_LISTED
    if more <= 0:
        return f"{shown}."
    return gettext("%(texts)s and %(more)s more.", texts=shown, more=more)
