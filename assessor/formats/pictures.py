"""Pictures without what a camera writes into them: where and when, of whom, with which device.

Formats that cannot be written anew here, such as HEIC, are no pictures that an item takes.
"""

import io

from PIL import Image, ImageSequence
from PIL.JpegImagePlugin import JpegImageFile

from assessor.domain.problems import Said, say

MOST_PIXELS = 64_000_000
"""More than phones take, and little enough to hold in memory."""
FORMATS = ("PNG", "GIF", "WEBP")
_ORIENTATION = 0x0112


def bare_picture(content: bytes) -> bytes | Said:
    """The same picture with nothing beside it but its colours and which way is up.

    A JPEG keeps its compression. What is wrong with the picture where it cannot be read.
    """
    try:
        with _opened(content) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                return say(
                    "Choose a picture of at most {most} megapixels.", most=MOST_PIXELS // 1_000_000
                )
            return _written(picture)
    except Exception:  # a damaged picture is told of in many ways, none of them its own
        return say("This picture cannot be read. Save it again as JPEG or PNG.")


def _opened(content: bytes) -> Image.Image:
    # Phones put several pictures, such as one of depth, behind the one seen: that one alone.
    if content.startswith(b"\xff\xd8"):
        return JpegImageFile(io.BytesIO(content))
    return Image.open(io.BytesIO(content), formats=FORMATS)


def _written(picture: Image.Image) -> bytes:
    kept = Image.Exif()
    if up := picture.getexif().get(_ORIENTATION):
        kept[_ORIENTATION] = up
    colours = picture.info.get("icc_profile")
    made = io.BytesIO()
    match picture.format:
        case "JPEG":
            # Its comment would come along by itself.
            picture.info.pop("comment", None)
            picture.save(
                made, "JPEG", quality="keep", subsampling="keep", exif=kept, icc_profile=colours
            )
        case "PNG":
            picture.save(made, "PNG", exif=kept, icc_profile=colours)
        case _:
            frames = [frame.copy() for frame in ImageSequence.Iterator(picture)]
            for frame in frames:
                frame.info.pop("comment", None)
                frame.info.pop("xmp", None)
            timing = {name: picture.info[name] for name in ("loop",) if name in picture.info}
            durations = [frame.info.get("duration", 0) for frame in frames]
            if len(frames) > 1:
                timing |= {"save_all": True, "append_images": frames[1:], "duration": durations}
            if picture.format == "WEBP":
                timing |= {"exif": kept, "icc_profile": colours, "quality": 90}
            frames[0].save(made, picture.format, **timing)
    return made.getvalue()
