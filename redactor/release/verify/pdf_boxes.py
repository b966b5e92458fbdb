"""Boxes of a release: of one colour but for the label, and nothing but the label under them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from redactor.release.verify.pdf_drawing import Box, Sheet
from redactor.release.verify.pdf_looks import are_uniform, cut

if TYPE_CHECKING:
    from redactor.release.verify.pdf_drawing import Grey, Letters, Words

#: Printed in the place of a picture that is left out.
PICTURE_LABEL = "picture left out"
#: The limb of a provision in a label: ``40(2)`` in ``s40(2)``.
_LIMB = re.compile(r"\d{1,3}[A-Z]{0,2}(?:\(\w{1,4}\)){0,5}")
_KINDS = r"(?:sections?|regulations?|articles?|schedule|paragraphs?)"
_ACT = (
    r"(?:(?:FreedomofInformationAct|EnvironmentalInformationRegulations|DataProtectionAct|UKGDPR)"
    r"(?:\d{4})?)"
)
_REDACTED = "redacted"
#: How far the edges of a box reach into it when it is drawn (pixels).
_EDGE = 1
#: How far smoothed letters reach beyond the box around them (pixels).
_SMOOTH = 2
#: Letters that reach less than this into a box stand beside it (points, and share of its height).
_BESIDE, _BESIDE_SHARE = 1.5, 0.2


class Labels:
    """What may be printed on a page in boxes, and in its margins.

    Args:
        texts: as they are printed.
        are_numbered: a label may be followed by the number of the redaction.
    """

    def __init__(self, texts: Iterable[str], *, are_numbered: bool = False) -> None:
        bare = {"".join(one.split()) for one in (*texts, PICTURE_LABEL)} - {""}
        self.texts = tuple(sorted(bare, key=lambda one: (-len(one), one)))
        number = r"(?:#\d{1,7})?" if are_numbered else ""
        printed = (f"{re.escape(one)}{number}" for one in self.texts)
        upwards = (re.escape(one[::-1]) for one in self.texts)
        self._pattern = re.compile("|".join((_spoken(self.texts), *printed, *upwards)))
        self._known: dict[str, bool] = {}

    def taken_out(self, text: str) -> str:
        """Take all labels, printed or as they are read out, out of a text without white space."""
        return self._pattern.sub("", text)

    def is_all(self, text: str) -> bool:
        """Say whether a text without white space is labels only, or labels that are cut off."""
        if text not in self._known:
            self._known[text] = not text or not self.taken_out(text) or self.is_cut(text)
        return self._known[text]

    def is_part(self, text: str) -> bool:
        """Say whether a text without white space is a part of a label, or of two that meet."""
        return any(text in one + other for one in self.texts for other in self.texts)

    def is_cut(self, text: str) -> bool:
        """Say whether a text without white space is labels of which an end is cut off."""
        if any(text in one and len(text) * 2 >= len(one) for one in self.texts):
            return True
        return any(not self.taken_out(f"{_REDACTED[:at]}{text}") for at in range(len(_REDACTED)))


def _spoken(labels: Iterable[str]) -> str:
    """Give the pattern of what a screen reader is told of boxes: ``redacted, section 40(2)``.

    Args:
        labels: as printed, without white space. Only their limbs are said: a number that follows a
            box on its line belongs to the text.
    """
    limbs = {limb for one in labels for limb in _LIMB.findall(one)}
    ordered = sorted(limbs, key=lambda one: (-len(one), one))
    limb = f"(?:{'|'.join(map(re.escape, ordered)) or '(?!)'})"
    provision = rf"{_KINDS}{limb}(?:(?:,|and|&){limb})*"
    provisions = rf"{provision}(?:(?:,?by|,?and|,|&|;)?{provision})*{_ACT}?"
    return rf"{_REDACTED}(?:,{provisions})?(?:,number\d{{1,7}})?"


def boxes_in_order(
    sheet: Sheet, pixels: Grey, scale: float, boxes: Sequence[Box], labels: Labels
) -> bool:
    """Say whether every box on a page hides what is under it and shows nothing but a label.

    Args:
        sheet: the page of the release.
        pixels, scale: its drawing.
        labels: what may be printed in a box.
    """
    letters = sheet.letters
    inner = [_shrunk(box) for box in boxes]
    within = _words_in(letters.words, inner)
    for at, box in enumerate(inner):
        text = "".join(letters.within(box).split())
        if not labels.is_all(text):
            alone = not any(_meet(boxes[at], one) for one in (*boxes[:at], *boxes[at + 1 :]))
            if alone or not labels.is_part(text):
                return False
    plain = (
        _without_words(letters, pixels, scale, box, words)
        for box, words in zip(boxes, within, strict=True)
    )
    return are_uniform(plain)


def _words_in(words: Words, boxes: Sequence[Box]) -> list[list[tuple[int, int]]]:
    """Give for each box where the words stand in the text that begin in it, joined to labels."""
    import numpy as np  # noqa: PLC0415 - loads native code, in workers only

    x, y = words.places.T
    x0, y0, x1, y1 = np.array(boxes, float).reshape(-1, 4).T[:, :, None]
    at, which = np.nonzero((x0 <= x) & (x <= x1) & (y0 <= y) & (y <= y1))
    found: list[list[tuple[int, int]]] = [[] for _ in boxes]
    for box, start, end in zip(
        at.tolist(), words.starts[which].tolist(), words.ends[which].tolist(), strict=True
    ):
        labels = found[box]
        if labels and labels[-1][1] + 1 == start:  # it follows in the text: one label
            labels[-1] = (labels[-1][0], end)
        else:
            labels.append((start, end))
    return found


def _without_words(
    letters: Letters, pixels: Grey, scale: float, box: Box, words: Sequence[tuple[int, int]]
) -> Grey:
    """Cut a box out of a drawing, and paint over the words in it."""
    inside = cut(pixels, box, scale, inwards=_EDGE)
    if not words or not inside.size:
        return inside
    left, top = int(box[0] * scale) + _EDGE, int(box[1] * scale) + _EDGE
    rest = inside.copy()
    for start, end in words:
        outline = letters.outline(start, end)
        if outline is not None:
            x0, y0, x1, y1 = (at * scale for at in outline)
            rest[
                max(int(y0) - top - _SMOOTH, 0) : max(int(y1) - top + _SMOOTH + 1, 0),
                max(int(x0) - left - _SMOOTH, 0) : max(int(x1) - left + _SMOOTH + 1, 0),
            ] = inside[0, 0]
    return rest


def _shrunk(box: Box) -> Box:
    """Give the inside of a box: the letters beside it may touch its edges."""
    across = min(_BESIDE, (box[2] - box[0]) * _BESIDE_SHARE)
    down = min(_BESIDE, (box[3] - box[1]) * _BESIDE_SHARE)
    return box[0] + across, box[1] + down, box[2] - across, box[3] - down


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
