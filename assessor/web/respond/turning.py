"""What the buttons of a page mean, and where a page leads once it is saved.

`page-turn` is "onward", "back", or "language-…"; "add-…", "remove-…" and "drop-…" change what
stands on the page and stay there. All of them are plain buttons of the one form.
"""

from dataclasses import dataclass

from flask import request

from assessor.actions.respond import SavedPage
from assessor.actions.uploads import MEGABYTE, keep_file
from assessor.actions.way import Way
from assessor.domain.instrument import FileItem, Page, RepeatingGroup
from assessor.domain.problems import Problem
from assessor.domain.translations import languages_offered
from assessor.web.items import SHOWN, Filled, field_id, one_less, one_more, typed
from assessor.web.respond import place

LANGUAGE = "language-"
_STAYS = ("add-", "remove-", "drop-")


@dataclass(frozen=True)
class Leads:
    """`number`: the page to go to, None to stay or send; `said`: what could not be kept is told."""

    number: int | None = None
    said: bool = False
    new: bool = False


def button() -> str:
    return request.form.get("page-turn", "onward")


def stays_here() -> bool:
    """Whether the button only changes what stands on the page."""
    return button().startswith(_STAYS)


def shown() -> frozenset[str] | None:
    """The marks of what the person saw; None where the form does not say."""
    said = request.form.get(SHOWN)
    return None if said is None else frozenset(said.split())


def where_to(
    way: Way, page_key: str, saved: SavedPage, number: int, *, has_mistakes: bool
) -> Leads:
    """Where a saved page leads; `way` has the route of the answers just saved."""
    pressed = button()
    here = way.number(page_key) or number
    if pressed == "back":
        return Leads(here - 1, said=True)
    if pressed.startswith(LANGUAGE):
        wanted = pressed.removeprefix(LANGUAGE)
        if wanted in languages_offered(way.instrument):
            place.speak(request.view_args["wave_id"], wanted)  # type: ignore[index]
        return Leads(here, said=True)
    if has_mistakes or saved.appeared:
        return Leads()
    due = way.number(saved.next_page) if saved.next_page else None
    if here < len(way.route.pages):
        return Leads(min(here + 1, due or here + 1), new="page-last" in request.form)
    return Leads(due, new="page-last" in request.form)


def taken_in(
    wave_id: str, way: Way, page: Page, token: str, account_id: int | None
) -> tuple[Filled, tuple[Problem, ...]]:
    """What was typed, with the files that came along stored and named by their ids."""
    filled = typed(request.form)
    problems: list[Problem] = []
    for item in page.items:
        if not isinstance(item, FileItem) or item.key not in way.route.asked:
            continue
        there = [one for one in filled.all(item.key) if one]
        for sent in request.files.getlist(item.key):
            if not sent.filename:
                continue
            content = sent.stream.read(item.max_megabytes * MEGABYTE + 1)
            kept = keep_file(token, wave_id, page.key, item.key, content, account_id=account_id)
            problems.extend(kept.problems)
            if kept.value is not None:
                there.append(kept.value)
        filled.values[item.key] = there
    return filled, tuple(problems)


def changed(page: Page, filled: Filled) -> str:
    """Do what the button says to what stands on the page; returns the id that takes the focus."""
    what, _, about = button().partition("-")
    key, _, which = about.partition("-")
    for item in page.items:
        if item.key != key:
            continue
        if isinstance(item, RepeatingGroup) and what == "add":
            one_more(filled, item)
            return f"{field_id(key)}-{filled.times(key)}"
        if isinstance(item, RepeatingGroup) and which.isdecimal() and len(which) < 4:
            one_less(filled, item, int(which))
            return field_id(key)
        if isinstance(item, FileItem):
            filled.values[key] = [one for one in filled.all(key) if one != which]
            return field_id(key)
    return ""
