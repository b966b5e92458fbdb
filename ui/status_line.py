"""The last line of the window: where one is, how far the decisions are, what is saved."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QStatusBar

from ui.session import Session

_TOLD_MS = 8000


class StatusLine(QObject):
    """Says what was told a while, and what stands all the time."""

    def __init__(self, bar: QStatusBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self.place, self.counts, self.saved, self.keeping = QLabel(), QLabel(), QLabel(), QLabel()
        bar.setSizeGripEnabled(False)
        for label, name in (
            (self.place, "Where you are"),
            (self.counts, "Decisions"),
            (self.saved, "Whether everything is saved"),
            (self.keeping, "Whether a backup is being kept"),
        ):
            label.setAccessibleName(name)
            bar.addPermanentWidget(label)

    def tell(self, sentence: str) -> None:
        """Say something for a while."""
        self._bar.showMessage(sentence, _TOLD_MS)

    def show_counts(self, session: Session | None) -> None:
        """Say how far the decisions are."""
        if session is None:
            self.counts.clear()
            return
        counts = session.marks.counts()
        self.counts.setText(
            f"{counts.undecided:,} to decide  ·  {counts.redact:,} redact  ·  {counts.keep:,} keep"
        )

    def show_saving(self, writing: int, session: Session | None) -> None:
        """Say whether changes are on their way to the disk; ``writing`` is how many."""
        self.saved.setText("Saving…" if writing else "Saved" if session else "")

    def show_keeping(self, cases: int) -> None:
        """Say whether backups are being kept; ``cases`` is of how many cases."""
        self.keeping.setText("Keeping a backup…" if cases else "")
