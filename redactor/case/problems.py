"""What a check of a case, of its log or of its certificate found wrong."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is not as it was written.

    Attributes:
        seq: the number of the event that it is about; None where it is about no event.
        kind: a stable short code, such as ``changed``, ``dropped`` or ``forged``.
        message: a sentence with numbers and places, never with text of a document.
    """

    seq: int | None
    kind: str
    message: str
