"""The hidden-content report: of one document or of all, to be read and to be exported."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QPushButton, QTextBrowser, QWidget

from redactor.app.hidden_report import (
    HiddenTexts,
    export_reports,
    hidden_texts,
    report_on_case,
)
from redactor.inspection.report import HiddenReport
from ui.dialogs.working import Outcome, WorkDialog, button_row
from ui.report_html import TEXTS, reports_html, texts_html
from ui.session import Session
from ui.tasks import Courier


class HiddenReportDialog(WorkDialog):
    """Read documents again, and say what is hidden in them; it begins at once.

    Args:
        numbers: the documents; all of the case where there is none.
    """

    def __init__(
        self,
        session: Session,
        courier: Courier,
        numbers: tuple[int, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(session, courier, "Hidden content", parent)
        self.stopped = "You stopped it before its end. Nothing was changed."
        self._numbers = numbers
        self._reports: tuple[HiddenReport, ...] = ()
        self.page, layout = self._add_page()
        self.text = QTextBrowser()
        self.text.setAccessibleName("Hidden-content report")
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(10)
        self.export = QPushButton("&Export as PDF…")
        self.export.setAccessibleName("Export the report as PDF")
        self.export.setAutoDefault(False)
        self.export.clicked.connect(self._choose_file)
        self.read = QPushButton("Show what it &says")
        self.read.setAccessibleName("Show what the hidden content says")
        self.read.setAutoDefault(False)
        self.read.clicked.connect(self.show_texts)
        self.done_button = QPushButton("Close")
        self.done_button.setAccessibleName("Close the report")
        self.done_button.clicked.connect(self.accept)
        layout.addWidget(self.text, 1)
        layout.addLayout(button_row(self.read, self.export, self.done_button))

    def start(self) -> None:
        """Begin."""
        self.work(
            "The documents are read again, for everything in them that is not seen.",
            lambda case, lane, report: report_on_case(case, lane, self._numbers, report),
            lambda reports: Outcome("Hidden content", "", good=True),
        )

    def show_reports(self, reports: tuple[HiddenReport, ...]) -> None:
        """Show what was found."""
        self._reports = reports
        self.text.setHtml(reports_html(reports) or "<p>No document of the case has been read.</p>")
        self.export.setEnabled(bool(reports))
        self.read.setEnabled(any(one.hidden for one in reports))
        self.pages.setCurrentWidget(self.page)
        self.resize(max(self.width(), 860), 700)
        self.text.setFocus()

    def show_texts(self) -> None:
        """Show the hidden texts themselves under the report; they are not exported."""
        self.read.setEnabled(False)
        numbers = self._numbers

        def show(texts: tuple[HiddenTexts, ...]) -> None:
            self.text.setHtml(reports_html(self._reports) + texts_html(texts))
            self.text.scrollToAnchor(TEXTS)
            self.text.setFocus()

        self.session.lane.ask(
            lambda case: hidden_texts(case, numbers), show, self.session.failed.emit
        )

    def write(self, path: Path) -> None:
        """Export the report."""
        reports = self._reports
        self.work(
            "The report is printed.",
            lambda _, lane, __: export_reports(reports, path, lane),
            lambda written: Outcome(
                "Exported",
                f"The report was written to {written.name}. It names sheets and parts of the "
                "drafts, and belongs to the papers of the case, not to the release.",
                good=True,
            ),
        )

    def _ended(self, what: object) -> None:
        if isinstance(what, tuple):
            self._work = None
            self.show_reports(what)
        else:
            super()._ended(what)

    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Export the report", "hidden content.pdf", "PDF (*.pdf)"
        )
        if chosen:
            path = Path(chosen)
            self.write(path if path.suffix else path.with_suffix(".pdf"))
