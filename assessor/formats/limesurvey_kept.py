"""An instrument that was written for LimeSurvey, known again in the file.

The file carries what LimeSurvey has no field for. It is believed only as long as writing it again
gives the very questions that stand in the file: whoever changed a word, an answer or a condition in
LimeSurvey meant it, and then everything is read as LimeSurvey's own.
"""

import json
from typing import Any

from assessor.domain.instrument import Instrument
from assessor.formats.limesurvey_archive import read_document
from assessor.formats.limesurvey_structure import Question, Survey, Texts, read_structure
from assessor.formats.limesurvey_writing import (
    KEPT_INSTRUMENT,
    KEPT_ITEM,
    WrittenSurvey,
    write_survey,
)


def was_ours(survey: Survey) -> bool:
    """Whether the file says that it was written here."""
    return any(KEPT_INSTRUMENT in question.attributes for question in survey.questions())


def kept_instrument(survey: Survey) -> tuple[Instrument, WrittenSurvey] | None:
    """The instrument that the file was written from; None where it was changed since."""
    try:
        instrument = _instrument(survey)
        if instrument is None:
            return None
        written = write_survey(instrument)
        again = read_structure(read_document(written.data))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        # Attributes can hold anything, also what never was an instrument.
        return None
    return (instrument, written) if _same(survey, again) else None


def _instrument(survey: Survey) -> Instrument | None:
    # Any: what stands in an attribute, until the model has checked it.
    items: dict[str, Any] = {}
    content: dict[str, Any] | None = None
    for question in survey.questions():
        if text := question.attribute(KEPT_ITEM):
            item = json.loads(text)
            items[item["key"]] = item
        if text := question.attribute(KEPT_INSTRUMENT):
            content = json.loads(text)
    if content is None:
        return None
    for page in content["pages"]:
        page["items"] = [items[key] for key in page["items"]]
    return Instrument.model_validate(content)


def _same(survey: Survey, again: Survey) -> bool:
    """Whether two surveys ask the same, whatever numbers their rows have."""
    return _outline(survey, again) == _outline(again, again)


def _outline(survey: Survey, model: Survey) -> list[object]:
    """All that a survey says; of attributes, those that `model` has."""
    wanted = {question.code: question.attributes for question in model.questions()}
    found: list[object] = [survey.language, sorted(survey.languages)]
    found += [_said(survey.texts.get(name, {})) for name in ("title", "welcometext", "endtext")]
    for group in survey.groups:
        if group.questions:
            found += [_said(group.titles), _said(group.descriptions)]
            found += [group.relevance, group.randomization]
            found += [_question(one, wanted.get(one.code, {})) for one in group.questions]
    return found


def _question(question: Question, wanted: dict[str, Texts]) -> tuple[object, ...]:
    return (
        question.code,
        question.type,
        _said(question.texts),
        _said(question.help),
        question.relevance,
        question.mandatory,
        question.other,
        question.preg,
        [(s.code, s.scale, _said(s.texts), s.relevance) for s in question.subs],
        [(a.code, a.scale, _said(a.texts), a.assessment) for a in question.answers],
        [(name, _said(question.attributes.get(name, {}))) for name in sorted(wanted)],
        question.defaults,
        len(question.conditions),
    )


def _said(words: Texts) -> list[tuple[str, str]]:
    """Texts without the line ends and spaces that a way through XML may change."""
    return sorted(
        (language, " ".join(text.split())) for language, text in words.items() if text.strip()
    )
