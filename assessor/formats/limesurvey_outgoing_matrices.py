"""Our ratings, matrices and grids as LimeSurvey's questions and arrays."""

import re
from collections.abc import Sequence

from assessor.domain.instrument import (
    ChoiceMatrix,
    EntryGrid,
    ItemBase,
    Pair,
    Rating,
    RatingMatrix,
    Row,
    SemanticDifferential,
)
from assessor.formats.limesurvey_outgoing import (
    LIMITS,
    LONGEST_ANSWER_CODE,
    LONGEST_CODE,
    Asked,
    AskedPart,
    Writing,
    answer_place,
    begun,
    bounds,
    code_pairs,
    keep_order,
    option_codes,
    option_parts,
    unique,
)
from assessor.formats.limesurvey_places import Place
from assessor.formats.limesurvey_structure import Texts


def point_parts(w: Writing, scale: str, na: str, number: int = 0) -> list[AskedPart]:
    """The points of a scale as answers; their codes are their values."""
    found = w.instrument.scale(scale)
    parts = [
        AskedPart(_point_code(point.value), _labelled(w, scale, point.value), number)
        for point in (found.points if found else ())
    ]
    if na:
        parts.append(AskedPart("NA", w.words(na), number))
    return parts


def _point_code(value: int) -> str:
    return str(value) if value >= 0 else f"m{-value}"


def _labelled(w: Writing, scale: str, value: int) -> Texts:
    words = w.words(f"scale.{scale}.{value}")
    return {language: text or str(value) for language, text in words.items()}


def row_parts(
    w: Writing, asked: Asked, rows: Sequence[Row | Pair], relevant: bool = True
) -> list[AskedPart]:
    taken: set[str] = set()
    found = []
    for row in rows:
        name = row.key.removeprefix(f"{asked.item.key}_")
        code = unique(name, taken, LONGEST_CODE, "SQ")
        words = w.words(f"{row.key}.text")
        if isinstance(row, Pair):
            left, right = w.words(f"{row.key}.left"), w.words(f"{row.key}.right")
            words = {language: f"{left[language]}|{right[language]}" for language in left}
        found.append(AskedPart(code, words, relevant=row.relevant if relevant else ""))
        if getattr(row, "reversed", False):
            message = f"That `{row.key}` is worded the other way round is not said there."
            asked.lost.append(("scoring", message))
    return found


def negative(parts: Sequence[AskedPart]) -> dict[str, str]:
    return {p.code: f"-{p.code[1:]}" for p in parts if re.fullmatch(r"m\d+", p.code)}


_OWN_SCALES = {5: "A", 10: "B"}


def _unlabelled(w: Writing, key: str | None) -> str:
    """The array type that has this scale of its own: 1 to 5 or 1 to 10, without words."""
    scale = w.instrument.scale(key) if key else None
    if scale is None or any(point.label for point in scale.points) or scale.worst != 1:
        return ""
    kind = _OWN_SCALES.get(len(scale.points), "")
    return kind if scale.values == tuple(range(1, len(scale.points) + 1)) else ""


def rated(w: Writing, item: ItemBase) -> Asked:
    assert isinstance(item, Rating | RatingMatrix)
    na = f"{item.key}.na" if item.na else ""
    rows = item.rows if isinstance(item, RatingMatrix) else ()
    plain = "" if na else _unlabelled(w, item.scale)
    if plain == "A" and not rows:
        asked = begun(w, item, "5")
        answer_place(asked, item.key)
        return asked
    if item.scale and not rows:
        asked = begun(w, item, "L")
        asked.answers = point_parts(w, item.scale, na)
        answer_place(asked, item.key, "", **negative(asked.answers))
        return asked
    uses = [use.key for use in item.scales]
    asked = begun(w, item, "1" if len(uses) == 2 else plain or "F")
    keep_order(asked, item)
    subs = row_parts(w, asked, rows)
    owners = [row.key for row in rows]
    if not rows:
        subs, owners = [AskedPart("SQ1", w.words(f"{item.key}.text"))], [item.key]
    if item.scale:
        asked.subs, asked.answers = subs, [] if plain else point_parts(w, item.scale, na)
        for part, owner in zip(subs, owners, strict=True):
            answer_place(asked, owner, part.code, **negative(asked.answers))
    elif len(uses) == 2:
        asked.subs = subs
        for number, use in enumerate(item.scales):
            answers = point_parts(w, use.scale, na, number)
            asked.answers += answers
            header = "dualscale_headerA" if number == 0 else "dualscale_headerB"
            asked.attributes[header] = w.words(f"{item.key}.scale.{use.key}")
            for part, owner in zip(subs, owners, strict=True):
                answer_place(
                    asked, f"{owner}.{use.key}", f"{part.code}_{number}", **negative(answers)
                )
    else:
        _row_for_each_use(w, asked, item, subs, owners, na)
    return asked


