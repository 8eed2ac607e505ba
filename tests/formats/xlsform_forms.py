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
