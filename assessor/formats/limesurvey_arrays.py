"""LimeSurvey's arrays, questions with rows, as matrices."""

from collections.abc import Sequence

from assessor.domain.instrument import NOT_APPLICABLE
from assessor.formats.limesurvey_choices import text_only
from assessor.formats.limesurvey_entries import grid
from assessor.formats.limesurvey_parts import (
    ORDER_ATTRIBUTES,
    code_map,
    item,
    options,
    order,
    point_scale,
    point_values,
    rows,
    scale,
    without_na,
)
from assessor.formats.limesurvey_places import Place
from assessor.formats.limesurvey_reading import Fields, Made, Reading
from assessor.formats.limesurvey_structure import Answer, Question, Sub
from assessor.formats.limesurvey_words import words

MOST_ROWS = 200
MOST_OPTIONS = 60


def by_code(parts: Sequence[Sub], made: Sequence[Fields]) -> dict[str, Fields]:
    return {part.code: one for part, one in zip(parts, made, strict=True)}


def _row_places(
    parts: Sequence[Sub], made: Sequence[Fields], mapping: dict[str, str] | None = None
) -> dict[str, Place]:
    """A place for each row; `mapping` are the codes of its answers where they are words."""
    changed = tuple((old, new) for old, new in (mapping or {}).items() if old != new)
    return {
        part.code: Place(
            "value", one["key"], codes=changed, labelled=mapping is not None, sub=part.code
        )
        for part, one in zip(parts, made, strict=True)
    }


def _rated(r: Reading, q: Question, points: int) -> Made:
    if not q.rows():
        return _without_rows(r, q)
    fields = item(r, q, "rating_matrix")
    made = rows(r, q, q.rows())
    fields |= {"rows": made, "scale": point_scale(r, points), "order": order(r, q)}
    return Made(
        [fields],
        _row_places(q.rows(), made),
        subs=((0, "rows"),),
        used=ORDER_ATTRIBUTES,
        rows=by_code(q.rows(), made),
    )


def five_point_array(r: Reading, q: Question) -> Made:
    """A: rows on a scale from 1 to 5."""
    return _rated(r, q, 5)


def ten_point_array(r: Reading, q: Question) -> Made:
    """B: rows on a scale from 1 to 10."""
    return _rated(r, q, 10)


def _of_words(r: Reading, q: Question, answers: dict[str, str]) -> Made:
    """Rows with answers that LimeSurvey itself brings along."""
    if not q.rows():
        return _without_rows(r, q)
    fields = item(r, q, "choice_matrix")
    key = fields["key"]
    made = rows(r, q, q.rows())
    fields |= {
        "rows": made,
        "order": order(r, q),
        "options": [
            {
                "code": code,
                "label": r.say(f"{key}.option.{code}", words(english, r.survey.languages), q),
            }
            for code, english in answers.items()
        ],
    }
    return Made(
        [fields],
        _row_places(q.rows(), made, {}),
        subs=((0, "rows"),),
        used=ORDER_ATTRIBUTES,
        rows=by_code(q.rows(), made),
    )


def yes_no_uncertain(r: Reading, q: Question) -> Made:
    """C: yes, no or uncertain for every row."""
    return _of_words(r, q, {"Y": "Yes", "N": "No", "U": "Uncertain"})


def more_same_less(r: Reading, q: Question) -> Made:
    """E: increase, same or decrease for every row."""
    return _of_words(r, q, {"I": "Increase", "S": "Same", "D": "Decrease"})


def array(r: Reading, q: Question) -> Made:
    """F: rows with the same answers; a rating where the answers are numbers in order."""
    if not q.rows():
        return _without_rows(r, q)
    if not q.options():
        r.tell("changed", q, "question type", "It has no answers to choose: texts are typed.")
        return grid(r, q, "text")
    answers, apart = without_na(q.options())
    values = point_values(answers)
    if values is not None:
        return _rating(r, q, answers, values, apart)
    made = rows(r, q, q.rows())
    used = ORDER_ATTRIBUTES
    fields, mapping = _matrix(r, q, q.options())
    fields |= {"rows": made, "order": order(r, q)}
    return Made(
        [fields],
        _row_places(q.rows(), made, mapping),
        subs=((0, "rows"),),
        options=((0, "options"),),
        used=used,
        rows=by_code(q.rows(), made),
    )


