"""The scan of a whole document."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redactor.detect import Batch, ScanOptions, scan, scanner
from redactor.detect.rules import Rule, RuleRecogniser
from redactor.model import (
    CellPlace,
    Document,
    FieldPlace,
    Finding,
    HiddenKind,
    LinePlace,
    PagePlace,
    PartPlace,
    Place,
    Proposal,
    Segment,
)

ROOT = Path(__file__).resolve().parents[3]


def document(*segments: Segment) -> Document:
    return Document("0" * 64, "txt", segments)


def lines(text: str) -> Document:
    return document(*(Segment(LinePlace(n), one) for n, one in enumerate(text.split("\n"))))


def cells(rows: list[list[str]], place: type = CellPlace) -> Document:
    made: list[Segment] = []
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            at: Place = CellPlace("Sheet1", r, c) if place is CellPlace else FieldPlace(r, c)
            made.append(Segment(at, value))
    return document(*made)


def findings(given_document: Document, **options: object) -> list[Finding]:
    """Give what the rules find; ``test_trained.py`` is about what was learnt."""
    options.setdefault("model", False)
    found: list[Finding] = []
    for batch in scan(given_document, ScanOptions(**options)):  # type: ignore[arg-type]
        found.extend(batch.findings)
    return found


def texts(given_document: Document, label: str) -> list[str]:
    return [one.text for one in findings(given_document) if one.label == label]


def test_a_finding_says_where_what_and_why() -> None:
    (one,) = [f for f in findings(lines("Ring Sarah Okoro\non 07700 900058")) if f.label == "PHONE"]
    assert one.place == LinePlace(1)
    assert (one.start, one.end, one.text) == (3, 15, "07700 900058")
    assert one.recogniser == "telephone@1"
    assert one.why
    assert one.proposal is Proposal.REDACT


def test_an_foi_reference_is_found_and_proposed_to_be_kept() -> None:
    (one,) = [f for f in findings(lines("Our ref: 01/FOI/25/042395/X")) if f.label == "ID"]
    assert one.text == "01/FOI/25/042395/X"
    assert one.proposal is Proposal.KEEP


def test_an_offence_classification_code_is_proposed_to_be_kept() -> None:
    found = [
        f for f in findings(lines("He was charged; HO code 008/62 applies")) if f.label == "ID"
    ]
    assert [(f.text, f.proposal) for f in found] == [("008/62", Proposal.KEEP)]


def test_a_crime_reference_is_never_proposed_to_be_kept() -> None:
    found = [f for f in findings(lines("crime reference 2345678/23")) if f.label == "ID"]
    assert [f.proposal for f in found] == [Proposal.REDACT]


def test_a_mistyped_nhs_number_is_still_found_with_a_lower_score() -> None:
    right, wrong = (
        next(f for f in findings(lines(f"NHS {number} seen")) if f.label == "ID")
        for number in ("999 320 2215", "999 320 2216")
    )
    assert wrong.text == "999 320 2216"
    assert wrong.score < right.score


def test_a_surname_alone_is_found_after_the_full_name_whatever_its_capitals() -> None:
    found = texts(
        lines(
            "Mr Dermot Prudhoe-Vance came.\n"
            + "x\n" * 50
            + "PRUDHOE-VANCE left. Then prudhoe-vance."
        ),
        "PERSON",
    )
    assert "PRUDHOE-VANCE" in found
    assert "prudhoe-vance" in found


def test_a_surname_that_is_a_word_is_found_in_the_capitals_it_was_written_in() -> None:
    found = texts(
        lines("Interview of Kyle HAND\nHAND introduces all.\nThe hand was cut."), "PERSON"
    )
    assert found == ["Kyle HAND", "HAND"]


def test_initials_are_found_where_the_document_brackets_them() -> None:
    found = texts(lines("Present: Nia Varley (NV)\nNV will write."), "PERSON")
    assert found.count("NV") == 2


def test_a_name_across_a_page_is_given_with_offsets_into_the_page() -> None:
    page = "Filler words here.\n" * 400 + "Signed by Priyanka Venkataraman today."
    (one,) = [f for f in findings(document(Segment(PagePlace(0), page))) if f.label == "PERSON"]
    assert page[one.start : one.end] == one.text == "Priyanka Venkataraman"


def test_cells_take_their_meaning_from_the_heading_of_their_column() -> None:
    rows = [
        ["Surname", "Ward", "Religion", "Collar number"],
        ["Law", "Yate", "Pagan", "2119"],
        ["Case", "Yate", "none", "881"],
    ]
    for place in (CellPlace, FieldPlace):
        found = {(f.label, f.text) for f in findings(cells(rows, place))}
        assert {
            ("PERSON", "Law"),
            ("PERSON", "Case"),
            ("PLACE", "Yate"),
            ("SC_RELIGION", "Pagan"),
            ("ID", "2119"),
            ("ID", "881"),
        } <= found
        assert ("SC_RELIGION", "none") not in found


def test_equal_cells_are_each_found() -> None:
    rows = [["Surname", "Forename"], *[["Quillfeather", "Jo"]] * 7]
    found = [f for f in findings(cells(rows)) if f.text == "Quillfeather"]
    assert len({f.place for f in found}) == 7


def test_no_finding_crosses_from_one_cell_into_the_next() -> None:
    rows = [["Notes", "More"], ["Sarah", "x"], ["Okoro", "y"], ["07700", "z"], ["900058", "w"]]
    for one in findings(cells(rows)):
        assert one.text in {"Sarah", "Okoro"}


def test_a_find_over_two_lines_is_given_as_one_for_each() -> None:
    found = [
        f
        for f in findings(lines("He wrote to us from his home in Ely CB7\n4AA last week."))
        if f.label == "POSTCODE"
    ]
    assert [(f.place, f.text) for f in found] == [(LinePlace(0), "CB7"), (LinePlace(1), "4AA")]


def test_hidden_content_is_scanned_too() -> None:
    hidden = Segment(PartPlace("comments", 0), "Ask Sarah Okoro", HiddenKind.COMMENT)
    assert [f.text for f in findings(document(hidden))] == ["Sarah Okoro"]


def test_findings_of_a_segment_never_overlap_and_hold_their_own_text() -> None:
    text = (
        "PC 4471 Hannah LAW, b. 19.03.95, of 14 Mill Lane, York YO1 7HH is the only female "
        "sergeant at York."
    )
    found = findings(lines(text))
    for one, other in pairwise(found):
        assert one.end <= other.start
    assert all(text[f.start : f.end] == f.text for f in found)


def test_the_same_document_gives_the_same_findings() -> None:
    given_document = lines(
        "Mr Amin met DC 2086 Case at Leeds on 3 May 2023.\nAmin is a Muslim.\nCase was dismissed."
    )
    assert findings(given_document) == findings(given_document)


def test_policy_text_and_tables_of_counts_give_no_offences_or_outcomes() -> None:
    text = (
        "Officers must declare any conviction or caution for assault or theft.\n"
        "Sexual assault                  3         1         4\n"
        "Final written warning           5         1         0"
    )
    assert {f.label for f in findings(lines(text))} & {"OFFENCE", "OUTCOME"} == set()


def test_without_names_numbers_are_found_and_names_are_not() -> None:
    found = findings(lines("Sarah Okoro 07700 900058"), names=False)
    assert [f.label for f in found] == ["PHONE"]


def test_a_threshold_leaves_out_what_is_less_sure() -> None:
    given_document = lines("Ring Sarah Okoro about the Zanthorpe thing.")
    assert all(f.score >= 0.6 for f in findings(given_document, threshold=0.6))
    assert len(findings(given_document)) > len(findings(given_document, threshold=0.6))


def test_batches_come_in_reading_order_and_count_to_the_end() -> None:
    given_document = document(
        *(Segment(PagePlace(n), "Ring Sarah Okoro. " * 400) for n in range(12))
    )
    batches: list[Batch] = list(scan(given_document))
    assert len(batches) > 2
    assert [b.done for b in batches] == sorted(b.done for b in batches)
    assert (batches[-1].done, batches[-1].total) == (12, 12)
    pages = [f.place.page for f in batches[0].findings if isinstance(f.place, PagePlace)]
    assert pages == sorted(pages)


def test_an_empty_document_ends_at_once() -> None:
    (first, last) = list(scan(document()))
    assert (first.findings, last.findings, last.done, last.total) == ((), (), 0, 0)


class Slow(RuleRecogniser):
    NAME = "slow"
    LABELS = ("ID",)
    RULES = (Rule("ID", r"(?:a+)+(?:a+)+(?:a+)+b", 0.9, "a bad pattern", needs=""),)


def test_a_pattern_that_runs_out_of_time_leaves_the_scan_incomplete(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("redactor.detect.rules.TIMEOUT_SECONDS", 0.05)
    slow = scanner.Detector(names=False, model=False)
    slow.recognisers = (*slow.recognisers, Slow())
    slow.engine = scanner.build_engine(slow.recognisers)
    monkeypatch.setattr(scanner, "detector", lambda **_: slow)
    batches = list(scan(lines("a" * 3000 + "\nring 07700 900058")))
    (incomplete,) = [one for batch in batches for one in batch.incomplete]
    assert incomplete.place == "line:1"
    assert "slow" in incomplete.why
    assert [f.label for batch in batches for f in batch.findings] == ["PHONE"]


def test_a_scan_logs_nothing(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    findings(lines("Sarah Okoro of 14 Mill Lane, s.okoro@mail.local, 07700 900058"))
    for word in ("Okoro", "okoro", "Mill", "07700"):
        assert word not in caplog.text


ODD_SPACES = st.sampled_from([" ", "\u00a0", "\u2009", "\u202f", " \u200b", "\u00ad "])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ODD_SPACES, min_size=5, max_size=5), st.sampled_from(["'", "\u2019", "\u02bc"]))
def test_a_name_is_found_at_exact_offsets_whatever_spaces_and_quotes_it_is_written_with(
    spaces: list[str], quote: str
) -> None:
    text = "Seen{}by{}Caoimhe{}O{}Brien{}and cafe\u0301{}owner".format(
        *spaces[:3], quote, *spaces[3:]
    )
    (name,) = [f for f in findings(lines(text)) if f.label == "PERSON"]
    assert text[name.start : name.end] == name.text
    assert name.text.startswith("Caoimhe")
    assert name.text.endswith("Brien")


OFFLINE = """
import socket, sys
def refuse(*a, **k): raise SystemExit("the network was asked for")
socket.socket.connect = refuse
socket.socket.connect_ex = refuse
socket.getaddrinfo = refuse
socket.create_connection = refuse
from redactor.detect import scan
from redactor.model import Document, Segment, LinePlace
text = "Mail sarah.okoro@force.police.uk or a@b.local, see https://example.org, IP 203.0.113.87"
given = Document("0"*64, "txt", (Segment(LinePlace(0), text),))
found = [f.label for b in scan(given) for f in b.findings]
assert found.count("EMAIL") >= 2, found
import os
print(sorted(os.listdir(os.environ["HOME"])))
"""


def test_a_scan_asks_for_no_network_and_leaves_nothing_in_the_home_folder(tmp_path: Path) -> None:
    home = {
        name: str(tmp_path) for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_CACHE_HOME")
    }
    done = subprocess.run(
        [sys.executable, "-c", OFFLINE],
        cwd=ROOT,
        env={**os.environ, **home},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = (
        "import sys, redactor.detect; redactor.detect.RECOGNISERS;"
        "print(sorted({'spacy', 'presidio_analyzer', 'regex', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.strip() == "[]"
