"""Pages of a PDF under one another, with marks, text selection and drawn boxes."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QApplication, QWidget

from redactor.model import Area
from ui.viewers.base import Feed, Selection
from ui.viewers.page_layout import PictureCache
from ui.viewers.page_marks import MarkedPages
from ui.viewers.page_selection import PageSelection

#: A drawn box smaller than this, in points, is taken for a slip of the hand.
_LEAST_BOX = 3.0


class PageViewer(MarkedPages):
    """The pages of a paged document.

    The text of a ``Selection`` is empty, for a picture's words carry offsets only: whoever takes
    ``selected`` looks the text up in the segment.
    """

    def __init__(
        self, feed: Feed, parent: QWidget | None = None, cache: PictureCache | None = None
    ) -> None:
        super().__init__(feed, parent, cache)
        self._selection = PageSelection(self._cache.get)
        self._drawing = False
        self._pressed: QPoint | None = None
        self._dragged = False
        self._band: tuple[int, QPointF, QPointF] | None = None
        self._creeping = QTimer(self, interval=30)
        self._creeping.timeout.connect(self._creep)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)

    def paint_over_page(self, painter: QPainter, page: int, dirty: QRect) -> None:
        """Draw what is selected of a page, then its marks."""
        chosen = QColor(self.palette().color(QPalette.ColorRole.Highlight))
        chosen.setAlpha(80)
        for part in self._selection.boxes(page):
            painter.fillRect(self._on_screen(page, part).adjusted(-1, -1, 1, 1), chosen)
        super().paint_over_page(painter, page, dirty)

    def paint_over_all(self, painter: QPainter) -> None:
        """Draw the box that is being drawn."""
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
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        if self._pressed is None:
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
