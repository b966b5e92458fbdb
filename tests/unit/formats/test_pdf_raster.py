from __future__ import annotations

import random

import pymupdf
from PIL import Image

from redactor.formats.pdf.raster import picture_of, replace_by_picture
from redactor.model import Area, Ruling
from tests.unit.formats.pdf_samples import lines, made, rebuilt


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


def test_a_photograph_that_something_was_blanked_in_goes_out_as_the_jpeg_that_it_was():
    noise = random.Random(4)
    pixels = bytes(90 + (x + y) // 8 + noise.randrange(6) for y in range(300) for x in range(400))
    photograph = pymupdf.Pixmap(pymupdf.csGRAY, 400, 300, pixels, 0)
    document = pymupdf.open()
    document.new_page().insert_image((50, 50, 450, 350), stream=photograph.tobytes("jpeg"))
    data = document.tobytes()
    out = rebuilt(
        data, areas=(Area(0, 100, 100, 200, 150),), rulings={"page:1": Ruling.RELEASE_AS_SEEN}
    )
    released = pymupdf.open("pdf", out.files[0].data)
    (picture,) = released[0].get_images()
    assert picture[8] == "DCTDecode"
    assert len(out.files[0].data) < 2 * len(data)
    stored = pymupdf.Pixmap(released, picture[0])
    blanked = [stored.pixel(x, y)[0] for x in range(60, 140, 8) for y in range(56, 94, 6)]
    assert max(blanked) - min(blanked) < 12
