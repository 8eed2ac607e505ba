"""Instruments as LimeSurvey survey files (.lss), with a report of what LimeSurvey cannot hold.

What it cannot hold travels along in attributes of questions (`assessor_item`,
`assessor_instrument`), which LimeSurvey keeps and passes over. Reading the file again honours them
as long as the questions they belong to are as they were written; see `limesurvey_kept.py`.
"""

import json
from dataclasses import dataclass

from assessor.domain.instrument import Instrument, Item, ItemBase, Page, RepeatingGroup, ShortText
from assessor.domain.translations import texts
from assessor.formats.foreign import Losses, LossReport
from assessor.formats.limesurvey_asked import asked as asked_as
from assessor.formats.limesurvey_outgoing import Asked, AskedPart, Writing
from assessor.formats.limesurvey_outward import Outward
from assessor.formats.limesurvey_places import Place
from assessor.formats.limesurvey_structure import Texts
from assessor.formats.limesurvey_tables import COLUMNS, SurveyTables
from assessor.formats.limesurvey_xml import write_tables

KEPT_ITEM = "assessor_item"
KEPT_INSTRUMENT = "assessor_instrument"
FORMAT = "limesurvey"
SURVEY_NUMBER = "100001"

_EMAIL = r"/^[^@\s]+@[^@\s]+\.[^@\s]+$/"


@dataclass
class WrittenSurvey:
    """The file, what it could not hold, and where each answer will stand in LimeSurvey."""

    data: bytes
    report: LossReport
    places: dict[str, dict[str, Place]]


def write_limesurvey(instrument: Instrument) -> tuple[bytes, LossReport]:
    """The instrument as a .lss file of LimeSurvey 6, and what became of what it cannot hold."""
    written = write_survey(instrument)
    return written.data, written.report


def write_survey(instrument: Instrument) -> WrittenSurvey:
    """The same, with the places of the answers for reading responses back."""
    writing = Writing(instrument, texts(instrument))
    survey = SurveyTables(writing, Outward(), Losses())
    pages = [(page, [_asked(survey, item) for item in page.items]) for page in instrument.pages]
    for _page, questions in pages:
        for of_item in questions:
            for one in of_item:
                survey.outward.add(one.code, one.places)
    _head(survey)
    is_first = True
    for number, (page, questions) in enumerate(pages, 1):
        _group(survey, page, number)
        order = 0
        for of_item in questions:
            for place, one in enumerate(of_item):
                order += 1
                kept = _kept(instrument, one, place == 0, is_first)
                _question(survey, page, one, number, order, kept)
                is_first = False
    _report_rest(survey, instrument)
    report = LossReport(
        source=instrument.key,
        format=FORMAT,
        losses=tuple(dict.fromkeys(survey.losses.lines)),
        counts=_counts(instrument, pages),
    )
    places = {one.code: one.places for _p, questions in pages for many in questions for one in many}
    data = write_tables(
        instrument.languages,
        [(name, COLUMNS[name], survey.tables.get(name, [])) for name in COLUMNS],
    )
    return WrittenSurvey(data, report, places)


def _asked(survey: SurveyTables, item: Item) -> list[Asked]:
    """The question of an item; a repeating group is its text and its items, asked once."""
    found = [asked_as(survey.writing, item)]
    if isinstance(item, RepeatingGroup):
        found += [asked_as(survey.writing, one) for one in item.items]
        message = "LimeSurvey cannot repeat questions: they are asked once."
        survey.tell(item, "repetition", message)
        for one in found[1:]:
            one.relevance = item.relevant
    return found


def _kept(instrument: Instrument, asked: Asked, leads: bool, is_first: bool) -> dict[str, str]:
    """What LimeSurvey has no field for, as attributes of the question."""
    found: dict[str, str] = {}
    if leads:
        found[KEPT_ITEM] = _json(asked.item.model_dump(mode="json", exclude_defaults=True))
    if is_first:
        content = instrument.model_dump(mode="json", exclude_defaults=True)
        for page in content["pages"]:
            page["items"] = [one["key"] for one in page["items"]]
        found[KEPT_INSTRUMENT] = _json(content)
    return found


