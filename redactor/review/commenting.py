"""What a reviewer said of single findings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from redactor.events import Event, EventKind


@dataclass(frozen=True, slots=True)
class Comment:
    """What a reviewer said of one finding.

    Attributes:
        answered: the finding was decided anew since.
    """

    mark: int
    text: str
    actor: str
    at: str
    seq: int
    answered: bool = False


def comments(events: Iterable[Event]) -> tuple[Comment, ...]:
    """Give every comment on a finding, in order."""
    said: list[Comment] = []
    decided: dict[int, int] = {}
    for event in events:
        if event.kind is EventKind.COMMENTED:
            body = event.body
            said.append(
                Comment(int(body["mark"]), str(body["text"]), event.actor, event.at, event.seq)
            )
        elif event.kind is EventKind.DECIDED:
            decided.update(dict.fromkeys(event.body["marks"], event.seq))
    return tuple(replace(one, answered=decided.get(one.mark, 0) > one.seq) for one in said)
