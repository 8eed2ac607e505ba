"""What a LimeSurvey survey says beside its questions: texts, quotas, looks, mails, assessments."""

import re

from assessor.domain.instrument_parts import Language
from assessor.formats.foreign import Outcome, plain_text
from assessor.formats.limesurvey_archive import Opened
from assessor.formats.limesurvey_expressions import Translator, checked
from assessor.formats.limesurvey_logic import LOGIC_ATTRIBUTES
from assessor.formats.limesurvey_reading import Fields, Made, Reading
from assessor.formats.limesurvey_script import NotTranslatableError, Script
from assessor.formats.limesurvey_structure import Question, Survey, Texts

SURVEY = "survey"
"""How the loss report calls what belongs to no question."""

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")


def known_language(name: str) -> Language:
    """A language code as it is written here: `de-informal`, `pt-BR`, `zh-Hans`."""
    parts = re.split(r"[-_]", name.strip())
    found = "-".join([parts[0].lower(), *parts[1:]])
    return found if _LANGUAGE.fullmatch(found) and len(found) <= 35 else "und"


def survey_texts(r: Reading) -> Fields:
    """Title, introduction and thanks, in every language."""
    said = r.survey.texts
    r.before = 1
    title = r.say("title", said.get("title", {}), SURVEY, longest=2000, fallback="Survey")
    introduction = r.say("introduction", _introduction(said), SURVEY, longest=10_000, rich=True)
    r.before = None
    return {
        "title": title,
        "introduction": introduction,
        "thanks": r.say("thanks", said.get("endtext", {}), SURVEY, longest=10_000, rich=True),
    }


def _introduction(said: dict[str, Texts]) -> Texts:
    """The description and the welcome, which LimeSurvey shows one below the other."""
    languages = dict.fromkeys([*said.get("description", {}), *said.get("welcometext", {})])
    found: Texts = {}
    for language in languages:
        parts = [said.get(name, {}).get(language, "") for name in ("description", "welcometext")]
        found[language] = "<br><br>".join(part for part in parts if part.strip())
    return found


def add_quotas(r: Reading) -> tuple[list[Fields], list[Fields]]:
    """Quotas with an ending each; what cannot be translated is reported."""
    quotas: list[Fields] = []
    endings: list[Fields] = []
    document = r.survey.document
    for row in document.table("quota", "quotas"):
        name = row.get("name", "").strip() or "quota"
        number = row.get("id", "")
        limit = re.fullmatch(r"\s*(\d{1,7})\s*", row.get("qlimit", ""))
        try:
            if row.get("active", "1").strip() == "0":
                raise NotTranslatableError("It is switched off.")
            if limit is None:
                raise NotTranslatableError("It has no limit.")
            when = _quota_expression(r, number)
        except NotTranslatableError as error:
            r.tell("lost", SURVEY, "quota", f"The quota is not kept. {error}", original=name)
            continue
        key = r.keys.fresh(name, "quota")
        texts: Texts = {}
        for line in document.table("quota_languagesettings"):
            if line.get("quotals_quota_id", "") == number:
                language = line.get("quotals_language", "").strip() or r.survey.language
                texts[language] = line.get("quotals_message") or line.get("quotals_name", "")
                if line.get("quotals_url"):
                    message = "The address that the quota leads to is left out."
                    r.tell("lost", SURVEY, "quota", message, original=line["quotals_url"])
        title = r.say(
            f"ending.{key}.title", texts, SURVEY, fallback="No more answers are needed, thank you."
        )
        endings.append({"key": key, "title": title})
        quotas.append({"key": key, "when": when, "limit": int(limit[1]), "ending": key})
        r.tell("translated", SURVEY, "quota", f"It holds where `{when}`.", original=name)
    return quotas, endings


def _quota_expression(r: Reading, number: str) -> str:
    by_question: dict[str, list[Script]] = {}
    for row in r.survey.document.table("quota_members"):
        if row.get("quota_id", "") != number:
            continue
        qid, code = row.get("qid", "").strip(), row.get("code", "").strip()
        by_question.setdefault(qid, []).append(_quota_member(r, qid, code))
    if not by_question:
        raise NotTranslatableError("It counts nobody.")
    together = Translator(r.places)
    parts = []
    for tests in by_question.values():
        found = tests[0]
        for test in tests[1:]:
            found = Script("or", parts=(found, test))
        parts.append(found)
    whole = parts[0]
    for part in parts[1:]:
        whole = Script("and", parts=(whole, part))
    return checked(together.truth(whole).text)


def _quota_member(r: Reading, qid: str, code: str) -> Script:
    places = r.places.by_question.get(r.places.by_qid.get(qid, ""), {})
    name = f"1X1X{qid}"
    if "" in places:
        return Script("=", parts=(Script("name", name), Script("text", code)))
    row, _dash, answer = code.rpartition("-")
    if row in places:
        return Script("=", parts=(Script("name", name + row), Script("text", answer)))
    if code in places and places[code].kind == "chosen":
        return Script("=", parts=(Script("name", name + code), Script("text", "Y")))
    raise NotTranslatableError("It counts answers of a question that is not there.")


