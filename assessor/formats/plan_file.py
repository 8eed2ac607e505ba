"""`plan.yaml`: an accepted plan as a file."""

from assessor.domain.plan import Plan, check_plan
from assessor.domain.problems import Checked
from assessor.formats.document_file import SCHEMAS, FileReading, read_file, written

SCHEMA = SCHEMAS + "plan.schema.json"


def read_plan(data: bytes, name: str = "plan.yaml") -> FileReading[Plan]:
    """Everything that can be said of a plan file, its partial content too."""
    return read_file(Plan, data, name, check_plan)


def read_plan_file(data: bytes, name: str = "plan.yaml") -> Checked[Plan]:
    """The plan in a YAML file of at most 5 MB; no value where its shape is wrong."""
    return read_plan(data, name).checked()


def write_plan_file(plan: Plan) -> bytes:
    """The plan as block YAML in UTF-8: the same bytes for the same plan, defaults left out."""
    return written(plan, SCHEMA)
