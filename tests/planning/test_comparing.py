"""Two editions are compared by the codes their elements carry."""

from assessor.domain.plan import Element
from assessor.planning.comparing import compare_editions


def element(code: str, text: str, parent: str | None = None) -> Element:
    return Element(code=code, level="goal", text=text, parent=parent)


OLD = (
    element("1", "Everybody is welcome"),
    element("1.1", "People belong", "1"),
    element("1.2", "Steps are gone", "1"),
    element("2", "Collections last"),
)


def kinds(*new: Element) -> dict[str, str]:
    return {change.code: change.kind for change in compare_editions(OLD, new)}


def test_what_is_the_same_but_for_marks_and_spaces_is_unchanged() -> None:
    assert kinds(element("2", "Collections  last."))["2"] == "unchanged"


def test_every_element_of_either_edition_is_told_once() -> None:
    found = kinds(
        element("1", "Everybody is really welcome"),
        element("1.1", "People belong", "2"),
        element("2", "Collections last"),
        element("3", "Staff learn"),
    )
    assert found == {
        "1": "reworded",
        "1.1": "moved",
        "2": "unchanged",
        "3": "new",
        "1.2": "gone",
    }


def test_moved_is_said_before_reworded() -> None:
    assert kinds(element("1.1", "People belong here", "2"))["1.1"] == "moved"
