"""Every kind of item there is, one row each.

Adding a kind is a model in `items.py`, a row here and its tests; a completeness test walks this
table over everything a kind must have.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from assessor.domain import readings
from assessor.domain.instrument import (
    MATRIX_KINDS,
    NOT_APPLICABLE,
    OTHER,
    Calculated,
    ChoiceMatrix,
    Column,
    Consent,
    ConstantSum,
    DateItem,
    Dropdown,
    Email,
    EntryGrid,
    FileItem,
    Hidden,
    Instrument,
    Item,
    ItemBase,
    Likelihood,
    LongTextItem,
    Matrix,
    MultipleChoice,
    Number,
    Ranking,
    Rated,
    Rating,
    RatingMatrix,
    RepeatingGroup,
    SemanticDifferential,
    ShortText,
    SingleChoice,
    Slider,
    TextBlock,
    TimeItem,
    WithOptions,
    YesNo,
)
from assessor.domain.readings import Answer, Refusal

ReadOne = Callable[[ItemBase, Column, Instrument, object], Answer | Refusal]
ReadWhole = Callable[[ItemBase, dict[str, Answer]], Refusal | None]

ValueType = Literal["number", "choice", "choices", "text", "day", "time", "files", "none"]
"""What a column of the kind holds, for logic and for scoring."""


@dataclass(frozen=True)
class Kind:
    """What can be done with a kind.

    `read` turns a posted, imported or typed value into the stored answer, or says why not; `whole`
    then looks at all columns of one item together. `value` is what a column holds, `scored` whether
    an indicator can read it. `sentence` says what the kind is for.
    """

    name: str
    label: str
    model: type[ItemBase]
    columns: Callable[[ItemBase], tuple[Column, ...]]
    read: ReadOne
    value: ValueType
    sentence: str
    scored: bool = True
    whole: ReadWhole | None = None


def _column(item: ItemBase, **more: object) -> Column:
    own = {"name": item.key, "owner": item.key, "text": item.text, "item_key": item.key}
    return Column.model_validate({**own, "kind": _kind_name(item), "base": item.base, **more})


def _plain_column(item: ItemBase) -> tuple[Column, ...]:
    return (_column(item),)


def _kind_name(item: ItemBase) -> str:
    return str(getattr(item, "kind"))  # noqa: B009  every model of the table declares it


def _no_column(item: ItemBase) -> tuple[Column, ...]:  # one signature for all kinds
    return ()


def _choice_columns(item: ItemBase) -> tuple[Column, ...]:
    """The choice, and a column of own words where it offers "other"."""
    assert isinstance(item, WithOptions)
    chosen = _column(item)
    if not item.other:
        return (chosen,)
    words = f"{item.text} – {item.other}"
    return (chosen, _column(item, name=f"{item.key}.{OTHER}", text=words, use=OTHER))


def _option_columns(item: ItemBase) -> tuple[Column, ...]:
    """A column for every option: its rank, or its part of the total."""
    assert isinstance(item, Ranking | ConstantSum)
    return tuple(
        _column(
            item,
            name=f"{item.key}.{option.code}",
            text=f"{item.text} – {option.label}",
            use=option.code,
        )
        for option in item.options
    )


def _rated_columns(item: ItemBase) -> tuple[Column, ...]:
    assert isinstance(item, Rating | RatingMatrix)
    owners = item.rows if isinstance(item, RatingMatrix) else (item,)
    uses = [(None, item.scale)] if item.scale else [(use.key, use.scale) for use in item.scales]
    return tuple(
        _column(
            item,
            name=owner.key if use is None else f"{owner.key}.{use}",
            owner=owner.key,
            text=owner.text,
            use=use,
            scale=scale,
            reversed=owner.reversed,
            base=owner.base or item.base,
        )
        for owner in owners
        for use, scale in uses
    )


def _row_columns(item: ItemBase) -> tuple[Column, ...]:
    """A column for every row; in a grid of several columns, one for every cell."""
    assert isinstance(item, ChoiceMatrix | EntryGrid | SemanticDifferential)
    across = item.columns if isinstance(item, EntryGrid) else ()
    found = []
    for row in item.rows:
        own = {"owner": row.key, "base": getattr(row, "base", "") or item.base}
        own["reversed"] = row.reversed
        if not across:
            found.append(_column(item, name=row.key, text=row.text, **own))
        for one in across:
            text = f"{row.text} – {one.label}"
            name = f"{row.key}.{one.code}"
            found.append(_column(item, name=name, text=text, use=one.code, **own))
    return tuple(found)


def _repeated_columns(item: ItemBase) -> tuple[Column, ...]:
    """How many times, then every column of every time."""
    assert isinstance(item, RepeatingGroup)
    found = [_column(item)]
    for number in range(1, item.most + 1):
        for one in item.items:
            found.extend(
                column.model_copy(
                    update={
                        "name": f"{column.name}.{number}",
                        "owner": column.owner,
                        "use": f"{column.use}.{number}" if column.use else str(number),
                        "item_key": item.key,
                    }
                )
                for column in columns_of_item(one)
            )
    return tuple(found)


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "single_choice",
            "Single choice",
            SingleChoice,
            _choice_columns,
            readings.read_single,
            "choice",
            "One of a few answers, all in view.",
            whole=readings.whole_other,
        ),
        Kind(
            "dropdown",
            "Dropdown",
            Dropdown,
            _choice_columns,
            readings.read_single,
            "choice",
            "One of many answers, found by typing.",
            whole=readings.whole_other,
        ),
        Kind(
            "multiple_choice",
            "Multiple choice",
            MultipleChoice,
            _choice_columns,
            readings.read_multiple,
            "choices",
            "Any of several answers.",
            whole=readings.whole_other,
        ),
        Kind(
            "yes_no",
            "Yes or no",
            YesNo,
            _plain_column,
            readings.read_yes_no,
            "choice",
            "A question that yes or no answers.",
        ),
        Kind(
            "ranking",
            "Ranking",
            Ranking,
            _option_columns,
            readings.read_rank,
            "number",
            "Answers put in order of preference.",
            whole=readings.whole_ranking,
        ),
        Kind(
            "constant_sum",
            "Constant sum",
            ConstantSum,
            _option_columns,
            readings.read_part,
            "number",
            "A total, such as 100 points, spread over several things.",
            whole=readings.whole_sum,
        ),
        Kind(
            "rating",
            "Rating",
            Rating,
            _rated_columns,
            readings.read_rated,
            "number",
            "One thing rated on one to three scales.",
        ),
        Kind(
            "rating_matrix",
            "Rating matrix",
            RatingMatrix,
            _rated_columns,
            readings.read_rated,
            "number",
            "Several things rated on the same scales.",
        ),
        Kind(
            "choice_matrix",
            "Choice matrix",
            ChoiceMatrix,
            _row_columns,
            readings.read_in_matrix,
            "choice",
            "Several questions that share their answers.",
        ),
        Kind(
            "entry_grid",
            "Grid of entries",
            EntryGrid,
            _row_columns,
            readings.read_number,
            "text",
            "Several numbers or short texts to type.",
        ),
        Kind(
            "semantic_differential",
            "Semantic differential",
            SemanticDifferential,
            _row_columns,
            readings.read_pair,
            "number",
            "Points between two opposite words.",
        ),
        Kind(
            "likelihood",
            "Likelihood, 0 to 10",
            Likelihood,
            _plain_column,
            readings.read_likelihood,
            "number",
            "How likely something is, as net promoter scores need it.",
        ),
        Kind(
            "slider",
            "Slider",
            Slider,
            _plain_column,
            readings.read_slider,
            "number",
            "A number between two ends, typed or moved.",
        ),
        Kind(
            "number",
            "Number",
            Number,
            _plain_column,
            readings.read_number,
            "number",
            "A number to type.",
        ),
        Kind("date", "Date", DateItem, _plain_column, readings.read_date, "day", "A day.", False),
        Kind(
            "time",
            "Time",
            TimeItem,
            _plain_column,
            readings.read_time,
            "time",
            "A time of day.",
            False,
        ),
        Kind(
            "short_text",
            "Short text",
            ShortText,
            _plain_column,
            readings.read_text,
            "text",
            "A word or a line.",
            False,
        ),
        Kind(
            "long_text",
            "Long text",
            LongTextItem,
            _plain_column,
            readings.read_text,
            "text",
            "Own words, several lines.",
            False,
        ),
        Kind(
            "email",
            "E-mail",
            Email,
            _plain_column,
            readings.read_email,
            "text",
            "An address; it names a person.",
            False,
        ),
        Kind(
            "file",
            "File",
            FileItem,
            _plain_column,
            readings.read_files,
            "files",
            "Pictures or documents to send.",
            False,
        ),
        Kind(
            "consent",
            "Consent",
            Consent,
            _plain_column,
            readings.read_consent,
            "choice",
            "A statement to agree to.",
        ),
        Kind(
            "hidden",
            "Hidden value",
            Hidden,
            _plain_column,
            readings.read_hidden,
            "choice",
            "A known value that comes with the link, such as where it was posted.",
        ),
        Kind(
            "calculated",
            "Calculated value",
            Calculated,
            _plain_column,
            readings.read_nothing,
            "number",
            "A value worked out from earlier answers.",
        ),
        Kind(
            "repeating_group",
            "Repeating group",
            RepeatingGroup,
            _repeated_columns,
            readings.read_count,
            "number",
            "Items asked again for each thing, such as each visit.",
        ),
        Kind(
            "text_block",
            "Text block",
            TextBlock,
            _no_column,
            readings.read_nothing,
            "none",
            "Text between items; it asks nothing.",
            False,
        ),
    )
}


def columns_of_item(item: ItemBase) -> tuple[Column, ...]:
    return KINDS[_kind_name(item)].columns(item)


def columns(instrument: Instrument) -> tuple[Column, ...]:
    """Every column of an instrument's answers, in the order of its pages."""
    return tuple(column for item in instrument.items() for column in columns_of(instrument, item))


