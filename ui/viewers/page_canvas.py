"""The pages of a document under one another: layout, zoom, and the pictures as they come."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from redactor.jobs import PagePicture
from ui.viewers.base import Box, Feed, Spot
from ui.viewers.frame import FramedViewer
from ui.viewers.marks import while_open
from ui.viewers.page_layout import LoadedPage, PageLayout, PictureCache, snapped, take_in

_ZOOM_STEP = 1.2
_LEAST_DPI, _MOST_DPI = 18, 600
#: Milliseconds to wait for the scrolling or resizing to settle before pages are asked for.
_SETTLE = 25


class PageCanvas(FramedViewer):
    """Pages that scroll. What lies over the pictures is left to its subclasses."""

    def __init__(
        self, feed: Feed, parent: QWidget | None = None, cache: PictureCache | None = None
    ) -> None:
        super().__init__(feed, parent)
        self._layout = PageLayout()
        self._cache = PictureCache() if cache is None else cache  # an empty one is falsy
        self._waiting: dict[int, int] = {}
        self._dpi, self._fits = 96, True
        self._place = ""
        self._asking = self._single_shot(_SETTLE, self._ask)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.verticalScrollBar().valueChanged.connect(self.moved)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled)
        self.setAccessibleName("Pages of the draft, not redacted")
        self.setAccessibleDescription("The pages have not been read yet.")
        feed.page_sizes(while_open(self, self._take_sizes))

    def _single_shot(self, interval: int, then: Callable[[], None]) -> QTimer:
        timer = QTimer(self, interval=interval, singleShot=True)
        timer.timeout.connect(then)
        return timer

    # --- what subclasses add ------------------------------------------------------------------

    def sizes_came(self) -> None:
        """Do what waited for the pages to be known."""

    def page_seen(self, page: int) -> None:
        """Do what is due when a page came, or came into view."""

    def requests_dropped(self) -> None:
        """Ask again, when due, for what was asked for: the feed was told to forget it."""

    def paint_over_page(self, painter: QPainter, page: int, dirty: QRect) -> None:
        """Draw over the picture of a page."""

    def paint_over_all(self, painter: QPainter) -> None:
        """Draw over everything."""

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
        self.sizes_came()
        self._scrolled()
        self.settled.emit()

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

    # --- beside another viewer ------------------------------------------------------------------

    def spot(self) -> Spot | None:
        """Give the page at the top, and how much of it is out of sight."""
        if not self._layout:
            return None
        top = self._offset.y()
        page = self._layout.page_at(top, self._scale)
        into = (top - self._layout.top(page, self._scale)) / self._height_of(page)
        return Spot("pages", page + min(max(into, 0.0), 0.999))

    def go_to_spot(self, spot: Spot) -> None:
        """Bring the same part of the same page to the top."""
        if spot.container != "pages" or not self._layout:
            return
        page = min(int(spot.at), len(self._layout) - 1)
        into = (spot.at - page) * self._height_of(page)
        top = self._layout.top(page, self._scale) + into if spot.at else 0
        self.verticalScrollBar().setValue(round(top))

    def _height_of(self, page: int) -> float:
        return max(self._layout.sizes[page][1] * self._scale, 1.0)

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
            self.requests_dropped()
        for page in wanted:
            dpi = self._layout.sharpest(page, self._dpi)
            loaded = self._cache.get(page)
            if (loaded is None or loaded.dpi != dpi) and self._waiting.get(page) != dpi:
                self._waiting[page] = dpi
                self.feed.render(page, dpi, while_open(self, self._take_picture))
        for page in self._visible():
            self.page_seen(page)

    def _take_picture(self, picture: PagePicture) -> None:
        if self._waiting.get(picture.page) == picture.dpi:
            del self._waiting[picture.page]
        if picture.page >= len(self._layout):
            return
        self._cache.put(picture.page, take_in(picture), self._wanted())
        self.page_seen(picture.page)
        if picture.page in self._visible():
            self.viewport().update()

    # --- painting -----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pages that are seen: picture or placeholder, selection, marks."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self.palette().color(QPalette.ColorRole.Mid))
        for page in self._visible():
            self._paint_page(painter, page, event.rect())
        self.paint_over_all(painter)
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
        self.paint_over_page(painter, page, dirty)

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
