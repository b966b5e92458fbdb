"""From nothing to an open case: the start page, and what is asked before there is one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from redactor.app.site_lists import SiteLists, open_site_lists
from redactor.case.signing import Signer
from redactor.config import cases_folder, resource_path
from redactor.errors import RedactorError
from ui.cases import Cases
from ui.dialogs.base import Dialogs
from ui.dialogs.cases import CASE_FILTER, NewCaseDialog
from ui.dialogs.review import files_filter
from ui.errands import Errands
from ui.panels.start import StartPage
from ui.settings import Settings
from ui.signing_in import SigningIn

_SAMPLE_REF = "Sample case (invented)"


class Starting(QObject):
    """Asks who is working, which case, and which files, in that order."""

    def __init__(
        self,
        cases: Cases,
        who: SigningIn,
        settings: Settings,
        errands: Errands,
        dialogs: Dialogs,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.page = StartPage()
        self._cases = cases
        self._who = who
        self._settings = settings
        self._errands = errands
        self._dialogs = dialogs
        self.page.recent_wanted.connect(self.open_case)
        self.page.restore_wanted.connect(cases.ask_to_restore)
        self.page.forget_wanted.connect(self._forget)

    def show(self) -> None:
        """Show the cases as they were opened last."""
        self.page.show_recent(self._settings.recent)
        self.page.buttons["new"].setFocus()

    def new_case(self, files: Sequence[Path] = (), ref: str = "") -> None:
        """Ask what a case is about and make it, with these files in it."""
        paths = list(files)
        stem = paths[0].stem if len(paths) == 1 else ""

        def ask(signer: Signer) -> None:
            lists = self._settings.site_lists
            dialog = NewCaseDialog(ref or stem, self._dialogs.parent, lists)
            dialog.lists_wanted.connect(lambda given: self._open_lists(dialog, lists, given))
            self._dialogs.open(
                dialog,
                lambda: self._cases.create(
                    dialog.path,
                    dialog.ref,
                    dialog.passphrase,
                    signer,
                    regime=dialog.regime,
                    received=dialog.received,
                    in_full=dialog.in_full.isChecked(),
                    files=paths,
                    site=dialog.site,
                ),
            )

        self._who.with_signer(ask)

    def _open_lists(self, dialog: NewCaseDialog, path: Path, passphrase: str) -> None:
        """Open the authority's lists beside the window: their key takes a while."""

        def opened(site: SiteLists) -> None:
            if any(site.counts().values()):
                dialog.adopt(site)
            else:
                dialog.refuse("These lists list nothing yet. Take the tick away.")

        def failed(error: RedactorError) -> None:
            dialog.refuse(error.user_message)

        self._errands.ask(lambda: open_site_lists(path, passphrase), opened, failed, owner=dialog)

    def new_sample(self) -> None:
        """Make a case of the bundled invented documents."""
        self.new_case(sorted(resource_path("sample_case", "documents").iterdir()), _SAMPLE_REF)

    def open_case(self, path: Path) -> None:
        """Ask for the passphrase of a case, and open it."""
        self._who.with_signer(lambda signer: self._cases.ask_to_open(path, signer))

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Add files and folders to the case; without one, make it first."""
        if not paths:
            return
        if self._cases.session is None:
            self.new_case(paths)
        else:
            self._cases.session.add_paths(paths)

    def choose_case(self) -> None:
        """Ask for a case to open."""
        name, _ = QFileDialog.getOpenFileName(
            self._dialogs.parent, "Open a case", str(cases_folder()), CASE_FILTER
        )
        if name:
            self.open_case(Path(name))

    def choose_files(self) -> None:
        """Ask for files to add."""
        names, _ = QFileDialog.getOpenFileNames(
            self._dialogs.parent, "Add documents", "", files_filter()
        )
        self.add_paths([Path(name) for name in names])

    def choose_folder(self) -> None:
        """Ask for a folder to add."""
        name = QFileDialog.getExistingDirectory(
            self._dialogs.parent, "Add all documents of a folder"
        )
        if name:
            self.add_paths([Path(name)])

    def _forget(self, path: Path) -> None:
        self._settings.forget(path)
        self.show()
