"""A REDCap data dictionary: its columns under any of their names, its choices, its action tags."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from assessor.domain.problems import Problem
from assessor.formats.csv_text import csv_problem, read_csv
from assessor.formats.foreign import LARGEST_IMPORT

HEADER = (
    "Variable / Field Name",
    "Form Name",
    "Section Header",
    "Field Type",
    "Field Label",
    "Choices, Calculations, OR Slider Labels",
    "Field Note",
    "Text Validation Type OR Show Slider Number",
    "Text Validation Min",
    "Text Validation Max",
    "Identifier?",
    "Branching Logic (Show field only if...)",
    "Required Field?",
    "Custom Alignment",
    "Question Number (surveys only)",
    "Matrix Group Name",
    "Matrix Ranking?",
    "Field Annotation",
)
"""The columns as REDCap writes them."""

_OTHER_NAMES = {
    "fieldname": "name",
    "variablename": "name",
    "variable": "name",
    "formname": "form",
    "choicesorcalculations": "choices",
    "selectchoicesorcalculations": "choices",
    "choices": "choices",
    "textvalidationtype": "validation",
    "textvalidationtypeorshowslidernumber": "validation",
    "branchinglogic": "branching",
    "requiredfield": "required",
    "questionnumber": "number",
    "matrixgroup": "matrix",
    "fieldannotations": "annotation",
    "misc": "annotation",
}
MOST_FIELDS = 20_000


@dataclass(frozen=True)
class Row:
    """One field of a dictionary, in the order of its columns; `line` is where it stands."""

    name: str = ""
    form: str = ""
    section: str = ""
    type: str = ""
    label: str = ""
    choices: str = ""
    note: str = ""
    validation: str = ""
    minimum: str = ""
    maximum: str = ""
    identifier: str = ""
    branching: str = ""
    required: str = ""
    alignment: str = ""
    number: str = ""
    matrix: str = ""
    ranking: str = ""
    annotation: str = ""
    line: int = field(default=0, compare=False)

    def having(self, cells: Mapping[str, str]) -> "Row":
        """The field with other cells, by the names of their columns."""
        return Row(**{**{name: getattr(self, name) for name in COLUMNS}, **cells}, line=self.line)

    def cells(self) -> list[str]:
        return [str(getattr(self, name)) for name in COLUMNS]


COLUMNS = tuple(one.name for one in fields(Row) if one.name != "line")


def _plain(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


_KNOWN = {_plain(name): column for name, column in zip(HEADER, COLUMNS, strict=True)} | _OTHER_NAMES


def read_rows(data: bytes, name: str) -> tuple[list[Row], list[Problem]]:
    """The fields of a dictionary, and why it cannot be read where it cannot."""
    if len(data) > LARGEST_IMPORT:
        megabytes = LARGEST_IMPORT // 2**20
        message = f"The file is larger than {megabytes} MB. Split it by instrument."
        return [], [_problem("redcap.too-large", message, name)]
    read = read_csv(data, name, {*HEADER, "field_name", "form_name", "field_type", "field_label"})
    problems = [_as_ours(problem) for problem in read.problems]
    table = read.value
    if table is None:
        return [], problems
    places = {_KNOWN[_plain(n)]: i for i, n in enumerate(table.header) if _plain(n) in _KNOWN}
    if "name" not in places and len(table.header) in {17, 18}:
        # Its columns have other names, in another language perhaps, and still their order.
        places = {column: place for place, column in enumerate(COLUMNS[: len(table.header)])}
    if "name" not in places or "type" not in places:
        message = (
            "This is no data dictionary of REDCap: there are no columns “Variable / Field Name” "
            "and “Field Type”. Download it there from Project Setup → Data Dictionary."
        )
        return [], [*problems, _problem("redcap.columns", message, name, 1)]
    rows: list[Row] = []
    try:
        for line, cells in table.rows():
            found = {c: cells[i].strip() for c, i in places.items() if i < len(cells)}
            if not any(found.values()):
                continue
            rows.append(Row(**found, line=line))
            if len(rows) > MOST_FIELDS:
                message = f"A dictionary has at most {MOST_FIELDS:,} fields here. Split it."
                return [], [*problems, _problem("redcap.too-many", message, name, line)]
    except csv.Error as error:
        line = rows[-1].line + 1 if rows else 2
        return [], [*problems, _as_ours(csv_problem(error, name, line))]
    return rows, problems


def parsed_choices(text: str) -> list[tuple[str, str]]:
    """Code and label of each choice of `1, Yes | 2, No`; a choice without a comma is both."""
    parts = text.split("|") if "|" in text else re.split(r"\\n|\n", text)
    found = []
    for part in parts:
        code, comma, label = part.partition(",")
        code, label = code.strip(), label.strip()
        if code or label:
            found.append((code, label if comma and label else code))
    return found


_TAG = re.compile(r"@([A-Z][A-Z0-9_-]*)(?:\s*=\s*('[^']*'|\"[^\"]*\"|[^\s@]+)|\(([^)]*)\))?")


def action_tags(annotation: str) -> dict[str, str]:
    """The action tags of a field: name → what it is given, without its quotes."""
    found: dict[str, str] = {}
    for match in _TAG.finditer(annotation):
        found.setdefault(match[1], (match[2] or match[3] or "").strip("'\""))
    return found


def words_beside_tags(annotation: str) -> str:
    """What else is written there."""
    return " ".join(_TAG.sub(" ", annotation).split())


def _as_ours(problem: Problem) -> Problem:
    return problem.model_copy(update={"code": problem.code.replace("csv.", "redcap.", 1)})


def _problem(code: str, message: str, name: str, line: int | None = None) -> Problem:
    return Problem(code=code, where="", message=message, line=line, file=name)
