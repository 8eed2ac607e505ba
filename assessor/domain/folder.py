"""A library as files: its plan, its mapping, its instruments."""

from assessor.domain.instrument import Instrument
from assessor.domain.mapping import Mapping
from assessor.domain.plan import Plan
from assessor.domain.problems import Value


class LibraryFolder(Value):
    plan: Plan
    mapping: Mapping
    instruments: tuple[Instrument, ...] = ()

    def instrument(self, key: str) -> Instrument | None:
        return next((i for i in self.instruments if i.key == key), None)
