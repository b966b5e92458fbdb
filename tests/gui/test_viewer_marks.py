"""Marks: found by segment, told apart without colour, never covering what they mark."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from redactor.model import Area, CellPlace, FieldPlace, Span, key_of
from tests.gui.viewer_feed import FakeFeed, make_cells, paragraphs
from ui.viewers.base import DRAFT_NOTICE, MarkState, MarkView, Viewer
from ui.viewers.flow import FlowViewer
from ui.viewers.frame import DraftNotice
from ui.viewers.marks import MarkIndex, grid_place, look_of, paint_mark, while_open
from ui.viewers.page import PageViewer
from ui.viewers.sheet import SheetViewer


def mark(number: int, target: Span | Area, state: MarkState = MarkState.UNDECIDED) -> MarkView:
    return MarkView(number, target, state, "person")


def painted(state: MarkState, *, hidden: bool = False) -> QImage:
    """Draw a mark over a page that is black at the left and white at the right."""
    image = QImage(80, 40, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.fillRect(0, 0, 40, 40, Qt.GlobalColor.black)
    view = MarkView(1, Area(0, 0, 0, 0, 0), state, "person", hidden)
    paint_mark(painter, [QRectF(10.5, 10.5, 60, 20)], view, badge=False)
    painter.end()
    return image


def inside(image: QImage) -> list[list[int]]:
    """Give the lightness of the pixels inside the mark, column by column."""
    return [[image.pixelColor(x, y).lightness() for y in range(13, 28)] for x in range(13, 68)]


@pytest.mark.parametrize("state", MarkState)
@pytest.mark.parametrize("hidden", [False, True])
def test_what_is_marked_stays_readable(qapp, state, hidden):
    columns = inside(painted(state, hidden=hidden))
    ink = [value for column in columns[:26] for value in column]
    paper = [value for column in columns[-26:] for value in column]
    # Even the lightest ink stays far darker than the darkest paper, in every state.
    assert max(ink) + 60 < min(paper)


def test_the_states_differ_without_colour(qapp):
    redact = inside(painted(MarkState.REDACT))[-20:]
    undecided = inside(painted(MarkState.UNDECIDED))[-20:]
    assert len({value for column in redact for value in column}) > 1, "no hatch"
    assert len({value for column in undecided for value in column}) == 1, "a fill without pattern"
    keep = painted(MarkState.KEEP)
    along = {keep.pixelColor(x, 10).lightness() for x in range(45, 70)}
    solid = painted(MarkState.UNDECIDED)
    assert len(along) > 1, "the outline of what is kept is broken"
    assert len({solid.pixelColor(x, 10).lightness() for x in range(45, 69)}) == 1


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("hidden", [False, True])
@pytest.mark.parametrize("state", MarkState)
def test_an_outline_stands_out_from_its_ground(state, hidden, dark):
    look = look_of(state, hidden, dark)
    ground = QColor("#17181a" if dark else "#ffffff")
    lighter, darker = sorted((luminance(look.line), luminance(ground)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 3
    assert look.fill.alpha() < 90


def luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (
        one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_marks_are_found_by_segment_and_change_in_place():
    index = MarkIndex()
    index.replace(
        [mark(1, Span("line:4", 0, 3)), mark(2, Span("line:4", 0, 9)), mark(3, Area(3, 0, 0, 5, 5))]
    )
    assert [one.id for one in index.at(("line:4", None))] == [2, 1], "the shorter one on top"
    assert [one.id for one in index.at(("page:4", None))] == [3]
    index.change([mark(1, Span("line:9", 0, 3), MarkState.REDACT)], gone=[3, 77])
    assert index.at(("page:4", None)) == ()
    assert [one.id for one in index.at(("line:4", None))] == [2]
    assert index.at(("line:9", None))[0].state is MarkState.REDACT
    assert index.get(3) is None
    assert len(index) == 2


@pytest.mark.parametrize(
    ("place", "container"),
    [
        (CellPlace("Cases", 0, 0), "sheet:Cases"),
        (CellPlace("What! A1", 1_048_575, 16_383), "sheet:What! A1"),
        (FieldPlace(41, 27), "rows"),
    ],
)
def test_a_segment_key_leads_back_to_its_cell(place, container):
    assert grid_place(key_of(place)) == (container, place.row, place.column)


def test_a_key_that_is_no_cell_has_no_place_in_a_grid():
    assert grid_place(("part:xl/comments1.xml#1", None)) is None
    assert grid_place(("line:3", None)) is None


def test_an_answer_that_comes_after_closing_does_nothing(qtbot):
    owner, got = QWidget(), []
    answer = while_open(owner, got.append)
    answer("early")
    owner.deleteLater()
    qtbot.wait(10)
    answer("late")
    assert got == ["early"]


def every_viewer() -> list[Viewer]:
    sheets = [("sheet:Cases", 400)]
    return [
        PageViewer(FakeFeed(pages=3)),
        SheetViewer(FakeFeed(sheets=sheets, cells=make_cells())),
        FlowViewer(FakeFeed(segments_=paragraphs())),
    ]


@pytest.mark.parametrize("number", range(3))
def test_every_viewer_says_that_this_is_a_draft(qtbot, number):
    viewer = every_viewer()[number]
    qtbot.addWidget(viewer)
    viewer.resize(500, 400)
    viewer.show()
    qtbot.wait(80)
    notice = viewer.findChild(DraftNotice)
    assert notice.isVisible()
    assert notice.accessibleName() == DRAFT_NOTICE
    assert notice.geometry().bottom() < viewer.viewport().geometry().top(), "it covers content"
    picture = notice.grab().toImage()
    ink = sum(
        picture.pixelColor(x, y).lightness() < 90
        for x in range(picture.width())
        for y in range(picture.height())
    )
    assert ink > 200, "the words are not there"
    viewer.verticalScrollBar().setValue(viewer.verticalScrollBar().maximum())
    assert notice.isVisible()


@pytest.mark.parametrize("number", range(3))
def test_every_viewer_is_named_for_a_screen_reader(qtbot, number):
    viewer = every_viewer()[number]
    qtbot.addWidget(viewer)
    focus = viewer.focusProxy() or viewer
    assert "not redacted" in viewer.accessibleName()
    assert focus.accessibleName()
    assert focus.accessibleDescription()
    assert focus.focusPolicy() & Qt.FocusPolicy.TabFocus
