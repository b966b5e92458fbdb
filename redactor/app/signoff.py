"""Two people let a case out: one submits it, another returns or approves it, then it is released.

Submitting builds and proves the candidate and keeps its exact bytes in the case. Approving is a
signature over the manifest of these bytes, the decisions that stand and the head of the log.
Releasing copies out those bytes and nothing else. Before each, the whole case file is held against
its log; a file that was changed past the program goes no further.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from redactor import jobs, review
from redactor.app.candidate import Candidate, build_candidate
from redactor.app.case import Case
from redactor.app.certifying import certificate_facts, certified_ticks, require_discreet_words
from redactor.app.checklist import told_open
from redactor.app.dependants import remarks_on
from redactor.app.forms import Form, forms_body, settle_forms
from redactor.app.hidden_report import hidden_counts
from redactor.app.holding_back import going_out, public_numbers
from redactor.app.looking import is_looked_through, require_second_look
from redactor.app.outputs import Output, remove_all, write_all
from redactor.app.pdf_look import PLAIN, PdfWish, look_body, settle_look
from redactor.app.sample import require_the_lot
from redactor.app.soundness import require_listed, require_sound
from redactor.case.files import StoredOutput
from redactor.errors import Blocked, CheckFailed, NotAllowed, UsageError
from redactor.events import Event, EventKind
from redactor.model import Progress, Report, quiet
from redactor.release.certificate import (
    CERTIFICATE_JSON,
    CERTIFICATE_PDF,
    certificate_json,
    check_release,
)
from redactor.release.manifest import MANIFEST_NAME
from redactor.release.verify.model import VerificationReport
from redactor.release.versions import engine_versions
from redactor.workers import Lane


@dataclass(frozen=True, slots=True)
class SubmittedFile:
    """One file of a candidate, as it is kept in the case."""

    name: str
    sha256: str
    bytes: int
    document: int | None


@dataclass(frozen=True, slots=True)
class Submitted:
    """A case that was submitted."""

    event: Event
    files: tuple[SubmittedFile, ...]
    report: VerificationReport
    redactions: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReleasedFile:
    """One file that was copied out."""

    name: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Released:
    """A release that was copied out."""

    folder: Path
    files: tuple[ReleasedFile, ...]


def submit(
    case: Case,
    lane: Lane,
    *,
    forms: Mapping[int, Form] | None = None,
    pdf: PdfWish = PLAIN,
    every_lead: bool = False,
    report: Report = quiet,
) -> Submitted:
    """Build the candidate, prove it, keep it in the case, and hand the case to a reviewer.

    The second look is taken first, unless it was taken of the case as it stands.

    Args:
        forms: by document number, the form to release it in; as advised where not given.
        pdf: the style of redactions in PDFs, and what is printed in their margins.
        every_lead: whether places that the second look is not sure of have to be ruled on, too.

    Raises:
        NotAllowed: the person is no officer, or the case is submitted already.
        UsageError: a document cannot take its form, or a spreadsheet has no reason.
        Blocked: a person must rule on something first.
        CheckFailed: a check failed, or the case was changed past the program.
    """
    case.allow(EventKind.SUBMITTED)
    settled = settle_forms(going_out(case), forms or {})
    require_sound(case, report)
    require_second_look(case, lane, report)
    if every_lead:
        _require_no_leads(case.standing())
    look = settle_look(pdf, _regime(case), case.ref)
    targets = {number: one.target for number, one in settled.items()}
    candidate = build_candidate(
        case,
        lane,
        targets=targets,
        pdf_style=look.style,
        stamps=look.stamps,
        report=report,
    )
    require_discreet_words(case, candidate.withheld)
    notes = (*candidate.notes, *remarks_on(case, lane, report), *told_open(case.standing()))
    outputs = [_kept(one.output, one.document) for one in candidate.files]
    wished = {"forms": forms_body(_numbered_as_public(case, settled)), "pdf": look_body(look)}
    event = case.store.draft_with_outputs(
        EventKind.SUBMITTED, {**_submission(case, candidate), **wished}, outputs
    )
    with case.store.vault.change():
        for seq in _never_approved(case):
            case.store.files.drop(seq)
        case.store.insert_with_outputs(event, outputs)
    case.took(event)
    files = tuple(
        SubmittedFile(one.name, one.sha256, len(one.data), one.document) for one in outputs
    )
    return Submitted(event, files, candidate.report, candidate.redactions, notes)


def send_back(case: Case, reason: str, comments: Sequence[tuple[int, str]] = ()) -> Event:
    """Return a submitted case to who prepared it, with comments on single findings.

    Raises:
        UsageError: no reason was given, or a comment is on no finding.
        NotAllowed: the person is no reviewer, or nothing is submitted.
    """
    if not reason.strip():
        raise UsageError("Returning a case needs a reason. Nothing was recorded.")
    case.allow(EventKind.RETURNED)
    for mark, text in comments:
        case.comment(mark, text)
    return case.record_change(EventKind.RETURNED, {"reason": reason.strip()})


def approve(case: Case, lane: Lane, report: Report = quiet, *, shown: str = "") -> Event:
    """Sign what was submitted, and keep the certificate of it in the case.

    Args:
        shown: the head of the log (``Offered.head``) that the person was shown, if they were; what
            was submitted since is not signed.

    Raises:
        NotAllowed: the person prepared the case, is no reviewer of it, is not on the authority's
            roster, or nothing is submitted.
        CheckFailed: the case was changed past the program, or was not fit to be submitted.
    """
    body = approval_body(case)
    case.allow(EventKind.APPROVED, body)
    case.require_on_roster()
    require_sound(case, report)
    submitted = case.life.submission
    signer = case.signer
    if submitted is None or signer is None or shown not in {"", submitted.digest}:
        raise NotAllowed(
            "What you were shown is not what is submitted now. Nothing was signed. Look at the "
            "case again."
        )
    _require_as_it_stands(case, submitted)
    require_the_lot(case, lane, report)
    manifest = _manifest_of(case, submitted)
    event = case.store.draft(EventKind.APPROVED, body)
    report(Progress(1, 1, "making the certificate"))
    facts = certificate_facts(case, submitted, event, manifest)
    page: bytes = lane.run(jobs.make_certificate_page, facts)
    written = certificate_json(facts, page, signer)
    papers = [_kept(Output(CERTIFICATE_JSON, written)), _kept(Output(CERTIFICATE_PDF, page))]
    with case.store.vault.change():
        case.store.insert(event)
        certified = case.store.draft_with_outputs(
            EventKind.CERTIFIED, {"approval": event.seq}, papers
        )
        case.store.insert_with_outputs(certified, papers)
    case.took(event)
    case.took(certified)
    return event


def approval_body(case: Case) -> dict[str, Any]:
    """Give what an approval of the case as it stands would say."""
    submitted = case.life.submission
    if submitted is None:
        return {}
    return {
        "submission": submitted.seq,
        "manifest": submitted.body["manifest"],
        "decisions": submitted.body["decisions"],
        "head": submitted.digest,
        "roster": case.roster_digest(),
        "sample": case.life.sampled,
    }


def release(case: Case, folder: Path, report: Report = quiet) -> Released:
    """Copy out exactly the bytes that were approved, with their certificate.

    Raises:
        UsageError: the folder is not empty or cannot be written to.
        NotAllowed: the case is not approved.
        CheckFailed: what the case holds, or what the disk took, is not what was approved. Nothing
            was left in the folder.
    """
    _require_empty(folder)
    approval = case.life.approval
    body = {"approval": approval.seq if approval is not None else 0}
    case.allow(EventKind.RELEASED, body)
    require_sound(case, report)
    outputs = _approved_outputs(case)
    files = tuple(ReleasedFile(one.name, one.sha256, len(one.data)) for one in outputs)
    write_all(folder, outputs)
    try:
        _require_as_certified(folder)
        listed = [{"sha256": one.sha256, "bytes": one.bytes} for one in files]
        case.record_change(EventKind.RELEASED, {**body, "files": listed})
    except BaseException:
        remove_all(folder, outputs)
        raise
    return Released(folder, files)


# --- inside -----------------------------------------------------------------------------------


def _kept(output: Output, document: int | None = None) -> StoredOutput:
    return StoredOutput(output.name, document, output.sha256, output.data)


def _submission(case: Case, candidate: Candidate) -> dict[str, Any]:
    return {
        "manifest": candidate.manifest.sha256,
        "decisions": candidate.decisions,
        "documents": len(going_out(case)),
        "redactions": candidate.redactions,
        "kept": candidate.kept,
        "second_look": review.look_counts(case.standing()),
        "checklist": certified_ticks(case.standing()),
        "hidden": hidden_counts(case, going_out(case)),
        "versions": engine_versions(),
    }


def _require_no_leads(now: review.Standing) -> None:
    """Go on only where nothing that the second look found waits for a ruling."""
    waiting = now.waiting((*now.look.sure, *now.look.others)) if now.look is not None else ()
    if waiting:
        what = "1 place" if len(waiting) == 1 else f"{len(waiting):,} places"
        raise Blocked(
            f"The second look found {what} near what is redacted. Nothing was submitted. Accept or "
            "dismiss each under “Second look”, then submit again."
        )


def _numbered_as_public(case: Case, forms: Mapping[int, Form]) -> dict[int, Form]:
    """Give the forms by the numbers that the documents have outside: a certificate repeats them."""
    public = public_numbers(case)
    return {public[number]: one for number, one in forms.items()}


def _regime(case: Case) -> str:
    begun = case.life.case
    return "" if begun is None else str(begun.body.get("regime", ""))


def _never_approved(case: Case) -> list[int]:
    """Give the earlier submissions whose files nobody approved, and which are therefore let go."""
    approved = {
        event.body["submission"] for event in case.events() if event.kind is EventKind.APPROVED
    }
    return [
        event.seq
        for event in case.events()
        if event.kind is EventKind.SUBMITTED and event.seq not in approved
    ]


def _require_as_it_stands(case: Case, submitted: Event) -> None:
    """Hold a submission to what our own program would ask of it; the officer's may be another.

    Raises:
        CheckFailed: it speaks of other decisions, or something has not been settled.
    """
    now = case.standing()
    if review.digest_of(now) != submitted.body["decisions"]:
        raise CheckFailed(
            "The case was submitted with other decisions than those that stand. Nothing was "
            "signed. Return it, and have it submitted again."
        )
    told = submitted.body.get("hidden")
    if told is not None and told != hidden_counts(case, going_out(case)):
        raise CheckFailed(
            "What was submitted tells otherwise of hidden content than the documents of the case "
            "do. Nothing was signed. Return it, and have it submitted again."
        )
    if not is_looked_through(case, now):
        raise CheckFailed(
            "The case was submitted without a second look at it as it stands. Nothing was signed. "
            "Return it, and have it submitted again."
        )
    if blocks := case.blocks():
        raise CheckFailed(
            f"The case was submitted although not everything is settled: {blocks[0].message} "
            "Nothing was signed. Return it, and have it submitted again."
        )


def _manifest_of(case: Case, submitted: Event) -> bytes:
    outputs = require_listed(case, submitted)
    manifest = next((one.data for one in outputs if one.name == MANIFEST_NAME), b"")
    if hashlib.sha256(manifest).hexdigest() != submitted.body["manifest"]:
        raise CheckFailed(
            "The candidate is not the one that was submitted. Nothing was signed or released. "
            "Submit the case again."
        )
    return manifest


def _approved_outputs(case: Case) -> list[Output]:
    """Give the files of the approved release and its certificate, each held against its digest."""
    submitted, certified = case.life.submission, case.life.certificate
    if submitted is None or certified is None:
        raise NotAllowed("The case is not approved. Nothing was released.")
    manifest = json.loads(_manifest_of(case, submitted))
    known = {one["name"]: one["sha256"] for one in manifest["outputs"]}
    known[MANIFEST_NAME] = submitted.body["manifest"]
    outputs = require_listed(case, submitted)
    if {one.name: one.sha256 for one in outputs} != known:
        raise CheckFailed(
            "A file of the candidate is not the one in the manifest. Nothing was released. "
            "Submit the case again."
        )
    papers = require_listed(case, certified)
    return [Output(one.name, one.data) for one in (*outputs, *papers)]


def _require_empty(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            f"The folder {folder.name} is not empty. Nothing was written. A release needs a folder "
            "of its own, so that nothing else is sent with it."
        )


def _require_as_certified(folder: Path) -> None:
    """Read the release from the disk again, as anyone who gets it would."""
    problems = check_release(folder)
    if problems:
        raise CheckFailed(
            f"What was written to {folder.name} does not agree with its certificate: "
            f"{problems[0].message} Everything was deleted again. Check the disk, and release "
            "again."
        )
