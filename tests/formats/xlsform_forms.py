"""Small forms as markdown tables, each with whether XLSForm's reference converter takes it."""

ACCEPTED: dict[str, str] = {
    "one question": """
        | survey | | | |
        |        | type | name | label |
        |        | text | a    | A     |
    """,
    "aliases of types": """
        | survey | | | |
        |        | type              | name | label |
        |        | string            | a    | A     |
        |        | int               | b    | B     |
        |        | q date            | c    | C     |
        |        | add note prompt   | d    | D     |
        |        | photo             | e    | E     |
        |        | phone number      | f    | F     |
        |        | percentage        | g    | G     |
        |        | number of days in last month | h | H |
        |        | datetime          | i    | I     |
        |        | gps               | j    | J     |
    """,
    "aliases of choices": """
        | survey | | | |
        |        | type                                      | name | label |
        |        | select one from x                         | a    | A     |
        |        | select all that apply from x or specify other | b | B    |
        |        | select1 x                                 | c    | C     |
        |        | select_multiple x or_other                | d    | D     |
        |        | add select one prompt using x             | e    | E     |
        |        | rank x                                    | f    | F     |
        | choices | | | |
        |        | list name | name | label |
        |        | x         | 1    | One   |
        |        | x         | 2    | Two   |
    """,
    "columns in any case": """
        | survey | | | | |
        |        | TYPE | Name | Label | Constraint Message |
        |        | text | a    | A     | No                 |
    """,
    "languages": """
        | survey | | | | |
        |        | type         | name | label::English (en) | label::French (fr) |
        |        | select_one x | a    | A                   | Ah                 |
        | choices | | | | |
        |        | list_name | name | label::English (en) | label::French (fr) |
        |        | x         | 1    | One                 | Un                 |
    """,
    "old languages": """
        | survey | | | |
        |        | type | name | caption:English |
        |        | text | a    | A               |
    """,
    "groups": """
        | survey | | | | | |
        |        | type        | name | label | appearance | relevant  |
        |        | begin group | g    | G     | field-list |           |
        |        | integer     | a    | A     |            |           |
        |        | begin_group | h    |       |            | ${a} > 3  |
        |        | text        | b    | B     |            |           |
        |        | end_group   |      |       |            |           |
        |        | end group   |      |       |            |           |
    """,
    "the same name in two groups": """
        | survey | | | |
        |        | type        | name | label |
        |        | begin group | g    | G     |
        |        | text        | a    | A     |
        |        | end group   |      |       |
        |        | text        | a    | A     |
    """,
    "a repeat": """
        | survey | | | | |
        |        | type         | name | label | repeat_count |
        |        | begin repeat | r    | R     | 3            |
        |        | text         | a    | A     |              |
        |        | end repeat   |      |       |              |
    """,
    "a loop": """
        | survey | | | |
        |        | type              | name | label          |
        |        | begin loop over x | l    | L              |
        |        | integer           | n    | How %(label)s? |
        |        | end loop          |      |                |
        | choices | | | |
        |        | list_name | name | label |
        |        | x         | b    | big   |
    """,
    "a range": """
        | survey | | | | |
        |        | type  | name | label | parameters         |
        |        | range | a    | A     | start=0 end=5 step=1 |
        |        | range | b    | B     |                    |
        |        | range | c    | C     | start=0.5, end=5.0; step=0.5 |
    """,
    "ticks of a range": """
        | survey | | | | |
        |        | type  | name | label | parameters                                  |
        |        | range | a    | A     | start=0 end=4 tick_interval=2 tick_labelset=x |
        | choices | | | |
        |        | list_name | name | label |
        |        | x         | 0    | No    |
        |        | x         | 4    | Yes   |
    """,
    "a calculation": """
        | survey | | | | |
        |        | type      | name | label | calculation |
        |        | integer   | a    | A     |             |
        |        | calculate | b    |       | ${a} * 2    |
    """,
    "a calculation by default": """
        | survey | | | | |
        |        | type      | name | label | default |
        |        | calculate | b    |       | 1 + 1   |
        |        | text      | a    | A     |         |
    """,
    "a choice filter": """
        | survey | | | | |
        |        | type         | name | label | choice_filter  |
        |        | select_one x | a    | A     |                |
        |        | select_one y | b    | B     | x = ${a}       |
        | choices | | | | |
        |        | list_name | name | label | x |
        |        | x         | 1    | One   |   |
        |        | y         | 11   | Here  | 1 |
    """,
    "random order": """
        | survey | | | | |
        |        | type         | name | label | parameters              |
        |        | select_one x | a    | A     | randomize=true seed=42  |
        | choices | | | |
        |        | list_name | name | label |
        |        | x         | 1    | One   |
    """,
    "a table": """
        | survey | | | | |
        |        | type         | name | label | appearance |
        |        | begin group  | g    | G     | table-list |
        |        | select_one x | a    | A     |            |
        |        | select_one x | b    | B     |            |
        |        | end group    |      |       |            |
        | choices | | | |
        |        | list_name | name | label |
        |        | x         | 1    | One   |
        |        | x         | 2    | Two   |
    """,
    "metadata beside a question": """
        | survey | | | |
        |        | type     | name     | label |
        |        | start    | start    |       |
        |        | deviceid | deviceid |       |
        |        | audit    |          |       |
        |        | text     | a        | A     |
    """,
    "a disabled row": """
        | survey | | | | |
        |        | type | name | label | disabled |
        |        | text | a    | A     |          |
        |        | foo  | b    | B     | yes      |
    """,
    "a remark": """
        | survey | | | | |
        |        | type | name | label | remark     |
        |        |      |      |       | Read this! |
        |        | text | a    | A     |            |
    """,
    "duplicate choices that are meant": """
        | survey | | | |
        |        | type         | name | label |
        |        | select_one x | a    | A     |
        | choices | | | |
        |        | list_name | name | label |
        |        | x         | 1    | One   |
        |        | x         | 1    | Uno   |
        | settings | |
        |          | allow_choice_duplicates |
        |          | yes                     |
    """,
    "a choice from a file": """
        | survey | | | |
        |        | type                         | name | label |
        |        | select_one_from_file x.csv   | a    | A     |
        |        | text                         | b    | B     |
    """,
    "an external choice": """
        | survey | | | | |
        |        | type                  | name | label | choice_filter |
        |        | text                  | s    | S     |               |
        |        | select_one_external x | a    | A     | s = ${s}      |
        | external_choices | | | | |
        |        | list_name | name | label | s |
        |        | x         | 1    | One   | n |
    """,
    "a note without a name": """
        | survey | | | |
        |        | type | name | label |
        |        | note |      | Hello |
        |        | text | a    | A     |
    """,
    "a hint instead of a label": """
        | survey | | | |
        |        | type | name | hint  |
        |        | text | a    | Which |
    """,
    "a trigger": """
        | survey | | | | | |
        |        | type      | name | label | trigger | calculation |
        |        | text      | a    | A     |         |             |
        |        | calculate | b    |       | ${a}    | now()       |
    """,
    "an unknown column": """
        | survey | | | | |
        |        | type | name | label | whatever |
        |        | text | a    | A     | x        |
    """,
    "only one sheet, called otherwise": """
        | form | | | |
        |      | type | name | label |
        |      | text | a    | A     |
    """,
    "a title in the survey sheet": """
        | survey | | | |
        |        | type       | name  | label |
        |        | form_title | Title |       |
        |        | text       | a     | A     |
    """,
    "required and read-only in many words": """
        | survey | | | | | |
        |        | type | name | label | required | read_only |
        |        | text | a    | A     | yes      | no        |
        |        | text | b    | B     | true()   |           |
        |        | text | c    | C     | TRUE     |           |
        |        | text | d    | D     | ${a} = 1 |           |
    """,
    "the id of the response": """
        | survey | | | | |
        |        | type | name | label | relevant           |
        |        | text | a    | A     | ${instanceID} != '' |
    """,
}

