"""Original and release side by side, page by page, as PDFium draws and reads them.

Outside of what was changed nothing may differ: no letter moved, no picture lost, nothing hidden come
to light. Inside the boxes there is black, and a white label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from redactor.model import Area, PageChanges
from redactor.release.verify.ledger import Ledger
from redactor.release.verify.pdf_text import engine_name

#: Dots to the inch at which pages are compared: a letter that moved by half a point is seen.
_DPI = 100
#: Pages that are pictures are compared coarsely, because another engine painted them.
_COARSE_DPI = 36
#: Pixels differ if their means over three by three differ by more (of 255).
_DIFFERS = 40
#: A coarse cell of a page that is a picture may be so much lighter or darker.
_COARSELY = 110
#: Room around a changed region that may differ (points): smoothing reaches over its edge.
_ROOM = 1.5
#: Letters may move by this much (points).
_MOVED = 0.5
#: In a box: darker than this is black; and how much of it the label may take up.
_BLACK, _LABEL_SHARE = 96, 0.6
_WORD = re.compile(r"\w{2,}")
_MOST_PIXELS = 30_000_000


@dataclass(slots=True)
class Differences:
    """The pages, from 0, on which something is not as it has to be."""

    sizes: list[int]
    looks: list[int]
    boxes: list[int]
    words: list[int]
    undrawn: list[int]


def compare_pages(
    ledger: Ledger, original: bytes, untrusted: bytes, changes: PageChanges
) -> Differences:
    """Hold every page of a release against the original, and write down what differs."""
    import pypdfium2  # noqa: PLC0415 - loads native code

    found = Differences([], [], [], [], [])
    engine = engine_name()
    with ledger.engine(engine):
        release = pypdfium2.PdfDocument(untrusted)
        source = _opened(original)
        regions, boxes = _by_page(changes.regions), _by_page(changes.boxes)
        pictures, blanks = frozenset(changes.pictures), frozenset(changes.blanks)
        for number in range(len(release)):
            new = release[number]
            if number not in blanks:
                _check_boxes(new, boxes.get(number, ()), number, found)
                old = _page(source, number)
                if old is None:
                    found.undrawn.append(number)
                else:
                    _compare(old, new, regions.get(number, ()), number, found, number in pictures)
                    old.close()
            new.close()
        release.close()
        _write_down(ledger, engine, found, pictures)
    return found


def _opened(original: bytes) -> Any:
    import pypdfium2  # noqa: PLC0415 - loads native code

    try:
        source = pypdfium2.PdfDocument(original)
        source.init_forms()
    except pypdfium2.PdfiumError:
        return None
    return source


def _page(source: Any, number: int) -> Any:
    import pypdfium2  # noqa: PLC0415 - loads native code

    try:
        return None if source is None or number >= len(source) else source[number]
    except pypdfium2.PdfiumError:
        return None


def _by_page(areas: Sequence[Area]) -> dict[int, list[Area]]:
    pages: dict[int, list[Area]] = {}
    for area in areas:
        pages.setdefault(area.page, []).append(area)
    return pages


def _compare(
    old: Any, new: Any, regions: Sequence[Area], number: int, found: Differences, is_picture: bool
) -> None:
    before, after = old.get_size(), new.get_size()
    if any(abs(one - other) > 1 for one, other in zip(before, after, strict=True)):
        found.sizes.append(number)
        return
    if is_picture:
        if _coarsely_differs(old, new, regions):
            found.looks.append(number)
        return
    if _differs(old, new, regions):
        found.looks.append(number)
    elif _words_moved(old, new, regions):
        found.words.append(number)


# --- how pages look --------------------------------------------------------------------------------


def _drawn(page: Any, dpi: float) -> Any:
    """Draw a page in grey, as it is seen on opening, without annotations."""
    width, height = page.get_size()
    scale = dpi / 72
    scale *= min(1.0, (_MOST_PIXELS / max(width * height * scale * scale, 1.0)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True, draw_annots=False, may_draw_forms=True)
    return bitmap.to_numpy().reshape(bitmap.height, bitmap.width).astype("int16"), scale


def _differs(old: Any, new: Any, regions: Sequence[Area]) -> bool:
    import numpy as np  # noqa: PLC0415 - loads native code, in workers only

    before, scale = _drawn(old, _DPI)
    after, _ = _drawn(new, _DPI)
    if before.shape != after.shape:
        return True
    difference = before - after
    if not difference.any():
        return False
    _forgive(difference, regions, scale)
    rows, columns = (side // 3 * 3 for side in difference.shape)
    cells = difference[:rows, :columns].reshape(rows // 3, 3, columns // 3, 3).mean(axis=(1, 3))
    return bool((np.abs(cells) > _DIFFERS).any())


def _coarsely_differs(old: Any, new: Any, regions: Sequence[Area]) -> bool:
    import numpy as np  # noqa: PLC0415 - loads native code, in workers only

    before, scale = _drawn(old, _COARSE_DPI)
    after, _ = _drawn(new, _COARSE_DPI)
    rows, columns = (min(one, other) for one, other in zip(before.shape, after.shape, strict=True))
    difference = before[:rows, :columns] - after[:rows, :columns]
    _forgive(difference, regions, scale)
    rows, columns = rows // 4 * 4, columns // 4 * 4
    cells = difference[:rows, :columns].reshape(rows // 4, 4, columns // 4, 4).mean(axis=(1, 3))
    return bool((np.abs(cells) > _COARSELY).any())


def _forgive(difference: Any, regions: Sequence[Area], scale: float) -> None:
    """Forget the difference where something was changed."""
    for one in regions:
        top, left = max(int((one.y0 - _ROOM) * scale), 0), max(int((one.x0 - _ROOM) * scale), 0)
        bottom, right = int((one.y1 + _ROOM) * scale) + 1, int((one.x1 + _ROOM) * scale) + 1
        difference[top : max(bottom, 0), left : max(right, 0)] = 0


def _check_boxes(page: Any, boxes: Sequence[Area], number: int, found: Differences) -> None:
    """Look whether every box is black but for a label."""
    if not boxes:
        return
    pixels, scale = _drawn(page, _DPI)
    for box in boxes:
        top, left = int(box.y0 * scale) + 1, int(box.x0 * scale) + 1
        inside = pixels[top : int(box.y1 * scale) - 1, left : int(box.x1 * scale) - 1]
        if inside.size and ((inside > _BLACK).mean() > _LABEL_SHARE or inside.min() > _BLACK):
            found.boxes.append(number)
            return


# --- where words stand ---------------------------------------------------------------------------


def _words_moved(old: Any, new: Any, regions: Sequence[Area]) -> bool:
    """Look whether any word off the regions is gone, or stands elsewhere."""
    height = old.get_size()[1]
    there = {(word, round(x), round(y)) for word, x, y in _words(new)}
    for word, x, y in _words(old):
        if any(_near(one, x, height - y) for one in regions):
            continue
        around = (-1, 0, 1)
        if not any((word, round(x) + dx, round(y) + dy) in there for dx in around for dy in around):
            return True
    return False


def _near(area: Area, x: float, y: float) -> bool:
    return (
        area.x0 - 2 * _ROOM <= x <= area.x1 + _ROOM and area.y0 - _ROOM <= y <= area.y1 + 2 * _ROOM
    )


def _words(page: Any) -> Iterator[tuple[str, float, float]]:
    """Give each word with the origin of its first letter, in points from the lower left."""
    import ctypes  # noqa: PLC0415 - for PDFium's interface

    import pypdfium2.raw as pdfium  # noqa: PLC0415 - loads native code

    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        text = text_page.get_text_range(0, count, errors="replace") if count else ""
        if len(text) != count:
            return  # letters beyond the basic plane: their numbers do not line up
        x, y = ctypes.c_double(), ctypes.c_double()
        for match in _WORD.finditer(text):
            if pdfium.FPDFText_GetCharOrigin(text_page.raw, match.start(), x, y):
                yield match[0], x.value, y.value
    finally:
        text_page.close()


# --- the record ------------------------------------------------------------------------------------


def _write_down(ledger: Ledger, engine: str, found: Differences, pictures: frozenset[int]) -> None:
    rules = (
        ("page sizes kept", found.sizes, "Every page has the size of the original."),
        ("pages look the same", found.looks, "Outside what was changed every page looks the same."),
        ("boxes are black", found.boxes, "Every box is black but for its label."),
        ("letters did not move", found.words, "Every word off the changed lines is in its place."),
    )
    for name, pages, fine in rules:
        ledger.check(name, not pages, engine, fine if not pages else _told(pages), tuple(pages))
    undrawn = [page for page in found.undrawn if page not in pictures]
    ledger.check(
        "original can be drawn",
        ok=not undrawn,
        engine=engine,
        detail="This engine draws every page of the original."
        if not found.undrawn
        else f"This engine cannot draw page {_listed(found.undrawn)} of the original, so that it "
        "is not compared; as a picture of itself it can be released.",
        pages=tuple(undrawn),
    )


def _told(pages: Sequence[int]) -> str:
    return f"Not so on page {_listed(pages)}."


def _listed(pages: Sequence[int]) -> str:
    more = f" and {len(pages) - 12} more" if len(pages) > 12 else ""
    return ", ".join(str(page + 1) for page in pages[:12]) + more
