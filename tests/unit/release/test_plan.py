"""What exactly must go, and what the rest may still say."""

from __future__ import annotations

from redactor.matching import Term
from redactor.model import CellPlace, HiddenKind, LinePlace, PagePlace, Redaction, Segment, Span
from redactor.release.plan import (
    WithheldText,
    allowed_remains,
    misread_remains,
    spread,
    survivors,
    withheld_text,
    withheld_texts,
)


def _lines(*texts: str) -> list[Segment]:
    return [Segment(LinePlace(number), text) for number, text in enumerate(texts)]


def _strict(text: str, label: str) -> bool:
    one = withheld_text(text, label, 1)
    assert one is not None
    return one.strict


def test_names_and_references_bind_everywhere_and_ages_and_outcomes_do_not():
    assert _strict("Sarah Okoro", "PERSON")
    assert _strict("07700 900412", "PHONE")
    assert _strict("QQ123456C", "ID")
    assert not _strict("22", "AGE")
    assert not _strict("final written warning", "OUTCOME")
    assert not _strict("Bexley", "PLACE")
    assert not _strict("May", "PERSON")


def test_a_listed_term_binds_everywhere_whatever_it_is():
    (one,) = withheld_texts((), terms=["22"])
    assert one.strict
    assert one.term.number == 1


def test_a_term_keeps_the_number_of_its_line():
    found = withheld_texts((), terms=["Okoro", "", "Norreys"])
    assert [one.term.number for one in found] == [1, 3]


def test_a_text_of_several_lines_binds_line_by_line():
    found = withheld_texts([("14 Cordwainer Row\nOxley Quay", "ADDRESS")])
    assert len(found) == 2


def test_a_text_withheld_twice_is_one_term_and_the_stricter_rule_wins():
    found = withheld_texts([("Okoro", "ORG"), ("OKORO", "PERSON")])
    assert [one.strict for one in found] == [True]


def test_spreading_reaches_every_place_but_not_the_plain_word():
    withheld = withheld_texts([("Rose", "PERSON"), ("Sarah Okoro", "PERSON")])
    found = spread(
        _lines("Rose rose early", "SARAH OKORO and Sarah\u00a0Okoro"), withheld, "s40(2)"
    )
    assert {one.target for one in found} == {
        Span("line:1", 0, 4),
        Span("line:2", 0, 11),
        Span("line:2", 16, 27),
    }


def test_a_strict_text_where_nobody_decided_survives():
    withheld = withheld_texts([("Sarah Okoro", "PERSON")])
    segments = _lines("Sarah Okoro", "seen by Sarah Okoro", "SARAH OKORO")
    covered = {("line:1", None): [(0, 11)], ("line:3", None): [(0, 11)]}
    (left,) = survivors(segments, withheld, covered)
    assert left.span == Span("line:2", 8, 19)
    assert left.text == "Sarah Okoro"


def test_hidden_content_never_survives_for_it_never_leaves():
    hidden = Segment(LinePlace(0), "Sarah Okoro", HiddenKind.COMMENT)
    assert survivors([hidden], withheld_texts([("Sarah Okoro", "PERSON")]), {}) == ()


def test_what_may_remain_is_counted_in_the_approved_text():
    withheld = withheld_texts([("22", "AGE"), ("Okoro", "PERSON")])
    numbers = {one.term.folded: one.term.number for one in withheld}
    approved = ["aged [s40(2)]", "22 March, 22 April"]
    allowed = allowed_remains(_lines(*approved), approved, withheld, {})
    assert allowed == {numbers["22"]: 2}


def test_a_withheld_text_does_not_show_itself():
    one = withheld_text("Sarah Okoro", "PERSON", 1)
    assert isinstance(one, WithheldText)
    assert isinstance(one.term, Term)
    assert "koro" not in repr(one)


def test_a_text_that_runs_over_the_end_of_a_line_is_redacted_in_both():
    withheld = withheld_texts((), terms=["Sarah Okoro"])
    found = spread(_lines("Statement of Sarah", "Okoro here", "Sarah said so"), withheld, "s40(2)")
    assert {one.target for one in found} == {Span("line:1", 13, 18), Span("line:2", 0, 5)}


