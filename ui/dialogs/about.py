"""What the help menu shows of the program: what it is, and its keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from redactor import __version__
from ui.commands import keys_html


def about_box(parent: QWidget) -> QMessageBox:
    """Give what says which program this is."""
    return _box(
        "About Redactor",
        f"<p><b>Redactor {__version__}</b></p><p>Redaction for disclosure under the Freedom of "
        "Information Act and for subject access requests. It works without a network and sends "
        "nothing anywhere.</p><p>AGPL-3.0-or-later</p>",
        parent,
    )


def keys_box(parent: QWidget) -> QMessageBox:
    """Give what lists the keys."""
    return _box("Keys", keys_html(), parent)


def _box(title: str, html: str, parent: QWidget) -> QMessageBox:
    box = QMessageBox(parent)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.RichText)
    box.setText(html)
    return box
