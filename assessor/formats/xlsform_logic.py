"""A form's expressions in our words: names become keys, and what cannot be said here is reported.

The language is the same XPath. What differs is what it may reach: answers by `${key}`, and nothing
by a path, from a file, or by the place in a repeat.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from assessor.domain.logic import Call, NotUnderstoodError, parse
from assessor.domain.logic_functions import FUNCTIONS
from assessor.formats.foreign import Losses
from assessor.formats.xlsform_tree import NO, REFERENCE, YES, Form, Node

LONGEST_LOGIC = 4000
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_RELATIVE = re.compile(r"(?:\.\./)+(?:[A-Za-z_][\w.-]*/)*([A-Za-z_][\w.-]*)(?![\w.(/:-])")
_ABSOLUTE = re.compile(r"(?<![\w\])./])/(?:[A-Za-z_][\w.-]*/)+([A-Za-z_][\w.-]*)(?![\w.(/:-])")
_BARE = re.compile(r"(?<![\w$@/{.:-])([^\W\d][\w.-]*)(?![\w.-]*\s*[({:])")
_CALLED = re.compile(r"([A-Za-z_][\w:.-]*)\s*\(")
_FUNCTIONS = frozenset([*FUNCTIONS, "jr:choice-name", "choice-name", "and", "or", "div", "mod"])
_WORDS = frozenset(["and", "or", "div", "mod"])


def joined(*conditions: str) -> str:
    """Conditions that must all hold, as one."""
    given = [one for one in dict.fromkeys(conditions) if one]
    if len(given) == 1:
        return given[0]
    return " and ".join(f"({one})" for one in given)


@dataclass
class Logic:
    """Turns expressions of one form. `keys`: node → its key; `gone`: names no answer comes from.

    `codes`: name of a choice → the names of its options that had to become other codes.
    """

    form: Form
    losses: Losses
    own: bool = False
    keys: dict[int, str] = field(default_factory=dict)
    by_name: dict[str, Node] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)

    def key(self, node: Node) -> str:
        return self.keys[id(node)]

    def truth(self, text: str, node: Node, about: str) -> str:
        """A condition such as relevance; "" where there is none or it always holds."""
        if text.strip() in YES:
            return ""
        if text.strip() in NO:
            return "false()"
        return self.take(text, node, about)

    def take(
        self,
        text: str,
        node: Node,
        about: str,
        *,
        itself: bool = False,
        bare: Mapping[str, str] | None = None,
    ) -> str:
        """The expression in our words; "" where it is empty, or cannot be said and is reported.

        `itself` allows the `.` of a constraint, `bare` the columns of an option filter, each with
        its attribute.
        """
        if not text.strip():
            return ""
        found, why = self.tried(text, node, itself=itself, bare=bare)
        if found:
            return found
        self.losses.add("lost", node.name, about, _without(about) + " " + why, original=text,
                        key=self.keys.get(id(node), ""))  # fmt: skip
        return ""

    def tried(
        self,
        text: str,
        node: Node,
        *,
        itself: bool = False,
        bare: Mapping[str, str] | None = None,
    ) -> tuple[str, str]:
        """The expression in our words, or why it cannot be said."""
        whole = " ".join(text.translate(_QUOTES).split()) if not self.own else text
        whole = self._with_named_paths(whole)
        for match in REFERENCE.finditer(_outside(whole)):
            why = self._why_not(match["name"], bool(match["saved"]), node)
            if why:
                return "", why
        whole = re.sub(r"\bcount\(\s*(\$\{[^}]+\})\s*\)", self._count, whole)
        whole = self._recoded(whole, node)
        whole = _everywhere(whole, lambda part: REFERENCE.sub(self._renamed, part))
        whole = re.sub(
            r"(choice-name\([^,]+,\s*['\"]\s*)(\$\{[^}]+\})",
            lambda m: m[1] + REFERENCE.sub(self._renamed, m[2]),
            whole,
        )
        if bare:
            whole = _everywhere(whole, lambda part: _with_attributes(part, bare))
        if len(whole) > LONGEST_LOGIC:
            return "", f"It is longer than {LONGEST_LOGIC:,} characters."
        unknown = [name for name in _CALLED.findall(_outside(whole)) if name not in _FUNCTIONS]
        if unknown:
            return "", f"There is no function `{unknown[0]}` here."
        try:
            tree = parse(whole).tree
        except NotUnderstoodError as error:
            return "", str(error)
        if not itself and _has(tree, "self"):
            return "", "`.` stands for an answer only in a constraint."
        if not bare and _has(tree, "bare"):
            return "", "A word without quotes is no answer. Items are named as `${key}`."
        return whole, ""

    def _why_not(self, name: str, saved: bool, node: Node) -> str:
        if saved:
            return "What an earlier response said is not known here."
        if self.own:
            return ""
        target = self.by_name.get(name)
        if target is None or name in self.gone:
            reason = self.gone.get(name, "is no question of this form")
            return f"It asks for `${{{name}}}`, which {reason}."
        repeat = target.inside("repeat")
        if repeat is not None and repeat is not node and node.inside("repeat") is not repeat:
            return f"It asks for `${{{name}}}`, which stands in a repeat and has several answers."
        return ""

    def _with_named_paths(self, text: str) -> str:
        """`../zone` and `/data/place/zone` are older ways to write `${zone}`."""

        def named(match: re.Match[str]) -> str:
            return f"${{{match[1]}}}" if match[1] in self.by_name else match[0]

        if "/" not in text:
            return text
        return _everywhere(text, lambda part: _ABSOLUTE.sub(named, _RELATIVE.sub(named, part)))

    def _count(self, match: re.Match[str]) -> str:
        name = REFERENCE.fullmatch(match[1])
        target = self.by_name.get(name["name"]) if name else None
        # The column of a repeating group counts its times.
        repeats = target is not None and target.read.control == "repeat"
        return match[1] if repeats else match[0]

    def _renamed(self, match: re.Match[str]) -> str:
        name = match["name"]
        if self.own or name not in self.by_name:
            return f"${{{name}}}"
        return f"${{{self.keys[id(self.by_name[name])]}}}"

    def _recoded(self, text: str, node: Node) -> str:
        """The codes of options in comparisons, where they had to change."""
        if not self.codes:
            return text

        def compared(match: re.Match[str]) -> str:
            name = match["name"] or node.name
            code = match["code"][1:-1]
            new = self.codes.get(name, {}).get(code)
            if not new:
                return match[0]
            quote = match["code"][0]
            return match[0].replace(match["code"], f"{quote}{new}{quote}")

        def turned(match: re.Match[str]) -> str:
            new = self.codes.get(match["name"], {}).get(match["code"][1:-1])
            quote = match["code"][0]
            return f"{quote}{new}{quote}{match['rest']}" if new else match[0]

        forward = re.compile(
            r"(?:\$\{\s*(?P<name>[^}\s]+)\s*\}|(?<![\w.)\]])\.)\s*(?:=|!=|,)\s*(?P<code>'[^']*'|\"[^\"]*\")"
        )
        backward = re.compile(
            r"(?P<code>'[^']*'|\"[^\"]*\")(?P<rest>\s*(?:=|!=)\s*\$\{\s*(?P<name>[^}\s]+)\s*\})"
        )
        return backward.sub(turned, forward.sub(compared, text))


def _without(about: str) -> str:
    return {
        "relevance": "The condition is left out, and the question is always asked.",
        "page relevance": "The condition is left out, and the page is always shown.",
        "constraint": "The constraint is left out, and every answer is taken.",
        "required": "When an answer is needed is left out, and none is.",
        "option filter": "The filter is left out, and all options are offered.",
        "calculation": "The calculation is left out.",
    }.get(about, "It is left out.")


def _outside(text: str) -> str:
    """The expression without what stands in quotes."""
    return _QUOTED.sub("''", text)


def _everywhere(text: str, change: Callable[[str], str]) -> str:
    """The expression with a change made outside of quotes."""
    parts: list[str] = []
    end = 0
    for quoted in _QUOTED.finditer(text):
        parts += [change(text[end : quoted.start()]), quoted[0]]
        end = quoted.end()
    parts.append(change(text[end:]))
    return "".join(parts)


def _with_attributes(part: str, bare: Mapping[str, str]) -> str:
    def named(match: re.Match[str]) -> str:
        word = match[1]
        return word if word in _WORDS else bare.get(word, word)

    # Nothing inside `${…}` is a column.
    pieces = re.split(r"(\$\{[^}]*\})", part)
    return "".join(piece if piece.startswith("${") else _BARE.sub(named, piece) for piece in pieces)


def _has(tree: Call, name: str) -> bool:
    return tree.name == name or any(_has(part, name) for part in tree.parts)
