"""``redactor letter --check``: drafts as files, and drafts held against their case."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pymupdf
import pytest

from redactor.app.case import Case
from redactor.app.justifying import justify
from redactor.app.letter_checking import check_draft, facts_of, letter_of
from redactor.app.letters import write_letter
from redactor.app.reading import read_documents
from redactor.app.requests import record_request
from redactor.app.signoff import submit
from redactor.cli import main
from redactor.law.exemptions import Standing
from redactor.law.letters import Kind
from redactor.law.request import Question, Request, Stance
from redactor.model import Action, Document, LinePlace, Segment
from redactor.workers import Lane
from tests.case_kit import EXEMPTION, PASSPHRASE, new_case
from tests.unit.law.letters.kit import CLEAN_FOI, SLIPS, issues

_TODAY = date(2026, 3, 20)
_BASIS = (
    "The legitimate interest is in how the panel works. Naming the witness is not necessary for "
    "it. On balance what the witness expects overrides it, so disclosure would contravene "
    "principle (a)."
)


@dataclass(frozen=True)
class Told:
    """What a call printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def issues(self) -> list[dict[str, Any]]:
        shape = json.loads(self.out)
        assert set(shape) == {"issues"}
        return list(shape["issues"])


def _call(*arguments: str | Path) -> Told:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([str(one) for one in arguments])
    return Told(code, out.getvalue(), err.getvalue())


def _word(path: Path, text: str) -> Path:
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.core_properties.title = ""
    document.save(str(path))
    return path


def _pdf(path: Path, text: str) -> Path:
    """Write a PDF whose lines are broken by the edge of the page."""
    story = pymupdf.Story("".join(f"<p>{line}</p>" for line in text.splitlines()))
    writer = pymupdf.DocumentWriter(str(path))
    more = 1
    while more:
        device = writer.begin_page(pymupdf.paper_rect("a4"))
        more, _ = story.place(pymupdf.Rect(60, 60, 535, 780))
        story.draw(device)
        writer.end_page()
    writer.close()
    return path


def _text(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


# --- by itself --------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".txt"])
def test_a_clean_draft_gives_no_issue_in_any_format(tmp_path: Path, suffix: str) -> None:
    write = {".docx": _word, ".pdf": _pdf, ".txt": _text}[suffix]
    told = _call(
        "letter", "--check", write(tmp_path / f"MC-2026-0412{suffix}", CLEAN_FOI), "--json"
    )
    assert (told.issues, told.code) == ([], 0)


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".txt"])
def test_every_slip_is_reported_in_any_format(tmp_path: Path, suffix: str) -> None:
    write = {".docx": _word, ".pdf": _pdf, ".txt": _text}[suffix]
    told = _call("letter", "--check", write(tmp_path / f"reply{suffix}", SLIPS), "--json")
    assert told.code == 1
    # Where a passage stands already is said by its place, which is another in another format.
    wanted = {(str(one.kind), one.message.split(" at ")[0]) for one in issues(SLIPS)}
    assert {(one["kind"], one["message"].split(" at ")[0]) for one in told.issues} == wanted
    assert all(set(one) == {"kind", "place", "message"} for one in told.issues)


def test_for_people_each_slip_is_a_line(tmp_path: Path) -> None:
    told = _call("letter", "--check", _text(tmp_path / "reply.txt", SLIPS))
    lines = told.out.splitlines()
    assert told.code == 1
    assert len(lines) == len(issues(SLIPS)) + 1
    assert any(one.startswith("line:12: The Data Protection Act 1998") for one in lines)


def test_comments_title_and_file_name_of_a_draft_are_checked(tmp_path: Path) -> None:
    document = docx.Document()
    for line in CLEAN_FOI.splitlines():
        said = document.add_paragraph(line)
    document.add_comment(said.runs, text="is this right?", author="A Pell")
    document.core_properties.title = "Response v3"
    path = tmp_path / "Final - response.docx"
    document.save(str(path))
    told = _call("letter", "--check", path, "--json")
    assert {one["kind"] for one in told.issues} == {"hidden-content", "file-name"}
    assert {one["place"].partition("#")[0] for one in told.issues} >= {
        "file-name",
        "part:docProps/core.xml",
        "part:word/comments.xml",
    }


