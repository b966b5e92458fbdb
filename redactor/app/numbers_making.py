"""Tables with rounded figures or lines taken together: new documents in the place of others.

A figure that is changed is no redaction, so the tables are written anew as a workbook of values,
which is taken into the case like any other original: read, searched and decided on. What it was
made of stays in the case and does not go out.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from redactor import jobs
from redactor.app.case import Case, Change
from redactor.app.numbers_case import (
    PLANS,
    WITHHOLDING,
    CaseTables,
    Draft,
    log_body,
    plan_for,
)
from redactor.app.numbers_protecting import Rule, outcome_of
from redactor.app.numbers_writing import book_of_tables
from redactor.app.outputs import distinct
from redactor.app.reading import read_documents
from redactor.app.setting_aside import set_aside
from redactor.canonical import canonical
from redactor.content import Book
from redactor.errors import UsageError
from redactor.events import EventKind
from redactor.formats import format_named
from redactor.model import Aside, Report, quiet
from redactor.numbers.answers import Answered, Treatment
from redactor.numbers.layout import book_of
from redactor.workers import Lane

_SUFFIX = {
    Treatment.COLLAPSE: "grouped",
    Treatment.ROUND: "rounded",
    Treatment.HIDE_AND_ROUND: "rounded",
}
#: Formats whose tables are all that they hold.
_OF_TABLES = frozenset({"xlsx", "xls", "xlsb", "ods", "csv"})
_NOTHING = "Nothing was recorded."


def settle_made(
    case: Case,
    lane: Lane,
    tables: CaseTables,
    draft: Draft,
    answered: Answered,
    *,
    reason: str,
    report: Report = quiet,
) -> Change:
    """Write the tables of an answer as new documents, and let these go out in place of theirs.

    Args:
        answered: an answer that changes figures.
        reason: why, for the log.

    Raises:
        UsageError: the answer withholds figures and changes none; a document has running text
            beside its tables; no reason was given; nobody said who could recognise whom.
        Blocked: some small count can be worked out, and no reason was given why it may be.
        NotAllowed: the person may not decide.
        Cancelled: the person asked to stop.
    """
    if answered.treatment in WITHHOLDING:
        raise UsageError(f"This answer withholds figures and changes none. {_NOTHING}")
    if not reason.strip():
        raise UsageError(f"To change figures needs a reason. {_NOTHING}")
    _require_tables_only(case, tables)
    plan = plan_for(case, tables, draft, answered)
    rule = Rule(draft.policy, answered.treatment, answered.base)
    outcome = outcome_of(tables.layout, rule, answered)
    books = {
        number: book_of_tables(outcome, [s for s in tables.sheets if book_of(s.name) == number])
        for number in tables.documents
    }
    made: list[int] = []
    for number, book in books.items():
        data: bytes = lane.run(jobs.write_content, _plainly_named(book), "xlsx", timeout_s=120.0)
        made.append(_taken_in(case, number, answered.treatment, data))
    read_documents(case, lane, report)
    pairs = list(zip(books, made, strict=True))
    for number, new in pairs:  # so that an answer that is undone leaves them out, and theirs in
        set_aside(case, new, Aside.REPLACED, reason, by=number)
    plan = replace(plan, made=tuple(made))
    event, _ = case.store.change_with_marks(
        EventKind.NUMBERS_SETTLED,
        {
            "exemption": "",
            "reason": reason.strip(),
            **log_body(plan),
            "freed": [],
            "swapped": [list(pair) for pair in pairs],
        },
        (),
        (),
        [(PLANS, canonical(plan.shape()).decode("utf-8"))],
    )
    return Change(case.took(event), (), case.standing())


def _require_tables_only(case: Case, tables: CaseTables) -> None:
    kinds = {one.number: one.format for one in case.documents()}
    for number in tables.documents:
        if kinds[number] not in _OF_TABLES:
            title = format_named(kinds[number]).title
            raise UsageError(
                f"Document {number} is a {title}, with text beside its tables, and a document of "
                f"tables cannot take its place. {_NOTHING} Withhold figures in it instead."
            )


def _plainly_named(book: Book) -> Book:
    """Name the sheets as in their own document, without its number."""
    return Book(tuple(replace(one, name=one.name.partition(":")[2]) for one in book.sheets))


def _taken_in(case: Case, number: int, treatment: Treatment, data: bytes) -> int:
    own = next(one.name for one in case.documents() if one.number == number)
    stem = own.rpartition(".")[0] or own
    taken = [one.name for one in case.documents()]
    name = distinct([*taken, f"{stem} {_SUFFIX[treatment]}.xlsx"])[-1]
    new = case.add_bytes(name, data)
    if new is not None:
        return new
    digest = hashlib.sha256(data).hexdigest()  # made before, and given up or undone since
    return next(one.number for one in case.documents() if one.sha256 == digest)
