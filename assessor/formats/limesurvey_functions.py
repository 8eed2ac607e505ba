"""Every function of ExpressionScript that has a counterpart here, one row each."""

import re
from collections.abc import Callable

import regex

from assessor.formats.limesurvey_expressions import (
    ATOM,
    EQUAL,
    SUM,
    Translator,
    Work,
    Written,
    constant,
    negated,
    quoted,
)
from assessor.formats.limesurvey_places import Place, split_name
from assessor.formats.limesurvey_script import NotTranslatableError, Script

Parts = tuple[Script, ...]


def _places(t: Translator, parts: Parts) -> list[Place | Script]:
    """What a list of values names: places where it can be said, parts otherwise."""
    found: list[Place | Script] = []
    for part in parts:
        if part.kind != "name":
            found.append(part)
            continue
        bare, asked = split_name(part.value)
        if bare.split(".")[0] in {"self", "that"} or (bare == "this" and t.this is None):
            found.extend(t.group(bare))
            continue
        place = t.this if bare == "this" else t.places.find(bare)
        if place is None:
            raise NotTranslatableError(f"There is no question or answer “{bare}”.")
        found.append(place if asked in {"code", "value", "valueNAOK"} else part)
    if not found:
        raise NotTranslatableError("It names no answer.")
    return found


def _texts(t: Translator, parts: Parts) -> list[str]:
    return [
        t.reference(one) if isinstance(one, Place) else t.value(one).text
        for one in _places(t, parts)
    ]


def _plain(name: str) -> Work:
    """A function that has the same values here, under this name."""

    def work(t: Translator, parts: Parts) -> Written:
        return Written(f"{name}({', '.join(t.value(one).text for one in parts)})")

    return work


def _over_all(name: str) -> Work:
    def work(t: Translator, parts: Parts) -> Written:
        return Written(f"{name}({', '.join(_texts(t, parts))})")

    return work


def _added(texts: list[str]) -> Written:
    return Written(" + ".join(texts), SUM if len(texts) > 1 else ATOM)


def _count(t: Translator, parts: Parts) -> Written:
    """How many are answered; a tick box counts where it is ticked."""
    found = _places(t, parts)
    ticks = [one for one in found if isinstance(one, Place) and one.kind == "chosen"]
    others = [one for one in found if one not in ticks]
    added: list[str] = []
    for key in dict.fromkeys(place.key for place in ticks):
        of_key = [place for place in ticks if place.key == key]
        if set(of_key) == t.places.boxes.get(key, set()):
            added.append(f"count-selected({t.key(of_key[0])})")
        else:
            added.extend(f"if({t.chosen(place).text}, 1, 0)" for place in of_key)
    if others:
        texts = [t.reference(o) if isinstance(o, Place) else t.value(o).text for o in others]
        added.append(f"count-non-empty({', '.join(texts)})")
    return _added(added)


def _sum(t: Translator, parts: Parts) -> Written:
    """The sum of numbers; of boxes, only those of an array count."""
    texts: list[str] = []
    for one in _places(t, parts):
        if not isinstance(one, Place):
            texts.append(t.value(one).text)
        elif one.kind != "chosen":
            texts.append(t.reference(one))
        elif one.tick == "1":
            texts.append(f"if({t.chosen(one).text}, 1, 0)")
    return Written(f"sum({', '.join(texts)})" if texts else "0")


_OPERATIONS = {
    "==": "=",
    "eq": "=",
    "!=": "!=",
    "ne": "!=",
    "<": "<",
    "lt": "<",
    "<=": "<=",
    "le": "<=",
    ">": ">",
    "gt": ">",
    ">=": ">=",
    "ge": ">=",
}


def _each_test(t: Translator, sign: str, wanted: Script, parts: Parts) -> list[tuple[str, str]]:
    """Pairs of an answer's value and whether it passes."""
    found: list[tuple[str, str]] = []
    for place in _places(t, parts):
        if not isinstance(place, Place):
            raise NotTranslatableError("It counts something that is no answer.")
        value = t.reference(place)
        if sign == "RX":
            test = f"regex({value}, {quoted(pattern(wanted.value))})"
        else:
            test = t.against_constant(place, _OPERATIONS[sign], wanted).text
        found.append((value, test))
    return found


def _constant(part: Script) -> Script:
    found = constant(part)
    if found.kind not in {"text", "number"}:
        raise NotTranslatableError("It compares with something that is no fixed value.")
    return found


def _countif(t: Translator, parts: Parts) -> Written:
    tests = _each_test(t, "==", _constant(parts[0]), parts[1:])
    return _added([f"if({test}, 1, 0)" for _value, test in tests])


def _operation(part: Script) -> str:
    sign = part.value if part.kind == "text" else ""
    if sign != "RX" and sign not in _OPERATIONS:
        raise NotTranslatableError(f"“{sign}” is no comparison.")
    return sign


def _countifop(t: Translator, parts: Parts) -> Written:
    tests = _each_test(t, _operation(parts[0]), _constant(parts[1]), parts[2:])
    return _added([f"if({test}, 1, 0)" for _value, test in tests])


def _sumifop(t: Translator, parts: Parts) -> Written:
    tests = _each_test(t, _operation(parts[0]), _constant(parts[1]), parts[2:])
    values = ", ".join(f"if({test}, {value}, 0)" for value, test in tests)
    return Written(f"sum({values})")


def _if(t: Translator, parts: Parts) -> Written:
    condition, yes, no = parts
    return Written(f"if({t.truth(condition).text}, {t.value(yes).text}, {t.value(no).text})")


