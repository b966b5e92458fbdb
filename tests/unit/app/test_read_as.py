"""A text file of a case is read in another way: what was decided on it falls, and is logged."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from redactor import jobs
from redactor.app.case import Case
from redactor.app.log_words import words_of
from redactor.app.read_as import falling, falling_words, is_text, read_otherwise, way_to_read
from redactor.case.check import check_events, check_store
from redactor.case.marks import Marks
from redactor.errors import NotAllowed, UnreadableDocument, UsageError
from redactor.events import Event, EventKind, Mark
from redactor.lifecycle import CaseState
from redactor.model import AS_FOUND, Action, ReadAs, Ruling, Span
from tests.case_kit import EXEMPTION, OFFICER, REVIEWER, new_case, open_case

#: In Windows-1252 these are other letters than in the DOS code page it was written in.
TABLE = "name;note\r\nZoë Quibell;met Una, then left\r\n".encode("cp850")
NOTE = b"Una was there.\r\n"


def read(case: Case, number: int) -> None:
    """Read a document without searching it, as a worker would, and mark every field."""
    case.begin_reading(number)
    try:
        _, document = jobs.read_whole(case.source(number))
    except UnreadableDocument as error:
        case.refuse(number, error)
        return
    case.keep(number, jobs.SegmentBatch(document.segments))
    case.finish_reading(
        number, jobs.Reading(document.sha256, document.format, (), (), document.notes)
    )


def redact(case: Case, number: int) -> Mark:
    """Redact the first three letters of the first field of the second row or line."""
    segment = next(one for one in case.segments(number) if one.id in {"row:2", "line:1"})
    span = Span(segment.id, 0, 3, segment.key[1])
    ground = (Action.REDACT, EXEMPTION, "A private person.")
    return case.mark_spans(number, [(span, segment.text[:3])], *ground).made[0]


def texts(case: Case, number: int = 1) -> list[str]:
    return [one.text for one in case.segments(number)]


def last(case: Case, kind: EventKind) -> Event:
    return [one for one in case.events() if one.kind is kind][-1]


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    made = new_case(tmp_path / "case.redactor")
    for name, data in (("table.csv", TABLE), ("note.txt", NOTE)):
        (tmp_path / name).write_bytes(data)
        number = made.add_file(tmp_path / name)
        assert number is not None
        read(made, number)
    yield made
    made.close()


def test_it_is_read_anew_as_was_chosen(case: Case) -> None:
    assert texts(case)[2] != "Zoë Quibell"
    read_otherwise(case, 1, way_to_read("cp850", ";"))
    assert [one.status for one in case.documents()] == ["reading", "read"]
    assert texts(case) == []
    read(case, 1)
    assert texts(case)[2] == "Zoë Quibell"
    assert case.documents()[0].notes[0].startswith("Read as DOS code page 850 as you chose")


def test_decisions_on_it_fall_and_those_on_others_stand(case: Case) -> None:
    table, note = redact(case, 1), redact(case, 2)
    case.rule(2, "", Ruling.LEAVE_OUT, "Not wanted.")
    assert falling(case, 1) == 1
    read_otherwise(case, 1, ReadAs(delimiter=","), "Commas tell it apart.")
    read(case, 1)
    assert set(case.standing().decisions) == {note.id}
    assert (2, "") in case.standing().rulings
    assert [one.id for one in case.marks()] == [note.id]
    assert case.store.missing_marks([table.id, note.id]) == [table.id]
    with pytest.raises(UsageError, match="holds no finding"):
        case.decide([table.id], Action.KEEP, "", "There still?")


def test_the_same_place_is_another_after_it(case: Case) -> None:
    before = redact(case, 1)
    read_otherwise(case, 1, ReadAs("cp850", ";"))
    read(case, 1)
    after = redact(case, 1)
    assert after.target == before.target
    assert (before.id, before.text) != (after.id, after.text)
    assert case.marks(1) == (after,)


def test_a_case_that_is_opened_again_holds_the_same(case: Case, tmp_path: Path) -> None:
    redact(case, 1)
    read_otherwise(case, 1, ReadAs("cp850", ";"))
    read(case, 1)
    redact(case, 1)
    held = (case.marks(), case.standing(), case.read_as(1), case.sources())
    case.close()
    again = open_case(tmp_path / "case.redactor")
    assert (again.marks(), again.standing(), again.read_as(1)) == held[:3]
    assert [one.read_as for one in again.sources()] == [ReadAs("cp850", ";"), AS_FOUND]
    again.close()


def test_the_file_keeps_what_was_decided_and_every_check_passes(case: Case) -> None:
    before = redact(case, 1)
    read_otherwise(case, 1, ReadAs("cp850", ";"))
    assert check_store(case.store) == []
    read(case, 1)
    redact(case, 1)
    assert check_store(case.store) == []
    assert before.id in {one.id for one in Marks(case.store.vault.link).all()}


def test_a_finding_of_the_earlier_reading_that_is_changed_is_named(case: Case) -> None:
    before = redact(case, 1)
    read_otherwise(case, 1, ReadAs("cp850", ";"))
    read(case, 1)
    with case.store.vault.change() as link:
        link.execute("UPDATE marks SET text = 'x' WHERE id = ?", (before.id,))
    assert {one.kind for one in check_store(case.store)} == {"changed"}


def test_the_log_says_it_without_any_text(case: Case) -> None:
    mark = redact(case, 1)
    read_otherwise(case, 1, ReadAs("cp850", ";"), "The names looked wrong.")
    event = last(case, EventKind.DOCUMENT_READ_AS)
    assert (event.body["encoding"], event.body["delimiter"]) == ("cp850", ";")
    assert (event.body["marks"], event.body["reason"]) == ([mark.id], "The names looked wrong.")
    assert words_of(event) == (
        "Had document 1 read as DOS code page 850 with fields told apart by semicolon; "
        "1 decision falls with the earlier reading"
    )


def test_nothing_from_before_can_be_undone_and_that_is_said(case: Case) -> None:
    redact(case, 2)
    undone = case.undo()
    assert undone is not None
    redact(case, 2)
    assert case.standing().undo is not None
    read_otherwise(case, 1, ReadAs(delimiter=","))
    now = case.standing()
    assert (now.undo, now.redo) == (None, None)
    assert case.undo() is None
    assert check_events(case.events()) == []
    assert "cannot be undone" in falling_words(3)


def test_an_undo_past_it_that_is_forged_is_found(case: Case) -> None:
    seq = last(case, EventKind.DOCUMENT_READ).seq
    redact(case, 2)
    decided = last(case, EventKind.DECIDED).seq
    assert decided > seq
    read_otherwise(case, 1, ReadAs(delimiter=","))
    case.store.record(EventKind.UNDONE, {"event": decided})
    assert [one.kind for one in check_events(case.store.events())] == ["not-allowed"]


def test_to_go_back_the_earlier_way_is_chosen_again(case: Case) -> None:
    first = texts(case)
    redact(case, 1)
    read_otherwise(case, 1, ReadAs("cp850"))
    read(case, 1)
    read_otherwise(case, 1, AS_FOUND)
    read(case, 1)
    assert texts(case) == first
    assert case.standing().decisions == {}
    assert words_of(last(case, EventKind.DOCUMENT_READ_AS)) == (
        "Had document 1 read as its bytes say"
    )


def test_an_encoding_that_does_not_fit_is_refused_in_a_sentence_and_can_be_left(case: Case) -> None:
    read_otherwise(case, 1, ReadAs("utf-8"))
    read(case, 1)
    document = case.documents()[0]
    assert document.status == "refused"
    assert document.refusal.startswith("The file cannot be read as UTF-8")
    assert is_text(document.name, document.format)
    read_otherwise(case, 1, ReadAs("cp850"))
    read(case, 1)
    assert case.documents()[0].status == "read"
    assert check_store(case.store) == []


def test_a_comment_on_what_is_gone_is_told_no_more(case: Case) -> None:
    mark = redact(case, 1)
    case.comment(mark.id, "Why?")
    assert len(case.comments()) == 1
    read_otherwise(case, 1, ReadAs("cp850"))
    assert case.comments() == ()


def test_only_an_officer_may_and_a_submission_falls(case: Case) -> None:
    case.work_as(REVIEWER)
    with pytest.raises(NotAllowed, match="Only an officer"):
        read_otherwise(case, 1, ReadAs("cp850"))
    case.work_as(OFFICER)
    body = {"manifest": "ab", "decisions": "cd", "files": [], "seal": "ef"}
    case.record_change(EventKind.SUBMITTED, body)
    read_otherwise(case, 1, ReadAs("cp850"))
    assert case.life.state is CaseState.IN_REVIEW
    assert case.life.voided is not None


@pytest.mark.parametrize(
    ("encoding", "delimiter", "said"),
    [("nonsense", "", "no encoding"), ("", "ab", "told apart"), ("", '"', "told apart")],
)
def test_a_way_that_is_none_is_refused(encoding: str, delimiter: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        way_to_read(encoding, delimiter)


def test_what_changes_nothing_or_is_no_text_is_refused(case: Case, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="in that way already"):
        read_otherwise(case, 1, AS_FOUND)
    with pytest.raises(UsageError, match="holds no document 9"):
        read_otherwise(case, 9, ReadAs("cp850"))
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.7 and no more")
    number = case.add_file(tmp_path / "letter.pdf")
    assert number is not None
    read(case, number)
    with pytest.raises(UsageError, match="no CSV or text file"):
        read_otherwise(case, number, ReadAs("cp850"))
    assert not [one for one in case.events() if one.kind is EventKind.DOCUMENT_READ_AS]


def test_what_a_reviewer_puts_into_the_file_past_the_program_counts_for_nothing(
    case: Case, tmp_path: Path
) -> None:
    mark = redact(case, 1)
    case.work_as(REVIEWER)
    case.comment(mark.id, "I join.")
    case.store.begin_reading_as(1, ReadAs("cp850"), [mark.id], "")
    case.close()
    again = open_case(tmp_path / "case.redactor")
    try:
        assert again.marks(1) == (mark,)
        assert mark.id in again.standing().decisions
        assert again.read_as(1) == AS_FOUND
        assert "not-allowed" in {one.kind for one in check_store(again.store)}
    finally:
        again.close()


def test_reading_it_again_after_that_goes_on_as_chosen(case: Case, tmp_path: Path) -> None:
    read_otherwise(case, 1, ReadAs("cp850", ";"))
    case.close()  # before it was read
    again = open_case(tmp_path / "case.redactor")
    try:
        assert [one.status for one in again.documents()] == ["reading", "read"]
        read(again, 1)
        assert texts(again)[2] == "Zoë Quibell"
        read(again, 1)  # as when lists were changed
        assert texts(again)[2] == "Zoë Quibell"
        assert check_store(again.store) == []
    finally:
        again.close()
