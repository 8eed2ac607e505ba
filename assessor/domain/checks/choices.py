"""The checks of items that are chosen from: their options, and how many of them can be chosen."""

from collections.abc import Iterator, Sequence

from assessor.domain.checks.finding import did_you_mean, error, warning
from assessor.domain.instrument import (
    NOT_APPLICABLE,
    OTHER,
    ChoiceMatrix,
    ConstantSum,
    EntryGrid,
    ItemBase,
    MultipleChoice,
    Option,
    Ranking,
    SingleChoice,
    WithOptions,
)
from assessor.domain.problems import Problem, say

MANY = 15
"""More options than this are hard to overlook when all are in view."""


def check_choices(item: ItemBase, where: str) -> Iterator[Problem]:
    """Everything about the options of one item; nothing for items that have none."""
    match item:
        case WithOptions():
            yield from _check_codes(item, item.options, f"{where}.options")
            yield from _check_with_options(item, where)
        case ChoiceMatrix() | Ranking() | ConstantSum():
            yield from _check_codes(item, item.options, f"{where}.options")
            if len(item.options) == 1:
                yield _only_one(item, f"{where}.options")
        case EntryGrid():
            yield from _check_codes(item, item.columns, f"{where}.columns")
    if isinstance(item, MultipleChoice):
        yield from _check_multiple(item, where)
        yield from _check_least(item, where)
    if isinstance(item, Ranking) and item.places is not None and item.places > len(item.options):
        message = say(
            "`{item}` asks for {places} places and has {options} options. Lower `places`, or "
            "remove it.",
            item=item.key,
            places=item.places,
            options=len(item.options),
        )
        yield error("item.places", f"{where}.places", message)


def _check_codes(item: ItemBase, options: Sequence[Option], where: str) -> Iterator[Problem]:
    codes: set[str] = set()
    labels: set[str] = set()
    for o, option in enumerate(options):
        place = f"{where}.{o}"
        label = option.label.strip().casefold()
        if option.code in codes:
            message = say(
                "`{item}` has two options with the code `{code}`. Give one of them another code.",
                item=item.key,
                code=option.code,
            )
            yield error("item.duplicate-option", place, message)
        elif label in labels:
            message = say(
                "`{item}` has two options called “{label}”. Give one of them another label.",
                item=item.key,
                label=option.label,
            )
            yield error("item.duplicate-option", place, message)
        codes.add(option.code)
        labels.add(label)
        if option.code.upper() == NOT_APPLICABLE:
            message = say(
                "`{item}` has an option with the code `{code}`, which stands for “not "
                "applicable” in files of answers. Give it another code, such as `none`.",
                item=item.key,
                code=option.code,
            )
            yield error("item.reserved-code", place, message)


def _only_one(item: ItemBase, where: str) -> Problem:
    message = say(
        "`{item}` offers one answer only, so it tells nothing. Add others, or make it a "
        "`consent` if it is a statement to agree to.",
        item=item.key,
    )
    return warning("item.one-option", where, message)


def _check_with_options(item: WithOptions, where: str) -> Iterator[Problem]:
    if len(item.options) == 1 and not item.other:
        yield _only_one(item, f"{where}.options")
    if item.other and any(option.code == OTHER for option in item.options):
        message = say(
            "`{item}` has an option `{code}` and an `other` as well, which has the same code. "
            "Remove one of them.",
            item=item.key,
            code=OTHER,
        )
        yield error("item.reserved-code", f"{where}.other", message)
    if isinstance(item, SingleChoice) and len(item.options) > MANY:
        message = say(
            "`{item}` shows {number} answers at once. Make it a `dropdown`, where they are found "
            "by typing.",
            item=item.key,
            number=len(item.options),
        )
        yield warning("item.many-options", f"{where}.options", message)


def _check_multiple(item: MultipleChoice, where: str) -> Iterator[Problem]:
    codes = [option.code for option in item.options] + ([OTHER] if item.other else [])
    for e, code in enumerate(item.exclusive):
        if code not in codes:
            message = say(
                "`{item}` names `{code}` as standing alone, which is none of its options. {hint}",
                item=item.key,
                code=code,
                hint=did_you_mean(code, codes),
            )
            yield error("instrument.exclusive", f"{where}.exclusive.{e}", message)
    if item.max_choices is not None and item.max_choices > len(codes):
        message = say(
            "`{item}` allows {max_choices} choices and offers {codes}. Lower `max_choices`, or "
            "remove it.",
            item=item.key,
            max_choices=item.max_choices,
            codes=len(codes),
        )
        yield error("item.max-choices", f"{where}.max_choices", message)


def _check_least(item: MultipleChoice, where: str) -> Iterator[Problem]:
    least, place = item.min_choices, f"{where}.min_choices"
    if least is None:
        return
    together = len({option.code for option in item.options} - set(item.exclusive))
    together += bool(item.other) and OTHER not in item.exclusive
    if item.max_choices is not None and least > item.max_choices:
        message = say(
            "`{item}` asks for at least {least} choices and at most {max_choices}. Swap them.",
            item=item.key,
            least=least,
            max_choices=item.max_choices,
        )
        yield error("item.min-choices", place, message)
    elif least > together:
        message = say(
            "`{item}` asks for at least {least} choices, and only {together} can be chosen "
            "together. Lower `min_choices`.",
            item=item.key,
            least=least,
            together=together,
        )
        yield error("item.min-choices", place, message)
    elif least > 1 and (item.option_filter or any(option.relevant for option in item.options)):
        message = say(
            "`{item}` asks for at least {least} choices, but some people are offered fewer. "
            "Leave `min_choices` out, or make sure that enough are always offered.",
            item=item.key,
            least=least,
        )
        yield warning("item.min-choices", place, message)
