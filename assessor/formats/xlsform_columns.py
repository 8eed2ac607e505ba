"""The columns of an XLSForm under one name each, with the language of a text apart.

Forms of fifteen years name their columns in many ways: `Label::English (en)`, `caption:english`,
`bind::relevant`, `relevance`, `constraint message`. The rules by which they are the same column
are pyxform's.
"""

import re
from dataclasses import dataclass, field

from babel import Locale

from assessor.domain.problems import Problem
from assessor.formats.xlsform_workbook import Sheet

# Names that are words of the form itself, each with the path it stands for.
_Paths = dict[str, tuple[str, ...]]
_SURVEY: _Paths = {
    "read_only": ("bind", "readonly"),
    "readonly": ("bind", "readonly"),
    "relevant": ("bind", "relevant"),
    "relevance": ("bind", "relevant"),
    "required": ("bind", "required"),
    "constraint": ("bind", "constraint"),
    "constraining_message": ("bind", "jr:constraintMsg"),
    "constraint_message": ("bind", "jr:constraintMsg"),
    "calculation": ("bind", "calculate"),
    "calculate": ("bind", "calculate"),
    "noapperrorstring": ("bind", "jr:noAppErrorString"),
    "no_app_error_string": ("bind", "jr:noAppErrorString"),
    "requiredmsg": ("bind", "jr:requiredMsg"),
    "required_message": ("bind", "jr:requiredMsg"),
    "save_to": ("bind", "entities:saveto"),
    "caption": ("label",),
    "command": ("type",),
    "tag": ("name",),
    "value": ("name",),
    "appearance": ("control", "appearance"),
    "count": ("control", "jr:count"),
    "repeat_count": ("control", "jr:count"),
    "jr:count": ("control", "jr:count"),
    "autoplay": ("control", "autoplay"),
    "rows": ("control", "rows"),
    "body": ("control",),
    "compact_tag": ("instance", "odk:tag"),
}
_MEDIA: _Paths = {name: ("media", name) for name in ("image", "big-image", "audio", "video")}
_CHOICES: _Paths = {"caption": ("label",), "list_name": ("list name",), "value": ("name",)}
_SETTINGS: _Paths = {
    "form_title": ("title",),
    "set_form_title": ("title",),
    "form_id": ("id_string",),
    "set_form_id": ("id_string",),
    "prefix": ("compact_prefix",),
}
ALIASES: dict[str, dict[str, tuple[str, ...]]] = {
    "survey": _SURVEY | _MEDIA,
    "choices": _CHOICES | _MEDIA,
    "external_choices": _CHOICES | _MEDIA,
    "osm": _CHOICES | _MEDIA,
    "entities": {"list_name": ("dataset",)},
    "settings": _SETTINGS,
}
_OPTION = frozenset("name label media sms_option extra_data".split())
_KNOWN: dict[str, frozenset[str]] = {
    "survey": frozenset(
        "type name label hint guidance_hint default choice_filter parameters trigger disabled "
        "media control bind instance query itemset list_name choices actions sms_field "
        "extra_data".split()
    ),
    "choices": _OPTION,
    "external_choices": _OPTION,
    "osm": _OPTION,
    "settings": frozenset(
        "title id_string default_language version style name instance_name public_key "
        "submission_url auto_send auto_delete allow_choice_duplicates omit_instanceID flat "
        "add_none_option clean_text_values client_editable sms_keyword sms_separator "
        "instance_xmlns namespaces delimiter attribute label hint".split()
    ),
    "entities": frozenset("dataset entity_id create_if update_if repeat label".split()),
}

# The paths that have a name of their own in the rest of the importer.
NAMES: dict[tuple[str, ...], str] = {
    ("bind", "relevant"): "relevant",
    ("bind", "required"): "required",
    ("bind", "constraint"): "constraint",
    ("bind", "jr:constraintMsg"): "constraint_message",
    ("bind", "jr:requiredMsg"): "required_message",
    ("bind", "calculate"): "calculation",
    ("bind", "readonly"): "read_only",
    ("bind", "entities:saveto"): "save_to",
    ("control", "appearance"): "appearance",
    ("control", "jr:count"): "repeat_count",
    ("control", "rows"): "rows",
}
TEXTS = frozenset(
    "label hint guidance_hint constraint_message required_message media::image media::big-image "
    "media::audio media::video".split()
)
"""Columns whose cells are texts in a language."""

