"""The parts that LimeSurvey's question types share: rows, options, scales, the line for "other".

The functions take a question and give the fields that our items are made of, with the places where
its answers will stand.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from assessor.domain.instrument import OTHER
from assessor.formats.foreign import codes
from assessor.formats.limesurvey_places import Place
from assessor.formats.limesurvey_reading import Fields, Reading
from assessor.formats.limesurvey_structure import Answer, Question, Sub, Texts
from assessor.formats.limesurvey_words import words

OTHER_CODE = "-oth-"
"""How LimeSurvey stores that "other" was chosen."""
MOST_POINTS = 21
LARGEST_POINT = 10_000
LONGEST_LABEL = 190


def item(r: Reading, q: Question, kind: str, *, longest: int = 2000, rich: bool = False) -> Fields:
    """What every item has: its key, kind, text, hint, and whether it must be answered."""
    key = r.keys.key(q.code, "question")
    fields: Fields = {
        "kind": kind,
        "key": key,
        "text": r.say(
            f"{key}.text", q.texts, q, longest=longest, rich=rich, fallback=q.code or key
        ),
        "hint": r.say(f"{key}.hint", q.help, q, longest=1000),
    }
    if q.mandatory == "Y":
        fields["required"] = True
    elif q.mandatory == "S":
        r.tell(
            "changed",
            q,
            "mandatory",
            "LimeSurvey asks once more before it lets the question be skipped; here it may be "
            "skipped.",
        )
    return fields


def rows(r: Reading, q: Question, subs: Sequence[Sub], suffix: str = "") -> list[Fields]:
    """A row for every sub-question; its key is made of the question's and its own code."""
    found: list[Fields] = []
    for sub in subs:
        name = f"{q.code}_{sub.code}{suffix}"
        key = r.keys.fresh(name, "row") if name in r.keys.known else r.keys.key(name, "row")
        text = r.say(f"{key}.text", sub.texts, q, fallback=sub.code or key)
        found.append({"key": key, "text": text})
        _sub_help(r, q, sub)
    return found


def _sub_help(r: Reading, q: Question, sub: Sub) -> None:
    if any(text.strip() for text in sub.help.values()):
        original = next(text for text in sub.help.values() if text.strip())
        r.tell(
            "lost",
            q,
            "help",
            f"Rows have no hint; that of {sub.code} is left out.",
            original=original,
        )


def options(
    r: Reading, q: Question, parts: Sequence[Answer | Sub], kind: str = "option"
) -> list[Fields]:
    """An option for every answer, or for every sub-question that is chosen."""
    key = r.keys.key(q.code, "question")
    made = option_codes(r, q, [part.code for part in parts])
    found: list[Fields] = []
    for part, code in zip(parts, made, strict=True):
        label = r.say(f"{key}.{kind}.{code}", part.texts, q, fallback=part.code or code)
        found.append({"code": code, "label": label})
        if isinstance(part, Sub):
            _sub_help(r, q, part)
    return found


def option_codes(r: Reading, q: Question, names: Sequence[str]) -> list[str]:
    made = codes(names)
    for name, code in zip(names, made, strict=True):
        if name != code:
            r.tell(
                "changed",
                q,
                "answer code",
                f"The answer code “{name}” is “{code}” here, where codes hold letters, figures, _ "
                "and -.",
                original=name,
            )
    return made


def code_map(parts: Sequence[Answer | Sub], made: Sequence[Fields]) -> dict[str, str]:
    """LimeSurvey's codes and ours."""
    return {part.code: str(one["code"]) for part, one in zip(parts, made, strict=True)}


def choice_place(key: str, mapping: dict[str, str], **more: str) -> Place:
    """The place of one chosen code."""
    changed = {**mapping, OTHER_CODE: OTHER}
    kept = tuple((old, new) for old, new in changed.items() if old != new)
    return Place("value", key, codes=kept, labelled=True, sub=more.get("sub", ""))


def other_label(r: Reading, q: Question) -> str:
    """The label of the option for one's own words; empty where the question has none."""
    if not q.other:
        return ""
    key = r.keys.key(q.code, "question")
    own = q.attributes.get("other_replace_text", {})
    texts: Texts = {
        language or r.survey.language: text for language, text in own.items() if text.strip()
    }
    default = words("Other", r.survey.languages)
    texts = {**default, **texts}
    if q.is_on("other_numbers_only"):
        r.tell("lost", q, "other", "The words of “other” may be any text, not numbers only.")
    return r.say(f"{key}.other", texts, q, longest=200, fallback="Other")


