"""Surveys of Qualtrics (`.qsf`) become instruments, with a report of what changed and was lost."""

import re
from collections.abc import Sequence

from assessor.domain.instrument import (
    MATRIX_KINDS,
    Calculated,
    Ending,
    Hidden,
    Instrument,
    Item,
    Page,
    Quota,
    TextBlock,
)
from assessor.domain.problems import Problem
from assessor.formats.foreign import Imported, Losses, LossReport, plain_text, rich_text
from assessor.formats.foreign_logic import NEVER
from assessor.formats.foreign_repair import repaired
from assessor.formats.qualtrics_fields import declare, field_items
from assessor.formats.qualtrics_flow import Draft, Flow, Where, apply_skips, block_pages
from assessor.formats.qualtrics_languages import language_code, translations
from assessor.formats.qualtrics_source import (
    Block,
    Question,
    fields,
    number,
    read_source,
    words,
)
from assessor.formats.qualtrics_texts import Work, name_of

FORMAT = "Qualtrics survey (.qsf)"


def read_qualtrics(data: bytes, name: str) -> Imported:
    """The instrument in a survey file of Qualtrics; no instrument where it cannot be read."""
    survey = read_source(data, name)
    if isinstance(survey, Problem):
        return Imported(None, LossReport(source=name, format=FORMAT), (survey,))
    work = Work(survey, Losses())
    flow = _walked(work)
    instrument, problems = _built(work, flow, name)
    report = LossReport(
        source=name,
        format=FORMAT,
        losses=tuple(work.losses.lines),
        counts=_counts(work, flow, instrument),
    )
    return Imported(instrument, report, problems)


def _walked(work: Work) -> Flow:
    """Everything in the order of the flow; what stands in no flow comes last and is never asked."""
    survey = work.survey
    declare(work)
    thrown = survey.trashed()
    for qid in sorted(thrown):
        work.losses.add(
            "lost",
            name_of(survey.questions[qid]),
            "trash",
            "It was thrown away there and is left out.",
        )
    flow = Flow(work)
    blocks = [block for block in survey.blocks.values() if block.type != "Trash"]
    asked = list(survey.questions)
    nodes = survey.flow or [{"Type": "Block", "ID": block.id} for block in blocks]
    flow.walk(nodes, Where())
    left = [qid for qid in asked if qid not in work.spoken and qid not in thrown]
    if left:
        rest = Block(
            "", "", "not asked", tuple({"Type": "Question", "QuestionID": q} for q in left), {}
        )
        pages = block_pages(flow, rest)
        has_places = bool(survey.flow or blocks)
        for page in pages:
            page.relevant = NEVER if has_places else ""
        flow.pages += pages
        if has_places:
            for qid in left:
                work.losses.add(
                    "changed",
                    name_of(survey.questions[qid]),
                    "survey flow",
                    "The flow does not lead to it. It stands on a last page that nobody is asked.",
                    key=work.spoken[qid].key,
                )
    apply_skips(flow)
    _say_about_survey(work)
    return flow


def _built(work: Work, flow: Flow, name: str) -> tuple[Instrument | None, tuple[Problem, ...]]:
    pages = _pages(work, flow)
    if not pages:
        message = "Nothing of the survey can be asked. Add a question there, and export it again."
        problem = Problem(code="qualtrics.no-questions", where="", message=message, file=name)
        return None, (problem,)
    quotas, endings = _quotas(work, flow.endings)
    used = {getattr(item, "scale", None) for page in pages for item in page.items}
    title = plain_text(work.survey.name, 300) or "Survey"
    thanks = rich_text(words(work.survey.options.get("EOSMessage")))
    instrument = Instrument(
        key=_instrument_key(title),
        title=title,
        language=language_code(work.survey.language) or "en",
        thanks="" if thanks.startswith("MS_") else thanks,
        scales=tuple(scale for scale in work.scales.values() if scale.key in used),
        pages=tuple(pages),
        endings=tuple(endings),
        quotas=tuple(quotas),
        samplings=tuple(flow.samplings[:100]),
    )
    instrument = instrument.model_copy(update={"translations": translations(work, instrument)})
    mended, errors = repaired(instrument, work.losses)
    if errors:
        return None, tuple(
            p.model_copy(update={"code": "qualtrics.instrument", "file": name}) for p in errors
        )
    return mended, ()


def _instrument_key(title: str) -> str:
    key = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_")[:50].rstrip("_")
    if not key or not key[0].isalpha() or key in {"plan", "mapping"}:
        key = f"survey_{key}".rstrip("_")
    return key


def _pages(work: Work, flow: Flow) -> list[Page]:
    """The pages, with what came with the link first and what is worked out where it is set."""
    hidden, calculated = field_items(work, flow.assigned)
    drafts = list(flow.pages)
    for name, item in sorted(
        calculated.items(), key=lambda pair: flow.set_at.get(pair[0], 0), reverse=True
    ):
        key = work.keys.fresh(f"{item.key}_set", "page")
        drafts.insert(flow.set_at.get(name, 0), Draft(key, "", parts=[("", item)]))
    if hidden:
        first = Draft(work.keys.fresh("link", "page"), "", parts=[("", one) for one in hidden])
        drafts.insert(0, first)
    return [
        Page(
            key=draft.key,
            relevant=draft.relevant,
            shuffle=draft.shuffle,
            order="random" if draft.order == "random" else "as_written",
            items=tuple(item for _, item in draft.parts[:2000]),
        )
        for draft in drafts[:2000]
        if draft.parts
    ]


