"""What the tests of the window share: one set of workers, fresh settings, nothing left behind."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings

from redactor.case.signing import Signer, new_signer
from redactor.case.store import StoredDocument
from redactor.model import Role
from redactor.workers import Lane
from ui import theme
from ui.session import Session
from ui.tasks import Lanes
from ui.window import MainWindow

#: Reading loads the language model the first time, on a machine that may be busy.
PATIENCE_MS = 60_000
#: A letter with names and numbers of two people.
LETTER = """Dear Ms Bielska,

Please write to daniel.ashworth@example.org or ring 07700 900461.
You may also write to ewa.bielska@example.org.
Again: daniel.ashworth@example.org will answer.
"""
PASSPHRASE = "teasel and kestrel"
OFFICER = "Morwenna Teague"
REVIEWER = "Idris Vaughan"


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    return write(tmp_path / "letter.txt", LETTER)


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the person's own settings and folders out of the tests, and the tests out of them."""
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    where = str(tmp_path / "settings")
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, where)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "data"))


@pytest.fixture(autouse=True)
def _no_thread_left() -> Iterator[None]:
    """Fail a test that leaves the thread of a case behind."""
    yield
    left = [one.name for one in threading.enumerate() if one.name.startswith("case")]
    assert not left


@pytest.fixture(autouse=True)
def _no_window_left(qapp) -> Iterator[None]:
    """Delete what was closed, which Qt would otherwise keep, and style anew, in the next test."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def lanes(lane: Lane) -> Iterator[Lanes]:
    """Give real workers, the same for all tests. The lane of the other tests outlives them."""
    del lane
    others = set(threading.enumerate())
    made = Lanes(readers=1)
    yield made
    made.close()
    left = set(threading.enumerate()) - others
    assert not [one for one in left if one.name.startswith("lane-")]


@pytest.fixture(scope="session")
def officer() -> Signer:
    """Give the person who works."""
    return new_signer(OFFICER, Role.OFFICER)


@pytest.fixture(scope="session")
def reviewer() -> Signer:
    """Give the person who checks."""
    return new_signer(REVIEWER, Role.REVIEWER)


@pytest.fixture(autouse=True)
def _nothing_on_the_clipboard(qapp) -> None:
    """Begin with an empty clipboard; the offscreen one is shared by all tests."""
    qapp.clipboard().clear()


@pytest.fixture
def window(qtbot, qapp, lanes: Lanes, officer: Signer) -> Iterator[MainWindow]:
    """Give the window on its start page, with an officer signed in."""
    theme.apply(qapp, dark=False)
    with theme.building(qapp):
        made = MainWindow(lanes)
    made.who.sign_in(officer)
    qtbot.addWidget(made)
    made.resize(1400, 880)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    yield made
    made.close()


Opener = Callable[..., Session]


@pytest.fixture
def opened(qtbot, window: MainWindow, tmp_path: Path) -> Opener:
    """Open a new case with files in it, and wait until all are read."""

    def open_it(*files: Path, wait: bool = True) -> Session:
        path = tmp_path / "case.redactor"
        window.cases.create(path, "FOI 2025/0417", PASSPHRASE, window.signer, files=files)
        qtbot.waitUntil(lambda: window.session is not None, timeout=PATIENCE_MS)
        session = window.session
        assert session is not None
        qtbot.waitUntil(lambda: len(session.documents) == len(files), timeout=PATIENCE_MS)
        if wait:
            wait_until_read(qtbot, session)
        return session

    return open_it


def wait_until_read(qtbot, session: Session) -> None:
    """Wait until no document is being read and no finding is on its way."""
    qtbot.waitUntil(
        lambda: not session.readings.numbers and not session.readings.inbox, timeout=PATIENCE_MS
    )


def wait_until_saved(qtbot, session: Session) -> None:
    """Wait until every decision is on disk and shown."""
    qtbot.waitUntil(lambda: not session._writing, timeout=PATIENCE_MS)


def stored(session: Session) -> tuple[StoredDocument, ...]:
    """Give the documents as the case file has them."""
    return session.lane.submit(lambda case: case.documents()).result(30)
