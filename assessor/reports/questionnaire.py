"""A questionnaire on paper: every question with its answers to tick, and its logic in words.

It is for reading, for an ethics board and for a desk without a screen. WeasyPrint makes a tagged
PDF (PDF/UA) of one HTML page; it may read our own style and letters, and nothing else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import nh3
from babel import Locale, UnknownLocaleError
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup

from assessor.domain.instrument import (
    MATRIX_KINDS,
    Calculated,
    ChoiceMatrix,
    Consent,
    ConstantSum,
    Dropdown,
    EntryGrid,
    Hidden,
    Instrument,
    Item,
    Likelihood,
    LongTextItem,
    Matrix,
    MultipleChoice,
    Page,
    Ranking,
    Rated,
    Rating,
    RatingMatrix,
    RepeatingGroup,
    SemanticDifferential,
    Slider,
    TextBlock,
    WithOptions,
    YesNo,
)
from assessor.domain.kinds import KINDS, na_label
from assessor.domain.logic_sentences import in_words, value_in_words
from assessor.domain.readings import all_options
from assessor.domain.translations import in_language, texts
from assessor.reports.look import TEMPLATES
from assessor.reports.stylesheets import STATIC

PAPER = "x-paper"
"""The name under which the texts for paper stand beside the others."""
FEW_OPTIONS = 60
"""Longer lists are written one after the other, without boxes to tick."""

_markdown = MarkdownIt("commonmark", {"html": False})
_ALLOWED = {"p", "strong", "em", "ul", "ol", "li", "a", "br", "blockquote", "h2", "h3"}


@dataclass(frozen=True)
class Asked:
    """One item on paper. `shape` names the block of the template that draws `data`."""

    number: str
    kind: str
    text: str
    html: Markup
    notes: tuple[str, ...]
    shape: str
    data: dict[str, Any]  # Any: what each shape's block asks for
    items: tuple["Asked", ...] = ()


@dataclass(frozen=True)
class PaperPage:
    """One page of the questionnaire with its items."""

    title: str
    introduction: Markup
    notes: tuple[str, ...]
    items: tuple[Asked, ...]


def questionnaire_html(instrument: Instrument, *, language: str | None = None) -> str:
    """The questionnaire as one page of HTML, in a language of the instrument (its own if None)."""
    shown = _without_pipes(in_language(instrument, language) if language else instrument)
    numbers = _numbers()
    pages = [_page(shown, page, numbers) for page in shown.pages]
    return (
        _environment()
        .get_template("questionnaire/paper.html")
        .render(
            instrument=shown,
            direction=_direction(shown.language),
            introduction=_rich(shown.introduction),
            thanks=_rich(shown.thanks),
            pages=pages,
            unseen=_unseen(shown),
            rules=_rules(shown),
        )
    )


def questionnaire_pdf(instrument: Instrument, *, language: str | None = None) -> bytes:
    """The questionnaire as a tagged PDF on A4."""
    # Loads the system's text engine, which nothing else here needs.
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    class OwnFiles(URLFetcher):  # type: ignore[misc]  # the package has no types
        """Reads our own style and letters, and nothing from elsewhere."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.startswith(STATIC.as_uri() + "/") or ".." in url:
                raise ValueError("a questionnaire loads nothing from elsewhere")
            return super().fetch(url, headers)

    page = HTML(
        string=questionnaire_html(instrument, language=language),
        base_url=(STATIC / "css").as_uri() + "/",
        url_fetcher=OwnFiles(),
    )
    made: bytes = page.write_pdf(pdf_variant="pdf/ua-1")
    return made


def _page(instrument: Instrument, page: Page, numbers: Iterator[int]) -> PaperPage:
    notes = []
    if page.relevant:
        notes.append(f"Only if {in_words(page.relevant, instrument)}.")
    if page.shuffle:
        notes.append("This section changes places with others at random.")
    if page.order == "random":
        notes.append("The questions come in random order.")
    items = tuple(
        _asked(instrument, item, numbers)
        for item in page.items
        if not isinstance(item, Hidden | Calculated)
    )
    return PaperPage(page.title, _rich(page.introduction), tuple(notes), items)


