"""Paper is made evenly white where a shadow lies on it, and left alone where none does."""

from __future__ import annotations

import random

import pytest

from redactor.ocr import read
from redactor.ocr.paper import evened
from tests.unit.ocr.test_engine import LINES, Grey, painted, text_of


def shadowed(picture: Grey) -> Grey:
    """Make the print pale and let the paper darken from left to right."""
    tables = [
        bytes(int((110 + value * 0.45) - 90 * x / picture.width) for value in range(256))
        for x in range(picture.width)
    ]
    rows = range(0, picture.width * picture.height, picture.width)
    pixels = bytes(tables[x][picture.pixels[y + x]] for y in rows for x in range(picture.width))
    return Grey(pixels, picture.width, picture.height)


def test_a_shadowed_photocopy_is_read_as_if_there_were_no_shadow() -> None:
    assert text_of(read(*shadowed(painted(150)), 150)) == list(LINES)


def test_paper_under_a_shadow_becomes_white_and_ink_stays_dark() -> None:
    picture = painted(150)
    even = evened(*shadowed(picture))
    paper = [even[at] for at, was in enumerate(picture.pixels) if was == 255]
    ink = [even[at] for at, was in enumerate(picture.pixels) if was == 0]
    assert min(paper) > 230
    assert max(ink) < 160


@pytest.mark.parametrize("level", [255, 200, 30, 0])
def test_even_paper_is_left_as_it_is(level: int) -> None:
    grey = bytes([level]) * 300 * 400
    assert evened(grey, 300, 400) is grey


def test_a_printed_page_is_left_as_it_is() -> None:
    picture = painted(200)
    assert evened(*picture) is picture.pixels


@pytest.mark.parametrize(("width", "height"), [(1, 1), (15, 17), (16, 16), (33, 2), (1, 999)])
def test_no_pixel_is_lost_or_added(width: int, height: int) -> None:
    grey = random.Random(4).randbytes(width * height)
    assert len(evened(grey, width, height)) == width * height
    dark_and_bright = bytes(width * height // 2) + b"\xff" * (width * height - width * height // 2)
    assert len(evened(dark_and_bright, width, height)) == width * height
