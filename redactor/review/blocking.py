"""What stands in the way of submitting a case, and what may be ruled on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from redactor.events import Mark
from redactor.model import Action, Aside, Decision, Incomplete, Ruling, Unread
from redactor.review.state import SetAside, Standing

_ABOUT_MARKS: Mapping[str, tuple[str, str]] = {
    "undecided": ("1 finding has not been decided.", "{} findings have not been decided."),
    "no-ground": (
        "1 decision has no limb or no reason.",
        "{} decisions have no limb or no reason.",
    ),
    "public-interest": (
        "1 redaction relies on a qualified exemption, and the public interest was not weighed.",
        "{} redactions rely on a qualified exemption, and the public interest was not weighed.",
    ),
}


@dataclass(frozen=True, slots=True)
class Block:
    """One thing that stands in the way of submitting and releasing.

    Attributes:
        kind: ``undecided``, ``unread``, ``incomplete``, ``unreadable``, ``no-ground``,
            ``public-interest``, ``second-look``, ``failed-check``, ``reading`` or ``empty``.
        document: its number, or None for the case as a whole.
        place: the part, or empty.
        message: a sentence for the officer, without case text.
        count: how many such things.
        mark: the first finding it is about, if it is about findings.
    """

    kind: str
    document: int | None
    place: str
    message: str
    count: int = 1
    mark: int | None = None


@dataclass(frozen=True, slots=True)
class DocumentState:
    """What is known of one document of the case, for computing blocks.

    Attributes:
        status: ``reading``, ``read`` or ``refused``.
        refusal: why it was refused.
    """

    number: int
    status: str
    unread: tuple[Unread, ...] = ()
    incomplete: tuple[Incomplete, ...] = ()
    refusal: str = ""


def blocks(
    documents: Sequence[DocumentState],
    marks: Iterable[Mark],
    now: Standing,
    *,
    grounds: Mapping[str, bool],
    failed: str = "",
    held_back: Collection[int] = (),
) -> tuple[Block, ...]:
    """List all that must be settled before a case can be submitted, in the order of the documents.

    Args:
        held_back: documents that are not released, so that nothing in them waits.
        grounds: the citations that may be relied on, each with whether it is qualified, so that
            the public interest has to be weighed (section 2(2)(b) of the Act).
        failed: what the last candidate release failed, if nothing has been changed since.
    """
    about: dict[tuple[int, str], list[int]] = {}
    for mark in marks:
        kind = trouble_of(mark, now.decisions.get(mark.id), grounds)
        if kind:
            about.setdefault((mark.document, kind), []).append(mark.id)
    found: list[Block] = []
    for document in documents:
        if document.number in held_back:
            continue
        if (aside := now.set_aside.get(document.number)) is not None:
            found.extend(_aside_blocks(document.number, aside, grounds))
            continue
        found.extend(_document_blocks(document, now))
        number = document.number
        for kind, words in _ABOUT_MARKS.items():
            if ids := about.get((number, kind)):
                said = words[0] if len(ids) == 1 else words[1].format(len(ids))
                found.append(Block(kind, number, "", said, len(ids), ids[0]))
    found.extend(_look_blocks(now))
    if failed:
        found.append(Block("failed-check", None, "", failed))
    if not documents:
        found.append(Block("empty", None, "", "The case holds no documents yet."))
    return tuple(found)


def trouble_of(mark: Mark, decision: Decision | None, grounds: Mapping[str, bool]) -> str:
    """Give the kind of block that a mark makes as it stands; empty where nothing is wanting."""
    if decision is None:
        return "undecided" if mark.hidden is None and not mark.by_hand else ""
    if not decision.reason.strip():
        return "no-ground"
    if decision.action is Action.KEEP:
        return ""
    if decision.exemption not in grounds:
        return "no-ground"
    if grounds[decision.exemption] and not decision.public_interest.strip():
        return "public-interest"
    return ""


def _document_blocks(document: DocumentState, now: Standing) -> Iterable[Block]:
    number = document.number
    if document.status == "reading":
        yield Block("reading", number, "", "It has not been read yet.")
    if document.status == "refused" and (number, "") not in now.rulings:
        yield Block("unreadable", number, "", document.refusal)
    for part in document.unread:
        if (number, part.place) not in now.rulings:
            yield Block("unread", number, part.place, part.why)
    for step in document.incomplete:
        if (number, step.place) not in now.rulings:
            yield Block("incomplete", number, step.place, step.why)


def _aside_blocks(number: int, aside: SetAside, grounds: Mapping[str, bool]) -> Iterable[Block]:
    """Give what is wanting in the ground on which a whole document is withheld."""
    ground = aside.decision
    if aside.why is not Aside.WITHHELD:
        return
    if ground.exemption not in grounds or not ground.reason.strip():
        yield Block("no-ground", number, "", "It is withheld in full without a limb or a reason.")
    elif grounds[ground.exemption] and not ground.public_interest.strip():
        said = "It is withheld in full, and the public interest was not weighed."
        yield Block("public-interest", number, "", said)


def _look_blocks(now: Standing) -> Iterable[Block]:
    """Give what the last second look found for certain, as long as it speaks of the case as it is.

    Where it does not, submitting looks anew.
    """
    if now.look is None or now.look.is_stale:
        return
    if count := len(now.waiting(now.look.sure)):
        what = "1 place" if count == 1 else f"{count:,} places"
        waits = "waits" if count == 1 else "wait"
        said = f"{what} found by the second look {waits} for a ruling."
        yield Block("second-look", None, "", said, count)


def allowed_rulings(block: Block, unread: Iterable[Unread]) -> tuple[Ruling, ...]:
    """Give what a person may rule on a block; nothing where it has to be decided otherwise.

    A search that did not finish concerns text that is released: leaving it out is not on offer,
    because the text would not be left out. A person may only have read it through.

    Args:
        unread: the unread parts of the block's document.
    """
    match block.kind:
        case "unreadable":
            return (Ruling.LEAVE_OUT,)
        case "incomplete":
            return (Ruling.RELEASE_AS_SEEN,)
        case "unread":
            found = next((one for one in unread if one.place == block.place), None)
            return found.rulings if found is not None else ()
        case _:
            return ()
