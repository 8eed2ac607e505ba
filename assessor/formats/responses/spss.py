"""A table of responses from a file of SPSS, read where it can do no harm."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from assessor.domain.problems import Checked, failed
from assessor.formats.csv_text import LARGEST_FILE
from assessor.formats.responses.table import (
    MOST_COLUMNS,
    MOST_ROWS,
    ForeignTable,
    problem,
    too_many_rows,
)

PATIENCE = 300
"""Seconds after which a file is given up."""


def read_spss(data: bytes, name: str) -> Checked[ForeignTable]:
    """A file of SPSS. Values stay values; their labels and what counts as missing come along.

    It is read by a process of its own (`spss_process.py`): a damaged file can bring down the
    library that reads it, and with it whoever else the site is answering. The bytes lie in a folder
    that is gone afterwards.
    """
    if len(data) > LARGEST_FILE:
        message = f"The file is larger than {LARGEST_FILE // 10**6} MB. Split it by wave."
        return failed(problem("responses.too-large", message, name))
    with tempfile.TemporaryDirectory(prefix="assessor-") as folder:
        path = Path(folder) / "responses.sav"
        path.write_bytes(data)
        told = _process(path)
    if told is None or "wrong" in told:
        why = told["wrong"] if told else "it is damaged"
        message = (
            f"The file cannot be read as one of SPSS ({why}). Save it again as .sav, or as CSV."
        )
        return failed(problem("responses.sav", message, name))
    if told["too_many"] == "columns":
        message = f"The file has more than {MOST_COLUMNS:,} columns. Export the ones you need."
        return failed(problem("responses.too-many-columns", message, name))
    if told["too_many"] == "rows":
        return failed(too_many_rows(name, MOST_ROWS))
    rows = tuple(zip(*told["columns"], strict=True))
    return Checked(
        ForeignTable(
            name,
            tuple(told["headers"]),
            rows,
            tuple(range(1, len(rows) + 1)),
            told["labels"],
            told["values"],
            {header: tuple(values) for header, values in told["missing"].items()},
            "sav",
        )
    )


def _process(path: Path) -> dict[str, Any] | None:
    """What the other process tells of the file; None where it ended without a word."""
    command = [sys.executable, "-m", "assessor.formats.responses.spss_process", str(path)]
    try:
        ended = subprocess.run(
            [*command, str(MOST_COLUMNS), str(MOST_ROWS)],
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    return json.loads(ended.stdout) if ended.returncode == 0 else None
