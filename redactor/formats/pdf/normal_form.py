"""Where the code points of a text in normal form C come from in the text as it was."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator


def offsets_of_normal_form(raw: str) -> list[int] | None:
    """Give for each NFC code point, and the end, its raw offset; None where they are equal."""
    if unicodedata.is_normalized("NFC", raw):
        return None
    offsets: list[int] = []
    for at, cluster in _clusters(raw):
        offsets.extend([at] * len(unicodedata.normalize("NFC", cluster)))
    offsets.append(len(raw))
    return offsets


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    """Cut a text into pieces that can be normalised one by one, with their offsets."""
    start = 0
    for at in range(1, len(text)):
        if _may_cut(text[start:at], text[at]):
            yield start, text[start:at]
            start = at
    if text:
        yield start, text[start:]


def _may_cut(cluster: str, following: str) -> bool:
    if following.isascii():
        return True
    if unicodedata.combining(following):
        return False
    normal = unicodedata.normalize("NFC", cluster)
    return unicodedata.normalize("NFC", cluster + following) == normal + unicodedata.normalize(
        "NFC", following
    )
