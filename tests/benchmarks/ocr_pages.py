"""Pages to read: the annotated texts, printed, and then spoilt as scanners and faxes spoil them."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pymupdf
from PIL import Image, ImageFilter

from tests.annotated import Record
from tests.benchmarks.scoring import NAMING

_FACES = (("helv", 10.0, 92), ("tiro", 11.0, 96), ("cour", 9.5, 86))
_LINES = 56


@dataclass(frozen=True, slots=True)
class Printed:
    """A page as it was printed.

    Attributes:
        leaf: a PDF of the one page.
        text: what stands on it.
        named: the names, identifiers and contact data on it.
    """

    leaf: bytes
    text: str
    named: tuple[str, ...]


def printed_pages(documents: Sequence[Record], most: int) -> Iterator[Printed]:
    """Print the first page of each document, in three faces by turns."""
    for number, document in enumerate(documents[:most]):
        face, size, width = _FACES[number % len(_FACES)]
        lines: list[str] = []
        for paragraph in document["text"].split("\n"):
            lines += textwrap.wrap(paragraph, width, break_on_hyphens=False) or [""]
        lines = lines[:_LINES]
        leaf = pymupdf.open()
        page = leaf.new_page(width=595, height=842)
        for row, line in enumerate(lines):
            page.insert_text((52, 60 + row * 13.2), _plain(line), fontname=face, fontsize=size)
        text = _plain("\n".join(lines))
        squeezed = "".join(text.split())
        marked = {_plain(one["text"]) for one in document["spans"] if one["label"] in NAMING.labels}
        named = tuple(sorted(one for one in marked if "".join(one.split()) in squeezed))
        yield Printed(leaf.tobytes(), text, named)


def _plain(text: str) -> str:
    """Keep what the built-in faces can print."""
    return text.encode("cp1252", "replace").decode("cp1252")


def scan_of(printed: Printed, dpi: int) -> Any:
    """Paint a page in grey."""
    page = pymupdf.open("pdf", printed.leaf)[0]
    picture = page.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY)
    return Image.frombytes("L", (picture.width, picture.height), picture.samples)


def _noisy(picture: Any, strength: float) -> Any:
    rng = np.random.default_rng(7)
    values = np.asarray(picture, np.float32) + rng.normal(0, strength, picture.size[::-1])
    return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))


def _two_tone(picture: Any) -> Any:
    return picture.point(lambda value: 255 if value > 140 else 0)


def _skewed(picture: Any, degrees: float) -> Any:
    return picture.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)


def _jpeg(picture: Any, quality: int) -> Any:
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=quality)
    return Image.open(io.BytesIO(written.getvalue())).convert("L")


def _fax(picture: Any) -> Any:
    """Scan at 204 by 98 dots an inch in two tones (ITU-T T.4, standard resolution)."""
    width, height = picture.size
    return _two_tone(picture.resize((width, height // 2), Image.Resampling.BOX)).resize(
        (width, height), Image.Resampling.NEAREST
    )


def _photocopy(picture: Any) -> Any:
    """Pale print on grey paper with a shadow to one side, a little turned and out of focus."""
    pale = np.asarray(_skewed(picture, -0.7), np.float32) * 0.45 + 110
    shadow = np.linspace(0, 70, pale.shape[1], dtype=np.float32)
    grey = Image.fromarray(np.clip(pale - shadow, 0, 255).astype(np.uint8))
    return _noisy(grey.filter(ImageFilter.GaussianBlur(0.8)), 9)


#: What was done to a page: its name, the dots an inch it is painted at, and how it is spoilt.
CONDITIONS: dict[str, tuple[int, Callable[[Any], Any]]] = {
    "clean, 150 dpi": (150, lambda one: one),
    "clean, 200 dpi": (200, lambda one: one),
    "clean, 300 dpi": (300, lambda one: one),
    "two tones, 200 dpi": (200, _two_tone),
    "turned by 1.5 degrees": (200, lambda one: _skewed(one, 1.5)),
    "out of focus": (200, lambda one: one.filter(ImageFilter.GaussianBlur(1.4))),
    "JPEG at quality 12, noise": (200, lambda one: _jpeg(_noisy(one, 25), 12)),
    "fax, 204 by 98": (204, _fax),
    "pale photocopy": (200, _photocopy),
}


def prepared(picture: Any, way: str) -> Any:
    """Prepare a picture before it is read, in one of the ways that are tried."""
    if way.startswith("larger"):
        factor = float(way.split()[1])
        size = (round(picture.width * factor), round(picture.height * factor))
        return picture.resize(size, Image.Resampling.BICUBIC)
    if way == "two tones":
        return _two_tone(picture)
    return picture
