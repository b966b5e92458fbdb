"""Vet links and bookmarks, and write those that say nothing which the pages do not say."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from redactor.formats.pdf.carried.facts import Goal, Heading, LinkFact
from redactor.formats.pdf.geometry import to_pdf_space
from redactor.formats.pdf.stext import Box, overlap
from redactor.model import Area

TextOf: TypeAlias = Callable[[int], str]

#: An address that may be vetted: no user, nothing but printable ASCII.
_ADDRESS = re.compile(
    r"https?://(?:www\.)?([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::\d{1,5})?)((?:[/?#][!-~]*)?)"
)


# --- vetting -------------------------------------------------------------------------------------


def vetted_links(
    links: Iterable[LinkFact], changed: Iterable[Area], blanks: Collection[int], text_of: TextOf
) -> Iterator[LinkFact]:
    """Give the links that may go out.

    Args:
        links: of the original.
        changed: where pages differ from those of the original; no link there is kept.
        blanks: pages that are left out.
        text_of: gives the text that a released page shows.
    """
    regions: dict[int, list[Box]] = {}
    for area in changed:
        regions.setdefault(area.page, []).append((area.x0, area.y0, area.x1, area.y1))
    for link in links:
        if link.page in blanks or any(overlap(link.box, one) for one in regions.get(link.page, ())):
            continue
        if link.goal is not None or (link.uri and stands_in(link.uri, text_of(link.page))):
            yield link


def stands_in(uri: str, text: str) -> bool:
    """Say whether every part of an address can be read in a text, perhaps over a line's end.

    Only how it begins (``https://``, ``www.``) and a last slash need not be written out: whatever
    else is in an address may tell who was meant (a query, a fragment, a folder).
    """
    match = _ADDRESS.fullmatch(uri)
    if match is None:
        return False
    host, rest = match[1], match[2].removesuffix("/")
    unbroken = re.sub(r"\s*\n\s*", "", text)
    return re.search(f"(?i:{re.escape(host)}){re.escape(rest)}", unbroken) is not None


def vetted_headings(headings: Iterable[Heading], text_of: TextOf) -> Iterator[Heading]:
    """Give the bookmarks whose titles can be read, word for word, on the page they lead to.

    What was under a bookmark that is left out moves up to the next one above it.
    """
    kept: list[int] = []  # levels, in the original, of the bookmarks that we are in
    for heading in headings:
        while kept and kept[-1] >= heading.level:
            kept.pop()
        if is_on(heading.title, text_of(heading.goal.page)):
            kept.append(heading.level)
            yield Heading(len(kept), " ".join(heading.title.split()), heading.goal)


def is_on(title: str, text: str) -> bool:
    """Say whether the words of a title stand one after another in a text, as whole words."""
    words = title.split()
    if not words:
        return False
    pattern = r"\s+".join(map(re.escape, words))
    return re.search(rf"(?<!\w){pattern}(?!\w)", text) is not None


# --- writing -------------------------------------------------------------------------------------


def write_links(target: Any, links: Sequence[LinkFact]) -> dict[int, int]:
    """Put links on the pages of a document.

    Returns:
        The new objects by the numbers of those in the original, where these are known.
    """
    written: dict[int, int] = {}
    by_page: dict[int, list[int]] = {}
    entries = [_annotation(target, link) for link in links]  # before pages have to be found anew
    for link, entry in zip(links, entries, strict=True):
        number = target.get_new_xref()
        target.update_object(number, entry)
        by_page.setdefault(link.page, []).append(number)
        if link.number:
            written[link.number] = number
    pages = {page: target.page_xref(page) for page in by_page}
    for page, numbers in by_page.items():
        listed = " ".join(f"{number} 0 R" for number in numbers)
        target.xref_set_key(pages[page], "Annots", f"[{listed}]")
    return written


def _annotation(target: Any, link: LinkFact) -> str:
    space = to_pdf_space(target.load_page(link.page)).matrix
    corners = [_moved(space, x, y) for x, y in (link.box[:2], link.box[2:])]
    (x0, y0), (x1, y1) = corners
    rect = f"{min(x0, x1):.2f} {min(y0, y1):.2f} {max(x0, x1):.2f} {max(y0, y1):.2f}"
    leads = (
        f"/Dest{destination(target, link.goal)}"
        if link.goal is not None
        else f"/A<</S/URI/URI({literal(link.uri)})>>"
    )
    return f"<</Type/Annot/Subtype/Link/Rect[{rect}]/Border[0 0 0]/F 4{leads}>>"


def _moved(matrix: Sequence[float], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return x * a + y * c + e, x * b + y * d + f


def destination(target: Any, goal: Goal) -> str:
    """Give a destination that says itself where it leads."""
    page = f"{target.page_xref(goal.page)} 0 R"
    shown = target.load_page(goal.page)
    if goal.top is None or shown.rotation:
        return f"[{page}/Fit]"
    top = min(goal.top, shown.rect.height)
    _, upper = _moved(to_pdf_space(shown).matrix, 0, top)
    return f"[{page}/XYZ null {upper:.0f} null]"


def literal(text: str) -> str:
    """Give the inside of a string in parentheses."""
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def text_string(text: str) -> str:
    """Give a text string (ISO 32000-1, 7.9.2.2)."""
    if text.isascii() and text.isprintable():
        return f"({literal(text)})"
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def write_headings(target: Any, headings: Sequence[Heading]) -> None:
    """Write bookmarks, all open."""
    if not headings:
        return
    leads = [destination(target, heading.goal) for heading in headings]
    root = target.get_new_xref()
    numbers = [target.get_new_xref() for _ in headings]
    family = _family(headings)
    for at, heading in enumerate(headings):
        parent, before, after = family.parent[at], family.before[at], family.after[at]
        entry = [
            f"/Title{text_string(heading.title)}",
            f"/Parent {root if parent is None else numbers[parent]} 0 R",
            f"/Dest{leads[at]}",
        ]
        entry += [f"/Prev {numbers[before]} 0 R"] if before is not None else []
        entry += [f"/Next {numbers[after]} 0 R"] if after is not None else []
        entry += _ends(family.kids.get(at, ()), numbers, family.under[at])
        target.update_object(numbers[at], f"<<{''.join(entry)}>>")
    ends = "".join(_ends(family.kids[None], numbers, len(headings)))
    target.update_object(root, f"<</Type/Outlines{ends}>>")
    target.xref_set_key(target.pdf_catalog(), "Outlines", f"{root} 0 R")


def _ends(kids: Sequence[int], numbers: Sequence[int], count: int) -> list[str]:
    if not kids:
        return []
    return [f"/First {numbers[kids[0]]} 0 R/Last {numbers[kids[-1]]} 0 R/Count {count}"]


class _Family:
    """Who is under whom, by position in the list."""

    def __init__(self, count: int) -> None:
        self.parent: list[int | None] = [None] * count
        self.before: list[int | None] = [None] * count
        self.after: list[int | None] = [None] * count
        self.kids: dict[int | None, list[int]] = {None: []}
        self.under = [0] * count


def _family(headings: Sequence[Heading]) -> _Family:
    family = _Family(len(headings))
    open_ones: list[int] = []
    for at, heading in enumerate(headings):
        del open_ones[heading.level - 1 :]
        parent = open_ones[-1] if open_ones else None
        siblings = family.kids.setdefault(parent, [])
        if siblings:
            family.before[at], family.after[siblings[-1]] = siblings[-1], at
        siblings.append(at)
        family.parent[at] = parent
        for one in open_ones:
            family.under[one] += 1
        open_ones.append(at)
    return family
