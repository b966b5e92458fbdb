"""Pages: pictures as they come, marks on the right words, selecting and drawing with the mouse."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QWheelEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from redactor.model import Area, Span
from tests.gui.viewer_feed import (
    FakeFeed,
    area_mark,
    exact_boxes,
    page_mark,
    span_of_word,
    words_of_page,
)
from ui.viewers.base import MarkState, MarkView, Selection
from ui.viewers.page import PageViewer
from ui.viewers.page_layout import PictureCache
from ui.viewers.page_text import PageText


@pytest.fixture
def opened(qtbot):
    def open_it(pages: int = 3, cache: PictureCache | None = None, **how) -> PageViewer:
        viewer = PageViewer(FakeFeed(pages=pages, **how), cache=cache)
        qtbot.addWidget(viewer)
        viewer.resize(700, 600)
        viewer.show()
        if viewer.feed.answering:
            qtbot.waitUntil(lambda: 0 in viewer._cache, timeout=5000)
            settle(qtbot, viewer)
        return viewer

    return open_it


def settle(qtbot, viewer) -> None:
    """Wait until nothing is asked for any more."""
    qtbot.waitUntil(lambda: not viewer._waiting and not viewer._asking.isActive(), timeout=5000)
    qtbot.wait(5)


def point_of(viewer: PageViewer, x: float, y: float, page: int = 0) -> QPoint:
    """Give where a point of a page, in points, is on the screen."""
    return viewer._on_screen(page, (x, y, x, y)).topLeft().toPoint()


def middle_of(viewer: PageViewer, text: str, times: int = 1, page: int = 0) -> QPoint:
    x0, y0, x1, y1 = exact_boxes(*span_of_word(text, times))[0]
    return point_of(viewer, (x0 + x1) / 2, (y0 + y1) / 2, page)


def drag(qtbot, viewer, start: QPoint, end: QPoint) -> None:
    view = viewer.viewport()
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    for step in (0.3, 0.7, 1.0):
        qtbot.mouseMove(view, start + (end - start) * step)
        # mouseMove of the test library carries no button; the window system's would.
        move(viewer, start + (end - start) * step)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)


def move(viewer: PageViewer, point: QPoint) -> None:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent

    view = viewer.viewport()
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(point),
        QPointF(view.mapToGlobal(point)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(view, event)


def test_only_what_is_seen_and_its_neighbours_is_asked_for(qtbot, opened):
    viewer = opened(pages=1000)
    asked = {request[1] for request in viewer.feed.asked if request[0] == "render"}
    assert asked == {0, 1}
    viewer.verticalScrollBar().setValue(viewer.verticalScrollBar().maximum() // 2)
    settle(qtbot, viewer)
    later = {request[1] for request in viewer.feed.asked if request[0] == "render"} - asked
    assert len(later) <= 4
    assert all(495 <= page <= 503 for page in later)


def test_requests_for_pages_far_behind_are_dropped(qtbot, opened):
    viewer = opened(pages=1000, delay=60)
    viewer.verticalScrollBar().setValue(400_000)
    qtbot.wait(35)
    assert viewer.feed.forgotten == 0
    viewer.verticalScrollBar().setValue(800_000)
    qtbot.wait(35)
    assert viewer.feed.forgotten == 1
    settle(qtbot, viewer)
    page = viewer._visible().start
    assert page in viewer._cache, "the pages that are seen now still came"


def test_a_page_that_has_not_come_is_shown_empty_and_the_place_is_told(qtbot):
    viewer = PageViewer(FakeFeed(pages=12))
    qtbot.addWidget(viewer)
    viewer.resize(700, 600)
    viewer.show()
    with qtbot.waitSignal(viewer.place_changed) as told:
        pass
    assert told.args == ["Page 1 of 12"]
    viewer.feed.answering = False
    viewer.verticalScrollBar().setValue(int(viewer._layout.top(6, viewer._scale)))
    assert viewer.accessibleDescription() == "Page 7 of 12"
    middle = viewer.viewport().grab().toImage().pixelColor(120, 300)
    assert middle.name() == "#ffffff"


def test_the_cache_of_pictures_stays_within_its_bounds(qtbot, opened):
    viewer = opened(pages=60, cache=PictureCache(24 * 2**20))
    for page in range(0, 60, 3):
        viewer.verticalScrollBar().setValue(int(viewer._layout.top(page, viewer._scale)))
        settle(qtbot, viewer)
        assert viewer._cache.bytes <= 24 * 2**20
        assert all(seen in viewer._cache for seen in viewer._visible())
    assert len(viewer._cache) > 2
    assert 0 not in viewer._cache


@pytest.mark.parametrize("state", MarkState)
def test_a_mark_is_drawn_on_its_words_and_leaves_them_readable(qtbot, opened, state):
    viewer = opened()
    plain = viewer.viewport().grab().toImage()
    viewer.set_marks([page_mark(1, "PC Rowan Ashdown", state)])
    qtbot.wait(10)
    marked = viewer.viewport().grab().toImage()
    box = viewer._on_screen(0, viewer._boxes[1][0]).toRect()
    inner = [
        (x, y)
        for x in range(box.left() + 4, box.right() - 14)
        for y in range(box.top() + 3, box.bottom() - 2)
    ]
    assert any(plain.pixel(*at) != marked.pixel(*at) for at in inner) or state is MarkState.KEEP
    ink = [marked.pixelColor(*at).lightness() for at in inner if plain.pixelColor(*at).value() < 60]
    paper = [
        marked.pixelColor(*at).lightness() for at in inner if plain.pixelColor(*at).value() > 250
    ]
    assert len(ink) > 50
    assert max(ink) < min(paper), "letters still stand out from the paper"
    outside = [(x, y) for x in range(box.left(), box.right()) for y in range(400, 420)]
    assert all(plain.pixel(*at) == marked.pixel(*at) for at in outside)


def test_a_mark_within_a_word_asks_for_its_exact_boxes(qtbot, opened):
    viewer = opened()
    viewer.set_marks(
        [page_mark(1, "owan", MarkState.REDACT), page_mark(2, "Rowan", MarkState.KEEP)]
    )
    qtbot.waitUntil(lambda: 1 in viewer._boxes)
    asked = [request for request in viewer.feed.asked if request[0] == "boxes"]
    assert asked == [("boxes", 0, (span_of_word("owan"),))], "whole words need no asking"
    assert viewer._boxes[1] == tuple(exact_boxes(*span_of_word("owan")))


def test_a_mark_without_a_place_on_its_page_is_still_seen(qtbot, opened, monkeypatch):
    viewer = opened()
    monkeypatch.setattr("tests.gui.viewer_feed.exact_boxes", lambda *_: [])
    beyond = [
        MarkView(number, Span("page:1", 90_000 + number, 90_005), MarkState.UNDECIDED, "person")
        for number in (1, 2)
    ]
    viewer.set_marks(beyond)
    qtbot.waitUntil(lambda: {1, 2} <= viewer._boxes.keys())
    assert viewer._boxes[1] != viewer._boxes[2]
    x0, y0, x1, y1 = viewer._boxes[2][0]
    with qtbot.waitSignal(viewer.mark_activated) as signal:
        where = point_of(viewer, (x0 + x1) / 2, (y0 + y1) / 2)
        qtbot.mouseClick(viewer.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert signal.args == [2]


def test_a_click_on_a_mark_makes_it_the_current_one(qtbot, opened):
    viewer = opened()
    viewer.set_marks(
        [
            page_mark(1, "PC Rowan Ashdown", MarkState.UNDECIDED),
            page_mark(2, "Rowan", MarkState.KEEP),
        ]
    )
    with qtbot.waitSignal(viewer.mark_activated) as signal:
        where = middle_of(viewer, "Ashdown")
        qtbot.mouseClick(viewer.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert signal.args == [1]
    with qtbot.waitSignal(viewer.mark_activated) as signal:
        where = middle_of(viewer, "Rowan")
        qtbot.mouseClick(viewer.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert signal.args == [2], "the shorter one lies on top"
    with qtbot.assertNotEmitted(viewer.mark_activated, wait=20):
        where = middle_of(viewer, "Allegation")
        qtbot.mouseClick(viewer.viewport(), Qt.MouseButton.LeftButton, pos=where)


def test_showing_a_mark_far_away_scrolls_to_it_and_outlines_it(qtbot, opened):
    viewer = opened(pages=1000)
    viewer.set_marks([page_mark(7, "advice", MarkState.UNDECIDED, page=812, times=3)])
    viewer.show_mark(7)
    settle(qtbot, viewer)
    box = viewer._on_screen(812, exact_boxes(*span_of_word("advice", 3))[0])
    assert viewer.viewport().rect().contains(box.toRect())
    before = viewer.viewport().grab().toImage()
    viewer.show_mark(None)
    qtbot.wait(10)
    after = viewer.viewport().grab().toImage()
    edge = (int(box.center().x()), round(box.top()) - 5)
    assert before.pixel(*edge) != after.pixel(*edge), "the current one has a thick outline"


def test_a_mark_can_be_shown_before_the_pages_are_known(qtbot):
    viewer = PageViewer(FakeFeed(pages=40))
    qtbot.addWidget(viewer)
    viewer.resize(700, 600)
    viewer.set_marks([area_mark(3, MarkState.REDACT, page=30)])
    viewer.show_mark(3)
    viewer.show()
    qtbot.waitUntil(lambda: 30 in viewer._visible(), timeout=3000)
    box = viewer._on_screen(30, (100, 400, 300, 460))
    assert viewer.viewport().rect().contains(box.toRect())


def test_marks_change_in_place_and_go(qtbot, opened):
    viewer = opened()
    viewer.set_marks([area_mark(1, MarkState.UNDECIDED)])
    where = point_of(viewer, 200, 430)
    qtbot.mouseClick(viewer.viewport(), Qt.MouseButton.LeftButton, pos=where)
    viewer.update_marks([area_mark(1, MarkState.REDACT)])
    assert viewer._mark_at(QPointF(where)).state is MarkState.REDACT
    viewer.update_marks([], gone=[1])
    assert viewer._mark_at(QPointF(where)) is None


def test_dragging_selects_from_word_to_word(qtbot, opened):
    viewer = opened()
    drag(qtbot, viewer, middle_of(viewer, "Rowan"), middle_of(viewer, "station"))
    with qtbot.waitSignal(viewer.selected) as signal:
        viewer.mark_selection()
    start, _ = span_of_word("Rowan")
    _, end = span_of_word("station")
    assert signal.args == [[Selection(Span("page:1", start, end), "")]]


def test_dragging_backwards_selects_the_same(qtbot, opened):
    viewer = opened()
    drag(qtbot, viewer, middle_of(viewer, "station"), middle_of(viewer, "Rowan"))
    assert viewer._selection.spans() == [
        Span("page:1", span_of_word("Rowan")[0], span_of_word("station")[1])
    ]


def test_a_selection_may_run_over_pages(qtbot, opened):
    viewer = opened()
    viewer.zoom(-5)
    settle(qtbot, viewer)
    drag(qtbot, viewer, middle_of(viewer, "referred"), middle_of(viewer, "Rowan", page=1))
    last = words_of_page()[-1][1]
    assert viewer._selection.spans() == [
        Span("page:1", span_of_word("referred")[0], last),
        Span("page:2", 0, span_of_word("Rowan")[1]),
    ]


def test_a_double_click_selects_a_word_and_shift_extends(qtbot, opened):
    viewer = opened()
    view = viewer.viewport()
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=middle_of(viewer, "Ashdown"))
    assert viewer._selection.spans() == [Span("page:1", *span_of_word("Ashdown"))]
    qtbot.mouseClick(
        view,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.ShiftModifier,
        pos=middle_of(viewer, "Northfield"),
    )
    ends = span_of_word("Ashdown")[0], span_of_word("Northfield")[1]
    assert viewer._selection.spans() == [Span("page:1", *ends)]
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle_of(viewer, "Allegation"))
    assert not viewer._selection


def test_words_are_selected_with_the_keys_alone(qtbot, opened):
    viewer = opened()
    viewer.set_marks([page_mark(1, "Northfield", MarkState.UNDECIDED)])
    viewer.show_mark(1)
    qtbot.keyClick(viewer, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert viewer._selection.spans() == [Span("page:1", *span_of_word("Northfield"))]
    qtbot.keyClick(viewer, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    ends = span_of_word("Northfield")[0], span_of_word("station")[1]
    assert viewer._selection.spans() == [Span("page:1", *ends)]
    qtbot.keyClick(viewer, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert viewer._selection.spans() == [
        Span("page:1", span_of_word("station")[1] + 1, span_of_word("station")[1] + 4)
    ]
    qtbot.keyClick(viewer, Qt.Key.Key_Escape)
    assert not viewer._selection


def test_nothing_selected_marks_nothing(qtbot, opened):
    viewer = opened()
    with qtbot.assertNotEmitted(viewer.selected, wait=20):
        viewer.mark_selection()


def test_a_box_is_drawn_in_points_of_the_page(qtbot, opened):
    viewer = opened()
    assert viewer.can_draw
    viewer.set_drawing(True)
    start, end = point_of(viewer, 300, 300), point_of(viewer, 120, 220)
    with qtbot.waitSignal(viewer.area_drawn) as signal:
        drag(qtbot, viewer, start, end)
    (area,) = signal.args
    assert area.page == 0
    near = pytest.approx((120, 220, 300, 300), abs=1.5)
    assert (area.x0, area.y0, area.x1, area.y1) == near
    assert not viewer._selection


def test_a_box_never_leaves_its_page(qtbot, opened):
    viewer = opened()
    viewer.set_drawing(True)
    with qtbot.waitSignal(viewer.area_drawn) as signal:
        drag(qtbot, viewer, point_of(viewer, 500, 200), point_of(viewer, 900, 260))
    assert signal.args[0].x1 == 595.0
    assert isinstance(signal.args[0], Area)


def test_escape_cancels_a_box(qtbot, opened):
    viewer = opened()
    viewer.set_drawing(True)
    view = viewer.viewport()
    with qtbot.assertNotEmitted(viewer.area_drawn, wait=20):
        qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=point_of(viewer, 100, 200))
        move(viewer, point_of(viewer, 200, 260))
        qtbot.keyClick(viewer, Qt.Key.Key_Escape)
        qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=point_of(viewer, 200, 260))


def test_a_slip_of_the_hand_is_no_box(qtbot, opened):
    viewer = opened()
    viewer.set_drawing(True)
    with qtbot.assertNotEmitted(viewer.area_drawn, wait=20):
        drag(qtbot, viewer, point_of(viewer, 100, 200), point_of(viewer, 101, 201))


def test_the_keys_scroll_and_zoom(qtbot, opened):
    viewer = opened(pages=20)
    bar = viewer.verticalScrollBar()
    qtbot.keyClick(viewer, Qt.Key.Key_Down)
    assert bar.value() == 48
    qtbot.keyClick(viewer, Qt.Key.Key_PageDown)
    assert bar.value() > 400
    qtbot.keyClick(viewer, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    qtbot.keyClick(viewer, Qt.Key.Key_PageUp)
    assert bar.value() < bar.maximum()
    qtbot.keyClick(viewer, Qt.Key.Key_Home)
    assert bar.value() == 0
    fitting = viewer._dpi
    qtbot.keyClick(viewer, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert viewer._dpi == round(fitting * 1.2)
    qtbot.keyClick(viewer, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(viewer, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert viewer._dpi < fitting
    qtbot.keyClick(viewer, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert viewer._dpi == fitting
    settle(qtbot, viewer)
    assert viewer._cache.get(0).dpi == fitting


def test_zooming_keeps_what_is_in_the_middle(qtbot, opened):
    viewer = opened(pages=50)
    viewer.verticalScrollBar().setValue(20_000)
    middle = QPointF(viewer.viewport().rect().center())
    page, before = viewer._on_page(middle)
    viewer.zoom(3)
    again, after = viewer._on_page(middle)
    assert again == page
    assert abs(after.y() - before.y()) < 3


def test_the_wheel_zooms_while_ctrl_is_held(qtbot, opened):
    viewer = opened()
    before = viewer._dpi
    event = QWheelEvent(
        QPointF(50, 50),
        QPointF(50, 50),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - Qt takes it by position only
    )
    QApplication.sendEvent(viewer.viewport(), event)
    assert viewer._dpi > before
    assert viewer.verticalScrollBar().value() < 250, "it did not scroll instead"


def test_single_letters_reach_the_window(qtbot):
    window = QWidget()
    viewer = PageViewer(FakeFeed(pages=1))
    QVBoxLayout(window).addWidget(viewer)
    qtbot.addWidget(window)
    got: list[str] = []
    for letter in "ARNPMB":
        QShortcut(QKeySequence(letter), window, lambda letter=letter: got.append(letter))
    with qtbot.waitActive(window):
        window.show()
    viewer.setFocus()
    for letter in "ARNPMB":
        qtbot.keyClick(viewer, letter)
    assert got == list("ARNPMB")


# --- the geometry of words -----------------------------------------------------------------------

LINES = [(0, 3, 10, 10, 40, 20), (4, 9, 45, 10, 90, 20), (10, 14, 10, 30, 50, 40)]


def test_boxes_are_joined_along_a_line_and_split_between_lines():
    assert PageText(LINES).boxes_of(0, 14) == (((10, 10, 90, 20), (10, 30, 50, 40)), True)


def test_boxes_are_joined_along_lines_that_run_down_or_backwards():
    down = [(0, 5, 100, 20, 112, 60), (6, 9, 100, 64, 112, 90)]
    assert PageText(down).boxes_of(0, 9)[0] == ((100, 20, 112, 90),)
    backwards = [(0, 5, 200, 20, 240, 32), (6, 9, 170, 20, 196, 32)]
    assert PageText(backwards).boxes_of(0, 9)[0] == ((170, 20, 240, 32),)


def test_a_part_of_a_word_is_guessed_until_it_is_known():
    boxes, exact = PageText(LINES).boxes_of(6, 14)
    assert not exact
    assert boxes == ((45 + 18, 10, 90, 20), (10, 30, 50, 40))


def test_words_given_out_of_order_are_put_in_reading_order():
    assert PageText(reversed(LINES)).words == sorted(LINES)


def test_the_nearest_word_is_one_of_the_same_line_if_there_is_one():
    text = PageText(LINES)
    assert text.nearest(300, 15) == 1
    assert text.nearest(11, 36) == 2
    assert text.word_at(200, 200) is None
    assert PageText([]).nearest(1, 1) is None
