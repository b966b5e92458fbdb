"""Find text that lies on a page and that a reader does not see, and say why.

A glyph is seen if painting it changes the page. What is painted, in which colours and in what
order, tells of nearly every page in a moment that nothing can be hidden on it; where something may
be, the page is painted with and without its text, and the pixels decide. In doubt a glyph is seen:
it is then searched and decided on with the page. What is not seen is hidden content, never lost.
"""

from __future__ import annotations

import enum
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

from pymupdf import TEXT_ACCURATE_BBOXES

from redactor.formats.pdf.hidden import Hidden
from redactor.formats.pdf.ink import Ink
from redactor.formats.pdf.painted import Painted, glyphs
from redactor.formats.pdf.stext import READING_FLAGS, Box, clean, overlap, text_page, union
from redactor.formats.pdf.suspicion import (
    PAINT,
    Span,
    covers_of,
    is_white,
    near,
    spans_of,
    suspects,
)
from redactor.formats.pdf.text_filter import copy_without
from redactor.model import HiddenKind, Tally

#: A glyph by its character and its origin, which is the same however its box is measured.
GlyphKey: TypeAlias = tuple[str, float, float]
#: Glyphs of no size are only told apart by their boxes.
_NO_SIZE = 0.5
#: What may have been painted for a glyph itself is at most so many times as large as its text.
_BY_HAND = 2.0


class Reason(enum.Enum):
    """Why text is not seen: the kind it is listed under, and the name of its group."""

    COVERED = (HiddenKind.COVERED_TEXT, "text under a box")
    INVISIBLE = (HiddenKind.HIDDEN_TEXT, "invisible text")
    WHITE = (HiddenKind.HIDDEN_TEXT, "white text")
    SAME_COLOUR = (HiddenKind.HIDDEN_TEXT, "text in the colour behind it")
    TINY = (HiddenKind.HIDDEN_TEXT, "text too small to be seen")
    CUT_OFF = (HiddenKind.HIDDEN_TEXT, "text cut off from view")

    @property
    def kind(self) -> HiddenKind:
        """Give the kind of hidden content."""
        kind: HiddenKind = self.value[0]
        return kind

    def container(self, page: int) -> str:
        """Name the group that it is listed under; pages count from 0."""
        return f"{self.value[1]}, page {page + 1}"


@dataclass(frozen=True, slots=True)
class Unseen:
    """A stretch of text that is not seen, with the box of each of its glyphs."""

    reason: Reason
    text: str = field(repr=False)
    boxes: tuple[Box, ...]


class UnseenGlyphs:
    """Says of the glyphs of one page, as ``Hides`` does, which cannot be seen."""

    def __init__(self, glyphs_of_page: Sequence[_Glyph]) -> None:
        """Take all glyphs of a page; where one of several in a place is seen, all are."""
        seen = frozenset(one.key for one in glyphs_of_page if not one.reason)
        self._unseen = frozenset(one.key for one in glyphs_of_page if one.reason) - seen
        #: The boxes of what leaves marks on the page, though nobody can read it.
        self.marks = tuple(one.box for one in glyphs_of_page if one.reason is Reason.TINY)
        #: The origins of what is not seen, where nothing that is seen has its origin.
        self.origins = frozenset((x, y) for _, x, y in self._unseen) - {(x, y) for _, x, y in seen}

    def __call__(self, glyph: Mapping[str, Any]) -> bool:
        """Say whether a glyph of the page cannot be seen."""
        if "origin" in glyph:
            return key_of(glyph) in self._unseen
        x0, y0, x1, y1 = glyph["bbox"]
        return bool(max(x1 - x0, y1 - y0) < _NO_SIZE)

    def __bool__(self) -> bool:
        """Say whether there is anything that cannot be seen."""
        return bool(self._unseen)


def hides_on(page: Any, content: Any = None, painted: Painted | None = None) -> UnseenGlyphs | None:
    """Give what says of the glyphs of a page that they cannot be seen.

    Args:
        page: a page of a prepared document.
        content: what the text device saw on it (``stext.text_page``), where that is at hand.
        painted: the record of what it paints, where that is at hand.

    Returns:
        None where every glyph is seen.
    """
    return UnseenGlyphs(_Finder(page, content, painted).glyphs()) or None


