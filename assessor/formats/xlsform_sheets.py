"""The two sheets of a form while they are written: rows, texts in all languages, lists, logic."""

import re
from dataclasses import dataclass, field

from babel import Locale, UnknownLocaleError

from assessor.domain.instrument import Instrument, RepeatingGroup
from assessor.domain.logic import NotUnderstoodError, parse
from assessor.formats.foreign import Losses
from assessor.formats.xlsform_cells import written
from assessor.formats.xlsform_own import KIND

Cells = dict[str, str]
Choices = list[tuple[str, str, str, dict[str, str]]]
"""Options of a list: code, address of its text, text, attributes."""

_REFERENCE = re.compile(r"\$\{\s*([^}\s]+)\s*\}")
_PIPED = re.compile(r"(?P<plain>\\)?\$\{\s*(?P<name>[^{}\s]*)\s*\}")
# Columns of the choices sheet that mean something of their own, and can be no attribute.
_TAKEN = frozenset(
    "list_name name label image audio video caption value media sms_option extra_data".split()
)


def language_name(code: str) -> str:
    """A language as XLSForm names it: "French (fr)"."""
    try:
        name = Locale.parse(code, sep="-").get_display_name("en")
    except (UnknownLocaleError, ValueError):
        name = None
    return f"{name or code} ({code})"


@dataclass
class Sheets:
    """The rows of the two sheets while they are written. `names` are those that `${…}` may say."""

    instrument: Instrument
    losses: Losses
    names: dict[str, str] = field(default_factory=dict)
    survey: list[Cells] = field(default_factory=list)
    choices: list[Cells] = field(default_factory=list)
    lists: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.repeats = {i.key for i in self.instrument.items() if isinstance(i, RepeatingGroup)}

    def row(self, kind: str, name: str, own: str = "", **cells: str) -> Cells:
        """A new row of the survey sheet; `own` is its kind here."""
        made = {"type": kind, "name": name, KIND: own, **cells}
        self.survey.append(made)
        return made

    def say(self, cells: Cells, column: str, address: str, text: str) -> None:
        """Put a text in the cells of its column, one for each language."""
        translations = self.instrument.translations
        if not translations:
            cells[column] = self.safe(text)
            return
        own = self.instrument.language
        for code in self.instrument.languages:
            said = text if code == own else translations[code].get(address, "")
            if said:
                cells[f"{column}::{language_name(code)}"] = self.safe(said)

    def safe(self, text: str) -> str:
        """The text with `${…}` only where it names a question, as pyxform insists on."""

        def named(match: re.Match[str]) -> str:
            known = not match["plain"] and match["name"] in self.names
            return f"${{{self.names[match['name']]}}}" if known else f"$ {{{match['name']}}}"

        pieces, end = [], 0
        for match in _PIPED.finditer(text):
            pieces += [text[end : match.start()].replace("${", "$ {"), named(match)]
            end = match.end()
        made = "".join([*pieces, text[end:].replace("${", "$ {")])
        # A text of nothing but spaces or marks that no cell holds would be no label at all.
        return made if written(made).strip() else "–"

    def logic(self, text: str, key: str, about: str, *, option: bool = False) -> str:
        """An expression in the names of the form; empty, and reported, where it has none."""
        if not text:
            return ""
        try:
            wanted = parse(text).references
        except NotUnderstoodError:
            wanted = ("?",)
        if not all(name in self.names for name in wanted):
            message = "XLSForm cannot say this condition: it names a part of an answer."
            self.losses.add("lost", key, about, message, key=key, original=text)
            return ""

        def named(match: re.Match[str]) -> str:
            name = match[1]
            return (
                f"count(${{{self.names[name]}}})"
                if name in self.repeats
                else f"${{{self.names[name]}}}"
            )

        made = _REFERENCE.sub(named, text).replace("jr:choice-name", "choice-name")
        made = made.replace("choice-name", "jr:choice-name")
        return re.sub(r"(?<![\w.\-'\"{])code(?![\w.\-'\"(])", "name", made) if option else made

    def list_of(self, name: str, options: Choices) -> str:
        """The list of these options (code, address, label, attributes), written once."""
        rows: list[Cells] = []
        for code, address, label, attributes in options:
            cells: Cells = {"list_name": name, "name": code}
            self.say(cells, "label", address, label)
            cells.update({k: v for k, v in attributes.items() if k not in _TAKEN})
            rows.append(cells)
        text = repr([{k: v for k, v in cells.items() if k != "list_name"} for cells in rows])
        start, number = name, 1
        while self.lists.get(name, text) != text:
            number += 1
            name = f"{start}.{number}"
        if name not in self.lists:
            self.lists[name] = text
            self.choices.extend({**cells, "list_name": name} for cells in rows)
        return name

    def scale_list(self, key: str, na: str, owner: str) -> str:
        scale = self.instrument.scale(key)
        assert scale is not None, "a checked instrument has the scales it names"
        found: Choices = [
            (str(p.value), f"scale.{key}.{p.value}", p.label or str(p.value), {})
            for p in scale.points
        ]
        if na:
            return self.list_of(f"{key}.na", [*found, ("NA", f"{owner}.na", na, {})])
        return self.list_of(key, found)
