"""How the window looks: Fusion, a calm palette (light or dark), and a visible focus."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget


@dataclass(frozen=True, slots=True)
class Colours:
    """One scheme. Every text colour has a contrast of at least 4.5 to 1 on its ground."""

    window: str
    base: str
    alternate: str
    text: str
    muted: str
    line: str
    button: str
    accent: str
    on_accent: str
    selection: str
    amber: str
    red: str
    green: str
    notice: str


LIGHT = Colours(
    window="#f3f4f6",
    base="#ffffff",
    alternate="#f8f9fb",
    text="#1b2430",
    muted="#5a6675",
    line="#cfd6de",
    button="#ffffff",
    accent="#1d5c9e",
    on_accent="#ffffff",
    selection="#d6e6f7",
    amber="#9a5b00",
    red="#9b1c2c",
    green="#1d6b3a",
    notice="#fff4d9",
)
DARK = Colours(
    window="#20242a",
    base="#191c21",
    alternate="#1e2227",
    text="#e6e9ed",
    muted="#aeb8c4",
    line="#3d444e",
    button="#2b3038",
    accent="#6cb0f5",
    on_accent="#0d1520",
    selection="#24456a",
    amber="#f0b04c",
    red="#ff8a93",
    green="#74cf95",
    notice="#3a321c",
)


def is_dark() -> bool:
    """Say whether the dark scheme is shown."""
    return QApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128


def colours() -> Colours:
    """Give the scheme that is shown."""
    return DARK if is_dark() else LIGHT


def tints() -> tuple[str, str, str, str]:
    """Give the colours of the states, as the icons use them: amber, red, green, accent."""
    scheme = colours()
    return scheme.amber, scheme.red, scheme.green, scheme.accent


def wants_dark(app: QApplication) -> bool:
    """Say whether the desktop is set to dark."""
    return app.styleHints().colorScheme() == Qt.ColorScheme.Dark


def apply(app: QApplication, *, dark: bool | None = None) -> None:
    """Dress the program in one of the two schemes; by default in the desktop's."""
    scheme = DARK if (wants_dark(app) if dark is None else dark) else LIGHT
    app.setStyle("Fusion")
    app.setPalette(_palette(scheme))
    app.setStyleSheet(_sheet(scheme))


@contextmanager
def building(app: QApplication) -> Iterator[None]:
    """Hold the style sheet back while a window is built.

    Qt gives a styled part its style again at every level that it is put into. A window that is
    built without the sheet, and dressed as a whole, is there in a quarter of the time.
    """
    sheet = app.styleSheet()
    app.setStyleSheet("")
    try:
        yield
    finally:
        app.setStyleSheet(sheet)


def dress(widget: QWidget, part: str, *, on: bool = True) -> None:
    """Give a widget a part in the style: ``heading``, ``quiet``, ``notice`` and the like."""
    if (widget.property(part) == "true") != on:
        widget.setProperty(part, "true" if on else "false")
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        QApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))  # the margins change, too


def _palette(scheme: Colours) -> QPalette:
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    palette = QPalette()
    for each, colour in (
        (role.Window, scheme.window),
        (role.WindowText, scheme.text),
        (role.Base, scheme.base),
        (role.AlternateBase, scheme.alternate),
        (role.Text, scheme.text),
        (role.Button, scheme.button),
        (role.ButtonText, scheme.text),
        (role.BrightText, scheme.red),
        (role.ToolTipBase, scheme.base),
        (role.ToolTipText, scheme.text),
        (role.PlaceholderText, scheme.muted),
        (role.Highlight, scheme.selection),
        (role.HighlightedText, scheme.text),
        (role.Link, scheme.accent),
        (role.LinkVisited, scheme.accent),
        (role.Accent, scheme.accent),
        (role.Mid, scheme.line),
        (role.Midlight, scheme.line),
        (role.Dark, scheme.muted),
        (role.Light, scheme.base),
    ):
        palette.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(group.Disabled, each, QColor(scheme.muted))
    return palette


