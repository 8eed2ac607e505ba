"""What a document is, as 64 letters: the SHA-256 of its canonical JSON.

Two documents with one fingerprint say the same, whatever the order of keys or the white space in
the files they came from. Scorecards carry the fingerprints of everything they were computed from.
"""

import hashlib
import json
from typing import Any

from pydantic import BaseModel


def canonical_json(document: BaseModel | dict[str, Any]) -> str:
    """One text for one content: sorted keys, no white space, defaults and nulls left out."""
    # Any: a document is arbitrary JSON by nature.
    content: Any = document
    if isinstance(document, BaseModel):
        content = document.model_dump(mode="json", exclude_defaults=True, by_alias=True)
    return json.dumps(
        content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )


def fingerprint(document: BaseModel | dict[str, Any]) -> str:
    return fingerprint_of_bytes(canonical_json(document).encode())


def fingerprint_of_bytes(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
