"""LimeSurvey's questions with something to type, pick or send, and those that ask nothing."""

import html
import re

from assessor.formats.foreign import plain_text
from assessor.formats.limesurvey_parts import (
    ORDER_ATTRIBUTES,
    item,
    number,
    options,
    order,
    rows,
    whole_number,
)
from assessor.formats.limesurvey_places import Place
from assessor.formats.limesurvey_reading import Fields, Made, Reading
from assessor.formats.limesurvey_structure import Question

NUMBER_ATTRIBUTES = frozenset(
    {"min_num_value_n", "max_num_value_n", "num_value_int_only", "suffix", "numbers_only"}
)


def _length(q: Question, longest: int, default: int) -> int:
    wanted = whole_number(q.attribute("maximum_chars"))
    return min(wanted, longest) if wanted is not None and wanted > 0 else default


def short_text(r: Reading, q: Question) -> Made:
    """S: one line, or a number where only numbers are allowed."""
    if q.is_on("numbers_only"):
        return numeric(r, q)
    fields = item(r, q, "short_text")
    fields["max_length"] = _length(q, 1000, 1000)
    return Made([fields], {"": Place("value", fields["key"])}, used=frozenset({"maximum_chars"}))


def long_text(r: Reading, q: Question) -> Made:
    """T and U: several lines."""
    if q.is_on("numbers_only"):
        return numeric(r, q)
    fields = item(r, q, "long_text")
    fields["max_length"] = _length(q, 20_000, 20_000)
    return Made([fields], {"": Place("value", fields["key"])}, used=frozenset({"maximum_chars"}))


def numeric(r: Reading, q: Question) -> Made:
    """N: a number."""
    fields = item(r, q, "number")
    fields |= _bounds(r, q, "min_num_value_n", "max_num_value_n")
    fields["whole"] = q.is_on("num_value_int_only")
    key = fields["key"]
    own = q.attributes.get("suffix", {})
    texts = {language or r.survey.language: text for language, text in own.items() if text.strip()}
    fields["unit"] = r.say(f"{key}.unit", texts, q, longest=60 + 64)[:60]
    return Made([fields], {"": Place("value", key)}, used=NUMBER_ATTRIBUTES)


def _bounds(r: Reading, q: Question, least: str, most: str) -> Fields:
    """Limits that are numbers; those that are worked out are lost, and said so."""
    found: Fields = {}
    for name, attribute in (("minimum", least), ("maximum", most)):
        text = q.attribute(attribute).strip()
        if not text:
            continue
        limit = number(text)
        if limit is None:
            r.tell("lost", q, attribute, "This limit is worked out; it is not kept.", original=text)
        else:
            found[name] = limit
    if "minimum" in found and "maximum" in found and found["minimum"] > found["maximum"]:
        r.tell("lost", q, least, "Its limits exclude one another, so neither is kept.")
        return {}
    return found


def several_numbers(r: Reading, q: Question) -> Made:
    """K: a number for each row, or a total to spread."""
    total = whole_number(q.attribute("equals_num_value"))
    floor = number(q.attribute("min_num_value_n"))
    is_total = total is not None and 1 <= total <= 1_000_000 and 2 <= len(q.rows()) <= 60
    if total is not None and is_total and (floor is None or floor >= 0):
        return _total(r, q, total)
    made = grid(r, q, "number")
    if q.is_on("slider_layout"):
        r.tell("changed", q, "slider", "Its sliders are numbers to type.")
    return made


def _total(r: Reading, q: Question, total: int) -> Made:
    fields = item(r, q, "constant_sum")
    made = options(r, q, q.rows())
    fields |= {"options": made, "total": total, "order": order(r, q)}
    places = {
        part.code: Place("value", f"{fields['key']}.{one['code']}", sub=part.code)
        for part, one in zip(q.rows(), made, strict=True)
    }
    r.tell(
        "changed", q, "question type", f"Its numbers must add up to {total}: they share a total."
    )
    return Made(
        [fields],
        places,
        subs=((0, "options"),),
        used=ORDER_ATTRIBUTES | NUMBER_ATTRIBUTES | {"equals_num_value", "slider_layout"},
    )


def several_texts(r: Reading, q: Question) -> Made:
    """Q: a text for each row."""
    return grid(r, q, "number" if q.is_on("numbers_only") else "text")


def grid(r: Reading, q: Question, entry: str) -> Made:
    """Rows, and columns where the question has sub-questions across."""
    down, across = q.rows(0), q.rows(1)
    if q.type in {":", ";"} and bool(down) != bool(across):
        only = "rows" if down else "columns"
        r.tell("changed", q, "question type", f"It has {only} only: one thing is typed for each.")
    if not down:
        down, across = across, []
    if not down:
        key = r.keys.key(q.code, "question")
        r.tell("changed", q, "question type", "It has no rows: only its text is shown.")
        fields = item(r, q, "text_block", rich=True)
        fields.pop("required", None)
        return Made([fields], {"": Place("value", key)})
    if len(across) > 30:
        r.tell("lost", q, "columns", "At most 30 columns fit beside rows; the rest are left out.")
        across = across[:30]
    fields = item(r, q, "entry_grid")
    made = rows(r, q, down)
    fields |= {"rows": made, "entry": entry, "order": order(r, q)}
    used = ORDER_ATTRIBUTES | NUMBER_ATTRIBUTES | {"maximum_chars"}
    if entry == "number":
        limits = ("multiflexible_min", "multiflexible_max") if across else _PLAIN_LIMITS
        fields |= _bounds(r, q, *limits)
        fields["whole"] = q.is_on("num_value_int_only")
        used |= set(limits)
    else:
        fields["max_length"] = _length(q, 4000, 1000)
    columns = options(r, q, across, "option") if across else []
    places: dict[str, Place] = {}
    for sub, row in zip(down, made, strict=True):
        if not across:
            places[sub.code] = Place("value", row["key"], sub=sub.code)
        for column, one in zip(across, columns, strict=True):
            name = f"{sub.code}_{column.code}"
            places[name] = Place("value", f"{row['key']}.{one['code']}", sub=name)
    if columns:
        fields["columns"] = columns
    return Made(
        [fields],
        places,
        subs=((0, "rows"), (0, "columns")),
        used=used,
        rows={sub.code: row for sub, row in zip(down, made, strict=True)},
    )


