"""Problems that several actions answer with."""

from assessor.domain.problems import Problem


def not_found(what: str, where: str) -> Problem:
    """The thing is not there, or is another library's: both look the same from outside."""
    return Problem(
        code=f"{what}.not-found".replace(" ", "-"),
        where=where,
        message=f"There is no such {what}. It may have been removed; go back and choose another.",
    )


def changed_meanwhile(what: str, where: str) -> Problem:
    """Somebody else saved between this person's reading and saving."""
    return Problem(
        code=f"{what}.changed-meanwhile",
        where=where,
        message=f"Somebody saved this {what} while you were working on it. Nothing of yours was "
        "saved over it: open the newest one, and make your change there.",
    )


def refused(code: str, where: str, message: str) -> Problem:
    """A problem of this action alone."""
    return Problem(code=code, where=where, message=message)


def as_warnings(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The same problems where they are told but do not stop the action."""
    return tuple(problem.model_copy(update={"severity": "warning"}) for problem in problems)
