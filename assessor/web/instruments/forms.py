"""The form that takes an instrument's file."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired

from assessor.web.messages import lazy_gettext


class FileForm(FlaskForm):  # type: ignore[misc]  # the package has no types
    """One instrument as YAML."""

    file = FileField(
        lazy_gettext("Instrument file"),
        [FileRequired(lazy_gettext("Choose a file first, such as patrons.yaml."))],
        description=lazy_gettext("YAML, at most 5 MB."),
        render_kw={"accept": ".yaml,.yml"},
    )
