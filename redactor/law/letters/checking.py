"""Every check of a letter, in the order in which a person reads what they find."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from redactor.law.letters import beside, figures, hidden_counts, notice, on_law, questions, reasons
from redactor.law.letters.given import Given
from redactor.law.letters.model import WHOLE, CaseFacts, Issue, Kind, Letter

Check = Callable[[Given], Iterator[Issue]]

#: The checks, with what is said of one that did not finish.
CHECKS: tuple[tuple[str, Check], ...] = (
    ("withheld texts", beside.withheld),
    ("superseded law", on_law.superseded),
    ("citations", on_law.citations),
    ("absolute and qualified exemptions", on_law.standing),
    ("the public interest", on_law.public_interest),
    ("the refusal notice", notice.content),
    ("cost and time", notice.cost_and_time),
    ("the notice against the answers", notice.notice_and_answers),
    ("neither confirming nor denying", notice.neither),
    ("the log", notice.log),
    ("the questions", questions.questions),
    ("repeated reasoning", reasons.repetition),
    ("data classes", reasons.data_classes),
    ("legitimate interests", reasons.interests),
    ("brackets", reasons.brackets),
    ("totals", figures.sums),
    ("parts of a number", figures.of_these),
    ("withheld breakdowns", figures.withheld_breakdown),
    ("the released tables", figures.of_tables),
    ("withheld counts", hidden_counts.hidden_counts),
    ("attachments", beside.attached),
    ("file names", beside.names),
    ("hidden content", beside.hidden),
    ("dates", beside.dates),
)


def issues_of(letter: Letter, facts: CaseFacts | None = None) -> tuple[Issue, ...]:
    """Give every slip and contradiction of a letter.

    Args:
        facts: what its case says; None to check the letter by itself.

    Returns:
        Each once, in the order of the checks. A check that runs out of time is an issue itself, and
        so is a letter without a word.
    """
    given = Given(letter, facts)
    found: list[Issue] = []
    if not any(map(str.strip, given.texts)):
        found.append(Issue(Kind.UNREAD, WHOLE, "The letter has no text that can be read."))
    for named, check in CHECKS:
        try:
            found += check(given)
        except TimeoutError:
            found.append(
                Issue(
                    Kind.UNCHECKED,
                    WHOLE,
                    f"The check of {named} ran out of time. Look at it yourself.",
                )
            )
    return tuple(dict.fromkeys(found))
