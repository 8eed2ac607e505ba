"""The way through a Qualtrics survey as pages: blocks, branches, random parts, early ends."""

from dataclasses import dataclass, field

from assessor.domain.instrument import Calculated, Ending, Item, Sampling
from assessor.domain.logic import references
from assessor.formats.foreign import plain_text
from assessor.formats.foreign_logic import NEVER, all_of, any_of, negated
from assessor.formats.qualtrics_fields import Assigned
from assessor.formats.qualtrics_items import items_of
from assessor.formats.qualtrics_logic import Spoken
from assessor.formats.qualtrics_source import (
    Block,
    Fields,
    Question,
    entries,
    fields,
    number,
    words,
)
from assessor.formats.qualtrics_texts import Work, name_of


@dataclass
class Draft:
    """A page on its way: `parts` are the items with the question each came of."""

    key: str
    block: str
    relevant: str = ""
    shuffle: str | None = None
    order: str = "as_written"
    parts: list[tuple[str, Item]] = field(default_factory=list)


@dataclass(frozen=True)
class Skip:
    qid: str
    condition: str
    destination: str


@dataclass(frozen=True)
class Where:
    """What holds at a place of the flow; `is_known` where all of it could be translated."""

    conditions: tuple[str, ...] = ()
    is_known: bool = True
    shuffle: str | None = None

    @property
    def relevant(self) -> str:
        return all_of(self.conditions)


@dataclass
class Flow:
    """Everything the walk through a survey finds."""

    work: Work
    pages: list[Draft] = field(default_factory=list)
    skips: list[Skip] = field(default_factory=list)
    endings: list[Ending] = field(default_factory=list)
    samplings: list[Sampling] = field(default_factory=list)
    assigned: dict[str, list[Assigned]] = field(default_factory=dict)
    set_at: dict[str, int] = field(default_factory=dict)
    closed: list[str] = field(default_factory=list)
    ended: bool = False

    def walk(self, nodes: list[Fields], where: Where) -> None:
        for node in nodes:
            kind = words(node.get("Type"))
            inner = [fields(one) for one in entries(node.get("Flow"))]
            if kind in {"Block", "Standard", "Default"}:
                self._block(words(node.get("ID")), where)
            elif kind == "Branch":
                self._branch(node, inner, where)
            elif kind in {"BlockRandomizer", "Randomizer"}:
                self._random(node, inner, where)
            elif kind == "EmbeddedData":
                self._data(node, where)
            elif kind == "EndSurvey":
                self._end(node, where)
            else:
                if kind not in {"Group", "Root", ""}:
                    self._say("lost", node, f"“{kind}” in the survey flow has no match here.")
                self.walk(inner, where)

    def _say(self, outcome: str, node: Fields, message: str) -> None:
        name = " ".join(
            part for part in (words(node.get("FlowID")), words(node.get("Type"))) if part
        )
        if outcome == "lost":
            self.work.losses.add("lost", name, "survey flow", message)
        else:
            self.work.losses.add("changed", name, "survey flow", message)

    def _block(self, block_id: str, where: Where) -> None:
        block = self.work.survey.blocks.get(block_id)
        if block is None or block.type == "Trash":
            self._say(
                "lost",
                {"Type": f"block {block_id}"},
                "The flow leads to a block that is not there.",
            )
            return
        relevant = all_of([*where.conditions, *self.closed])
        known = [page for page in self.pages if page.block == block_id]
        if known:
            self.work.losses.add(
                "changed",
                block.name,
                "survey flow",
                "It is asked twice there. Here it is asked once.",
            )
            for page in known:
                page.relevant = any_of([page.relevant, relevant])
            return
        self.pages += [
            Draft(one.key, block_id, relevant, where.shuffle, one.order, one.parts)
            for one in block_pages(self, block)
        ]

    def _branch(self, node: Fields, inner: list[Fields], where: Where) -> None:
        name = words(node.get("Description")) or "branch"
        label = f"{words(node.get('FlowID'))} {name}".strip()
        found = self.work.logic.read(node.get("BranchLogic"), label, "branch")
        if found.text is None and not fields(node.get("BranchLogic")):
            self._say("lost", node, "A branch without a condition was taken as always open.")
        conditions = (*where.conditions, found.text) if found.text else where.conditions
        self.walk(inner, Where(conditions, where.is_known and found.whole, where.shuffle))

    def _random(self, node: Fields, inner: list[Fields], where: Where) -> None:
        """Some of several parts, or all of them in a random order."""
        subset = number(node.get("SubSet"))
        if subset is not None and 1 <= subset < len(inner):
            self._some(node, inner, where, int(subset))
            return
        start = len(self.pages)
        for one in inner:
            self.walk([one], where)
        found = self.pages[start:]
        if len(found) < 2:
            return
        if len({page.block for page in found}) == len(found) and not where.shuffle:
            word = self.work.keys.fresh(words(node.get("FlowID")) or "shuffle", "shuffle")
            for page in found:
                page.shuffle = word
        else:
            self._say(
                "lost", node, "Blocks of several pages are not shuffled but asked as written."
            )

    def _some(self, node: Fields, inner: list[Fields], where: Where, subset: int) -> None:
        """Each person gets some parts: a mark is drawn for each part, and its pages ask for it."""
        work = self.work
        name = words(node.get("FlowID")) or "random"
        marks: list[Item] = []
        start = len(self.pages)
        for place, one in enumerate(inner, 1):
            key = work.keys.fresh(f"{name}_part_{place}", "part")
            text = f"Part {place} of {len(inner)}, drawn at random"
            marks.append(Calculated(kind="calculated", key=key, text=text, calculation="1"))
            own = Where((*where.conditions, f"${{{key}}} = 1"), where.is_known, where.shuffle)
            self.walk([one], own)
        if len(marks) > 2000:
            return
        page = Draft(
            work.keys.fresh(f"{name}_draw", "page"), "", parts=[("", one) for one in marks]
        )
        self.pages.insert(start, page)
        self.set_at = {k: v + (v >= start) for k, v in self.set_at.items()}
        keys = tuple(one.key for one in marks)
        self.samplings.append(Sampling(key=work.keys.fresh(name, "draw"), items=keys, ask=subset))
        message = f"Each person is asked {subset} of {len(inner)} parts, drawn at random."
        if words(node.get("EvenPresentation")) in {"true", "1"}:
            message += " They are drawn alike, not shared out evenly."
        self._say("changed", node, message)

    def _data(self, node: Fields, where: Where) -> None:
        for one in entries(node.get("EmbeddedData")):
            entry = fields(one)
            name = words(entry.get("Field")) or words(entry.get("Description"))
            value = words(entry.get("Value"))
            if name not in self.work.fields:
                self._say("lost", node, f"The field “{name[:60]}” belongs to Qualtrics itself.")
                continue
            if words(entry.get("Type")) != "Custom" or not value:
                continue
            if not where.is_known:
                self._say("lost", node, f"“{name[:60]}” is not set, since its branch is not known.")
                continue
            self.assigned.setdefault(name, []).append(Assigned(where.relevant, value))
            self.set_at[name] = len(self.pages)

    def _end(self, node: Fields, where: Where) -> None:
        """An early end: an ending where it follows at once on what decides it, else relevance."""
        if self.ended:
            return
        if not where.is_known:
            self._say("lost", node, "Nobody is sent away here, since the branch is not known.")
            return
        when = where.relevant
        if not when:
            self.ended = True
            self.closed.append(NEVER)
            return
        shown = [page for page in self.pages if any(one[0] for one in page.parts)]
        asked = set(references(when))
        if shown and _columns(shown[-1]) & asked and len(self.endings) < 100:
            key = self.work.keys.fresh("ending", "ending")
            self.endings.append(Ending(key=key, when=when, title="Thank you for your time"))
            self._say(
                "changed",
                node,
                "It is an ending. What people answered before it is not kept, only how many they "
                "were; its own message lies in Qualtrics' library.",
            )
            return
        self.closed.append(negated(when))
        self._say(
            "changed",
            node,
            "Who ends here is asked nothing that follows, and sees the usual words of thanks.",
        )


