"""Policy and guidance speak of nobody, and are left in peace."""

from __future__ import annotations

from redactor.detect import ScanOptions, scan
from redactor.detect.somebody import speaks_of_nobody
from redactor.lists import Lists, new_entry
from redactor.model import Document, FieldPlace, Finding, LinePlace, Segment

POLICY = """1. Purpose
1.1 This policy sets out what staff must report. A conviction or caution for assault, theft or
drug dealing must be declared within two days, and so must a second job.
1.2 Anyone who is pregnant, disabled or on long-term sickness absence may report by telephone.
2. What will happen
2.1 Failing to declare may be gross misconduct. The outcome will be no action, a written warning
or dismissal without notice. Records about trade union membership, religious belief and sexual
orientation are special category data and are kept for six years, then shredded.
2.2 Examples: a member of staff convicted of fraud; a driver who was arrested for affray."""
CASE = POLICY.replace("a driver", "PC Hannah Law, born 19.03.95,").replace(
    "Anyone who", "She told me that her brother, Owen Law, who"
)


def lines(text: str) -> Document:
    return Document(
        "0" * 64, "txt", tuple(Segment(LinePlace(n), t) for n, t in enumerate(text.split("\n")))
    )


def findings(document: Document, **options: object) -> list[Finding]:
    return [
        one
        for batch in scan(document, ScanOptions(**options))  # type: ignore[arg-type]
        for one in batch.findings
    ]


def test_a_policy_speaks_of_nobody_and_a_case_of_somebody() -> None:
    assert speaks_of_nobody(lines(POLICY).segments)
    assert not speaks_of_nobody(lines(CASE).segments)


def test_a_policy_gives_no_offence_outcome_or_special_category() -> None:
    found = findings(lines(POLICY))
    assert [one.label for one in found if one.label[:3] in ("OFF", "OUT", "SC_", "ROL")] == []


def test_the_same_words_count_where_somebody_is_spoken_of() -> None:
    labels = {one.label for one in findings(lines(CASE))}
    assert {"PERSON", "OFFENCE", "SC_HEALTH"} <= labels


def test_rows_of_a_table_are_never_taken_to_speak_of_nobody() -> None:
    cells = tuple(
        Segment(FieldPlace(row, column), value)
        for row in range(40)
        for column, value in enumerate(("assault", "dismissed", "no further action"))
    )
    assert not speaks_of_nobody(cells)


def test_a_few_words_are_not_enough_to_judge_by() -> None:
    assert not speaks_of_nobody(lines("convicted of theft").segments)


def test_what_a_list_asks_for_is_found_in_a_policy_too() -> None:
    lists = Lists((new_entry("drug dealing", label="OFFENCE", why="asked for"),))
    assert [one.text for one in findings(lines(POLICY), lists=lists) if one.label == "OFFENCE"] == [
        "drug dealing"
    ]
