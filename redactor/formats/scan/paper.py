"""Put the pixels of a picture file on pages: painted upright as they are seen, and stored anew.

Nothing but pixels that are shown goes into the pages: no camera data, no colours under transparent
parts, no rows below the height that the file admits to.
"""

from __future__ import annotations

from typing import Any

import pymupdf
from pymupdf import mupdf

from redactor.errors import UnreadableDocument
from redactor.formats.pdf.opening import MAX_PAGES
from redactor.formats.refusal import refusing_damage
from redactor.formats.scan.frames import Frame, frames_of
from redactor.model import Progress, Report, quiet

#: Of one frame: an A0 sheet at 200 dpi has 62 million.
MAX_PIXELS = 100_000_000
#: Resolutions that scanners and faxes have, the coarser way and the finer. Others (a camera's 72, a
#: screen's 96) say nothing of any paper.
_COARSER, _FINER = (90, 1200), (100, 1200)
#: In inches: A4, which a picture of no known paper fills, and the longest side of any paper.
_A4, _LARGEST = (8.27, 11.69), 60.0
#: Of a screen; small pictures are not made larger than there.
_SCREEN = 96.0
#: A scan that came as JPEG is stored as JPEG again, of so fine a quality that nobody sees it.
_QUALITY = 92
#: What each orientation of Exif does to a picture: a matrix without its shift.
_TURNS = {
    1: (1, 0, 0, 1),
    2: (-1, 0, 0, 1),
    3: (-1, 0, 0, -1),
    4: (1, 0, 0, -1),
    5: (0, 1, 1, 0),
    6: (0, 1, -1, 0),
    7: (0, -1, -1, 0),
    8: (0, -1, 1, 0),
}


#: The last file and its pages: it is read, and then asked for its pages again.
_kept: dict[bytes, bytes] = {}


def as_pdf(untrusted: bytes, report: Report = quiet) -> bytes:
    """Give a picture file as a PDF with a page for each frame. Equal bytes give equal bytes.

    Raises:
        UnreadableDocument: it is empty, no picture, damaged, cut off, moving, or too large.
    """
    if not untrusted:
        raise UnreadableDocument(
            "The file is empty (0 bytes).", "Ask for it to be sent again.", "empty"
        )
    if untrusted not in _kept:
        with refusing_damage():
            written = _written(untrusted, report)
        _kept.clear()
        _kept[untrusted] = written
    return _kept[untrusted]


def _written(untrusted: bytes, report: Report) -> bytes:
    frames = frames_of(untrusted)
    _refuse_too_large(frames)
    as_jpeg = untrusted.startswith(b"\xff\xd8\xff")
    document = pymupdf.open()
    for number, frame in enumerate(frames):
        report(Progress(number, len(frames), "unpacking"))
        _add_page(document, _upright(_pixels(untrusted, number, frames), frame), as_jpeg=as_jpeg)
    # The library names itself in every new document; it would be listed as a property of this one.
    document.xref_set_key(document.pdf_catalog(), "Info", "null")
    written: bytes = document.tobytes(garbage=2, deflate=True, no_new_id=True)
    return written


def _refuse_too_large(frames: tuple[Frame, ...]) -> None:
    if any(one.width * one.height > MAX_PIXELS for one in frames):
        raise UnreadableDocument(
            f"The picture has more than {MAX_PIXELS:,} pixels.",
            "Scan it at 300 dots to the inch, and add that.",
            "bomb",
        )
    if len(frames) > MAX_PAGES:
        raise UnreadableDocument(
            f"The picture file has {len(frames):,} pages; at most {MAX_PAGES:,} can be worked on.",
            "Split it into parts and add those.",
            "too-large",
        )


def _pixels(untrusted: bytes, number: int, frames: tuple[Frame, ...]) -> Any:
    """Unpack a frame; whatever the library only warns of is damage here."""
    pymupdf.TOOLS.mupdf_warnings(reset=1)
    try:
        picture = _unpacked(untrusted, number, len(frames))
    except (RuntimeError, ValueError, mupdf.FzErrorBase) as error:
        raise _damaged(str(error)) from None
    warned = pymupdf.TOOLS.mupdf_warnings(reset=1)
    frame = frames[number]
    if warned or (picture.width, picture.height) != (frame.width, frame.height):
        raise _damaged(warned)
    return picture


def _unpacked(untrusted: bytes, number: int, count: int) -> Any:
    if untrusted[:2] in {b"II", b"MM"}:
        buffer = mupdf.fz_new_buffer_from_copied_data(untrusted)
        length, start = mupdf.ll_fz_buffer_storage(buffer.m_internal)
        if number == 0 and mupdf.fz_load_tiff_subimage_count(start, length) != count:
            raise ValueError("The library finds another number of frames.")
        return pymupdf.Pixmap(mupdf.fz_load_tiff_subimage(start, length, number))
    return pymupdf.Pixmap(untrusted)


def _damaged(warned: str) -> UnreadableDocument:
    """Give the refusal; what the library said is looked at, and never passed on."""
    if "premature end" in warned or "truncat" in warned:
        return UnreadableDocument(
            "The picture ends in the middle.", "Ask for it to be sent again.", "truncated"
        )
    return UnreadableDocument(
        "The picture is damaged: its pixels could not be unpacked whole.",
        "Open it in the program it came from, save it again, and add that.",
    )


def _upright(picture: Any, frame: Frame) -> tuple[Any, float, float]:
    """Paint a frame on white paper the right way up.

    Returns:
        The painted picture without transparency, grey or in colours, and the dots to the inch that
        it has across and down.
    """
    width, height = picture.width, picture.height
    easel = pymupdf.open()
    page = easel.new_page(width=width, height=height)
    page.insert_image(page.rect, pixmap=picture)
    is_grey = picture.colorspace is not None and picture.colorspace.n == 1
    painted = page.get_pixmap(
        matrix=pymupdf.Matrix(*_TURNS[frame.orientation], 0, 0),
        colorspace=pymupdf.csGRAY if is_grey else pymupdf.csRGB,
        alpha=False,
    )
    across, down = picture.xres, picture.yres
    if frame.orientation >= 5:
        across, down = down, across
    return painted, *_resolution(painted, across, down)


def _resolution(picture: Any, across: int, down: int) -> tuple[float, float]:
    """Give the dots to the inch across and down: those of a scan, or such as fill a sheet of A4."""
    coarser, finer = sorted((across, down))
    if _COARSER[0] <= coarser <= _COARSER[1] and _FINER[0] <= finer <= _FINER[1]:
        inches = picture.width / across, picture.height / down
        if max(inches) <= _LARGEST:
            return float(across), float(down)
    short, long = sorted((picture.width, picture.height))
    fitting = max(short / _A4[0], long / _A4[1], _SCREEN)
    return fitting, fitting


def _add_page(document: Any, painted: tuple[Any, float, float], *, as_jpeg: bool) -> None:
    picture, across, down = painted
    page = document.new_page(width=picture.width / across * 72, height=picture.height / down * 72)
    if as_jpeg:
        page.insert_image(
            page.rect, stream=picture.tobytes("jpeg", jpg_quality=_QUALITY), keep_proportion=False
        )
    else:
        page.insert_image(page.rect, pixmap=picture, keep_proportion=False)
