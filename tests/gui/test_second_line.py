"""The second line, by click and key: order of work, findings, source and release, comments."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, QRectF, Qt
from PySide6.QtTest import QTest

from redactor.app.second_line import Item, SectionKind
from redactor.case.signing import Signer
from redactor.events import EventKind
from redactor.lifecycle import CaseState
from redactor.model import Action, Span
from tests.case_kit import EXEMPTION, OBSERVER, OFFICER, PASSPHRASE, REVIEWER, new_case
from tests.gui.conftest import PATIENCE_MS, wait_until_saved
from tests.gui.submitted_case import DOCUMENTS, UNEVEN, make_submitted_case
from ui.panels.second_line import SecondLinePage
from ui.panels.work_list import SECTION_TITLES
from ui.session import Session
from ui.tasks import Lanes
from ui.viewers.base import CANDIDATE_NOTICE, DRAFT_NOTICE, Viewer
from ui.viewers.flow import FlowViewer
from ui.viewers.page import PageViewer
from ui.viewers.sheet import SheetViewer
from ui.viewers.word import WordViewer
from ui.window import MainWindow

Opener = Callable[..., Session]
Tick = Qt.ItemDataRole.CheckStateRole


@pytest.fixture(scope="module")
def submitted(tmp_path_factory: pytest.TempPathFactory, lanes: Lanes) -> Path:
    """Give a submitted case; every test works in a copy of it."""
    path = tmp_path_factory.mktemp("submitted") / "case.redactor"
    make_submitted_case(path, lanes.reading)
    return path


@pytest.fixture
def open_as(qtbot, window: MainWindow, tmp_path: Path, submitted: Path) -> Opener:
    """Open the submitted case in the window as somebody, and wait for the list of work."""

    def open_it(signer: Signer, path: Path | None = None) -> Session:
        if path is None:
            path = tmp_path / "case.redactor"
            shutil.copy(submitted, path)
        window.who.sign_in(signer)
        window.cases.open(path, PASSPHRASE, signer)
        qtbot.waitUntil(lambda: window.session is not None, timeout=PATIENCE_MS)
        session = window.session
        assert session is not None
        if signer is not REVIEWER:
            qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda: _page(window).work.model.rowCount() > 0, timeout=PATIENCE_MS)
        qtbot.waitUntil(
            lambda: bool(session.marks.ids) and not session.readings.inbox, timeout=PATIENCE_MS
        )
        return session

    return open_it


@pytest.fixture
def page(window: MainWindow, open_as: Opener) -> SecondLinePage:
    """Give the second line, opened by the reviewer."""
    open_as(REVIEWER)
    return _page(window)


def _page(window: MainWindow) -> SecondLinePage:
    return window.second_line


def _section(page: SecondLinePage, kind: SectionKind) -> QModelIndex:
    return page.work.model.index(list(SectionKind).index(kind), 0)


def _items(page: SecondLinePage, kind: SectionKind) -> tuple[Item, ...]:
    section = page.work.model.section_at(_section(page, kind))
    assert section is not None
    return section.items


def _click(qtbot, page: SecondLinePage, key: str) -> QModelIndex:
    tree, index = page.work.tree, page.work.model.index_of(key)
    assert index.isValid()
    tree.expand(index.parent())
    tree.scrollTo(index)
    where = tree.visualRect(index).center()
    qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=where)
    return index


def _wait_for_source(qtbot, page: SecondLinePage, kind: type) -> None:
    qtbot.waitUntil(
        lambda: (
            isinstance(page.documents.source.viewer, kind)
            and page.documents.source.viewer.spot() is not None
        ),
        timeout=PATIENCE_MS,
    )


def _wait_for_both(qtbot, page: SecondLinePage, kind: type) -> None:
    _wait_for_source(qtbot, page, kind)
    qtbot.waitUntil(
        lambda: (
            isinstance(page.documents.release.viewer, kind)
            and page.documents.release.viewer.spot() is not None
        ),
        timeout=PATIENCE_MS,
    )


def _text(page: SecondLinePage) -> str:
    viewer = page.documents.release.viewer
    return viewer.text.toPlainText() if isinstance(viewer, FlowViewer) else ""


# --- the order of work ------------------------------------------------------------------------


def test_a_reviewers_first_page_is_the_second_line(page: SecondLinePage, window: MainWindow):
    assert window.tabs.currentWidget() is page
    assert page.work.tree.hasFocus()


def test_an_officers_first_page_is_the_review(
    qtbot, window: MainWindow, tmp_path: Path, submitted: Path
):
    path = tmp_path / "case.redactor"
    shutil.copy(submitted, path)
    window.who.sign_in(OFFICER)
    window.cases.open(path, PASSPHRASE, OFFICER)
    qtbot.waitUntil(lambda: window.session is not None, timeout=PATIENCE_MS)
    assert window.tabs.currentWidget() is window.review


def test_the_sections_stand_in_the_order_of_a_reviewers_work(page: SecondLinePage):
    model = page.work.model
    titles = [model.data(model.index(row, 0)) for row in range(model.rowCount())]
    assert titles == list(SECTION_TITLES.values())
    assert titles[0] == "What blocks"
    counted = model.data(model.index(0, 1))
    assert counted == "0"


def test_arrows_show_an_item_and_enter_goes_to_its_findings(qtbot, page: SecondLinePage):
    tree = page.work.tree
    (exemption,) = _items(page, SectionKind.EXEMPTION)
    assert page.work.current == exemption
    assert page.findings.title.text() == EXEMPTION
    assert page.findings.model.rowCount() == len(exemption.marks)
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert page.findings.table.hasFocus()
    qtbot.keyClick(page.findings.table, Qt.Key.Key_Escape)
    assert tree.hasFocus()
    while page.work.current in {None, exemption}:
        before = tree.currentIndex()
        qtbot.keyClick(tree, Qt.Key.Key_Down)
        assert tree.currentIndex() != before
    assert page.findings.title.text() == page.work.current.title


def test_enter_opens_and_closes_a_section(qtbot, page: SecondLinePage):
    index = _section(page, SectionKind.DOCUMENT)
    page.work.tree.setCurrentIndex(index)
    was = page.work.tree.isExpanded(index)
    qtbot.keyClick(page.work.tree, Qt.Key.Key_Return)
    assert page.work.tree.isExpanded(index) is not was


def test_what_was_entered_is_ticked_and_space_ticks_and_unticks(qtbot, page: SecondLinePage):
    session = page._session
    assert session is not None
    events = session.lane.submit(lambda case: len(case.events())).result(30)
    index = _click(qtbot, page, "document:3")
    assert page.work.model.data(index, Tick) == Qt.CheckState.Unchecked
    qtbot.keyClick(page.work.tree, Qt.Key.Key_Return)
    assert page.work.model.data(index, Tick) == Qt.CheckState.Checked
    assert page.work.progress.text().startswith("1 of ")
    page.work.tree.setFocus()
    qtbot.keyClick(page.work.tree, Qt.Key.Key_Space)
    assert page.work.model.data(index, Tick) == Qt.CheckState.Unchecked
    qtbot.keyClick(page.work.tree, Qt.Key.Key_Space)
    assert page.work.progress.text().startswith("1 of ")
    # A tick is a note of this sitting: nothing of it reaches the case.
    assert session.lane.submit(lambda case: len(case.events())).result(30) == events


def test_a_text_treated_unevenly_is_told_and_the_odd_one_comes_first(qtbot, page: SecondLinePage):
    (uneven,) = _items(page, SectionKind.TEXT)
    assert uneven.title == UNEVEN
    _click(qtbot, page, uneven.key)
    assert "and kept in 1" in page.findings.notes.text()
    assert page.findings.notes.isVisible()
    assert page.findings.model.data(page.findings.model.index(0, 0)) == "Keep"
    assert page.findings.model.data(page.findings.model.index(1, 0)) == "Redact"


def test_all_of_a_finding_is_shown(qtbot, page: SecondLinePage):
    _click(qtbot, page, "by-hand:1")
    said = page.findings.card.toPlainText()
    for part in (EXEMPTION, "It would identify somebody.", OFFICER.name, "Cases 2023, C6"):
        assert part in said


def test_f6_goes_round_the_panes(qtbot, page: SecondLinePage, window: MainWindow):
    _click(qtbot, page, "document:3")
    _wait_for_both(qtbot, page, WordViewer)
    for wanted in (page.findings.table, page.findings.card):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        assert wanted.hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_F6)
    source, release = page.documents.source.viewer, page.documents.release.viewer
    assert isinstance(source, WordViewer)
    assert isinstance(release, WordViewer)
    assert source.text.hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert release.text.hasFocus()
    qtbot.keyClick(window, Qt.Key.Key_F6)
    assert page.work.tree.hasFocus()


# --- source and release -----------------------------------------------------------------------


def test_source_and_release_say_which_is_which(qtbot, page: SecondLinePage):
    _click(qtbot, page, "document:3")
    _wait_for_both(qtbot, page, WordViewer)
    source, release = page.documents.source.viewer, page.documents.release.viewer
    assert isinstance(source, WordViewer)
    assert isinstance(release, WordViewer)
    assert source.notice.accessibleName() == DRAFT_NOTICE
    assert release.notice.accessibleName() == CANDIDATE_NOTICE
    assert "as it would be released" in release.text.accessibleName()
    assert "draft" not in release.accessibleName().lower()


def test_a_cell_is_shown_as_it_was_and_as_it_would_be_released(qtbot, page: SecondLinePage):
    _click(qtbot, page, "by-hand:1")
    _wait_for_both(qtbot, page, SheetViewer)
    source, release = page.documents.source.viewer, page.documents.release.viewer
    assert isinstance(source, SheetViewer)
    assert isinstance(release, SheetViewer)
    qtbot.waitUntil(lambda: release.line.toPlainText() == "[s40(2)]", timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: len(source.line.toPlainText()) > 20, timeout=PATIENCE_MS)
    sheet = release.tabs.tabText(release.tabs.currentIndex())
    assert sheet == source.tabs.tabText(source.tabs.currentIndex()) == "Cases 2023"


def test_pages_scroll_together_until_they_are_untied(qtbot, page: SecondLinePage):
    _click(qtbot, page, "document:2")
    _wait_for_both(qtbot, page, PageViewer)
    source, release = page.documents.source.viewer, page.documents.release.viewer
    assert source is not None
    assert release is not None
    source.setFocus()
    qtbot.keyClick(source, Qt.Key.Key_End)
    _wait_until_level(qtbot, source, release)
    assert source.verticalScrollBar().value() > 0
    qtbot.keyClick(release, Qt.Key.Key_Home)
    assert source.verticalScrollBar().value() <= 2
    qtbot.mouseClick(page.documents.together, Qt.MouseButton.LeftButton, pos=QPoint(8, 15))
    assert not page.documents.together.isChecked()
    qtbot.keyClick(source, Qt.Key.Key_End)
    assert release.verticalScrollBar().value() <= 2
    qtbot.mouseClick(page.documents.together, Qt.MouseButton.LeftButton, pos=QPoint(8, 15))
    _wait_until_level(qtbot, source, release)
    assert release.verticalScrollBar().value() > 2


def _wait_until_level(qtbot, source: Viewer, release: Viewer) -> None:
    """Wait until both show the same place; a page's height may yet settle."""

    def level() -> bool:
        places = (one.verticalScrollBar().value() for one in (source, release))
        return abs(next(places) - next(places)) <= 2

    qtbot.waitUntil(level, timeout=PATIENCE_MS)


