"""Build a PDF anew from what the plan leaves of the original.

The pages are redacted in a prepared copy, proved one by one, carried into an empty document, and
stripped of everything that painting does not need. A page on which the proof fails becomes a
picture of itself under the boxes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pymupdf

from redactor.errors import BugError, UsageError
from redactor.formats.base import RebuildPlan, Rebuilt, RebuiltFile, Spot, cut
from redactor.formats.pdf.cleanse import cleanse
from redactor.formats.pdf.font_names import neutral_font_names
from redactor.formats.pdf.hidden import Hidden, as_left_out, find_hidden
from redactor.formats.pdf.hidden_layers import find_hidden_layers
from redactor.formats.pdf.opening import open_pdf, prepare, refuse_bombs, refusing
from redactor.formats.pdf.overlay import Cover, Overlay, covers_for, full_covers
from redactor.formats.pdf.page_text import PageText
from redactor.formats.pdf.pictures import clean_pictures
from redactor.formats.pdf.raster import picture_of, replace_by_note, replace_by_picture
from redactor.formats.pdf.redact_marks import areas_of_marks
from redactor.formats.pdf.redaction import PageOrder, order_for, redact_page
from redactor.formats.pdf.seen import shows_all_of_its_pictures
from redactor.formats.pdf.stext import Box, rarely_collecting
from redactor.formats.pdf.trust import PictureList, large, page_place, pictures_of, unread_page
from redactor.model import (
    Area,
    HiddenKind,
    PageChanges,
    PagePlace,
    Progress,
    Report,
    Ruling,
    key_of,
)

LEFT_OUT_NOTE = "[page left out: it could not be read]"
SEEN_ONLY_NOTE = "[page left out: it can only be shown as a picture]"
_STYLES = ("box", "line", "raster")
_REPORT_EVERY = 5
#: What was removed may have been painted this far beyond its box (points).
_ROOM = 2.0


@refusing
def rebuild_pdf(untrusted: bytes, plan: RebuildPlan, target: str, report: Report) -> Rebuilt:
    """Build the file anew as PDF or as plain text.

    Raises:
        UnreadableDocument: the original cannot be read.
        UsageError: a target or style that is not offered.
        Cancelled: the person asked to stop.
    """
    if target not in {"pdf", "txt"}:
        raise UsageError(f"A PDF cannot be released as {target}.")
    if plan.pdf_style not in _STYLES:
        raise UsageError(f"There is no PDF style named {plan.pdf_style}.")
    if plan.pdf_style == "line":
        raise UsageError("The PDF style that sets lines anew comes in a later version; use box.")
    work = _Work(untrusted, plan, report)
    with rarely_collecting():
        work.redact_pages(text_only=target == "txt")
    file = (
        RebuiltFile("\n".join(work.texts).encode("utf-8"), ".txt")
        if target == "txt"
        else RebuiltFile(work.written(), ".pdf")
    )
    return Rebuilt(
        (file,),
        as_left_out(work.hidden),
        tuple(work.notes),
        tuple(work.removed),
        work.changes() if target == "pdf" else None,
    )


@dataclass(slots=True)
class _Work:
    """One rebuild on its way."""

    untrusted: bytes = field(repr=False)
    plan: RebuildPlan
    report: Report
    document: Any = None
    #: The document as it was, opened again when a page has to be painted from it.
    fresh: Any = None
    hidden: list[Hidden] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list, repr=False)
    texts: list[str] = field(default_factory=list, repr=False)
    #: Pages that become a picture, by number, each with its picture and its size.
    pictures: dict[int, tuple[Any, tuple[float, float]]] = field(default_factory=dict)
    blanks: dict[int, tuple[float, float]] = field(default_factory=dict)
    overlay: Any = None
    changed: bool = False
    boxes: list[Area] = field(default_factory=list)
    regions: list[Area] = field(default_factory=list)

    def __post_init__(self) -> None:
        original = open_pdf(self.untrusted)
        refuse_bombs(original)
        self.hidden = [*find_hidden(original, self.untrusted), *find_hidden_layers(original)]
        self.document = prepare(original)
        self.overlay = Overlay(self.document)

    # --- page by page -------------------------------------------------------------------------

    def redact_pages(self, *, text_only: bool) -> None:
        """Take every page through what the plan says about it."""
        count = self.document.page_count
        left_out = self._pictures_left_out()
        for number in range(count):
            if number % _REPORT_EVERY == 0:
                self.report(Progress(number, count, "rebuilding"))
            ruling = self.plan.rulings.get(page_place(number))
            page = self._without_annotations(number)
            size = (page.rect.width, page.rect.height)
            if ruling is Ruling.LEAVE_OUT:
                self.blanks[number] = size
                self._add_text(number, LEFT_OUT_NOTE)
                continue
            text = PageText(page)
            self._note_off_page(number, text)
            spots = self.plan.spots.get(key_of(PagePlace(number)), ())
            areas = self.plan.areas.get(number, ())
            order = order_for(text, spots, areas, left_out.get(number, []))
            self.removed.extend(order.removed)
            if text_only:
                seen_only = ruling is Ruling.RELEASE_AS_SEEN
                written = SEEN_ONLY_NOTE if seen_only else _marked(text, order, spots)
                self._add_text(number, written)
                continue
            as_picture = (
                ruling is Ruling.RELEASE_AS_SEEN
                or self.plan.pdf_style == "raster"
                or number in self.plan.pictures
            )
            self._redact(number, text, order, as_picture=as_picture)
        self.report(Progress(count, count, "rebuilding"))

    def _redact(self, number: int, text: PageText, order: PageOrder, *, as_picture: bool) -> None:
        page = self.document.load_page(number)
        box: Box = tuple(page.rect)
        size = (box[2], box[3])
        if text.reaches_outside:
            page.clip_to_rect(page.rect)
            text_inside = PageText(self.document.load_page(number))
            if "".join(text_inside.raw.split()) != "".join(text.raw.split()):
                as_picture = True
        if order.stretches or order.areas or order.pictures:
            self.changed = True
            if not redact_page(self.document, number, text, order):
                self.notes.append(
                    f"Page {number + 1} is released as a picture, because its text could not be"
                    " removed without a trace."
                )
                covers = full_covers(order, self._outlines(number, order))
                self._note_changes(number, order, covers)
                self.pictures[number] = (self._covered(number, covers), size)
                return
            covers = covers_for(text, order, box)
            self._note_changes(number, order, covers)
            self.overlay.draw(number, covers)
        elif not as_picture and text.reaches_outside and self._outside_left(number):
            as_picture = True
        if not as_picture and large(text.pictures) and not self._shows_all(number):
            as_picture = True
        if as_picture:
            self.pictures[number] = (picture_of(self.document.load_page(number)), size)

    def _without_annotations(self, number: int) -> Any:
        """Load a page without its annotations: redaction marks of others would be applied too."""
        entry = self.document.load_page(number).xref
        if self.document.xref_get_key(entry, "Annots")[0] != "null":
            self.document.xref_set_key(entry, "Annots", "null")
        return self.document.load_page(number)

    def _shows_all(self, number: int) -> bool:
        shown = shows_all_of_its_pictures(self.document.load_page(number))
        if not shown:
            self.notes.append(
                f"Page {number + 1} is released as a picture, because a picture on it has parts"
                " that are not seen."
            )
        return shown

    def _outside_left(self, number: int) -> bool:
        return bool(PageText(self.document.load_page(number)).off_page_text)

    def _note_changes(self, number: int, order: PageOrder, covers: Sequence[Cover]) -> None:
        """Note for the proof where the page may differ from the original."""
        boxes = [Area(number, *cover.box) for cover in covers]
        self.boxes.extend(boxes)
        self.regions.extend(boxes)
        for stretch, _ in order.stretches:
            self.regions.extend(Area(number, *_grown(box)) for box in stretch.boxes)

    def changes(self) -> PageChanges:
        """Give where the pages may differ from those of the original."""
        return PageChanges(
            tuple(self.boxes), tuple(self.regions), tuple(self.pictures), tuple(self.blanks)
        )

    def _as_it_was(self, number: int) -> Any:
        if self.fresh is None:
            self.fresh = prepare(open_pdf(self.untrusted))
        return self.fresh.load_page(number)

    def _outlines(self, number: int, order: PageOrder) -> list[Box]:
        """Give the boxes of what is ordered by the outlines of its glyphs."""
        page = self._as_it_was(number)
        return _accurate_boxes(PageText(page), PageText(page, accurate=True), order)

    def _covered(self, number: int, covers: Sequence[Cover]) -> Any:
        """Give a picture of the page as it was, with everything ordered under a box."""
        page = self._as_it_was(number)
        page.wrap_contents()
        Overlay(self.fresh).draw(number, covers)
        return picture_of(self.fresh.load_page(number))

    def _pictures_left_out(self) -> dict[int, list[Box]]:
        """Give the boxes of the pictures that are ruled out, by page."""
        places = {
            place
            for place, ruling in self.plan.rulings.items()
            if ("/image:" in place or "/mark:" in place) and ruling is Ruling.LEAVE_OUT
        }
        if not places:
            return {}
        pictures = PictureList()
        for number in range(self.document.page_count):
            page = self.document.load_page(number)
            text = PageText(page)
            if unread_page(number, text) is None:
                pictures.add_page(number, pictures_of(page, text))
        boxes: dict[int, list[Box]] = {}
        for entry in pictures.entries:
            if entry.place in places:
                for number, found in entry.boxes.items():
                    boxes.setdefault(number, []).extend(found)
        for number, box in areas_of_marks(self.document, sorted(places)).values():
            boxes.setdefault(number, []).append(box)
        return boxes

    def _note_off_page(self, number: int, text: PageText) -> None:
        if text.off_page_text:
            part = f"off-page:page {number + 1}"
            self.hidden.append(Hidden(HiddenKind.OFF_PAGE, part))

    def _add_text(self, number: int, text: str) -> None:
        self.texts.append(f"--- page {number + 1} ---\n{text}\n")

    # --- the new file -------------------------------------------------------------------------

    def written(self) -> bytes:
        """Carry the pages into an empty document and give its bytes."""
        target = pymupdf.open()
        target.insert_pdf(self.document, links=False, annots=False, widgets=False)
        for number, (picture, size) in self.pictures.items():
            replace_by_picture(target, number, picture, size)
        for number, size in self.blanks.items():
            replace_by_note(target, number, LEFT_OUT_NOTE, size)
        return _saved(target, subset=self.changed)


def _saved(target: Any, *, subset: bool) -> bytes:
    """Write twice: first to drop what nothing points to, then without what painting needs not.

    Equal objects are not merged: the search for them takes minutes for some thousand pages.
    """
    first = target.tobytes(garbage=2, deflate=True, raise_on_repair=True, no_new_id=True)
    clean = pymupdf.open("pdf", first)
    cleanse(clean)
    clean_pictures(clean)
    if subset:
        clean.subset_fonts()
    neutral_font_names(clean)
    written: bytes = clean.tobytes(
        garbage=2, deflate=True, clean=True, raise_on_repair=True, no_new_id=True
    )
    written = _without_signature(written)
    proof = pymupdf.open("pdf", written)
    if proof.is_repaired or proof.page_count != target.page_count or proof.version_count > 1:
        raise BugError("The rebuilt PDF did not come out whole.")
    return written


def _without_signature(written: bytes) -> bytes:
    """Blank the comment in which the library names itself and its version, keeping its length."""
    head = re.sub(rb"% Written by [^\r\n]*", lambda one: b"%" * len(one[0]), written[:100], count=1)
    return head + written[100:]


def _grown(box: Box) -> Box:
    """Give a box with room around it: letters reach beyond their boxes."""
    return box[0] - _ROOM, box[1] - _ROOM, box[2] + _ROOM, box[3] + _ROOM


def _accurate_boxes(text: PageText, accurate: PageText, order: PageOrder) -> list[Box]:
    """Give the boxes of the ordered glyphs by their outlines, where they can be told apart."""
    if accurate.raw != text.raw:
        return [stretch.box for stretch, _ in order.stretches]
    boxes = []
    for line in accurate.lines:
        for index, (x0, y0, x1, y1) in enumerate(line.boxes):
            if order.mask[line.start + index]:
                boxes.append((x0 - 1, y0 - 1, x1 + 1, y1 + 1))
    return boxes


def _marked(text: PageText, order: PageOrder, spots: tuple[Spot, ...]) -> str:
    """Give a page's text with a label in the place of what was removed."""
    label = order.areas[0][1] if order.areas else ""
    covered = list(spots)
    taken = bytearray(len(text.text))
    for spot in spots:
        taken[spot.start : spot.end] = b"\1" * (spot.end - spot.start)
    for offset, (raw_start, raw_end) in enumerate(text.raw_ranges() if order.areas else ()):
        if any(order.mask[raw_start:raw_end]) and not taken[offset]:
            last = covered[-1] if len(covered) > len(spots) else None
            if last is not None and last.end == offset:
                covered[-1] = Spot(last.start, offset + 1, label)
            else:
                covered.append(Spot(offset, offset + 1, label))
    ordered = tuple(sorted(covered, key=lambda spot: spot.start))
    return "".join(piece for piece, _ in cut(text.text, ordered))
