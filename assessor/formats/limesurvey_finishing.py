"""What an instrument needs and a survey need not have: labels that differ, whole translations."""

import re
from collections import Counter
from typing import Any

from assessor.formats.limesurvey_reading import Fields, Reading

_PIPED = re.compile(r"\$\{[^}]*\}")
SHORT = 200
"""The longest label of a scale's point."""


def tell_labels_apart(r: Reading, content: Fields) -> None:
    """Adds its code to every option or point whose label another one has too."""
    names = {key: name for name, key in r.keys.known.items()}
    for page in content["pages"]:
        for item in page["items"]:
            _apart(r, names.get(item["key"], item["key"]), item.get("options", ()), "code", 2000)
    for scale in content["scales"]:
        _apart(r, scale["key"], scale["points"], "value", SHORT)


def same_answers(text: str, translation: str) -> bool:
    """Whether a translation shows the same answers as the text does."""
    return set(_PIPED.findall(text)) == set(_PIPED.findall(translation))


# Any: options and points as fields, before their models have checked them.
def _apart(r: Reading, name: str, parts: list[dict[str, Any]], code: str, longest: int) -> None:
    labels = Counter(str(part.get("label", "")).strip().casefold() for part in parts)
    same = [
        part
        for part in parts
        if part.get("label") and labels[str(part["label"]).strip().casefold()] > 1
    ]
    if not same:
        return
    message = "Several of its answers have the same words; their codes tell them apart."
    r.tell("changed", name, "answers", message, original=str(same[0]["label"]))
    for part in same:
        ending = f" ({part[code]})"
        part["label"] = f"{str(part['label'])[: longest - len(ending)]}{ending}"
