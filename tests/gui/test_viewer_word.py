"""A Word document on its flowing page: what lies where, marks, selection, pictures, hidden text."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QTextCursor, QTextTable

from redactor.layout import (
    Layout,
    LayoutCell,
    LayoutNote,
    LayoutParagraph,
    LayoutPicture,
    LayoutTable,
    StyledRange,
)
from redactor.model import HiddenKind, PartPlace, Segment, SegmentKey, Span
from tests.gui.viewer_feed import FakeFeed
from ui.viewers.base import MarkState, MarkView, Selection
from ui.viewers.word import WordViewer
from ui.viewers.word_page import places_of

BODY = "word/document.xml"
TEXTS = (
    "Findings of the panel",
    "The officer, Rowan Ashdown\N{SMILING FACE WITH SMILING EYES}, was seen by Ada Fenwick.[1]",
    "1.\tNo further action",
    "an item with a bullet",
    "Name",
    "Outcome",
    "Hal Pender",
    "Management advice\nand a reflective review",
    "A line after the table",
)
NOTE = "[1] Statement of Ada Fenwick."
HEADER = "Restricted – Northfield"
STRAY = "Text that the layout forgot"
PICTURE = "word/media/image1.png"


def key(number: int, part: str = BODY) -> SegmentKey:
    return f"part:{part}#{number + 1}", None


def segments() -> list[Segment]:
    body = [Segment(PartPlace(BODY, number), text) for number, text in enumerate(TEXTS)]
    return [
        *body,
        Segment(PartPlace("word/footnotes.xml", 0), NOTE),
        Segment(PartPlace("word/header1.xml", 0), HEADER),
        Segment(PartPlace(BODY, 30), STRAY),
        Segment(
            PartPlace(f"{BODY}/tracked-deletion", 0),
            "The complainant was Ada Fenwick.",
            HiddenKind.TRACKED_DELETION,
            BODY,
        ),
    ]


def png() -> bytes:
    image = QImage(120, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("#336699"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return buffer.data().data()


def cell(number: int, columns: int = 1, rows: int = 1) -> LayoutCell:
    return LayoutCell((LayoutParagraph(key(number)),), columns, rows)


def layout() -> Layout:
    bold = TEXTS[1].index("Rowan")
    return Layout(
        body=(
            LayoutParagraph(key(0), level=1),
            LayoutParagraph(
                key(1),
                align="justify",
                ranges=(
                    StyledRange(0, bold),
                    StyledRange(bold, bold + 13, bold=True),
                    StyledRange(bold + 13, len(TEXTS[1]) - 3),
                    StyledRange(len(TEXTS[1]) - 3, len(TEXTS[1]), raised=1, note=0),
                ),
            ),
            LayoutParagraph(key(2), listed=True, label_end=3),
            LayoutParagraph(key(3), listed=True),
            LayoutTable(
                ((cell(4), cell(5)), (cell(6), cell(7))), widths=(0.3, 0.7), heading_rows=1
            ),
            LayoutPicture(PICTURE, 120, 60, png()),
            LayoutParagraph(key(8)),
        ),
        header=(LayoutParagraph(key(0, "word/header1.xml")),),
        notes=(LayoutNote("1", (LayoutParagraph(key(0, "word/footnotes.xml")),)),),
    )


@pytest.fixture
def opened(qtbot):
    def open_it(how: Layout | None, some: list[Segment] | None = None) -> WordViewer:
        given = segments() if some is None else some
        viewer = WordViewer(FakeFeed(segments_=given, layout_=how))
        qtbot.addWidget(viewer)
        viewer.resize(760, 900)
        viewer.show()
        qtbot.waitUntil(lambda: bool(viewer.text.pieces) and viewer.text.complete, timeout=20_000)
        qtbot.wait(10)
        return viewer

    return open_it


def mark(number: int, where: SegmentKey, text: str, inside: str) -> MarkView:
    start = inside.index(text)
    return MarkView(number, Span(where[0], start, start + len(text)), MarkState.UNDECIDED, "person")


def boxes(viewer: WordViewer, number: int) -> list[QRectF]:
    whole = QRectF(viewer.text.viewport().rect())
    return [box for view, some in viewer.text.marks_in(whole) if view.id == number for box in some]


def select(viewer: WordViewer, where: SegmentKey, start: int, end: int) -> None:
    block = viewer.text.block_of(where)
    cursor = QTextCursor(viewer.text.document())
    cursor.setPosition(block.position() + start)
    cursor.setPosition(block.position() + end, QTextCursor.MoveMode.KeepAnchor)
    viewer.text.setTextCursor(cursor)


def shown_keys(viewer: WordViewer) -> list[SegmentKey]:
    return [piece.key for piece in viewer.text.pieces if piece.key is not None]


def tables(viewer: WordViewer) -> list[QTextTable]:
    frames = viewer.text.document().rootFrame().childFrames()
    return [one for one in frames if isinstance(one, QTextTable)]


def test_every_segment_is_shown_once_the_seen_in_reading_order_and_the_hidden_last(opened):
    viewer = opened(layout())
    keys = shown_keys(viewer)
    assert len(keys) == len(set(keys)) == len(segments())
    assert keys[0] == key(0, "word/header1.xml")
    assert keys[1:10] == [key(number) for number in range(9)]
    assert keys[-1] == key(0, f"{BODY}/tracked-deletion")


def test_text_that_the_layout_does_not_place_is_shown_all_the_same(opened):
    viewer = opened(layout())
    text = viewer.text.toPlainText()
    assert text.index("no place of its own") < text.index(STRAY)


def test_without_a_layout_the_text_is_shown_paragraph_by_paragraph(opened):
    viewer = opened(None)
    assert set(shown_keys(viewer)) == {one.key for one in segments()}


def test_a_table_is_a_table_with_its_heading_row_and_widths(opened):
    viewer = opened(layout())
    (table,) = tables(viewer)
    assert (table.rows(), table.columns()) == (2, 2)
    assert table.format().headerRowCount() == 1
    first = table.cellAt(1, 0).firstCursorPosition().block().text()
    assert first == "Hal Pender"


def test_cells_that_span_take_their_places():
    table = LayoutTable(((cell(0, columns=2, rows=2), cell(1)), (None, cell(2))))
    placed, columns = places_of(table)
    assert columns == 3
    assert [(row, column) for row, column, _ in placed] == [(0, 0), (0, 2), (1, 2)]


def test_a_cell_that_would_reach_below_its_table_is_cut_short():
    placed, _ = places_of(LayoutTable(((cell(0, rows=9),),)))
    assert placed[0][2].rows == 1


def test_a_heading_is_larger_and_a_styled_range_is_bold(opened):
    viewer = opened(layout())
    heading = viewer.text.block_of(key(0))
    assert heading.blockFormat().headingLevel() == 1
    cursor = QTextCursor(viewer.text.block_of(key(1)))
    cursor.setPosition(cursor.position() + TEXTS[1].index("Rowan") + 1)
    assert cursor.charFormat().fontWeight() > 500
    assert viewer.text.block_of(key(3)).textList() is not None


def test_a_mark_lies_over_its_letters_in_text_and_in_a_cell(opened):
    viewer = opened(layout())
    viewer.set_marks(
        [
            mark(1, key(1), "Ada Fenwick", TEXTS[1]),
            mark(2, key(6), "Hal Pender", TEXTS[6]),
            mark(3, key(7), "reflective", TEXTS[7]),
        ]
    )
    for number, where, text, inside in (
        (1, key(1), "Ada Fenwick", TEXTS[1]),
        (2, key(6), "Hal Pender", TEXTS[6]),
        (3, key(7), "reflective", TEXTS[7]),
    ):
        (box,) = boxes(viewer, number)
        block = viewer.text.block_of(where)
        units = len(inside[: inside.index(text)].encode("utf-16-le")) // 2
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + units)
        assert abs(viewer.text.cursorRect(cursor).center().x() - box.left()) < 3
        assert box.top() - 3 < viewer.text.cursorRect(cursor).center().y() < box.bottom() + 3


def test_a_click_on_a_mark_in_a_cell_makes_it_the_current_one(qtbot, opened):
    viewer = opened(layout())
    viewer.set_marks([mark(2, key(6), "Hal Pender", TEXTS[6])])
    (box,) = boxes(viewer, 2)
    with qtbot.waitSignal(viewer.mark_activated) as heard:
        qtbot.mouseClick(
            viewer.text.viewport(), Qt.MouseButton.LeftButton, pos=box.center().toPoint()
        )
    assert heard.args == [2]


def test_what_is_selected_is_given_segment_by_segment_with_exact_offsets(qtbot, opened):
    viewer = opened(layout())
    start = TEXTS[1].index("Ada")
    units = start + 1  # the smiling face takes two
    select(viewer, key(1), units, units + 11)
    with qtbot.waitSignal(viewer.selected) as heard:
        viewer.mark_selection()
    assert heard.args == [[Selection(Span(key(1)[0], start, start + 11, None), "Ada Fenwick")]]


def test_a_selection_over_a_line_break_holds_the_break_itself(opened):
    viewer = opened(layout())
    select(viewer, key(7), 0, len(TEXTS[7]))
    (one,) = viewer.text.selections()
    assert one.text == TEXTS[7]


def test_a_picture_is_shown_with_its_place_and_can_be_gone_to(opened):
    viewer = opened(layout())
    assert "Picture image1.png: not searched" in viewer.text.toPlainText()
    assert "\ufffc" in viewer.text.toPlainText()
    assert viewer.show_part(PICTURE)
    assert not viewer.show_part("word/media/image9.png")


def test_a_picture_that_cannot_be_drawn_says_so(opened):
    how = Layout(body=(LayoutPicture(PICTURE, 10, 10, None),))
    viewer = opened(how, [])
    assert "Picture image1.png: cannot be shown" in viewer.text.toPlainText()


def test_going_to_a_mark_brings_it_into_view(opened):
    many = [Segment(PartPlace(BODY, number), f"Paragraph {number} " * 20) for number in range(400)]
    how = Layout(body=tuple(LayoutParagraph(key(number)) for number in range(400)))
    viewer = opened(how, many)
    view = MarkView(7, Span(key(390)[0], 0, 9), MarkState.UNDECIDED, "person")
    viewer.set_marks([view])
    viewer.show_mark(7)
    assert boxes(viewer, 7)
    spot = viewer.spot()
    assert spot is not None
    assert spot.key is not None
    viewer.go_to_spot(spot)
    assert viewer.spot().key == spot.key


def test_nothing_reaches_the_clipboard(qtbot, opened):
    viewer = opened(layout())
    QGuiApplication.clipboard().setText("before")
    viewer.text.selectAll()
    qtbot.keyClick(viewer.text, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    viewer.text.copy()
    assert "Ada" not in QGuiApplication.clipboard().text()


def test_the_page_grows_and_shrinks_with_the_keys(qtbot, opened):
    viewer = opened(layout())
    before = viewer.text.font().pointSizeF()
    qtbot.keyClick(viewer, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert viewer.text.font().pointSizeF() > before
    qtbot.keyClick(viewer, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert viewer.text.font().pointSizeF() == pytest.approx(before)


def test_the_notice_says_that_it_is_a_draft(opened):
    viewer = opened(layout())
    assert viewer.notice.accessibleName() == "DRAFT – NOT REDACTED"
    assert viewer.childAt(QPoint(300, 5)) is viewer.notice
