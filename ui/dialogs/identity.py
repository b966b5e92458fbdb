"""Signing in: make an identity, or unlock one; and who I am, for others to know me by."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from redactor.case.identity import save_identity, show_identity, unlock_identity
from redactor.case.signing import Signer, grouped, new_signer
from redactor.config import identities_folder
from redactor.errors import RedactorError
from redactor.model import Person, Role
from ui import theme
from ui.clipboard import copy_public
from ui.dialogs.base import Asking, PassphraseField, add_pair, new_form, words
from ui.dialogs.cases import passphrase_trouble
from ui.errands import Errands
from ui.ticks import tick_clearly

IDENTITY_SUFFIX = ".identity"
_FORBIDDEN = set('<>:"/\\|?*')
ROLES = {
    Role.OFFICER: "Prepares cases: adds documents, decides, and submits them for review.",
    Role.REVIEWER: "Checks what an officer prepared, and returns or approves it. Whoever decided "
    "anything in a case cannot approve it.",
    Role.OBSERVER: "Looks at cases and changes nothing.",
}


class SignInDialog(Asking):
    """Ask who is working. It is accepted once ``signer`` is unlocked.

    Attributes:
        signer: the unlocked identity, in memory only.
        path: its file.
        page: what is shown of it.
    """

    def __init__(
        self, identity: Path | None, errands: Errands, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, "Who is working?", "Sign in")
        self.signer: Signer | None = None
        self.path: Path | None = None
        self._errands = errands
        self._busy = False
        self.create_page = CreatePage()
        self.unlock_page = UnlockPage(identity, errands)
        self.welcome_page = self._welcome()
        self._pages = (self.welcome_page, self.create_page, self.unlock_page)
        self.page: QWidget = self.welcome_page
        for page in self._pages:
            self.layout_.addWidget(page)
        self.trouble = self.say("", "trouble")
        self.another = QPushButton("Another identity…")
        self.another.setAccessibleName("Use another identity, or make one")
        self.another.setAutoDefault(False)
        self.another.clicked.connect(lambda: self._go_to(self.welcome_page))
        self.buttons.addButton(self.another, QDialogButtonBox.ButtonRole.ResetRole)
        self.layout_.addWidget(self.buttons)
        for line in (*self.create_page.lines(), *self.unlock_page.lines()):
            line.textChanged.connect(self._check)
        self.create_page.roles.idToggled.connect(self._check)
        self.unlock_page.looked.connect(self.make_room)
        self._go_to(self.welcome_page if identity is None else self.unlock_page)

    def accept(self) -> None:
        """Make or unlock the identity beside the window; the dialog goes when it is done."""
        if self.page is self.welcome_page or not self.ok.isEnabled():
            return
        self._set_busy(busy=True)
        passphrase: str
        if self.page is self.create_page:
            page = self.create_page
            path, name, role, passphrase = page.path, page.name, page.role, page.passphrase

            def work() -> Signer:
                signer = new_signer(name, role)
                save_identity(path, signer, passphrase)
                return signer
        else:
            path, passphrase = self.unlock_page.path, self.unlock_page.passphrase.text

            def work() -> Signer:
                return unlock_identity(path, passphrase)

        def done(signer: Signer) -> None:
            self.signer, self.path = signer, path
            QDialog.accept(self)

        self._errands.ask(work, done, self._refused, self)

    def _refused(self, error: RedactorError) -> None:
        self._set_busy(busy=False)
        self.trouble.setText(error.user_message)
        self.make_room()
        if self.page is self.unlock_page:
            self.unlock_page.passphrase.line.selectAll()
            self.unlock_page.passphrase.line.setFocus()

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.page.setEnabled(not busy)
        self.trouble.setText("")
        self._check()

    def _go_to(self, page: QWidget) -> None:
        self.page = page
        for one in self._pages:
            one.setVisible(one is page)
        self.trouble.setText("")
        self.ok.setVisible(page is not self.welcome_page)
        self.ok.setText("Create and sign in" if page is self.create_page else "Sign in")
        self.another.setVisible(page is not self.welcome_page)
        if page is self.create_page:
            self.create_page.name_line.setFocus()
        elif page is self.unlock_page:
            self.unlock_page.first().setFocus()
        else:
            self.create_button.setFocus()
        # A button that was pressed and is hidden now would go on to answer Enter.
        (self.create_button if page is self.welcome_page else self.ok).setDefault(True)
        self._check()
        self.adjustSize()
        self.make_room()

    def showEvent(self, event: QShowEvent) -> None:
        """Be as large as the first page needs, not as the largest."""
        super().showEvent(event)
        self.adjustSize()
        self.make_room()

    def _check(self) -> None:
        page = self.page
        if page is self.create_page:
            ready = self.create_page.is_ready()
        else:
            ready = page is self.unlock_page and self.unlock_page.is_ready()
        self.ok.setEnabled(ready and not self._busy)

    def _welcome(self) -> QWidget:
        page = QWidget()
        layout = _page_layout(page)
        layout.addWidget(
            words(
                "Whatever is done in a case is signed with the key of the person who did it. Your "
                "key is in a file of your own, your identity, and a passphrase opens it."
            )
        )
        self.create_button = QPushButton("Create my identity…")
        self.use_button = QPushButton("Use my identity file…")
        for button, text, target in (
            (self.create_button, "The first time you use Redactor", self.create_page),
            (self.use_button, "If you have one already", self.unlock_page),
        ):
            button.setAccessibleName(button.text())
            button.setAccessibleDescription(text)
            button.setMinimumHeight(34)
            button.setMinimumWidth(200)
            button.clicked.connect(lambda _=False, target=target: self._go_to(target))
            row = QHBoxLayout()
            row.setSpacing(14)
            row.addWidget(button)
            row.addWidget(words(text, "quiet"), 1)
            layout.addLayout(row)
        layout.addStretch(1)
        return page


class CreatePage(QWidget):
    """Name, role, place and passphrase of a new identity."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name_line = QLineEdit()
        self.name_line.setAccessibleName("Your name")
        self.name_line.setPlaceholderText("First name and surname, as your authority knows you")
        self.name_line.setMaxLength(80)
        self.folder = QLineEdit(str(identities_folder()))
        self.folder.setAccessibleName("Folder of the identity file")
        self.passphrase_field = PassphraseField("Passphrase of your identity")
        self.again = PassphraseField("Passphrase of your identity again")
        self.roles = QButtonGroup(self)
        self._trouble = words("", "trouble")
        self._outcome = words("", "quiet")
        choose = QPushButton("Choose…")
        choose.setAccessibleName("Choose the folder of the identity file")
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        form = new_form()
        form.addRow("&Your name", self.name_line)
        form.addRow("Your role", self._role_buttons())
        add_pair(form, "Kept &in", self.folder, choose)
        form.addRow("", self._outcome)
        form.addRow("&Passphrase", self.passphrase_field)
        form.addRow("&Again", self.again)
        form.addRow("", self._trouble)
        layout = _page_layout(self)
        layout.addLayout(form)
        layout.addWidget(
            words(
                "Nobody can recover the passphrase. Tell it to nobody: it signs for you.", "notice"
            )
        )
        for line in self.lines():
            line.textChanged.connect(self._explain)
        self._explain()

    def lines(self) -> tuple[QLineEdit, ...]:
        """Give the lines that are typed into."""
        return self.name_line, self.folder, self.passphrase_field.line, self.again.line

    @property
    def name(self) -> str:
        """Give the name."""
        return " ".join(self.name_line.text().split())

    @property
    def role(self) -> Role:
        """Give the role that was chosen."""
        return tuple(ROLES)[max(0, self.roles.checkedId())]

    @property
    def passphrase(self) -> str:
        """Give the passphrase."""
        return self.passphrase_field.text

    @property
    def path(self) -> Path:
        """Give where the identity file is to lie."""
        stem = "".join("-" if one in _FORBIDDEN else one for one in self.name).strip(". ")
        return Path(self.folder.text()) / f"{stem or 'identity'}{IDENTITY_SUFFIX}"

    def is_ready(self) -> bool:
        """Say whether all is given that an identity needs."""
        same = bool(self.passphrase) and self.passphrase == self.again.text
        named = len(self.name) >= 2 and self.roles.checkedId() >= 0
        there = Path(self.folder.text()).is_dir()
        return same and named and there and not passphrase_trouble(self.passphrase, self.again.text)

    def _role_buttons(self) -> QWidget:
        box = QWidget()
        layout = _page_layout(box, spacing=2)
        for number, (role, meaning) in enumerate(ROLES.items()):
            button = tick_clearly(QRadioButton(role.value.capitalize()))
            button.setAccessibleName(role.value.capitalize())
            button.setAccessibleDescription(meaning)
            self.roles.addButton(button, number)
            layout.addWidget(button)
            said = words(meaning, "quiet")
            said.setContentsMargins(26, 0, 0, 4)
            layout.addWidget(said)
        return box

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Keep the identity in", self.folder.text())
        if folder:
            self.folder.setText(folder)

    def _explain(self) -> None:
        self._trouble.setText(passphrase_trouble(self.passphrase, self.again.text))
        there = Path(self.folder.text()).is_dir()
        named = f"The file will be called {self.path.name}." if self.name else ""
        self._outcome.setText(named if there else "There is no such folder.")


