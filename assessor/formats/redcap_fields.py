"""One field of a REDCap dictionary as an item, by its type; matrix groups as matrices."""

import re
from collections.abc import Callable, Sequence

from assessor.domain.instrument import (
    Calculated,
    ChoiceMatrix,
    Consent,
    DateItem,
    Dropdown,
    Email,
    FileItem,
    Hidden,
    Item,
    LongTextItem,
    MultipleChoice,
    Number,
    Option,
    RatingMatrix,
    ShortText,
    SingleChoice,
    Slider,
    TextBlock,
    TimeItem,
    YesNo,
)
from assessor.domain.instrument import Row as MatrixRow
from assessor.formats.foreign import codes, plain_text
from assessor.formats.foreign_scales import as_scale
from assessor.formats.redcap_logic import Known
from assessor.formats.redcap_source import Row, action_tags, parsed_choices
from assessor.formats.redcap_work import Work, shared

_AGREE = re.compile(r"\b(agree|consent|accept)\b", re.IGNORECASE)


def item_of(work: Work, row: Row, key: str) -> Item:
    """The item of a field that stands alone."""
    common = shared(work, row, key)
    tags = action_tags(row.annotation)
    kind = _KINDS.get(row.type)
    if tags.get("CALCTEXT") and row.type == "text":
        kind = _calculated
    if kind is None:
        work.lost(row, "field type", f"There is nothing like “{row.type}”; it is a line to type.")
        kind = _line
    is_hidden = "HIDDEN" in tags or "HIDDEN-SURVEY" in tags
    if is_hidden and row.type not in {"calc", "descriptive"}:
        kind = _hidden
    return kind(work, row, common, tags)


Common = dict[str, object]
Tags = dict[str, str]


def _options(work: Work, row: Row, tags: Tags) -> tuple[Option, ...]:
    pairs = parsed_choices(row.choices)
    ours = codes([code for code, _ in pairs])
    if [code for code, _ in pairs] != ours:
        there = ", ".join(code for code, _ in pairs)
        work.changed(row, "code", f"Its codes are {', '.join(ours)} here."[:900], there)
    found, seen = [], set()
    for (code, raw), own in zip(pairs, ours, strict=True):
        label = work.text(row, raw) or plain_text(code, 200) or own
        if label.casefold() in seen:
            label = f"{label[:1900]} ({own})"
            work.changed(row, "label", f"Two choices read alike; one is “{label[:100]}” now.")
        seen.add(label.casefold())
        hidden = code in [one.strip() for one in tags.get("HIDECHOICE", "").split(",") if one]
        found.append(Option(code=own, label=label, relevant="false()" if hidden else ""))
    return tuple(found[:5000])


def _choice(work: Work, row: Row, common: Common, tags: Tags) -> Item:
    options = _options(work, row, tags)
    if not options:
        work.lost(row, "choices", "It has no choices, so it is a line to type.")
        return _line(work, row, common, tags)
    more: Common = {"options": options}
    if "RANDOMORDER" in tags:
        more["order"] = "random"
    if row.type == "checkbox":
        return _several(work, row, {**common, **more}, tags, options)
    if row.type in {"dropdown", "select"}:
        return Dropdown.model_validate({"kind": "dropdown", **common, **more})
    return SingleChoice.model_validate({"kind": "single_choice", **common, **more})


def _several(work: Work, row: Row, common: Common, tags: Tags, options: Sequence[Option]) -> Item:
    if len(options) == 1 and common["required"] and _AGREE.search(options[0].label):
        work.changed(row, "field type", "One box to tick became an item of consent.")
        known = work.known[row.name.lower()]
        yes = dict.fromkeys(known.codes, "yes")
        work.known[row.name.lower()] = Known(known.key, yes, is_checkbox=True)
        label = options[0].label[:200]
        kept = {k: v for k, v in common.items() if k not in {"options", "order"}}
        return Consent.model_validate({"kind": "consent", **kept, "label": label})
    known_codes = work.known[row.name.lower()].codes
    alone = [known_codes.get(one.strip(), "") for one in tags.get("NONEOFTHEABOVE", "").split(",")]
    found: Common = {"exclusive": tuple(dict.fromkeys(code for code in alone if code))}
    most = tags.get("MAXCHECKED", "")
    if most.isdigit() and 1 <= int(most[:6]) <= len(options):
        found["max_choices"] = int(most)
    return MultipleChoice.model_validate({"kind": "multiple_choice", **common, **found})


def _yes_no(work: Work, row: Row, common: Common, tags: Tags) -> Item:
    words = {"yes_label": "True", "no_label": "False"} if row.type == "truefalse" else {}
    return YesNo.model_validate({"kind": "yes_no", **common, **words})


def _line(work: Work, row: Row, common: Common, tags: Tags) -> Item:
    limit = tags.get("CHARLIMIT", "")
    most = min(int(limit[:5]), 1000) if limit.isdigit() and int(limit[:5]) > 0 else 1000
    return ShortText.model_validate({"kind": "short_text", **common, "max_length": most})


