"""Count what is hidden in a Word document, in what people count it in."""

from __future__ import annotations

import re
from collections import Counter

from redactor.errors import UnreadableDocument
from redactor.formats.docx.styles import W
from redactor.formats.hidden import Gathered
from redactor.formats.package import Package
from redactor.model import HiddenKind

_NAMED: dict[str, tuple[HiddenKind, str]] = {
    "ins": (HiddenKind.TRACKED_INSERTION, "insertions"),
    "del": (HiddenKind.TRACKED_DELETION, "deletions"),
    "cellDel": (HiddenKind.TRACKED_DELETION, "deletions"),
    "moveFrom": (HiddenKind.TRACKED_MOVE, "moves"),
    "bookmarkStart": (HiddenKind.BOOKMARK, "bookmarks"),
    "sdt": (HiddenKind.FORM_FIELD, "form fields"),
    "ffData": (HiddenKind.FORM_FIELD, "form fields"),
}
_COUNTED = {W + name: counted for name, counted in _NAMED.items()}
_CHANGES = "traces of earlier versions"


def count_changes(package: Package, gathered: Gathered) -> None:
    """Count the changes, bookmarks and form fields in every part with text."""
    for part in package.names:
        if not re.search(r"word.*\+xml", package.content_type(part)):
            continue
        try:
            root = package.tree(part)
        except UnreadableDocument:
            continue  # it was named as unread when it was gathered
        counts: Counter[tuple[HiddenKind, str]] = Counter()
        for element in root.iter(f"{W}*"):
            tag = str(element.tag)
            if tag in _COUNTED:
                counts[_COUNTED[tag]] += 1
            elif tag.endswith("PrChange"):
                counts[HiddenKind.OLD_REVISION, _CHANGES] += 1
        for (kind, unit), count in counts.items():
            gathered.count(kind, part, count, unit)
