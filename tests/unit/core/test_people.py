"""Who is who among the names of a case."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redactor.errors import UsageError
from redactor.events import Event, EventKind, Mark
from redactor.model import Proposal, Span
from redactor.people import (
    Subject,
    SubjectRole,
    apart_body,
    merge_body,
    people,
    role_body,
    split_body,
    subject_of,
    subjects,
)


def _mark(number: int, text: str, document: int = 1, label: str = "PERSON") -> Mark:
    target = Span("page:1", number * 10, number * 10 + 5)
    return Mark(number, document, target, text, label, 0.9, "r", "", Proposal.REDACT)


def _marks(*texts: str) -> list[Mark]:
    return [_mark(number, text) for number, text in enumerate(texts, start=1)]


def _event(seq: int, kind: EventKind, body: dict[str, Any]) -> Event:
    return Event(seq, "2026-01-05T09:00:00+00:00", "A. Officer", kind, body)


def _merged(seq: int, *marks: int) -> Event:
    return _event(seq, EventKind.PERSONS_MERGED, {"persons": list(marks)})


def _split(seq: int, *marks: int) -> Event:
    return _event(seq, EventKind.PERSON_SPLIT, {"marks": list(marks)})


def _role(seq: int, mark: int, role: str) -> Event:
    return _event(seq, EventKind.PERSON_ROLE, {"person": mark, "role": role})


def _groups(marks: Iterable[Mark], events: Iterable[Event] = ()) -> list[tuple[int, ...]]:
    return [one.marks for one in subjects(marks, events)]


# --- the rule --------------------------------------------------------------------------------


def test_one_name_written_in_several_ways_is_one_person():
    found = subjects(_marks("Dr Sarah Okoro", "OKORO, Sarah", "Sarah Okoro’s", "Sàrah  Okoro"), ())
    assert [one.marks for one in found] == [(1, 2, 3, 4)]


def test_a_surname_or_initials_join_the_one_full_name_they_fit():
    assert _groups(_marks("PC Okoro", "Sarah Okoro", "S. Okoro", "Okoro, S", "Ms Okoro")) == [
        (1, 2, 3, 4, 5)
    ]


def test_two_initials_fit_two_forenames():
    assert _groups(_marks("Sarah Jane Okoro", "SJ Okoro", "S Okoro")) == [(1, 2, 3)]


def test_initials_that_do_not_fit_stay_apart():
    assert _groups(_marks("Sarah Okoro", "T Okoro", "S.J. Okoro")) == [(1,), (2,), (3,)]


def test_a_surname_that_fits_two_full_names_stays_apart():
    assert _groups(_marks("Sarah Okoro", "Tom Okoro", "Okoro", "T. Okoro", "PC Okoro")) == [
        (1,),
        (2, 4),
        (3, 5),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sarah Okoro", "Sara Okoro"),
        ("Sarah Okoro", "Sarah Jane Okoro"),
        ("Sarah J Okoro", "Sarah Jane Okoro"),
        ("Sarah Okoro", "Sarah Jones"),
        ("PC 1234 Okoro", "PC 4321 Okoro"),
        ("Frances Okoro", "Francis Okoro"),
        ("Robert Okoro", "Bob James Okoro"),
    ],
)
def test_different_names_never_join_by_themselves(one, other):
    assert _groups(_marks(one, other)) == [(1,), (2,)]


def test_mr_and_mrs_are_two_people_and_the_bare_surname_is_neither():
    assert _groups(_marks("Mr Okoro", "Mrs Okoro", "Okoro")) == [(1,), (2,), (3,)]


def test_a_full_name_is_not_taken_for_both_mr_and_mrs():
    assert _groups(_marks("Sam Okoro", "Mr Okoro", "Mrs Okoro", "Okoro")) == [
        (1,),
        (2,),
        (3,),
        (4,),
    ]


def test_a_title_chooses_between_two_full_names():
    assert _groups(_marks("Mr Sam Okoro", "Ms Ann Okoro", "Mrs Okoro", "Okoro")) == [
        (1,),
        (2, 3),
        (4,),
    ]


def test_a_name_without_a_title_is_the_one_with_a_title_unless_there_are_two():
    assert _groups(_marks("Sam Okoro", "Mr Sam Okoro")) == [(1, 2)]
    assert _groups(_marks("Sam Okoro", "Mr Sam Okoro", "Ms Sam Okoro")) == [(1,), (2,), (3,)]


def test_marks_in_which_no_name_can_be_read_are_not_taken_for_one_person():
    assert _groups(_marks("", "", "•", "•")) == [(1,), (2,), (3,), (4,)]


def test_only_marks_of_people_count():
    marks = [_mark(1, "Sarah Okoro"), _mark(2, "Sarah Okoro", label="MANUAL")]
    assert _groups(marks) == [(1,)]


def test_a_person_is_named_by_the_fullest_form_and_numbered_by_the_first_mention():
    marks = [
        _mark(3, "Okoro", document=2),
        _mark(5, "OKORO, SARAH", document=4),
        _mark(6, "Sarah Okoro's", document=2),
        _mark(9, "Tom Vale", document=1),
    ]
    first, second = subjects(marks, ())
    assert (first.id, first.name, first.documents) == ("P3", "Sarah Okoro", (2, 4))
    assert (first.marks, first.named_by, first.role) == ((3, 5, 6), 6, None)
    assert second.id == "P9"


def test_a_trace_of_a_person_does_not_hold_the_name():
    (person,) = subjects(_marks("Sarah Okoro"), ())
    assert "koro" not in repr(person).lower()


# --- other ways to write a person ------------------------------------------------------------


@pytest.mark.parametrize(
    "texts",
    [
        ("Robert Birtwistle", "Bob Birtwistle", "Bob"),
        ("Gareth Pryce", "Gaz", "gazza"),
        ("Zofia Maj", "zof", "Zosia"),
        ("Margaret Tolley", "Meg Tolley", "megs"),
        ("Dean Royle", "Deano"),
        ("Kyle Broadbent", "Broady"),
        ("Sarah Jane Okoro", "SJO", "S/O", "S.J.", "SO"),
        ("Tewodros Bekele", "T.B.", "Teddy"),
        ("Tamsin Greenhalgh", "Greenhalgh-Wood", "Ms T Greenhalgh"),
        ("Tamsin (was Greenhalgh-Wood)", "Tamsin Greenhalgh"),
        ("Tamsin Reed (was Greenhalgh-Wood)", "Tamsin Reed", "Ms Greenhalgh-Wood"),
        ("Hannah Okonjo-Reilly", "Hannah Reilly", "HOR"),
        ("Gary Holloway", "gary hollaway"),
        ("Edward Baldock", "Ba1dock", "BAL DOCK, Edward"),
        ("Peter Arkwright", "Peter ARKWRlGHT"),
        ("Jae-Don McKenzie", "J MacKenzie", "Jae-Don"),
        ("Thilini Perera", "t h i l i n i"),
        ('Owain "Tiny" Prosser', "Owain Prosser", "Tiny"),
        ("Khaled Abu Salem", "Abu Salem, Khaled", "Abu Salem"),
        ("Sarah Okoro", "Sarah", "sarah", "OKORO"),
    ],
)
def test_a_person_is_known_in_other_forms_within_a_document(texts):
    assert len(_groups(_marks(*texts))) == 1


def test_a_public_person_is_a_person():
    marks = [_mark(1, "Beryl Hough", label="PUBLIC_PERSON"), _mark(2, "Hough")]
    assert _groups(marks) == [(1, 2)]


def test_a_document_chooses_its_own_person_before_the_case_does():
    marks = [
        _mark(1, "Sarah Okoro", document=1),
        _mark(2, "Okoro", document=1),
        _mark(3, "Sarah", document=1),
        _mark(4, "Tom Okoro", document=2),
        _mark(5, "Okoro", document=2),
        _mark(6, "Okoro", document=3),
        _mark(7, "Tom", document=3),
        _mark(8, "T.O.", document=3),
    ]
    assert _groups(marks) == [(1, 2, 3), (4, 5, 7), (6,), (8,)]


def test_a_forename_or_initials_that_nobody_fits_are_not_the_same_person_in_two_documents():
    marks = [
        _mark(number, text, document=1 + number % 2)
        for number, text in enumerate(("Sarah", "Sarah", "SJ", "SJ", "Okoro", "Okoro"), start=1)
    ]
    assert _groups(marks) == [(1,), (2,), (3,), (4,), (5, 6)]


def test_a_pet_form_of_two_people_is_nobodys():
    assert _groups(_marks("Alexander Vale", "Alexandra Vale", "Lex")) == [(1,), (2,), (3,)]
    assert _groups(_marks("Alex Vale", "Alexander Vale", "Alexandra Vale")) == [(1,), (2,), (3,)]


@pytest.mark.parametrize(
    ("address", "label"),
    [
        ("sarah.okoro@example.org", "EMAIL"),
        ("sokoro@example.org", "EMAIL"),
        ("okoros@example.org", "EMAIL"),
        ("s.okoro2@example.org", "EMAIL"),
        ("sarah.o.1988@example.org", "EMAIL"),
        ("@sarahokoro", "HANDLE"),
        ("okoro_s_88", "HANDLE"),
    ],
)
def test_an_address_is_a_mention_of_the_one_person_it_fits(address, label):
    marks = [_mark(1, "Sarah Okoro"), _mark(2, address, document=2, label=label)]
    assert _groups(marks) == [(1, 2)]
    two = [*marks, _mark(3, "Simon Okoro"), _mark(4, "Sarah O'Neill")]
    two += [_mark(5, "Sara Okoro"), _mark(6, "Sarah Okoros")]
    assert (1, 2) in _groups(two) or all(2 not in held for held in _groups(two))


@pytest.mark.parametrize("address", ["info@example.org", "foi@okoro.example", "hr.casework@x.org"])
def test_a_mailbox_of_nobody_is_no_person(address):
    marks = [_mark(1, "Sarah Okoro"), _mark(2, "Adrian Case"), _mark(3, address, label="EMAIL")]
    assert _groups(marks) == [(1,), (2,)]


def test_an_address_that_fits_two_is_nobodys():
    marks = [_mark(1, "Sarah Okoro"), _mark(2, "Simon Okoro")]
    assert _groups([*marks, _mark(3, "s.okoro@example.org", label="EMAIL")]) == [(1,), (2,)]


def test_a_file_name_that_holds_the_person_is_told():
    marks = [_mark(1, "Sarah Okoro"), _mark(2, "Tom Case")]
    names = {1: "Okoro statement.docx", 2: "case-log.pdf", 3: "case_tom.txt", 4: "sokoro.csv"}
    found = subjects(marks, (), names)
    assert [one.file_names for one in found] == [(1, 4), (3,)]


def test_what_may_be_one_person_is_suggested_and_not_done():
    marks = _marks("Sarah Okoro", "Sara Okoro", "Tom Okoro", "Okoro", "Tom J Okoro")
    found = people(marks, ())
    pairs = {(one.one, one.other) for one in found.suggestions}
    assert {("P4", "P1"), ("P4", "P3")} <= pairs
    assert any(set(pair) == {"P1", "P2"} for pair in pairs)
    assert any(set(pair) == {"P3", "P5"} for pair in pairs)
    assert not any("koro" in one.why.lower() for one in found.suggestions)


def test_who_was_merged_or_told_apart_is_suggested_no_more():
    marks = _marks("Sarah Okoro", "Sara Okoro")
    among = subjects(marks, ())
    apart = _event(1, EventKind.PERSONS_TOLD_APART, apart_body(["P1", "P2"], among))
    assert len(people(marks, ()).suggestions) == 1
    assert people(marks, [apart]).suggestions == ()
    assert people(marks, [_merged(1, 1, 2)]).suggestions == ()
    with pytest.raises(UsageError):
        apart_body(["P1"], among)


# --- by hand ---------------------------------------------------------------------------------


def test_persons_merged_by_hand_are_one_with_all_that_the_rule_joined():
    marks = _marks("Sarah Okoro", "S Okoro", "Sarah Jones", "Jones")
    assert _groups(marks, [_merged(1, 2, 4)]) == [(1, 2, 3, 4)]


def test_a_split_takes_marks_out_of_a_person():
    marks = _marks("Sarah Okoro", "Okoro", "Okoro", "Sarah Okoro")
    assert _groups(marks, [_split(1, 2)]) == [(1, 3, 4), (2,)]


def test_a_later_change_goes_before_an_earlier_one():
    marks = _marks("Sarah Okoro", "Sarah Jones", "Okoro")
    events = [_merged(1, 1, 2), _split(2, 2), _merged(3, 2, 1), _split(4, 3)]
    assert _groups(marks, events[:1]) == [(1, 2, 3)]
    assert _groups(marks, events[:2]) == [(1, 3), (2,)]
    assert _groups(marks, events[:3]) == [(1, 2, 3)]
    assert _groups(marks, events) == [(1, 2), (3,)]
    assert _groups(marks, reversed(events)) == [(1, 2), (3,)]


def test_an_id_stays_good_after_a_merge():
    merged = subjects(_marks("Sarah Okoro", "Sarah Jones"), [_merged(1, 1, 2)])
    assert subject_of("P2", merged) is subject_of("P1", merged)
    assert subject_of("p2", merged).id == "P1"


@pytest.mark.parametrize("wrong", ["P3", "P0", "2", "", "P", "Sarah Okoro", "P1 ", "P٢"])
def test_an_id_that_nobody_has_is_refused_without_repeating_it(wrong):
    with pytest.raises(UsageError) as refused:
        subject_of(wrong, subjects(_marks("Sarah Okoro", "Sarah Jones"), ()))
    assert "Okoro" not in refused.value.user_message


def test_a_role_follows_the_person_and_the_last_word_counts():
    marks = _marks("Sarah Okoro", "Okoro", "Sarah Jones")
    events = [_role(1, 1, "witness"), _role(2, 3, "victim")]
    assert [one.role for one in subjects(marks, events)] == [
        SubjectRole.WITNESS,
        SubjectRole.VICTIM,
    ]
    events.append(_merged(3, 1, 3))
    assert [one.role for one in subjects(marks, events)] == [SubjectRole.VICTIM]
    events.append(_split(4, 3))
    assert [one.role for one in subjects(marks, events)] == [
        SubjectRole.WITNESS,
        SubjectRole.VICTIM,
    ]


def test_events_about_marks_that_are_not_there_change_nothing():
    marks = _marks("Sarah Okoro", "Sarah Jones")
    events = [_merged(1, 1, 77), _split(2, 78), _role(3, 79, "witness"), _merged(4, 77, 78)]
    assert subjects(marks, events) == subjects(marks, ())
    assert subjects([], events) == ()


# --- what comes later ------------------------------------------------------------------------


def _with_merge(marks: Sequence[Mark], *ids: str) -> Event:
    return _event(1, EventKind.PERSONS_MERGED, merge_body(ids, subjects(marks, ())))


def test_a_short_name_merged_by_hand_does_not_bring_in_a_full_name_found_later():
    marks = _marks("Okoro", "Tom Vale")
    merged = _with_merge(marks, "P1", "P2")
    later = [*marks, _mark(3, "Sarah Okoro"), _mark(4, "Okoro")]
    assert _groups(later, [merged]) == [(1, 2, 4), (3,)]


def test_a_merge_holds_the_full_name_when_its_short_form_becomes_doubtful():
    marks = _marks("Okoro", "Sarah Okoro", "Sarah Vale")
    merged = _with_merge(marks, "P1", "P3")
    later = [*marks, _mark(4, "Tom Okoro")]
    assert _groups(later, [merged]) == [(1,), (2, 3), (4,)]


def test_after_a_merge_was_taken_back_later_mentions_go_to_each_of_the_two():
    marks = _marks("Sarah Okoro", "Tom Vale")
    merged = _with_merge(marks, "P1", "P2")
    together = subjects(marks, [merged])
    split = _event(2, EventKind.PERSON_SPLIT, split_body([2], together))
    later = [*marks, _mark(3, "Tom Vale"), _mark(4, "T Vale"), _mark(5, "Mr Tom Vale")]
    later += [_mark(6, "Okoro")]
    assert _groups(later, [merged]) == [(1, 2, 3, 4, 5, 6)]
    assert _groups(later, [merged, split]) == [(1, 6), (2, 3, 4, 5)]


def test_a_mention_found_after_a_split_in_part_stays_with_the_rest():
    marks = _marks("Okoro", "Okoro")
    split = _event(1, EventKind.PERSON_SPLIT, split_body([2], subjects(marks, ())))
    assert _groups([*marks, _mark(3, "Okoro")], [split]) == [(1, 3), (2,)]


# --- the bodies of events --------------------------------------------------------------------


def test_bodies_hold_numbers_and_roles_and_no_names():
    found = subjects(_marks("Okoro", "Sarah Okoro", "Tom Vale"), ())
    assert merge_body(["P3", "P1"], found) == {"persons": [2, 3], "latest": 3}
    assert split_body([1], found) == {"marks": [1], "latest": 3}
    assert role_body("P1", SubjectRole.OFFICIAL, found) == {
        "person": 2,
        "role": "public-official",
    }


@pytest.mark.parametrize("ids", [[], ["P1"], ["P1", "P2"], ["P1", "P9"]])
def test_a_merge_needs_two_persons_of_the_case(ids):
    found = subjects(_marks("Sarah Okoro", "Okoro", "Tom Vale"), ())
    with pytest.raises(UsageError):
        merge_body(ids, found)


@pytest.mark.parametrize("marks", [[], [1, 2], [1, 3], [9], [1, 9]])
def test_a_split_needs_some_but_not_all_mentions_of_one_person(marks):
    found = subjects(_marks("Sarah Okoro", "Okoro", "Tom Vale"), ())
    with pytest.raises(UsageError):
        split_body(marks, found)


# --- properties ------------------------------------------------------------------------------

_WORDS = st.sampled_from(["Sarah", "Tom", "S", "S.J.", "Jane", "Di", ""])
_MENTIONED = {"PERSON", "PUBLIC_PERSON"}
_TITLES = st.sampled_from(["", "", "Mr ", "Mrs ", "PC ", "Dr "])
_SURNAMES = st.sampled_from(["Okoro", "Vale", "O'Brien", "OKORO", "de Vale"])


@st.composite
def _names(draw: st.DrawFn) -> str:
    title, first, last = draw(_TITLES), draw(_WORDS), draw(_SURNAMES)
    if draw(st.booleans()):
        return f"{last}, {title}{first}"
    return f"{title}{first} {last}{draw(st.sampled_from(['', '’s']))}"


_ANY_NAME = st.one_of(_names(), _names(), _names(), st.text(max_size=6))


@st.composite
def _cases(draw: st.DrawFn) -> tuple[list[Mark], list[Event]]:
    texts = draw(st.lists(_ANY_NAME, min_size=1, max_size=14))
    labels = draw(st.lists(st.sampled_from(["PERSON", "PERSON", "PERSON", "ORG"]), min_size=14))
    marks = [
        _mark(number, text, 1 + number % 3, labels[number - 1])
        for number, text in enumerate(texts, start=1)
    ]
    events: list[Event] = []
    for seq in range(1, draw(st.integers(0, 6)) + 1):
        ids = draw(st.lists(st.integers(1, len(texts) + 1), min_size=1, max_size=4))
        change = _split if draw(st.booleans()) else _merged
        events.append(change(seq, *ids))
    return marks, events


def _partition(found: Iterable[Subject]) -> set[frozenset[int]]:
    return {frozenset(one.marks) for one in found}


@given(_cases())
def test_every_mention_belongs_to_exactly_one_person(case):
    marks, events = case
    held = [mark for one in subjects(marks, events) for mark in one.marks]
    assert sorted(held) == [mark.id for mark in marks if mark.label == "PERSON"]


@given(_cases(), st.randoms(use_true_random=False))
def test_the_order_in_which_marks_come_does_not_matter(case, chance: random.Random):
    marks, events = case
    mixed = list(marks)
    chance.shuffle(mixed)
    assert subjects(mixed, events) == subjects(marks, events)


@given(_cases(), st.data())
def test_merge_then_split_of_the_same_marks_gives_them_apart(case, data):
    marks, events = case
    found = subjects(marks, events)
    if len(found) < 2:
        return
    one, other = data.draw(st.permutations(found))[:2]
    merged = _event(50, EventKind.PERSONS_MERGED, merge_body([one.id, other.id], found))
    together = subjects(marks, [*events, merged])
    assert subject_of(one.id, together) == subject_of(other.id, together)
    body = split_body(other.marks, together)
    apart = subjects(marks, [*events, merged, _event(51, EventKind.PERSON_SPLIT, body)])
    assert _partition(apart) == _partition(found)


@given(_cases())
def test_what_was_last_done_by_hand_holds(case):
    marks, events = case
    if not events:
        return
    found = subjects(marks, events)
    people = {mark.id for mark in marks if mark.label == "PERSON"}
    last = events[-1]
    merged = last.kind is EventKind.PERSONS_MERGED
    named = people & set(last.body["persons" if merged else "marks"])
    holders = [one for one in found if named & set(one.marks)]
    assert len(holders) == (1 if named else 0)
    if named and not merged:
        assert set(holders[0].marks) == named


@given(_cases(), st.lists(_ANY_NAME, max_size=6))
def test_an_old_id_finds_its_mention_when_marks_are_added(case, more):
    marks, events = case
    later = [*marks, *(_mark(100 + n, text) for n, text in enumerate(more))]
    now = subjects(later, events)
    for one in subjects(marks, events):
        assert int(one.id[1:]) in subject_of(one.id, now).marks


@given(_cases())
def test_persons_come_in_the_order_of_their_first_mention(case):
    first = [one.marks[0] for one in subjects(*case)]
    assert first == sorted(first)


@given(_cases())
def test_two_different_full_names_join_only_by_hand(case):
    marks, _ = case
    texts = {mark.id: mark.text for mark in marks}
    for one in subjects(marks, ()):
        full = {
            texts[mark].replace("’s", "").lower()
            for mark in one.marks
            if any(word in texts[mark] for word in ("Sarah", "Tom", "Jane", "Di"))
        }
        assert (
            len({name for name in ("sarah", "tom", "jane", "di ") for f in full if name in f}) < 2
        )


def test_twenty_thousand_names_of_one_surname_are_gathered():
    marks = _marks(*(f"Forename{number} Okoro" for number in range(20_000)), "Okoro", "F Okoro")
    found = subjects(marks, ())
    assert len(found) == 20_002
