"""What the log of a case says of its lists: which rows count, and what changed for its findings.

Pure functions over events; the words themselves are in the case file (``redactor.case.list_rows``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from redactor.events import Event, EventKind, Mark
from redactor.lists import ALWAYS_RECOGNISER, ON_NEVER
from redactor.model import Finding, Proposal

#: What a list is called that is the site's, adopted by the case.
SITE = "site"
#: Between what a list says of a finding and what it was found by.
_FOUND_AS = " (found as: "


@dataclass(slots=True)
class Searching:
    """What the lists do in a document that is searched once more.

    A mark keeps what was found first. Where the search proposes something else now, because of a
    list, the end of the reading says so.

    Attributes:
        last: the change of the lists that it is searched with.
    """

    last: int = 0
    _keep: list[int] = field(default_factory=list)
    _redact: list[int] = field(default_factory=list)

    def meet(self, findings: Iterable[Finding], marks: Iterable[Mark]) -> None:
        """Hold findings against the marks at their places."""
        for found, mark in zip(findings, marks, strict=True):
            if found.proposal is not mark.proposal:
                if found.proposal is Proposal.KEEP and ON_NEVER in found.why:
                    self._keep.append(mark.id)
                elif found.recogniser.startswith(ALWAYS_RECOGNISER) or ON_NEVER in mark.why:
                    self._redact.append(mark.id)

    def body(self) -> dict[str, object]:
        """Give what the event at the end of the reading says; nothing where nothing is listed."""
        if not self.last:
            return {}
        return {"lists": self.last, "keep": self._keep, "redact": self._redact}


class Listed:
    """Adds up the changes of the lists.

    Attributes:
        ids: the rows that count, in the order in which they came.
        last: the number of the last change of what is searched for; 0 where there was none.
    """

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self.ids: dict[int, int] = {}
        self.last = 0
        self._proposals: dict[int, tuple[Proposal, str]] = {}
        self._searched: dict[int, int] = {}
        for event in events:
            self.add(event)

    def add(self, event: Event) -> None:
        """Add one event."""
        if event.kind is EventKind.LISTS_CHANGED:
            self._change(event)
        elif event.kind is EventKind.DOCUMENT_READ:
            self._search(event)

    def outdated(self) -> tuple[int, ...]:
        """Give the documents that were searched before the lists last changed."""
        return tuple(sorted(n for n, lists in self._searched.items() if lists < self.last))

    def proposed(self, marks: Sequence[Mark]) -> tuple[Mark, ...]:
        """Give marks as they are proposed now that the lists were changed."""
        if not self._proposals:
            return tuple(marks)
        return tuple(self._as_proposed(mark) for mark in marks)

    def _as_proposed(self, mark: Mark) -> Mark:
        proposed = self._proposals.get(mark.id)
        if proposed is None:
            return mark
        proposal, why = proposed
        found_as = mark.why.rpartition(_FOUND_AS)[2].removesuffix(")")
        return replace(mark, proposal=proposal, why=f"{why}{_FOUND_AS}{found_as})")

    def _search(self, event: Event) -> None:
        body = event.body
        self._searched[body["document"]] = body.get("lists", 0)
        keep = f"{ON_NEVER}the case or the authority"
        redact = "on the always list, or no longer on a never list"
        self._proposals.update(dict.fromkeys(body.get("keep", ()), (Proposal.KEEP, keep)))
        self._proposals.update(dict.fromkeys(body.get("redact", ()), (Proposal.REDACT, redact)))

    def _change(self, event: Event) -> None:
        body = event.body
        if body["list"] != "suggestions":
            self.last = event.seq
        if body["change"] == "removed":
            for one in body["entries"]:
                self.ids.pop(one, None)
        else:
            self.ids.update(dict.fromkeys(body["entries"], event.seq))
        whose = "the authority" if body["list"] == SITE else "the case"
        kept = f"{ON_NEVER}{whose}"
        taken = (
            "no longer on a never list"
            if body["change"] == "removed"
            else f"on the always list of {whose}"
        )
        self._proposals.update(dict.fromkeys(body["keep"], (Proposal.KEEP, kept)))
        self._proposals.update(dict.fromkeys(body["redact"], (Proposal.REDACT, taken)))
