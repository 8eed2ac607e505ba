"""Qualtrics' other questions: texts, sliders, files, pictures; and the table of all types."""

import re
from collections.abc import Callable

from assessor.domain.instrument import (
    ChoiceMatrix,
    DateItem,
    Dropdown,
    Email,
    FileItem,
    Item,
    LongTextItem,
    MultipleChoice,
    Number,
    Option,
    RatingMatrix,
    ShortText,
    SingleChoice,
    Slider,
    TextBlock,
)
from assessor.formats.foreign import codes, plain_text
from assessor.formats.foreign_scales import as_scale
from assessor.formats.qualtrics_choices import constant_sum, multiple_choice, rank_order
from assessor.formats.qualtrics_common import is_required, number_grid, opening, rows_of
from assessor.formats.qualtrics_matrices import matrix, side_by_side
from assessor.formats.qualtrics_source import Question, entries, fields, is_on, number, words
from assessor.formats.qualtrics_texts import (
    Work,
    labels_of,
    options_of,
    question_text,
    text_blocks,
)


def text_entry(work: Work, question: Question) -> list[Item]:
    """Type TE: a line, a page, a form, by its selector and its validation."""
    spoken = work.spoken[question.id]
    before, text = opening(work, question)
    if question.selector == "FORM" and question.choices:
        if any(choice.raw.get("TextEntryValidation") for choice in question.choices):
            work.lost(
                question, "validation", "What is typed in a field of its form is not checked."
            )
        return [*before, number_grid(work, question, text, entry="text")]
    name = f"${{{spoken.key}}}"
    spoken.values[""], spoken.piped[""], spoken.columns = name, name, [name]
    shared = {"key": spoken.key, "text": text, "required": is_required(question)}
    if question.selector == "PW":
        work.changed(
            question, "question type", "What is typed as a password is shown as it is typed."
        )
    if question.selector.startswith("Calendar"):
        return [*before, DateItem.model_validate({"kind": "date", **shared})]
    return [*before, _validated(work, question, shared)]


def _validated(work: Work, question: Question, shared: dict[str, object]) -> Item:
    settings = question.settings
    content = words(settings.get("ContentType")) if settings.get("Type") == "ContentType" else ""
    match content:
        case "ValidNumber":
            return _number(question, shared)
        case "ValidEmail":
            return Email.model_validate({"kind": "email", **shared})
        case "ValidDate":
            form = words(settings.get("ValidDateType"))
            work.changed(question, "validation", f"A day is typed as a day, in no form ({form}).")
            return DateItem.model_validate({"kind": "date", **shared})
        case "ValidZip" | "ValidUSZip":
            return _short(shared, pattern=r"[0-9]{5}(-[0-9]{4})?")
        case "ValidPhone":
            return _short(shared, pattern=r"[-0-9+()./ ]{7,20}")
        case "":
            pass
        case _:
            work.lost(question, "validation", "What is typed is not checked.", content)
    least, most = number(settings.get("MinChars")), number(settings.get("TotalChars"))
    if settings.get("Type") not in {"MinChar", "TotalChar", "CharRange"}:
        least = most = None
    long = question.selector in {"ML", "ESTB"} or (most or 0) > 1000
    limits: dict[str, object] = {}
    if most and most >= 1:
        limits["max_length"] = int(min(most, 20_000 if long else 1000))
    if least and least >= 1:
        limits["constraint"] = f"string-length(.) >= {int(least)}"
    if long:
        return LongTextItem.model_validate({"kind": "long_text", **shared, **limits})
    return _short(shared, **{"max_length": 1000, **limits})


def _short(shared: dict[str, object], **limits: object) -> ShortText:
    return ShortText.model_validate({"kind": "short_text", **shared, **limits})


def _number(question: Question, shared: dict[str, object]) -> Number:
    limits = fields(question.settings.get("ValidNumber")) or question.settings
    least = number(limits.get("Min", limits.get("NumMin")))
    most = number(limits.get("Max", limits.get("NumMax")))
    if least is not None and most is not None and least > most:
        least, most = most, least
    decimals = words(limits.get("NumDecimals"))
    return Number.model_validate(
        {"kind": "number", **shared, "minimum": least, "maximum": most, "whole": decimals == "0"}
    )


