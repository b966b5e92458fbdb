"""The pages of an open case as tabs, and the ways from one to what another shows."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget, QWidget

from redactor.model import Role
from redactor.review import Block
from redactor.second_look import Lead
from ui.panels.log import LogPage
from ui.panels.numbers import NumbersPage
from ui.panels.persons import PersonsPage
from ui.panels.request import RequestPage
from ui.panels.review import ReviewPage
from ui.panels.second_line import SecondLinePage
from ui.panels.second_look import SecondLookPage
from ui.signing_off import SigningOff


class CaseTabs(QTabWidget):
    """Shows one page at a time, with the focus where its work begins."""

    def __init__(
        self,
        *,
        review: ReviewPage,
        signing_off: SigningOff,
        second_look: SecondLookPage,
        second_line: SecondLinePage,
        persons: PersonsPage,
        numbers: NumbersPage,
        request: RequestPage,
        log: LogPage,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._review, self._sign_off = review, signing_off.page
        self._second_look, self._second_line = second_look, second_line
        self._persons, self._numbers = persons, numbers
        self._request, self._log = request, log
        for page, title in (
            (review, "Review"),
            (signing_off.page, "Sign-off"),
            (second_look, "Second look"),
            (second_line, "Second line"),
            (persons, "Persons"),
            (numbers, "Small numbers"),
            (request, "Request and letter"),
            (log, "Log"),
        ):
            self.addTab(page, title)
        self.setDocumentMode(True)
        self.tabBar().setAccessibleName(
            "Review, sign-off, second look, second line, persons, small numbers, request and "
            "letter, or log"
        )
        second_look.place_wanted.connect(self._go_to_lead)
        second_line.block_activated.connect(self.go_to)
        persons.mark_wanted.connect(self.go_to_mark)
        signing_off.page_wanted.connect(self.show_sign_off)
        signing_off.go_wanted.connect(self.go_to)
        signing_off.mark_wanted.connect(self.go_to_mark)
        signing_off.sample_wanted.connect(self._show_sample)

    def show_first(self, role: Role) -> None:
        """Begin where the person's work is: a reviewer's is the second line."""
        if role is Role.REVIEWER:
            self.show_second_line()
        else:
            self.show_review()
            self._review.documents.list.setFocus()

    def show_review(self) -> None:
        """Show the review."""
        self.setCurrentWidget(self._review)

    def show_sign_off(self) -> None:
        """Show what is wanting before the case goes out, and the next step."""
        self.setCurrentWidget(self._sign_off)

    def show_second_look(self) -> None:
        """Show what may have been missed."""
        self.setCurrentWidget(self._second_look)
        self._second_look.tree.setFocus()

    def show_second_line(self) -> None:
        """Show the work of the other person."""
        self.setCurrentWidget(self._second_line)
        self._second_line.work.tree.setFocus()

    def show_persons(self) -> None:
        """Show the persons of the case."""
        self.setCurrentWidget(self._persons)
        self._persons.table.setFocus()

    def show_numbers(self) -> None:
        """Show the small numbers."""
        self.setCurrentWidget(self._numbers)
        self._numbers.start()

    def show_request(self) -> None:
        """Show what was asked, and the letter."""
        self.setCurrentWidget(self._request)
        self._request.days["received"].setFocus()

    def show_log(self) -> None:
        """Show the log."""
        self.setCurrentWidget(self._log)
        self._log.table.setFocus()

    def go_to(self, block: Block) -> None:
        """Go to what a block is about; the case as a whole wants documents."""
        if block.kind == "second-look":
            self.show_second_look()
            return
        if block.kind in {"justification", "neither-confirm"}:
            self.show_request()
            return
        self.show_review()
        self._review.go_to(block)

    def go_to_mark(self, mark: int) -> None:
        """Go to a finding, by the id of its mark."""
        self.show_review()
        self._review.reveal(mark)
        self._review.findings.table.setFocus()

    def _go_to_lead(self, lead: Lead) -> None:
        self.show_review()
        self._review.go_to(Block("place", lead.document, lead.place, ""))

    def _show_sample(self) -> None:
        self.setCurrentWidget(self._second_line)
        self._second_line.show_sample()
