"""What every viewer of a document has in common, and what it is fed by."""

from __future__ import annotations

import enum
from abc import abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QWidget

from redactor.jobs import PagePicture
from redactor.layout import Layout
from redactor.model import Action, Area, Decision, Segment, SegmentKey, Target

#: Shown over every page and grid, so that nobody mistakes a draft for a release.
DRAFT_NOTICE = "DRAFT – NOT REDACTED"
#: Shown over the files of a candidate, beside the draft.
CANDIDATE_NOTICE = "AS IT WOULD BE RELEASED"


class MarkState(enum.Enum):
    """How a mark stands."""

    UNDECIDED = "undecided"
    REDACT = "redact"
    KEEP = "keep"


def state_of(decision: Decision | None) -> MarkState:
    """Give the state that a standing decision gives a mark."""
    if decision is None:
        return MarkState.UNDECIDED
    return MarkState.REDACT if decision.action is Action.REDACT else MarkState.KEEP


@dataclass(frozen=True, slots=True)
class MarkView:
    """What a viewer needs to draw one mark."""

    id: int
    target: Target
    state: MarkState
    group: str
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Selection:
    """Text that a person selected: where, and what it says."""

    target: Target
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Spot:
    """What stands at the top of a viewer, so that another one can show the same.

    Attributes:
        container: ``pages``, ``text``, or the name of the sheet.
        at: pages, rows or lines from 0; the fraction is how much of the first is out of sight.
            Lines count from the segment.
        key: the segment at the top of running text.
    """

    container: str
    at: float
    key: SegmentKey | None = None


Box = tuple[float, float, float, float]


class Feed(Protocol):
    """Where a viewer gets its content from. Every answer comes later, on the GUI thread.

    A request for something that is no longer wanted may be dropped: ``forget`` drops all requests
    of a kind that have not been answered. A failed request calls nothing; the feed shows why.
    """

    def page_sizes(self, then: Callable[[Sequence[tuple[float, float]]], None]) -> None:
        """Ask for the width and height of every page, in points."""

    def render(self, page: int, dpi: int, then: Callable[[PagePicture], None]) -> None:
        """Ask for a picture of one page, with its words."""

    def boxes(
        self,
        page: int,
        spans: Sequence[tuple[int, int]],
        then: Callable[[Sequence[Sequence[Box]]], None],
    ) -> None:
        """Ask for the boxes of stretches of a page's text, in points."""

    def containers(self, then: Callable[[Sequence[tuple[str, int]]], None]) -> None:
        """Ask for the sheets (``sheet:NAME``, or ``rows``) with their last row from 0."""

    def rows(
        self, container: str, first: int, last: int, then: Callable[[Sequence[Segment]], None]
    ) -> None:
        """Ask for the cells of some rows of a sheet."""

    def segments(self, then: Callable[[Sequence[Segment]], None]) -> None:
        """Ask for all segments (running text)."""

    def layout(self, then: Callable[[Layout | None], None]) -> None:
        """Ask how running text lies on the page; None comes where that cannot be had."""

    def forget(self) -> None:
        """Drop what was asked for and not yet answered."""


class Viewer(QAbstractScrollArea):
    """One open document in the middle of the window. Subclasses draw it.

    Signals:
        mark_activated: a mark was clicked; its id.
        selected: text or cells were selected and are to be marked; a list of ``Selection``.
        area_drawn: a box was drawn and is to be marked; an ``Area``.
        place_changed: what is being looked at, for the status bar ("Page 3 of 12").
        table_wanted: a decision on whole rows, columns or very many cells is wanted; a
            ``TableWanted``.
        cell_chosen: another cell is the current one; its segment id, empty for none.
        moved: it was scrolled.
        settled: what there is to scroll has changed (pages came, another sheet).
    """

    mark_activated = Signal(int)
    selected = Signal(list)
    area_drawn = Signal(Area)
    place_changed = Signal(str)
    cell_chosen = Signal(str)
    table_wanted = Signal(object)
    moved = Signal()
    settled = Signal()

    def __init__(self, feed: Feed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.feed = feed

    @abstractmethod
    def set_marks(self, marks: Iterable[MarkView]) -> None:
        """Show these marks and no others."""

    @abstractmethod
    def update_marks(self, marks: Iterable[MarkView], gone: Iterable[int] = ()) -> None:
        """Add or change some marks; ``gone`` are ids no longer shown."""

    @abstractmethod
    def show_mark(self, mark_id: int | None) -> None:
        """Make a mark the current one: scroll to it and outline it strongly; None for none."""

    @abstractmethod
    def mark_selection(self) -> None:
        """Emit ``selected`` for what is selected now, if anything (the M key)."""

    @abstractmethod
    def spot(self) -> Spot | None:
        """Say what stands at the top; None while there is nothing."""

    @abstractmethod
    def go_to_spot(self, spot: Spot) -> None:
        """Scroll to a spot of a viewer of the same kind, as near as there is one here."""

    def go_to_target(self, target: Target) -> None:
        """Show the place of a target of another viewer, where it has one of its own (cells)."""

    @property
    def bar(self) -> QScrollBar:
        """Give the scroll bar that goes down what is shown."""
        return self.verticalScrollBar()

    def share(self) -> float:
        """Give how much of what is shown lies above the top, from 0 to 1."""
        return self.bar.value() / max(self.bar.maximum(), 1)

    def go_to_share(self, share: float) -> None:
        """Scroll to where another viewer, of another kind, is about."""
        self.bar.setValue(round(share * self.bar.maximum()))

    def show_part(self, place: str) -> bool:
        """Bring a part that the case names into view; False where the viewer does not show it."""
        del place
        return False

    @property
    def can_draw(self) -> bool:
        """Say whether boxes can be drawn on it (pages only)."""
        return False

    def set_drawing(self, on: bool) -> None:
        """Switch between selecting text and drawing boxes."""

    def zoom(self, steps: int) -> None:
        """Make it larger or smaller by steps; 0 fits the width."""
