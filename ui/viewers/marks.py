"""How marks look, and where they are kept so that a viewer finds those it has to draw at once.

A mark is a proposal or a decision about a draft, so it never covers what it marks: the Information
Commissioner's guidance "Disclosing documents to the public securely" (31 July 2025), redaction
checklist, says not to mark proposed redactions by covering the text, since somebody may release
that version. Every fill here is translucent, and the state shows by outline and pattern as well
as by colour.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import ParamSpec

from PySide6.QtCore import QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QImage, QPainter, QPalette, QPen, QPolygonF
from shiboken6 import isValid

from redactor.model import Area, SegmentKey, Span, Target
from ui.viewers.base import MarkState, MarkView

#: Side of the little sign at the corner of a mark, in pixels.
BADGE = 12
#: Marks lower than this get no sign, and undecided ones none at all: it would cover the line
#: above. Outline, hatch and dots tell the states apart without it.
_BADGE_FROM = 16.0
_CELL_ID = re.compile(r"sheet:(.*)!([A-Z]+)([0-9]+)", re.DOTALL)

_Arguments = ParamSpec("_Arguments")


def key_of_target(target: Target) -> SegmentKey:
    """Give the key of the segment that a target lies in; a drawn box lies in its page."""
    if isinstance(target, Area):
        return f"page:{target.page + 1}", None
    return target.key


def grid_place(key: SegmentKey) -> tuple[str, int, int] | None:
    """Give the container, row and column (from 0) that a segment key names; None if not a cell."""
    name, column = key
    if column is not None and name.startswith("row:"):
        return "rows", int(name.removeprefix("row:")) - 1, column
    match = _CELL_ID.fullmatch(name)
    if match is None:
        return None
    sheet, letters, row = match.groups()
    number = functools.reduce(lambda so_far, letter: so_far * 26 + ord(letter) - 64, letters, 0)
    return f"sheet:{sheet}", int(row) - 1, number - 1


def while_open(owner: QObject, then: Callable[_Arguments, None]) -> Callable[_Arguments, None]:
    """Wrap what is to happen with an answer, so that nothing does once the viewer was closed."""

    def answer(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> None:
        if isValid(owner):
            then(*args, **kwargs)

    return answer


class MarkIndex:
    """The marks of one document, by id and by the segment they lie in."""

    def __init__(self) -> None:
        self._by_id: dict[int, MarkView] = {}
        # Most segments have one mark, which is kept bare: tens of thousands of containers would
        # make every collection of garbage slower.
        self._by_key: dict[SegmentKey, MarkView | list[MarkView]] = {}
        self._unsorted: set[SegmentKey] = set()

    def __len__(self) -> int:
        return len(self._by_id)

    def replace(self, marks: Iterable[MarkView]) -> None:
        """Keep these marks and no others."""
        self._by_id = {mark.id: mark for mark in marks}
        self._by_key = {}
        self._unsorted = set()
        for mark in self._by_id.values():
            self._add(mark)

    def change(self, marks: Iterable[MarkView], gone: Iterable[int] = ()) -> None:
        """Add, change and remove marks."""
        for mark_id in gone:
            self._remove(mark_id)
        for mark in marks:
            self._remove(mark.id)
            self._by_id[mark.id] = mark
            self._add(mark)

    def _add(self, mark: MarkView) -> None:
        target = mark.target
        key = (target.segment, target.column) if isinstance(target, Span) else key_of_target(target)
        here = self._by_key.get(key)
        if here is None:
            self._by_key[key] = mark
            return
        if isinstance(here, list):
            here.append(mark)
        else:
            self._by_key[key] = [here, mark]
        self._unsorted.add(key)

    def _remove(self, mark_id: int) -> None:
        mark = self._by_id.pop(mark_id, None)
        if mark is None:
            return
        key = key_of_target(mark.target)
        here = self._by_key[key]
        if not isinstance(here, list):
            del self._by_key[key]
            return
        here[:] = [one for one in here if one.id != mark_id]
        if len(here) == 1:
            self._by_key[key] = here[0]
            self._unsorted.discard(key)

    def get(self, mark_id: int | None) -> MarkView | None:
        """Give one mark, or None if there is none of this id."""
        return None if mark_id is None else self._by_id.get(mark_id)

    def at(self, key: SegmentKey) -> Sequence[MarkView]:
        """Give the marks of one segment, longer ones first so that shorter ones lie on top."""
        here = self._by_key.get(key)
        if here is None:
            return ()
        if not isinstance(here, list):
            return (here,)
        if key in self._unsorted:
            here.sort(key=_long_first)
            self._unsorted.discard(key)
        return here


def _long_first(mark: MarkView) -> tuple[float, int]:
    target = mark.target
    if isinstance(target, Area):
        return -abs((target.x1 - target.x0) * (target.y1 - target.y0)) - 1e6, mark.id
    return float(target.start - target.end), mark.id


# --- looks ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MarkLook:
    """Outline, fill and pattern of one kind of mark."""

    line: QColor
    fill: QColor
    dash: Qt.PenStyle
    hatch: QColor | None = None


def _with_alpha(colour: QColor, alpha: int) -> QColor:
    faint = QColor(colour)
    faint.setAlpha(alpha)
    return faint


@functools.cache
def look_of(state: MarkState, hidden: bool, dark: bool = False) -> MarkLook:
    """Give the look of a mark, on light or on dark ground.

    Every outline has a contrast of at least 3:1 against its ground (WCAG 2.2, 1.4.11).
    """
    light_ground = {
        MarkState.UNDECIDED: "#A85B00",
        MarkState.REDACT: "#8E0B1B",
        MarkState.KEEP: "#1B6E3C",
    }
    dark_ground = {
        MarkState.UNDECIDED: "#FFB74D",
        MarkState.REDACT: "#FF7A85",
        MarkState.KEEP: "#6FD08C",
    }
    line = QColor((dark_ground if dark else light_ground)[state])
    if hidden:
        line = QColor("#B4B8BD" if dark else "#63676C")
    match state:
        case MarkState.UNDECIDED:
            fill = _with_alpha(line if hidden else QColor("#FFB300"), 34 if hidden else 62)
            return MarkLook(line, fill, Qt.PenStyle.SolidLine)
        case MarkState.REDACT:
            hatch = _with_alpha(line, 95)
            return MarkLook(line, _with_alpha(line, 20), Qt.PenStyle.SolidLine, hatch)
        case MarkState.KEEP:
            return MarkLook(line, _with_alpha(line, 10), Qt.PenStyle.DotLine)


def is_dark(palette: QPalette) -> bool:
    """Say whether text is shown light on dark."""
    return palette.color(QPalette.ColorRole.Base).lightness() < 128


def paint_mark(
    painter: QPainter,
    boxes: Sequence[QRectF],
    mark: MarkView,
    *,
    current: bool = False,
    dark: bool = False,
    badge: bool = True,
) -> None:
    """Draw one mark over the boxes of its text, in pixels, leaving the text readable."""
    look = look_of(mark.state, mark.hidden, dark)
    thickness = 2.5 if current else 1.5
    pen = QPen(look.line, thickness, look.dash)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    for box in boxes:
        painter.fillRect(box, look.fill)
        if look.hatch is not None:
            painter.setBrushOrigin(box.topLeft())
            painter.fillRect(box, QBrush(look.hatch, Qt.BrushStyle.BDiagPattern))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if current:
            painter.setPen(QPen(QColor("#FFFFFF" if dark else "#10233F"), 1.0))
            painter.drawRect(box.adjusted(-3.5, -3.5, 3.5, 3.5))
        painter.setPen(pen)
        painter.drawRect(box.adjusted(-1.5, -1.5, 1.5, 1.5) if current else box)
    decided = mark.state is not MarkState.UNDECIDED
    if badge and boxes and decided and boxes[0].height() >= _BADGE_FROM:
        paint_badge(painter, _badge_corner(boxes[0]), mark, dark=dark)


def _badge_corner(box: QRectF) -> QPointF:
    """Sit on the upper right corner, mostly outside, so that no letter of the mark is covered."""
    return QPointF(box.right() - BADGE * 0.35, box.top() - BADGE * 0.65)


def paint_badge(painter: QPainter, corner: QPointF, mark: MarkView, *, dark: bool = False) -> None:
    """Draw the sign of a mark's state: a question, a stroke through, or a tick."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawImage(corner, _badge(mark.state, mark.hidden, dark, ratio))