def _json(value: object) -> str:
    # Braces would be read as expressions, and letters that XML cannot hold would be dropped.
    return json.dumps(value, separators=(",", ":"))


def _head(survey: SurveyTables) -> None:
    instrument = survey.writing.instrument
    survey.row(
        "surveys",
        sid=SURVEY_NUMBER,
        gsid="1",
        admin="",
        anonymized="Y",
        format="G",
        language=instrument.language,
        additional_languages=" ".join(instrument.languages[1:]),
        datestamp="N",
        ipaddr="N",
        refurl="N",
        assessments="N",
        allowprev="Y",
        showwelcome="Y",
        showprogress="Y",
    )
    words = {name: survey.writing.words(name) for name in ("title", "introduction", "thanks")}
    for language in instrument.languages:
        survey.row(
            "surveys_languagesettings",
            surveyls_survey_id=SURVEY_NUMBER,
            surveyls_language=language,
            surveyls_title=survey.text(words["title"][language]),
            surveyls_welcometext=survey.text(words["introduction"][language], rich=True),
            surveyls_endtext=survey.text(words["thanks"][language], rich=True),
        )


def _group(survey: SurveyTables, page: Page, number: int) -> None:
    relevance = survey.said(page.relevant, page, "page relevance")
    survey.row(
        "groups",
        gid=str(number),
        sid=SURVEY_NUMBER,
        group_order=str(number),
        randomization_group=page.shuffle or "",
        grelevance="" if relevance == "1" else relevance,
    )
    titles = survey.writing.words(f"page.{page.key}.title")
    introductions = survey.writing.words(f"page.{page.key}.introduction")
    for language in survey.writing.instrument.languages:
        survey.row(
            "group_l10ns",
            id=survey.number("group text"),
            gid=str(number),
            # LimeSurvey takes no group without a name.
            group_name=survey.text(titles[language]) or page.key,
            description=survey.text(introductions[language], rich=True),
            language=language,
        )


def _question(
    survey: SurveyTables, page: Page, asked: Asked, group: int, order: int, kept: dict[str, str]
) -> None:
    item = asked.item
    qid = survey.number("question")
    survey.outward.own = item.key
    relevance = asked.relevance if asked.relevance != "1" else item.relevant
    needed = item.required and asked.type not in {"X", "*"}
    if item.required_when:
        message = "Whether an answer is needed cannot depend on others: it may be left out."
        survey.tell(item, "required_when", message, item.required_when)
    said = survey.said(relevance, item, "relevance")
    survey.row(
        "questions",
        qid=qid,
        parent_qid="0",
        sid=SURVEY_NUMBER,
        gid=str(group),
        type=asked.type,
        title=asked.code,
        preg=_pattern(item),
        other="Y" if asked.other else "N",
        mandatory="Y" if needed else "N",
        question_order=str(order),
        scale_id="0",
        same_default="0",
        relevance=said,
    )
    _constraint(survey, asked)
    if page.order == "random":
        asked.set("random_group", page.key)
    if asked.type == "*":
        asked.set("equation", _equation(survey, asked))
    _texts(survey, qid, asked.texts, asked.help, rich=asked.type == "X")
    for place, part in enumerate(asked.subs, 1):
        _sub(survey, asked, qid, group, place, part)
    for place, part in enumerate(asked.answers, 1):
        aid = survey.number("answer")
        survey.row(
            "answers",
            aid=aid,
            qid=qid,
            code=part.code,
            sortorder=str(place),
            assessment_value="0",
            scale_id=str(part.scale),
        )
        if part.relevant:
            message = f"The answer {part.code} is offered to everybody."
            survey.tell(item, "option relevance", message, part.relevant)
        for language, text in part.texts.items():
            survey.row(
                "answer_l10ns",
                id=survey.number("answer text"),
                aid=aid,
                answer=survey.text(text),
                language=language,
            )
    _attributes(survey, qid, asked, kept)
    for about, message in asked.lost:
        survey.tell(item, about, message)


