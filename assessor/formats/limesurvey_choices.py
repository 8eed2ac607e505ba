"""LimeSurvey's questions with one answer or several to choose, as items."""

from collections.abc import Sequence

from assessor.domain.instrument import OTHER
from assessor.formats.limesurvey_parts import (
    ORDER_ATTRIBUTES,
    OTHER_ATTRIBUTES,
    choice_place,
    code_map,
    item,
    options,
    order,
    other_label,
    point_scale,
    whole_number,
)
from assessor.formats.limesurvey_places import Place
from assessor.formats.limesurvey_reading import Fields, Made, Reading
from assessor.formats.limesurvey_structure import Answer, Question, Sub, Texts
from assessor.formats.limesurvey_words import words


def single(r: Reading, q: Question) -> Made:
    """L: one of several."""
    return _one_of(r, q, "single_choice")


def dropdown(r: Reading, q: Question) -> Made:
    """!: one of several, in a list to open."""
    return _one_of(r, q, "dropdown")


def _one_of(r: Reading, q: Question, kind: str) -> Made:
    parts = q.options()
    if not parts:
        return _without_answers(r, q)
    fields = item(r, q, kind)
    made = options(r, q, parts)
    fields |= {"options": made, "order": order(r, q)}
    place = choice_place(fields["key"], code_map(parts, made))
    places = {"": place}
    if label := other_label(r, q):
        fields["other"] = label
        places["other"] = Place("value", f"{fields['key']}.{OTHER}")
    _category_separator(r, q)
    return Made(
        [fields],
        places,
        options=((0, "options"),),
        used=ORDER_ATTRIBUTES | OTHER_ATTRIBUTES | {"category_separator"},
        rows={part.code: one for part, one in zip(parts, made, strict=True)},
    )


def _category_separator(r: Reading, q: Question) -> None:
    if separator := q.attribute("category_separator"):
        r.tell(
            "changed",
            q,
            "categories",
            "The answers are not grouped; their category stays part of their words.",
            original=separator,
        )


def _without_answers(r: Reading, q: Question) -> Made:
    """A choice with nothing to choose: its line for own words, or its text alone."""
    key = r.keys.key(q.code, "question")
    if q.other:
        r.tell("changed", q, "question type", "It has no answers but “other”: it asks for a text.")
        fields = item(r, q, "short_text")
        return Made([fields], {"": Place("value", key), "other": Place("value", key)})
    r.tell("changed", q, "question type", "It has no answers to choose: only its text is shown.")
    return Made([text_only(r, q)], {"": Place("value", key)})


def text_only(r: Reading, q: Question) -> Fields:
    """A text block, which asks nothing and so is never required."""
    fields = item(r, q, "text_block", rich=True)
    fields.pop("required", None)
    return fields


def single_with_comment(r: Reading, q: Question) -> Made:
    """O: one of several, and a text to explain it."""
    made = _one_of(r, q, "single_choice")
    comment = _comment(r, q, "comment", q.texts)
    made.items.append({**comment, "kind": "long_text"})
    made.places["comment"] = Place("value", comment["key"], comment=True)
    r.tell("changed", q, "comment", f"Its comment is an item of its own, `{comment['key']}`.")
    return made


def _comment(r: Reading, q: Question, suffix: str, texts: Texts) -> Fields:
    """The item for a comment; it is called after what it comments on."""
    name = f"{q.code}_{suffix}"
    known = name in r.keys.known
    key = r.keys.fresh(name, "comment") if known else r.keys.key(name, "comment")
    label = words("Comment", r.survey.languages)
    labelled = {
        language: f"{label.get(language, 'Comment')}: {text}" for language, text in texts.items()
    }
    return {
        "key": key,
        "kind": "short_text",
        "text": r.say(f"{key}.text", labelled or label, q, fallback="Comment"),
    }


def multiple(r: Reading, q: Question) -> Made:
    """M: several of several."""
    parts = q.rows()
    if not parts:
        return _without_answers(r, q)
    fields = item(r, q, "multiple_choice")
    key = fields["key"]
    made = options(r, q, parts)
    fields |= {"options": made, "order": order(r, q)}
    places = {
        part.code: Place("chosen", key, code=one["code"], sub=part.code, label=one["label"])
        for part, one in zip(parts, made, strict=True)
    }
    if label := other_label(r, q):
        fields["other"] = label
        places["other"] = Place("value", f"{key}.{OTHER}", sub="other")
    exclusive = _exclusive(r, q, code_map(parts, made))
    if exclusive:
        fields["exclusive"] = exclusive
    limits = {"min_choices": "min_answers", "max_choices": "max_answers"}
    for name, attribute in limits.items():
        limit = whole_number(q.attribute(attribute))
        if limit is not None and limit >= 1:
            fields[name] = min(limit, len(made))
        elif q.attribute(attribute) not in {"", "0"}:
            original = q.attribute(attribute)
            r.tell("lost", q, attribute, "It is worked out and not a number.", original=original)
    if fields.get("min_choices", 0) > fields.get("max_choices", len(made)):
        r.tell("lost", q, "min_answers", "It asks for more choices than it allows.")
        fields.pop("min_choices")
    return Made(
        [fields],
        places,
        subs=((0, "options"),),
        used=ORDER_ATTRIBUTES
        | OTHER_ATTRIBUTES
        | {"exclude_all_others", "min_answers", "max_answers"},
        rows={part.code: one for part, one in zip(parts, made, strict=True)},
    )


