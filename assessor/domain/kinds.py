"""Every kind of item there is, one row each.

Adding a kind is a model in `items.py`, a row here and its tests; a completeness test walks this
table over everything a kind must have.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from assessor.domain import item_columns
from assessor.domain import readings_chosen as chosen
from assessor.domain import readings_typed as typed
from assessor.domain.instrument import (
    MATRIX_KINDS,
    NOT_APPLICABLE,
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


def _repeated_columns(item: ItemBase) -> tuple[Column, ...]:
    return item_columns.repeated_columns(item, columns_of_item)


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "single_choice",
            "Single choice",
            SingleChoice,
            item_columns.choice_columns,
            chosen.read_single,
            "choice",
            "One of a few answers, all in view.",
            whole=chosen.whole_other,
        ),
        Kind(
            "dropdown",
            "Dropdown",
            Dropdown,
            item_columns.choice_columns,
            chosen.read_single,
            "choice",
            "One of many answers, found by typing.",
            whole=chosen.whole_other,
        ),
        Kind(
            "multiple_choice",
            "Multiple choice",
            MultipleChoice,
            item_columns.choice_columns,
            chosen.read_multiple,
            "choices",
            "Any of several answers.",
            whole=chosen.whole_other,
        ),
        Kind(
            "yes_no",
            "Yes or no",
            YesNo,
            item_columns.plain_column,
            chosen.read_yes_no,
            "choice",
            "A question that yes or no answers.",
        ),
        Kind(
            "ranking",
            "Ranking",
            Ranking,
            item_columns.option_columns,
            chosen.read_rank,
            "number",
            "Answers put in order of preference.",
            whole=chosen.whole_ranking,
        ),
        Kind(
            "constant_sum",
            "Constant sum",
            ConstantSum,
            item_columns.option_columns,
            chosen.read_part,
            "number",
            "A total, such as 100 points, spread over several things.",
            whole=chosen.whole_sum,
        ),
        Kind(
            "rating",
            "Rating",
            Rating,
            item_columns.rated_columns,
            chosen.read_rated,
            "number",
            "One thing rated on one to three scales.",
        ),
        Kind(
            "rating_matrix",
            "Rating matrix",
            RatingMatrix,
            item_columns.rated_columns,
            chosen.read_rated,
            "number",
            "Several things rated on the same scales.",
        ),
        Kind(
            "choice_matrix",
            "Choice matrix",
            ChoiceMatrix,
            item_columns.row_columns,
            chosen.read_in_matrix,
            "choice",
            "Several questions that share their answers.",
        ),
        Kind(
            "entry_grid",
            "Grid of entries",
            EntryGrid,
            item_columns.row_columns,
            typed.read_number,
            "text",
            "Several numbers or short texts to type.",
        ),
        Kind(
            "semantic_differential",
            "Semantic differential",
            SemanticDifferential,
            item_columns.row_columns,
            chosen.read_pair,
            "number",
            "Points between two opposite words.",
        ),
        Kind(
            "likelihood",
            "Likelihood, 0 to 10",
            Likelihood,
            item_columns.plain_column,
            chosen.read_likelihood,
            "number",
            "How likely something is, as net promoter scores need it.",
        ),
        Kind(
            "slider",
            "Slider",
            Slider,
            item_columns.plain_column,
            typed.read_slider,
            "number",
            "A number between two ends, typed or moved.",
        ),
        Kind(
            "number",
            "Number",
            Number,
            item_columns.plain_column,
            typed.read_number,
            "number",
            "A number to type.",
        ),
        Kind(
            "date",
            "Date",
            DateItem,
            item_columns.plain_column,
            typed.read_date,
            "day",
            "A day.",
            False,
        ),
        Kind(
            "time",
            "Time",
            TimeItem,
            item_columns.plain_column,
            typed.read_time,
            "time",
            "A time of day.",
            False,
        ),
        Kind(
            "short_text",
            "Short text",
            ShortText,
            item_columns.plain_column,
            typed.read_text,
            "text",
            "A word or a line.",
            False,
        ),
        Kind(
            "long_text",
            "Long text",
            LongTextItem,
            item_columns.plain_column,
            typed.read_text,
            "text",
            "Own words, several lines.",
            False,
        ),
        Kind(
            "email",
            "E-mail",
            Email,
            item_columns.plain_column,
            typed.read_email,
            "text",
            "An address; it names a person.",
            False,
        ),
        Kind(
            "file",
            "File",
            FileItem,
            item_columns.plain_column,
            typed.read_files,
            "files",
            "Pictures or documents to send.",
            False,
        ),
        Kind(
            "consent",
            "Consent",
            Consent,
            item_columns.plain_column,
            chosen.read_consent,
            "choice",
            "A statement to agree to.",
        ),
        Kind(
            "hidden",
            "Hidden value",
            Hidden,
            item_columns.plain_column,
            chosen.read_hidden,
            "choice",
            "A known value that comes with the link, such as where it was posted.",
        ),
        Kind(
            "calculated",
            "Calculated value",
            Calculated,
            item_columns.plain_column,
            typed.read_nothing,
            "number",
            "A value worked out from earlier answers.",
        ),
        Kind(
            "repeating_group",
            "Repeating group",
            RepeatingGroup,
            _repeated_columns,
            typed.read_count,
            "number",
            "Items asked again for each thing, such as each visit.",
        ),
        Kind(
            "text_block",
            "Text block",
            TextBlock,
            item_columns.no_column,
            typed.read_nothing,
            "none",
            "Text between items; it asks nothing.",
            False,
        ),
    )
}


def columns_of_item(item: ItemBase) -> tuple[Column, ...]:
    return KINDS[item_columns.kind_name(item)].columns(item)


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
