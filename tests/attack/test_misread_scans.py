"""A name on a scan that the engine does not read as it is written. Everybody is invented.

What is printed here is what an engine reads in poor print: an m for rn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from redactor.app.proving import original_of, searched_for
from redactor.formats.pdf import Pdf
from redactor.jobs import FileSource, RebuildOrder, rebuild_document
from redactor.model import Area, PageChanges, quiet
from redactor.release.plan import withheld_texts
from redactor.release.verify import Against, VerificationReport, Withheld, verify_file
from tests.unit.formats.pdf_scans import print_lines, scan

_PRINTED = ("Seen by Bemard of this office on the", "second floor, who agreed with all of it.")
_NAME = "Bernard"
_ALIKE = "letters taken for others"


def printed(*lines: str) -> bytes:
    return scan(lambda page: print_lines(page, lines or _PRINTED))


def withheld(*names: str) -> Withheld:
    every = tuple(one.term for one in withheld_texts((), terms=names))
    return Withheld(every, misread=every)


def alarms(report: VerificationReport) -> Sequence[str]:
    return [leak.where for leak in report.leaks if leak.engine.endswith(_ALIKE)]


def test_a_listed_name_goes_from_a_scan_though_it_was_misread(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(printed())
    order = RebuildOrder(
        FileSource(path),
        "same",
        (),
        withheld_texts((), terms=(_NAME,)),
        spread=True,
        spread_label="s40(2)",
        leave_out_unread=True,
    )
    answer = rebuild_document(order, report=quiet)
    assert answer.removed == 1
    (page,) = (one for one in Pdf().read(answer.files[0].data).segments if one.hidden is None)
    assert "Bemard" not in page.text
    assert "agreed" in page.text
    original = original_of(order, answer)
    assert original is not None
    searched = searched_for(order.withheld, answer)
    data = answer.files[0].data
    assert verify_file("_.pdf", data, searched, strict=True, against=original.read()).ok


def test_a_misread_name_where_nobody_decided_stops_a_release(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(printed())
    order = RebuildOrder(FileSource(path), "same", (), withheld_texts((), terms=(_NAME,)))
    answer = rebuild_document(order, report=quiet)
    assert not answer.files
    assert [one.text for one in answer.survivors] == ["Bemard"]
    kept = rebuild_document(replace(order, kept=(answer.survivors[0].span,)), report=quiet)
    assert kept.files
    assert kept.misread == {1: 1}
    assert kept.allowed == {}


def test_the_gate_says_where_pixels_may_say_a_name() -> None:
    report = verify_file("a.pdf", printed(), withheld(_NAME))
    assert alarms(report) == ["page 1, pixels of a picture"]
    assert not report.ok


def test_the_gate_finds_a_misread_name_in_a_redacted_place_that_was_not_blanked() -> None:
    place = Area(0, 60, 85, 400, 110)
    changes = PageChanges(regions=(place,), read=(0,))
    report = verify_file(
        "_.pdf",
        printed(),
        withheld(_NAME),
        strict=True,
        against=Against(printed(), changes, frozenset({"s40(2)"})),
    )
    assert "page 1, pixels of a picture" in alarms(report)


def test_a_name_that_is_on_no_page_raises_no_alarm() -> None:
    assert alarms(verify_file("a.pdf", printed(), withheld("Fotheringay", "Quillfeather"))) == []


def test_a_name_as_it_is_written_is_told_once() -> None:
    page = printed("Seen by Bernard of this office on the", "second floor, who agreed.")
    report = verify_file("a.pdf", page, withheld(_NAME))
    assert alarms(report) == []
    assert [leak.where for leak in report.leaks] == ["page 1, pixels of a picture"]
