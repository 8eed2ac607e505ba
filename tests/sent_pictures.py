"""Pictures as a person sends them: with what a camera writes into them."""

import io
from typing import Any

from PIL import Image

WHERE = "Behind the reading room"
"""What is written into each of them beside its colours."""
GPS, LATITUDE, DESCRIPTION, ORIENTATION = 0x8825, 2, 0x010E, 0x0112


def taken(form: str, size: tuple[int, int] = (6, 4), **options: Any) -> bytes:
    """A picture of this format that says where it was taken; `options` are its writer's."""
    beside = Image.Exif()
    beside[DESCRIPTION] = WHERE
    beside[ORIENTATION] = 6
    beside.get_ifd(GPS)[LATITUDE] = (52.0, 31.0, 0.0)
    made = io.BytesIO()
    picture = Image.effect_noise(size, 40).convert("P" if form == "GIF" else "RGB")
    said = {"comment": WHERE.encode()} if form in ("GIF", "JPEG") else {}
    picture.save(made, form, **({} if form == "GIF" else {"exif": beside}), **said, **options)
    return made.getvalue()


PNG = taken("PNG")
