"""What a picture is by its content: a name or a browser's word proves nothing."""

_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_END = b"IEND\xaeB`\x82"


def picture_type(content: bytes) -> str | None:
    """The media type of a whole PNG, JPEG or WebP file; None where it is none of them."""
    if content.startswith(_PNG) and content[12:16] == b"IHDR" and _PNG_END in content[-64:]:
        return "image/png"
    if content.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in content[-64:]:
        return "image/jpeg"
    if content[:4] == b"RIFF" and content[8:15] == b"WEBPVP8":
        return "image/webp"
    return None
