"""Build a PDF anew from what the plan leaves of the original.

The pages are redacted in a prepared copy, proved one by one, carried into an empty document, and
stripped of everything that painting does not need. A page on which the proof fails becomes a
picture of itself under the boxes, with the words that stay as a layer of text that is not painted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from redactor.errors import UsageError
from redactor.formats.base import RebuildPlan, Rebuilt, RebuiltFile
from redactor.formats.pdf.approved import approved_words
from redactor.formats.pdf.carried import Carriable, facts_of, without_kept
from redactor.formats.pdf.hidden import Hidden, as_left_out, find_hidden
from redactor.formats.pdf.hidden_layers import find_hidden_layers
from redactor.formats.pdf.jpeg_again import Manner, jpeg_manners, pack_blanked
from redactor.formats.pdf.marked_text import marked_text
from redactor.formats.pdf.new_file import write_new
from redactor.formats.pdf.opening import open_pdf, prepare, refuse_bombs, refusing
from redactor.formats.pdf.overlay import Cover, Overlay, accurate_boxes, covers_of, full_covers
from redactor.formats.pdf.page_reading import Cause, PageReading
from redactor.formats.pdf.page_text import PageText
from redactor.formats.pdf.pages import Pages
from redactor.formats.pdf.raster import picture_of, replace_by_note, replace_by_picture
from redactor.formats.pdf.redact_marks import areas_of_marks
from redactor.formats.pdf.redaction import PageOrder, order_for
from redactor.formats.pdf.removal import remove_and_set
from redactor.formats.pdf.seen import shows_all_of_its_pictures
from redactor.formats.pdf.setting import SetPlace
from redactor.formats.pdf.setting.fonts import Fonts, fonts_of
from redactor.formats.pdf.stext import Box, holds, rarely_collecting
from redactor.formats.pdf.text_layer import TextLayer
from redactor.formats.pdf.trust import PictureList, large, page_place, pictures_of, shrunk
from redactor.formats.pdf.unseen import as_hidden
from redactor.formats.pdf.unseen_removal import remove_unseen
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
#: Pages that a note lists.
_MOST_LISTED = 20
#: What was removed may have been painted this far beyond its box (points).
_ROOM = 2.0
#: The letters of such pages cannot be relied on, so that only a picture of them can be released.
_ONLY_AS_PICTURE = frozenset({Cause.UNMAPPED, Cause.DRAWN, Cause.DAMAGED, Cause.NO_SIZE})


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
    work = _Work(untrusted, plan, report)
    with rarely_collecting():
        work.all_pages(text_only=target == "txt")
        return work.as_text() if target == "txt" else work.as_pdf()


@dataclass(slots=True)
class _Work:
    """One rebuild on its way."""

    untrusted: bytes = field(repr=False)
    plan: RebuildPlan
    report: Report
    pages: Pages = field(init=False)
    facts: Carriable = field(init=False)
    jpeg_manners: dict[tuple[int, int], Manner] = field(init=False)
    overlay: Overlay = field(init=False)
    layer: TextLayer = field(init=False)
    #: The fonts of the prepared document.
    fonts: Fonts = field(init=False)
    #: The document as it was, opened again when a page has to be painted from it.
    fresh: Any = None
    hidden: list[Hidden] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list, repr=False)
    texts: list[str] = field(default_factory=list, repr=False)
    changed: bool = False
    boxes: list[Area] = field(default_factory=list)
    regions: list[Area] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    blanks: list[int] = field(default_factory=list)
    read: list[int] = field(default_factory=list)
    #: Pages, from 1, on which a box is as wide as what was removed, by the reason.
    exact: dict[str, dict[int, None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        original = open_pdf(self.untrusted)
        refuse_bombs(original)
        self.hidden = [*find_hidden(original, self.untrusted), *find_hidden_layers(original)]
        self.facts = facts_of(original, self._pages_to_redact())
        self.jpeg_manners = jpeg_manners(original)
        sha256 = hashlib.sha256(self.untrusted).hexdigest()
        self.pages = Pages(prepare(original), sha256)
        self.overlay, self.layer = Overlay(self.document), TextLayer(self.document)

    @property
    def document(self) -> Any:
        """Give the prepared document, whose pages are redacted one by one."""
        return self.pages.document

    def _pages_to_redact(self) -> list[int]:
        numbers = {int(name[5:]) - 1 for name, _ in self.plan.spots if name.startswith("page:")}
        return sorted(numbers | set(self.plan.areas))

    # --- page by page -------------------------------------------------------------------------

    def all_pages(self, *, text_only: bool) -> None:
        """Take every page through what the plan says about it."""
        count = self.pages.count
        left_out = self._pictures_left_out()
        with fonts_of(self.document) as self.fonts:
            for number in range(count):
                if number % _REPORT_EVERY == 0 or self.read:
                    self.report(Progress(number, count, "rebuilding"))
                self._one_page(number, left_out.get(number, []), text_only=text_only)
                self.fonts.let_go_of_page()
        self.report(Progress(count, count, "rebuilding"))

    def _one_page(self, number: int, left_out: list[Box], *, text_only: bool) -> None:
        ruling = self.plan.rulings.get(page_place(number))
        if ruling is Ruling.LEAVE_OUT:
            self._leave_out(number)
            return
        self._drop_annotations(number)
        text, reading = self.pages.text(number), self.pages.reading(number)
        if reading is not None and reading.words:
            self.read.append(number)
        self._note_hidden(number, text)
        spots = self.plan.spots.get(key_of(PagePlace(number)), ())
        order = order_for(text, spots, self.plan.areas.get(number, ()), left_out)
        self.removed.extend(order.removed)
        if text_only:
            seen_only = ruling is Ruling.RELEASE_AS_SEEN and not text.text.strip()
            self._add_text(number, SEEN_ONLY_NOTE if seen_only else marked_text(text, order, spots))
            return
        as_picture = self._must_be_picture(number, ruling, reading)
        self._redact(number, text, order, reading, as_picture=as_picture)

    def _leave_out(self, number: int) -> None:
        box = self.document.load_page(number).rect
        replace_by_note(self.document, number, LEFT_OUT_NOTE, (box.width, box.height))
        self.blanks.append(number)
        self._add_text(number, LEFT_OUT_NOTE)

    def _must_be_picture(
        self, number: int, ruling: Ruling | None, reading: PageReading | None
    ) -> bool:
        is_scan = reading is not None and reading.cause in {Cause.SCAN, Cause.PICTURE}
        return (
            self.plan.pdf_style == "raster"
            or number in self.plan.pictures
            or (ruling is Ruling.RELEASE_AS_SEEN and not is_scan)
            or (reading is not None and reading.cause in _ONLY_AS_PICTURE)
        )

    def _redact(
        self,
        number: int,
        text: PageText,
        order: PageOrder,
        reading: PageReading | None,
        *,
        as_picture: bool,
    ) -> None:
        as_picture = not self._without_unseen(number, text) or as_picture
        covers: list[Cover] = []
        if order.labelled or order.areas or order.pictures:
            self.changed = True
            places = remove_and_set(
                self.document, number, text, order, self.plan.pdf_style, self.fonts
            )
            if places is None:
                self._cover(number, text, order)
                return
            pack_blanked(self.document, number, self.jpeg_manners)
            covers = self._covers(number, text, order, places)
            self._note_changes(number, text, order, covers, places)
        if not as_picture and (
            self._outside_left(number, text) or self._hides_pictures(number, text)
        ):
            as_picture = True
        self.overlay.draw(number, covers)
        if as_picture:
            picture = picture_of(self.document.load_page(number))
            self._become_picture(number, picture, text, order, covers)
        elif reading is not None and reading.words:
            self._write_layer(number, text, order, first=len(text.native))

    def _covers(
        self, number: int, text: PageText, order: PageOrder, places: Sequence[SetPlace]
    ) -> list[Cover]:
        """Note what was set, and give the boxes to draw."""
        for place in places:
            if place.exact:
                self.exact.setdefault(place.exact, {})[number + 1] = None
        return covers_of(order, places, text.page_box)

    def _without_unseen(self, number: int, text: PageText) -> bool:
        """Take away what lies on or around the page and is not seen; say whether all of it went."""
        unseen = self.pages.hides(number)
        gone = unseen is None or remove_unseen(self.document, number, unseen)
        if text.reaches_outside:
            page = self.document.load_page(number)
            page.clip_to_rect(page.rect)
            inside = self.pages.native(number).native
            gone = gone and "".join(inside.split()) == "".join(text.native.split())
        return gone

    def _outside_left(self, number: int, text: PageText) -> bool:
        return text.reaches_outside and bool(self.pages.native(number).off_page_text)

    def _hides_pictures(self, number: int, text: PageText) -> bool:
        if not shrunk(text.pictures) and (
            not large(text.pictures) or shows_all_of_its_pictures(self.document.load_page(number))
        ):
            return False
        self.notes.append(
            f"Page {number + 1} is released as a picture, because a picture on it has parts that"
            " are not seen."
        )
        return True

    # --- pages that become pictures -----------------------------------------------------------

    def _cover(self, number: int, text: PageText, order: PageOrder) -> None:
        """Release a page from which something could not be removed: as it was, under boxes."""
        self.notes.append(
            f"Page {number + 1} is released as a picture, because its text could not be removed"
            " without a trace."
        )
        if self.fresh is None:
            self.fresh = prepare(open_pdf(self.untrusted))
        page = self.fresh.load_page(number)
        covers = full_covers(order, accurate_boxes(text, PageText(page, accurate=True), order))
        page.wrap_contents()
        Overlay(self.fresh).draw(number, covers)
        self._note_changes(number, text, order, covers)
        picture = picture_of(self.fresh.load_page(number))
        self._become_picture(number, picture, text, order, covers)

    def _become_picture(
        self,
        number: int,
        picture: Any,
        text: PageText,
        order: PageOrder,
        covers: Sequence[Cover],
    ) -> None:
        """Put a picture in the place of a page, with the words that stay and labels as text."""
        box = self.document.load_page(number).rect
        replace_by_picture(self.document, number, picture, (box.width, box.height))
        self._write_layer(number, text, order)
        self.overlay.draw(number, [one for one in covers if one.label])
        self.pictures.append(number)

    def _write_layer(self, number: int, text: PageText, order: PageOrder, first: int = 0) -> None:
        """Write the words that stay, from an offset on, as text that is not painted."""
        self.layer.write(number, approved_words(text, order.mask, first))

    # --- what is noted ------------------------------------------------------------------------

    def _drop_annotations(self, number: int) -> None:
        """Take the annotations off a page: redaction marks of others would be applied too."""
        entry = self.document.page_xref(number)
        if self.document.xref_get_key(entry, "Annots")[0] != "null":
            self.document.xref_set_key(entry, "Annots", "null")

    def _note_changes(
        self,
        number: int,
        text: PageText,
        order: PageOrder,
        covers: Sequence[Cover],
        places: Sequence[SetPlace] = (),
    ) -> None:
        """Note for the proof where the page may differ from the original.

        Args:
            places: for each labelled stretch what was moved, if anything was. What was removed is
                mostly a part of that, and noted with it; beside pictures, by itself as well, so
                that the proof reads its pixels by themselves.
        """
        boxes = [Area(number, *cover.box) for cover in covers]
        self.boxes.extend(boxes)
        self.regions.extend(boxes)
        moved = [place.moved for place in places] or [None] * len(order.labelled)
        changed = dict.fromkeys(box for box in moved if box is not None)
        for (stretch, _), around in zip(order.labelled, moved, strict=True):
            for box in map(_grown, stretch.boxes):
                if around is None or text.pictures or not holds(around, box):
                    changed[box] = None
        self.regions.extend(Area(number, *box) for box in changed)

    def _note_hidden(self, number: int, text: PageText) -> None:
        if text.off_page_text:
            part = f"off-page:page {number + 1}"
            self.hidden.append(Hidden(HiddenKind.OFF_PAGE, part))
        self.hidden.extend(as_hidden(number, self.pages.unseen(number)))
        self.hidden.extend(self.pages.covered(number))

    def _exact_notes(self) -> list[str]:
        return [
            f"A box is as wide as what was removed, because {why}: {_listed(pages)}."
            for why, pages in self.exact.items()
        ]

    def _pictures_left_out(self) -> dict[int, list[Box]]:
        """Give the boxes of the pictures and marks that are ruled out, by page."""
        places = {
            place
            for place, ruling in self.plan.rulings.items()
            if ("/image:" in place or "/mark:" in place) and ruling is Ruling.LEAVE_OUT
        }
        if not places:
            return {}
        boxes: dict[int, list[Box]] = {}
        for number, box in areas_of_marks(self.document, sorted(places)).values():
            boxes.setdefault(number, []).append(box)
        if any("/image:" in place for place in places):
            for entry in self._all_pictures().entries:
                for number, found in entry.boxes.items() if entry.place in places else ():
                    boxes.setdefault(number, []).extend(found)
        return boxes

    def _all_pictures(self) -> PictureList:
        pictures = PictureList()
        for number in range(self.pages.count):
            pictures.add_page(number, pictures_of(self.document, number, self.pages.text(number)))
        return pictures

    def _add_text(self, number: int, text: str) -> None:
        self.texts.append(f"--- page {number + 1} ---\n{text}\n")

    # --- the new file -------------------------------------------------------------------------

    def as_text(self) -> Rebuilt:
        """Give the pages as plain text."""
        file = RebuiltFile("\n".join(self.texts).encode("utf-8"), ".txt")
        return Rebuilt((file,), as_left_out(self.hidden), tuple(self.notes), tuple(self.removed))

    def as_pdf(self) -> Rebuilt:
        """Carry the pages into a new file."""
        changes = PageChanges(
            tuple(self.boxes),
            tuple(self.regions),
            tuple(self.pictures),
            tuple(self.blanks),
            tuple(self.read),
        )
        new = write_new(self.document, self.facts, changes, self.plan.stamps, subset=self.changed)
        again = (*new.carried.again, *new.stamped.again)
        return Rebuilt(
            (RebuiltFile(new.data, ".pdf", again=again),),
            as_left_out(without_kept(self.hidden, new.carried)),
            (*self.notes, *self._exact_notes(), *new.carried.notes),
            tuple(self.removed),
            new.changes,
        )


def _listed(pages: Iterable[int]) -> str:
    numbers = list(pages)
    noun = "page" if len(numbers) == 1 else "pages"
    shown = ", ".join(map(str, numbers[:_MOST_LISTED]))
    return f"{noun} {shown}" + (" and more" if len(numbers) > _MOST_LISTED else "")


def _grown(box: Box) -> Box:
    """Give a box with room around it: letters reach beyond their boxes."""
    return box[0] - _ROOM, box[1] - _ROOM, box[2] + _ROOM, box[3] + _ROOM
