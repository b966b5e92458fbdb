"""A long document searched by two workers: where it is parted, and what one tells the other.

What stands in a passage is found from the passage alone; only what follows from it (names met again
elsewhere) needs the whole. So another worker may search the passages of the second part, and the
findings are the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from redactor.detect.resolve import Found
from redactor.errors import BugError
from redactor.model import Segment

#: A shorter document is searched sooner than another worker is ready, in characters.
LONG = 400_000
#: How much of a long one the second worker takes. It begins later, and has less to do besides.
_SHARE = 0.51


class Searched(NamedTuple):
    """What a passage gave: finds in it, and the patterns that ran out of time."""

    finds: list[Found]
    stalled: list[str]


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a document that another worker searches.

    Attributes:
        first: passages that begin at this segment or after it.
        told: waits for that worker, and gives what ``packed`` made; nothing where it failed.
    """

    first: int
    told: Callable[[], bytes]


def share_of(segments: Sequence[Segment]) -> int | None:
    """Give the segment from which on another worker may search; None where it is not worth it."""
    left = total = sum(len(one.text) for one in segments)
    if total < LONG:
        return None
    for index, segment in enumerate(segments):
        if left <= total * _SHARE:
            return index
        left -= len(segment.text)
    return None


def packed(searched: Mapping[int, Searched]) -> bytes:
    """Give what was found in passages, by their number, as bytes."""
    plain = {
        number: [
            [[f.label, f.start, f.end, f.score, f.recogniser, f.why] for f in one.finds],
            one.stalled,
        ]
        for number, one in searched.items()
    }
    return json.dumps(plain, separators=(",", ":")).encode("ascii")


def unpacked(told: bytes) -> dict[int, Searched]:
    """Read what ``packed`` made; nothing told is nothing found out.

    Raises:
        BugError: it was made by nothing of ours.
    """
    if not told:
        return {}
    try:
        return {
            int(number): Searched(
                [Found(*_found_of(*one)) for one in finds], [str(one) for one in stalled]
            )
            for number, (finds, stalled) in json.loads(told).items()
        }
    except (ValueError, TypeError, AttributeError):
        raise BugError(
            "What another worker found is not understood. Nothing was searched. Read it again."
        ) from None


def _found_of(
    label: str, start: int, end: int, score: float, recogniser: str, why: str
) -> tuple[str, int, int, float, str, str]:
    return str(label), int(start), int(end), float(score), str(recogniser), str(why)