def test_running_text_scrolls_together_by_paragraph(qtbot, page: SecondLinePage):
    _click(qtbot, page, "document:3")
    _wait_for_both(qtbot, page, WordViewer)
    source, release = page.documents.source.viewer, page.documents.release.viewer
    assert isinstance(source, WordViewer)
    assert isinstance(release, WordViewer)
    qtbot.waitUntil(lambda: source.text.complete and release.text.complete, timeout=PATIENCE_MS)
    qtbot.keyClick(source.text, Qt.Key.Key_PageDown)
    qtbot.keyClick(source.text, Qt.Key.Key_PageDown)
    ours, theirs = source.spot(), release.spot()
    assert ours is not None
    assert theirs is not None
    assert source.text.verticalScrollBar().value() > 0
    assert ours.key == theirs.key


def test_every_file_of_the_release_can_be_looked_at(qtbot, page: SecondLinePage):
    _click(qtbot, page, "document:3")
    _wait_for_both(qtbot, page, WordViewer)
    release = page.documents.release
    assert set(release.names) >= {*DOCUMENTS, "schedule.pdf", "schedule.csv", "manifest.json"}
    release.files.setFocus()
    while release.files.currentText() != "manifest.json":
        at = release.files.currentIndex()
        qtbot.keyClick(release.files, Qt.Key.Key_Down)
        assert release.files.currentIndex() > at
    digest = release._views[0].source.sha256
    qtbot.waitUntil(lambda: digest in _text(page), timeout=PATIENCE_MS)
    assert not page.documents.together.isEnabled()
    # Neither another finding of the document nor a fresh list takes the paper away.
    qtbot.keyClick(page.findings.table, Qt.Key.Key_Down)
    page._ask()
    qtbot.waitUntil(lambda: not page._asked and not page._showing.isActive(), timeout=PATIENCE_MS)
    assert release.files.currentText() == "manifest.json"
    page.documents.release.files.setCurrentText("schedule.pdf")
    qtbot.waitUntil(
        lambda: isinstance(release.viewer, PageViewer) and release.viewer.spot() is not None,
        timeout=PATIENCE_MS,
    )


