"""What is asked of a rebuild and what it answers; the values that cross the pipe to a worker."""

from __future__ import annotations

import hashlib
import json
import stat
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from redactor.config import MAX_FILE_BYTES
from redactor.errors import BugError, CaseError, UnreadableDocument
from redactor.matching import Term
from redactor.model import (
    AS_FOUND,
    NO_STAMPS,
    LeftOut,
    PageChanges,
    ReadAs,
    Redaction,
    Ruling,
    Segment,
    Span,
    Stamps,
    Unread,
)
from redactor.release.plan import Survivor, WithheldText
from redactor.workers import fetch

#: What a worker adds to the number of a document to ask for what was read from its pixels.
_READINGS = "/readings"

# --- where the bytes come from ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FileSource:
    """An original on disk. It is only ever read.

    Attributes:
        read_as: how a person wants it read, where it is text.
        read_from_pixels: what was read from its pixels before, packed.
    """

    path: Path
    read_as: ReadAs = AS_FOUND
    read_from_pixels: bytes = field(default=b"", repr=False)

    @property
    def name(self) -> str:
        """Give the file's name."""
        return self.path.name

    def read(self) -> bytes:
        """Read it whole.

        Raises:
            UnreadableDocument: it is missing, locked, a folder, or larger than the limit.
        """
        return read_file(self.path)

    def readings(self) -> bytes:
        """Give what was read from its pixels before, packed; nothing where that is not known."""
        return self.read_from_pixels


@dataclass(frozen=True, slots=True)
class CaseSource:
    """An original inside a case.

    A worker parses hostile bytes, so it learns neither where the case lies nor how to open it. What
    crosses the pipe is all but the way to the bytes; for these the worker asks its parent.

    Attributes:
        original_of: gives the bytes of an original by its number, from any thread; only the process
            that holds the case open has it.
        read_as: how a person chose that it is read, where it is text.
        readings_of: gives what was read from the pixels of an original by its number, as
            ``original_of`` gives its bytes.
    """

    number: int
    name: str = field(repr=False)
    sha256: str
    original_of: Callable[[str], bytes] | None = field(default=None, repr=False, compare=False)
    read_as: ReadAs = AS_FOUND
    readings_of: Callable[[str], bytes] | None = field(default=None, repr=False, compare=False)

    def __reduce__(self) -> tuple[type[CaseSource], tuple[int, str, str, None, ReadAs]]:
        """Leave the way to the case behind."""
        return CaseSource, (self.number, self.name, self.sha256, None, self.read_as)

    def read(self) -> bytes:
        """Give its bytes: from the case where that is open, from the parent in a worker.

        Raises:
            CaseError: it cannot be had, or is not what was added.
        """
        give = fetch if self.original_of is None else self.original_of
        untrusted = give(str(self.number))
        if hashlib.sha256(untrusted).hexdigest() != self.sha256:
            raise CaseError(
                f"Document {self.number} is not the one that was added: its bytes have changed. "
                "Nothing was done with it. Restore the case file from a copy."
            )
        return untrusted

    def readings(self) -> bytes:
        """Give what was read from its pixels before, packed; nothing where that is not known."""
        key = str(self.number)
        if self.original_of is None:
            return fetch(f"{key}{_READINGS}")
        return b"" if self.readings_of is None else self.readings_of(key)

    def supply(self, key: str) -> bytes:
        """Answer a worker that was given this source, and may have no other original.

        Raises:
            BugError: it asks for something else.
            CaseError: the case cannot give it.
        """
        if self.original_of is not None and key == f"{self.number}{_READINGS}":
            return self.readings()
        if self.original_of is None or key != str(self.number):
            raise BugError("A worker asked for a document that it was not given. It got nothing.")
        return self.original_of(key)


@dataclass(frozen=True, slots=True)
class OutputSource:
    """A file of a candidate release, as the case keeps it. It goes to a worker as an original does.

    Attributes:
        sha256: of its exact bytes, and the key they are asked for by.
        output_of: gives the bytes of an output by their SHA-256, from any thread; only the process
            that holds the case open has it.
        read_as: how a person chose that its original is read; what it is written in tells itself.
    """

    name: str = field(repr=False)
    sha256: str
    output_of: Callable[[str], bytes] | None = field(default=None, repr=False, compare=False)
    read_as: ReadAs = AS_FOUND

    def __reduce__(self) -> tuple[type[OutputSource], tuple[str, str, None, ReadAs]]:
        """Leave the way to the case behind."""
        return OutputSource, (self.name, self.sha256, None, self.read_as)

    def read(self) -> bytes:
        """Give its bytes: from the case where that is open, from the parent in a worker.

        Raises:
            CaseError: they cannot be had, or are not those that were submitted.
        """
        give = fetch if self.output_of is None else self.output_of
        untrusted = give(self.sha256)
        if hashlib.sha256(untrusted).hexdigest() != self.sha256:
            raise CaseError(
                "A file of the candidate is not the one that was submitted: its bytes have "
                "changed. It is not shown. Check the case file, or restore it from a copy."
            )
        return untrusted

    def readings(self) -> bytes:
        """Give nothing: a release is not read from its pixels."""
        return b""

    def supply(self, key: str) -> bytes:
        """Answer a worker that was given this file, and may have no other.

        Raises:
            BugError: it asks for something else.
            CaseError: the case cannot give it.
        """
        if self.output_of is None or key != self.sha256:
            raise BugError("A worker asked for a file that it was not given. It got nothing.")
        return self.output_of(key)


Source = FileSource | CaseSource | OutputSource


