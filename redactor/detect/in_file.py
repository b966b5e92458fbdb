"""Join what the file itself asks to have redacted with what was found in the same place.

A redaction mark of another program says that something is to go, and not what it is. Where the
search found the same text, one proposal is made of both: its label is what was found, so that a
decision for a person holds there too, and its reason names the mark first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from redactor.model import Finding, Proposal, SegmentKey, key_of

_Where = tuple[SegmentKey, int, int]


class AskedInFile:
    """What a file asks to have redacted, while its text is searched."""

    def __init__(self, proposed: Iterable[Finding]) -> None:
        self._asked: dict[_Where, Finding] = {_where(one): one for one in proposed}
        self._joined: set[_Where] = set()

    def joined(self, found: Iterable[Finding]) -> tuple[Finding, ...]:
        """Give what was found, with what is said of it by the file that it stands in."""
        return tuple(map(self._join, found))

    def rest(self) -> tuple[Finding, ...]:
        """Give what the file asks for and the search did not find, once it is at its end."""
        return tuple(one for where, one in self._asked.items() if where not in self._joined)

    def _join(self, found: Finding) -> Finding:
        where = _where(found)
        asked = self._asked.get(where)
        if asked is None:
            return found
        self._joined.add(where)
        why = f"{asked.why} Found as well: {found.why}" if found.why else asked.why
        return replace(
            found,
            score=asked.score,
            recogniser=asked.recogniser,
            why=why,
            proposal=Proposal.REDACT,
        )


def _where(finding: Finding) -> _Where:
    return key_of(finding.place), finding.start, finding.end
