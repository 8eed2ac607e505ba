"""Every question type of LimeSurvey, one row each: its name, and what makes items of it."""

from collections.abc import Callable
from dataclasses import dataclass

from assessor.formats import limesurvey_arrays as arrays
from assessor.formats import limesurvey_choices as choices
from assessor.formats import limesurvey_entries as entries
from assessor.formats.limesurvey_reading import Made, Reading
from assessor.formats.limesurvey_structure import Question

Make = Callable[[Reading, Question], Made]


@dataclass(frozen=True)
class QuestionType:
    """`code` is the one letter in the file, `name` what LimeSurvey calls it."""

    code: str
    name: str
    becomes: str
    make: Make


TYPES: dict[str, QuestionType] = {
    one.code: one
    for one in (
        QuestionType("1", "Array dual scale", "rating or choice matrices", arrays.dual_array),
        QuestionType("5", "5 point choice", "rating", choices.five_points),
        QuestionType("A", "Array (5 point choice)", "rating matrix", arrays.five_point_array),
        QuestionType("B", "Array (10 point choice)", "rating matrix", arrays.ten_point_array),
        QuestionType("C", "Array (Yes/No/Uncertain)", "choice matrix", arrays.yes_no_uncertain),
        QuestionType("D", "Date/Time", "date or time", entries.day),
        QuestionType("E", "Array (Increase/Same/Decrease)", "choice matrix", arrays.more_same_less),
        QuestionType("F", "Array", "rating or choice matrix", arrays.array),
        QuestionType("G", "Gender", "single choice", choices.gender),
        QuestionType("H", "Array by column", "rating or choice matrix", arrays.array_by_column),
        QuestionType("I", "Language switch", "text block", entries.language_switch),
        QuestionType(
            "K", "Multiple numerical input", "entry grid or constant sum", entries.several_numbers
        ),
        QuestionType("L", "List (radio)", "single choice", choices.single),
        QuestionType("M", "Multiple choice", "multiple choice", choices.multiple),
        QuestionType("N", "Numerical input", "number", entries.numeric),
        QuestionType(
            "O", "List with comment", "single choice, long text", choices.single_with_comment
        ),
        QuestionType(
            "P",
            "Multiple choice with comments",
            "multiple choice, short texts",
            choices.multiple_with_comments,
        ),
        QuestionType("Q", "Multiple short text", "entry grid", entries.several_texts),
        QuestionType("R", "Ranking", "ranking", choices.ranking),
        QuestionType("S", "Short free text", "short text or number", entries.short_text),
        QuestionType("T", "Long free text", "long text", entries.long_text),
        QuestionType("U", "Huge free text", "long text", entries.long_text),
        QuestionType("X", "Text display", "text block", entries.text_block),
        QuestionType("Y", "Yes/No", "yes/no", choices.yes_no),
        QuestionType("!", "List (dropdown)", "dropdown", choices.dropdown),
        QuestionType(":", "Array (Numbers)", "entry grid or choice matrix", arrays.numbers_array),
        QuestionType(";", "Array (Texts)", "entry grid", arrays.texts_array),
        QuestionType("|", "File upload", "file", entries.upload),
        QuestionType("*", "Equation", "calculated", entries.equation),
        # Two lists of versions before 2, whose answers came from label sets.
        QuestionType("W", "List (flexible labels, dropdown)", "dropdown", choices.dropdown),
        QuestionType("Z", "List (flexible labels, radio)", "single choice", choices.single),
    )
}


_WITH_ANSWERS = frozenset("LFH!OR1WZ")
_WITH_SUBS = frozenset("ABCEFHKMPQR1:;")


def drop_left_over(r: Reading, q: Question) -> None:
    """Takes away what a question has from an earlier type and LimeSurvey itself never shows."""
    if q.type not in TYPES:
        return
    scales = {0, 1} if q.type == "1" else {0}
    across = {0, 1} if q.type in {":", ";"} else {0}
    answers = [a for a in q.answers if q.type in _WITH_ANSWERS and a.scale in scales]
    subs = [s for s in q.subs if q.type in _WITH_SUBS and s.scale in across]
    for what, kept, whole in (("answers", answers, q.answers), ("sub-questions", subs, q.subs)):
        if len(kept) < len(whole):
            message = f"LimeSurvey does not show {what} of this type: they are left from another."
            codes = ", ".join(part.code for part in whole if part not in kept)
            r.tell("lost", q, what, message, original=codes)
    q.answers, q.subs = answers, subs


def make_items(r: Reading, q: Question) -> Made:
    """The items that a question becomes, by its type."""
    known = TYPES.get(q.type)
    return known.make(r, q) if known is not None else arrays.unknown(r, q)
