"""What is wrong with a YAML file before it says anything: bytes, letters, quotes, indentation."""

from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.reader import ReaderError

from assessor.domain.problems import Problem

LARGEST_FILE = 5_000_000


class StopReading(Exception):  # noqa: N818  it stops, it is no error of ours
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def yaml_problem(
    code: str, message: str, name: str, line: int | None = None, where: str = ""
) -> Problem:
    return Problem(code=code, where=where, message=message, line=line, file=name)


def decode_text(data: bytes, name: str) -> tuple[str | None, Problem | None]:
    """The file's text, or why it is none: too large, empty, binary, or not UTF-8."""
    if len(data) > LARGEST_FILE:
        return None, yaml_problem(
            "yaml.too-large",
            f"The file has {len(data) / 1e6:,.0f} MB; at most {LARGEST_FILE / 1e6:.0f} MB can be "
            "read. Split it, or check that it is the right file.",
            name,
        )
    if not data.strip():
        return None, yaml_problem(
            "yaml.empty", "The file is empty. Write its content or remove it.", name
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, yaml_problem(
            "yaml.encoding", "The file is in UTF-16. Save it again as UTF-8.", name, 1
        )
    if b"\x00" in data:
        return None, yaml_problem(
            "yaml.binary",
            "This is a binary file and not text. Choose the YAML file itself, as plain text.",
            name,
        )
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError as error:
        return None, yaml_problem(
            "yaml.encoding",
            "A letter on this line is not written in UTF-8. Save the file again with the "
            "encoding UTF-8.",
            name,
            data.count(b"\n", 0, error.start) + 1,
        )


_PLAIN_WORDS = (
    ("cannot start any token", "A value cannot start with this character. Put it in quotes."),
    (
        "mapping values are not allowed here",
        "A second colon stands where only one can. Put a text that holds a colon in quotes, or "
        "check the indentation.",
    ),
    (
        "could not find expected ':'",
        "A colon is missing after a name. Write `name: value`.",
    ),
    (
        "expected <block end>",
        "The indentation does not fit the lines above. Indent entries of one list or one group "
        "by the same number of spaces.",
    ),
    ("unexpected end of stream", "A quotation mark is opened and never closed. Close it."),
    ("expected ',' or", "A comma or a closing bracket is missing. Add it."),
    ("found undefined tag handle", "Text that starts with ! must be in quotes."),
    ("unknown escape character", "Inside “double quotes” a \\ must be written \\\\."),
)


def syntax_problems(error: Exception, text: str, name: str) -> tuple[Problem, ...]:
    tabs = [
        number
        for number, line in enumerate(text.splitlines(), 1)
        if "\t" in line[: len(line) - len(line.lstrip())]
    ]
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 1 if mark is not None else None
    said = str(getattr(error, "problem", None) or error)
    if tabs and ("\\t" in said or line is None or min(abs(line - tab) for tab in tabs) <= 1):
        return tuple(
            yaml_problem(
                "yaml.tab",
                "This line is indented with a tab. Replace it by spaces.",
                name,
                number,
            )
            for number in tabs[:20]
        )
    if isinstance(error, ReaderError):
        at = min(int(getattr(error, "position", 0)), len(text))
        return (
            yaml_problem(
                "yaml.character",
                "A character on this line is a control character and cannot stand in a text "
                "file. Delete it and type the text again.",
                name,
                text.count("\n", 0, at) + 1,
            ),
        )
    plain = next((words for sign, words in _PLAIN_WORDS if sign in said), None)
    if plain is None:
        first = said.strip().splitlines()[0] if said.strip() else "it is not complete"
        plain = f"This is not YAML ({first}). Check indentation, quotes and colons."
    if isinstance(error, MarkedYAMLError) and "end of stream" in said and error.context_mark:
        line = error.context_mark.line + 1
    return (yaml_problem("yaml.syntax", plain, name, line),)
