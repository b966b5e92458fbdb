from __future__ import annotations

import io
import zlib

import pikepdf
import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redactor.errors import UnreadableDocument
from redactor.formats.base import RebuildPlan
from redactor.formats.pdf import Pdf, opening
from tests.unit.formats.pdf_samples import lines, made, page_text, with_content

PLAIN = made(lines("A plain letter of one line"))


def reason(data: bytes) -> str:
    with pytest.raises(UnreadableDocument) as refusal:
        Pdf().read(data)
    with pytest.raises(UnreadableDocument) as again:
        Pdf().rebuild(data, RebuildPlan(), "pdf")
    assert again.value.reason == refusal.value.reason
    assert refusal.value.why
    assert refusal.value.remedy
    return refusal.value.reason


def encrypted(user: str, owner: str) -> bytes:
    document = pymupdf.open("pdf", PLAIN)
    data: bytes = document.tobytes(
        encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw=user, owner_pw=owner
    )
    return data


def test_no_bytes_are_refused_as_empty():
    assert reason(b"") == "empty"


def test_something_else_is_refused_as_another_type():
    assert reason(b"PK\x03\x04 a workbook") == "wrong-type"
    assert not Pdf().sniff(b"PK\x03\x04")


def test_a_header_alone_is_refused_as_truncated():
    assert reason(b"%PDF-1.7\n1 0 obj\n<</Type/Cat") == "truncated"


def test_a_password_is_asked_for():
    assert reason(encrypted("open sesame", "owner")) == "encrypted"


def test_an_owner_password_alone_does_not_hinder_reading():
    assert page_text(encrypted("", "owner")) == "A plain letter of one line"


def test_a_pdf_without_pages_is_refused():
    data = (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF"
    )
    assert reason(data) == "damaged"


def many_pages(count: int) -> bytes:
    kids = "".join(f"{number} 0 R " for number in range(3, count + 3))
    bodies = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {count}/Kids[{kids}]>>",
        *["<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Resources<<>>>>"] * count,
    ]
    written, offsets = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(written))
        written += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    size = len(bodies) + 1
    return (
        written
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}"
            f"trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{len(written)}\n%%EOF\n"
        ).encode()
    )


def test_ten_thousand_pages_are_one_clear_refusal():
    data = many_pages(opening.MAX_PAGES * 2)
    assert reason(data) == "too-large"
    with pytest.raises(UnreadableDocument, match="10,000 pages"):
        Pdf().read(data)


def bomb(content: bytes, rounds: int) -> bytes:
    for _ in range(rounds):
        content = zlib.compress(content, 9)
    document = pikepdf.open(io.BytesIO(with_content(b"")))
    stream = pikepdf.Stream(document, content)
    filters = [pikepdf.Name.FlateDecode] * rounds
    stream.stream_dict.Filter = filters[0] if rounds == 1 else pikepdf.Array(filters)
    document.pages[0].Contents = document.make_indirect(stream)
    written = io.BytesIO()
    document.save(written, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return written.getvalue()


def test_a_stream_that_unpacks_without_measure_is_refused(monkeypatch):
    monkeypatch.setattr(opening, "MAX_STREAM", 1024 * 1024)
    assert reason(bomb(b" " * 3_000_000, 1)) == "bomb"
    assert reason(bomb(b" " * 3_000_000, 2)) == "bomb"
    assert Pdf().read(bomb(b" " * 500_000, 2)).segments


def test_a_picture_of_too_many_pixels_is_refused():
    document = pymupdf.open("pdf", PLAIN)
    image = document.get_new_xref()
    document.update_object(
        image,
        "<</Type/XObject/Subtype/Image/Width 90000/Height 90000/ColorSpace/DeviceGray"
        "/BitsPerComponent 8>>",
    )
    document.update_stream(image, b"\0" * 10)
    assert reason(document.tobytes()) == "bomb"


def test_a_broken_cross_reference_table_is_repaired():
    assert page_text(PLAIN.replace(b"startxref", b"startxxxx")) == "A plain letter of one line"


@settings(max_examples=40, deadline=None)
@given(st.integers(min_value=9, max_value=len(PLAIN) - 1))
def test_a_pdf_cut_anywhere_is_read_or_refused(length):
    reason = "read"
    try:
        Pdf().read(PLAIN[:length])
    except UnreadableDocument as refusal:
        reason = refusal.reason
    assert reason in {"read", "damaged", "truncated"}


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_pdf_with_a_changed_stretch_is_read_or_refused(data):
    at = data.draw(st.integers(min_value=8, max_value=len(PLAIN) - 20))
    junk = data.draw(st.binary(min_size=1, max_size=20))
    hostile = PLAIN[:at] + junk + PLAIN[at + len(junk) :]
    ended = "well"
    try:
        Pdf().read(hostile)
        Pdf().rebuild(hostile, RebuildPlan(), "pdf")
    except UnreadableDocument as refusal:
        ended = refusal.reason
    assert ended != "missing"


def test_importing_the_list_of_formats_does_not_load_the_library():
    import subprocess
    import sys

    code = "import redactor.formats, sys; assert 'pymupdf' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)
