"""The form that takes an instrument's file."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired


class FileForm(FlaskForm):  # type: ignore[misc]  # the package has no types
    """One instrument as YAML."""

    file = FileField(
        "Instrument file",
        [FileRequired("Choose a file first, such as patrons.yaml.")],
        description="YAML, at most 5 MB.",
        render_kw={"accept": ".yaml,.yml"},
    )
