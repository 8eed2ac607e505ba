"""What one person does reaches a draft that another saved meanwhile, where nothing is lost."""

import pytest

from assessor.domain.editing import acts
from assessor.domain.editing.apply import apply_act
from assessor.domain.editing.merging import can_follow
from tests.domain.editing.samples import sample

REWORD = acts.ChangeItem(item="visits", changes={"text": "How often?"})
BEHIND = acts.AddItem(kind="number", page="about", after="visits")
HINT = acts.ChangeItem(item="visits", changes={"hint": "Roughly"})


@pytest.mark.parametrize(
    ("mine", "theirs", "is_lossless"),
    [
        (REWORD, acts.ChangeItem(item="role", changes={"text": "Who?"}), True),
        (REWORD, HINT, False),
        (REWORD, acts.RemoveItem(item="visits"), False),
        (REWORD, acts.MoveItem(item="visits", to=0), True),
        (acts.MoveItem(item="visits", to=0), HINT, True),
        (acts.MoveItem(item="visits", to=0), acts.MoveItem(item="visits", page="place"), False),
        (acts.RemoveItem(item="visits"), REWORD, False),
        (acts.RemovePage(page="about"), REWORD, False),
        (acts.AddItem(kind="number", page="about", after="role"), REWORD, True),
        (BEHIND, acts.RemoveItem(item="visits"), False),
        (acts.ChangePage(page="about", changes={"title": "You"}), REWORD, True),
        (
            acts.ChangeInstrument(changes={"title": "A"}),
            acts.ChangeInstrument(changes={"thanks": "B"}),
            True,
        ),
        (
            acts.ChangeInstrument(changes={"title": "A"}),
            acts.ChangeInstrument(changes={"title": "B"}),
            False,
        ),
        (acts.Replace(instrument=sample(title="A")), REWORD, False),
        (REWORD, acts.Replace(instrument=sample(title="A")), True),
    ],
)  # fmt: skip
def test_an_act_follows_another_unless_both_touch_the_same(
    mine: acts.Act, theirs: acts.Act, is_lossless: bool
) -> None:
    seen = sample()
    now = apply_act(seen, theirs).unwrap()
    assert can_follow([mine], seen, now) is is_lossless
