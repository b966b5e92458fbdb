"""Parts of a package as they are gathered: with their relationships and content types."""

from __future__ import annotations

from dataclasses import dataclass, field

MAIN = "word/document.xml"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
OFFICE = "application/vnd.openxmlformats-officedocument"
MICROSOFT = "http://schemas.microsoft.com/office"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ARROWS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
A_SPACE = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'


@dataclass(slots=True)
class Background:
    """Parts, their relationships by owner, and their content types."""

    parts: dict[str, bytes] = field(default_factory=dict)
    arrows: dict[str, tuple[tuple[str, str, str], ...]] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)

    def add(
        self,
        name: str,
        data: bytes | str,
        content_type: str = "",
        arrow: tuple[str, str] = ("", ""),
    ) -> None:
        """Add a part; ``arrow`` is the id and kind of the main part's arrow to it."""
        self.parts[name] = data.encode() if isinstance(data, str) else data
        if content_type:
            self.types[name] = content_type
        if arrow[0]:
            target = name.removeprefix("word/") if name.startswith("word/") else f"../{name}"
            self.point(MAIN, (*arrow, target))

    def point(self, owner: str, *arrows: tuple[str, str, str]) -> None:
        """Add relationships of a part."""
        self.arrows[owner] = (*self.arrows.get(owner, ()), *arrows)
