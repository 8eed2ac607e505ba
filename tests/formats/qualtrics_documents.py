"""Small surveys in Qualtrics' own form, written by hand for the tests of its importer."""

import json
from datetime import date
from typing import Any

from assessor.domain.checks.instrument import check_instrument
from assessor.domain.instrument import Instrument
from assessor.domain.route import Person, follow
from assessor.formats.foreign import Imported
from assessor.formats.qualtrics import read_qualtrics

Raw = dict[str, Any]


def question(qid: str, kind: str, selector: str, /, **more: Any) -> Raw:
    return {
        "QuestionID": qid,
        "DataExportTag": qid.replace("QID", "Q"),
        "QuestionType": kind,
        "Selector": selector,
        "QuestionText": f"Text of {qid}",
        **more,
    }


def choices(*labels: str, **more: Raw) -> Raw:
    return {
        str(place): {"Display": label, **more.get(f"c{place}", {})}
        for place, label in enumerate(labels, 1)
    }


def single(qid: str, *labels: str, **more: Any) -> Raw:
    return question(qid, "MC", "SAVR", Choices=choices(*labels or ("Yes", "No")), **more)


def expression(left: str, operator: str = "Selected", right: str = "", **more: Any) -> Raw:
    kind = "EmbeddedField" if "://" not in left else "Question"
    return {
        "LogicType": kind,
        "LeftOperand": left,
        "Operator": operator,
        "RightOperand": right,
        "Type": "Expression",
        "Description": f"<span>{left}</span> <span>{operator}</span>",
        **more,
    }


def when(*parts: Raw, kind: str = "If") -> Raw:
    numbered = {str(place): part for place, part in enumerate(parts)}
    return {"0": {**numbered, "Type": kind}, "Type": "BooleanExpression"}


def survey(
    *questions: Raw,
    blocks: dict[str, list[Any]] | None = None,
    flow: list[Raw] | None = None,
    elements: list[Raw] | None = None,
    language: str = "EN",
    block_options: Raw | None = None,
) -> bytes:
    """A file with these questions; `blocks`: id → question ids or whole block elements."""
    named = blocks or {"BL_1": [one["QuestionID"] for one in questions]}
    payload = [
        {
            "Type": "Standard",
            "ID": name,
            "Description": name,
            "Options": block_options or {},
            "BlockElements": [
                {"Type": "Question", "QuestionID": one} if isinstance(one, str) else one
                for one in content
            ],
        }
        for name, content in named.items()
    ]
    nodes = flow if flow is not None else [{"Type": "Block", "ID": name} for name in named]
    document = {
        "SurveyEntry": {"SurveyName": "Use of the library", "SurveyLanguage": language},
        "SurveyElements": [
            {"Element": "BL", "Payload": payload},
            {"Element": "FL", "Payload": {"Type": "Root", "Flow": nodes}},
            *({"Element": "SQ", "Payload": one} for one in questions),
            *(elements or []),
        ],
    }
    return json.dumps(document).encode()


def imported(data: bytes) -> tuple[Instrument, Imported]:
    found = read_qualtrics(data, "survey.qsf")
    assert found.instrument is not None, found.problems
    assert not [p for p in check_instrument(found.instrument) if p.severity == "error"]
    return found.instrument, found


def asked(instrument: Instrument, **answers: Any) -> set[str]:
    return set(follow(instrument, answers, Person(on=date(2026, 1, 1))).asked)


ROWS = choices("The catalogue", "The desk")
AGREEMENT = choices("Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree")
PLAIN = choices("Steampunk", "Fractal")


# Any: a test reads what the kind it imported has.
def the_item(instrument: Instrument, key: str = "") -> Any:
    """The item with a key, else the first."""
    return instrument.item(key) if key else next(instrument.items())