class UnlockPage(QWidget):
    """An identity file and its passphrase.

    Signals:
        looked: it is said whose identity it is, or why that cannot be told.
    """

    looked = Signal()

    def __init__(
        self, identity: Path | None, errands: Errands, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._errands = errands
        self._known = False
        self.file = QLineEdit(str(identity) if identity is not None else "")
        self.file.setAccessibleName("Your identity file")
        self.passphrase = PassphraseField("Passphrase of your identity")
        self.about = words("", "heading")
        choose = QPushButton("Choose…")
        choose.setAccessibleName("Choose your identity file")
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        form = new_form()
        add_pair(form, "&Identity file", self.file, choose)
        form.addRow("", self.about)
        form.addRow("&Passphrase", self.passphrase)
        layout = _page_layout(self)
        layout.addLayout(form)
        layout.addStretch(1)
        self.file.textChanged.connect(self._look)
        self._look()

    def lines(self) -> tuple[QLineEdit, ...]:
        """Give the lines that are typed into."""
        return self.file, self.passphrase.line

    def first(self) -> QLineEdit:
        """Give the line to type into first."""
        return self.passphrase.line if self.file.text() else self.file

    @property
    def path(self) -> Path:
        """Give the identity file."""
        return Path(self.file.text().strip())

    def is_ready(self) -> bool:
        """Say whether a file is named and a passphrase given."""
        return bool(self.file.text().strip() and self.passphrase.text)

    def _look(self) -> None:
        """Say whose identity it is; that needs no passphrase."""
        if not self.file.text().strip():
            self.about.setText("")
            return
        path = self.path
        self._errands.ask(lambda: show_identity(path), self._tell, self._tell_not, self)

    def _tell(self, person: Person) -> None:
        self._say(f"{person.name}, {person.role}", trouble=False)

    def _tell_not(self, error: RedactorError) -> None:
        self._say(error.user_message, trouble=True)

    def _say(self, text: str, *, trouble: bool) -> None:
        theme.dress(self.about, "trouble", on=trouble)
        theme.dress(self.about, "heading", on=not trouble)
        self.about.setText(text)
        self.looked.emit()

    def _choose(self) -> None:
        start = self.file.text() or str(identities_folder())
        kinds = f"Identities (*{IDENTITY_SUFFIX});;All files (*)"
        name, _ = QFileDialog.getOpenFileName(self, "Your identity file", start, kinds)
        if name:
            self.file.setText(name)
            self.passphrase.line.setFocus()


class WhoIAmDialog(QDialog):
    """Show name, role and fingerprint, to be read out or copied."""

    def __init__(self, signer: Signer, role: Role, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Who I am")
        self.setMinimumWidth(460)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(10)
        layout.addWidget(words(signer.name, "heading"))
        layout.addWidget(words(f"{str(role).capitalize()}. {ROLES[role]}"))
        layout.addWidget(
            words(
                "This is the fingerprint of your key. An officer needs it to introduce you to a "
                "case. Give it in a way that leaves no doubt that it is yours.",
                "quiet",
            )
        )
        self.fingerprint = QLabel(grouped(signer.fingerprint))
        self.fingerprint.setAccessibleName("Fingerprint of your key")
        self.fingerprint.setWordWrap(True)
        flags = Qt.TextInteractionFlag
        self.fingerprint.setTextInteractionFlags(
            flags.TextSelectableByMouse | flags.TextSelectableByKeyboard
        )
        layout.addWidget(self.fingerprint)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        self.copy = QPushButton("&Copy the fingerprint")
        self.copy.setAccessibleName("Copy the fingerprint")
        self.copy.clicked.connect(lambda: copy_public(grouped(signer.fingerprint)))
        buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        layout.addWidget(buttons)


def _page_layout(page: QWidget, *, spacing: int = 12) -> QVBoxLayout:
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    return layout
