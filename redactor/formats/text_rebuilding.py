"""Write plain text anew from what was approved."""

from __future__ import annotations

from collections.abc import Sequence

from redactor.content import Flow, Lines, Paragraph, Run
from redactor.formats.base import RebuildPlan, Rebuilt, Spot, composed, cut
from redactor.formats.encoding import Decoded
from redactor.formats.writers import remarks, write
from redactor.formats.writers.exact import write_exact
from redactor.model import LinePlace, key_of


def rebuild_lines(
    decoded: Decoded, lines: Sequence[str], ends: Sequence[str], plan: RebuildPlan, target: str
) -> Rebuilt:
    """Write the lines that a plan leaves; as text they keep every byte of what is not redacted.

    Args:
        decoded: how the text was encoded.
        lines, ends: the lines, and what ends each of them.
        target: one of ``Text.targets``.
    """
    exact = target == "txt"
    approved = tuple(
        _approved(line, plan.spots.get(key_of(LinePlace(number)), ()), exact=exact)
        for number, line in enumerate(lines)
    )
    if exact:
        file, notes = write_exact(Lines(approved, tuple(ends), decoded.encoding, decoded.mark))
        return Rebuilt((file,), notes=notes)
    if target == "docx":
        flow = Flow(tuple(Paragraph(runs) for runs in approved))
        return Rebuilt(write(flow, target), notes=remarks(flow, target))
    content = Lines(approved)
    return Rebuilt(write(content, target), notes=remarks(content, target))


def _approved(line: str, spots: Sequence[Spot], *, exact: bool) -> tuple[Run, ...]:
    """Give a line without what is removed; to the letter where nothing is, if that is wanted."""
    if exact and not spots:
        return (Run(line),)
    pieces = cut(composed(line), tuple(spots))
    return tuple(Run(text, redaction=removed) for text, removed in pieces)
