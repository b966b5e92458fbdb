"""The people of a case: who they are, and introducing another by their fingerprint."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGroupBox,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from redactor.case.signing import grouped
from redactor.errors import RedactorError
from redactor.model import Role
from ui.dialogs.base import words
from ui.dialogs.identity import ROLES
from ui.session import Session

_HEADINGS = ("Name", "Role", "Has signed", "Fingerprint of the key")


class PeopleDialog(QDialog):
    """List who belongs to the case, and let an officer introduce others."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("People of the case")
        self.resize(760, 460)
        self._session = session
        self.table = QTableWidget(0, len(_HEADINGS))
        self.table.setAccessibleName("People of the case")
        self.table.setHorizontalHeaderLabels(_HEADINGS)
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        self.fingerprint = QLineEdit()
        self.name = QLineEdit()
        self.role = QComboBox()
        self.invite = QPushButton("&Invite")
        self.trouble = words("", "trouble")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 16)
        layout.setSpacing(12)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._invitation())
        layout.addWidget(buttons)
        for line in (self.fingerprint, self.name):
            line.textChanged.connect(self._check)
        self.invite.clicked.connect(self._invite)
        session.life_changed.connect(self._show)
        self._show()

    def _invitation(self) -> QWidget:
        box = QGroupBox("Invite somebody")
        self.fingerprint.setAccessibleName("Fingerprint of their key")
        self.fingerprint.setPlaceholderText("The 40 digits that they gave you")
        self.name.setAccessibleName("Their name")
        self.name.setMaxLength(80)
        self.role.setAccessibleName("Their role")
        for role, meaning in ROLES.items():
            self.role.addItem(role.value.capitalize(), role)
            at = self.role.count() - 1
            self.role.setItemData(at, meaning, Qt.ItemDataRole.ToolTipRole)
        said = words(next(iter(ROLES.values())), "quiet")
        self.role.currentIndexChanged.connect(lambda at: said.setText(tuple(ROLES.values())[at]))
        self.invite.setAccessibleName("Invite")
        self.invite.setAutoDefault(False)
        form = QFormLayout(box)
        form.setVerticalSpacing(8)
        form.addRow("&Fingerprint", self.fingerprint)
        form.addRow("&Name", self.name)
        form.addRow("&Role", self.role)
        form.addRow("", said)
        form.addRow("", self.trouble)
        form.addRow("", self.invite)
        form.setAlignment(self.invite, Qt.AlignmentFlag.AlignLeft)
        return box

    def _show(self) -> None:
        members = sorted(self._session.life.members.values(), key=lambda one: one.name.casefold())
        self.table.setRowCount(len(members))
        for row, one in enumerate(members):
            signed = "yes" if one.public_key else "not yet"
            cells = (one.name, str(one.role), signed, grouped(one.fingerprint))
            for column, text in enumerate(cells):
                self.table.setItem(row, column, QTableWidgetItem(text))
        self._check()

    def _check(self) -> None:
        may = self._session.can_invite
        for field in (self.fingerprint, self.name, self.role):
            field.setEnabled(may)
        given = bool(self.fingerprint.text().strip() and self.name.text().strip())
        self.invite.setEnabled(may and given)
        if not may:
            self.trouble.setText("Only an officer of the case can invite others.")

    def _invite(self) -> None:
        role: Role = self.role.currentData()
        self.invite.setEnabled(False)
        self.trouble.setText("")
        self._session.invite(
            self.fingerprint.text(), self.name.text(), Role(role), self._invited, self._refused
        )

    def _invited(self) -> None:
        if not isValid(self):  # it was closed meanwhile
            return
        self.fingerprint.clear()
        self.name.clear()
        self.fingerprint.setFocus()

    def _refused(self, error: RedactorError) -> None:
        if isValid(self):
            self.trouble.setText(error.user_message)
            self._check()
