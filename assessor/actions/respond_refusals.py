"""What answering is refused with, in words for whoever reads them."""

from assessor.actions.refusals import refused
from assessor.domain.instrument import Ending
from assessor.domain.problems import Problem, say

LISTED_PROBLEMS = 50
"""How many problems of a set of answers are told one by one."""


def ended(ending: Ending) -> Problem:
    return refused(
        "response.ended",
        ending.key,
        say(
            "Whoever answers like this is led to “{ending}”, and such answers are not kept. Leave "
            "this row out.",
            ending=ending.title,
        ),
    )


def no_draft(where: str) -> Problem:
    return refused(
        "response.no-draft",
        where,
        say(
            "There is nothing here to send. Either your answers were sent already, and then all is "
            "well; or this browser has forgotten them, and then please begin again."
        ),
    )


def out_of_order(page_key: str) -> Problem:
    return refused(
        "response.page-order",
        page_key,
        say("An earlier page is not done yet. Please complete that page first."),
    )


def shortened(problems: list[Problem]) -> tuple[Problem, ...]:
    if len(problems) <= LISTED_PROBLEMS:
        return tuple(problems)
    more = refused(
        "answers.more-problems",
        "",
        say(
            "There are {problems:,} more problems like these. Correct the ones listed first.",
            problems=len(problems) - LISTED_PROBLEMS,
        ),
    )
    return (*problems[:LISTED_PROBLEMS], more)
