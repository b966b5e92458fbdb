"""What stands on a page between the removal and the setting of its lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from redactor.formats.pdf.page_text import PageText, Picture
from redactor.formats.pdf.stext import Box
from redactor.formats.pdf.words import Word


@dataclass(frozen=True, slots=True)
class Standing:
    """What is left on a page: its words, pictures and paths."""

    words: Sequence[Word] = field(repr=False)
    pictures: Sequence[Picture]
    paths: Sequence[Box] = field(repr=False)

    @classmethod
    def of(cls, text: PageText) -> Self:
        """Take what was read of the page after the removal."""
        return cls(text.words, text.pictures, text.paths)


NOTHING = Standing((), (), ())
