"""What the person who works may do next with a case, why not the rest, and what would be signed.

Looks only; every step asks again for itself when it is taken (``redactor.app.signoff``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from redactor.app.case import Case
from redactor.app.checklist import told_open
from redactor.app.forms import Form, forms_in
from redactor.app.holding_back import public_numbers
from redactor.app.signoff import SubmittedFile, approval_body
from redactor.errors import CaseError, NotAllowed
from redactor.events import Event, EventKind
from redactor.lifecycle import Life
from redactor.review import Block, Comment


@dataclass(frozen=True, slots=True)
class Offered:
    """What was submitted, and would be signed by an approval.

    Attributes:
        files: every file of the candidate, in its order.
        prepared_by: the names of all who prepared the case.
        decisions, rulings: how many stand.
        comments: what was said on findings since, and would go with a return.
        forms: in which each document goes out, by its number in the case.
    """

    event: Event
    files: tuple[SubmittedFile, ...]
    prepared_by: tuple[str, ...]
    decisions: int
    rulings: int
    comments: tuple[Comment, ...]
    forms: Mapping[int, Form] = field(default_factory=dict)

    @property
    def head(self) -> str:
        """Give the head of the log that an approval signs, in hex."""
        return self.event.digest


@dataclass(frozen=True, slots=True)
class NextSteps:
    """Where a case stands for the person who works in it.

    Attributes:
        blocks: what has to be settled before the case can be submitted.
        against: why the person may not submit, return, approve or release it now; empty where
            they may.
        offered: what was submitted; None where nothing is.
        comments: what a reviewer said of findings that were not decided anew since.
        unanswered: a sentence that lines of the Commissioner's checklist are not answered; empty
            where all are.
    """

    life: Life
    blocks: tuple[Block, ...]
    against: Mapping[EventKind, str]
    offered: Offered | None
    comments: tuple[Comment, ...]
    unanswered: str = ""


def next_steps(case: Case) -> NextSteps:
    """Say what the person who works may do next with a case."""
    blocks, comments = (*case.blocks(), *_to_look_at(case)), case.comments()
    approval = case.life.approval
    release = {"approval": approval.seq if approval is not None else 0}
    against = {
        EventKind.SUBMITTED: case.objection(EventKind.SUBMITTED) or _unsettled(len(blocks)),
        EventKind.RETURNED: case.objection(EventKind.RETURNED),
        EventKind.APPROVED: _against_approving(case),
        EventKind.RELEASED: case.objection(EventKind.RELEASED, release),
    }
    open_comments = tuple(one for one in comments if not one.answered)
    unanswered = " ".join(told_open(case.standing()))
    offered = _offered(case, comments)
    return NextSteps(case.life, blocks, against, offered, open_comments, unanswered)


def _to_look_at(case: Case) -> tuple[Block, ...]:
    """Give what the second look was not sure of: in the window that is ruled on, too."""
    now = case.standing()
    if now.look is None or now.look.is_stale or case.life.is_settled:
        return ()
    count = len(now.waiting(now.look.others))
    if not count:
        return ()
    what = (
        "1 place of the second look is"
        if count == 1
        else (f"{count:,} places of the second look are")
    )
    return (Block("second-look", None, "", f"{what} still to be looked at.", count),)


def _against_approving(case: Case) -> str:
    try:
        if why := case.objection(EventKind.APPROVED, approval_body(case)):
            return why
        case.require_on_roster()
    except (NotAllowed, CaseError) as error:  # not on the list, or the list cannot be read
        return error.user_message
    return ""


def _unsettled(count: int) -> str:
    if not count:
        return ""
    return f"{'1 thing has' if count == 1 else f'{count} things have'} to be settled first."


def _offered(case: Case, comments: tuple[Comment, ...]) -> Offered | None:
    submitted, life, now = case.life.submission, case.life, case.standing()
    if submitted is None:
        return None
    own = {public: number for number, public in public_numbers(case).items()}
    rows = case.store.files.rows(submitted.seq)
    sizes = [int(one["bytes"]) for one in submitted.body["files"]]
    names = sorted(life.members[one].name for one in life.preparers if one in life.members)
    return Offered(
        submitted,
        tuple(
            SubmittedFile(name, sha256, size, document)
            for (_, name, document, sha256), size in zip(rows, sizes, strict=False)
        ),
        tuple(names),
        len(now.decisions),
        len(now.rulings),
        tuple(one for one in comments if one.seq > submitted.seq),
        {own[number]: one for number, one in forms_in(submitted).items() if number in own},
    )
