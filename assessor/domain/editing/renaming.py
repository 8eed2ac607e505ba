"""Calling things otherwise, wherever they are named: in logic, in texts that quote an answer, in
samplings, and in the addresses of translations.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

from assessor.domain.instrument import Instrument, ItemBase, Pair, Row, Sampling

V = TypeVar("V", bound=BaseModel)
Rewrite = Callable[[str], str]
_REFERENCE = re.compile(r"\$\{\s*([A-Za-z_][A-Za-z0-9_]*)((?:\.[^}]*)?)\}")


def references_renamed(text: str, names: Mapping[str, str]) -> str:
    """A text or an expression with `${old}` and `${old.use}` as `${new}` and `${new.use}`."""

    def renamed(found: re.Match[str]) -> str:
        new = names.get(found[1])
        return found[0] if new is None else f"${{{new}{found[2].rstrip()}}}"

    return _REFERENCE.sub(renamed, text) if "${" in text else text


def renamed_within(value: V, names: Mapping[str, str]) -> V:
    """A part of an instrument with other keys: its own, those within it, and all it refers to."""

    def rewrite(text: str) -> str:
        return references_renamed(text, names)

    return _walked(value, rewrite, names)


def rewritten_within(value: V, rewrite: Rewrite) -> V:
    """A part of an instrument with every text and expression rewritten, its keys untouched."""
    return _walked(value, rewrite, {})


def _walked(value: V, rewrite: Rewrite, names: Mapping[str, str]) -> V:
    changes: dict[str, Any] = {}
    owns_key = isinstance(value, ItemBase | Row | Pair)
    for name in type(value).model_fields:
        old = getattr(value, name)
        new = old
        if name == "key" and owns_key:
            new = names.get(old, old)
        elif name == "items" and isinstance(value, Sampling):
            new = tuple(names.get(key, key) for key in old)
        elif isinstance(old, str):
            new = rewrite(old)
        elif isinstance(old, tuple):
            new = tuple(
                _walked(one, rewrite, names) if isinstance(one, BaseModel) else one for one in old
            )
        if new != old:
            changes[name] = new
    return value.model_copy(update=changes) if changes else value


def with_names(instrument: Instrument, names: Mapping[str, str]) -> Instrument:
    """The instrument with items and rows called otherwise: old key → new key."""
    renamed = renamed_within(instrument, names)
    group_item = instrument.group_item
    prefixes = {f"{old}.": f"{new}." for old, new in names.items()}
    return renamed.model_copy(
        update={
            "group_item": names.get(group_item, group_item) if group_item else None,
            "translations": {
                language: {
                    _readdressed(address, prefixes): references_renamed(text, names)
                    for address, text in said.items()
                }
                for language, said in instrument.translations.items()
            },
        }
    )


def with_addresses(instrument: Instrument, prefixes: Mapping[str, str]) -> Instrument:
    """The instrument with translations under other addresses: old start → new start."""
    translations = {
        language: {_readdressed(address, prefixes): text for address, text in said.items()}
        for language, said in instrument.translations.items()
    }
    return instrument.model_copy(update={"translations": translations})


def with_copied_translations(instrument: Instrument, names: Mapping[str, str]) -> Instrument:
    """The instrument whose copies are translated like what they were copied from."""
    prefixes = {f"{old}.": f"{new}." for old, new in names.items()}
    translations = {}
    for language, said in instrument.translations.items():
        more = {_readdressed(address, prefixes): text for address, text in said.items()}
        translations[language] = {**more, **said}
    return instrument.model_copy(update={"translations": translations})


def without_translations(instrument: Instrument, starts: tuple[str, ...]) -> Instrument:
    """The instrument without the translations of what is gone."""
    translations = {
        language: {a: text for a, text in said.items() if not a.startswith(starts)}
        for language, said in instrument.translations.items()
    }
    return instrument.model_copy(update={"translations": translations})


def _readdressed(address: str, prefixes: Mapping[str, str]) -> str:
    for old, new in prefixes.items():
        if address.startswith(old) or address == old.rstrip("."):
            return new + address[len(old) :] if address.startswith(old) else new.rstrip(".")
    return address


def option_renamed(keys: tuple[str, ...], old: str, new: str) -> Rewrite:
    """How an expression reads once a code of these items or rows is another."""
    item = r"\$\{\s*(?:" + "|".join(map(re.escape, keys)) + r")\s*\}"
    code = re.escape(old)
    patterns = (
        re.compile(rf"({item}\s*!?=\s*)(['\"]){code}(\2)"),
        re.compile(rf"(selected\(\s*{item}\s*,\s*)(['\"]){code}(\2)"),
    )
    turned = re.compile(rf"(['\"]){code}(\1\s*!?=\s*{item})")
    column = re.compile(rf"(\$\{{\s*(?:{'|'.join(map(re.escape, keys))})\.){code}(\s*\}})")

    def rewrite(text: str) -> str:
        if "${" not in text:
            return text
        for pattern in patterns:
            text = pattern.sub(lambda m: f"{m[1]}{m[2]}{new}{m[3]}", text)
        text = turned.sub(lambda m: f"{m[1]}{new}{m[2]}", text)
        return column.sub(lambda m: f"{m[1]}{new}{m[2]}", text)

    return rewrite
