"""The sheets of a document in tabs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSignalBlocker, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QTabBar, QWidget

from ui.viewers.marks import MarkIndex
from ui.viewers.sheet_names import SheetNames

#: The container of hidden content that lies in no cell.
HIDDEN = ""


class SheetTabs(QTabBar):
    """A tab for each sheet, and one for hidden content that lies in no cell.

    Attributes:
        names: how the names of the sheets stand, which the tabs show.
    """

    def __init__(self, index: MarkIndex, parent: QWidget) -> None:
        super().__init__(parent)
        self._containers: list[tuple[str, int]] = []
        self.names = SheetNames(self, index)
        self.setShape(QTabBar.Shape.RoundedSouth)
        self.setUsesScrollButtons(True)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setAccessibleName("Sheets")

    def take(self, containers: Sequence[tuple[str, int]]) -> None:
        """Have a tab for each container, which is given with its last row; emits nothing."""
        # Hidden content that lies in no cell comes last, whatever its place in the file.
        self._containers = sorted(containers, key=lambda one: one[0] == HIDDEN)
        with QSignalBlocker(self):
            for name, _ in self._containers:
                self.addTab(sheet_title(name))
                if name == HIDDEN:
                    self.mark_hidden(name)
        self.setVisible(len(self._containers) > 1)

    @property
    def container(self) -> str | None:
        """Give the container whose tab is chosen; None while there is none."""
        number = self.currentIndex()
        return self._containers[number][0] if 0 <= number < len(self._containers) else None

    @property
    def last_row(self) -> int:
        """Give the last row of the container whose tab is chosen."""
        return self._containers[self.currentIndex()][1]

    @property
    def sheets(self) -> list[str]:
        """Give the containers that have cells, in their order."""
        return [name for name, _ in self._containers if name != HIDDEN]

    def like(self, container: str) -> str | None:
        """Give the sheet that answers to one of another viewer: of its name, or the only one."""
        if container in self.sheets:
            return container
        return self.sheets[0] if len(self.sheets) == 1 else None

    def title(self, number: int) -> str:
        """Give what the sheet of a tab is called, and nothing more of what the tab says."""
        return sheet_title(self._containers[number][0])

    def go_to(self, container: str) -> bool:
        """Choose the tab of a container; False where it has none."""
        names = [name for name, _ in self._containers]
        if container not in names:
            return False
        self.setCurrentIndex(names.index(container))
        return True

    def go_to_title(self, title: str) -> bool:
        """Choose a sheet by the name on its tab; an empty one has none here."""
        for name in self.sheets:
            if sheet_title(name) == title:
                return self.go_to(name)
        return False

    def turn(self, step: int) -> None:
        """Choose a tab so many further on, or back, if there is one."""
        number = self.currentIndex() + step
        if 0 <= number < self.count():
            self.setCurrentIndex(number)

    def show_names(self) -> None:
        """Show how the names of the sheets stand."""
        titles = {at: sheet_title(name) for at, (name, _) in enumerate(self._containers) if name}
        self.names.show(titles)

    def mark_hidden(self, container: str) -> None:
        """Say on a tab that a reader does not see its sheet."""
        number = [name for name, _ in self._containers].index(container)
        colour = self.palette().color(QPalette.ColorRole.PlaceholderText)
        self.setTabIcon(number, _hidden_icon(colour, self.devicePixelRatioF()))
        self.setTabTextColor(number, colour)
        if container:
            self.setTabText(number, f"{sheet_title(container)} (hidden)")
        self.setTabToolTip(number, "A reader does not see this. It is never released.")


def sheet_title(container: str) -> str:
    """Give what a sheet is called on its tab."""
    if not container:
        return "Hidden content"
    return "Rows" if container == "rows" else container.removeprefix("sheet:")


def _hidden_icon(colour: QColor, ratio: float) -> QIcon:
    """Draw an eye struck through."""
    side = 14
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.4))
    painter.drawEllipse(QRectF(1, 4, 12, 6.5))
    painter.setBrush(colour)
    painter.drawEllipse(QRectF(5.4, 5.6, 3.2, 3.2))
    painter.drawLine(2, 12, 12, 2)
    painter.end()
    return QIcon(picture)