def _asked(instrument: Instrument, item: Item, numbers: Iterator[int]) -> Asked:
    is_text = isinstance(item, TextBlock)
    shape, data = _shape(instrument, item)
    parts: tuple[Asked, ...] = ()
    if isinstance(item, RepeatingGroup):
        parts = tuple(_asked(instrument, one, numbers) for one in item.items)
    return Asked(
        number="" if is_text else str(next(numbers)),
        kind=KINDS[item.kind].label,
        text=item.text,
        html=_rich(item.text) if is_text else Markup(),
        notes=tuple(_notes(instrument, item)),
        shape=shape,
        data=data,
        items=parts,
    )


def _notes(instrument: Instrument, item: Item) -> Iterator[str]:
    """Who is asked, what is needed, and what must hold, in words."""
    if item.base:
        yield f"For {item.base}."
    if item.hint:
        yield item.hint
    if item.relevant:
        yield f"Only if {in_words(item.relevant, instrument)}."
    if item.required:
        yield "Needs an answer."
    elif item.required_when:
        yield f"Needs an answer if {in_words(item.required_when, instrument)}."
    if item.constraint:
        said = item.constraint_message or in_words(item.constraint, instrument)
        yield f"The answer must fit: {said.rstrip('.')}."
    if getattr(item, "option_filter", ""):
        yield "Which answers are offered depends on earlier answers."
    if getattr(item, "order", "") == "random":
        yield "In random order."
    for sampling in instrument.samplings:
        if item.key in sampling.items:
            yield f"Asked of {sampling.asked_share:.0%} of people, chosen at random."
    yield from _limits(item)


def _limits(item: Item) -> Iterator[str]:
    match item:
        case MultipleChoice():
            most, least = item.max_choices, item.min_choices
            if most:
                yield f"Choose {f'{least} to ' if least else 'up to '}{most}."
            else:
                yield f"Choose at least {least}." if least else "Choose all that apply."
        case Ranking():
            yield f"Number your first {item.places}." if item.places else "Number all, 1 is first."
        case ConstantSum():
            yield f"The numbers add up to {item.total:,}{f' {item.unit}' if item.unit else ''}."
        case RepeatingGroup():
            yield f"Can be answered {item.least} to {item.most} times."
        case _:
            return


def _shape(instrument: Instrument, item: Item) -> tuple[str, dict[str, Any]]:
    if isinstance(item, (*MATRIX_KINDS, Rating)):
        return _table(instrument, item)
    match item:
        case WithOptions():
            mark = "☐" if isinstance(item, MultipleChoice) else "○"
            long = isinstance(item, Dropdown) and len(item.options) > FEW_OPTIONS
            shape = "list" if long else "options"
            return shape, {"mark": mark, "options": _options(instrument, item)}
        case YesNo():
            labels = [item.yes_label, item.no_label, *([item.na] if item.na else [])]
            return "options", {"mark": "○", "options": [(label, "") for label in labels]}
        case Consent():
            return "options", {"mark": "☐", "options": [(item.label, "")]}
        case Ranking() | ConstantSum():
            return "entries", {"rows": [o.label for o in item.options], "columns": [""]}
        case Likelihood():
            ends = (item.low_label, item.high_label)
            return "points", {"numbers": list(range(11)), "ends": ends, "na": item.na}
        case Slider():
            unit = f" {item.unit}" if item.unit else ""
            ends = (f"{item.minimum:g} {item.low_label}", f"{item.maximum:g} {item.high_label}")
            return "number", {"between": ends, "unit": unit}
        case TextBlock() | RepeatingGroup():
            return "nothing", {}
        case _:
            return "lines", {"lines": 4 if isinstance(item, LongTextItem) else 1}


def _table(instrument: Instrument, item: Matrix | Rating) -> tuple[str, dict[str, Any]]:
    match item:
        case Rating():
            return "scales", {"scales": _scales(instrument, item), "na": na_label(item)}
        case RatingMatrix():
            found = {"scales": _scales(instrument, item), "na": na_label(item)}
            return "matrix", {**found, "rows": _rows(instrument, item)}
        case ChoiceMatrix():
            mark = "☐" if item.multiple else "○"
            heads = [label for label, _note in _options(instrument, item)]
            return "grid", {"mark": mark, "heads": heads, "rows": _rows(instrument, item)}
        case EntryGrid():
            columns = [column.label for column in item.columns] or [""]
            return "entries", {"rows": [r for r, _ in _rows(instrument, item)], "columns": columns}
        case SemanticDifferential():
            pairs = [(row.left, row.right) for row in item.rows]
            return "pairs", {"pairs": pairs, "points": item.points, "na": item.na}


