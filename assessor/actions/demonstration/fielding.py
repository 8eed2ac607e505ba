"""The waves of the demonstration, answered through the doors that everybody uses.

Every made-up person begins a response, saves it page by page and sends it, by the very actions
that a patron's browser calls. So the demonstration proves the chain, and holds no answer that the
site would have refused.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from assessor.actions.demonstration.opinions import PATRONS, STAFF, Opinion
from assessor.actions.demonstration.people import Raw, answers
from assessor.actions.respond import save_page, start_response, submit_response
from assessor.actions.waves import close_wave, open_wave, plan_wave
from assessor.domain.instrument import Instrument
from assessor.domain.problems import Checked, failed
from assessor.store import fielding
from assessor.store.fielding import Wave
from assessor.store.published import published_version
from assessor.store.waves import Access


@dataclass(frozen=True)
class Fielding:
    """A wave to field. `groups`: code → how many answer and how many there are (None: unknown).

    Without days it is open now and stays open.
    """

    instrument: str
    title: str
    period: int
    opens_on: date | None
    closes_on: date | None
    opinions: Mapping[str, Opinion]
    groups: Mapping[str, tuple[int, int | None]]
    access: Access = "open_link"

    @property
    def responses(self) -> int:
        return sum(answering for answering, _ in self.groups.values())


_PATRONS = "How is the library doing for you?"
_STAFF = "Working at Riverbend Library"

FIELDINGS: tuple[Fielding, ...] = (
    Fielding(
        instrument="patrons",
        title=f"{_PATRONS} 2024",
        period=2024,
        opens_on=date(2024, 9, 2),
        closes_on=date(2024, 9, 29),
        opinions=PATRONS,
        groups={
            "adult": (206, 5_900),
            "family": (104, 2_150),
            "senior": (92, 2_480),
            "student": (138, 3_300),
            "college_staff": (46, 410),
            # Too few to show: three people would be recognised.
            "newcomer": (3, 260),
            "prefer_not_to_say": (15, None),
        },
    ),
    Fielding(
        instrument="staff",
        title=f"{_STAFF} 2024",
        period=2024,
        opens_on=date(2024, 9, 9),
        closes_on=date(2024, 9, 22),
        opinions=STAFF,
        groups={
            "public_services": (34, 41),
            "collections": (15, 18),
            "learning": (11, 13),
            "digital": (8, 9),
            "special_collections": (4, 8),
            "administration": (9, 14),
            "prefer_not_to_say": (3, None),
        },
    ),
    Fielding(
        instrument="patrons",
        title=f"{_PATRONS} 2025",
        period=2025,
        opens_on=date(2025, 9, 1),
        closes_on=date(2025, 9, 28),
        opinions=PATRONS,
        groups={
            "adult": (224, 5_870),
            "family": (126, 2_210),
            "senior": (101, 2_540),
            "student": (151, 3_240),
            "college_staff": (52, 420),
            "newcomer": (19, 310),
            "prefer_not_to_say": (17, None),
        },
    ),
    Fielding(
        instrument="staff",
        title=f"{_STAFF} 2025",
        period=2025,
        opens_on=date(2025, 9, 8),
        closes_on=date(2025, 9, 21),
        opinions=STAFF,
        groups={
            "public_services": (36, 42),
            "collections": (16, 18),
            "learning": (12, 13),
            "digital": (9, 10),
            "special_collections": (6, 8),
            "administration": (11, 14),
            "prefer_not_to_say": (2, None),
        },
    ),
    Fielding(
        instrument="patrons",
        title=f"{_PATRONS} 2026",
        period=2026,
        opens_on=None,
        closes_on=None,
        opinions=PATRONS,
        groups={
            "adult": (14, 5_910),
            "family": (7, 2_240),
            "senior": (6, 2_590),
            "student": (11, 3_260),
            "college_staff": (5, 420),
            "newcomer": (2, 340),
            "prefer_not_to_say": (1, None),
        },
    ),
    Fielding(
        instrument="staff",
        title=f"{_STAFF} 2026",
        period=2026,
        opens_on=None,
        closes_on=None,
        opinions=STAFF,
        groups={
            "public_services": (0, 42),
            "collections": (0, 18),
            "learning": (0, 13),
            "digital": (0, 10),
            "special_collections": (0, 8),
            "administration": (0, 14),
            "prefer_not_to_say": (0, None),
        },
        access="signed_in",
    ),
)
"""Two years that are over, and what runs now: a survey for everybody, one for signed-in staff."""


def is_fielded(library_id: int, plan: Fielding) -> bool:
    """Whether nothing of the wave is left to do: it is closed, or open with what it begins with."""
    wave = _there(library_id, plan)
    if wave is None or wave.state == "draft":
        return False
    if wave.state == "closed" or plan.responses == 0:
        return True
    done = fielding.progress(wave.id).responses
    # What stays open is other people's too, once it has begun: then it is not gone on with.
    return done > 0 if plan.closes_on is None else False


def field_wave(
    library_id: int, plan: Fielding, sent: Callable[[int], None] = lambda count: None
) -> Checked[str]:
    """Plan, open, answer and close one wave, and return its id; what was done already stays.

    `sent` hears how many responses there are, after each. A wave whose title and period are there
    already is gone on with where it stopped.
    """
    found = _there(library_id, plan)
    if found is not None and is_fielded(library_id, plan):
        return Checked(found.id)
    wave_id = found.id if found is not None else ""
    if found is None:
        planned = plan_wave(
            library_id,
            instrument=plan.instrument,
            title=plan.title,
            period=str(plan.period),
            access=plan.access,
            opens_on=plan.opens_on,
            closes_on=plan.closes_on,
            sizes={code: size for code, (_, size) in plan.groups.items()},
        )
        if planned.value is None:
            return planned
        wave_id = planned.value
    opened = open_wave(library_id, wave_id, on=plan.opens_on)
    if opened.value is None:
        return opened
    published = published_version(library_id, plan.instrument)
    assert published is not None, "a wave was planned of it"
    done = fielding.progress(wave_id).responses
    for number, (group, day) in enumerate(_in_order(plan)):
        if number < done:
            continue
        said = answers(
            published.instrument, plan.opinions, period=plan.period, number=number, group=group
        )
        answered = _answer(wave_id, published.instrument, said, day)
        if answered.value is None:
            return answered
        sent(number + 1)
    return close_wave(library_id, wave_id) if plan.closes_on is not None else Checked(wave_id)


def _there(library_id: int, plan: Fielding) -> Wave | None:
    waves = fielding.waves(library_id, str(plan.period))
    return next((wave for wave in waves if wave.title == plan.title), None)


def _in_order(plan: Fielding) -> Iterator[tuple[str, date | None]]:
    """Everybody who answers, the groups mixed as they come in, with the day each comes.

    The day is None, today, where the wave has no days.
    """
    people = [
        ((place + 0.5) / answering, group)
        for group, (answering, _) in plan.groups.items()
        for place in range(answering)
    ]
    for when, group in sorted(people):
        yield group, _day(plan, when)


def _day(plan: Fielding, when: float) -> date | None:
    """The day at this part (0 to 1) of the wave."""
    if plan.opens_on is None or plan.closes_on is None:
        return None
    days = (plan.closes_on - plan.opens_on).days + 1
    return plan.opens_on + timedelta(days=int(when * days))


def _answer(
    wave_id: str, instrument: Instrument, said: Mapping[str, Raw], day: date | None
) -> Checked[str]:
    """One response from its first page to its receipt."""
    started = start_response(wave_id, on=day)
    if started.value is None:
        return failed(*started.problems)
    page_key: str | None = instrument.pages[0].key
    while page_key is not None:
        saved = save_page(started.value, wave_id, page_key, said[page_key], on=day)
        if saved.value is None or saved.errors:
            return failed(*saved.problems)
        # Their answers lead them, as they lead everybody.
        page_key = saved.value.next_page
    sent = submit_response(started.value, wave_id, on=day)
    return failed(*sent.problems) if sent.value is None else Checked(wave_id)
