"""Reads `scorecard.json`: bytes in, a Scorecard or everything that is wrong with the file out."""

import json
import math
from collections import Counter
from collections.abc import Iterator
from typing import Any, NoReturn

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from assessor.domain.problems import Checked, Problem, failed
from assessor.domain.scorecard import Scorecard
from assessor.formats.field_messages import message_of

FORMAT = "assessor-scorecard/1"
LARGEST = 50_000_000
"""Bytes. A plan of 500 outcomes with 20 groups each stays under a tenth of this."""
DEEPEST = 40
"""Levels of a plan's tree. No plan has that many; a page of more would be all indents."""
PROBLEMS_SHOWN = 50


def read_scorecard(data: bytes, name: str = "scorecard.json") -> Checked[Scorecard]:
    """The scorecard in a file, or all problems that keep it from being one.

    `name` is the file's name for messages. Codes are "scorecard.…".
    """
    content = _content(data, name)
    if isinstance(content, Problem):
        return failed(content)
    try:
        scorecard = Scorecard.model_validate_json(json.dumps(content), strict=True)
    except ValidationError as error:
        return failed(*_of_fields(error.errors(include_url=False), name))
    problems = (*_of_tree(scorecard, name), *_of_withheld(scorecard, name))
    return failed(*problems) if problems else Checked(scorecard)


# Any: what a file holds is arbitrary JSON until it is checked.
def _content(data: bytes, name: str) -> dict[str, Any] | Problem:
    def problem(code: str, message: str, line: int | None = None) -> Problem:
        return Problem(code=f"scorecard.{code}", where="", message=message, line=line, file=name)

    if len(data) > LARGEST:
        return problem(
            "too-large",
            f"The file is larger than {LARGEST // 1_000_000} MB, which no scorecard is. "
            "Check that it is the file that `assessor score` wrote.",
        )
    if not data.strip():
        return problem("empty", "The file is empty. Write it again with `assessor score`.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return problem(
            "not-text",
            "The file is no text in UTF-8. Name the .json file that `assessor score` wrote.",
        )
    try:
        content = json.loads(
            text, parse_constant=_refuse, parse_float=_finite, object_pairs_hook=_single_keys
        )
    except json.JSONDecodeError as error:
        return problem(
            "not-json",
            f"The file is no JSON: {error.msg} at column {error.colno}. Perhaps it was cut off or "
            "edited by hand; write it again with `assessor score`.",
            error.lineno,
        )
    except (ValueError, RecursionError) as error:
        what = str(error) if isinstance(error, _BadValueError) else "it is nested too deeply"
        return problem(
            "not-json",
            f"The file cannot be read as JSON: {what}. Write it again with `assessor score`.",
        )
    if not isinstance(content, dict) or "format" not in content:
        return problem(
            "other-file",
            f"This is no scorecard: it does not say “format: {FORMAT}”. Name the file that "
            "`assessor score … --out` wrote.",
        )
    if content["format"] != FORMAT:
        shown = json.dumps(content["format"], ensure_ascii=False)[:60]
        return problem(
            "other-version",
            f"This scorecard has the format {shown}; this program reads “{FORMAT}”. Compute it "
            "again with this program, or use the program that wrote it.",
        )
    return content


class _BadValueError(ValueError):
    """JSON that Python reads and the standard does not know, or that hides what it says."""


def _refuse(constant: str) -> NoReturn:
    raise _BadValueError(f"{constant} is no number")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise _BadValueError(f"the number {text[:20]} is too large")
    return value


def _single_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        twice = next(key for key, times in Counter(key for key, _ in pairs).items() if times > 1)
        raise _BadValueError(f"the key “{twice[:40]}” stands twice in one place")
    return content


def _of_fields(errors: list[ErrorDetails], name: str) -> Iterator[Problem]:
    for error in errors[:PROBLEMS_SHOWN]:
        yield Problem(
            code="scorecard.field",
            where=".".join(str(part) for part in error["loc"]),
            message=message_of(error, Scorecard),
            file=name,
        )
    if len(errors) > PROBLEMS_SHOWN:
        yield Problem(
            code="scorecard.field",
            where="",
            message=f"{len(errors) - PROBLEMS_SHOWN} more fields are wrong. "
            "Write the file again with `assessor score`.",
            file=name,
        )


def _of_tree(scorecard: Scorecard, name: str) -> Iterator[Problem]:
    """What would leave elements out of a page, or show one of them twice."""

    def problem(code: str, where: str, message: str) -> Problem:
        return Problem(code=f"scorecard.{code}", where=where, message=message, file=name)

    parents = {element.code: element.parent for element in scorecard.elements}
    for code, times in Counter(element.code for element in scorecard.elements).items():
        if times > 1:
            message = f"The code {code} is used {times} times. Give each element its own code."
            yield problem("duplicate-code", code, message)
    keys = Counter(scored.indicator.key for scored in scorecard.indicators)
    for key, times in keys.items():
        if times > 1:
            message = f"The indicator {key} is there {times} times. Keep one of them."
            yield problem("duplicate-indicator", key, message)
    for scored in scorecard.indicators:
        if scored.indicator.element not in parents:
            message = (
                f"The indicator belongs to {scored.indicator.element}, which is not in this "
                "scorecard. Compute the scorecard again from plan and mapping."
            )
            yield problem("unknown-element", scored.indicator.key, message)
    for code, parent in parents.items():
        if parent is not None and parent not in parents:
            message = f"{code} names {parent} as its parent, which is not in this scorecard."
            yield problem("unknown-parent", code, f"{message} Add it, or leave the parent empty.")
        elif _depth(code, parents) > DEEPEST:
            message = (
                f"{code} is its own ancestor, or lies more than {DEEPEST} levels deep. "
                "Give it another parent."
            )
            yield problem("circle", code, message)


def _of_withheld(scorecard: Scorecard, name: str) -> Iterator[Problem]:
    """A number that is said to be withheld and stands in the file all the same."""
    scores = [(element.code, element.score) for element in scorecard.elements]
    for scored in scorecard.indicators:
        key = scored.indicator.key
        scores.append((key, scored.score))
        scores += [(f"{key}, group {group.group}", group.score) for group in scored.groups]
    for where, score in scores:
        if score.suppressed and (score.value is not None or score.low is not None):
            yield Problem(
                code="scorecard.withheld-value",
                where=where,
                message="This value is marked as withheld and is in the file. Do not pass the "
                "file on; compute the scorecard again.",
                file=name,
            )
    for scored in scorecard.indicators:
        for item in scored.items:
            if item.suppressed and any(option.count is not None for option in item.counts):
                yield Problem(
                    code="scorecard.withheld-value",
                    where=item.column,
                    message="These counts are marked as withheld and are in the file. Do not pass "
                    "the file on; compute the scorecard again.",
                    file=name,
                )


def _depth(code: str, parents: dict[str, str | None]) -> int:
    """Levels above an element; more than the deepest allowed where they go round in a circle."""
    depth = 0
    above = parents.get(code)
    while above is not None and depth <= DEEPEST:
        depth += 1
        above = parents.get(above)
    return depth
