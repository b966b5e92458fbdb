"""Announce the boxes: each printed label is marked with what a screen reader is to say."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from redactor.formats.pdf.carried.links import literal
from redactor.formats.pdf.label_fonts import LABEL_FONT
from redactor.formats.pdf.overlay import PICTURE_NOTE
from redactor.formats.pdf.spoken import spoken

_NUMBER = r"[-+]?[\d.]+"
#: A label as the overlay writes it: colour, font, squeeze, matrix, text.
_LABEL = re.compile(
    rf"BT [^()]*?/{LABEL_FONT} [^()]*?(?P<x>{_NUMBER}) (?P<y>{_NUMBER}) Tm"
    r" \((?P<text>(?:\\.|[^\\()])*)\) Tj ET".encode("ascii")
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label on a page: what is printed, where it begins as displayed, and its mark, if any."""

    printed: str
    x: float
    y: float
    mark: int | None


def announce(document: Any, page: Any, next_mark: int | None) -> list[Label]:
    """Mark the labels on a page with what is to be said of them.

    Args:
        document: that is being built.
        page: a page of it.
        next_mark: the first number that is free for marks; None where the document has no tags.

    Returns:
        The labels in the order in which they were drawn.
    """
    found: list[Label] = []

    def announced(match: re.Match[bytes]) -> bytes:
        printed, said = _said(match["text"])
        number = None if next_mark is None else next_mark + len(found)
        found.append(Label(printed, float(match["x"]), float(match["y"]), number))
        mark = "" if number is None else f"/MCID {number}"
        span = f"/Span <</ActualText({said}){mark}>> BDC\n"
        return span.encode("ascii") + match[0] + b"\nEMC"

    for stream in page.get_contents():
        _rewrite(document, stream, announced)
    return found


@lru_cache(maxsize=256)
def _said(written: bytes) -> tuple[str, str]:
    """Give what a label prints, and what is said of it as it is written in instructions."""
    printed = re.sub(rb"\\(.)", rb"\1", written).decode("cp1252", "replace")
    return printed, literal(printed if printed == PICTURE_NOTE else spoken(printed))


def _rewrite(document: Any, stream: int, change: Callable[[re.Match[bytes]], bytes]) -> None:
    content = document.xref_stream(stream) or b""
    if LABEL_FONT.encode("ascii") not in content:
        return
    changed = _LABEL.sub(change, content)
    if changed != content:
        document.update_stream(stream, changed, compress=False)  # packed when it is written
