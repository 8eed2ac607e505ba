"""Items as controls and as views: every kind there is, and nothing a key or a word could break."""

import re
from datetime import date

import pytest
from flask import Flask, render_template_string
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from assessor.domain.answers import check_answers, check_page
from assessor.domain.instrument import Instrument
from assessor.domain.kinds import KINDS, columns, columns_of_item
from assessor.domain.problems import Problem
from assessor.domain.route import Answers, Person, follow
from assessor.web.item_sheet import ItemView
from assessor.web.item_views import BUILDERS, mistakes, sheet_of, views
from assessor.web.items import Filled, add_problems, one_less, one_more, posted, raw_of, stored
from assessor.web.wording import Wording, rich_text
from tests.web.respond.instruments import WHOLE as WHOLE_OF_THREE
from tests.web.respond.instruments import everything
from tests.web.respond.kinds import FILLED, ITEMS, WHOLE, every_kind

SHOWN = """{% from "components/items.html" import item %}{{ item(view) }}"""
SOMEBODY = Person(on=date(2026, 11, 24))
NEVER_SHOWN = {"hidden", "calculated"}


def shown(
    instrument: Instrument, answers: Answers | None = None, person: Person = SOMEBODY, page: int = 0
) -> tuple[list[ItemView], Filled]:
    """The views of a page for somebody with these answers."""
    asked = instrument.pages[page]
    route = follow(instrument, answers or {}, person)
    filled = stored(answers or {}, asked)
    return views(sheet_of(instrument, route, person, filled), asked.items), filled


def html_of(view: ItemView) -> str:
    return str(render_template_string(SHOWN, view=view))


def alone(**item: object) -> Instrument:
    """An instrument that asks this one item."""
    asked = {"text": "Well?", **item}
    page = {"key": "one", "items": [asked]}
    return everything(group_item=None, pages=[page])


def test_every_kind_of_item_has_its_row_in_the_table() -> None:
    assert set(BUILDERS) == set(KINDS)


def test_the_instrument_of_these_tests_has_every_kind() -> None:
    assert {item.kind for item in every_kind().items()} == set(KINDS)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: str(item["kind"]))
def test_every_kind_is_shown_with_a_control_for_each_column(
    site: Flask, item: dict[str, object]
) -> None:
    answers: Answers = {"found.1": "no", "trips": 1} if item["kind"] == "repeating_group" else {}
    with site.test_request_context():
        instrument = every_kind()
        seen, _ = shown(instrument, answers)
        found = [view for view in seen if view.key == item["key"]]
        if item["kind"] in NEVER_SHOWN:
            assert found == []
            return
        html = html_of(found[0])
        for column in columns_of_item(instrument.item(str(item["key"])) or instrument.pages[0]):  # type: ignore[arg-type]
            # Times after the first come when they are asked for, and their number is a note.
            if column.name != "trips" and not column.name.endswith((".2", ".3")):
                assert f'name="{column.name}"' in html, column.name
        for control in found[0].controls:
            if control.name != "trips":
                assert f'id="{control.id}"' in html, control.id


def test_what_a_patron_posts_is_stored_and_shown_again_as_the_same(site: Flask) -> None:
    instrument = every_kind()
    data: MultiDict[str, str] = MultiDict()
    for name, value in FILLED.items():
        for one in [value] if isinstance(value, str) else value:
            data.add(name, one)
    checked = check_page(instrument, posted(data), {}, SOMEBODY)
    assert [p for p in checked.problems if p.severity == "error"] == []
    assert checked.answers == WHOLE
    again = raw_of(stored(checked.answers, instrument.pages[0]))
    assert check_answers(instrument, again).unwrap() == WHOLE


def test_the_pages_of_three_are_shown_again_as_the_same_answers() -> None:
    patrons = everything()
    for page in patrons.pages:
        names = [column.name for item in page.items for column in columns_of_item(item)]
        before = {name: WHOLE_OF_THREE[name] for name in names}
        checked = check_answers(patrons, raw_of(stored(before, page)), pages=[page.key])
        assert checked.unwrap() == before


@pytest.mark.parametrize("value", [0.1, 12.5, 1234567.25, 0.000001])
def test_a_decimal_number_comes_back_as_it_was(value: float) -> None:
    instrument = alone(kind="number", key="hours", whole=False)
    raw = raw_of(stored({"hours": value}, instrument.pages[0]))
    assert check_answers(instrument, raw).unwrap() == {"hours": value}


@pytest.mark.parametrize("key", ["data", "errors", "validate", "meta", "hidden_tag", "turn"])
def test_an_item_may_be_called_anything(site: Flask, key: str) -> None:
    data = MultiDict([(key, "yes"), ("csrf_token", "t"), ("page-turn", "onward")])
    assert posted(data) == {key: "yes"}
    with site.test_request_context():
        seen, _ = shown(alone(kind="short_text", key=key), {key: "yes"})
        assert f'name="{key}"' in html_of(seen[0])


def test_problems_lie_at_their_questions_and_are_told_in_the_page_s_order(site: Flask) -> None:
    with site.test_request_context():
        seen, filled = shown(everything(), page=1)
        add_problems(
            filled,
            [
                Problem(code="x", where="overall", message="Second."),
                Problem(code="x", where="nowhere", message="Elsewhere."),
                Problem(code="x", where="desk.perceived", message="First."),
                Problem(code="x", where="quiet", message="A warning.", severity="warning"),
            ],
        )
        told, left = mistakes(seen, filled)
    assert left == ["Elsewhere."]
    assert [(one.text, one.href) for one in told] == [
        ("A desk Get – First.", "#q-desk--perceived"),
        ("All in all? – Second.", "#q-overall"),
    ]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: str(item["kind"]))