def order(r: Reading, q: Question) -> str:
    """Whether rows or options change places at random."""
    named = {q.attribute("answer_order"), q.attribute("subquestion_order")}
    if q.is_on("random_order") or q.attribute("random_order") == "2" or "random" in named:
        return "random"
    if q.is_on("alphasort") or "alphabetical" in named:
        r.tell(
            "lost",
            q,
            "order",
            "LimeSurvey sorts by the alphabet; here the answers stand as they were written.",
        )
    return "as_written"


ORDER_ATTRIBUTES = frozenset({"random_order", "answer_order", "subquestion_order", "alphasort"})
OTHER_ATTRIBUTES = frozenset({"other_replace_text", "other_numbers_only"})


def whole_number(text: str) -> int | None:
    found = re.fullmatch(r"\s*([+-]?\d{1,9})(?:\.0+)?\s*", text)
    return int(found[1]) if found else None


def number(text: str) -> float | None:
    found = re.fullmatch(r"\s*[+-]?(\d{1,12}(\.\d{0,9})?|\.\d{1,9})\s*", text)
    return float(text) if found else None


def without_na(answers: list[Answer]) -> tuple[list[Answer], Answer | None]:
    """The answers without a last one whose code says "not applicable", and that one."""
    if len(answers) > 2 and answers[-1].code.upper() in {"NA", "NAP"}:
        return answers[:-1], answers[-1]
    return answers, None


def point_values(answers: Sequence[Answer]) -> list[int] | None:
    """The numbers of a scale, where its answers are one: codes, else assessment values, in order.

    The rule: at least two answers, each with a whole number, rising or falling from the first to
    the last without a repetition, and with words that are short enough for a scale.
    """
    if not 2 <= len(answers) <= MOST_POINTS:
        return None
    if any(len(text) > LONGEST_LABEL for answer in answers for text in answer.texts.values()):
        return None
    from_codes = [
        whole_number(a.code) if str(whole_number(a.code)) == a.code else None for a in answers
    ]
    for found in (from_codes, [a.assessment for a in answers]):
        numbers = [one for one in found if one is not None]
        if len(numbers) < len(answers) or max(map(abs, numbers)) > LARGEST_POINT:
            continue
        steps = [after - before for before, after in pairwise(numbers)]
        if all(step > 0 for step in steps) or all(step < 0 for step in steps):
            return numbers
    return None


def scale(r: Reading, q: Question, answers: Sequence[Answer], values: Sequence[int]) -> str:
    """The key of the scale that these answers are; equal ones are kept once."""
    same = tuple((v, tuple(sorted(a.texts.items()))) for v, a in zip(values, answers, strict=True))
    known = r.scale_keys.get(repr(same))
    if known is not None:
        return known
    key = r.keys.fresh(f"{q.code}_scale", "scale")
    r.scale_keys[repr(same)] = key
    points = []
    for value, answer in sorted(zip(values, answers, strict=True), key=lambda pair: pair[0]):
        label = r.say(f"scale.{key}.{value}", answer.texts, q, longest=200)
        points.append({"value": value, "label": label})
    r.scales[key] = {"key": key, "points": points, "worst": min(values), "best": max(values)}
    r.tell(
        "changed",
        q,
        "scale",
        f"Its answers are numbers in order and became the scale `{key}`, whose highest number is "
        "taken for the best. Swap `worst` and `best` where it is not.",
    )
    if values[0] > values[-1]:
        r.tell("changed", q, "scale", "Its points stand from the lowest to the highest number.")
    if [str(value) for value in values] != [answer.code for answer in answers]:
        r.tell(
            "changed",
            q,
            "answer code",
            "Its answers are stored as their assessment values, not as their codes.",
            original=", ".join(answer.code for answer in answers),
        )
    return key


def point_scale(r: Reading, points: int) -> str:
    """LimeSurvey's own scale of 5 or 10 points, which has no words."""
    key = f"points_{points}"
    if key not in r.scales:
        r.keys.taken.add(key)
        r.scales[key] = {
            "key": key,
            "name": f"1 to {points}",
            "points": [{"value": value} for value in range(1, points + 1)],
            "worst": 1,
            "best": points,
        }
    return key
