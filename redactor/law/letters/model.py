"""A letter as it is checked, what its case says, and what is wrong with it."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from redactor.law.exemptions import Standing
from redactor.law.request import Stance
from redactor.matching import Term
from redactor.model import HiddenKind

#: The place of what is about the letter as a whole, and of its file name.
WHOLE, FILE_NAME = "letter", "file-name"


class Kind(enum.StrEnum):
    """What kind of slip it is."""

    SUPERSEDED = "superseded-law"
    CITATION = "citation"
    LIMB = "limb-missing"
    STANDING = "standing"
    PUBLIC_INTEREST = "public-interest"
    NOTICE = "refusal-notice"
    ADVICE = "advice"
    DATE = "date"
    QUESTION = "question"
    ATTACHMENT = "attachment"
    FILE_NAME = "file-name"
    REPETITION = "repetition"
    DATA_CLASS = "data-class"
    INTERESTS = "legitimate-interests"
    BLANKET = "blanket-statement"
    CONTRADICTION = "contradiction"
    FIGURE = "figure"
    SMALL_COUNT = "small-count"
    BRACKET = "bracket"
    HIDDEN = "hidden-content"
    WITHHELD = "withheld-text"
    LOG = "log"
    UNREAD = "unread"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a letter, a heading, an item of a list or a cell of a table.

    Attributes:
        place: what the reader calls it (``page:1``, ``part:word/document.xml#4``).
    """

    place: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class HiddenPart:
    """Something of a draft that a reader of its pages does not see."""

    place: str
    kind: HiddenKind
    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of response, in memory.

    Attributes:
        passages: in reading order.
        file_name: of the draft, without its folder; empty for none.
        attachments: names of files that go with it, besides those that its text names.
        hidden: what lies beside its visible text.
        unread: places that could not be read.
    """

    passages: tuple[Passage, ...] = field(repr=False)
    file_name: str = field(default="", repr=False)
    attachments: tuple[str, ...] = field(default=(), repr=False)
    hidden: tuple[HiddenPart, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WithheldTerm:
    """A text that is withheld wherever it stands.

    Attributes:
        by_case: a single capitalised word: ``Rose`` is a name, ``rose`` is not.
    """

    term: Term
    by_case: bool = False


@dataclass(frozen=True, slots=True)
class HiddenCount:
    """A count that a released table withholds, with the headings it stands under."""

    labels: tuple[str, ...] = field(repr=False)
    number: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the case of a letter says, to hold the letter against.

    Attributes:
        regime: ``foi``, ``eir``, ``sar`` or ``sar-le``.
        citations: the limbs that the log relies on, each with its standing.
        released: the names of the files of the release.
        figures: of the released tables: by label, every value that stands against it, as printed.
        withheld: texts that may not stand in the letter.
        stance: of the case as a whole.
        questions: the stance of each question, in order.
        received, due: when the request came, and the last day for the answer.
        hidden_counts: what the released tables withhold as small numbers, or to protect them.
    """

    regime: str = "foi"
    citations: Mapping[str, Standing] = field(default_factory=dict)
    released: tuple[str, ...] = field(default=(), repr=False)
    figures: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)
    withheld: tuple[WithheldTerm, ...] = field(default=(), repr=False)
    stance: Stance = Stance.HELD
    questions: tuple[Stance, ...] = ()
    received: date | None = None
    due: date | None = None
    hidden_counts: tuple[HiddenCount, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Issue:
    """One slip.

    Attributes:
        place: of the passage, or ``letter`` or ``file-name``.
        message: what is wrong and what to do; it never repeats a withheld text.
    """

    kind: Kind
    place: str
    message: str
