"""The pack for the Commissioner out of a case: gathered here, marked and bound in workers."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from redactor import jobs
from redactor.app.attempt import redacted_marks
from redactor.app.case import Case
from redactor.app.holding_back import request_of
from redactor.app.letters import in_words
from redactor.app.outputs import Output, write_all
from redactor.case.passphrase import require_passphrase
from redactor.case.store import StoredDocument
from redactor.errors import UsageError
from redactor.events import EventKind, Mark
from redactor.jobs import read_file
from redactor.law.exemptions import exemption_named
from redactor.model import Aside, Decision, Progress, Redaction, Report, quiet
from redactor.release.numbering import in_order
from redactor.release.pack import TITLE, MarkOrder, PackOrder, PackPart, PackRow
from redactor.release.schedule import describe
from redactor.review import Standing
from redactor.workers import Lane

#: What lies in a folder that a release was written to.
_OF_A_RELEASE = ("manifest.json", "certificate.json", "schedule.csv")


def make_pack(
    case: Case,
    lane: Lane,
    folder: Path,
    passphrase: str,
    *,
    correspondence: Sequence[Path] = (),
    report: Report = quiet,
) -> Path:
    """Write the pack into a folder that holds no release, and record that it was made.

    Args:
        passphrase: what opens it; it goes to the Commissioner on another way.
        correspondence: files that go with it: the request, the refusal, the review.

    Returns:
        Where it was written.

    Raises:
        UsageError: the passphrase is too short, the folder holds a release, or the file is there.
        NotAllowed: the person may not.
        UnreadableDocument: a file of the correspondence cannot be read.
    """
    require_passphrase(passphrase)
    case.allow(EventKind.PACK_MADE)
    path = folder / f"{TITLE} - {re.sub(r'[^A-Za-z0-9 -]+', '-', case.ref).strip('- ')}.pdf"
    _require_apart(folder, path)
    letters = tuple((one.name, read_file(one)) for one in correspondence)
    documents = [one for one in case.documents() if one.status in {"read", "refused"}]
    now = case.standing()
    withheld = {
        one.number: tuple(in_order(redacted_marks(case.marks(one.number), now)))
        for one in documents
    }
    parts = []
    for done, document in enumerate(documents):
        report(Progress(done, len(documents) + 1, f"marking document {document.number}"))
        parts.append(_part(case, lane, document, withheld[document.number], now.decisions))
    report(Progress(len(documents), len(documents) + 1, "binding the pack"))
    rows = _rows(withheld, now)
    order = PackOrder(case.ref, _about(case, len(rows)), rows, tuple(parts), letters, passphrase)
    data: bytes = lane.run(jobs.bind_pack, order)
    write_all(folder, [Output(path.name, data)])
    body = {
        "sha256": hashlib.sha256(data).hexdigest(),
        "bytes": len(data),
        "redactions": len(rows),
        "correspondence": len(letters),
    }
    case.record_change(EventKind.PACK_MADE, body)
    return path


def _require_apart(folder: Path, path: Path) -> None:
    if any((folder / name).exists() for name in _OF_A_RELEASE):
        raise UsageError(
            f"{folder.name} holds a release. The pack was not written, because it holds everything "
            "that is withheld and may never lie beside what goes out. Choose another folder."
        )
    if path.exists():
        raise UsageError(
            f"{path.name} is there already. Nothing was written. Choose another folder."
        )


def _part(
    case: Case,
    lane: Lane,
    document: StoredDocument,
    marks: Sequence[Mark],
    decisions: Mapping[int, Decision],
) -> PackPart:
    source = case.source(document.number)
    pages = b""
    if document.status == "read":
        redactions = tuple(
            Redaction(mark.target, decisions[mark.id].exemption)
            for mark in marks
            if mark.hidden is None
        )
        order = MarkOrder(source, redactions, case.read_as(document.number))
        pages = lane.submit(jobs.mark_up, order, supply=source.supply).result()
    title = f"Document {document.number}: {document.name}"
    return PackPart(title, document.name, pages, source.read())


def _rows(withheld: Mapping[int, Sequence[Mark]], now: Standing) -> tuple[PackRow, ...]:
    found: list[PackRow] = []
    for number, marks in withheld.items():
        aside = now.set_aside.get(number)
        if aside is not None and aside.why is Aside.WITHHELD:
            where, what = f"document {number}, all of it", "the whole document, as it is attached"
            found.append(_row(len(found) + 1, where, what, aside.decision))
        for mark in marks:
            where = f"document {number}, {describe(mark.target)[0]}"
            found.append(_row(len(found) + 1, where, mark.text, now.decisions[mark.id]))
    return tuple(found)


def _row(number: int, where: str, what: str, decision: Decision) -> PackRow:
    weighed = decision.public_interest and f" Public interest: {decision.public_interest}"
    return PackRow(
        number,
        where,
        decision.exemption,
        what,
        f"{decision.reason}{weighed}",
        f"{decision.actor}, {decision.at[:10]}",
    )


def _about(case: Case, count: int) -> tuple[tuple[str, str], ...]:
    request = request_of(case)
    now = case.standing()
    grounds = (*now.decisions.values(), *(one.decision for one in now.set_aside.values()))
    limbs = dict.fromkeys(one.exemption for one in grounds)
    lines = [
        ("Reference", case.ref),
        ("Request under", case.regime.words.under),
        ("Received", in_words(request.received) if request.received else "not recorded"),
        ("Withheld", f"{count:,} places"),
    ]
    lines += [(one, exemption_named(one, case.regime).title) for one in limbs if one]
    lines += [
        (f"Question {number}", f"{one.asked} ({one.stance})")
        for number, one in enumerate(request.questions, 1)
    ]
    return tuple(lines)
