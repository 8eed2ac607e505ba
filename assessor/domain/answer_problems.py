"""What is wrong with answers beside their values: nobody asked, or what is meant is not said."""

from collections.abc import Mapping

from assessor.domain.instrument import NOT_APPLICABLE, Column, ItemBase
from assessor.domain.kinds import na_label
from assessor.domain.problems import Problem, say
from assessor.domain.route import Route

REQUIRED = say("This question needs an answer before you can go on.")


def is_ambiguous(
    item: ItemBase, owner: str, columns: list[Column], raw: Mapping[str, object]
) -> bool:
    """Whether an answer names a row whose columns are several, and none of them."""
    return (
        all(column.name != owner for column in columns)
        and not is_blank(raw.get(owner))
        and not (na_label(item) and is_na(raw.get(owner)))
    )


def which_column(owner: str, columns: list[Column]) -> Problem:
    named = ", ".join(column.name for column in columns)
    return Problem(
        code="answer.scale-missing",
        where=owner,
        message=say("Say which scale of “{key}” is meant: {named}.", key=owner, named=named),
    )


def unknown_columns(raw: Mapping[str, object], names: set[str]) -> list[Problem]:
    return [
        Problem(
            code="answer.unknown-column",
            where=name,
            message=say(
                "No question here is called “{name}”. Remove it, or check that the answers belong "
                "to this instrument and page.",
                name=name[:60],
            ),
        )
        for name in raw
        if name not in names
    ]


def not_asked_columns(raw: Mapping[str, object], names: set[str], route: Route) -> list[Problem]:
    """Warnings for values that are not kept, since their question was not asked."""
    asked = {name for asking in route.asked.values() for name in asking.columns}
    owners = {name.partition(".")[0] for name in asked}
    return [
        dropped(name)
        for name, value in raw.items()
        if name in names and name not in asked and name not in owners and not is_blank(value)
    ]


def dropped(name: str) -> Problem:
    return Problem(
        code="answer.not-asked",
        where=name,
        message=say(
            "“{name}” is not asked of somebody who answers like this, so what stood there is not "
            "kept.",
            name=name[:60],
        ),
        severity="warning",
    )


def is_blank(value: object) -> bool:
    if value is None:
        return True
    if isinstance(value, str):
        return not value.strip()
    if isinstance(value, list | tuple):
        return not any(str(entry).strip() for entry in value)
    return False


def is_na(value: object) -> bool:
    if isinstance(value, list | tuple):
        return any(is_na(entry) for entry in value)
    return isinstance(value, str) and value.strip() == NOT_APPLICABLE
