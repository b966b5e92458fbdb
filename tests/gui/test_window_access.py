"""Everything can be reached by keyboard and is named for a screen reader; no trace is left."""

from __future__ import annotations

import json
import multiprocessing
import os
import subprocess
import sys
import textwrap
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QComboBox, QMessageBox, QScrollBar, QWidget

from redactor.app.next_steps import Offered
from redactor.app.signoff import SubmittedFile
from redactor.errors import RedactorError, StaleLock
from redactor.events import Event, EventKind
from redactor.model import Role, Ruling
from tests.gui.conftest import PASSPHRASE, PATIENCE_MS, wait_until_read, write
from ui import theme
from ui.commands import COMMANDS
from ui.dialogs.approve import ApproveDialog
from ui.dialogs.cases import NewCaseDialog, OpenCaseDialog, TakeOverDialog
from ui.dialogs.check_case import CheckDialog
from ui.dialogs.failed_check import FailedCheckDialog
from ui.dialogs.identity import SignInDialog, WhoIAmDialog
from ui.dialogs.people import PeopleDialog
from ui.dialogs.release import ReleaseDialog
from ui.dialogs.review import NotAddedDialog, RulingDialog, files_filter
from ui.dialogs.send_back import SendBackDialog
from ui.dialogs.submit import SubmitDialog
from ui.intake import NotAdded
from ui.messages import message_for
from ui.tasks import Lanes
from ui.window import MainWindow

SUBMISSION = Event(
    9,
    "2026-11-25T14:02:00+00:00",
    "Morwenna Teague",
    EventKind.SUBMITTED,
    {"manifest": "a" * 64, "redactions": 3, "kept": 1},
    digest="b" * 64,
)
OFFERED = Offered(
    SUBMISSION, (SubmittedFile("a.txt", "c" * 64, 12, 1),), ("Morwenna Teague",), 4, 0, ()
)


def nameless(root: QWidget) -> list[str]:
    """Give the widgets a keyboard can reach that a screen reader has no name for."""
    found = []
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or isinstance(widget, QScrollBar):
            continue
        if widget.focusProxy() is not None or _is_inner(widget):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name) if interface else ""
        if not name.strip():
            found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found


def _is_inner(widget: QWidget) -> bool:
    """Say whether it is a part of another widget, such as the list of a combo box."""
    if widget.objectName().startswith("qt_"):
        return True
    parent = widget.parentWidget()
    return parent is not None and (
        isinstance(parent, QComboBox)
        or "QComboBoxPrivateContainer" in type(parent).__name__
        or parent.metaObject().className() == "QComboBoxPrivateContainer"
    )


def test_every_widget_that_can_have_the_focus_has_a_name(qtbot, window, opened, letter):
    assert nameless(window) == []
    opened(letter)
    assert nameless(window) == []
    window.tabs.setCurrentIndex(1)
    assert nameless(window) == []


def test_every_field_of_the_dialogs_has_a_name(qtbot, window, opened, letter, tmp_path):
    session = opened(letter)
    dialogs = [
        SignInDialog(None, window.errands, window),
        WhoIAmDialog(window.signer, Role.OFFICER, window),
        NewCaseDialog("", window),
        OpenCaseDialog(tmp_path / "a.redactor", window),
        TakeOverDialog(StaleLock("a.redactor"), window),
        PeopleDialog(session, window),
        RulingDialog("letter.txt", "Why", tuple(Ruling), "M Teague", window),
        NotAddedDialog([NotAdded("a.png", "It is a picture.")], window),
        SubmitDialog(session, window.courier, window),
        ApproveDialog(session, window.courier, OFFERED, window),
        SendBackDialog("M Teague", ["letter.txt, Line 3: why?"], window),
        ReleaseDialog(session, window.courier, window),
        CheckDialog(session, window.courier, window),
        FailedCheckDialog("A check failed.", SUBMISSION, window),
    ]
    for dialog in dialogs:
        qtbot.addWidget(dialog)
        dialog.show()
        assert nameless(dialog) == [], type(dialog).__name__
    qtbot.wait(50)