def why_unseen(page: Any, content: Any = None) -> list[Unseen]:
    """Give the text on a page that is not seen, stretch by stretch, with the reason.

    Args:
        page: a page of a prepared document.
        content: as for ``hides_on``.
    """
    stretches: list[Unseen] = []
    run: list[_Glyph] = []
    for glyph in [*_Finder(page, content).glyphs(), None]:
        if run and (glyph is None or (glyph.line, glyph.reason) != (run[0].line, run[0].reason)):
            stretches.extend(_stretch(run))
            run = []
        if glyph is not None and glyph.reason:
            run.append(glyph)
    return stretches


def _stretch(run: Sequence[_Glyph]) -> Iterator[Unseen]:
    text = "".join(glyph.character for glyph in run)
    reason = run[0].reason
    if reason and text.strip():
        yield Unseen(reason, text, tuple(glyph.box for glyph in run))


def as_hidden(page: int, found: Sequence[Unseen]) -> list[Hidden]:
    """Give what is not seen on a page as hidden content, one entry for each reason."""
    texts: dict[Reason, list[str]] = {}
    for one in found:
        texts.setdefault(one.reason, []).append(one.text.strip())
    return [
        Hidden(reason.kind, reason.container(page), unicodedata.normalize("NFC", "\n".join(lines)))
        for reason, lines in texts.items()
    ]


def tallies_of(hidden: Sequence[Hidden]) -> tuple[Tally, ...]:
    """Count hidden text by the group it is listed under: a line of it is a passage."""
    counts: Counter[tuple[HiddenKind, str]] = Counter()
    for one in hidden:
        counts[one.kind, one.part] += one.text.count("\n") + 1
    return tuple(
        Tally(kind, part, count, "lines" if kind is HiddenKind.HIDDEN_LAYER else "passages")
        for (kind, part), count in counts.items()
    )


# --- one page ------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Glyph:
    """A glyph of the page, and why it is not seen, if it is not.

    Attributes:
        span: the number of its span in the record of the page; None where it is not recorded.
        is_blank: whether it has no ink of its own, so that it goes with its neighbours.
    """

    key: GlyphKey
    character: str = field(repr=False)
    box: Box
    line: int
    span: int | None
    reason: Reason | None = None
    is_blank: bool = False


def key_of(glyph: Mapping[str, Any]) -> GlyphKey:
    """Give what tells a glyph of the text device from the others of its page."""
    x, y = glyph["origin"]
    return glyph["c"], round(x, 2), round(y, 2)