_PLAIN_LIMITS = ("min_num_value_n", "max_num_value_n")
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T].*)?")


def day(r: Reading, q: Question) -> Made:
    """D: a day, or a time of day where its form shows no day."""
    form = q.attribute("date_format").strip()
    asks_time = re.search(r"[HM]*(HH|hh|H):?(MM|ii)", form) is not None
    asks_day = re.search(r"[dY]|yyyy|mm|DD", form) is not None or not form
    kind = "time" if asks_time and not asks_day else "date"
    fields = item(r, q, kind)
    if kind == "date" and asks_time:
        message = "It asks for a day and a time; only the day is kept."
        r.tell("changed", q, "date format", message, original=form)
    elif form and kind == "date" and not re.search(r"d", form, re.IGNORECASE):
        message = "It asks for a part of a date; here it is a whole day."
        r.tell("changed", q, "date format", message, original=form)
    for name, attribute in (("earliest", "date_min"), ("latest", "date_max")):
        text = q.attribute(attribute).strip()
        if not text:
            continue
        found = _DAY.fullmatch(text)
        year = re.fullmatch(r"\d{4}", text)
        if kind == "date" and found:
            fields[name] = found[1]
        elif kind == "date" and year:
            fields[name] = f"{text}-01-01" if name == "earliest" else f"{text}-12-31"
        elif kind == "date":
            fields.setdefault("_limits", []).append((attribute, text))
        else:
            r.tell("lost", q, attribute, "This limit is not kept.", original=text)
    used = frozenset({"date_format", "date_min", "date_max"})
    return Made([fields], {"": Place("value", fields["key"])}, used=used)


_TYPES = {
    "image": {"png", "gif", "jpg", "jpeg", "webp", "heic", "bmp", "tif", "tiff", "svg"},
    "pdf": {"pdf"},
    "document": {"doc", "docx", "odt", "rtf"},
    "spreadsheet": {"xls", "xlsx", "ods", "csv"},
    "text": {"txt", "md"},
    "audio": {"mp3", "wav", "ogg", "m4a", "aac", "flac"},
    "video": {"mp4", "avi", "mov", "mkv", "webm", "mpg", "mpeg"},
}


def upload(r: Reading, q: Question) -> Made:
    """|: files."""
    fields = item(r, q, "file")
    wanted = {
        one.strip().lower().lstrip(".") for one in q.attribute("allowed_filetypes").split(",")
    }
    wanted.discard("")
    types = [name for name, endings in _TYPES.items() if wanted & endings]
    if types:
        fields["types"] = types
        r.tell(
            "changed",
            q,
            "file types",
            f"Files are taken by their sort: {', '.join(types)}.",
            original=q.attribute("allowed_filetypes"),
        )
    kilobytes = number(q.attribute("max_filesize"))
    if kilobytes:
        fields["max_megabytes"] = min(20, max(1, round(kilobytes / 1024)))
    most = whole_number(q.attribute("max_num_of_files"))
    if most:
        fields["max_files"] = min(10, max(1, most))
    if whole_number(q.attribute("min_num_of_files")):
        fields["required"] = True
    used = {"allowed_filetypes", "max_filesize", "max_num_of_files", "min_num_of_files"}
    key = fields["key"]
    r.unshown.add(key)
    return Made([fields], {"": Place("value", key)}, used=frozenset(used))


def text_block(r: Reading, q: Question) -> Made:
    """X: text that asks nothing."""
    fields = item(r, q, "text_block", rich=True)
    fields.pop("required", None)
    return Made([fields], {"": Place("value", fields["key"])})


def language_switch(r: Reading, q: Question) -> Made:
    """I: a choice of language, which every page here has."""
    made = text_block(r, q)
    r.tell(
        "changed",
        q,
        "question type",
        "It switches the language, for which every page has a link of its own; its text stays.",
    )
    return made


def equation(r: Reading, q: Question) -> Made:
    """*: a value worked out. Its calculation follows once all names are known."""
    fields = item(r, q, "calculated")
    fields.pop("required", None)
    fields["calculation"] = "''"
    source = q.attribute("equation") or next(
        (text for text in (q.texts.get(r.survey.language), *q.texts.values()) if text), ""
    )
    fields["_equation"] = html.unescape(re.sub(r"<[^>]+>", " ", source)).strip()
    if "{" in fields["text"] or "\ue000" in fields["text"]:
        fields["text"] = plain_text(re.sub("\ue000\\d+\ue001", "…", fields["text"]), 2000)
    return Made([fields], {"": Place("value", fields["key"])}, used=frozenset({"equation"}))