def _number_or_nothing(name: str) -> Work:
    """A conversion that makes 0 of what is no number."""

    def work(t: Translator, parts: Parts) -> Written:
        value = t.value(parts[0])
        inner = f"number({value.text})" if value.truth or name == "number" else value.text
        return Written(f"coalesce({inner if name == 'number' else f'{name}({inner})'}, 0)")

    return work


def _is_numeric(t: Translator, parts: Parts) -> Written:
    value = t.value(parts[0]).text
    # Nothing but a number equals itself as a number.
    return Written(f"number({value}) = number({value})", EQUAL, truth=True)


def _is_whole(t: Translator, parts: Parts) -> Written:
    value = t.value(parts[0]).text
    return Written(f"int({value}) = number({value})", EQUAL, truth=True)


def _regex_match(t: Translator, parts: Parts) -> Written:
    value = t.value(parts[1]).text
    return Written(f"regex({value}, {quoted(pattern(_constant(parts[0]).value))})", truth=True)


def pattern(source: str) -> str:
    """A pattern without its delimiters, and with its modifiers written as we write them."""
    text = source.strip()
    delimited = re.fullmatch(r"([/#~!@|%])(.*)\1([imsxuADUX]*)", text, re.DOTALL)
    found = delimited[2] if delimited else text
    flags = "".join(flag for flag in (delimited[3] if delimited else "") if flag in "imsx")
    found = found.replace("\\/", "/")
    try:
        regex.compile(found)
    except regex.error as error:
        raise NotTranslatableError(f"The pattern “{source}” cannot be read.") from error
    return f"(?{flags}){found}" if flags else found


def _substr(t: Translator, parts: Parts) -> Written:
    text = t.value(parts[0]).text
    start = t.value(parts[1])
    if parts[1].kind == "negative":
        raise NotTranslatableError("It counts letters from the end.")
    if len(parts) == 2:
        return Written(f"substr({text}, {start.text})")
    if parts[1].kind == "number" and parts[2].kind == "number":
        end = str(int(float(parts[1].value)) + int(float(parts[2].value)))
    else:
        end = f"{start.inside(SUM)} + {t.value(parts[2]).inside(SUM + 1)}"
    return Written(f"substr({text}, {start.text}, {end})")


def _joined(t: Translator, parts: Parts) -> Written:
    return Written(f"join({t.value(parts[0]).text}, {', '.join(_texts(t, parts[1:]))})")


def _listed(t: Translator, parts: Parts) -> Written:
    return Written(f"join(', ', {', '.join(_texts(t, parts))})")


def _concat(t: Translator, parts: Parts) -> Written:
    return Written(f"concat({', '.join(_texts(t, parts))})")


def _unique(t: Translator, parts: Parts) -> Written:
    """Whether no two answers are the same; those that are empty do not count."""
    texts = _texts(t, parts)
    if len(texts) > 8:
        raise NotTranslatableError("It compares too many answers with one another.")
    pairs = [
        f"({a} = '' or {a} != {b})" for place, a in enumerate(texts) for b in texts[place + 1 :]
    ]
    return Written(" and ".join(pairs) or "true()", 1 if pairs else ATOM, truth=True)


_DATES = {"Y": "%Y", "y": "%y", "m": "%m", "n": "%n", "d": "%d", "j": "%e"}


def _date(t: Translator, parts: Parts) -> Written:
    """Today, in a form of days and years only; a moment has no counterpart."""
    (form,) = parts
    if form.kind != "text" or re.search(r"[A-Za-z]", re.sub(r"[YymndjHis]", "", form.value)):
        raise NotTranslatableError("It asks for a time or a form of the date that is not known.")
    if re.search(r"[His]", form.value):
        raise NotTranslatableError("It asks for the time of day, which is not kept.")
    if form.value == "Y-m-d":
        return Written("today()")
    written = "".join(_DATES.get(letter, letter) for letter in form.value)
    return Written(f"format-date(today(), {quoted(written)})")


def _lower(old: str, new: str) -> Work:
    def work(t: Translator, parts: Parts) -> Written:
        return Written(f"translate({t.value(parts[0]).text}, '{old}', '{new}')")

    return work


def _not_empty(t: Translator, parts: Parts) -> Written:
    return negated(t.empty(parts[0]))


_UPPER_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜÉÈÀÇ"

CALLS: dict[str, Callable[[Translator, Parts], Written]] = {
    "is_empty": lambda t, p: t.empty(p[0]),
    "isset": _not_empty,
    "is_null": lambda t, p: t.empty(p[0]),
    "count": _count,
    "countif": _countif,
    "countifop": _countifop,
    "sum": _sum,
    "sumifop": _sumifop,
    "min": _over_all("min"),
    "max": _over_all("max"),
    "if": _if,
    "iif": _if,
    "intval": _number_or_nothing("int"),
    "floatval": _number_or_nothing("number"),
    "is_numeric": _is_numeric,
    "is_float": _is_numeric,
    "is_int": _is_whole,
    "round": _plain("round"),
    "floor": _plain("floor"),
    "ceil": _plain("ceiling"),
    "abs": _plain("abs"),
    "pow": _plain("pow"),
    "sqrt": lambda t, p: Written(f"pow({t.value(p[0]).text}, 0.5)"),
    "strlen": _plain("string-length"),
    "substr": _substr,
    "regexMatch": _regex_match,
    "implode": _joined,
    "join": _concat,
    "list": _listed,
    "unique": _unique,
    "trim": _plain("normalize-space"),
    "strtolower": _lower(_UPPER_LETTERS, _UPPER_LETTERS.lower()),
    "strtoupper": _lower(_UPPER_LETTERS.lower(), _UPPER_LETTERS),
    "date": _date,
}
