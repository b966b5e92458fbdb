"""What was asked of the authority, when, and how each question is answered. Values only.

Whoever asked is not in it: their name is asked for when the letter is written, and kept nowhere.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Self


class Stance(enum.StrEnum):
    """How a question, or a whole request, is answered.

    ``NEITHER``: it is neither confirmed nor denied that information is held, so nothing may be
    released that would confirm it (FOIA sections 1(1)(a) and 2(1), and the limbs of exemptions).
    """

    HELD = "held"
    NOT_HELD = "not-held"
    NEITHER = "neither"
    COST = "cost"
    VEXATIOUS = "vexatious"


@dataclass(frozen=True, slots=True)
class Question:
    """One numbered question of a request.

    Attributes:
        asked: what was asked, in a sentence of the officer's.
        answer: what the letter says to it, in the officer's words; may be empty.
        documents: the numbers of the case's documents that answer it.
        justification: what a refusal of the whole question rests on (its number in the case).
    """

    asked: str = field(repr=False)
    stance: Stance = Stance.HELD
    answer: str = field(default="", repr=False)
    documents: tuple[int, ...] = ()
    justification: int = 0


@dataclass(frozen=True, slots=True)
class Request:
    """A request, its days, and its questions in the order of their numbers, from 1.

    Attributes:
        stance: of the case as a whole.
        justification: what the stance of the whole rests on (its number in the case); 0 for none.
        format_asked: the form in which the requester wants the information (FOIA section 11(1)).
        format_reason: why another form is reasonable (section 11(3)), where another is given.
        advice: the advice and assistance given (section 16).
        received, clarification_asked, clarified, fee_asked, fee_paid, identity_asked,
        identity_confirmed, extended_to, review_asked, review_answered: days of the statutory clock.
        extension_reason: why more time is taken.
    """

    questions: tuple[Question, ...] = ()
    stance: Stance = Stance.HELD
    justification: int = 0
    format_asked: str = ""
    format_reason: str = field(default="", repr=False)
    advice: str = field(default="", repr=False)
    received: date | None = None
    clarification_asked: date | None = None
    clarified: date | None = None
    fee_asked: date | None = None
    fee_paid: date | None = None
    identity_asked: date | None = None
    identity_confirmed: date | None = None
    extended_to: date | None = None
    extension_reason: str = ""
    review_asked: date | None = None
    review_answered: date | None = None

    def neither_documents(self) -> frozenset[int]:
        """Give the documents that no release may hold, because they would confirm or deny."""
        return frozenset(
            number
            for one in self.questions
            if one.stance is Stance.NEITHER
            for number in one.documents
        )

    def shape(self) -> dict[str, Any]:
        """Give it as it is kept, of texts, numbers and lists."""
        shape: dict[str, Any] = {}
        for one in fields(self):
            value = getattr(self, one.name)
            if one.name == "questions":
                shape[one.name] = [_question_shape(each) for each in value]
            elif isinstance(value, date):
                shape[one.name] = value.isoformat()
            elif value is not None:
                shape[one.name] = str(value) if isinstance(value, str) else value
        return shape

    @classmethod
    def parse(cls, shape: Mapping[str, Any]) -> Self:
        """Read what ``shape`` gave.

        Raises:
            ValueError, KeyError, TypeError: it is not that.
        """
        known = {one.name: one for one in fields(cls)}
        values: dict[str, Any] = {}
        for name, value in shape.items():
            kind = str(known[name].type)
            if name == "questions":
                values[name] = tuple(_question(each) for each in value)
            elif name == "stance":
                values[name] = Stance(value)
            elif kind.startswith("date"):
                values[name] = date.fromisoformat(value)
            else:
                values[name] = int(value) if kind == "int" else str(value)
        return cls(**values)


def _question_shape(one: Question) -> dict[str, Any]:
    return {
        "asked": one.asked,
        "stance": str(one.stance),
        "answer": one.answer,
        "documents": list(one.documents),
        "justification": one.justification,
    }


def _question(shape: Mapping[str, Any]) -> Question:
    return Question(
        str(shape["asked"]),
        Stance(shape["stance"]),
        str(shape["answer"]),
        tuple(int(one) for one in shape["documents"]),
        int(shape["justification"]),
    )