def _pattern(item: ItemBase) -> str:
    if isinstance(item, ShortText) and item.pattern:
        slashed = item.pattern.replace("/", "\\/")
        return f"/^(?:{slashed})$/"
    return _EMAIL if getattr(item, "kind", "") == "email" else ""


def _equation(survey: SurveyTables, asked: Asked) -> str:
    calculation = str(getattr(asked.item, "calculation", ""))
    said = survey.said(calculation, asked.item, "calculation", "''")
    return f"{{{said}}}"


def _constraint(survey: SurveyTables, asked: Asked) -> None:
    item = asked.item
    if not item.constraint:
        return
    said = survey.said(item.constraint, item, "constraint", "")
    if said:
        asked.set("em_validation_q", said)
        words = survey.writing.words(f"{item.key}.constraint_message")
        if any(words.values()):
            asked.attributes["em_validation_q_tip"] = words


def _texts(survey: SurveyTables, qid: str, words: Texts, helps: Texts, rich: bool = False) -> None:
    for language in survey.writing.instrument.languages:
        survey.row(
            "question_l10ns",
            id=survey.number("question text"),
            qid=qid,
            question=survey.text(words.get(language, ""), rich=rich),
            help=survey.text(helps.get(language, "")),
            language=language,
        )


def _sub(
    survey: SurveyTables, asked: Asked, parent: str, group: int, place: int, part: AskedPart
) -> None:
    # Sub-questions are numbered after all questions, so that the numbers never meet.
    qid = str(100_000 + int(survey.number("sub-question")))
    relevance = survey.said(part.relevant, asked.item, "row relevance")
    survey.row(
        "subquestions",
        qid=qid,
        parent_qid=parent,
        sid=SURVEY_NUMBER,
        gid=str(group),
        type=asked.type,
        title=part.code,
        other="N",
        mandatory="N",
        question_order=str(place),
        scale_id=str(part.scale),
        same_default="0",
        relevance=relevance,
    )
    _texts(survey, qid, part.texts, {})


def _attributes(survey: SurveyTables, qid: str, asked: Asked, kept: dict[str, str]) -> None:
    for name, words in asked.attributes.items():
        for language, value in words.items():
            text = survey.text(value) if language else value
            row = {"qid": qid, "attribute": name, "value": text, "language": language}
            survey.row("question_attributes", **row)
    for name, value in kept.items():
        survey.row("question_attributes", qid=qid, attribute=name, value=value, language="")
    if asked.default:
        dvid = survey.number("default")
        survey.row("defaultvalues", dvid=dvid, qid=qid, scale_id="0", sqid="0", specialtype="")
        for language in survey.writing.instrument.languages:
            survey.row(
                "defaultvalue_l10ns",
                id=survey.number("default text"),
                dvid=dvid,
                language=language,
                defaultvalue=asked.default,
            )


def _report_rest(survey: SurveyTables, instrument: Instrument) -> None:
    """What belongs to the whole instrument and has no place in LimeSurvey."""
    for ending in instrument.endings:
        message = f"Ending `{ending.key}`: LimeSurvey asks everybody to the end."
        survey.tell(None, "ending", message, ending.when)
    for quota in instrument.quotas:
        message = f"Quota `{quota.key}` is not written; set it up in LimeSurvey."
        survey.tell(None, "quota", message, quota.when)
    for sampling in instrument.samplings:
        message = f"Sampling `{sampling.key}`: everybody is asked all of its items."
        survey.tell(None, "sampling", message, ", ".join(sampling.items))
    for scale in instrument.scales:
        message = f"Which end of scale `{scale.key}` is the better one is not said there."
        survey.tell(None, "scale", message)
    if instrument.group_item:
        message = "Which item holds the groups is not said there."
        survey.tell(None, "group_item", message, instrument.group_item)


def _counts(
    instrument: Instrument, pages: list[tuple[Page, list[list[Asked]]]]
) -> dict[str, tuple[int, int]]:
    items = sum(len(page.items) for page in instrument.pages)
    return {
        "questions": (items, sum(len(questions) for _page, questions in pages)),
        "languages": (len(instrument.languages), len(instrument.languages)),
    }