def _options(instrument: Instrument, item: WithOptions | ChoiceMatrix) -> list[tuple[str, str]]:
    """Label and, where it is not always offered, when it is."""
    return [
        (
            option.label,
            f"only if {in_words(option.relevant, instrument)}" if option.relevant else "",
        )
        for option in all_options(item)
    ]


def _rows(instrument: Instrument, item: Item) -> list[tuple[str, str]]:
    assert isinstance(item, MATRIX_KINDS)
    sampled = {key: s.asked_share for s in instrument.samplings for key in s.items}
    found = []
    for row in item.rows:
        notes = [getattr(row, "base", "")]
        if row.relevant:
            notes.append(f"only if {in_words(row.relevant, instrument)}")
        if row.key in sampled:
            notes.append(f"asked of {sampled[row.key]:.0%} at random")
        found.append((row.text, "; ".join(note for note in notes if note)))
    return found


def _scales(instrument: Instrument, item: Rated) -> list[dict[str, Any]]:
    uses = [("", item.scale)] if item.scale else [(use.label, use.scale) for use in item.scales]
    found = []
    for label, key in uses:
        scale = instrument.scale(key or "")
        points = [(p.value, p.label) for p in scale.points] if scale else []
        found.append({"label": label, "points": points})
    return found


def _unseen(instrument: Instrument) -> list[tuple[str, str]]:
    """What nobody sees, in words: values of the link, and values worked out."""
    found = []
    for item in instrument.items():
        if isinstance(item, Hidden):
            values = ", ".join(item.values) or "any value"
            found.append((item.text, f"Comes with the link: {values}."))
        elif isinstance(item, Calculated):
            found.append(
                (item.text, f"Worked out: {value_in_words(item.calculation, instrument)}.")
            )
    return found


def _rules(instrument: Instrument) -> list[str]:
    """Where it ends early, quotas, and what is asked of some people only."""
    found = []
    for ending in instrument.endings:
        if ending.when:
            when = in_words(ending.when, instrument)
            found.append(f"If {when}, it ends with “{ending.title}”.")
    for quota in instrument.quotas:
        last = instrument.ending(quota.ending)
        found.append(
            f"After {quota.limit:,} responses where {in_words(quota.when, instrument)}, others end "
            f"with “{last.title if last else quota.ending}”."
        )
    for sampling in instrument.samplings:
        named = ", ".join(f"“{_named(instrument, key)}”" for key in sampling.items)
        if sampling.ask:
            found.append(f"Each person is asked {sampling.ask} of these, at random: {named}.")
        else:
            share = f"{sampling.asked_share:.0%} of people"
            found.append(f"Each of these is asked of {share}, at random: {named}.")
    return found


def _named(instrument: Instrument, key: str) -> str:
    """The words of an item or a row."""
    item = instrument.item(key)
    row = next((row for row in getattr(item, "rows", ()) if row.key == key), None)
    return str(row.text if row else item.text if item else key)


_PIPED = re.compile(r"\$\{([^}]{1,60})\}")


def _without_pipes(instrument: Instrument) -> Instrument:
    """What is put in from earlier answers stands on paper as the question it comes from."""

    def told(match: re.Match[str]) -> str:
        return f"[{_named(instrument, match[1].strip().partition('.')[0])}]"

    said = {a: _PIPED.sub(told, text) for a, text in texts(instrument).items() if "${" in text}
    if not said:
        return instrument
    other = instrument.model_copy(update={"translations": {PAPER: said}})
    return in_language(other, PAPER).model_copy(update={"language": instrument.language})


def _numbers() -> Iterator[int]:
    number = 0
    while True:
        number += 1
        yield number


def _rich(text: str) -> Markup:
    html = nh3.clean(_markdown.render(text), tags=_ALLOWED, url_schemes={"http", "https", "mailto"})
    return Markup(html)  # noqa: S704  cleaned on the line above


def _direction(language: str) -> str:
    try:
        return str(Locale.parse(language, sep="-").text_direction)
    except (UnknownLocaleError, ValueError):
        return "ltr"


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
