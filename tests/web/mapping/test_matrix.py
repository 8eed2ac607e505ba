"""What the coverage matrix says of a plan, without a site."""

from assessor.domain.folder import LibraryFolder
from assessor.domain.mapping import Mapping, NotMeasured
from assessor.domain.plan import Element, Plan
from assessor.web.mapping.matrix import coverage_matrix, coverage_sentence, element_states

PLAN = Plan(
    key="plan",
    title="Plan",
    elements=(
        Element(code="1", level="goal", text="Welcome"),
        Element(code="1.1", level="outcome", text="Belong", parent="1"),
        Element(code="1.2", level="outcome", text="Come in", parent="1"),
        Element(code="V1", level="value", text="Care"),
    ),
)


def test_without_a_mapping_everything_has_nothing_yet() -> None:
    assert coverage_sentence(PLAN, Mapping(plan="plan")) == "Of 3 elements, 3 have nothing yet."
    assert element_states(PLAN, Mapping(plan="plan"))["1"].words == "0 of 2 measured"


def test_a_level_that_is_not_scored_is_not_counted() -> None:
    mapping = Mapping(
        plan="plan",
        not_measured=(
            NotMeasured(level="value", reason="They say how we work."),
            NotMeasured(element="1.1", reason="Nobody can tell."),
        ),
    )
    assert coverage_sentence(PLAN, mapping) == (
        "Of 2 outcomes, 1 is deliberately not measured and 1 has nothing yet. "
        "Values are not scored."
    )
    states = element_states(PLAN, mapping)
    assert states["V1"].reason == "They say how we work."
    assert (states["1.1"].kind, states["1.2"].kind) == ("listed", "nothing")


def test_what_is_listed_above_holds_below() -> None:
    mapping = Mapping(plan="plan", not_measured=(NotMeasured(element="1", reason="Not ours."),))
    states = element_states(PLAN, mapping)
    assert [states[code].reason for code in ("1", "1.1", "1.2")] == ["Not ours."] * 3


def test_each_indicator_stands_in_the_columns_of_its_evidence(folder: LibraryFolder) -> None:
    matrix = coverage_matrix(folder.plan, folder.mapping, folder.instruments)
    assert [column.label for column in matrix.columns] == [
        "Patrons",
        "Staff",
        "Statistics",
        "Milestones",
    ]
    shown = {
        indicator.key
        for row in matrix.rows
        for cell in row.cells
        if cell
        for indicator in cell.indicators
    }
    assert shown == {indicator.key for indicator in folder.mapping.indicators}


def test_an_instrument_that_is_named_and_missing_has_its_column(folder: LibraryFolder) -> None:
    matrix = coverage_matrix(folder.plan, folder.mapping, ())
    assert [column.label for column in matrix.columns][:2] == ["Patrons", "Staff"]


def test_groups_are_asked_where_their_instrument_feeds_the_element(folder: LibraryFolder) -> None:
    matrix = coverage_matrix(folder.plan, folder.mapping, folder.instruments, "groups")
    row = next(row for row in matrix.rows if row.element.code == "1.1.1")
    asked = [cell is not None for cell in row.cells]
    groups = [len(instrument.groups()) for instrument in folder.instruments]
    assert asked == [True] * groups[0] + [False] * groups[1]
    assert matrix.families() == [
        (instrument.title, len(instrument.groups())) for instrument in folder.instruments
    ]
