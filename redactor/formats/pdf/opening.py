"""Open a PDF, or say in one sentence why not; then make its pages hold what a reader sees.

The library's own chatter is silenced, because its messages may quote a document.
"""

from __future__ import annotations

import functools
import re
import zlib
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import pymupdf
from pymupdf import mupdf

from redactor.errors import Cancelled, RedactorError, UnreadableDocument
from redactor.formats.pdf.layers import drop_hidden_annotations, drop_hidden_layers, has_layers
from redactor.formats.pdf.mending import (
    count_pages_anew,
    drop_lost_contents,
    part_pages,
    with_whole_names,
)

pymupdf.TOOLS.mupdf_display_errors(False)  # noqa: FBT003 - the library takes no keyword
pymupdf.TOOLS.mupdf_display_warnings(False)  # noqa: FBT003

#: A disclosure of more pages is handed over in volumes. Beyond it, the review table and the lists
#: of pages are no longer workable, and reading alone runs into the time limit of a worker.
MAX_PAGES = 5_000
#: Objects in the file; ordinary files hold 5 to 50 a page.
MAX_OBJECTS = 2_000_000
#: What one stream may unpack to; a page's drawing instructions are usually below 1 MB.
MAX_STREAM = 256 * 1024 * 1024
#: Pixels of one picture: 200 million are an A0 poster at 300 dpi and 600 MB in memory.
MAX_PIXELS = 200_000_000
#: Deflate cannot pack tighter than 1032 to 1 (RFC 1951), so smaller streams cannot be bombs.
_DEFLATE_RATIO = 1032
_HEADER = re.compile(rb"%PDF-\d")
_HEADER_WITHIN = 1024  # ISO 32000-1, annex H, implementation note 13

_P = ParamSpec("_P")
_R = TypeVar("_R")


