"""Making the unredacted pack for the Commissioner."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from redactor.app.packs import make_pack
from redactor.case.passphrase import SHORTEST
from ui import theme
from ui.dialogs.base import PassphraseField, new_form, words
from ui.dialogs.working import Outcome, WorkDialog
from ui.session import Session
from ui.tasks import Courier


class PackDialog(WorkDialog):
    """Ask where to, under which passphrase and with which letters."""

    def __init__(self, session: Session, courier: Courier, parent: QWidget | None = None) -> None:
        super().__init__(session, courier, "Pack for the Commissioner", parent)
        self.stopped = "You stopped it. No pack was written."
        self.folder = QLineEdit()
        self.browse = QPushButton("Choose…")
        self.passphrase = PassphraseField("Passphrase of the pack")
        self.again = PassphraseField("The same passphrase again")
        self.letters: list[Path] = []
        self.with_it = words("No letters go with it yet.", "quiet")
        self.add = QPushButton("Add &letters…")
        self.make = QPushButton("Make the pack")
        self._lay_out_asking()
        self._check()
        self.folder.setFocus()

    def start(self) -> None:
        """Make it."""
        folder, passphrase = Path(self.folder.text().strip()), self.passphrase.text
        letters = tuple(self.letters)
        self.work(
            "Everything that is withheld is marked in the originals, and bound in one encrypted "
            "file.",
            lambda case, lane, report: make_pack(
                case, lane, folder, passphrase, correspondence=letters, report=report
            ),
            self._conclude_pack,
        )

    def _conclude_pack(self, path: Path) -> Outcome:
        return Outcome(
            "The pack is made",
            f"{path.name} was written to {path.parent}. It holds everything that is withheld, and "
            "opens with its passphrase only.",
            good=True,
            next_step="Send the passphrase on another way. Never put the pack beside a release.",
        )

    def _lay_out_asking(self) -> None:
        self.asked.addWidget(self.heading("Unredacted: for the Information Commissioner only"))
        self.asked.addWidget(
            words(
                "The pack shows what is withheld, under which provision and why. It is for an "
                "investigation under section 50 of the Act, and must never go to the requester."
            )
        )
        form = new_form()
        row = QHBoxLayout()
        self.folder.setAccessibleName("Folder of the pack")
        self.browse.setAccessibleName("Choose the folder of the pack")
        self.browse.setAutoDefault(False)
        row.addWidget(self.folder, 1)
        row.addWidget(self.browse)
        label = QLabel("&Folder")
        label.setBuddy(self.folder)
        form.addRow(label, row)
        form.addRow("&Passphrase", self.passphrase)
        form.addRow("&Again", self.again)
        self.asked.addLayout(form)
        self.asked.addWidget(self.with_it)
        self.asked.addStretch(1)
        self.folder.textChanged.connect(self._check)
        for field in (self.passphrase, self.again):
            field.line.textChanged.connect(self._check)
        self.browse.clicked.connect(self._browse)
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self._add_letters)
        self.make.clicked.connect(self.start)
        theme.dress(self.make, "main")
        self.finish_asking(self.make, self.add)

    def _browse(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Where the pack is to lie")
        if folder:
            self.folder.setText(folder)

    def _add_letters(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, "Letters that go with the pack")
        self.letters += [Path(one) for one in names]
        if self.letters:
            self.with_it.setText(f"With it go: {', '.join(one.name for one in self.letters)}.")

    def _check(self) -> None:
        path, said = Path(self.folder.text().strip()), self.passphrase.text
        good = path.is_absolute() and len(said) >= SHORTEST and said == self.again.text
        self.make.setEnabled(good)
