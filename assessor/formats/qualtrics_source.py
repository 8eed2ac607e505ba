"""What stands in a Qualtrics file (`.qsf`), read leniently: nothing is trusted to have its type.

Files come from twenty years of versions. A mapping may be a list, a number a text, a part be
missing; whatever is not of its kind counts as absent.
"""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from assessor.domain.problems import Problem
from assessor.formats.foreign import LARGEST_IMPORT

DEEPEST = 80
Fields = dict[str, object]


def fields(value: object) -> Fields:
    """A mapping; a list becomes one with its places as names, as PHP writes them."""
    if isinstance(value, dict):
        return {str(key): one for key, one in value.items()}
    if isinstance(value, list):
        return {str(place): one for place, one in enumerate(value)}
    return {}


def entries(value: object) -> list[object]:
    """A list; a mapping gives its values in order."""
    if isinstance(value, list):
        return value
    return list(value.values()) if isinstance(value, dict) else []


def words(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, str | int | float) else ""


def number(value: object) -> float | None:
    text = words(value).strip().replace(",", ".")
    if not re.fullmatch(r"-?\d{1,15}(\.\d{1,10})?", text):
        return None
    found = float(text)
    return found if math.isfinite(found) else None


def is_on(value: object) -> bool:
    return words(value).strip().lower() in {"true", "on", "yes", "1"}


@dataclass(frozen=True)
class Choice:
    """A choice, a row, or an answer of a question. `raw` is everything that is said of it."""

    id: str
    text: str
    raw: Fields
    recode: str = ""
    tag: str = ""
    group: str = ""

    @property
    def has_entry(self) -> bool:
        return is_on(self.raw.get("TextEntry"))


@dataclass(frozen=True)
class Question:
    id: str
    tag: str
    type: str
    selector: str
    sub: str
    text: str
    raw: Fields
    choices: tuple[Choice, ...] = ()
    answers: tuple[Choice, ...] = ()

    @property
    def settings(self) -> Fields:
        return fields(fields(self.raw.get("Validation")).get("Settings"))

    @property
    def configuration(self) -> Fields:
        return fields(self.raw.get("Configuration"))


@dataclass(frozen=True)
class Block:
    id: str
    type: str
    name: str
    elements: tuple[Fields, ...]
    options: Fields


@dataclass
class Survey:
    """A survey as its file has it; `questions` by their QID, in the file's order."""

    name: str
    language: str
    questions: dict[str, Question] = field(default_factory=dict)
    blocks: dict[str, Block] = field(default_factory=dict)
    flow: list[Fields] = field(default_factory=list)
    options: Fields = field(default_factory=dict)
    quotas: list[Fields] = field(default_factory=list)
    scoring: Fields = field(default_factory=dict)

    def trashed(self) -> set[str]:
        """The ids of questions that were thrown away."""
        kept = {
            qid for block in self.blocks.values() if block.type != "Trash" for qid in _ids(block)
        }
        thrown = {qid for b in self.blocks.values() if b.type == "Trash" for qid in _ids(b)}
        return (thrown - kept) & set(self.questions)


def read_source(data: bytes, name: str) -> Survey | Problem:
    """The survey in a file, or why there is none."""
    content = _json(data, name)
    if isinstance(content, Problem):
        return content
    parts = content.get("SurveyElements")
    if not isinstance(parts, list | dict):
        message = (
            "This is no survey of Qualtrics: it has no `SurveyElements`. Export the survey there "
            "with Tools → Import/Export → Export survey, and choose that file."
        )
        return _problem("qualtrics.shape", message, name)
    entry = fields(content.get("SurveyEntry"))
    survey = Survey(words(entry.get("SurveyName")), words(entry.get("SurveyLanguage")))
    for part in entries(parts):
        _take(survey, fields(part))
    if not survey.questions:
        message = "The survey has no questions. Export one that has, and choose that file."
        return _problem("qualtrics.no-questions", message, name)
    return survey


def _json(data: bytes, name: str) -> Fields | Problem:
    if len(data) > LARGEST_IMPORT:
        megabytes = LARGEST_IMPORT // 2**20
        message = f"The file is larger than {megabytes} MB. Remove pictures from it, or split it."
        return _problem("qualtrics.too-large", message, name)
    try:
        text = data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
        content = _clean(json.loads(text), text)
    except json.JSONDecodeError as error:
        message = (
            "The file cannot be read as JSON from this line on. It is cut off or was edited; "
            "export the survey from Qualtrics again."
        )
        return _problem("qualtrics.json", message, name, error.lineno)
    except UnicodeDecodeError as error:
        message = "The file is no text in UTF-8. Export the survey from Qualtrics again."
        return _problem("qualtrics.encoding", message, name, data.count(b"\n", 0, error.start) + 1)
    except (RecursionError, _TooDeepError):
        message = "The file is nested too deeply for a survey. Export it from Qualtrics again."
        return _problem("qualtrics.nesting", message, name)
    except ValueError:
        message = "The file holds a number too long to be one. Export the survey again."
        return _problem("qualtrics.json", message, name)
    if not isinstance(content, dict):
        message = "The file holds no survey: at its top is no `{`. Choose the .qsf file itself."
        return _problem("qualtrics.shape", message, name)
    return fields(content)


