"""A word as it was read from a picture."""

from __future__ import annotations

from dataclasses import dataclass, field

from redactor.model import Carried


@dataclass(frozen=True, slots=True)
class ReadWord(Carried):
    """A word read from a picture.

    Attributes:
        text: as read, NFC, without white space.
        x0, y0, x1, y1: its box in pixels of the picture, origin top left, y down.
        confidence: how sure the engine is, 0 to 100.
        line: the number of its line on the picture, in reading order, from 0.
    """

    text: str = field(repr=False)
    x0: int
    y0: int
    x1: int
    y1: int
    confidence: float
    line: int
