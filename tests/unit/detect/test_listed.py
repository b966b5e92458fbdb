"""Lists and packs in a scan: they propose, say why, and make nothing go away."""

from __future__ import annotations

import pytest

from redactor.detect import ScanOptions, scan
from redactor.detect.packs import load_pack
from redactor.lists import Entry, Lists, Match, new_entry, shape_of
from redactor.model import (
    CellPlace,
    Document,
    Finding,
    Incomplete,
    LinePlace,
    PagePlace,
    Proposal,
    Segment,
)

PACK = b"""
name = "Staff numbers"
version = "3"
source = "invented"
[[rule]]
label = "ID"
pattern = 'EXS\\d{5}'
why = "a staff number"
context = ["staff no"]
positives = [{ text = "staff no EXS12345", found = "EXS12345" }]
negatives = ["EXS12345 alone"]
"""


def lines(*texts: str) -> Document:
    return Document("0" * 64, "txt", tuple(Segment(LinePlace(n), t) for n, t in enumerate(texts)))


def search(document: Document, lists: Lists) -> tuple[list[Finding], list[Incomplete]]:
    batches = list(scan(document, ScanOptions(lists=lists, model=False)))
    findings = [one for batch in batches for one in batch.findings]
    return findings, [one for batch in batches for one in batch.incomplete]


def found(document: Document, lists: Lists) -> dict[str, Finding]:
    return {one.text: one for one in search(document, lists)[0]}


def never(*texts: str) -> Lists:
    return Lists(never=tuple(new_entry(text, why="in the public domain") for text in texts))


def test_an_always_entry_is_a_finding_that_says_whose_list_it_is_on() -> None:
    lists = Lists((new_entry("Operation Teasel", label="ID", why="still under way"),))
    one = found(lines("We spoke about operation-teasel and left."), lists)["operation-teasel"]
    assert (one.label, one.score, one.proposal) == ("ID", 0.95, Proposal.REDACT)
    assert one.why == "on the always list of the case: still under way"


def test_an_always_entry_is_found_across_the_end_of_a_line_of_a_page() -> None:
    page = Document("0" * 64, "pdf", (Segment(PagePlace(0), "It is Operation\nTeasel again."),))
    assert "Operation\nTeasel" in found(page, Lists((new_entry("Operation Teasel"),)))


def test_an_always_entry_is_found_in_a_scan_though_letters_were_misread() -> None:
    read = "It is 0peration\nTeasel again."
    lists = Lists((new_entry("Operation Teasel"),))
    scanned = Document("0" * 64, "pdf", (Segment(PagePlace(0), read, read_from=0),))
    one = found(scanned, lists)["0peration\nTeasel"]
    assert one.score == 0.75
    assert one.why == "on the always list of the case (letters may have been misread)"
    typed = Document("0" * 64, "pdf", (Segment(PagePlace(0), read),))
    assert "0peration\nTeasel" not in found(typed, lists)


def test_an_always_entry_is_found_in_cells_whose_heading_says_all() -> None:
    cells = [("Surname", "Count"), ("Quill", "42"), ("Pell", "43")]
    segments = tuple(
        Segment(CellPlace("S", row, column), text)
        for row, line in enumerate(cells)
        for column, text in enumerate(line)
    )
    here = found(Document("0" * 64, "xlsx", segments), Lists((new_entry("42"), new_entry("Quill"))))
    assert here["42"].recogniser == "always-list@1"
    assert "43" not in here
    assert here["Quill"].proposal is Proposal.REDACT


def test_what_overlaps_an_always_entry_stays_covered() -> None:
    text = "Write to Sarah Okoro Trust today."
    findings, _ = search(lines(text), Lists((new_entry("Okoro Trust", label="HANDLE"),)))
    covered = {at for one in findings for at in range(one.start, one.end)}
    assert set(range(text.index("Sarah"), text.index("Sarah") + 17)) - {14} <= covered | {14}
    assert "Okoro Trust" in {one.text for one in findings}