class _TooDeepError(Exception):
    pass


def _clean(value: object, text: str) -> object:
    """Without halves of letters, which no text can hold, and never too deep to walk through."""
    waiting = [(value, 0)]
    while waiting:
        one, depth = waiting.pop()
        if depth > DEEPEST:
            raise _TooDeepError
        inside = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        waiting += [(part, depth + 1) for part in inside if isinstance(part, dict | list)]
    # Only an escape can write what has to be cleaned away, and few files have one.
    return _whole(value) if re.search(r"\\u(d[89a-f]|0000)", text, re.IGNORECASE) else value


def _whole(value: object) -> object:
    if isinstance(value, str):
        return re.sub("[\x00\ud800-\udfff]", "", value)
    if isinstance(value, dict):
        return {str(_whole(key)): _whole(one) for key, one in value.items()}
    return [_whole(one) for one in value] if isinstance(value, list) else value


def _take(survey: Survey, part: Fields) -> None:
    payload, kind = part.get("Payload"), words(part.get("Element"))
    content = fields(payload)
    if kind == "SQ" or (not kind and "QuestionType" in content):
        question = read_question(content, words(part.get("PrimaryAttribute")))
        if question.id and question.id not in survey.questions:
            survey.questions[question.id] = question
    elif kind == "BL":
        many = [content] if "BlockElements" in content or "ID" in content else entries(payload)
        for one in many:
            block = _block(fields(one))
            survey.blocks[block.id or f"block {len(survey.blocks)}"] = block
    elif kind == "FL":
        survey.flow.extend(fields(one) for one in entries(content.get("Flow")))
    elif kind == "SO":
        survey.options = content
    elif kind == "QO":
        survey.quotas.append(content)
    elif kind == "SCO":
        survey.scoring = content


def read_question(raw: Fields, name: str = "") -> Question:
    qid = words(raw.get("QuestionID")) or name
    choices = _choices(raw, "Choices", "ChoiceOrder")
    answers = _choices(raw, "Answers", "AnswerOrder")
    is_matrix = words(raw.get("QuestionType")) in {"Matrix", "SBS"}
    recodes = fields(raw.get("RecodeValues"))
    tags = fields(raw.get("ChoiceDataExportTags"))
    groups = _groups(raw)
    choices = tuple(
        Choice(
            c.id,
            c.text,
            c.raw,
            "" if is_matrix else words(recodes.get(c.id)),
            words(tags.get(c.id)),
            groups.get(c.id, ""),
        )
        for c in choices
    )
    answers = tuple(Choice(a.id, a.text, a.raw, words(recodes.get(a.id))) for a in answers)
    return Question(
        qid,
        words(raw.get("DataExportTag")) or qid,
        words(raw.get("QuestionType")),
        words(raw.get("Selector")),
        words(raw.get("SubSelector")),
        words(raw.get("QuestionText")),
        raw,
        choices,
        answers,
    )


def _choices(raw: Fields, name: str, order: str) -> tuple[Choice, ...]:
    """In the order they are shown; those that the order forgets come last."""
    found = fields(raw.get(name))
    wanted = [words(one) for one in entries(raw.get(order))]
    ids = dict.fromkeys([*(one for one in wanted if one in found), *found])
    return tuple(
        Choice(one, words(fields(found[one]).get("Display")), fields(found[one])) for one in ids
    )


def _groups(raw: Fields) -> dict[str, str]:
    """Choice id → the heading it stands under."""
    found: dict[str, str] = {}
    for one in entries(raw.get("ChoiceGroups")):
        group = fields(one)
        for choice in entries(group.get("ChoiceGroupOrder")):
            found[words(choice)] = words(group.get("GroupLabel"))
    return found


def _block(raw: Fields) -> Block:
    return Block(
        words(raw.get("ID")),
        words(raw.get("Type")),
        words(raw.get("Description")),
        tuple(fields(one) for one in entries(raw.get("BlockElements"))),
        fields(raw.get("Options")),
    )


def _ids(block: Block) -> Iterator[str]:
    return (words(one.get("QuestionID")) for one in block.elements)


def _problem(code: str, message: str, name: str, line: int | None = None) -> Problem:
    return Problem(code=code, where="", message=message, line=line, file=name)
