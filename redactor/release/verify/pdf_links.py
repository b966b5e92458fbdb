"""Links of a release: to pages of the file itself, or to an address that the page spells out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import pikepdf

from redactor.release.verify.ledger import Ledger

_KEYS = frozenset(
    ["/Type", "/Subtype", "/Rect", "/Border", "/F", "/A", "/Dest", "/StructParent", "/P"]
)
#: What need not be written out on the page: how an address begins, and a last slash.
_BEGINS = re.compile(r"https?://(?:www\.)?", re.IGNORECASE)


@dataclass(slots=True)
class LinksSeen:
    """The annotations of a file.

    Attributes:
        count: how many are links as this program writes them.
        others: how many are anything else.
        addresses: for each link to an address, its page, from 0, and the address.
    """

    count: int = 0
    others: int = 0
    addresses: list[tuple[int, str]] = field(default_factory=list, repr=False)


def links_of(pdf: pikepdf.Pdf) -> LinksSeen:
    """Look at the annotations of every page."""
    found = LinksSeen()
    for number, page in enumerate(pdf.pages):
        listed = page.obj.get("/Annots")
        if listed is None:
            continue
        for one in listed if isinstance(listed, pikepdf.Array) else [listed]:
            address = _address(one)
            if address is None:
                found.others += 1
                continue
            found.count += 1
            if address:
                found.addresses.append((number, address))
    return found


def _address(one: pikepdf.Object) -> str | None:
    """Give the address that a link leads to, empty for a page; None where it is no such link."""
    if not isinstance(one, pikepdf.Dictionary) or one.get("/Subtype") != "/Link":
        return None
    if not set(one.keys()) <= _KEYS or ("/A" in one) == ("/Dest" in one):
        return None
    if "/Dest" in one:
        return "" if is_plain_destination(one["/Dest"]) else None
    action = one["/A"]
    if not isinstance(action, pikepdf.Dictionary) or set(action.keys()) != {"/S", "/URI"}:
        return None
    return str(action["/URI"]) or None if action["/S"] == "/URI" else None


def is_plain_destination(one: pikepdf.Object | None) -> bool:
    """Say whether a destination is a page and perhaps a height on it, by numbers and no name."""
    if not isinstance(one, pikepdf.Array) or len(one) < 2:
        return False
    if not isinstance(one[0], pikepdf.Dictionary) or one[0].get("/Type") != "/Page":
        return False
    return one[1] in {pikepdf.Name.Fit, pikepdf.Name.XYZ}


def check_links(ledger: Ledger, seen: LinksSeen, texts: Sequence[str], engine: str) -> None:
    """Write down whether every address stands, in full, on the page that links to it.

    Args:
        texts: of the pages, as another engine reads them.
    """
    strange = sum(not _is_spelt_out(address, texts, page) for page, address in seen.addresses)
    ledger.rule(
        "links say nothing more than pages",
        engine,
        strange,
        f"Links: {seen.count}. Every address stands on the page that it is linked from."
        if seen.count
        else "There are none.",
        "Links to addresses that cannot be read on their page: {}.",
    )


def _is_spelt_out(address: str, texts: Sequence[str], page: int) -> bool:
    bare = _bare(_BEGINS.sub("", address, count=1).removesuffix("/"))
    return bool(bare) and page < len(texts) and bare in _bare(texts[page])


def _bare(text: str) -> str:
    return re.sub(r"[\s\x00-\x1f\ufffe-]+", "", text).casefold()
