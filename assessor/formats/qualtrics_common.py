"""What Qualtrics' question types share: their text, rows, order, and lines to write on."""

from collections.abc import Sequence

from assessor.domain.instrument import (
    EntryGrid,
    Item,
    Option,
    Row,
    ShortText,
    TextBlock,
)
from assessor.formats.foreign_logic import all_of, any_of, negated
from assessor.formats.qualtrics_logic import locator
from assessor.formats.qualtrics_source import (
    Choice,
    Question,
    fields,
    is_on,
    words,
)
from assessor.formats.qualtrics_texts import (
    LONGEST_TEXT,
    Work,
    labels_of,
    name_of,
    question_text,
    shown_when,
    text_blocks,
)


def opening(work: Work, question: Question) -> tuple[list[Item], str]:
    """The text of an item; where it is longer than one may be, text blocks before it hold it."""
    key = work.spoken[question.id].key
    text = question_text(work, question)
    work.spoken[question.id].text = text[:LONGEST_TEXT]
    if len(text) <= LONGEST_TEXT:
        work.say(f"{key}.text", question, "QuestionText")
        return [], text
    whole = work.text(question, question.text, rich=True, longest=100_000)
    blocks = text_blocks(work, question, work.keys.fresh(f"{key}_text"), whole)
    work.changed(question, "text", "Its text is long and stands in a text block before it.")
    return list(blocks), text[: LONGEST_TEXT - 1].rstrip().rsplit(". ", 1)[-1][:300]


def is_required(question: Question) -> bool:
    return words(question.settings.get("ForceResponse")).upper() == "ON"


def in_random_order(work: Work, question: Question) -> bool:
    """Whether choices or rows are shuffled; what else may be done with them is reported."""
    random = fields(question.raw.get("Randomization"))
    kind = words(random.get("Type"))
    if kind == "Advanced":
        work.changed(
            question,
            "randomisation",
            "Only some of its choices were shuffled. All are, but “other” and what stands alone.",
        )
    elif kind in {"SubSet", "Subset"}:
        work.lost(question, "randomisation", "Only some of its choices were shown. All are.")
    elif kind == "ScaleReversal":
        work.lost(
            question, "randomisation", "Its scale was turned round for some people. It is not."
        )
    return kind in {"All", "Advanced", "SubSet", "Subset"}


def follow_ups(
    work: Work, question: Question, choices: Sequence[Choice], options: Sequence[Option]
) -> list[Item]:
    """For every other choice with a line to write on, a text that is asked where it is chosen."""
    spoken = work.spoken[question.id]
    found: list[Item] = []
    for choice, option in zip(choices, options, strict=False):
        if not choice.has_entry:
            continue
        key = work.keys.fresh(f"{spoken.key}_{choice.id}_text")
        found.append(
            ShortText(
                kind="short_text",
                key=key,
                text=option.label,
                relevant=spoken.chosen[choice.id],
                required=is_on(choice.raw.get("TextEntryForceResponse")),
            )
        )
        work.say(f"{key}.text", question, f"Choices/{choice.id}")
        spoken.values[choice.id] = spoken.piped[choice.id] = f"${{{key}}}"
        work.changed(
            question,
            "text entry",
            f"What is written beside “{option.label[:60]}” is an item, `{key}`.",
        )
    return found


def carried(work: Work, question: Question) -> tuple[Question | None, list[tuple[Choice, str]]]:
    """The question that choices are carried forward from, and when each of them is shown."""
    dynamic = fields(question.raw.get("DynamicChoices"))
    raw = words(dynamic.get("Locator"))
    if not raw:
        return None, []
    where = locator(raw)
    source = work.survey.questions.get(where.qid) if where else None
    spoken = work.spoken.get(where.qid) if where else None
    if where is None or source is None or spoken is None:
        work.lost(question, "carried choices", "Choices came from a place that is not known.", raw)
        return None, []
    mode = where.rest.split("/")[0]
    pairs = []
    for choice in source.choices:
        chosen = spoken.chosen.get(choice.id, "")
        if not chosen:
            inside = [c for p, c in spoken.chosen.items() if p.startswith(f"{choice.id}/")]
            chosen = any_of(inside) if inside else ""
        if mode.startswith("Selected"):
            pairs.append((choice, chosen))
        elif mode.startswith(("Unselected", "NotSelected")):
            pairs.append((choice, negated(chosen)))
        else:
            pairs.append((choice, shown_when(work, source, choice)))
    what = {"S": "those chosen there", "U": "those not chosen there", "N": "those not chosen there"}
    said = what.get(mode[:1], "all of them")
    work.changed(
        question,
        "carried choices",
        f"Choices come from {name_of(source)}: {said}. They are options of their own, shown so.",
        raw,
    )
    return source, pairs


def number_grid(
    work: Work,
    question: Question,
    text: str,
    *,
    entry: str = "number",
    least: float | None = None,
    most: float | None = None,
) -> Item:
    """The choices of a question as rows, each with something to type."""
    spoken = work.spoken[question.id]
    rows = rows_of(work, question, question.choices[:200])
    if not rows:
        return TextBlock(kind="text_block", key=spoken.key, text=text)
    for choice, row in zip(question.choices, rows, strict=False):
        name = f"${{{row.key}}}"
        spoken.values[choice.id] = spoken.piped[choice.id] = name
        spoken.columns.append(name)
    return EntryGrid.model_validate(
        {
            "kind": "entry_grid",
            "key": spoken.key,
            "text": text,
            "required": is_required(question),
            "rows": rows,
            "entry": entry,
            "minimum": least,
            "maximum": most,
            "max_length": 1000,
        }
    )


def rows_of(work: Work, question: Question, choices: Sequence[Choice]) -> tuple[Row, ...]:
    """Rows with keys of their own: their export tags, else the question's and a number."""
    key = work.spoken[question.id].key
    labels = labels_of(work, question, choices, "Row")
    found = []
    for choice, label in zip(choices, labels, strict=True):
        own = work.keys.fresh(choice.tag or f"{key}_{choice.id}", key)
        relevant = all_of([shown_when(work, question, choice)])
        found.append(Row(key=own, text=label, relevant=relevant))
        work.spoken[question.id].labels[choice.id] = label
        work.say(f"{own}.text", question, f"Choices/{choice.id}")
    return tuple(found)
