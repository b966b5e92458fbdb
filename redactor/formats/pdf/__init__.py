"""PDF: read with its hidden content, shown as prepared, and rebuilt from what was approved."""

from __future__ import annotations

import re
from contextlib import AbstractContextManager

from redactor.formats.base import Format, RebuildPlan, Rebuilt
from redactor.model import AS_FOUND, Document, ReadAs, Report, quiet

#: ISO 32000-1, annex H, note 13: the header may stand anywhere in the first 1024 bytes.
_HEADER = re.compile(rb"%PDF-\d")
_HEADER_WITHIN = 1024 + 8


class Pdf(Format):
    """Portable Document Format, ISO 32000. The library is loaded with the first file."""

    name = "pdf"
    title = "PDF"
    suffixes = (".pdf",)
    targets = ("pdf", "txt")
    is_paged = True

    def sniff(self, untrusted: bytes) -> bool:
        """Say whether the header of a PDF stands within the first kilobyte."""
        return _HEADER.search(untrusted[:_HEADER_WITHIN]) is not None

    def pages(self, untrusted: bytes) -> bytes:
        """Give the file itself."""
        return untrusted

    def read(
        self, untrusted: bytes, report: Report = quiet, read_as: ReadAs = AS_FOUND
    ) -> Document:
        """Read a file whole: every page is one segment; see ``Format.read``."""
        del read_as
        from redactor.formats.pdf.reading import read_pdf  # noqa: PLC0415

        return read_pdf(untrusted, report)

    def remembering(self) -> AbstractContextManager[None]:
        """Keep the texts of plain pages, so that a rebuild need not read them again."""
        from redactor.formats.pdf.plain_pages import kept_for_rebuild  # noqa: PLC0415

        return kept_for_rebuild()

    def rebuild(
        self, untrusted: bytes, plan: RebuildPlan, target: str, report: Report = quiet
    ) -> Rebuilt:
        """Write the file anew from what the plan leaves, as PDF or plain text."""
        from redactor.formats.pdf.rebuild import rebuild_pdf  # noqa: PLC0415

        return rebuild_pdf(untrusted, plan, target, report)
