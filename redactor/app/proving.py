"""Prove what was rebuilt, and what to do about pages of a PDF that a check refuses.

Such a page goes out as a picture of itself: in it nothing lies under, beside or beyond what is
seen. It is rebuilt and proved again, once; what is refused then stops the release.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from redactor.jobs import Original
from redactor.release.order import FileSource, RebuildAnswer, RebuildOrder, Source
from redactor.release.plan import WithheldText
from redactor.release.verify.model import VerificationReport, Withheld

_MOST_NAMED = 12


def original_of(order: RebuildOrder, answer: RebuildAnswer) -> Original | None:
    """Give what the pages of a release are held against; None where none were carried over."""
    if answer.changes is None:
        return None
    labels = frozenset({one.label for one in order.redactions} | {order.spread_label} - {""})
    return Original(order.source, answer.changes, labels, order.stamps)


def searched_for(withheld: Sequence[WithheldText], answer: RebuildAnswer) -> Withheld:
    """Give what must not be found in what a rebuild gave, and what may remain."""
    return Withheld(
        tuple(one.term for one in withheld),
        dict(answer.allowed),
        tuple(one.term for one in withheld if one.strict),
        dict(answer.misread),
    )


def supply_of(source: Source) -> Callable[[str], bytes] | None:
    """Give what answers a worker that asks for the bytes of an original; a file it opens itself."""
    return None if isinstance(source, FileSource) else source.supply


def refused_pages(answer: RebuildAnswer, report: VerificationReport) -> frozenset[int]:
    """Give the pages that may pass as pictures of themselves.

    Returns:
        None of them where that would not help: something failed that is on no page, or on a page
        that is a picture already or is left out.
    """
    failed = [check for check in report.checks if not check.ok]
    found = [*(check.pages for check in failed), *(leak.pages for leak in report.leaks)]
    if answer.changes is None or not all(found):
        return frozenset()
    pages = frozenset(page for each in found for page in each)
    done = {*answer.changes.pictures, *answer.changes.blanks}
    return frozenset() if pages & done else pages


def as_pictures(order: RebuildOrder, pages: frozenset[int]) -> RebuildOrder:
    """Give the order to rebuild a document again, with some of its pages as pictures."""
    return replace(order, pictures=order.pictures | pages)


def said_of_refused(pages: frozenset[int], report: VerificationReport) -> str:
    """Say which pages became pictures, and why."""
    failed = dict.fromkeys(check.name for check in report.checks if not check.ok)
    one = len(pages) == 1
    return (
        f"Page{'' if one else 's'} {_listed(sorted(pages))} {'is' if one else 'are'} released as "
        f"{'a picture' if one else 'pictures'}, because of checks that did not hold: "
        f"{', '.join(failed)}."
    )


def _listed(pages: Sequence[int]) -> str:
    more = f" and {len(pages) - _MOST_NAMED} more" if len(pages) > _MOST_NAMED else ""
    return ", ".join(str(page + 1) for page in pages[:_MOST_NAMED]) + more
