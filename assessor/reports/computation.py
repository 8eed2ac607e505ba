"""The last part of a report: how sure the numbers are and how somebody else can get them."""

from assessor.domain.scorecard import IndicatorScore, Scorecard, WaveSource
from assessor.reports.numbers import NOTHING, count, day, number, percent, value_text
from assessor.reports.outline import Node, judged, outline
from assessor.reports.tables import Cell, Column, Table
from assessor.reports.words import (
    METHODS,
    capital,
    counted,
    listed,
    look,
    version_words,
    wave_sentence,
)

Rows = list[dict[str, str | None]]


def sureness(scorecard: Scorecard) -> tuple[str, ...]:
    """What a reader should know before leaning on a number, one sentence or two a paragraph."""
    nodes = judged(outline(scorecard))
    return tuple(
        paragraph
        for paragraph in (
            _meaning_of_intervals(scorecard),
            _named(
                nodes, "too_close_to_call", "too close to call: the target lies within the range"
            ),
            _named(nodes, "not_enough_evidence", "resting on too little evidence to say"),
            _who_answered(scorecard),
            _withheld(scorecard),
        )
        if paragraph
    )


def waves_table(scorecard: Scorecard) -> Table | None:
    """One row a wave: which version of which instrument, when, how many answered."""
    if not scorecard.waves:
        return None
    labels = ("Version", "Wave", "Opened", "Closed")
    return Table(
        caption="Waves",
        columns=(
            Column("Instrument", "text"),
            *(Column(label, "text") for label in labels),
            Column("Responses"),
            Column("People"),
            Column("Response rate"),
        ),
        rows=tuple(
            (
                Cell(wave.title or wave.instrument),
                Cell(version_words(wave)),
                *(Cell(text or NOTHING) for text in (wave.wave, day(wave.opens), day(wave.closes))),
                Cell(count(wave.responses), wave.responses),
                Cell(count(wave.invited), wave.invited),
                Cell(percent(_rate(wave))),
            )
            for wave in scorecard.waves
        ),
    )


def group_tables(scorecard: Scorecard) -> tuple[Table, ...]:
    """Who answered each wave, beside how many there are; a group may be withheld."""
    labels = _group_labels(scorecard)
    return tuple(
        Table(
            caption=" – ".join(part for part in (wave.wave, wave.title) if part),
            columns=(Column("Group", "text"), Column("Responses"), Column("People in the group")),
            rows=tuple(
                (
                    Cell(labels.get((wave.instrument, group), group)),
                    Cell("Withheld" if number is None else count(number), number),
                    Cell(count(wave.audience.get(group)), wave.audience.get(group)),
                )
                for group, number in wave.groups.items()
            ),
        )
        for wave in scorecard.waves
        if wave.groups
    )


def _group_labels(scorecard: Scorecard) -> dict[tuple[str, str], str]:
    """Names of groups by instrument and code, where an indicator of that instrument has them."""
    labels: dict[tuple[str, str], str] = {}
    for scored in scorecard.indicators:
        instruments = {item.instrument for item in scored.items}
        if len(instruments) == 1:
            (instrument,) = instruments
            labels |= {(instrument, each.group): each.label for each in scored.groups}
    return labels


def methods(scorecard: Scorecard) -> Rows:
    """The methods this scorecard uses, each in one sentence."""
    used = {scored.indicator.method for scored in scorecard.indicators}
    return [
        {"key": words.name, "value": capital(words.explained) + ".", "action": None}
        for method, words in METHODS.items()
        if method in used
    ]


def method_sheet(scorecard: Scorecard) -> Table | None:
    """Every indicator in one line: method, value, how sure, from how many, against what."""
    if not scorecard.indicators:
        return None
    labels = ("Value", "From", "To", "Standard error", "Answers", "Baseline", "Target", "Weight")
    return Table(
        caption="Method sheet",
        columns=(
            Column("Indicator", "text"),
            Column("Element", "text"),
            Column("Method", "text"),
            Column("Status", "status"),
            *(Column(label) for label in labels),
        ),
        rows=tuple(_sheet_row(scored) for scored in scorecard.indicators),
    )


def fingerprints(scorecard: Scorecard) -> Rows:
    """What the scorecard was computed from, one fingerprint a document."""
    inputs = scorecard.inputs
    rows = [
        ("Scorecard", scorecard.fingerprint),
        ("Plan", inputs.plan),
        ("Mapping", inputs.mapping),
        *((f"Instrument {key}", value) for key, value in sorted(inputs.instruments.items())),
        *((f"Answers {key}", value) for key, value in sorted(inputs.answers.items())),
        ("Program", inputs.program),
    ]
    return [{"key": key, "value": value, "action": None} for key, value in rows]


def _meaning_of_intervals(scorecard: Scorecard) -> str:
    scores = [scored.score for scored in scorecard.indicators]
    scores += [element.score for element in scorecard.elements]
    levels = sorted({score.confidence for score in scores if score.low is not None})
    if not levels:
        return "No value here comes with a range, because nothing was measured by asking people."
    of_hundred = listed([number(level * 100) for level in levels])
    return (
        "A value that comes from asking people has a range beside it. Were the same survey run "
        f"over and over, about {of_hundred} of 100 such ranges would hold the true value. A range "
        "speaks only of chance: it does not know of people who never answered or of a question "
        "that was read another way."
    )


def _named(nodes: tuple[Node, ...], status: str, what: str) -> str:
    found = [node.element.code for node in nodes if node.element.score.status == status]
    if not found:
        return ""
    shown = (
        listed(found) if len(found) <= 6 else f"{', '.join(found[:6])} and {len(found) - 6} more"
    )
    return f"{shown} {'is' if len(found) == 1 else 'are'} {what}."


def _who_answered(scorecard: Scorecard) -> str:
    sentences = [wave_sentence(wave) for wave in scorecard.waves]
    if not sentences:
        return ""
    if any(wave.invited for wave in scorecard.waves):
        sentences.append("Those who did not answer may think otherwise.")
    return " ".join(sentences)


def _withheld(scorecard: Scorecard) -> str:
    hidden = sum(
        group.score.suppressed for scored in scorecard.indicators for group in scored.groups
    )
    rule = f"Groups of fewer than {scorecard.minimum_group} people are never shown"
    if not hidden:
        return f"{rule}; here none had to be withheld."
    return (
        f"{rule}, nor is a group that could be worked out from the others: "
        f"{counted(hidden, 'value')} by group {'is' if hidden == 1 else 'are'} withheld."
    )


def _rate(wave: WaveSource) -> float | None:
    return wave.responses / wave.invited if wave.invited else None


def _sheet_row(scored: IndicatorScore) -> tuple[Cell, ...]:
    card, score = scored.indicator, scored.score
    status = look(score)
    error = score.standard_error
    target = card.target.value if card.target else None
    values = [
        Cell(value_text(value, score.unit), value) for value in (score.value, score.low, score.high)
    ]
    levels = [
        Cell(value_text(value, score.unit), value) for value in (card.baseline, target)
    ]  # fmt: skip
    return (
        Cell(card.name),
        Cell(card.element),
        Cell(METHODS[card.method].name),
        Cell(status.word, status=status.key),
        *values,
        Cell(NOTHING if error is None else number(error, 4), error),
        Cell(count(score.n), score.n),
        *levels,
        Cell(number(card.weight, 2), card.weight),
    )
