"""The checks of answers in texts: `${key}` names an item that was asked before, and can be read."""

from collections.abc import Iterator

from assessor.domain.checks.finding import did_you_mean, error, warning
from assessor.domain.checks.places import Places, Position, places_of
from assessor.domain.instrument import FileItem, Instrument, RepeatingGroup
from assessor.domain.piping import piped_keys
from assessor.domain.problems import Problem, say
from assessor.domain.translations import text_places


def check_piping(instrument: Instrument) -> tuple[Problem, ...]:
    """Every text that asks for an answer which is not there when it is read."""
    places = places_of(instrument)
    return tuple(
        problem
        for where, text in text_places(instrument)
        for key in piped_keys(text)
        for problem in _check(places, where, key)
    )


def _check(places: Places, where: str, key: str) -> Iterator[Problem]:
    known = places.known.get(key)
    if known is None:
        several = places.several.get(key)
        if several:
            listed = ", ".join(f"`${{{name}}}`" for name in several[:8])
            hint = say("`{key}` has several answers; say which: {listed}.", key=key, listed=listed)
        else:
            hint = say(
                "There is no item `{key}`. {hint}", key=key, hint=did_you_mean(key, places.known)
            )
        message = say(
            "This text asks for the answer to `{key}`. {hint} Or write `\\${{` for a plain $.",
            key=key,
            hint=hint,
        )
        yield error("piping.unknown", where, message)
        return
    if isinstance(known.item, FileItem):
        message = say("`{key}` is a file, which no text can show. Name another item.", key=key)
        yield error("piping.file", where, message)
        return
    here = _position(places, where)
    if known.position >= here and not _is_group_entry(places, known.position, here):
        message = say(
            "This text asks for the answer to `{key}`, which is not yet given here. Ask it on a "
            "page before, or leave it out of the text.",
            key=key,
        )
        yield error("piping.asked-later", where, message)
    elif known.position[0] == here[0] and known.position[:2] != here[:2]:
        message = say(
            "`{key}` is asked on the same page, so its answer is only there when the page is "
            "shown again. Ask it on a page before.",
            key=key,
        )
        yield warning("piping.same-page", where, message)


def _is_group_entry(places: Places, known: Position, here: Position) -> bool:
    """Within a group that repeats, an item may show what was said of the same thing before."""
    page, item, _inner = known
    group = places.instrument.pages[page].items[item]
    return isinstance(group, RepeatingGroup) and known[:2] == here[:2] and known < here


def _position(places: Places, where: str) -> Position:
    """What was asked before a text is read; after everything for thanks and endings."""
    parts = where.split(".")
    if parts[0] in {"thanks", "endings"}:
        return (len(places.instrument.pages), 0, 0)
    if parts[0] != "pages":
        return (-1, 0, 0)
    if len(parts) < 5 or parts[2] != "items":
        return (int(parts[1]), -1, 0)
    inner = int(parts[5]) + 1 if len(parts) > 6 and parts[4] == "items" else 0
    return (int(parts[1]), int(parts[3]), inner)
