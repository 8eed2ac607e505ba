"""What robots found in an instrument, in sentences."""

from collections.abc import Callable, Iterator

from assessor.domain.instrument import Instrument
from assessor.domain.problems import Said, say, say_number, saying
from assessor.domain.trial import ConditionTrial, Decides, Trial

MOST_NAMED = 12


def trial_lines(trial: Trial, instrument: Instrument) -> list[str]:
    """The report of a trial, a sentence a line; what needs somebody's attention comes first."""
    return [_opening(trial), *trial_findings(trial, instrument), *_ways(trial), *_times(trial)]


def trial_findings(trial: Trial, instrument: Instrument) -> list[str]:
    """Only what somebody should look at; empty where there is nothing."""
    return [
        *(_stuck(key, number) for key, number in trial.stuck.items()),
        *_unseen(trial, instrument),
        *(say("Nobody reached the ending `{key}`.", key=key) for key in trial.endings_not_reached),
        *(_one_sided(one) for one in trial.one_sided),
    ]


def _stuck(key: str, number: int) -> Said:
    return say_number(
        "{number:,} robot found no answer to `{key}` that passes its check. Look at its "
        "constraint and at what it needs.",
        "{number:,} robots found no answer to `{key}` that passes its check. Look at its "
        "constraint and at what it needs.",
        number,
        key=key,
    )


# A whole sentence for each: in many languages the thing changes the words around it.
_NEVER_HELD: dict[Decides, Callable[..., Said]] = {
    "page": saying("The logic of page {key} never held: {logic}"),
    "ending": saying("The logic of ending {key} never held: {logic}"),
    "quota": saying("The logic of quota {key} never held: {logic}"),
    "item": saying("The logic of item {key} never held: {logic}"),
    "required": saying("Item {key} never needed an answer: {logic}"),
    "row": saying("The logic of row {key} never held: {logic}"),
}
_NEVER_FAILED: dict[Decides, Callable[..., Said]] = {
    "page": saying("The logic of page {key} never failed: {logic}"),
    "ending": saying("The logic of ending {key} never failed: {logic}"),
    "quota": saying("The logic of quota {key} never failed: {logic}"),
    "item": saying("The logic of item {key} never failed: {logic}"),
    "required": saying("Item {key} always needed an answer: {logic}"),
    "row": saying("The logic of row {key} never failed: {logic}"),
}


def _one_sided(one: ConditionTrial) -> Said:
    words = _NEVER_HELD if one.never == "true" else _NEVER_FAILED
    return words[one.decides](key=one.key, logic=one.expression)


def _opening(trial: Trial) -> str:
    parts = [f"{trial.completed:,} of {_people(trial.respondents)} sent their answers"]
    for key, number in trial.ended.items():
        parts.append(f"{number:,} were led to the ending `{key}`")
    stuck = sum(trial.stuck.values())
    if stuck:
        parts.append(f"{stuck:,} could not go on")
    return "; ".join(parts) + "."


def _unseen(trial: Trial, instrument: Instrument) -> Iterator[Said]:
    pages = {page.key: page for page in instrument.pages}
    on_unseen = {item.key for key in trial.unseen_pages for item in pages[key].items}
    yield from (say("Nobody saw the page `{key}`.", key=key) for key in trial.unseen_pages)
    items = [key for key in trial.unseen_items if key not in on_unseen]
    gone = on_unseen | set(items)
    rows = [key for key in trial.unseen_rows if not _belongs(instrument, key, gone)]
    options = [name for name in trial.unoffered_options if name.partition(".")[0] not in gone]
    yield from (say("Nobody saw the item `{key}`.", key=key) for key in items[:MOST_NAMED])
    if len(items) > MOST_NAMED:
        yield say_number(
            "Nobody saw the item in {number:,} more place.",
            "Nobody saw the item in {number:,} more places.",
            len(items) - MOST_NAMED,
        )
    yield from (say("Nobody saw the row `{key}`.", key=key) for key in rows[:MOST_NAMED])
    if len(rows) > MOST_NAMED:
        yield say_number(
            "Nobody saw the row in {number:,} more place.",
            "Nobody saw the row in {number:,} more places.",
            len(rows) - MOST_NAMED,
        )
    yield from (
        say("Nobody was offered the answer `{key}`.", key=key) for key in options[:MOST_NAMED]
    )
    if len(options) > MOST_NAMED:
        yield say_number(
            "Nobody was offered the answer in {number:,} more place.",
            "Nobody was offered the answer in {number:,} more places.",
            len(options) - MOST_NAMED,
        )


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
