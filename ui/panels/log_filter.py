"""Which events of the log are listed: kind, person, document, text and days, all at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from PySide6.QtCore import QDate, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDateEdit,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from redactor.app.log_words import Group
from ui.log_moments import start_of
from ui.log_wanted import LogWanted
from ui.ticks import tick_clearly

#: How long typing rests before it is sought, in milliseconds.
_TYPING_MS = 180


class LogFilter(QWidget):
    """The fields of the filter.

    Signals:
        changed: other events are wanted; a ``LogWanted``.
        order_changed: whether the newest come first.
    """

    changed = Signal(object)
    order_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QLineEdit()
        self.group, self.person, self.document = QComboBox(), QComboBox(), QComboBox()
        self.since, self.until = QDateEdit(), QDateEdit()
        self.newest_first = tick_clearly(QCheckBox("&Newest first"))
        self.clear_button = QPushButton("Clear filter&s")
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._build()
        self._lay_out()
        self._connect()
        today = dt.datetime.now().astimezone().date()
        self.set_days(today, today)

    @property
    def wanted(self) -> LogWanted:
        """Give which events are wanted; a day at the end of what there is asks for nothing."""
        since, until = self.since.date(), self.until.date()
        return LogWanted(
            group=Group(group) if (group := self.group.currentData()) else None,
            person=self.person.currentData() or "",
            document=self.document.currentData(),
            text=self.text.text().strip(),
            since=start_of(_day(since)) if since > self.since.minimumDate() else "",
            until=start_of(_day(until.addDays(1))) if until < self.until.maximumDate() else "",
        )

    @property
    def is_set(self) -> bool:
        """Say whether some events are left out."""
        return self.wanted != LogWanted()

    def clear(self) -> None:
        """Want all events again."""
        self.text.clear()
        for box in (self.group, self.person, self.document):
            box.setCurrentIndex(0)
        self.since.setDate(self.since.minimumDate())
        self.until.setDate(self.until.maximumDate())
        self._tell()

    def set_people(self, people: Mapping[str, str]) -> None:
        """Say who did something, by fingerprint."""
        _fill(self.person, "Everybody", people)

    def set_documents(self, names: Mapping[int, str]) -> None:
        """Say which documents there are."""
        _fill(self.document, "All documents", names)

    def set_days(self, first: dt.date, last: dt.date) -> None:
        """Say on which days something happened; what asked for all of them goes on doing so."""
        begin, end = _date(first), _date(max(first, last))
        all_before = self.since.date() <= self.since.minimumDate()
        all_after = self.until.date() >= self.until.maximumDate()
        for edit in (self.since, self.until):
            edit.blockSignals(True)  # noqa: FBT003 - Qt's own
            edit.setDateRange(begin, end)
            edit.blockSignals(False)  # noqa: FBT003
        if all_before:
            self.since.setDate(begin)
        if all_after:
            self.until.setDate(end)

    # --- inside -------------------------------------------------------------------------------

    def _build(self) -> None:
        self.text.setPlaceholderText("In the sentence or the reason")
        self.text.setClearButtonEnabled(True)
        self.group.addItem("All kinds", None)
        for group in Group:
            self.group.addItem(str(group), group)
        self.person.addItem("Everybody", None)
        self.document.addItem("All documents", None)
        for box in (self.group, self.person, self.document):
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            box.setMinimumContentsLength(11)
        for edit in (self.since, self.until):
            edit.setCalendarPopup(True)
            edit.setDisplayFormat("d MMM yyyy")
            edit.setFixedHeight(self.group.sizeHint().height())
        self.newest_first.setChecked(True)
        for widget, name in (
            (self.text, "Text in the sentence or the reason"),
            (self.group, "Kind of event"),
            (self.person, "Person who did it"),
            (self.document, "Document that it is about"),
            (self.since, "First day"),
            (self.until, "Last day"),
            (self.newest_first, "Newest events first"),
            (self.clear_button, "Clear the filters of the log"),
        ):
            widget.setAccessibleName(name)
        self.clear_button.setToolTip("List all events again (Esc)")

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        last = QHBoxLayout()
        last.addWidget(self.newest_first)
        last.addStretch(1)
        last.addWidget(self.clear_button)
        fields: tuple[tuple[str, QWidget], ...] = (
            ("Te&xt", self.text),
            ("&Kind", self.group),
            ("&Person", self.person),
            ("&Document", self.document),
            ("Fro&m", self.since),
            ("&To", self.until),
        )
        for at, (title, field) in enumerate(fields):
            label = QLabel(title)
            label.setBuddy(field)
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            row, column = divmod(at, 4)
            grid.addWidget(label, row, 2 * column)
            grid.addWidget(field, row, 2 * column + 1)
            grid.setColumnStretch(2 * column + 1, 1)
        grid.addLayout(last, 1, 5, 1, 3)

    def _connect(self) -> None:
        self.text.textChanged.connect(lambda _: self._typing.start())
        self.text.returnPressed.connect(self._tell)
        self._typing.timeout.connect(self._tell)
        for box in (self.group, self.person, self.document):
            box.currentIndexChanged.connect(lambda _: self._tell())
        for edit in (self.since, self.until):
            edit.dateChanged.connect(lambda _: self._tell())
        self.newest_first.toggled.connect(self.order_changed)
        self.clear_button.clicked.connect(self.clear)
        self.clear_button.setEnabled(False)

    def _tell(self) -> None:
        self._typing.stop()
        self.clear_button.setEnabled(self.is_set)
        self.changed.emit(self.wanted)


def _fill(box: QComboBox, all_of_them: str, titles: Mapping[str, str] | Mapping[int, str]) -> None:
    """Offer these, and keep what was chosen."""
    if [box.itemData(at) for at in range(1, box.count())] == list(titles):
        return
    chosen = box.currentData()
    box.blockSignals(True)  # noqa: FBT003 - Qt's own
    box.clear()
    box.addItem(all_of_them, None)
    for key, title in titles.items():
        box.addItem(title, key)
    box.setCurrentIndex(max(0, box.findData(chosen) if chosen is not None else 0))
    box.blockSignals(False)  # noqa: FBT003
    if box.currentData() != chosen:
        box.currentIndexChanged.emit(0)


def _date(day: dt.date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _day(date: QDate) -> dt.date:
    return dt.date(date.year(), date.month(), date.day())
