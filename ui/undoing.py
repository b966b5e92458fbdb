"""Undo and redo, in the case that is open."""

from __future__ import annotations

from redactor.events import EventKind
from ui.commands import Commands
from ui.session import Session


class Undoing:
    """Does what the two commands say, and switches them."""

    def __init__(self, commands: Commands) -> None:
        self._commands = commands
        self._session: Session | None = None

    def set_session(self, session: Session | None) -> None:
        """Undo in another case, or in none."""
        self._session = session

    def undo(self) -> None:
        """Take back what was done last."""
        if self._session is not None:
            self._session.undo()

    def redo(self) -> None:
        """Do again what was taken back last."""
        if self._session is not None:
            self._session.redo()

    def refresh(self) -> None:
        """Switch each command on while there is something it could do, and the person may."""
        session = self._session
        for name, kind, there in (
            ("undo", EventKind.UNDONE, session is not None and session.can_undo),
            ("redo", EventKind.REDONE, session is not None and session.can_redo),
        ):
            may = session is not None and not session.objection(kind)
            self._commands[name].setEnabled(there and may)
