"""Every error of the product, on one page.

RedactorError
├── UserError                something the person can put right
│   ├── UnreadableDocument   a file that could not be read: which, why, what to do
│   ├── UsageError           a call that asks for what cannot be done
│   ├── CaseError            a case file that cannot be opened or written
│   │   ├── WrongPassphrase  the passphrase is another one
│   │   ├── DamagedCase      the file is not as it was written; a backup may be
│   │   ├── CaseHeld         somebody has the case open: who, where, since when
│   │   └── StaleLock        somebody's program ended without closing the case
│   ├── IdentityError        a person's identity file that cannot be opened or written
│   ├── ListsError           a file of a site's lists that cannot be opened or written
│   ├── PackError            a pack of patterns that does not do what it says
│   ├── TablesError          counts that cannot be protected as they stand
│   │   └── NotAdditive      a total that is not the sum of its parts
│   └── Blocked              a person must rule on something first
│       └── NotAllowed       somebody else has to do it, or at another time
├── CheckFailed              a release check failed, so no file was written
├── LayoutFailed             another program did not lay a document out: ours does it instead
├── OcrFailed                a picture could not be read, and a person has to look at it
│   └── OcrMissing           because the engine or its model is not there
└── BugError                 a fault of ours
    └── WorkerLost           a worker crashed or hung: one document is lost, not the program
Cancelled                    the person pressed cancel; never an error

Messages hold file names, counts and places, never text from a document, so they are safe to show
and to log. Every class is built from plain positional arguments, so that it survives the pipe
between a worker and the window.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar


class RedactorError(Exception):
    """Carry a short ``code`` for programs and a ``user_message`` for people."""

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 70

    def __init__(self, user_message: str) -> None:
        super().__init__(user_message)
        self.user_message = user_message


class UserError(RedactorError):
    """Something the person can put right."""

    code = "user"
    exit_code = 2


class UnreadableDocument(UserError):
    """A file could not be read.

    Args:
        why: what is wrong, as a sentence without the file's name.
        remedy: what to do next, as a sentence.
        reason: a stable short code: ``empty``, ``truncated``, ``encrypted``, ``too-large``,
            ``bomb``, ``wrong-type``, ``damaged``, ``unsupported``, ``missing``.
    """

    code = "unreadable"
    exit_code = 3

    def __init__(self, why: str, remedy: str, reason: str = "damaged") -> None:
        super().__init__(f"{why} {remedy}")
        self.args = (why, remedy, reason)
        self.why = why
        self.remedy = remedy
        self.reason = reason


class UsageError(UserError):
    """The call asks for something that cannot be done as asked."""

    code = "usage"
    exit_code = 2


class CaseError(UserError):
    """A case file could not be opened or written."""

    code = "case"
    exit_code = 3


class WrongPassphrase(CaseError):
    """The passphrase does not open the case."""

    code = "passphrase"


class DamagedCase(CaseError):
    """The case file is not as it was written. Its backup may be."""

    code = "damaged"


class IdentityError(UserError):
    """A person's identity file could not be opened or written.

    Args:
        reason: a stable short code: ``missing``, ``unreadable``, ``wrong-type``, ``newer``,
            ``damaged``, ``passphrase``, ``taken``, ``unwritable``.
    """

    code = "identity"
    exit_code = 3

    def __init__(self, user_message: str, reason: str = "damaged") -> None:
        super().__init__(user_message)
        self.args = (user_message, reason)
        self.reason = reason


class ListsError(UserError):
    """A file of a site's lists could not be opened or written.

    Args:
        reason: a stable short code: ``missing``, ``unreadable``, ``wrong-type``, ``newer``,
            ``damaged``, ``passphrase``, ``taken``, ``unwritable``.
    """

    code = "lists"
    exit_code = 3

    def __init__(self, user_message: str, reason: str = "damaged") -> None:
        super().__init__(user_message)
        self.args = (user_message, reason)
        self.reason = reason

    def __str__(self) -> str:
        return self.user_message


class PackError(UserError):
    """A pack of patterns is not taken in: it cannot be read, or fails one of its own examples."""

    code = "pack"
    exit_code = 3


class TablesError(UserError):
    """Counts cannot be protected as they stand.

    Args:
        reason: a stable short code: ``too-large``, ``not-whole``, ``below-nought``,
            ``contradicts``, ``not-additive``, ``time``.
        why: what is wrong, as words that names of cells can follow.
        cells: where; the message names the first.
    """

    code = "tables"

    def __init__(self, reason: str, why: str, cells: tuple[str, ...]) -> None:
        super().__init__(f"{why} {cells[0]}." if cells else why)
        self.args = (reason, why, cells)
        self.reason = reason
        self.cells = cells

    def __str__(self) -> str:
        return self.user_message


class NotAdditive(TablesError):
    """A total is not the sum of its parts. The message has neither number."""

    code = "not-additive"

    def __init__(self, total: str, expected: int, found: int, parts: tuple[str, ...]) -> None:
        super().__init__("not-additive", "A total is not the sum of its parts:", (total, *parts))
        self.args = (total, expected, found, parts)
        self.total = total
        self.expected = expected
        self.found = found
        self.parts = parts


class CaseHeld(CaseError):
    """Somebody has the case open.

    Args:
        case: the name of the case file.
        name: who has it; empty where that is not known.
        host: the name of their computer; empty where that is not known.
        since: since when, in ISO form; empty where that is not known.
    """

    code = "held"
    exit_code = 4

    def __init__(self, case: str, name: str = "", host: str = "", since: str = "") -> None:
        where = f" on {host}" if host else ""
        who = f"{name} has it{where}{_since(since)}" if name else "it cannot be told by whom"
        whom = "them" if name else "whoever has it"
        super().__init__(f"{case} is open: {who}. Nothing was changed. Ask {whom} to close it.")
        self.args = (case, name, host, since)
        self.case = case
        self.name = name
        self.host = host
        self.since = since

    def __str__(self) -> str:
        return self.user_message


def _since(moment: str) -> str:
    """Say a moment in UTC as people write it; nothing where it cannot be read."""
    try:
        when = dt.datetime.fromisoformat(moment).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return ""
    return f" since {when.day} {when:%B %Y} at {when:%H:%M} UTC"


class StaleLock(CaseError):
    """Somebody else's program ended without closing the case; it can be taken over by name.

    Args:
        case: the name of the case file.
        name: who had it; empty where that is not known.
        since: since when, in ISO form; empty where that is not known.
    """

    code = "stale-lock"
    exit_code = 4

    def __init__(self, case: str, name: str = "", since: str = "") -> None:
        who = f"{name} had it open{_since(since)}, and it" if name else "It"
        super().__init__(
            f"{case} was not closed properly. {who} is not open any more. Nothing was changed. "
            "Ask them whether they are done with it; then take it over, with a reason that goes "
            "into the log."
        )
        self.args = (case, name, since)
        self.case = case
        self.name = name
        self.since = since

    def __str__(self) -> str:
        return self.user_message


class Blocked(UserError):
    """A person must rule on something before this can go on."""

    code = "blocked"
    exit_code = 4


class NotAllowed(Blocked):
    """The person may not do this, or not now: another role, another person, another state."""

    code = "not-allowed"


class CheckFailed(RedactorError):
    """A release check failed; the output was deleted and nothing was written."""

    code = "check-failed"
    exit_code = 5


class LayoutFailed(RedactorError):
    """Another program was to lay a document out and did not; the message says why, in a clause."""

    code = "layout"


class OcrFailed(RedactorError):
    """The text of a picture could not be read: it becomes an unread part.

    Args:
        why: why not, as a clause about the picture or the engine.
    """

    code = "ocr-failed"

    def __init__(self, why: str) -> None:
        super().__init__(
            f"The picture was not read: {why}. Nothing in it was searched. "
            "Look at it, and rule on it by name."
        )
        self.args = (why,)
        self.why = why

    def __str__(self) -> str:
        return self.user_message


class OcrMissing(OcrFailed):
    """The engine that reads pictures, or its model, is not there or was changed."""

    code = "ocr-missing"

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.user_message = (
            f"The engine that reads pictures cannot be used: {why}. No picture was read. "
            "Install the program again."
        )


class BugError(RedactorError):
    """A fault of ours."""

    code = "fault"
    exit_code = 70


class WorkerLost(BugError):
    """A worker stopped without an answer: it crashed, ran out of time or out of memory."""

    code = "worker-lost"
    exit_code = 3


class Cancelled(Exception):
    """The person asked to stop."""
