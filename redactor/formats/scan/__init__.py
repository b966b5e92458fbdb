"""Scans that come as picture files: each becomes pages of pixels, read and rebuilt as a PDF is.

The pixels are painted upright and stored anew, so that nothing else of the file is in the pages:
what lies beside the pixels is hidden content, and is never released.
"""

from __future__ import annotations

from redactor.formats.base import Format, RebuildPlan, Rebuilt
from redactor.model import AS_FOUND, Document, ReadAs, Report, quiet

_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")


class Scan(Format):
    """JPEG, PNG, TIFF, BMP and GIF. The library is loaded with the first file."""

    name = "scan"
    title = "Picture"
    suffixes = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif")
    targets = ("pdf", "txt")
    is_paged = True

    def sniff(self, untrusted: bytes) -> bool:
        """Say whether the bytes begin as a picture does (of a BMP, four bytes are kept at zero)."""
        is_bitmap = untrusted[:2] == b"BM" and untrusted[6:10] == bytes(4)
        return is_bitmap or untrusted.startswith(_STARTS)

    def pages(self, untrusted: bytes) -> bytes:
        """Give the picture as a PDF with a page for each frame of it."""
        from redactor.formats.scan.paper import as_pdf  # noqa: PLC0415

        return as_pdf(untrusted)

    def read(
        self, untrusted: bytes, report: Report = quiet, read_as: ReadAs = AS_FOUND
    ) -> Document:
        """Read what the pixels show, and list what lies beside them; see ``Format.read``."""
        del read_as
        from redactor.formats.scan.reading import read_scan  # noqa: PLC0415

        return read_scan(untrusted, report)

    def rebuild(
        self, untrusted: bytes, plan: RebuildPlan, target: str, report: Report = quiet
    ) -> Rebuilt:
        """Write the pages anew from what the plan leaves, as PDF or plain text."""
        from redactor.formats.scan.reading import rebuild_scan  # noqa: PLC0415

        return rebuild_scan(untrusted, plan, target, report)
