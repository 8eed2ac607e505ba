"""What a form's own columns do not say of an instrument: found by reading the form back."""

from typing import Any

from pydantic import BaseModel, ValidationError

from assessor.domain.instrument import Instrument, Item, Option, Page, Pair, Row, Scale, ScaleUse
from assessor.formats.xlsform_context import Context, Fields

_PARTS: dict[str, type[BaseModel]] = {"options": Option, "columns": Option, "scales": ScaleUse}


def item_more(item: Item, native: Fields) -> tuple[Fields, dict[str, Fields]]:
    """The fields of an item that its rows do not say, and those of its matrix rows by their key."""
    wanted = item.model_dump(mode="json")
    more: Fields = {}
    rows: dict[str, Fields] = {}
    for name, value in wanted.items():
        if name in {"kind", "items"}:
            continue
        if name == "rows":
            found = _row_differences(item, native.get("rows", []))
            if found is None:
                more["rows"] = value
            else:
                rows = found
            continue
        own = native[name] if name in native else _default(type(item), name)
        if _plain(name, own) != value:
            more[name] = value
    return more, rows


def _row_differences(item: Item, native: list[Fields]) -> dict[str, Fields] | None:
    """Row key → what its row of the sheet does not say; None where the rows are other ones."""
    wanted = getattr(item, "rows", ())
    if [row["key"] for row in native] != [row.key for row in wanted]:
        return None
    found: dict[str, Fields] = {}
    for row, own in zip(wanted, native, strict=True):
        assert isinstance(row, Row | Pair)
        dumped = row.model_dump(mode="json")
        different = {
            name: value
            for name, value in dumped.items()
            if own.get(name, _default(type(row), name)) != value
        }
        if different:
            found[row.key] = different
    return found


# Any: fields have all kinds of types.
def _default(model: type[BaseModel], name: str) -> Any:
    field = model.model_fields[name]
    if field.is_required():
        return None
    default = field.get_default(call_default_factory=True)
    return list(default) if isinstance(default, tuple) else default


def _plain(name: str, value: Any) -> Any:
    """A value as its model would write it, to compare like with like."""
    if name in _PARTS and isinstance(value, list | tuple):
        try:
            return [_PARTS[name].model_validate(one).model_dump(mode="json") for one in value]
        except ValidationError:
            return None
    return list(value) if isinstance(value, tuple) else value


def page_more(page: Page, native: Fields) -> Fields:
    """The fields of a page that its group does not say."""
    wanted = page.model_dump(mode="json", exclude={"items"})
    return {
        name: value
        for name, value in wanted.items()
        if native.get(name, _default(Page, name)) != value
    }


def instrument_differences(instrument: Instrument, context: Context) -> Fields:
    """What the sheets do not say of the instrument as a whole: name → value, for its own sheet."""
    content = context.content
    wanted = instrument.model_dump(mode="json", exclude={"pages", "scales", "translations"})
    more: Fields = {
        name: value
        for name, value in wanted.items()
        if content.get(name, _default(Instrument, name)) != value
    }
    native = {scale["key"]: scale for scale in content.get("scales", [])}
    for scale in instrument.scales:
        dumped = scale.model_dump(mode="json")
        own = native.get(scale.key, {"key": scale.key})
        different = {
            name: value
            for name, value in dumped.items()
            if _listed(own.get(name, _default(Scale, name))) != value
        }
        if different:
            more[f"scale.{scale.key}"] = different
    if [scale.key for scale in instrument.scales] != list(native):
        more["scale_order"] = [scale.key for scale in instrument.scales]
    patch = _patch(instrument.translations, content.get("translations", {}))
    if patch:
        more["translations"] = patch
    if list(instrument.translations) != list(content.get("translations", {})):
        more["languages"] = list(instrument.translations)
    return more


def _listed(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _patch(
    wanted: dict[str, dict[str, str]], native: dict[str, dict[str, str]]
) -> dict[str, dict[str, str | None]]:
    """What turns the native translations into the wanted ones; None takes an address away."""
    found: dict[str, dict[str, str | None]] = {}
    for code in {**wanted, **native}:
        own, said = native.get(code, {}), wanted.get(code, {})
        changes: dict[str, str | None] = {a: t for a, t in said.items() if own.get(a) != t}
        changes.update({address: None for address in own if address not in said})
        if changes or (code not in native):
            found[code] = changes
    return found
