"""Who works with the program: their unlocked identity, in memory only."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from redactor.case.signing import Signer
from redactor.model import Role
from ui.dialogs.base import Dialogs
from ui.dialogs.identity import SignInDialog, WhoIAmDialog
from ui.errands import Errands
from ui.settings import Settings


class SigningIn(QObject):
    """Asks who is working, and holds their key until the program ends.

    Signals:
        signed_in: somebody signed in; their ``Signer``.
    """

    signed_in = Signal(object)

    def __init__(
        self, settings: Settings, errands: Errands, dialogs: Dialogs, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.signer: Signer | None = None
        self._settings = settings
        self._errands = errands
        self._dialogs = dialogs

    def with_signer(self, do: Callable[[Signer], object]) -> None:
        """Do something once it is known who is working."""
        if self.signer is not None:
            do(self.signer)
        else:
            self.ask(do)

    def ask(self, then: Callable[[Signer], object] = lambda _: None) -> None:
        """Ask who is working, whoever worked before."""
        dialog = SignInDialog(self._settings.identity, self._errands, self._dialogs.parent)

        def accepted() -> None:
            if dialog.signer is not None and dialog.path is not None:
                self._settings.identity = dialog.path
                self.sign_in(dialog.signer)
                then(dialog.signer)

        self._dialogs.open(dialog, accepted)

    def sign_in(self, signer: Signer) -> None:
        """Work as this person from now on."""
        self.signer = signer
        self.signed_in.emit(signer)

    def show(self, role: Role | None) -> None:
        """Show who is working, and the fingerprint that others know them by."""
        self.with_signer(
            lambda signer: self._dialogs.open(
                WhoIAmDialog(signer, role or signer.role, self._dialogs.parent)
            )
        )