def test_a_paper_that_was_chosen_gives_way_to_the_next_document(qtbot, page: SecondLinePage):
    _click(qtbot, page, "document:3")
    _wait_for_both(qtbot, page, WordViewer)
    page.documents.release.files.setCurrentText("manifest.json")
    _click(qtbot, page, "document:2")
    _wait_for_both(qtbot, page, PageViewer)
    assert page.documents.release.files.currentText() == DOCUMENTS[1]
    assert page.documents.together.isEnabled()


def test_a_mark_that_is_clicked_in_the_source_is_chosen(qtbot, page: SecondLinePage):
    session = page._session
    assert session is not None
    _click(qtbot, page, "document:3")
    _wait_for_both(qtbot, page, WordViewer)
    source = page.documents.source.viewer
    assert isinstance(source, WordViewer)
    shown = session.marks.by_document[3]
    wanted = next(
        one
        for one in shown
        if isinstance(span := session.marks.by_id[one].target, Span)
        and span.segment.endswith("document.xml#4")
    )
    qtbot.waitUntil(lambda: source._index.get(wanted) is not None, timeout=PATIENCE_MS)
    mark = session.marks.by_id[wanted]
    assert isinstance(mark.target, Span)
    boxes = {
        one.id: found for one, found in source.text.marks_in(QRectF(source.text.viewport().rect()))
    }
    where = boxes[wanted][0].center().toPoint()
    qtbot.mouseClick(source.text.viewport(), Qt.MouseButton.LeftButton, pos=where)
    current = page.findings.current
    assert current is not None
    assert current.target == source.text.mark_at(where.toPointF()).target


