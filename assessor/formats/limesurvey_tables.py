"""The tables of a survey that goes to LimeSurvey, while they grow."""

import html
import re
from dataclasses import dataclass, field

from markdown_it import MarkdownIt

from assessor.domain.instrument import ItemBase, Page
from assessor.formats.foreign import Losses
from assessor.formats.limesurvey_archive import Line
from assessor.formats.limesurvey_outgoing import Writing
from assessor.formats.limesurvey_outward import Outward
from assessor.formats.limesurvey_script import NotTranslatableError

_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_PIPED = re.compile(r"\$\{\s*([A-Za-z_][A-Za-z0-9_.-]*)\s*\}")


@dataclass
class SurveyTables:
    """The tables while they grow, with the numbers that tie them together."""

    writing: Writing
    outward: Outward
    losses: Losses
    tables: dict[str, list[Line]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, what: str) -> str:
        self.numbers[what] = self.numbers.get(what, 0) + 1
        return str(self.numbers[what])

    def row(self, table: str, **cells: str) -> None:
        self.tables.setdefault(table, []).append(cells)

    def tell(self, item: ItemBase | Page | None, about: str, message: str, text: str = "") -> None:
        key = item.key if item is not None else ""
        self.losses.add(
            "changed" if about in {"answer code", "kind"} else "lost",
            key or "instrument",
            about,
            message,
            key=key,
            original=text,
        )

    def said(self, expression: str, item: ItemBase | Page, about: str, otherwise: str = "1") -> str:
        """An expression in LimeSurvey's language, or a loss."""
        try:
            return self.outward.translate(expression)
        except NotTranslatableError as error:
            self.tell(item, about, f"LimeSurvey cannot decide this. {error}", expression)
            return otherwise

    def text(self, text: str, rich: bool = False) -> str:
        """A text as LimeSurvey's HTML, with its references to answers."""
        made = _MARKDOWN.render(text).strip() if rich else html.escape(text, quote=False)
        pieces = re.split(r"(\$\{[^}]*\})", made)
        return "".join(self._piece(piece) for piece in pieces)

    def _piece(self, piece: str) -> str:
        piped = _PIPED.fullmatch(piece)
        if piped is None:
            # A brace would begin an expression there.
            return re.sub(r"\{(?=\S)", "&#123;", piece)
        found = self.outward.names.get(piped[1])
        if found is not None:
            name, place = found
            return f"{{{name}.shown}}" if place.labelled else f"{{{name}.NAOK}}"
        boxes = self.outward.boxes.get(piped[1])
        if boxes:
            return "{list(" + ", ".join(f"{name}.shown" for name in boxes.values()) + ")}"
        return "…"


_QUESTION = """qid parent_qid sid gid type title preg other mandatory question_order scale_id
same_default relevance"""
COLUMNS: dict[str, list[str]] = {
    name: columns.split()
    for name, columns in {
        "answers": "aid qid code sortorder assessment_value scale_id",
        "answer_l10ns": "id aid answer language",
        "groups": "gid sid group_order randomization_group grelevance",
        "group_l10ns": "id gid group_name description language",
        "questions": _QUESTION,
        "subquestions": _QUESTION,
        "question_l10ns": "id qid question help language",
        "question_attributes": "qid attribute value language",
        "defaultvalues": "dvid qid scale_id sqid specialtype",
        "defaultvalue_l10ns": "id dvid language defaultvalue",
        "surveys": """sid gsid admin anonymized format language additional_languages datestamp
            ipaddr refurl assessments allowprev showwelcome showprogress""",
        "surveys_languagesettings": """surveyls_survey_id surveyls_language surveyls_title
            surveyls_welcometext surveyls_endtext""",
    }.items()
}
