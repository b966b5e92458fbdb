"""Write content as a PDF: pages painted from nothing, without metadata, the same every time."""

from __future__ import annotations

from typing import ClassVar

from redactor.content import Book, Content, Flow, Lines
from redactor.formats.base import RebuiltFile, Writer
from redactor.formats.writers.canvas import PORTRAIT, Canvas
from redactor.formats.writers.fonts import FontSet
from redactor.formats.writers.pdf_flow import BODY, paint_flow
from redactor.formats.writers.pdf_sheet import paint_book
from redactor.formats.writers.typeset import break_lines
from redactor.formats.writers.walk import texts_of


class PdfWriter(Writer):
    """Running text as pages of text, sheets as ruled tables with their heading repeated."""

    target: ClassVar[str] = "pdf"

    def write(self, content: Content) -> tuple[RebuiltFile, ...]:
        """Write the content as one PDF."""
        again: tuple[str, ...] = ()
        if isinstance(content, Book):
            canvas, again = paint_book(content)
        elif isinstance(content, Flow):
            canvas, again = paint_flow(content)
        elif isinstance(content, Lines):
            canvas = _paint_lines(content)
        else:
            raise TypeError("delimited text is written as it was; as PDF it is a workbook")
        return (RebuiltFile(canvas.finish(), ".pdf", again=again),)


def count_unprintable(content: Content) -> int:
    """Count the characters that no font of the PDF has."""
    fonts = FontSet()
    known: dict[str, bool] = {}
    missing = 0
    for text in texts_of(content):
        if text.isascii():
            continue
        for character in text:
            if character not in known:
                known[character] = character < " " or fonts.can_show(character)
            missing += not known[character]
    return missing


def _paint_lines(content: Lines) -> Canvas:
    canvas = Canvas(PORTRAIT)
    canvas.number_pages()
    for runs in content.lines:
        canvas.put_lines(break_lines(runs, canvas.width, BODY, canvas.fonts))
    return canvas