_PLAIN_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})


@dataclass(frozen=True)
class Row:
    """A row that is not empty. `texts`: column → language as it is written, or "" → text.

    `raw` are the cells as they are called in the file.
    """

    line: int
    cells: dict[str, str] = field(default_factory=dict)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    raw: dict[str, str] = field(default_factory=dict)

    def get(self, column: str) -> str:
        return self.cells.get(column, "")

    def has(self, column: str) -> bool:
        return column in self.cells or column in self.texts

    @property
    def media(self) -> tuple[str, ...]:
        return tuple(name for name in self.texts if name.startswith("media::"))


@dataclass(frozen=True)
class Table:
    """A sheet under the names of this module. `columns`: how the file calls each → its own name."""

    name: str
    columns: dict[str, tuple[str, str]] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()

    def has(self, column: str) -> bool:
        return any(name == column for name, _language in self.columns.values())


def table(sheet: Sheet, file: str, collapse: bool = False) -> Table:
    """The sheet's rows by column and language. `collapse`: several spaces count as one."""
    doubled = any("::" in header for header in sheet.header)
    columns: dict[str, tuple[str, str]] = {}
    paths: dict[tuple[str, ...], str] = {}
    problems = []
    for header in sheet.header:
        called, path = _path(header, sheet.name, doubled)
        if path in paths and called != header:
            message = (
                f"“{paths[path][:60]}” and “{header[:60]}” are two names for the same column. "
                "Keep one of them."
            )
            problems.append(
                Problem(
                    code="xlsform.duplicate-column",
                    where=f"{sheet.name}, row 1",
                    message=message,
                    line=1,
                    file=file,
                )
            )
        paths[path] = header
        columns[header] = _name(path)
    rows = []
    for line, cells in sheet.rows:
        row = Row(line, raw=cells)
        for header, value in cells.items():
            column, language = columns[header]
            if column in TEXTS:
                row.texts.setdefault(column, {})[language] = value
            elif column.startswith("assessor::"):
                row.cells[column] = value
            else:
                value = re.sub(r" +", " ", value) if collapse else value
                row.cells[column] = value.translate(_PLAIN_QUOTES)
        rows.append(row)
    return Table(sheet.name, columns, tuple(rows), tuple(problems))


def _path(header: str, sheet: str, doubled: bool) -> tuple[str, tuple[str, ...]]:
    """How pyxform calls the column, and the path it stands for."""
    aliases, known = ALIASES.get(sheet, {}), _KNOWN.get(sheet, frozenset())
    for name in (header, _snake(header)):
        if name in known and name not in aliases:
            return name, (name,)
    if doubled or "::" in header:
        parts = [part.strip() for part in header.split("::")]
    else:
        parts = [part.strip() for part in header.split(":")]
        if "jr" in parts[:-1]:
            at = parts.index("jr")
            parts[at : at + 2] = [f"jr:{parts[at + 1]}"]
    first = _snake(parts[0])
    if first in aliases:
        whole = (*aliases[first], *parts[1:])
        return (aliases[first][0] if len(aliases[first]) == 1 else str(aliases[first])), whole
    if first in known:
        return first, (first, *parts[1:])
    return header, tuple(parts)


def _snake(name: str) -> str:
    return "_".join(name.split()).lower()


def _name(path: tuple[str, ...]) -> tuple[str, str]:
    """The column's name here, and the language that follows it."""
    if path[0] in {"bind", "control"}:
        name = NAMES.get(path[:2], "::".join(path[:2]))
        return name, path[2] if len(path) > 2 else ""
    if path[0] == "media" and len(path) > 1:
        return f"media::{path[1]}", path[2] if len(path) > 2 else ""
    if path[0] in TEXTS:
        return path[0], path[1] if len(path) > 1 else ""
    return "::".join(path), ""


