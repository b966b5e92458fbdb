"""Moving about in the review: round the panes, nearer and further, and the tool that draws."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from ui.commands import Commands
from ui.panels.numbers import NumbersPage
from ui.panels.persons import PersonsPage
from ui.panels.review import ReviewPage
from ui.panels.second_line import SecondLinePage
from ui.session import Session


class Moving(QObject):
    """The commands that change what is seen and nothing of the case."""

    def __init__(
        self,
        review: ReviewPage,
        second_line: SecondLinePage,
        persons: PersonsPage,
        numbers: NumbersPage,
        commands: Commands,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._review = review
        self._second_line = second_line
        self._persons = persons
        self._numbers = numbers
        self._commands = commands
        self._session: Session | None = None
        review.viewer_changed.connect(self.refresh)
        review.drawing_ended.connect(self._drawing_ended)

    def set_session(self, session: Session | None) -> None:
        """Move about in another case, or in none."""
        self._session = session
        self.refresh()

    def refresh(self) -> None:
        """Switch the commands that need a viewer, and those that mark in it."""
        viewer = self._review.viewing.viewer
        can_decide = self._session is not None and self._session.can_decide
        can_decide = can_decide and not self._second_line.isVisible()  # nothing is decided there
        box = self._commands["box"]
        box.setChecked(False)
        box.setEnabled(viewer is not None and viewer.can_draw and can_decide)
        self._commands["mark"].setEnabled(viewer is not None and can_decide)
        for name in ("zoom-in", "zoom-out", "zoom-fit"):
            self._commands[name].setEnabled(viewer is not None or self._second_line.isVisible())
        if viewer is not None:
            self._commands.reach([viewer])

    def filter(self) -> None:
        """Go to the field that filters the findings."""
        search = self._review.findings.search
        search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        search.selectAll()

    def draw(self) -> None:
        """Take up the tool that draws, or put it down."""
        viewer = self._review.viewing.viewer
        if viewer is not None:
            viewer.set_drawing(self._commands["box"].isChecked())
            viewer.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def zoom(self, steps: int) -> None:
        """Show the document larger or smaller; 0 fits its width."""
        if self._second_line.isVisible():
            self._second_line.zoom(steps)
        elif self._review.viewing.viewer is not None:
            self._review.viewing.viewer.zoom(steps)

    def cycle(self, by: int) -> None:
        """Give the focus to the next pane, or to the one before."""
        pages = (self._review, self._second_line, self._persons, self._numbers)
        page = next((one for one in pages if one.isVisible()), None)
        if self._session is None or page is None:
            return
        panes = page.panes()
        focus = QApplication.focusWidget()
        at = -by
        if focus is not None:
            inside = (n for n, one in enumerate(panes) if focus is one or one.isAncestorOf(focus))
            at = next(inside, -by)
        panes[(at + by) % len(panes)].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _drawing_ended(self) -> None:
        self._commands["box"].setChecked(False)
        if self._review.viewing.viewer is not None:
            self._review.viewing.viewer.set_drawing(False)
