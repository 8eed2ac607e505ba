"""Qualtrics' questions with choices: one, several, in order, or a total spread over them."""

import re
from collections.abc import Sequence

from assessor.domain.instrument import (
    OTHER,
    Consent,
    ConstantSum,
    Dropdown,
    Item,
    Likelihood,
    MultipleChoice,
    Option,
    Ranking,
    SingleChoice,
    TextBlock,
)
from assessor.formats.foreign import codes
from assessor.formats.qualtrics_common import (
    carried,
    follow_ups,
    in_random_order,
    is_required,
    number_grid,
    opening,
)
from assessor.formats.qualtrics_logic import Spoken
from assessor.formats.qualtrics_source import (
    Choice,
    Question,
    entries,
    fields,
    is_on,
    number,
    words,
)
from assessor.formats.qualtrics_texts import (
    Work,
    labels_of,
    options_of,
)

_AGREE = re.compile(
    r"\b(agree|consent|accept|einverstanden|stimme\w* .*zu|acepto|j'accepte)\b", re.IGNORECASE
)


def multiple_choice(work: Work, question: Question) -> list[Item]:
    """Type MC: one or several choices, a list, or 0 to 10."""
    if question.selector == "NPS":
        return _likelihood(work, question)
    spoken = work.spoken[question.id]
    before, text = opening(work, question)
    several = question.selector[:2] in {"MA", "MS"}
    choices = question.choices
    if several and len(choices) == 1 and is_required(question) and _AGREE.search(choices[0].text):
        return [*before, _consent(work, question, text)]
    other = _other(work, question, choices)
    listed = [choice for choice in choices if choice is not other]
    options = options_of(work, question, listed, "Choices", spoken.key)
    for choice, option in zip(listed, options, strict=True):
        _speak_option(spoken, choice.id, option.code, several)
        spoken.labels[choice.id] = option.label
    options += _carried(work, question, several)
    label = ""
    if other is not None:
        label = labels_of(work, question, [other], "Other")[0]
        _speak_option(spoken, other.id, OTHER, several)
        spoken.values[other.id] = spoken.piped[other.id] = f"${{{spoken.key}.{OTHER}}}"
        work.say(f"{spoken.key}.other", question, f"Choices/{other.id}", longest=200)
    spoken.columns = [f"${{{spoken.key}}}"]
    spoken.piped[""] = f"${{{spoken.key}}}"
    if not options:
        work.lost(question, "choices", "The question has no choices, so its text alone is kept.")
        return [*before, TextBlock(kind="text_block", key=spoken.key, text=text)]
    order = "random" if in_random_order(work, question) else "as_written"
    shared = {
        "key": spoken.key,
        "text": text,
        "required": is_required(question),
        "options": tuple(options),
        "order": order,
        "other": label,
    }
    item: Item
    if several:
        spoken.counted = f"count-selected(${{{spoken.key}}})"
        item = MultipleChoice.model_validate(
            {
                "kind": "multiple_choice",
                **shared,
                **_how_many(work, question, listed, options, other),
            }
        )
    elif question.selector in {"DL", "AUTO"}:
        item = Dropdown.model_validate({"kind": "dropdown", **shared})
    else:
        item = SingleChoice.model_validate({"kind": "single_choice", **shared})
    _say_about_choices(work, question)
    return [*before, item, *follow_ups(work, question, listed, options)]


def _consent(work: Work, question: Question, text: str) -> Consent:
    spoken = work.spoken[question.id]
    choice = question.choices[0]
    spoken.chosen[choice.id] = f"${{{spoken.key}}} = 'yes'"
    spoken.columns = [f"${{{spoken.key}}}"]
    work.say(f"{spoken.key}.label", question, f"Choices/{choice.id}", longest=200)
    work.changed(question, "question type", "One box to tick became an item of consent.")
    label = work.text(question, choice.text, longest=200) or "I agree"
    return Consent(kind="consent", key=spoken.key, text=text, label=label, required=True)


def _speak_option(spoken: Spoken, cid: str, code: str, several: bool) -> None:
    name = f"${{{spoken.key}}}"
    spoken.chosen[cid] = f"selected({name}, '{code}')" if several else f"{name} = '{code}'"


def _other(work: Work, question: Question, choices: Sequence[Choice]) -> Choice | None:
    """The last choice with a line to write on, as far as our `other` can be it."""
    last = choices[-1] if choices else None
    if (
        last is None
        or not last.has_entry
        or len(choices) < 2
        or fields(last.raw.get("DisplayLogic"))
    ):
        return None
    if len(work.text(question, last.text)) > 200 or is_on(last.raw.get("ExclusiveAnswer")):
        return None
    if is_on(last.raw.get("TextEntryForceResponse")) or last.raw.get("TextEntryValidation"):
        work.lost(question, "other", "What is written beside “other” is not checked.")
    if last.recode or last.id:
        kept = last.recode or last.id
        work.changed(
            question, "code", f"The choice with a line to write on has the code `other` ({kept})."
        )
    return last


