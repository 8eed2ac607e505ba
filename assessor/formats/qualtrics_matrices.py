"""Qualtrics' matrices and side-by-sides as ours."""

from collections.abc import Sequence

from assessor.domain.instrument import (
    ChoiceMatrix,
    Dropdown,
    EntryGrid,
    Item,
    Option,
    RatingMatrix,
    Row,
    ShortText,
    TextBlock,
)
from assessor.formats.foreign_logic import any_of
from assessor.formats.foreign_scales import as_scale
from assessor.formats.qualtrics_common import (
    carried,
    in_random_order,
    is_required,
    number_grid,
    opening,
    rows_of,
)
from assessor.formats.qualtrics_logic import Spoken
from assessor.formats.qualtrics_matrix_kinds import MOST_OPTIONS, bipolar, most_and_least, profile
from assessor.formats.qualtrics_source import (
    Choice,
    Question,
    fields,
    read_question,
    words,
)
from assessor.formats.qualtrics_texts import Work, labels_of, options_of

MOST_ROWS = 200


def matrix(work: Work, question: Question) -> list[Item]:
    """Type Matrix, by its selector."""
    before, text = opening(work, question)
    if not question.choices and not fields(question.raw.get("DynamicChoices")):
        work.lost(question, "rows", "The matrix has no rows, so its text alone is kept.")
        key = work.spoken[question.id].key
        return [*before, TextBlock(kind="text_block", key=key, text=text)]
    match question.selector:
        case "TE":
            found = _entries(work, question, text, "text")
        case "CS":
            total = words(question.settings.get("ChoiceTotal"))
            work.changed(
                question,
                "question type",
                f"Rows of a sum ({total or 'no total'}) are typed freely.",
            )
            found = _entries(work, question, text, "number")
        case "RO":
            work.changed(question, "question type", "Ranks in a matrix are typed as numbers.")
            found = _entries(work, question, text, "number")
        case "Bipolar":
            found = bipolar(work, question, text) or _chosen(work, question, text)
        case "Profile":
            found = profile(work, question, text)
        case "MaxDiff":
            found = most_and_least(work, question, text) or _chosen(work, question, text)
        case _:
            found = _chosen(work, question, text)
    return [*before, *found]


def _rows(work: Work, question: Question) -> tuple[list[Choice], list[Row]]:
    """Rows, and those carried forward from an earlier question."""
    choices = list(question.choices)
    rows = list(rows_of(work, question, choices))
    source, pairs = carried(work, question)
    key = work.spoken[question.id].key
    for choice, relevant in pairs:
        assert source is not None, "there are pairs only with a source"
        own = work.keys.fresh(f"{key}_x{choice.id}", key)
        label = labels_of(work, source, [choice], "Row")[0]
        work.say(f"{own}.text", source, f"Choices/{choice.id}")
        choices.append(Choice(f"x{choice.id}", choice.text, {}))
        rows.append(Row(key=own, text=label, relevant=relevant))
    return choices, rows


def _chosen(work: Work, question: Question, text: str) -> list[Item]:
    """Likert and its like: rows that share their answers."""
    choices, rows = _rows(work, question)
    answers = question.answers
    several = question.sub == "MultipleAnswer"
    if not rows or not answers:
        work.lost(question, "answers", "The matrix has no answers to choose, so it is typed.")
        return [number_grid(work, question, text, entry="text")]
    if len(answers) > MOST_OPTIONS:
        return _lists(work, question, text, choices, rows)
    if question.sub in {"DL", "DND"}:
        work.changed(
            question, "look", "Lists or dragging in a matrix became a matrix to choose in."
        )
    items: list[Item] = []
    order = "random" if in_random_order(work, question) else "as_written"
    for part, key in _parts(work, question, rows):
        shared = {
            "key": key,
            "text": text,
            "required": is_required(question),
            "rows": tuple(part),
            "order": order,
        }
        items.append(
            _rating(work, question, shared, choices, rows, several)
            or _choice(work, question, shared, choices, rows, several)
        )
    return [*items, *_row_texts(work, question, choices, rows), *_answer_texts(work, question)]


def _parts(work: Work, question: Question, rows: Sequence[Row]) -> list[tuple[Sequence[Row], str]]:
    """Rows in as many matrices as they need; the first has the question's key."""
    key = work.spoken[question.id].key
    found = [(rows[:MOST_ROWS], key)]
    for start in range(MOST_ROWS, len(rows), MOST_ROWS):
        found.append((rows[start : start + MOST_ROWS], work.keys.fresh(key)))
    if len(found) > 1:
        work.changed(question, "rows", f"Its {len(rows)} rows stand in {len(found)} matrices.")
    return found


