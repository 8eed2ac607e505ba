"""What decides which questions, rows and answers are asked, and which answers are possible.

Runs when every question has its items, so that logic finds the names it uses. What cannot be
translated is reported with its own words, and then the question is asked of everybody.
"""

import html
import re
from collections.abc import Callable, Iterable

from assessor.domain.logic import references
from assessor.formats.foreign import plain_text
from assessor.formats.limesurvey_conditions import conditions_script
from assessor.formats.limesurvey_expressions import (
    Translator,
    Written,
    checked,
    negated,
    quoted,
)
from assessor.formats.limesurvey_functions import pattern
from assessor.formats.limesurvey_parts import number
from assessor.formats.limesurvey_places import Place
from assessor.formats.limesurvey_reading import Fields, Made, Reading
from assessor.formats.limesurvey_script import NotTranslatableError
from assessor.formats.limesurvey_structure import Group, Question

WITHOUT_ANSWER = frozenset({"text_block", "calculated", "hidden"})
LOGIC_ATTRIBUTES = frozenset(
    {
        "array_filter",
        "array_filter_exclude",
        "em_validation_q",
        "em_validation_q_tip",
        "em_validation_sq",
        "em_validation_sq_tip",
        "hidden",
        "min_num_value",
        "max_num_value",
        "equals_num_value",
        "min_answers",
        "max_answers",
        "other_comment_mandatory",
    }
)


def place_items(r: Reading, groups: Iterable[tuple[Group, list[Made]]]) -> None:
    """Notes the place of every item, since logic may only look back."""
    number = 0
    for _group, made in groups:
        for one in made:
            for fields in one.items:
                number += 1
                for key in (fields["key"], *(row["key"] for row in fields.get("rows", ()))):
                    r.position[key] = number


def add_logic(r: Reading, q: Question, made: Made) -> None:
    """Everything that an item's fields say about logic, for one question."""
    _relevance(r, q, made)
    _filters(r, q, made)
    _sub_relevance(r, q, made)
    _constraints(r, q, made)
    _equation(r, q, made)
    _hidden(r, q, made)


def earlier_only(r: Reading, expression: str, before: int) -> str:
    """The expression, if it names only items before this place. Raises NotTranslatableError."""
    for name in references(expression):
        if r.position.get(name.split(".")[0], 0) >= before:
            raise NotTranslatableError(
                "It depends on an answer of the same question or of one that comes later."
            )
    return expression


def group_relevance(r: Reading, group: Group, page: Fields, first: int) -> None:
    """When a page is shown."""
    if group.relevance in {"", "1"}:
        return
    try:
        found = Translator(r.places).translate(group.relevance)
        page["relevant"] = earlier_only(r, found, first)
    except NotTranslatableError as error:
        message = f"The page is always shown. {error}"
        r.tell("lost", page["key"], "relevance", message, original=group.relevance)


def _both(first: str, second: str) -> str:
    if not first or not second or second in first.split(" and "):
        return first or second
    sides = [f"({one})" if " or " in one else one for one in (first, second)]
    return " and ".join(sides)


def _relevance(r: Reading, q: Question, made: Made) -> None:
    source = q.relevance
    if source in {"", "1"} and not q.conditions:
        return
    first = r.position[made.items[0]["key"]]
    attempts: list[Callable[[], str]] = []
    translator = Translator(r.places, q.code)
    if source not in {"", "1"}:
        attempts.append(lambda: translator.translate(source))
    if q.conditions:
        attempts.append(
            lambda: checked(translator.truth(conditions_script(q.conditions, r.places)).text)
        )
    why = ""
    for attempt in attempts:
        try:
            found = earlier_only(r, attempt(), first)
        except NotTranslatableError as error:
            why = why or str(error)
            continue
        for fields in made.items:
            fields["relevant"] = _both(found, fields.get("relevant", ""))
        r.tell("translated", q, "relevance", f"It is asked where `{found}`.", original=source)
        return
    message = f"The question is always asked. {why}"
    original = source if source not in {"", "1"} else _in_words(q)
    r.tell("lost", q, "relevance", message, original=original)


def _in_words(q: Question) -> str:
    return "; ".join(
        f"{row.get('cfieldname', '')} {row.get('method', '')} {row.get('value', '')}"
        for row in q.conditions
    )


def _sub_relevance(r: Reading, q: Question, made: Made) -> None:
    """Sub-questions that are shown to some only."""
    for sub in q.subs:
        if sub.relevance in {"", "1"}:
            continue
        parts = made.columns if sub.scale else made.rows
        try:
            if sub.code not in parts:
                raise NotTranslatableError("Columns of a grid are the same for everybody.")
            found = Translator(r.places, q.code).translate(sub.relevance)
            first = r.position[made.items[0]["key"]]
            found = earlier_only(r, found, first)
        except NotTranslatableError as error:
            what = "column" if sub.scale else "row"
            message = f"Its {what} {sub.code} is always shown. {error}"
            r.tell("lost", q, "row relevance", message, original=sub.relevance)
            continue
        _limit(made, parts[sub.code], found)


