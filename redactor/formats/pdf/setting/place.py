"""Where the boxes of removed text stand."""

from __future__ import annotations

from dataclasses import dataclass

from redactor.formats.pdf.stext import Box


@dataclass(frozen=True, slots=True)
class SetPlace:
    """Where the box of one stretch of removed text stands.

    Attributes:
        box: what is to be covered, in points of the page as displayed.
        label: what is printed in it.
        direction: the writing direction of the line, a unit vector.
        moved: the part of the line that changed; None where nothing did.
        exact: why the box tells how wide the text was, in words for people; empty where it does
            not.
    """

    box: Box
    label: str
    direction: tuple[float, float]
    moved: Box | None = None
    exact: str = ""
