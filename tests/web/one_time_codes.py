"""What an authenticator app does (RFC 6238), so that tests need none."""

import base64
import hashlib
import hmac
import struct


def code_at(key: str, seconds: float) -> str:
    """The six digits for a key, as the app shows them at this time (seconds since 1970)."""
    letters = "".join(c for c in key.upper() if c.isalnum())
    secret = base64.b32decode(letters + "=" * (-len(letters) % 8))
    digest = hmac.new(secret, struct.pack(">Q", int(seconds) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"