def columns_of(instrument: Instrument, item: Item) -> tuple[Column, ...]:
    """The columns of one of the instrument's items, with the share of people who are asked."""
    known = instrument.worked_out
    if "columns" not in known:
        shares = {key: s.asked_share for s in instrument.samplings for key in s.items}
        known["columns"] = {
            one.key: tuple(
                _with_share(column, shares.get(one.key, 1.0) * shares.get(column.owner, 1.0))
                if column.owner != one.key
                else _with_share(column, shares.get(one.key, 1.0))
                for column in columns_of_item(one)
            )
            for one in instrument.items()
        }
    found: tuple[Column, ...] = known["columns"][item.key]
    return found


def _with_share(column: Column, share: float) -> Column:
    return column if share == 1.0 else column.model_copy(update={"asked_share": share})


def na_label(item: ItemBase) -> str:
    """The item's n/a label; empty where it offers none."""
    return item.na if isinstance(item, Rated | Likelihood | YesNo | SemanticDifferential) else ""


def rows_of(item: ItemBase) -> tuple[str, ...]:
    """The keys of a matrix's rows; none for other kinds."""
    return tuple(row.key for row in item.rows) if isinstance(item, MATRIX_KINDS) else ()


__all__ = [
    "KINDS",
    "NOT_APPLICABLE",
    "Answer",
    "Kind",
    "Matrix",
    "Refusal",
    "columns",
    "columns_of",
    "columns_of_item",
    "na_label",
    "rows_of",
]
