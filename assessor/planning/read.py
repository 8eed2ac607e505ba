"""The plan reader: a document in, a proposed plan out, and every line accounted for."""

from dataclasses import dataclass

from assessor.domain.plan import Element, LeftOut, Reading
from assessor.domain.problems import Checked, Problem, failed, say
from assessor.planning.blocks import make_blocks
from assessor.planning.codes import assign_codes
from assessor.planning.columns import columnwise_table
from assessor.planning.doubts import raise_doubts
from assessor.planning.draft import Draft, Meaning
from assessor.planning.levels import name_levels
from assessor.planning.meaning import interpret
from assessor.planning.noise import find_noise, footnote_numbers
from assessor.planning.outline import build_outline
from assessor.planning.repeats import drop_repeats, settle_descriptions
from assessor.planning.settle import settle
from assessor.planning.source import Source
from assessor.planning.sources import load_source, text_source
from assessor.planning.titles import find_period, find_title

MAX_TEXT = 5000


@dataclass(frozen=True)
class ReadPlan:
    """A reading beside the source it came from; line 1 is `source_lines[0]`."""

    reading: Reading
    source_lines: tuple[str, ...]


def read_plan(data: bytes, name: str) -> Checked[ReadPlan]:
    """Propose a plan from the bytes of a document.

    `name` tells the kind where the content does not. Line numbers are those of a text's or a
    Markdown file's own lines, and of the extracted lines (`source_lines`) for PDF, DOCX and HTML.
    Problems: those of `load_source`, `plan.no-structure` and `plan.table`.
    """
    source = load_source(data, name)
    if source.value is None:
        return failed(*source.problems)
    return read_source(source.value)


def read_text(text: str, name: str = "pasted text") -> Checked[ReadPlan]:
    """Propose a plan from a text that was pasted."""
    if not text.strip():
        return failed(
            Problem(
                code="plan.empty-file",
                where="",
                message=say("There is no text. Paste the text of the plan."),
                file=name,
            )
        )
    return read_source(text_source(text, name))


def read_source(source: Source) -> Checked[ReadPlan]:
    """Evidence → blocks → outline → meaning → levels → codes → doubts."""
    noise = find_noise(source)
    blocks = make_blocks(source, noise, footnote_numbers(source))
    table = columnwise_table(source.lines, blocks)
    blocks = settle(blocks, told=any(line.heading and line.heading < 6 for line in source.lines))
    if table is not None:
        return failed(
            Problem(
                code="plan.table",
                where="",
                message=say(
                    "The plan seems to be a table whose columns were printed one after the other, "
                    "so that it cannot be told what belongs together ({reason}). Save the table as "
                    "a Word document or a web page, or copy it row by row: each goal with its own "
                    "objectives below it.",
                    reason=table.reason,
                ),
                line=table.line,
                file=source.name,
            )
        )
    meaning = interpret(build_outline(blocks))
    drop_repeats(meaning)
    settle_descriptions(meaning)
    name_levels(meaning, blocks)
    if not meaning.roots:
        return failed(
            Problem(
                code="plan.no-structure",
                where="",
                message=say(
                    "No goals, priorities, lists or other parts of a plan were found in this "
                    "document. Check that it is the plan itself, or put each goal on a line of "
                    "its own that begins with its level and number (“Goal 1: …”)."
                ),
                file=source.name,
            )
        )
    title = find_title(source, blocks)
    assign_codes(meaning.roots)
    raise_doubts(meaning)
    reading = Reading(
        title=title.text,
        period=find_period(source, title.text, noise),
        statements=tuple(meaning.statements),
        elements=tuple(_element(draft) for draft in meaning.all()),
        left_out=_left_out(source, meaning, noise),
    )
    return Checked(ReadPlan(reading, source.as_shown()), () if title.told else (_untitled(source),))


def _untitled(source: Source) -> Problem:
    return Problem(
        code="plan.title",
        where="title",
        message=say(
            "No line of the document looks like its title, so the name of the file stands "
            "for it. Give the plan its title before you accept it."
        ),
        file=source.name,
        severity="warning",
    )


def _element(draft: Draft) -> Element:
    text = draft.text
    if len(text) > MAX_TEXT:
        text = text[: MAX_TEXT - 1].rstrip() + "…"
        draft.doubt(f"its text is longer than {MAX_TEXT} letters and was cut")
    return Element(
        code=draft.code,
        level=draft.level or "point",
        text=text,
        parent=draft.parent.code if draft.parent is not None else None,
        lines=(min(draft.lines), max(draft.lines)),
        doubt="; ".join(draft.doubts) or None,
    )


def _left_out(source: Source, meaning: Meaning, noise: dict[int, str]) -> tuple[LeftOut, ...]:
    """Every non-blank line that no element or statement took, with its reason; neighbours together."""  # noqa: E501
    taken = {line for draft in meaning.all() for line in draft.lines}
    for statement in meaning.statements:
        taken |= set(range(statement.lines[0], statement.lines[1] + 1))
    out: list[LeftOut] = []
    written = {line.number for line in source.lines if line.text}
    told: set[int] = set()
    for line in source.lines:
        if not line.text or line.number in taken or line.number in told:
            continue
        told.add(line.number)
        reason = (
            noise.get(line.number)
            or meaning.reasons.get(line.number)
            or "text that is no part of any element"
        )
        if (
            out
            and out[-1].reason == reason
            and not any(
                number in taken or number in written
                for number in range(out[-1].lines[1] + 1, line.number)
            )
        ):
            out[-1] = LeftOut(lines=(out[-1].lines[0], line.number), reason=reason)
        else:
            out.append(LeftOut(lines=(line.number, line.number), reason=reason))
    return tuple(out)
