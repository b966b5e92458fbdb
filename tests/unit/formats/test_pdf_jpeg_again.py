"""Scans in which something was blanked go out as the JPEG that they were."""

from __future__ import annotations

import io
import random
from typing import Any

import pikepdf
import pymupdf
import pytest
from PIL import Image, ImageChops, ImageDraw

from redactor.model import Area, Ruling
from tests.unit.formats.pdf_samples import rebuilt

_PLACE = (50, 50, 450, 350)
_BLANKED = Area(0, 100, 100, 200, 150)


def _photograph(mode: str = "L") -> Image.Image:
    noise = random.Random(4)
    size = (100, 75)
    coarse = Image.frombytes(mode, size, noise.randbytes(size[0] * size[1] * len(mode)))
    return coarse.resize((800, 600), Image.Resampling.BICUBIC)


def _packed(picture: Image.Image, **options: Any) -> bytes:
    written = io.BytesIO()
    picture.save(written, "JPEG", **options)
    return written.getvalue()


def _released(*pictures: bytes) -> pymupdf.Document:
    """Blank a place of the last of some pictures that lie over one another."""
    document = pymupdf.open()
    page = document.new_page()
    for one in pictures:
        page.insert_image(_PLACE, stream=one)
    out = rebuilt(document.tobytes(), areas=(_BLANKED,), rulings={"page:1": Ruling.RELEASE_AS_SEEN})
    return pymupdf.open("pdf", out.files[0].data)


def _stored(released: pymupdf.Document) -> tuple[Image.Image, bytes]:
    (picture,) = released[0].get_images()
    data = released.xref_stream_raw(picture[0])
    return Image.open(io.BytesIO(data)), data


@pytest.mark.parametrize("quality", [80, 95])
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_blanked_scan_keeps_its_tables_and_what_was_not_blanked(mode: str, quality: int) -> None:
    was = _packed(_photograph(mode), quality=quality)
    now, data = _stored(_released(was))
    before = Image.open(io.BytesIO(was))
    assert now.quantization == before.quantization  # type: ignore[attr-defined]
    assert len(data) < 1.05 * len(was)
    beside = (0, 220, 800, 600)  # below what was blanked
    apart = ImageChops.difference(now.crop(beside), before.crop(beside)).convert("L")
    assert apart.getextrema()[1] <= 6


def test_nothing_of_what_was_blanked_is_left_in_its_pixels() -> None:
    now, _ = _stored(_released(_packed(_photograph(), quality=80)))
    low, high = now.crop((105, 105, 295, 195)).getextrema()
    assert high - low < 12


@pytest.mark.parametrize("sampling", [0, 2])
def test_colours_are_sampled_as_they_were(sampling: int) -> None:
    was = _packed(_photograph("RGB"), quality=85, subsampling=sampling)
    _, data = _stored(_released(was))
    frame = data.index(b"\xff\xc0")
    assert data[frame + 11] == {0: 0x11, 2: 0x22}[sampling]


def test_a_coarse_scan_is_not_made_coarser_around_what_was_blanked() -> None:
    now, _ = _stored(_released(_packed(_photograph(), quality=12)))
    assert sum(now.quantization[0]) < 1900  # type: ignore[attr-defined]


def test_nothing_but_the_picture_lies_in_the_new_jpeg() -> None:
    _, data = _stored(_released(_packed(_photograph(), quality=80, comment=b"Orla Vexley")))
    assert b"Orla" not in data
    assert b"JFIF" not in data


def test_lettering_without_loss_stays_so_though_a_photograph_has_its_size() -> None:
    letters = Image.new("L", (800, 600), 255)
    ImageDraw.Draw(letters).text((300, 400), "Approved", fill=0)
    written = io.BytesIO()
    letters.save(written, "PNG")
    document = pymupdf.open()
    document.new_page().insert_image(_PLACE, stream=written.getvalue())
    document.new_page().insert_image(_PLACE, stream=_packed(_photograph(), quality=80))
    out = rebuilt(
        document.tobytes(),
        areas=(_BLANKED,),
        rulings={"page:1": Ruling.RELEASE_AS_SEEN, "page:2": Ruling.RELEASE_AS_SEEN},
    )
    with pikepdf.open(io.BytesIO(out.files[0].data)) as pdf:
        (picture,) = pdf.pages[0].Resources.XObject.values()
        assert picture.Filter == "/FlateDecode"
        assert len(picture.read_bytes()) == 800 * 600
