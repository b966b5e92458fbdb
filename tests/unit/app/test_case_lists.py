"""Lists of a case: they act at once, the log vouches for them, and it holds none of their words."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from redactor import jobs
from redactor.app import case_lists
from redactor.app.case import Case
from redactor.app.log_words import words_of
from redactor.app.site_lists import SiteLists, with_entries, with_pack
from redactor.case.check import check_store, write_export
from redactor.config import resource_path
from redactor.errors import DamagedCase, NotAllowed, UsageError
from redactor.events import EventKind, Mark
from redactor.jobs import FindingBatch, SegmentBatch
from redactor.lifecycle import CaseState
from redactor.lists import Which, new_entry
from redactor.model import Action, Proposal, Role
from tests.case_kit import EXEMPTION, OBSERVER, OFFICER, REVIEWER, new_case, open_case

PACK = resource_path("detection", "packs", "example.toml").read_bytes()
NOTE = """Sarah Okoro met John Smith about the blue ledger.
Okoro left. Ref EXS-40213.
After that the blue-ledger was closed.
"""


def read(case: Case, number: int) -> None:
    """Read and search a document here, as a worker would."""
    source = case.source(number)
    case.begin_reading(number)
    lists = case_lists.lists_of(case)
    batches: list[SegmentBatch | FindingBatch] = []

    def take(what: object) -> None:
        if isinstance(what, (SegmentBatch, FindingBatch)):
            batches.append(what)

    reading = jobs.read_document(source, True, lists, report=take)  # noqa: FBT003
    for batch in batches:
        case.keep(number, batch)
    case.finish_reading(number, reading)


def read_all(case: Case) -> None:
    for one in case.documents():
        if one.status == "reading":
            read(case, one.number)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    made = new_case(tmp_path / "case.redactor")
    for name, text in (("a.txt", NOTE), ("b.txt", "Only one ledger, blue\nor red, is here.\n")):
        (tmp_path / name).write_text(text, "utf-8")
        made.add_file(tmp_path / name)
    read_all(made)
    yield made
    assert check_store(made.store) == []
    made.close(backup=False)


def texts(case: Case, proposal: Proposal) -> set[str]:
    return {one.text for one in case.marks() if one.proposal is proposal}


def found(case: Case, text: str) -> Mark:
    return next(one for one in case.marks() if one.text == text)


LEDGER = [new_entry("blue ledger", label="ID", why="a live operation")]
OKORO = [new_entry("Sarah Okoro", label="PERSON", why="the chief officer")]


def test_an_always_entry_marks_every_place_at_once_to_be_decided(case: Case) -> None:
    change = case_lists.add(case, Which.ALWAYS, LEDGER)
    assert sorted(one.text for one in change.made) == [
        "blue ledger",
        "blue-ledger",
    ]
    assert {one.label for one in change.made} == {"ID"}
    assert change.made[0].why == "on the always list of the case: a live operation"
    undecided = {
        block.document: block.count for block in case.blocks() if block.kind == "undecided"
    }
    assert undecided[1] >= 3
    assert change.outdated == (1, 2)
    assert "2 places were marked, to be decided." in change.told


def test_what_the_case_decided_already_is_left_and_said(case: Case) -> None:
    okoro = found(case, "Sarah Okoro")
    case.decide([okoro.id], Action.KEEP, "", "The chief officer.")
    change = case_lists.add(case, Which.ALWAYS, OKORO)
    assert (change.made, change.decided) == ((), 1)
    assert case.standing().decisions[okoro.id].action is Action.KEEP
    assert "1 place was decided before" in change.told


def test_a_never_entry_changes_what_is_proposed_and_takes_nothing_away(case: Case) -> None:
    before = {one.id for one in case.marks()}
    change = case_lists.add(case, Which.NEVER, OKORO)
    assert {one.id for one in case.marks()} == before
    assert texts(case, Proposal.KEEP) == {"Sarah Okoro"}
    assert found(case, "Sarah Okoro").why.startswith("on the never list of the case (found as: ")
    assert [one.text for one in change.proposed] == ["Sarah Okoro"]
    assert case.standing().decisions == {}


def test_a_decided_finding_is_not_proposed_anew(case: Case) -> None:
    okoro = found(case, "Sarah Okoro")
    case.decide([okoro.id], Action.REDACT, EXEMPTION, "A private person.")
    assert case_lists.add(case, Which.NEVER, OKORO).proposed == ()
    assert found(case, "Sarah Okoro").proposal is Proposal.REDACT


def test_a_search_again_finds_what_only_a_search_finds(case: Case) -> None:
    case_lists.add(case, Which.NEVER, OKORO)
    case_lists.add_pack(case, PACK)
    ids = {one.id for one in case.marks()}
    assert case_lists.search_again(case) == (1, 2)
    read_all(case)
    assert case.listed.outdated() == ()
    assert ids <= {one.id for one in case.marks()}
    assert texts(case, Proposal.KEEP) == {"Sarah Okoro", "Okoro"}
    assert case_lists.search_again(case) == ()


def test_a_document_read_with_older_lists_is_named(case: Case, tmp_path: Path) -> None:
    (tmp_path / "c.txt").write_text("Nothing.", "utf-8")
    number = case.add_file(tmp_path / "c.txt")
    assert number == 3
    case.begin_reading(3)
    case_lists.add(case, Which.NEVER, OKORO)
    reading = jobs.read_document(case.source(3), report=lambda _: None)
    case.finish_reading(3, reading)
    assert 3 in case.listed.outdated()


def test_taking_an_entry_off_takes_back_what_it_proposed(case: Case) -> None:
    change = case_lists.add(case, Which.NEVER, OKORO)
    case_lists.search_again(case)
    read_all(case)
    off = case_lists.remove(case, change.ids)
    assert {one.text for one in off.proposed} == {"Sarah Okoro", "Okoro"}
    assert texts(case, Proposal.KEEP) == set()
    assert case_lists.rows(case) == ()


def test_another_change_leaves_parts_of_names_as_they_are_proposed(case: Case) -> None:
    case_lists.add(case, Which.NEVER, OKORO)
    case_lists.search_again(case)
    read_all(case)
    case_lists.add(case, Which.ALWAYS, LEDGER)
    assert {"Sarah Okoro", "Okoro"} <= texts(case, Proposal.KEEP)


def test_findings_of_an_entry_that_is_taken_off_stay_to_be_decided(case: Case) -> None:
    change = case_lists.add(case, Which.ALWAYS, LEDGER)
    case_lists.remove(case, change.ids)
    assert {one.id for one in change.made} <= {one.id for one in case.marks()}


def test_a_text_is_on_one_list_of_the_case_and_once(case: Case) -> None:
    case_lists.add(case, Which.NEVER, OKORO)
    for which in Which:
        with pytest.raises(UsageError, match="on the never list of the case already"):
            case_lists.add(case, which, [new_entry("SARAH OKORO")])
    with pytest.raises(UsageError, match="on no list"):
        case_lists.remove(case, [99])


def site() -> SiteLists:
    made = with_entries(SiteLists("Exampleshire Council"), Which.ALWAYS, LEDGER)
    made = with_entries(made, Which.NEVER, OKORO)
    return with_pack(made, PACK)[0]


def test_adopted_lists_are_a_copy_that_the_log_names_by_seal_and_counts(case: Case) -> None:
    change = case_lists.adopt(case, site())
    body = change.event.body
    seal = case.store.sealer.of_text(site().sha256)
    assert (body["site_seal"], body["always"], body["never"]) == (seal, 1, 1)
    assert site().sha256 not in str(body), "a list of one name could be guessed from it"
    assert body["packs"] == [site().lists.packs[0].mention()]
    assert len(change.made) == 2
    assert change.made[0].why.startswith("on the always list of Exampleshire Council")
    assert found(case, "Sarah Okoro").why.startswith("on the never list of the authority")
    assert words_of(change.event).startswith(
        "Adopted the lists of the authority, 3 entries (Exampleshire numbers 1)"
    )
    with pytest.raises(UsageError, match="adopted before"):
        case_lists.adopt(case, site())


def test_the_case_goes_before_what_it_adopted(case: Case) -> None:
    case_lists.add(case, Which.ALWAYS, OKORO)
    case_lists.adopt(case, site())
    assert found(case, "Sarah Okoro").proposal is Proposal.REDACT


def test_a_pack_is_adopted_once_and_named_in_the_log(case: Case) -> None:
    change = case_lists.add_pack(case, PACK)
    assert words_of(change.event) == "Adopted 1 pack of patterns (Exampleshire numbers 1)"
    with pytest.raises(UsageError, match="adopted this very pack"):
        case_lists.add_pack(case, PACK)


def test_a_suggestion_is_accepted_or_turned_down_by_a_person(case: Case) -> None:
    spans = [one for one in case.segments(1) if "Ref" in one.text]
    assert spans
    ids = [one.id for one in case.marks() if one.text in {"Sarah Okoro"}]
    case.decide(ids, Action.KEEP, "", "The chief officer.")
    assert case_lists.suggestions(case) == ()  # one place is too little
    for number in (1, 2):
        case.decide_term("ledger", Action.KEEP, "", f"An ordinary word ({number}).")
    (one,) = case_lists.suggestions(case)
    assert one.entry.text.casefold() == "ledger"
    assert case_lists.rows(case) == ()
    event = case_lists.dismiss(case, one.key)
    assert words_of(event) == "Turned 1 suggestion down"
    assert case_lists.suggestions(case) == ()
    with pytest.raises(UsageError, match="no such suggestion"):
        case_lists.accept(case, one.key)


def test_an_accepted_suggestion_is_an_entry(case: Case) -> None:
    case.decide_term("ledger", Action.KEEP, "", "An ordinary word.")
    (one,) = case_lists.suggestions(case)
    change = case_lists.accept(case, one.key)
    assert "as suggested" in words_of(change.event)
    assert [row.list for row in case_lists.rows(case)] == ["never"]
    assert case_lists.suggestions(case) == ()


def test_a_change_of_the_lists_is_work_on_the_case(case: Case) -> None:
    case.invite(OBSERVER.fingerprint, OBSERVER.name, Role.OBSERVER)
    case.work_as(OBSERVER)
    with pytest.raises(NotAllowed):
        case_lists.add(case, Which.NEVER, OKORO)
    case.work_as(REVIEWER)
    case_lists.add(case, Which.NEVER, OKORO)
    assert REVIEWER.fingerprint in case.life.preparers
    assert case.life.state is CaseState.OPEN
    case.work_as(OFFICER)


def test_lists_are_there_when_the_case_is_opened_again(tmp_path: Path) -> None:
    made = new_case(tmp_path / "x.redactor")
    case_lists.add(made, Which.NEVER, OKORO)
    case_lists.add_pack(made, PACK)
    lists = case_lists.lists_of(made)
    made.close()
    again = open_case(tmp_path / "x.redactor")
    assert case_lists.lists_of(again) == lists
    again.close()


def test_an_entry_that_is_not_as_it_was_written_is_damage(tmp_path: Path) -> None:
    made = new_case(tmp_path / "x.redactor")
    case_lists.add(made, Which.NEVER, OKORO)
    with made.store.vault.change() as link:
        link.execute("UPDATE list_entries SET payload = '{}'")
    with pytest.raises(DamagedCase, match="A list in"):
        case_lists.rows(made)
    assert [one.kind for one in check_store(made.store)] == ["changed"]
    made.close(backup=False)


def test_no_word_of_a_list_is_in_the_log_or_in_what_is_said_of_it(
    case: Case, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = "Zebedee Brackenthwaite"
    entry = new_entry(secret, why=f"because of {secret}")
    change = case_lists.add(case, Which.ALWAYS, [entry])
    with pytest.raises(UsageError) as twice:
        case_lists.add(case, Which.NEVER, [entry])
    case_lists.adopt(
        case, with_entries(SiteLists("Exampleshire"), Which.NEVER, [new_entry(f"Dr {secret}")])
    )
    case_lists.remove(case, change.ids)
    exported = tmp_path / "log.jsonl"
    write_export(exported, case.store)
    said = [
        exported.read_text("utf-8"),
        str(twice.value),
        repr(change),
        repr(case_lists.rows(case)),
        caplog.text,
        *map(words_of, case.events()),
    ]
    assert not any("brackenthwaite" in one.casefold() for one in said)
    assert b"Brackenthwaite" not in case.path.read_bytes()
    assert sum(one.kind is EventKind.LISTS_CHANGED for one in case.events()) == 3
