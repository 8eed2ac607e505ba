"""The checks of endings, quotas and samplings: what they name is there, and can come about."""

from collections.abc import Callable, Iterator

from assessor.domain.checks.finding import did_you_mean, error, warning
from assessor.domain.checks.keys import repeated
from assessor.domain.checks.places import Known, Places, places_of
from assessor.domain.instrument import Instrument, Sampling, TextBlock
from assessor.domain.kinds import rows_of
from assessor.domain.logic import references
from assessor.domain.problems import Problem, Said, say, saying


def check_leading(instrument: Instrument) -> tuple[Problem, ...]:
    """Everything that leads people another way, apart from the conditions themselves."""
    return (
        *_check_keys(instrument),
        *_check_endings(instrument),
        *_check_samplings(instrument),
    )


def _check_keys(instrument: Instrument) -> Iterator[Problem]:
    for what in ("endings", "quotas", "samplings"):
        keys = [(f"{what}.{n}.key", one.key) for n, one in enumerate(getattr(instrument, what))]
        yield from repeated(keys, _TWO[what])


_TWO: dict[str, Callable[..., Said]] = {
    "endings": saying("`{key}` is the key of two endings. Give one of them another key."),
    "quotas": saying("`{key}` is the key of two quotas. Give one of them another key."),
    "samplings": saying("`{key}` is the key of two samplings. Give one of them another key."),
}


def _check_endings(instrument: Instrument) -> Iterator[Problem]:
    keys = [ending.key for ending in instrument.endings]
    wanted = {quota.ending for quota in instrument.quotas}
    for e, ending in enumerate(instrument.endings):
        if not ending.when and ending.key not in wanted:
            message = say(
                "Nothing leads to ending `{ending}`. Say `when`, let a quota name it, or remove "
                "it.",
                ending=ending.key,
            )
            yield warning("ending.no-way", f"endings.{e}", message)
    for q, quota in enumerate(instrument.quotas):
        if quota.ending not in keys:
            message = say(
                "Quota `{quota}` leads to ending `{ending}`, which is not there. {hint}",
                quota=quota.key,
                ending=quota.ending,
                hint=did_you_mean(quota.ending, keys),
            )
            yield error("quota.unknown-ending", f"quotas.{q}.ending", message)
        if quota.limit == 0:
            message = say(
                "Quota `{quota}` is full from the start. Raise `limit`, or make it the `when` "
                "of the ending.",
                quota=quota.key,
            )
            yield warning("quota.always-full", f"quotas.{q}.limit", message)


def _check_samplings(instrument: Instrument) -> Iterator[Problem]:
    if not instrument.samplings:
        return
    askable = _askable(instrument)
    needed = _needed_by_logic(instrument)
    seen: dict[str, str] = {}
    for s, sampling in enumerate(instrument.samplings):
        where = f"samplings.{s}"
        if sampling.ask is not None and sampling.ask >= len(sampling.items):
            message = say(
                "Sampling `{sampling}` asks {ask} of {items}, so everybody is asked all of them. "
                "Lower `ask`, or name more items.",
                sampling=sampling.key,
                ask=sampling.ask,
                items=len(sampling.items),
            )
            finding = error if sampling.ask > len(sampling.items) else warning
            yield finding("sampling.asks-all", f"{where}.ask", message)
        for n, key in enumerate(sampling.items):
            place = f"{where}.items.{n}"
            if key in seen:
                message = say(
                    "`{key}` is in sampling `{sampling}` already. Name it in one of them only.",
                    key=key,
                    sampling=seen[key],
                )
                yield error("sampling.twice", place, message)
            seen.setdefault(key, sampling.key)
            if key not in askable:
                message = say(
                    "There is no item or row `{key}` to ask. {hint}",
                    key=key,
                    hint=did_you_mean(key, askable),
                )
                yield error("sampling.unknown-item", place, message)
            else:
                yield from _check_sampled(instrument, sampling, key, needed, place)


def _askable(instrument: Instrument) -> list[str]:
    """The keys of items and rows that can be asked of some people only."""
    return [
        key
        for item in instrument.items()
        if not isinstance(item, TextBlock)
        for key in (item.key, *rows_of(item))
    ]


def _check_sampled(
    instrument: Instrument, sampling: Sampling, key: str, needed: set[str], where: str
) -> Iterator[Problem]:
    item = instrument.item(key)
    if key == instrument.group_item:
        message = say(
            "`{key}` tells the groups, and sampling `{sampling}` leaves it out for some people, "
            "whose group is then unknown. Ask it of everybody.",
            key=key,
            sampling=sampling.key,
        )
        yield error("sampling.group-item", where, message)
    elif key in needed:
        message = say(
            "Conditions or texts depend on `{key}`, which some people are not asked. There it "
            "counts as unanswered. Ask it of everybody, or see to it that this is meant.",
            key=key,
        )
        yield warning("sampling.needed", where, message)
    elif item is not None and item.required and item.key == key:
        message = say(
            "`{key}` is required, and sampling `{sampling}` asks it of some people only. This "
            "works; see to it that nothing counts on everybody's answer.",
            key=key,
            sampling=sampling.key,
        )
        yield warning("sampling.required", where, message)


def _needed_by_logic(instrument: Instrument) -> set[str]:
    """Keys of the items and rows whose answers decide something."""
    places = places_of(instrument)
    named = {key for one in places.written for key in references(one.text)}
    return {name for key in named for name in _owners(places, key)}


def _owners(places: Places, key: str) -> tuple[str, ...]:
    known: Known | None = places.known.get(key)
    if known is None:
        return ()
    owner = known.column.owner if known.column is not None else known.key
    return (owner, known.item.key)