def _quotas(work: Work, endings: Sequence[Ending]) -> tuple[list[Quota], list[Ending]]:
    found: list[Quota] = []
    all_endings = list(endings)
    for raw in work.survey.quotas[:200]:
        name = plain_text(words(raw.get("Name")), 100) or "quota"
        limit = number(raw.get("Occurrences"))
        action = words(raw.get("QuotaAction"))
        when = work.logic.condition(raw.get("Logic"), name, "quota", strict=True)
        if not when or limit is None or not 0 <= limit <= 10_000_000:
            work.losses.add("lost", name, "quota", "It counts something that is not known here.")
            continue
        if action and action not in {"EndCurrentSurvey", "EndSurvey", "PreventAllNewResponses"}:
            work.losses.add("lost", name, "quota", f"It only counts there (“{action}”).")
            continue
        if not found:
            key = work.keys.fresh("quota_full", "ending")
            title = "We have heard enough people like you. Thank you for your time"
            all_endings.append(Ending(key=key, title=title))
        work.losses.add(
            "translated", name, "quota", f"At most {int(limit)} responses, then an ending."
        )
        found.append(
            Quota(
                key=work.keys.fresh(name, "quota"),
                when=when,
                limit=int(limit),
                ending=all_endings[-1].key,
            )
        )
    return found, all_endings


def _say_about_survey(work: Work) -> None:
    options, scoring = work.survey.options, work.survey.scoring
    look = [one for one in ("Header", "Footer", "CustomStyles") if words(options.get(one)).strip()]
    if look or fields(options.get("CustomStyles")):
        work.losses.add("lost", "survey options", "look", "Header, footer and styles are not kept.")
    if fields(scoring.get("ScoringCategories")):
        work.losses.add(
            "lost",
            "scoring",
            "scoring",
            "Points and their categories are not kept; indicators score here.",
        )


def _counts(work: Work, flow: Flow, instrument: Instrument | None) -> dict[str, tuple[int, int]]:
    """Questions, sub-questions, options, languages: in the file, and in the instrument."""
    thrown = work.survey.trashed()
    questions = [
        q for q in work.survey.questions.values() if q.id not in thrown and "#" not in q.id
    ]
    items: dict[str, list[Item]] = {}
    if instrument is not None:
        by_key = {item.key: item for item in instrument.items()}
        for page in flow.pages:
            for qid, item in page.parts:
                if item.key in by_key:
                    items.setdefault(qid, []).append(by_key[item.key])
    arrived = {q.id: items.get(q.id, []) for q in questions}
    subs = [_subquestions(work, q, arrived[q.id]) for q in questions]
    options = [_options(work, q, arrived[q.id], instrument) for q in questions]
    languages = {language_code(work.survey.language) or "en"}
    for question in questions:
        languages |= {language_code(one) or one for one in fields(question.raw.get("Language"))}
    own = len(instrument.languages) if instrument else 0
    return {
        "questions": (len(questions), sum(bool(found) for found in arrived.values())),
        "subquestions": (sum(a for a, _ in subs), sum(b for _, b in subs)),
        "options": (sum(a for a, _ in options), sum(b for _, b in options)),
        "languages": (len(languages), own),
    }


_ROWS = {"Matrix", "Slider", "PGR"}


def _parts(work: Work, question: Question) -> list[Question]:
    """The columns of a side by side, each a question; else the question itself."""
    if question.type != "SBS":
        return [question]
    names = fields(question.raw.get("AdditionalQuestions"))
    known = work.survey.questions
    found = [known[qid] for name in names if (qid := f"{question.id}#{name}") in known]
    return found or [question]


def _subquestions(work: Work, question: Question, items: Sequence[Item]) -> tuple[int, int]:
    parts = _parts(work, question)
    in_file = 0
    for one in parts:
        if one.selector == "MaxDiff":
            in_file += len(one.answers)
        elif one.type in _ROWS or one.selector == "FORM" or question.type == "SBS":
            in_file += len(one.choices)
    in_rows = sum(len(item.rows) for item in items if isinstance(item, MATRIX_KINDS))
    single = [i for i in items if not isinstance(i, (*MATRIX_KINDS, TextBlock, Hidden, Calculated))]
    own = in_rows + (len(single) if in_file > in_rows else 0)
    return in_file, min(own, in_file)


def _options(
    work: Work, question: Question, items: Sequence[Item], instrument: Instrument | None
) -> tuple[int, int]:
    in_file = 0
    for one in _parts(work, question):
        if one.selector == "MaxDiff":
            in_file += len(one.choices)
        elif one.selector == "Profile":
            in_file += sum(len(fields(row)) for row in fields(one.raw.get("Answers")).values())
        elif one.type == "Matrix" or question.type == "SBS":
            is_line = len(one.answers) == 1 and not one.answers[0].text.strip()
            in_file += 0 if is_line and one.selector == "TE" else len(one.answers)
        elif one.type in {"MC", "RO", "CS"}:
            in_file += len(one.choices)
        elif one.type == "DD":
            in_file += len(one.answers)
    own = 0
    for item in items:
        own += len(getattr(item, "options", ())) + len(getattr(item, "columns", ()))
        own += bool(getattr(item, "other", "")) + bool(getattr(item, "na", ""))
        scale = instrument.scale(getattr(item, "scale", None) or "") if instrument else None
        own += len(scale.points) if scale else 0
        if item.kind == "semantic_differential":
            own += item.points
        elif item.kind in {"likelihood", "consent"} or (
            question.type == "CS" and item.kind == "entry_grid"
        ):
            own += len(question.choices)
    return in_file, min(own, in_file)
