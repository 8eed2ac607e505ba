"""LimeSurvey's logic in our language: the tree of `limesurvey_script.py` as an expression.

What differs between the two is bridged where it can be: a tick box of theirs is "Y" or empty where
ours is `selected(…)`, bare answers count as true unless they are empty or 0, and texts are joined
by `+`. What has no counterpart raises NotTranslatableError; nothing is approximated in silence.
"""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

from assessor.domain.logic import NotUnderstoodError, parse
from assessor.formats.limesurvey_places import Place, Places, split_name
from assessor.formats.limesurvey_script import NotTranslatableError, Script, read_script

OR, AND, EQUAL, ORDER, SUM, PRODUCT, ATOM = range(7)
_LEVEL = {
    "or": OR,
    "and": AND,
    "=": EQUAL,
    "!=": EQUAL,
    "<": ORDER,
    "<=": ORDER,
    ">": ORDER,
    ">=": ORDER,
    "+": SUM,
    "-": SUM,
    "*": PRODUCT,
    "/": PRODUCT,
    "%": PRODUCT,
}
_MIRRORED = {"=": "=", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


@dataclass(frozen=True)
class Written:
    """A part in our language: how tightly it binds, and whether it is a truth already."""

    text: str
    level: int = ATOM
    truth: bool = False

    def inside(self, level: int) -> str:
        return self.text if self.level >= level else f"({self.text})"


def quoted(text: str) -> str:
    """A text as a constant; our language has no escapes."""
    if "'" not in text:
        return f"'{text}'"
    if '"' not in text:
        return f'"{text}"'
    parts = ', "\'", '.join(f"'{part}'" for part in text.split("'"))
    return f"concat({parts})"


@dataclass
class Translator:
    """`own` is the code of the question that the logic belongs to, for `self` and `this`.

    `itself` is our key of the item whose answer is called `.`, in constraints; `this` is the place
    that `this` means in the check of one answer.
    """

    places: Places
    own: str = ""
    itself: str = ""
    this: Place | None = None
    _relevance_depth: int = 0

    def translate(self, source: str) -> str:
        """A truth for whether the expression holds. Raises NotTranslatableError."""
        return checked(self.truth(read_script(unwrapped(source))).text)

    def value_of(self, source: str) -> str:
        """The value of an expression, such as the equation of a calculation."""
        return checked(self.value(read_script(unwrapped(source))).text)

    def truth(self, part: Script) -> Written:
        """The part as something that holds or does not."""
        if part.kind in {"and", "or"}:
            level = _LEVEL[part.kind]
            texts = [self.truth(one).inside(level) for one in part.parts]
            return Written(f" {part.kind} ".join(texts), level, truth=True)
        if part.kind == "not":
            return negated(self.truth(part.parts[0]))
        if part.kind == "name":
            return self._answered(part)
        if part.kind == "number":
            return Written("true()" if float(part.value) else "false()", truth=True)
        if part.kind == "text":
            return Written("false()" if part.value in {"", "0"} else "true()", truth=True)
        found = self.value(part)
        if found.truth:
            return found
        if part.kind in {"+", "-", "*", "/", "%", "negative"} or found.text.startswith("sum("):
            return Written(f"{found.inside(EQUAL)} != 0", EQUAL, truth=True)
        return Written(f"boolean({found.text})", truth=True)

    def value(self, part: Script) -> Written:
        if part.kind == "number":
            return Written(part.value if part.value[0] != "." else f"0{part.value}")
        if part.kind == "text":
            return Written(quoted(part.value))
        if part.kind == "name":
            return self._value_of_name(part.value)
        if part.kind in {"and", "or", "not"}:
            return self.truth(part)
        if part.kind == "negative":
            return Written(f"-{self.value(part.parts[0]).inside(ATOM)}", PRODUCT)
        if part.kind == "call":
            return _called(self, part)
        if part.kind in _MIRRORED:
            return self._comparison(part)
        return self._arithmetic(part)

    def _arithmetic(self, part: Script) -> Written:
        if part.kind == "+" and any(one.kind == "text" for one in part.parts):
            texts = [self.value(one).text for one in part.parts if one != Script("text")]
            return Written(f"concat({', '.join(texts)})" if texts else "''")
        level = _LEVEL[part.kind]
        sign = {"/": "div", "%": "mod"}.get(part.kind, part.kind)
        left, right = (self.value(one) for one in part.parts)
        return Written(f"{left.inside(level)} {sign} {right.inside(level + 1)}", level)

    def _comparison(self, part: Script) -> Written:
        sign = part.kind
        left, right = (constant(one) for one in part.parts)
        if left.kind in {"text", "number"} and right.kind == "name":
            left, right, sign = right, left, _MIRRORED[sign]
        if left.kind == "name" and right.kind in {"text", "number"}:
            place, asked = self._placed(left.value)
            if place is None or asked == "relevanceStatus":
                return self._relevance(left.value, sign, right)
            if asked not in {"shown", "question"}:
                return self.against_constant(place, sign, right)
        if sign not in {"=", "!="}:
            for one in (left, right):
                if one.kind == "text" and not _ordered(one.value):
                    message = (
                        f"It asks whether something comes before “{one.value}” by the alphabet."
                    )
                    raise NotTranslatableError(message)
        level = _LEVEL[sign]
        a, b = self.value(left), self.value(right)
        return Written(f"{a.inside(level)} {sign} {b.inside(level + 1)}", level, truth=True)

    def against_constant(self, place: Place, sign: str, constant: Script) -> Written:
        """An answer beside a code or a number."""
        value = constant.value
        if place.kind == "chosen":
            return self._ticked(place, sign, value)
        if sign not in {"=", "!="}:
            if not _ordered(value):
                raise NotTranslatableError(
                    f"It asks whether an answer comes before “{value}” by the alphabet."
                )
            written = value if _is_number(value) else quoted(value)
            return Written(f"{self.reference(place)} {sign} {written}", ORDER, truth=True)
        codes = dict(place.codes)
        if value in codes:
            written = quoted(codes[value])
        elif constant.kind == "number" and not place.labelled:
            written = value
        else:
            written = quoted(value)
        return Written(f"{self.reference(place)} {sign} {written}", EQUAL, truth=True)

    def _ticked(self, place: Place, sign: str, value: str) -> Written:
        """A tick box beside "Y" or nothing: those are the only values it has."""
        if sign not in {"=", "!="}:
            if value in {"", "0"} and sign == ">":
                return self.chosen(place)
            raise NotTranslatableError("It asks whether a tick box is more or less than something.")
        is_choice = value in {"Y", "1"}
        if value not in {"Y", "1", ""}:
            # A tick box never has another value.
            return Written("false()" if sign == "=" else "true()", truth=True)
        found = self.chosen(place)
        return found if is_choice == (sign == "=") else negated(found)

    def chosen(self, place: Place) -> Written:
        return Written(f"selected({self.key(place)}, {quoted(place.code)})", truth=True)

    def key(self, place: Place) -> str:
        return "." if place.key == self.itself else f"${{{place.key}}}"

    def reference(self, place: Place) -> str:
        """The value of an answer."""
        if place.kind == "chosen":
            return f"if({self.chosen(place).text}, {quoted(place.tick)}, '')"
        if place.kind == "rank":
            return f"selected-at({self.key(place)}, {int(place.code) - 1})"
        return self.key(place)

    def _placed(self, name: str) -> tuple[Place | None, str]:
        """The one place that a name means, and what is asked of it."""
        bare, asked = split_name(name)
        if bare == "this" and self.this is not None:
            return self.this, asked
        if bare.split(".")[0] in {"self", "this", "that"}:
            group = self.group(bare)
            if len(group) != 1:
                raise NotTranslatableError(
                    f"“{name}” means {len(group)} answers at once, where one is compared."
                )
            return group[0], asked
        found = self.places.find(bare)
        if found is None and asked != "relevanceStatus":
            raise NotTranslatableError(f"There is no question or answer “{bare}”.")
        return found, asked

    def group(self, name: str) -> list[Place]:
        words = ["self" if word == "this" else word for word in name.split(".")]
        if words[0] == "self" and not self.own:
            raise NotTranslatableError("“self” has no question here.")
        return self.places.group(".".join(words), self.own)

    def _value_of_name(self, name: str) -> Written:
        place, asked = self._placed(name)
        if place is None or asked in {"relevanceStatus", "relevance"}:
            return self._relevance(name, "=", Script("number", "1"))
        if asked == "question":
            bare = split_name(name)[0]
            code = bare if bare in self.places.by_question else bare.rpartition("_")[0]
            return Written(quoted(self.places.labels.get(code, "")))
        if asked == "shown":
            return Written(self._shown(place))
        if asked not in {"code", "value", "valueNAOK"}:
            raise NotTranslatableError(f"“.{asked}” asks for something of LimeSurvey's own.")
        return Written(self.reference(place))

    def _shown(self, place: Place) -> str:
        if place.kind == "chosen":
            return f"if({self.chosen(place).text}, {quoted(place.label)}, '')"
        if place.labelled:
            return f"jr:choice-name({self.reference(place)}, '${{{place.key}}}')"
        return self.reference(place)

    def _relevance(self, name: str, sign: str, constant: Script) -> Written:
        code = split_name(name)[0]
        place = self.places.find(code)
        if code not in self.places.relevance and place is not None:
            code = next(
                (one for one, all_ in self.places.by_question.items() if place in all_.values()), ""
            )
        source = self.places.relevance.get(code)
        if source is None or self._relevance_depth > 5 or constant.value not in {"0", "1"}:
            raise NotTranslatableError(f"There is no question “{code}” whose relevance counts.")
        inner = Translator(self.places, code, _relevance_depth=self._relevance_depth + 1)
        always = source in {"", "1"}
        found = Written("true()", truth=True) if always else inner.truth(read_script(source))
        return found if (constant.value == "1") == (sign == "=") else negated(found)

    def _answered(self, part: Script) -> Written:
        """A bare answer as a truth: neither empty nor 0."""
        if part.value.lower() in {"true", "false"}:
            return Written(f"{part.value.lower()}()", truth=True)
        place, asked = self._placed(part.value)
        if place is None or asked in {"relevanceStatus", "relevance"}:
            return self._relevance(part.value, "=", Script("number", "1"))
        if place.kind == "chosen":
            return self.chosen(place)
        value = self.reference(place)
        return Written(f"{value} != '' and {value} != 0", AND, truth=True)

    def empty(self, part: Script) -> Written:
        if part.kind == "name":
            place, _asked = self._placed(part.value)
            if place is not None and place.kind == "chosen":
                return negated(self.chosen(place))
        return Written(f"{self.value(part).inside(EQUAL)} = ''", EQUAL, truth=True)


def negated(part: Written) -> Written:
    """The opposite, as simple as it can be said."""
    if part.text in {"true()", "false()"}:
        return Written("false()" if part.text == "true()" else "true()", truth=True)
    if (inner := re.fullmatch(r"not\((selected\([^()]*\))\)", part.text)) is not None:
        return Written(inner[1], truth=True)
    simple = re.fullmatch(r"(\S+) (=|!=) ('[^']*'|\d+)", part.text)
    if simple:
        sign = "!=" if simple[2] == "=" else "="
        return Written(f"{simple[1]} {sign} {simple[3]}", EQUAL, truth=True)
    return Written(f"not({part.text})", truth=True)


def constant(part: Script) -> Script:
    """A number below zero as one constant; everything else as it is."""
    if part.kind == "negative" and part.parts[0].kind == "number":
        return Script("number", f"-{part.parts[0].value}")
    return part


def unwrapped(source: str) -> str:
    """An expression without the braces that some fields ask for and some do not."""
    text = source.strip()
    if re.search(r"&(gt|lt|amp|quot|#0?39);", text):
        # Some versions store expressions as they stand in a page.
        text = html.unescape(text)
    if text.startswith("{") and text.endswith("}") and "{" not in text[1:]:
        return text[1:-1]
    return text


def checked(text: str) -> str:
    """The expression, once our own reader agrees that it is one."""
    try:
        parse(text)
    except NotUnderstoodError as error:
        raise NotTranslatableError(str(error)) from error
    return text


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", text) is not None


def _ordered(text: str) -> bool:
    return _is_number(text) or re.fullmatch(r"\d{4}-\d{2}-\d{2}.*", text) is not None


Work = Callable[[Translator, tuple[Script, ...]], Written]


def _called(translator: Translator, part: Script) -> Written:
    # Imported here, since the functions translate their own parts with this translator.
    from assessor.formats.limesurvey_functions import CALLS

    work = CALLS.get(part.value)
    if work is None:
        raise NotTranslatableError(f"The function “{part.value}” has no counterpart.")
    try:
        return work(translator, part.parts)
    except (IndexError, ValueError) as error:
        if isinstance(error, NotTranslatableError):
            raise
        raise NotTranslatableError(f"“{part.value}” is called in an unknown way.") from error
