from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from redactor.law.letters import Kind, checking, issues_of
from redactor.law.letters.expressions import Expression
from tests.corpus import corpus_folder
from tests.unit.law.letters.kit import CLEAN_FOI, CLEAN_SAR, SLIPS, issues, letter, said

#: What is wrong with the response, with a part of what is said of it, and how often.
_WRONG = {
    ("superseded-law", "Data Protection Act 1998 was repealed"): 1,
    ("superseded-law", "Numbered data protection principles"): 1,
    ("superseded-law", "Sensitive personal data is a term"): 1,
    ("citation", "with a capital"): 1,
    ("citation", "how the limb belongs"): 1,
    ("refusal-notice", "internal review"): 1,
    ("refusal-notice", "may complain to the Information Commissioner"): 1,
    ("refusal-notice", "ico.org.uk"): 1,
    ("contradiction", "Exemptions are announced, and one is named"): 1,
    ("question", "no question 1(a)"): 1,
    ("question", "no question 1(b)"): 1,
    ("question", "no question 2(a)"): 1,
    ("question", "no question 2(c)"): 1,
    ("data-class", "special category and criminal offence data at once"): 1,
    ("blanket-statement", "not what it may be"): 1,
    ("blanket-statement", "not the request"): 1,
    ("small-count", "a breakdown is withheld"): 1,
    ("file-name", "attachment says which version"): 1,
}


def _counted(text: str) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for one in issues(text):
        known = [key for key in _WRONG if key[0] == one.kind and key[1] in one.message]
        found.update(known)
    return found


@pytest.mark.parametrize("text", [CLEAN_FOI, CLEAN_SAR], ids=["foi", "sar"])
def test_a_letter_that_is_as_it_should_be_gives_no_issue(text: str) -> None:
    assert [(one.kind, one.message) for one in issues(text)] == []


def test_a_letter_with_the_slips_of_a_real_one_has_all_of_them_reported() -> None:
    assert _counted(SLIPS) == Counter(_WRONG)
    assert len(said(SLIPS, Kind.REPETITION)) == 1
    assert len(said(SLIPS, Kind.BRACKET)) == 1
    assert sum("Write UK GDPR" in one for one in said(SLIPS, Kind.SUPERSEDED)) == 2


def test_the_real_response_has_all_of_its_slips_reported() -> None:
    path = _real_response()
    text = path.read_text("utf-8")
    assert _counted(text) == Counter(_WRONG)
    assert sum("Write UK GDPR" in one for one in said(text, Kind.SUPERSEDED)) == 6
    places = {one.place for one in issues(text) if one.kind is Kind.REPETITION}
    assert {"line:28", "line:37"} <= places
    assert {one.place for one in issues(text) if one.kind is Kind.BRACKET} == {
        "line:31",
        "line:37",
    }


def _real_response() -> Path:
    """Give the published response, which lies beside the corpus; skip where it does not."""
    named = os.environ.get("REDACTOR_CASES")
    folder = Path(named) if named else corpus_folder().parent / "cases"
    found = sorted(folder.glob("*034185.txt"))
    if not found:
        pytest.skip("the published response is not here")
    return found[0]


def test_an_issue_names_the_place_of_its_passage() -> None:
    (one,) = [one for one in issues(SLIPS) if "1998 was repealed" in one.message]
    assert one.place == "line:12"


def test_no_message_repeats_what_a_passage_says() -> None:
    for one in issues(SLIPS):
        assert "07-FOI-24-000417" not in one.message
        assert "colleagues" not in one.message


def test_a_check_that_runs_out_of_time_is_an_issue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("redactor.law.letters.expressions.TIMEOUT_SECONDS", 0.05)
    slow = Expression(r"(?:a|a?)+(?:a|aa)+b$")

    def check(given):
        slow.search("a" * 4000)
        yield from ()

    monkeypatch.setattr(checking, "CHECKS", (("totals", check),))
    (found,) = issues_of(letter(CLEAN_FOI))
    assert found.kind is Kind.UNCHECKED
    assert "totals" in found.message


def test_a_letter_without_a_word_is_not_passed() -> None:
    assert [one.kind for one in issues_of(letter(""))] == [Kind.UNREAD]


def test_a_long_letter_is_checked_without_running_out_of_time() -> None:
    """A letter of two hundred pages is not refused for its length."""
    long = CLEAN_FOI + "\n".join(
        f"Annex {number}. In year {number} the unit wrote {number * 7} pages about matter {number}."
        for number in range(4000)
    )
    assert Kind.UNCHECKED not in {one.kind for one in issues(long)}