def _rating(
    work: Work,
    question: Question,
    shared: dict[str, object],
    choices: Sequence[Choice],
    rows: Sequence[Row],
    several: bool,
) -> RatingMatrix | None:
    answers = question.answers
    has_logic = any(fields(a.raw.get("DisplayLogic")) or a.has_entry for a in answers)
    if several or has_logic:
        return None
    spoken = work.spoken[question.id]
    labels = [work.text(question, answer.text, longest=200) for answer in answers]
    numbers = [answer.recode or answer.id for answer in answers]
    rated = as_scale(labels, numbers, work.scale_keys, work.scales)
    if rated is None:
        return None
    if not rated.sure:
        work.changed(
            question,
            "scale",
            f"Which end of its scale is the better one cannot be read; {rated.scale.best} was "
            "taken. Turn `worst` and `best` of the scale round where it is not.",
        )
    for answer, value in zip(answers, rated.values, strict=True):
        address = f"{shared['key']}.na" if value == "NA" else f"scale.{rated.scale.key}.{value}"
        work.say(address, question, f"Answers/{answer.id}", longest=200)
        for choice, row in zip(choices, rows, strict=True):
            said = "'NA'" if value == "NA" else value
            spoken.chosen[f"{choice.id}/{answer.id}"] = f"${{{row.key}}} = {said}"
    _speak_rows(spoken, choices, rows)
    return RatingMatrix.model_validate(
        {"kind": "rating_matrix", **shared, "scale": rated.scale.key, "na": rated.na}
    )


def _choice(
    work: Work,
    question: Question,
    shared: dict[str, object],
    choices: Sequence[Choice],
    rows: Sequence[Row],
    several: bool,
) -> ChoiceMatrix:
    spoken = work.spoken[question.id]
    options = options_of(work, question, question.answers, "Answers", str(shared["key"]))
    for answer, option in zip(question.answers, options, strict=True):
        for choice, row in zip(choices, rows, strict=True):
            name = f"${{{row.key}}}"
            chosen = (
                f"selected({name}, '{option.code}')" if several else f"{name} = '{option.code}'"
            )
            spoken.chosen[f"{choice.id}/{answer.id}"] = chosen
    _speak_rows(spoken, choices, rows)
    return ChoiceMatrix.model_validate(
        {"kind": "choice_matrix", **shared, "options": tuple(options), "multiple": several}
    )


def _speak_rows(spoken: Spoken, choices: Sequence[Choice], rows: Sequence[Row]) -> None:
    for choice, row in zip(choices, rows, strict=True):
        name = f"${{{row.key}}}"
        spoken.piped[choice.id] = spoken.values[choice.id] = name
        if name not in spoken.columns:
            spoken.columns.append(name)


def _lists(
    work: Work, question: Question, text: str, choices: Sequence[Choice], rows: Sequence[Row]
) -> list[Item]:
    """More answers than a matrix may have: a list to choose from for every row."""
    work.changed(question, "question type", "So many answers are a list of their own in every row.")
    spoken = work.spoken[question.id]
    items: list[Item] = [TextBlock(kind="text_block", key=spoken.key, text=text)]
    for choice, row in zip(choices, rows, strict=True):
        options = options_of(work, question, question.answers[:5000], "Answers", row.key)
        for answer, option in zip(question.answers, options, strict=False):
            spoken.chosen[f"{choice.id}/{answer.id}"] = f"${{{row.key}}} = '{option.code}'"
        items.append(
            Dropdown(
                kind="dropdown",
                key=row.key,
                text=row.text,
                relevant=row.relevant,
                required=is_required(question),
                options=tuple(options),
            )
        )
    _speak_rows(spoken, choices, rows)
    return items


def _row_texts(
    work: Work, question: Question, choices: Sequence[Choice], rows: Sequence[Row]
) -> list[Item]:
    """Rows whose words a person completes: a short text for each, after the matrix."""
    found: list[Item] = []
    for choice, row in zip(choices, rows, strict=True):
        if choice.has_entry:
            found.append(_text_item(work, question, f"{row.key}_text", row.text, row.relevant))
            work.say(f"{found[-1].key}.text", question, f"Choices/{choice.id}")
            work.spoken[question.id].values[f"{choice.id}/text"] = f"${{{found[-1].key}}}"
    return found


def _answer_texts(work: Work, question: Question) -> list[Item]:
    found: list[Item] = []
    for answer in question.answers:
        if answer.has_entry:
            chosen = [
                one
                for place, one in work.spoken[question.id].chosen.items()
                if place.endswith(f"/{answer.id}")
            ]
            key = f"{work.spoken[question.id].key}_{answer.id}_text"
            label = labels_of(work, question, [answer], "Answer")[0]
            found.append(_text_item(work, question, key, label, any_of(chosen)))
            work.say(f"{found[-1].key}.text", question, f"Answers/{answer.id}")
    return found