def refusing(work: Callable[_P, _R]) -> Callable[_P, _R]:
    """Turn every failure of the library into one refusal that holds no text of the document."""

    @functools.wraps(work)
    def guarded(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return work(*args, **kwargs)
        except (RedactorError, Cancelled):
            raise
        except MemoryError:
            raise UnreadableDocument(
                "The PDF is too large for this computer's memory.",
                "Split it into parts and add those.",
                "too-large",
            ) from None
        except _FAILURES as error:
            raise damaged(type(error).__name__) from None

    return guarded


#: What PyMuPDF raises on broken input: its own errors are RuntimeErrors; its Python layer trips
#: over missing objects with the others.
_FAILURES = (
    RuntimeError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    KeyError,
    AssertionError,
    OverflowError,
    RecursionError,
    UnicodeError,
    ZeroDivisionError,
    mupdf.FzErrorBase,
)


def damaged(kind: str) -> UnreadableDocument:
    """Give the refusal for a file that the library stumbles over."""
    return UnreadableDocument(
        f"The PDF is damaged and could not be repaired ({kind}).",
        "Open it in the program it came from, save it as a new PDF, and add that.",
    )


def looks_like_pdf(untrusted: bytes) -> bool:
    """Say whether the header of a PDF stands within the first kilobyte."""
    return _HEADER.search(untrusted[: _HEADER_WITHIN + 8]) is not None


@refusing
def open_pdf(untrusted: bytes) -> Any:
    """Open the bytes as a PDF and repair what is broken, before anything else is done.

    Returns:
        An open PyMuPDF document. A repaired file is written whole and opened again, because a
        repair during a later save would silently undo redactions (PyMuPDF issue 4790).

    Raises:
        UnreadableDocument: empty, not a PDF, encrypted, damaged, without pages, or too large.
    """
    if not untrusted:
        raise UnreadableDocument(
            "The file is empty (0 bytes).", "Ask for it to be sent again.", "empty"
        )
    if not looks_like_pdf(untrusted):
        raise UnreadableDocument(
            "The file is not a PDF: its header is missing.",
            "Check that it is the right file, and that it was sent whole.",
            "wrong-type",
        )
    document = _opened(untrusted)
    _refuse_too_large(document)
    document.repair()
    if document.is_repaired:
        document = _opened(_written_whole(document, untrusted))
        _refuse_too_large(document)
    part_pages(document)
    drop_lost_contents(document)
    return document


def _written_whole(document: Any, untrusted: bytes) -> bytes:
    """Give a repaired document as a file; without what makes some of its objects no objects."""
    whole: bytes
    try:
        whole = document.tobytes(garbage=0)
    except (RuntimeError, mupdf.FzErrorBase):
        mended = _opened(with_whole_names(untrusted))
        mended.repair()
        whole = mended.tobytes(garbage=0)
    return whole


def _opened(untrusted: bytes) -> Any:
    try:
        document = pymupdf.open("pdf", untrusted)
    except (pymupdf.FileDataError, pymupdf.EmptyFileError, *_FAILURES):
        raise _unopenable(untrusted) from None
    if document.needs_pass:
        raise UnreadableDocument(
            "The PDF is protected by a password.",
            "Open it with the password, save it without one, and add that.",
            "encrypted",
        )
    if document.is_pdf and document.page_count < 1:
        count_pages_anew(document)
    if not document.is_pdf or document.page_count < 1:
        raise _unopenable(untrusted)
    return document


def _unopenable(untrusted: bytes) -> UnreadableDocument:
    if b"%%EOF" not in untrusted[-2048:]:
        return UnreadableDocument(
            "The PDF ends in the middle: no page could be found in it.",
            "Ask for it to be sent again.",
            "truncated",
        )
    return UnreadableDocument(
        "The PDF holds no page that can be read.",
        "Open it in the program it came from, save it as a new PDF, and add that.",
        "damaged",
    )


def _refuse_too_large(document: Any) -> None:
    if document.page_count > MAX_PAGES:
        raise UnreadableDocument(
            f"The PDF has {document.page_count:,} pages; at most {MAX_PAGES:,} can be worked on.",
            "Split it into parts and add those.",
            "too-large",
        )
    if document.xref_length() > MAX_OBJECTS:
        raise UnreadableDocument(
            f"The PDF holds {document.xref_length():,} objects; at most {MAX_OBJECTS:,} are read.",
            "Print it to a new PDF and add that.",
            "too-large",
        )


# --- bombs ---------------------------------------------------------------------------------------


def refuse_bombs(document: Any) -> None:
    """Look at every stream before it is unpacked.

    Raises:
        UnreadableDocument: a stream or a picture would unpack to more than a machine should hold.
    """
    pdf = mupdf.pdf_document_from_fz_document(document.this)
    for number in range(1, document.xref_length()):
        if mupdf.pdf_obj_num_is_stream(pdf, number) and _is_bomb(document, pdf, number):
            raise UnreadableDocument(
                f"Object {number} of the PDF unpacks to more than"
                f" {MAX_STREAM // (1024 * 1024)} MB or {MAX_PIXELS:,} pixels.",
                "Print it to a new PDF and add that.",
                "bomb",
            )


def _is_bomb(document: Any, pdf: Any, number: int) -> bool:
    entries = mupdf.pdf_load_object(pdf, number)
    width, height, length = (
        mupdf.pdf_to_int(mupdf.pdf_dict_gets(entries, key)) for key in ("Width", "Height", "Length")
    )
    if width * height > MAX_PIXELS:
        return True
    filters = _filters(mupdf.pdf_dict_gets(entries, "Filter"))
    rounds = sum(one in {"FlateDecode", "Fl"} for one in filters)
    if not rounds or (rounds == 1 and length * _DEFLATE_RATIO < MAX_STREAM):
        return False
    if filters[0] not in {"FlateDecode", "Fl"}:
        return rounds > 1
    data = document.xref_stream_raw(number)
    for _ in range(rounds):
        unpacked = inflate(data)
        if unpacked is None:
            return True
        data = unpacked
    return False


def _filters(entry: Any) -> list[str]:
    if mupdf.pdf_is_name(entry):
        return [mupdf.pdf_to_name(entry)]
    return [
        mupdf.pdf_to_name(mupdf.pdf_array_get(entry, index))
        for index in range(mupdf.pdf_array_len(entry))
    ]


def inflate(data: bytes) -> bytes | None:
    """Unpack up to the limit; None beyond it. Damaged data gives what came before the damage."""
    unpacker = zlib.decompressobj()
    try:
        unpacked = unpacker.decompress(data, MAX_STREAM)
    except zlib.error:
        return b""
    return None if unpacker.unconsumed_tail else unpacked


# --- preparation ---------------------------------------------------------------------------------


@refusing
def prepare(document: Any) -> Any:
    """Make every page hold what a reader sees when the file is opened, and nothing to switch.

    Form fields are turned into page content; layers that are off are taken out (``layers``).
    Annotations stay where they are, but nothing here reads, shows or carries them.

    Returns:
        The document to work on; its pages and their order are those of the original.
    """
    layered = has_layers(document)
    if layered:
        drop_hidden_annotations(document)
    if document.is_form_pdf:
        document.bake(annots=False, widgets=True)
    if layered:
        drop_hidden_layers(document)
        document = _opened(document.tobytes(garbage=0))
    return document