def _limit(made: Made, part: Fields, expression: str) -> None:
    """Show a row or an option only where the expression holds."""
    part["relevant"] = _both(part.get("relevant", ""), expression)
    for fields in made.items[1:]:
        # A second matrix has the same rows under keys of its own.
        for row in fields.get("rows", ()):
            if row["key"] == f"{part.get('key')}_1":
                row["relevant"] = part["relevant"]


def _filters(r: Reading, q: Question, made: Made) -> None:
    """Array filters: only those rows that were chosen, or not chosen, in another question."""
    for attribute, wanted in (("array_filter", True), ("array_filter_exclude", False)):
        names = [name.strip() for name in q.attribute(attribute).split(";") if name.strip()]
        for name in names:
            try:
                _filter(r, q, made, name, wanted)
            except NotTranslatableError as error:
                message = f"All rows or answers are shown. {error}"
                r.tell("lost", q, attribute.replace("_", " "), message, original=name)


def _filter(r: Reading, q: Question, made: Made, source: str, wanted: bool) -> None:
    places = r.places.by_question.get(source)
    if places is None or source == q.code:
        raise NotTranslatableError(f"There is no other question {source}.")
    first = r.position[made.items[0]["key"]]
    matched = 0
    for code in made.rows:
        test = _chosen(r, source, places, code)
        if test is None:
            continue
        matched += 1
        expression = checked(test if wanted else negated(Written(test)).text)
        origin = r.made_rows.get(source, {}).get(code, {})
        if not wanted and origin.get("relevant"):
            # What was already left out there stays left out here.
            expression = checked(_both(expression, origin["relevant"]))
        _limit(made, made.rows[code], earlier_only(r, expression, first))
    if not matched:
        raise NotTranslatableError(f"No row or answer has the same code as one of {source}.")


def _chosen(r: Reading, source: str, places: dict[str, Place], code: str) -> str | None:
    """Whether the part of this code was chosen or answered in another question, `source`."""
    translator = Translator(r.places)
    whole = places.get("")
    if whole is not None and whole.labelled:
        if code not in r.made_rows.get(source, {}):
            return None
        return f"{translator.key(whole)} = {quoted(dict(whole.codes).get(code, code))}"
    place = places.get(code)
    ranks = [one for one in places.values() if one.kind == "rank"]
    if ranks:
        if code not in r.made_rows.get(source, {}):
            return None
        codes = dict(ranks[0].codes)
        return f"selected({translator.key(ranks[0])}, {quoted(codes.get(code, code))})"
    if place is not None:
        if place.kind == "chosen":
            return translator.chosen(place).text
        return f"{translator.reference(place)} != ''"
    cells = [one for suffix, one in places.items() if suffix.startswith(f"{code}_")]
    if cells:
        return " or ".join(f"{translator.reference(one)} != ''" for one in cells[:40])
    return None


def _constraints(r: Reading, q: Question, made: Made) -> None:
    """What an answer must be like, beside the limits that the item itself has."""
    target = made.items[0]
    found: list[str] = []
    single = not target.get("rows") and target["kind"] not in {"ranking", "constant_sum"}
    itself = target["key"] if single else ""
    whole = Translator(r.places, q.code, itself=itself)
    one = Translator(r.places, q.code, itself="_", this=Place("value", "_"))
    if source := q.attribute("em_validation_q").strip():
        # Asked of a question as a whole, `this` is each of its answers in turn.
        by = one if re.search(r"\bthis\b", source) and not single else whole
        _constraint(r, q, target, found, "validation", source, lambda: by.translate(source))
    each = q.attribute("em_validation_sq").strip()
    if each and each != q.attribute("em_validation_q").strip():
        _constraint(r, q, target, found, "validation", each, lambda: one.translate(each))
    if q.preg:
        _constraint(r, q, target, found, "pattern", q.preg, lambda: _pattern(q.preg))
    _limits(r, q, made, target, found)
    if not found:
        return
    target["constraint"] = " and ".join(f"({one})" if " or " in one else one for one in found)
    tips = q.attributes.get("em_validation_q_tip") or q.attributes.get("em_validation_sq_tip") or {}
    own = {language or r.survey.language: tip for language, tip in tips.items() if tip.strip()}
    address = f"{target['key']}.constraint_message"
    target["constraint_message"] = r.say(address, own, q, longest=1000)


def _pattern(source: str) -> str:
    return checked(f"regex(., {quoted(pattern(source))})")


def _constraint(
    r: Reading,
    q: Question,
    target: Fields,
    found: list[str],
    about: str,
    source: str,
    translate: Callable[[], str],
) -> None:
    try:
        if target["kind"] in WITHOUT_ANSWER:
            raise NotTranslatableError("The item has no answer of its own.")
        expression = translate()
        found.append(earlier_only(r, expression, r.position[target["key"]] + 1))
        message = f"An answer is taken where `{expression}`."
        r.tell("translated", q, about, message, original=source)
    except NotTranslatableError as error:
        r.tell("lost", q, about, f"Answers are not checked for this. {error}", original=source)


