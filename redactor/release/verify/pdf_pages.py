"""Original and release side by side, page by page, as PDFium draws and reads them.

Outside of what was changed nothing may differ: no letter moved, no picture lost, nothing hidden
come to light. In the changed places everything that is not withheld must still be there. A box is
of one colour but for its label, and no other text lies under it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from redactor.model import Area, PageChanges
from redactor.release.verify.ledger import Ledger
from redactor.release.verify.model import Against
from redactor.release.verify.pdf_boxes import Labels, boxes_in_order
from redactor.release.verify.pdf_drawing import Box, Canvas, Sheet, opened, sheet_with_fields
from redactor.release.verify.pdf_images import has_images
from redactor.release.verify.pdf_letters import is_lost, letter_changes, outermost
from redactor.release.verify.pdf_looks import coarsely_differs, differs
from redactor.release.verify.pdf_objects import user_units
from redactor.release.verify.pdf_text import engine_name

if TYPE_CHECKING:
    from redactor.release.verify.pdf_drawing import Grey, Places

#: Dots to the inch at which pages are compared: a letter that moved by half a point is seen.
_DPI = 100
#: Pages by another engine are compared more coarsely.
_COARSE_DPI = 50
#: Room around a changed region that may differ (points): smoothing reaches over its edge.
_ROOM = 1.5
#: How far from its origin a letter is looked for (points).
_LETTER = 12.0
#: Letters may begin this far beside a page, and reach into it (points).
_OFF = 12.0
_MOST_NAMED = 12

#: What is checked: the name of the check, and the sentence where it held.
_RULES = {
    "sizes": ("page sizes kept", "Every page has the size of the original."),
    "looks": ("pages look the same", "Outside what was changed every page looks the same."),
    "boxes": ("boxes hide all", "Boxes are of one colour but for their label, their only text."),
    "off": ("nothing off the page", "No text lies beside what is seen of a page."),
    "words": ("letters did not move", "Every word off the changed places is where it was."),
    "lost": ("changed lines are whole", "All that is not withheld is still in the changed places."),
}  # fmt: skip


@dataclass(slots=True)
class _Side:
    """One page of both files.

    Attributes:
        old: of the original; None where PDFium cannot load it.
        regions: where it may differ; none lies in another.
        boxes: what is covered in the release.
        is_left_out: nothing of the original is on it.
        labels: what may be printed on it that was not on the original.
    """

    number: int
    old: Sheet | None
    new: Sheet
    regions: Sequence[Box]
    boxes: Sequence[Box]
    is_picture: bool
    is_read: bool
    is_left_out: bool
    labels: Labels


@dataclass(slots=True)
class Compared:
    """What came out: by rule, the pages on which it does not hold.

    Attributes:
        undrawn: pages of the original that PDFium cannot draw.
        unlike: pages that go out as pictures and look otherwise than PDFium draws the original.
        without_images: pages of the release on which there is no picture.
        texts: of the pages of the release; empty where they could not all be read.
    """

    faults: dict[str, list[int]] = field(default_factory=lambda: {rule: [] for rule in _RULES})
    undrawn: list[int] = field(default_factory=list)
    unlike: list[int] = field(default_factory=list)
    without_images: set[int] = field(default_factory=set)
    texts: list[str] = field(default_factory=list, repr=False)


def compare_pages(ledger: Ledger, against: Against, untrusted: bytes) -> Compared:
    """Hold every page of a release against the original, and write down what differs."""
    engine = engine_name()
    found = Compared()
    texts: list[str] = []
    canvases = Canvas(), Canvas()
    with ledger.engine(engine):
        for side in _sides(against, untrusted):
            if side.number % 20 == 0:
                ledger.alive()
            texts.append(side.new.letters.as_read)
            if not has_images(side.new):
                found.without_images.add(side.number)
            if not side.is_left_out:
                _compare(ledger, side, found, *canvases)
        _write_down(ledger, engine, found)
        found.texts = texts
    return found


def _sides(against: Against, untrusted: bytes) -> Iterator[_Side]:
    """Give the pages one after the other, both files open."""
    changes = against.changes
    units = user_units(untrusted)
    regions, boxes = by_page(changes.regions, units), by_page(changes.boxes, units)
    with ExitStack() as stack:
        release = stack.enter_context(opened(untrusted))
        source = _source(stack, against.original)
        for number in range(len(release)):
            is_left_out = number in changes.blanks
            new = Sheet(release, number)
            old = None if is_left_out else _sheet(source, number)
            try:
                yield _Side(
                    number,
                    old,
                    new,
                    outermost(regions.get(number, ())).tolist(),
                    boxes.get(number, ()),
                    number in changes.pictures,
                    number in changes.read,
                    is_left_out,
                    _labels(
                        against.labels,
                        tuple(against.margins(number, len(release))),
                        against.stamps.redactions,
                    ),
                )
            finally:
                new.close()
                if old is not None:
                    old.close()


@lru_cache(maxsize=4)
def _labels(printed: frozenset[str], margins: tuple[str, ...], are_numbered: bool) -> Labels:
    """Give what may be printed on a page, which is mostly the same on the next."""
    return Labels((*printed, *margins), are_numbered=are_numbered)


def _source(stack: ExitStack, original: bytes) -> Any:
    """Open the original; None where PDFium cannot."""
    import pypdfium2  # noqa: PLC0415 - loads native code

    try:
        return stack.enter_context(opened(original))
    except pypdfium2.PdfiumError:
        return None


def _sheet(source: Any, number: int) -> Sheet | None:
    import pypdfium2  # noqa: PLC0415 - loads native code

    try:
        if source is None or number >= len(source):
            return None
        return sheet_with_fields(source, number)
    except pypdfium2.PdfiumError:
        return None


def by_page(areas: Sequence[Area], units: Mapping[int, float]) -> dict[int, list[Box]]:
    """Sort places by page, in the points of PDFium, which does not know the unit of a page."""
    pages: dict[int, list[Box]] = {}
    for one in areas:
        box = one.x0, one.y0, one.x1, one.y1
        if units:
            unit = units.get(one.page, 1.0)
            box = box[0] / unit, box[1] / unit, box[2] / unit, box[3] / unit
        pages.setdefault(one.page, []).append(box)
    return pages


def _compare(
    ledger: Ledger, side: _Side, found: Compared, canvas: Canvas, canvas_before: Canvas
) -> None:
    def fault(rule: str, *, is_one: bool) -> None:
        if is_one:
            found.faults[rule].append(side.number)

    drawn = side.new.drawn(_DPI, canvas) if side.boxes or not side.is_picture else None
    if drawn is not None and side.boxes and not side.is_picture:
        fault("boxes", is_one=not boxes_in_order(side.new, *drawn, side.boxes, side.labels))
    fault("off", is_one=_beside(side.new))
    old = side.old
    if old is None:
        found.undrawn.append(side.number)
        return
    if max(abs(old.width - side.new.width), abs(old.height - side.new.height)) > 1:
        fault("sizes", is_one=True)
    elif side.is_picture:
        if _unlike(old, side.new, side.regions):
            found.unlike.append(side.number)
    elif drawn is not None:
        before, scale = old.drawn(_DPI, canvas_before)
        fault("looks", is_one=differs(before, drawn[0], _forgiven(side.regions, scale)))
        letters = letter_changes(old.letters, side.new.letters, side.regions)
        shown = _shown(letters.gone, old, before, drawn[0], scale)
        fault("words", is_one=shown or bool(len(letters.new) and not side.is_read))
        if not side.is_read:
            index = ledger.text(engine_name()).index
            fault("lost", is_one=is_lost(letters, side.boxes, index, side.labels))


def _beside(sheet: Sheet) -> bool:
    """Say whether any text begins outside of what is seen of a page."""
    x, y = sheet.letters.words.places.T
    on_it = (x >= -_OFF) & (x <= sheet.width + _OFF) & (y >= -_OFF) & (y <= sheet.height + _OFF)
    return not on_it.all()


def _shown(gone: Places, old: Sheet, before: Grey, after: Grey, scale: float) -> bool:
    """Say whether letters that are gone could be seen: then the drawings differ where they were.

    Text that nobody sees is left out of a release, and nothing looks otherwise for it.
    """
    for x, y in old.letters.origins(gone).tolist():
        here = ((x - _LETTER) * scale, (y - _LETTER) * scale)
        left, top = (max(int(at), 0) for at in here)
        right, bottom = int((x + _LETTER) * scale) + 1, int((y + _LETTER / 2) * scale) + 1
        if (before[top:bottom, left:right] != after[top:bottom, left:right]).any():
            return True
    return False


def _unlike(old: Sheet, new: Sheet, regions: Sequence[Box]) -> bool:
    before, scale = old.drawn(_COARSE_DPI)
    after, _ = new.drawn(_COARSE_DPI)
    return coarsely_differs(before, after, _forgiven(regions, scale))


def _forgiven(regions: Sequence[Box], scale: float) -> list[Box]:
    return [
        ((x0 - _ROOM) * scale, (y0 - _ROOM) * scale, (x1 + _ROOM) * scale, (y1 + _ROOM) * scale)
        for x0, y0, x1, y1 in regions
    ]


def report_differences(ledger: Ledger, original: bytes, untrusted: bytes) -> None:
    """Write down which pages of anyone's file look otherwise than in an original; it fails nothing.

    Of such a file nobody says where it may differ.
    """
    engine = engine_name()
    unlike: list[int] = []
    count = 0
    with ledger.engine(engine):
        for side in _sides(Against(original, PageChanges()), untrusted):
            ledger.alive()
            count += 1
            if side.old is None or differs(side.old.drawn(_DPI)[0], side.new.drawn(_DPI)[0], ()):
                unlike.append(side.number)
        named = f" (page {listed(unlike)})" if unlike else ""
        ledger.check(
            "looks compared with the original",
            ok=True,
            engine=engine,
            detail=f"Pages that look otherwise: {len(unlike)} of {count}{named}.",
        )


# --- the record ----------------------------------------------------------------------------------


def _write_down(ledger: Ledger, engine: str, found: Compared) -> None:
    for rule, (name, fine) in _RULES.items():
        pages = found.faults[rule]
        said = fine if not pages else f"It does not hold on page {listed(pages)}."
        ledger.check(name, not pages, engine, said, tuple(pages))


def check_pictures_of_pages(ledger: Ledger, against: Against, found: Compared) -> None:
    """Write down which pages the second engine does not draw as they go out, or not at all.

    A page that is a picture is one because a check refused it, or a person ruled so. Where PDFium
    cannot draw the original, or draws it otherwise, that picture is proved by being read whole.
    """
    pictures = set(against.changes.pictures)
    undrawn = [page for page in found.undrawn if page not in pictures]
    proved = sorted({*found.undrawn, *found.unlike} & pictures)
    if undrawn:
        said = (
            f"This engine cannot draw page {listed(undrawn)} of the original, so that nothing is "
            "proved there; a picture of it can be released."
        )
    elif proved:
        said = (
            f"This engine cannot draw page {listed(proved)} of the original, or draws it otherwise "
            "than it goes out. Its picture was read whole instead. Look at it."
        )
    else:
        said = "This engine draws every page of the original."
    ledger.check("original can be drawn", not undrawn, engine_name(), said, tuple(undrawn))


def listed(pages: Sequence[int]) -> str:
    """Name pages, from 1, and how many more there are."""
    more = f" and {len(pages) - _MOST_NAMED} more" if len(pages) > _MOST_NAMED else ""
    return ", ".join(str(page + 1) for page in pages[:_MOST_NAMED]) + more
