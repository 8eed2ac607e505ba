"""Where an instrument is asked: its waves, who answered which version, who is in the middle."""

from dataclasses import dataclass

from assessor.domain.impact import Impact, Underway, impact
from assessor.domain.instrument import Instrument
from assessor.domain.mapping import Mapping
from assessor.store import documents, fielding
from assessor.store.fielding import VersionProgress, Wave
from assessor.web.access import current_library_id
from assessor.web.messages import gettext
from assessor.web.small_counts import few_words, minimum_group, response_words, version_words
from assessor.web.writing import listed

PREFIX = "wave-"
"""What the field of a wave is called where somebody decides how it goes on."""


@dataclass(frozen=True)
class AskedIn:
    """One version in one wave, in words that tell nobody too much."""

    wave: Wave
    version: int
    responses: str
    drafts: str


@dataclass(frozen=True)
class GoesOn:
    """A wave that takes or will take answers. `refusal` says why it cannot go on with the draft."""

    wave: Wave
    begun: str
    refusal: str

    @property
    def field(self) -> str:
        return f"{PREFIX}{self.wave.id}"


def waves_of(key: str) -> tuple[Wave, ...]:
    """The waves of an instrument."""
    return tuple(w for w in fielding.waves(current_library_id()) if w.instrument_key == key)


def asked_in(key: str) -> tuple[AskedIn, ...]:
    """Every version in every wave where it was asked or is asked now."""
    library_id = current_library_id()
    minimum = minimum_group(library_id)
    progress = fielding.progress_by_version(library_id, key)
    found: list[AskedIn] = []
    for wave in waves_of(key):
        of_wave = [one for one in progress if one.wave_id == wave.id]
        words = version_words(of_wave, minimum)
        found.extend(
            AskedIn(wave, number, *words.get(number, (response_words(wave, 0), few_words(0))))
            for number in sorted({*words, wave.version}, reverse=True)
        )
    return tuple(found)


def going_on(key: str, draft: Instrument) -> tuple[GoesOn, ...]:
    """The waves that could go on with the draft once it is published."""
    library_id = current_library_id()
    minimum = minimum_group(library_id)
    progress = fielding.progress_by_version(library_id, key)
    found = []
    for wave in waves_of(key):
        if wave.state == "closed":
            continue
        of_wave = [one for one in progress if one.wave_id == wave.id]
        gone = {group.code for group in fielding.groups(wave.id)}
        gone -= {option.code for option in draft.groups()}
        labels = [group.label for group in fielding.groups(wave.id) if group.code in gone]
        refusal = ""
        if labels:
            refusal = gettext(
                "It is for %(groups)s, which the new version does not ask for.",
                groups=listed([f"“{label}”" for label in labels]),
            )
        found.append(GoesOn(wave, _begun(of_wave, minimum), refusal))
    return tuple(found)


def _begun(of_wave: list[VersionProgress], minimum: int) -> str:
    """Who finishes which version, as a clause; empty where nobody has begun."""
    begun = sorted(one.version for one in of_wave if one.drafts)
    words = version_words(of_wave, minimum)
    said = [
        gettext("%(people)s in the middle of version %(version)s", people=words[v][1], version=v)
        for v in begun
    ]
    return listed(said)


def impact_of(key: str, old: Instrument, new: Instrument) -> Impact:
    """What `new` does to everything that rests on `old`."""
    library_id = current_library_id()
    totals: dict[int, list[int]] = {}
    for one in fielding.progress_by_version(library_id, key):
        total = totals.setdefault(one.version, [0, 0])
        total[0] += one.responses
        total[1] += one.drafts
    underway = [Underway(version, *total) for version, total in sorted(totals.items())]
    return impact(old, new, mappings(), underway)


def mappings() -> list[Mapping]:
    """The mappings in force of all plans."""
    library_id = current_library_id()
    stored = (documents.current_mapping(library_id, key) for key in documents.plan_keys(library_id))
    return [found.mapping for found in stored if found is not None]
