"""The text of a page with labels in the places of what is removed, for releases as plain text."""

from __future__ import annotations

from redactor.formats.base import Spot, cut
from redactor.formats.pdf.page_text import PageText
from redactor.formats.pdf.redaction import PageOrder


def marked_text(text: PageText, order: PageOrder, spots: tuple[Spot, ...]) -> str:
    """Give a page's text with a label in the place of what was removed."""
    label = order.areas[0][1] if order.areas else ""
    covered = list(spots)
    taken = bytearray(len(text.text))
    for spot in spots:
        taken[spot.start : spot.end] = b"\1" * (spot.end - spot.start)
    for offset, (raw_start, raw_end) in enumerate(text.raw_ranges() if order.areas else ()):
        if any(order.mask[raw_start:raw_end]) and not taken[offset]:
            last = covered[-1] if len(covered) > len(spots) else None
            if last is not None and last.end == offset:
                covered[-1] = Spot(last.start, offset + 1, label)
            else:
                covered.append(Spot(offset, offset + 1, label))
    ordered = tuple(sorted(covered, key=lambda spot: spot.start))
    return "".join(piece for piece, _ in cut(text.text, ordered))
