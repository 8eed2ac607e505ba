"""The words plans use for their own parts.

Nothing here decides the structure of a plan. The words are one kind of evidence beside numbering,
indentation, headings and repetition, and they give a level its name.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

# Rank orders levels only where a document itself shows no order: 1 stands above 6.
_LEVELS: dict[str, tuple[int, tuple[str, ...]]] = {
    "value": (1, ("values",)),
    "principle": (1, ("principles",)),
    "theme": (1, ("themes",)),
    "pillar": (1, ("pillars",)),
    "direction": (1, ("directions",)),
    "priority": (1, ("priorities",)),
    "imperative": (1, ("imperatives",)),
    "ambition": (1, ("ambitions",)),
    "focus area": (1, ("focus areas",)),
    "area of focus": (1, ("areas of focus",)),
    "focus": (1, ("focuses", "foci")),
    "action area": (1, ("action areas",)),
    "priority area": (1, ("priority areas",)),
    "goal area": (1, ("goal areas",)),
    "result area": (1, ("result areas",)),
    "area": (1, ("areas",)),
    "cornerstone": (1, ("cornerstones",)),
    "driver": (1, ("drivers",)),
    "strand": (1, ("strands",)),
    "dimension": (1, ("dimensions",)),
    "domain": (1, ("domains",)),
    "enabler": (1, ("enablers",)),
    "foundation": (1, ("foundations",)),
    "goal": (2, ("goals",)),
    "aim": (2, ("aims",)),
    "aspiration": (2, ("aspirations",)),
    "intention": (2, ("intentions",)),
    "promise": (2, ("promises",)),
    "commitment": (3, ("commitments",)),
    "objective": (3, ("objectives",)),
    "outcome": (3, ("outcomes",)),
    "result": (3, ("results",)),
    "recommendation": (3, ("recommendations",)),
    "strategy": (4, ("strategies",)),
    "approach": (4, ("approaches",)),
    "initiative": (4, ("initiatives",)),
    "programme": (4, ("programmes",)),
    "workstream": (4, ("workstreams",)),
    "project": (4, ("projects",)),
    "action": (5, ("actions",)),
    "action item": (5, ("action items",)),
    "action step": (5, ("action steps",)),
    "step": (5, ("steps",)),
    "tactic": (5, ("tactics",)),
    "activity": (5, ("activities",)),
    "task": (5, ("tasks",)),
    "deliverable": (5, ("deliverables",)),
    "output": (5, ("outputs",)),
    "key result": (5, ("key results",)),
    "milestone": (5, ("milestones",)),
    "goal statement": (2, ("goal statements",)),
    "target": (6, ("targets",)),
    "measure": (6, ("measures", "measure of success", "measures of success")),
    "metric": (6, ("metrics",)),
    "indicator": (6, ("indicators", "indicators of success")),
    "key performance indicator": (6, ("key performance indicators",)),
    "kpi": (6, ("kpis", "kpi's")),
    # German
    "handlungsfeld": (1, ("handlungsfelder",)),
    "schwerpunkt": (1, ("schwerpunkte",)),
    "leitlinie": (1, ("leitlinien",)),
    "wert": (1, ("werte",)),
    "leitziel": (2, ("leitziele",)),
    "ziel": (2, ("ziele",)),
    "teilziel": (3, ("teilziele",)),
    "strategie": (4, ("strategien",)),
    "maßnahme": (5, ("maßnahmen", "massnahme", "massnahmen")),
    "kennzahl": (6, ("kennzahlen",)),
    # French
    "axe": (1, ("axes",)),
    "orientation": (1, ("orientations",)),
    "priorité": (1, ("priorités",)),
    "valeur": (1, ("valeurs",)),
    "objectif": (2, ("objectifs",)),
    "mesure": (5, ("mesures",)),
    "indicateur": (6, ("indicateurs",)),
    # Spanish
    "eje": (1, ("ejes",)),
    "línea": (1, ("líneas", "linea", "lineas")),
    "prioridad": (1, ("prioridades",)),
    "valor": (1, ("valores",)),
    "objetivo": (2, ("objetivos",)),
    "meta": (2, ("metas",)),
    "estrategia": (4, ("estrategias",)),
    "iniciativa": (4, ("iniciativas",)),
    "acción": (5, ("acciones", "accion")),
    "indicador": (6, ("indicadores",)),
}

VALUE_LEVELS = frozenset({"value", "principle", "wert", "valeur", "valor"})

# Words that stand before or after a level's noun and do not name another level.
_MODIFIERS = frozenset(
    """strategic strategical key core our the main major overarching overall annual organizational
    organisational institutional guiding high-level long-term short-term medium-term mid-term
    central broad primary supporting specific proposed planned desired expected intended library
    libraries library's libraries' university college departmental shared critical essential
    fundamental current new top big related associated corresponding performance success smart
    operational unsere unser die strategische strategischen strategisches strategischer nos notre
    les stratégique stratégiques nuestros nuestras los las estratégico estratégicos estratégica
    estratégicas enabling cross-cutting these those their its institution's suggested specific""".split()  # noqa: E501
)
# Adjectives that follow the noun in French and Spanish.
_AFTER = frozenset(
    "stratégique stratégiques estratégico estratégicos estratégica estratégicas générales".split()
)

