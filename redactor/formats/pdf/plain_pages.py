"""Remember which pages of a document show all that lies on them, so that no page is asked twice.

A job reads a document and then rebuilds it from the same bytes. Whether something on a page cannot
be seen, or has to be read from its pixels, takes longer to find out than the text does; of nearly
every page the answer is no, and no is all that is kept here, for the document with exactly these
bytes, and within this process.

Where a rebuild follows at once, the text of the first of these pages is kept as well, until it is
asked for again or the job ends.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from redactor.formats.pdf.page_text import PageText

#: Of so many characters the text is kept with the place of each, which takes 50 MB.
_MOST_KEPT = 500_000
#: Documents that are remembered in one process.
_KEPT = 4

_documents: OrderedDict[str, set[int]] = OrderedDict()


def is_plain(sha256: str, page: int) -> bool:
    """Say whether it is known of a page that all on it is seen, and said in letters."""
    return page in _documents.get(sha256, ())


def note_plain(sha256: str, page: int) -> None:
    """Keep that all on a page, as prepared, is seen, and nothing to be read from its pixels."""
    _documents.setdefault(sha256, set()).add(page)
    _documents.move_to_end(sha256)
    while len(_documents) > _KEPT:
        _documents.popitem(last=False)


class _Texts:
    """The texts of pages that are kept for a rebuild, and how many characters more may be."""

    def __init__(self) -> None:
        self.room = 0
        self.pages: dict[tuple[str, int], PageText] = {}


_texts = _Texts()


@contextmanager
def kept_for_rebuild() -> Iterator[None]:
    """Keep the texts of plain pages while this lasts."""
    _texts.room = _MOST_KEPT
    try:
        yield
    finally:
        _texts.room = 0
        _texts.pages.clear()


def keep_text(sha256: str, page: int, text: PageText) -> None:
    """Keep the text of a plain page, where that is wanted and there is room for it."""
    if len(text.text) <= _texts.room:
        _texts.room -= len(text.text)
        _texts.pages[sha256, page] = text


def take_text(sha256: str, page: int) -> PageText | None:
    """Give the text of a plain page once, where it was kept."""
    return _texts.pages.pop((sha256, page), None)


def forget_all() -> None:
    """Forget everything, as a new process does."""
    _documents.clear()
    _texts.pages.clear()
