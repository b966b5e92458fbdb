"""The middle of the window: the viewer that fits the document, or why there is none."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from importlib import import_module

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from redactor.errors import RedactorError
from redactor.events import Mark
from redactor.model import Span
from ui import theme
from ui.document_view import DocumentView
from ui.feed import DocumentFeed
from ui.messages import message_for
from ui.places import page_beside
from ui.session import Session
from ui.viewers.base import Feed, Spot, Viewer
from ui.viewers.marks import grid_place

#: Marks given to a viewer at a time, so that a large document does not hold the window up.
_PORTION = 1500

_KINDS = {
    "pdf": "page",
    "scan": "page",
    "xlsx": "sheet",
    "xls": "sheet",
    "xlsb": "sheet",
    "ods": "sheet",
    "csv": "sheet",
    "docx": "word",
    "txt": "flow",
}


def make_viewer(kind: str, feed: Feed) -> Viewer:
    """Make the viewer for a kind of document: ``page``, ``sheet``, ``word`` or ``flow``."""
    if kind == "page":
        from ui.viewers.page import PageViewer  # noqa: PLC0415 - only when one is shown

        return PageViewer(feed)
    if kind == "sheet":
        from ui.viewers.sheet import SheetViewer  # noqa: PLC0415 - only when one is shown

        return SheetViewer(feed)
    if kind == "word":
        from ui.viewers.word import WordViewer  # noqa: PLC0415 - only when one is shown

        return WordViewer(feed)
    from ui.viewers.flow import FlowViewer  # noqa: PLC0415 - only when one is shown

    return FlowViewer(feed)


def preload() -> None:
    """Import the viewers one after another while nothing is asked for, so that opening is quick."""
    for kind in ("page", "sheet", "flow", "word"):
        QTimer.singleShot(0, partial(import_module, f"ui.viewers.{kind}"))


class ViewerPane(QWidget):
    """Shows one document at a time and keeps its marks up to date.

    Signals:
        mark_activated: a mark was clicked; its id.
        selected: text or cells are to be marked; a list of ``Selection``.
        area_drawn: a box is to be marked; an ``Area``.
        place_changed: what is being looked at.
        cell_chosen: another cell is the current one; its segment id, empty for none.
        table_wanted: a decision on whole rows or columns is wanted; a ``TableWanted``.
        viewer_changed: another viewer is shown, or none.
    """

    mark_activated = Signal(int)
    selected = Signal(list)
    area_drawn = Signal(object)
    place_changed = Signal(str)
    cell_chosen = Signal(str)
    table_wanted = Signal(object)
    viewer_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewer: Viewer | None = None
        self._feed: DocumentFeed | None = None
        self._session: Session | None = None
        self._shown: tuple[int, str] | None = None
        self._queue: list[int] = []
        self._current: int | None = None
        self._place = ""
        self._on_part = False
        self._placeholder = QLabel()
        self._placeholder.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._placeholder.setWordWrap(True)
        self._placeholder.setContentsMargins(40, 40, 40, 40)
        self._placeholder.setTextFormat(Qt.TextFormat.PlainText)
        self._trouble = QLabel()
        theme.dress(self._trouble, "notice")
        self._trouble.setWordWrap(True)
        self._trouble.setTextFormat(Qt.TextFormat.PlainText)
        self._trouble.hide()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._placeholder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._trouble)
        layout.addWidget(self._stack, 1)
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._give_portion)

    # --- what is shown ------------------------------------------------------------------------

    def show_document(self, session: Session | None, document: DocumentView | None) -> None:
        """Show a document as well as it can be shown now; called again when it changes."""
        self._session = session
        if session is None or document is None:
            self._drop("Add documents with Ctrl+O, or drop them here.")
            return
        kind = _KINDS.get(document.viewed_as, "")
        waiting = _waiting_for(document, kind)
        if waiting:
            self._drop(waiting)
        elif self._shown != (document.number, kind):
            self._drop("")
            self._build(session, document, kind)

    def close_viewer(self) -> None:
        """Close what is shown."""
        self._drop("")

    def show_trouble(self, error: RedactorError) -> None:
        """Say above the viewer why something of it cannot be shown."""
        self._trouble.setText(message_for(error).happened)
        self._trouble.show()

    def _build(self, session: Session, document: DocumentView, kind: str) -> None:
        feed = session.sources.feed(document.number, self.show_trouble)
        viewer = make_viewer(kind, feed)
        self._feed, self.viewer = feed, viewer
        self._shown = (document.number, kind)
        if not viewer.accessibleName():
            viewer.setAccessibleName(f"The document {document.name}")
        viewer.mark_activated.connect(self.mark_activated)
        viewer.selected.connect(self.selected)
        viewer.area_drawn.connect(self.area_drawn)
        viewer.place_changed.connect(self.place_changed)
        viewer.cell_chosen.connect(self.cell_chosen)
        viewer.table_wanted.connect(self.table_wanted)
        viewer.settled.connect(self._go_to_place)
        self._stack.addWidget(viewer)
        self._stack.setCurrentWidget(viewer)
        self._queue = list(session.marks.by_document.get(document.number, ()))
        viewer.set_marks(())
        self._give_portion()
        self.viewer_changed.emit()

    def _drop(self, say: str) -> None:
        self._placeholder.setText(say)
        self._timer.stop()
        self._queue = []
        self._shown = None
        self._place = ""
        self._trouble.hide()
        if self._feed is not None:
            self._feed.close()
            self._feed = None
        if self.viewer is not None:
            viewer, self.viewer = self.viewer, None
            self._stack.setCurrentWidget(self._placeholder)
            self._stack.removeWidget(viewer)
            viewer.disconnect(self)
            viewer.deleteLater()
            self.place_changed.emit("")
            self.viewer_changed.emit()

    def show_place(self, place: str) -> bool:
        """Bring a part that the case names into view; False where it is nowhere in the viewer."""
        self._place = place
        self.show_mark(None)  # it would be scrolled to as well
        self._go_to_place()
        return self.viewer is not None and (spot_of(place) is not None or self._on_part)

    def _go_to_place(self) -> None:
        """Go to the place that was asked for, as soon as the viewer has it."""
        spot = spot_of(self._place)
        self._on_part = self.viewer is not None and self.viewer.show_part(self._place)
        if self.viewer is None or spot is None:
            return
        self.viewer.go_to_spot(spot)
        if not self._place.startswith("page:"):
            self.viewer.go_to_target(Span(self._place, 0, 0))

    # --- its marks ----------------------------------------------------------------------------

    def add(self, marks: Iterable[Mark]) -> None:
        """Show new marks of the document."""
        if self._shown is not None:
            self._queue.extend(mark.id for mark in marks if mark.document == self._shown[0])
            self._give_portion()

    def refresh(self, ids: Iterable[int]) -> None:
        """Show anew how some marks stand."""
        if self._shown is None or self._session is None:
            return
        by_id = self._session.marks.by_id
        number = self._shown[0]
        self._queue.extend(one for one in ids if one in by_id and by_id[one].document == number)
        self._give_portion()

    def show_mark(self, mark_id: int | None) -> None:
        """Make a mark the current one, as soon as the viewer knows it."""
        self._current = mark_id
        if self.viewer is not None and not self._queue:
            self.viewer.show_mark(mark_id)

    def show_page_beside(self, segment: str) -> None:
        """Bring the page into view that hidden content stands on, where its name says which."""
        page = page_beside(segment)
        if self.viewer is not None and page is not None:
            self.viewer.go_to_spot(Spot("pages", page))

    def _give_portion(self) -> None:
        if self.viewer is None or self._session is None:
            return
        portion, self._queue = self._queue[:_PORTION], self._queue[_PORTION:]
        marks = self._session.marks
        gone = [one for one in portion if marks.is_gone(marks.by_id[one])]
        left_out = set(gone)
        views = [marks.view(marks.by_id[one]) for one in portion if one not in left_out]
        if portion:
            self.viewer.update_marks(views, gone)
        if self._queue:
            self._timer.start()
            return
        self._timer.stop()
        if self._current in {view.id for view in views}:
            self.viewer.show_mark(self._current)


def spot_of(place: str) -> Spot | None:
    """Give where a viewer shows a part: a page, a cell, a line; None for a part of the package."""
    kind, _, rest = place.partition(":")
    number = rest.partition("/")[0]
    if kind == "page" and number.isdecimal():
        return Spot("pages", int(number) - 1)
    if kind == "row" and rest.isdecimal():
        return Spot("rows", int(rest) - 1)
    if kind == "sheet":
        cell = grid_place((place, None))
        return Spot(cell[0], cell[1]) if cell is not None else Spot(place, 0)
    if kind in {"line", "part"}:
        return Spot("text", 0, (place, None))
    return None


def _waiting_for(document: DocumentView, kind: str) -> str:
    """Say why a document cannot be shown now; empty where it can."""
    if document.status == "refused":
        return f"{document.name} could not be read.\n\n{document.refusal}"
    if not kind:
        return f"{document.name} is of no known kind."
    if kind == "page" or document.status == "read" or document.searching:
        return ""
    if document.status == "stopped":
        return "Reading was stopped. Read the document again to see it."
    return "The document is being read."