def _text_item(work: Work, question: Question, key: str, label: str, relevant: str) -> ShortText:
    own = work.keys.fresh(key)
    work.changed(
        question, "text entry", f"What is written beside “{label[:60]}” is an item, `{own}`."
    )
    return ShortText(
        kind="short_text", key=own, text=label, relevant=relevant if len(relevant) < 4000 else ""
    )


def _entries(work: Work, question: Question, text: str, entry: str) -> list[Item]:
    """A grid to type in."""
    choices, rows = _rows(work, question)
    spoken = work.spoken[question.id]
    asked = question.answers
    if len(asked) == 1 and not asked[0].text.strip():
        # One column without a name is no column but the row's own line.
        asked = ()
    if len(asked) > 30:
        work.changed(question, "columns", "A grid has at most 30 columns; the rest is in a second.")
    items: list[Item] = []
    blocks = [asked[i : i + 30] for i in range(0, len(asked), 30)] or [()]
    for number_, answers in enumerate(blocks):
        columns = _columns(work, question, answers, spoken.key)
        for part, key in _parts(work, question, rows):
            own, part_rows = key, list(part)
            if number_:
                own = work.keys.fresh(key)
                part_rows = [
                    row.model_copy(update={"key": work.keys.fresh(row.key)}) for row in part
                ]
            items.append(
                EntryGrid.model_validate(
                    {
                        "kind": "entry_grid",
                        "key": own,
                        "text": text,
                        "required": is_required(question),
                        "rows": tuple(part_rows),
                        "columns": tuple(columns),
                        "entry": entry,
                        "max_length": 4000 if question.sub in {"Long", "Essay"} else 500,
                    }
                )
            )
        _speak_cells(spoken, choices, rows, answers, columns)
    order = in_random_order(work, question)
    if order:
        items = [one.model_copy(update={"order": "random"}) for one in items]
    return [*items, *_row_texts(work, question, choices, rows)]


def _columns(work: Work, question: Question, answers: Sequence[Choice], key: str) -> list[Option]:
    options = options_of(work, question, answers, "Answers", key)
    if any(option.relevant for option in options):
        work.lost(question, "display logic", "All its columns are shown to everybody.")
    return [option.model_copy(update={"relevant": "", "attributes": {}}) for option in options]


def _speak_cells(
    spoken: Spoken,
    choices: Sequence[Choice],
    rows: Sequence[Row],
    answers: Sequence[Choice],
    columns: Sequence[Option],
) -> None:
    for choice, row in zip(choices, rows, strict=True):
        for answer, column in zip(answers, columns, strict=True):
            name = f"${{{row.key}.{column.code}}}"
            spoken.values[f"{choice.id}/{answer.id}"] = name
            spoken.piped[f"{choice.id}/{answer.id}"] = name
            spoken.columns.append(name)
        if not columns:
            _speak_rows(spoken, [choice], [row])


def side_by_side(work: Work, question: Question) -> list[Item]:
    """Type SBS: columns that are matrices of their own, one after the other."""
    before, text = opening(work, question)
    key = work.spoken[question.id].key
    found: list[Item] = []
    for place, raw in fields(question.raw.get("AdditionalQuestions")).items():
        part = fields(raw)
        if not fields(part.get("Choices")):
            part = {**part, "Choices": question.raw.get("Choices")}
        part.setdefault("ChoiceOrder", question.raw.get("ChoiceOrder"))
        one = read_question({**part, "QuestionID": f"{question.id}#{place}"})
        own = work.keys.fresh(f"{key}_{place}", key)
        work.spoken[one.id] = Spoken(key=own)
        work.survey.questions.setdefault(one.id, one)
        items = matrix(work, one)
        heading = f"{text} – {items[0].text}"[:2000] if text else items[0].text
        found += [item.model_copy(update={"text": heading}) for item in items[:1]] + items[1:]
        work.addresses = [a for a in work.addresses if a.where != f"{own}.text"]
        work.say(
            f"{own}.text", question, "QuestionText", f"AdditionalQuestions/{place}/QuestionText"
        )
        work.spoken[question.id].columns += work.spoken[one.id].columns
    if not found:
        work.lost(question, "columns", "Nothing stands side by side in it, so its text is kept.")
        return [*before, TextBlock(kind="text_block", key=key, text=text)]
    work.spoken[question.id].text = text
    work.changed(question, "question type", f"Side by side became {len(found)} matrices in a row.")
    return [*before, *found]