def _notes(work: Work, row: Row, common: Common, tags: Tags) -> Item:
    return LongTextItem.model_validate({"kind": "long_text", **common})


_DATE_TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}(:[0-9]{2})?"
PATTERNS = {
    "phone": r"[-0-9+()./ x]{7,25}",
    "phone_australia": r"[-0-9+() ]{8,20}",
    "phone_uk": r"[-0-9+() ]{8,20}",
    "zipcode": r"[0-9]{5}(-[0-9]{4})?",
    "postalcode_australia": r"[0-9]{4}",
    "postalcode_canada": r"[A-Za-z][0-9][A-Za-z] ?[0-9][A-Za-z][0-9]",
    "postalcode_french": r"[0-9]{5}",
    "postalcode_germany": r"[0-9]{5}",
    "postalcode_uk": r"[A-Za-z]{1,2}[0-9][A-Za-z0-9]? ?[0-9][A-Za-z]{2}",
    "ssn": r"[0-9]{3}-[0-9]{2}-[0-9]{4}",
    "alpha_only": r"[A-Za-z]+",
    "mrn_10d": r"[0-9]{10}",
    "mrn_generic": r"[A-Za-z0-9-]+",
    "vmrn": r"[0-9]{4,9}",
    "time_hh_mm_ss": r"[0-9]{2}:[0-9]{2}:[0-9]{2}",
    "time_mm_ss": r"[0-9]{1,2}:[0-9]{2}",
}


def _text(work: Work, row: Row, common: Common, tags: Tags) -> Item:
    """A text field by its validation."""
    wanted = row.validation.lower()
    if wanted in {"", "autocomplete"}:
        return _line(work, row, common, tags)
    if re.fullmatch(r"(integer|int|number|float)(_\ddp)?(_comma_decimal)?", wanted):
        return _number(work, row, common, wanted)
    if re.fullmatch(r"date(_(dmy|mdy|ymd))?", wanted):
        days = {"earliest": _day(work, row, row.minimum), "latest": _day(work, row, row.maximum)}
        return DateItem.model_validate({"kind": "date", **common, **days})
    if wanted == "time":
        times = {
            "earliest": _clock(work, row, row.minimum),
            "latest": _clock(work, row, row.maximum),
        }
        return TimeItem.model_validate({"kind": "time", **common, **times})
    if wanted == "email":
        return Email.model_validate({"kind": "email", **common})
    if row.minimum or row.maximum:
        limits = f"{row.minimum} – {row.maximum}"
        work.lost(row, "validation", "Its smallest and largest value are not checked.", limits)
    pattern = _DATE_TIME if wanted.startswith("datetime") else PATTERNS.get(wanted, "")
    if not pattern:
        work.lost(row, "validation", "What is typed is not checked.", wanted)
        return _line(work, row, common, tags)
    work.changed(row, "validation", "It is a line to type whose form is checked.", wanted)
    return ShortText.model_validate({"kind": "short_text", **common, "pattern": pattern})


def _number(work: Work, row: Row, common: Common, wanted: str) -> Item:
    least, most = _limit(work, row, row.minimum), _limit(work, row, row.maximum)
    if least is not None and most is not None and least > most:
        work.lost(row, "validation", "Its smallest value is above its largest.")
        least = most = None
    limits = {"minimum": least, "maximum": most, "whole": wanted.startswith("int")}
    return Number.model_validate({"kind": "number", **common, **limits})


def _limit(work: Work, row: Row, text: str) -> float | None:
    clean = text.strip().replace(",", ".")
    if not clean:
        return None
    if re.fullmatch(r"-?\d{1,15}(\.\d{1,10})?", clean):
        return float(clean)
    work.lost(row, "validation", "A limit that is no number is not checked.", text)
    return None


def _day(work: Work, row: Row, text: str) -> str | None:
    if not text.strip():
        return None
    found = re.match(r"\s*(\d{4}-\d{2}-\d{2})", text)
    if found is None:
        work.lost(row, "validation", "A limit that is no day is not checked.", text)
    return found[1] if found else None


def _clock(work: Work, row: Row, text: str) -> str | None:
    if not text.strip():
        return None
    if re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", text.strip()):
        return text.strip()
    work.lost(row, "validation", "A limit that is no time of day is not checked.", text)
    return None


def _calculated(work: Work, row: Row, common: Common, tags: Tags) -> Item:
    source = row.choices if row.type == "calc" else _inside_tag(row.annotation, "CALCTEXT")
    text = work.logic(row, source, "calculation") or "''"
    kept = {"key": common["key"], "text": common["text"], "relevant": common["relevant"]}
    if common["hint"]:
        work.lost(row, "note", "A calculated value is not shown, and neither is its note.")
    return Calculated.model_validate({"kind": "calculated", **kept, "calculation": text})


def _inside_tag(annotation: str, tag: str) -> str:
    """What stands in the brackets of a tag, which may hold brackets itself."""
    start = annotation.find(f"@{tag}(") + len(tag) + 2
    depth, place = 1, start
    while place < len(annotation) and depth:
        depth += (annotation[place] == "(") - (annotation[place] == ")")
        place += 1
    return annotation[start : place - 1]


