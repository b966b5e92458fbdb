"""Text selected on pages, from word to word, in reading order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF

from redactor.model import Span
from ui.viewers.base import Box
from ui.viewers.page_layout import LoadedPage
from ui.viewers.page_text import PageText


@dataclass(frozen=True, slots=True)
class _Chosen:
    """What is selected of one page. Kept apart from the picture, which may be dropped."""

    start: int
    end: int
    boxes: tuple[Box, ...]


class PageSelection:
    """A selection between two words. It may run over pages, as far as their words are known.

    Args:
        loaded: gives a page whose words are known, or None.
    """

    def __init__(self, loaded: Callable[[int], LoadedPage | None]) -> None:
        self._loaded = loaded
        self._anchor: tuple[int, int] | None = None
        self._head: tuple[int, int] | None = None
        self._chosen: dict[int, _Chosen] = {}

    def __bool__(self) -> bool:
        return bool(self._chosen)

    def clear(self) -> None:
        """Select nothing."""
        self._anchor = self._head = None
        self._chosen = {}

    def begin(self, page: int, point: QPointF) -> None:
        """Take the word nearest to a point as the beginning, and select nothing yet."""
        self.clear()
        self._anchor = self._nearest(page, point)

    def extend(self, page: int, point: QPointF) -> None:
        """Select from the beginning to the word nearest to a point."""
        head = self._nearest(page, point)
        if self._anchor is None:
            self._anchor = head
        if head is not None:
            self._select_to(head)

    def select_word(self, page: int, point: QPointF) -> None:
        """Select the one word nearest to a point."""
        self.begin(page, point)
        if self._anchor is not None:
            self._select_to(self._anchor)

    def step(self, across: int, down: int, *, extend: bool) -> None:
        """Move the end of the selection by a word or a line; without ``extend``, all of it."""
        if self._head is None:
            return
        page, word = self._head
        text = self._text(page)
        if text is None:
            return
        if down:
            word = text.above_or_below(word, down > 0)
        else:
            word = min(max(word + across, 0), len(text.words) - 1)
        if not extend:
            self._anchor = page, word
        self._select_to((page, word))

    def head_box(self) -> tuple[int, Box] | None:
        """Give the page and the box of the word at which the selection ends."""
        text = None if self._head is None else self._text(self._head[0])
        if self._head is None or text is None:
            return None
        page, number = self._head
        _, _, x0, y0, x1, y1 = text.words[number]
        return page, (x0, y0, x1, y1)

    def boxes(self, page: int) -> tuple[Box, ...]:
        """Give what is selected of a page, one box a line, in points."""
        chosen = self._chosen.get(page)
        return () if chosen is None else chosen.boxes

    def spans(self) -> list[Span]:
        """Give what is selected, one span a page, in the order of the pages."""
        return [
            Span(f"page:{page + 1}", chosen.start, chosen.end)
            for page, chosen in sorted(self._chosen.items())
        ]

    def _text(self, page: int) -> PageText | None:
        loaded = self._loaded(page)
        return loaded.text if loaded is not None and loaded.text.words else None

    def _nearest(self, page: int, point: QPointF) -> tuple[int, int] | None:
        text = self._text(page)
        word = None if text is None else text.nearest(point.x(), point.y())
        return None if word is None else (page, word)

    def _select_to(self, head: tuple[int, int]) -> None:
        anchor = self._anchor
        if anchor is None:
            return
        chosen: dict[int, _Chosen] = {}
        way = 1 if head >= anchor else -1
        for page in range(anchor[0], head[0] + way, way):
            text = self._text(page)
            if text is None:
                if self._loaded(page) is None:
                    break  # its words are not known, so nothing beyond it is taken
                continue
            end = len(text.words) - 1
            first = anchor[1] if page == anchor[0] else (0 if way > 0 else end)
            last = head[1] if page == head[0] else (end if way > 0 else 0)
            start, stop = text.range_of(first, last)
            chosen[page] = _Chosen(start, stop, text.boxes_of(start, stop)[0])
            self._head = page, last
        self._chosen = chosen
