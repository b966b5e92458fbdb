"""Our own pictures, drawn from ``resources/icons`` in the colours of the palette."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from redactor.config import resource_path
from ui import theme

_cache: dict[tuple[str, bool], QIcon] = {}
_SIZES = (16, 20, 24, 32, 48)


def icon(name: str) -> QIcon:
    """Give the picture of this name, in the colours of the present theme.

    In the files, ``#000001`` stands for the text colour, ``#000002`` for amber, ``#000003`` for
    the red of a decided redaction, ``#000004`` for green and ``#000005`` for the accent.

    Raises:
        BugError: there is none.
    """
    key = (name, theme.is_dark())
    if key not in _cache:
        _cache[key] = _draw(name)
    return _cache[key]


def _draw(name: str) -> QIcon:
    source = resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")
    palette = QApplication.palette()
    text = palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.WindowText).name()
    muted = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText).name()
    drawn = QIcon()
    for mode, ink in (
        (QIcon.Mode.Normal, text),
        (QIcon.Mode.Selected, text),  # left to itself, Qt would wash it out
        (QIcon.Mode.Disabled, muted),
    ):
        colours = {"#000001": ink}
        for placeholder, colour in zip(_PLACEHOLDERS, theme.tints(), strict=True):
            colours[placeholder] = muted if mode is QIcon.Mode.Disabled else colour
        coloured = source
        for placeholder, colour in colours.items():
            coloured = coloured.replace(placeholder, colour)
        renderer = QSvgRenderer(QByteArray(coloured.encode()))
        for size in _SIZES:
            pixmap = QPixmap(size, size)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            renderer.render(painter, QRectF(0, 0, size, size))
            painter.end()
            drawn.addPixmap(pixmap, mode)
    return drawn


_PLACEHOLDERS = ("#000002", "#000003", "#000004", "#000005")
