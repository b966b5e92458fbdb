from __future__ import annotations

import random

import pymupdf
from PIL import Image

from redactor.formats.pdf.raster import picture_of, replace_by_picture
from tests.unit.formats.pdf_samples import lines, made


def as_picture(data: bytes) -> tuple[bytes, str]:
    """Give a page as a picture of itself: the file, and how the picture is packed."""
    document = pymupdf.open("pdf", data)
    box = document[0].rect
    replace_by_picture(document, 0, picture_of(document[0]), (box.width, box.height))
    written = document.tobytes(garbage=3, deflate=True)
    (image,) = pymupdf.open("pdf", written)[0].get_images()
    return written, image[8]


def test_a_page_of_text_is_packed_without_loss_and_in_grey():
    data = made(lines(*["The officer attended and said that a complaint was made."] * 30))
    written, packing = as_picture(data)
    assert packing == "FlateDecode"
    (image,) = pymupdf.open("pdf", written)[0].get_images()
    assert pymupdf.Pixmap(pymupdf.open("pdf", written), image[0]).n == 1
    assert len(written) < 200_000


def test_a_page_with_a_photograph_is_packed_as_one():
    rng = random.Random(3)
    coarse = Image.frombytes("RGB", (120, 160), rng.randbytes(120 * 160 * 3))
    photograph = coarse.resize((1540, 2220), Image.Resampling.BICUBIC)

    def draw(page):
        picture = pymupdf.Pixmap(pymupdf.csRGB, 1540, 2220, photograph.tobytes(), 0)
        page.insert_image(pymupdf.Rect(20, 20, 575, 820), pixmap=picture, keep_proportion=False)

    written, packing = as_picture(made(draw))
    assert packing == "DCTDecode"
    assert len(written) < 3_000_000
