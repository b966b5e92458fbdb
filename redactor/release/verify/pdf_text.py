"""The second engine for PDF: PDFium reads the pages' text, the properties, bookmarks and names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from redactor.release.verify.ledger import Ledger
from redactor.release.verify.page_numbers import without_page_number

_MAX_BOOKMARK_DEPTH = 60
#: Characters of no meaning: unmapped, replaced, or from a private area (Unicode 16, 23.5). Symbol
#: fonts put their codes at U+F000, from where they are read back; so those are left out here.
_UNREADABLE = re.compile("[\ufffd\ue000-\uefff\uf100-\uf8ff\x00]")
_UNREADABLE_RUN = re.compile("[\ufffd\ue000-\uefff\uf100-\uf8ff\x00]{4,}")
_SYMBOLS = {0xF000 + code: chr(code) for code in range(0x20, 0x100)}
_MOST_UNREADABLE = 0.05


def engine_name() -> str:
    """Name the engine with its version."""
    import pypdfium2  # noqa: PLC0415 - loads native code

    return f"pypdfium2 {pypdfium2.PYPDFIUM_INFO} (PDFium {pypdfium2.PDFIUM_INFO.build})"


def search_text_of_pages(
    ledger: Ledger, untrusted: bytes, read: Sequence[str] = ()
) -> tuple[list[str], list[int]]:
    """Look at every page's text and at what is said about the document.

    Args:
        read: the texts, where this engine read them already.

    Returns:
        The texts, and the pages, from 0, whose text is of no meaning as extracted.
    """
    import pypdfium2  # noqa: PLC0415 - loads native code

    engine = engine_name()
    unreadable: list[int] = []
    pages: list[str] = []
    with ledger.engine(engine):
        document = pypdfium2.PdfDocument(untrusted)
        try:
            pages = list(read or _page_texts(document))
            if ledger.strict:
                pages = [without_page_number(one, n, len(pages)) for n, one in enumerate(pages)]
            tally = ledger.text(engine)
            tally.is_set_tight = ledger.pictures is not None
            tally.run_on(pages, lambda number: ledger.place(f"page {number + 1}"))
            for number in ledger.against.changes.read if ledger.against else ():
                ledger.misread(engine).text(pages[number], ledger.place(f"page {number + 1}"))
            for number, text in enumerate(pages):
                if _is_unreadable(text):
                    unreadable.append(number)
                if (coded := text.translate(_SYMBOLS)) != text:
                    tally.views([text, coded], ledger.place(f"page {number + 1}, symbols"))
            for where, text in _around(document):
                tally.text(text, ledger.place(where))
        finally:
            document.close()
    return pages, unreadable


def page_texts(untrusted: bytes) -> list[str]:
    """Give the text of every page, as PDFium reads it."""
    import pypdfium2  # noqa: PLC0415 - loads native code

    document = pypdfium2.PdfDocument(untrusted)
    try:
        return list(_page_texts(document))
    finally:
        document.close()


def _page_texts(document: Any) -> Iterator[str]:
    for number in range(len(document)):
        page = document[number]
        text_page = page.get_textpage()
        yield text_page.get_text_range()
        text_page.close()
        page.close()


def _around(document: Any) -> Iterator[tuple[str, str]]:
    for value in document.get_metadata_dict(skip_empty=True).values():
        yield "document properties", value
    for number, bookmark in enumerate(document.get_toc(max_depth=_MAX_BOOKMARK_DEPTH), 1):
        yield f"bookmark {number}", bookmark.get_title()
    for number in range(document.count_attachments()):
        yield f"name of attachment {number + 1}", document.get_attachment(number).get_name()
    for number in range(len(document)):
        label = document.get_page_label(number)
        if label:
            yield f"label of page {number + 1}", label


def _is_unreadable(text: str) -> bool:
    if _UNREADABLE_RUN.search(text):
        return True
    strange = len(_UNREADABLE.findall(text))
    return strange > 5 and strange > len(text) * _MOST_UNREADABLE
