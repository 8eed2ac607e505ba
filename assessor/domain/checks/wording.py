"""Wording that makes an answer hard to read, or that cannot be compared: two questions in one,
a wording of the catalogue that was changed.
"""

import re
from collections.abc import Iterator

from assessor.domain.catalogue import CatalogueItems
from assessor.domain.checks.finding import did_you_mean, warning
from assessor.domain.instrument import (
    MATRIX_KINDS,
    Consent,
    Instrument,
    ItemBase,
    Likelihood,
    Rating,
    RatingMatrix,
    SemanticDifferential,
    Slider,
    YesNo,
)
from assessor.domain.problems import Problem, say

_JOINED = re.compile(r"\b(and/or|as well as|and)\b", re.IGNORECASE)

# What stands in brackets, or before the first comma of a time or a condition, is not asked.
_ASIDE = re.compile(
    r"\([^)]*\)|^(when|if|thinking|in|over|during|since|for|at|after)\b[^,]*,", re.IGNORECASE
)

# "And" that joins no two questions: ranges, fixed expressions, names of one thing.
_ONE_THING = re.compile(
    r"\bbetween\b[^,]*\band\b|\b(more and more|again and again|up and running|lost and found"
    r"|black and white|terms and conditions|questions? and answers?|now and then|and so on"
    r"|arts and humanities|health and safety|pros and cons|drag and drop|search and rescue)\b",
    re.IGNORECASE,
)


def check_wording(key: str, text: str, where: str) -> tuple[Problem, ...]:
    """A warning where a rated item seems to ask two things; a person decides."""
    asked = _ONE_THING.sub(" ", _ASIDE.sub(" ", text.strip()))
    found = _JOINED.search(asked)
    if found is None:
        return ()
    around = " ".join(
        [*asked[: found.start()].split()[-2:], found[0], *asked[found.end() :].split()[:2]]
    )
    message = say(
        "`{key}` may ask two things at once (“{words}”): somebody who would answer them "
        "differently cannot answer. Ask one thing an item, or leave it if it is one thing.",
        key=key,
        words=around.strip("?.,"),
    )
    return (warning("item.double-barrelled", where, message),)


def check_asking(item: ItemBase, where: str) -> Iterator[Problem]:
    """The wording of an item whose answer is one point, or yes or no, and of its rows."""
    if isinstance(item, MATRIX_KINDS):
        if isinstance(item, RatingMatrix):
            for r, row in enumerate(item.rows):
                yield from check_wording(row.key, row.text, f"{where}.rows.{r}.text")
        if isinstance(item, SemanticDifferential):
            for r, pair in enumerate(item.rows):
                for end, text in (("left", pair.left), ("right", pair.right)):
                    yield from check_wording(pair.key, text, f"{where}.rows.{r}.{end}")
    elif isinstance(item, Rating | Likelihood | Slider | YesNo) and not isinstance(item, Consent):
        yield from check_wording(item.key, item.text, f"{where}.text")


def check_wordings(instrument: Instrument, wordings: CatalogueItems) -> Iterator[Problem]:
    """Items and rows that name an item of the catalogue and say something else."""
    known = {item.key: item for item in wordings.items}
    for p, page in enumerate(instrument.pages):
        for i, item in enumerate(page.items):
            where = f"pages.{p}.items.{i}"
            parts = [(where, item.catalogue, item.text)]
            parts += [
                (f"{where}.rows.{r}", getattr(row, "catalogue", ""), row.text)
                for r, row in enumerate(getattr(item, "rows", ()))
            ]
            for place, key, text in parts:
                if not key:
                    continue
                wording = known.get(key)
                if wording is None:
                    message = say(
                        "The catalogue has no item `{key}`. {hint}",
                        key=key,
                        hint=did_you_mean(key, known),
                    )
                    yield warning("item.unknown-wording", f"{place}.catalogue", message)
                elif _plain(wording.text) != _plain(text):
                    message = say(
                        "This is worded otherwise than `{key}` of the catalogue (“{text}”), so "
                        "results cannot be compared. Word it alike, or remove `catalogue`.",
                        key=key,
                        text=wording.text,
                    )
                    yield warning("item.changed-wording", f"{place}.text", message)


def _plain(text: str) -> str:
    return " ".join(text.split())
