"""Run the library's filter of drawing instructions over a page, with our answers in it.

The filter writes the instructions of a page and of the forms it uses anew, and asks of every glyph
or path whether it goes (MuPDF, pdf/pdf-op-filter.c). All that stays keeps its place.
"""

from __future__ import annotations

from typing import Any

from pymupdf import mupdf


class _Factory(mupdf.PdfFilterFactory2):
    """Makes the library's own content filter, with our answers in it."""

    def __init__(self, answers: Any) -> None:
        super().__init__()
        self._answers = answers
        self.use_virtual_filter()

    def filter(
        self, _context: Any, document: Any, chain: Any, parents: int, transform: Any, options: Any
    ) -> Any:
        """Put the filter for one stream of instructions between reading and writing."""
        inner = self._answers.internal()
        return mupdf.ll_pdf_new_sanitize_filter(document, chain, parents, transform, options, inner)


def rewrite(page: Any, answers: Any, *, recurse: bool, ascii_only: bool) -> None:
    """Write the instructions of a page anew.

    Forms are copied for the page first, so that other uses of them stay as they are.

    Args:
        page: of an open document; it is changed in it.
        answers: a ``PdfSanitizeFilterOptions2`` that says what goes.
        recurse: go into patterns, soft masks and the glyph programs of Type 3 fonts as well.
        ascii_only: write strings and inline pictures in hexadecimal.
    """
    factory = _Factory(answers)
    options = mupdf.PdfFilterOptions()
    # every field is set: what is not may hold anything, and then nothing at all is written
    options.recurse = int(recurse)
    options.instance_forms = 1
    options.ascii = int(ascii_only)
    options.newlines = 0
    options.no_update = 0
    options.add_factory(factory.internal())
    pdf_page = mupdf.pdf_page_from_fz_page(page.this)
    mupdf.pdf_filter_page_contents(pdf_page.doc(), pdf_page, options)
