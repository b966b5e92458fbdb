"""The whole life of a case whose documents hold canaries, for another process to watch.

Run as ``python -m tests.attack.plaintext_life AREA``; or with ``stopped`` or ``careless`` after it,
to wait for a line on standard input in the middle of a large change, which is then taken back. The
careless one has SQLite make temporary files, so that it can be seen that they would be noticed.
"""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

import docx
import openpyxl
import pymupdf
from openpyxl.comments import Comment

from redactor.app.case import Case
from redactor.app.reading import read_documents
from redactor.case.marks import NewMark
from redactor.model import Action, LinePlace, Ruling, Segment, Span
from redactor.workers import Lane
from tests.case_kit import EXEMPTION, new_case, open_case, release_case

WITHHELD = "Zebedee Quillfeather"
KEPT = "Tamsin Marchbanks"
NUMBER = "QQ765432C"
SHEET = "Rookhope Tally"
FILE = "garsdale-memo"
#: Words that must be nowhere but in the originals and, as far as they were kept, in the release.
CANARIES = ("Quillfeather", "Marchbanks", NUMBER, "Rookhope", "garsdale")
#: How many segments and marks, and how long each is: together more than SQLite keeps of a change in
#: memory before it writes it to the file (8 MB).
_LARGE, _LONG = 6_000, 1_000


def write_drafts(folder: Path) -> None:
    """Write a draft of every format."""
    folder.mkdir(parents=True)
    text = f"Statement of Mr {WITHHELD} ({NUMBER}) to Ms {KEPT}."
    (folder / f"{FILE}.txt").write_text(f"{text}\nThe end.\n", "utf-8")
    (folder / f"{FILE}.csv").write_text(f"Name,Count\n{WITHHELD},4\n{KEPT},5\n", "utf-8")
    book = openpyxl.Workbook()
    book.active.title = SHEET
    for row in (["Name", "Count"], [WITHHELD, 4], [KEPT, 5]):
        book.active.append(row)
    book.active["B2"].comment = Comment(f"ask {WITHHELD}", WITHHELD)
    book.save(folder / f"{FILE}.xlsx")
    letter = docx.Document()
    letter.add_paragraph(text)
    letter.save(folder / f"{FILE}.docx")
    page = pymupdf.open()
    page.new_page().insert_text((72, 72), text)
    page.save(folder / f"{FILE}.pdf")


def live(area: Path) -> None:
    """Take a case from its first document to its release, close it, and open it once more."""
    path = area / "watched" / "case" / "case.redactor"
    case = new_case(path)
    for draft in sorted((area / "drafts").iterdir()):
        case.add_file(draft)
    with Lane() as lane:
        read_documents(case, lane)
        _decide(case)
        release_case(case, lane, area / "release")
    case.close()
    case = open_case(path)
    case.undo()
    case.redo()
    case.close()


def _decide(case: Case) -> None:
    """Withhold everything but one name, and leave out whatever could not be read."""
    reason = "It identifies a living person."
    for text in (WITHHELD, NUMBER):
        case.decide_term(text, Action.REDACT, EXEMPTION, reason)
    case.decide_term(KEPT, Action.KEEP, "", "She is the head of the service.")
    decided = case.standing().decisions
    rest = [one.id for one in case.marks() if one.hidden is None and one.id not in decided]
    for mark in rest:
        kept = KEPT in next(one.text for one in case.marks() if one.id == mark)
        case.decide([mark], Action.KEEP if kept else Action.REDACT, EXEMPTION, reason)
    for block in case.blocks():
        if block.kind == "unread" and block.document is not None:
            case.rule(block.document, block.place, Ruling.LEAVE_OUT, "It cannot be read.")


def stop_within(area: Path, *, careless: bool) -> None:
    """Make a change that does not fit into memory, and wait before it is taken back."""
    case = new_case(area / "watched" / "case" / "case.redactor")
    link = case.store.vault.link
    if careless:
        link.execute("PRAGMA temp_store = FILE")
    draft = next((area / "drafts").glob("*.txt"))
    number = case.add_file(draft)
    assert number is not None
    segments = [
        Segment(LinePlace(at), f"{at}: {WITHHELD} and {KEPT}".ljust(_LONG, "."))
        for at in range(_LARGE)
    ]
    marks = (
        NewMark(
            Span(f"line:{at}", 0, 20),
            f"{WITHHELD} {at}".ljust(_LONG, "."),
            "PERSON",
            1,
            "names 1",
            "a title",
        )
        for at in range(_LARGE)
    )
    with contextlib.suppress(InterruptedError), case.store.vault.change():
        case.store.segments.add(number, segments)
        for mark in marks:
            case.store._marks.add(number, mark)
        # One statement that changes many pages for the second time has a journal of its own.
        link.execute("UPDATE marks SET target = target || ' '")
        # So much is sorted through a file as well, which SQLCipher would not encrypt.
        in_order = link.execute(
            "SELECT text || hex(zeroblob(1500)) AS long FROM marks ORDER BY long DESC"
        )
        in_order.fetchone()
        print("in the middle", flush=True)
        sys.stdin.readline()
        raise InterruptedError
    case.close()


if __name__ == "__main__":
    if len(sys.argv) > 2:
        stop_within(Path(sys.argv[1]), careless=sys.argv[2] == "careless")
    else:
        live(Path(sys.argv[1]))
