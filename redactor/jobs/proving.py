"""Searching a written file with engines that did not write it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from redactor.model import NO_STAMPS, PageChanges, Progress, Report, Stamps
from redactor.release.order import Source, read_file

if TYPE_CHECKING:
    from redactor.release.verify.model import Against, VerificationReport, Withheld


@dataclass(frozen=True, slots=True)
class Original:
    """What a released PDF is held against.

    Attributes:
        source: the original; a worker asks its parent for what is in a case.
        changes: where the release may differ from it.
        labels: what may be printed in boxes.
        stamps: what is printed in the margins.
    """

    source: Source
    changes: PageChanges
    labels: frozenset[str]
    stamps: Stamps = NO_STAMPS

    def read(self) -> Against:
        """Read the pages of the original."""
        from redactor.formats import detect_format
        from redactor.release.verify.model import Against

        untrusted = self.source.read()
        pages = detect_format(self.source.name, untrusted).pages(untrusted)
        return Against(pages, self.changes, self.labels, self.stamps)


def verify_output(
    name: str,
    untrusted: bytes,
    withheld: Withheld,
    seen: frozenset[str] = frozenset(),
    is_drawn_anew: bool = False,
    original: Original | None = None,
    *,
    report: Report,
) -> VerificationReport:
    """Search a written file with engines that did not write it; our own releases, strictly.

    Args:
        original: where the pages of a PDF come from, and where they may differ from it.
    """
    from redactor.release.verify import verify_file

    report(Progress(0, 1, "checking"))
    against = None if original is None else original.read()
    # The name was made by ``output_name``, which keeps every strict text out of it. A plain word
    # or an age, withheld where it stood, says nothing in a name.
    nameless = f"_{PurePath(name).suffix}"
    found = verify_file(
        nameless,
        untrusted,
        withheld,
        strict=True,
        seen=seen,
        is_drawn_anew=is_drawn_anew,
        against=against,
        report=report,
    )
    return replace(found, leaks=tuple(replace(leak, path=name) for leak in found.leaks))


def verify_path(
    path: Path, withheld: Withheld, original: Path | None = None, *, report: Report
) -> VerificationReport:
    """Search anyone's file."""
    from redactor.release.verify import verify_file

    report(Progress(0, 1, "checking"))
    before = read_file(original) if original is not None else None
    return verify_file(path.name, read_file(path), withheld, before, report=report)


def read_output_pages(untrusted: bytes, *, report: Report) -> tuple[str, ...]:
    """Give the text of each page of a written PDF, by an engine that did not write it."""
    from redactor.release.verify.pdf_text import page_texts

    report(Progress(0, 0, "reading pages"))
    return tuple(page_texts(untrusted))
