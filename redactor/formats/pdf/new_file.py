"""Write the pages of a release into a file of their own, with nothing beside them but the vetted.

The pages are carried into an empty document, stripped of everything that painting does not need,
and then get back what makes a good document, made anew: links, page numbers, headings, tags,
stamps.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

import pymupdf

from redactor.errors import BugError
from redactor.formats.pdf.carried import Carriable, CarriedOver, carry
from redactor.formats.pdf.cleanse import cleanse
from redactor.formats.pdf.colour_names import neutral_colour_names
from redactor.formats.pdf.font_names import neutral_font_names
from redactor.formats.pdf.pictures import clean_pictures
from redactor.formats.pdf.plain_data import plain_data
from redactor.formats.pdf.stamps import Stamped, stamp
from redactor.model import PageChanges, Stamps


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file as it was written.

    Attributes:
        carried: what stands in it beside its pages.
        stamped: what was printed in its margins.
        changes: where its pages may differ from the original, the stamps included.
    """

    data: bytes = field(repr=False)
    carried: CarriedOver
    stamped: Stamped
    changes: PageChanges


def write_new(
    document: Any,
    facts: Carriable,
    changes: PageChanges,
    stamps: Stamps,
    *,
    subset: bool,
) -> NewFile:
    """Write a document whose pages are final.

    Written twice: first to drop what nothing points to, then without what painting needs not. Equal
    objects are not merged: the search for them takes minutes for some thousand pages. They are
    packed into streams (ISO 32000-1, 7.5.7), without which tags would double a file of text.

    Args:
        document: the prepared document; its pages were redacted. It is closed here, so that never
            more than two states of a file are held.
        facts: of the original, to be vetted and made anew.
        changes: where the pages differ from those of the original.
        stamps: what is printed in the margins.
        subset: fonts lose the letters that nothing shows any more.
    """
    target = pymupdf.open()
    target.insert_pdf(document, links=False, annots=False, widgets=False)
    count = document.page_count
    document.close()
    first = target.tobytes(garbage=2, deflate=True, raise_on_repair=True, no_new_id=True)
    target.close()
    clean = pymupdf.open("pdf", first)
    cleanse(clean)
    clean_pictures(clean)
    plain_data(clean)
    if subset:
        clean.subset_fonts()
    neutral_font_names(clean)
    neutral_colour_names(clean)
    stamped = stamp(clean, stamps)
    changes = replace(changes, regions=(*changes.regions, *stamped.regions))
    carried = carry(clean, facts, changes)
    written: bytes = clean.tobytes(
        garbage=2,
        deflate=True,
        clean=True,
        raise_on_repair=True,
        no_new_id=True,
        use_objstms=1,
    )
    clean.close()
    written = _without_signature(written)
    proof = pymupdf.open("pdf", written)
    if proof.is_repaired or proof.page_count != count or proof.version_count > 1:
        raise BugError("The rebuilt PDF did not come out whole.")
    return NewFile(written, carried, stamped, changes)


def _without_signature(written: bytes) -> bytes:
    """Blank the comment in which the library names itself and its version, keeping its length."""
    head = re.sub(rb"% Written by [^\r\n]*", lambda one: b"%" * len(one[0]), written[:100], count=1)
    return head + written[100:]
