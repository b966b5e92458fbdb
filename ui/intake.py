"""Taking files into the case, one after another, so that decisions need not wait for them all."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from redactor.app.case import Case
from redactor.case.store import StoredDocument
from redactor.errors import RedactorError
from redactor.formats import known_suffixes
from redactor.jobs import CaseSource
from ui.tasks import CaseLane


@dataclass(frozen=True, slots=True)
class NotAdded:
    """A file that was not taken in, and why."""

    name: str
    why: str


class Intake(QObject):
    """The files that are to be taken in.

    Signals:
        added: a file is in the case; its ``StoredDocument`` and its ``CaseSource``.
        not_added: all is done, and these were left; a list of ``NotAdded``.
        failed: the case could not be asked; an error.
    """

    added = Signal(object, object)
    not_added = Signal(list)
    failed = Signal(object)

    def __init__(self, lane: CaseLane, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lane = lane
        self._paths: deque[Path] = deque()
        self._refused: list[NotAdded] = []
        self._busy = False

    def add(self, paths: Iterable[Path]) -> None:
        """Take in files, and of folders all files of known kinds."""
        wanted = list(paths)
        self._lane.ask(lambda _: expand(wanted), self._expanded, self.failed.emit)

    def _expanded(self, what: tuple[list[Path], list[NotAdded]]) -> None:
        files, refused = what
        self._paths.extend(files)
        self._refused.extend(refused)
        if not self._busy:
            self._busy = True
            self._next()

    def _next(self) -> None:
        if not self._paths:
            self._busy = False
            refused, self._refused = self._refused, []
            if refused:
                self.not_added.emit(refused)
            return
        path = self._paths.popleft()

        def done(taken: tuple[StoredDocument, CaseSource] | None) -> None:
            if taken is None:
                self._refused.append(NotAdded(path.name, "The case holds this very file already."))
            else:
                self.added.emit(*taken)
            self._next()

        def failed(error: RedactorError) -> None:
            self._refused.append(NotAdded(path.name, error.user_message))
            self._next()

        self._lane.ask(lambda case: take_in(case, path), done, failed)


def take_in(case: Case, path: Path) -> tuple[StoredDocument, CaseSource] | None:
    """Take in one file; None where the case holds the same bytes already."""
    number = case.add_file(path)
    if number is None:
        return None
    stored = next(each for each in case.documents() if each.number == number)
    return stored, case.source(number)


def expand(paths: Sequence[Path]) -> tuple[list[Path], list[NotAdded]]:
    """Turn folders into the files of known kinds within; name those that are of no known kind.

    A file that was named itself is always taken, whatever it is called: the case then records why
    it cannot be read.
    """
    files: list[Path] = []
    refused: list[NotAdded] = []
    suffixes = known_suffixes()
    for path in paths:
        if not path.is_dir():
            files.append(path)
            continue
        for inner in sorted(path.rglob("*")):
            if inner.is_dir():
                continue
            if inner.suffix.lower() in suffixes and not inner.name.startswith("~$"):
                files.append(inner)
            else:
                refused.append(NotAdded(inner.name, _why_not(inner)))
    return files, refused


def _why_not(path: Path) -> str:
    if path.name.startswith("~$"):
        return "It is the lock file of an open document."
    kind = path.suffix or "no suffix"
    return (
        f"Files of this kind ({kind}) cannot be read yet. Save it in another format and add that."
    )
