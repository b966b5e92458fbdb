"""How the PDFs of a release look: the style of redactions, and what is printed in the margins."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from redactor.errors import UsageError
from redactor.events import Event
from redactor.law.regimes import Regime, law_words
from redactor.model import NO_STAMPS, Stamps

#: What can be printed, as it is asked for.
PAGES, REDACTIONS, REFERENCE, FOOTER = "pages", "redactions", "reference", "footer"
STAMPS = (PAGES, REDACTIONS, REFERENCE, FOOTER)
_STYLES = {"line": "PDFs with lines set anew", "raster": "PDFs as pictures of their pages"}
#: Code points of a reference that fit in a margin beside the rest.
MAX_REFERENCE = 80


@dataclass(frozen=True, slots=True)
class PdfWish:
    """What is wished for the PDFs of a release.

    Attributes:
        style: ``box``, ``line`` or ``raster``.
        stamps: of ``STAMPS``, what is to be printed in the margins.
        reference: what is to be printed as the reference; that of the case where it is empty.
    """

    style: str = "box"
    stamps: frozenset[str] = frozenset()
    reference: str = ""


#: What is done where nobody wishes otherwise.
PLAIN = PdfWish()


@dataclass(frozen=True, slots=True)
class PdfLook:
    """How the PDFs of a release look: the style of redactions, and what is printed in margins."""

    style: str = "box"
    stamps: Stamps = NO_STAMPS


def pdf_wish(style: str, stamps: Collection[str], reference: str = "") -> PdfWish:
    """Put together what was asked for; a reference that is given is printed.

    Raises:
        UsageError: there is no such stamp, or the reference does not fit in a margin.
    """
    text = reference.strip()
    if len(text) > MAX_REFERENCE or not text.isprintable():
        raise UsageError(
            f"The reference for the margins is longer than {MAX_REFERENCE} characters or goes over"
            " a line. Nothing was done. Give a shorter one."
        )
    unknown = sorted(set(stamps) - set(STAMPS))
    if unknown:
        raise UsageError(
            f"There is no stamp named {unknown[0]}. Nothing was done. Choose from: "
            f"{', '.join(STAMPS)}."
        )
    return PdfWish(style, frozenset(stamps) | (frozenset({REFERENCE}) if text else set()), text)


def settle_look(wish: PdfWish, regime: str, ref: str = "") -> PdfLook:
    """Settle what is printed.

    Args:
        wish: what was asked for.
        regime: ``foi``, ``eir``, ``sar`` or ``sar-le``.
        ref: the reference of the case.
    """
    stamps = Stamps(
        PAGES in wish.stamps,
        REDACTIONS in wish.stamps,
        (wish.reference or ref) if REFERENCE in wish.stamps else "",
        law_of(regime) if FOOTER in wish.stamps else "",
    )
    return PdfLook(wish.style, stamps)


def law_of(regime: str) -> str:
    """Give the law that a release is made under, as the margins name it."""
    return (law_words(regime) or Regime.FOI.words).short


def look_body(look: PdfLook) -> dict[str, Any]:
    """Give what was settled as the log keeps it."""
    stamps = look.stamps
    return {
        "style": look.style,
        "pages": stamps.pages,
        "redactions": stamps.redactions,
        "reference": stamps.reference,
        "released": stamps.released,
    }


def look_in(submitted: Event) -> PdfLook:
    """Give what a submission says; the usual where it was made before there was a choice."""
    body = submitted.body.get("pdf")
    if body is None:
        return PdfLook()
    stamps = Stamps(body["pages"], body["redactions"], body["reference"], body["released"])
    return PdfLook(body["style"], stamps)


def look_words(look: PdfLook, *, in_full: bool = False) -> list[str]:
    """Say what was chosen, where it is not as always.

    Args:
        look: what was settled.
        in_full: give the reference as it is printed; otherwise only say that there is one.
    """
    stamps = look.stamps
    said = [_STYLES[look.style]] if look.style in _STYLES else []
    printed = [
        "page numbers" if stamps.pages else "",
        "numbers of redactions" if stamps.redactions else "",
        (f"“{stamps.reference}”" if in_full else "a reference") if stamps.reference else "",
        f"“Released under {stamps.released}”" if stamps.released else "",
    ]
    listed = ", ".join(one for one in printed if one)
    return [*said, *([f"in the margins of PDFs {listed}"] if listed else [])]
