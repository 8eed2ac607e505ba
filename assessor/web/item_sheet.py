"""What every kind of item is shown from: the sheet it is written on, and the view it becomes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from markupsafe import Markup, escape

from assessor.domain.instrument import (
    NOT_APPLICABLE,
    OTHER,
    Column,
    Instrument,
    ItemBase,
    Option,
    Scale,
)
from assessor.domain.kinds import na_label
from assessor.domain.route import Asking, Person, Route
from assessor.web.items import Filled, field_id, shorter
from assessor.web.languages import own_words, speaks
from assessor.web.messages import gettext
from assessor.web.wording import Wording


@dataclass(frozen=True)
class Control:
    """A control that a mistake can lie on: its column, its id, and what it is called there."""

    name: str
    id: str
    called: str


@dataclass(frozen=True)
class ItemView:
    """One item as the templates show it. `shape` names the macro, `data` is what it alone needs."""

    shape: str
    key: str
    id: str
    asked: Markup
    hint: str = ""
    error: str | None = None
    controls: tuple[Control, ...] = ()
    # Any: each macro takes data of its own.
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """A page for one person: its words, what is asked, and what stands in it.

    `time` is the number of the repetition that is shown, None outside of repeating groups.
    """

    instrument: Instrument
    route: Route
    person: Person
    filled: Filled
    say: Wording
    time: int | None = None

    def at_time(self, time: int, say: Wording) -> "Sheet":
        return replace(self, time=time, say=say)

    def name(self, column: str) -> str:
        """The name that a control posts under."""
        return column if self.time is None else f"{column}.{self.time}"

    def asked(self, item: ItemBase, asking: Asking) -> Markup:
        """The question; whether it needs an answer is said in words."""
        text = escape(self.say.text(item.text))
        if not asking.required:
            return text
        words = Markup(' <span class="required"{}>{}</span>')
        return text + words.format(own_words(self.instrument), gettext("(needs an answer)"))

    def hint(self, item: ItemBase, *more: str) -> str:
        """Who the question is for, its own hint, then what the kind has to say."""
        parts = [self._for_whom(item.base), self.say.text(item.hint), *more]
        return " ".join(part for part in parts if part)

    def ours(self, words: str) -> str:
        """Words of this site within a question, where it speaks the question's language."""
        return words if speaks(self.instrument.language) else ""

    def label(self, item: ItemBase, name: str) -> str:
        """A label of an item; where the author left it as it was, in the page's language."""
        written, usual = str(getattr(item, name)), type(item).model_fields[name].default
        return gettext(str(usual)) if written in ("", usual) else self.say.text(written)

    def _for_whom(self, base: str) -> str:
        said = self.say.text(base).strip().rstrip(".")
        if not said:
            return ""
        if speaks(self.instrument.language) and said[0].islower():
            return gettext("For %(whom)s.", whom=said)
        return f"{said}."

    def control(self, column: str, called: str, *, ending: str = "") -> Control:
        name = self.name(column)
        return Control(name, field_id(name) + ending, shorter(self.say.text(called)))

    def options(self, column: str, options: Iterable[Option]) -> list[dict[str, Any]]:
        """Options as the macros show them; the first has the control's own id."""
        name = self.name(column)
        chosen, own = set(self.filled.all(name)), field_id(name)
        return [
            {
                "value": option.code,
                "label": self.say.text(option.label),
                "checked": option.code in chosen,
                "id": own if place == 0 else f"{own}-{option.code}",
                "is_other": option.code == OTHER,
            }
            for place, option in enumerate(options)
        ]

    def na(self, item: ItemBase) -> dict[str, str] | None:
        label = self.say.text(na_label(item))
        return {"value": NOT_APPLICABLE, "label": label} if label else None

    def scale(self, column: Column) -> Scale:
        scale = self.instrument.scale(column.scale or "")
        assert scale is not None, "a published instrument defines the scales it names"
        return scale
