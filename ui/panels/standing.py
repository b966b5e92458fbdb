"""Where the case stands: the pill that is always seen, and the bars that say what is unusual."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from redactor.case.signing import Signer, grouped
from redactor.events import Event
from redactor.lifecycle import CaseState, Life
from redactor.model import Role
from ui import theme
from ui.clipboard import copy_public
from ui.dialogs.base import words
from ui.life_words import voided_words
from ui.membership import Membership, state_words
from ui.moments import spoken_iso
from ui.session import Session

#: Which colours of the theme go with a state; the word says it as well.
_PILLS = {
    CaseState.OPEN: "open",
    CaseState.IN_REVIEW: "review",
    CaseState.SUBMITTED: "submitted",
    CaseState.RETURNED: "returned",
    CaseState.APPROVED: "approved",
    CaseState.RELEASED: "released",
}


class StatePill(QLabel):
    """The state of the case, in colour and in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("State of the case")
        self.setProperty("pill", _PILLS[CaseState.OPEN])  # before it is first measured
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_session(self, session: Session | None) -> None:
        """Show where a case stands; nothing where none is open."""
        if session is not None:
            state = session.life.state
            self.setText(state_words(state))
            self.setToolTip(_why(session.life))
            self.setAccessibleDescription(_why(session.life))
            self.setProperty("pill", _PILLS[state])
            self.style().unpolish(self)
            self.style().polish(self)
        self.setVisible(session is not None)


class PersonButton(QToolButton):
    """Who is working: name and role, and the fingerprint on pointing at it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Who is working")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_person(self, signer: Signer | None, session: Session | None) -> None:
        """Show a person, as the open case knows them."""
        if signer is None:
            self.setText("Nobody is signed in")
            self.setToolTip("Say who is working")
            return
        name, role = signer.name, signer.role
        if session is not None and session.signer == signer:
            name, role = session.actor, session.role
        self.setText(f"{name} · {role}")
        self.setToolTip(
            f"What is done is signed as {name}, {role}.\nFingerprint {grouped(signer.fingerprint)}"
        )


class CaseBars(QWidget):
    """What is unusual about the open case; empty and without height where nothing is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(10, 8, 10, 0)
        self._layout.setSpacing(6)
        self.bars: dict[str, NoticeBar] = {}
        self._said: tuple[tuple[str, str], ...] = ()
        self.hide()

    def show_session(self, session: Session | None) -> None:
        """Show what is to be said of a case now."""
        said = tuple(_said(session)) if session is not None else ()
        if said == self._said:
            return
        self._said = said
        for bar in self.bars.values():
            self._layout.removeWidget(bar)
            bar.deleteLater()
        self.bars = {name: NoticeBar(text, self) for name, text in said}
        for bar in self.bars.values():
            self._layout.addWidget(bar)
        if session is not None:
            self._add_buttons(session)
        self.setVisible(bool(said))

    def text(self, name: str) -> str:
        """Give what a bar says; empty where it is not shown."""
        return self.bars[name].label.text() if name in self.bars else ""

    def _add_buttons(self, session: Session) -> None:
        fingerprint = grouped(session.signer.fingerprint)
        if (stranger := self.bars.get("stranger")) is not None:
            stranger.add("Copy the fingerprint", lambda: copy_public(fingerprint))
        if (note := self.bars.get("note")) is not None:
            note.add("Dismiss", lambda: self._dismiss(session))

    def _dismiss(self, session: Session) -> None:
        session.note = ""
        self.show_session(session)


class NoticeBar(QFrame):
    """One sentence over the case, with what can be done about it."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.dress(self, "noticebar")
        self.label = words(text)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button: QPushButton | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(10, 6, 10, 6)
        self._row.addWidget(self.label, 1)

    def add(self, text: str, do: Callable[[], object]) -> None:
        """Add a button."""
        self.button = QPushButton(text)
        self.button.setAccessibleName(text)
        self.button.clicked.connect(lambda _=False: do())
        self._row.addWidget(self.button)


def looking_only(session: Membership) -> str:
    """Say why a person may only look, and what to do; empty where they may work."""
    if session.member is None:
        return (
            "You may look at this case and change nothing: you have not been introduced to it. "
            "Give an officer of the case the fingerprint of your key, "
            f"{grouped(session.signer.fingerprint)}, to be invited."
        )
    if session.member.role is Role.OBSERVER:
        return (
            "You may look at this case and change nothing: you are in it as observer. "
            "An officer of the case can give you another role."
        )
    return ""


def broken_words(seq: int) -> str:
    """Say that the log was changed past the program."""
    return (
        f"The log of this case does not hold together from entry {seq} on: it was changed outside "
        "Redactor. Nothing can be submitted or released from it. Restore its backup, and tell "
        "whoever is responsible for security."
    )


def _said(session: Session) -> list[tuple[str, str]]:
    said: list[tuple[str, str]] = []
    if session.broken_at is not None:
        said.append(("broken", broken_words(session.broken_at)))
    if session.note:
        said.append(("note", session.note))
    if why := looking_only(session):
        said.append(("stranger" if session.member is None else "observer", why))
    if session.life.voided is not None:
        taken = voided_words(session.life.voided)
        said.append(("voided", f"{taken} The case has to be submitted again."))
    return said


def _why(life: Life) -> str:
    """Say by whom and when the case came to stand as it does."""
    match life.state:
        case CaseState.OPEN:
            return "Nothing has been decided yet"
        case CaseState.IN_REVIEW:
            return "Decisions have been made; the case is not submitted"
        case CaseState.SUBMITTED:
            return _by("Submitted", life.submission)
        case CaseState.RETURNED:
            return _by("Returned", life.returned)
        case CaseState.APPROVED:
            return _by("Approved", life.approval)
        case CaseState.RELEASED:
            return _by("Released", life.released)


def _by(what: str, event: Event | None) -> str:
    return f"{what} by {event.actor} on {spoken_iso(event.at)}" if event is not None else what
