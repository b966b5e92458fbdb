"""What a dictionary of a PDF is to a reader: the shapes that the search knows are made of these."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from redactor.formats.pdf.hidden.file import PdfFile
from redactor.formats.pdf.hidden.model import Hidden
from redactor.formats.pdf.hidden.syntax import Dict
from redactor.model import HiddenKind

#: Reads what the glyphs of a form show; nothing where that is not asked for.
Draws: TypeAlias = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class Listing:
    """What strings are listed as that nothing more is known of."""

    kind: HiddenKind
    part: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A dictionary as the search meets it.

    Attributes:
        key: the key it stands under in its owner; empty for an object of its own.
        number: of the object it stands in.
        under: what its owner is listed as.
        draws: reads the words that an appearance shows.
        files: the number of each attachment, by the number of its stream.
    """

    file: PdfFile
    owner: Dict = field(repr=False)
    key: str
    number: int
    under: Listing
    draws: Draws
    files: dict[int, int]

    @property
    def type(self) -> str:
        """Give its type."""
        return self.file.name(self.owner.get("Type"))

    @property
    def subtype(self) -> str:
        """Give its subtype."""
        return self.file.name(self.owner.get("Subtype"))

    @property
    def page(self) -> int | None:
        """Give the page it belongs to, from 0."""
        return self.file.page_of(self.owner, self.number)

    def text(self, key: str) -> str:
        """Give the text under a key."""
        return self.file.text(self.owner.get(key))

    def has(self, *keys: str) -> bool:
        """Say whether it has any of these keys."""
        return any(key in self.owner for key in keys)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a dictionary is.

    Attributes:
        listing: what everything in it is listed as that it does not say.
        says: what it is in words, in one or more pieces.
        keys: whose strings are in what it says.
    """

    listing: Listing
    says: tuple[Hidden, ...] = ()
    keys: frozenset[str] = frozenset()


Recognise: TypeAlias = Callable[[Entry], Shape | None]


def lines(heading: str, facts: Iterable[tuple[str, str]]) -> str:
    """Write a heading and the facts under it, each once and none that is empty."""
    said = [heading]
    for title, text in facts:
        if any(map(str.isalnum, text)) and not any(text in one for one in said):
            said.append(f"{title}: {text}" if title else text)
    return "\n".join(said)


def headed(heading: str, text: str) -> str:
    """Write a heading with its text behind it."""
    return f"{heading}: {text}" if text else heading


# --- what no person wrote ---------------------------------------------------------------------

_DATE = re.compile(r"D:\d{4}[\d+\-Z']*")
_TAG = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*")
_MADE_UP = re.compile(
    r"[\W\d_]*|[{(]?[0-9A-Fa-f]{4,}(-[0-9A-Fa-f]{4,})*[)}]?|(node|annot|id|P)\W?\d+"
    r"|fitz-\w+|\S{0,8}(\d\S*){6,}"
)
_LOOK = re.compile(r".*\bTf\b.*|[\w-]+ *:[^;]*(;.*)?", re.DOTALL)
#: Keys of strings that are bytes, numbers or code of the format, and no text.
_BYTES = frozenset({"CheckSum", "Panose", "Lookup", "ByteRange", "Digest", "DigestValue"})
_FONTS = frozenset({"Registry", "Ordering", "CharSet", "FontFamily", "Style"})


def is_code(key: str, text: str) -> bool:
    """Say whether a string is an identifier, a date, a language or code of the format."""
    if key in _BYTES or key in _FONTS or _DATE.fullmatch(text):
        return True
    if key == "Lang":
        return _TAG.fullmatch(text) is not None
    if key in {"ID", "NM", "IDTree", "IDS"}:
        return _MADE_UP.fullmatch(text) is not None
    if key in {"CA", "RC", "AC"} and len(text) == 1:  # a tick or a cross from a font of signs
        return True
    return key in {"DA", "DS"} and _LOOK.fullmatch(text) is not None
