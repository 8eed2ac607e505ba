"""The checks of a whole library folder: each document, and what they say of one another."""

from collections.abc import Iterator, Sequence

from assessor.domain.checks.finding import error, warning
from assessor.domain.checks.instrument import check_instrument
from assessor.domain.checks.mapping import check_mapping
from assessor.domain.folder import LibraryFolder
from assessor.domain.instrument import Instrument, Scale
from assessor.domain.kinds import columns
from assessor.domain.plan import check_plan
from assessor.domain.problems import Problem, say

PLAN_FILE = "plan.yaml"
MAPPING_FILE = "mapping.yaml"


def instrument_file(key: str) -> str:
    """The file of an instrument in a library's folder."""
    name = f"{key}.yaml"
    return f"{key}_instrument.yaml" if name in {PLAN_FILE, MAPPING_FILE} else name


def check_folder(folder: LibraryFolder, catalogue: Sequence[Scale] = ()) -> tuple[Problem, ...]:
    """All problems of a folder's documents, each with the file that it would be written to."""
    found: list[Problem] = [*_named(PLAN_FILE, check_plan(folder.plan))]
    for instrument in folder.instruments:
        problems = check_instrument(instrument, catalogue)
        found.extend(_named(instrument_file(instrument.key), problems))
    mapping_problems = check_mapping(folder.mapping, folder.plan, folder.instruments)
    found.extend(_named(MAPPING_FILE, mapping_problems))
    for key, problem in check_instruments_together(folder.instruments):
        found.extend(_named(instrument_file(key), [problem]))
    return tuple(found)


def check_instruments_together(
    instruments: Sequence[Instrument],
) -> Iterator[tuple[str, Problem]]:
    """Instrument key and problem, where instruments of one folder get in each other's way."""
    seen: set[str] = set()
    texts: dict[str, tuple[str, str]] = {}
    for instrument in instruments:
        if instrument.key in seen:
            message = say(
                "Two instruments have the key `{instrument}`. Give one of them another key.",
                instrument=instrument.key,
            )
            yield instrument.key, error("folder.duplicate-instrument", "key", message)
        seen.add(instrument.key)
        for column in columns(instrument):
            other = texts.setdefault(column.name, (instrument.key, column.text))
            if other[0] != instrument.key and _plain(other[1]) != _plain(column.text):
                message = say(
                    "`{owner}` is worded differently in `{instrument}`, so the two cannot be "
                    "compared. Give one of them another key, or word them alike.",
                    owner=column.owner,
                    instrument=other[0],
                )
                where = _where(instrument, column.owner)
                yield instrument.key, warning("folder.same-key", where, message)


def _where(instrument: Instrument, owner: str) -> str:
    for p, page in enumerate(instrument.pages):
        for i, item in enumerate(page.items):
            if item.key == owner:
                return f"pages.{p}.items.{i}.key"
            for r, row in enumerate(getattr(item, "rows", ())):
                if row.key == owner:
                    return f"pages.{p}.items.{i}.rows.{r}.key"
    return "pages"


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _named(file: str, problems: Sequence[Problem]) -> list[Problem]:
    return [problem.model_copy(update={"file": file}) for problem in problems]