def test_a_draft_that_cannot_be_read_is_named_with_a_remedy(tmp_path: Path) -> None:
    broken = tmp_path / "reply.docx"
    broken.write_bytes(b"PK\x03\x04 not a package")
    told = _call("letter", "--check", broken, "--json")
    assert told.code == 3
    assert "reply.docx" in json.loads(told.out)["error"]["message"]
    assert _call("letter", "--check", tmp_path / "none.docx").code == 3


def test_without_a_draft_the_command_says_what_it_needs() -> None:
    assert _call("letter").code == 2


def test_lines_that_were_typed_to_a_width_are_joined() -> None:
    text = (
        "The request was received on the day after the force had published all of the\n"
        "guidance, and the disclosure would contravene the first data protection\n"
        "principle, which was that of the Act of another time and is of no more use."
    )
    places = (LinePlace(number) for number in range(3))
    segments = tuple(Segment(p, t) for p, t in zip(places, text.splitlines(), strict=True))
    made = letter_of(Document("", "txt", segments), "a.txt")
    assert [one.place for one in made.passages] == ["line:1"]


# --- against its case -------------------------------------------------------------------------


@pytest.fixture
def case(tmp_path: Path, lane: Lane) -> Iterator[Case]:
    with closing(new_case(tmp_path / "a.redactor", "FOI/26/117")) as made:
        made.add_bytes("minutes.txt", b"The panel met on Monday.\nZebedee Marl spoke.\n")
        made.add_bytes("counts.csv", b"Outcome,Complaints\nUpheld,10\nNot upheld,14\n")
        read_documents(made, lane)
        asked = (
            Question("What did the panel say?", documents=(1,)),
            Question("How many complaints were there?", documents=(2,)),
        )
        record_request(made, Request(asked, received=date(2026, 3, 2)))
        number = int(justify(made, EXEMPTION, {}, reason=_BASIS).event.body["justification"])
        made.decide_under([one.id for one in made.marks(1) if one.hidden is None], number)
        keep = [one.id for one in made.marks(2) if one.hidden is None]
        if keep:
            made.decide(keep, Action.KEEP, "", "No person is in it.")
        yield made


def test_the_facts_of_a_case_are_what_it_decided(case: Case, lane: Lane) -> None:
    before = facts_of(case, lane)
    assert before.citations == {EXEMPTION: Standing.ABSOLUTE}
    assert (before.released, dict(before.figures)) == ((), {})
    assert before.questions == (Stance.HELD, Stance.HELD)
    assert (before.received, before.due) == (date(2026, 3, 2), date(2026, 3, 31))
    assert before.withheld
    submit(case, lane)
    after = facts_of(case, lane)
    assert {"minutes.txt", "counts.csv"} <= set(after.released)
    assert after.figures["Upheld"] == {"10"}


def test_the_letter_that_the_program_writes_gives_no_issue(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    submit(case, lane)
    path = tmp_path / "FOI-26-117.docx"
    write_letter(case, lane, path, today=_TODAY)
    assert [(str(one.kind), one.place, one.message) for one in check_draft(path, lane, case)] == []


def test_a_letter_that_disagrees_with_its_case_is_told_where(
    case: Case, lane: Lane, tmp_path: Path
) -> None:
    submit(case, lane)
    draft = tmp_path / "reply.docx"
    write_letter(case, lane, draft, today=_TODAY)
    document = docx.Document(str(draft))
    for line in (
        "We asked ZEBEDEE  MARL.",
        "Upheld: 11",
        "The rest is in the attached file 'witnesses.xlsx'.",
        "Another part is withheld under section 42(1), as its weight in the public interest shows.",
    ):
        document.add_paragraph(line)
    document.save(str(draft))
    found = check_draft(draft, lane, case)
    kinds = {one.kind for one in found}
    assert {Kind.WITHHELD, Kind.FIGURE, Kind.ATTACHMENT, Kind.LOG} <= kinds
    assert not any("marl" in one.message.lower() for one in found)


def test_the_command_holds_a_draft_against_a_case(case: Case, lane: Lane, tmp_path: Path) -> None:
    submit(case, lane)
    path = case.path
    case.close()
    words = tmp_path / "words.txt"
    words.write_text(PASSPHRASE, "utf-8")
    draft = _text(tmp_path / "reply.txt", "Under FOIA all is given. Zebedee Marl spoke.")
    told = _call(
        *("letter", "--check", draft, "--case", path, "--case-passphrase-file", words, "--json")
    )
    assert told.code == 1
    assert {"withheld-text", "log"} <= {one["kind"] for one in told.issues}
    assert "Zebedee" not in told.out + told.err
