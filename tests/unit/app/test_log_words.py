"""Every event of a log has a sentence, and what became of it later is known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from redactor.app.log_story import Story
from redactor.app.log_words import GROUPS, Group, said_by_people, words_of
from redactor.case.bodies import fault_of
from redactor.events import Event, EventKind
from tests.log_events import NAMES, OFFICER, PEOPLE, PLACES, REVIEWER, Log, whole_life


def told(events: list[Event]) -> Story:
    story = Story(NAMES, PLACES)
    for event in events:
        story.add(event)
    return story


@pytest.fixture(scope="module")
def life() -> Story:
    return told(whole_life().events)


def of_kind(story: Story, kind: EventKind) -> list:
    return [one for one in story.entries if one.event.kind is kind]


@pytest.mark.parametrize("kind", list(EventKind))
def test_every_kind_of_event_has_a_sentence_of_its_own_and_a_group(kind, life):
    entries = of_kind(life, kind)
    assert entries
    for entry in entries:
        assert fault_of(entry.event) == ""
        assert entry.words[0].isupper()
        assert entry.words[-1] not in ".: "
        assert "{" not in entry.words
        assert "not complete" not in entry.words
    assert GROUPS[kind] in Group


@pytest.mark.parametrize("kind", list(EventKind))
def test_an_event_of_any_kind_that_says_nothing_is_named_and_breaks_nothing(kind):
    event = Event(1, "", PEOPLE[OFFICER], kind, {}, OFFICER)
    words = words_of(event)
    assert words.startswith(str(kind).replace("-", " ").capitalize())
    assert words.endswith("what the event says of it is not complete")
    entry = told([event]).entries[0]
    assert entry.documents == ()


def test_what_people_wrote_is_in_no_sentence():
    for event in whole_life().events:
        for said in said_by_people(event):
            assert said not in words_of(event, NAMES)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (EventKind.CASE_CREATED, "Began the case FOI 2026/0417 under the Freedom of Information"),
        (EventKind.PERSON_INVITED, "Introduced Agnes Pell to the case as an officer"),
        (EventKind.LOCK_TAKEN, "Took the case over from Morwenna Teague, who had not closed it"),
        (EventKind.DOCUMENT_READ, "Read document 1 to its end; 1 part could not be read"),
        (EventKind.DECIDED, "Decided: redact 3 places under s40(2) by s40(3A)(a)"),
        (EventKind.RULED, "Ruled on word/footnotes.xml in document 1: left out"),
        (EventKind.PERSON_ROLE, "Said what the person of finding 4 is in the matter: public offic"),
        (EventKind.LISTS_CHANGED, "Put 1 entry on the always list, which marked 1 place to be dec"),
        (EventKind.RELEASE_FAILED, "A candidate failed a check: Nothing withheld is in any file"),
        (
            EventKind.DOCUMENT_READ_AS,
            "Had document 3 read as Windows-1252 with fields told apart by semicolon",
        ),
        (EventKind.APPROVED, "Approved the candidate submitted in event 46"),
        (EventKind.RELEASED, "Released what was approved in event 47"),
    ],
)
def test_sentences_say_what_happened(kind, words, life):
    assert of_kind(life, kind)[0].words.startswith(words)


def test_a_document_goes_by_its_name_where_that_is_known():
    ruled = Log().rule()
    named = "Ruled on word/footnotes.xml in document 1 (response-letter.docx): left out"
    assert words_of(ruled, NAMES) == named
    whole = replace(ruled, body={**ruled.body, "part": "", "ruling": "release-as-seen"})
    assert words_of(whole) == "Ruled on document 1: looked at, and released as it is"
    page = replace(ruled, body={**ruled.body, "part": "page:3/image:1"})
    assert words_of(page) == "Ruled on page 3, image 1 in document 1: left out"


def test_a_decision_for_a_person_says_so_and_so_does_what_follows_it():
    log = Log()
    named = log.decide(4, 5, action="keep", person=4, later=True)
    assert words_of(named) == (
        "Decided: keep 2 places: all mentions of the person of finding 4, and any that are found "
        "later"
    )
    followed = log.decide(12, action="keep", follows=named.seq)
    assert words_of(followed) == (
        f"Decided: keep 1 place, as event {named.seq} says for their person"
    )
    spoilt = log.decide(12, person="Sarah Okoro")
    assert "not complete" in words_of(spoilt)


def test_ones_own_case_is_opened_again_and_not_taken_over():
    log = Log()
    body = {"from": PEOPLE[OFFICER], "host": "WS", "since": "", "reason": "It ended."}
    assert "taken" not in words_of(log.add(OFFICER, EventKind.LOCK_TAKEN, **body)).casefold()


def test_an_undo_says_what_it_undid_and_that_is_known_to_be_undone():
    log = Log()
    decided = log.decide(1, 11)
    undone = log.add(OFFICER, EventKind.UNDONE, event=decided.seq)
    story = told(log.events)
    entry = story.entry(undone.seq)
    assert entry.words == "Undid event 2 – decided: redact 2 places under s40(2) by s40(3A)(a)"
    assert entry.documents == (1, 2)
    assert story.fates[decided.seq].how == "undone"
    assert story.fates[decided.seq].by == undone.seq
    story.add(log.add(OFFICER, EventKind.REDONE, event=decided.seq))
    assert decided.seq not in story.fates


def test_the_undo_of_a_ruling_stands_with_the_rulings(life):
    ruled = of_kind(life, EventKind.RULED)[0]
    undone = next(
        one for one in of_kind(life, EventKind.UNDONE) if one.event.body["event"] == ruled.event.seq
    )
    assert undone.group is Group.RULINGS


def test_a_change_takes_the_submission_and_the_approval_away():
    log = Log()
    log.invite()
    submitted = log.submit()
    approved = log.approve(submitted)
    change = log.decide(1)
    story = told(log.events)
    entry = story.entry(change.seq)
    assert entry.voids is not None
    assert (entry.voids.what, entry.voids.event) == ("approval", approved)
    gone = {submitted.seq, approved.seq, approved.seq + 1}
    assert {seq for seq, fate in story.fates.items() if fate.how == "taken away"} == gone
    assert {fate.by for fate in story.fates.values()} == {change.seq}


def test_a_return_ends_the_submission_and_is_no_change():
    log = Log()
    log.invite()
    submitted = log.submit()
    returned = log.add(REVIEWER, EventKind.RETURNED, reason="Look again.")
    story = told(log.events)
    assert story.entry(returned.seq).voids is None
    assert (story.fates[submitted.seq].how, story.fates[submitted.seq].by) == (
        "returned",
        returned.seq,
    )


def test_what_was_not_allowed_counts_for_nothing_and_takes_nothing_away():
    log = Log()
    log.invite()
    submitted = log.submit()
    log.add(OFFICER, EventKind.RETURNED, reason="An officer returns nothing.")
    story = told(log.events)
    assert story.entries[-1].objection.startswith("Only a reviewer may do this")
    assert submitted.seq not in story.fates


def test_an_undo_that_was_not_allowed_undoes_nothing():
    log = Log()
    decided = log.decide(1)
    log.add(REVIEWER, EventKind.UNDONE, event=decided.seq)  # nobody introduced the reviewer
    story = told(log.events)
    assert story.entries[-1].objection
    assert decided.seq not in story.fates
