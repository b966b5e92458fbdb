"""Texts as workbooks write them, and as segments hold them."""

from __future__ import annotations

import re

from redactor.formats.base import composed

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescape(text: str) -> str:
    """Turn ``_x0041_`` into the character it stands for (ECMA-376 part 1, 18.18.19)."""
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def tidy(text: str) -> str:
    """Give a text as segments hold it."""
    return composed(unescape(text))