def take_in(source: Source) -> bytes:
    """Read an original, and let this process know what was read from its pixels before.

    Raises:
        RedactorError: as ``source.read``.
    """
    from redactor.formats import FORMATS  # noqa: PLC0415 - only workers take documents in

    untrusted = source.read()
    if any(one.is_paged and one.sniff(untrusted) for one in FORMATS):
        from redactor.formats.pdf import recognition_memory  # noqa: PLC0415 - loads the library

        recognition_memory.remember(source.readings())
    return untrusted


def digest_of_text(segments: Iterable[Segment]) -> str:
    """Give the SHA-256 over everything that a document says, hidden content included."""
    digest = hashlib.sha256()
    for segment in segments:
        said = [*segment.key, str(segment.hidden or ""), segment.text]
        digest.update(json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()


def _require_text(name: str) -> None:
    """Go on only where a name can be kept: a disk may hold names that are no text (PEP 383)."""
    if any(unicodedata.category(one) == "Cs" for one in name):
        raise UnreadableDocument(
            "The name of the file is no text.", "Give it another name, and add it again.", "no-file"
        )


def read_file(path: Path) -> bytes:
    """Read a file whole, or say in one sentence why not.

    Raises:
        UnreadableDocument: it is missing, locked, a folder, larger than the limit, or its name is
            no text.
    """
    _require_text(path.name)
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode) and not stat.S_ISDIR(about.st_mode):
            raise UnreadableDocument(  # a pipe or a device, which may have no end
                "It is no file, but a pipe or a device.", "Save what it holds as a file.", "no-file"
            )
        if about.st_size > MAX_FILE_BYTES:
            raise UnreadableDocument(
                f"The file is larger than {MAX_FILE_BYTES // 2**20} MB.",
                "Split it into smaller files and add those.",
                "too-large",
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableDocument(
            "The file is not there.", "Check the name and the folder.", "missing"
        ) from None
    except OSError:
        raise UnreadableDocument(
            "The file cannot be opened.",
            "It may be open in another program, or you may not have permission. Close it there, "
            "or ask for access, and add it again.",
            "locked",
        ) from None


# --- the order and the answer ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RebuildOrder:
    """What is asked of one rebuild.

    Attributes:
        target: a format name, or ``same``.
        withheld: every string withheld anywhere in the release, with how strictly it binds.
        kept: places where a person decided to keep the text.
        pictures: pages of a PDF, from 0, that go out as pictures, because the proof refused them.
        stamps: what is printed in the margins of a PDF.
        decided_on: the digest of what the document said when it was decided on
            (``digest_of_text``); empty where nothing was decided before.
        spread: remove every strict string wherever it stands (one-shot releases), instead of
            reporting it as a survivor for a person to rule on.
    """

    source: Source
    target: str
    redactions: tuple[Redaction, ...]
    withheld: tuple[WithheldText, ...] = field(repr=False)
    rulings: Mapping[str, Ruling] = field(default_factory=dict)
    kept: tuple[Span, ...] = ()
    pdf_style: str = "box"
    spread: bool = False
    spread_label: str = ""
    leave_out_unread: bool = False
    pictures: frozenset[int] = frozenset()
    stamps: Stamps = NO_STAMPS
    decided_on: str = ""

    def __reduce__(self) -> tuple[Callable[..., RebuildOrder], tuple[object, ...]]:
        """Take it apart for the pipe: places and texts go by the hundred thousand, as rows."""
        withheld = [
            (one.term.number, one.term.folded, one.term.anywhere, one.term.distinctive,
             one.strict, one.by_case)
            for one in self.withheld
        ]  # fmt: skip
        spans: list[tuple[str, int, int, int | None, str]] = []
        others: list[Redaction] = []
        for one in self.redactions:
            at = one.target
            if isinstance(at, Span):
                spans.append((at.segment, at.start, at.end, at.column, one.label))
            else:
                others.append(one)
        rest = tuple(
            getattr(self, name) for name in self.__slots__ if name not in {"redactions", "withheld"}
        )
        return _order_of, (rest, spans, others, withheld)


def _order_of(
    rest: tuple[Any, ...],
    spans: list[tuple[str, int, int, int | None, str]],
    others: list[Redaction],
    withheld: list[tuple[int, str, bool, bool, bool, bool]],
) -> RebuildOrder:
    source, target, *options = rest
    return RebuildOrder(
        source,
        target,
        (
            *(
                Redaction(Span(segment, start, end, column), label)
                for segment, start, end, column, label in spans
            ),
            *others,
        ),
        tuple(
            WithheldText(Term(number, folded, anywhere, distinctive), strict, by_case)
            for number, folded, anywhere, distinctive, strict, by_case in withheld
        ),
        *options,
    )


@dataclass(frozen=True, slots=True)
class OutputFile:
    """One file of a release, not yet written to disk."""

    suffix: str
    part: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class RebuildAnswer:
    """What a rebuild gave.

    Attributes:
        allowed: by term number, how often it may remain.
        survivors: strict strings that stand where nobody decided; the release must not go on.
        unruled: unread parts without a ruling; the release must not go on.
        removed: how many places were redacted.
        changes: where a PDF may differ from its original, where its pages were carried over.
        misread: by term number, how often what was read from pixels may read like it misread.
    """

    sha256: str
    format: str
    target: str
    files: tuple[OutputFile, ...]
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]
    allowed: Mapping[int, int]
    survivors: tuple[Survivor, ...]
    unruled: tuple[Unread, ...]
    removed: int
    source_bytes: int
    changes: PageChanges | None = None
    misread: Mapping[int, int] = field(default_factory=dict)
