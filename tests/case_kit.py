"""Cases for tests: three invented people with keys in memory, a passphrase, a whole release."""

from __future__ import annotations

from pathlib import Path

from redactor.app.case import Case
from redactor.app.signoff import Released, Submitted, approve, release, submit
from redactor.case.signing import Signer, signer_of_seed
from redactor.model import Role
from redactor.workers import Lane

PASSPHRASE = "four invented words here"
#: The same in every process, so that a case made by one opens in another.
OFFICER = signer_of_seed("Morwenna Teague", Role.OFFICER, b"officer".ljust(32))
REVIEWER = signer_of_seed("Idris Vaughan", Role.REVIEWER, b"reviewer".ljust(32))
OBSERVER = signer_of_seed("Agnes Pell", Role.OBSERVER, b"observer".ljust(32))
EXEMPTION = "s40(2) by s40(3A)(a)"


def new_case(path: Path, ref: str = "MC/1", officer: Signer = OFFICER) -> Case:
    """Make a case to which the reviewer has been introduced."""
    case = Case.create(path, ref, PASSPHRASE, officer)
    case.invite(REVIEWER.fingerprint, REVIEWER.name, Role.REVIEWER)
    return case


def open_case(path: Path, signer: Signer | None = OFFICER, *, taking_over: str = "") -> Case:
    """Open a case of the tests."""
    return Case.open(path, PASSPHRASE, signer, taking_over=taking_over)


def approve_as_reviewer(case: Case, lane: Lane) -> None:
    """Have the reviewer approve, and go on as the person who worked before."""
    before = case.signer
    case.work_as(REVIEWER)
    approve(case, lane)
    case.work_as(before)


def release_case(case: Case, lane: Lane, folder: Path) -> tuple[Submitted, Released]:
    """Submit, have the reviewer approve, and release."""
    submitted = submit(case, lane)
    approve_as_reviewer(case, lane)
    return submitted, release(case, folder)
