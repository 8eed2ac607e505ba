"""When each ending can be decided: the pages that must be answered before anybody is led there."""

from dataclasses import dataclass

from assessor.domain.instrument import Ending, Instrument
from assessor.domain.kinds import columns_of
from assessor.domain.logic import references


@dataclass(frozen=True)
class Due:
    """A screen-out or a quota's ending, and the pages that must be answered to decide it."""

    when: str
    ending: Ending
    quota: str
    pages: tuple[str, ...]


def due_endings(instrument: Instrument) -> tuple[Due, ...]:
    """All endings in the order in which they can be decided."""
    known = instrument.worked_out
    if "endings" not in known:
        places = {
            name: number
            for number, page in enumerate(instrument.pages)
            for item in page.items
            for column in (*columns_of(instrument, item), None)
            for name in ((column.name, column.owner) if column else (item.key,))
        }
        wanted = [(one.when, one, "") for one in instrument.endings if one.when]
        for quota in instrument.quotas:
            found = instrument.ending(quota.ending)
            if found is not None:
                wanted.append((quota.when, found, quota.key))
        numbered = [
            (sorted({places[key] for key in references(when) if key in places}), when, one, quota)
            for when, one, quota in wanted
        ]
        numbered.sort(key=lambda entry: entry[0][-1:] or [0])
        known["endings"] = tuple(
            Due(when, one, quota, tuple(instrument.pages[n].key for n in numbers))
            for numbers, when, one, quota in numbered
        )
    due: tuple[Due, ...] = known["endings"]
    return due
