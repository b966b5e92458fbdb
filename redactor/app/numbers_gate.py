"""The tables of a release as they were written, read back and attacked: before anything goes out.

What is audited is what the written files print, not what a plan said they would, together with the
tables that are public already. Where it cannot be read back it is not safe.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from redactor import jobs
from redactor.app.attempt import Attempt, in_worker
from redactor.app.numbers_case import CaseTables, plan_of, read_tables
from redactor.app.numbers_protecting import AUDIT_S
from redactor.app.numbers_reading import sheets_of
from redactor.app.outputs import Output
from redactor.app.proving import supply_of
from redactor.case.store import StoredDocument
from redactor.errors import Blocked, TablesError
from redactor.formats import format_named
from redactor.jobs import Gridded, RebuildAnswer, RebuildOrder
from redactor.labels import HIDDEN_COUNT_MEANS
from redactor.model import Progress
from redactor.numbers.layout import Cell, Sheet, book_of, cell_name, detect, sheet_of
from redactor.numbers.layout.figures import FigureKind, read_figure
from redactor.numbers.model import CellName, Interval, Need, Release, Tables, needs_of
from redactor.numbers.plan import Plan
from redactor.numbers.verdicts import Audit, Verdict
from redactor.release.verify.model import Check

#: Forms whose tables can be read back with rows and columns.
_WITH_TABLES = frozenset({"xlsx", "docx", "csv"})
_NAME, _ENGINE = "small numbers", "redactor.numbers.audit"
_SETTLE = "Nothing was released. Open “Small numbers”, look at the tables again and apply."
_OTHER_TABLES = f"The tables of the case are not those whose layout was confirmed. {_SETTLE}"


def audit_numbers(
    attempt: Attempt,
    orders: Sequence[RebuildOrder],
    outputs: Sequence[Output],
    owners: Sequence[int],
) -> tuple[Check, ...]:
    """Read the written tables back, and ask what a reader can work out of them.

    Args:
        orders: what the documents were rebuilt by, in the order of the attempt.
        owners: for each output the position of its document in the attempt.

    Returns:
        The check, for manifest and certificate; none where nobody settled small numbers.

    Raises:
        Blocked: the tables are not those that were confirmed, cannot be read back, or give a small
            number away that nobody gave a reason for.
    """
    plan = plan_of(attempt.case)
    if plan is None:
        return ()
    attempt.report(Progress(0, 0, "reading the released tables back"))
    written: dict[int, list[Sheet]] = {}
    for output, owner in zip(outputs, owners, strict=True):
        document = attempt.documents[owner]
        if document.number in (plan.made or plan.documents):
            sheets = _read_back(attempt, document, orders[owner], output)
            written.setdefault(document.number, []).extend(sheets)
    asked = _of_made(attempt, plan, written) if plan.made else _of_withheld(attempt, plan, written)
    unsafe = _unsafe(attempt, asked)
    if unsafe:
        what = "1 small number" if len(unsafe) == 1 else f"{len(unsafe):,} small numbers"
        numbers = sorted({book_of(cell) for cell in unsafe})
        raise Blocked(
            f"{what} can be worked out of what would be released (document "
            f"{', '.join(map(str, numbers))}). {_SETTLE}"
        )
    return (Check(_NAME, ok=True, engine=_ENGINE, detail=_said(plan, asked)),)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is printed, and what must not be worked out of it."""

    release: Release
    needs: tuple[Need, ...]
    insiders: Mapping[CellName, int] = field(default_factory=dict, repr=False)
    printed_small: tuple[CellName, ...] = ()


def _said(plan: Plan, asked: _Asked) -> str:
    looked = f"{len(asked.needs):,} withheld or rounded figures" if asked.needs else "no figure"
    said = f"{looked} can be worked out further than the rule allows: none"
    if plan.excepted:
        said += f"; {len(plan.excepted)} excepted by a person, with a reason"
    return f"{said}."


