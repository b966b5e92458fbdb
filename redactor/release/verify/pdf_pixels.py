"""Read the pixels of a PDF where something was redacted, and search what is read.

Each picture is taken as it is stored, not as it is shown: a box drawn over a scan hides nothing in
it. Places without any contrast hold no text and are not read. In anyone's file, of which nothing is
known, every picture that could hold words is read, and every page whose letters mean nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from redactor import ocr
from redactor.errors import OcrFailed
from redactor.model import Area, PageChanges
from redactor.release.verify.ledger import Ledger
from redactor.release.verify.pdf_text import engine_name

#: Smaller pictures hold no word (pixels a side).
_LEAST_SIDE = 16
#: Of anyone's file at most so many pictures and pages are read; more is not searched, and said so.
MOST_READ = 400
#: A place is read with this much around it (share of its height), so that letters are whole.
_AROUND = 0.4
#: Less contrast than this (of 255) is one colour: the grain of paper, the noise of JPEG.
_CONTRAST = 24
_DPI = 300
#: White between two places on the sheet that is read (pixels).
_GAP = 24
_MOST_PIXELS = 40_000_000
_LEAST_SEEN_DPI, _MOST_SEEN_DPI = 70.0, 1200.0


@dataclass(slots=True)
class _Pixels:
    """A grey picture: an array, and how many of its pixels an inch of the page has."""

    grey: Any
    dpi: float


def read_redacted_places(ledger: Ledger, untrusted: bytes, changes: PageChanges) -> None:
    """Read the pictures of a release under and around every place where something was removed."""
    import pypdfium2  # noqa: PLC0415 - loads native code

    engine = engine_name()
    with ledger.engine(engine):
        document = pypdfium2.PdfDocument(untrusted)
        places = _by_page(changes.regions)
        uniform = read = 0
        failed: list[int] = []
        for number in sorted(places):
            page = document[number]
            crops = [
                crop
                for picture, matrix in _pictures(page)
                for crop in _crops(picture, matrix, places[number], page.get_height())
            ]
            page.close()
            telling = [one for one in crops if _has_contrast(one.grey)]
            uniform += len(crops) - len(telling)
            read += len(telling)
            if telling and not _search(ledger, _sheet(telling), number):
                failed.append(number)
        document.close()
        ledger.check(
            "pixels at redacted places",
            ok=not failed,
            engine=_reader_name(),
            detail=f"{read} places in pictures were read; {uniform} are of one colour."
            if not failed
            else "The engine that reads pictures could not be used.",
            pages=tuple(failed),
        )


def read_pictures(ledger: Ledger, untrusted: bytes, unreadable: Sequence[int]) -> None:
    """Read every picture of anyone's file, and every page whose text is of no meaning.

    Args:
        unreadable: those pages, from 0.
    """
    import pypdfium2  # noqa: PLC0415 - loads native code

    with ledger.engine(engine_name()):
        document = pypdfium2.PdfDocument(untrusted)
        read = 0
        for number in range(len(document)):
            page = document[number]
            pictures = [_Pixels(one, _dpi_of(one, matrix)) for one, matrix in _pictures(page)]
            if number in unreadable:
                pictures.append(_drawn(page))
            page.close()
            for one in pictures:
                read += 1
                if read > MOST_READ:
                    ledger.unsearchable(
                        f"pictures from page {number + 1} on",
                        f"only {MOST_READ} pictures of a file are read",
                        _reader_name(),
                    )
                    document.close()
                    return
                if _has_contrast(one.grey) and not _search(ledger, one, number):
                    where = f"page {number + 1}, a picture"
                    ledger.unsearchable(where, "it could not be read", _reader_name())
        document.close()


def _reader_name() -> str:
    try:
        return ocr.engine_name()
    except OcrFailed:
        return "no engine that reads pictures"


def _search(ledger: Ledger, picture: _Pixels, number: int) -> bool:
    """Read a picture and look for what is withheld; give whether it could be read."""
    height, width = picture.grey.shape
    try:
        words = ocr.read(picture.grey.tobytes(), width, height, picture.dpi, sparse=True)
    except OcrFailed:
        return False
    lines: dict[int, list[str]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.text)
    tally = ledger.raw(f"{ocr.engine_name()}, pixels")
    text = "\n".join(" ".join(one) for one in lines.values())
    tally.text(text, ledger.place(f"page {number + 1}, pixels of a picture"))
    return True


# --- pictures as they are stored -------------------------------------------------------------------


def _pictures(page: Any) -> Iterator[tuple[Any, tuple[float, ...]]]:
    """Give each picture of a page as grey pixels, with the matrix that places it."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415 - loads native code

    for one in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=15):
        try:
            bitmap = one.get_bitmap(render=False)
        except Exception:  # noqa: BLE001 - a picture that cannot be unpacked: as it is painted
            bitmap = one.get_bitmap(render=True)
        grey = _grey(bitmap.to_numpy())
        if min(grey.shape) >= _LEAST_SIDE:
            yield grey, _placing(one)


