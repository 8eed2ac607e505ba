"""Lists whose bullets were lost, told by what stands above them and how their lines look."""

import re

from assessor.planning.blocks import Block
from assessor.planning.markers import Marker
from assessor.planning.promises import is_promise, is_promise_stem, starts_with_verb


def recover_bullets(blocks: list[Block]) -> None:
    """Make items of the lines of such lists; what is not certain carries a doubt."""
    _below_announcements(blocks)
    _below_labels(blocks)


def _below_announcements(blocks: list[Block]) -> None:  # noqa: C901
    """Find lists whose bullets were lost: set in below an announcement, or promises below a stem."""  # noqa: E501
    for position, block in enumerate(blocks):
        stem = block.kind in {"paragraph", "heading"} and block.text.endswith(":")
        if block.kind != "announcer" and not stem:
            continue
        below: list[Block] = []
        for following in blocks[position + 1 :]:
            if following.kind not in {"paragraph", "heading"} or following.rank is not None:
                break
            if following.kind == "paragraph" and following.text.endswith(":"):
                break
            if (
                below
                and following.kind == "heading"
                and following.indent <= block.indent
                and below[-1].indent > block.indent
            ):
                break
            below.append(following)
        if block.kind == "announcer" and (
            plain_list := _plain_list(block, below, blocks, position)
        ):
            _make_items(plain_list)
            plain_list[0].doubts.append("the list has no bullets; check where each element begins")
            continue
        set_in = [b for b in below if b.indent > block.indent]
        if len(set_in) >= 2 and len(set_in) >= 0.6 * len(below) and below[0] in set_in:
            _make_items(set_in)
        elif stem and is_promise_stem(block.text):
            run: list[Block] = []
            for candidate in below:
                fits = (
                    starts_with_verb(candidate.text)
                    or candidate.text[:1].islower()
                    or candidate.text.endswith(";")
                )
                if not fits or len(candidate.text) > 400:
                    break
                run.append(candidate)
            if len(run) >= 2:
                _make_items(run)
                run[0].doubts.append(
                    "the list seems to have lost its bullets; check where each point begins"
                )


def _below_labels(blocks: list[Block]) -> None:
    """Find lists without bullets right below labels: lines of one kind that promise something."""
    runs: dict[str, list[list[Block]]] = {}
    for position, block in enumerate(blocks):
        if block.kind != "label" or block.label is None or not block.label.path or not block.text:
            continue
        run: list[Block] = []
        for following in blocks[position + 1 :]:
            plain = following.kind in {"heading", "paragraph"} and following.rank is None
            if not plain or (run and following.gap) or following.is_stem:
                break
            run.append(following)
        if run and all(len(b.text) <= 180 and not b.ends for b in run):
            runs.setdefault(block.label.level, []).append(run)
    for alike in runs.values():
        lines = [block for run in alike for block in run]
        promising = sum(starts_with_verb(b.text) for b in lines)
        if sum(len(run) >= 2 for run in alike) < 2 or promising < 0.5 * len(lines):
            continue
        _make_items(lines)
        for block in lines:
            block.doubts.append("the list seems to have lost its bullets")


def _plain_list(
    announcer: Block, below: list[Block], blocks: list[Block], position: int
) -> list[Block]:
    """Lines below an announcement that are one list, and no headings with their paragraphs."""
    after = blocks[position + 1 + len(below)] if position + 1 + len(below) < len(blocks) else None
    if (
        len(below) < 2
        or (after is not None and after.kind in {"item", "paragraph"})
        or any(b.indent > announcer.indent for b in below)
    ):
        return []
    run = [below[0]]
    for block, following in zip(below[1:], [*below[2:], None], strict=True):
        apart = len(run) > 1 and block.gap != run[-1].gap
        opens = (
            block.kind == "heading"
            and following is not None
            and following.kind == "paragraph"
            and len(following.text) > 150
        )
        if apart or opens or len(block.text) > 350:
            break
        run.append(block)
    kinds = [b.kind for b in run]
    paired = kinds[0] == "heading" and all(
        kind == "paragraph" or (at + 1 < len(kinds) and kinds[at + 1] == "paragraph")
        for at, kind in enumerate(kinds)
    )
    short = sum(len(b.text) <= 120 or is_promise(b.text) for b in run)
    if (
        paired
        or short < 0.7 * len(run)
        or len(run) < 2
        or len(run[0].text) > 350
        or any(b.is_stem or _breaks_off(b.text) for b in run)
    ):
        return []
    return run


def _breaks_off(text: str) -> bool:
    """Whether a line holds the end of a sentence and breaks off in the next: prose, not a list."""
    return re.search(r"[a-z)][.!?] [A-Z]", text) is not None and not text.endswith(
        (".", "!", "?", ")")
    )


def _make_items(blocks: list[Block]) -> None:
    for block in blocks:
        block.kind, block.marker = "item", Marker("lost")
