"""A library as files: its plan, its mapping, its instruments."""

from pydantic import field_validator

from assessor.domain.instrument import Instrument
from assessor.domain.mapping import Mapping
from assessor.domain.plan import Plan
from assessor.domain.problems import Value


class LibraryFolder(Value):
    """The order of instruments has no meaning; they stand by key, as their files do."""

    plan: Plan
    mapping: Mapping
    instruments: tuple[Instrument, ...] = ()

    @field_validator("instruments")
    @classmethod
    def _by_key(cls, instruments: tuple[Instrument, ...]) -> tuple[Instrument, ...]:
        return tuple(sorted(instruments, key=lambda instrument: instrument.key))

    def instrument(self, key: str) -> Instrument | None:
        return next((i for i in self.instruments if i.key == key), None)
