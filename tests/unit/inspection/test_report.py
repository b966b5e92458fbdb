"""The hidden-content report: plain English, counts, and the lists that others check by."""

from __future__ import annotations

import pytest

from redactor.formats import FORMATS
from redactor.inspection.checklists import checklists, checks_for, group_of
from redactor.inspection.page import pages
from redactor.inspection.report import Answer, kinds_without_a_line, report_on
from redactor.inspection.words import hidden_lines, noun_of
from redactor.model import Document, HiddenKind, PartPlace, Segment, Tally, Unread

CACHE = "xl/pivotCache/pivotCacheRecords1.xml"
OTHER_CACHE = "xl/pivotCache/pivotCacheRecords2.xml"


def piece(kind: HiddenKind, place: str, number: int = 0) -> Segment:
    return Segment(PartPlace(place, number), "words", kind, place)


def document(
    *segments: Segment, tallies: tuple[Tally, ...] = (), unread: tuple[Unread, ...] = ()
) -> Document:
    return Document("0" * 64, "xlsx", segments, unread, tallies=tallies)


def words(*segments: Segment, tallies: tuple[Tally, ...] = ()) -> list[str]:
    return [one.words for one in hidden_lines(segments, tallies)]


def test_containers_are_counted_with_what_they_hold() -> None:
    assert words(
        piece(HiddenKind.PIVOT_CACHE, CACHE),
        piece(HiddenKind.PIVOT_CACHE, OTHER_CACHE),
        tallies=(
            Tally(HiddenKind.PIVOT_CACHE, CACHE, 9_000, "rows"),
            Tally(HiddenKind.PIVOT_CACHE, OTHER_CACHE, 483, "rows"),
        ),
    ) == ["2 pivot caches holding 9,483 rows"]


def test_three_very_hidden_sheets_are_three_however_many_cells_they_hold() -> None:
    tallies = tuple(
        Tally(HiddenKind.VERY_HIDDEN_SHEET, name, count, unit)
        for name in ("a", "b", "c")
        for count, unit in ((1, "sheets"), (40, "cells"))
    )
    assert words(tallies=tallies) == ["3 very hidden sheets holding 120 cells"]


def test_things_are_counted_one_by_one() -> None:
    tally = Tally(HiddenKind.COMMENT, "xl/comments1.xml", 12, "comments")
    assert words(piece(HiddenKind.COMMENT, "xl/comments1.xml"), tallies=(tally,)) == ["12 comments"]
    assert words(tallies=(Tally(HiddenKind.HIDDEN_ROW, "Data", 1, "rows"),)) == ["1 hidden row"]


def test_what_the_reader_did_not_count_is_counted_by_pieces() -> None:
    segments = [piece(HiddenKind.BOOKMARK, "outline", number) for number in range(3)]
    assert words(*segments) == ["3 bookmarks"]


def test_every_kind_of_hidden_content_has_words_for_one_and_for_many() -> None:
    for kind in HiddenKind:
        noun = noun_of(kind)
        assert noun.one
        assert noun.many != noun.one


def test_every_kind_is_asked_after_by_some_list() -> None:
    assert kinds_without_a_line() <= {
        HiddenKind.DATA_VALIDATION,
        HiddenKind.CONDITIONAL_FORMAT,
        HiddenKind.ALT_TEXT,
    }


@pytest.mark.parametrize("name", [one.name for one in FORMATS])
def test_every_format_has_lists_to_be_held_against(name: str) -> None:
    assert group_of(name)
    assert checks_for(name)


def test_each_list_names_where_it_comes_from() -> None:
    assert {one.id for one in checklists()} >= {
        "document-inspector",
        "whatdotheyknow",
        "ico-2025-spreadsheets",
        "ico-2025-documents",
    }
    assert all(one.source.startswith("https://") for one in checklists())


def answers(report_document: Document) -> dict[str, tuple[Answer, str]]:
    report = report_on("table.xlsx", report_document)
    return {
        check.title: (check.answer, check.evidence) for one in report.lists for check in one.checks
    }


def test_a_line_is_ticked_with_what_was_found() -> None:
    tally = Tally(HiddenKind.PIVOT_CACHE, CACHE, 9_483, "rows")
    said = answers(document(tallies=(tally,)))
    answer, evidence = said["Pivot caches"]
    assert answer is Answer.FOUND
    assert answer.ticked
    assert evidence == "Found: 1 pivot cache holding 9,483 rows."
    assert said["Hidden rows"] == (Answer.NONE, "Every part was read: none.")


def test_nothing_is_ruled_out_while_a_part_is_unread() -> None:
    unread = (Unread("xl/media/image1.png", "A picture."),)
    answer, evidence = answers(document(unread=unread))["Pivot caches"]
    assert answer is Answer.UNSURE
    assert not answer.ticked
    assert evidence == "None in what could be read; 1 part could not."


def test_what_only_people_can_do_is_left_to_them() -> None:
    said = answers(document())
    training = next(value for title, value in said.items() if "trained" in title)
    assert training == (Answer.PERSON, "For a person to see to.")
    assert not Answer.PERSON.ticked


def test_each_document_begins_a_page() -> None:
    report = report_on("a.xlsx", document())
    flow = pages([report, report])
    begun = [one for one in flow.body if getattr(one, "new_page", False)]
    assert len(begun) == 1
