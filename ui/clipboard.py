"""What was copied out of a case does not outlive it on the clipboard."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QObject, Qt
from PySide6.QtGui import QClipboard, QGuiApplication

#: Marks what is nobody's secret, such as a fingerprint.
_PUBLIC = "application/x-redactor-public"


def copy_public(text: str) -> None:
    """Copy what may stay on the clipboard, because it is not of a case."""
    data = QMimeData()
    data.setText(text)
    data.setData(_PUBLIC, b"1")
    QGuiApplication.clipboard().setMimeData(data)


class ClipboardGuard(QObject):
    """Knows what was copied in this program while a case was open, and takes it away.

    What another program copied meanwhile is that program's, and stays.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watching = False
        self._ours: set[QClipboard.Mode] = set()
        QGuiApplication.clipboard().changed.connect(self._changed)

    def watch(self, *, on: bool) -> None:
        """Begin or end to take note of what is copied."""
        self._watching = on

    def clear(self) -> None:
        """Take away what was copied while a case was open, where it is still there."""
        clipboard = QGuiApplication.clipboard()
        ours, self._ours = self._ours, set()
        for mode in ours:
            clipboard.clear(mode)

    def _changed(self, mode: QClipboard.Mode) -> None:
        clipboard = QGuiApplication.clipboard()
        data = clipboard.mimeData(mode)  # None where there is nothing, though its stub says not
        secret = bool(data) and not data.hasFormat(_PUBLIC)
        if self._watching and secret and _is_of_this_program(clipboard, mode):
            self._ours.add(mode)
        else:
            self._ours.discard(mode)


def _is_of_this_program(clipboard: QClipboard, mode: QClipboard.Mode) -> bool:
    """Say whether it was copied here. Not every platform knows; whoever copies is in front."""
    selection = mode is QClipboard.Mode.Selection
    owned = clipboard.ownsSelection() if selection else clipboard.ownsClipboard()
    return owned or QGuiApplication.applicationState() is Qt.ApplicationState.ApplicationActive
