"""Pages with marks over them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QScrollBar, QWidget

from redactor.model import Area, Span
from ui.viewers.base import Box, Feed, MarkView
from ui.viewers.marks import MarkIndex, key_of_target, paint_mark, while_open
from ui.viewers.page_canvas import PageCanvas
from ui.viewers.page_layout import PictureCache
from ui.viewers.page_text import joined


class MarkedPages(PageCanvas):
    """Pages with marks. Marks that lie on no page (document properties, say) are not shown."""

    def __init__(
        self, feed: Feed, parent: QWidget | None = None, cache: PictureCache | None = None
    ) -> None:
        self._index = MarkIndex()
        self._boxes: dict[int, tuple[Box, ...]] = {}
        self._asked_boxes: set[int] = set()
        self._current: int | None = None
        self._reveal: int | None = None
        super().__init__(feed, parent, cache)

    def sizes_came(self) -> None:
        """Show the mark that waited for the pages."""
        if self._reveal is not None:
            self.show_mark(self._reveal)

    def requests_dropped(self) -> None:
        """Ask again for boxes that have not come."""
        self._asked_boxes.clear()

    def page_seen(self, page: int) -> None:
        """Ask for the boxes of marks that begin or end within a word; show the one waited for."""
        if page not in self._cache:
            return
        self._reveal_now()
        unknown: list[tuple[int, Span]] = []
        for mark in self._index.at((f"page:{page + 1}", None)):
            if isinstance(mark.target, Span) and mark.id not in self._asked_boxes:
                self._boxes_of(page, mark)
                if mark.id not in self._boxes:
                    unknown.append((mark.id, mark.target))
        if not unknown:
            return
        self._asked_boxes.update(mark_id for mark_id, _ in unknown)

        def take(found: Sequence[Sequence[Box]]) -> None:
            for (mark_id, span), boxes in zip(unknown, found, strict=True):
                mark = self._index.get(mark_id)
                if mark is not None and mark.target == span:
                    self._boxes[mark_id] = joined(boxes) or self._beside(page)
            self.viewport().update()
            self._reveal_now()

        spans = [(span.start, span.end) for _, span in unknown]
        self.feed.boxes(page, spans, while_open(self, take))

    # --- marks --------------------------------------------------------------------------------

    def set_marks(self, marks: Iterable[MarkView]) -> None:
        """Show these marks and no others."""
        self._boxes.clear()
        self._asked_boxes.clear()
        self._index.replace(marks)
        self._scrolled()

    def update_marks(self, marks: Iterable[MarkView], gone: Iterable[int] = ()) -> None:
        """Add or change some marks; ``gone`` are ids no longer shown."""
        changed, gone = list(marks), list(gone)
        for mark in changed:
            before = self._index.get(mark.id)
            if before is not None and before.target != mark.target:
                self._forget_boxes(mark.id)
        for mark_id in gone:
            self._forget_boxes(mark_id)
        self._index.change(changed, gone)
        self._scrolled()

    def _beside(self, page: int) -> tuple[Box, ...]:
        """Give a place in the page's corner to a mark whose text has none, so that it is seen."""
        taken = {
            boxes[0]
            for mark in self._index.at((f"page:{page + 1}", None))
            if (boxes := self._boxes.get(mark.id))
        }
        left = 6.0
        while (box := (left, 6.0, left + 10, 16.0)) in taken:
            left += 16
        return (box,)

    def _forget_boxes(self, mark_id: int) -> None:
        self._boxes.pop(mark_id, None)
        self._asked_boxes.discard(mark_id)

    def _page_of(self, mark: MarkView) -> int | None:
        name, _ = key_of_target(mark.target)
        if not name.startswith("page:"):
            return None
        page = int(name.removeprefix("page:")) - 1
        return page if page < len(self._layout) else None

    def _boxes_of(self, page: int, mark: MarkView) -> tuple[Box, ...]:
        """Give the boxes of a mark in points: exact where known, otherwise as near as can be."""
        known = self._boxes.get(mark.id)
        if known is not None:
            return known
        if isinstance(mark.target, Area):
            area = mark.target
            self._boxes[mark.id] = ((area.x0, area.y0, area.x1, area.y1),)
            return self._boxes[mark.id]
        loaded = self._cache.get(page)
        if loaded is None:
            return ()
        boxes, exact = loaded.text.boxes_of(mark.target.start, mark.target.end)
        if exact:
            self._boxes[mark.id] = boxes
        return boxes

    def _mark_at(self, point: QPointF) -> MarkView | None:
        if not self._layout:
            return None
        page, _ = self._on_page(point)
        found: MarkView | None = None
        for mark in self._index.at((f"page:{page + 1}", None)):
            boxes = (self._on_screen(page, box) for box in self._boxes_of(page, mark))
            if any(box.adjusted(-2, -2, 2, 2).contains(point) for box in boxes):
                found = mark  # the last is the shortest, drawn on top
        return found

    def show_mark(self, mark_id: int | None) -> None:
        """Make a mark the current one: scroll to it and outline it strongly; None for none."""
        self._current = mark_id
        self._reveal = mark_id
        mark = self._index.get(mark_id)
        if mark is not None and self._layout:
            page = self._page_of(mark)
            if page is None:
                self._reveal = None
            elif not self._boxes_of(page, mark):
                top = self._layout.top(page, self._scale)
                self.verticalScrollBar().setValue(round(top) - 8)
            self._reveal_now()
        self.viewport().update()

    def _reveal_now(self) -> None:
        """Scroll to the mark that is to be shown, once it is known where it lies."""
        mark = self._index.get(self._reveal)
        page = None if mark is None else self._page_of(mark)
        if mark is None or page is None:
            return
        boxes = self._boxes_of(page, mark)
        if not boxes:
            return
        self._reveal = None
        place = self._on_screen(page, boxes[0])
        self._bring_in(self.verticalScrollBar(), place.top(), place.bottom())
        self._bring_in(self.horizontalScrollBar(), place.left(), place.right())

    def _bring_in(self, bar: QScrollBar, low: float, high: float) -> None:
        room = bar.pageStep()
        margin = min(40.0, room / 6)
        if low < margin or high > room - margin:
            bar.setValue(bar.value() + round((low + high) / 2 - room / 2))

    # --- painting -----------------------------------------------------------------------------

    def paint_over_page(self, painter: QPainter, page: int, dirty: QRect) -> None:
        """Draw the marks of a page, the current one last."""
        seen = QRectF(dirty).adjusted(-16, -16, 16, 16)
        last: tuple[list[QRectF], MarkView] | None = None
        for mark in self._index.at((f"page:{page + 1}", None)):
            boxes = [
                self._on_screen(page, box).adjusted(-1, -1, 1, 1)
                for box in self._boxes_of(page, mark)
            ]
            if not any(box.intersects(seen) for box in boxes):
                continue
            if mark.id == self._current:
                last = boxes, mark
            else:
                paint_mark(painter, boxes, mark)
        if last is not None:
            paint_mark(painter, last[0], last[1], current=True)