def _file(work: Work, row: Row, common: Common, tags: Tags) -> Item:
    if row.validation == "signature":
        work.changed(row, "field type", "A drawn signature is a picture that is sent.")
    types = ("image", "pdf", "document", "spreadsheet", "text", "audio", "video")
    return FileItem.model_validate({"kind": "file", **common, "types": types})


def _slider(work: Work, row: Row, common: Common, tags: Tags) -> Item:
    ends = [work.text(row, part, 200) for part in row.choices.split("|")] if row.choices else []
    least, most = _limit(work, row, row.minimum), _limit(work, row, row.maximum)
    least, most = 0 if least is None else least, 100 if most is None else most
    if least >= most:
        work.lost(row, "validation", "Its smallest value is not below its largest.")
        least, most = 0, 100
    if len(ends) > 2 and ends[1]:
        work.changed(
            row, "labels", "Of the words along the slider, the two ends are kept.", ends[1]
        )
    words = {"low_label": ends[0], "high_label": ends[-1]} if len(ends) > 1 else {}
    if len(ends) == 1 and ends[0]:
        work.lost(row, "labels", "The one word beside the slider is not kept.", ends[0])
    return Slider.model_validate(
        {"kind": "slider", **common, "minimum": least, "maximum": most, **words}
    )


def _hidden(work: Work, row: Row, common: Common, tags: Tags) -> Item:
    default = plain_text(tags.get("DEFAULT", ""), 200)
    values = tuple(work.known[row.name.lower()].codes.values())[:1000]
    work.changed(row, "action tag", "It is not shown, and holds only what the link brings.")
    return Hidden.model_validate(
        {
            "kind": "hidden",
            "key": common["key"],
            "text": common["text"],
            "relevant": common["relevant"],
            "parameter": row.name[:60] if re.fullmatch(r"[A-Za-z0-9_-]+", row.name) else "",
            "values": values,
            "default": default,
        }
    )


def _words(work: Work, row: Row, common: Common, tags: Tags) -> Item:
    text = work.text(row, row.label, rich=True) or str(common["text"])
    kept = {"key": common["key"], "hint": common["hint"], "relevant": common["relevant"]}
    return TextBlock.model_validate({"kind": "text_block", **kept, "text": text})


def _query(work: Work, row: Row, common: Common, tags: Tags) -> Item:
    work.lost(
        row,
        "field type",
        "Its choices come from a database there. It is a line to type.",
        row.choices,
    )
    return _line(work, row, common, tags)


_KINDS: dict[str, Callable[[Work, Row, Common, Tags], Item]] = {
    "text": _text,
    "notes": _notes,
    "textarea": _notes,
    "radio": _choice,
    "dropdown": _choice,
    "select": _choice,
    "checkbox": _choice,
    "yesno": _yes_no,
    "truefalse": _yes_no,
    "calc": _calculated,
    "file": _file,
    "slider": _slider,
    "descriptive": _words,
    "sql": _query,
}


def matrix_of(work: Work, group: Sequence[Row], text: str) -> Item:
    """A matrix group: rows that share their choices. `text` is its heading."""
    first = group[0]
    pairs = parsed_choices(first.choices)
    labels = [work.text(first, label, 200) or plain_text(code, 200) for code, label in pairs]
    given = [code for code, _ in pairs]
    rows = tuple(
        MatrixRow(
            key=work.known[row.name.lower()].key,
            text=work.text(row, row.label) or plain_text(row.name, 200) or "Row",
            relevant=work.logic(row, row.branching, "branching logic"),
        )
        for row in group
    )
    required = [row.required.lower() == "y" for row in group]
    if any(required) and not all(required):
        work.changed(first, "required", "One row needs an answer, so every row does.")
    common: Common = {
        "key": work.keys.fresh(first.matrix, "matrix"),
        "text": text or plain_text(first.matrix.replace("_", " "), 200) or "Matrix",
        "required": any(required),
        "rows": rows,
    }
    if any(row.ranking.lower() == "y" for row in group):
        work.lost(first, "ranking", "That no choice is made twice in the matrix is not checked.")
    if any(row.note for row in group):
        work.lost(first, "note", "Notes of rows are not kept.", " | ".join(r.note for r in group))
    rated = None
    if first.type != "checkbox":
        rated = as_scale(labels, given, work.scale_keys, work.scales)
    if rated is None:
        options = _options(work, first, {})
        multiple = first.type == "checkbox"
        return ChoiceMatrix.model_validate(
            {"kind": "choice_matrix", **common, "options": options[:60], "multiple": multiple}
        )
    for row in group:
        known = work.known[row.name.lower()]
        ours = dict(zip(given, rated.values, strict=True))
        work.known[row.name.lower()] = Known(known.key, ours)
    if not rated.sure:
        work.changed(
            first, "scale", f"Its better end cannot be read; {rated.scale.best} was taken."
        )
    return RatingMatrix.model_validate(
        {"kind": "rating_matrix", **common, "scale": rated.scale.key, "na": rated.na}
    )