def _rating(
    r: Reading, q: Question, answers: list[Answer], values: list[int], apart: Answer | None
) -> Made:
    """Rows on a scale of its own; `apart` is the answer that says "not applicable"."""
    fields = item(r, q, "rating_matrix")
    key = fields["key"]
    made = rows(r, q, q.rows())
    fields |= {"rows": made, "order": order(r, q), "scale": scale(r, q, answers, values)}
    mapping = {one.code: str(value) for one, value in zip(answers, values, strict=True)}
    if apart is not None:
        fields["na"] = r.say(f"{key}.na", apart.texts, q, longest=200, fallback="Not applicable")
        mapping[apart.code] = NOT_APPLICABLE
        message = f"Its answer “{apart.code}” is no point of the scale but “not applicable”."
        r.tell("changed", q, "scale", message, original=fields["na"])
    return Made(
        [fields],
        _row_places(q.rows(), made, mapping),
        subs=((0, "rows"),),
        options=((0, "points"), (0, "na")),
        used=ORDER_ATTRIBUTES,
        rows=by_code(q.rows(), made),
    )


def _matrix(r: Reading, q: Question, answers: list[Answer]) -> tuple[Fields, dict[str, str]]:
    """A choice matrix still without its rows, and what its codes became."""
    if len(answers) > MOST_OPTIONS:
        message = f"At most {MOST_OPTIONS} answers fit beside rows; the rest are left out."
        r.tell("lost", q, "answers", message)
        answers = answers[:MOST_OPTIONS]
    fields = item(r, q, "choice_matrix")
    made = options(r, q, answers)
    fields["options"] = made
    return fields, code_map(answers, made)


def array_by_column(r: Reading, q: Question) -> Made:
    """H: an array that LimeSurvey draws the other way round."""
    r.tell(
        "changed",
        q,
        "layout",
        "LimeSurvey draws its sub-questions as columns; here they are rows.",
    )
    return array(r, q)


def dual_array(r: Reading, q: Question) -> Made:
    """1: rows with two sets of answers."""
    if not q.rows():
        return _without_rows(r, q)
    if not q.options(0) or not q.options(1):
        r.tell("changed", q, "question type", "Only one of its two scales has answers.")
        only = 0 if q.options(0) else 1
        for answer in q.answers:
            answer.scale = 0
        made = array(r, q)
        made.places |= {f"{sub.code}_{only}": made.places[sub.code] for sub in q.rows()}
        return made
    first, second = point_values(q.options(0)), point_values(q.options(1))
    if first is not None and second is not None:
        return _two_ratings(r, q, first, second)
    return _two_matrices(r, q)


_HEADERS = ("dualscale_headerA", "dualscale_headerB")


def _header(r: Reading, q: Question, number: int, address: str) -> str:
    texts = q.attributes.get(_HEADERS[number], {})
    own = {language or r.survey.language: text for language, text in texts.items() if text.strip()}
    return r.say(address, own, q, fallback=f"{'First' if number == 0 else 'Second'} scale")


def _two_ratings(r: Reading, q: Question, first: list[int], second: list[int]) -> Made:
    fields = item(r, q, "rating_matrix")
    key = fields["key"]
    made = rows(r, q, q.rows())
    fields |= {"rows": made, "order": order(r, q), "scales": []}
    places: dict[str, Place] = {}
    for number, values in enumerate((first, second)):
        use = "first" if number == 0 else "second"
        fields["scales"].append(
            {
                "key": use,
                "label": _header(r, q, number, f"{key}.scale.{use}"),
                "scale": scale(r, q, q.options(number), values),
            }
        )
        pairs = zip(q.options(number), values, strict=True)
        kept = tuple((a.code, str(value)) for a, value in pairs if a.code != str(value))
        for sub, row in zip(q.rows(), made, strict=True):
            places[f"{sub.code}_{number}"] = Place(
                "value", f"{row['key']}.{use}", codes=kept, sub=sub.code
            )
    return Made(
        [fields],
        places,
        subs=((0, "rows"),),
        options=((0, "points"),),
        used=ORDER_ATTRIBUTES | set(_HEADERS),
        rows=by_code(q.rows(), made),
    )


