"""Small forms whose references, parameters or settings the reference converter refuses."""

REFUSED_LOGIC: dict[str, tuple[str, str]] = {
    "an unknown reference": (
        "unknown-reference",
        """
        | survey | | | | |
        |        | type | name | label | relevant  |
        |        | text | a    | A     | ${b} = 1  |
    """,
    ),
    "an unknown reference in a label": (
        "unknown-reference",
        """
        | survey | | | |
        |        | type | name | label    |
        |        | text | a    | Hi ${b}! |
    """,
    ),
    "an unknown reference in a choice": (
        "unknown-reference",
        """
        | survey | | | |
        |        | type         | name | label |
        |        | select_one x | a    | A     |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | 1    | ${b}  |
    """,
    ),
    "a reference that is open": (
        "bad-reference",
        """
        | survey | | | | |
        |        | type | name | label | relevant |
        |        | text | a    | A     |          |
        |        | text | b    | B     | ${a = 1  |
    """,
    ),
    "a reference with spaces": (
        "bad-reference",
        """
        | survey | | | | |
        |        | type | name | label | relevant    |
        |        | text | a    | A     |             |
        |        | text | b    | B     | ${ a } = 1  |
    """,
    ),
    "a reference to two questions": (
        "ambiguous-reference",
        """
        | survey | | | | |
        |        | type        | name | label | relevant |
        |        | begin group | g    | G     |          |
        |        | text        | a    | A     |          |
        |        | end group   |      |       |          |
        |        | text        | a    | A     |          |
        |        | text        | b    | B     | ${a} = 1 |
    """,
    ),
    "a calculation of nothing": (
        "no-calculation",
        """
        | survey | | | |
        |        | type      | name | label |
        |        | calculate | a    |       |
    """,
    ),
    "two names for one column": (
        "duplicate-column",
        """
        | survey | | | | |
        |        | type | name | relevant | relevance |
        |        | text | a    | 1        | 1         |
    """,
    ),
    "or_other with a filter": (
        "other-with-filter",
        """
        | survey | | | | |
        |        | type                  | name | label | choice_filter |
        |        | select_one x or_other | a    | A     | name = '1'    |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | 1    | One   |
    """,
    ),
    "parameters that cannot be read": (
        "parameters",
        """
        | survey | | | | |
        |        | type         | name | label | parameters |
        |        | select_one x | a    | A     | randomize  |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | 1    | One   |
    """,
    ),
    "an unknown parameter": (
        "parameters",
        """
        | survey | | | | |
        |        | type         | name | label | parameters  |
        |        | select_one x | a    | A     | random=true |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | 1    | One   |
    """,
    ),
    "randomize without true or false": (
        "parameters",
        """
        | survey | | | | |
        |        | type         | name | label | parameters      |
        |        | select_one x | a    | A     | randomize=maybe |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | 1    | One   |
    """,
    ),
    "a seed without an order": (
        "parameters",
        """
        | survey | | | | |
        |        | type         | name | label | parameters |
        |        | select_one x | a    | A     | seed=1     |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | 1    | One   |
    """,
    ),
    "a range without numbers": (
        "range",
        """
        | survey | | | | |
        |        | type  | name | label | parameters |
        |        | range | a    | A     | start=low  |
    """,
    ),
    "a range without steps": (
        "range",
        """
        | survey | | | | |
        |        | type  | name | label | parameters |
        |        | range | a    | A     | step=0     |
    """,
    ),
    "a step beyond the range": (
        "range",
        """
        | survey | | | | |
        |        | type  | name | label | parameters            |
        |        | range | a    | A     | start=1 end=3 step=20 |
    """,
    ),
    "ticks of no list": (
        "no-list",
        """
        | survey | | | | |
        |        | type  | name | label | parameters       |
        |        | range | a    | A     | tick_labelset=y  |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | 1    | One   |
    """,
    ),
    "rows of a text that are no number": (
        "parameters",
        """
        | survey | | | | |
        |        | type | name | label | parameters |
        |        | text | a    | A     | rows=many  |
    """,
    ),
    "a picture without a size": (
        "parameters",
        """
        | survey | | | | |
        |        | type  | name | label | parameters     |
        |        | image | a    | A     | max-pixels=big |
    """,
    ),
    "a table of two lists": (
        "table-list",
        """
        | survey | | | | |
        |        | type         | name | label | appearance |
        |        | begin group  | g    | G     | table-list |
        |        | select_one x | a    | A     |            |
        |        | select_one y | b    | B     |            |
        |        | end group    |      |       |            |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | 1    | One   |
        |         | y         | 2    | Two   |
    """,
    ),
    "a filter in a table": (
        "table-list",
        """
        | survey | | | | | |
        |        | type         | name | label | appearance | choice_filter |
        |        | begin group  | g    | G     | table-list |               |
        |        | select_one x | a    | A     |            | name = 1      |
        |        | end group    |      |       |            |               |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | 1    | One   |
    """,
    ),
    "a loop over nothing": (
        "loop-without-list",
        """
        | survey | | | |
        |        | type       | name | label |
        |        | begin loop | l    | L     |
        |        | text       | a    | A     |
        |        | end loop   |      |       |
    """,
    ),
    "a loop over no list": (
        "no-choices",
        """
        | survey | | | |
        |        | type              | name | label |
        |        | begin loop over x | l    | L     |
        |        | text              | a    | A     |
        |        | end loop          |      |       |
    """,
    ),
    "more entities than places": (
        "entities",
        """
        | survey | | | |
        |        | type | name | label |
        |        | text | a    | A     |
        | entities | | |
        |          | list_name | label |
        |          | trees     | T     |
        |          | shrubs    | S     |
    """,
    ),
    "a loop over choices that are no names": (
        "bad-name",
        """
        | survey | | | |
        |        | type              | name | label |
        |        | begin loop over x | l    | L     |
        |        | text              | a    | A     |
        |        | end loop          |      |       |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | 1 a  | One   |
    """,
    ),
    "a file of another kind": (
        "file-name",
        """
        | survey | | | |
        |        | type                       | name | label |
        |        | select_one_from_file x.pdf | a    | A     |
    """,
    ),
    "no external choices": (
        "no-list",
        """
        | survey | | | | |
        |        | type                  | name | label | choice_filter |
        |        | text                  | s    | S     |               |
        |        | select_one_external x | a    | A     | s = ${s}      |
    """,
    ),
    "an audit by another name": (
        "audit-name",
        """
        | survey | | | |
        |        | type  | name  | label |
        |        | audit | watch |       |
        |        | text  | a     | A     |
    """,
    ),
    "an audit of places without all it needs": (
        "parameters",
        """
        | survey | | | | |
        |        | type  | name  | label | parameters              |
        |        | audit | audit |       | location-priority=balanced |
        |        | text  | a     | A     |                         |
    """,
    ),
    "a trigger that is no name": (
        "trigger",
        """
        | survey | | | | | |
        |        | type      | name | label | trigger | calculation |
        |        | text      | a    | A     |         |             |
        |        | calculate | b    |       | a       | 1           |
    """,
    ),
    "a trigger that is not there": (
        "unknown-reference",
        """
        | survey | | | | | |
        |        | type      | name | label | trigger | calculation |
        |        | text      | a    | A     |         |             |
        |        | calculate | b    |       | ${c}    | 1           |
    """,
    ),
    "a name that or_other makes": (
        "duplicate-name",
        """
        | survey | | | |
        |        | type                  | name    | label |
        |        | select_one x or_other | a       | A     |
        |        | text                  | a_other | B     |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | 1    | One   |
    """,
    ),
    "one file under one name twice": (
        "duplicate-name",
        """
        | survey | | | |
        |        | type         | name | label |
        |        | csv-external | a    |       |
        |        | begin group  | g    | G     |
        |        | csv-external | a    |       |
        |        | text         | b    | B     |
        |        | end group    |      |       |
    """,
    ),
    "search with and without": (
        "search",
        """
        | survey | | | | |
        |        | type         | name | label | appearance  |
        |        | select_one x | a    | A     | search('f') |
        |        | select_one x | b    | B     |             |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | n    | L     |
    """,
    ),
    "save_to without entities": (
        "entities",
        """
        | survey | | | | |
        |        | type | name | label | save_to |
        |        | text | a    | A     | x       |
    """,
    ),
    "an entity without a label": (
        "entities",
        """
        | survey | | | |
        |        | type | name | label |
        |        | text | a    | A     |
        | entities | | |
        |          | dataset | create_if |
        |          | t       | ${a}      |
    """,
    ),
    "encryption without ids": (
        "settings",
        """
        | survey | | | |
        |        | type | name | label |
        |        | text | a    | A     |
        | settings | | |
        |          | public_key | omit_instanceID |
        |          | abc        | yes             |
    """,
    ),
}