def test_f6_goes_round_the_panes_and_back(qtbot, window, opened, letter):
    opened(letter)
    window.review.documents.list.setFocus()
    seen = []
    for _ in range(len(window.review.panes())):
        qtbot.keyClick(window, Qt.Key.Key_F6)
        seen.append(QApplication.focusWidget())
    assert seen[-1] is window.review.documents.list
    assert len(set(map(id, seen))) == len(window.review.panes()) == 5
    qtbot.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is seen[-2]


def test_everything_has_a_menu_entry_and_no_key_is_given_twice(window):
    keys = [key for command in COMMANDS for key in command.keys]
    assert len(keys) == len(set(keys))
    listed = {
        action.objectName()
        for menu in window.menuBar().actions()
        for action in menu.menu().actions()
        if not action.isSeparator()
    }
    assert listed == {command.name for command in COMMANDS if command.name}


def test_the_file_dialog_offers_what_the_formats_can_read():
    offered = files_filter()
    for suffix in (".pdf", ".xlsx", ".docx", ".csv", ".txt"):
        assert f"*{suffix}" in offered


def _every_error(kind: type[RedactorError] = RedactorError) -> list[type[RedactorError]]:
    return [kind, *(each for sub in kind.__subclasses__() for each in _every_error(sub))]


#: What an error is raised with, by its code, where that is more than one sentence.
_ARGUMENTS: dict[str, tuple[object, ...]] = {
    "unreadable": ("It is damaged.", "Ask again."),
    "tables": ("too-large", "There are too many cells:", ("Sheet1!A1",)),
    "not-additive": ("Sheet1!B9", 12, 11, ("Sheet1!B2", "Sheet1!B3")),
}


@pytest.mark.parametrize("kind", _every_error(), ids=lambda kind: kind.__name__)
def test_every_error_has_a_title_and_says_what_happened(kind):
    arguments = _ARGUMENTS.get(kind.code, ("It broke.",))
    message = message_for(kind(*arguments))
    assert message.title
    assert kind(*arguments).user_message in message.happened
    assert (
        message.next_step
        or "Ask again." in message.happened
        or kind.code
        in {
            "case",
            "passphrase",
            "damaged",
            "held",
            "stale-lock",
            "not-allowed",
            "check-failed",
            "identity",
            "lists",
            "pack",
            "ocr-failed",
            "ocr-missing",
            "user",
            "error",
        }
    )


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_text_stands_out_from_its_ground_as_wcag_asks(scheme):
    grounds = (scheme.window, scheme.base, scheme.alternate, scheme.selection)
    for ground in grounds:
        assert _contrast(scheme.text, ground) >= 4.5
    for ground in (scheme.window, scheme.base, scheme.alternate):
        for ink in (scheme.muted, scheme.amber, scheme.red, scheme.green, scheme.accent):
            assert _contrast(ink, ground) >= 4.5, (ink, ground)
    assert _contrast(scheme.muted, scheme.selection) >= 4.5
    assert _contrast(scheme.on_accent, scheme.accent) >= 4.5
    assert _contrast(scheme.text, scheme.notice) >= 4.5


def test_a_case_that_cannot_be_opened_is_named_and_the_start_page_stays(qtbot, window, tmp_path):
    path = write(tmp_path / "no case.redactor", "not a database at all")
    window.cases.open(path, PASSPHRASE, window.signer)
    qtbot.waitUntil(lambda: isinstance(window.dialogs.current, QMessageBox), timeout=PATIENCE_MS)
    assert window.session is None
    assert window.pages.currentWidget() is window.starting.page
    assert "no case.redactor" in window.dialogs.current.informativeText()
    window.dialogs.current.close()


