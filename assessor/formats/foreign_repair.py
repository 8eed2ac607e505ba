"""The last step of an import: what the checks refuse is taken out, and stands in the report.

An importer translates a part at a time and cannot see everything that the checks of a whole
instrument see. A person who imports should get an instrument that works, and a list of what is
missing, and not an error about a file they cannot edit.
"""

import re
from typing import Any

from pydantic import ValidationError

from assessor.domain.checks.instrument import check_instrument
from assessor.domain.instrument import Instrument
from assessor.domain.problems import Problem
from assessor.domain.translations import texts
from assessor.formats.foreign import Losses

_LOGIC = ("relevant", "constraint", "required_when", "option_filter")
_OPTIONAL = {"catalogue": "", "group_item": None, "exclusive": (), "max_choices": None}
_WHOLE = ("endings", "quotas", "samplings")
MOST_ROUNDS = 50
SWITCH = "never_asked"
"""The hidden item on which what is never asked depends."""


def repaired(instrument: Instrument, losses: Losses) -> tuple[Instrument, tuple[Problem, ...]]:
    """The instrument without what the checks refuse, and the errors that remain."""
    for _ in range(MOST_ROUNDS):
        errors = [p for p in check_instrument(instrument) if p.severity == "error"]
        if not errors:
            return _with_translations(instrument), ()
        # Any: the fields of all models, by name.
        content: dict[str, Any] = instrument.model_dump()
        mended = False
        removed: set[str] = set()
        for problem in errors:
            mended = _mend(content, problem, losses, removed) or mended
        for where in removed:
            content[where] = [one for one in content[where] if one is not None]
        if "switch" in content:
            content["pages"] = [content.pop("switch"), *content["pages"]]
        if not mended:
            return instrument, tuple(errors)
        try:
            instrument = Instrument.model_validate(content)
        except ValidationError:
            return instrument, tuple(errors)
    return instrument, tuple(p for p in check_instrument(instrument) if p.severity == "error")


def _mend(content: dict[str, Any], problem: Problem, losses: Losses, removed: set[str]) -> bool:
    """Take out what a problem is about; False where it is nothing that can be left out."""
    steps: list[str | int] = [int(s) if s.isdigit() else s for s in problem.where.split(".")]
    names = [step for step in steps if isinstance(step, str)]
    if names[:1] and names[0] in _WHOLE and len(steps) > 1 and isinstance(steps[1], int):
        return _take_out(content, names[0], steps[1], problem, losses, removed)
    if problem.code.startswith("piping."):
        return _without_piped(content, steps, problem, losses)
    if problem.code == "logic.never" and steps[-1] == "relevant":
        return _behind_a_switch(content, steps, losses)
    for place, step in enumerate(steps):
        if step in _LOGIC or step in _OPTIONAL:
            owner = _at(content, steps[:place])
            if isinstance(owner, dict) and owner.get(str(step)):
                original = str(owner[str(step)])
                owner[str(step)] = _OPTIONAL.get(str(step), "")
                _say(losses, str(owner.get("key") or owner.get("code") or ""), problem, original)
                return True
    if steps[-1:] == ["calculation"]:
        owner = _at(content, steps[:-1])
        if isinstance(owner, dict) and owner.get("calculation") != "''":
            _say(losses, str(owner.get("key")), problem, str(owner.get("calculation")))
            owner["calculation"] = "''"
            return True
    return False


def _behind_a_switch(content: dict[str, Any], steps: list[str | int], losses: Losses) -> bool:
    """A condition that never holds as one on a hidden item that no link sets.

    Without its condition, what nobody was asked there would be asked of everybody here.
    """
    owner = _at(content, steps[:-1])
    if not isinstance(owner, dict):
        return False
    switch = {
        "kind": "hidden",
        "key": SWITCH,
        "text": "Asks what nobody was asked",
        "values": ("yes",),
    }
    if content["pages"][0]["items"][0]["key"] != SWITCH and SWITCH not in _keys(content):
        # On a page of its own, added at the end so that no other place moves in this round.
        content.setdefault("switch", {"key": SWITCH + "_page", "items": (switch,)})
    key = str(owner.get("key") or "")
    message = f"Its condition never holds. Nobody is asked it unless `{SWITCH}` is set."
    losses.add("changed", key, "logic", message, key=key, original=str(owner["relevant"]))
    owner["relevant"] = f"${{{SWITCH}}} = 'yes'"
    return True


def _keys(content: dict[str, Any]) -> set[str]:
    return {item["key"] for page in content["pages"] for item in page["items"]}


def _without_piped(
    content: dict[str, Any], steps: list[str | int], problem: Problem, losses: Losses
) -> bool:
    """A text without the earlier answers it cannot take in."""
    owner, name = _at(content, steps[:-1]), steps[-1]
    text = owner.get(str(name)) if isinstance(owner, dict) else None
    if not isinstance(text, str) or "${" not in text:
        return False
    key = re.search(r"`([^`]+)`", problem.message)
    pattern = rf"\$\{{\s*{re.escape(key[1])}\s*\}}" if key else r"\$\{[^}]*\}"
    clean = re.sub(pattern, "…", text)
    owner[str(name)] = clean if clean != text else re.sub(r"\$\{[^}]*\}", "…", text)
    _say(losses, str(owner.get("key") or owner.get("code") or ""), problem, text)
    return True


def _take_out(
    content: dict[str, Any],
    name: str,
    place: int,
    problem: Problem,
    losses: Losses,
    removed: set[str],
) -> bool:
    owner = _at(content, [name, place])
    if not isinstance(owner, dict):
        return False
    _say(losses, str(owner.get("key")), problem, str(owner.get("when") or ""))
    content[name] = list(content[name])
    content[name][place] = None
    removed.add(name)
    return True


def _say(losses: Losses, key: str, problem: Problem, original: str) -> None:
    losses.add("lost", key, "logic", problem.message, original=original)


def _at(content: Any, steps: list[str | int]) -> Any:
    """What lies at the end of a path; None where it leads nowhere."""
    for step in steps:
        try:
            content = content[step]
        except (KeyError, IndexError, TypeError):
            return None
    return content


def _with_translations(instrument: Instrument) -> Instrument:
    """Without translations of texts that are not there any more."""
    own = texts(instrument)
    kept = {
        language: {address: text for address, text in said.items() if address in own}
        for language, said in instrument.translations.items()
    }
    kept = {language: said for language, said in kept.items() if said}
    if kept == instrument.translations:
        return instrument
    return instrument.model_copy(update={"translations": kept})