def _placing(one: Any) -> tuple[float, ...]:
    """Give the matrix from the unit square to the page, through every form around the picture."""
    matrix = one.get_matrix()
    container = getattr(one, "container", None)
    while container is not None:
        matrix = matrix.multiply(container.get_matrix())
        container = getattr(container, "container", None)
    values: tuple[float, ...] = matrix.get()
    return values


def _grey(pixels: Any) -> Any:
    import numpy as np  # noqa: PLC0415 - loads native code, in workers only

    if pixels.ndim == 2:
        return np.ascontiguousarray(pixels)
    if pixels.shape[2] == 1:
        return np.ascontiguousarray(pixels[..., 0])
    return np.ascontiguousarray(pixels[..., :3].mean(axis=2).astype("uint8"))


def _dpi_of(grey: Any, matrix: Sequence[float]) -> float:
    a, b, *_ = matrix
    wide = max((a * a + b * b) ** 0.5, 1.0)
    return min(max(float(grey.shape[1]) / wide * 72, _LEAST_SEEN_DPI), _MOST_SEEN_DPI)


def _drawn(page: Any) -> _Pixels:
    width, height = page.get_size()
    scale = min(_DPI / 72, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True, draw_annots=False)
    return _Pixels(_grey(bitmap.to_numpy()), scale * 72)


def _crops(
    grey: Any, matrix: Sequence[float], places: Sequence[Area], page_height: float
) -> Iterator[_Pixels]:
    """Cut out of a picture what lies under the places, with some room around."""
    a, b, c, d, e, f = matrix
    determinant = a * d - b * c
    if abs(determinant) < 1e-9:
        return
    height, width = grey.shape
    for place in places:
        room = (place.y1 - place.y0) * _AROUND
        corners = [
            _unplaced(x, page_height - y, matrix, determinant)
            for x in (place.x0 - room, place.x1 + room)
            for y in (place.y0 - room, place.y1 + room)
        ]
        across = sorted(min(max(x, 0.0), 1.0) * width for x, _ in corners)
        down = sorted((1 - min(max(y, 0.0), 1.0)) * height for _, y in corners)
        crop = grey[int(down[0]) : int(down[-1]) + 1, int(across[0]) : int(across[-1]) + 1]
        if crop.size and min(crop.shape) > 2:
            yield _Pixels(crop, _dpi_of(grey, matrix))


def _unplaced(
    x: float, y: float, matrix: Sequence[float], determinant: float
) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    x, y = x - e, y - f
    return (d * x - c * y) / determinant, (a * y - b * x) / determinant


def _has_contrast(grey: Any) -> bool:
    if min(grey.shape) < 3:
        return False
    return int(grey.max()) - int(grey.min()) > _CONTRAST


def _sheet(crops: Sequence[_Pixels]) -> _Pixels:
    """Put the places of a page under one another on a white sheet, to be read at once."""
    import numpy as np  # noqa: PLC0415 - loads native code, in workers only

    width = max(one.grey.shape[1] for one in crops) + 2 * _GAP
    height = sum(one.grey.shape[0] + _GAP for one in crops) + _GAP
    sheet = np.full((height, width), 255, dtype="uint8")
    top = _GAP
    for one in crops:
        rows, columns = one.grey.shape
        sheet[top : top + rows, _GAP : _GAP + columns] = one.grey
        top += rows + _GAP
    return _Pixels(sheet, float(np.median([one.dpi for one in crops])))


def _by_page(areas: Sequence[Area]) -> dict[int, list[Area]]:
    pages: dict[int, list[Area]] = {}
    for area in areas:
        pages.setdefault(area.page, []).append(area)
    return pages