ORDINAL_WORDS = {
    **dict(
        zip(
            "one two three four five six seven eight nine ten eleven twelve".split(),
            range(1, 13),
            strict=True,
        )
    ),
    **dict(
        zip(
            "first second third fourth fifth sixth seventh eighth ninth tenth".split(),
            range(1, 11),
            strict=True,
        )
    ),
}
CARDINALS = frozenset("one two three four five six seven eight nine ten eleven twelve".split())
ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth".split())

STATEMENT_KINDS = {
    "mission": "mission",
    "vision": "vision",
    "purpose": "purpose",
    "mandate": "mandate",
    "motto": "motto",
    "philosophy": "philosophy",
    "leitbild": "vision",
    "misión": "mission",
    "visión": "vision",
    "auftrag": "mission",
    "missionsstatement": "mission",
}

# Sections that tell about the plan or the library and hold nothing to score.
_ASIDE = re.compile(
    r"^(?:\W*)(?:table of contents|contents|inhalt|sommaire|índice|introduction|einleitung|introducción|"  # noqa: E501
    r"background|foreword|preface|preamble|acknowledge?ments?|thanks|appendix\b.*|annex\b.*|"
    r"about(?: (?:us|this|the|our)\b.*)?|history|our history|our story|overview|(?:plan |executive )?summary|"  # noqa: E501
    r"executive summary|message from\b.*|a message\b.*|letter from\b.*|a letter\b.*|"
    r"a? ?(?:note|word|welcome) from\b.*|welcome|from the (?:director|librarian|dean|president|chair|board)\b.*|(?:the |our )?(?:strategic )?planning(?: (?:process|team|committee|group|approach|context|timeline|participants)\b.*)?|"  # noqa: E501
    r"(?:the |our )?process|methodology|methods?|how (?:we|this|the) (?:plan|developed|created|got|wrote|chose|made|built|arrived|came|drew|prepared)\b.*|"  # noqa: E501
    r".*\bcommittee|.*\btask force|.*\bteam members|members|.*\bmemberships?|participants|contributors|"  # noqa: E501
    r"contact(?: us| information| details)?|references|glossary|bibliography|notes|endnotes|footnotes|sources|further reading|"  # noqa: E501
    r"annual reports?|.*\borgani[sz]ation(?:al)? chart|.*\belection|surveys?(?: (?:&|and) \w+)?|"
    r"swot\b.*|strengths|weaknesses|opportunities|threats|environmental scan|.*\bdemographics|"
    r"conclusion|closing|next steps|what happens next|what(?:'|’)s next|news(?: (?:&|and) events)?|events|by the numbers|(?:our |recent )?highlights|budget|financial summary|photo credits|looking (?:ahead|back|forward)|staff(?: list)?|.*\bboard of trustees|"  # noqa: E501
    r"board of directors|stakeholders?|stakeholder engagement|who we are|what we (?:heard|learned)|"
    r"our community|community profile|key findings|findings|feedback|definitions|related (?:links|pages|documents)|"  # noqa: E501
    r"quick links|links|accomplishments|.*\bachievements|key facts|facts and figures|at a glance|resources|"  # noqa: E501
    r"rationale|why (?:this|it) matters|why|implementation(?: and review)?|monitoring(?: and (?:review|evaluation))?|review(?:ing)?(?: and .*)?|"  # noqa: E501
    r"reporting|evaluation|governance|assumptions|scope|how we will (?:deliver|implement|report).*|delivering (?:the|this|our) (?:plan|strategy))(?:\W*)$",  # noqa: E501
    re.IGNORECASE,
)

