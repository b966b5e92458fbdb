"""List what the layers of a PDF hold that are off when it is opened."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import Any

import pymupdf

from redactor.formats.pdf.hidden import Hidden
from redactor.formats.pdf.layer_states import LayerStates
from redactor.formats.pdf.layers import as_shown, forget_layers, has_layers
from redactor.formats.pdf.likeness import pixels_of
from redactor.formats.pdf.painted import glyphs
from redactor.formats.pdf.stext import IMAGE_BLOCK, clean, text_page
from redactor.model import HiddenKind


def find_hidden_layers(document: Any) -> list[Hidden]:
    """List what the layers of a document hold that are off; the document stays as it is."""
    if not has_layers(document):
        return []
    states = LayerStates(document)
    if not states.off:
        return []
    shown = as_shown(document, states)
    everything = pymupdf.open("pdf", document.tobytes(garbage=0))
    forget_layers(everything)
    what = "layer shown only in print" if states.off == states.printed else "hidden layer"
    found = []
    for number in range(document.page_count):
        text = _more_on(everything.load_page(number), shown.load_page(number))
        if text:
            found.append(Hidden(HiddenKind.HIDDEN_LAYER, f"{what}, page {number + 1}", text))
    return found


def _more_on(whole: Any, part: Any) -> str:
    """Give the text that one showing of a page has more than another, and tell of more pictures."""
    contents = [text_page(page)[0] for page in (whole, part)]
    left = Counter((one["c"], one["origin"]) for one, *_ in glyphs(contents[1]))
    lines: dict[int, list[str]] = {}
    for glyph, _, _, line in glyphs(contents[0]):
        key = (glyph["c"], glyph["origin"])
        if left[key]:
            left[key] -= 1
        else:
            lines.setdefault(line, []).append(glyph["c"])
    texts = [clean("".join(line)).strip() for line in lines.values()]
    pictures = _picture_count(contents[0]) - _picture_count(contents[1])
    if pictures > 0:
        texts.append(f"It holds {pictures} picture{'s' if pictures > 1 else ''}.")
    if not any(texts) and pixels_of(whole) != pixels_of(part):
        texts.append("It holds drawings.")
    return unicodedata.normalize("NFC", "\n".join(text for text in texts if text))


def _picture_count(content: Any) -> int:
    return sum(block.m_internal.type == IMAGE_BLOCK for block in content.this)
