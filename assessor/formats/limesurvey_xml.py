"""Tables as a LimeSurvey structure file.

Written by hand rather than by an XML library, so that the bytes are the same everywhere: every
text is CDATA, as LimeSurvey itself writes it.
"""

import re
from collections.abc import Iterable, Sequence

from assessor.formats.limesurvey_archive import Line

DATABASE_VERSION = 605
"""The version of LimeSurvey's tables that is written: 6.x, with texts in tables of their own."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Table = tuple[str, Sequence[str], list[Line]]


def write_tables(languages: Iterable[str], tables: Iterable[Table]) -> bytes:
    """The document; `tables` are name, columns and rows, in the file's order."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<document>",
        " <LimeSurveyDocType>Survey</LimeSurveyDocType>",
        f" <DBVersion>{DATABASE_VERSION}</DBVersion>",
        " <languages>",
        *(f"  <language>{language}</language>" for language in languages),
        " </languages>",
    ]
    for name, columns, rows in tables:
        if not rows:
            continue
        lines += [f" <{name}>", "  <fields>"]
        lines += [f"   <fieldname>{column}</fieldname>" for column in columns]
        lines += ["  </fields>", "  <rows>"]
        for row in rows:
            lines.append("   <row>")
            lines += [f"    {_cell(column, row.get(column, ''))}" for column in columns]
            lines.append("   </row>")
        lines += ["  </rows>", f" </{name}>"]
    lines.append("</document>")
    return ("\n".join(lines) + "\n").encode()


def _cell(column: str, text: str) -> str:
    clean = _NOT_XML.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    if not clean:
        return f"<{column}/>"
    # The end of a CDATA section cannot stand inside it; it is split between two.
    return f"<{column}><![CDATA[{clean.replace(']]>', ']]]]><![CDATA[>')}]]></{column}>"
