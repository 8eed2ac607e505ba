"""What other tools will not see of an instrument that is written as an XLSForm."""

from assessor.domain.instrument import Instrument, Item, RepeatingGroup
from assessor.formats.foreign import Losses, Outcome

_KINDS: dict[str, tuple[Outcome, str]] = {
    "likelihood": ("changed", "Other tools show eleven choices from 0 to 10."),
    "yes_no": ("changed", "Other tools show two choices, `yes` and `no`."),
    "rating": ("changed", "Other tools show choices; which end is the best is not said."),
    "rating_matrix": ("changed", "Other tools show a table of choices, without the best end."),
    "choice_matrix": ("translated", "Other tools show a table of choices (`table-list`)."),
    "entry_grid": ("changed", "Other tools show one question after the other."),
    "semantic_differential": ("changed", "Other tools show a table of numbered choices."),
    "constant_sum": ("changed", "Other tools show one number a part, and check the total last."),
    "slider": ("translated", "Other tools show a range."),
    "email": ("changed", "Other tools show a text whose form is checked."),
    "file": ("changed", "Other tools do not keep the limits on size and number of files."),
    "consent": ("changed", "Other tools store “OK” for a consent, and Assessor `yes`."),
    "hidden": ("changed", "Other tools do not take the value from the link."),
}
_FIELDS = {
    "base": "Who the item is for, in words, is not shown by other tools.",
    "catalogue": "The link to the catalogue's item means nothing to other tools.",
    "places": "Other tools ask for an order of all options.",
    "max_length": "Other tools do not limit the length of this text so.",
    "least": "Other tools do not ask for a least number of times.",
    "earliest": "Other tools may not check the earliest time.",
    "latest": "Other tools may not check the latest time.",
}


def report_unseen(instrument: Instrument, losses: Losses) -> None:
    """Adds a line for everything that XLSForm has no word for."""
    for page in instrument.pages:
        if page.shuffle or page.order == "random":
            message = "Other tools show pages and items in their written order."
            losses.add("lost", page.key, "order", message)
        for item in page.items:
            _report_item(item, losses)
            for one in item.items if isinstance(item, RepeatingGroup) else ():
                _report_item(one, losses)
    _report_whole(instrument, losses)


def _report_whole(instrument: Instrument, losses: Losses) -> None:
    for ending in instrument.endings:
        message = "Other tools do not end early; everybody is asked everything that is relevant."
        losses.add("lost", ending.key, "ending", message, original=ending.when)
    for quota in instrument.quotas:
        message = "Other tools count no quota."
        losses.add("lost", quota.key, "quota", message, original=quota.when)
    for sampling in instrument.samplings:
        losses.add(
            "lost", sampling.key, "sampling", "Other tools ask everybody all of these items."
        )
    if instrument.thanks:
        message = "The words after the last page are not shown by other tools."
        losses.add("lost", "thanks", "thanks", message, original=instrument.thanks)
    for name in ("audience", "minutes", "group_item"):
        if getattr(instrument, name):
            losses.add("lost", name, name, "Other tools do not know this; Assessor reads it back.")
    for scale in instrument.scales:
        if scale.source or scale.licence:
            message = "Where the scale comes from is not shown by other tools."
            losses.add("lost", scale.key, "scale", message)


def _report_item(item: Item, losses: Losses) -> None:
    if item.kind in _KINDS:
        outcome, message = _KINDS[item.kind]
        losses.add(outcome, item.key, "question type", message, key=item.key)
    for name, message in _FIELDS.items():
        field = type(item).model_fields.get(name)
        if field is not None and getattr(item, name) != field.get_default():
            losses.add("lost", item.key, name, message, key=item.key)
    if getattr(item, "reversed", False) or any(
        getattr(row, "reversed", False) for row in getattr(item, "rows", ())
    ):
        message = "That the wording is turned round is not said to other tools."
        losses.add("lost", item.key, "reversed", message, key=item.key)
    if any(option.relevant for option in getattr(item, "options", ())):
        message = "Other tools offer these options to everybody."
        losses.add("lost", item.key, "option relevance", message, key=item.key)
    said = item.kind in {"single_choice", "dropdown", "multiple_choice", "ranking"}
    if not said and getattr(item, "order", "as_written") == "random":
        message = "Other tools show the rows in their written order."
        losses.add("lost", item.key, "order", message, key=item.key)
