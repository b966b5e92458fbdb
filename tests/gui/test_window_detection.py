"""The window says what detection uses: by a key, from a worker, and with every model tried out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from redactor.config import models_folder
from tests.gui.conftest import PATIENCE_MS
from tests.gui.test_window_access import nameless
from tests.unit.detect.test_site_models import TEXT, save_pipeline, truncate
from ui.dialogs.detection import DetectionDialog
from ui.panels.details import details_html
from ui.tasks import Lanes
from ui.window import MainWindow


@pytest.fixture(scope="module")
def lanes(tmp_path_factory: pytest.TempPathFactory):
    """Give workers of our own, for a worker takes its environment over when it starts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("REDACTOR_MODELS", str(tmp_path_factory.mktemp("site") / "models"))
        models_folder().mkdir()
        made = Lanes(readers=1)
        yield made
        made.close()


@pytest.fixture(autouse=True)
def _no_model(lanes: Lanes) -> None:
    for one in models_folder().iterdir():
        shutil.rmtree(one)


def opened_by_key(qtbot, window: MainWindow) -> DetectionDialog:
    qtbot.keyClick(window, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    shown = window.dialogs.current
    assert isinstance(shown, DetectionDialog)
    qtbot.waitUntil(shown.again.isEnabled, timeout=PATIENCE_MS)
    return shown


def column(shown: DetectionDialog, at: int) -> list[str]:
    return [shown.table.item(row, at).text() for row in range(shown.table.rowCount())]


def test_what_ships_is_listed_where_a_site_has_nothing(qtbot, window: MainWindow):
    shown = opened_by_key(qtbot, window)
    whats = column(shown, 0)
    assert len(whats) == 3
    assert whats[0].endswith("recognisers by rule")
    assert int(whats[0].split()[0]) > 20
    assert set(column(shown, 2)) == {"In use"}
    assert "no model of its own" in shown.state.text()
    assert not nameless(shown)


def test_a_model_that_can_be_used_is_told_from_one_that_cannot(qtbot, window: MainWindow):
    save_pipeline(models_folder() / "sound")
    truncate(save_pipeline(models_folder() / "broken", "spoilt"))
    shown = opened_by_key(qtbot, window)
    states = dict(zip(column(shown, 0), column(shown, 2), strict=True))
    assert states["en_site_words 1.2.0"] == "In use"
    assert states["en_spoilt 1.2.0"].startswith("Cannot be used: a file of it is missing")
    assert shown.state.text() == "1 model of this site cannot be used."
    whence = dict(zip(column(shown, 0), column(shown, 1), strict=True))
    assert whence["en_site_words 1.2.0"] == f"spaCy\n{models_folder() / 'sound'}"


def test_a_model_that_was_put_there_meanwhile_is_taken_up(qtbot, window: MainWindow):
    shown = opened_by_key(qtbot, window)
    save_pipeline(models_folder() / "sound")
    shown.again.setFocus()
    qtbot.keyClick(shown.again, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "en_site_words 1.2.0" in column(shown, 0), timeout=PATIENCE_MS)
    assert shown.state.text() == "All are in use."


def test_the_folder_can_be_copied_by_its_key(qtbot, window: MainWindow):
    shown = opened_by_key(qtbot, window)
    assert shown.folder.text() == str(models_folder())
    qtbot.keyClick(shown, Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: QApplication.clipboard().text() == str(models_folder()))
    assert shown.state.text() == "The path was copied."


def test_a_dialog_closed_before_its_answer_comes_leaves_nothing_behind(qtbot, window: MainWindow):
    qtbot.keyClick(window, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    shown = window.dialogs.current
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    again = opened_by_key(qtbot, window)
    assert again.table.rowCount() == 3


def test_the_details_of_a_document_say_which_models_searched_it(
    qtbot, window: MainWindow, opened, tmp_path: Path
):
    save_pipeline(models_folder() / "sound")
    truncate(save_pipeline(models_folder() / "broken", "spoilt"))
    (tmp_path / "note.txt").write_text(TEXT, "utf-8")
    session = opened(tmp_path / "note.txt")
    (document,) = session.documents.values()
    html = details_html(document, session.marks.counts())
    assert "Searched with en_site_words 1.2.0 as well." in html
    assert "en_spoilt 1.2.0" in html
    assert "so nothing was searched with it." in html
    assert any(one.text == "carefully" for one in session.marks.by_id.values())
