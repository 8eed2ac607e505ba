"""Every kind of item that can be evidence is shown with how it is answered."""

from assessor.domain.kinds import KINDS
from assessor.web.mapping.evidence_words import asked_items
from tests.scoring.test_kinds import ASKED


def test_every_scored_item_is_offered_once_with_its_answers_and_uses() -> None:
    found = {one.key: one for one in asked_items(ASKED)}
    assert found["rank"].uses == ("a", "b", "c")
    assert found["spread"].answers == "0 to 10"
    assert found["hours"].uses == ("a", "b")
    assert found["single"].uses == ()
    assert found["single"].answers == "a = Apples · b = Bread · other = Another"
    assert found["came"].answers == "yes = Yes · no = No"
    assert (found["warm"].text, found["warm"].stem) == ("Cold – Warm", "between")
    assert found["calm"].answers == "1 to 5, turned when scored"
    assert (found["trip_ease"].stem, found["trip_ease"].uses) == ("trip", ())
    assert found["slide"].answers == "0 to 50"
    assert found["source"].answers == "poster = poster · mail = mail · link = link"
    assert found["often"].answers == KINDS["calculated"].label
