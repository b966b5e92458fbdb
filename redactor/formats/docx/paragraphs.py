"""A paragraph while it is being read: its pieces, what is hidden in it, what is anchored to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from redactor.content import Align
from redactor.formats.docx.blocks import APART, Piece, ReadBlock, ReadParagraph, normal_pieces
from redactor.formats.docx.numbering import Numbering
from redactor.formats.docx.styles import Look
from redactor.model import HiddenKind

#: An indentation of half an inch is one step.
_STEP_TWIPS = 720
_MOST_STEPS = 8
#: A raised letter after so much of a word is the sign of a note typed by hand, not ``Mlle``.
_WORD_ENDS = re.compile(r"[^\W\d_]{3}$")


@dataclass(slots=True)
class OpenParagraph:
    """The paragraph that is being read.

    Attributes:
        aside: hidden text by kind, in the order it was met.
        anchored: text boxes and pictures, which follow it.
        breaks_before, breaks_after: a page ends where it begins, or where it ends.
    """

    look: Look
    pieces: list[Piece] = field(default_factory=list)
    aside: list[tuple[HiddenKind, list[str]]] = field(default_factory=list)
    anchored: list[ReadBlock] = field(default_factory=list)
    breaks_before: bool = False
    breaks_after: bool = False

    def put_aside(self, kind: HiddenKind, text: str) -> None:
        """Keep hidden text; what follows in the same kind belongs together."""
        if self.aside and self.aside[-1][0] is kind:
            self.aside[-1][1].append(text)
        else:
            self.aside.append((kind, [text]))

    def break_page(self) -> None:
        """Take note that a page ends here; within a paragraph it is a new line as well."""
        if any(one.text.strip() for one in self.pieces):
            self.pieces.append(Piece("\n"))
            self.breaks_after = True
        else:
            self.breaks_before = True

    @property
    def has_text(self) -> bool:
        """Say whether anything of it is seen."""
        return any(one.text for one in self.pieces)

    def close(
        self, part: str, number: int, style: str, numbering: Numbering, *, is_counted: bool
    ) -> ReadParagraph:
        """Make the paragraph, with the number of its item where it is in a list."""
        look = self.look
        pieces = _signs_apart(self.pieces)
        while pieces and self.breaks_after and pieces[-1].text == "\n":
            pieces.pop()
        listed = False
        depth = min(max(round((look.indent or 0) / _STEP_TWIPS), 0), _MOST_STEPS)
        if look.number not in {None, "0"} and is_counted:
            label = numbering.label(look.number or "", look.item, style)
            pieces = [Piece(f"{label.text}\t", label=True), *pieces] if label.text else pieces
            listed = not look.level
            depth = numbering.depth(look.number or "", look.item, style)
        align: Align = look.align or ""
        new_page = self.breaks_before or bool(look.new_page)
        return ReadParagraph(
            part, number, normal_pieces(pieces), look.level or 0, listed, depth, align, new_page
        )


def _signs_apart(pieces: list[Piece]) -> list[Piece]:
    """Tell raised letters at the end of a word from it: with them, the word would not be found."""
    result = list(pieces)
    for at, piece in enumerate(pieces[1:], start=1):
        after = pieces[at + 1].text[:1] if at + 1 < len(pieces) else ""
        is_sign = piece.raised > 0 and piece.note is None and piece.text[:1].isalpha()
        if is_sign and _WORD_ENDS.search(pieces[at - 1].text) and not after.isalpha():
            result[at] = replace(piece, text=APART + piece.text)
    return result
