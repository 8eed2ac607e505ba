"""Embedded data: what comes with the link is a hidden item, what is set on the way a calculated."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assessor.domain.instrument import Calculated, Hidden
from assessor.formats.foreign import plain_text
from assessor.formats.foreign_logic import quoted, readable
from assessor.formats.qualtrics_logic import locator
from assessor.formats.qualtrics_source import Fields, Survey, entries, fields, words
from assessor.formats.qualtrics_texts import Work

_NAMES_A_PERSON = re.compile(
    r"e-?mail|name|phone|address|birth|student.?id|user.?id|netid", re.IGNORECASE
)
_PIPED = re.compile(r"\$\{([^{}]*)\}")


@dataclass
class Assigned:
    """A value that the flow gives a field where a condition holds (empty: always)."""

    condition: str
    value: str


def declare(work: Work) -> None:
    """A key for every field that the survey declares or asks for, before anything is read."""
    for name in dict.fromkeys([*_declared(work.survey.flow), *_mentioned(work.survey)]):
        if name and not name.startswith("Q_") and name not in work.fields:
            work.fields[name] = work.keys.fresh(name, "field")


def _declared(flow: list[Fields]) -> Iterator[str]:
    for node in flow:
        for one in entries(node.get("EmbeddedData")):
            yield words(fields(one).get("Field"))
        yield from _declared([fields(one) for one in entries(node.get("Flow"))])


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in entries(value):
            yield from _strings(one)


def _comparisons(value: object) -> Iterator[tuple[str, str]]:
    """Every field that a condition anywhere compares, and with what."""
    if isinstance(value, dict) and value.get("LogicType") == "EmbeddedField":
        name = re.sub(r"^e://Field/", "", words(value.get("LeftOperand")))
        yield name, words(value.get("RightOperand"))
    if isinstance(value, dict | list):
        for one in entries(value):
            yield from _comparisons(one)


def _everything(survey: Survey) -> list[object]:
    raw: list[object] = [question.raw for question in survey.questions.values()]
    return [*raw, survey.flow, survey.quotas]


def _mentioned(survey: Survey) -> Iterator[str]:
    for part in _everything(survey):
        for text in _strings(part):
            if "e://Field/" in text:
                yield from re.findall(r"e://Field/([^}\"'<>?]{1,100})", text)
        for name, _ in _comparisons(part):
            yield name


def field_items(
    work: Work, assigned: dict[str, list[Assigned]]
) -> tuple[list[Hidden], dict[str, Calculated]]:
    """The hidden items of the survey, and the calculated ones by the name of their field."""
    compared: dict[str, list[str]] = {}
    for part in _everything(work.survey):
        for name, value in _comparisons(part):
            compared.setdefault(name, []).append(value.strip())
    hidden, calculated = [], {}
    for name, key in work.fields.items():
        values = assigned.get(name, [])
        is_constant = len(values) == 1 and not values[0].condition and "{" not in values[0].value
        if values and not is_constant:
            calculated[name] = Calculated(
                kind="calculated",
                key=key,
                text=plain_text(name, 200) or key,
                calculation=_calculation(work, name, values),
            )
            continue
        known = [
            value
            for value in dict.fromkeys(compared.get(name, []))
            if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}", value)
        ]
        parameter = name if re.fullmatch(r"[A-Za-z0-9_-]{1,60}", name) else key
        default = plain_text(values[0].value, 200) if is_constant else ""
        hidden.append(
            Hidden(
                kind="hidden",
                key=key,
                text=plain_text(name, 200) or key,
                parameter="" if is_constant else parameter,
                values=tuple(known[:1000]),
                default=default,
            )
        )
        if not is_constant:
            _say(work, name, key, parameter, known)
    return hidden, calculated


def _say(work: Work, name: str, key: str, parameter: str, known: list[str]) -> None:
    taken = f"Taken are {', '.join(known[:20])}." if known else "No value is known; list them."
    who = " It may say who somebody is, which no link may." if _NAMES_A_PERSON.search(name) else ""
    work.losses.add(
        "changed",
        name,
        "embedded data",
        f"It comes with the link (`?{parameter}=…`); only listed values are taken. {taken}{who}",
        key=key,
    )


def _calculation(work: Work, name: str, values: list[Assigned]) -> str:
    """The last assignment whose condition holds, as nested `if`s."""
    text = "''"
    for one in values:
        value = _value(work, name, one.value)
        wanted = f"if({one.condition}, {value}, {text})" if one.condition else value
        if readable(wanted):
            work.losses.add(
                "lost", name, "embedded data", "Its value is too long to work out here."
            )
            break
        text = wanted
    return text


def _value(work: Work, name: str, raw: str) -> str:
    """A value with earlier answers in it, as an expression."""
    parts: list[str] = []
    end = 0
    for match in _PIPED.finditer(raw):
        if raw[end : match.start()]:
            parts.append(quoted(plain_text(raw[end : match.start()])))
        end = match.end()
        parts.append(_piped(work, match[1]) or "''")
        if parts[-1] == "''" or raw[: match.start()].endswith("$e{"):
            work.losses.add(
                "lost",
                name,
                "embedded data",
                "A part of its value is not known here.",
                original=raw,
            )
    if raw[end:] or not parts:
        parts.append(quoted(plain_text(raw[end:])))
    return parts[0] if len(parts) == 1 else f"concat({', '.join(parts)})"


def _piped(work: Work, place: str) -> str:
    field = re.fullmatch(r"e://Field/(.+)", place)
    if field:
        key = work.fields.get(field[1])
        return f"${{{key}}}" if key else ""
    where = locator(place)
    spoken = work.spoken.get(where.qid) if where else None
    if where is None or spoken is None:
        return ""
    row = where.rest.partition("/")[2] if where.part == "ChoiceGroup" else where.rest
    name = spoken.piped.get(row) or spoken.piped.get("")
    if name and where.part == "ChoiceGroup":
        return f"jr:choice-name({name}, '{name}')"
    return name or ""
