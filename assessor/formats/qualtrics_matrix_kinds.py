"""Matrices of Qualtrics whose rows are no rows of ours: opposites, profiles, most and least."""

from assessor.domain.instrument import (
    ChoiceMatrix,
    Item,
    Option,
    Pair,
    Row,
    SemanticDifferential,
    ShortText,
    SingleChoice,
    TextBlock,
)
from assessor.formats.foreign_logic import all_of
from assessor.formats.qualtrics_common import (
    in_random_order,
    is_required,
)
from assessor.formats.qualtrics_source import (
    Choice,
    Question,
    fields,
    words,
)
from assessor.formats.qualtrics_texts import Work, choice_codes, labels_of, options_of

MOST_OPTIONS = 60


def bipolar(work: Work, question: Question, text: str) -> list[Item] | None:
    """Opposite words with points between them, written `left:right`."""
    points = len(question.answers)
    labels = labels_of(work, question, question.choices, "Pair")
    sides = [label.partition(":") for label in labels]
    if not 3 <= points <= 11 or not all(left.strip() and right.strip() for left, _, right in sides):
        work.changed(question, "question type", "It is no row of opposites with 3 to 11 points.")
        return None
    if len(sides) > MOST_OPTIONS:
        return None
    spoken = work.spoken[question.id]
    pairs = []
    for choice, (left, _, right) in zip(question.choices, sides, strict=True):
        key = work.keys.fresh(choice.tag or f"{spoken.key}_{choice.id}", spoken.key)
        relevant = all_of(
            [work.logic.condition(choice.raw.get("DisplayLogic"), question.tag, "row") or ""]
        )
        pairs.append(Pair(key=key, left=left.strip(), right=right.strip(), relevant=relevant))
        work.say(f"{key}.left", question, f"Choices/{choice.id}#left")
        work.say(f"{key}.right", question, f"Choices/{choice.id}#right")
        for place, answer in enumerate(question.answers, 1):
            spoken.chosen[f"{choice.id}/{answer.id}"] = f"${{{key}}} = {place}"
        spoken.values[choice.id] = spoken.piped[choice.id] = f"${{{key}}}"
        spoken.columns.append(f"${{{key}}}")
    if any(answer.text.strip() for answer in question.answers):
        work.changed(question, "labels", "The points between opposites have numbers, no words.")
    order = "random" if in_random_order(work, question) else "as_written"
    return [
        SemanticDifferential(
            kind="semantic_differential",
            key=spoken.key,
            text=text,
            required=is_required(question),
            rows=tuple(pairs),
            points=points,
            order=order,
        )
    ]


def profile(work: Work, question: Question, text: str) -> list[Item]:
    """Every row has answers of its own: an item for each."""
    spoken = work.spoken[question.id]
    work.changed(question, "question type", "Each row with answers of its own is an item.")
    found: list[Item] = [TextBlock(kind="text_block", key=spoken.key, text=text)]
    own = fields(question.raw.get("Answers"))
    labels = labels_of(work, question, question.choices, "Row")
    for choice, label in zip(question.choices, labels, strict=True):
        answers = tuple(
            Choice(aid, words(fields(one).get("Display")), fields(one))
            for aid, one in fields(own.get(choice.id)).items()
            if isinstance(one, dict)
        )
        key = work.keys.fresh(choice.tag or f"{spoken.key}_{choice.id}", spoken.key)
        work.say(f"{key}.text", question, f"Choices/{choice.id}")
        if not answers:
            found.append(ShortText(kind="short_text", key=key, text=label))
            continue
        answer_labels = labels_of(work, question, answers, "Answer")
        options = []
        for answer, code, said in zip(answers, choice_codes(answers), answer_labels, strict=True):
            options.append(Option(code=code, label=said))
            spoken.chosen[f"{choice.id}/{answer.id}"] = f"${{{key}}} = '{code}'"
        found.append(
            SingleChoice(
                kind="single_choice",
                key=key,
                text=label,
                required=is_required(question),
                options=tuple(options),
            )
        )
        spoken.piped[choice.id] = f"${{{key}}}"
        spoken.columns.append(f"${{{key}}}")
    return found


def most_and_least(work: Work, question: Question, text: str) -> list[Item] | None:
    """Best and worst of several things: what were columns are rows, one choice in each."""
    spoken = work.spoken[question.id]
    if not question.answers or len(question.choices) > MOST_OPTIONS:
        return None
    work.changed(question, "question type", "The most and the least are rows; the things, choices.")
    options = options_of(work, question, question.choices, "Choices", spoken.key)
    labels = labels_of(work, question, question.answers, "Answer")
    rows = []
    for answer, label in zip(question.answers, labels, strict=True):
        key = work.keys.fresh(f"{spoken.key}_{answer.id}", spoken.key)
        rows.append(Row(key=key, text=label))
        work.say(f"{key}.text", question, f"Answers/{answer.id}")
        spoken.columns.append(f"${{{key}}}")
        for choice, option in zip(question.choices, options, strict=True):
            spoken.chosen[f"{choice.id}/{answer.id}"] = f"${{{key}}} = '{option.code}'"
    return [
        ChoiceMatrix(
            kind="choice_matrix",
            key=spoken.key,
            text=text,
            required=is_required(question),
            rows=tuple(rows),
            options=tuple(options),
        )
    ]