def _carried(work: Work, question: Question, several: bool) -> list[Option]:
    """Choices carried forward from an earlier question: its options, shown as they were chosen."""
    source, pairs = carried(work, question)
    if source is None:
        return []
    spoken = work.spoken[question.id]
    taken = {code.split("'")[1] for code in spoken.chosen.values() if "'" in code}
    found = []
    for choice, relevant in pairs:
        code = f"x{codes([choice.recode or choice.id])[0]}"
        if code in taken:
            continue
        taken.add(code)
        label = labels_of(work, source, [choice], "Choice")[0]
        _speak_option(spoken, f"x{choice.id}", code, several)
        spoken.labels[f"x{choice.id}"] = label
        work.say(f"{spoken.key}.option.{code}", source, f"Choices/{choice.id}")
        found.append(Option(code=code, label=label, relevant=relevant))
    return found


def _how_many(
    work: Work,
    question: Question,
    choices: Sequence[Choice],
    options: Sequence[Option],
    other: Choice | None,
) -> dict[str, object]:
    """What stands alone, and how many may be chosen."""
    alone = [
        option.code
        for choice, option in zip(choices, options, strict=False)
        if is_on(choice.raw.get("ExclusiveAnswer"))
    ]
    least, most = number(question.settings.get("MinChoices")), None
    if words(question.settings.get("Type")) in {"ChoiceRange", "MinChoices", "MaxChoices", "Exact"}:
        most = number(question.settings.get("MaxChoices"))
    else:
        least = None
    offered = len(options) + (other is not None)
    found: dict[str, object] = {"exclusive": tuple(alone)}
    low = int(least) if least is not None and 1 <= least <= offered else None
    high = int(most) if most is not None and 1 <= most <= len(options) else None
    if low and high and low > high:
        work.lost(question, "validation", f"At least {low} and at most {high} choices cannot be.")
        return found
    return {**found, "min_choices": low, "max_choices": high}


def _say_about_choices(work: Work, question: Question) -> None:
    if any(fields(question.raw.get(name)) for name in ("ChoiceGroups",)):
        work.changed(
            question, "choice groups", "Headings among its choices are attributes of the options."
        )
    if fields(question.raw.get("DefaultChoices")):
        work.lost(question, "default choice", "A choice was made beforehand. Nothing is, here.")


def _likelihood(work: Work, question: Question) -> list[Item]:
    spoken = work.spoken[question.id]
    before, text = opening(work, question)
    for place, choice in enumerate(question.choices):
        shown = number(choice.text)
        value = int(shown) if shown is not None and 0 <= shown <= 10 else min(place, 10)
        spoken.chosen[choice.id] = f"${{{spoken.key}}} = {value}"
    name = f"${{{spoken.key}}}"
    spoken.values[""], spoken.piped[""], spoken.columns = name, name, [name]
    labels = [
        work.text(question, words(fields(one).get("Display")), longest=200)
        for one in entries(question.raw.get("ColumnLabels"))
    ]
    ends = {}
    if len(labels) >= 2:
        ends = {"low_label": labels[0], "high_label": labels[-1]}
    return [
        *before,
        Likelihood(
            kind="likelihood", key=spoken.key, text=text, required=is_required(question), **ends
        ),
    ]


def rank_order(work: Work, question: Question) -> list[Item]:
    """Type RO: things in order of preference."""
    spoken = work.spoken[question.id]
    before, text = opening(work, question)
    if not 2 <= len(question.choices) <= 100:
        work.changed(question, "question type", "An order of so many things is typed as numbers.")
        return [*before, number_grid(work, question, text)]
    options = options_of(work, question, question.choices, "Choices", spoken.key)
    for choice, option in zip(question.choices, options, strict=True):
        name = f"${{{spoken.key}.{option.code}}}"
        spoken.values[choice.id], spoken.chosen[choice.id] = name, f"{name} != ''"
        spoken.labels[choice.id] = option.label
        spoken.columns.append(name)
        for place in range(1, len(options) + 1):
            spoken.chosen[f"{choice.id}/{place}"] = f"{name} = {place}"
    spoken.piped[""] = f"${{{spoken.key}}}"
    order = "random" if in_random_order(work, question) else "as_written"
    item = Ranking(
        kind="ranking",
        key=spoken.key,
        text=text,
        required=is_required(question),
        options=tuple(options),
        order=order,
    )
    return [*before, item, *follow_ups(work, question, question.choices, options)]


def constant_sum(work: Work, question: Question) -> list[Item]:
    """Type CS: a total that is spread; without a total, numbers to type."""
    spoken = work.spoken[question.id]
    before, text = opening(work, question)
    total = number(question.settings.get("ChoiceTotal"))
    fits = total is not None and 1 <= total <= 1_000_000 and total == int(total)
    if not fits or not 2 <= len(question.choices) <= 60:
        if question.choices:
            work.changed(question, "question type", "Numbers without a total are typed in a grid.")
        return [*before, number_grid(work, question, text)]
    options = options_of(work, question, question.choices, "Choices", spoken.key)
    if any(option.relevant for option in options):
        work.lost(question, "display logic", "All its parts are shown to everybody.")
    for choice, option in zip(question.choices, options, strict=True):
        name = f"${{{spoken.key}.{option.code}}}"
        spoken.values[choice.id] = spoken.piped[choice.id] = name
        spoken.labels[choice.id] = option.label
        spoken.columns.append(name)
    order = "random" if in_random_order(work, question) else "as_written"
    plain = tuple(option.model_copy(update={"relevant": ""}) for option in options)
    item = ConstantSum(
        kind="constant_sum",
        key=spoken.key,
        text=text,
        required=is_required(question),
        options=plain,
        total=int(total or 100),
        order=order,
    )
    return [*before, item, *follow_ups(work, question, question.choices, options)]