def _columns(page: Draft) -> set[str]:
    """The keys that logic may name on a page."""
    found = set()
    for _, item in page.parts:
        found.add(item.key)
        found |= {row.key for row in getattr(item, "rows", ())}
        found |= {f"{item.key}.{option.code}" for option in getattr(item, "options", ())}
    return found


def block_pages(flow: Flow, block: Block) -> list[Draft]:
    """The pages of a block, parted at its breaks, and after what skips."""
    work = flow.work
    name = plain_text(block.name, 60) or "page"
    pages = [Draft(work.keys.fresh(name, "page"), block.id)]
    for element in block.elements:
        if words(element.get("Type")) == "Page Break":
            pages.append(Draft(work.keys.fresh(name, "page"), block.id))
            continue
        question = work.survey.questions.get(words(element.get("QuestionID")))
        if question is None or question.id in work.spoken:
            if words(element.get("Type")) == "Question" and question is None:
                work.losses.add(
                    "lost", words(element.get("QuestionID")), "block", "There is no such question."
                )
            continue
        pages[-1].parts += [(question.id, item) for item in items_of(work, question)]
        rules = [fields(one) for one in entries(element.get("SkipLogic"))]
        for rule in rules:
            _skip(flow, question, work.spoken[question.id], rule)
        if rules:
            pages.append(Draft(work.keys.fresh(name, "page"), block.id))
    pages = [page for page in pages if page.parts]
    _shuffled(flow, block, pages)
    if words(block.options.get("Looping")) not in {"", "None", "false"}:
        work.losses.add(
            "changed",
            block.name,
            "loop and merge",
            "It was asked again and again; it is asked once.",
        )
    return pages


def _skip(flow: Flow, question: Question, spoken: Spoken, rule: Fields) -> None:
    work = flow.work
    operator = words(rule.get("Condition"))
    condition = work.logic.one({**rule, "LogicType": "Question"})
    said = plain_text(words(rule.get("Description")), 500)
    if condition is None:
        work.lost(
            question, "skip logic", "Its condition cannot be asked here, so nobody skips.", said
        )
        return
    if operator not in {"Selected", "EqualTo", "GreaterThan", "NotEmpty", "Contains"}:
        condition = all_of([spoken.relevant, condition])
    flow.skips.append(Skip(question.id, condition, words(rule.get("SkipToDestination"))))