def test_a_mistake_stands_at_its_control(site: Flask, item: dict[str, object]) -> None:
    with site.test_request_context():
        instrument = every_kind()
        seen, filled = shown(instrument)
        for view in seen:
            if view.key == item["key"] and view.controls:
                last = view.controls[-1]
                add_problems(filled, [Problem(code="x", where=last.name, message="Mend <this>.")])
                anew = sheet_of(instrument, follow(instrument, {}, SOMEBODY), SOMEBODY, filled)
                again = views(anew, instrument.pages[0].items)
                html = html_of(next(one for one in again if one.key == view.key))
                assert "Mend &lt;this&gt;." in html
                assert mistakes(again, filled)[0][0].href == f"#{last.id}"


def test_what_a_person_wrote_is_put_in_as_plain_text_and_never_read() -> None:
    said = "<b>*Ann*</b> [x](javascript:alert(1)) {{ 7 * 7 }} ${who}"
    instrument = alone(kind="short_text", key="name")
    wording = Wording(instrument, {"name": said})
    assert wording.text("Hello ${name}!") == f"Hello {said}!"
    html = wording.html("Hello **${name}** and [you](https://example.org)")
    assert "<strong>&lt;b&gt;*Ann*&lt;/b&gt; [x](javascript:alert(1)) {{ 7 * 7 }}" in html
    assert html.count("<a ") == 1
    assert "<b>" not in html


def test_a_choice_is_put_in_with_its_own_words(site: Flask) -> None:
    instrument = every_kind()
    wording = Wording(instrument, {"who": "an_adult", "used": "books rooms", "gone": ""})
    assert wording.text("${who} / ${used} / ${ gone }.") == "An adult / Books, Rooms / ."


def test_piped_words_are_escaped_in_every_kind_s_question(site: Flask) -> None:
    with site.test_request_context():
        for item in ITEMS:
            if item["kind"] in NEVER_SHOWN:
                continue
            asks = [
                {"kind": "short_text", "key": "name", "text": "Name?"},
                {**item, "text": "Dear ${name}", "hint": "For ${name}", "base": ""},
            ]
            instrument = every_kind(pages=[{"key": "one", "items": asks}])
            seen, _ = shown(instrument, {"name": "<script>1</script>"})
            html = html_of(seen[-1])
            assert "<script>" not in html, item["kind"]
            assert "&lt;script&gt;" in html, item["kind"]


def test_options_that_are_filtered_out_are_not_offered(site: Flask) -> None:
    countries = {"kind": "single_choice", "key": "country", "text": "Country?"}
    countries["options"] = [{"code": "at", "label": "Austria"}, {"code": "de", "label": "Germany"}]  # type: ignore[assignment]
    cities = {
        "kind": "dropdown",
        "key": "city",
        "text": "City?",
        "option_filter": "country = ${country}",
        "options": [
            {"code": "graz", "label": "Graz", "attributes": {"country": "at"}},
            {"code": "bonn", "label": "Bonn", "attributes": {"country": "de"}},
        ],
    }
    instrument = every_kind(pages=[{"key": "one", "items": [countries, cities]}])
    with site.test_request_context():
        seen, _ = shown(instrument, {"country": "at"})
        html = html_of(seen[1])
    assert "Graz" in html
    assert "Bonn" not in html


def test_a_random_order_is_the_person_s_own_and_stays(site: Flask) -> None:
    letters = [{"code": letter, "label": letter.upper()} for letter in "abcdefghij"]
    instrument = alone(
        kind="multiple_choice",
        key="q",
        options=letters,
        order="random",
        other="Other",
        exclusive=["a"],
    )

    def order(seed: int) -> list[str]:
        seen, _ = shown(instrument, person=Person(on=SOMEBODY.on, seed=seed))
        return re.findall(r'value="(\w+)"', html_of(seen[0]))

    with site.test_request_context():
        assert order(1) == order(1)
        assert len({tuple(order(seed)) for seed in range(8)}) > 4
        assert all(set(order(seed)[-2:]) == {"a", "other"} for seed in range(4))


def test_a_group_shows_one_time_more_and_one_less_and_moves_the_rest_up() -> None:
    group = every_kind().item("trips")
    assert group is not None
    filled = Filled({"times-trips": ["2"], "why.1": ["one"], "why.2": ["two"]})
    one_more(filled, group)  # type: ignore[arg-type]
    assert filled.times("trips") == 3
    one_more(filled, group)  # type: ignore[arg-type]
    assert filled.times("trips") == 3, "no more than the group may have"
    one_less(filled, group, 1)  # type: ignore[arg-type]
    assert filled.times("trips") == 2
    assert filled.value("why.1") == "two"
    assert filled.value("why.2") == ""


def test_text_keeps_links_to_the_web_and_loses_everything_that_runs() -> None:
    html = rich_text(
        "[ours](https://example.org) [bad](javascript:alert(1)) <script>x</script> ![p](a.png)"
    )
    assert isinstance(html, Markup)
    assert 'href="https://example.org"' in html
    assert "javascript:" not in html.replace("[bad](javascript:alert(1))", "")
    assert "<script" not in html
    assert "<img" not in html


def test_what_the_tests_store_covers_every_column() -> None:
    covered = {re.sub(r"\.\d$", "", name) for name in WHOLE}
    assert covered == {re.sub(r"\.\d$", "", column.name) for column in columns(every_kind())}
