"""Every question type of XLSForm, under all the names it has had, and what becomes of it here.

`reading` names the function of `xlsform_items.py` that makes an item of it; "lost" makes none.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class QuestionType:
    """`visible` types need words to show. `lost` says why there is no item of this type here."""

    name: str
    reading: str
    aliases: tuple[str, ...] = ()
    visible: bool = True
    lost: str = ""


_TRACE = (
    "It records something about the person or the device, which would break the promise that "
    "answers cannot be traced. Nothing of the kind is kept."
)
_PLACE = "Places on a map are not asked here. Ask for the place in words, or in a list."
_DEVICE = "It needs an app on the person's device; answers are given on a page here."
_OUTSIDE = "It reads a file beside the form. Add what is needed as options."


def _lost(name: str, *aliases: str, why: str, visible: bool = False) -> QuestionType:
    return QuestionType(name, "lost", aliases, visible, why)


TYPES: tuple[QuestionType, ...] = (
    QuestionType("text", "text", ("string", "q string", "add text prompt")),
    QuestionType("integer", "integer", ("int", "q int", "add integer prompt")),
    QuestionType("decimal", "decimal", ("q decimal", "add decimal prompt")),
    QuestionType("percentage", "percentage"),
    QuestionType("phone number", "phone"),
    QuestionType("number of days in last month", "days"),
    QuestionType("number of days in last six months", "days"),
    QuestionType("number of days in last year", "days"),
    QuestionType("range", "slider"),
    QuestionType("note", "note", ("q note", "add note prompt")),
    QuestionType("date", "date", ("q date", "add date prompt")),
    QuestionType("time", "time"),
    QuestionType(
        "dateTime",
        "datetime",
        ("datetime", "date time", "q date time", "q dateTime", "add date time prompt",
         "add dateTime prompt"),
    ),
    QuestionType(
        "image", "file", ("photo", "q image", "q picture", "add image prompt", "add photo prompt")
    ),
    QuestionType("audio", "file", ("q audio", "add audio prompt")),
    QuestionType("video", "file", ("q video", "add video prompt")),
    QuestionType("file", "file", ("add file prompt",)),
    QuestionType(
        "acknowledge", "consent", ("trigger", "q acknowledge", "add acknowledge prompt")
    ),
    QuestionType("hidden", "hidden", visible=False),
    QuestionType(
        "calculate", "calculate", ("q calculate", "add calculate prompt"), visible=False
    ),
    _lost("geopoint", "gps", "location", "q geopoint", "q location", "add location prompt",
          why=_PLACE, visible=True),
    _lost("geoshape", "q geoshape", why=_PLACE, visible=True),
    _lost("geotrace", "q geotrace", why=_PLACE, visible=True),
    _lost("osm", why=_PLACE, visible=True),
    _lost("barcode", "q barcode", "add barcode prompt", why=_DEVICE, visible=True),
    _lost("background-audio", why=_TRACE),
    _lost("start-geopoint", why=_TRACE),
    _lost("background-geopoint", why=_TRACE),
    _lost("start", "start time", "get start time", why=_TRACE),
    _lost("end", "end time", "get end time", why=_TRACE),
    _lost("today", "get today", why="The day of a response is kept anyway, and no time."),
    _lost("deviceid", "device id", "get device id", "imei", "uri:deviceid", why=_TRACE),
    _lost("subscriberid", "subscriber id", "get subscriber id", "uri:subscriberid", why=_TRACE),
    _lost("simserial", "sim id", "get sim id", "uri:simserial", why=_TRACE),
    _lost("phonenumber", "get phone number", "uri:phonenumber", why=_TRACE),
    _lost("username", "uri:username", why=_TRACE),
    _lost("email", "uri:email", why=_TRACE),
    _lost("audit", why=_TRACE),
    _lost("csv-external", why=_OUTSIDE),
    _lost("xml-external", why=_OUTSIDE),
)  # fmt: skip

BY_NAME: dict[str, QuestionType] = {name: row for row in TYPES for name in (row.name, *row.aliases)}

SELECTS = {
    "add select one prompt using": "one",
    "add select multiple prompt using": "multiple",
    "select all that apply from": "multiple",
    "select one from": "one",
    "select1": "one",
    "select_one": "one",
    "select one": "one",
    "select_multiple": "multiple",
    "select all that apply": "multiple",
    "select_one_external": "external",
    "select_one_from_file": "one",
    "select_multiple_from_file": "multiple",
    "select one from file": "one",
    "select multiple from file": "multiple",
    "rank": "rank",
}
FROM_FILE = frozenset(name for name in SELECTS if name.replace("_", " ").endswith("from file"))
_CONTROLS = {
    "group": "group",
    "lgroup": "repeat",
    "repeat": "repeat",
    "loop": "loop",
    "looped group": "repeat",
}
_BEGIN = re.compile(rf"^begin(?:\s|_)(?P<type>{'|'.join(_CONTROLS)})(?: (?:over )?(?P<list>\S+))?$")
_END = re.compile(rf"^end(?:\s|_)(?P<type>{'|'.join(_CONTROLS)})$")
_SELECT = re.compile(
    rf"^(?P<command>{'|'.join(SELECTS)}) (?P<list>\S+)"
    r"(?: (?P<other>or specify other|or_other|or other))?$"
)
SETTINGS_TYPES = frozenset(["form_title", "set_form_title", "form_id", "set_form_id", "prefix"])
"""What may stand as a type in the survey sheet and sets something about the form."""


@dataclass(frozen=True)
class Read:
    """What a cell of the type column says: a question, a choice, or the begin or end of a group."""

    what: str
    question: QuestionType | None = None
    select: str = ""
    command: str = ""
    list_name: str = ""
    other: bool = False
    control: str = ""


def read_type(text: str) -> Read | None:
    """What the type says; None where XLSForm has no such type."""
    if begin := _BEGIN.match(text):
        return Read("begin", control=_CONTROLS[begin["type"]], list_name=begin["list"] or "")
    if end := _END.match(text):
        return Read("end", control=_CONTROLS[end["type"]])
    if select := _SELECT.match(text):
        command = select["command"]
        return Read(
            "select",
            select=SELECTS[command],
            command=command,
            list_name=select["list"],
            other=bool(select["other"]),
        )
    if text in BY_NAME:
        return Read("question", question=BY_NAME[text])
    if re.match(r"^osm \S+$", text):
        return Read("question", question=BY_NAME["osm"])
    return None