def test_a_never_entry_keeps_the_finding_and_proposes_to_keep() -> None:
    document = lines("Sarah Okoro signed it.", "John Smith left.")
    plain = found(document, Lists())
    here = found(document, never("sarah okoro"))
    assert here.keys() == plain.keys()
    assert here["Sarah Okoro"].proposal is Proposal.KEEP
    assert here["Sarah Okoro"].why.startswith("on the never list of the case: in the public domain")
    assert here["John Smith"].proposal is Proposal.REDACT


def test_of_a_longer_finding_only_a_part_is_on_the_list() -> None:
    assert found(lines("Dr Sarah Okoro left."), never("Sarah"))["Sarah Okoro"].proposal is (
        Proposal.REDACT
    )


def test_parts_of_a_name_on_the_never_list_follow_it() -> None:
    document = lines("Sarah Okoro signed it.", "Later Okoro left.", "Ms Okoro came back.")
    findings, _ = search(document, never("Sarah Okoro"))
    names = [one for one in findings if "Okoro" in one.text]
    assert len(names) == 3
    assert all(one.proposal is Proposal.KEEP for one in names)


def test_a_surname_that_somebody_else_bears_does_not_follow() -> None:
    document = lines("Sarah Okoro signed it.", "Later Okoro left.", "Grace Okoro is a witness.")
    findings, _ = search(document, never("Sarah Okoro"))
    proposals = {one.text: one.proposal for one in findings}
    assert proposals["Okoro"] is Proposal.REDACT
    assert proposals["Grace Okoro"] is Proposal.REDACT


def test_what_is_on_both_lists_is_proposed_to_be_withheld() -> None:
    entry = new_entry("Sarah Okoro", label="PERSON")
    one = found(lines("Sarah Okoro signed it."), Lists((entry,), (entry,)))["Sarah Okoro"]
    assert one.proposal is Proposal.REDACT


def test_a_shape_on_the_never_list_keeps_what_that_recogniser_finds() -> None:
    text = "Call 01632 960123 or 01632 960124."
    phone = found(lines(text), Lists())["01632 960123"]
    shape = Entry(
        shape_of(phone.text),
        phone.label,
        Match.SHAPE,
        recogniser=phone.recogniser.rpartition("@")[0],
    )
    here = found(lines(text), Lists(never=(shape,)))
    assert here["01632 960123"].proposal is Proposal.KEEP
    assert here["01632 960124"].proposal is Proposal.KEEP


def test_a_pack_finds_what_it_says_where_its_words_stand() -> None:
    lists = Lists(packs=(load_pack(PACK),))
    far = "The second one, of which nobody knows whose it ever was, is EXS99999 by itself."
    here = found(lines("Her staff no EXS12345.", far), lists)
    assert here["EXS12345"].why == "a staff number (pack Staff numbers 3)"
    assert here["EXS12345"].recogniser == "pack: Staff numbers@3"
    assert "EXS99999" not in here or not here["EXS99999"].recogniser.startswith("pack")


def test_the_heading_of_a_column_is_context_for_a_pack() -> None:
    cells = [("Name", "Staff no"), ("Quill", "EXS12345"), ("Pell", "EXS12346")]
    segments = tuple(
        Segment(CellPlace("S", row, column), text)
        for row, line in enumerate(cells)
        for column, text in enumerate(line)
    )
    here = found(Document("0" * 64, "xlsx", segments), Lists(packs=(load_pack(PACK),)))
    assert {"EXS12345", "EXS12346"} <= here.keys()


def test_a_pattern_that_runs_out_of_time_is_incomplete(monkeypatch: pytest.MonkeyPatch) -> None:
    from redactor.detect import rules
    from redactor.lists import Pack, PackRule

    rule = PackRule("ID", r"(?:a|aa)+b", "slow", 0.9)
    pack = Pack("Slow", "1", "invented", (rule,), "", "0" * 64)
    monkeypatch.setattr(rules, "TIMEOUT_SECONDS", 0.2)
    _, incomplete = search(lines("a" * 4000), Lists(packs=(pack,)))
    assert ["pack: Slow: rule 1" in one.why for one in incomplete] == [True]


def test_equal_lists_give_equal_findings() -> None:
    lists = never("Sarah Okoro")
    document = lines("Sarah Okoro signed it.", "Later Okoro left.")
    assert search(document, lists) == search(document, never("Sarah Okoro"))
