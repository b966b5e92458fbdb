"""Putting one text on a list: what it is, why, and how it is compared."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from redactor.errors import UsageError
from redactor.labels import LABELS
from redactor.lists import Entry, Match, Which, new_entry
from ui.dialogs.base import Asking, new_form

_TITLES = {Which.ALWAYS: "Always find this", Which.NEVER: "Never propose this"}
_SAID = {
    Which.ALWAYS: "Every place of this text in the case becomes a finding at once, to be decided. "
    "So it does in documents that are added later.",
    Which.NEVER: "What is found there stays a finding, but is proposed to be kept. Decisions that "
    "were made are left as they are.",
}


class ListTextDialog(Asking):
    """Asks what is to be put on a list."""

    def __init__(self, which: Which, text: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, _TITLES[which], "Put on the list")
        self.text = QLineEdit(" ".join(text.split()))
        self.text.setAccessibleName("Text")
        self.why = QLineEdit()
        self.why.setAccessibleName("Why")
        self.why.setPlaceholderText("Shown beside its findings; the log does not hold it")
        self.label = QComboBox()
        self.label.setAccessibleName("Label")
        for one in LABELS:
            if one.name != "MANUAL":
                self.label.addItem(one.title, one.name)
        self.label.setCurrentIndex(max(0, self.label.findData(label)))
        self.exact = QCheckBox("Only with these very &capitals")
        self.say(_SAID[which])
        form = new_form()
        form.addRow("&Text", self.text)
        if which is Which.ALWAYS:
            form.addRow("&Label", self.label)
        form.addRow("&Why", self.why)
        form.addRow("", self.exact)
        self.layout_.addLayout(form)
        self.trouble = self.say("", "trouble")
        self.layout_.addWidget(self.buttons)
        for line in (self.text, self.why):
            line.textChanged.connect(self._check)
        self._check()
        self.why.setFocus()
        self.make_room()

    def entry(self) -> Entry:
        """Give what was asked for.

        Raises:
            UsageError: it can be no entry.
        """
        match = Match.EXACT if self.exact.isChecked() else Match.WORDS
        return new_entry(
            self.text.text(),
            label=str(self.label.currentData()),
            match=match,
            why=self.why.text(),
        )

    def _check(self) -> None:
        try:
            self.entry()
        except UsageError as error:
            self.trouble.setText(error.user_message)
            self.ok.setEnabled(False)
        else:
            self.trouble.setText("")
            self.ok.setEnabled(True)