def _exclusive(r: Reading, q: Question, mapping: dict[str, str]) -> list[str]:
    """The codes of the options that stand alone."""
    found: list[str] = []
    for name in q.attribute("exclude_all_others").replace(",", ";").split(";"):
        code = mapping.get(name.strip()) or (OTHER if name.strip() == "other" and q.other else "")
        if code and code != OTHER:
            found.append(code)
        elif name.strip():
            message = f"“{name.strip()}” cannot stand alone."
            r.tell("lost", q, "exclusive option", message, original=name)
    return list(dict.fromkeys(found))


def multiple_with_comments(r: Reading, q: Question) -> Made:
    """P: several of several, each with a text; asked as follow-ups of what was chosen."""
    made = multiple(r, q)
    if not q.rows():
        return made
    key = made.items[0]["key"]
    parts: list[tuple[str, str, Texts]] = [
        (part.code, str(made.rows[part.code]["code"]), part.texts) for part in q.rows()
    ]
    if q.other:
        parts.append(("other", OTHER, words("Other", r.survey.languages)))
    for name, code, texts in parts:
        comment = _comment(r, q, f"{name}comment", texts)
        comment["relevant"] = f"selected(${{{key}}}, '{code}')"
        made.items.append(comment)
        made.places[f"{name}comment"] = Place("value", comment["key"], sub=name, comment=True)
    r.tell(
        "changed",
        q,
        "comment",
        "The comments are items of their own, which follow for what was chosen.",
    )
    return made


def ranking(r: Reading, q: Question) -> Made:
    """R: answers in the order of preference."""
    parts: Sequence[Answer | Sub] = q.options() or q.rows()
    of_answers = bool(q.options())
    if len(parts) < 2:
        made = _one_of(r, q, "single_choice")
        if parts:
            message = "It has one answer only, which cannot be ranked: it is a choice."
            r.tell("changed", q, "question type", message)
        return made
    if len(parts) > 100:
        r.tell("lost", q, "answers", "At most 100 answers can be ranked; the rest are left out.")
        parts = parts[:100]
    fields = item(r, q, "ranking")
    made_options = options(r, q, parts)
    fields |= {"options": made_options, "order": order(r, q)}
    limits = [whole_number(q.attribute(name)) for name in ("max_answers", "max_subquestions")]
    places_asked = [limit for limit in limits if limit is not None and 1 <= limit < len(parts)]
    if places_asked:
        fields["places"] = min(places_asked)
    least = whole_number(q.attribute("min_answers"))
    if least and least != fields.get("places"):
        message = f"At least {least} should be ranked; here a rank may be left empty."
        r.tell("lost", q, "min_answers", message)
    mapping = code_map(parts, made_options)
    kept = tuple((old, new) for old, new in mapping.items() if old != new)
    places = {
        str(rank): Place(
            "rank", fields["key"], code=str(rank), codes=kept, labelled=True, sub=str(rank)
        )
        for rank in range(1, len(parts) + 1)
    }
    return Made(
        [fields],
        places,
        options=((0, "options"),) if of_answers else (),
        subs=() if of_answers else ((0, "options"),),
        # Newer versions keep a sub-question for each rank, which the ranking itself stands for.
        standing=len(q.subs) if of_answers else 0,
        used=ORDER_ATTRIBUTES | {"max_answers", "max_subquestions", "min_answers"},
        rows={part.code: one for part, one in zip(parts, made_options, strict=True)},
    )


def yes_no(r: Reading, q: Question) -> Made:
    """Y: stored as "yes" and "no" here."""
    fields = item(r, q, "yes_no")
    key = fields["key"]
    for name, english in (("yes_label", "Yes"), ("no_label", "No")):
        fields[name] = r.say(f"{key}.{name}", words(english, r.survey.languages), q, longest=200)
    place = Place("value", key, codes=(("Y", "yes"), ("N", "no")), labelled=True)
    return Made([fields], {"": place})


def gender(r: Reading, q: Question) -> Made:
    """G: LimeSurvey knows two answers."""
    fields = item(r, q, "single_choice")
    key = fields["key"]
    fields["options"] = [
        {
            "code": code,
            "label": r.say(f"{key}.option.{code}", words(english, r.survey.languages), q),
        }
        for code, english in (("F", "Female"), ("M", "Male"))
    ]
    return Made([fields], {"": choice_place(key, {})})


def five_points(r: Reading, q: Question) -> Made:
    """5: one scale from 1 to 5."""
    fields = item(r, q, "rating")
    fields["scale"] = point_scale(r, 5)
    return Made([fields], {"": Place("value", fields["key"])})
