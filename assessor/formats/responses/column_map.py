"""Which column of a file is which of ours, and what its values mean: to be remembered as JSON."""

from pydantic import Field

from assessor.domain.problems import Value


class ColumnUse(Value):
    """A column of the file that answers one of ours.

    `column` is our column's name. With `choice`, the file has a column for each choice, and
    `ticked` are the values that say this one was made. `values`: value in the file → our code or
    number.
    """

    source: str = Field(max_length=2000)
    column: str = Field(max_length=200)
    choice: str | None = Field(default=None, max_length=60)
    ticked: tuple[str, ...] = ()
    values: dict[str, str] = Field(default_factory=dict)
    missing: tuple[str, ...] = ()
    not_applicable: tuple[str, ...] = ()


class ColumnMap(Value):
    """How a file of responses is read. Columns that it does not name are left out.

    `missing` and `not_applicable` hold for every column. `day_format` is as Python's strptime has
    it; empty: ISO 8601. `group_values`: value in the file → group.
    """

    instrument: str = Field(max_length=60)
    columns: tuple[ColumnUse, ...] = Field(default=(), max_length=5000)
    missing: tuple[str, ...] = ()
    not_applicable: tuple[str, ...] = ()
    group: str | None = None
    group_values: dict[str, str] = Field(default_factory=dict)
    day: str | None = None
    day_format: str = Field(default="", max_length=60)
    weight: str | None = None

    def sources(self) -> frozenset[str]:
        """Every column of the file that is read."""
        extra = (self.group, self.day, self.weight)
        return frozenset([*(use.source for use in self.columns), *(one for one in extra if one)])