def slider(work: Work, question: Question) -> list[Item]:
    """Type Slider: bars for each choice, or stars, which are a scale."""
    spoken = work.spoken[question.id]
    before, text = opening(work, question)
    settings = question.configuration
    if question.selector == "STAR":
        return [*before, _stars(work, question, text)]
    least, most = number(settings.get("CSSliderMin")), number(settings.get("CSSliderMax"))
    if least is None or most is None or least >= most:
        least, most = 0, 100
    decimals = number(settings.get("NumDecimals")) or 0
    ends = [
        work.text(question, words(fields(one).get("Display")), longest=200)
        for one in entries(question.raw.get("Labels"))
    ]
    if is_on(settings.get("NotApplicable")):
        work.changed(question, "n/a", "Who has nothing to say leaves the slider untouched.")
    if is_on(settings.get("CustomStart")) or fields(settings.get("SliderStartPositions")):
        work.changed(
            question, "start", "Its handle stood somewhere. No value is chosen beforehand."
        )
    shared = {
        "kind": "slider",
        "minimum": least,
        "maximum": most,
        "step": 10 ** -min(int(decimals), 6),
        "low_label": ends[0] if len(ends) > 1 else "",
        "high_label": ends[-1] if len(ends) > 1 else "",
        "required": is_required(question) and not is_on(settings.get("NotApplicable")),
    }
    if len(ends) > 2:
        work.changed(question, "labels", "Of the words along the slider, the two ends are kept.")
    rows = rows_of(work, question, question.choices)
    if len(rows) <= 1:
        name = f"${{{spoken.key}}}"
        spoken.values[""], spoken.piped[""], spoken.columns = name, name, [name]
        hint = {"hint": rows[0].text[:1000]} if rows else {}
        return [*before, Slider.model_validate({**shared, **hint, "key": spoken.key, "text": text})]
    work.changed(question, "question type", f"Its {len(rows)} bars are sliders of their own.")
    found: list[Item] = [TextBlock(kind="text_block", key=spoken.key, text=text)]
    for choice, row in zip(question.choices, rows, strict=True):
        name = f"${{{row.key}}}"
        spoken.values[choice.id] = spoken.piped[choice.id] = name
        spoken.columns.append(name)
        found.append(
            Slider.model_validate(
                {**shared, "key": row.key, "text": row.text, "relevant": row.relevant}
            )
        )
    return [*before, *found]


def _stars(work: Work, question: Question, text: str) -> Item:
    spoken = work.spoken[question.id]
    most = int(number(question.configuration.get("StarCount")) or 5)
    stars = [str(n) for n in range(1, min(max(most, 2), 21) + 1)]
    rated = as_scale(stars, stars, work.scale_keys, work.scales)
    rows = rows_of(work, question, question.choices)
    if rated is None or not rows:
        return number_grid(work, question, text)
    if words(question.configuration.get("StarType")) in {"half", "continuous"}:
        work.changed(question, "stars", "Only whole stars can be given.")
    for choice, row in zip(question.choices, rows, strict=True):
        name = f"${{{row.key}}}"
        spoken.values[choice.id] = spoken.piped[choice.id] = name
        spoken.columns.append(name)
    return RatingMatrix(
        kind="rating_matrix",
        key=spoken.key,
        text=text,
        required=is_required(question),
        rows=rows[:200],
        scale=rated.scale.key,
    )


def descriptive(work: Work, question: Question) -> list[Item]:
    """Type DB: text, pictures, files to read."""
    key = work.spoken[question.id].key
    if words(question.raw.get("GraphicID")) or words(question.raw.get("Graphics")):
        work.lost(question, "picture", "Its picture lies in Qualtrics' library and was left out.")
    if question.selector == "FLB":
        work.lost(question, "file", "Its file to download lies in Qualtrics' library.")
    text = work.text(question, question.text, rich=True, longest=200_000)
    spoken = work.spoken[question.id]
    spoken.text = plain_text(text)
    return [*text_blocks(work, question, key, text or question_text(work, question))]


_FILES = {
    "graphic": "image",
    "pdf": "pdf",
    "document": "document",
    "spreadsheet": "spreadsheet",
    "text": "text",
    "audio": "audio",
    "video": "video",
}


def file_upload(work: Work, question: Question) -> list[Item]:
    before, text = opening(work, question)
    spoken = work.spoken[question.id]
    spoken.values[""], spoken.columns = f"${{{spoken.key}}}", [f"${{{spoken.key}}}"]
    wanted = words(question.settings.get("ContentType")).lower()
    types = tuple(kind for name, kind in _FILES.items() if name in wanted)
    if question.selector != "FileUpload":
        work.changed(question, "question type", "What was recorded there is sent as a file here.")
    work.changed(question, "file types", "Files are taken of a few types and of at most 5 MB.")
    return [
        *before,
        FileItem.model_validate(
            {
                "kind": "file",
                "key": spoken.key,
                "text": text,
                "required": is_required(question),
                "types": types or tuple(_FILES.values()),
            }
        ),
    ]


def signature(work: Work, question: Question) -> list[Item]:
    work.changed(question, "question type", "A drawn signature is a picture that is sent.")
    return file_upload(work, question)


