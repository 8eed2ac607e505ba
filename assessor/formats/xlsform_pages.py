"""The tree of a form becomes pages of items: groups are pages, and groups in them are dissolved."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assessor.domain.instrument import Item, Page
from assessor.formats.foreign import Keys
from assessor.formats.xlsform_context import Context, Fields
from assessor.formats.xlsform_groups import is_table, label_run, read_matrix, read_repeat
from assessor.formats.xlsform_items import read_question
from assessor.formats.xlsform_logic import joined
from assessor.formats.xlsform_own import own_item, own_kind, own_page
from assessor.formats.xlsform_tree import Choice, Node

MOST_ITEMS = 2000


@dataclass
class Pages:
    """Collects items on pages. A page without items is none."""

    context: Context
    keys: Keys = field(default_factory=Keys)
    pages: list[Page] = field(default_factory=list)
    fields: Fields = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)
    introduction: str = ""

    def open(self, name: str, **fields: object) -> None:
        """Begin a page; what was collected is the page before it."""
        self.close()
        self.fields = {"name": name, **fields}

    def add(self, item: Item | None) -> None:
        if item is None:
            return
        if len(self.items) >= MOST_ITEMS:
            self.open(**self.fields)
        self.items.append(item)

    def close(self) -> None:
        if self.items:
            fields = dict(self.fields) or {"name": "page_1"}
            name = str(fields.pop("name"))
            key = self.keys.fresh(str(fields.pop("key", "") or name), "page")
            said = fields.pop("said", {})
            assert isinstance(said, dict)
            for language, texts in said.items():
                own = self.context.translations.setdefault(language, {})
                own.update({f"page.{key}.{place}": text for place, text in texts.items()})
            self.pages.append(Page.model_validate({**fields, "key": key, "items": self.items}))
        self.items, self.fields = [], {}

    def read(self, roots: Sequence[Node]) -> tuple[Page, ...]:
        """All pages of the form, in its order."""
        one_each = "pages" in self.context.form.setting("style").split()
        i, loose = 0, False
        while i < len(roots):
            node = roots[i]
            if own_kind(node) == "introduction":
                self.introduction = self.context.words(node, "label", "introduction", 10_000)
                i += 1
                continue
            if own_kind(node) == "page":
                own_page(self, node)
                i, loose = i + 1, False
                continue
            if self._is_page(node):
                self._page(node, ())
                i, loose = i + 1, False
                continue
            if not loose or one_each:
                self.open(f"page_{len(self.pages) + bool(self.items) + 1}")
                loose = True
            i += self._add(roots, i, ())
        self.close()
        return tuple(self.pages)

    def fill(self, nodes: Sequence[Node]) -> None:
        """Add everything that stands on the page that is open."""
        i = 0
        while i < len(nodes):
            i += self._add(nodes, i, ())

    def _is_page(self, node: Node) -> bool:
        return (
            node.read.control == "group" and not is_table(self.context, node) and not own_kind(node)
        )

    def _page(self, group: Node, conditions: tuple[str, ...]) -> None:
        """A group as a page of its own, under the conditions around it."""
        own = self.context.logic.truth(group.row.get("relevant"), group, "page relevance")
        held = tuple(one for one in (*conditions, own) if one)
        fields: Fields = {"relevant": joined(*held), **self._head(group)}
        self.open(group.name, **fields)
        self._fill(group, held, fields, "field-list" in group.appearance)
        if not any(id(node) in self.context.kept_questions for node in group.walk()):
            message = "Nothing in this group can be asked, so it is left out."
            self.context.lose(group, "group", message)

    def _head(self, group: Node) -> Fields:
        """Title and introduction of a page, with their translations until its key is known."""
        before = {code: dict(texts) for code, texts in self.context.translations.items()}
        title = self.context.words(group, "label", "title", 300)
        introduction = self.context.words(group, "hint", "introduction", 10_000, rich=True)
        said = {
            code: {place: texts[place] for place in ("title", "introduction") if place in texts}
            for code, texts in self.context.translations.items()
        }
        self.context.translations.clear()
        self.context.translations.update(before)
        return {"title": title, "introduction": introduction, "said": said}

    def _fill(
        self, group: Node, conditions: tuple[str, ...], fields: Fields, together: bool
    ) -> None:
        """What stands in a group. `together`: the group is one page, whatever groups are in it."""
        i = 0
        while i < len(group.children):
            node = group.children[i]
            breaks = self._is_page(node) and "field-list" in node.appearance and not together
            if breaks:
                self._page(node, conditions)
                self.open(group.name, relevant=fields["relevant"], title=fields["title"])
                i += 1
                continue
            i += self._add(group.children, i, ())

    def _add(self, nodes: Sequence[Node], i: int, conditions: tuple[str, ...]) -> int:
        """Add what begins at a place, and say how many nodes it was."""
        context, node = self.context, nodes[i]
        if own_kind(node):
            self.add(own_item(context, node, conditions))
            return 1
        run = label_run(context, nodes[i:])
        if run:
            context.losses.add("translated", node.name, "appearance",
                               "Questions that share their choices became a matrix.")  # fmt: skip
            self.add(read_matrix(context, node, nodes[i + 1 : i + run], conditions))
            return run
        if node.read.control == "repeat":
            self.add(read_repeat(context, node, conditions))
        elif is_table(context, node):
            self._table(node, conditions)
        elif node.read.control == "loop":
            self._loop(node, conditions)
        elif node.is_group:
            self._dissolve(node, conditions)
        elif id(node) in context.kept_questions:
            self.add(context.item(node, read_question(context, node, conditions)))
        return 1

    def _table(self, group: Node, conditions: tuple[str, ...]) -> None:
        selects = [one for one in group.children if one.read.what == "select"]
        for note in group.children:
            if note not in selects:
                self.add(self.context.item(note, read_question(self.context, note, conditions)))
        self.context.losses.add("translated", group.name, "table-list",
                                "Questions that share their choices became a matrix.")  # fmt: skip
        self.add(read_matrix(self.context, group, selects, conditions))

    def _dissolve(self, group: Node, conditions: tuple[str, ...]) -> None:
        """A group in a page: its words stand above its questions, its condition at each."""
        context = self.context
        own = context.logic.truth(group.row.get("relevant"), group, "relevance")
        held = (*conditions, own)
        message = "A group in a page is dissolved: its label stands above its questions."
        context.change(group, "group", message)
        if "table-list" in group.appearance:
            message = "These questions cannot be rows of one matrix, and stand one below the other."
            context.change(group, "table-list", message)
        if group.row.has("label") and any(id(n) in context.kept_questions for n in group.walk()):
            key = context.keys.fresh(f"{group.name}_heading")
            context.logic.keys[id(group)] = key
            text = context.words(group, "label", f"{key}.text", rich=True)
            if text:
                block = {"kind": "text_block", "key": key, "text": text, "relevant": joined(*held)}
                self.add(context.item(group, block))
        i = 0
        while i < len(group.children):
            i += self._add(group.children, i, held)

    def _loop(self, group: Node, conditions: tuple[str, ...]) -> None:
        """A loop over a list: its questions once for every choice, with the choice's words."""
        context = self.context
        own = context.logic.truth(group.row.get("relevant"), group, "relevance")
        message = "A loop is written out: its questions stand once for every choice of the list."
        context.change(group, "loop", message, group.row.get("type"))
        for choice in context.form.choices.get(group.read.list_name, []):
            if choice.name == "none":
                continue
            context.used_choices.add(id(choice))
            for child in group.walk():
                if id(child) in context.kept_questions:
                    self._once(child, choice, (*conditions, own))

    def _once(self, child: Node, choice: Choice, conditions: tuple[str, ...]) -> None:
        """A question of a loop, asked about one choice of its list."""
        context = self.context
        key = context.keys.fresh(f"{choice.name}_{child.name}")
        context.logic.keys[id(child)] = key
        fields = read_question(context, child, conditions)
        labels = choice.row.texts.get("label", {})
        label = context.form.languages.text(labels) or choice.name
        fields["text"] = _filled(fields["text"], choice.name, label)
        for name in context.form.languages.others:
            said = context.translations.get(context.form.languages.codes[name], {})
            if f"{key}.text" in said:
                own = labels.get(name) or label
                said[f"{key}.text"] = _filled(said[f"{key}.text"], choice.name, own)
        self.add(context.item(child, fields))


def _filled(text: str, name: str, label: str) -> str:
    filled = text.replace("%(label)s", label).replace("%(name)s", name)
    return (filled if filled != text else f"{label}: {text}")[:2000]
