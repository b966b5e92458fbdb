"""Footnotes and endnotes: which of them the text refers to, and by what sign.

Source of the markup: ECMA-376 part 1, 17.11.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from redactor.formats.docx.numbering import count_written
from redactor.formats.docx.related import filled
from redactor.formats.docx.styles import W, attribute_of, value, whole_number
from redactor.formats.hidden import Gathered, whole_text
from redactor.formats.package import Package
from redactor.model import HiddenKind

_KINDS = {"footnote": "decimal", "endnote": "lowerRoman"}
REFERENCES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
OWN_SIGNS = frozenset({W + "footnoteRef", W + "endnoteRef"})


class Notes:
    """The notes of one document, in the order in which the text refers to them."""

    def __init__(self, package: Package, main: str, root: etree._Element) -> None:
        self.parts: dict[str, tuple[str, etree._Element]] = {}
        self._notes: dict[tuple[str, str], etree._Element] = {}
        self._order: dict[tuple[str, str], str] = {}
        self._counts: Counter[str] = Counter()
        self._forms = {kind: _form(package, main, root, kind) for kind in _KINDS}
        for kind in _KINDS:
            for part in filled(package, main, f"{kind}s")[:1]:
                self.parts[kind] = (part, package.tree(part))
                for note in self.parts[kind][1].iterfind(W + kind):
                    if value(note, "type") in {"", "normal"}:
                        self._notes[kind, value(note, "id")] = note

    def refer(self, kind: str, key: str, own_sign: str) -> tuple[int, str] | None:
        """Count a reference: give the note's place in the order, and its sign.

        Args:
            own_sign: what the text itself prints as the sign, if it does.
        """
        if (kind, key) not in self._notes:
            return None
        if (kind, key) not in self._order:
            form, start = self._forms[kind]
            if not own_sign:
                self._counts[kind] += 1
            number = count_written(start - 1 + self._counts[kind], form)
            self._order[kind, key] = own_sign or number
        return list(self._order).index((kind, key)), self._order[kind, key]

    def referred(self) -> Iterator[tuple[str, str, etree._Element]]:
        """Give the notes in order: kind, sign and content. More may be added while it runs."""
        at = 0
        while at < len(self._order):
            kind, key = list(self._order)[at]
            yield kind, self._order[kind, key], self._notes[kind, key]
            at += 1

    def gather_others(self, gathered: Gathered) -> None:
        """Gather the notes that nothing refers to, and what stands in the lines between notes."""
        for kind, (part, root) in self.parts.items():
            for note in root.iterfind(W + kind):
                if (kind, value(note, "id")) not in self._order:
                    text = "\n".join(whole_text(one) for one in note.iter(f"{W}p"))
                    gathered.add(HiddenKind.HIDDEN_TEXT, f"{part}/unused", text, part)


def _form(package: Package, main: str, root: etree._Element, kind: str) -> tuple[str, int]:
    """Say how notes are counted: in which signs, and from which number."""
    asked = [package.tree(part) for part in filled(package, main, "settings")]
    found = [properties for one in (root, *asked) for properties in one.iter(f"{W}{kind}Pr")]
    form = next((attribute_of(one, "numFmt") for one in found if attribute_of(one, "numFmt")), "")
    starts = [whole_number(attribute_of(one, "numStart")) for one in found]
    return form or _KINDS[kind], next((one for one in starts if one is not None), 1)