REFUSED: dict[str, tuple[str, str]] = {
    "no survey sheet": ("no-survey", """
        | surveys | | | |
        |         | type | name | label |
        |         | text | a    | A     |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | 1    | One   |
    """),
    "no type column": ("no-type-column", """
        | survey | | |
        |        | name | label |
        |        | a    | A     |
    """),
    "unknown type": ("unknown-type", """
        | survey | | | |
        |        | type | name | label |
        |        | tekst | a   | A     |
    """),
    "type in capitals": ("unknown-type", """
        | survey | | | |
        |        | type | name | label |
        |        | Text | a    | A     |
    """),
    "a choice without a list": ("unknown-type", """
        | survey | | | |
        |        | type       | name | label |
        |        | select_one | a    | A     |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | 1    | One   |
    """),
    "a list of two words": ("unknown-type", """
        | survey | | | |
        |        | type           | name | label |
        |        | select_one x y | a    | A     |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | 1    | One   |
    """),
    "include": ("include", """
        | survey | | | |
        |        | type    | name | label |
        |        | include | a    | A     |
    """),
    "no type": ("no-type", """
        | survey | | | |
        |        | type | name | label |
        |        |      | a    | A     |
    """),
    "no name": ("no-name", """
        | survey | | | |
        |        | type | name | label |
        |        | text |      | A     |
    """),
    "a group without a name": ("no-name", """
        | survey | | | |
        |        | type        | name | label |
        |        | begin group |      | G     |
        |        | text        | a    | A     |
        |        | end group   |      |       |
    """),
    "a bad name": ("bad-name", """
        | survey | | | |
        |        | type | name  | label |
        |        | text | 1 a   | A     |
    """),
    "a bad name of the form": ("bad-name", """
        | survey | | | |
        |        | type | name | label |
        |        | text | a    | A     |
        | settings | |
        |          | name  |
        |          | a b   |
    """),
    "no label": ("no-label", """
        | survey | | | |
        |        | type | name | label |
        |        | text | a    |       |
    """),
    "duplicate names": ("duplicate-name", """
        | survey | | | |
        |        | type | name | label |
        |        | text | a    | A     |
        |        | text | a    | A     |
    """),
    "a question called meta": ("duplicate-name", """
        | survey | | | |
        |        | type | name | label |
        |        | text | meta | A     |
    """),
    "a repeat called as the form": ("duplicate-name", """
        | survey | | | |
        |        | type         | name | label |
        |        | begin repeat | data | D     |
        |        | text         | a    | A     |
        |        | end repeat   |      |       |
    """),
    "two repeats of one name": ("duplicate-name", """
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
    """),
    "no choices": ("no-choices", """
        | survey | | | |
        |        | type         | name | label |
        |        | select_one x | a    | A     |
    """),
    "no such list": ("no-list", """
        | survey | | | |
        |        | type             | name | label |
        |        | select_one fruit | a    | A     |
        | choices | | | |
        |         | list_name | name | label |
        |         | fruits    | 1    | One   |
    """),
    "choices without a name column": ("no-name-column", """
        | survey | | | |
        |        | type         | name | label |
        |        | select_one x | a    | A     |
        | choices | | |
        |         | list_name | label |
        |         | x         | One   |
    """),
    "a choice without a name": ("choice-without-name", """
        | survey | | | |
        |        | type         | name | label |
        |        | select_one x | a    | A     |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         |      | One   |
        |         | x         | 2    | Two   |
    """),
    "duplicate choices": ("duplicate-choice", """
        | survey | | | |
        |        | type         | name | label |
        |        | select_one x | a    | A     |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | 1    | One   |
        |         | x         | 1    | Uno   |
    """),
    "spaces in the names of choices": ("choice-with-space", """
        | survey | | | |
        |        | type              | name | label |
        |        | select_multiple x | a    | A     |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | a b  | One   |
    """),
    "an end too many": ("unmatched-end", """
        | survey | | | |
        |        | type      | name | label |
        |        | text      | a    | A     |
        |        | end group |      |       |
    """),
    "an end of another kind": ("unmatched-end", """
        | survey | | | |
        |        | type        | name | label |
        |        | begin group | g    | G     |
        |        | text        | a    | A     |
        |        | end repeat  |      |       |
    """),
    "an end too few": ("unmatched-begin", """
        | survey | | | |
        |        | type        | name | label |
        |        | begin group | g    | G     |
        |        | text        | a    | A     |
    """),
    "an unknown reference": ("unknown-reference", """
        | survey | | | | |
        |        | type | name | label | relevant  |
        |        | text | a    | A     | ${b} = 1  |
    """),
    "an unknown reference in a label": ("unknown-reference", """
        | survey | | | |
        |        | type | name | label    |
        |        | text | a    | Hi ${b}! |
    """),
    "an unknown reference in a choice": ("unknown-reference", """
        | survey | | | |
        |        | type         | name | label |
        |        | select_one x | a    | A     |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | 1    | ${b}  |
    """),
    "a reference that is open": ("bad-reference", """
        | survey | | | | |
        |        | type | name | label | relevant |
        |        | text | a    | A     |          |
        |        | text | b    | B     | ${a = 1  |
    """),
    "a reference with spaces": ("bad-reference", """
        | survey | | | | |
        |        | type | name | label | relevant    |
        |        | text | a    | A     |             |
        |        | text | b    | B     | ${ a } = 1  |
    """),
    "a reference to two questions": ("ambiguous-reference", """
        | survey | | | | |
        |        | type        | name | label | relevant |
        |        | begin group | g    | G     |          |
        |        | text        | a    | A     |          |
        |        | end group   |      |       |          |
        |        | text        | a    | A     |          |
        |        | text        | b    | B     | ${a} = 1 |
    """),
    "a calculation of nothing": ("no-calculation", """
        | survey | | | |
        |        | type      | name | label |
        |        | calculate | a    |       |
    """),
    "two names for one column": ("duplicate-column", """
        | survey | | | | |
        |        | type | name | relevant | relevance |
        |        | text | a    | 1        | 1         |
    """),
    "or_other with a filter": ("other-with-filter", """
        | survey | | | | |
        |        | type                  | name | label | choice_filter |
        |        | select_one x or_other | a    | A     | name = '1'    |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | 1    | One   |
    """),
    "parameters that cannot be read": ("parameters", """
        | survey | | | | |
        |        | type         | name | label | parameters |
        |        | select_one x | a    | A     | randomize  |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | 1    | One   |
    """),
    "an unknown parameter": ("parameters", """
        | survey | | | | |
        |        | type         | name | label | parameters  |
        |        | select_one x | a    | A     | random=true |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | 1    | One   |
    """),
    "randomize without true or false": ("parameters", """
        | survey | | | | |
        |        | type         | name | label | parameters      |
        |        | select_one x | a    | A     | randomize=maybe |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | 1    | One   |
    """),
    "a seed without an order": ("parameters", """
        | survey | | | | |
        |        | type         | name | label | parameters |
        |        | select_one x | a    | A     | seed=1     |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | 1    | One   |
    """),
    "a range without numbers": ("range", """
        | survey | | | | |
        |        | type  | name | label | parameters |
        |        | range | a    | A     | start=low  |
    """),
    "a range without steps": ("range", """
        | survey | | | | |
        |        | type  | name | label | parameters |
        |        | range | a    | A     | step=0     |
    """),
    "a step beyond the range": ("range", """
        | survey | | | | |
        |        | type  | name | label | parameters            |
        |        | range | a    | A     | start=1 end=3 step=20 |
    """),
    "ticks of no list": ("no-list", """
        | survey | | | | |
        |        | type  | name | label | parameters       |
        |        | range | a    | A     | tick_labelset=y  |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | 1    | One   |
    """),
    "rows of a text that are no number": ("parameters", """
        | survey | | | | |
        |        | type | name | label | parameters |
        |        | text | a    | A     | rows=many  |
    """),
    "a picture without a size": ("parameters", """
        | survey | | | | |
        |        | type  | name | label | parameters     |
        |        | image | a    | A     | max-pixels=big |
    """),
    "a table of two lists": ("table-list", """
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
    """),
    "a filter in a table": ("table-list", """
        | survey | | | | | |
        |        | type         | name | label | appearance | choice_filter |
        |        | begin group  | g    | G     | table-list |               |
        |        | select_one x | a    | A     |            | name = 1      |
        |        | end group    |      |       |            |               |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | 1    | One   |
    """),
    "a loop over nothing": ("loop-without-list", """
        | survey | | | |
        |        | type       | name | label |
        |        | begin loop | l    | L     |
        |        | text       | a    | A     |
        |        | end loop   |      |       |
    """),
    "a loop over no list": ("no-choices", """
        | survey | | | |
        |        | type              | name | label |
        |        | begin loop over x | l    | L     |
        |        | text              | a    | A     |
        |        | end loop          |      |       |
    """),
    "a file of another kind": ("file-name", """
        | survey | | | |
        |        | type                       | name | label |
        |        | select_one_from_file x.pdf | a    | A     |
    """),
    "no external choices": ("no-list", """
        | survey | | | | |
        |        | type                  | name | label | choice_filter |
        |        | text                  | s    | S     |               |
        |        | select_one_external x | a    | A     | s = ${s}      |
    """),
    "an audit by another name": ("audit-name", """
        | survey | | | |
        |        | type  | name  | label |
        |        | audit | watch |       |
        |        | text  | a     | A     |
    """),
    "an audit of places without all it needs": ("parameters", """
        | survey | | | | |
        |        | type  | name  | label | parameters              |
        |        | audit | audit |       | location-priority=balanced |
        |        | text  | a     | A     |                         |
    """),
    "a trigger that is no name": ("trigger", """
        | survey | | | | | |
        |        | type      | name | label | trigger | calculation |
        |        | text      | a    | A     |         |             |
        |        | calculate | b    |       | a       | 1           |
    """),
    "a trigger that is not there": ("unknown-reference", """
        | survey | | | | | |
        |        | type      | name | label | trigger | calculation |
        |        | text      | a    | A     |         |             |
        |        | calculate | b    |       | ${c}    | 1           |
    """),
    "a name that or_other makes": ("duplicate-name", """
        | survey | | | |
        |        | type                  | name    | label |
        |        | select_one x or_other | a       | A     |
        |        | text                  | a_other | B     |
        | choices | | | |
        |         | list_name | name | label |
        |         | x         | 1    | One   |
    """),
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
    "encryption without ids": ("settings", """
        | survey | | | |
        |        | type | name | label |
        |        | text | a    | A     |
        | settings | | |
        |          | public_key | omit_instanceID |
        |          | abc        | yes             |
    """),
}  # fmt: skip