def _read_back(
    attempt: Attempt, document: StoredDocument, order: RebuildOrder, output: Output
) -> Iterator[Sheet]:
    """Read the tables of a written file.

    A PDF has no rows and columns. The same content is written in a form that has, and every row of
    that has to stand in the text of the PDF, as another engine reads it.
    """
    files, number = [output], document.number
    pages: tuple[str, ...] = ()
    if is_pdf := output.name.lower().endswith(".pdf"):
        files = _as_tables(attempt, document, order)
        pages = in_worker(attempt, jobs.read_output_pages, output.data)
    for file in files:
        read: Gridded = in_worker(attempt, jobs.read_output_grids, file.name, file.data)
        for one in sheets_of(read) if read.grids else ():
            shown = tuple(cell for cell in one.cells if cell.text)
            if is_pdf and not _stands_in(shown, pages):
                raise Blocked(
                    f"Document {number} holds protected counts, and its tables cannot be read back "
                    f"from {output.name}. Nothing was released. Let it go out as a workbook, CSV "
                    "or Word file."
                )
            if shown and [cell.text for cell in shown] != [HIDDEN_COUNT_MEANS]:
                yield replace(one, name=sheet_of(number, one.name), cells=shown)


def _as_tables(attempt: Attempt, document: StoredDocument, order: RebuildOrder) -> list[Output]:
    """Rebuild a document in a form whose tables have rows and columns."""
    target = next(one for one in format_named(document.format).targets if one in _WITH_TABLES)
    answer: RebuildAnswer = in_worker(
        attempt,
        jobs.rebuild_document,
        replace(order, target=target),
        supply=supply_of(order.source),
    )
    return [Output(f"{one.part or 'tables'}{one.suffix}", one.data) for one in answer.files]


def _stands_in(cells: Sequence[Cell], pages: Sequence[str]) -> bool:
    """Say whether every row of a table stands in some text, its cells one after another."""
    text = " ".join(" ".join(pages).split())
    rows: dict[int, list[str]] = {}
    for cell in sorted(cells, key=_spot):
        rows.setdefault(cell.row, []).extend(cell.text.split())
    return all(" ".join(row) in text for row in rows.values())


# --- figures that were withheld -----------------------------------------------------------------


def _of_withheld(attempt: Attempt, plan: Plan, written: Mapping[int, Sequence[Sheet]]) -> _Asked:
    """Hold what is printed against the counts of the originals, cell by cell."""
    tables = read_tables(attempt.case, attempt.lane)
    if tables.digest != plan.layout:
        raise Blocked(_OTHER_TABLES)
    confirmed = tables.layout.found(plan.edits)
    shown = dict(chain.from_iterable(_paired(tables, number, written) for number in plan.documents))
    printed = {
        cell: _interval(shown.get(cell), count, plan.policy.floor, book_of(cell))
        for cell, count in confirmed.counts.items()
    }
    facts = [
        fact
        for one in tables.layout.derived
        if one.cell in tables.layout.earlier or not _is_mark(shown.get(one.cell))
        for fact in one.facts
    ]
    release = Release(
        {**tables.layout.known, **printed}, confirmed.relations, (*confirmed.facts, *facts)
    )
    needs = tuple(one for one in needs_of(confirmed, plan.policy) if one.cell not in plan.excepted)
    small = tuple(
        cell
        for cell, count in confirmed.counts.items()
        if plan.policy.is_small(count)
        and printed[cell].low == printed[cell].high
        and cell not in plan.excepted
    )
    return _Asked(release, needs, _insiders(plan, confirmed), small)


def _insiders(plan: Plan, confirmed: Tables) -> dict[CellName, int]:
    return {one: confirmed.counts[one] for one in plan.policy.insiders if one in confirmed.counts}


def _paired(
    tables: CaseTables, number: int, written: Mapping[int, Sequence[Sheet]]
) -> Iterator[tuple[CellName, Cell]]:
    """Give for each visible cell of a document what stands for it in the written file.

    Hidden rows and columns close up, so cells are told by their order.
    """
    originals = [
        (one.name, shown)
        for one in tables.sheets
        if book_of(one.name) == number
        and (shown := [cell for cell in one.cells if cell.text and not cell.hidden])
    ]
    others = written.get(number, ())
    if len(originals) > len(others):
        raise _unlike(number)
    for (name, cells), sheet in zip(originals, _those_of(originals, others), strict=True):
        if len(cells) != len(sheet.cells) or any(one.hidden for one in sheet.cells):
            raise _unlike(number)
        pairs = zip(sorted(cells, key=_spot), sorted(sheet.cells, key=_spot), strict=True)
        for cell, other in pairs:
            yield cell_name(name, cell.row, cell.column), other


