"""Taking over what a change did, a turn at a time, so that one on very many marks stops nothing."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal

from redactor.review import Standing
from ui.asking import Applied
from ui.marks import Marks

#: Marks whose count is taken anew in one turn, after a decision on very many.
_TURN = 2000


class Applying(QObject):
    """The changes that are on disk and not yet shown, in their order.

    Signals:
        stood: what holds now; a ``Standing``.
        marks_added, marks_changed, marks_forgotten, document_changed, rulings_changed, told: as of
            ``Recording``.
    """

    stood = Signal(object)
    marks_added = Signal(list)
    marks_changed = Signal(object, bool)
    document_changed = Signal(int)
    rulings_changed = Signal()
    told = Signal(str)
    marks_forgotten = Signal(int)

    def __init__(self, marks: Marks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._marks = marks
        self._changes: deque[Iterator[None]] = deque()
        self._turns = QTimer(self)
        self._turns.setSingleShot(True)
        self._turns.timeout.connect(self._go_on)

    def take(self, answer: Applied, *, reveal: bool, tell: bool) -> None:
        """Take over a change, after those that came before."""
        self._queue(self._applying(answer, reveal=reveal, tell=tell))

    def forget(self, number: int, standing: Standing) -> None:
        """Let the marks of a document go, after what came before: it is read otherwise now."""
        self._queue(self._forgetting(number, standing))

    def stop(self) -> None:
        """Show nothing more."""
        self._turns.stop()

    def stand(self, standing: Standing) -> None:
        """Take over what holds now."""
        self._marks.decisions = standing.decisions
        self.stood.emit(standing)

    def _queue(self, change: Iterator[None]) -> None:
        self._changes.append(change)
        if not self._turns.isActive():
            self._go_on()

    def _forgetting(self, number: int, standing: Standing) -> Iterator[None]:
        self._marks.forget(number)
        self.stand(standing)
        self.marks_forgotten.emit(number)
        self.rulings_changed.emit()
        yield from ()

    def _go_on(self) -> None:
        while self._changes:
            if next(self._changes[0], self) is self:
                self._changes.popleft()
            else:
                self._turns.start(0)
                return

    def _applying(self, what: Applied, *, reveal: bool, tell: bool) -> Iterator[None]:
        before, touched = self._marks.decisions, what.touched
        self.stand(what.change.standing)
        for start in range(0, len(touched), _TURN):
            if start:
                yield
            self._marks.recount(touched[start : start + _TURN], before)
        new = self._marks.add(what.change.made)
        if new:
            self.marks_added.emit(new)
        self.marks_changed.emit(touched, reveal)
        by_id = self._marks.by_id
        for number in {by_id[one].document for one in touched if one in by_id}:
            self.document_changed.emit(number)
        if not touched:
            self.rulings_changed.emit()
        if tell:
            self.told.emit(what.told)
