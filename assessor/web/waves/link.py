"""The link that people open, and its code for a camera."""

from io import BytesIO

import segno
from flask import current_app, url_for

from assessor.settings import Settings
from assessor.store.fielding import Wave


def address(wave: Wave) -> str:
    """The wave's link under the site's public address, wherever this page was asked from."""
    settings: Settings = current_app.extensions["assessor_settings"]
    return settings.base_url + url_for("respond.welcome", wave_id=wave.id)


def qr_svg(link: str) -> bytes:
    """The link as a drawing that prints at any size."""
    out = BytesIO()
    # Error correction "m" survives a crease, and the code stays coarse enough for a poor camera.
    segno.make(link, error="m", micro=False).save(out, kind="svg", scale=10, border=4)
    return out.getvalue()


def qr_png(link: str) -> bytes:
    """The link as a picture of some 900 pixels, for slides and mails."""
    out = BytesIO()
    segno.make(link, error="m", micro=False).save(out, kind="png", scale=24, border=4)
    return out.getvalue()
