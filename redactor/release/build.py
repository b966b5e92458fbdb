"""Read an original again and write it anew from what was approved, in memory, in a worker."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence

from redactor.errors import CaseError, UsageError
from redactor.formats import detect_format, format_named
from redactor.formats.base import Format, RebuildPlan, Spot, cut, plan_areas, plan_spots
from redactor.model import (
    Document,
    Progress,
    Redaction,
    Report,
    Ruling,
    Segment,
    SegmentKey,
    Unread,
)
from redactor.release.numbering import numbered
from redactor.release.order import (
    OutputFile,
    RebuildAnswer,
    RebuildOrder,
    digest_of_text,
    take_in,
)
from redactor.release.plan import (
    Survivor,
    allowed_remains,
    misread_remains,
    spread,
    survivors,
)


def build(order: RebuildOrder, report: Report) -> RebuildAnswer:
    """Rebuild one document.

    Returns:
        The files, or no files and what stands in the way: unread parts without a ruling, or
        withheld texts that stand where nobody decided.

    Raises:
        UnreadableDocument: the original cannot be read.
        UsageError: it cannot be released in the form that was asked for.
        CaseError: it does not read as it did when it was decided on.
    """
    untrusted = take_in(order.source)
    kind = detect_format(order.source.name, untrusted)
    with kind.remembering():
        return _build(order, untrusted, kind, report)


def _build(order: RebuildOrder, untrusted: bytes, kind: Format, report: Report) -> RebuildAnswer:
    target = _target(kind, order.target)
    report(Progress(0, 3, "reading"))
    read_as = order.source.read_as
    document = kind.read(untrusted, report, read_as)
    _require_the_same(order, document)
    gc.freeze()  # hundreds of thousands of values that stay: not to be looked through again
    rulings = _rulings(order, document)
    unruled = tuple(one for one in document.unread if one.place not in rulings)
    redactions = _redactions(order, document)
    spots = plan_spots(redactions)
    # What is spread stands nowhere else: it was just searched for in every segment.
    standing = () if order.spread else _survivors(order, document, spots)
    if unruled or standing:
        return _stopped(document, target, unruled, standing, len(untrusted))
    report(Progress(1, 3, "rebuilding"))
    plan = RebuildPlan(
        spots,
        plan_areas(redactions),
        rulings,
        order.pdf_style,
        read_as,
        order.pictures,
        order.stamps,
    )
    rebuilt = kind.rebuild(untrusted, plan, target, report)
    report(Progress(2, 3, "counting"))
    visible = [segment for segment in document.segments if segment.hidden is None]
    approved = list(_approved(visible, spots))
    again = (text for one in rebuilt.files for text in one.again)
    return RebuildAnswer(
        document.sha256,
        document.format,
        target,
        tuple(OutputFile(one.suffix, one.part, one.data) for one in rebuilt.files),
        rebuilt.left_out,
        (*_said_of_form(kind, order.target, target), *rebuilt.notes),
        _allowed(order, visible, [*approved, *again]),
        (),
        (),
        _count_removed(document, plan),
        len(untrusted),
        rebuilt.changes,
        misread_remains(visible, approved, order.withheld),
    )


def _require_the_same(order: RebuildOrder, document: Document) -> None:
    """Go on only where the places that were decided on are still what they were.

    Reading from pixels is not for ever the same: the engine may be another, or be missing.
    """
    if order.decided_on and digest_of_text(document.segments) != order.decided_on:
        raise CaseError(
            "The document does not read as it did when it was decided on, so that decisions would "
            "fall on other words. Nothing was released. Have it read again, and decide on what is "
            "new."
        )


def _target(kind: Format, asked: str) -> str:
    target = kind.targets[0] if asked == "same" else asked
    if target not in kind.targets:
        raise UsageError(
            f"A {kind.title} cannot be released as {asked}. Nothing was written. "
            f"Choose one of: {', '.join(kind.targets)}."
        )
    return target


def _said_of_form(kind: Format, asked: str, target: str) -> tuple[str, ...]:
    """Say that a file goes out as another kind than it came, where nobody asked for that."""
    if asked != "same" or kind.name == target:
        return ()
    return (f"Files of this kind ({kind.title}) are not written; it goes out as .{target}.",)


def _rulings(order: RebuildOrder, document: Document) -> Mapping[str, Ruling]:
    if not order.leave_out_unread:
        return order.rulings
    return {one.place: Ruling.LEAVE_OUT for one in document.unread} | dict(order.rulings)


def _redactions(order: RebuildOrder, document: Document) -> tuple[Redaction, ...]:
    if not order.spread:
        return order.redactions
    label = order.spread_label
    redactions = (
        *order.redactions,
        *spread(document.segments, order.withheld, label, order.redactions),
    )
    is_printed = format_named(document.format).is_paged and order.target in {"same", "pdf"}
    return numbered(redactions) if order.stamps.redactions and is_printed else redactions


def _survivors(
    order: RebuildOrder, document: Document, spots: Mapping[SegmentKey, tuple[Spot, ...]]
) -> tuple[Survivor, ...]:
    covered = {key: [(spot.start, spot.end) for spot in each] for key, each in spots.items()}
    for span in order.kept:
        covered.setdefault(span.key, []).append((span.start, span.end))
    return survivors(document.segments, order.withheld, covered)


def _approved(
    visible: Iterable[Segment], spots: Mapping[SegmentKey, tuple[Spot, ...]]
) -> Iterator[str]:
    """Give the text that the release is to say, segment by segment."""
    for segment in visible:
        yield "".join(piece for piece, _ in cut(segment.text, spots.get(segment.key, ())))


def _stopped(
    document: Document,
    target: str,
    unruled: Iterable[Unread],
    standing: Iterable[Survivor],
    size: int,
) -> RebuildAnswer:
    return RebuildAnswer(
        document.sha256,
        document.format,
        target,
        (),
        (),
        (),
        {},
        tuple(standing),
        tuple(unruled),
        0,
        size,
    )


def _count_removed(document: Document, plan: RebuildPlan) -> int:
    """Count the places that were redacted in what a reader sees."""
    visible = (segment.key for segment in document.segments if segment.hidden is None)
    return sum(len(plan.spots.get(key, ())) for key in visible) + sum(
        len(each) for each in plan.areas.values()
    )


def _allowed(
    order: RebuildOrder, visible: Sequence[Segment], approved: Sequence[str]
) -> dict[int, int]:
    """Count what may remain in what a reader will see.

    Args:
        approved: the texts of the visible segments, and after them what stands there once more.
    """
    kept: dict[SegmentKey, list[tuple[int, int]]] = {}
    for span in order.kept:
        kept.setdefault(span.key, []).append((span.start, span.end))
    return allowed_remains(visible, approved, order.withheld, kept)
