"""A LimeSurvey questionnaire as LimeSurvey thinks of it: groups, questions, sub-questions, answers.

There are two layouts of the tables. Up to version 3 the texts stand in the rows of groups,
questions and answers, which are repeated for each language; from version 4 on they stand in
tables of their own (`question_l10ns` …). Both are read here into the same few values.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from assessor.formats.limesurvey_archive import Document, Line

Texts = dict[str, str]
"""Language → text."""


@dataclass
class Answer:
    """One answer option of a question, on one of its two scales."""

    code: str
    scale: int
    texts: Texts
    assessment: int
    order: int


@dataclass
class Sub:
    """A sub-question: a row, or on scale 1 a column."""

    qid: str
    code: str
    scale: int
    texts: Texts
    help: Texts
    relevance: str
    order: int


@dataclass
class Question:
    qid: str
    gid: str
    code: str
    type: str
    texts: Texts
    help: Texts
    relevance: str
    mandatory: str
    other: bool
    preg: str
    order: int
    theme: str = ""
    subs: list[Sub] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    attributes: dict[str, Texts] = field(default_factory=dict)
    conditions: list[Line] = field(default_factory=list)
    defaults: list[tuple[str, str]] = field(default_factory=list)
    """Pairs of sub-question or special field (empty: the question itself) and default value."""

    def attribute(self, name: str, default: str = "") -> str:
        """What an attribute says where it has no language; its first text otherwise."""
        texts = self.attributes.get(name, {})
        return texts.get("") or next((text for text in texts.values() if text), default)

    def is_on(self, name: str) -> bool:
        return self.attribute(name).strip().upper() in {"1", "Y", "YES"}

    def rows(self, scale: int = 0) -> list[Sub]:
        return [sub for sub in self.subs if sub.scale == scale]

    def options(self, scale: int = 0) -> list[Answer]:
        return [answer for answer in self.answers if answer.scale == scale]


@dataclass
class Group:
    gid: str
    titles: Texts
    descriptions: Texts
    relevance: str
    randomization: str
    order: int
    questions: list[Question] = field(default_factory=list)


@dataclass
class Survey:
    """`texts` are those of the language settings: column → language → text."""

    sid: str
    language: str
    languages: tuple[str, ...]
    settings: Line
    texts: dict[str, Texts]
    groups: list[Group]
    document: Document
    orphans: list[str]

    def questions(self) -> Iterable[Question]:
        for group in self.groups:
            yield from group.questions


def read_structure(document: Document) -> Survey:
    """The questionnaire in a document, whichever layout its tables have."""
    settings = next(iter(document.table("surveys")), {})
    languages = _languages(document, settings)
    base = languages[0]
    groups = _groups(document, base)
    questions = _questions(document, base)
    known = {question.qid: question for question in questions}
    orphans = _attach(document, known, base)
    by_gid = {group.gid: group for group in groups}
    for question in sorted(questions, key=lambda q: q.order):
        if question.gid not in by_gid:
            group = Group(question.gid, {}, {}, "", "", len(groups))
            by_gid[question.gid] = group
            groups.append(group)
        by_gid[question.gid].questions.append(question)
    sid = settings.get("sid", "").strip()
    first = next(iter(document.table("questions")), {})
    return Survey(
        sid=sid or first.get("sid", ""),
        language=base,
        languages=languages,
        settings=settings,
        texts=_survey_texts(document, base),
        groups=groups,
        document=document,
        orphans=orphans,
    )


def _languages(document: Document, settings: Line) -> tuple[str, ...]:
    """The languages of a document, its own first."""
    said = [settings.get("language", "").strip()]
    said += settings.get("additional_languages", "").split()
    said += document.languages
    said += [row.get("surveyls_language", "") for row in document.table("surveys_languagesettings")]
    for name in ("questions", "question_l10ns", "groups", "group_l10ns", "answer_l10ns"):
        if not any(said):
            said += [row.get("language", "") for row in document.table(name)]
    found = tuple(dict.fromkeys(one.strip() for one in said if one.strip()))
    return found or ("en",)


def _survey_texts(document: Document, base: str) -> dict[str, Texts]:
    found: dict[str, Texts] = {}
    for row in document.table("surveys_languagesettings"):
        language = row.get("surveyls_language", "").strip() or base
        for column, text in row.items():
            if column.startswith("surveyls_"):
                found.setdefault(column.removeprefix("surveyls_"), {})[language] = text
    return found


def _number(text: str) -> int:
    found = re.match(r"\s*(-?\d{1,9})", text)
    return int(found[1]) if found else 0


def _groups(document: Document, base: str) -> list[Group]:
    found: dict[str, Group] = {}
    # Some versions keep a group's settings with its texts, and some keep both tables.
    for row in (*document.table("groups"), *document.table("group_l10ns")):
        gid = row.get("gid", "").strip()
        group = found.setdefault(
            gid, Group(gid, {}, {}, "", "", _number(row.get("group_order", "")))
        )
        group.relevance = group.relevance or row.get("grelevance", "").strip()
        group.randomization = group.randomization or row.get("randomization_group", "").strip()
        if "group_name" in row or "description" in row:
            language = row.get("language", "").strip() or base
            group.titles.setdefault(language, row.get("group_name", ""))
            group.descriptions.setdefault(language, row.get("description", ""))
    return sorted(found.values(), key=lambda group: group.order)


def _texts_by(rows: Sequence[Line], key: str, column: str, base: str) -> dict[str, Texts]:
    found: dict[str, Texts] = {}
    for row in rows:
        if column in row:
            language = row.get("language", "").strip() or base
            found.setdefault(row.get(key, "").strip(), {}).setdefault(language, row[column])
    return found


def _question_rows(document: Document, subs: bool) -> list[Line]:
    """The rows of questions or of sub-questions, whichever table they stand in, each text once."""
    rows = [*document.table("questions"), *document.table("subquestions")]
    return [row for row in rows if (row.get("parent_qid", "").strip() not in {"", "0"}) == subs]


def _questions(document: Document, base: str) -> list[Question]:
    rows = _question_rows(document, subs=False)
    l10ns = document.table("question_l10ns")
    texts = _texts_by([*rows, *l10ns], "qid", "question", base)
    helps = _texts_by([*rows, *l10ns], "qid", "help", base)
    found: dict[str, Question] = {}
    for row in rows:
        qid = row.get("qid", "").strip()
        if qid in found:
            continue
        found[qid] = Question(
            qid=qid,
            gid=row.get("gid", "").strip(),
            code=row.get("title", "").strip(),
            type=row.get("type", "").strip(),
            texts=texts.get(qid, {}),
            help=helps.get(qid, {}),
            relevance=row.get("relevance", "").strip(),
            mandatory=row.get("mandatory", "").strip().upper(),
            other=row.get("other", "").strip().upper() == "Y",
            preg=row.get("preg", "").strip(),
            order=_number(row.get("question_order", "")),
            theme=row.get("question_theme_name", "").strip(),
        )
    return list(found.values())


def _attach(document: Document, questions: dict[str, Question], base: str) -> list[str]:
    """Hangs on each question what belongs to it. Returns words for what belongs to none."""
    orphans: list[str] = []
    _attach_subs(document, questions, base, orphans)
    _attach_answers(document, questions, base, orphans)
    for row in document.table("question_attributes"):
        question = questions.get(row.get("qid", "").strip())
        name = row.get("attribute", "").strip()
        if question is not None and name:
            language = row.get("language", "").strip()
            question.attributes.setdefault(name, {}).setdefault(language, row.get("value", ""))
    for row in document.table("conditions"):
        question = questions.get(row.get("qid", "").strip())
        if question is not None:
            question.conditions.append(row)
    _attach_defaults(document, questions, base)
    return orphans


def _attach_subs(
    document: Document, questions: dict[str, Question], base: str, orphans: list[str]
) -> None:
    rows = _question_rows(document, subs=True)
    l10ns = document.table("question_l10ns")
    texts = _texts_by([*rows, *l10ns], "qid", "question", base)
    helps = _texts_by([*rows, *l10ns], "qid", "help", base)
    seen: set[str] = set()
    for row in rows:
        qid = row.get("qid", "").strip()
        if qid in seen:
            continue
        seen.add(qid)
        sub = Sub(
            qid=qid,
            code=row.get("title", "").strip(),
            scale=_number(row.get("scale_id", "")),
            texts=texts.get(qid, {}),
            help=helps.get(qid, {}),
            relevance=row.get("relevance", "").strip(),
            order=_number(row.get("question_order", "")),
        )
        parent = questions.get(row.get("parent_qid", "").strip())
        if parent is None:
            orphans.append(f"sub-question {sub.code}")
        else:
            parent.subs.append(sub)
    for question in questions.values():
        question.subs.sort(key=lambda sub: (sub.scale, sub.order))


def _attach_answers(
    document: Document, questions: dict[str, Question], base: str, orphans: list[str]
) -> None:
    rows = document.table("answers")
    l10ns = _texts_by(document.table("answer_l10ns"), "aid", "answer", base)
    found: dict[tuple[str, ...], Answer] = {}
    for row in rows:
        qid, code = row.get("qid", "").strip(), row.get("code", "").strip()
        scale = _number(row.get("scale_id", ""))
        language = row.get("language", "").strip()
        # In the old layout the same answer stands once for each language; two rows of one
        # language, or of none, are two answers.
        place = (qid, code, str(scale), row.get("aid", "").strip() if not language else "")
        answer = found.get(place)
        if answer is None or (language and language in answer.texts):
            answer = Answer(
                code=code,
                scale=scale,
                texts=dict(l10ns.get(row.get("aid", "").strip(), {})),
                assessment=_number(row.get("assessment_value", "")),
                order=_number(row.get("sortorder", "")),
            )
            found[place] = answer
            if qid in questions:
                questions[qid].answers.append(answer)
            else:
                orphans.append(f"answer {code}")
        if "answer" in row or language:
            answer.texts.setdefault(language or base, row.get("answer", ""))
    for question in questions.values():
        question.answers.sort(key=lambda answer: (answer.scale, answer.order))


def _attach_defaults(document: Document, questions: dict[str, Question], base: str) -> None:
    l10ns = _texts_by(document.table("defaultvalue_l10ns"), "dvid", "defaultvalue", base)
    for row in document.table("defaultvalues"):
        question = questions.get(row.get("qid", "").strip())
        texts = l10ns.get(row.get("dvid", "").strip(), {})
        value = row.get("defaultvalue") or texts.get(base) or next(iter(texts.values()), "")
        if question is None or not value:
            continue
        sub_id = row.get("sqid", "").strip()
        sub = next((one.code for one in question.subs if one.qid == sub_id), "")
        pair = (sub or row.get("specialtype", "").strip(), value)
        if pair not in question.defaults:
            question.defaults.append(pair)