class _Finder:
    """Looks for what is not seen on one page."""

    def __init__(self, page: Any, content: Any, painted: Painted | None = None) -> None:
        self._page = page
        self._content = text_page(page)[0] if content is None else content
        self._painted = painted or Painted(page)
        self._spans = spans_of(self._painted.blocks)
        self._tested = suspects(self._painted, self._spans)
        self._by_hand = frozenset(
            number
            for number, span in enumerate(self._spans)
            if not span.is_painted and (span.is_clip or self._may_be_painted_by_hand(span))
        )

    def glyphs(self) -> list[_Glyph]:
        """Give the glyphs on the page; none at all where every one is seen."""
        certain = any(not span.is_painted or span.is_tiny for span in self._spans)
        if not (certain or self._tested) and self._is_all_recorded():
            return []
        recorded = {
            key_of(glyph): number for glyph, _, number, _ in glyphs(self._painted.own_content)
        }
        found = []
        for raw, span, _, line in glyphs(self._content):
            if overlap(raw["bbox"], self._painted.page_box):
                key = key_of(raw)
                glyph = _Glyph(key, clean(raw["c"]), raw["bbox"], line, recorded.get(key))
                glyph.reason = self._certain_reason(glyph, span)
                found.append(glyph)
        self._ask_pixels(found)
        _let_blanks_follow(found)
        return found

    def _is_all_recorded(self) -> bool:
        """Say whether all text lies within its clips."""
        recorded = self._painted.own_content.extractText()
        return "".join(recorded.split()) == "".join(self._content.extractText().split())

    def _certain_reason(self, glyph: _Glyph, span: dict[str, Any]) -> Reason | None:
        """Give the reason that needs no look at the pixels."""
        if glyph.span is None:
            is_painted = span["alpha"] > 0 and span["char_flags"] & PAINT
            return Reason.CUT_OFF if is_painted else Reason.INVISIBLE
        recorded = self._spans[glyph.span]
        if recorded.is_tiny:
            return Reason.TINY
        is_painted = recorded.is_painted or glyph.span in self._by_hand
        return None if is_painted else Reason.INVISIBLE

    # --- by pixels --------------------------------------------------------------------------------

    def _ask_pixels(self, found: list[_Glyph]) -> None:
        asked = self._tested | self._by_hand
        doubtful = [
            (one, self._spans[one.span])
            for one in found
            if one.reason is None and one.span in asked and one.span is not None
        ]
        if not doubtful:
            return
        ink = Ink(self._painted, union([glyph.box for glyph, _ in doubtful]))
        outlines = self._outlines()
        under: list[_Glyph] = []
        for glyph, span in doubtful:
            box = outlines.get(glyph.key, glyph.box)
            if glyph.character.isspace() or not _has_area(box):
                glyph.is_blank = True
            elif glyph.span in self._by_hand:
                glyph.reason = Reason.INVISIBLE if ink.is_uniform(glyph.box) else None
            elif not ink.is_seen(box):
                glyph.reason = self._reason_of_pixels(glyph, span, ink)
            elif self._lies_under(glyph, span):
                under.append(glyph)
        if under:
            self._ask_pixels_again(under, outlines)

    def _ask_pixels_again(self, under: list[_Glyph], outlines: dict[GlyphKey, Box]) -> None:
        """Ask of text that lies under something whether it is seen itself.

        What is seen there may be other text: the label on a black box, over the name under it. So
        what lies under is taken out of a copy of the page, and only that.
        """
        copy = copy_without(self._page, [glyph.key[1:] for glyph in under])
        without = Painted(copy.load_page(0))
        ink = Ink(self._painted, union([glyph.box for glyph in under]), without)
        for glyph in under:
            if not ink.is_seen(outlines.get(glyph.key, glyph.box)):
                glyph.reason = Reason.COVERED

    def _outlines(self) -> dict[GlyphKey, Box]:
        """Give the box around the ink of every glyph."""
        content = self._painted.content(READING_FLAGS | TEXT_ACCURATE_BBOXES)
        return {key_of(glyph): glyph["bbox"] for glyph, *_ in glyphs(content)}

    def _reason_of_pixels(self, glyph: _Glyph, span: Span, ink: Ink) -> Reason:
        if self._lies_under(glyph, span):
            return Reason.COVERED
        shown = ink.colour_at(*_middle(glyph.box))
        if shown is None or not near(shown, span.colour):
            return Reason.CUT_OFF
        return Reason.WHITE if is_white(span.colour) else Reason.SAME_COLOUR

    def _lies_under(self, glyph: _Glyph, span: Span) -> bool:
        """Say whether something that may cover it is painted later over the middle of a glyph."""
        x, y = _middle(glyph.box)
        return any(order > span.order and overlap((x, y, x, y), box) for order, box in self._covers)

    @cached_property
    def _covers(self) -> list[tuple[int, Box]]:
        return covers_of(self._painted)

    def _may_be_painted_by_hand(self, span: Span) -> bool:
        """Say whether the text may only stand for shapes that were painted in its place.

        That is how the library gives glyphs of a font whose letters are drawings (Type 3): the
        drawing, and then its letter as invisible text (MuPDF, pdf/pdf-op-run.c).
        """
        if span.is_clip or not span.order:
            return False
        before = self._painted.blocks[span.order - 1]
        return overlap(before["bbox"], span.box) and _area(before["bbox"]) <= _BY_HAND * _area(
            span.box
        )


def _let_blanks_follow(found: list[_Glyph]) -> None:
    """Let white space, and whatever else has no ink, go with the glyph before it on its line.

    At the beginning of a line it goes with the one behind it.
    """
    for ordered in (found, found[::-1]):
        last: _Glyph | None = None
        for glyph in ordered:
            if glyph.is_blank and last is not None and last.line == glyph.line:
                glyph.reason, glyph.is_blank = last.reason, False
            if not glyph.is_blank:
                last = glyph


def _middle(box: Box) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _has_area(box: Box) -> bool:
    return box[2] > box[0] and box[3] > box[1]


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])
