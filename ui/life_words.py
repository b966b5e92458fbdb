"""The life of a case in sentences: where it stands, what was taken away, what a reviewer said."""

from __future__ import annotations

from redactor.events import Event, EventKind, Mark
from redactor.lifecycle import CaseState, Life, Voided
from redactor.review import Block, Comment
from ui.document_view import DocumentView
from ui.moments import spoken_iso
from ui.panels.details import place_words
from ui.places import place_title

#: The steps of a case, in order. A returned case is in review again.
STEPS = (
    CaseState.OPEN,
    CaseState.IN_REVIEW,
    CaseState.SUBMITTED,
    CaseState.APPROVED,
    CaseState.RELEASED,
)
_TITLES = {
    CaseState.OPEN: "Open",
    CaseState.IN_REVIEW: "In review",
    CaseState.SUBMITTED: "Submitted",
    CaseState.RETURNED: "Returned",
    CaseState.APPROVED: "Approved",
    CaseState.RELEASED: "Released",
}
#: What takes a submission or an approval away, as it is named.
_CHANGES = {
    EventKind.DOCUMENT_ADDED: "a document was added",
    EventKind.DOCUMENT_READING: "a document was read again",
    EventKind.DOCUMENT_READ: "a document was read",
    EventKind.DOCUMENT_REFUSED: "a document could not be read",
    EventKind.DOCUMENT_READ_AS: "a document was read in another way",
    EventKind.PLACES_ADDED: "places to be decided were added",
    EventKind.LISTS_CHANGED: "the lists were changed",
    EventKind.REQUEST_RECORDED: "what was asked was recorded",
    EventKind.JUSTIFIED: "a justification was written",
    EventKind.DECIDED: "a decision",
    EventKind.RULED: "a ruling",
    EventKind.DOCUMENT_SET_ASIDE: "a ruling on a whole document",
    EventKind.NUMBERS_SETTLED: "the protection of small numbers",
    EventKind.CHECKLIST_ANSWERED: "an answer to the checklist",
    EventKind.LEADS_DISMISSED: "places of the second look were dismissed",
    EventKind.UNDONE: "something was undone",
    EventKind.REDONE: "something was done again",
}


def step_title(state: CaseState) -> str:
    """Give a step as it is shown."""
    return _TITLES[state]


def step_of(state: CaseState) -> int:
    """Give the position of the step at which a case stands, from 0."""
    at = CaseState.IN_REVIEW if state is CaseState.RETURNED else state
    return STEPS.index(at)


def where_it_stands(life: Life) -> tuple[str, ...]:
    """Say where a case stands, by whom and since when; the first sentence is the most important."""
    said = [*_standing(life)]
    if life.voided is not None:
        said.insert(0, voided_words(life.voided))
    if life.released is not None and life.state is not CaseState.RELEASED:
        said.append(_by("Released before", life.released, "; that release stays as it is."))
    return tuple(said)


def _standing(life: Life) -> tuple[str, ...]:
    match life.state:
        case CaseState.OPEN:
            return ("Open. Nothing has been decided yet.",)
        case CaseState.IN_REVIEW:
            return (f"In review. Prepared by {_preparers(life)} so far.",)
        case CaseState.SUBMITTED:
            waits = "; it waits for a reviewer who did not prepare it."
            return (_by("Submitted", life.submission, waits),)
        case CaseState.RETURNED:
            reason = str(life.returned.body["reason"]) if life.returned is not None else ""
            return (_by("Returned", life.returned, f": {reason}"),)
        case CaseState.APPROVED:
            return (_by("Approved", life.approval, "; it can be released."),)
        case CaseState.RELEASED:
            return (_by("Released", life.released), _by("Approved", life.approval))


def voided_words(voided: Voided) -> str:
    """Say that a change took a submission or an approval away."""
    by = voided.by
    return (
        f"The {voided.what} of {voided.event.actor} was taken away by event {by.seq}: "
        f"{_CHANGES.get(by.kind, str(by.kind))}, by {by.actor} on {spoken_iso(by.at)}."
    )


def comment_words(comment: Comment, mark: Mark | None, document: DocumentView | None) -> str:
    """Give what was said of a finding, with where it stands."""
    where = "A finding"
    if mark is not None and document is not None:
        text = " ".join(mark.text.split()) or "drawn box"
        where = f"{document.name}, {place_title(mark.target)}: {text}"
    return f"{where}\n{comment.text} ({comment.actor}, {spoken_iso(comment.at)})"


def block_words(block: Block, document: DocumentView | None) -> str:
    """Give what has to be settled, with where it stands."""
    name = document.name if document is not None else "The case"
    place = f", {place_words(block.place)}" if block.place else ""
    return f"{name}{place}\n{block.message}"


def _by(what: str, event: Event | None, after: str = ".") -> str:
    if event is None:
        return f"{what}{after}"
    return f"{what} by {event.actor} on {spoken_iso(event.at)}{after}"


def _preparers(life: Life) -> str:
    names = sorted(life.members[one].name for one in life.preparers if one in life.members)
    if len(names) < 2:
        return "".join(names) or "nobody"
    return f"{', '.join(names[:-1])} and {names[-1]}"
