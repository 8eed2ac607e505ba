"""A questionnaire on paper holds every question, its answers and its logic, and loads nothing."""

import pypdfium2

from assessor.domain.instrument import Instrument
from assessor.reports.questionnaire import questionnaire_html, questionnaire_pdf

SCRIPT = "<script>alert(1)</script><img src='http://example.org/x.png'>"


def instrument(**more: object) -> Instrument:
    options = [{"code": "a", "label": "Books"}, {"code": "b", "label": f"Space {SCRIPT}"}]
    items = [
        {"key": "used", "kind": "multiple_choice", "text": "What did you use?", "options": options},
        {
            "key": "why",
            "kind": "long_text",
            "text": "Why ${used}?",
            "relevant": "selected(${used}, 'a')",
        },
        {"key": "src", "kind": "hidden", "text": "Source", "values": ["poster"]},
    ]
    page = {"key": "only", "title": "Visit", "items": items}
    return Instrument.model_validate({"key": "visit", "title": "Visit", "pages": [page], **more})


def test_logic_stands_there_in_words_and_pipes_as_their_question() -> None:
    page = questionnaire_html(instrument())
    assert "Only if “What did you use?” includes “Books”." in page
    assert "Why [What did you use?]?" in page
    assert "Comes with the link: poster." in page
    assert "${" not in page


def test_text_is_text() -> None:
    page = questionnaire_html(instrument(introduction=f"Hello {SCRIPT}", thanks=SCRIPT))
    assert "<script" not in page
    assert "<img" not in page


def test_the_pdf_is_tagged_and_holds_the_words() -> None:
    data = questionnaire_pdf(instrument(language="de"))
    document = pypdfium2.PdfDocument(data)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert "What did you use?" in text
    assert pypdfium2.raw.FPDFCatalog_IsTagged(document.raw)


def test_a_language_from_right_to_left_is_set_so() -> None:
    arabic = {"ar": {"title": "زيارتك", "used.text": "ماذا استخدمت؟"}}
    page = questionnaire_html(instrument(translations=arabic), language="ar")
    assert '<html lang="ar" dir="rtl">' in page
    assert "ماذا استخدمت؟" in page
