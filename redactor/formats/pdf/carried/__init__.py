"""What makes a released PDF a good document: links, bookmarks, page numbers, tags, made anew.

Nothing is copied. What the original says beside its pages is read as values (``facts_of``), vetted
against what the released pages show, and written anew (``carry``) after everything else that a
page does not need was taken out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Protocol, TypeVar

from redactor.formats.pdf.carried.facts import (
    Carriable,
    Heading,
    LabelRange,
    LinkFact,
    facts_of,
)
from redactor.formats.pdf.carried.links import (
    vetted_headings,
    vetted_links,
    write_headings,
    write_links,
)
from redactor.formats.pdf.carried.tags import write_tags
from redactor.formats.pdf.hidden.shape import headed
from redactor.formats.pdf.page_text import PageText
from redactor.formats.pdf.spoken import spoken
from redactor.model import HiddenKind, PageChanges

__all__ = ["Carriable", "CarriedOver", "carry", "facts_of", "spoken", "without_kept"]

_TEXTS_KEPT = 64


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """What was written beside the pages.

    Attributes:
        again: approved texts that stand beside the pages once more: titles, addresses, numbers.
        kept: how often each text of a kind was kept, for the list of what is left out.
        notes: remarks for the officer.
    """

    again: tuple[str, ...] = field(default=(), repr=False)
    kept: Counter[tuple[HiddenKind, str]] = field(default_factory=Counter, repr=False)
    notes: tuple[str, ...] = ()
    is_tagged: bool = False


def carry(target: Any, facts: Carriable, changes: PageChanges) -> CarriedOver:
    """Write links, bookmarks, page numbers and tags into a document whose pages are final.

    Args:
        target: with the pages of the original, redacted and cleansed, in their order. It is to be
            saved next, and nothing else is to be written to its pages but stamps before this.
        facts: of the original.
        changes: where the pages differ from those of the original.
    """
    text_of = lru_cache(maxsize=_TEXTS_KEPT)(lambda number: PageText(target.load_page(number)).text)
    changed = (*changes.regions, *changes.boxes)
    links = list(vetted_links(facts.links, changed, frozenset(changes.blanks), text_of))
    headings = list(vetted_headings(facts.headings, text_of))
    written = write_links(target, links)
    write_headings(target, headings)
    _write_labels(target, facts.labels)
    tagged = write_tags(target, facts, written)
    beside = (*(link.uri for link in links if link.uri), *(one.title for one in headings))
    return CarriedOver(
        (*beside, *_numbers(tagged.printed)),
        _as_listed(links, headings),
        (facts.fault,) if facts.fault else (),
        tagged.is_tagged,
    )


def _as_listed(
    links: Iterable[LinkFact], headings: Iterable[Heading]
) -> Counter[tuple[HiddenKind, str]]:
    """Count what was kept by the words that the list of hidden content has for it."""
    kept = Counter(
        (HiddenKind.LINK, headed(f"Link on page {link.page + 1}", link.uri) if link.uri else "")
        for link in links
    )
    kept.update(
        (HiddenKind.BOOKMARK, f"{one.title} \u2192 page {one.goal.page + 1}") for one in headings
    )
    return kept


def _numbers(printed: Iterable[str]) -> Iterator[str]:
    """Give the numbers of redactions that labels hold: what is no part of a provision."""
    for label in printed:
        number = label.rpartition(" #")[2]
        if number != label and number.isdecimal():
            yield f"#{number}"


def _write_labels(target: Any, labels: Sequence[LabelRange]) -> None:
    if labels:
        target.set_page_labels(
            [
                {
                    "startpage": one.start,
                    "prefix": one.prefix,
                    "style": one.style,
                    "firstpagenum": one.first,
                }
                for one in labels
            ]
        )


class _Listed(Protocol):
    @property
    def kind(self) -> HiddenKind: ...
    @property
    def text(self) -> str: ...


_H = TypeVar("_H", bound=_Listed)


def without_kept(hidden: Iterable[_H], carried: CarriedOver) -> list[_H]:
    """Take out of the hidden content what was kept, each as often as it was."""
    left = Counter(
        {(kind, " ".join(text.split())): count for (kind, text), count in carried.kept.items()}
    )
    remaining = []
    for one in hidden:
        key = (one.kind, " ".join(one.text.split()))
        if left[key] > 0:
            left[key] -= 1
        else:
            remaining.append(one)
    return remaining
