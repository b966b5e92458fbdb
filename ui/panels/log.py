"""The log of the case: every event as a sentence, what it says in full, and whether it holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import cast

from PySide6.QtCore import (
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    Qt,
    QTimer,
    QUrl,
    Signal,
)
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QKeySequence,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSplitter,
    QTableView,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from redactor.app.log_story import Entry
from redactor.app.log_words import counted
from redactor.errors import RedactorError
from ui import theme
from ui.clipboard import copy_public
from ui.log_details import details_html
from ui.log_model import LogColumn, LogModel
from ui.log_moments import day_of
from ui.log_reading import LogRead, log_from
from ui.log_wanted import LogWanted
from ui.panels.log_check import LogCheck
from ui.panels.log_filter import LogFilter
from ui.tasks import CaseLane

#: What a column should have room for, as wide as the present font writes it.
_SAMPLES = {
    LogColumn.NUMBER: "60000",
    LogColumn.WHEN: "25 Nov 2026, 14:02",
    LogColumn.WHO: "You (Morwenna Tea",
    LogColumn.NOTE: "Took approval 41 away",
    LogColumn.DOCUMENT: "2 · incident-repor",
}
_AIR, _ICON = 24, 24
#: How long changes are gathered before the log is fetched, in milliseconds.
_SOON_MS = 250
#: A page that is narrower, in pixels, has the details below the table.
_NARROW = 1200
_DETAILS_HIGH = 150


class LogPage(QWidget):
    """The log, its filter, the details of an event, and the check of the whole.

    Signals:
        told: a sentence for the status bar.
        failed: something asked for was not done; an error.
    """

    told = Signal(str)
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lane: CaseLane | None = None
        self._asking = self._ask_again = False
        self._taken = self._last_mark = 0
        self._seq: int | None = None
        self.model = LogModel(self)
        self.filter = LogFilter()
        self.table = QTableView()
        self.details = QTextBrowser()
        self.check = LogCheck()
        self.count = QLabel()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._build_table()
        self._build_details()
        self._lay_out()
        self._connect()
        self.set_lane(None)

    # --- what the window says -----------------------------------------------------------------

    def set_lane(self, lane: CaseLane | None, own: str = "") -> None:
        """Show the log of another case.

        Args:
            lane: the thread of the case; None where none is open.
            own: the fingerprint of the person who works.
        """
        self._lane = lane
        self.check.set_lane(lane)
        self._asking = self._ask_again = False
        self._taken = self._last_mark = 0
        self._seq = None
        self.model.forget(own)
        self.filter.clear()
        self.filter.set_people({})
        self.filter.set_documents({})
        self._show_current()
        self._show_count()
        self.refresh()

    def set_own(self, own: str) -> None:
        """Say who works now, by fingerprint."""
        self.model.set_own(own)

    def refresh(self) -> None:
        """Fetch what is new in the log, if the page is looked at; otherwise when it comes up."""
        lane = self._lane
        if lane is None or not self.isVisible():
            return
        if self._asking:
            self._ask_again = True
            return
        self._asking = True

        def take(read: LogRead) -> None:
            if lane is self._lane:
                self._take(read)

        def failed(error: RedactorError) -> None:
            if lane is self._lane:
                self._asking = self._ask_again = False
                self.failed.emit(error)

        lane.ask(log_from(self._taken, self._last_mark), take, failed)

    def refresh_soon(self) -> None:
        """Fetch what is new a little later, with whatever else comes by then."""
        if self.isVisible():
            self._soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Fetch what is new when the page comes into view."""
        super().showEvent(event)
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the details below the table where there is no room beside it."""
        super().resizeEvent(event)
        narrow = event.size().width() < _NARROW
        self.splitter.setOrientation(
            Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        )

    # --- the table ----------------------------------------------------------------------------

    def current(self) -> Entry | None:
        """Give the event whose details are shown."""
        return self.model.entry_at(self.table.currentIndex().row())

    def go_to(self, seq: int) -> None:
        """Show an event, clearing the filters where they leave it out."""
        if self.model.row_of(seq) is None:
            self._seq = seq
            self.filter.clear()
        if (row := self.model.row_of(seq)) is not None:
            self._select(row)

    def copy_lines(self) -> None:
        """Copy the selected events as lines of text, in the order in which they are listed."""
        selection = self.table.selectionModel().selection()
        ranges = cast("list[QItemSelectionRange]", selection)  # its stub does not say that it is
        spans = sorted((span.top(), span.bottom()) for span in ranges)
        rows = (row for top, bottom in spans for row in range(top, bottom + 1))
        entries = [entry for row in rows if (entry := self.model.entry_at(row)) is not None]
        if entries:
            lines = "\n".join(self.model.line_of(entry) for entry in entries)
            QGuiApplication.clipboard().setText(lines)
            self.told.emit(f"{counted(len(entries), 'line')} copied.")

    def _select(self, row: int) -> None:
        index = self.model.index(row, LogColumn.WHAT)
        flags = QItemSelectionModel.SelectionFlag
        self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.table.scrollTo(index)

    def _take(self, read: LogRead) -> None:
        self._asking = False
        self._taken += len(read.events)
        self._last_mark = max(read.places, default=self._last_mark)
        self.check.know(read.broken_at)
        self.filter.set_documents(read.names)
        self.model.add(read.events, read.names, read.places)
        self._show_count()
        if self._ask_again:
            self._ask_again = False
            self.refresh()

    def _settled(self) -> None:
        self.filter.set_people(self.model.people)
        entries = self.model.story.entries
        if entries:
            first, last = day_of(entries[0].event.at), day_of(entries[-1].event.at)
            if first is not None and last is not None:
                self.filter.set_days(first, max(last, dt.datetime.now().astimezone().date()))
        self._show_count()
        self._show_current()

    def _arranged(self) -> None:
        row = self.model.row_of(self._seq) if self._seq is not None else None
        if row is None and self.model.rowCount():
            row = 0
        if row is not None:
            self._select(row)
        self._show_count()
        self._show_current()

    def _current_changed(self, current: QModelIndex) -> None:
        entry = self.model.entry_at(current.row())
        if entry is not None:
            self._seq = entry.event.seq
        self._show_current()

    def _show_count(self) -> None:
        shown, total = self.model.rowCount(), self.model.total
        busy = "Reading… " if self.model.is_busy else ""
        self.count.setText(f"{busy}{shown:,} of {total:,}" if total else busy.strip())

    def _show_current(self) -> None:
        entry = self.current()
        if entry is not None:
            html = details_html(entry, self.model.story)
        elif self.model.total and not self.model.rowCount():
            html = "<p>No event is listed. Clear the filters to see all of them.</p>"
        else:
            html = "<p>No event is chosen.</p>"
        if html != self.details.property("shown"):  # setting it anew would scroll to the top
            self.details.setProperty("shown", html)
            self.details.setHtml(html)

    def _follow(self, link: QUrl) -> None:
        what, _, value = link.toString().partition(":")
        if what == "event":
            self.go_to(int(value))
        else:
            copy_public(value)
            self.told.emit("Copied.")

    def _escape(self) -> None:
        """Go back to the table, or list everything again."""
        if self.details.hasFocus():
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            self.filter.clear()

    def _header_clicked(self, column: int) -> None:
        if column in {LogColumn.NUMBER, LogColumn.WHEN}:
            self.filter.newest_first.toggle()
        self._show_order()

    def _show_order(self) -> None:
        newest_first = self.filter.newest_first.isChecked()
        order = Qt.SortOrder.DescendingOrder if newest_first else Qt.SortOrder.AscendingOrder
        self.table.horizontalHeader().setSortIndicator(LogColumn.NUMBER, order)

    # --- inside -------------------------------------------------------------------------------

    def _build_table(self) -> None:
        table = self.table
        table.setModel(self.model)
        table.setAccessibleName("Log of the case")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setTabKeyNavigation(False)
        table.setTextElideMode(Qt.TextElideMode.ElideRight)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        metrics = QFontMetrics(table.font())
        rows = table.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(metrics.height() + 10)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        # With the table's own selection, the header would walk all rows to see if all are selected.
        header.setSelectionModel(QItemSelectionModel(self.model, header))
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setStretchLastSection(False)
        for column, sample in _SAMPLES.items():
            header.resizeSection(column, metrics.horizontalAdvance(sample) + _AIR)
        header.resizeSection(LogColumn.NOTE, header.sectionSize(LogColumn.NOTE) + _ICON)
        header.setSectionResizeMode(LogColumn.WHAT, QHeaderView.ResizeMode.Stretch)
        self._show_order()

    def _build_details(self) -> None:
        self.details.setAccessibleName("Details of the event")
        self.details.setOpenLinks(False)
        self.details.document().setDocumentMargin(10)
        self.details.setMinimumHeight(_DETAILS_HIGH)

    def _lay_out(self) -> None:
        listing, reading = QWidget(), QWidget()
        theme.dress(self.count, "quiet")
        for side, title, buddy, more in (
            (listing, "&Log", self.table, self.count),
            (reading, "Deta&ils", self.details, None),
        ):
            heading = QLabel(title)
            theme.dress(heading, "heading")
            heading.setBuddy(buddy)
            top = QHBoxLayout()
            top.addWidget(heading)
            top.addStretch(1)
            if more is not None:
                top.addWidget(more)
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(6)
            column.addLayout(top)
            column.addWidget(buddy, 1)
            self.splitter.addWidget(side)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(0, 3)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([1040, 330])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(10)
        layout.addWidget(self.check)
        layout.addWidget(self.filter)
        layout.addWidget(self.splitter, 1)

    def _connect(self) -> None:
        self._soon.timeout.connect(self.refresh)
        self.check.told.connect(self.told)
        self.check.failed.connect(self.failed)
        self.check.event_wanted.connect(self.go_to)
        self.filter.changed.connect(self._want)
        self.filter.order_changed.connect(self._turn_round)
        self.model.settled.connect(self._settled)
        self.model.arranged.connect(self._arranged)
        self.table.selectionModel().currentRowChanged.connect(self._current_changed)
        self.table.horizontalHeader().sectionClicked.connect(self._header_clicked)
        self.table.doubleClicked.connect(lambda _: self._open_details())
        self.details.anchorClicked.connect(self._follow)
        for key in ("Return", "Enter"):
            self._key(QKeySequence(key), self.table, self._open_details)
        self._key(QKeySequence(QKeySequence.StandardKey.Copy), self.table, self.copy_lines)
        anywhere = Qt.ShortcutContext.WidgetWithChildrenShortcut
        self._key(QKeySequence("Escape"), self, self._escape, anywhere)

    @staticmethod
    def _key(
        keys: QKeySequence,
        where: QWidget,
        do: Callable[[], None],
        context: Qt.ShortcutContext = Qt.ShortcutContext.WidgetShortcut,
    ) -> None:
        shortcut = QShortcut(keys, where)
        shortcut.setContext(context)
        shortcut.activated.connect(do)

    def _want(self, wanted: LogWanted) -> None:
        self.model.set_wanted(wanted)
        self._show_count()

    def _turn_round(self, newest_first: bool) -> None:
        self.model.set_newest_first(newest_first)
        self._show_order()

    def _open_details(self) -> None:
        self.details.setFocus(Qt.FocusReason.ShortcutFocusReason)
