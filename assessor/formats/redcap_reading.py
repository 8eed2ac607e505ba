"""REDCap's data dictionaries become instruments, with a report of what changed and was lost."""

import re
from collections.abc import Sequence
from itertools import groupby

from assessor.domain.instrument import MATRIX_KINDS, Instrument, Item, Page, TextBlock
from assessor.domain.kinds import columns_of_item
from assessor.domain.problems import Problem, has_errors
from assessor.formats.foreign import Imported, Losses, LossReport, plain_text
from assessor.formats.foreign_repair import repaired
from assessor.formats.redcap_fields import item_of, matrix_of
from assessor.formats.redcap_memory import Memory, read_memory
from assessor.formats.redcap_source import (
    Row,
    action_tags,
    parsed_choices,
    read_rows,
    words_beside_tags,
)
from assessor.formats.redcap_work import CHOICE_TYPES, Work, learn

FORMAT = "REDCap data dictionary"

_DONE = {
    "ASSESSOR",
    "NONEOFTHEABOVE",
    "MAXCHECKED",
    "RANDOMORDER",
    "CHARLIMIT",
    "HIDECHOICE",
    "CALCTEXT",
    "HIDDEN",
    "HIDDEN-SURVEY",
}


def read_redcap(data: bytes, name: str) -> Imported:
    """The instrument in a data dictionary; no instrument where it cannot be read."""
    rows, problems = read_rows(data, name)
    if not rows or has_errors(problems):
        if not problems:
            message = "The dictionary has no fields. Add a field, and download it again."
            problems = [_problem("redcap.no-fields", message, name)]
        return Imported(None, LossReport(source=name, format=FORMAT), tuple(problems))
    losses = Losses()
    memory = read_memory(rows, losses)
    found = _read(rows, memory, losses, name)
    if found.instrument is None and (memory.content or memory.fields):
        # Rows were moved or removed, so that the notes do not fit each other any more.
        losses = Losses()
        message = "What was noted beside the fields does not fit any more. It is not taken."
        losses.add("changed", "", "note of Assessor", message)
        found = _read(rows, Memory(), losses, name)
    return Imported(found.instrument, found.report, (*problems, *found.problems))


def _read(rows: Sequence[Row], memory: Memory, losses: Losses, name: str) -> Imported:
    work = Work(losses)
    asked = _without_record_id(work, _named_once(work, rows))
    pages = build_pages(work, asked, memory)
    instrument = _instrument(work, pages, memory, name)
    if instrument is None:
        message = "No field asks anything. Add one that does, and download the dictionary again."
        problem = _problem("redcap.no-questions", message, name)
        return Imported(None, _report(work, name, asked, None), (problem,))
    mended, errors = repaired(instrument, work.losses)
    if errors:
        ours = [p.model_copy(update={"code": "redcap.instrument", "file": name}) for p in errors]
        return Imported(None, _report(work, name, asked, None), tuple(ours))
    return Imported(mended, _report(work, name, asked, mended))


def _named_once(work: Work, rows: Sequence[Row]) -> list[Row]:
    """Every field with a name of its own."""
    found: list[Row] = []
    seen: set[str] = set()
    for place, row in enumerate(rows, 1):
        name = row.name or f"field_{place}"
        while name.lower() in seen:
            name = f"{name}_{place}"
        seen.add(name.lower())
        one = Row(**{**vars(row), "name": name, "type": row.type.lower()})
        if name != row.name:
            work.changed(
                one, "name", f"The field on line {row.line} is called `{name}` here.", row.name
            )
        found.append(one)
    return found


def _without_record_id(work: Work, rows: list[Row]) -> list[Row]:
    """The first field numbers the records and is no question; where it is the only one, it is."""
    first, *rest = rows
    if not rest:
        work.changed(first, "record id", "It is the only field, so it is asked.")
        return rows
    work.lost(
        first, "record id", "It numbers the records there. Responses here have no such number."
    )
    return rest


def build_pages(work: Work, rows: Sequence[Row], memory: Memory) -> list[Page]:
    """A page for each form; what an earlier export wrote beside the fields is taken up."""
    learn(work, rows, memory.keys())
    pages: list[Page] = []
    begun: set[str] = set()
    for form, part in groupby(rows, key=lambda row: row.form):
        members = list(part)
        title, items = items_of_form(work, members, memory)
        kept = memory.pages.get(form)
        if kept is not None and form in begun:
            kept = kept.model_copy(update={"key": work.keys.fresh(form, "page")})
        begun.add(form)
        if kept is None:
            key = work.keys.fresh(form or "page", "page")
            title = title or plain_text(form.replace("_", " "), 300).capitalize()
            kept = Page(
                key=key, title=title, items=(TextBlock(kind="text_block", key="x", text="x"),)
            )
        elif title and _is_retitled(members[0], memory):
            kept = kept.model_copy(update={"title": title})
        if items:
            pages.append(kept.model_copy(update={"items": tuple(items[:2000])}))
    _say_about_file(work, rows)
    return pages


def _is_retitled(first: Row, memory: Memory) -> bool:
    """Whether the heading that was a page's title says something else by now."""
    title = memory.titled.get(first.form)
    return title is not None and first.section.split() != title.split()