_DATED = re.compile(r"(?<=\w)[,:]?\s+\(?(?:19|20)\d\d(?:\s*[–—/-]\s*(?:20)?\d\d)?\)?$")

# A heading in the form of a sentence that announces a list, and the level the list has.
PHRASE_LEVELS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^context$", re.IGNORECASE), "context point"),
    (re.compile(r"^(?:our |the )?purposes$", re.IGNORECASE), "purpose"),
    (
        re.compile(
            r"^(?:what (?:we(?:'|’)ll|we will|will we|we(?: are)? going to|are we going to) do|what we do|what will be done|what we plan to do|how (?:we(?:'|’)ll|we will|will we) (?:get there|do (?:it|this|that)|achieve (?:it|this|that)|make (?:it|this) happen))(?: by 20\d\d)?\W*$",  # noqa: E501
            re.IGNORECASE,
        ),
        "commitment",
    ),
    (
        re.compile(
            r"^(?:what success (?:will )?looks? like|what will success look like|success (?:will )?looks? like)\W*$",  # noqa: E501
            re.IGNORECASE,
        ),
        "outcome",
    ),
    (
        re.compile(
            r"^(?:how (?:will we|we will|we(?:'|’)ll) (?:know|measure)\b.{0,40}|"
            r"(?:we|you)(?:'|’)?(?: wi)?ll know .{0,40}(?:when|if|by|because))\W*$",
            re.IGNORECASE,
        ),
        "measure",
    ),
)

# Columns of a plan table that say who, when and how far, not what.
ADMIN_COLUMNS = frozenset(
    """timeline timeframe time-frame timescale timing deadline due date dates when who lead leads owner
    responsible responsibility responsibilities status budget cost costs resources partners
    completion accountable person staff year quarter progress notes comments evidence baseline""".split()  # noqa: E501
)
_ATTRIBUTE = re.compile(
    r"^(?:(?:project |action |staff )?leads?|owners?|responsible(?: (?:party|parties|person|staff))?|responsibility|"  # noqa: E501
    r"accountable|who|when|timeline|time ?frame|timescale|deadline|due(?: date)?|target date|"
    r"completion(?: date)?|status|budget|costs?|partners|start(?: date)?|end(?: date)?)\s*(?::|\s[–—-]\s)\s*\S",  # noqa: E501
    re.IGNORECASE,
)


@dataclass(frozen=True)
class LevelName:
    """A level word found at the start of a text; `end` is where the rest of the text starts."""

    level: str
    plural: bool
    end: int
    modified: bool


def _phrases() -> dict[tuple[str, ...], tuple[str, bool]]:
    phrases: dict[tuple[str, ...], tuple[str, bool]] = {}
    for singular, (_, others) in _LEVELS.items():
        phrases[tuple(singular.split())] = (singular, False)
        for other in others:
            plural = other not in {"accion", "linea", "massnahme", "measure of success"}
            phrases[tuple(other.split())] = (singular, plural)
    return phrases


