"""One question of Qualtrics as items: its kind, its logic, and what every kind may carry."""

import re

from assessor.domain.instrument import (
    DateItem,
    Email,
    Item,
    LongTextItem,
    Number,
    ShortText,
    Slider,
    TextBlock,
)
from assessor.formats.foreign import plain_text
from assessor.formats.foreign_logic import all_of
from assessor.formats.qualtrics_kinds import translate_type
from assessor.formats.qualtrics_logic import Spoken
from assessor.formats.qualtrics_source import Question, entries, fields, is_on, words
from assessor.formats.qualtrics_texts import Work, name_of

_ONE_VALUE = ShortText | LongTextItem | Number | DateItem | Email | Slider


def items_of(work: Work, question: Question) -> list[Item]:
    """The items that a question becomes, in order; none for what asks nobody anything."""
    spoken = Spoken(key=work.keys.fresh(question.tag or question.id, "q"))
    work.spoken[question.id] = spoken
    plain = re.sub(r"[^a-z0-9]+", "_", question.tag.lower()).strip("_")
    if spoken.key != plain:
        work.changed(question, "key", f"It is called `{spoken.key}` here.", question.tag)
    relevant = _relevance(work, question)
    found = translate_type(question)(work, question)
    spoken.relevant = relevant
    found = [_asked_when(item, relevant) for item in found]
    found = _checked(work, question, found)
    _say_what_is_left(work, question)
    return found


def _relevance(work: Work, question: Question) -> str:
    raw = question.raw.get("DisplayLogic")
    if not fields(raw):
        return ""
    return work.logic.condition(raw, name_of(question), "display logic") or ""


def _asked_when(item: Item, relevant: str) -> Item:
    if not relevant:
        return item
    return item.model_copy(update={"relevant": all_of([relevant, item.relevant])})


def _checked(work: Work, question: Question, items: list[Item]) -> list[Item]:
    """Custom validation as the constraint of an item that has one value."""
    custom = fields(question.settings.get("CustomValidation"))
    if words(question.settings.get("Type")) != "CustomValidation" and not custom:
        return items
    asked = [item for item in items if not isinstance(item, TextBlock)]
    condition = work.logic.condition(
        custom.get("Logic"), name_of(question), "custom validation", strict=True
    )
    if not condition:
        if not fields(custom.get("Logic")):
            work.lost(question, "custom validation", "Its rule is empty or cannot be read.")
        return items
    if len(asked) != 1 or not isinstance(asked[0], _ONE_VALUE):
        work.lost(question, "custom validation", "Only what is typed can be checked so.", condition)
        return items
    own = f"${{{asked[0].key}}}"
    said = plain_text(words(fields(custom.get("Message")).get("description")), 1000)
    update = {
        "constraint": all_of([condition.replace(own, "."), asked[0].constraint]),
        "constraint_message": "" if re.fullmatch(r"(Default.*)?", said) else said,
    }
    return [item.model_copy(update=update) if item is asked[0] else item for item in items]


def _say_what_is_left(work: Work, question: Question) -> None:
    """What any question may carry and none of our items has."""
    raw = question.raw
    settings = question.settings
    asks = {words(settings.get("ForceResponse")), words(settings.get("ForceResponseType"))}
    on = words(settings.get("ForceResponse")).upper()
    if "RequestResponse" in asks and on not in {"ON", "OFF", ""}:
        work.changed(
            question, "validation", "Asking once more for an answer became: may be skipped."
        )
    if words(raw.get("QuestionJS")).strip():
        work.lost(
            question, "script", "Its own JavaScript was left out.", words(raw.get("QuestionJS"))
        )
    if any(fields(one) for one in entries(raw.get("GradingData"))):
        work.lost(
            question, "scoring", "Points for its choices are not kept. Indicators score here."
        )
    if any(words(one) for one in entries(raw.get("VariableNaming"))):
        work.lost(question, "variable names", "Names of its choices in exports are not kept.")
    if is_on(fields(raw.get("DataVisibility")).get("Hidden")):
        work.lost(question, "visibility", "It was hidden by its look. Here it is shown.")
    if any(
        words(one).lower() in {"no", "false", "0"} for one in entries(raw.get("AnalyzeChoices"))
    ):
        work.lost(question, "analysis", "Choices left out of reports there are counted here.")