def test_before_anything_is_submitted_the_right_side_says_so(
    qtbot, window: MainWindow, open_as: Opener, tmp_path: Path
):
    path = tmp_path / "new.redactor"
    case = new_case(path)
    (tmp_path / "note.txt").write_text("Call 07700 900417.", encoding="utf-8")
    case.add_file(tmp_path / "note.txt")
    case.close(backup=False)
    open_as(OFFICER, path)
    page = _page(window)
    pane = page.documents.release
    assert "Nothing is submitted yet" in pane._placeholder.text()
    assert pane._placeholder.isVisible()
    assert not pane.files.isEnabled()


# --- comments ---------------------------------------------------------------------------------


def _write(qtbot, page: SecondLinePage, text: str) -> int:
    _click(qtbot, page, "by-hand:1")
    mark = page.findings.current
    assert mark is not None
    page.findings.table.setFocus()
    qtbot.keyClick(page.findings.table, Qt.Key.Key_C)
    assert page.findings.editor.hasFocus()
    QTest.keyClicks(page.findings.editor, text)
    qtbot.keyClick(page.findings.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    return mark.id


def test_c_writes_a_comment_which_is_listed_and_takes_no_submission_away(
    qtbot, page: SecondLinePage
):
    session = page._session
    assert session is not None
    mark = _write(qtbot, page, "Could less be withheld?")
    qtbot.waitUntil(lambda: session.remarks.is_open(mark), timeout=PATIENCE_MS)
    assert "Could less be withheld?" in page.findings.card.toPlainText()
    qtbot.waitUntil(lambda: bool(_items(page, SectionKind.COMMENTED)), timeout=PATIENCE_MS)
    (item,) = _items(page, SectionKind.COMMENTED)
    assert (item.title, item.marks) == ("To be answered", (mark,))
    last = session.lane.submit(lambda case: case.events()[-1]).result(30)
    assert (last.kind, last.actor) == (EventKind.COMMENTED, REVIEWER.name)
    assert session.life.state is CaseState.SUBMITTED


def test_escape_drops_a_comment(qtbot, page: SecondLinePage):
    session = page._session
    assert session is not None
    _click(qtbot, page, "by-hand:1")
    qtbot.mouseClick(page.findings.comment, Qt.MouseButton.LeftButton)
    QTest.keyClicks(page.findings.editor, "cc")
    assert page.findings.editor.toPlainText() == "cc"
    qtbot.keyClick(page.findings.editor, Qt.Key.Key_Escape)
    assert not page.findings.editor.isVisible()
    assert session.lane.submit(lambda case: case.comments()).result(30) == ()


def test_an_observer_is_told_why_no_comment_can_be_written(
    qtbot, window: MainWindow, open_as: Opener
):
    open_as(OBSERVER)
    page = _page(window)
    _click(qtbot, page, "by-hand:1")
    assert not page.findings.comment.isEnabled()
    assert "observer" in page.findings.comment.toolTip()
    page.findings.table.setFocus()
    qtbot.keyClick(page.findings.table, Qt.Key.Key_C)
    assert not page.findings.editor.isVisible()
    assert "observer" in window.statusBar().currentMessage()


def test_the_officer_sees_a_comment_by_the_finding_until_it_is_decided_anew(
    qtbot, window: MainWindow, open_as: Opener, tmp_path: Path
):
    session = open_as(REVIEWER)
    mark = _write(qtbot, _page(window), "Could less be withheld?")
    qtbot.waitUntil(lambda: session.remarks.is_open(mark), timeout=PATIENCE_MS)
    window.cases.close()
    qtbot.waitUntil(lambda: window.session is None, timeout=PATIENCE_MS)
    session.lane.wait()

    session = open_as(OFFICER, tmp_path / "case.redactor")
    qtbot.waitUntil(lambda: session.remarks.is_open(mark), timeout=PATIENCE_MS)
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    window.review.reveal(mark)
    findings = window.review.findings
    row = findings.model.row_of(mark)
    assert row is not None
    text = findings.model.index(row, 1)
    assert findings.model.data(text, Qt.ItemDataRole.DecorationRole) is not None
    assert "commented on" in findings.model.data(text, Qt.ItemDataRole.AccessibleTextRole)
    details = window.review.details.text
    assert "Could less be withheld?" in details.toPlainText()
    assert "answered" not in details.toPlainText()
    session.confirm = lambda do: do()
    session.decide([mark], Action.KEEP, "", "It is known already.")
    wait_until_saved(qtbot, session)
    qtbot.waitUntil(lambda: not session.remarks.is_open(mark), timeout=PATIENCE_MS)
    assert "answered" in details.toPlainText()


def test_zooming_reaches_both_sides(qtbot, page: SecondLinePage, window: MainWindow):
    _click(qtbot, page, "document:2")
    _wait_for_both(qtbot, page, PageViewer)
    source, release = page.documents.source.viewer, page.documents.release.viewer
    assert isinstance(source, PageViewer)
    assert isinstance(release, PageViewer)
    before = source._dpi, release._dpi
    window.commands["zoom-in"].trigger()
    assert source._dpi > before[0]
    assert release._dpi > before[1]
