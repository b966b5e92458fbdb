"""What the dialogs share: one that asks, a field for a passphrase, trouble, and how they open."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from redactor.errors import RedactorError
from ui import theme
from ui.messages import message_for

_WIDTH = 460


class Asking(QDialog):
    """A dialog that cannot be accepted before what it asks for is given."""

    def __init__(self, parent: QWidget | None, title: str, accept: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDTH)
        self.layout_ = QVBoxLayout(self)
        self.layout_.setContentsMargins(18, 16, 18, 16)
        self.layout_.setSpacing(12)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setText(accept)
        self.ok.setDefault(True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def make_room(self) -> None:
        """Grow until everything that is said can be read, once it is laid out."""
        QTimer.singleShot(0, self, self._grow)

    def _grow(self) -> None:
        needed = self.layout_.totalHeightForWidth(self.width())
        if needed > self.height():
            self.resize(self.width(), needed)

    def say(self, text: str, part: str = "") -> QLabel:
        """Add a paragraph, dressed as a part of the style."""
        label = words(text, part)
        self.layout_.addWidget(label)
        return label


class PassphraseField(QWidget):
    """A line that hides what is typed until somebody asks to see it.

    Attributes:
        line: where it is typed.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setAccessibleName(name)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.show_button = QPushButton()
        self.show_button.setCheckable(True)
        self.show_button.setAutoDefault(False)
        self.show_button.toggled.connect(self._shown)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.show_button)
        self.setFocusProxy(self.line)
        self._name = name.lower()
        self._shown()

    @property
    def text(self) -> str:
        """Give what was typed."""
        return self.line.text()

    def _shown(self, on: bool = False) -> None:
        echo = QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password
        self.line.setEchoMode(echo)
        what = "Hide" if on else "Show"
        self.show_button.setText(what)
        self.show_button.setAccessibleName(f"{what} the {self._name}")


def new_form() -> QFormLayout:
    """Make a form whose fields take the width there is."""
    form = QFormLayout()
    form.setVerticalSpacing(10)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


def add_pair(form: QFormLayout, title: str, field: QWidget, beside: QWidget) -> None:
    """Add a field with something beside it; the title's key goes to the field."""
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(field, 1)
    row.addWidget(beside)
    form.addRow(title, row)
    form.labelForField(row).setBuddy(field)  # type: ignore[attr-defined]  # a QLabel it is


class Dialogs:
    """Opens dialogs over the window, without a second event loop.

    Attributes:
        current: the dialog that was opened last.
    """

    def __init__(self, parent: QWidget) -> None:
        self.parent = parent
        self.current: QWidget | None = None
        self._last: list[QMessageBox] = []

    def open(self, dialog: QDialog, accepted: Callable[[], object] | None = None) -> None:
        """Show a dialog; it goes when it is closed."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if accepted is not None:
            dialog.accepted.connect(accepted)
        self.current = dialog
        dialog.open()

    def show_error(self, error: RedactorError) -> None:
        """Show an error without stopping what runs behind it."""
        error_box(self.parent, error).open()

    def show_last(self, error: RedactorError) -> None:
        """Show an error once the window has gone; the program ends when it is closed."""
        box = error_box(None, error)
        self._last.append(box)
        box.open()

    def tell(self, title: str, text: str) -> None:
        """Say something that has to be seen."""
        box = QMessageBox(self.parent)
        box.setIcon(QMessageBox.Icon.Information)
        box.setWindowTitle("Redactor")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(title)
        box.setInformativeText(text)
        self.open(box)

    def ask(self, title: str, text: str, yes: str, no: str, do: Callable[[], object]) -> None:
        """Ask whether something is to be done; nothing is the answer of Enter and Escape."""
        box = QMessageBox(self.parent)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("Redactor")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(title)
        box.setInformativeText(text)
        go = box.addButton(yes, QMessageBox.ButtonRole.ActionRole)
        stay = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)
        go.clicked.connect(do)
        self.open(box)


def error_box(parent: QWidget | None, error: RedactorError) -> QMessageBox:
    """Make the box that shows an error."""
    message = message_for(error)
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("Redactor")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(message.title)
    box.setInformativeText("\n\n".join(filter(None, (message.happened, message.next_step))))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box


def words(text: str, part: str = "") -> QLabel:
    """Make a label of plain text that wraps."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    if part:
        theme.dress(label, part)
    return label
