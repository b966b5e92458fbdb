"""Find pictures on a page of which something painted later hides a part.

A black box drawn over part of a scan hides nothing from whoever takes the picture out of the file.
"""

from __future__ import annotations

from typing import Any

from redactor.formats.pdf.hidden import Hidden
from redactor.formats.pdf.painted import TEXT_CALLS, Block, Painted
from redactor.formats.pdf.stext import IMAGE_BLOCK, Box
from redactor.formats.pdf.suspicion import covers_of
from redactor.formats.pdf.trust import is_legible
from redactor.model import HiddenKind

#: A cover that is smaller (points, either way) hides no word and no face.
_LEAST = 3.0
#: Pixels a point: details of a photograph are still told apart.
_ZOOM = 1.0
#: All that paints beside pictures, and beside clips, masks and groups.
_ALL_BUT_PICTURES = (*TEXT_CALLS, "fill_path", "stroke_path", "fill_shade")
#: Colours that differ by less (of 255) are taken as one.
_SAME_COLOUR = 24
#: A cover changes at least this many pixels of what is under it.
_LEAST_CHANGED = 9


def covered_parts(page: Any, painted: Painted | None = None) -> list[Box]:
    """Give the parts of pictures that are hidden by what is painted over them.

    What is of one colour under its cover, as the margin of a scan is, hides nothing.

    Args:
        page: a page of a prepared document.
        painted: the record of what it paints, where that is at hand.
    """
    painted = painted or Painted(page)
    pictures = [block for block in painted.blocks if _is_large(block)]
    if not pictures:
        return []
    covers = covers_of(painted)
    opaque = painted.opaque_pictures()
    numbers = {block["number"] for block in painted.blocks if block["type"] == IMAGE_BLOCK}
    found = []
    for picture in pictures:
        for order, cover in covers:
            part = _common(picture["bbox"], cover, painted.page_box)
            if order <= picture["number"] or part is None:
                continue
            if order in numbers:
                if order in opaque and is_legible(part):
                    found.append(part)
            elif _hides(painted, part):
                found.append(part)
    return found


def covered_pictures(page: Any, painted: Painted | None = None) -> list[Hidden]:
    """List the pictures of a page that have parts under a box, as hidden content.

    Args:
        page: a page of a prepared document.
        painted: as for ``covered_parts``.
    """
    count = len(covered_parts(page, painted))
    if not count:
        return []
    text = (
        "A box hides a part of a picture here, and what is under it is still in the file."
        if count == 1
        else f"{count} boxes hide parts of pictures here; what is under them is still in the file."
    )
    return [Hidden(HiddenKind.PICTURE, f"picture under a box, page {page.number + 1}", text)]


def _is_large(block: Block) -> bool:
    return block["type"] == IMAGE_BLOCK and is_legible(block["bbox"])


def _extent(box: Box) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


def _common(*boxes: Box) -> Box | None:
    """Give what boxes have in common; None where that is too small to matter."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    part = max(lefts), max(tops), min(rights), min(bottoms)
    return part if min(_extent(part)) >= _LEAST else None


def _hides(painted: Painted, part: Box) -> bool:
    """Say whether what lies on the pictures within a part of the page hides anything of them."""
    import numpy as np  # noqa: PLC0415 - slow to load, and needed for few pages

    for band in painted.bands(part, _ZOOM):
        shown, below = (
            np.frombuffer(painted.pixels(band, _ZOOM, without=without).samples, np.uint8)
            .reshape(-1, 3)
            .astype(np.int16)
            for without in (TEXT_CALLS, _ALL_BUT_PICTURES)
        )
        changed = np.abs(shown - below).max(axis=1) >= _SAME_COLOUR
        if changed.sum() < _LEAST_CHANGED:
            continue
        under, over = below[changed], shown[changed]
        if np.ptp(under, axis=0).max() < _SAME_COLOUR:
            continue
        # a veil or a highlight lets the details through, and a cover has none of them
        if not painted.is_intricate or np.ptp(over, axis=0).max() < _SAME_COLOUR:
            return True
    return False