def items_of_form(work: Work, rows: Sequence[Row], memory: Memory) -> tuple[str, list[Item]]:
    """The title of a form's page and its items."""
    title = ""
    items: list[Item] = []
    place = 0
    while place < len(rows):
        row = rows[place]
        group = _group(rows, place)
        heading = ""
        if memory.is_skipped(row):
            place += 1
            continue
        if row.section and not items and not title:
            title = work.text(row, row.section, 100_000)
            if len(title) > 300 and row.form not in memory.titled:
                heading, title = title, ""
            title = title[:300]
        elif row.section:
            heading = work.text(row, row.section, 100_000)
        for one in rows[place : place + len(group)]:
            _say_about(work, one)
        whole = memory.item(row, work.losses)
        if whole is not None:
            items.append(whole)
            place += memory.spans[row.name.lower()]
            continue
        if _is_in_matrix(row):
            item = matrix_of(work, group, heading[:2000] or title)
        else:
            if heading:
                items += _headings(work, row, heading)
            item = item_of(work, row, work.known[row.name.lower()].key)
        items.append(memory.patched(row, item, work.losses))
        place += len(group)
    return title, items


def _headings(work: Work, row: Row, text: str) -> list[Item]:
    """A heading within a form as a text block."""
    key = work.keys.fresh(f"{row.name}_heading")
    return [TextBlock(kind="text_block", key=key, text=text[:2000])]


def _group(rows: Sequence[Row], place: int) -> list[Row]:
    """The rows of the matrix that begins at a place; else the row alone."""
    first = rows[place]
    found = [first]
    if not _is_in_matrix(first):
        return found
    for row in rows[place + 1 : place + 200]:
        alike = (row.matrix, row.type, row.choices) == (first.matrix, first.type, first.choices)
        if not alike or row.section:
            break
        found.append(row)
    return found


def _is_in_matrix(row: Row) -> bool:
    """Whether a field is a row of a matrix, which has from 1 to 60 choices here."""
    return (
        bool(row.matrix)
        and row.type in {"radio", "checkbox"}
        and 1 <= len(parsed_choices(row.choices)) <= 60
    )


def _say_about(work: Work, row: Row) -> None:
    """What a field carries that no item has."""
    if row.identifier.lower() == "y":
        message = "It is marked as naming a person. An anonymous wave must not ask it."
        work.changed(row, "identifier", message)
    done = _DONE | ({"DEFAULT"} if "@HIDDEN" in row.annotation else set())
    for tag, value in action_tags(row.annotation).items():
        if tag not in done:
            said = f"@{tag}={value}" if value else f"@{tag}"
            work.lost(row, "action tag", f"@{tag} has no match here.", said)
    beside = words_beside_tags(row.annotation) if row.annotation else ""
    if beside and "ASSESSOR" not in action_tags(row.annotation):
        work.lost(row, "annotation", "A note to colleagues is not kept.", beside)


def _say_about_file(work: Work, rows: Sequence[Row]) -> None:
    look = [row.name for row in rows if row.alignment]
    if look:
        names = ", ".join(look[:20])
        work.losses.add("lost", names, "alignment", "How fields are aligned is not kept.")
    numbered = [row.name for row in rows if row.number]
    if numbered:
        names = ", ".join(numbered[:20])
        work.losses.add("lost", names, "question number", "Numbers of questions are not kept.")


def _instrument(work: Work, pages: Sequence[Page], memory: Memory, name: str) -> Instrument | None:
    if not any(columns_of_item(item) for page in pages for item in page.items):
        return None
    used = {getattr(item, "scale", None) for page in pages for item in page.items}
    stem = re.sub(r"\.[^.]*$", "", name.rsplit("/", 1)[-1])
    key = re.sub(r"[^a-z0-9]+", "_", stem.lower()).strip("_")[:50].strip("_")
    key = (
        key if key[:1].isalpha() and key not in {"plan", "mapping"} else f"survey_{key}".strip("_")
    )
    plain = Instrument(
        key=key,
        title=" ".join(stem.replace("_", " ").split())[:300] or "Survey",
        scales=tuple(scale for scale in work.scales.values() if scale.key in used),
        pages=tuple(pages[:2000]),
    )
    return memory.whole(plain, work.losses)


def _report(
    work: Work, name: str, rows: Sequence[Row], instrument: Instrument | None
) -> LossReport:
    return LossReport(
        source=name,
        format=FORMAT,
        losses=tuple(work.losses.lines),
        counts=_counts(work, rows, instrument),
    )


def _counts(
    work: Work, rows: Sequence[Row], instrument: Instrument | None
) -> dict[str, tuple[int, int]]:
    """Fields, rows of matrices, options, languages: in the file, and in the instrument."""
    items = list(instrument.items()) if instrument else []
    keys = {item.key: item for item in items}
    keys |= {row.key: item for item in items if isinstance(item, MATRIX_KINDS) for row in item.rows}
    arrived = options = in_file = subs = arrived_subs = 0
    for row in rows:
        known = work.known.get(row.name.lower())
        item = keys.get(known.key) if known else None
        item = item or (keys.get(row.name) if instrument else None)
        arrived += item is not None
        choices = len(parsed_choices(row.choices)) if row.type in CHOICE_TYPES else 0
        in_file += choices
        options += min(choices, _offered(item, instrument))
        if row.matrix and row.type in CHOICE_TYPES:
            subs += 1
            arrived_subs += item is not None
    return {
        "questions": (len(rows), arrived),
        "subquestions": (subs, arrived_subs),
        "options": (in_file, options),
        "languages": (1, len(instrument.languages) if instrument else 0),
    }


def _offered(item: Item | None, instrument: Instrument | None) -> int:
    if item is None or instrument is None:
        return 0
    if item.kind == "hidden":
        return len(item.values)
    scale = instrument.scale(getattr(item, "scale", None) or "")
    own = len(getattr(item, "options", ())) + (len(scale.points) if scale else 0)
    return own + bool(getattr(item, "na", "")) + (item.kind == "consent")


def _problem(code: str, message: str, name: str) -> Problem:
    return Problem(code=code, where="", message=message, line=1, file=name)
