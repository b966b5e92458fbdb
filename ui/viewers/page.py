"""Pages of a PDF under one another, with marks, text selection and drawn boxes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from redactor.jobs import PagePicture
from redactor.model import Area, Span
from ui.viewers.base import Box, Feed, MarkView, Selection
from ui.viewers.frame import FramedViewer
from ui.viewers.marks import MarkIndex, key_of_target, paint_mark, while_open
from ui.viewers.page_layout import LoadedPage, PageLayout, PictureCache, snapped, take_in
from ui.viewers.page_selection import PageSelection
from ui.viewers.page_text import joined

_ZOOM_STEP = 1.2
_LEAST_DPI, _MOST_DPI = 18, 600
#: A drawn box smaller than this, in points, is taken for a slip of the hand.
_LEAST_BOX = 3.0
#: Milliseconds to wait for the scrolling or resizing to settle before pages are asked for.
_SETTLE = 25


class PageViewer(FramedViewer):
    """The pages of a paged document.

    The text of a ``Selection`` is empty, for a picture's words carry offsets only: whoever takes
    ``selected`` looks the text up in the segment. Marks that lie on no page (document properties,
    say) are not shown here.
    """

    def __init__(
        self, feed: Feed, parent: QWidget | None = None, cache: PictureCache | None = None
    ) -> None:
        super().__init__(feed, parent)
        self._layout = PageLayout()
        self._cache = cache or PictureCache()
        self._index = MarkIndex()
        self._boxes: dict[int, tuple[Box, ...]] = {}
        self._asked_boxes: set[int] = set()
        self._waiting: dict[int, int] = {}
        self._current: int | None = None
        self._reveal: int | None = None
        self._dpi, self._fits = 96, True
        self._place = ""
        self._selection = PageSelection(self._cache.get)
        self._drawing = False
        self._pressed: QPoint | None = None
        self._dragged = False
        self._band: tuple[int, QPointF, QPointF] | None = None
        self._asking = self._single_shot(_SETTLE, self._ask)
        self._creeping = QTimer(self, interval=30)
        self._creeping.timeout.connect(self._creep)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)
        self.setAccessibleName("Pages of the draft, not redacted")
        self.setAccessibleDescription("The pages have not been read yet.")
        feed.page_sizes(while_open(self, self._take_sizes))

    def _single_shot(self, interval: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self, interval=interval, singleShot=True)
        timer.timeout.connect(then)
        return timer

    # --- sizes and places ---------------------------------------------------------------------

    @property
    def _scale(self) -> float:
        """Pixels a point."""
        return self._dpi / 72 / self.devicePixelRatioF()

    @property
    def _offset(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _page_box(self, page: int) -> QRectF:
        """Give where a page lies in the viewport."""
        across = max(float(self.viewport().width()), self._layout.width(self._scale))
        box = self._layout.box(page, self._scale, across).translated(-self._offset)
        box.moveTopLeft(snapped(box.topLeft(), self.devicePixelRatioF()))
        return box

    def _on_screen(self, page: int, box: Box) -> QRectF:
        """Give where a box of a page, in points, lies in the viewport."""
        corner, scale = self._page_box(page).topLeft(), self._scale
        x0, y0, x1, y1 = (number * scale for number in box)
        return QRectF(corner.x() + x0, corner.y() + y0, x1 - x0, y1 - y0)

    def _on_page(self, point: QPointF, page: int | None = None) -> tuple[int, QPointF]:
        """Give the page under a point of the viewport, and the point on it, in points."""
        if page is None:
            page = self._layout.page_at(point.y() + self._offset.y(), self._scale)
        return page, (point - self._page_box(page).topLeft()) / self._scale

    def _visible(self) -> range:
        if not self._layout:
            return range(0)
        top = self._offset.y()
        first = self._layout.page_at(top, self._scale)
        return range(first, self._layout.page_at(top + self.viewport().height(), self._scale) + 1)

    def _take_sizes(self, sizes: Sequence[tuple[float, float]]) -> None:
        self._layout = PageLayout(sizes)
        if self._fits:
            self._dpi = self._fitting_dpi()
        self._adjust_bars()
        if self._reveal is not None:
            self.show_mark(self._reveal)
        self._scrolled()

    def _fitting_dpi(self) -> int:
        room = self.viewport().width() - 28
        if not self._layout.widest or room <= 0:
            return self._dpi
        dpi = int(room * self.devicePixelRatioF() * 72 / self._layout.widest)
        return min(max(dpi, _LEAST_DPI), _MOST_DPI)

    def _adjust_bars(self) -> None:
        view, scale = self.viewport().size(), self._scale
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setRange(0, max(round(self._layout.height(scale)) - view.height(), 0))
        down.setPageStep(view.height())
        down.setSingleStep(48)
        across.setRange(0, max(round(self._layout.width(scale)) - view.width(), 0))
        across.setPageStep(view.width())
        across.setSingleStep(48)

    def _set_dpi(self, dpi: int) -> None:
        """Zoom, keeping what is in the middle in the middle."""
        middle = QPointF(self.viewport().rect().center())
        if not self._layout:
            self._dpi = dpi
            return
        page, point = self._on_page(middle)
        self._dpi = dpi
        self._adjust_bars()
        now = self._page_box(page).topLeft() + point * self._scale
        for bar, shift in (
            (self.verticalScrollBar(), now.y() - middle.y()),
            (self.horizontalScrollBar(), now.x() - middle.x()),
        ):
            bar.setValue(bar.value() + round(shift))
        self._scrolled()

    def zoom(self, steps: int) -> None:
        """Make the pages larger or smaller by steps; 0 fits the widest into the window."""
        self._fits = steps == 0
        dpi = self._fitting_dpi() if self._fits else round(self._dpi * _ZOOM_STEP**steps)
        most = round(_MOST_DPI * self.devicePixelRatioF())
        self._set_dpi(min(max(dpi, _LEAST_DPI), most))

    def sizeHint(self) -> QSize:
        """Ask for the room of a page at a readable size."""
        return QSize(760, 900)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages into the new width, unless a person chose another size."""
        super().resizeEvent(event)
        if self._fits and self._layout:
            self._set_dpi(self._fitting_dpi())
        else:
            self._adjust_bars()
            self._scrolled()

    # --- what is asked for --------------------------------------------------------------------

    def _scrolled(self) -> None:
        self.viewport().update()
        self._asking.start()
        if not self._layout:
            return
        middle = self._offset.y() + self.viewport().height() / 3
        place = f"Page {self._layout.page_at(middle, self._scale) + 1} of {len(self._layout)}"
        if place != self._place:
            self._place = place
            self.setAccessibleDescription(place)
            self.place_changed.emit(place)

    def _wanted(self) -> list[int]:
        """Give the visible pages, then the next and the one before."""
        seen = self._visible()
        if not seen:
            return []
        around = (seen.stop, seen.start - 1)
        return [*seen, *(page for page in around if 0 <= page < len(self._layout))]

    def _ask(self) -> None:
        wanted = self._wanted()
        if any(page not in wanted for page in self._waiting):
            self.feed.forget()
            self._waiting.clear()
            self._asked_boxes.clear()
        for page in wanted:
            dpi = self._layout.sharpest(page, self._dpi)
            loaded = self._cache.get(page)
            if (loaded is None or loaded.dpi != dpi) and self._waiting.get(page) != dpi:
                self._waiting[page] = dpi
                self.feed.render(page, dpi, while_open(self, self._take_picture))
        for page in self._visible():
            self._ask_boxes(page)

    def _take_picture(self, picture: PagePicture) -> None:
        if self._waiting.get(picture.page) == picture.dpi:
            del self._waiting[picture.page]
        if picture.page >= len(self._layout):
            return
        self._cache.put(picture.page, take_in(picture), self._wanted())
        self._ask_boxes(picture.page)
        if picture.page in self._visible():
            self.viewport().update()
        self._reveal_now()

    def _ask_boxes(self, page: int) -> None:
        """Ask for the boxes of marks that begin or end within a word."""
        if page not in self._cache:
            return
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
                    self._boxes[mark_id] = joined(boxes)
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

    def _bring_in(self, bar: object, low: float, high: float) -> None:
        across = bar is self.horizontalScrollBar()
        room = self.viewport().width() if across else self.viewport().height()
        scroll = self.horizontalScrollBar() if across else self.verticalScrollBar()
        margin = min(40.0, room / 6)
        if low < margin or high > room - margin:
            scroll.setValue(scroll.value() + round((low + high) / 2 - room / 2))

    # --- painting -----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages that are seen: picture or placeholder, selection, marks."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Mid))
        for page in self._visible():
            self._paint_page(painter, page, event.rect())
        if self._band is not None:
            self._paint_band(painter)
        if not self._layout:
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            painter.drawText(
                self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, "Opening the pages …"
            )
        if self.hasFocus():
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def _paint_page(self, painter: QPainter, page: int, dirty: QRect) -> None:
        box = self._page_box(page)
        if not box.toAlignedRect().adjusted(-2, -2, 2, 2).intersects(dirty):
            return
        painter.fillRect(box.adjusted(-1, -1, 1, 1), QColor(0, 0, 0, 90))
        loaded = self._cache.get(page)
        if loaded is None:
            painter.fillRect(box, Qt.GlobalColor.white)
            painter.setPen(QColor("#5F6368"))
            seen = box.intersected(QRectF(self.viewport().rect()))
            painter.drawText(seen, Qt.AlignmentFlag.AlignCenter, f"Page {page + 1} …")
            return
        self._paint_picture(painter, box, loaded, page)
        chosen = QColor(self.palette().color(QPalette.ColorRole.Highlight))
        chosen.setAlpha(80)
        for part in self._selection.boxes(page):
            painter.fillRect(self._on_screen(page, part).adjusted(-1, -1, 1, 1), chosen)
        self._paint_marks(painter, page, dirty)

    def _paint_picture(self, painter: QPainter, box: QRectF, loaded: LoadedPage, page: int) -> None:
        ratio = self.devicePixelRatioF()
        if loaded.dpi == self._dpi:
            loaded.image.setDevicePixelRatio(ratio)
            painter.fillRect(box, Qt.GlobalColor.white)
            painter.drawImage(box.topLeft(), loaded.image)
            return
        loaded.image.setDevicePixelRatio(1.0)
        settled = loaded.dpi == self._layout.sharpest(page, self._dpi)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, settled)
        painter.drawImage(box, loaded.image)

    def _paint_marks(self, painter: QPainter, page: int, dirty: QRect) -> None:
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

    def _paint_band(self, painter: QPainter) -> None:
        if self._band is None:
            return
        page, start, end = self._band
        box = self._on_screen(page, (start.x(), start.y(), end.x(), end.y())).normalized()
        painter.fillRect(box, QColor(16, 35, 63, 30))
        painter.setPen(QPen(QColor("#FFFFFF"), 3))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)
        painter.setPen(QPen(QColor("#10233F"), 1.5, Qt.PenStyle.DashLine))
        painter.drawRect(box)

    # --- the mouse ----------------------------------------------------------------------------

    @property
    def can_draw(self) -> bool:
        """Say that boxes can be drawn on pages."""
        return True

    def set_drawing(self, on: bool) -> None:
        """Switch between selecting text and drawing boxes."""
        self._drawing = on
        self._band = None
        shape = Qt.CursorShape.CrossCursor if on else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a selection, extend it (Shift), or begin a box."""
        if event.button() is not Qt.MouseButton.LeftButton or not self._layout:
            event.ignore()
            return
        self._pressed, self._dragged = event.position().toPoint(), False
        page, point = self._on_page(event.position())
        if self._drawing:
            point = self._within(page, point)
            self._band = page, point, point
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._selection.extend(page, point)
            self._pressed = None
        else:
            self._selection.begin(page, point)
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Extend the selection or the box; show a hand over a mark."""
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self._point_at(event.position())
            return
        if self._pressed is None:
            return
        point = event.position().toPoint()
        far = (point - self._pressed).manhattanLength() >= QApplication.startDragDistance()
        self._dragged = self._dragged or far
        if not self.viewport().rect().contains(point):
            self._creeping.start()
        self._drag_to(event.position())

    def _point_at(self, point: QPointF) -> None:
        if self._drawing:
            return
        over = self._mark_at(point) is not None
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor
        if self.viewport().cursor().shape() is not shape:
            self.viewport().setCursor(shape)

    def _drag_to(self, position: QPointF) -> None:
        if self._band is not None:
            page, start, _ = self._band
            _, point = self._on_page(position, page)
            self._band = page, start, self._within(page, point)
        elif self._dragged:
            self._selection.extend(*self._on_page(position))
        self.viewport().update()

    def _creep(self) -> None:
        """Scroll while something is dragged beyond the edge."""
        point = self.viewport().mapFromGlobal(self.cursor().pos())
        if self._pressed is None or self.viewport().rect().contains(point):
            self._creeping.stop()
            return
        rect = self.viewport().rect()
        down = min(point.y() - rect.top(), 0) + max(point.y() - rect.bottom(), 0)
        across = min(point.x() - rect.left(), 0) + max(point.x() - rect.right(), 0)
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + down // 2)
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + across // 2)
        self._drag_to(QPointF(point))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a selection or a box; a click on a mark makes it the current one."""
        if event.button() is not Qt.MouseButton.LeftButton or self._pressed is None:
            event.ignore()
            return
        self._pressed = None
        self._creeping.stop()
        band, self._band = self._band, None
        if band is not None and self._emit_area(*band):
            return
        if not self._dragged:
            self._selection.clear()
            mark = self._mark_at(event.position())
            if mark is not None:
                self.mark_activated.emit(mark.id)
        self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select the word under the mouse."""
        if event.button() is Qt.MouseButton.LeftButton and self._layout and not self._drawing:
            self._pressed = None
            self._selection.select_word(*self._on_page(event.position()))
            self.viewport().update()

    def _within(self, page: int, point: QPointF) -> QPointF:
        width, height = self._layout.sizes[page]
        return QPointF(min(max(point.x(), 0.0), width), min(max(point.y(), 0.0), height))

    def _emit_area(self, page: int, start: QPointF, end: QPointF) -> bool:
        box = QRectF(start, end).normalized()
        self.viewport().update()
        if box.width() < _LEAST_BOX or box.height() < _LEAST_BOX:
            return False
        self.area_drawn.emit(Area(page, box.left(), box.top(), box.right(), box.bottom()))
        return True

    # --- the keys -----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll, zoom, select words; every other key is the window's."""
        if event.key() == Qt.Key.Key_Escape and (self._band is not None or self._selection):
            self._band = None
            self._pressed = None
            self._selection.clear()
            self.viewport().update()
        elif not (self._select_by_key(event) or self._scroll_by_key(event)):
            super().keyPressEvent(event)
            return
        event.accept()

    def _scroll_by_key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return False
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        page = round(down.pageStep() * 0.9)
        match event.key():
            case Qt.Key.Key_Up:
                down.setValue(down.value() - down.singleStep())
            case Qt.Key.Key_Down:
                down.setValue(down.value() + down.singleStep())
            case Qt.Key.Key_Left:
                across.setValue(across.value() - across.singleStep())
            case Qt.Key.Key_Right:
                across.setValue(across.value() + across.singleStep())
            case Qt.Key.Key_PageUp:
                down.setValue(down.value() - page)
            case Qt.Key.Key_PageDown | Qt.Key.Key_Space:
                down.setValue(down.value() + page)
            case Qt.Key.Key_Home:
                down.setValue(down.minimum())
            case Qt.Key.Key_End:
                down.setValue(down.maximum())
            case _:
                return False
        return True

    def _select_by_key(self, event: QKeyEvent) -> bool:
        """Move (Ctrl) or extend (Shift) the selection by words and lines with the arrows."""
        extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        move = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if not (extend or move):
            return False
        steps = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self._layout:
            return False
        if not self._selection:
            self._begin_by_key()
        else:
            self._selection.step(*step, extend=extend)
        head = self._selection.head_box()
        if head is not None:
            place = self._on_screen(*head)
            self._bring_in(self.verticalScrollBar(), place.top(), place.bottom())
            self._bring_in(self.horizontalScrollBar(), place.left(), place.right())
        self.viewport().update()
        return True

    def _begin_by_key(self) -> None:
        """Begin with the current mark's word if it is seen, otherwise with the first one seen."""
        mark = self._index.get(self._current)
        page = self._page_of(mark) if mark is not None else None
        if mark is not None and page is not None and page in self._visible():
            boxes = self._boxes_of(page, mark)
            if boxes:
                self._selection.select_word(page, QPointF(boxes[0][0] + 1, boxes[0][1] + 1))
                return
        self._selection.select_word(*self._on_page(QPointF(self.viewport().width() / 4, 30)))

    def mark_selection(self) -> None:
        """Emit ``selected`` for what is selected now, if anything (the M key)."""
        spans = self._selection.spans()
        if spans:
            self.selected.emit([Selection(span, "") for span in spans])
