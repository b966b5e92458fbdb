"""Returning a submitted case: why, and what was said of its findings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QListWidget, QPlainTextEdit, QWidget

from ui import theme
from ui.dialogs.base import Asking


class SendBackDialog(Asking):
    """Ask for the reason, and show the comments that go with it."""

    def __init__(self, actor: str, comments: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent, "Return the case", "Return it")
        self.resize(560, 460)
        theme.dress(self.say("Return the case to who prepared it"), "heading")
        self.say(
            "They see the reason and the comments, change what has to be changed, and submit the "
            "case again. What was submitted cannot be approved any more."
        )
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName("Reason for returning the case")
        self.reason.setPlaceholderText("Why? This is recorded with your name.")
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(80)
        label = QLabel("&Reason")
        label.setBuddy(self.reason)
        self.layout_.addWidget(label)
        self.layout_.addWidget(self.reason)
        self.comments = QListWidget()
        self.comments.setAccessibleName("Comments that go with it")
        self.comments.setWordWrap(True)
        self.comments.setAlternatingRowColors(True)
        self.comments.addItems(list(comments))
        self._lay_out_comments(len(comments))
        signed = self.say(f"Returned by {actor}")
        theme.dress(signed, "quiet")
        self.layout_.addWidget(self.buttons)
        self.reason.textChanged.connect(self._check)
        self.reason.setFocus()
        self._check()

    @property
    def why(self) -> str:
        """Give the reason."""
        return self.reason.toPlainText().strip()

    def _lay_out_comments(self, count: int) -> None:
        if not count:
            self.say("You made no comments on single findings.", "quiet")
            self.layout_.addStretch(1)
            self.comments.hide()
            return
        told = "1 comment goes" if count == 1 else f"{count} comments go"
        label = QLabel(f"{told} &with it")
        label.setBuddy(self.comments)
        self.layout_.addWidget(label)
        self.layout_.addWidget(self.comments, 1)

    def _check(self) -> None:
        self.ok.setEnabled(bool(self.why))
