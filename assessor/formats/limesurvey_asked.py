"""Our items as LimeSurvey's questions: one row for every kind."""

from collections.abc import Callable

from assessor.domain.instrument import Item, ItemBase
from assessor.formats import limesurvey_outgoing_choices as choices
from assessor.formats import limesurvey_outgoing_entries as entries
from assessor.formats import limesurvey_outgoing_matrices as matrices
from assessor.formats.limesurvey_outgoing import Asked, Writing

ASKED: dict[str, Callable[[Writing, ItemBase], Asked]] = {
    "single_choice": choices.one_of,
    "dropdown": choices.one_of,
    "multiple_choice": choices.several,
    "yes_no": choices.yes_no,
    "ranking": choices.ranking,
    "constant_sum": choices.constant_sum,
    "rating": matrices.rated,
    "rating_matrix": matrices.rated,
    "choice_matrix": matrices.choice_matrix,
    "entry_grid": matrices.entry_grid,
    "semantic_differential": matrices.differential,
    "likelihood": entries.likelihood,
    "slider": entries.slider,
    "number": entries.number,
    "date": entries.plain("D"),
    "time": entries.plain("D"),
    "short_text": entries.plain("S"),
    "long_text": entries.plain("T"),
    "email": entries.plain("S"),
    "file": entries.plain("|"),
    "consent": choices.consent,
    "hidden": entries.plain("S"),
    "calculated": entries.plain("*"),
    "repeating_group": entries.plain("X"),
    "text_block": entries.plain("X"),
}


def asked(w: Writing, item: Item) -> Asked:
    """The question that an item becomes."""
    return ASKED[item.kind](w, item)
