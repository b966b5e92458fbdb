"""The person who is chosen: how they stand, and where they are mentioned."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from redactor.app.persons import PersonRow, contexts
from redactor.events import Mark
from redactor.model import Action
from redactor.person_roles import Context
from ui import theme
from ui.panels.button_row import ButtonRow
from ui.panels.keyed_table import KeyedTable
from ui.panels.one_line import OneLine
from ui.persons_model import (
    Mention,
    MentionColumn,
    MentionsModel,
    counts_words,
    shown_role,
    standing_words,
)
from ui.places import place_title
from ui.session import Session

#: Mentions of one person that are listed; the review has all.
_MOST_SHOWN = 2000
_SAMPLES: dict[int, str] = {
    MentionColumn.STATE: "To decide",
    MentionColumn.CONTEXT: "… was told by the sergeant that ⟦Alexandra Okoro⟧ had been seen at …",
    MentionColumn.PLACE: "Page 12, box",
    MentionColumn.DOCUMENT: "response-letter.docx",
}


class ChosenPerson(QWidget):
    """The person's name and standing, the mentions in their contexts, and what is done with them.

    Signals:
        mark_wanted: a person goes to a mention; its id.
    """

    mark_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: Session | None = None
        #: The id of the person; "" where nobody is chosen.
        self.person = ""
        self.model = MentionsModel(self)
        self.mentions = KeyedTable(
            self.model,
            "Mentions of the person",
            "Enter goes to the document, S splits off.",
            _SAMPLES,
        )
        self.about, self.standing, self.files = OneLine(), OneLine(), OneLine()
        self.redact, self.keep = QPushButton("Redact all (A)"), QPushButton("Keep all (K)")
        self.split = QPushButton("Split off (S)")
        self._lay_out()
        self.mentions.activated.connect(lambda _: self._go_to_mention())

    def show_person(self, row: PersonRow | None, session: Session | None) -> None:
        """Show a person, or nobody, and ask for the mentions in their contexts."""
        self._session = session
        self.person = row.subject.id if row is not None else ""
        if row is None or session is None:
            self.about.setText("Nobody is chosen")
            self.standing.setText("")
            self.files.hide()
            self.model.show((), {})
            return
        role = shown_role(row)
        why = f" ({row.why[:1].lower()}{row.why[1:].rstrip('.')})" if role.endswith("?") else ""
        self.about.setText(f"{row.subject.name}{f' – {role}{why}' if role else ''}")
        held = standing_words(row.standing)
        self.standing.setText(f"{f'{held}. ' if held else ''}{counts_words(row)}.")
        self._show_files(row, session)
        self._ask(row, session)

    def selected(self) -> list[int]:
        """Give the mentions that are selected, by the ids of their marks."""
        found = (self.model.mention_at(row) for row in self.mentions.chosen_rows())
        return [one.mark for one in found if one is not None]

    def _ask(self, row: PersonRow, session: Session) -> None:
        marks = [session.marks.by_id.get(one) for one in row.subject.marks[:_MOST_SHOWN]]
        known = [one for one in marks if one is not None]
        person = row.subject.id

        def take(around: dict[int, tuple[str, Context]]) -> None:
            if self._session is session and self.person == person:
                self._show_mentions(session, known, around)

        session.lane.ask(lambda case: contexts(case, known), take, session.failed.emit)

    def _show_files(self, row: PersonRow, session: Session) -> None:
        names = [
            session.documents[one].name
            for one in row.subject.file_names
            if one in session.documents
        ]
        self.files.setVisible(bool(names))
        self.files.setText(f"The file name holds this name, too: {', '.join(names)}")

    def _show_mentions(
        self, session: Session, marks: Sequence[Mark], around: dict[int, tuple[str, Context]]
    ) -> None:
        mentions = []
        for mark in marks:
            text, context = around.get(mark.id, (mark.text, Context("", "")))
            mentions.append(
                Mention(
                    mark.id,
                    text,
                    context.before,
                    context.after,
                    place_title(mark.target),
                    mark.document,
                    _state(session, mark),
                )
            )
        kept = self.mentions.currentIndex().row()
        names = {number: one.name for number, one in session.documents.items()}
        self.model.show(mentions, names)
        if mentions:
            self.mentions.selectRow(max(0, min(kept, len(mentions) - 1)))

    def _go_to_mention(self) -> None:
        one = self.model.mention_at(self.mentions.currentIndex().row())
        if one is not None:
            self.mark_wanted.emit(one.mark)

    def _lay_out(self) -> None:
        theme.dress(self.about, "heading")
        theme.dress(self.standing, "quiet")
        theme.dress(self.files, "trouble")
        title = QLabel("Me&ntions")
        title.setBuddy(self.mentions)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for line in (self.about, self.standing, self.files):
            column.addWidget(line)
        column.addLayout(ButtonRow(self.redact, self.keep))
        column.addWidget(title)
        column.addWidget(self.mentions, 1)
        column.addLayout(ButtonRow(self.split))


def _state(session: Session, mark: Mark) -> str:
    decision = session.marks.decisions.get(mark.id)
    if decision is not None:
        return "Redact" if decision.action is Action.REDACT else "Keep"
    return "Hidden" if mark.hidden is not None else "To decide"
