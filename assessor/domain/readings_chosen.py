"""How the kinds that are chosen from read an answer: options, points, places, parts of a total."""

from itertools import pairwise

from assessor.domain.instrument import (
    OTHER,
    ChoiceMatrix,
    Column,
    Consent,
    ConstantSum,
    Hidden,
    Instrument,
    ItemBase,
    MultipleChoice,
    Ranking,
    SemanticDifferential,
    WithOptions,
)
from assessor.domain.problems import say, say_number
from assessor.domain.readings import (
    OTHER_LENGTH,
    Answer,
    Refusal,
    all_options,
    codes_of,
    is_own_words,
    limited,
    number_within,
    single_of,
    text_of,
    whole_number,
)


def read_single(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    if is_own_words(item, column):
        return limited(raw, OTHER_LENGTH)
    raw = single_of(raw)
    if isinstance(raw, list | tuple):
        return Refusal("answer.one-only", say("Choose one answer, not several."))
    code = text_of(raw)
    if code not in codes_of(item):
        return Refusal("answer.not-an-option", say("Choose one of the answers listed."))
    return code


def read_yes_no(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    raw = single_of(raw)
    said = text_of(raw).lower() if not isinstance(raw, bool) else ("yes" if raw else "no")
    if said not in {"yes", "no"}:
        return Refusal("answer.not-an-option", say("Choose yes or no."))
    return said


def read_consent(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert isinstance(item, Consent)
    if text_of(single_of(raw)).lower() not in {"yes", "true", "1"}:
        return Refusal(
            "answer.not-an-option", say("Tick “{label}”, or leave it.", label=item.label)
        )
    return "yes"


def read_multiple(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert isinstance(item, MultipleChoice | ChoiceMatrix)
    if is_own_words(item, column):
        return limited(raw, OTHER_LENGTH)
    given = raw if isinstance(raw, list | tuple) else text_of(raw).split(";")
    codes = {text_of(code) for code in given} - {""}
    known = codes_of(item)
    if not codes:
        return None
    if not codes <= set(known):
        return Refusal("answer.not-an-option", say("Choose only answers that are listed."))
    if isinstance(item, MultipleChoice):
        alone = codes & set(item.exclusive)
        if len(codes) > 1 and alone:
            label = next(o.label for o in all_options(item) if o.code in alone)
            return Refusal(
                "answer.exclusive",
                say("“{label}” cannot be combined with other answers. Untick one.", label=label),
            )
        if item.max_choices is not None and len(codes) > item.max_choices:
            return Refusal(
                "answer.too-many",
                say_number(
                    "Choose at most {number} answer.",
                    "Choose at most {number} answers.",
                    item.max_choices,
                ),
            )
        if item.min_choices is not None and len(codes) < item.min_choices and not alone:
            return Refusal(
                "answer.too-few",
                say_number(
                    "Choose at least {number} answer.",
                    "Choose at least {number} answers.",
                    item.min_choices,
                ),
            )
    return [code for code in known if code in codes]


def read_in_matrix(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert isinstance(item, ChoiceMatrix)
    read = read_multiple if item.multiple else read_single
    return read(item, column, instrument, raw)


def read_rated(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert column.scale is not None
    scale = instrument.scale(column.scale)
    assert scale is not None, "a checked instrument defines the scales it names"
    value = whole_number(raw)
    if value is None or value not in scale.values:
        return Refusal(
            "answer.not-on-scale",
            say(
                "Choose a point from {low} to {high}.",
                low=min(scale.values),
                high=max(scale.values),
            ),
        )
    return value


def read_pair(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert isinstance(item, SemanticDifferential)
    value = whole_number(raw)
    if value is None or not 1 <= value <= item.points:
        return Refusal(
            "answer.not-on-scale",
            say("Choose a point from {low} to {high}.", low=1, high=item.points),
        )
    return value


def read_likelihood(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    value = whole_number(raw)
    if value is None or not 0 <= value <= 10:
        return Refusal("answer.not-on-scale", say("Choose a number from 0 to 10."))
    return value


def read_rank(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert isinstance(item, Ranking)
    most = item.places or len(item.options)
    value = whole_number(raw)
    if value is None or not 1 <= value <= most:
        return Refusal("answer.not-a-rank", say("Choose a place from 1 to {most}.", most=most))
    return value


def read_part(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert isinstance(item, ConstantSum)
    return number_within(raw, 0, item.total, whole=True)


def read_hidden(
    item: ItemBase, column: Column, instrument: Instrument, raw: object
) -> Answer | Refusal:
    assert isinstance(item, Hidden)
    value = text_of(raw)
    if value != item.default and value not in item.values:
        return Refusal(
            "answer.not-an-option", say("The link carries a value that is not known here.")
        )
    return value


# --- the answers of an item that has several columns, together


def whole_ranking(item: ItemBase, answers: dict[str, Answer]) -> Refusal | None:
    """No place twice, and none left out before the last."""
    assert isinstance(item, Ranking)
    ranks = sorted(rank for rank in answers.values() if isinstance(rank, int))
    twice = next((a for a, b in pairwise(ranks) if a == b), None)
    if twice is not None:
        return Refusal(
            "answer.rank-twice", say("Give place {place} to one answer only.", place=twice)
        )
    if ranks != list(range(1, len(ranks) + 1)):
        missing = next(n for n in range(1, len(ranks) + 1) if n not in ranks)
        return Refusal(
            "answer.rank-left-out",
            say("No answer has place {place}. Give it to one.", place=missing),
        )
    return None


def whole_sum(item: ItemBase, answers: dict[str, Answer]) -> Refusal | None:
    """The parts add up; parts left empty beside others are 0, and are stored so."""
    assert isinstance(item, ConstantSum)
    given = [value for value in answers.values() if isinstance(value, int | float)]
    if not given:
        return None
    total = sum(given)
    if total != item.total:
        sums: dict[str, object] = {"sum": total, "total": item.total}
        message = say("These add up to {sum:,}; make them {total:,}.", **sums)
        if item.unit:
            unit = item.unit
            message = say(
                "These add up to {sum:,} {unit}; make them {total:,} {unit}.", **sums, unit=unit
            )
        return Refusal("answer.sum", message)
    for name, value in answers.items():
        answers[name] = 0 if value is None else value
    return None


def whole_other(item: ItemBase, answers: dict[str, Answer]) -> Refusal | None:
    """The words of "other" count only where it was chosen."""
    assert isinstance(item, WithOptions)
    if item.other:
        chosen = answers.get(item.key)
        if chosen != OTHER and not (isinstance(chosen, list) and OTHER in chosen):
            answers[f"{item.key}.{OTHER}"] = None
    return None
