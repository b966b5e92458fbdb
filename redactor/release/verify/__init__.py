"""The gate: search written bytes, with engines that did not write them, for what is withheld.

Nothing here imports what the writers use (PyMuPDF, our own markup). PDF: pikepdf over every object
and stream, PDFium over every page, the bytes themselves, and Tesseract where pixels could hold
words; the pages are held against those of the original. Office files: the zip reader and the
raw markup of the standard library, then python-calamine and openpyxl, or python-docx. Text, CSV and
mail: the standard library, with every plausible encoding and with base64, entities and escapes
undone.

What no engine can look into is a failed check, never silence.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from redactor.model import Report, quiet
from redactor.release.verify.model import Against, Check, Leak, VerificationReport, Withheld, merged

__all__ = [
    "Against",
    "Check",
    "Leak",
    "VerificationReport",
    "Withheld",
    "merged",
    "verify_file",
    "verify_files",
]


def verify_file(
    name: str,
    untrusted: bytes,
    withheld: Withheld,
    original: bytes | None = None,
    *,
    strict: bool = False,
    seen: frozenset[str] = frozenset(),
    is_drawn_anew: bool = False,
    against: Against | None = None,
    report: Report = quiet,
) -> VerificationReport:
    """Search one file for what is withheld, and say what was checked and what could not be.

    Never raises for what is in the file: an engine that fails is a check that failed.

    Args:
        name: the file's name, which is searched too; a folder before it is not.
        untrusted: its bytes, as written.
        withheld: what must not be found, and what may remain how often.
        original: the file it was made from; then what else changed is checked as well.
        strict: it claims to be a release of this program, so that its structure must hold nothing
            but what a release holds. Otherwise structure is reported, but fails nothing.
        seen: pages (``page:3``) that a person looked at and released as seen, though their letters
            cannot be read, and pictures.
        is_drawn_anew: no page was carried over from an original, so that a PDF may hold as many
            pictures as a person released as seen and no other.
        against: for a release whose pages were carried over, what they are held against.
        report: told now and then that it goes on; may raise ``Cancelled``.
    """
    from redactor.release.verify.kinds import search_file  # noqa: PLC0415 - heavy libraries
    from redactor.release.verify.leak_pages import with_pages  # noqa: PLC0415
    from redactor.release.verify.ledger import PYTHON, Ledger  # noqa: PLC0415

    pictures = len(seen) if is_drawn_anew else None
    ledger = Ledger(
        name,
        withheld,
        strict,
        seen,
        search_file,
        pictures=pictures,
        against=against,
        report_to=report,
    )
    with ledger.engine(PYTHON):
        ledger.title(f"{PYTHON} file name", PurePath(name.replace("\\", "/")).name, "file name")
        search_file(ledger, untrusted)
    if original is not None:
        from redactor.release.verify.compare import compare  # noqa: PLC0415 - for this alone
        from redactor.release.verify.pdf_pages import report_differences  # noqa: PLC0415

        with ledger.engine(PYTHON):
            compare(ledger, original, untrusted)
        if all(b"%PDF-" in one[:1024] for one in (original, untrusted)):
            report_differences(ledger, original, untrusted)
    return with_pages(ledger.report(), untrusted)


def verify_files(
    files: Iterable[tuple[str, bytes]], withheld: Withheld, *, strict: bool = False
) -> VerificationReport:
    """Search several files for the same withheld texts, and put the reports together."""
    return merged([verify_file(name, data, withheld, strict=strict) for name, data in files])
