"""What must hold for every reading, whatever the document."""

from assessor.domain.plan import Plan, check_plan
from assessor.planning.read import ReadPlan


def assert_sound(read: ReadPlan) -> None:
    """Codes unique, parents before children, and every non-blank line accounted for."""
    reading, lines = read.reading, read.source_lines
    plan = Plan(key="a", title=reading.title or "a", elements=reading.elements)
    assert check_plan(plan) == ()
    seen: set[str] = set()
    for element in reading.elements:
        assert element.parent is None or element.parent in seen
        seen.add(element.code)
        assert element.lines is not None
        assert 1 <= element.lines[0] <= element.lines[1] <= len(lines)
        assert element.text == " ".join(element.text.split())
    covered: set[int] = set()
    for element in reading.elements:
        assert element.lines is not None
        covered |= set(range(element.lines[0], element.lines[1] + 1))
    for statement in reading.statements:
        covered |= set(range(statement.lines[0], statement.lines[1] + 1))
    for part in reading.left_out:
        assert part.reason
        covered |= set(range(part.lines[0], part.lines[1] + 1))
    missing = [n for n, text in enumerate(lines, start=1) if text.strip() and n not in covered]
    assert not missing, f"lines {missing[:5]} vanished"


def outline(read: ReadPlan) -> str:
    """A reading as the truth files write it: depth, code, level, text, and ? where there is a doubt."""  # noqa: E501
    depth: dict[str | None, int] = {None: -1}
    period = read.reading.period
    rows = [
        f"title: {read.reading.title}",
        f"period: {f'{period[0]} {period[1]}' if period else 'none'}",
    ]
    rows += [f"{s.kind}: {s.text}" for s in read.reading.statements]
    for element in read.reading.elements:
        depth[element.code] = depth[element.parent] + 1
        doubt = " ?" if element.doubt else ""
        rows.append(
            f"{'  ' * depth[element.code]}{element.code} {element.level}: {element.text}{doubt}"
        )
    return "\n".join(rows) + "\n"
