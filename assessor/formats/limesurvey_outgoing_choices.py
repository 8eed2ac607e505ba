"""Our choices, rankings and totals as LimeSurvey's questions."""

from assessor.domain.instrument import (
    OTHER,
    Consent,
    ConstantSum,
    Dropdown,
    ItemBase,
    MultipleChoice,
    Ranking,
    WithOptions,
    YesNo,
)
from assessor.formats.limesurvey_outgoing import (
    LONGEST_ANSWER_CODE,
    LONGEST_CODE,
    Asked,
    AskedPart,
    Writing,
    answer_place,
    begun,
    code_pairs,
    keep_order,
    keep_other,
    lose_filter,
    option_codes,
    option_parts,
)
from assessor.formats.limesurvey_places import Place


def one_of(w: Writing, item: ItemBase) -> Asked:
    assert isinstance(item, WithOptions)
    asked = begun(w, item, "!" if isinstance(item, Dropdown) else "L")
    asked.answers = option_parts(w, asked, item, option_codes(item), LONGEST_ANSWER_CODE)
    pairs = {**code_pairs(asked.answers, option_codes(item)), "-oth-": OTHER}
    asked.places[""] = Place("value", item.key, codes=tuple(pairs.items()), labelled=True)
    keep_other(w, asked, item)
    keep_order(asked, item)
    lose_filter(asked, item)
    return asked


def several(w: Writing, item: ItemBase) -> Asked:
    assert isinstance(item, MultipleChoice)
    asked = begun(w, item, "M")
    asked.subs = option_parts(w, asked, item, option_codes(item), LONGEST_CODE)
    for part, code in zip(asked.subs, option_codes(item), strict=True):
        asked.places[part.code] = Place("chosen", item.key, code=code, sub=part.code)
    keep_other(w, asked, item)
    keep_order(asked, item)
    lose_filter(asked, item)
    alone = [
        p.code for p, c in zip(asked.subs, option_codes(item), strict=True) if c in item.exclusive
    ]
    if alone:
        asked.set("exclude_all_others", ";".join(alone))
    for name, limit in (("min_answers", item.min_choices), ("max_answers", item.max_choices)):
        if limit is not None:
            asked.set(name, limit)
    return asked


def ranking(w: Writing, item: ItemBase) -> Asked:
    assert isinstance(item, Ranking)
    asked = begun(w, item, "R")
    asked.answers = option_parts(w, asked, item, option_codes(item), LONGEST_ANSWER_CODE)
    pairs = tuple(code_pairs(asked.answers, option_codes(item)).items())
    for rank in range(1, len(asked.answers) + 1):
        asked.places[str(rank)] = Place("rank", item.key, code=str(rank), codes=pairs)
    if item.places is not None:
        asked.set("max_answers", item.places)
    keep_order(asked, item)
    lose_filter(asked, item)
    return asked


def constant_sum(w: Writing, item: ItemBase) -> Asked:
    assert isinstance(item, ConstantSum)
    asked = begun(w, item, "K")
    asked.subs = option_parts(w, asked, item, option_codes(item), LONGEST_CODE)
    for part, code in zip(asked.subs, option_codes(item), strict=True):
        answer_place(asked, f"{item.key}.{code}", part.code)
    asked.set("equals_num_value", item.total)
    asked.set("min_num_value_n", 0)
    keep_order(asked, item)
    return asked


def yes_no(w: Writing, item: ItemBase) -> Asked:
    assert isinstance(item, YesNo)
    if not item.na and (item.yes_label, item.no_label) == ("Yes", "No"):
        asked = begun(w, item, "Y")
        answer_place(asked, item.key, "", Y="yes", N="no")
        return asked
    asked = begun(w, item, "L")
    asked.lost.append(("kind", "Its own words for yes and no make it a list."))
    asked.answers = [
        AskedPart("Y", w.words(f"{item.key}.yes_label")),
        AskedPart("N", w.words(f"{item.key}.no_label")),
    ]
    if item.na:
        asked.answers.append(AskedPart("NA", w.words(f"{item.key}.na")))
    answer_place(asked, item.key, "", Y="yes", N="no")
    return asked


def consent(w: Writing, item: ItemBase) -> Asked:
    assert isinstance(item, Consent)
    asked = begun(w, item, "M")
    asked.subs = [AskedPart("Y", w.words(f"{item.key}.label"))]
    asked.places["Y"] = Place("chosen", item.key, code="yes", sub="Y")
    return asked
