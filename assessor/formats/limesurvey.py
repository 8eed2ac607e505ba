"""LimeSurvey's files as instruments: .lss, .lsg, .lsq, and .lsa with its responses.

The chain: tables (`limesurvey_archive`), one structure for both layouts (`limesurvey_structure`),
items by question type (`limesurvey_questions`), logic once all names are known
(`limesurvey_logic`), and what a survey says beside its questions (`limesurvey_settings`).
"""

from collections import Counter
from collections.abc import Iterable

from pydantic import ValidationError

from assessor.domain.instrument import Instrument, Item
from assessor.domain.problems import Problem
from assessor.domain.translations import texts
from assessor.formats.foreign import Imported, Keys, Losses, LossReport
from assessor.formats.foreign_repair import repaired
from assessor.formats.limesurvey_archive import Opened, open_limesurvey, problem
from assessor.formats.limesurvey_finishing import same_answers, tell_labels_apart
from assessor.formats.limesurvey_kept import kept_instrument, was_ours
from assessor.formats.limesurvey_logic import add_logic, group_relevance, place_items
from assessor.formats.limesurvey_places import Places
from assessor.formats.limesurvey_questions import TYPES, drop_left_over, make_items
from assessor.formats.limesurvey_reading import Fields, Made, Reading
from assessor.formats.limesurvey_responses import read_responses
from assessor.formats.limesurvey_settings import (
    SURVEY,
    add_quotas,
    known_language,
    report_attributes,
    report_settings,
    survey_texts,
)
from assessor.formats.limesurvey_structure import Group, Question, Survey, read_structure
from assessor.formats.limesurvey_writing import FORMAT, WrittenSurvey, write_limesurvey

__all__ = ["read_limesurvey", "write_limesurvey"]

MOST_QUESTIONS = 5000


def read_limesurvey(data: bytes, name: str) -> Imported:
    """The questionnaire of a LimeSurvey file, with everything that became of its parts.

    `name` is the file's, for the report. Never raises: a file that is none gives problems.
    """
    opened = open_limesurvey(data, name)
    if opened.structure is None:
        return _failed(name, opened.problems)
    survey = read_structure(opened.structure)
    problems = [*_unusable(survey, name), *opened.problems]
    if problems:
        return _failed(name, problems)
    kept = kept_instrument(survey) if was_ours(survey) else None
    if kept is not None:
        return _known_again(survey, opened, *kept, name)
    reading = Reading(survey, Losses(), Keys(), Places(survey.sid))
    if was_ours(survey):
        message = (
            "This survey was written by Assessor and changed since, so it was read as LimeSurvey "
            "has it now: keys and kinds may differ from the instrument it came from."
        )
        reading.tell("changed", SURVEY, "origin", message)
    groups = [
        (group, [_made(reading, question) for question in group.questions])
        for group in survey.groups
        if group.questions
    ]
    place_items(reading, groups)
    content = _content(reading, groups)
    try:
        instrument = Instrument.model_validate(content)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        message = f"What “{where}” became cannot be an instrument: {error.errors()[0]['msg']}."
        return _failed(name, [problem("shape", message, name, where)])
    instrument, errors = repaired(_translated(instrument, reading), reading.losses)
    wrong = [one for one in errors if one.code != "instrument.asks-nothing"]
    if wrong:
        return _failed(name, [problem(one.code, one.message, name, one.where) for one in wrong])
    if errors:
        message = "It consists of texts alone. Add an item that asks before you publish it."
        reading.tell("changed", SURVEY, "questions", message)
    answers = read_responses(reading, opened.beside, instrument)
    report_settings(reading, opened)
    counts = _counts(reading, instrument, groups)
    report = LossReport(
        source=name,
        format=FORMAT,
        losses=tuple(dict.fromkeys(reading.losses.lines)),
        counts=counts,
    )
    return Imported(instrument, report, (), answers)


