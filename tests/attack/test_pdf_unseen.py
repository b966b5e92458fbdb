"""Text that nobody sees is not on the page, is listed, and can be taken out without a trace."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pymupdf
import pypdfium2
import pytest

from redactor.formats.pdf.opening import open_pdf, prepare
from redactor.formats.pdf.page_text import PageText
from redactor.formats.pdf.unseen import hides_on, why_unseen
from redactor.formats.pdf.unseen_removal import remove_unseen
from tests.unit.formats.pdf_samples import lines, made, with_content
from tests.unit.formats.test_pdf_unseen import GREY, HIDDEN, PLAIN, SEEN, SHADE, text_at

MARK = "Oakden"


def without_unseen(data: bytes, number: int = 0) -> tuple[bool, Any]:
    """Take out what is not seen, and give whether that was proved, and the document."""
    document = prepare(open_pdf(data))
    unseen = hides_on(document.load_page(number))
    assert unseen is not None
    return remove_unseen(document, number, unseen), document


def written(document: Any) -> bytes:
    """Give the bytes of a new file with the pages, as a release carries them."""
    target = pymupdf.open()
    target.insert_pdf(document, links=False, annots=False, widgets=False)
    data: bytes = target.tobytes(garbage=2)
    return data


def streams_of(data: bytes) -> bytes:
    """Give every stream of a file, unpacked, as another engine reads it."""
    pdf = pikepdf.open(io.BytesIO(data))
    return b"\n".join(one.read_bytes() for one in pdf.objects if isinstance(one, pikepdf.Stream))


def other_text(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def picture(data: bytes) -> bytes:
    with pypdfium2.PdfDocument(data) as document:
        return bytes(document[0].render(scale=2).to_numpy().tobytes())


@pytest.mark.parametrize("name", HIDDEN)
def test_what_is_not_seen_is_gone_and_the_rest_is_as_it_was(name):
    original = with_content(
        (
            PLAIN + HIDDEN[name][0] + " BT 0 g 0 Tr 100 Tz /F1 12 Tf 20 100 Td (Yours) Tj ET"
        ).encode(),
        extra=GREY + SHADE,
    )
    proved, document = without_unseen(original)
    assert proved
    data = written(document)
    assert MARK.encode() not in streams_of(data)
    assert MARK not in other_text(data)
    assert "Dear Tamsin" in other_text(data)
    if name not in {"nearly white", "tiny", "squeezed"}:  # those leave a trace of colour
        assert picture(data) == picture(written(prepare(open_pdf(original))))


def test_the_label_over_a_covered_name_stays():
    content = (
        text_at(200, f"By {MARK} of Quorn", size=14)
        + "38 195 60 18 re f 1 g BT /F1 8 Tf 40 200 Td (REDACTED) Tj ET"
    )
    proved, document = without_unseen(with_content(content.encode()))
    text = PageText(document.load_page(0)).text
    assert proved
    assert MARK not in text
    assert "REDACTED" in text
    assert "of Quorn" in text


def test_only_the_use_of_a_form_that_is_covered_loses_its_text():
    pdf = pikepdf.open(io.BytesIO(with_content(b"")))
    page = pdf.pages[0]
    form = pikepdf.Stream(
        pdf,
        text_at(200, MARK).encode(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=[0, 0, 400, 300],
        Resources=pikepdf.Dictionary(Font=page.Resources.Font),
    )
    page.Resources.XObject = pikepdf.Dictionary(Fm=pdf.make_indirect(form))
    content = b"/Fm Do 10 190 100 30 re f q 1 0 0 1 0 -100 cm /Fm Do Q"
    page.Contents = pdf.make_stream(content)
    out = io.BytesIO()
    pdf.save(out)
    proved, document = without_unseen(out.getvalue())
    assert proved
    found = document.load_page(0).search_for(MARK)
    assert [round(box.y1 / 10) for box in found] == [20]


def test_a_rotated_and_cropped_page_loses_what_is_covered():
    document = pymupdf.open("pdf", with_content((PLAIN + HIDDEN["under a black box"][0]).encode()))
    document[0].set_cropbox((5, 5, 390, 280))
    document[0].set_rotation(90)
    proved, ready = without_unseen(document.tobytes())
    assert proved
    assert MARK.encode() not in streams_of(written(ready))
    assert "Dear Tamsin" in PageText(ready.load_page(0)).text


def test_the_layer_of_a_scanner_is_gone_and_its_picture_stays():
    scan = pymupdf.open("pdf", made(lines(f"Dear {MARK}"), width=300, height=200))
    document = pymupdf.open()
    page = document.new_page(width=300, height=200)
    page.insert_image(page.rect, pixmap=scan[0].get_pixmap(dpi=150))
    page.insert_text((60, 80), f"Dear {MARK}", fontsize=11, render_mode=3)
    original = document.tobytes()
    proved, ready = without_unseen(original)
    assert proved
    data = written(ready)
    assert other_text(data).strip() == ""
    assert picture(data) == picture(original)


@pytest.mark.parametrize("name", SEEN)
def test_what_is_seen_is_never_offered_for_removal(name):
    page = prepare(open_pdf(with_content(SEEN[name].encode(), extra=GREY + SHADE))).load_page(0)
    assert hides_on(page) is None
    assert why_unseen(page) == []
