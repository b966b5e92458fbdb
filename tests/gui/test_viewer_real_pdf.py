"""The page viewer fed by the real renderer: marks lie on the letters that the PDF shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer

from redactor import jobs
from redactor.model import Document, Segment, Span, quiet
from ui.viewers.base import Box, MarkState, MarkView
from ui.viewers.page import PageViewer

pymupdf = pytest.importorskip("pymupdf")


class PdfFeed:
    """Asks the functions that run in the worker, in this process, and answers later."""

    def __init__(self, path: Path) -> None:
        self._source = jobs.FileSource(path)

    def _later(self, then: Callable[[Any], None], what: Callable[[], Any]) -> None:
        QTimer.singleShot(0, lambda: then(what()))

    def page_sizes(self, then: Callable[[Sequence[tuple[float, float]]], None]) -> None:
        self._later(then, lambda: jobs.page_sizes(self._source, report=quiet))

    def render(self, page: int, dpi: int, then: Callable[[jobs.PagePicture], None]) -> None:
        self._later(then, lambda: jobs.render_page(self._source, page, dpi, report=quiet))

    def boxes(
        self,
        page: int,
        spans: Sequence[tuple[int, int]],
        then: Callable[[Sequence[Sequence[Box]]], None],
    ) -> None:
        self._later(then, lambda: jobs.span_boxes(self._source, page, spans, report=quiet))

    def containers(self, then: Callable[[Sequence[tuple[str, int]]], None]) -> None:
        del then

    def rows(
        self, container: str, first: int, last: int, then: Callable[[Sequence[Segment]], None]
    ) -> None:
        del container, first, last, then

    def segments(self, then: Callable[[Sequence[Segment]], None]) -> None:
        del then

    def forget(self) -> None:
        """Nothing waits long here."""


def written(path: Path, rotation: int) -> Document:
    """Write a PDF of two pages, one of them rotated, and read it as the program does."""
    made = pymupdf.open()
    for number in range(2):
        page = made.new_page(width=595, height=842)
        page.insert_text((72, 120), "Allegation about PC Rowan Ashdown of Northfield", fontsize=14)
        page.insert_text((72, 160), f"Telephone 07700 900123, page {number + 1}", fontsize=14)
        page.set_rotation(rotation)
    path.write_bytes(made.tobytes())
    made.close()
    return jobs.read_whole(jobs.FileSource(path), quiet)[1]


@pytest.mark.parametrize("rotation", [0, 90, 180])
def test_a_mark_lies_on_the_letters_it_marks(qtbot, tmp_path, rotation):
    document = written(tmp_path / "letter.pdf", rotation)
    text = next(one.text for one in document.segments if one.id == "page:1")
    spans = {
        1: Span("page:1", text.index("Rowan"), text.index("Ashdown") + 7),
        2: Span("page:1", text.index("900123") + 1, text.index("900123") + 4),
    }
    viewer = PageViewer(PdfFeed(tmp_path / "letter.pdf"))
    qtbot.addWidget(viewer)
    viewer.resize(900, 1200)
    viewer.show()
    qtbot.waitUntil(lambda: 0 in viewer._cache and not viewer._waiting, timeout=10_000)
    plain = viewer.viewport().grab().toImage()
    viewer.set_marks(
        [MarkView(number, span, MarkState.REDACT, "person") for number, span in spans.items()]
    )
    qtbot.waitUntil(lambda: viewer._boxes.keys() == {1, 2}, timeout=10_000)
    for number in spans:
        (box,) = (viewer._on_screen(0, one) for one in viewer._boxes[number])
        assert ink(plain, box) > 0.04, "there are letters in the box"
        assert QRectF(viewer._page_box(0)).contains(box)
        with qtbot.waitSignal(viewer.mark_activated) as signal:
            where = box.center().toPoint()
            qtbot.mouseClick(viewer.viewport(), Qt.MouseButton.LeftButton, pos=where)
        assert signal.args == [number]
    whole = viewer._on_screen(0, viewer._boxes[1][0])
    long, short = sorted((whole.width(), whole.height()), reverse=True)
    assert 5 < long / short < 12, "thirteen letters of one line"
    middle = viewer._on_screen(0, viewer._boxes[2][0])
    assert max(middle.width(), middle.height()) < long / 2


def ink(picture: Any, box: QRectF) -> float:
    """Give the share of dark pixels in a box."""
    area = box.toRect()
    dark = sum(
        picture.pixelColor(x, y).lightness() < 120
        for x in range(area.left(), area.right())
        for y in range(area.top(), area.bottom())
    )
    return dark / (area.width() * area.height())


def test_a_double_click_selects_the_word_that_the_pdf_shows(qtbot, tmp_path):
    document = written(tmp_path / "letter.pdf", 0)
    text = next(one.text for one in document.segments if one.id == "page:1")
    viewer = PageViewer(PdfFeed(tmp_path / "letter.pdf"))
    qtbot.addWidget(viewer)
    viewer.resize(900, 1200)
    viewer.show()
    qtbot.waitUntil(lambda: 0 in viewer._cache and not viewer._waiting, timeout=10_000)
    word = next(
        one for one in viewer._cache.get(0).text.words if text[one[0] : one[1]] == "Northfield"
    )
    middle = viewer._on_screen(0, word[2:]).center().toPoint()
    qtbot.mouseDClick(viewer.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    with qtbot.waitSignal(viewer.selected) as signal:
        viewer.mark_selection()
    (found,) = signal.args[0]
    assert text[found.target.start : found.target.end] == "Northfield"


def test_a_drawn_box_covers_the_text_it_was_drawn_over(qtbot, tmp_path):
    written(tmp_path / "letter.pdf", 90)
    viewer = PageViewer(PdfFeed(tmp_path / "letter.pdf"))
    qtbot.addWidget(viewer)
    viewer.resize(1100, 900)
    viewer.show()
    qtbot.waitUntil(lambda: 0 in viewer._cache and not viewer._waiting, timeout=10_000)
    words = viewer._cache.get(0).text.words
    area = viewer._on_screen(0, words[2][2:])
    viewer.set_drawing(True)
    start, end = area.topLeft() - QPointF(3, 3), area.bottomRight() + QPointF(3, 3)
    with qtbot.waitSignal(viewer.area_drawn) as signal:
        qtbot.mousePress(viewer.viewport(), Qt.MouseButton.LeftButton, pos=start.toPoint())
        press_move(viewer, end.toPoint())
        qtbot.mouseRelease(viewer.viewport(), Qt.MouseButton.LeftButton, pos=end.toPoint())
    source = jobs.FileSource(tmp_path / "letter.pdf")
    assert jobs.text_in_area(source, signal.args[0], report=quiet).strip() == "PC"


def press_move(viewer: PageViewer, point: QPoint) -> None:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    view = viewer.viewport()
    left = Qt.MouseButton.LeftButton
    QApplication.sendEvent(
        view,
        QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(point),
            QPointF(view.mapToGlobal(point)),
            Qt.MouseButton.NoButton,
            left,
            Qt.KeyboardModifier.NoModifier,
        ),
    )


def test_a_picture_file_is_shown_with_marks_on_its_letters(qtbot, tmp_path):
    page = pymupdf.open().new_page(width=420, height=120)
    page.insert_text((30, 60), "Statement of Rowan Ashdown", fontsize=18)
    page.get_pixmap(dpi=150).save(tmp_path / "letter.png")
    document = jobs.read_whole(jobs.FileSource(tmp_path / "letter.png"), quiet)[1]
    text = document.segments[0].text
    assert make_kind(document.format) == "page"
    viewer = PageViewer(PdfFeed(tmp_path / "letter.png"))
    qtbot.addWidget(viewer)
    viewer.resize(900, 600)
    viewer.show()
    qtbot.waitUntil(lambda: 0 in viewer._cache and not viewer._waiting, timeout=10_000)
    plain = viewer.viewport().grab().toImage()
    span = Span("page:1", text.index("Rowan"), text.index("Ashdown") + 7)
    viewer.set_marks([MarkView(1, span, MarkState.REDACT, "person")])
    qtbot.waitUntil(lambda: viewer._boxes.keys() == {1}, timeout=10_000)
    (box,) = (viewer._on_screen(0, one) for one in viewer._boxes[1])
    assert ink(plain, box) > 0.04, "there are letters in the box"


def make_kind(name: str) -> str:
    from ui.panels.viewer import _KINDS

    return _KINDS[name]