def _known_again(
    survey: Survey, opened: Opened, instrument: Instrument, written: WrittenSurvey, name: str
) -> Imported:
    """The instrument that the file was written from, with the responses that came since."""
    reading = Reading(survey, Losses(), Keys(), Places(survey.sid))
    for question in survey.questions():
        reading.places.add(question.code, question.qid, written.places.get(question.code, {}))
    message = "This survey was written by Assessor and not changed since: nothing was translated."
    reading.tell("translated", SURVEY, "origin", message)
    answers = read_responses(reading, opened.beside, instrument)
    asked = list(survey.questions())
    whole = {
        "questions": len(asked),
        "subquestions": sum(len(question.subs) for question in asked),
        "options": sum(len(question.answers) for question in asked),
        "languages": len(instrument.languages),
    }
    report = LossReport(
        source=name,
        format=FORMAT,
        losses=tuple(dict.fromkeys(reading.losses.lines)),
        counts={what: (number, number) for what, number in whole.items()},
    )
    return Imported(instrument, report, (), answers)


def _failed(name: str, problems: Iterable[Problem]) -> Imported:
    return Imported(None, LossReport(source=name, format=FORMAT), tuple(problems))


def _unusable(survey: Survey, name: str) -> list[Problem]:
    """Why a questionnaire cannot be imported although its file can be read."""
    questions = list(survey.questions())
    if not questions:
        message = (
            "The survey has no questions. Add some in LimeSurvey, or export the survey that has "
            "them."
        )
        return [problem("empty", message, name)]
    if len(questions) > MOST_QUESTIONS:
        message = f"The survey has more than {MOST_QUESTIONS:,} questions. Split it."
        return [problem("too-many-questions", message, name)]
    found = [
        problem(
            "duplicate-code",
            f"Two questions have the code “{code}”, so that logic and answers could mean either. "
            "Give one of them another code in LimeSurvey and export it again.",
            name,
            code,
        )
        for code in _twice(question.code for question in questions if question.code)
    ]
    for question in questions:
        parts: dict[str, list[str]] = {}
        for sub in question.subs:
            parts.setdefault(f"sub-question {sub.scale}", []).append(sub.code)
        for answer in question.answers:
            parts.setdefault(f"answer {answer.scale}", []).append(answer.code)
        for what, codes in parts.items():
            for code in _twice(codes):
                message = (
                    f"Two {what.split()[0]}s of {question.code} have the code “{code}”. Give one "
                    "of them another code in LimeSurvey and export it again."
                )
                found.append(problem("duplicate-code", message, name, question.code))
    return found


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


def _made(r: Reading, q: Question) -> Made:
    """The items of one question, and the places where its answers stand."""
    if not q.code:
        q.code = f"Q{q.qid or len(r.places.by_question) + 1}"
        r.tell("changed", q, "question code", "It has no code and was given one.")
    key = r.keys.key(q.code, "question")
    if key != q.code:
        r.tell("changed", q, "question code", f"Its key is `{key}`.", original=q.code)
    drop_left_over(r, q)
    made = make_items(r, q)
    r.places.add(q.code, q.qid, made.places)
    r.places.labels[q.code] = str(made.items[0]["text"])
    r.places.relevance[q.code] = q.relevance
    r.made_rows[q.code] = made.rows
    if q.type in TYPES:
        message = f"{TYPES[q.type].name}: {', '.join(str(one['kind']) for one in made.items[:2])}."
        r.tell("translated", q, "question type", message, original=q.type)
    return made


def _content(r: Reading, groups: list[tuple[Group, list[Made]]]) -> Fields:
    """The instrument's fields, with all logic and texts."""
    pages: list[Fields] = []
    fields = survey_texts(r)
    for group, made in groups:
        pages.append(_page(r, group, made))
        for question, one in zip(group.questions, made, strict=True):
            add_logic(r, question, one)
            report_attributes(r, question, one)
            r.made_rows[question.code] = one.rows
        pages[-1]["items"] = [fields for one in made for fields in one.items]
    for group in r.survey.groups:
        if not group.questions:
            title = next(iter(group.titles.values()), group.gid)
            r.tell("lost", title or "group", "group", "It has no questions, so it is left out.")
    quotas, endings = add_quotas(r)
    content = {
        "key": _instrument_key(fields["title"]),
        "language": known_language(r.survey.language),
        **fields,
        "scales": list(r.scales.values()),
        "pages": pages,
        "quotas": quotas,
        "endings": endings,
    }
    finished: Fields = r.finish_texts(content)
    tell_labels_apart(r, finished)
    return finished


