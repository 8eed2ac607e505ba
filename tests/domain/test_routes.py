"""What people are asked, what they must answer and what is stored never contradict one another."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from assessor.domain import arrangement
from assessor.domain.answers import check_answers, check_page
from assessor.domain.checks.instrument import check_instrument
from assessor.domain.instrument import Calculated, Instrument, RepeatingGroup
from assessor.domain.kinds import columns, columns_of
from assessor.domain.readings import is_own_words
from assessor.domain.route import Person, follow
from tests.domain.routes import answered, routed

TODAY = date(2026, 11, 24)


def people() -> st.SearchStrategy[Person]:
    return st.builds(
        Person,
        on=st.just(TODAY),
        seed=st.none() | st.integers(0, 2**48),
        full=st.sampled_from([frozenset(), frozenset({"many"})]),
    )


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_what_is_stored_was_asked_and_what_was_asked_is_there(data: st.DataObject) -> None:
    made, person = data.draw(routed()), data.draw(people())
    checked = check_page(made, data.draw(answered(made)), {}, person)
    asked = {name for how in checked.route.asked.values() for name in how.columns}
    assert set(checked.answers) <= asked
    repeated = {c.name for c in columns(made) if _is_repeated(made, c.item_key)}
    assert asked - repeated <= set(checked.answers)
    known = {name for name in checked.route.values if "." not in name}
    assert all(
        checked.route.values.get(c.name, "") == ""
        for c in columns(made)
        if c.name not in asked and c.name in known
    )


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_required_answer_is_there_or_missed(data: st.DataObject) -> None:
    made, person = data.draw(routed()), data.draw(people())
    checked = check_page(made, data.draw(answered(made)), {}, person)
    if any(problem.severity == "error" for problem in checked.problems):
        return
    for key, how in checked.route.asked.items():
        item = made.item(key)
        assert item is not None
        if not how.required or isinstance(item, Calculated | RepeatingGroup):
            continue
        own = [c.name for c in columns_of(made, item) if not is_own_words(item, c)]
        given_to = [checked.answers[name] for name in own if name in how.columns]
        is_together = item.kind in {"ranking", "constant_sum"}
        assert (any if is_together else all)(answer is not None for answer in given_to)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_what_is_stored_is_found_the_same_when_checked_again(data: st.DataObject) -> None:
    made, person = data.draw(routed()), data.draw(people())
    first = check_page(made, data.draw(answered(made)), {}, person)
    again = check_page(made, first.answers, {}, person)
    assert again.answers == first.answers
    assert again.route == first.route
    assert {p for p in again.problems if p.severity == "warning"} == set()
    if not any(problem.severity == "error" for problem in first.problems):
        assert again.problems == ()
    followed = follow(made, first.answers, person)
    assert followed.answers == first.answers
    assert followed.asked == first.route.asked
    assert (followed.ending, followed.quotas) == (first.route.ending, first.route.quotas)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_page_by_page_comes_to_the_same_as_all_at_once(data: st.DataObject) -> None:
    made, person = data.draw(routed()), data.draw(people())
    raw = data.draw(answered(made))
    whole = check_page(made, raw, {}, person)
    stored = {}
    problems = []
    # In the written order: a person meets shuffled pages in theirs, and comes to the same.
    for page in made.pages:
        names = {c.name for item in page.items for c in columns_of(made, item)}
        own = {name: value for name, value in raw.items() if name in names}
        checked = check_page(made, own, stored, person, pages=[page.key])
        stored |= checked.answers
        problems += checked.problems
    assert stored == whole.answers
    assert sorted(map(str, problems)) == sorted(map(str, whole.problems))


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_the_order_in_which_a_form_sends_its_fields_says_nothing(data: st.DataObject) -> None:
    made, person = data.draw(routed()), data.draw(people())
    raw = data.draw(answered(made))
    mixed = dict(data.draw(st.permutations(list(raw.items()))))
    first, second = (check_page(made, given, {}, person) for given in (raw, mixed))
    assert first.answers == second.answers
    assert set(first.problems) == set(second.problems)


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_answers_of_a_page_done_before_count_only_while_they_are_asked(
    data: st.DataObject,
) -> None:
    """Going back and answering otherwise leaves nothing behind that is not asked any more."""
    made, person = data.draw(routed()), data.draw(people())
    stored = check_page(made, data.draw(answered(made)), {}, person).answers
    page = data.draw(st.sampled_from(made.pages))
    names = {c.name for item in page.items for c in columns_of(made, item)}
    raw = {n: value for n, value in data.draw(answered(made)).items() if n in names}
    changed = check_page(made, raw, stored, person, pages=[page.key])
    asked = {name for how in changed.route.asked.values() for name in how.columns}
    assert set(changed.route.answers) <= asked
    assert follow(made, changed.route.answers, person).answers == changed.route.answers


@settings(max_examples=30, deadline=None)
@given(routed(), st.integers(0, 2**48))
def test_a_seed_arranges_everything_the_same_again(made: Instrument, seed: int) -> None:
    assert arrangement.left_out(made, seed) == arrangement.left_out(made, seed)
    pages = arrangement.pages_in_order(made, seed)
    assert pages == arrangement.pages_in_order(made, seed)
    assert sorted(page.key for page in pages) == sorted(page.key for page in made.pages)
    for page in pages:
        items = arrangement.items_in_order(page, seed)
        assert sorted(i.key for i in items) == sorted(i.key for i in page.items)


@settings(max_examples=30, deadline=None)
@given(routed())
def test_checking_any_instrument_ends_without_a_fault(made: Instrument) -> None:
    for problem in check_instrument(made):
        assert problem.message.endswith(".")


def test_each_item_of_a_sampling_is_asked_of_its_share() -> None:
    items = [{"key": f"q{n}", "kind": "short_text", "text": "Q"} for n in range(8)]
    samplings = [
        {"key": "three", "items": [f"q{n}" for n in range(5)], "ask": 3},
        {"key": "some", "items": ["q5", "q6"], "share": 0.25},
    ]
    made = Instrument.model_validate(
        {"key": "p", "title": "T", "pages": [{"key": "a", "items": items}], "samplings": samplings}
    )
    people = 4000
    asked = dict.fromkeys((item["key"] for item in items), 0)
    for seed in range(people):
        left_out = arrangement.left_out(made, seed)
        assert len(left_out & {f"q{n}" for n in range(5)}) == 2
        for key in asked:
            asked[key] += key not in left_out
    for column in columns(made):
        # Five standard errors: by chance once in millions of runs, and the seeds are fixed.
        spread = 5 * (column.asked_share * (1 - column.asked_share) / people) ** 0.5
        assert abs(asked[column.name] / people - column.asked_share) <= spread


def test_without_a_seed_everybody_is_asked_everything() -> None:
    items = [{"key": f"q{n}", "kind": "short_text", "text": "Q"} for n in range(3)]
    content = {"key": "p", "title": "T", "pages": [{"key": "a", "items": items}]}
    content["samplings"] = [{"key": "s", "items": ["q0", "q1"], "ask": 1}]
    made = Instrument.model_validate(content)
    assert set(check_answers(made, {}).unwrap()) == {"q0", "q1", "q2"}


def _is_repeated(made: Instrument, key: str) -> bool:
    return isinstance(made.item(key), RepeatingGroup)