def _row_for_each_use(
    w: Writing,
    asked: Asked,
    item: Rating | RatingMatrix,
    subs: list[AskedPart],
    owners: list[str],
    na: str,
) -> None:
    """Three scales, or one with a name: a row for every use, beside all points there are."""
    message = "LimeSurvey has no array of three scales: each row is asked once for each of them."
    asked.lost.append(("kind", message))
    points: dict[str, AskedPart] = {}
    for use in item.scales:
        for part in point_parts(w, use.scale, na):
            points.setdefault(part.code, part)
    asked.answers = list(points.values())
    for part, owner in zip(subs, owners, strict=True):
        for number, use in enumerate(item.scales):
            label = w.words(f"{item.key}.scale.{use.key}")
            words = {lang: f"{text} – {label[lang]}" for lang, text in part.texts.items()}
            code = f"{part.code[: LONGEST_CODE - 2]}u{number}"
            asked.subs.append(AskedPart(code, words, relevant=part.relevant))
            answer_place(asked, f"{owner}.{use.key}", code, **negative(asked.answers))


def choice_matrix(w: Writing, item: ItemBase) -> Asked:
    assert isinstance(item, ChoiceMatrix)
    asked = begun(w, item, ":" if item.multiple else "F")
    asked.subs = row_parts(w, asked, item.rows)
    longest = LONGEST_CODE if item.multiple else LONGEST_ANSWER_CODE
    answers = option_parts(w, asked, item, option_codes(item), longest)
    keep_order(asked, item)
    rows = list(zip(asked.subs, item.rows, strict=True))
    if not item.multiple:
        asked.answers = answers
        pairs = tuple(code_pairs(answers, option_codes(item)).items())
        for part, row in rows:
            asked.places[part.code] = Place("value", row.key, codes=pairs, labelled=True)
        return asked
    asked.set("multiflexible_checkbox", 1)
    for part, row in rows:
        for answer, code in zip(answers, option_codes(item), strict=True):
            name = f"{part.code}_{answer.code}"
            asked.places[name] = Place("chosen", row.key, code=code, sub=name, tick="1")
    asked.subs += [AskedPart(one.code, one.texts, 1, one.relevant) for one in answers]
    return asked


def entry_grid(w: Writing, item: ItemBase) -> Asked:
    assert isinstance(item, EntryGrid)
    numbers = item.entry == "number"
    kind = (":" if numbers else ";") if item.columns else ("K" if numbers else "Q")
    asked = begun(w, item, kind)
    asked.subs = row_parts(w, asked, item.rows)
    keep_order(asked, item)
    rows = list(zip(asked.subs, item.rows, strict=True))
    across = option_parts(w, asked, item, [one.code for one in item.columns], LONGEST_CODE)
    for part, row in rows:
        if not across:
            answer_place(asked, row.key, part.code)
        for one, column in zip(across, item.columns, strict=True):
            answer_place(asked, f"{row.key}.{column.code}", f"{part.code}_{one.code}")
    asked.subs += [AskedPart(one.code, one.texts, 1) for one in across]
    names = ("multiflexible_min", "multiflexible_max") if across else LIMITS
    if numbers:
        bounds(asked, names, item.minimum, item.maximum)
        if item.whole:
            asked.set("num_value_int_only", 1)
    else:
        asked.set("maximum_chars", item.max_length)
    return asked


def differential(w: Writing, item: ItemBase) -> Asked:
    assert isinstance(item, SemanticDifferential)
    asked = begun(w, item, "F")
    asked.subs = row_parts(w, asked, item.rows)
    languages = w.instrument.languages
    asked.answers = [
        AskedPart(str(point), dict.fromkeys(languages, str(point)))
        for point in range(1, item.points + 1)
    ]
    if item.na:
        asked.answers.append(AskedPart("NA", w.words(f"{item.key}.na")))
    for part, row in zip(asked.subs, item.rows, strict=True):
        answer_place(asked, row.key, part.code)
    keep_order(asked, item)
    asked.lost.append(("kind", "Opposite words are an array with a word on either side."))
    return asked
