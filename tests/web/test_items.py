"""Items as fields and as views: every kind there is, and nothing a key could break."""

import pytest
from flask import Flask, render_template_string
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from assessor.domain.answers import check_answers
from assessor.domain.instrument import Instrument
from assessor.domain.kinds import KINDS, columns, columns_of_item
from assessor.domain.problems import Problem
from assessor.web.item_views import rich_text, views
from assessor.web.items import (
    BUILDERS,
    add_problems,
    field_of,
    has_field,
    mistakes,
    page_form,
    posted,
    stored,
)
from tests.web.respond.instruments import LAST, VIEWS, WHOLE, YOU, everything

SHOWN = """{% from "components/items.html" import item %}{{ item(view) }}"""


@pytest.fixture
def patrons(site: Flask) -> Instrument:
    return everything()


def test_every_kind_of_item_has_its_row_in_the_table() -> None:
    assert set(BUILDERS) == set(KINDS)


def test_the_instrument_of_these_tests_has_every_kind() -> None:
    assert {item.kind for item in everything().items()} == set(KINDS)


def test_every_column_is_a_field_that_posts_under_the_column_s_name(
    site: Flask, patrons: Instrument
) -> None:
    with site.test_request_context():
        for page in patrons.pages:
            form = page_form(patrons, page)()
            for item in page.items:
                for column in columns_of_item(item):
                    assert field_of(form, column.name).name == column.name


def test_every_item_is_shown_with_a_control_for_each_column(
    site: Flask, patrons: Instrument
) -> None:
    with site.test_request_context():
        for page in patrons.pages:
            form = page_form(patrons, page)()
            for view in views(patrons, page, form):
                html = render_template_string(SHOWN, view=view)
                for column in columns_of_item(view.item):
                    assert f'name="{column.name}"' in html, column.name
                assert columns_of_item(view.item) or "Choose <em>one</em>" in html


def test_what_is_stored_is_shown_and_posted_again_as_the_same_answers(
    site: Flask, patrons: Instrument
) -> None:
    with site.test_request_context():
        for page in patrons.pages:
            names = [column.name for item in page.items for column in columns_of_item(item)]
            before = {name: WHOLE[name] for name in names}
            data = stored(before, page)
            form = page_form(patrons, page)(data)
            checked = check_answers(patrons, posted(form, data), pages=[page.key])
            assert checked.unwrap() == before


@pytest.mark.parametrize("value", [0.1, 12.5, 1234567.25, 0.000001])
def test_a_decimal_number_comes_back_as_it_was(site: Flask, value: float) -> None:
    item = {"kind": "number", "key": "hours", "text": "Hours?", "whole": False}
    instrument = everything(group_item=None, pages=[{"key": "one", "items": [item]}])
    page = instrument.pages[0]
    with site.test_request_context():
        data = stored({"hours": value}, page)
        raw = posted(page_form(instrument, page)(data), data)
    assert check_answers(instrument, raw).unwrap() == {"hours": value}


@pytest.mark.parametrize("key", ["data", "errors", "validate", "meta", "hidden_tag", "turn"])
def test_an_item_may_be_called_as_what_a_form_has_itself(site: Flask, key: str) -> None:
    item = {"kind": "short_text", "key": key, "text": "Well?"}
    instrument = everything(group_item=None, pages=[{"key": "one", "items": [item]}])
    page = instrument.pages[0]
    with site.test_request_context():
        data = MultiDict([(key, "yes"), ("csrf_token", "t"), ("page-turn", "onward")])
        form = page_form(instrument, page)(data)
        assert posted(form, data) == {key: "yes"}
        assert "csrf_token" in form.hidden_tag()


def test_problems_lie_at_their_questions_and_are_told_in_the_page_s_order(
    site: Flask, patrons: Instrument
) -> None:
    page = patrons.pages[1]
    problems = [
        Problem(code="x", where="overall", message="Second."),
        Problem(code="x", where="nowhere", message="Elsewhere."),
        Problem(code="x", where="desk.perceived", message="First."),
    ]
    with site.test_request_context():
        form = page_form(patrons, page)()
        left = add_problems(form, problems)
        told = mistakes(patrons, page, form)
    assert [problem.where for problem in left] == ["nowhere"]
    assert [(one.text, one.href) for one in told] == [
        ("A desk Get – First.", "#q-desk--perceived"),
        ("All in all? – Second.", "#q-overall"),
    ]


def test_the_row_s_box_is_a_field_beside_the_row_s_scales(site: Flask, patrons: Instrument) -> None:
    with site.test_request_context():
        form = page_form(patrons, patrons.pages[1])()
        assert has_field(form, "network")
        assert not has_field(form, "quiet.agreement")


def test_text_keeps_links_to_the_web_and_loses_everything_that_runs() -> None:
    html = rich_text(
        "[ours](https://example.org) [bad](javascript:alert(1)) <script>x</script> ![p](a.png)"
    )
    assert isinstance(html, Markup)
    assert 'href="https://example.org"' in html
    assert "javascript:" not in html.replace("[bad](javascript:alert(1))", "")
    assert "<script" not in html
    assert "<img" not in html


def test_what_the_tests_post_covers_every_column() -> None:
    assert set(WHOLE) == {column.name for column in columns(everything())}
    assert set(YOU) | set(VIEWS) | set(LAST) <= {*WHOLE, "network"}
