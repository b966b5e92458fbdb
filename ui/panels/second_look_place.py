"""One place that the second look found: what stands around it, and how it is ruled on."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from redactor.app.looking import Dismissal, Found, Surroundings, words_of
from ui import theme


class PlacePane(QWidget):
    """Shows a place in its text; below it, why it is dismissed, and the buttons that rule."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = QTextBrowser()
        self.because = QComboBox()
        self.reason = QLineEdit()
        self.accept = QPushButton("Accept: redact (A)")
        self.dismiss = QPushButton("Dismiss (D)")
        self.show_it = QPushButton("Show in the document")
        self._lay_out()

    @property
    def category(self) -> Dismissal:
        """Give why a place is dismissed."""
        return Dismissal(self.because.currentData())

    def show_place(self, one: Found, around: Surroundings) -> None:
        """Show a place."""
        self.context.setHtml(_html(one, around))

    def clear(self) -> None:
        """Show none."""
        self.context.clear()

    def enable(self, chosen: Sequence[Found], *, may: bool) -> None:
        """Switch on what can be done with the chosen places.

        Args:
            may: the person may rule on places in this case.
        """
        waits = may and any(one.waits for one in chosen)
        self.accept.setEnabled(waits and can_be_accepted(chosen))
        self.dismiss.setEnabled(waits)
        self.show_it.setEnabled(bool(chosen))

    def _lay_out(self) -> None:
        self.context.setAccessibleName("The place in its text")
        self.context.setOpenLinks(False)
        self.context.document().setDocumentMargin(12)
        for category in Dismissal:
            self.because.addItem(words_of(category), str(category))
        self.because.setAccessibleName("Why a place is dismissed")
        self.reason.setAccessibleName("The reason in words")
        self.reason.setPlaceholderText("In words, if more is to be said. Quote nothing withheld.")
        label = QLabel("Dismiss &because")
        theme.dress(label, "heading")
        label.setBuddy(self.because)
        buttons = QHBoxLayout()
        for button in (self.accept, self.dismiss, self.show_it):
            button.setAccessibleName(button.text().split(" (")[0])
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.context, 1)
        column.addWidget(label)
        column.addWidget(self.because)
        column.addWidget(self.reason)
        column.addLayout(buttons)


def can_be_accepted(chosen: Sequence[Found]) -> bool:
    """Say whether places can be redacted as they are: no whole page, column or document can."""
    return all(one.lead.target is not None and one.lead.near for one in chosen)


def _html(one: Found, around: Surroundings) -> str:
    """Write what stands around a place, with the place marked in it."""
    scheme = theme.colours()
    style = f"background:{scheme.selection}; font-weight:600"
    shown = (
        f"{escape(around.before)}<span style='{style}'>{escape(around.text)}</span>"
        f"{escape(around.after)}"
    )
    why = one.lead.why[:1].upper() + one.lead.why[1:]
    parts = [f"<p>{escape(why)}.</p>"]
    if around.near:
        near = "; ".join(map(escape, around.near))
        parts.append(f"<p style='color:{scheme.muted}'>Redacted elsewhere: {near}</p>")
    if around.text:
        parts.append(f"<p style='white-space:pre-wrap'>{shown}</p>")
    return "".join(parts)