def test_closing_the_window_while_it_reads_leaves_no_process_and_no_thread(
    qtbot, qapp, tmp_path, officer
):
    before = {one.pid for one in multiprocessing.active_children()}
    theme.apply(qapp, dark=False)
    window = MainWindow(Lanes(readers=1))
    window._owns_lanes = True
    window.who.sign_in(officer)
    qtbot.addWidget(window)
    window.show()
    rows = "\n".join(f"officer{n}@example.org, Daniel Ashworth" for n in range(600))
    files = [write(tmp_path / "long.txt", rows)]
    window.cases.create(tmp_path / "c.redactor", "FOI 1", PASSPHRASE, officer, files=files)
    qtbot.waitUntil(lambda: window.session is not None, timeout=PATIENCE_MS)
    session = window.session
    qtbot.waitUntil(lambda: len(session.marks.ids) > 5, timeout=PATIENCE_MS)
    assert session.readings.numbers, "it was read before the window could be closed"
    ours = threading.enumerate()
    assert {one.pid for one in multiprocessing.active_children()} - before
    assert window.close()
    assert {one.pid for one in multiprocessing.active_children()} <= before
    assert not [one for one in ours if one.name.startswith("case") and one.is_alive()]
    again = MainWindow(Lanes(readers=1))
    again._owns_lanes = True
    qtbot.addWidget(again)
    again.cases.open(tmp_path / "c.redactor", PASSPHRASE, officer)
    qtbot.waitUntil(lambda: bool(again.session and again.session.documents), timeout=PATIENCE_MS)
    wait_until_read(qtbot, again.session)
    assert again.session.documents[1].status == "read", "what was left unread is read on opening"
    again.close()


JOURNEY = """
from __future__ import annotations
import json, sys, time
from pathlib import Path

def main():
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication
    where = Path(sys.argv[1])
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(where))
    from redactor.case.signing import new_signer
    from redactor.config import resource_path
    from redactor.model import Action, Role
    from ui import theme
    from ui.window import MainWindow
    app = QApplication([])
    theme.apply(app)
    window = MainWindow()
    officer = new_signer("Morwenna Teague", Role.OFFICER)
    window.who.sign_in(officer)
    window.show()
    def until(done):
        end = time.monotonic() + 100
        while not done():
            app.processEvents()
            time.sleep(0.01)
            if time.monotonic() > end:
                raise SystemExit("too slow")
    files = sorted(resource_path("sample_case", "documents").iterdir())
    window.cases.create(where / "c.redactor", "FOI 1", "teasel and kestrel", officer, files=files)
    until(lambda: window.session is not None)
    session = window.session
    until(lambda: len(session.documents) == len(files) and not session.readings.numbers)
    for number in session.documents:
        window.review.choose_document(number)
        until(lambda: window.review.viewing.viewer is not None)
        end = time.monotonic() + 0.3
        until(lambda: time.monotonic() > end)
    window.review.decision.reasons[Action.KEEP].setEditText("All invented.")
    for number in session.documents:
        window.review.choose_document(number)
        window.review.findings.table.selectAll()
        window.review.decide(Action.KEEP)
        until(lambda: not session._writing)
    window.signing_off.take_next()
    until(lambda: window.signing_off.working is not None)
    dialog = window.signing_off.working
    dialog.start()
    until(lambda: not dialog.is_running)
    said = dialog.result_text.text()
    dialog.close()
    window.close()
    print(json.dumps({"loaded": sorted(sys.modules), "said": said}))

if __name__ == "__main__":
    main()
"""


def test_a_whole_journey_loads_no_document_library_and_no_model_into_the_window(tmp_path):
    script = write(tmp_path / "journey.py", textwrap.dedent(JOURNEY))
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
        env={**os.environ, "PYTHONPATH": str(root), "QT_QPA_PLATFORM": "offscreen"},
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout.splitlines()[-1])
    heavy = {"pymupdf", "presidio_analyzer", "spacy", "openpyxl", "lxml", "pikepdf", "pypdfium2"}
    assert {name.split(".")[0] for name in answer["loaded"]} & heavy == set()
    assert "kept in the case" in answer["said"], answer["said"]
