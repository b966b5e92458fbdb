"""What a case holds of its request, and what may not be released because of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from redactor.app.opening import OpenCase
from redactor.case.store import StoredDocument
from redactor.errors import DamagedCase
from redactor.law.request import Request, Stance
from redactor.model import Aside, Decision

#: The list of the case file that its rows are kept on.
REQUEST = "request"


def request_of(case: OpenCase) -> Request:
    """Give the request of a case; of one that has none, the day on which it was received.

    Raises:
        DamagedCase: it is not as it was written.
    """
    row = case.standing().request
    if row is None:
        begun = case.life.case
        day = str(begun.body["received"]) if begun is not None else ""
        return Request(received=date.fromisoformat(day) if day else None)
    try:
        (kept,) = case.store.lists.rows([row])
        return Request.parse(json.loads(kept.payload))
    except (ValueError, KeyError, TypeError) as problem:
        raise DamagedCase(
            f"What {case.path.name} holds of the request is not as it was written. Nothing was "
            "changed. Check the case, and restore it from its backup."
        ) from problem


def held_back(case: OpenCase) -> frozenset[int]:
    """Give the documents that would confirm what is neither confirmed nor denied.

    Nothing that is released may hold them: no file, no row of the schedule, no name, and no gap in
    the numbers of the others.
    """
    request = request_of(case)
    if request.stance is Stance.NEITHER:
        return frozenset(one.number for one in case.store.documents())
    return request.neither_documents()


def going_out(case: OpenCase) -> tuple[StoredDocument, ...]:
    """Give the documents that a release would hold.

    Those that were read, and are neither held back nor set aside as a whole.
    """
    out = held_back(case) | case.standing().set_aside.keys()
    return tuple(
        one for one in case.store.documents() if one.status == "read" and one.number not in out
    )


def withheld_in_full(case: OpenCase) -> dict[int, Decision]:
    """Give the documents that are withheld as a whole, and on what ground, in their order.

    One that is held back as well is not among them: to name it would confirm it.
    """
    back, aside = held_back(case), case.standing().set_aside
    return {
        number: one.decision
        for number, one in sorted(aside.items())
        if one.why is Aside.WITHHELD and number not in back
    }


def public_numbers(case: OpenCase) -> dict[int, int]:
    """Give the number by which each document that is not held back is known outside.

    It is its own where nothing is held back; a gap would tell that something is.
    """
    back = held_back(case)
    numbers = [one.number for one in case.store.documents() if one.number not in back]
    return {one: number if back else one for number, one in enumerate(numbers, 1)}


def at_odds(request: Request) -> Iterator[tuple[int | None, str]]:
    """Say where a request is answered so that one part confirms what another does not.

    Returns:
        The document it is about, if any, and a sentence for the officer.
    """
    for number, one in enumerate(request.questions, 1):
        if one.stance is Stance.NEITHER and not one.justification:
            yield None, f"Question {number} is neither confirmed nor denied, and no limb is given."
        if request.stance is Stance.NEITHER and one.stance not in {Stance.NEITHER, Stance.HELD}:
            yield None, f"The case neither confirms nor denies, but question {number} is answered."
        if request.stance is Stance.NEITHER and one.answer.strip():
            yield (
                None,
                f"The case neither confirms nor denies, but question {number} has an answer.",
            )
    if request.stance is Stance.NEITHER and not request.justification:
        yield None, "The case neither confirms nor denies, and no limb is given for it."
    back = request.neither_documents()
    for number, one in enumerate(request.questions, 1):
        for document in sorted(back & set(one.documents)):
            if one.stance is not Stance.NEITHER:
                said = (
                    f"It answers question {number}, and another that is neither confirmed nor "
                    "denied; releasing it would confirm that one."
                )
                yield document, said
