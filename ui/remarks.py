"""What was said about single findings, as the window holds it: by finding, and kept up to date."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QIcon

from redactor.errors import RedactorError
from redactor.review import Comment
from ui import icons, theme
from ui.moments import spoken_iso
from ui.tasks import CaseLane

_SETTLE_MS = 60


def comment_icon(comments: Sequence[Comment]) -> QIcon | None:
    """Give the picture of a comment: in colour while one is to be answered, grey afterwards."""
    if not comments:
        return None
    drawn = icons.icon("comment")
    if any(not one.answered for one in comments):
        return drawn
    return QIcon(drawn.pixmap(16, QIcon.Mode.Disabled))


def comments_html(comments: Sequence[Comment]) -> str:
    """Write comments, those that were answered in grey."""
    muted = theme.colours().muted
    lines = []
    for one in comments:
        who = f"{escape(one.actor)}, {spoken_iso(one.at)}"
        if one.answered:
            lines.append(
                f'<p style="color:{muted}">{escape(one.text)}<br>{who} – answered: the finding was '
                "decided anew</p>"
            )
        else:
            lines.append(f'<p>{escape(one.text)}<br><span style="color:{muted}">{who}</span></p>')
    return "".join(lines)


class Remarks(QObject):
    """The comments of the open case.

    Signals:
        changed: findings have other comments now, or other answers; a frozenset of their ids.
    """

    changed = Signal(object)

    def __init__(
        self,
        lane: CaseLane,
        failed: Callable[[RedactorError], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._lane = lane
        self._failed = failed
        self._by_mark: Mapping[int, tuple[Comment, ...]] = {}
        self._settling = QTimer(self, interval=_SETTLE_MS, singleShot=True)
        self._settling.timeout.connect(self._ask)

    def of(self, mark_id: int) -> tuple[Comment, ...]:
        """Give what was said about a finding, in order."""
        return self._by_mark.get(mark_id, ())

    def is_open(self, mark_id: int) -> bool:
        """Say whether something that was said about a finding has not been answered."""
        return any(not one.answered for one in self.of(mark_id))

    def load(self) -> None:
        """Look for comments, soon: several calls at a time ask once."""
        self._settling.start()

    def decided(self) -> None:
        """Look whether a decision has answered something."""
        if self._by_mark:
            self.load()

    def say(self, mark_id: int, text: str, then: Callable[[], None]) -> None:
        """Record a comment on a finding. It takes no submission away."""

        def said(_: object) -> None:
            self.load()
            then()

        self._lane.ask(lambda case: case.comment(mark_id, text), said, self._failed)

    def _ask(self) -> None:
        self._lane.ask(lambda case: case.comments(), self._take, self._failed)

    def _take(self, comments: tuple[Comment, ...]) -> None:
        found: dict[int, tuple[Comment, ...]] = {}
        for one in comments:
            found[one.mark] = (*found.get(one.mark, ()), one)
        before, self._by_mark = self._by_mark, found
        ids = before.keys() | found.keys()
        changed = frozenset(one for one in ids if before.get(one) != found.get(one))
        if changed:
            self.changed.emit(changed)
