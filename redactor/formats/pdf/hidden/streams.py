"""Streams that say nothing about themselves: text that a program kept, and drawings left behind.

A tool that gives a page new drawing instructions often leaves the old ones in the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from redactor.formats.pdf.hidden.file import PdfFile
from redactor.formats.pdf.hidden.leftovers import UNUSED, shown_text
from redactor.formats.pdf.hidden.model import Hidden
from redactor.formats.pdf.hidden.syntax import Ref, stream_text
from redactor.formats.signatures import looks_like_text
from redactor.model import HiddenKind

_NAMED = re.compile(
    rb"/(?:Type|Subtype|N|Width|FunctionType|ShadingType|PatternType|Length[123]|BBox|CMapName)\b"
)
_KNOWN = re.compile(rb"/(?:Contents|ToUnicode|CIDToGIDMap)[ \[]([\d R]+)")
_SHOWS = re.compile(rb"\bT[jJ]\b|['\"]\s")
#: What drawing instructions and tables of characters end with (ISO 32000-1, annex A).
_CODE = re.compile(
    rb"(?:\b(?:ET|EMC|EI|Q|BI|Do|Tj|TJ|gs|sh|cm|re|[wlmchfSsFBbnWqQjJMdiy]|rg|RG|g|G|k|K|sc|SC|scn"
    rb"|SCN|cs|CS|d0|d1|end|endcmap|def)|[fBb]\*)\s*$|begincmap|\bBT\b|\bobj\b"
)
_WORD = re.compile(r"[^\W\d_]{3}")
_MOST_TEXT = 1_000_000


class BareStreams:
    """The streams of a file that no key of theirs tells apart."""

    def __init__(self) -> None:
        """Know of none."""
        self._bare: list[int] = []
        self._known: set[int] = set()

    def see(self, number: int, written: bytes) -> None:
        """Look at an object as it is written."""
        for found in _KNOWN.findall(written):
            self._known.update(int(one) for one in re.findall(rb"(\d+) 0 R", found))
        if written.startswith(b"<<") and b"/Length" in written and not _NAMED.search(written):
            self._bare.append(number)

    def texts(
        self, file: PdfFile, used: set[int], paint: Callable[[int], str] | None = None
    ) -> Iterator[Hidden]:
        """Give the text of those that hold any.

        Args:
            file: the file they are in.
            used: the objects that something leads to.
            paint: gives what drawing instructions show; None where nobody asks.
        """
        known = self._known | set(_contents(file))
        for number in self._bare:
            if number in file.spoken or (number in used and number in known):
                continue
            data = file.stream(number) or b""
            if number not in used and _SHOWS.search(data):
                text = (paint(number) or shown_text(data)) if paint else shown_text(data)
                yield Hidden(HiddenKind.OLD_REVISION, UNUSED, text)
            elif _is_text(data):
                kind = HiddenKind.OTHER if number in used else HiddenKind.OLD_REVISION
                part = "text of its own" if number in used else UNUSED
                yield Hidden(kind, part, stream_text(data[:_MOST_TEXT]))


def _is_text(data: bytes) -> bool:
    """Say whether a stream is words, and no code of the format."""
    if not looks_like_text(data) or _CODE.search(data):
        return False
    text = stream_text(data[:10_000])
    strange = sum(not one.isprintable() and not one.isspace() for one in text)
    return strange * 20 < len(text) and _WORD.search(text) is not None


def _contents(file: PdfFile) -> Iterator[int]:
    """Give the numbers of the drawing instructions of the pages, listed apart or not."""
    for number in file.pages:
        contents = file.dictionary(Ref(number)).get("Contents")
        for one in (contents, *file.items(contents)):
            if isinstance(one, Ref):
                yield one.number