def _limits(r: Reading, q: Question, made: Made, target: Fields, found: list[str]) -> None:
    """Limits of a total, of how many rows are answered, and of days that are worked out."""
    for attribute, source in target.pop("_limits", []):
        sign = ">=" if attribute == "date_min" else "<="

        def compared(source: str = source, sign: str = sign) -> str:
            return checked(f". {sign} {_day(r, q, source)}")

        _constraint(r, q, target, found, attribute, source, compared)
    if target["kind"] not in {"entry_grid", "rating_matrix", "choice_matrix"}:
        return
    places = [place for place in dict.fromkeys(made.places.values()) if place.kind == "value"]
    keys = ", ".join(f"${{{place.key}}}" for place in places)
    limits = (
        ("min_num_value", "sum", ">="),
        ("max_num_value", "sum", "<="),
        ("equals_num_value", "sum", "="),
        ("min_answers", "count-non-empty", ">="),
        ("max_answers", "count-non-empty", "<="),
    )
    for attribute, function, sign in limits:
        text = q.attribute(attribute).strip()
        limit = number(text)
        if not text or (limit == 0 and attribute != "max_num_value"):
            continue

        def translated(
            text: str = text,
            function: str = function,
            sign: str = sign,
            limit: float | None = limit,
        ) -> str:
            right = f"{limit:g}" if limit is not None else _worth(r, q, text)
            return checked(f"{function}({keys}) {sign} {right}")

        if places and len(places) <= 200:
            _constraint(r, q, target, found, attribute, text, translated)
        else:
            r.tell("lost", q, attribute, "This limit is not kept.", original=text)


def _day(r: Reading, q: Question, source: str) -> str:
    """A day that is worked out; LimeSurvey takes PHP's words for days too."""
    text = source.strip().strip("{}()\"' ")
    if text.lower() in {"now", "today"} or text.startswith("date("):
        return "today()"
    return _worth(r, q, source)


def _worth(r: Reading, q: Question, source: str) -> str:
    value = Translator(r.places, q.code).value_of(source)
    return value if re.fullmatch(r"\S+", value) else f"({value})"


def _equation(r: Reading, q: Question, made: Made) -> None:
    """The calculation of an equation: its text with what stands in braces worked out."""
    target = made.items[0]
    source = target.pop("_equation", None)
    if source is None:
        return
    try:
        found = checked(_worked_out(r, q, source))
        target["calculation"] = earlier_only(r, found, r.position[target["key"]])
        r.tell("translated", q, "equation", f"It is `{found}`.", original=source)
    except NotTranslatableError as error:
        message = f"The calculated value stays empty. {error}"
        r.tell("lost", q, "equation", message, original=source)


def _worked_out(r: Reading, q: Question, source: str) -> str:
    translator = Translator(r.places, q.code)
    pieces = re.split(r"\{((?:\"[^\"]*\"|'[^']*'|[^{}])*)\}", source)
    texts: list[str] = []
    for place, piece in enumerate(pieces):
        if place % 2:
            texts.append(translator.value_of(html.unescape(piece)))
        elif words := plain_text(piece, 1500):
            texts.append(quoted(words))
    if not texts:
        return "''"
    return texts[0] if len(texts) == 1 else f"concat({', '.join(texts)})"


TYPED = frozenset({"short_text", "long_text", "number", "date", "email", "time"})


def _hidden(r: Reading, q: Question, made: Made) -> None:
    """Questions that are never shown, and what is filled in for a person."""
    hidden = q.is_on("hidden")
    target = made.items[0]
    if hidden and target["kind"] in TYPED:
        kept: Fields = {name: target[name] for name in ("key", "text", "hint") if name in target}
        default = q.defaults[0][1] if q.defaults else ""
        fixed = default if "{" not in default else ""
        kept |= {"kind": "hidden", "default": plain_text(fixed, 200)}
        made.items[0] = kept
        if relevant := target.get("relevant"):
            made.items[0]["relevant"] = relevant
        r.tell("changed", q, "hidden", "It is never shown and holds its default value.")
        if default and not fixed:
            message = "Its default value is worked out; it stays empty."
            r.tell("lost", q, "default value", message, original=default)
        return
    if hidden and target["kind"] not in WITHOUT_ANSWER:
        for fields in made.items:
            fields["relevant"] = "false()"
        r.tell("changed", q, "hidden", "It is never shown, so it never has an answer.")
    elif hidden and target["kind"] == "text_block":
        target["relevant"] = "false()"
    for sub, value in q.defaults:
        message = "Nothing is filled in for a person before they answer."
        name = f"{q.code}_{sub}" if sub else q.code
        r.losses.add("lost", name, "default value", message, key=target["key"], original=value)
