"""Remember which pages of a document show all that lies on them, so that no page is asked twice.

A job reads a document and then rebuilds it from the same bytes. Whether something on a page cannot
be seen, or has to be read from its pixels, takes longer to find out than the text does; of nearly
every page the answer is no, and no is all that is kept here, for the document with exactly these
bytes, and within this process.
"""

from __future__ import annotations

from collections import OrderedDict

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


def forget_all() -> None:
    """Forget everything, as a new process does."""
    _documents.clear()
