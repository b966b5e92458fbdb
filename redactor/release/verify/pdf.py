"""Verify PDF files: pikepdf over every object, PDFium over every page, and the bytes themselves."""

from __future__ import annotations

from redactor.release.verify.ledger import Ledger
from redactor.release.verify.pdf_bytes import search_bytes_of_pdf
from redactor.release.verify.pdf_links import check_links
from redactor.release.verify.pdf_objects import ENGINE, search_objects
from redactor.release.verify.pdf_pages import (
    Compared,
    check_pictures_of_pages,
    compare_pages,
)
from redactor.release.verify.pdf_pixels import read_pictures, read_redacted_places
from redactor.release.verify.pdf_text import engine_name, search_text_of_pages

_MAX_PAGES_NAMED = 12


def search_pdf(ledger: Ledger, untrusted: bytes) -> None:
    """Look at a PDF with every engine, and check that its text can be trusted."""
    objects = search_objects(ledger, untrusted)
    search_bytes_of_pdf(ledger, untrusted, objects)
    compared = compare_pages(ledger, ledger.against, untrusted) if ledger.against else Compared()
    texts, meaningless = search_text_of_pages(ledger, untrusted, compared.texts)
    unreadable = sorted({*meaningless, *objects.unreadable_pages})
    check_links(ledger, objects.links, texts, engine_name())
    _check_readable(ledger, unreadable)
    if ledger.against is not None:
        check_pictures_of_pages(ledger, ledger.against, compared)
        read_redacted_places(ledger, ledger.against, untrusted, compared)
    elif not ledger.strict:
        read_pictures(ledger, untrusted, unreadable)


def _check_readable(ledger: Ledger, pages: list[int]) -> None:
    """Fail where a page's glyphs have no meaning to any engine, unless a person looked at it."""
    unseen = [page for page in pages if f"page:{page + 1}" not in ledger.seen]
    named = ", ".join(str(page + 1) for page in unseen[:_MAX_PAGES_NAMED])
    engine = f"{ENGINE}, {engine_name()}"
    if unseen:
        more = " and more" if len(unseen) > _MAX_PAGES_NAMED else ""
        ledger.check(
            "page text readable",
            ok=False,
            engine=engine,
            detail=f"The letters of page {named}{more} cannot be read, so nothing is proved there. "
            "Leave the pages out, or have a person look at them and rule.",
            pages=tuple(unseen),
        )
    else:
        seen = f"; {len(pages)} pages were seen by a person" if pages else ""
        ledger.check(
            "page text readable",
            ok=True,
            engine=engine,
            detail=f"The letters of every page can be read{seen}.",
        )
