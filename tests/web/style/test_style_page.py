"""The living page shows the whole language, and its markup says what it looks like."""

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask
from lxml import html

from assessor.domain.kinds import KINDS
from assessor.reports.look import TEMPLATES
from assessor.reports.stylesheets import STATIC
from assessor.reports.tokens import STATUSES
from assessor.web.style.samples import every_kind_instrument

WEB = Path(__file__).parents[3] / "assessor" / "web"
COMPOSED = {"items.html", "item_choices.html", "item_entries.html", "item_parts.html"}
COMPOSED |= {"item_rows.html"}
"""Made of the components below, and shown by the page of every kind of item."""
PAGES = ("/style", "/style/patron", "/style/patron?wrong=1", "/style/kinds?wrong=1")


def page(app: Flask, address: str) -> html.HtmlElement:
    response = app.test_client().get(address)
    assert response.status_code == 200
    return html.fromstring(response.text)


def test_every_component_is_shown() -> None:
    shown = "".join(
        file.read_text("utf-8") for file in (WEB / "style" / "templates" / "style").glob("*.html")
    )
    for folder in (WEB / "templates" / "components", TEMPLATES / "components"):
        for file in folder.glob("*.html"):
            if file.name in COMPOSED:
                continue
            source = file.read_text("utf-8")
            for name in re.findall(r"{% macro ([a-z]\w*)\(", source):
                inside = len(re.findall(rf"\b{name}\(", source)) > 1
                assert inside or re.search(rf"\b{name}\(", shown), f"{name} of {file.name}"


def test_every_status_is_shown(style_app: Flask) -> None:
    words = page(style_app, "/style").text_content()
    assert all(look.word in words and look.meaning in words for look in STATUSES.values())


@pytest.mark.parametrize("address", PAGES)
def test_nothing_stands_inline(style_app: Flask, address: str) -> None:
    tree = page(style_app, address)
    assert not tree.xpath("//*[@style]")
    assert not tree.xpath("//script[not(@src)]")
    assert not tree.xpath("//@*[starts-with(name(), 'on')]")
    outside = [
        url for url in tree.xpath("//link/@href | //img/@src | //script/@src") if "//" in url
    ]
    assert not outside


@pytest.mark.parametrize("address", PAGES)
def test_every_id_is_one_of_a_kind(style_app: Flask, address: str) -> None:
    ids = page(style_app, address).xpath("//@id")
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("address", PAGES)
def test_whatever_describes_or_labels_is_there(style_app: Flask, address: str) -> None:
    tree = page(style_app, address)
    ids = set(tree.xpath("//@id"))
    named = " ".join(tree.xpath("//@aria-describedby | //@aria-labelledby | //label/@for")).split()
    assert named
    assert set(named) <= ids
    # Leads of the error summary.
    leads = [href[1:] for href in tree.xpath("//*[@id='problems']//a/@href")]
    assert set(leads) <= ids


@pytest.mark.parametrize("address", ["/style/patron", "/style/patron?wrong=1"])
def test_a_matrix_has_one_set_of_controls_with_legends_and_headers(
    style_app: Flask, address: str
) -> None:
    tree = page(style_app, address)
    for matrix in tree.xpath("//div[contains(@class, 'matrix')]/table"):
        assert matrix.xpath("caption")
        assert all(head.get("scope") == "col" for head in matrix.xpath("thead//th"))
        rows = matrix.xpath("tbody/tr")
        assert all(len(row.xpath("th[@scope='row']")) == 1 for row in rows)
        assert all(len(row.xpath("*")) == len(matrix.xpath("thead//th")) for row in rows)
        for radio in matrix.xpath(".//input[@type='radio']"):
            legend = radio.xpath("ancestor::fieldset[1]/legend")
            assert legend
            assert legend[0].text_content().strip()
        controls = [(box.get("name"), box.get("value")) for box in matrix.xpath(".//input")]
        assert len(controls) == len(set(controls))


def test_not_applicable_takes_the_point_back(style_app: Flask) -> None:
    """With one scale it is a radio of the row's own group, so that no row can say both."""
    (row,) = page(style_app, "/style/patron").xpath("//tr[th[@id='space_seat-text']]")
    assert [box.get("value") for box in row.xpath(".//input[@checked]")] == ["NA"]
    assert {box.get("type") for box in row.xpath(".//input")} == {"radio"}
    assert {box.get("name") for box in row.xpath(".//input")} == {"space_seat"}


def test_a_mistake_stands_at_its_field_and_in_the_title(style_app: Flask) -> None:
    tree = page(style_app, "/style/patron?wrong=1")
    assert tree.findtext(".//title").startswith("Error: ")
    (field,) = tree.xpath("//input[@id='w-size']")
    said = [tree.get_element_by_id(one) for one in field.get("aria-describedby").split()]
    assert any("Enter a whole number" in one.text_content() for one in said)
    assert any("Error:" in one.text_content() for one in said)


def test_a_patrons_page_is_light(style_app: Flask) -> None:
    """Everything the first page of a survey loads, over the wire, is under 60 kB."""
    client = style_app.test_client()
    text = client.get("/style/patron").data
    (sheet,) = html.fromstring(text).xpath("//link[@rel='stylesheet']/@href")
    size = len(gzip.compress(text)) + len(gzip.compress(client.get(sheet).data))
    size += sum((STATIC / "fonts" / f"{n}-latin.woff2").stat().st_size for n in ("text", "heading"))
    assert size < 60_000


def test_sheets_are_kept_by_their_fingerprint(style_app: Flask) -> None:
    client = style_app.test_client()
    (sheet,) = page(style_app, "/style").xpath("//link[@rel='stylesheet']/@href")
    assert "immutable" in client.get(sheet).headers["Cache-Control"]
    assert "immutable" not in client.get("/look/office.css").headers["Cache-Control"]
    assert client.get("/look/other.css").status_code == 404


def test_an_accent_is_served_only_where_it_can_be_read(style_app: Flask) -> None:
    client = style_app.test_client()
    taken = client.get("/look/accent-004466.css")
    assert "#004466" in taken.text
    assert taken.mimetype == "text/css"
    assert client.get("/look/accent-ffff00.css").status_code == 404
    assert client.get("/look/accent-;}.css").status_code == 404


def test_text_in_a_field_is_escaped(style_app: Flask) -> None:
    with style_app.test_request_context():
        source = (
            '{% from "components/form.html" import error_summary %}'
            '{{ error_summary([{"text": "<script>", "href": "#a"}]) }}'
        )
        shown = style_app.jinja_env.from_string(source).render()
    assert "&lt;script&gt;" in shown
    assert "<script>" not in shown


@pytest.mark.parametrize("wrong", ["", "?wrong=1"])
def test_every_kind_of_item_is_shown(style_app: Flask, wrong: str) -> None:
    shown = page(style_app, f"/style/kinds{wrong}")
    kinds = {item.kind for item in every_kind_instrument().items()}
    assert kinds == set(KINDS)
    hidden = {"hidden", "calculated"}
    keys = {item.key for item in every_kind_instrument().items() if item.kind not in hidden}
    assert {
        one.get("id").removeprefix("item-") for one in shown.xpath("//*[@class='question']")
    } == keys
    assert bool(shown.xpath("//*[@id='problems']")) == bool(wrong)
