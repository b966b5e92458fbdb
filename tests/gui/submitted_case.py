"""A case of three documents, of a PDF, a workbook and a letter, that an officer has submitted."""

from __future__ import annotations

from pathlib import Path

from redactor.app.case import Case
from redactor.app.forms import SAME, Form
from redactor.app.signoff import submit
from redactor.config import resource_path
from redactor.jobs import FindingBatch, SegmentBatch, read_document
from redactor.model import Action, Role
from redactor.workers import Lane
from tests.case_kit import EXEMPTION, OBSERVER, new_case

DOCUMENTS = ("allegations.xlsx", "misconduct-summary.pdf", "response-letter.docx")
#: Redacted everywhere but in one place, where it is kept.
UNEVEN = "Adeyemi-Clarke"
#: As they came, so that source and release lie side by side in viewers of one kind.
FORMS = {
    1: Form(SAME, "The requester asked for a spreadsheet."),
    2: Form(SAME),
    3: Form(SAME),
}
_NO_NAMES = False  # the language model is not needed here, and slow to load


def make_submitted_case(path: Path, lane: Lane) -> None:
    """Make the case file; nobody is left in it."""
    case = new_case(path, "FOI 2025/0417")
    try:
        case.invite(OBSERVER.fingerprint, OBSERVER.name, Role.OBSERVER)
        for name in DOCUMENTS:
            number = case.add_file(resource_path("sample_case", "documents", name))
            assert number is not None
            _read(case, lane, number)
        _decide(case)
        submit(case, lane, forms=FORMS)
    finally:
        case.close(backup=False)


def _read(case: Case, lane: Lane, number: int) -> None:
    batches: list[SegmentBatch | FindingBatch] = []

    def take(what: object) -> None:
        if isinstance(what, SegmentBatch | FindingBatch):
            batches.append(what)

    source = case.source(number)
    case.begin_reading(number)
    reading = lane.run(read_document, source, _NO_NAMES, on_report=take, supply=source.supply)
    for batch in batches:
        case.keep(number, batch)
    case.finish_reading(number, reading)


def _decide(case: Case) -> None:
    """Keep what was found, but for telephone numbers, one name but once, and one case's context."""
    marks = case.marks()
    phones = [one.id for one in marks if one.label == "PHONE"]
    others = [one.id for one in marks if one.label != "PHONE"]
    case.decide(others, Action.KEEP, "", "It says nothing about anybody.")
    case.decide(phones, Action.REDACT, EXEMPTION, "A private number.")
    made = case.decide_term(UNEVEN, Action.REDACT, EXEMPTION, "The requester.").made
    case.decide([made[-1].id], Action.KEEP, "", "It is known already.")
    context = next(one for one in case.segments(1) if one.id == "sheet:Cases 2023!C6")
    case.decide_term(context.text, Action.REDACT, EXEMPTION, "It would identify somebody.")