def _shuffled(flow: Flow, block: Block, pages: list[Draft]) -> None:
    """Questions of a block in random order, or only some of them."""
    mode = words(block.options.get("RandomizeQuestions"))
    if mode in {"", "false", "None"}:
        return
    for page in pages:
        page.order = "random"
    work = flow.work
    advanced = fields(fields(block.options.get("Randomization")).get("Advanced"))
    ask = number(advanced.get("TotalRandSubset"))
    wanted = {words(one) for one in entries(advanced.get("RandomSubSet"))}
    parts = [
        (qid, item) for page in pages for qid, item in page.parts if not wanted or qid in wanted
    ]
    keys = tuple(item.key for _, item in parts)
    qids = {qid for qid, _ in parts}
    about = "question randomisation"
    if ask and 1 <= ask < len(keys) <= 2000 and len(qids) == len(keys):
        key = work.keys.fresh(f"{block.name or 'block'}_draw", "draw")
        flow.samplings.append(Sampling(key=key, items=keys, ask=int(ask)))
        message = f"Each person is asked {int(ask)} of its questions, drawn at random."
        work.losses.add("translated", block.name, about, message)
    elif ask:
        work.losses.add(
            "lost", block.name, about, "Only some of its questions were asked. All are."
        )
    if len(pages) > 1 or mode not in {"RandomizeAll", "true"}:
        work.losses.add(
            "changed", block.name, about, "Its questions are shuffled within each page."
        )


def apply_skips(flow: Flow) -> None:
    """Skip logic as relevance of what is skipped."""
    line = [(page, place) for page in flow.pages for place in range(len(page.parts))]
    at: dict[str, list[int]] = {}
    for index, (page, place) in enumerate(line):
        at.setdefault(page.parts[place][0], []).append(index)
    by_question: dict[str, list[Skip]] = {}
    for skip in flow.skips:
        by_question.setdefault(skip.qid, []).append(skip)
    conditions: list[list[str]] = [[] for _ in line]
    for qid, skips in by_question.items():
        start = at[qid][-1] + 1 if qid in at else len(line)
        ends = [_destination(flow, skip, line, at, skips[:n]) for n, skip in enumerate(skips)]
        for index in range(start, len(line)):
            alternatives = []
            for place, (skip, end) in enumerate(zip(skips, ends, strict=True)):
                earlier = [one.condition for one in skips[:place]]
                if index >= end or skip.condition in earlier:
                    continue
                # Of several rules the first that holds decides.
                passed = [
                    negated(s.condition)
                    for s, e in zip(skips[:place], ends, strict=False)
                    if index >= e
                ]
                alternatives.append(all_of([skip.condition, *passed]))
            if alternatives:
                conditions[index].append(negated(any_of(alternatives)))
    index = 0
    for page in flow.pages:
        own = [all_of(conditions[index + place]) for place in range(len(page.parts))]
        index += len(page.parts)
        if len(set(own)) == 1 and own[0]:
            page.relevant = all_of([page.relevant, own[0]])
            continue
        page.parts = [
            (
                qid,
                item.model_copy(update={"relevant": all_of([item.relevant, text])})
                if text
                else item,
            )
            for (qid, item), text in zip(page.parts, own, strict=True)
        ]


def _destination(
    flow: Flow,
    skip: Skip,
    line: list[tuple[Draft, int]],
    at: dict[str, list[int]],
    earlier: list[Skip],
) -> int:
    """The place in the line where a skip leads to; nowhere (0) where it is none ahead."""
    if any(one.condition == skip.condition for one in earlier):
        _say_skip(flow, skip, "An earlier rule with the same condition decides, there as here.")
        return 0
    if skip.destination == "ENDOFSURVEY":
        _say_skip(flow, skip, "Who skips to the end is asked nothing that follows.")
        return len(line)
    if skip.destination == "ENDOFBLOCK":
        block = next((line[i][0].block for i in at.get(skip.qid, [])), "")
        _say_skip(flow, skip, "Who skips to the end of the block is asked nothing more of it.")
        return max((i for i, (page, _) in enumerate(line) if page.block == block), default=-1) + 1
    target = at.get(skip.destination)
    start = at.get(skip.qid, [0])[-1]
    if not target or target[0] <= start:
        question = flow.work.survey.questions[skip.qid]
        flow.work.lost(question, "skip logic", "It leads to a question that is not ahead of it.")
        return 0
    _say_skip(flow, skip, f"Who skips to {skip.destination} is not asked what lies between.")
    return target[0]


def _say_skip(flow: Flow, skip: Skip, message: str) -> None:
    question = flow.work.survey.questions[skip.qid]
    key = flow.work.spoken[skip.qid].key
    flow.work.losses.add(
        "translated", name_of(question), "skip logic", message, key=key, original=skip.condition
    )
