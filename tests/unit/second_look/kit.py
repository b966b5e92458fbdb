"""A case of a few lines, for the second look: what is redacted, what is kept, and what is found."""

from __future__ import annotations

from redactor.events import Mark
from redactor.model import (
    Action,
    Area,
    CellPlace,
    Decision,
    HiddenKind,
    LinePlace,
    PagePlace,
    PartPlace,
    Place,
    Proposal,
    Segment,
    Span,
    key_of,
)
from redactor.second_look import Lead, LookedAt, letters_of, second_look

_STRICT = {"PERSON", "ID", "PHONE", "EMAIL", "VEHICLE", "POSTCODE", "ADDRESS"}


class Desk:
    """Documents, marks and decisions in the making."""

    def __init__(self) -> None:
        self.documents: dict[int, list[Segment]] = {}
        self.names: dict[int, str] = {}
        self.marks: list[Mark] = []
        self.decisions: dict[int, Decision] = {}

    def put(self, text: str, place: Place | None = None, *, document: int = 1,
            hidden: HiddenKind | None = None) -> Segment:  # fmt: skip
        """Add a text to a document; a line where no place is given."""
        segments = self.documents.setdefault(document, [])
        segment = Segment(place or LinePlace(len(segments)), text, hidden)
        segments.append(segment)
        return segment

    def decide(self, words: str, label: str = "PERSON", action: Action = Action.REDACT,
               *, within: Segment | None = None, document: int = 1) -> Mark:  # fmt: skip
        """Mark the first place of some words that no mark has, and decide on it."""
        for segment in [within] if within else self.documents[document]:
            start = segment.text.find(words)
            name, column = key_of(segment.place)
            span = Span(name, start, start + len(words), column)
            taken = {(one.document, one.target) for one in self.marks}
            if start >= 0 and (document, span) not in taken:
                return self._decided(document, span, words, label, action)
        raise AssertionError(f"{words} does not stand there")

    def box(self, area: Area, words: str, document: int = 1) -> Mark:
        return self._decided(document, area, words, "MANUAL", Action.REDACT)

    def _decided(self, document, target, words, label, action) -> Mark:
        number = len(self.marks) + 1
        mark = Mark(number, document, target, words, label, 1.0, "test", "", Proposal.REDACT)
        self.marks.append(mark)
        ground = "s40(2)" if action is Action.REDACT else ""
        self.decisions[number] = Decision(action, ground, "because", "A", "t", number)
        return mark

    def look(self) -> tuple[Lead, ...]:
        strict = frozenset(
            letters_of(one.text)
            for one in self.marks
            if one.label in _STRICT and len(letters_of(one.text)) > 3
        )
        documents = [
            LookedAt(number, f"{number:064x}", self.names.get(number, f"file {number}.txt"), each)
            for number, each in self.documents.items()
        ]
        return second_look(documents, self.marks, self.decisions, strict)

    def found(self) -> list[str]:
        return [one.text for one in self.look()]


def redacted(name: str = "Sarah Okoro", label: str = "PERSON") -> Desk:
    """Give a desk on which one thing is redacted in a first document."""
    desk = Desk()
    desk.put(f"It concerns {name} throughout.")
    desk.decide(name, label)
    return desk


__all__ = ["Area", "CellPlace", "Desk", "HiddenKind", "PagePlace", "PartPlace", "redacted"]
