"""What a case suggests for its lists: only what its decisions bear out, and each only once."""

from __future__ import annotations

from itertools import count

from redactor.events import Mark
from redactor.lists import Lists, Match, Which, new_entry
from redactor.model import Action, Decision, Proposal, Span
from redactor.suggestions import Ground, Suggestion, suggest

_IDS = count(1)


class Decided:
    """Marks and the decisions on them."""

    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self.decisions: dict[int, Decision] = {}

    def add(
        self,
        text: str,
        action: Action,
        *,
        document: int = 1,
        by_hand: bool = False,
        label: str = "PERSON",
        recogniser: str = "name@1",
        reason: str = "Already public.",
    ) -> None:
        number = next(_IDS)
        found_by = "by hand" if by_hand else recogniser
        target = Span(f"line:{number}", 0, len(text))
        label = "MANUAL" if by_hand else label
        self.marks.append(
            Mark(
                number, document, target, text, label, 0.9, found_by, "", Proposal.REDACT, None,
                by_hand,
            )
        )  # fmt: skip
        self.decisions[number] = Decision(action, "", reason, "Morwenna Teague", "", number)

    def suggested(self, lists: Lists = Lists(), dismissed: tuple[str, ...] = ()):  # noqa: B008
        return suggest(self.marks, self.decisions, lists, dismissed)


def kept(times: int, document: int = 1, text: str = "Sarah Okoro") -> Decided:
    case = Decided()
    for _ in range(times):
        case.add(text, Action.KEEP, document=document)
    return case


def only(case: Decided) -> Suggestion:
    (one,) = case.suggested()
    return one


def test_a_text_kept_at_three_places_is_suggested_for_the_never_list() -> None:
    one = only(kept(3))
    assert (one.which, one.ground, one.places, one.documents) == (Which.NEVER, Ground.KEPT, 3, 1)
    assert one.entry.text == "Sarah Okoro"
    assert one.entry.label == "PERSON"
    assert one.words == "kept 3 times in 1 document, never withheld"


def test_twice_in_one_document_is_too_little_and_in_two_is_enough() -> None:
    case = kept(2)
    assert case.suggested() == ()
    case.add("SARAH  OKORO", Action.KEEP, document=2)
    assert only(case).documents == 2


def test_one_redaction_speaks_against_it() -> None:
    case = kept(5)
    case.add("sarah okoro", Action.REDACT)
    assert case.suggested() == ()


def test_a_text_kept_without_a_reason_is_not_suggested() -> None:
    case = kept(3)
    case.add("Sarah Okoro", Action.KEEP, reason=" ")
    assert case.suggested() == ()


def test_what_was_marked_by_hand_twice_is_suggested_for_the_always_list() -> None:
    case = Decided()
    case.add("Operation Teasel", Action.REDACT, by_hand=True)
    assert case.suggested() == ()
    case.add("operation teasel", Action.REDACT, by_hand=True, document=2)
    one = only(case)
    assert (one.which, one.ground, one.places, one.documents) == (Which.ALWAYS, Ground.MARKED, 2, 2)
    assert one.entry.label == "TERM"


def test_what_was_found_and_withheld_teaches_nothing() -> None:
    case = Decided()
    for _ in range(9):
        case.add("Sarah Okoro", Action.REDACT)
    assert case.suggested() == ()


def references(number_kept: int, number_redacted: int = 0) -> Decided:
    case = Decided()
    for at in range(number_kept + number_redacted):
        action = Action.KEEP if at < number_kept else Action.REDACT
        case.add(f"FOI/{at + 1000}", action, label="ID", recogniser="reference@2")
    return case


def test_findings_of_one_shape_that_are_nearly_always_kept_are_suggested() -> None:
    one = only(references(19, 1))
    assert (one.which, one.ground, one.places, one.against) == (Which.NEVER, Ground.SHAPE, 19, 1)
    assert (one.entry.text, one.entry.match) == ("AAA/9999", Match.SHAPE)
    assert (one.entry.recogniser, one.entry.label) == ("reference", "ID")
    assert one.words == "findings of this shape were kept 19 of 20 times"


def test_a_shape_kept_too_seldom_or_decided_too_rarely_is_not() -> None:
    assert references(7).suggested() == ()
    assert references(8, 2).suggested() == ()


def test_names_have_no_shape_that_says_anything() -> None:
    case = Decided()
    for name in (
        "Ann Lee",
        "Bob Ray",
        "Cat May",
        "Dan Fox",
        "Eve Fry",
        "Flo Day",
        "Gus Poe",
        "Hal Orr",
    ):
        case.add(name, Action.KEEP)
    assert case.suggested() == ()


def test_what_is_listed_or_was_turned_down_is_not_suggested_again() -> None:
    case = kept(3)
    entry = new_entry("sarah okoro")
    assert case.suggested(Lists(never=(entry,))) == ()
    assert case.suggested(Lists(always=(entry,))) == ()
    assert case.suggested(dismissed=(only(case).key,)) == ()


def test_a_text_that_can_be_no_entry_is_passed_over() -> None:
    assert kept(4, text="x" * 300).suggested() == ()
    assert kept(4, text="x").suggested() == ()


def test_the_best_founded_comes_first_and_the_order_is_always_the_same() -> None:
    case = kept(3)
    for _ in range(5):
        case.add("Idris Vaughan", Action.KEEP)
    assert [one.places for one in case.suggested()] == [5, 3]
    case.marks.reverse()
    assert [one.places for one in case.suggested()] == [5, 3]


def test_a_suggestion_shows_nothing_of_the_text_in_a_log() -> None:
    one = only(kept(3))
    assert "Okoro" not in repr(one) + one.words + one.key
