"""The small dialogs of a review: a ruling, files that were not added, a passage as released."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from redactor.formats import FORMATS
from redactor.model import Ruling
from ui import theme
from ui.dialogs.base import Asking
from ui.intake import NotAdded
from ui.ticks import tick_clearly


def files_filter() -> str:
    """Give the filter of the file dialog, made from the list of formats."""
    every = " ".join(f"*{suffix}" for one in FORMATS for suffix in one.suffixes)
    each = (f"{one.title} ({' '.join('*' + s for s in one.suffixes)})" for one in FORMATS)
    return ";;".join([f"All documents ({every})", *each, "All files (*)"])


class RulingDialog(Asking):
    """Ask what is to happen with a part that could not be read, and why."""

    def __init__(
        self,
        what: str,
        why: str,
        rulings: Sequence[Ruling],
        actor: str,
        parent: QWidget | None = None,
        *,
        what_first: str = "",
    ) -> None:
        super().__init__(parent, "Rule on a part", "Record the ruling")
        heading = self.say(what)
        theme.dress(heading, "heading")
        self.say(why)
        if what_first:
            self.say(what_first)
        self._choices = QButtonGroup(self)
        self._rulings = tuple(rulings)
        for number, ruling in enumerate(self._rulings):
            title, meaning = _RULINGS[ruling]
            button = tick_clearly(QRadioButton(title))
            button.setAccessibleName(title)
            button.setAccessibleDescription(meaning)
            self._choices.addButton(button, number)
            self.layout_.addWidget(button)
            self.say(meaning).setContentsMargins(26, 0, 0, 4)
        if len(self._rulings) == 1:
            self._choices.button(0).setChecked(True)
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName("Reason for the ruling")
        self.reason.setPlaceholderText("Why? This is recorded with your name.")
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(72)
        label = QLabel("&Reason")
        label.setBuddy(self.reason)
        self.layout_.addWidget(label)
        self.layout_.addWidget(self.reason)
        signed = self.say(f"Ruled by {actor}")
        theme.dress(signed, "quiet")
        self.layout_.addWidget(self.buttons)
        self.reason.textChanged.connect(self._check)
        self._choices.idToggled.connect(self._check)
        self._check()

    @property
    def ruling(self) -> Ruling | None:
        """Give the ruling that was chosen."""
        chosen = self._choices.checkedId()
        return self._rulings[chosen] if chosen >= 0 else None

    def choose(self, ruling: Ruling) -> None:
        """Choose a ruling."""
        self._choices.button(self._rulings.index(ruling)).setChecked(True)

    def _check(self) -> None:
        written = bool(self.reason.toPlainText().strip())
        self.ok.setEnabled(written and self.ruling is not None)


_RULINGS = {
    Ruling.LEAVE_OUT: (
        "Leave it out",
        "The release will not hold this part. The list of what was left out names it.",
    ),
    Ruling.RELEASE_AS_SEEN: (
        "I have looked at it; release it as it is",
        "You take it on yourself that nothing more in it is to be withheld. Redactor cannot check.",
    ),
}


class NotAddedDialog(QDialog):
    """List files that were not taken in, with the reason for each."""

    def __init__(self, files: Sequence[NotAdded], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Files that were not added")
        self.resize(560, 340)
        count = "1 file was" if len(files) == 1 else f"{len(files)} files were"
        label = QLabel(f"{count} &not added. They will not be part of any release.")
        label.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName("Files that were not added")
        self.list.setWordWrap(True)
        self.list.setAlternatingRowColors(True)
        for one in files:
            item = QListWidgetItem(f"{one.name}\n{one.why}")
            self.list.addItem(item)
        label.setBuddy(self.list)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(10)
        layout.addWidget(label)
        layout.addWidget(self.list, 1)
        layout.addWidget(buttons)


class PreviewDialog(QDialog):
    """Show a passage as it would read once released, or hidden content, which never is.

    Args:
        hidden: where the passage stands if it is hidden content; empty for what is seen.
    """

    def __init__(self, passage: str, hidden: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Hidden content" if hidden else "Preview of the passage")
        self.resize(640, 420)
        label = QLabel(
            f"{hidden.replace('&', '&&')}: hidden &passage. It is shown for review, and never "
            "released, whatever is decided on findings in it."
            if hidden
            else "The &passage with what is decided so far. Undecided findings still stand in it, "
            "and only a release is rebuilt and checked."
        )
        label.setWordWrap(True)
        self.text = QPlainTextEdit(passage)
        self.text.setReadOnly(True)
        self.text.setAccessibleName("The passage as it would read")
        label.setBuddy(self.text)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(10)
        layout.addWidget(label)
        layout.addWidget(self.text, 1)
        layout.addWidget(buttons)
