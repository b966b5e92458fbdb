"""Scans for tests: pages that were painted by the library and are nothing but pictures of text."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

import pymupdf

Draw = Callable[[Any], object]

LETTER = (
    "Dear Ms Okonkwo,",
    "Thank you for your letter of 3 March about the flats in Mill Lane.",
    "The survey was carried out by Peter Ashworth of this office, who found",
    "damp in the north wall and a broken gutter above the second window.",
    "We shall write to you again when the landlord has answered.",
    "Yours sincerely,",
)


def print_lines(page: Any, lines: Sequence[str] = LETTER, top: float = 100) -> None:
    """Print lines of text on a page."""
    for row, line in enumerate(lines):
        page.insert_text((72, top + 20 * row), line, fontsize=11, fontname="helv")


def print_letter(page: Any) -> None:
    """Print a letter on a page."""
    print_lines(page)


def painted(draw: Draw, dpi: int = 200) -> Any:
    """Print a page and paint it: a grey picture."""
    page = pymupdf.open().new_page(width=595, height=842)
    draw(page)
    return page.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY)


def scan(*pages: Draw, dpi: int = 200, turn: int = 0, over: Draw | None = None) -> bytes:
    """Make a PDF of pictures of pages.

    Args:
        turn: degrees by which each picture is turned, clockwise.
        over: what is printed over each picture, in letters.
    """
    document = pymupdf.open()
    for draw in pages:
        picture = painted(draw, dpi)
        width, height = (842, 595) if turn % 180 else (595, 842)
        page = document.new_page(width=width, height=height)
        page.insert_image(page.rect, stream=picture.tobytes("jpeg"), rotate=-turn)
        if over is not None:
            over(page)
    written: bytes = document.tobytes()
    return written


def scrawl(page: Any, x: float, y: float, width: float = 140, height: float = 30) -> None:
    """Draw what a pen does when somebody signs."""
    rng = random.Random(5)
    points = []
    for step in range(26):
        across = x + width * step / 26 + rng.uniform(-7, 7)
        points.append(pymupdf.Point(across, y + rng.uniform(-height / 2, height / 2)))
    shape = page.new_shape()
    for one, two, three, four in zip(points, points[1:], points[2:], points[3:], strict=False):
        shape.draw_bezier(one, two, three, four)
    shape.finish(width=1.1, color=(0.1, 0.1, 0.35), closePath=False)
    shape.commit()
