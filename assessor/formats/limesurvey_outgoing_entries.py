"""Our items with something to type, pick or send as LimeSurvey's questions."""

from collections.abc import Callable

from assessor.domain.instrument import (
    Calculated,
    DateItem,
    FileItem,
    Hidden,
    ItemBase,
    Likelihood,
    LongTextItem,
    Number,
    ShortText,
    Slider,
    TimeItem,
)
from assessor.formats.limesurvey_outgoing import (
    LIMITS,
    Asked,
    AskedPart,
    Writing,
    answer_place,
    begun,
    bounds,
)


def likelihood(w: Writing, item: ItemBase) -> Asked:
    assert isinstance(item, Likelihood)
    asked = begun(w, item, "L")
    for point in range(11):
        words = dict.fromkeys(w.instrument.languages, str(point))
        end = {0: "low_label", 10: "high_label"}.get(point)
        if end:
            label = w.words(f"{item.key}.{end}")
            words = {
                lang: f"{point} – {text}" if text else str(point) for lang, text in label.items()
            }
        asked.answers.append(AskedPart(str(point), words))
    if item.na:
        asked.answers.append(AskedPart("NA", w.words(f"{item.key}.na")))
    answer_place(asked, item.key)
    asked.lost.append(("kind", "It is a list of the numbers 0 to 10."))
    return asked


def slider(w: Writing, item: ItemBase) -> Asked:
    assert isinstance(item, Slider)
    asked = begun(w, item, "K")
    low, high = w.words(f"{item.key}.low_label"), w.words(f"{item.key}.high_label")
    words = {lang: f"{low[lang]}|{high[lang]}" if low[lang] or high[lang] else "" for lang in low}
    asked.subs = [AskedPart("SQ1", words)]
    asked.set("slider_layout", 1)
    for name in ("min", "max"):
        asked.set(f"slider_{name}", f"{getattr(item, f'{name}imum'):g}")
    asked.set("slider_accuracy", f"{item.step:g}")
    bounds(asked, LIMITS, item.minimum, item.maximum)
    answer_place(asked, item.key, "SQ1")
    return asked


def number(w: Writing, item: ItemBase) -> Asked:
    assert isinstance(item, Number)
    asked = begun(w, item, "N")
    bounds(asked, LIMITS, item.minimum, item.maximum)
    asked.set("num_value_int_only", int(item.whole))
    if item.unit:
        asked.attributes["suffix"] = w.words(f"{item.key}.unit")
    answer_place(asked, item.key)
    return asked


def plain(kind: str) -> Callable[[Writing, ItemBase], Asked]:
    """A question with one answer and what its kind limits it to."""

    def make(w: Writing, item: ItemBase) -> Asked:
        asked = begun(w, item, kind)
        answer_place(asked, item.key)
        match item:
            case ShortText() | LongTextItem():
                asked.set("maximum_chars", item.max_length)
            case DateItem():
                for name, day in (("date_min", item.earliest), ("date_max", item.latest)):
                    if day:
                        asked.set(name, day)
            case TimeItem():
                asked.set("date_format", "HH:MM")
                if item.earliest or item.latest:
                    asked.lost.append(("limits", "The earliest and latest time are not kept."))
            case FileItem():
                asked.set("max_filesize", item.max_megabytes * 1024)
                asked.set("max_num_of_files", item.max_files)
                asked.set("allowed_filetypes", ", ".join(_ENDINGS[one] for one in item.types))
            case Hidden():
                asked.set("hidden", 1)
                asked.default = item.default
                if item.values:
                    asked.lost.append(("values", "Which values may come with the link is lost."))
            case Calculated():
                asked.set("hidden", 1)
        return asked

    return make


_ENDINGS = {
    "image": "png, jpg, jpeg, gif",
    "pdf": "pdf",
    "document": "doc, docx, odt",
    "spreadsheet": "xls, xlsx, ods, csv",
    "text": "txt",
    "audio": "mp3, wav, ogg",
    "video": "mp4, webm, mov",
}
