"""What a page carries from step to step, so that nothing is stored before it is confirmed."""

import base64
import binascii
import zlib


def packed(data: bytes) -> str:
    """The bytes as text for a hidden field."""
    return base64.b64encode(zlib.compress(data, 9)).decode()


def unpacked(text: str, most: int) -> bytes | None:
    """What `packed` packed; None for anything else that somebody may post, or for more bytes."""
    try:
        unpacking = zlib.decompressobj()
        data = unpacking.decompress(base64.b64decode(text, validate=True), most + 1)
    except (binascii.Error, zlib.error, ValueError):
        return None
    return data if unpacking.eof and 0 < len(data) <= most else None


def plain_name(name: str, otherwise: str = "file") -> str:
    """A file's name without the folders that a browser may send along."""
    return name.replace("\\", "/").rsplit("/", 1)[-1][:200] or otherwise
