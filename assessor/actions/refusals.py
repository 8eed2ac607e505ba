"""Problems that several actions answer with."""

from assessor.domain.problems import Problem, Said, say

_NOT_FOUND: dict[str, Said] = {
    "account": say(
        "There is no such account. It may have been removed; go back and choose another."
    ),
    "edition": say(
        "There is no such edition. It may have been removed; go back and choose another."
    ),
    "instrument": say(
        "There is no such instrument. It may have been removed; go back and choose another."
    ),
    "library": say(
        "There is no such library. It may have been removed; go back and choose another."
    ),
    "page": say("There is no such page. It may have been removed; go back and choose another."),
    "plan": say("There is no such plan. It may have been removed; go back and choose another."),
    "review": say("There is no such review. It may have been removed; go back and choose another."),
    "survey": say("There is no such survey. It may have been removed; go back and choose another."),
    "wave": say("There is no such wave. It may have been removed; go back and choose another."),
}
"""A whole sentence for each thing: in many languages its gender changes the words around it."""

_CHANGED_MEANWHILE: dict[str, Said] = {
    "instrument": say(
        "Somebody saved this instrument while you were working on it. Nothing of yours was "
        "saved over it: open the newest one, and make your change there."
    ),
    "mapping": say(
        "Somebody saved this mapping while you were working on it. Nothing of yours was "
        "saved over it: open the newest one, and make your change there."
    ),
    "plan": say(
        "Somebody saved this plan while you were working on it. Nothing of yours was "
        "saved over it: open the newest one, and make your change there."
    ),
}


def not_found(what: str, where: str) -> Problem:
    """The thing is not there, or is another library's: both look the same from outside."""
    code = f"{what}.not-found"
    return Problem(code=code, where=where, message=_NOT_FOUND[what])


def changed_meanwhile(what: str, where: str) -> Problem:
    """Somebody else saved between this person's reading and saving."""
    code = f"{what}.changed-meanwhile"
    return Problem(code=code, where=where, message=_CHANGED_MEANWHILE[what])


def refused(code: str, where: str, message: str) -> Problem:
    """A problem of this action alone."""
    return Problem(code=code, where=where, message=message)


def as_warnings(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The same problems where they are told but do not stop the action."""
    return tuple(problem.model_copy(update={"severity": "warning"}) for problem in problems)