def _sheet(c: Colours) -> str:
    return f"""
    QToolTip {{ color: {c.text}; background: {c.base}; border: 1px solid {c.line}; padding: 4px; }}
    QMenuBar {{ background: {c.window}; padding: 1px 4px; }}
    QMenuBar::item {{ padding: 4px 8px; border-radius: 4px; background: transparent; }}
    QMenuBar::item:selected {{ background: {c.selection}; color: {c.text}; }}
    QMenu {{ background: {c.base}; border: 1px solid {c.line}; padding: 4px; }}
    QMenu::item {{ padding: 5px 28px 5px 28px; border-radius: 3px; }}
    QMenu::item:selected {{ background: {c.selection}; color: {c.text}; }}
    QMenu::item:disabled {{ color: {c.muted}; }}
    QMenu::separator {{ height: 1px; background: {c.line}; margin: 4px 8px; }}
    QMenu::icon {{ padding-left: 6px; }}
    QToolBar {{ background: {c.window}; border: none; border-bottom: 1px solid {c.line};
        padding: 3px 6px; spacing: 2px; }}
    QToolBar::separator {{ width: 1px; background: {c.line}; margin: 4px 6px; }}
    QToolButton {{ padding: 4px 8px; border: 1px solid transparent; border-radius: 5px; }}
    QToolButton:hover {{ background: {c.selection}; }}
    QToolButton:checked {{ background: {c.selection}; border-color: {c.accent}; }}
    QToolButton:focus {{ border-color: {c.accent}; }}
    QStatusBar {{ background: {c.window}; border-top: 1px solid {c.line}; }}
    QStatusBar::item {{ border: none; }}
    QStatusBar QLabel {{ padding: 1px 8px; }}
    QSplitter::handle {{ background: {c.window}; }}
    QSplitter::handle:horizontal {{ width: 7px; }}
    QSplitter::handle:vertical {{ height: 7px; }}
    QSplitter::handle:hover {{ background: {c.selection}; }}
    QPushButton {{ background: {c.button}; color: {c.text}; border: 1px solid {c.line};
        border-radius: 5px; padding: 5px 12px; min-height: 18px; }}
    QPushButton:hover {{ background: {c.selection}; }}
    QPushButton:pressed {{ background: {c.line}; }}
    QPushButton:focus {{ border: 2px solid {c.accent}; padding: 4px 11px; }}
    QPushButton:disabled {{ color: {c.muted}; background: {c.window}; }}
    QPushButton:default, QPushButton[main="true"] {{ background: {c.accent}; color: {c.on_accent};
        border-color: {c.accent}; }}
    QPushButton[main="true"]:hover, QPushButton:default:hover {{ background: {c.accent};
        border-color: {c.text}; }}
    QPushButton[main="true"]:focus, QPushButton:default:focus {{ border: 2px solid {c.text};
        padding: 4px 11px; }}
    QPushButton[main="true"]:disabled, QPushButton:default:disabled {{ color: {c.muted};
        background: {c.window}; border-color: {c.line}; }}
    QPushButton[step="true"] {{ text-align: left; color: {c.muted}; }}
    QPushButton[step="true"]:checked {{ background: {c.selection}; color: {c.text};
        border-color: {c.accent}; font-weight: 600; }}
    QLineEdit, QComboBox, QDateEdit, QPlainTextEdit {{ background: {c.base}; color: {c.text};
        border: 1px solid {c.line}; border-radius: 5px; padding: 3px 7px; min-height: 20px;
        selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
    QLineEdit:focus, QComboBox:focus, QDateEdit:focus, QPlainTextEdit:focus {{
        border: 2px solid {c.accent}; padding: 2px 6px; }}
    QLineEdit[missing="true"], QComboBox[missing="true"] {{ border: 2px solid {c.red};
        padding: 2px 6px; }}
    QComboBox QLineEdit {{ border: none; padding: 0; min-height: 0; }}
    QComboBox::drop-down, QDateEdit::drop-down {{ border: none; width: 20px; }}
    QComboBox::down-arrow, QDateEdit::down-arrow {{ width: 0; height: 0;
        border-left: 4px solid {c.base}; border-right: 4px solid {c.base};
        border-top: 5px solid {c.muted}; margin-right: 6px; }}
    QComboBox QAbstractItemView {{ background: {c.base}; border: 1px solid {c.line};
        selection-background-color: {c.selection}; selection-color: {c.text}; padding: 3px; }}
    QAbstractItemView {{ outline: none; }}
    QListView, QTableView, QTreeView, QTextBrowser {{ background: {c.base};
        border: 2px solid {c.line};
        border-radius: 5px; selection-background-color: {c.selection};
        selection-color: {c.text}; }}
    QListView:focus, QTableView:focus, QTreeView:focus, QTextBrowser:focus {{
        border-color: {c.accent}; }}
    QComboBox QListView {{ border: 1px solid {c.line}; }}
    QListWidget::item {{ padding: 6px 8px; }}
    QComboBox QAbstractItemView::item {{ padding: 3px 6px; }}
    QTableView {{ gridline-color: transparent; alternate-background-color: {c.alternate}; }}
    QTableView::item {{ padding: 2px 6px; border: none; }}
    QTableView::item:selected, QListView::item:selected {{ background: {c.selection};
        color: {c.text}; }}
    QTableView::item:focus {{ border: 1px solid {c.accent}; }}
    QHeaderView {{ background: {c.window}; border: none; }}
    QHeaderView::section {{ background: {c.window}; color: {c.muted}; border: none;
        border-bottom: 1px solid {c.line}; padding: 4px 6px; }}
    QTabWidget::pane {{ border: none; }}
    QTabBar::tab {{ background: transparent; color: {c.muted}; padding: 7px 16px;
        border: none; border-bottom: 3px solid transparent; }}
    QTabBar::tab:selected {{ color: {c.text}; border-bottom-color: {c.accent}; }}
    QTabBar::tab:hover {{ color: {c.text}; }}
    QTabBar::tab:focus {{ background: {c.selection}; }}
    QTabBar::scroller {{ width: 44px; }}
    QTabBar QToolButton {{ padding: 0; border-radius: 0; }}
    QTabBar QToolButton:hover {{ background: {c.selection}; }}
    QProgressBar {{ border: none; border-radius: 3px; background: {c.line}; max-height: 6px;
        min-height: 6px; }}
    QProgressBar::chunk {{ background: {c.accent}; border-radius: 3px; }}
    QCheckBox:focus, QRadioButton:focus {{ color: {c.accent}; }}
    QLabel[quiet="true"] {{ color: {c.muted}; }}
    QLabel[heading="true"] {{ font-weight: 600; }}
    QLabel[notice="true"] {{ background: {c.notice}; color: {c.text}; border-radius: 5px;
        padding: 6px 10px; }}
    QLabel[trouble="true"] {{ color: {c.red}; }}
    QLabel[good="true"] {{ color: {c.green}; }}
    QFrame[noticebar="true"] {{ background: {c.notice}; border-radius: 5px; }}
    QLabel[pill] {{ font-weight: 600; border-radius: 10px; padding: 2px 12px;
        background: {c.base}; }}
    QLabel[pill="open"] {{ color: {c.muted}; border: 1px solid {c.muted}; }}
    QLabel[pill="review"] {{ color: {c.accent}; border: 1px solid {c.accent}; }}
    QLabel[pill="submitted"] {{ color: {c.amber}; border: 1px solid {c.amber}; }}
    QLabel[pill="returned"] {{ color: {c.red}; border: 1px solid {c.red}; }}
    QLabel[pill="approved"] {{ color: {c.green}; border: 1px solid {c.green}; }}
    QLabel[pill="released"] {{ color: {c.base}; background: {c.green};
        border: 1px solid {c.green}; }}
    QFrame[card="true"] {{ background: {c.base}; border: 1px solid {c.line};
        border-radius: 8px; }}
    QFrame[present="true"] {{ background: {c.selection}; border: 1px solid {c.accent};
        border-radius: 6px; }}
    QFrame[present="true"] QLabel {{ background: transparent; border: none; }}
    QFrame[rule="true"] {{ background: {c.line}; max-height: 1px; border: none; }}
    QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
    QScrollBar::handle {{ background: {c.line}; border-radius: 4px; margin: 2px; }}
    QScrollBar::handle:vertical {{ min-height: 28px; }}
    QScrollBar::handle:horizontal {{ min-width: 28px; }}
    QScrollBar::handle:hover {{ background: {c.muted}; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    """
