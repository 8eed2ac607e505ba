"""What reading a form's questions shares: its texts in all languages, its lists, its losses."""

import html
import re
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError

from assessor.domain.checks.scales import check_scale
from assessor.domain.instrument import Item, Option, Scale, ScalePoint
from assessor.formats.foreign import Keys, Losses, codes, plain_text, rich_text
from assessor.formats.xlsform_logic import Logic
from assessor.formats.xlsform_tree import REFERENCE, Choice, Form, Node

MOST_OPTIONS = 5000
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}|-[0-9]+")
_ACTIVE = re.compile(
    r"<\s*(script|iframe|object|embed|style)|javascript:|<[^>]*\bon\w+\s*=", re.IGNORECASE
)
_WHOLE = re.compile(r"-?\d{1,9}")
_ITEM: TypeAdapter[Item] = TypeAdapter(Item)

Fields = dict[str, Any]  # Any: the fields of an item, before its model has checked them


@dataclass
class ListOfChoices:
    """The choices of a list with the codes their options have here."""

    choices: list[Choice]
    codes: list[str]

    @property
    def is_numbers(self) -> bool:
        """Whether the names are whole numbers, as the points of a scale are."""
        names = [choice.name for choice in self.choices]
        numbers = {int(name) for name in names if _WHOLE.fullmatch(name)}
        return 2 <= len(names) <= 21 and len(numbers) == len(names)