def _two_matrices(r: Reading, q: Question) -> Made:
    """Two choice matrices with the same rows; the second's keys end in `_1`, as in LimeSurvey."""
    items: list[Fields] = []
    places: dict[str, Place] = {}
    base = r.keys.key(q.code, "question")
    first_rows: list[Fields] = []
    for number in (0, 1):
        code = q.code if number == 0 else f"{q.code}_1"
        made = rows(r, q, q.rows(), "" if number == 0 else "_1")
        twin = Question(**{**vars(q), "code": code})
        fields, mapping = _matrix(r, twin, q.options(number))
        header = _header(r, q, number, f"{fields['key']}.header")
        _drop(r, f"{fields['key']}.header")
        fields |= {"rows": made, "order": order(r, q)}
        fields["hint"] = f"{header}. {fields['hint']}".strip() if header else fields["hint"]
        items.append(fields)
        for suffix, place in _row_places(q.rows(), made, mapping).items():
            places[f"{suffix}_{number}"] = place
        first_rows = first_rows or made
    r.tell(
        "changed",
        q,
        "question type",
        f"Its two sets of answers became two items, `{base}` and `{items[1]['key']}`.",
    )
    rows_by_code = by_code(q.rows(), first_rows)
    return Made(
        items,
        places,
        subs=((0, "rows"),),
        options=((0, "options"), (1, "options")),
        used=ORDER_ATTRIBUTES | set(_HEADERS),
        rows=rows_by_code,
    )


def _drop(r: Reading, address: str) -> None:
    """Takes back the translations of a text that became part of another one."""
    for said in r.translations.values():
        said.pop(address, None)


def numbers_array(r: Reading, q: Question) -> Made:
    """`:`: a number in every cell, or a box to tick."""
    across = q.rows(1)
    if not q.is_on("multiflexible_checkbox") or not across or not q.rows(0):
        return grid(r, q, "number")
    if len(across) > MOST_OPTIONS:
        message = f"At most {MOST_OPTIONS} columns fit beside rows; the rest are left out."
        r.tell("lost", q, "columns", message)
        across = across[:MOST_OPTIONS]
    fields = item(r, q, "choice_matrix")
    made = rows(r, q, q.rows(0))
    columns = options(r, q, across)
    fields |= {"rows": made, "options": columns, "multiple": True, "order": order(r, q)}
    places = {
        f"{sub.code}_{column.code}": Place(
            "chosen", row["key"], code=one["code"], sub=f"{sub.code}_{column.code}", tick="1"
        )
        for sub, row in zip(q.rows(0), made, strict=True)
        for column, one in zip(across, columns, strict=True)
    }
    return Made(
        [fields],
        places,
        subs=((0, "rows"), (0, "options")),
        used=ORDER_ATTRIBUTES | {"multiflexible_checkbox"},
        rows=by_code(q.rows(0), made),
        columns=by_code(across, columns),
    )


def texts_array(r: Reading, q: Question) -> Made:
    """`;`: a text in every cell."""
    return grid(r, q, "number" if q.is_on("numbers_only") else "text")


def _without_rows(r: Reading, q: Question) -> Made:
    """An array without rows: what can be chosen, or its text alone."""
    key = r.keys.key(q.code, "question")
    sets = [q.options(number) for number in (0, 1) if q.options(number)]
    if sets:
        r.tell("changed", q, "question type", "It has no rows: it is a choice for each scale.")
        items = []
        for number, answers in enumerate(sets):
            twin = Question(**{**vars(q), "code": q.code if not number else f"{q.code}_1"})
            fields = item(r, twin, "single_choice")
            fields["options"] = options(r, twin, answers)
            items.append(fields)
        counted = tuple((number, "options") for number in range(len(items)))
        return Made(items, {"": Place("value", key)}, options=counted)
    r.tell("changed", q, "question type", "It has no rows: only its text is shown.")
    return Made([text_only(r, q)], {"": Place("value", key)})


def unknown(r: Reading, q: Question) -> Made:
    """A type of a plugin or of a version to come: kept by what it consists of."""
    r.tell(
        "changed",
        q,
        "question type",
        f"The type “{q.type}” is not known; it was kept by what it consists of.",
        original=q.type,
    )
    if q.rows() and q.options():
        return array(r, q)
    if q.subs:
        return grid(r, q, "text")
    if q.options():
        return _without_rows(r, q)
    fields = item(r, q, "short_text")
    return Made([fields], {"": Place("value", fields["key"])})