def report_settings(r: Reading, opened: Opened) -> None:
    """What a survey holds for which an instrument has no place."""
    survey = r.survey
    lost = [*_texts_left_out(survey), *_settings(survey)]
    for row in survey.document.table("assessments"):
        message = "Messages by points are not shown; scores are worked out from the answers."
        lost.append(("lost", "assessment", message, row.get("message") or row.get("name", "")))
    for name in ("survey_url_parameters", "plugin_settings", "themes", "themes_inherited"):
        if survey.document.tables.get(name):
            message = f"The table “{name}” has no counterpart and is left out."
            lost.append(("lost", "settings", message, ""))
    for document in opened.beside:
        if document.kind.lower() != "responses" and document.tables:
            lost.append(("lost", "archive", _BESIDE[document.kind.lower()], ""))
    for name in opened.other_files:
        lost.append(("lost", "archive", "A file of the archive is no part of the survey.", name))
    for words in survey.orphans:
        lost.append(("lost", "structure", "It belongs to a question that is not there.", words))
    for outcome, about, message, original in lost:
        r.tell(outcome, SURVEY, about, message, original=original)


Told = tuple[Outcome, str, str, str]


def _texts_left_out(survey: Survey) -> list[Told]:
    """Texts of the language settings that are no part of a questionnaire."""
    lost: list[Told] = []
    for language, address in survey.texts.get("url", {}).items():
        if address.strip():
            message = f"Nobody is led to another page at the end ({language})."
            lost.append(("lost", "end address", message, address))
    for text in dict.fromkeys(survey.texts.get("policy_notice", {}).values()):
        message = "The page says itself what is kept; the survey's own notice is left out."
        lost.append(("lost", "privacy notice", message, text))
    for text in dict.fromkeys(survey.texts.get("attachments", {}).values()):
        if text not in {"[]", "a:0:{}"}:
            lost.append(("lost", "attachments", "Files attached to mails are left out.", text))
    if any(name.startswith("email_") for name in survey.texts):
        message = "The texts of its mails are left out; waves have mails of their own."
        lost.append(("lost", "mails", message, ""))
    return lost


_BESIDE = {
    "tokens": "The list of invitations, with its names and addresses, is not imported.",
    "timings": "How long answers took is not imported.",
}


def _settings(survey: Survey) -> list[Told]:
    found: list[Told] = []
    form = survey.settings.get("format", "").strip().upper()
    if form == "S":
        message = "LimeSurvey shows each question on a page of its own; here a group is a page."
        found.append(("changed", "format", message, ""))
    elif form == "A":
        message = "LimeSurvey shows everything on one page; here a group is a page."
        found.append(("changed", "format", message, ""))
    for name in ("startdate", "expires"):
        if value := survey.settings.get(name, "").strip():
            message = "When it is open is said by a wave, not by the questionnaire."
            found.append(("lost", name, message, value))
    return found


_LOOKS = re.compile(
    r"(statistics_|time_limit|location_|slider_|range_|powerbi|responseOutput|autocomplete)|"
    r"^(hide_tip|page_break|public_statistics|cssclass|save_as_default|clear_default|scale_export|"
    r"display_\w+|text_input_\w+|label_input_columns|answer_width\w*|input_\w+|array_filter_style|"
    r"printable_help|em_\w+|random_group|exclude_all_others_auto|encrypted|same_script|dropdown_\w+|"
    r"repeat_headings|other_position\w*|width_entry|only_pull|visualize|add_platform_info|addlineicon|autoaddnewline|"
    r"uniqueIdType|printable_survey_css_class|keep_aspect|fix_\w+|crop_or_resize|"
    r"horizontal_scroll|choice_title|rank_title|show\w*|samechoiceheight|samelistheight|reverse|"
    r"use_dropdown|parent_order|category_separator|value_range_allows_missing|question_template|"
    r"rand_group_maxquestion|multiflexible_step|placeholder|prefix|suffix|id|nonumber)$"
)
_NOTHING = {"", "0", "N", "default", "inherit", "center", "normal", "-1"}

_THEMES = frozenset(
    """5pointchoice array boilerplate date equation file_upload gender hugefreetext language
    list_dropdown list_with_comment listradio longfreetext multiplechoice
    multiplechoice_with_comments multiplenumeric multipleshorttext numerical ranking shortfreetext
    yesno arrays/5point arrays/10point arrays/array arrays/column arrays/dualscale
    arrays/increasesamedecrease arrays/multiflexi arrays/texts arrays/yesnouncertain core""".split()
)


def report_attributes(r: Reading, q: Question, made: Made) -> None:
    """The settings of a question that nothing was made of."""
    looks: list[str] = []
    for name, texts in q.attributes.items():
        value = next((text for text in texts.values() if text.strip() not in _NOTHING), "")
        if not value or name in made.used or name in LOGIC_ATTRIBUTES:
            continue
        if name.startswith("assessor_"):
            continue
        if _LOOKS.search(name):
            looks.append(f"{name}: {plain_text(value, 80)}")
        else:
            message = f"The setting “{name[:60]}” has no counterpart."
            r.tell("lost", q, "setting", message, original=value)
    if looks:
        message = "Settings of looks, timing and statistics are not kept."
        r.tell("lost", q, "looks", message, original="; ".join(looks))
    if q.theme and q.theme not in _THEMES:
        message = "It is shown in the way of its kind, not in its theme."
        r.tell("changed", q, "theme", message, original=q.theme)
    if any(answer.assessment for answer in q.answers):
        values = ", ".join(f"{a.code}: {a.assessment}" for a in q.answers if a.assessment)
        kept = any(fields["kind"] == "rating_matrix" for fields in made.items)
        if not kept:
            message = "The points of its answers are left out."
            r.tell("lost", q, "assessment", message, original=values)
