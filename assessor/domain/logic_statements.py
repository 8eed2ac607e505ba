"""What is said of one thing in logic, what where it is denied, and how such statements are joined.

Each verb has a sentence of its own for both, and each way to join them too: in no other language
are they put together as in English.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assessor.domain.problems import Said, Several, saying

Words = Callable[..., str]


def _itself(one: str, value: str) -> str:
    return one


STATEMENTS: dict[str, tuple[Words, Words]] = {
    "is": (saying("{one} is {value}"), saying("{one} is not {value}")),
    "is more than": (
        saying("{one} is more than {value}"),
        saying("{one} is not more than {value}"),
    ),
    "is at least": (saying("{one} is at least {value}"), saying("{one} is not at least {value}")),
    "is less than": (
        saying("{one} is less than {value}"),
        saying("{one} is not less than {value}"),
    ),
    "is at most": (saying("{one} is at most {value}"), saying("{one} is not at most {value}")),
    "is after": (saying("{one} is after {value}"), saying("{one} is not after {value}")),
    "is on or after": (
        saying("{one} is on or after {value}"),
        saying("{one} is not on or after {value}"),
    ),
    "is before": (saying("{one} is before {value}"), saying("{one} is not before {value}")),
    "is on or before": (
        saying("{one} is on or before {value}"),
        saying("{one} is not on or before {value}"),
    ),
    "includes": (saying("{one} includes {value}"), saying("{one} does not include {value}")),
    "contains": (saying("{one} contains {value}"), saying("{one} does not contain {value}")),
    "begins with": (
        saying("{one} begins with {value}"),
        saying("{one} does not begin with {value}"),
    ),
    "ends with": (saying("{one} ends with {value}"), saying("{one} does not end with {value}")),
    "fits the pattern": (
        saying("{one} fits the pattern {value}"),
        saying("{one} does not fit the pattern {value}"),
    ),
    "is answered": (saying("{one} is answered"), saying("{one} is not answered")),
    "holds": (_itself, saying("it is not so that {one}")),
}
"""What is said with each verb, and what where it is denied."""

LISTS = {
    "and": saying("{many} and {last}"),
    "or": saying("{many} or {last}"),
    "nor": saying("{many} nor {last}"),
}
CHAINS = {"and": saying("{first} and {second}"), "or": saying("{first} or {second}")}


@dataclass(frozen=True)
class Held:
    """A simple statement, told apart so that neighbours about the same thing can be joined."""

    subject: str
    verb: str
    value: str = ""
    is_so: bool = True

    @property
    def text(self) -> str:
        says, denies = STATEMENTS[self.verb]
        return (says if self.is_so else denies)(one=self.subject, value=self.value)

    @property
    def denied(self) -> "Held":
        return replace(self, is_so=not self.is_so)


# A row for every verb whose statements join: "is “A” or “B”", "is neither “A” nor “B”".
JOINED: dict[tuple[str, str, bool], tuple[Words, str]] = {
    ("or", "is", True): (saying("{one} is {values}"), "or"),
    ("and", "is", False): (saying("{one} is neither {values}"), "nor"),
    ("or", "includes", True): (saying("{one} includes {values}"), "or"),
    ("and", "includes", True): (saying("{one} includes {values}"), "and"),
    ("and", "includes", False): (saying("{one} includes neither {values}"), "nor"),
}


def listed(parts: Sequence[str], word: str) -> str:
    """ "a, b and c"; a list of one is that one."""
    if len(parts) < 2:
        return parts[0] if parts else ""
    return LISTS[word](many=Several(parts[:-1]), last=parts[-1])


def chained(parts: Sequence[str], word: str) -> str:
    """Clauses one after the other, put together by halves so that long chains lie flat."""
    if len(parts) == 1:
        return parts[0]
    half = len(parts) // 2
    first, second = chained(parts[:half], word), chained(parts[half:], word)
    return CHAINS[word](first=first, second=second)


def bracketed(text: str) -> str:
    """A clause that is one thing among others."""
    return Said("({text})", {"text": text})
