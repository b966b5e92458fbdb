"""One document of the case as the window shows it. No Qt, no disk."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from redactor.app.read_as import is_text
from redactor.case.store import StoredDocument
from redactor.formats import FORMATS
from redactor.model import Incomplete, Progress, Unread


@dataclass(slots=True)
class DocumentView:
    """One document as it is shown in the list.

    Attributes:
        status: ``queued``, ``reading``, ``read``, ``refused`` or ``stopped``.
        searching: its text is kept already and only findings are still to come.
        hidden: pieces of hidden content by kind and container.
        ruled: the parts not read, or not searched to the end, that somebody ruled on.
    """

    number: int
    name: str
    format: str = ""
    status: str = "queued"
    progress: Progress | None = None
    searching: bool = False
    unread: tuple[Unread, ...] = ()
    incomplete: tuple[Incomplete, ...] = ()
    notes: tuple[str, ...] = ()
    refusal: str = ""
    hidden: Counter[tuple[str, str]] = field(default_factory=Counter)
    ruled: frozenset[str] = frozenset()

    @property
    def viewed_as(self) -> str:
        """Give the format to show it in; before it is read, what its name says."""
        if self.format:
            return self.format
        suffix = Path(self.name).suffix.lower()
        return next((one.name for one in FORMATS if suffix in one.suffixes), "")

    @property
    def unruled(self) -> int:
        """Count the parts not read, or not searched to the end, that wait for a ruling."""
        places = [one.place for one in self.unread] + [one.place for one in self.incomplete]
        return sum(place not in self.ruled for place in places)

    @property
    def can_be_read_differently(self) -> bool:
        """Say whether a person can have it read with another encoding or delimiter now."""
        at_rest = self.status in {"read", "refused", "stopped"}
        return at_rest and is_text(self.name, self.format)

    @property
    def percent(self) -> int | None:
        """Give how much of it was searched, or None where that is not known yet."""
        if self.progress is None or self.progress.total <= 0 or not self.searching:
            return None
        return min(100, 100 * self.progress.done // self.progress.total)

    def take(self, stored: StoredDocument) -> None:
        """Take over what the case knows of it."""
        self.format = stored.format
        self.unread, self.incomplete = stored.unread, stored.incomplete
        self.notes, self.refusal = stored.notes, stored.refusal
        self.status = "queued" if stored.status == "reading" else stored.status
        self.progress, self.searching = None, False

    def progressed(self, progress: Progress) -> None:
        """Take over how far its reading is."""
        self.status, self.progress = "reading", progress
        self.searching = progress.what == "searching"

    def wait(self) -> None:
        """Say that it is to be read from its beginning."""
        self.status, self.progress, self.searching, self.refusal = "queued", None, False, ""
