"""The reviewer's work list: what to look at in a case, in the order of a second line.

What blocks comes first, then the findings by exemption, by person, by equal text that was treated
differently, and by document; then what a person decided otherwise than the machine proposed, what
was added by hand, and what was commented on. Each item says what in it looks uneven or too much.
They are hints: nothing here decides, and nothing here blocks.

``work_list`` is a pure function; ``second_line`` looks into an open case.
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from redactor.app.case import Case
from redactor.events import Mark
from redactor.labels import LABEL_BY_NAME
from redactor.law.exemptions import Exemption, exemptions
from redactor.matching import fold_text
from redactor.model import Action, Area, Decision, Proposal
from redactor.people import Subject, subjects
from redactor.review import Block, Comment, Standing, trouble_of

#: A document in which this share of so many visible findings is redacted is worth a second look.
#: A hint of ours, not a legal test: domain experience is that challenges are as often to
#: over-redaction as to under-redaction.
MUCH_SHARE, MUCH_FROM = 0.9, 10
#: A drawn box as large as a quarter of an A4 page (595 by 842 points), or text as long as a
#: paragraph, takes away more than a detail.
LARGE_AREA = 595 * 842 / 4
LARGE_TEXT = 400


class SectionKind(enum.StrEnum):
    """The sections, in the order in which a reviewer works."""

    BLOCKING = "blocking"
    EXEMPTION = "exemption"
    PERSON = "person"
    TEXT = "text"
    DOCUMENT = "document"
    REJECTED = "rejected"
    BY_HAND = "by-hand"
    COMMENTED = "commented"


@dataclass(frozen=True, slots=True)
class Counts:
    """How findings stand. Those in hidden content never leave, however they were decided."""

    redact: int = 0
    keep: int = 0
    undecided: int = 0
    hidden: int = 0

    @property
    def visible(self) -> int:
        """Give how many lie in what a reader would see."""
        return self.redact + self.keep + self.undecided


class NoteKind(enum.StrEnum):
    """What a note is about."""

    UNEVEN = "uneven"
    REASONS = "reasons"
    MUCH = "much"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class Note:
    """Something in an item that looks uneven or too much.

    Attributes:
        text: a sentence without case text.
        marks: the findings to look at first.
    """

    kind: NoteKind
    text: str
    marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to look at.

    Attributes:
        key: names it from one list to the next; holds no case text.
        title: a name, a text, a citation or words of ours; empty where it is the document's name.
        detail: more of the title, in words of ours.
        document: the number of the document it is about, if it is about one.
        marks: the findings it is about, in the order in which the marks were given.
        reasons: how many different reasons its redactions were given.
        block: what blocks, in the section of that.
    """

    key: str
    title: str = field(repr=False)
    detail: str = ""
    document: int | None = None
    marks: tuple[int, ...] = ()
    counts: Counts = Counts()
    reasons: int = 0
    notes: tuple[Note, ...] = ()
    block: Block | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Items of one kind, in the order in which to look at them."""

    kind: SectionKind
    items: tuple[Item, ...]


def work_list(
    blocks: Sequence[Block],
    marks: Iterable[Mark],
    standing: Standing,
    subjects: Iterable[Subject],
    comments: Iterable[Comment],
    exemptions: Sequence[Exemption],
    *,
    documents: Iterable[int] = (),
) -> tuple[Section, ...]:
    """Make a reviewer's work list of a case. Sections without items are there, too.

    Args:
        subjects: the persons of the case (``people.subjects``).
        exemptions: every limb that may be relied on, in the order in which to list them.
        documents: the numbers of all documents; those with findings are listed in any case.
    """
    book = _Book(marks, standing.decisions)
    persons = tuple(subjects)
    return (
        Section(SectionKind.BLOCKING, tuple(_blocking(blocks, book, exemptions))),
        Section(SectionKind.EXEMPTION, tuple(_by_exemption(book, exemptions))),
        Section(SectionKind.PERSON, _by_person(persons, book)),
        Section(SectionKind.TEXT, _uneven_texts(persons, book)),
        Section(SectionKind.DOCUMENT, tuple(_by_document(book, documents))),
        Section(SectionKind.REJECTED, tuple(_against_proposal(book))),
        Section(SectionKind.BY_HAND, tuple(_by_hand(book))),
        Section(SectionKind.COMMENTED, tuple(_commented(comments, book))),
    )


# --- how the marks stand ----------------------------------------------------------------------


#: How a mark stands. Plain numbers, for members of an enum are slow to count.
_REDACT, _KEEP, _UNDECIDED, _HIDDEN = range(4)


class _Book:
    """The marks by id with how they stand; those made by hand and undone are no longer there."""

    def __init__(self, marks: Iterable[Mark], decisions: Mapping[int, Decision]) -> None:
        self.decisions = decisions
        self.marks = {mark.id: mark for mark in marks if mark.id in decisions or not mark.by_hand}
        plain = cache(_plain)  # forgotten with the list: reasons are not to outlive the case
        self._reasons = {
            number: plain(one.reason)
            for number, one in decisions.items()
            if one.action is Action.REDACT
        }
        self._stand = {number: self._stand_of(mark) for number, mark in self.marks.items()}

    def _stand_of(self, mark: Mark) -> int:
        if mark.hidden is not None:
            return _HIDDEN
        decision = self.decisions.get(mark.id)
        if decision is None:
            return _UNDECIDED
        return _REDACT if decision.action is Action.REDACT else _KEEP

    def those(self, ids: Iterable[int], stand: int) -> tuple[int, ...]:
        """Give those of some marks that stand so."""
        return tuple(one for one in ids if self._stand[one] == stand)

    def item(
        self,
        key: str,
        title: str,
        ids: Sequence[int],
        notes: Sequence[Note] = (),
        *,
        detail: str = "",
        document: int | None = None,
        block: Block | None = None,
    ) -> Item:
        """Make an item of some marks."""
        stands = Counter(map(self._stand.__getitem__, ids))
        counts = Counts(
            *(stands[one] for one in (_REDACT, _KEEP, _UNDECIDED, _HIDDEN)),
        )
        reasons = len(self.reasons(ids))
        return Item(key, title, detail, document, tuple(ids), counts, reasons, tuple(notes), block)

    def reasons(self, ids: Iterable[int]) -> Counter[str]:
        """Count the different reasons of redactions; case of letters and spacing do not count."""
        return Counter(filter(None, map(self._reasons.get, ids)))

    def reason(self, number: int) -> str:
        """Give the reason of a redaction as reasons are compared; empty where there is none."""
        return self._reasons.get(number, "")


def _plain(reason: str) -> str:
    return " ".join(reason.split()).casefold()


def _gathered(pairs: Iterable[tuple[object, int]]) -> dict[object, list[int]]:
    found: dict[object, list[int]] = {}
    for key, number in pairs:
        found.setdefault(key, []).append(number)
    return found


def _times(count: int) -> str:
    return "1 place" if count == 1 else f"{count:,} places"


# --- the sections -----------------------------------------------------------------------------


def _blocking(
    blocks: Sequence[Block], book: _Book, exemptions: Sequence[Exemption]
) -> Iterable[Item]:
    grounds = {one.citation: one.needs_public_interest_test for one in exemptions}
    about: dict[object, list[int]] = {}
    if any(block.mark is not None for block in blocks):
        about = _gathered(
            ((mark.document, trouble_of(mark, book.decisions.get(number), grounds)), number)
            for number, mark in book.marks.items()
        )
    for block in blocks:
        ids = about.get((block.document, block.kind), []) if block.mark is not None else []
        key = f"block:{block.kind}:{block.document}:{block.place}"
        yield book.item(key, "", ids, detail=block.message, document=block.document, block=block)


def _by_exemption(book: _Book, exemptions: Sequence[Exemption]) -> Iterable[Item]:
    used = _gathered(
        (one.exemption, number)
        for number, one in book.decisions.items()
        if one.action is Action.REDACT and number in book.marks
    )
    titles = {one.citation: one.title for one in exemptions}
    listed = [one for one in titles if one in used]
    for citation in [*listed, *(str(one) for one in used if one not in titles)]:
        ids = used[citation]
        yield book.item(
            f"exemption:{citation}",
            citation or "No exemption",
            ids,
            _reason_notes(ids, book),
            detail=titles.get(citation, "Not an exemption that can be relied on"),
        )


def _reason_notes(ids: Sequence[int], book: _Book) -> list[Note]:
    reasons = len(book.reasons(ids))
    if reasons < 2:
        return []
    return [Note(NoteKind.REASONS, f"{reasons} different reasons are given under this exemption.")]


def _by_person(persons: Iterable[Subject], book: _Book) -> tuple[Item, ...]:
    items = []
    for one in persons:
        ids = [mark for mark in one.marks if mark in book.marks]
        if ids:
            role = str(one.role).replace("-", " ") if one.role is not None else ""
            notes = [*_uneven_notes("This person is", ids, book), *_grounds_notes(ids, book)]
            items.append(book.item(f"person:{one.id}", one.name, ids, notes, detail=role))
    return tuple(sorted(items, key=lambda one: (not one.notes, -one.counts.visible, one.marks[0])))


def _uneven_notes(who: str, ids: Sequence[int], book: _Book) -> list[Note]:
    redacted, kept = book.those(ids, _REDACT), book.those(ids, _KEEP)
    if not redacted or not kept:
        return []
    return [
        Note(
            NoteKind.UNEVEN,
            f"{who} redacted in {_times(len(redacted))} and kept in {len(kept):,}.",
            min(kept, redacted, key=len),
        )
    ]


def _grounds_notes(ids: Sequence[int], book: _Book) -> list[Note]:
    redacted = book.those(ids, _REDACT)
    limbs = {one: book.decisions[one].exemption for one in redacted}
    if len(set(limbs.values())) > 1:
        return [_differing("The redactions rely on {} different exemptions.", limbs)]
    reasons = {one: book.reason(one) for one in redacted}
    if len(set(reasons.values())) > 1:
        return [_differing("The redactions give {} different reasons.", reasons)]
    return []


def _differing(said: str, grounds: Mapping[int, str]) -> Note:
    """Tell how many grounds there are, and which findings have not the commonest."""
    counted = Counter(grounds.values())
    commonest = counted.most_common(1)[0][0]
    others = tuple(one for one, ground in grounds.items() if ground != commonest)
    return Note(NoteKind.REASONS, said.format(len(counted)), others)


def _uneven_texts(persons: Iterable[Subject], book: _Book) -> tuple[Item, ...]:
    """Give the texts that are redacted here and kept there; names of persons are told of above."""
    told = {mark for one in persons for mark in one.marks}
    folded = cache(fold_text)
    same = _gathered(
        (text, number)
        for number, mark in book.marks.items()
        if number not in told and mark.hidden is None and (text := folded(mark.text))
    )
    items = []
    for ids in same.values():
        if len(ids) > 1 and (notes := _uneven_notes("This text is", ids, book)):
            title = " ".join(book.marks[ids[0]].text.split())
            items.append(book.item(f"text:{ids[0]}", title, ids, notes))
    return tuple(sorted(items, key=lambda one: (-len(one.notes[0].marks), one.marks[0])))


def _by_document(book: _Book, documents: Iterable[int]) -> Iterable[Item]:
    found: dict[int, list[int]] = {number: [] for number in documents}
    for number, mark in book.marks.items():
        found.setdefault(mark.document, []).append(number)
    for document, ids in sorted(found.items()):
        notes = [*_much_notes(ids, book), *_large_notes(ids, book)]
        yield book.item(
            f"document:{document}",
            "",
            ids,
            notes,
            detail=_share(ids, book),
            document=document,
        )


def _share(ids: Sequence[int], book: _Book) -> str:
    visible = len(ids) - len(book.those(ids, _HIDDEN))
    if not visible:
        return ""
    redacted = len(book.those(ids, _REDACT))
    return f"{100 * redacted // visible} % of what was found is redacted"


def _much_notes(ids: Sequence[int], book: _Book) -> list[Note]:
    redacted = len(book.those(ids, _REDACT))
    visible = len(ids) - len(book.those(ids, _HIDDEN))
    if visible < MUCH_FROM or redacted < MUCH_SHARE * visible:
        return []
    share = 100 * redacted // visible
    return [
        Note(
            NoteKind.MUCH,
            f"{redacted:,} of {visible:,} findings that a reader would see are redacted "
            f"({share} %). Is all of it exempt?",
        )
    ]


def _large_notes(ids: Sequence[int], book: _Book) -> list[Note]:
    large = tuple(one for one in book.those(ids, _REDACT) if _is_large(book.marks[one]))
    if not large:
        return []
    what = "redaction takes" if len(large) == 1 else "redactions take"
    said = f"{len(large):,} {what} away a large part of a page or a whole passage."
    return [Note(NoteKind.LARGE, said, large)]


def _is_large(mark: Mark) -> bool:
    if isinstance(mark.target, Area):
        box = mark.target
        return abs((box.x1 - box.x0) * (box.y1 - box.y0)) >= LARGE_AREA
    return len(mark.text) >= LARGE_TEXT


def _against_proposal(book: _Book) -> Iterable[Item]:
    """Give what was decided otherwise than the machine proposed, by kind, kept before redacted."""
    otherwise = _gathered(
        ((book.decisions[number].action, mark.label), number)
        for number, mark in book.marks.items()
        if not mark.by_hand
        and (decision := book.decisions.get(number)) is not None
        and (decision.action is Action.REDACT) is not (mark.proposal is Proposal.REDACT)
    )
    ways = {
        Action.KEEP: ("Kept", "Proposed to redact, kept"),
        Action.REDACT: ("Redacted", "Proposed to keep, redacted"),
    }
    for action, (done, said) in ways.items():
        for name, label in LABEL_BY_NAME.items():
            if ids := otherwise.get((action, name)):
                title = f"{done} – {label.title}"
                yield book.item(f"rejected:{action}:{name}", title, ids, detail=said)


def _by_hand(book: _Book) -> Iterable[Item]:
    added = _gathered(
        (mark.document, number) for number, mark in book.marks.items() if mark.by_hand
    )
    for document in sorted(number for number in added if isinstance(number, int)):
        yield book.item(f"by-hand:{document}", "", added[document], document=document)


def _commented(comments: Iterable[Comment], book: _Book) -> Iterable[Item]:
    said = [one for one in comments if one.mark in book.marks]
    open_ones = list(dict.fromkeys(one.mark for one in said if not one.answered))
    answered = list(dict.fromkeys(one.mark for one in said if one.answered))
    answered = [one for one in answered if one not in set(open_ones)]
    for key, title, ids in (
        ("open", "To be answered", open_ones),
        ("answered", "Answered", answered),
    ):
        if ids:
            yield book.item(f"comments:{key}", title, ids)


# --- of an open case --------------------------------------------------------------------------


def second_line(case: Case) -> tuple[Section, ...]:
    """Make the work list of an open case."""
    marks = case.marks()
    return work_list(
        case.blocks(),
        marks,
        case.standing(),
        subjects(marks, case.events()),
        case.comments(),
        exemptions(case.regime),
        documents=[one.number for one in case.documents()],
    )
