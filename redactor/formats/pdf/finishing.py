"""Write the redacted pages as a new file: only what painting needs, and what was carried over."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import pymupdf

from redactor.errors import BugError
from redactor.formats.pdf.carried import Carriable, CarriedOver, carry
from redactor.formats.pdf.cleanse import cleanse
from redactor.formats.pdf.font_names import neutral_font_names
from redactor.formats.pdf.pictures import clean_pictures
from redactor.formats.pdf.stamps import Stamped, stamp
from redactor.model import PageChanges, Stamps


@dataclass(frozen=True, slots=True)
class Finished:
    """The bytes of a file, what was carried over into it, and what was printed on it."""

    data: bytes = field(repr=False)
    carried: CarriedOver
    stamped: Stamped


def finished(
    target: Any, facts: Carriable, changes: PageChanges, stamps: Stamps, *, subset: bool
) -> Finished:
    """Write a document twice: first to drop what nothing points to, then to its last form.

    Equal objects are not merged: the search for them takes minutes for some thousand pages. Objects
    are packed into streams (ISO 32000-1, 7.5.7), without which tags would double a file of text.

    Args:
        target: the redacted pages, those that became pictures, and the notes, in their order.
        facts: of the original.
        changes: where the pages differ from those of the original.
        stamps: what is printed in the margins.
        subset: whether to take out of the fonts the letters that are no longer used.
    """
    first = target.tobytes(garbage=2, deflate=True, raise_on_repair=True, no_new_id=True)
    clean = pymupdf.open("pdf", first)
    cleanse(clean)
    clean_pictures(clean)
    if subset:
        clean.subset_fonts()
    neutral_font_names(clean)
    carried = carry(clean, facts, changes)
    stamped = stamp(clean, stamps)
    written: bytes = clean.tobytes(
        garbage=2,
        deflate=True,
        clean=True,
        raise_on_repair=True,
        no_new_id=True,
        use_objstms=1,
    )
    written = _without_signature(written)
    proof = pymupdf.open("pdf", written)
    if proof.is_repaired or proof.page_count != target.page_count or proof.version_count > 1:
        raise BugError("The rebuilt PDF did not come out whole.")
    return Finished(written, carried, stamped)


def _without_signature(written: bytes) -> bytes:
    """Blank the comment in which the library names itself and its version, keeping its length."""
    head = re.sub(rb"% Written by [^\r\n]*", lambda one: b"%" * len(one[0]), written[:100], count=1)
    return head + written[100:]
