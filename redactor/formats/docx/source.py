"""What every part of one Word document is read with."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from redactor.formats.docx.notes import Notes
from redactor.formats.docx.numbering import Numbering
from redactor.formats.docx.pictures import Pictures
from redactor.formats.docx.styles import Styles
from redactor.formats.hidden import Gathered
from redactor.formats.package import Package, Relationship


@dataclass(slots=True)
class Source:
    """The package and what is known of it.

    Attributes:
        page: the colour of its pages.
        covers: how many filled shapes lie over the text.
        dropped: how many things a page shows that no rebuild carries, by what they are.
    """

    package: Package
    styles: Styles
    numbering: Numbering
    notes: Notes
    pictures: Pictures
    gathered: Gathered
    page: str = "FFFFFF"
    covers: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    _arrows: dict[str, dict[str, Relationship]] = field(default_factory=dict)

    def arrow(self, part: str, key: str) -> Relationship | None:
        """Give a relationship of a part by its id."""
        if part not in self._arrows:
            self._arrows[part] = {one.id: one for one in self.package.relationships(part)}
        return self._arrows[part].get(key)
