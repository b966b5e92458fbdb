"""Source and release side by side: the original with its marks, and what would leave instead."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from redactor.app.submitted_files import CandidateView
from redactor.errors import RedactorError
from redactor.events import Mark
from ui import theme
from ui.feed import OutputFeed
from ui.messages import message_for
from ui.panels.one_line import OneLine
from ui.panels.viewer import ViewerPane, make_viewer
from ui.panels.work_list import HEAD_HEIGHT
from ui.session import Session
from ui.ticks import tick_clearly
from ui.viewers.base import Viewer
from ui.viewers.frame import FramedViewer
from ui.viewers.together import Together

_KINDS = {".pdf": "page", ".xlsx": "sheet", ".csv": "sheet", ".docx": "word"}
_NOTHING = (
    "Nothing is submitted yet.\n\nOnce the case is submitted, what would be released is shown "
    "here, from the exact bytes that are kept for it."
)
_NO_FILE = "The release holds no file of this document: it was left out."


def viewer_kind(name: str) -> str:
    """Name the kind of viewer that a file of a candidate is shown in; papers as text."""
    return _KINDS.get(PurePath(name).suffix.lower(), "flow")


class CandidatePane(QWidget):
    """One file of the candidate, chosen from all of them.

    Signals:
        viewer_changed: another file is shown, or none.
    """

    viewer_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewer: Viewer | None = None
        self.shown: CandidateView | None = None
        self.files = QComboBox()
        self._session: Session | None = None
        self._views: tuple[CandidateView, ...] = ()
        self._feed: OutputFeed | None = None
        self._placeholder = QLabel(_NOTHING)
        self._trouble = QLabel()
        self._stack = QStackedWidget()
        self._lay_out()
        self.files.currentIndexChanged.connect(self._chosen)

    @property
    def names(self) -> tuple[str, ...]:
        """Give the names of the files that can be chosen."""
        return tuple(one.source.name for one in self._views)

    def show_files(self, session: Session | None, views: Sequence[CandidateView]) -> bool:
        """Offer the files of a candidate, none where nothing is submitted; False if unchanged."""
        if session is self._session and tuple(views) == self._views:
            return False
        self._drop(_NOTHING)
        self._session, self._views = session, tuple(views)
        with QSignalBlocker(self.files):
            self.files.clear()
            self.files.addItems([one.source.name for one in self._views])
            self.files.setCurrentIndex(-1)
        self.files.setEnabled(bool(self._views))
        return True

    def show_document(self, number: int) -> None:
        """Show the release of a document, unless a file of it is shown already."""
        if self.shown is not None and self.shown.document == number:
            return
        at = next((n for n, one in enumerate(self._views) if one.document == number), -1)
        if at < 0:
            with QSignalBlocker(self.files):
                self.files.setCurrentIndex(-1)
            self._drop(_NO_FILE if self._views else _NOTHING)
        else:
            self.files.setCurrentIndex(at)

    def close_viewer(self) -> None:
        """Close what is shown, and offer nothing."""
        self.show_files(None, ())
        self._drop(_NOTHING)

    def show_trouble(self, error: RedactorError) -> None:
        """Say above the viewer why something of it cannot be shown."""
        self._trouble.setText(message_for(error).happened)
        self._trouble.show()

    def _chosen(self, at: int) -> None:
        if not 0 <= at < len(self._views) or self._session is None:
            return
        self._drop("", quietly=True)
        view = self._views[at]
        name = view.source.name
        self._feed = self._session.sources.output_feed(view.source, self.show_trouble)
        viewer = make_viewer(viewer_kind(name), self._feed)
        if isinstance(viewer, FramedViewer):
            viewer.show_candidate(name)
        self.viewer, self.shown = viewer, view
        self._stack.addWidget(viewer)
        self._stack.setCurrentWidget(viewer)
        self.viewer_changed.emit()

    def _drop(self, say: str, *, quietly: bool = False) -> None:
        self._placeholder.setText(say)
        self._trouble.hide()
        self.shown = None
        if self._feed is not None:
            self._feed.close()
            self._feed = None
        if self.viewer is not None:
            viewer, self.viewer = self.viewer, None
            self._stack.setCurrentWidget(self._placeholder)
            self._stack.removeWidget(viewer)
            viewer.deleteLater()
            if not quietly:
                self.viewer_changed.emit()

    def _lay_out(self) -> None:
        self.files.setAccessibleName("File of the release")
        self.files.setToolTip("What would be released, file by file")
        self.files.setEnabled(False)
        self.files.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.files.setMinimumContentsLength(12)
        for label in (self._placeholder, self._trouble):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._placeholder.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._placeholder.setContentsMargins(32, 32, 32, 32)
        theme.dress(self._placeholder, "quiet")
        theme.dress(self._trouble, "notice")
        self._trouble.hide()
        self._stack.addWidget(self._placeholder)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._trouble)
        layout.addWidget(self._stack, 1)


class SideBySide(QWidget):
    """The source at the left, its release at the right, scrolled together.

    Signals:
        mark_activated: a mark of the source was clicked; its id.
        place_changed: what is being looked at.
        viewers_changed: other viewers are shown.
    """

    mark_activated = Signal(int)
    place_changed = Signal(str)
    viewers_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        self._number: int | None = None
        self._mark: Mark | None = None
        self.tie: Together | None = None
        self.source = ViewerPane()
        self.release = CandidatePane()
        self.together = QCheckBox("Scroll &together")
        self.name = OneLine()
        self._lay_out()
        self.together.toggled.connect(self._tie_or_untie)
        self.source.mark_activated.connect(self.mark_activated)
        self.source.place_changed.connect(self.place_changed)
        self.source.viewer_changed.connect(self._tie)
        self.release.viewer_changed.connect(self._tie)

    def set_session(self, session: Session | None) -> None:
        """Show another case, or none."""
        self._session, self._number, self._mark = session, None, None
        self.source.close_viewer()
        self.release.close_viewer()
        self.name.setText("Source")
        if session is not None:
            session.marks_added.connect(self.source.add)
            session.marks_changed.connect(lambda ids, _: self.source.refresh(ids))

    def show_files(self, views: Sequence[CandidateView]) -> None:
        """Take over what is submitted now; a file that was chosen stays while it is the same."""
        if self.release.show_files(self._session, views) and self._number is not None:
            self.release.show_document(self._number)

    def show_document(self, number: int) -> None:
        """Show a document and its release; another file that was chosen stays with the document."""
        session = self._session
        if session is None or number not in session.documents:
            return
        self.name.setText(f"Source: {session.documents[number].name}")
        self.source.show_document(session, session.documents[number])
        if number != self._number:
            self._number = number
            self.release.show_document(number)

    def show_mark(self, mark: Mark) -> None:
        """Show a finding in its document, and the same place of the release."""
        self._mark = mark
        self.show_document(mark.document)
        self.source.show_mark(mark.id)
        if self.tie is not None:
            self.tie.go_to(mark.target)

    def _tie(self) -> None:
        """Scroll together what can be: a document and its own release."""
        if self.tie is not None:
            self.tie.deleteLater()
            self.tie = None
        source, release, shown = self.source.viewer, self.release.viewer, self.release.shown
        fits = (
            source is not None
            and release is not None
            and shown is not None
            and shown.document == self._number
        )
        self.together.setEnabled(fits)
        self.together.setToolTip(
            "The release follows the source, and the other way about"
            if fits or release is None
            else "What is shown at the right is no release of this document"
        )
        if fits and source is not None and release is not None:
            self.tie = Together(source, release, on=self.together.isChecked(), parent=self)
            if self._mark is not None and self._mark.document == self._number:
                self.tie.go_to(self._mark.target)
        self.viewers_changed.emit()

    def _tie_or_untie(self, on: bool) -> None:
        if self.tie is not None:
            self.tie.set_on(on)

    def _lay_out(self) -> None:
        theme.dress(self.name, "heading")
        self.name.setAccessibleName("The source that is shown")
        tick_clearly(self.together)
        self.together.setChecked(True)
        self.together.setEnabled(False)
        self.together.setAccessibleName("Scroll source and release together")
        release_name = QLabel("Re&lease:")
        theme.dress(release_name, "heading")
        release_name.setBuddy(self.release.files)
        left, right = QWidget(), QWidget()
        for side, heads, pane in (
            (left, (self.name,), self.source),
            (right, (release_name, self.release.files, self.together), self.release),
        ):
            top = QHBoxLayout()
            top.setSpacing(8)
            for head in heads:
                head.setFixedHeight(HEAD_HEIGHT)
                wide = head in {self.name, self.release.files}
                top.addWidget(head, 1 if wide else 0)
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(6)
            column.addLayout(top)
            column.addWidget(pane, 1)
            side.setMinimumWidth(220)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(left)
        self.splitter.addWidget(right)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setSizes([10_000, 10_000])  # as wide as each other
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)