@dataclass
class Languages:
    """Our codes for the names that a form gives its languages. "" is the text without a name."""

    base: str = ""
    codes: dict[str, str] = field(default_factory=dict)
    guessed: list[str] = field(default_factory=list)

    @property
    def others(self) -> list[str]:
        """The languages that are translations, in the file's order."""
        return [name for name in self.codes if name not in {self.base, ""}]

    def text(self, texts: dict[str, str]) -> str:
        """The text in the form's own language; else one in any, rather than none."""
        for name in (self.base, ""):
            if texts.get(name):
                return texts[name]
        return next((text for text in texts.values() if text), "")


def languages(tables: list[Table], default: str) -> Languages:
    """The languages of the form. `default`: what the settings name as its own."""
    names = list(
        dict.fromkeys(
            language
            for one in tables
            for column, language in one.columns.values()
            if column in TEXTS
        )
    )
    named = [name for name in names if name]
    found = Languages()
    labels = [
        [language for column, language in one.columns.values() if column == "label"]
        for one in tables
    ]
    # The questions decide; a list of choices may be written once for all languages.
    bare = "" in next((one for one in labels if one), [""])
    if default and default != "default":
        same = [n for n in named if n.lower() == default.lower() or _same_language(n, default)]
        found.base = same[0] if same else default
    elif bare or not named:
        found.base = next((name for name in named if language_code(name) == "en"), "")
    else:
        found.base = named[0]
    for name in dict.fromkeys([found.base, *named]):
        code = language_code(name) if name else "en"
        if not code:
            known = re.sub(r"[^a-z0-9]", "", name.lower())[:20] or "unknown"
            # A part of a tag has eight letters at most.
            code = "-".join(["qaa", *re.findall(".{1,8}", known)])
            found.guessed.append(name)
        start, number = code, 1
        while code in found.codes.values():
            number += 1
            code = f"{start}-x{number}"
        found.codes[name] = code
    return found


def _same_language(one: str, other: str) -> bool:
    return bool(language_code(one)) and language_code(one) == language_code(other)


_CODE = re.compile(r"[a-zA-Z]{2,3}([-_][A-Za-z0-9]{1,8})*")
_OWN_NAMES = {
    "français": "fr", "francais": "fr", "español": "es", "espanol": "es", "castellano": "es",
    "deutsch": "de", "italiano": "it", "português": "pt", "portugues": "pt", "kiswahili": "sw",
    "中文": "zh", "汉语": "zh", "العربية": "ar", "русский": "ru", "українська": "uk", "हिन्दी": "hi",
    "日本語": "ja", "한국어": "ko",
    "nederlands": "nl", "polski": "pl", "türkçe": "tr", "svenska": "sv",
    "dansk": "da", "norsk": "nb", "suomi": "fi", "tiếng việt": "vi", "bahasa indonesia": "id",
    "farsi": "fa", "dari": "prs", "pashto": "ps", "creole": "ht", "tagalog": "tl", "mandarin": "zh",
}  # fmt: skip


def language_code(name: str) -> str:
    """The code in `English (en)`, `fr`, `French` or `Français`; empty where none is known."""
    inside = re.search(r"\(\s*([A-Za-z][A-Za-z0-9_-]*)\s*\)\s*$", name)
    if inside and _CODE.fullmatch(inside[1]):
        return _tag(inside[1])
    word = name.strip().lower()
    if word in _OWN_NAMES:
        return _OWN_NAMES[word]
    english = {text.lower(): code for code, text in Locale("en").languages.items()}
    if word in english:
        return _tag(str(english[word]))
    if _CODE.fullmatch(name.strip()) and _tag(name.strip()).split("-")[0] in Locale("en").languages:
        return _tag(name.strip())
    return ""


def _tag(code: str) -> str:
    first, *rest = re.split(r"[-_]", code)
    return "-".join([first.lower(), *rest])[:35]