_PHRASES = _phrases()
_OPENING = _MODIFIERS | {phrase[0] for phrase in _PHRASES}
_WORD = re.compile(r"[^\W\d_][\w'’-]*|\d{4}(?:\s*[–—-]\s*\d{2,4})?|&")


@lru_cache(maxsize=20000)
def level_name(text: str) -> LevelName | None:
    """The level word a text begins with, after any words that only modify it."""
    first = _WORD.match(text)
    if first is None:
        return None
    word = first.group().casefold()
    if word not in _OPENING and not word[0].isdigit():
        return None
    words = [(m.group().casefold(), m.start(), m.end()) for m in _WORD.finditer(text[:100])]
    for start in range(min(len(words), 6)):
        if start and any(c not in " \u00a0" for c in text[words[start - 1][2] : words[start][1]]):
            return None
        for size in (3, 2, 1):
            chunk = words[start : start + size]
            if len(chunk) < size or any(
                text[a[2] : b[1]].strip()
                for a, b in zip(chunk, chunk[1:], strict=False)  # noqa: RUF007
            ):
                continue
            found = _PHRASES.get(tuple(w for w, _, _ in chunk))
            if found is None:
                continue
            end = chunk[-1][2]
            after = words[start + size] if len(words) > start + size else None
            if after and after[0] in _AFTER and not text[end : after[1]].strip():
                end = after[2]
            return LevelName(found[0], found[1], end, start > 0)
        if words[start][0] not in _MODIFIERS and not words[start][0][0].isdigit():
            return None
    return None


def rank_of(level: str | None) -> int:
    """How high a level usually stands, 1 to 6; 3 where nothing is known."""
    if level is None:
        return 3
    return _LEVELS.get(level, (3, ()))[0]


def is_known_level(level: str | None) -> bool:
    """Whether a level is one that many plans have, and no word of one plan's own."""
    return level in _LEVELS


def phrase_level(text: str) -> str | None:
    stripped = text.strip().rstrip(":").strip()
    return next((level for pattern, level in PHRASE_LEVELS if pattern.match(stripped)), None)


def is_aside(text: str) -> bool:
    """Whether a heading opens a section about the plan rather than of the plan."""
    undated = _DATED.sub("", text.strip())
    return len(text) <= 90 and _ASIDE.match(undated) is not None


def is_attribute(text: str) -> bool:
    """Whether a line says who, when or how far: "Lead: Head of Collections"."""
    return len(text) <= 160 and _ATTRIBUTE.match(text) is not None


_STATEMENT_FILLER = frozenset(
    """our the a library libraries library's statement and of for department university college
    service services public 's organizational strategic unsere unser nuestra notre la le""".split()
)


def statement_kind(text: str) -> str | None:
    """The kind of statement a heading names ("Our Mission", "VISION STATEMENT"), or None."""
    words = re.findall(r"[^\W\d_][\w'’]*", text.casefold())
    if not words or len(words) > 7:
        return None
    kinds = [STATEMENT_KINDS[w] for w in words if w in STATEMENT_KINDS]
    rest = [w for w in words if w not in STATEMENT_KINDS and w not in _STATEMENT_FILLER]
    if len(kinds) == 1 and not rest:
        return kinds[0]
    # "Vision for the Riverbend Library": the kind first, a name after it.
    if (
        len(kinds) == 1
        and words[0] in STATEMENT_KINDS
        and len(words) > 1
        and words[1] in {"of", "for"}
    ):
        return kinds[0]
    return None


FUNCTION_WORDS = frozenset(
    """a an the and or of to in on for with by at from as that which who whose our their its his her
    your my this these those is are was were be been will shall may can must should would could not
    into onto through across between among within without about over under than then both all each
    every any other such & more most including via per toward towards upon und der die das des le la
    les et de del y en con para por""".split()
)

# Those of them that a title may well end with: "A library for all".
CAN_END = frozenset("all each more most both other such without about could can".split())
