"""Small LimeSurvey files for tests: questions written as a list, in either of the two layouts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from assessor.domain.instrument import Instrument, Item
from assessor.formats.foreign import Imported
from assessor.formats.limesurvey import read_limesurvey

Row = dict[str, str]


@dataclass
class Q:
    """A question. `subs` and `answers` are pairs of code and text, or triples with the scale."""

    code: str
    type: str
    subs: Sequence[tuple[str, ...]] = ()
    answers: Sequence[tuple[str, ...]] = ()
    text: str = "What do you think?"
    help: str = ""
    relevance: str = "1"
    mandatory: str = "N"
    other: str = "N"
    preg: str = ""
    default: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    sub_relevance: dict[str, str] = field(default_factory=dict)


def table(name: str, rows: Sequence[Row]) -> str:
    if not rows:
        return ""
    body = "".join(
        "<row>"
        + "".join(f"<{k}>{escape(v)}</{k}>" if v else f"<{k}/>" for k, v in row.items())
        + "</row>"
        for row in rows
    )
    return f"<{name}><rows>{body}</rows></{name}>"


def lss(
    *questions: Q,
    layout: str = "new",
    languages: Sequence[str] = ("en",),
    kind: str = "Survey",
    groups: Sequence[int] = (),
    group: Row | None = None,
    settings: Row | None = None,
    more: str = "",
) -> bytes:
    """A survey file. `groups`: how many questions each group has; all in one where empty.

    The texts of a language after the first have its code before them.
    """
    tables: dict[str, list[Row]] = {}

    def put(name: str, row: Row, texts: Row) -> None:
        """One row in the new layout with its texts aside, or a row a language in the old one."""
        number = row.get("qid") or row.get("aid") or row.get("gid") or ""
        key = {"groups": "gid", "answers": "aid"}.get(name, "qid")
        aside = {"groups": "group_l10ns", "answers": "answer_l10ns"}.get(name, "question_l10ns")
        if key == "aid":
            number = row["aid"]
        if layout == "new":
            tables.setdefault(name, []).append(row)
        for place, language in enumerate(languages):
            said = {k: (f"{language}: {v}" if place and v else v) for k, v in texts.items()}
            if layout == "new":
                line = {key: number, **said, "language": language}
                tables.setdefault(aside, []).append(line)
            else:
                line = {**{k: v for k, v in row.items() if k != "aid"}, **said}
                tables.setdefault(name, []).append({**line, "language": language})

    sizes = list(groups) or [len(questions)]
    of_group = [number for number, size in enumerate(sizes, 1) for _ in range(size)]
    for number in range(1, len(sizes) + 1):
        own = group or {}
        row = {"gid": str(number), "sid": "7", "group_order": str(number), **own}
        put("groups", row, {"group_name": f"Group {number}", "description": ""})
    for order, q in enumerate(questions):
        qid = str(10 + order)
        row = {
            "qid": qid,
            "parent_qid": "0",
            "sid": "7",
            "gid": str(of_group[order]),
            "type": q.type,
            "title": q.code,
            "preg": q.preg,
            "other": q.other,
            "mandatory": q.mandatory,
            "question_order": str(order),
            "relevance": q.relevance,
        }
        put("questions", row, {"question": q.text, "help": q.help})
        for place, (code, text, *scale) in enumerate(q.subs):
            sub = {
                "qid": str(1000 + order * 100 + place),
                "parent_qid": qid,
                "title": code,
                "question_order": str(place),
                "scale_id": scale[0] if scale else "0",
                "relevance": q.sub_relevance.get(code, "1"),
            }
            put("subquestions", sub, {"question": text})
        for place, (code, text, *rest) in enumerate(q.answers):
            answer = {
                "aid": str(1000 + order * 100 + place),
                "qid": qid,
                "code": code,
                "sortorder": str(place),
                "assessment_value": rest[1] if len(rest) > 1 else "0",
                "scale_id": rest[0] if rest else "0",
            }
            put("answers", answer, {"answer": text})
        for name, value in q.attributes.items():
            attribute = {"qid": qid, "attribute": name, "value": value}
            tables.setdefault("question_attributes", []).append(attribute)
        if q.default:
            tables.setdefault("defaultvalues", []).append(
                {"qid": qid, "sqid": "0", "language": languages[0], "defaultvalue": q.default}
            )
    tables["surveys"] = [
        {"sid": "7", "language": languages[0], "additional_languages": " ".join(languages[1:])}
        | (settings or {})
    ]
    tables["surveys_languagesettings"] = [
        {"surveyls_language": language, "surveyls_title": f"A survey ({language})"}
        for language in languages
    ]
    said = "".join(f"<language>{language}</language>" for language in languages)
    body = "".join(table(name, rows) for name, rows in tables.items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<document>'
        f"<LimeSurveyDocType>{kind}</LimeSurveyDocType><DBVersion>600</DBVersion>"
        f"<languages>{said}</languages>{body}{more}</document>"
    ).encode()


def imported(*questions: Q, **options: object) -> Imported:
    return read_limesurvey(lss(*questions, **options), "survey.lss")  # type: ignore[arg-type]


def instrument(*questions: Q, **options: object) -> Instrument:
    """The instrument of these questions, which must be one."""
    found = imported(*questions, **options)
    assert found.instrument is not None, found.problems
    return found.instrument


def item(*questions: Q, key: str | None = None, **options: object) -> Item:
    """The last item of these questions, or the one with this key."""
    whole = instrument(*questions, **options)
    found = whole.item(key) if key else list(whole.items())[-1]
    assert found is not None
    return found


def lost(found: Imported, about: str) -> list[str]:
    """The original texts of what was lost of this sort."""
    return [loss.original for loss in found.report.of("lost") if loss.about == about]
