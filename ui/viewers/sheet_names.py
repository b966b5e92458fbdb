"""The names of sheets, which are read on their tabs and can be withheld like any other text."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, QPointF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QTabBar

from redactor.model import SegmentKey, Span
from ui.viewers.base import MarkView, Selection
from ui.viewers.marks import BADGE, MarkIndex, describe_state, is_dark, paint_badge


class SheetNames(QObject):
    """Shows on the tabs how the names of their sheets stand."""

    def __init__(self, tabs: QTabBar, index: MarkIndex) -> None:
        super().__init__(tabs)
        self._tabs = tabs
        self._index = index
        self._keys: dict[str, SegmentKey] = {}
        self._names: dict[SegmentKey, str] = {}
        self._plain: dict[int, tuple[QIcon, str]] = {}
        self._marked: dict[int, tuple[tuple[int, str], ...]] = {}

    def take(self, names: Mapping[SegmentKey, str]) -> None:
        """Know the segments that hold the names."""
        self._names = dict(names)
        self._keys = {name: key for key, name in names.items()}

    def sheet_of(self, key: SegmentKey) -> str | None:
        """Give the sheet whose name a segment holds."""
        return self._names.get(key)

    def marks(self, sheet: str) -> tuple[MarkView, ...]:
        """Give the marks of a sheet's name."""
        key = self._keys.get(sheet)
        return tuple(self._index.at(key)) if key is not None else ()

    def selection(self, sheet: str) -> Selection | None:
        """Give the whole name, to be marked."""
        key = self._keys.get(sheet)
        if key is None:
            return None
        return Selection(Span(key[0], 0, len(sheet), key[1]), sheet)

    def show(self, sheets: Mapping[int, str]) -> None:
        """Dress the tabs anew; ``sheets`` gives the sheet of each."""
        for number, sheet in sheets.items():
            marks = self.marks(sheet)
            state = tuple((mark.id, str(mark.state)) for mark in marks)
            if self._marked.get(number, ()) == state:
                continue
            if number not in self._plain:
                self._plain[number] = self._tabs.tabIcon(number), self._tabs.tabToolTip(number)
            self._marked[number] = state
            icon, tip = self._plain[number]
            if marks:
                said = ", ".join(describe_state(mark) for mark in marks)
                tip = "\n".join(filter(None, (f"The name of this sheet: {said}", tip)))
                icon = _badge(marks[-1], self._tabs)
            self._tabs.setTabIcon(number, icon)
            self._tabs.setTabToolTip(number, tip)


def _badge(mark: MarkView, tabs: QTabBar) -> QIcon:
    ratio = tabs.devicePixelRatioF()
    picture = QPixmap(round(BADGE * ratio), round(BADGE * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_badge(painter, QPointF(0, 0), mark, dark=is_dark(tabs.palette()))
    painter.end()
    return QIcon(picture)
