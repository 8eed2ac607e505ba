"""Small forms whose names, types or lists XLSForm's reference converter refuses, with our code."""

from tests.formats.xlsform_refused_logic import REFUSED_LOGIC

REFUSED_NAMES: dict[str, tuple[str, str]] = {
    "no survey sheet": (
        "no-survey",
        """
        | surveys | | | |
        |         | type | name | label |
        |         | text | a    | A     |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | 1    | One   |
    """,
    ),
    "no type column": (
        "no-type-column",
        """
        | survey | | |
        |        | name | label |
        |        | a    | A     |
    """,
    ),
    "unknown type": (
        "unknown-type",
        """
        | survey | | | |
        |        | type | name | label |
        |        | tekst | a   | A     |
    """,
    ),
    "type in capitals": (
        "unknown-type",
        """
        | survey | | | |
        |        | type | name | label |
        |        | Text | a    | A     |
    """,
    ),
    "a choice without a list": (
        "unknown-type",
        """
        | survey | | | |
        |        | type       | name | label |
        |        | select_one | a    | A     |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | 1    | One   |
    """,
    ),
    "a list of two words": (
        "unknown-type",
        """
        | survey | | | |
        |        | type           | name | label |
        |        | select_one x y | a    | A     |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | 1    | One   |
    """,
    ),
    "include": (
        "include",
        """
        | survey | | | |
        |        | type    | name | label |
        |        | include | a    | A     |
    """,
    ),
    "no type": (
        "no-type",
        """
        | survey | | | |
        |        | type | name | label |
        |        |      | a    | A     |
    """,
    ),
    "no name": (
        "no-name",
        """
        | survey | | | |
        |        | type | name | label |
        |        | text |      | A     |
    """,
    ),
    "a group without a name": (
        "no-name",
        """
        | survey | | | |
        |        | type        | name | label |
        |        | begin group |      | G     |
        |        | text        | a    | A     |
        |        | end group   |      |       |
    """,
    ),
    "a bad name": (
        "bad-name",
        """
        | survey | | | |
        |        | type | name  | label |
        |        | text | 1 a   | A     |
    """,
    ),
    "a bad name of the form": (
        "bad-name",
        """
        | survey | | | |
        |        | type | name | label |
        |        | text | a    | A     |
        | settings | |
        |          | name  |
        |          | a b   |
    """,
    ),
    "no label": (
        "no-label",
        """
        | survey | | | |
        |        | type | name | label |
        |        | text | a    |       |
    """,
    ),
    "duplicate names": (
        "duplicate-name",
        """
        | survey | | | |
        |        | type | name | label |
        |        | text | a    | A     |
        |        | text | a    | A     |
    """,
    ),
    "a question called meta": (
        "duplicate-name",
        """
        | survey | | | |
        |        | type | name | label |
        |        | text | meta | A     |
    """,
    ),
    "a repeat called as the form": (
        "duplicate-name",
        """
        | survey | | | |
        |        | type         | name | label |
        |        | begin repeat | data | D     |
        |        | text         | a    | A     |
        |        | end repeat   |      |       |
    """,
    ),
    "two repeats of one name": (
        "duplicate-name",
        """
        | survey | | | |
        |        | type         | name | label |
        |        | begin repeat | r    | R     |
        |        | text         | a    | A     |
        |        | end repeat   |      |       |
        |        | begin group  | g    | G     |
        |        | begin repeat | r    | R     |
        |        | text         | a    | A     |
        |        | end repeat   |      |       |
        |        | end group    |      |       |
    """,
    ),
    "no choices": (
        "no-choices",
        """
        | survey | | | |
        |        | type         | name | label |
        |        | select_one x | a    | A     |
    """,
    ),
    "no such list": (
        "no-list",
        """
        | survey | | | |
        |        | type             | name | label |
        |        | select_one fruit | a    | A     |
        | choices | | | |
        |         | list_name | name | label |
        |         | fruits    | 1    | One   |
    """,
    ),
    "choices without a name column": (
        "no-name-column",
        """
        | survey | | | |
        |        | type         | name | label |
        |        | select_one x | a    | A     |
        | choices | | |
        |         | list_name | label |
        |         | x         | One   |
    """,
    ),
    "a choice without a name": (
        "choice-without-name",
        """
        | survey | | | |
        |        | type         | name | label |
        |        | select_one x | a    | A     |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         |      | One   |
        |         | x         | 2    | Two   |
    """,
    ),
    "duplicate choices": (
        "duplicate-choice",
        """
        | survey | | | |
        |        | type         | name | label |
        |        | select_one x | a    | A     |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | 1    | One   |
        |         | x         | 1    | Uno   |
    """,
    ),
    "spaces in the names of choices": (
        "choice-with-space",
        """
        | survey | | | |
        |        | type              | name | label |
        |        | select_multiple x | a    | A     |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | a b  | One   |
    """,
    ),
    "an end too many": (
        "unmatched-end",
        """
        | survey | | | |
        |        | type      | name | label |
        |        | text      | a    | A     |
        |        | end group |      |       |
    """,
    ),
    "an end of another kind": (
        "unmatched-end",
        """
        | survey | | | |
        |        | type        | name | label |
        |        | begin group | g    | G     |
        |        | text        | a    | A     |
        |        | end repeat  |      |       |
    """,
    ),
    "an end too few": (
        "unmatched-begin",
        """
        | survey | | | |
        |        | type        | name | label |
        |        | begin group | g    | G     |
        |        | text        | a    | A     |
    """,
    ),
}

REFUSED = REFUSED_NAMES | REFUSED_LOGIC