def _those_of(
    originals: Sequence[tuple[str, Sequence[Cell]]], others: Sequence[Sheet]
) -> Sequence[Sheet]:
    """Give the written sheets of those originals that have tables, in their order."""
    if len(originals) == len(others):
        return others
    by_name = {one.name: one for one in others}
    return [by_name[name] for name, _ in originals if name in by_name]


def _spot(cell: Cell) -> tuple[int, int]:
    return cell.row, cell.column


def _unlike(number: int) -> Blocked:
    return Blocked(
        f"The tables of document {number} cannot be matched with what would be released, so that "
        "nobody can say what they give away. Nothing was released. Let it go out in its own form, "
        "and submit again."
    )


def _is_mark(written: Cell | None) -> bool:
    """Say whether a figure is withheld in what was written, or is not there at all."""
    if written is None:
        return True
    figure = read_figure(written)
    return figure is not None and figure.kind is FigureKind.MARK


def _interval(written: Cell | None, count: int, floor: int, number: int) -> Interval:
    """Give what a reader has of a count by what is printed for it."""
    if written is None:
        raise _unlike(number)
    figure = read_figure(written)
    if figure is not None and figure.kind is FigureKind.MARK:
        return Interval(floor, None)
    if figure is None or figure.count != count:
        raise Blocked(
            f"A figure in document {number} would not be released as it is in the original, nor be "
            "withheld as a whole. Nothing was released. Keep it or withhold all of it, then submit "
            "again."
        )
    return Interval(count, count)


# --- figures that were changed ------------------------------------------------------------------


def _of_made(attempt: Attempt, plan: Plan, written: Mapping[int, Sequence[Sheet]]) -> _Asked:
    """Take tables that were rounded, or in which lines were taken together, as a reader would.

    No other tables may go out with them: neither what they were made of, nor what came in later.
    What is public already was taken in when they were made, so nothing may have been added to it.
    """
    tables = read_tables(attempt.case, attempt.lane)
    if set(tables.documents) != set(plan.made) or set(tables.earlier) != set(plan.earlier):
        raise Blocked(_OTHER_TABLES)
    layout = detect([one for number in plan.made for one in _named(tables, number, written)])
    is_rounded, excepted = plan.treatment.rounds, _excepted_of_made(plan)
    needs, small = [], []
    for cell, one in layout.printed.items():
        if cell in excepted:
            continue
        if one.low == one.high:
            if plan.policy.is_small(one.low):
                small.append(cell)
        elif one.low < plan.policy.threshold:
            low, high = max(one.low, plan.policy.floor), plan.policy.threshold
            is_mark = one.high is None and not is_rounded
            needs.append(Need(cell, low, high) if is_mark else Need(cell, None, None))
    return _Asked(layout.release(), tuple(needs), printed_small=tuple(small))


def _named(
    tables: CaseTables, number: int, written: Mapping[int, Sequence[Sheet]]
) -> Iterator[Sheet]:
    """Give the written sheets of a document by their names in it; a CSV file names none."""
    names = [one.name for one in tables.sheets if book_of(one.name) == number]
    sheets = written.get(number, ())
    if len(sheets) != len(names):
        raise _unlike(number)
    for sheet, name in zip(sheets, names, strict=True):
        yield replace(sheet, name=name)


def _excepted_of_made(plan: Plan) -> frozenset[CellName]:
    """Give the cells that were excepted, by their names in the documents that were made.

    Where lines were taken together no cell is where it was, and nothing can be excepted.
    """
    if not plan.treatment.rounds:
        return frozenset()
    made = dict(zip(plan.documents, plan.made, strict=True))
    return frozenset(f"{made[book_of(cell)]}:{cell.partition(':')[2]}" for cell in plan.excepted)


# --- the reader ---------------------------------------------------------------------------------


def _unsafe(attempt: Attempt, asked: _Asked) -> list[CellName]:
    """Give the cells of which more can be worked out than may be, or that time was short for."""
    if not asked.needs:
        return list(asked.printed_small)
    try:
        found: Audit = in_worker(
            attempt, jobs.audit_release, asked.release, asked.needs, asked.insiders, AUDIT_S
        )
    except TablesError:
        raise Blocked(
            f"What would be released contradicts itself or what is public already. {_SETTLE}"
        ) from None
    cells = [one.need.cell for one in found.findings if one.verdict is not Verdict.SAFE]
    return list(dict.fromkeys([*asked.printed_small, *cells]))
