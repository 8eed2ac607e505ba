"""`plan.yaml`: an accepted plan as a file."""

from collections.abc import Iterator

from assessor.domain.plan import Plan, check_plan
from assessor.domain.problems import Checked, Problem
from assessor.formats.document_file import SCHEMAS, FileReading, read_file, written

SCHEMA = SCHEMAS + "plan.schema.json"


def read_plan(data: bytes, name: str = "plan.yaml") -> FileReading[Plan]:
    """Everything that can be said of a plan file, its partial content too."""
    return read_file(Plan, data, name, _check)


def read_plan_file(data: bytes, name: str = "plan.yaml") -> Checked[Plan]:
    """The plan in a YAML file of at most 5 MB; no value where its shape is wrong."""
    return read_plan(data, name).checked()


def write_plan_file(plan: Plan) -> bytes:
    """The plan as block YAML in UTF-8: the same bytes for the same plan, defaults left out."""
    return written(plan, SCHEMA)


_FIELDS = {"plan.duplicate-code": "code", "plan.unknown-parent": "parent", "plan.circle": "parent"}


def _check(plan: Plan) -> Iterator[Problem]:
    """The plan's problems, which name elements by code, with their places in the file instead."""
    places = {element.code: f"elements.{i}" for i, element in enumerate(plan.elements)}
    for problem in check_plan(plan):
        where = places.get(problem.where)
        if where is None:
            yield problem.model_copy(update={"where": "elements"})
        else:
            where = f"{where}.{_FIELDS.get(problem.code, 'code')}"
            yield problem.model_copy(update={"where": where})
