from __future__ import annotations

from pathlib import Path

from redactor.app.proving import (
    as_pictures,
    original_of,
    refused_pages,
    said_of_refused,
    supply_of,
)
from redactor.jobs import CaseSource, FileSource, RebuildAnswer, RebuildOrder
from redactor.model import Area, PageChanges, Redaction, Span
from redactor.release.verify.model import Check, Leak, VerificationReport

_SOURCE = FileSource(Path("letter.pdf"))


def order(**more: object) -> RebuildOrder:
    one = Redaction(Span("page:1", 0, 4), "s31(1)(a)")
    return RebuildOrder(_SOURCE, "same", (one,), (), spread_label="s40(2)", **more)  # type: ignore[arg-type]


def answer(changes: PageChanges | None) -> RebuildAnswer:
    return RebuildAnswer("0" * 64, "pdf", "pdf", (), (), (), {}, (), (), 1, 9, changes)


def failing(*pages: tuple[int, ...], leaks: tuple[Leak, ...] = ()) -> VerificationReport:
    checks = [Check("one revision", ok=True, engine="e", detail="d")]
    checks += [Check(f"check {at}", False, "e", "d", one) for at, one in enumerate(pages)]  # noqa: FBT003
    return VerificationReport(tuple(checks), leaks)


def test_pages_of_all_failed_checks_and_leaks_go_out_as_pictures() -> None:
    leak = Leak("a.pdf", 1, "page 6", "e", (5,))
    found = refused_pages(answer(PageChanges()), failing((0, 2), (2,), leaks=(leak,)))
    assert found == {0, 2, 5}
    assert as_pictures(order(pictures=frozenset({9})), found).pictures == {0, 2, 5, 9}


def test_a_failure_on_no_page_is_not_mended_by_a_picture() -> None:
    assert not refused_pages(answer(PageChanges()), failing((0,), ()))
    leak = Leak("a.pdf", 1, "bytes between the streams", "e")
    assert not refused_pages(answer(PageChanges()), failing((0,), leaks=(leak,)))


def test_a_page_that_is_a_picture_already_stops_the_release() -> None:
    assert not refused_pages(answer(PageChanges(pictures=(2,))), failing((2,)))
    assert not refused_pages(answer(PageChanges(blanks=(2,))), failing((1, 2)))


def test_what_was_drawn_anew_has_no_pages_to_fall_back_to() -> None:
    assert not refused_pages(answer(None), failing((0,)))
    assert original_of(order(), answer(None)) is None


def test_nothing_is_refused_where_everything_held() -> None:
    assert not refused_pages(answer(PageChanges()), failing())


def test_the_gate_learns_the_labels_from_the_order_and_not_from_what_was_written() -> None:
    changes = PageChanges(boxes=(Area(0, 1, 2, 3, 4),))
    original = original_of(order(), answer(changes))
    assert original is not None
    assert original.labels == {"s31(1)(a)", "s40(2)"}
    assert (original.source, original.changes) == (_SOURCE, changes)


def test_the_officer_is_told_which_pages_became_pictures_and_why() -> None:
    assert said_of_refused(frozenset({0}), failing((0,))) == (
        "Page 1 is released as a picture, because of checks that did not hold: check 0."
    )
    said = said_of_refused(frozenset(range(14)), failing((0,), (1,)))
    assert said.startswith("Pages 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 2 more are released")
    assert said.endswith("check 0, check 1.")


def test_only_what_lies_in_a_case_is_supplied_to_the_worker() -> None:
    assert supply_of(_SOURCE) is None
    inside = CaseSource(3, "letter.pdf", "0" * 64, lambda key: key.encode())
    give = supply_of(inside)
    assert give is not None
    assert give("3") == b"3"