def test_a_text_that_runs_over_the_end_of_a_line_survives_and_may_not_remain():
    withheld = withheld_texts([("Sarah Okoro", "PERSON")])
    lines = _lines("Statement of Sarah", "Okoro here")
    assert [one.span.segment for one in survivors(lines, withheld, {})] == ["line:1", "line:2"]
    texts = [one.text for one in lines]
    assert allowed_remains(lines, texts, withheld, {}) == {}
    kept = {("line:2", None): [(0, 5)]}
    assert survivors(lines, withheld, kept) == ()
    assert allowed_remains(lines, texts, withheld, kept) == {1: 1}


def test_names_in_two_cells_of_a_row_are_one_name_and_from_row_to_row_they_are_not():
    withheld = withheld_texts((), terms=["Sarah Okoro"])
    cells = [
        Segment(CellPlace("S", 0, 0), "Sarah"),
        Segment(CellPlace("S", 0, 1), "Okoro"),
        Segment(CellPlace("S", 1, 0), "Sarah"),
        Segment(CellPlace("S", 2, 0), "Okoro"),
    ]
    found = {one.target for one in spread(cells, withheld, "s40(2)")}
    assert found == {Span("sheet:S!A1", 0, 5), Span("sheet:S!B1", 0, 5)}


def test_the_rule_for_a_name_in_capitals_gives_way_to_the_plain_word_withheld_too():
    (one,) = withheld_texts([("Rose", "PERSON"), ("rose", "PERSON")])
    assert not one.by_case


def test_what_goes_whole_is_not_searched_but_what_runs_out_of_it_is():
    withheld = withheld_texts([("Hannah Okoro", "PERSON")])
    cells = [
        Segment(CellPlace("A", 0, 0), "Hannah Okoro"),
        Segment(CellPlace("A", 1, 0), "seen Hannah"),
        Segment(CellPlace("A", 1, 1), "Okoro today"),
    ]
    everywhere = spread(cells, withheld, "s40(2)")
    whole = Redaction(Span(cells[0].key[0], 0, 12), "s40(2)")
    part = Redaction(Span(cells[0].key[0], 0, 6), "s40(2)")
    assert len(everywhere) == 3
    assert spread(cells, withheld, "s40(2)", [whole]) == everywhere[1:]
    assert spread(cells, withheld, "s40(2)", [part]) == everywhere
    crossed = Redaction(Span(cells[1].key[0], 0, 11), "s40(2)")
    assert spread(cells, withheld, "s40(2)", [crossed]) == everywhere


# --- pages that were read from pixels ----------------------------------------------------------

_OKORO = withheld_texts([("Sarah Okoro", "PERSON"), ("Okoro", "PERSON"), ("Isaacs", "PERSON")])


def _page(text: str, read_from: int | None) -> Segment:
    return Segment(PagePlace(0), text, read_from=read_from)


def _cut(page: Segment) -> list[str]:
    found = spread([page], _OKORO, "s40(2)")
    return sorted({page.text[one.target.start : one.target.end] for one in found})


def test_a_strict_text_goes_where_letters_of_it_were_misread():
    assert _cut(_page("Signed by Sarah 0koro and lsaacs.", 0)) == ["0koro", "Sarah 0koro", "lsaacs"]


def test_letters_are_taken_for_others_only_in_what_was_read_from_pixels():
    text = "Signed by 0koro.\nSeen by Ok0ro."
    assert _cut(_page(text, None)) == []
    assert _cut(_page(text, text.index("Seen"))) == ["Ok0ro"]


def test_a_word_in_small_letters_is_no_name_that_was_misread():
    names = withheld_texts([("Clarke", "PERSON")])
    assert spread([_page("a darke sky", 0)], names, "") == []
    assert spread([_page("by Darke, who", 0)], names, "")


def test_a_misread_name_survives_until_a_person_rules_and_may_remain_once_kept():
    page = _page("Signed by 0koro.", 0)
    (left,) = survivors([page], _OKORO, {})
    assert page.text[left.span.start : left.span.end] == "0koro"
    assert survivors([page], _OKORO, {page.key: [(10, 15)]}) == ()
    (number,) = (one.term.number for one in _OKORO if one.term.folded == "okoro")
    assert misread_remains([page], [page.text], _OKORO) == {number: 1}
    assert allowed_remains([page], [page.text], _OKORO, {page.key: [(10, 15)]}) == {}
