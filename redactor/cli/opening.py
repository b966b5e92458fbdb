"""Opening a case for a command, and closing it whatever happens."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from redactor.app.case import Case
from redactor.case.identity import Signer, unlock_identity
from redactor.cli import passphrases
from redactor.cli.speaking import Answer, give, say
from redactor.errors import CaseError, StaleLock, UsageError
from redactor.model import Progress

#: What a command does with an open case.
Work: TypeAlias = Callable[[Case, argparse.Namespace], Answer]


def looks(work: Work) -> Callable[[argparse.Namespace], int]:
    """Make a command of work that changes nothing; an identity is not needed for it."""
    return _command(work, to_change=False)


def changes(work: Work) -> Callable[[argparse.Namespace], int]:
    """Make a command of work that changes the case, in the name of the identity given."""
    return _command(work, to_change=True)


def _command(work: Work, *, to_change: bool) -> Callable[[argparse.Namespace], int]:
    def run(arguments: argparse.Namespace) -> int:
        with opened(arguments, to_change=to_change) as case:
            before = case.life.voided
            answer = work(case, arguments)
            voided = case.life.voided
        if voided is not None and voided is not before:
            say(f"This took away the {voided.what} of {voided.event.actor}: submit the case again.")
        return give(answer, as_json=arguments.json)

    return run


@contextmanager
def opened(arguments: argparse.Namespace, *, to_change: bool) -> Iterator[Case]:
    """Open the case that a command names, and close it at the end, which keeps its backup.

    Raises:
        UsageError: a passphrase or the identity is wanting.
        CaseError, IdentityError: the case or the identity cannot be opened.
    """
    if to_change:
        require_identity(arguments)
    require_file(arguments.case)
    passphrase = passphrases.of_case(arguments).read()
    try:
        case = Case.open(
            arguments.case,
            passphrase,
            unlocked(arguments) if arguments.identity is not None else None,
            taking_over=arguments.take_over or "",
        )
    except StaleLock:
        say("On the command line you take it over with --take-over REASON.")
        raise
    try:
        if case.broken_at is not None:
            say(
                f"The log of the case does not hold from event {case.broken_at} on. "
                "`redactor case check` says what was changed."
            )
        yield case
    finally:
        case.close()


def require_file(path: Path) -> None:
    """Go on only where a case is named that may be one, before anybody is asked for passphrases.

    Raises:
        CaseError: there is nothing of that name, or it is a folder.
    """
    if path.is_dir():
        raise CaseError(f"{path.name} is a folder. Nothing was opened. Name the case file in it.")
    if not os.path.lexists(path):
        raise CaseError(
            f"{path.name} is not there. Nothing was opened. Check the name and the folder; "
            "`redactor case new` makes a case."
        )


def require_identity(arguments: argparse.Namespace) -> None:
    """Go on only where it was said who works.

    Raises:
        UsageError: no identity was given.
    """
    if arguments.identity is None:
        raise UsageError(
            "This changes the case, so it has to be known who does it. Nothing was changed. "
            "Give --identity with your identity file; `redactor identity new` makes one."
        )


def unlocked(arguments: argparse.Namespace) -> Signer:
    """Unlock the identity that was given.

    Raises:
        UsageError: its passphrase is wanting.
        IdentityError: it cannot be opened.
    """
    return unlock_identity(arguments.identity, passphrases.of_person(arguments).read())


def tell(what: object) -> None:
    """Say how far a task is."""
    if isinstance(what, Progress) and what.what:
        say(f"{what.what} ({min(what.done + 1, what.total)} of {what.total})")
