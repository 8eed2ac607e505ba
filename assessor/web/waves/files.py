"""The files that people sent with their answers, for those who may read the wave.

Always as something to save and never as a page: what a stranger sent must not run here.
"""

from flask import Response, abort, render_template, send_file
from flask.typing import ResponseReturnValue

from assessor.store import uploads
from assessor.web.access import requires
from assessor.web.waves.frame import blueprint, own_wave


@blueprint.get("/<wave_id>/files")
@requires("leadership")
def sent_files(wave_id: str) -> ResponseReturnValue:
    """Every file of the wave, in an order that says nothing; answers name them by these ids."""
    wave = own_wave(wave_id)
    return render_template("waves/files.html", wave=wave, files=uploads.uploads(wave.id))


@blueprint.get("/<wave_id>/files/<file_id>")
@requires("leadership")
def sent_file(wave_id: str, file_id: str) -> ResponseReturnValue:
    """One file, under its random id with the ending of what it is."""
    wave = own_wave(wave_id)
    found = uploads.upload(wave.id, file_id)
    if found is None or not uploads.path_of(wave.id, found.id).is_file():
        abort(404)
    answer: Response = send_file(
        uploads.path_of(wave.id, found.id),
        mimetype=found.media_type,
        as_attachment=True,
        download_name=f"{found.id}.{found.extension}",
        max_age=0,
        # The date of every file is the same, and says nothing.
        last_modified=None,
        etag=False,
        conditional=False,
    )
    answer.headers["Cache-Control"] = "no-store"
    answer.headers.remove("Last-Modified")
    return answer
