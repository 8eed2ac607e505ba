"""What every Jinja environment that shows the visual language is taught.

The site and the report file render the same macros (`components/status.html`,
`components/table.html` under `assessor/reports/templates`), so both call `teach` once.
"""

from pathlib import Path

from jinja2 import Environment

from assessor.reports.stylesheets import mail_stylesheet
from assessor.reports.tokens import STATUSES, StatusLook

TEMPLATES = Path(__file__).parent / "templates"


def teach(environment: Environment) -> None:
    """Make the status looks known to the macros of one Jinja environment."""
    environment.globals["status_look"] = status_look
    environment.globals["status_looks"] = STATUSES
    environment.globals["mail_stylesheet"] = mail_stylesheet


def status_look(key: str) -> StatusLook:
    """The look of a status; a KeyError where somebody invented one, for that is a bug."""
    return STATUSES[key]
