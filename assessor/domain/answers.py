"""The one check of answers: pages, CSV import and programs all pass through here.

Raw values come in by column name (`key`, or `key.use` where several scales are asked). A row of
several scales may also be answered as a whole with its own key and "NA": not applicable overrides
whatever else the row holds.
"""

from collections.abc import Iterable, Mapping

from assessor.domain.instrument import NOT_APPLICABLE, Column, Instrument, Item
from assessor.domain.kinds import KINDS, Answer, Refusal, columns_of_item, na_label
from assessor.domain.problems import Checked, Problem

Answers = dict[str, Answer]


def check_answers(
    instrument: Instrument,
    raw: Mapping[str, object],
    *,
    pages: Iterable[str] | None = None,
) -> Checked[Answers]:
    """What was answered, in stored form, with every problem found.

    `raw`: column name → value as posted, imported or typed; blank text, None and an empty list
    are "skipped". `pages` limits the check to these page keys (all where None): a column of any
    other page is refused, whatever it holds. Every asked column is in the result, skipped ones
    as None; a value that was refused is skipped in the result and named in the problems.
    """
    wanted = None if pages is None else set(pages)
    asked = [
        item
        for page in instrument.pages
        if wanted is None or page.key in wanted
        for item in page.items
    ]
    answers: Answers = {}
    problems: list[Problem] = []
    known: set[str] = set()
    for item in asked:
        item_columns = columns_of_item(item)
        known.update(column.name for column in item_columns)
        known.update(column.owner for column in item_columns)
        problems.extend(_read_item(instrument, item, item_columns, raw, answers))
    for name in raw:
        if name not in known:
            problems.append(
                Problem(
                    code="answer.unknown-column",
                    where=name,
                    message=f"No question here is called “{name[:60]}”. Remove it, or check "
                    "that the answers belong to this instrument and page.",
                )
            )
    return Checked(answers, tuple(problems))


def _read_item(
    instrument: Instrument,
    item: Item,
    item_columns: tuple[Column, ...],
    raw: Mapping[str, object],
    answers: Answers,
) -> list[Problem]:
    """Write the answers of one item into `answers` and return what was wrong."""
    problems: list[Problem] = []
    owners: dict[str, list[Column]] = {}
    for column in item_columns:
        owners.setdefault(column.owner, []).append(column)
    for owner, of_owner in owners.items():
        values = {c.name: raw.get(c.name) for c in of_owner}
        overriding = [raw.get(owner), *values.values()]
        # Without an n/a option the value goes on to the kind's check, which refuses it.
        if na_label(item) and any(_is_na(value) for value in overriding):
            answers.update(dict.fromkeys(values, NOT_APPLICABLE))
            continue
        if len(of_owner) > 1 and not _is_blank(raw.get(owner)) and not _is_na(raw.get(owner)):
            problems.append(
                Problem(
                    code="answer.scale-missing",
                    where=owner,
                    message=f"Say which scale of “{owner}” is meant: "
                    + ", ".join(c.name for c in of_owner)
                    + ".",
                )
            )
        for column in of_owner:
            answer, problem = _read_column(instrument, item, column, values[column.name])
            answers[column.name] = answer
            if problem is not None:
                problems.append(problem)
    return problems


def _read_column(
    instrument: Instrument, item: Item, column: Column, value: object
) -> tuple[Answer, Problem | None]:
    result: Answer | Refusal = None
    if not _is_blank(value):
        result = KINDS[item.kind].read(item, column, instrument, value)
    if isinstance(result, Refusal):
        return None, Problem(code=result.code, where=column.name, message=result.message)
    if _is_blank(result):
        result = None
    if result is None and item.required:
        return None, Problem(
            code="answer.required",
            where=column.name,
            message="This question needs an answer before you can go on.",
        )
    return result, None


def _is_blank(value: object) -> bool:
    if value is None:
        return True
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, list | tuple):
        return not any(str(entry).strip() for entry in value)
    return False


def _is_na(value: object) -> bool:
    if isinstance(value, list | tuple):
        return any(_is_na(entry) for entry in value)
    return isinstance(value, str) and value.strip() == NOT_APPLICABLE
