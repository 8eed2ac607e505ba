"""HTML → one line for each block of text, with heading ranks, list depth and navigation told."""

import re

from lxml import html
from lxml.html import HtmlElement

from assessor.planning.source import LineCollector, SourceLine
from assessor.planning.table_rows import TableReader, add_table

_BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody
    td tfoot th thead tr ul""".split()  # noqa: E501
)
_SKIPPED = frozenset(
    "script style noscript template svg math head iframe object select button input textarea".split()  # noqa: E501
)
_NAVIGATION = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|breadcrumbs?|sidebar|footer|skip-link|skip|social|share|cookie|"
    r"pagination|site-header|masthead|toc|search-form)(?:$|[\s_-])",
    re.IGNORECASE,
)
_INLINE_SPACE = re.compile(r"[ \t\r\n\f]+")


def html_lines(text: str) -> tuple[list[SourceLine], str]:
    """The visible blocks of a page in order, and the title its head names."""
    collector = LineCollector()
    try:
        root = html.document_fromstring(
            text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8")
        )
    except (ValueError, html.etree.ParserError):
        return [], ""
    title = " ".join((root.findtext(".//title") or "").split())
    body = root.find("body")
    _Walker(collector).walk(body if body is not None else root)
    return collector.lines, title


class _Walker:
    def __init__(self, collector: LineCollector) -> None:
        self.collector = collector
        self.pending: list[str] = []
        self.bold_only = True
        self.context: list[tuple[int | None, int | None, str | None]] = [(None, None, None)]
        self.aside: str | None = None
        self.counters: list[int | None] = []

    def walk(self, root: HtmlElement) -> None:
        """Depth first without recursion, so that deep nesting in a hostile page is harmless."""
        stack: list[tuple[str, HtmlElement]] = [("open", root)]
        undo: list[str | None] = []
        while stack:
            action, node = stack.pop()
            tag = node.tag if isinstance(node.tag, str) else ""
            if action == "tail":
                if node.tail:
                    self._text(node.tail, node.getparent())
                continue
            if action == "close":
                self._close(tag, undo)
                continue
            if not tag or tag in _SKIPPED or _is_hidden(node):
                continue
            if tag == "br":
                self._flush()
                continue
            if tag == "table" and self.aside is None:
                self._flush()
                rows = _table_rows(node)
                if rows is not None and (TableReader(rows[0]).tells or not _holds_lists(node)):
                    add_table(self.collector, rows)
                    continue
            if tag in _BLOCKS:
                self._open(tag, node, undo)
                stack.append(("close", node))
            if node.text:
                self._text(node.text, node)
            for child in reversed(node):
                stack.append(("tail", child))
                stack.append(("open", child))
        self._flush()

    def _open(self, tag: str, node: HtmlElement, undo: list[str | None]) -> None:
        self._flush()
        heading, depth, marker = None, self.context[-1][1], None
        if re.fullmatch(r"h[1-6]", tag):
            heading = int(tag[1])
        if tag in {"ul", "ol"}:
            depth = (depth or 0) + 1
            start = node.get("start", "1")
            self.counters.append(
                int(start) - 1 if tag == "ol" and start.isdigit() else 0 if tag == "ol" else None
            )
        if tag == "li":
            depth = depth or 1
            marker = self._marker(node)
        self.context.append((heading, depth, marker))
        undo.append(self.aside)
        if self.aside is None and (tag in {"nav", "footer", "aside"} or _names_navigation(node)):
            self.aside = "navigation or footer of the web page"

    def _marker(self, node: HtmlElement) -> str:
        parent = node.getparent()
        if not self.counters or self.counters[-1] is None or parent is None:
            return "•"
        value = node.get("value", "")
        self.counters[-1] = int(value) if value.isdigit() else self.counters[-1] + 1
        number = self.counters[-1]
        kind = parent.get("type", "1")
        if kind in {"a", "A"} and 1 <= number <= 26:
            return f"{chr(ord(kind) + number - 1)}."
        if kind in {"i", "I"} and 1 <= number <= 20:
            roman = (
                "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split()[
                    number - 1
                ]
            )
            return f"{roman.upper() if kind == 'I' else roman}."
        return f"{number}."

    def _close(self, tag: str, undo: list[str | None]) -> None:
        self._flush()
        if tag in {"ul", "ol"} and self.counters:
            self.counters.pop()
        self.context.pop()
        self.aside = undo.pop()

    def _text(self, text: str, owner: HtmlElement | None) -> None:
        self.pending.append(_INLINE_SPACE.sub(" ", text))
        if text.strip() and not _is_bold(owner):
            self.bold_only = False

    def _flush(self) -> None:
        text = "".join(self.pending).strip()
        bold = self.bold_only and bool(text)
        self.pending, self.bold_only = [], True
        if not text:
            return
        heading, depth, marker = self.context[-1]
        if heading is None and depth is None and bold and len(text) <= 120:
            heading = 6
        self.collector.add(
            text, heading=heading, depth=depth if marker else None, marker=marker, aside=self.aside
        )
        if marker is not None:
            # A second paragraph in the same list item belongs to it and is no new item.
            self.context[-1] = (heading, depth, None)
        elif depth is not None and len(self.context) > 1 and self.context[-2][2] is not None:
            pass


def _is_bold(owner: HtmlElement | None) -> bool:
    for _ in range(4):
        if owner is None or not isinstance(owner.tag, str):
            return False
        if owner.tag in {"b", "strong"}:
            return True
        if owner.tag in _BLOCKS:
            return False
        owner = owner.getparent()
    return False


def _is_hidden(node: HtmlElement) -> bool:
    style = (node.get("style") or "").replace(" ", "").lower()
    return node.get("hidden") is not None or "display:none" in style or "visibility:hidden" in style


def _names_navigation(node: HtmlElement) -> bool:
    if node.get("role") in {"navigation", "banner", "contentinfo", "search"}:
        return True
    if node.tag not in {"div", "ul", "ol", "section", "header", "p"}:
        return False
    return _NAVIGATION.search(f"{node.get('class', '')} {node.get('id', '')}") is not None


def _table_rows(table: HtmlElement) -> list[list[str]] | None:
    """The cells of a data table; None for a table that only lays out the page."""
    if table.find(".//table") is not None:
        return None
    rows: list[list[str]] = []
    for row in table.iter("tr"):
        rows.append([_cell_text(c) for c in row if c.tag in {"td", "th"}])
    rows = [row for row in rows if any(row)]
    return rows if rows and max(len(r) for r in rows) >= 2 else None


def _holds_lists(table: HtmlElement) -> bool:
    return any(table.find(f".//{tag}") is not None for tag in ("ul", "ol", "h2", "h3", "h4"))


def _cell_text(cell: HtmlElement) -> str:
    """The text of a cell, one line for each paragraph or list item in it."""
    parts: list[str] = [cell.text or ""]
    for inner in cell.iterdescendants():
        if not isinstance(inner.tag, str) or inner.tag in _SKIPPED:
            continue
        parts.append("\n" if inner.tag in {"li", "p", "br", "div"} else "")
        parts += [inner.text or "", inner.tail or ""]
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)
