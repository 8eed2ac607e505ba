"""A loss report in words and as a file, the same for the command line and the site."""

import json
from collections.abc import Iterator

from assessor.formats.foreign import LossReport, Outcome

OUTCOMES: dict[Outcome, str] = {
    "lost": "Left out",
    "changed": "Kept in another form",
    "translated": "Translated",
}
"""How each outcome is called, in the order in which a person should read them."""


def report_bytes(report: LossReport) -> bytes:
    """The whole report as JSON."""
    content = report.model_dump(mode="json")
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def count_sentences(report: LossReport) -> Iterator[str]:
    """What arrived: "38 of 46 questions"."""
    for name, (there, kept) in report.counts.items():
        yield f"{kept} of {there} {name}" if kept != there else f"all {there} {name}"


def outcome_counts(report: LossReport) -> dict[Outcome, int]:
    """How many lines the report has of each outcome."""
    return {outcome: len(report.of(outcome)) for outcome in OUTCOMES}
