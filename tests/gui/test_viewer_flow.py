"""Running text: what is shown in which order, exact offsets, marks over wrapped lines."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from redactor.model import HiddenKind, LinePlace, PartPlace, Segment, Span
from tests.gui.viewer_feed import FakeFeed, lines, paragraphs
from ui.viewers.base import MarkState, MarkView, Selection
from ui.viewers.flow import FlowViewer, arrange, title_of_part
from ui.viewers.text import LONGEST_BLOCK, shown, to_points, to_units


@pytest.fixture
def opened(qtbot):
    def open_it(segments) -> FlowViewer:
        viewer = FlowViewer(FakeFeed(segments_=segments))
        qtbot.addWidget(viewer)
        viewer.resize(700, 500)
        viewer.show()
        qtbot.waitUntil(lambda: bool(viewer.text._pieces) and viewer.text.complete, timeout=20_000)
        qtbot.wait(10)
        return viewer

    return open_it


def body(number: int) -> str:
    return next(
        one.text
        for one in paragraphs()
        if one.place == PartPlace("word/document.xml", number) and one.hidden is None
    )


def mark(
    number: int, paragraph: int, text: str, state: MarkState = MarkState.UNDECIDED
) -> MarkView:
    start = body(paragraph).index(text)
    span = Span(f"part:word/document.xml#{paragraph + 1}", start, start + len(text))
    return MarkView(number, span, state, "person")


def boxes(viewer: FlowViewer, number: int) -> list[QRectF]:
    whole = QRectF(viewer.text.viewport().rect())
    return [box for view, some in viewer.text.marks_in(whole) if view.id == number for box in some]


def select(viewer: FlowViewer, start: int, end: int) -> None:
    cursor = QTextCursor(viewer.text.document())
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    viewer.text.setTextCursor(cursor)


def test_parts_come_under_headings_and_hidden_content_last():
    shown_lines = [piece.text for piece in arrange(paragraphs()) if piece.text]
    assert shown_lines[0] == "Header"
    assert shown_lines[2] == "Body"
    assert shown_lines.index("Footer") > shown_lines.index("Rowan Ashdown")
    assert shown_lines[-3].startswith("Hidden content")
    assert shown_lines[-2:] == ["Tracked deletion · Body", "The complainant was Ada Fenwick."]


def test_a_part_without_a_known_name_keeps_its_own():
    assert title_of_part("word/footnotes.xml") == "Footnotes"
    assert title_of_part("word/glossary/odd.xml") == "word/glossary/odd.xml"


def test_lines_keep_their_numbers_over_empty_lines():
    pieces = list(arrange([Segment(LinePlace(0), "a"), Segment(LinePlace(3), "b")]))
    assert [(piece.number, piece.text) for piece in pieces] == [
        ("1", "a"),
        ("2", ""),
        ("3", ""),
        ("4", "b"),
    ]


def test_a_million_empty_lines_are_told_and_not_drawn():
    pieces = list(arrange([Segment(LinePlace(0), "a"), Segment(LinePlace(1_000_001), "b")]))
    assert len(pieces) == 3
    assert pieces[1].text == "(1000000 empty lines)"
    assert pieces[2].number == "1000002"


@pytest.mark.parametrize("text", ["plain", "😀a😀😀b", "näïve", "𝔘𝔫i", ""])
def test_offsets_turn_into_units_and_back(text):
    assert to_units(text, len(text)) == len(text.encode("utf-16-le")) // 2
    assert [to_points(text, to_units(text, at)) for at in range(len(text) + 1)] == list(
        range(len(text) + 1)
    )


def test_a_unit_within_a_pair_belongs_to_its_character():
    assert to_points("a😀b", 2) == 1


def test_what_qt_would_break_at_or_drop_is_shown_one_for_one():
    odd = "a\u2028b\u2029c\x00d\x0be\u202efdp.exe\ufdd0\x85z"
    assert len(shown(odd)) == len(odd)
    assert shown(odd).isprintable()
    assert shown("tab\there 😀") == "tab\there 😀"


def test_odd_characters_do_not_shift_what_is_selected(qtbot, opened):
    text = "one\u2028two\x0bthree\nfour\r😀 five\u2029six \ufdd0 seven"
    viewer = opened([Segment(PartPlace("word/document.xml", 0), text)])
    shown_text = viewer.text.toPlainText()
    at = shown_text.index("six")
    units = viewer.text.document().find("six").selectionStart()
    select(viewer, units, units + 3)
    assert at > 0
    (found,) = viewer.text.selections()
    assert found.text == "six"
    assert text[found.target.start : found.target.end] == "six"


def test_a_selection_after_an_emoji_has_exact_offsets(qtbot, opened):
    viewer = opened(paragraphs())
    cursor = viewer.text.document().find("Thorne")
    viewer.text.setTextCursor(cursor)
    with qtbot.waitSignal(viewer.selected) as signal:
        viewer.mark_selection()
    start = body(0).index("Thorne")
    expected = Span("part:word/document.xml#1", start, start + 6)
    assert signal.args == [[Selection(expected, "Thorne")]]


def test_a_selection_over_paragraphs_gives_one_for_each_and_no_heading(qtbot, opened):
    viewer = opened(paragraphs())
    start = viewer.text.document().find("Information").selectionStart()
    end = viewer.text.document().find("Dear 😀").selectionEnd()
    select(viewer, start, end)
    found = viewer.text.selections()
    assert [(one.target.segment, one.text) for one in found] == [
        ("part:word/header1.xml#1", "Information Rights"),
        ("part:word/document.xml#1", "Dear 😀"),
    ]


def test_a_selection_over_a_line_break_in_a_paragraph_is_one(qtbot, opened):
    viewer = opened(paragraphs())
    start = viewer.text.document().find("sincerely").selectionStart()
    end = viewer.text.document().find("Rowan", start).selectionEnd()
    select(viewer, start, end)
    (found,) = viewer.text.selections()
    assert found.text == "sincerely,\nRowan"
    assert body(2)[found.target.start : found.target.end] == found.text


def test_text_is_selected_with_the_keys_alone(qtbot, opened):
    viewer = opened(paragraphs())
    viewer.set_marks([mark(1, 0, "Thorne")])
    viewer.show_mark(1)
    for _ in range(6):
        qtbot.keyClick(viewer.text, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert [one.text for one in viewer.text.selections()] == ["Thorne"]
    qtbot.keyClick(viewer.text, Qt.Key.Key_Escape)
    assert viewer.text.selections() == []
    with qtbot.assertNotEmitted(viewer.selected, wait=20):
        viewer.mark_selection()


def test_text_is_selected_with_the_mouse(qtbot, opened):
    viewer = opened(paragraphs())
    cursor = viewer.text.document().find("Northfield station")
    cursor.setPosition(cursor.selectionStart() + 2)
    where = viewer.text.cursorRect(cursor).center()
    qtbot.mouseDClick(viewer.text.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert [one.text for one in viewer.text.selections()] == ["Northfield"]


@pytest.mark.parametrize("state", MarkState)
def test_a_mark_is_drawn_on_its_letters_and_leaves_them_readable(qtbot, opened, state):
    viewer = opened(paragraphs())
    view = viewer.text.viewport()
    plain = view.grab().toImage()
    viewer.set_marks([mark(1, 0, "Thorne", state)])
    qtbot.wait(10)
    marked = view.grab().toImage()
    (box,) = boxes(viewer, 1)
    metrics = viewer.text.fontMetrics()
    assert box.width() == pytest.approx(metrics.horizontalAdvance("Thorne"), abs=3)
    area = box.toRect()
    inner = [
        (x, y)
        for x in range(area.left() + 2, area.right() - 5)
        for y in range(area.top() + 5, area.bottom() - 2)
    ]
    ink = [marked.pixelColor(*at).lightness() for at in inner if plain.pixelColor(*at).value() < 60]
    paper = [
        marked.pixelColor(*at).lightness() for at in inner if plain.pixelColor(*at).value() > 250
    ]
    assert len(ink) > 20
    assert max(ink) < min(paper)
    assert any(
        plain.pixel(x, area.top()) != marked.pixel(x, area.top())
        for x in range(area.left(), area.right())
    )


def test_a_mark_over_a_wrapped_line_has_a_box_on_each_line(qtbot, opened):
    viewer = opened(paragraphs())
    viewer.set_marks([mark(1, 1, body(1)[20:200])])
    found = boxes(viewer, 1)
    assert len(found) >= 3
    tops = [box.top() for box in found]
    assert tops == sorted(set(tops))
    viewer.resize(420, 500)
    qtbot.wait(20)
    assert len(boxes(viewer, 1)) > len(found), "narrower lines need more"


def test_a_click_on_a_mark_makes_it_the_current_one(qtbot, opened):
    viewer = opened(paragraphs())
    viewer.set_marks([mark(1, 1, "PC Rowan Ashdown"), mark(2, 0, "Thorne")])
    for number in (1, 2):
        with qtbot.waitSignal(viewer.mark_activated) as signal:
            where = boxes(viewer, number)[0].center().toPoint()
            qtbot.mouseClick(viewer.text.viewport(), Qt.MouseButton.LeftButton, pos=where)
        assert signal.args == [number]
    with qtbot.assertNotEmitted(viewer.mark_activated, wait=20):
        qtbot.mouseClick(viewer.text.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(60, 430))


def test_showing_a_mark_far_down_scrolls_to_it(qtbot, opened):
    viewer = opened(lines(20_000))
    viewer.set_marks([MarkView(5, Span("line:15001", 24, 36), MarkState.REDACT, "contact")])
    with qtbot.waitSignal(viewer.place_changed) as told:
        viewer.show_mark(5)
    assert told.args == ["Line 15001 of 19999"]
    (box,) = boxes(viewer, 5)
    assert viewer.text.viewport().rect().contains(box.toRect())


def test_a_mark_can_be_shown_before_the_text_is_there(qtbot):
    viewer = FlowViewer(FakeFeed(segments_=lines(30_000)))
    qtbot.addWidget(viewer)
    viewer.resize(700, 500)
    viewer.set_marks([MarkView(5, Span("line:29001", 0, 6), MarkState.UNDECIDED, "contact")])
    viewer.show_mark(5)
    viewer.show()
    qtbot.waitUntil(lambda: bool(viewer.text._pieces) and viewer.text.complete, timeout=20_000)
    qtbot.waitUntil(lambda: bool(boxes(viewer, 5)))


def test_marks_change_in_place_and_go(qtbot, opened):
    viewer = opened(paragraphs())
    viewer.set_marks([mark(1, 0, "Thorne")])
    middle = boxes(viewer, 1)[0].center()
    viewer.update_marks([mark(1, 0, "Thorne", MarkState.KEEP), mark(2, 0, "Ms")])
    assert viewer.text.mark_at(middle).state is MarkState.KEEP
    viewer.update_marks([], gone=[1])
    assert viewer.text.mark_at(middle) is None
    assert boxes(viewer, 2)


def test_a_very_long_line_is_cut_and_still_selected_as_one(qtbot, opened):
    text = "word 😀 " * 3000
    viewer = opened([Segment(LinePlace(0), text)])
    assert viewer.text.blockCount() == -(-len(text) // LONGEST_BLOCK)
    viewer.text.selectAll()
    (found,) = viewer.text.selections()
    assert found.target == Span("line:1", 0, len(text))
    assert found.text == text
    start = text.index("😀", 9000)
    viewer.set_marks([MarkView(1, Span("line:1", start, start + 1), MarkState.REDACT, "person")])
    viewer.show_mark(1)
    qtbot.wait(10)
    (box,) = boxes(viewer, 1)
    assert viewer.text.viewport().rect().contains(box.toRect())


def test_nothing_of_a_draft_reaches_the_clipboard(qtbot, opened):
    viewer = opened(paragraphs())
    QGuiApplication.clipboard().setText("before")
    viewer.text.selectAll()
    qtbot.keyClick(viewer.text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert "Ashdown" not in QGuiApplication.clipboard().text()
    assert viewer.text.createMimeDataFromSelection().formats() == []


def test_the_text_cannot_be_changed(qtbot, opened):
    viewer = opened(paragraphs())
    before = viewer.text.toPlainText()
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Return, Qt.Key.Key_X):
        qtbot.keyClick(viewer.text, key)
    assert viewer.text.toPlainText() == before


def test_zooming_makes_the_text_larger(qtbot, opened):
    viewer = opened(paragraphs())
    size = viewer.text.font().pointSizeF()
    qtbot.keyClick(viewer.text, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert viewer.text.font().pointSizeF() > size
    qtbot.keyClick(viewer.text, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert viewer.text.font().pointSizeF() == size


def test_the_margin_shows_numbers_for_lines_only(qtbot, opened):
    numbered = opened(lines(40))
    margin = numbered.text._margin
    assert margin.isVisible()
    shot = margin.grab().toImage()
    grounds = {shot.pixelColor(2, y).name() for y in range(shot.height())}
    ink = sum(
        shot.pixelColor(x, y).name() not in grounds
        for x in range(shot.width())
        for y in range(shot.height())
    )
    assert ink > 100
    assert not opened(paragraphs()).text._margin.isVisible()


def test_hidden_content_is_marked_grey(qtbot, opened):
    viewer = opened(paragraphs())
    span = Span("part:word/document.xml#4", 20, 31)
    viewer.set_marks([MarkView(1, span, MarkState.UNDECIDED, "person", hidden=True)])
    viewer.show_mark(1)
    viewer.show_mark(None)
    qtbot.wait(10)
    (box,) = boxes(viewer, 1)
    shot = viewer.text.viewport().grab().toImage()
    edge = shot.pixelColor(int(box.left()), int(box.center().y()))
    assert (
        max(edge.red(), edge.green(), edge.blue()) - min(edge.red(), edge.green(), edge.blue()) < 20
    )


def test_an_empty_document_says_so(qtbot):
    viewer = FlowViewer(FakeFeed(segments_=[]))
    qtbot.addWidget(viewer)
    viewer.show()
    qtbot.waitUntil(lambda: "no text" in viewer.text.toPlainText())


def test_a_place_in_hidden_content_is_told(qtbot, opened):
    hidden = Segment(PartPlace("custom", 0), "secret", HiddenKind.METADATA, "properties")
    viewer = opened([*paragraphs(), hidden])
    viewer.set_marks(
        [MarkView(1, Span("part:custom#1", 0, 6), MarkState.UNDECIDED, "p", hidden=True)]
    )
    with qtbot.waitSignal(viewer.place_changed) as told:
        viewer.show_mark(1)
    assert told.args == ["Hidden content: properties"]


def test_single_letters_reach_the_window(qtbot):
    window = QWidget()
    viewer = FlowViewer(FakeFeed(segments_=paragraphs()))
    QVBoxLayout(window).addWidget(viewer)
    qtbot.addWidget(window)
    got: list[str] = []
    for letter in "ARNPMB":
        QShortcut(QKeySequence(letter), window, lambda letter=letter: got.append(letter))
    with qtbot.waitActive(window):
        window.show()
    viewer.setFocus()
    assert viewer.text.hasFocus()
    for letter in "ARNPMB":
        qtbot.keyClick(viewer.text, letter)
    assert got == list("ARNPMB")