def drill_down(work: Work, question: Question) -> list[Item]:
    """Type DD: a list for each level, showing what lies under the choice before it."""
    spoken = work.spoken[question.id]
    before, text = opening(work, question)
    paths = [
        [plain_text(part, 500) for part in answer.text.split("~")] for answer in question.answers
    ]
    levels = max((len(path) for path in paths), default=0)
    if not levels or len(paths) > 5000 or not all(part for path in paths for part in path):
        return fallback(work, question)
    work.changed(question, "question type", f"Its {levels} levels are lists, one after the other.")
    names = labels_of(work, question, question.choices, "Level") if question.choices else []
    items: list[Item] = []
    code_of: dict[tuple[str, ...], str] = {(): ""}
    for level in range(1, levels + 1):
        found = list(dict.fromkeys(tuple(path[:level]) for path in paths if len(path) >= level))
        given = codes(["_".join(path)[:50] for path in found])
        code_of |= dict(zip(found, given, strict=True))
        options = [
            Option(code=code_of[p], label=p[-1], attributes={"parent": code_of[p[:-1]]})
            for p in found
        ]
        key = spoken.key if level == 1 else work.keys.fresh(f"{spoken.key}_{level}")
        label = text if level == 1 else f"{text[:1900]} ({level})"
        if 1 < level <= len(names):
            label = names[level - 1]
        earlier = items[-1].key if items else ""
        items.append(
            Dropdown(
                kind="dropdown",
                key=key,
                text=label,
                required=is_required(question) and level == 1,
                relevant=f"${{{earlier}}} != ''" if earlier else "",
                options=tuple(options),
                option_filter=f"parent = ${{{earlier}}}" if earlier else "",
            )
        )
        spoken.columns.append(f"${{{key}}}")
    spoken.piped[""] = f"${{{items[-1].key}}}"
    for answer, way in zip(question.answers, paths, strict=True):
        last = items[len(way) - 1].key
        spoken.chosen[answer.id] = f"${{{last}}} = '{code_of[tuple(way)]}'"
    return [*before, *items]


def group_and_rank(work: Work, question: Question) -> list[Item]:
    """Type PGR: things sorted into groups, as rows that share the groups as answers."""
    spoken = work.spoken[question.id]
    before, text = opening(work, question)
    groups = [
        plain_text(words(one) or words(fields(one).get("Display")), 500)
        for one in entries(question.raw.get("Groups"))
    ]
    groups = [group for group in dict.fromkeys(groups) if group][:60]
    if not groups or not question.choices:
        return fallback(work, question)
    work.changed(
        question, "question type", "Sorting into groups is choosing a group for each thing."
    )
    work.lost(question, "ranking", "The order within a group is not asked.")
    options = tuple(
        Option(code=code, label=group) for code, group in zip(codes(groups), groups, strict=True)
    )
    rows = rows_of(work, question, question.choices[:200])
    for choice, row in zip(question.choices, rows, strict=False):
        spoken.columns.append(f"${{{row.key}}}")
        for place, option in enumerate(options):
            spoken.chosen[f"{choice.id}/{place}"] = f"${{{row.key}}} = '{option.code}'"
    return [
        *before,
        ChoiceMatrix(kind="choice_matrix", key=spoken.key, text=text, rows=rows, options=options),
    ]


def nothing_asked(work: Work, question: Question) -> list[Item]:
    """Questions that ask nobody anything: clocks, browsers, gates against robots."""
    work.lost(
        question,
        "question type",
        f"{question.type} asks nobody anything and watches the person instead. It was left out.",
    )
    return []


def fallback(work: Work, question: Question) -> list[Item]:
    """What has no match: its choices to tick where it has some, else its text alone."""
    spoken = work.spoken[question.id]
    before, text = opening(work, question)
    kind = " ".join(part for part in (question.type, question.selector) if part) or "without type"
    choices = [choice for choice in question.choices if plain_text(choice.text)]
    is_list = question.type in {"HotSpot", "SS", "HL", "TreeTest", "TreeSelect"} or question.answers
    if not choices or not is_list:
        work.lost(question, "question type", f"There is nothing like {kind}; its text is kept.")
        return [*before, TextBlock(kind="text_block", key=spoken.key, text=text)]
    work.changed(
        question, "question type", f"There is nothing like {kind}; its choices are ticked."
    )
    options = options_of(work, question, choices[:5000], "Choices", spoken.key)
    several = question.type != "SS"
    for choice, option in zip(choices, options, strict=False):
        name = f"${{{spoken.key}}}"
        chosen = f"selected({name}, '{option.code}')" if several else f"{name} = '{option.code}'"
        spoken.chosen[choice.id] = chosen
    spoken.columns, spoken.piped[""] = [f"${{{spoken.key}}}"], f"${{{spoken.key}}}"
    model = MultipleChoice if several else SingleChoice
    shared = {"key": spoken.key, "text": text, "options": tuple(options)}
    kind = "multiple_choice" if several else "single_choice"
    return [*before, model.model_validate({"kind": kind, **shared})]


Translate = Callable[[Work, Question], list[Item]]

TYPES: dict[str, Translate] = {
    "MC": multiple_choice,
    "Matrix": matrix,
    "SBS": side_by_side,
    "TE": text_entry,
    "Slider": slider,
    "RO": rank_order,
    "CS": constant_sum,
    "DB": descriptive,
    "FileUpload": file_upload,
    "Draw": signature,
    "DD": drill_down,
    "PGR": group_and_rank,
    "Timing": nothing_asked,
    "Meta": nothing_asked,
    "Captcha": nothing_asked,
}


def translate_type(question: Question) -> Translate:
    if question.type == "MC" and not re.match(
        r"(SA|MA|DL|SB|MS|NPS|AUTO)", question.selector or "SA"
    ):
        return fallback
    return TYPES.get(question.type, fallback)
