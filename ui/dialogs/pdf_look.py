"""How the PDFs of a release are to look: how redactions show, and what stands in the margins."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGridLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from redactor.app.pdf_look import FOOTER, PAGES, REDACTIONS, REFERENCE, PdfWish, law_of, pdf_wish
from ui.ticks import tick_clearly

PDF_STYLES = (
    ("box", "Boxes in a few widths, so that a gap tells little (usual)"),
    ("line", "Boxes of one width, in lines that are set anew"),
    ("raster", "Every page as a picture, with boxes in a few widths"),
)


class PdfLookBox(QWidget):
    """A choice of how redactions show in PDFs, and ticks for what is printed in their margins.

    Attributes:
        style_box: how redactions show.
        stamps: the ticks, by what they print.
    """

    def __init__(self, regime: str, ref: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.style_box = QComboBox()
        self.style_box.setAccessibleName("How redactions look in PDF files")
        for name, title in PDF_STYLES:
            self.style_box.addItem(title, name)
        self.stamps = {
            PAGES: tick_clearly(QCheckBox("Pa&ge numbers")),
            REDACTIONS: tick_clearly(QCheckBox("&Numbers of redactions, as in the schedule")),
            REFERENCE: tick_clearly(QCheckBox(f"&Reference: {_unmarked(ref)}")),
            FOOTER: tick_clearly(QCheckBox(f"“Released &under {law_of(regime)}”")),
        }
        form = QFormLayout()
        form.addRow("In &PDF files", self.style_box)
        ticks = QGridLayout()
        for at, tick in enumerate(self.stamps.values()):
            tick.setAccessibleDescription("In the margins of PDFs")
            ticks.addWidget(tick, at // 2, at % 2)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addLayout(form)
        lines.addWidget(QLabel("In the margins of PDFs"))
        lines.addLayout(ticks)

    @property
    def wish(self) -> PdfWish:
        """Give what was chosen."""
        ticked = [name for name, tick in self.stamps.items() if tick.isChecked()]
        return pdf_wish(str(self.style_box.currentData()), ticked)


def _unmarked(text: str) -> str:
    """Give a text whose ampersands are ampersands, not marks of keys."""
    return " ".join(text.split()).replace("&", "&&")
