"""Errors as people read them: what happened, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass

from redactor.errors import (
    Blocked,
    BugError,
    CaseError,
    CaseHeld,
    CheckFailed,
    DamagedCase,
    IdentityError,
    LayoutFailed,
    ListsError,
    NotAllowed,
    OcrFailed,
    OcrMissing,
    PackError,
    RedactorError,
    StaleLock,
    TablesError,
    UnreadableDocument,
    UsageError,
    UserError,
    WorkerLost,
    WrongPassphrase,
)


@dataclass(frozen=True, slots=True)
class Message:
    """What is shown of an error: a title, what happened, and the next step."""

    title: str
    happened: str
    next_step: str


#: The first class that fits decides; the narrower ones come first.
_WORDS: tuple[tuple[type[RedactorError], str, str], ...] = (
    (UnreadableDocument, "A file could not be read", ""),
    (CheckFailed, "Stopped by a check", ""),
    (NotAllowed, "You may not do this here", ""),
    (
        Blocked,
        "Something has to be decided first",
        "Settle what is listed under Sign-off, then go on.",
    ),
    (CaseHeld, "Somebody has the case open", ""),
    (StaleLock, "The case was not closed properly", ""),
    (WrongPassphrase, "The passphrase is another one", ""),
    (DamagedCase, "The case file is damaged", ""),
    (CaseError, "The case file could not be used", ""),
    (IdentityError, "The identity could not be used", ""),
    (ListsError, "The file of lists could not be used", ""),
    (PackError, "The pack was not taken in", ""),
    (UsageError, "That cannot be done", "Change what was asked for and do it again."),
    (
        WorkerLost,
        "A document was given up",
        "The rest of the case is not affected. Read the document again, or leave it out.",
    ),
    (
        LayoutFailed,
        "Another program did not lay a document out",
        "The program's own layout is used. Nothing else changes.",
    ),
    (
        TablesError,
        "Small numbers could not be protected",
        "Nothing was hidden. Put these cells right in the original, or change the layout.",
    ),
    (OcrMissing, "Pictures cannot be read here", ""),
    (OcrFailed, "A picture could not be read", ""),
    (UserError, "That could not be done", ""),
    (
        BugError,
        "A fault in Redactor",
        "What was decided before is kept. If it happens again, report it with the words above.",
    ),
    (RedactorError, "That could not be done", ""),
)


def message_for(error: RedactorError) -> Message:
    """Give the words for an error. They never hold text of a document."""
    for kind, title, next_step in _WORDS:
        if isinstance(error, kind):
            happened = error.user_message
            repeated = bool(next_step) and next_step.split(".")[0] in happened
            return Message(title, happened, "" if repeated else next_step)
    return Message("That could not be done", error.user_message, "")
