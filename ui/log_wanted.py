"""Which events of the log a person wants to see. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from redactor.app.log_story import Entry
from redactor.app.log_words import Group, said_by_people


@dataclass(frozen=True, slots=True)
class LogWanted:
    """Which events are to be listed; all that is given has to hold.

    Attributes:
        person: a fingerprint; empty for everybody.
        document: a number; None for all, and for what is about no document.
        text: it is somewhere in the sentence or in what the person wrote, in any case of letters.
        since, until: from this moment, and before that one, as events have them (UTC); or empty.
    """

    group: Group | None = None
    person: str = ""
    document: int | None = None
    text: str = ""
    since: str = ""
    until: str = ""

    def takes(self, entry: Entry) -> bool:
        """Say whether an event is to be listed."""
        event = entry.event
        if self.group is not None and entry.group is not self.group:
            return False
        if self.person and event.fingerprint != self.person:
            return False
        if self.document is not None and self.document not in entry.documents:
            return False
        if event.at < self.since or (self.until and event.at >= self.until):
            return False
        return not self.text or self._is_said_in(entry)

    def _is_said_in(self, entry: Entry) -> bool:
        said = "\n".join((entry.words, *said_by_people(entry.event)))
        return self.text.casefold() in said.casefold()
