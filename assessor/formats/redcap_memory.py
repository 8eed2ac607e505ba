"""What REDCap has no column for, kept beside its fields in an action tag of our own.

`@ASSESSOR='{…}'` is JSON: on the first field what belongs to the whole instrument, on others what
a field lacks. REDCap keeps tags it does not know. Whoever edits a field there means the edit: `was`
is a fingerprint of the visible cells, and where it does not fit any more, only the key is taken.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assessor.domain.instrument import Instrument, Item, Page, TextBlock
from assessor.formats.foreign import Losses
from assessor.formats.redcap_source import Row

ITEM: TypeAdapter[Item] = TypeAdapter(Item)
_TAG = re.compile(r"@ASSESSOR='([^']*)'")
# Any: JSON that came from a file, checked by the models it is put into.
Noted = dict[str, Any]
EDITED = "It was edited in REDCap. What was noted beside it is not taken."
VISIBLE = (
    *("name", "type", "label", "choices", "note", "validation", "minimum", "maximum"),
    *("branching", "required", "matrix"),
)


@dataclass
class Memory:
    """`content`: of the instrument; `pages`: form → page; `fields`: field name → what it lacks.

    `titled`: form → its first heading, where that is the page's title. `edited` are the fields of
    which a visible cell was changed.
    """

    content: Noted = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    titled: dict[str, str] = field(default_factory=dict)
    fields: dict[str, Noted] = field(default_factory=dict)
    spans: dict[str, int] = field(default_factory=dict)
    edited: set[str] = field(default_factory=set)

    def keys(self) -> dict[str, str]:
        """Field name → key, where the name is not the key."""
        found = {}
        for name, noted in self.fields.items():
            key = noted.get("key")
            if isinstance(key, str) and re.fullmatch(r"[a-z][a-z0-9_]{0,59}", key):
                found[name] = key
        return found

    def item(self, row: Row, losses: Losses) -> Item | None:
        """The whole item that begins at a field, where one was noted and nothing was edited."""
        noted = self.fields.get(row.name.lower(), {})
        if "item" not in noted:
            return None
        if row.name.lower() in self.edited:
            losses.add("changed", row.name, "note of Assessor", EDITED)
            return None
        return _item(noted["item"])

    def patched(self, row: Row, item: Item, losses: Losses) -> Item:
        """An item with what its field lacks."""
        noted = self.fields.get(row.name.lower(), {})
        patch = noted.get("patch")
        if not isinstance(patch, dict):
            return item
        if row.name.lower() in self.edited:
            losses.add("changed", row.name, "note of Assessor", EDITED, key=item.key)
            return item
        found = _item({**item.model_dump(mode="json"), **patch})
        if found is None:
            losses.add("lost", row.name, "note of Assessor", "It cannot be read.", key=item.key)
        return found or item

    def is_skipped(self, row: Row) -> bool:
        """Whether a field only shows what stands elsewhere, such as a page's introduction."""
        return self.fields.get(row.name.lower(), {}).get("skip") is True

    def whole(self, plain: Instrument, losses: Losses) -> Instrument:
        """The instrument with what no field can say of it."""
        if not self.content and not self.fields:
            return plain
        content: Noted = {**plain.model_dump(mode="json"), **self.content}
        content["pages"] = plain.model_dump(mode="json")["pages"]
        own = {
            scale.get("key") for scale in self.content.get("scales", []) if isinstance(scale, dict)
        }
        content["scales"] = [
            *(self.content.get("scales") or []),
            *(s.model_dump(mode="json") for s in plain.scales if s.key not in own),
        ]
        said: dict[str, dict[str, str]] = {}
        for noted in ({"say": self.content.get("translations", {})}, *self.fields.values()):
            for language, texts in _mapping(noted.get("say")).items():
                said.setdefault(language, {}).update(_mapping(texts))
        content["translations"] = said
        try:
            return Instrument.model_validate(content)
        except (ValidationError, TypeError, AttributeError):
            losses.add(
                "lost", "", "note of Assessor", "The note on the first field cannot be read."
            )
            return plain


def read_memory(rows: Sequence[Row], losses: Losses) -> Memory:
    """Everything that was noted in a dictionary; empty where nothing was."""
    memory = Memory()
    for place, row in enumerate(rows):
        noted = _noted(row, losses)
        if not noted:
            continue
        if not place:
            memory.content = _mapping(noted.get("instrument"))
            for form, raw in _mapping(noted.get("pages")).items():
                page = _page({k: v for k, v in _mapping(raw).items() if k != "titled"})
                if page is not None:
                    memory.pages[form] = page
                    title = _mapping(raw).get("titled")
                    if isinstance(title, str):
                        memory.titled[form] = title
            continue
        name = row.name.lower()
        memory.fields[name] = noted
        span = noted.get("span", 1)
        span = span if isinstance(span, int) and 1 <= span <= len(rows) - place else 1
        memory.spans[name] = span
        if noted.get("was") != fingerprint(rows[place : place + span]):
            memory.edited.add(name)
    return memory


def fingerprint(rows: Sequence[Row]) -> str:
    """Of the visible cells of fields, spaces apart."""
    text = "\x1f".join("".join(str(getattr(row, n)).split()) for row in rows for n in VISIBLE)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def tag(noted: Mapping[str, object]) -> str:
    """The action tag that holds these notes; it holds no apostrophe, which would end it."""
    text = json.dumps(noted, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return "@ASSESSOR='" + text.replace("'", "\\u0027") + "'"


def _noted(row: Row, losses: Losses) -> Noted:
    found = _TAG.search(row.annotation)
    if found is None:
        return {}
    try:
        content = json.loads(found[1])
    except (ValueError, RecursionError):
        losses.add("lost", row.name, "note of Assessor", "It cannot be read.", original=found[1])
        return {}
    return content if isinstance(content, dict) else {}


def _mapping(value: object) -> Noted:
    return value if isinstance(value, dict) else {}


def _item(content: object) -> Item | None:
    try:
        return ITEM.validate_python(content)
    except (ValidationError, RecursionError):
        return None


def _page(content: object) -> Page | None:
    text = TextBlock(kind="text_block", key="x", text="x")
    try:
        return Page.model_validate({**_mapping(content), "items": (text,)})
    except (ValidationError, RecursionError):
        return None
