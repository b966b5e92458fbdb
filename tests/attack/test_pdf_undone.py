"""Files in which a redaction is undone when they are saved: the library repairs them then.

A repair reads the file anew and forgets every change (PyMuPDF issue 4790). So each file is repaired
before anything is done, and the bytes that were written are what is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pymupdf
import pytest

from redactor.errors import UnreadableDocument
from redactor.matching import make_term
from redactor.release.verify import verify_file
from redactor.release.verify.model import Withheld
from tests.unit.formats.pdf_samples import (
    NAME,
    everything_in,
    lines,
    made,
    other_text,
    page_text,
    rebuilt,
    spots_of,
)


def sound() -> bytes:
    """Give a file of two pages with its cross-reference table as plain text."""
    return made(lines(f"Statement by {NAME}, dated 3 May", "kept"), lines(f"Copy to {NAME}", "too"))


def entries(data: bytes) -> list[re.Match[bytes]]:
    return list(re.finditer(rb"\d{10} \d{5} [nf] ?\r?\n", data))


def with_offset(data: bytes, number: int, offset: int) -> bytes:
    """Give a file whose table says that an object stands somewhere else."""
    entry = entries(data)[number]
    return data[: entry.start()] + b"%010d" % offset + data[entry.start() + 10 :]


def number_of(data: bytes, pattern: bytes) -> int:
    """Give the number of the first object that holds this."""
    found = re.search(rb"(\d+) 0 obj(?:(?!endobj).)*?" + pattern, data, re.DOTALL)
    assert found is not None
    return int(found[1])


def lost_font(data: bytes) -> bytes:
    return with_offset(data, number_of(data, rb"/BaseFont"), 3)


def lost_content(data: bytes) -> bytes:
    return with_offset(data, number_of(data, rb"stream"), 3)


def unused_object_lost(data: bytes) -> bytes:
    """An object that no page needs: it is met only when everything is written."""
    document = pymupdf.open("pdf", data)
    extra = document.get_new_xref()
    document.update_object(extra, "<</Type/ExtGState/CA 1>>")
    document.xref_set_key(document.pdf_catalog(), "PieceInfo", f"<</X {extra} 0 R>>")
    written = document.tobytes(no_new_id=True)
    return with_offset(written, number_of(written, rb"/ExtGState"), 3)


def offsets_of_others(data: bytes) -> bytes:
    """Two objects change places in the table."""
    first, second = number_of(data, rb"/BaseFont"), number_of(data, rb"stream")
    here, there = (entries(data)[one][0][:10] for one in (first, second))
    return with_offset(with_offset(data, first, int(there)), second, int(here))


def ends_early(data: bytes) -> bytes:
    """The end is missing from the table on."""
    return data[: data.rfind(b"xref\n", 0, data.rfind(b"startxref"))]


def ends_within_the_table(data: bytes) -> bytes:
    return data[: entries(data)[3].start()]


def end_of_file_in_the_middle(data: bytes) -> bytes:
    at = data.find(b"endobj") + len(b"endobj\n")
    return data[:at] + b"startxref\n0\n%%EOF\n" + data[at:]


def wrong_start(data: bytes) -> bytes:
    return re.sub(rb"startxref\s+\d+", b"startxref\n7", data)


def wrong_length(data: bytes) -> bytes:
    return re.sub(rb"/Length \d+", b"/Length 5", data, count=1)


def bytes_before(data: bytes) -> bytes:
    return b"\n" * 200 + data


def twice_the_same_number(data: bytes) -> bytes:
    """A later object of the same number, as an editor leaves it that only appends."""
    number = number_of(data, rb"stream")
    copy = b"%d 0 obj\n<</Length 4>>\nstream\nq Q \nendstream\nendobj\n" % number
    return data + copy


BREAKS: tuple[Callable[[bytes], bytes], ...] = (
    lost_font,
    lost_content,
    unused_object_lost,
    offsets_of_others,
    ends_early,
    ends_within_the_table,
    end_of_file_in_the_middle,
    wrong_start,
    wrong_length,
    bytes_before,
    twice_the_same_number,
)


def naively_redacted(data: bytes) -> bytes:
    """Redact as the library's manual says."""
    document = pymupdf.open("pdf", data)
    for page in document:
        for box in page.search_for(NAME):
            page.add_redact_annot(box)
        page.apply_redactions()
        assert NAME not in page.get_text()
    written: bytes = document.tobytes(garbage=4)
    return written


@pytest.mark.parametrize("broken", BREAKS, ids=lambda one: one.__name__)
def test_nothing_comes_back_when_a_broken_file_is_written(broken):
    data = broken(sound())
    try:
        shown = page_text(data, 0) + page_text(data, 1)
    except (UnreadableDocument, KeyError):
        return  # refused, or pages are missing: nothing of it goes out
    if NAME not in shown:
        return  # what cannot be read is not carried either, which the next line shows
    assert spots_of(data, NAME)
    out = rebuilt(data, NAME).files[0].data
    assert b"Oakden" not in everything_in(out)
    assert not any("Oakden" in text for text in other_text(out))
    term = make_term(NAME, 1)
    assert term is not None
    report = verify_file("out.pdf", out, Withheld((term,)), strict=True)
    assert not report.leaks


@pytest.mark.parametrize("broken", BREAKS, ids=lambda one: one.__name__)
def test_what_is_not_read_of_a_broken_file_is_not_released(broken):
    data = broken(sound())
    try:
        shown = page_text(data, 0)
        out = rebuilt(data).files[0].data
    except (UnreadableDocument, KeyError):
        return
    assert (NAME in shown) is (NAME in other_text(out)[0])


def test_the_library_alone_brings_a_redaction_back():
    undone = [
        broken.__name__
        for broken in BREAKS
        if NAME in "".join(page.get_text() for page in pymupdf.open("pdf", _tried(broken)))
    ]
    assert undone  # else these files prove nothing any more


def _tried(broken: Callable[[bytes], bytes]) -> bytes:
    try:
        return naively_redacted(broken(sound()))
    except (RuntimeError, ValueError, AssertionError):
        return made(lines("nothing"))
