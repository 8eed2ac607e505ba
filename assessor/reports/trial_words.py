"""What robots found in an instrument, in sentences."""

from assessor.domain.instrument import Instrument
from assessor.domain.trial import Trial

MOST_NAMED = 12


def trial_lines(trial: Trial, instrument: Instrument) -> list[str]:
    """The report of a trial, a sentence a line; what needs somebody's attention comes first."""
    return [_opening(trial), *trial_findings(trial, instrument), *_ways(trial), *_times(trial)]


def trial_findings(trial: Trial, instrument: Instrument) -> list[str]:
    """Only what somebody should look at; empty where there is nothing."""
    found = []
    for key, number in trial.stuck.items():
        found.append(
            f"{_people(number)} found no answer to `{key}` that passes its check. Look at its "
            "constraint and at what it needs."
        )
    found += _unseen(trial, instrument)
    found += [f"Nobody reached the ending `{key}`." for key in trial.endings_not_reached]
    for one in trial.one_sided:
        word = "held" if one.never == "true" else "failed"
        found.append(f"The logic of {one.place} never {word}: {one.expression}")
    return found


def _opening(trial: Trial) -> str:
    parts = [f"{trial.completed:,} of {_people(trial.respondents)} sent their answers"]
    for key, number in trial.ended.items():
        parts.append(f"{number:,} were led to the ending `{key}`")
    stuck = sum(trial.stuck.values())
    if stuck:
        parts.append(f"{stuck:,} could not go on")
    return "; ".join(parts) + "."


def _unseen(trial: Trial, instrument: Instrument) -> list[str]:
    pages = {page.key: page for page in instrument.pages}
    on_unseen = {item.key for key in trial.unseen_pages for item in pages[key].items}
    found = [f"Nobody saw the page `{key}`." for key in trial.unseen_pages]
    items = [key for key in trial.unseen_items if key not in on_unseen]
    gone = on_unseen | set(items)
    rows = [key for key in trial.unseen_rows if not _belongs(instrument, key, gone)]
    options = [name for name in trial.unoffered_options if name.partition(".")[0] not in gone]
    for words, keys in (
        ("Nobody saw the item", items),
        ("Nobody saw the row", rows),
        ("Nobody was offered the answer", options),
    ):
        found += [f"{words} `{key}`." for key in keys[:MOST_NAMED]]
        if len(keys) > MOST_NAMED:
            found.append(f"{words} in {len(keys) - MOST_NAMED} more places.")
    return found


def _belongs(instrument: Instrument, row: str, items: set[str]) -> bool:
    item = instrument.item(row)
    return item is not None and item.key in items


def _ways(trial: Trial) -> list[str]:
    if trial.distinct_paths <= 1:
        return ["All took the same way."] if trial.distinct_paths else []
    commonest = trial.paths[0]
    return [
        f"They took {trial.distinct_paths:,} ways; {commonest.taken:,} took the commonest: "
        + " → ".join(commonest.pages)
        + "."
    ]


def _times(trial: Trial) -> list[str]:
    if trial.minutes_median is None or trial.minutes_most is None:
        return []
    lines = [
        f"It takes about {trial.minutes_median:.1f} minutes, and {trial.minutes_most:.1f} at most, "
        "by the usual speeds of reading and answering:"
    ]
    for page in trial.pages:
        name = page.title or page.key
        lines.append(f"  {name}: {page.seconds:.0f} seconds, seen by {page.seen:,}")
    return lines


def _people(number: int) -> str:
    return f"{number:,} robot{'' if number == 1 else 's'}"
