"""What a case has taught that could go on a list: suggestions, each with what it rests on. Pure.

Nothing comes of a suggestion by itself. A person accepts it, one by one, or turns it down.
"""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from redactor.errors import UsageError
from redactor.events import Mark
from redactor.lists import Entry, Lists, Match, Which, new_entry, shape_of
from redactor.matching import fold_text
from redactor.model import Action, Decision

#: A text kept at so many places, or in so many documents, and never withheld.
KEPT_PLACES, KEPT_DOCUMENTS = 3, 2
#: A text marked by hand so often, and never kept.
MARKED_PLACES = 2
#: Findings of one shape that were decided, how many different texts, and the share that was kept.
SHAPE_DECIDED, SHAPE_TEXTS, SHAPE_KEPT = 8, 4, 0.9

_BY_HAND = "by hand"


class Ground(enum.StrEnum):
    """What a suggestion rests on."""

    KEPT = "kept"
    MARKED = "marked"
    SHAPE = "shape"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that could go on a list.

    Attributes:
        places: how many decisions speak for it.
        documents: in how many documents.
        against: how many speak against it.
    """

    which: Which
    entry: Entry = field(repr=False)
    ground: Ground
    places: int
    documents: int
    against: int = 0

    @property
    def key(self) -> str:
        """Give what names it from one call to the next: eight hex digits."""
        what = f"{self.which}|{self.ground}|{self.entry.label}|{self.entry.key}"
        return sha256(what.encode("utf-8")).hexdigest()[:8]

    @property
    def words(self) -> str:
        """Say what it rests on, without any text of the case."""
        places = f"{self.places} times in {self.documents} document{'s' * (self.documents != 1)}"
        match self.ground:
            case Ground.KEPT:
                return f"kept {places}, never withheld"
            case Ground.MARKED:
                return f"marked by hand {places}, never kept"
            case Ground.SHAPE:
                decided = self.places + self.against
                return f"findings of this shape were kept {self.places} of {decided} times"


def suggest(
    marks: Iterable[Mark],
    decisions: Mapping[int, Decision],
    lists: Lists,
    dismissed: Iterable[str] = (),
) -> tuple[Suggestion, ...]:
    """Say what could go on a list, the best founded first.

    Args:
        decisions: that stand, by mark.
        lists: what is on a list is not suggested again.
        dismissed: keys of suggestions that were turned down.
    """
    decided = [(mark, decisions[mark.id]) for mark in marks if mark.id in decisions and mark.text]
    listed = {one.key for one in (*lists.always, *lists.never)}
    turned_down = set(dismissed)
    found = [*_by_text(decided), *_by_shape(decided)]
    return tuple(
        one
        for one in sorted(found, key=lambda one: (-one.places, one.which, one.entry.key))
        if one.entry.key not in listed and one.key not in turned_down
    )


def _by_text(decided: Sequence[tuple[Mark, Decision]]) -> Iterable[Suggestion]:
    texts: dict[str, list[tuple[Mark, Decision]]] = defaultdict(list)
    for mark, decision in decided:
        texts[fold_text(mark.text)].append((mark, decision))
    for same in texts.values():
        mark = same[0][0]
        actions = {decision.action for _, decision in same}
        documents = len({mark.document for mark, _ in same})
        if actions == {Action.KEEP}:
            reasoned = all(decision.reason.strip() for _, decision in same)
            if reasoned and (len(same) >= KEPT_PLACES or documents >= KEPT_DOCUMENTS):
                yield from _made(Which.NEVER, mark, Ground.KEPT, len(same), documents)
        elif actions == {Action.REDACT}:
            by_hand = [one for one, _ in same if one.by_hand and one.recogniser == _BY_HAND]
            if len(by_hand) >= MARKED_PLACES:
                documents = len({one.document for one in by_hand})
                yield from _made(Which.ALWAYS, mark, Ground.MARKED, len(by_hand), documents)


def _made(
    which: Which, mark: Mark, ground: Ground, places: int, documents: int
) -> Iterable[Suggestion]:
    label = "TERM" if mark.label == "MANUAL" else mark.label
    try:
        entry = new_entry(mark.text, label=label)
    except UsageError:  # too long or too short for a list
        return
    yield Suggestion(which, entry, ground, places, documents)


def _by_shape(decided: Sequence[tuple[Mark, Decision]]) -> Iterable[Suggestion]:
    """Group findings by what found them and how they look; only numbers have a shape that says so.

    That every name of two words was kept says nothing of the next name.
    """
    groups: dict[tuple[str, str, str], list[tuple[Mark, Decision]]] = defaultdict(list)
    for mark, decision in decided:
        recogniser = mark.recogniser.rpartition("@")[0]
        if recogniser and not mark.by_hand and any(one.isdigit() for one in mark.text):
            groups[recogniser, mark.label, shape_of(mark.text)].append((mark, decision))
    for (recogniser, label, shape), same in groups.items():
        kept = [mark for mark, decision in same if decision.action is Action.KEEP]
        texts = {mark.text for mark, _ in same}
        if (
            len(same) >= SHAPE_DECIDED
            and len(texts) >= SHAPE_TEXTS
            and len(kept) >= SHAPE_KEPT * len(same)
        ):
            try:
                entry = new_entry(shape, label=label, match=Match.SHAPE, recogniser=recogniser)
            except UsageError:
                continue
            documents = len({mark.document for mark in kept})
            against = len(same) - len(kept)
            yield Suggestion(Which.NEVER, entry, Ground.SHAPE, len(kept), documents, against)
