"""The checks of one scale: its points, its two ends, and whether it is used backwards."""

import re
from collections import Counter

from assessor.domain.checks.finding import error, warning
from assessor.domain.instrument import Scale
from assessor.domain.problems import Problem, say

# What the end of a scale says when it can only be the good, or only the bad one. Words such as
# "never" or "a lot" are left out: whether they are good depends on the question.
_GOOD = re.compile(
    r"^(strongly agree|completely agree|agree|(very|extremely|completely) satisfied|satisfied"
    r"|excellent|very good|good|very easy|extremely easy|easy|very helpful|extremely helpful"
    r"|(very|extremely|completely) confident|very welcome|very comfortable|very useful"
    r"|extremely useful|always|very important|extremely important|much better|definitely yes)$",
    re.IGNORECASE,
)
_BAD = re.compile(
    r"^(strongly disagree|completely disagree|disagree|(very|extremely|completely) dissatisfied"
    r"|dissatisfied|very poor|poor|terrible|bad|very bad|very difficult|extremely difficult"
    r"|difficult|not at all \w+|never|very unwelcome|very uncomfortable|much worse|not important"
    r"|definitely not|unacceptable)$",
    re.IGNORECASE,
)


def check_scale(scale: Scale, where: str, known: Scale | None = None) -> tuple[Problem, ...]:
    """`known` is the catalogue's scale of the same key, if there is one."""
    return (
        *_check_points(scale, where),
        *_check_ends(scale, where),
        *_check_sense(scale, where, known),
    )


def _check_points(scale: Scale, where: str) -> list[Problem]:
    problems: list[Problem] = []
    values = scale.values
    for value, times in Counter(values).items():
        if times > 1:
            at = [i for i, point in enumerate(scale.points) if point.value == value][1]
            message = say(
                "Scale `{scale}` has {times} points {value}. Give each its own value.",
                scale=scale.key,
                times=times,
                value=value,
            )
            problems.append(error("scale.duplicate-point", f"{where}.points.{at}", message))
    if len(set(values)) == len(values) and list(values) != sorted(values):
        message = say(
            "The points of scale `{scale}` are not in ascending order ({values}). Sort them; "
            "`worst` and `best` say which end is good.",
            scale=scale.key,
            values=", ".join(map(str, values)),
        )
        problems.append(error("scale.order", f"{where}.points", message))
    labels = Counter(point.label.strip().casefold() for point in scale.points if point.label)
    for i, point in enumerate(scale.points):
        if point.label and labels[point.label.strip().casefold()] > 1:
            message = say(
                "Two points of scale `{scale}` are called “{label}”. Give each its own label.",
                scale=scale.key,
                label=point.label,
            )
            problems.append(error("scale.duplicate-label", f"{where}.points.{i}", message))
            break
    return problems


def _check_ends(scale: Scale, where: str) -> list[Problem]:
    problems: list[Problem] = []
    values = scale.values
    for name, value in (("worst", scale.worst), ("best", scale.best)):
        if value not in values:
            message = say(
                "`{name}` of scale `{scale}` is {value}, which is not one of its points. Choose "
                "one of {values}.",
                name=name,
                scale=scale.key,
                value=value,
                values=", ".join(map(str, values)),
            )
            problems.append(error("scale.end-not-a-point", f"{where}.{name}", message))
    if scale.worst == scale.best:
        message = say(
            "`worst` and `best` of scale `{scale}` are both {best}. They must be its two ends.",
            scale=scale.key,
            best=scale.best,
        )
        problems.append(error("scale.equal-ends", f"{where}.best", message))
    elif not problems and {scale.worst, scale.best} != {min(values), max(values)}:
        message = say(
            "`worst` and `best` of scale `{scale}` leave out points beyond them. Use {least} and "
            "{most}.",
            scale=scale.key,
            least=min(values),
            most=max(values),
        )
        problems.append(error("scale.ends-inside", f"{where}.best", message))
    return problems


def _check_sense(scale: Scale, where: str, known: Scale | None) -> list[Problem]:
    """A scale used backwards turns every score of it upside down without a trace."""
    labels = {point.value: point.label.strip() for point in scale.points}
    worst, best = labels.get(scale.worst, ""), labels.get(scale.best, "")
    if scale.worst == scale.best:
        return []
    swapped = (
        known is not None
        and known.worst == scale.best
        and known.best == scale.worst
        and _labels(known) == _labels(scale)
    )
    backwards = [
        (_GOOD.match(worst), "worst", worst),
        (_BAD.match(best), "best", best),
    ]
    sure = swapped or all(hit for hit, _end, _label in backwards)
    if sure or any(hit for hit, _end, _label in backwards):
        message = say(
            "Scale `{scale}` seems to be used backwards: its worst end, {worst}, is called "
            "“{worst_label}” and its best end, {best}, “{best_label}”. Swap `worst` and `best`, or "
            "give the scale another key and mark the items as `reversed`.",
            scale=scale.key,
            worst=scale.worst,
            worst_label=worst,
            best=scale.best,
            best_label=best,
        )
        finding = error if sure else warning
        return [finding("scale.backwards", f"{where}.worst", message)]
    return _check_balance(scale, where)


def _labels(scale: Scale) -> dict[int, str]:
    return {point.value: point.label.strip().casefold() for point in scale.points}


def _check_balance(scale: Scale, where: str) -> list[Problem]:
    """As many good as bad words; only judged where every point's sense can be read."""
    good = sum(1 for point in scale.points if _GOOD.match(point.label.strip()))
    bad = sum(1 for point in scale.points if _BAD.match(point.label.strip()))
    if 3 <= len(scale.points) <= 7 and good and bad and abs(good - bad) > 1:
        message = say(
            "Scale `{scale}` has {good} good and {bad} bad points, so it leans to one side. "
            "Offer as many of the one as of the other.",
            scale=scale.key,
            good=good,
            bad=bad,
        )
        return [warning("scale.unbalanced", f"{where}.points", message)]
    return []
