"""What is known of one document besides its findings: remarks, hidden content, unread parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from redactor.formats import FORMATS
from redactor.formats.table_notes import READ_AS
from redactor.model import HiddenKind
from redactor.review import Comment
from ui import theme
from ui.document_view import DocumentView
from ui.marks import Counts
from ui.panels.documents import status_text
from ui.remarks import comments_html

_CONTAINERS_SHOWN = 4
_NO_DOCUMENT = "<p>No document is chosen.</p>"


#: Kinds of which the name alone would not say what they are.
_KIND_TITLES = {
    HiddenKind.ANNOTATION: "Comments, marks and other annotations",
    HiddenKind.COVERED_TEXT: "Text under a box or picture, still in the file",
    HiddenKind.HIDDEN_TEXT: "Text that is not seen",
    HiddenKind.HIDDEN_LAYER: "Hidden layers",
    HiddenKind.METADATA: "Properties",
    HiddenKind.OFF_PAGE: "Text outside the page",
    HiddenKind.OLD_REVISION: "Earlier versions",
    HiddenKind.STRUCTURE: "Texts for screen readers",
}
_STEPS = {"image": "picture", "mark": "redaction mark"}


def kind_title(kind: str) -> str:
    """Give a kind of hidden content as read by people (``hidden-row`` is ``Hidden row``)."""
    return _KIND_TITLES.get(HiddenKind(kind)) or kind.replace("-", " ").capitalize()


def details_html(document: DocumentView, counts: Counts) -> str:
    """Write the details of one document."""
    formats = {one.name: one.title for one in FORMATS}
    lines = [f"<p><b>{escape(document.name)}</b><br>{escape(formats.get(document.format, ''))}</p>"]
    if document.refusal:
        lines.append(f"<p><b>Could not be read.</b> {escape(document.refusal)}</p>")
    else:
        lines.append(f"<p>{escape(status_text(document, counts))}.</p>")
    said, *remarks = document.notes or ("",)
    if said.startswith(READ_AS):
        lines.append(f"<p>{escape(said)}</p>")
    else:
        remarks = list(document.notes)
    if document.unread or document.incomplete:
        lines.append('<p><b>Not read</b></p><ul style="margin:0">')
        parts = [(one.place, one.why) for one in document.unread]
        parts += [(one.place, one.why) for one in document.incomplete]
        lines.extend(
            f"<li>{escape(place_words(place))}: {escape(why)}"
            f"{' <i>Ruled on.</i>' if place in document.ruled else ''}</li>"
            for place, why in parts
        )
        lines.append("</ul>")
    if document.hidden:
        lines.append(
            '<p><b>Hidden content</b> – shown for review, never released</p><ul style="margin:0">'
        )
        lines.extend(f"<li>{line}</li>" for line in _hidden_lines(document.hidden))
        lines.append("</ul>")
    if remarks:
        lines.append('<p><b>Remarks</b></p><ul style="margin:0">')
        lines.extend(f"<li>{escape(note)}</li>" for note in remarks)
        lines.append("</ul>")
    return "".join(lines)


def place_words(place: str) -> str:
    """Give the place of an unread part in words (``page:3/image:1``: Page 3, picture 1)."""
    if not place:
        return "The whole document"
    words = ", ".join(map(_step_words, place.split("/"))) if ":" in place else place
    return words[:1].upper() + words[1:]


def _step_words(step: str) -> str:
    kind, colon, rest = step.partition(":")
    return f"{_STEPS.get(kind, kind)} {rest}" if colon else step


def _hidden_lines(hidden: Counter[tuple[str, str]]) -> list[str]:
    by_kind: dict[str, Counter[str]] = {}
    for (kind, container), count in hidden.items():
        by_kind.setdefault(kind, Counter())[container] += count
    lines = []
    for kind, containers in sorted(by_kind.items()):
        named = [escape(name) for name in list(containers)[:_CONTAINERS_SHOWN]]
        more = len(containers) - len(named)
        where = "; ".join(named) + (f" and {more} more" if more else "")
        lines.append(f"{escape(kind_title(kind))}: <b>{containers.total()}</b> ({where})")
    return lines


class DetailsPanel(QWidget):
    """The details of the chosen document.

    Signals:
        read_again, stop_reading, read_differently: a button was pressed; the document's number.
    """

    read_again = Signal(int)
    stop_reading = Signal(int)
    read_differently = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = 0
        self._shown = ""
        self._document: DocumentView | None = None
        self._counts = Counts()
        self._comments: Sequence[Comment] = ()
        self.text = QTextBrowser()
        self.text.setAccessibleName("Details of the document")
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(8)
        self.text.document().setIndentWidth(14)
        heading = QLabel("Deta&ils")
        theme.dress(heading, "heading")
        heading.setBuddy(self.text)
        self.again = QPushButton("Read again")
        self.again.setAccessibleName("Read the document again")
        self.again.clicked.connect(lambda: self.read_again.emit(self._number))
        self.stop = QPushButton("Stop reading")
        self.stop.setAccessibleName("Stop reading the document")
        self.stop.clicked.connect(lambda: self.stop_reading.emit(self._number))
        self.differently = QPushButton("Read differently…")
        self.differently.setAccessibleName("Read the document with another encoding or delimiter")
        self.differently.clicked.connect(lambda: self.read_differently.emit(self._number))
        buttons = QHBoxLayout()
        buttons.addWidget(self.again)
        buttons.addWidget(self.stop)
        buttons.addWidget(self.differently)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(heading)
        layout.addWidget(self.text, 1)
        layout.addLayout(buttons)
        self.show_document(None, Counts())

    def show_document(self, document: DocumentView | None, counts: Counts) -> None:
        """Show one document, or none."""
        self._number = document.number if document else 0
        self.again.setVisible(document is not None and document.status in {"refused", "stopped"})
        self.stop.setVisible(document is not None and document.status in {"queued", "reading"})
        self.differently.setVisible(document is not None and document.can_be_read_differently)
        self._document, self._counts = document, counts
        self._show()

    def show_comments(self, comments: Sequence[Comment]) -> None:
        """Show what was said about the finding that is chosen, over everything else."""
        self._comments = comments
        self._show()

    def _show(self) -> None:
        document = self._document
        said = comments_html(self._comments)
        html = f"<p><b>Comments on this finding</b></p>{said}<hr>" if said else ""
        html += details_html(document, self._counts) if document else _NO_DOCUMENT
        if html != self._shown:  # setting it anew would scroll back to the top
            self._shown = html
            self.text.setHtml(html)
