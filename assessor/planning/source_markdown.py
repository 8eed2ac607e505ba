"""Markdown → its physical lines, each with what the markup says of it."""

import re
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assessor.planning.source import LineCollector, SourceLine
from assessor.planning.table_rows import TableReader

_MARKUP = (
    (re.compile(r"!\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\[([^\]]+)\]\([^)]*\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_]+?)(?<=\S)_(?![\w_])"), r"\1"),
    (re.compile(r"`([^`]+)`"), r"\1"),
    (re.compile(r"<!--.*?-->"), ""),
    (
        re.compile(
            r"</?(?:br|b|i|em|strong|u|sup|sub|span|a|p|div|center)\b[^<>]{0,200}>", re.IGNORECASE
        ),
        " ",
    ),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!|-])"), r"\1"),
)
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s*(.*?)\s*#*\s*$")
_QUOTE = re.compile(r"^\s{0,3}(?:>\s?)+")
_ITEM = re.compile(r"^\s*([-*+]|\d{1,9}[.)])(?:\s+|$)")
_BOLD_LINE = re.compile(r"^\s*(\*\*|__)(?=\S)([^*_]+)(?<=\S)\1:?\s*$")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")


def markdown_lines(text: str) -> list[SourceLine]:
    """One line for each physical line; the rows of a table become one line each, as written."""
    physical = text.split("\n")
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(text)
    headings, items, blocks, hidden = _map(tokens, len(physical))
    lines: list[SourceLine] = []
    cells = {
        row: found
        for token in tokens
        if token.type == "table_open" and token.map
        for row, found in _table(physical, *token.map)
    }
    for index, raw in enumerate(physical):
        if index in cells:
            lines += [replace(line, number=index + 1) for line in cells[index]]
            continue
        marker: str | None = None
        depth: int | None = None
        heading = headings.get(index)
        body = _QUOTE.sub("", raw)
        if index in items:
            depth, marker = items[index]
            body = _ITEM.sub("", body, count=1)
        elif heading is not None and (match := _HEADING.match(body)):
            body = match.group(1)
        if heading is None and depth is None and _BOLD_LINE.match(body):
            heading = 6
        aside = hidden.get(index)
        if heading is not None and re.fullmatch(r"\s*(=+|-+)\s*", body):
            body, heading, aside = body, None, "a rule between parts"
        elif re.fullmatch(r"\s*([-*_]\s*){3,}", body) or _TABLE_RULE.match(body):
            aside = "a rule between parts"
        body = _plain(body)
        lines.append(
            SourceLine(
                index + 1,
                body if aside is None else raw.strip(),
                indent=len(raw) - len(raw.lstrip()),
                heading=heading,
                depth=depth,
                marker=marker,
                aside=aside,
                block=blocks.get(index),
            )
        )
    return lines


def _table(physical: list[str], first: int, last: int) -> list[tuple[int, list[SourceLine]]]:
    """The cells of a table by the physical line they stand on; cells that are no element share its line."""  # noqa: E501
    numbers = [
        index
        for index in range(first, min(last, len(physical)))
        if not _TABLE_RULE.match(physical[index])
    ]
    found: list[tuple[int, list[SourceLine]]] = []
    reader: TableReader | None = None
    for number in numbers:
        row = [_plain(cell) for cell in physical[number].strip().strip("|").split("|")]
        collector = LineCollector()
        if reader is None:
            reader = TableReader(row)
            reader.add_head(collector)
        else:
            reader.add_row(collector, row)
        telling = [line for line in collector.lines if line.aside is None]
        found.append((number, telling or collector.lines[:1]))
    return found


def _plain(text: str) -> str:
    for pattern, replacement in _MARKUP:
        text = pattern.sub(replacement, text) if len(text) < 20000 else text
    return " ".join(text.split())


def _map(
    tokens: list[Token], count: int
) -> tuple[dict[int, int], dict[int, tuple[int, str]], dict[int, int], dict[int, str]]:
    headings: dict[int, int] = {}
    items: dict[int, tuple[int, str]] = {}
    blocks: dict[int, int] = {}
    hidden: dict[int, str] = {}
    depth = 0
    for token in tokens:
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            depth += 1
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            depth -= 1
        if token.map is None:
            continue
        first, last = token.map
        if token.type == "heading_open":
            headings.update({line: int(token.tag[1]) for line in range(first, last)})
            blocks.update(dict.fromkeys(range(first, last), first))
        elif token.type == "list_item_open":
            marker = f"{token.info}{token.markup}" if token.info else "•"
            items[first] = (depth, marker)
        elif token.type == "paragraph_open":
            blocks.update(dict.fromkeys(range(first, min(last, count)), first))
        elif token.type in {"fence", "html_block"} and (
            token.type == "fence"
            or re.match(r"\s*<(?:!--|script|style|nav|footer)", token.content, re.IGNORECASE)
        ):
            hidden.update(
                dict.fromkeys(
                    range(first, min(last, count)), "markup or code, not text of the plan"
                )
            )
    return headings, items, blocks, hidden
