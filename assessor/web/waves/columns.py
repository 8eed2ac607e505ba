"""The columns of a file beside ours, as a form: which answers which, and what their values mean."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessor.domain.instrument import Instrument
from assessor.domain.kinds import columns
from assessor.domain.problems import Problem
from assessor.domain.readings import all_options
from assessor.formats.responses.column_map import ColumnMap, ColumnUse
from assessor.formats.responses.suggesting import suggest_map
from assessor.formats.responses.table import ForeignTable
from assessor.web.messages import gettext

TARGET = "column-"
VALUES = "values-"
CHOICE = "→"
SHOWN_VALUES = 6
MOST_VALUES = 40


@dataclass(frozen=True)
class Matching:
    """One column of the file: some of its values, ours that it answers, and what values mean.

    `target` is our column's name, with the choice after an arrow where the file has one each.
    `values` are lines such as "Yes = yes".
    """

    number: int
    header: str
    words: str
    examples: str
    target: str
    values: str
    targets: tuple[tuple[str, str], ...]


def matching(
    table: ForeignTable, column_map: ColumnMap, instrument: Instrument
) -> tuple[Matching, ...]:
    """Every column of the file, as the map reads it now."""
    uses = {use.source: use for use in column_map.columns}
    ours = tuple((one.name, f"{one.name} – {one.text[:80]}") for one in columns(instrument))
    sample = table.sample(60)
    found = []
    for number, header in enumerate(table.headers):
        use = uses.get(header)
        target = _target(use) if use else ""
        own = ((target, target),) if use and use.choice is not None else ()
        distinct = dict.fromkeys(row[number].strip() for row in sample if row[number].strip())
        found.append(
            Matching(
                number=number,
                header=header,
                words=table.labels.get(header, ""),
                examples=" · ".join(one[:40] for one in list(distinct)[:SHOWN_VALUES]),
                target=target,
                values=_lines(use, list(distinct), instrument) if use else "",
                targets=own + ours,
            )
        )
    return tuple(found)


def edited(
    column_map: ColumnMap, table: ForeignTable, instrument: Instrument, form: Mapping[str, str]
) -> tuple[ColumnMap, list[Problem]]:
    """The map as the person changed it. A column that is matched anew takes its values' meanings
    from the words of our answers, unless they wrote some."""
    before = {use.source: use for use in column_map.columns}
    known = {column.name for column in columns(instrument)}
    uses: list[ColumnUse] = []
    problems: list[Problem] = []
    for number, header in enumerate(table.headers):
        target = form.get(f"{TARGET}{number}", "")
        if not target:
            continue
        name, _, choice = target.partition(CHOICE)
        if name not in known:
            message = gettext(
                "Choose for “%(column)s” one of the columns listed.", column=header[:60]
            )
            problems.append(Problem(code="import.column", where=header[:60], message=message))
            continue
        use = before.get(header)
        if use is None or _target(use) != target:
            use = _anew(table, instrument, header, name, choice or None)
        meanings, wrong = _meanings(form.get(f"{VALUES}{number}", ""), header)
        problems.extend(wrong)
        # A column that is matched anew has had no field for its values yet.
        if meanings or use is before.get(header):
            use = use.model_copy(update={"values": meanings})
        uses.append(use)
    extra = {name: _header(form.get(name, ""), table) for name in ("group", "day")}
    changed = {"columns": tuple(uses), "day_format": form.get("day_format", "").strip()[:60]}
    return column_map.model_copy(update={**changed, **extra}), problems


def _lines(use: ColumnUse, found: list[str], instrument: Instrument) -> str:
    """What values mean, one a line; where a choice is answered, those still to be matched too."""
    lines = [f"{value} = {code}" for value, code in use.values.items()]
    item = instrument.item(use.column.partition(".")[0])
    codes = {option.code for option in all_options(item)} if item else set()
    if codes and use.choice is None and use.column == getattr(item, "key", ""):
        known = {*codes, *use.values, *use.missing, *use.not_applicable}
        lines += [f"{value} = " for value in found if value not in known][:MOST_VALUES]
    return "\n".join(lines)


def _target(use: ColumnUse) -> str:
    return use.column if use.choice is None else f"{use.column}{CHOICE}{use.choice}"


def _header(text: str, table: ForeignTable) -> str | None:
    return text if text in table.headers else None


def _anew(
    table: ForeignTable, instrument: Instrument, header: str, name: str, choice: str | None
) -> ColumnUse:
    """A use with the meanings that the words of values suggest."""
    place = table.headers.index(header)
    alone = suggest_map(
        (name,),
        [(row[place],) for row in table.sample()],
        instrument,
        values={name: table.values.get(header, {})},
        missing={name: table.missing.get(header, ())},
    )
    found = next((use for use in alone.columns if use.column == name), None)
    use = found or ColumnUse(source=header, column=name)
    return use.model_copy(update={"source": header, "choice": choice})


def _meanings(text: str, header: str) -> tuple[dict[str, str], list[Problem]]:
    """Lines such as "Yes = yes" as a table; the last equals sign parts them."""
    found: dict[str, str] = {}
    problems = []
    for line in text.splitlines():
        if not line.strip():
            continue
        value, equals, code = line.rpartition("=")
        if not equals or not value.strip():
            message = gettext(
                "Write what values of “%(column)s” mean as “value = code”, one a line.",
                column=header[:60],
            )
            problems.append(Problem(code="import.values", where=header[:60], message=message))
            break
        # A value without a code is one that is still to be matched.
        if code.strip():
            found[value.strip()] = code.strip()
    return found, problems
