"""Every kind of file becomes lines, or says in plain words why it cannot."""

import base64
import io
import zipfile

import docx
import pytest

from assessor.planning.read import read_plan
from tests.planning.invariants import assert_sound, outline


def problem(data: bytes, name: str) -> str:
    result = read_plan(data, name)
    assert result.value is None
    return result.problems[0].code


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "plan.txt", "plan.empty-file"),
        (b" \n\n ", "plan.txt", "plan.empty-file"),
        (b"\x00\x01\x02\x03" * 100, "plan.txt", "plan.binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "plan.doc", "plan.binary"),
        (b"x" * (20 * 1024 * 1024 + 1), "plan.txt", "plan.too-large"),
        (b"%PDF-1.7 but no more", "plan.pdf", "plan.damaged"),
        (b"PK\x03\x04 but no more", "plan.docx", "plan.damaged"),
        (b"Just a note to say that nothing is planned.", "plan.txt", "plan.no-structure"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, name: str, code: str) -> None:
    assert problem(data, name) == code


def test_an_archive_that_is_no_word_document_is_told_so() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert problem(buffer.getvalue(), "plan.docx") == "plan.binary"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_letters_survive_every_usual_encoding(encoding: str) -> None:
    text = "Objectif 1 : Élargir l’accès à la bibliothèque\nObjectif 2 : Créer des ateliers d’été\n"
    read = read_plan(text.encode(encoding), "plan.txt").unwrap()
    assert [e.text for e in read.reading.elements] == [
        "Élargir l’accès à la bibliothèque",
        "Créer des ateliers d’été",
    ]


def word_document() -> bytes:
    document = docx.Document()
    document.add_paragraph("Maple Ridge Library Strategic Plan 2025-2028", style="Title")
    document.add_heading("Mission", 1)
    document.add_paragraph("We share.")
    document.add_heading("Goal 1: Reach", 1)
    document.add_paragraph("Objectives")
    document.add_paragraph("Take the library to the market", style="List Bullet")
    document.add_paragraph("Stand there every Saturday", style="List Bullet 2")
    document.add_paragraph("Mail books to farms", style="List Bullet")
    document.add_heading("Goal 2: Learn", 1)
    table = document.add_table(rows=3, cols=3)
    rows = [
        ("Objective", "Actions", "Lead"),
        ("Host debates", "Find moderators", "Ann"),
        ("", "Book the hall", "Bob"),
    ]
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_a_word_document_keeps_its_headings_list_depths_and_table_rows() -> None:
    read = read_plan(word_document(), "plan.docx").unwrap()
    assert_sound(read)
    assert outline(read).splitlines()[2:] == [
        "mission: We share.",
        "1 goal: Reach",
        "  1.1 objective: Take the library to the market",
        "    1.1.1 action: Stand there every Saturday ?",
        "  1.2 objective: Mail books to farms",
        "2 goal: Learn",
        "  2.1 objective: Host debates",
        "    2.1.1 action: Find moderators",
        "    2.1.2 action: Book the hall",
    ]


def test_bold_run_in_headings_are_elements_with_their_paragraphs() -> None:
    document = docx.Document()
    document.add_paragraph().add_run("Strategic Priorities").bold = True
    for name, text in (("Space", "We will open a silent floor."), ("People", "We will train.")):
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{name}: ").bold = True
        paragraph.add_run(text)
    buffer = io.BytesIO()
    document.save(buffer)
    read = read_plan(buffer.getvalue(), "plan.docx").unwrap()
    assert [(e.code, e.level, e.text) for e in read.reading.elements] == [
        ("P1", "priority", "Space: We will open a silent floor."),
        ("P2", "priority", "People: We will train."),
    ]


def pdf(lines: list[tuple[int, int, int, str]]) -> bytes:
    """A PDF of one page: left edge, height, size of type and text of each line."""
    shown = "".join(f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n" for x, y, size, text in lines)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(shown)} >>\nstream\n{shown}endstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = len(out)
    out += f"xref\n0 6\n0000000000 65535 f \n{table}trailer << /Size 6 /Root 1 0 R >>\n"
    return (out + f"startxref\n{start}\n%%EOF").encode("latin-1")


def test_a_pdf_is_read_by_size_of_type_and_left_edge() -> None:
    data = pdf(
        [
            (40, 540, 20, "Sandhurst Library Strategic Plan 2026 to 2030"),
            (40, 500, 14, "Goal 1. Every reader finds a book"),
            (40, 470, 10, "Objectives"),
            (50, 455, 10, "Rewrite the collection policy with readers, with teachers"),
            (50, 443, 10, "and with people who have never held a card"),
            (50, 428, 10, "Shelve fiction by mood"),
            (40, 390, 14, "Goal 2. A house for all"),
            (40, 360, 10, "Objectives"),
            (50, 345, 10, "Repair the ramp at the west door of the house"),
            (50, 330, 10, "Open earlier on the days when the market is held"),
        ]
    )
    read = read_plan(data, "plan.pdf").unwrap()
    assert_sound(read)
    assert [(e.code, e.text) for e in read.reading.elements] == [
        ("1", "Every reader finds a book"),
        (
            "1.1",
            "Rewrite the collection policy with readers, with teachers and with people who have "
            "never held a card",
        ),
        ("1.2", "Shelve fiction by mood"),
        ("2", "A house for all"),
        ("2.1", "Repair the ramp at the west door of the house"),
        ("2.2", "Open earlier on the days when the market is held"),
    ]


def test_a_pdf_of_pictures_asks_for_text_recognition() -> None:
    assert problem(pdf([]), "plan.pdf") == "plan.scanned"


# One blank page that opens with the password "secret" only.
LOCKED_PDF = base64.b64decode(
    "JVBERi0xLjMKJeLjz9MKMSAwIG9iago8PAovUHJvZHVjZXIgPGNlZTU3NjU2ZDE+Cj4+CmVuZG9iagoyIDAgb2Jq"
    "Cjw8Ci9UeXBlIC9QYWdlcwovQ291bnQgMQovS2lkcyBbIDQgMCBSIF0KPj4KZW5kb2JqCjMgMCBvYmoKPDwKL1R5"
    "cGUgL0NhdGFsb2cKL1BhZ2VzIDIgMCBSCj4+CmVuZG9iago0IDAgb2JqCjw8Ci9UeXBlIC9QYWdlCi9SZXNvdXJj"
    "ZXMgPDwKPj4KL01lZGlhQm94IFsgMC4wIDAuMCA3MiA3MiBdCi9QYXJlbnQgMiAwIFIKPj4KZW5kb2JqCjUgMCBv"
    "YmoKPDwKL1YgMgovUiAzCi9MZW5ndGggMTI4Ci9QIDQyOTQ5NjcyOTIKL0ZpbHRlciAvU3RhbmRhcmQKL08gPDBl"
    "NTIyOTI1YTNlNGU4NzRjM2NmYWNiZWY1MTFhNzNhYzRlYzJiZDg2NWRjZDNkNDYyNzYxNDkxN2FiZmQ3ZTQ+Ci9V"
    "IDwxMTgyYjM5NjJmMjM2YzQzNTQ4MWQ4OTYzYzdjNjVjNzI4YmY0ZTVlNGU3NThhNDE2NDAwNGU1NmZmZmEwMTA4"
    "Pgo+PgplbmRvYmoKeHJlZgowIDYKMDAwMDAwMDAwMCA2NTUzNSBmIAowMDAwMDAwMDE1IDAwMDAwIG4gCjAwMDAw"
    "MDAwNTkgMDAwMDAgbiAKMDAwMDAwMDExOCAwMDAwMCBuIAowMDAwMDAwMTY3IDAwMDAwIG4gCjAwMDAwMDAyNTkg"
    "MDAwMDAgbiAKdHJhaWxlcgo8PAovU2l6ZSA2Ci9Sb290IDMgMCBSCi9JbmZvIDEgMCBSCi9JRCBbIDw2MDVhY2Ri"
    "NDkxMzQ3NTk3YzQzYjMzNjA2MWZmMjA5Mz4gPDYwNWFjZGI0OTEzNDc1OTdjNDNiMzM2MDYxZmYyMDkzPiBdCi9F"
    "bmNyeXB0IDUgMCBSCj4+CnN0YXJ0eHJlZgo0NzQKJSVFT0YK"
)


def test_a_pdf_behind_a_password_is_told_from_a_damaged_one() -> None:
    assert problem(LOCKED_PDF, "plan.pdf") == "plan.password"