def _instrument_key(title: str) -> str:
    key = Keys().fresh(title, "survey")
    return f"{key}_survey" if key in {"plan", "mapping"} else key


def _page(r: Reading, group: Group, made: list[Made]) -> Fields:
    title = next((text for text in group.titles.values() if text), "")
    key = r.keys.fresh(f"page_{title}"[:40] if title else "page", "page")
    name = title or key
    first = min(r.position[one.items[0]["key"]] for one in made)
    r.before = first
    page: Fields = {
        "key": key,
        "title": r.say(f"page.{key}.title", group.titles, name, longest=300),
        "introduction": r.say(
            f"page.{key}.introduction", group.descriptions, name, longest=10_000, rich=True
        ),
    }
    r.before = None
    group_relevance(r, group, page, first)
    if group.randomization:
        page["shuffle"] = r.keys.key(f"shuffle_{group.randomization}", "shuffle")
    groups = {question.attribute("random_group").strip() for question in group.questions}
    if groups - {""}:
        if len(groups) == 1 and len(group.questions) > 1:
            page["order"] = "random"
        else:
            message = "Only some of its questions change places; here they stand as written."
            r.tell("lost", name, "random order", message, original=", ".join(sorted(groups - {""})))
    return page


def _translated(instrument: Instrument, r: Reading) -> Instrument:
    """The instrument with the texts of the other languages, at the addresses that it has."""
    own = texts(instrument)
    translations: dict[str, dict[str, str]] = {}
    for name in r.survey.languages:
        language = known_language(name)
        if language == instrument.language:
            continue
        if language != name:
            r.tell("changed", SURVEY, "language", f"“{name}” is `{language}`.", original=name)
        said: dict[str, str] = r.finish_texts(r.translations.get(name, {}))
        kept = {address: text for address, text in said.items() if address in own}
        for address in [one for one in kept if not same_answers(own[one], kept[one])]:
            message = (
                f"The text of `{address}` in {language} shows other answers than the text itself, "
                "so it is left out."
            )
            r.tell("lost", SURVEY, "translation", message, original=kept.pop(address))
        translations.setdefault(language, {}).update(kept)
    return instrument.model_copy(update={"translations": translations})


def _counts(
    r: Reading, instrument: Instrument, groups: list[tuple[Group, list[Made]]]
) -> dict[str, tuple[int, int]]:
    """How much the file holds, and how much of it the instrument has."""
    known = {item.key: item for item in instrument.items()}
    subs = options = questions = 0
    for group, made in groups:
        for question, one in zip(group.questions, made, strict=True):
            items = [known.get(fields["key"]) for fields in one.items]
            kept_subs = one.standing + sum(_parts(instrument, items[i], p) for i, p in one.subs)
            kept_options = sum(_parts(instrument, items[i], part) for i, part in one.options)
            questions += items[0] is not None
            subs += kept_subs
            options += kept_options
            for what, kept, whole in (
                ("sub-questions", kept_subs, len(question.subs)),
                ("answers", kept_options, len(question.answers)),
            ):
                if kept < whole:
                    r.tell("lost", question, what, f"Only {kept} of its {whole} {what} are kept.")
    asked = list(r.survey.questions())
    return {
        "questions": (len(asked), questions),
        "subquestions": (sum(len(q.subs) for q in asked), subs),
        "options": (sum(len(q.answers) for q in asked), options),
        "languages": (len(r.survey.languages), len(instrument.languages)),
    }


def _parts(instrument: Instrument, item: Item | None, part: str) -> int:
    """How many rows, options, columns or scale points an item has."""
    if part == "points":
        keys = getattr(item, "scale_keys", ())
        scales = [instrument.scale(key) for key in keys]
        return sum(len(scale.points) for scale in scales if scale is not None)
    if part == "na":
        return int(bool(getattr(item, "na", "")))
    return len(getattr(item, part, ()))