@functools.cache
def _badge(state: MarkState, hidden: bool, dark: bool, ratio: float) -> QImage:
    side = round(BADGE * ratio)
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    line = look_of(state, hidden, dark).line
    paper = QColor("#202124" if dark else "#FFFFFF")
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outer = QRectF(0.75, 0.75, BADGE - 1.5, BADGE - 1.5)
    painter.setPen(QPen(line, 1.2))
    painter.setBrush(line if state is MarkState.REDACT else paper)
    if state is MarkState.REDACT:
        painter.drawRect(outer)
    else:
        painter.drawEllipse(outer)
    sign = QPen(paper if state is MarkState.REDACT else line, 1.6)
    sign.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(sign)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    match state:
        case MarkState.UNDECIDED:
            font = QFont()
            font.setPixelSize(BADGE - 3)
            font.setBold(True)
            painter.setFont(font)
            painter.drawText(outer, Qt.AlignmentFlag.AlignCenter, "?")
        case MarkState.REDACT:
            painter.drawLine(QPointF(3.4, 3.4), QPointF(BADGE - 3.4, BADGE - 3.4))
            painter.drawLine(QPointF(BADGE - 3.4, 3.4), QPointF(3.4, BADGE - 3.4))
        case MarkState.KEEP:
            points = [QPointF(3.4, 6.2), QPointF(5.2, 8.1), QPointF(8.6, 4.2)]
            painter.drawPolyline(QPolygonF(points))
    painter.end()
    return image


def describe_state(mark: MarkView) -> str:
    """Say in a word or two how a mark stands, for a screen reader."""
    words = {
        MarkState.UNDECIDED: "undecided",
        MarkState.REDACT: "to be redacted",
        MarkState.KEEP: "kept",
    }[mark.state]
    return f"hidden, {words}" if mark.hidden else words