@dataclass
class Context:
    """`own` says that Assessor wrote the form, so that its keys and codes stay as they are.

    `native` and `content` keep what XLSForm's own columns say of each item and of the instrument,
    for the writer to compare.
    """

    form: Form
    losses: Losses
    logic: Logic
    own: bool = False
    keys: Keys = field(default_factory=Keys)
    scale_keys: Keys = field(default_factory=Keys)
    scales: dict[str, Scale] = field(default_factory=dict)
    translations: dict[str, dict[str, str]] = field(default_factory=dict)
    lists: dict[str, ListOfChoices] = field(default_factory=dict)
    used_choices: set[int] = field(default_factory=set)
    attributes: dict[str, str] = field(default_factory=dict)
    kept_questions: set[int] = field(default_factory=set)
    native: dict[str, Fields] = field(default_factory=dict)
    content: Fields = field(default_factory=dict)

    def lose(self, node: Node, about: str, message: str, original: str = "") -> None:
        key = self.logic.keys.get(id(node), "")
        self.losses.add("lost", node.name, about, message, key=key, original=original)

    def change(self, node: Node, about: str, message: str, original: str = "") -> None:
        key = self.logic.keys.get(id(node), "")
        self.losses.add("changed", node.name, about, message, key=key, original=original)

    def words(
        self, node: Node, column: str, address: str, longest: int = 2000, *, rich: bool = False
    ) -> str:
        """The text in the form's own language; the others are kept under `address`."""
        texts = node.row.texts.get(column, {})
        return self.said(texts, node, column, address, longest, rich=rich)

    def said(
        self,
        texts: dict[str, str],
        node: Node,
        about: str,
        address: str,
        longest: int = 2000,
        *,
        rich: bool = False,
    ) -> str:
        own = self.form.languages.text(texts)
        text = self.clean(own, longest, rich=rich)
        if own and not self.own:
            self._report_cleaning(own, text, node, about, longest)
        if text:
            self.translate(texts, address, longest, rich=rich)
        return text

    def translate(
        self, texts: dict[str, str], address: str, longest: int, *, rich: bool = False
    ) -> None:
        for name in self.form.languages.others:
            if texts.get(name):
                code = self.form.languages.codes[name]
                text = self.clean(texts[name], longest, rich=rich)
                if text:
                    self.translations.setdefault(code, {})[address] = text

    def clean(self, text: str, longest: int, *, rich: bool = False) -> str:
        """Words without mark-up and script; the names of questions in them as our keys."""
        if not text:
            return ""
        if self.own:
            # Nothing of ours holds mark-up; cleaning it again would only change spaces.
            safe = plain_text(text, longest)
            return text if safe == " ".join(text.split()) and len(text) <= longest else safe
        made = rich_text(text, longest) if rich else plain_text(text, longest)
        return REFERENCE.sub(self._name_in_text, made)

    def _name_in_text(self, match: re.Match[str]) -> str:
        if not self._is_kept(match):
            return f"[{match['name']}]"
        return f"${{{self.logic.keys[id(self.logic.by_name[match['name']])]}}}"

    def _is_kept(self, match: re.Match[str]) -> bool:
        """Whether the answer that a text asks for can be put into it."""
        node = self.logic.by_name.get(match["name"])
        kept = node is not None and id(node) in self.kept_questions and not match["saved"]
        return kept and match["name"] not in self.logic.gone

    def _report_cleaning(self, own: str, text: str, node: Node, about: str, longest: int) -> None:
        if _ACTIVE.search(own):
            message = "Script and other active parts were taken out of the text."
            self.change(node, about, message, own)
        elif len(html.unescape(own)) > longest and text.endswith("…"):
            self.change(node, about, f"The text was cut to {longest:,} characters.", own)
        elif re.search(r"</?[a-zA-Z][^>]*>", own):
            self.change(node, about, "Mark-up was taken out of the text, its words are kept.", own)
        gone = [m["name"] for m in REFERENCE.finditer(own) if not self._is_kept(m)]
        if gone:
            message = f"There is no answer to `${{{gone[0]}}}` here; its name stands in its place."
            self.change(node, about, message, own)

    def list_of(self, node: Node) -> ListOfChoices | None:
        prefix = "external " if node.read.select == "external" else ""
        return self.lists.get(prefix + node.read.list_name)

    def options(
        self, node: Node, address: str, found: ListOfChoices, without: frozenset[str] = frozenset()
    ) -> list[Fields]:
        """The options of a list, their other columns as attributes. No two have the same label."""
        made: list[Fields] = []
        labels: set[str] = set()
        for choice, code in zip(found.choices, found.codes, strict=True):
            if choice.name in without:
                continue
            if len(made) >= MOST_OPTIONS:
                self.lose(node, "options", f"Only the first {MOST_OPTIONS:,} options are kept.")
                break
            self.used_choices.add(id(choice))
            own = choice.row.texts.get("label", {})
            label = self.clean(self.form.languages.text(own), 2000) or choice.name[:2000]
            if label.strip().casefold() in labels:
                label = f"{label[:1900]} ({choice.name[:60]})"
                message = f"Two options had the same label; this one is called “{label}” here."
                self.change(node, "option", message)
            labels.add(label.strip().casefold())
            self.translate(own, f"{address}.option.{code}", 2000)
            attributes = {
                self.attributes[column]: value[:200]
                for column, value in choice.row.cells.items()
                if column in self.attributes
            }
            made.append({"code": code, "label": label, "attributes": attributes})
        return made

    def scale(self, node: Node, found: ListOfChoices) -> str | None:
        """The key of the scale that a list of numbers is; None where it can be none."""
        name = node.read.list_name
        if name in self.scales:
            return self.scales[name].key
        # Where "not applicable" is offered too, the list is called after the scale with `.na`.
        name = re.sub(r"(\.na)?(\.\d+)?$", "", name) if self.own else name
        if name in self.scales:
            return self.scales[name].key
        key = self.scale_keys.key(name, "scale")
        points = sorted(
            (
                ScalePoint(
                    value=int(choice.name),
                    label=self.clean(
                        self.form.languages.text(choice.row.texts.get("label", {})), 200
                    ),
                )
                for choice in found.choices
            ),
            key=lambda point: point.value,
        )
        low, high = points[0].value, points[-1].value
        made = Scale(key=key, points=tuple(points), worst=low, best=high)
        if any(problem.severity == "error" for problem in check_scale(made, "")):
            made = made.model_copy(update={"worst": high, "best": low})
        if any(problem.severity == "error" for problem in check_scale(made, "")):
            return None
        for choice in found.choices:
            self.used_choices.add(id(choice))
            self.translate(
                choice.row.texts.get("label", {}), f"scale.{key}.{int(choice.name)}", 200
            )
        self.scales[name] = made
        message = (
            f"The list “{name}” became a scale whose worst end is {made.worst} and best end "
            f"{made.best}. Check that it is not the other way round."
        )
        if not self.own:
            self.change(node, "scale", message)
        return key

    def item(self, node: Node, fields: Fields) -> Item | None:
        """The item with these fields; None where no item can have them, which is reported."""
        try:
            return _ITEM.validate_python(fields)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"][1:])
            self.lose(node, "question type", f"It cannot be kept: {first['msg']} ({place}).")
            return None


def lists_of(form: Form, own: bool) -> dict[str, ListOfChoices]:
    """All lists with the codes of their options; those of another sheet begin with "external ".

    "other" stays the code it is, but where a filter chooses among the options: there it would
    always be offered, as an `other` of ours is.
    """
    found = {}
    filtered = {n.read.list_name for n in form.nodes() if n.row.get("choice_filter")}
    whole = {**form.choices, **{f"external {k}": v for k, v in form.external.items()}}
    for name, choices in whole.items():
        names = [choice.name for choice in choices]
        keep = own and all(_CODE.fullmatch(one) for one in names)
        made = names if keep else codes(names)
        if name.removeprefix("external ") not in filtered and "other" not in made:
            made = [
                "other" if one == "other" else code for one, code in zip(names, made, strict=True)
            ]
        found[name] = ListOfChoices(choices, made)
    return found


def changed_codes(found: ListOfChoices, other: bool) -> dict[str, str]:
    """Names of choices that had to become other codes. `other` keeps that of "other" as it is."""
    return {
        choice.name: code
        for choice, code in reversed(list(zip(found.choices, found.codes, strict=True)))
        if choice.name != code and not (other and choice.name == "other")
    }


__all__ = ["Context", "Fields", "ListOfChoices", "Option", "changed_codes", "lists_of"]
