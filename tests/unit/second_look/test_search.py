"""The second look finds what is near something redacted, and says how sure it is."""

from __future__ import annotations

import pytest

from redactor.errors import Cancelled
from redactor.model import Action, FieldPlace
from redactor.second_look import LeadKind, LookedAt, second_look
from tests.unit.second_look.kit import (
    Area,
    CellPlace,
    Desk,
    HiddenKind,
    PagePlace,
    PartPlace,
    redacted,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Then Sarah Okoro left.", "Sarah Okoro"),
        ("Then SARAH OKORO left.", "SARAH OKORO"),
        ("Then Sarah\nOkoro left.", "Sarah\nOkoro"),
        ("Then Sarah Oko-\nro left.", "Sarah Oko-\nro"),
        ("Then SarahOkoro left.", "SarahOkoro"),
        ("See Sarah Okoro’s note.", "Sarah Okoro"),
        ("Then Okoro, Sarah left.", "Okoro, Sarah"),
        ("Then S. Okoro left.", "S. Okoro"),
        ("Then S Okoro left.", "S Okoro"),
        ("Then Okoro S left.", "Okoro S"),
        ("Then Okoro left.", "Okoro"),
        ("See Okoro's note.", "Okoro"),
        ("Then Sarah left.", "Sarah"),
        ("Then Sarah 0koro left.", "Sarah 0koro"),
        ("Then Sarah 0k0r0 left.", "Sarah 0k0r0"),
        ("From sarah.okoro@example.org today.", "sarah.okoro"),
        ("From sokoro@example.org today.", "sokoro"),
    ],
)
def test_a_redacted_name_is_found_however_it_is_written(text: str, words: str):
    desk = redacted()
    desk.put(text, document=2)
    (lead,) = desk.look()
    assert (lead.text, lead.document, lead.is_sure) == (words, 2, True)
    assert lead.kind in {LeadKind.SAME_WORDS, LeadKind.VARIANT}
    assert lead.near == (1,)
    assert lead.target is not None
    assert text[lead.target.start : lead.target.end] == words


@pytest.mark.parametrize(
    "text",
    [
        "Nothing of the kind.",
        "The sarahs of this world.",
        "Okorofield is a place.",
        "Then s. okorovsky left.",
        "sokoro is no word alone.",
        "so it goes",
    ],
)
def test_what_only_looks_alike_in_part_is_no_lead(text: str):
    desk = redacted()
    desk.put(text, document=2)
    assert [one for one in desk.look() if one.is_sure] == []


def test_scanned_letters_rn_and_m_are_one():
    desk = redacted("Tom Barnard")
    desk.put("Statement of Tom Bamard.", document=2)
    (lead,) = desk.look()
    assert (lead.text, lead.is_sure) == ("Tom Bamard", True)


@pytest.mark.parametrize("written", ["01632 960 123", "(01632) 960123", "+44 1632 960123",
                                     "O1632 96O123", "0163-296-0123"])  # fmt: skip
def test_a_redacted_number_is_found_however_it_is_written(written: str):
    desk = redacted("01632 960123", "PHONE")
    desk.put(f"Ring {written} after six.", document=2)
    (lead,) = desk.look()
    assert lead.is_sure
    assert "".join(filter(str.isdigit, lead.text.replace("O", "0"))).endswith("1632960123")


def test_the_first_part_of_a_redacted_address_is_found():
    desk = redacted("pewter.gale@example.org", "EMAIL")
    desk.put("User pewter_gale logged in.", document=2)
    assert [(one.text, one.is_sure) for one in desk.look()] == [("pewter_gale", True)]


def test_what_is_redacted_there_already_is_no_lead():
    desk = redacted()
    desk.put("Then Sarah Okoro left.", document=2)
    desk.decide("Sarah Okoro", document=2)
    assert desk.look() == ()


def test_what_is_kept_there_is_shown_as_uneven_and_blocks_nothing():
    desk = redacted()
    desk.put("Then Sarah Okoro left.", document=2)
    desk.decide("Sarah Okoro", action=Action.KEEP, document=2)
    (lead,) = desk.look()
    assert (lead.kind, lead.is_sure) == (LeadKind.UNEVEN, False)


def test_a_name_that_is_also_a_word_is_not_sure_unless_a_title_stands_before_it():
    desk = redacted("Adam Brown")
    desk.put("A coat of Brown leather, which Mr Brown had worn.", document=2)
    assert [(one.text, one.is_sure) for one in desk.look()] == [("Brown", False), ("Brown", True)]


def test_a_forename_that_a_kept_person_has_too_is_not_sure():
    desk = redacted()
    desk.put("Chief Constable Sarah Vane said so. Sarah agreed.", document=2)
    desk.decide("Sarah Vane", action=Action.KEEP, document=2)
    assert [(one.text, one.is_sure) for one in desk.look()] == [("Sarah", False)]


def test_small_letters_count_in_a_list_and_not_in_a_sentence():
    desk = redacted()
    desk.put("they gave okoro a wide berth that day", document=2)
    desk.put("okoro", CellPlace("Staff", 3, 1), document=2)
    assert [one.target.segment for one in desk.look() if one.target] == ["sheet:Staff!B4"]


def test_a_misspelt_name_is_shown_and_is_not_sure():
    desk = redacted("Zebedee Quillfeather")
    desk.put("Mr Quilfeather and Mr Quillfaether came; quilfeathers did not.", document=2)
    leads = desk.look()
    assert [(one.text, one.kind, one.is_sure) for one in leads] == [
        ("Quilfeather", LeadKind.FUZZY, False),
        ("Quillfaether", LeadKind.FUZZY, False),
    ]


def test_file_names_sheet_names_and_hidden_content_are_looked_through():
    desk = redacted()
    desk.put("Nothing here.", document=2)
    desk.names[2] = "interview_okoro_final.docx"
    desk.put("Okoro", PartPlace("sheet-name:1", 0), document=2)
    desk.put("_Okoro_Sarah", PartPlace("word/document.xml", 4), document=2,
             hidden=HiddenKind.BOOKMARK)  # fmt: skip
    leads = desk.look()
    assert [(one.place, one.hidden) for one in leads] == [
        ("file-name", None),
        ("part:sheet-name:1#1", None),
        ("part:word/document.xml#5", "bookmark"),
    ]
    assert [one.needs_ruling for one in leads] == [True, True, False]
    assert [one.is_sure for one in leads] == [True, True, False]


def test_words_under_a_drawn_box_are_covered_but_not_a_second_time():
    desk = redacted()
    desk.put("Then Sarah Okoro left.", PagePlace(0), document=2)
    desk.box(Area(0, 0, 0, 100, 100), "Sarah Okoro", document=2)
    assert desk.look() == ()
    desk.put("Sarah Okoro came. Sarah Okoro left.", PagePlace(1), document=2)
    desk.box(Area(1, 0, 0, 100, 100), "Sarah Okoro", document=2)
    assert len(desk.look()) == 2, "which of the two it covers cannot be told"


def test_a_number_beside_a_redacted_name_is_found_where_it_stands_alone():
    desk = redacted()
    desk.put("Sarah Okoro holds warrant 448812 since May.", document=2)
    desk.decide("Sarah Okoro", document=2)
    desk.put("Officer 448812 attended.", document=3)
    leads = [one for one in desk.look() if one.kind is LeadKind.LINKED]
    assert [(one.document, one.text, one.is_sure) for one in leads] == [
        (2, "448812", False),
        (3, "448812", False),
    ]


def test_a_number_kept_by_somebody_who_saw_the_name_is_no_lead_there_but_elsewhere():
    desk = redacted()
    desk.put("Sarah Okoro holds warrant 448812 since May.", document=2)
    desk.decide("Sarah Okoro", document=2)
    desk.decide("448812", "ID", Action.KEEP, document=2)
    desk.put("Officer 448812 attended.", document=3)
    desk.decide("448812", "ID", Action.KEEP, document=3)
    assert [one.document for one in desk.look() if one.kind is LeadKind.LINKED] == [3]


def test_many_numbers_of_a_column_beside_redacted_names_are_one_lead():
    desk = Desk()
    for row in range(12):
        desk.put(f"Ottoline Farthing{chr(97 + row)}", FieldPlace(row, 0))
        desk.put(f"77{row:04}", FieldPlace(row, 1))
        desk.decide(f"Ottoline Farthing{chr(97 + row)}")
    linked = [one for one in desk.look() if one.kind is LeadKind.LINKED]
    assert [(one.target, one.place) for one in linked] == [(None, "rows:B")]


def test_a_page_without_a_redaction_between_two_with_many_is_shown():
    desk = Desk()
    for page in range(3):
        names = ["Ada Plimsole", "Bo Wickstead", "Cy Thrupp"] if page != 1 else []
        segment = desk.put(" ".join(["word"] * 50 + names), PagePlace(page))
        for name in names:
            desk.decide(name, within=segment)
    (lead,) = desk.look()
    assert (lead.kind, lead.place, lead.target) == (LeadKind.EMPTY, "page:2", None)


def test_a_cell_that_was_left_in_a_redacted_column_is_shown():
    desk = Desk()
    desk.put("Name", CellPlace("S", 0, 0))
    for row in range(1, 11):
        cell = desk.put(f"Thaddeus {'abcdefghijk'[row]}xqv", CellPlace("S", row, 0))
        if row != 7:
            desk.decide(cell.text, "MANUAL", within=cell)
    leads = [one for one in desk.look() if one.kind is LeadKind.EMPTY]
    assert [one.place for one in leads] == ["sheet:S!A8"]


def test_a_document_with_none_where_others_of_its_size_have_many_is_shown():
    desk = Desk()
    for document in (1, 2, 3):
        for name in ("Ada Plimsole", "Bo Wickstead", "Cy Thrupp", "Di Marbury", "Ed Yarrow"):
            text = f"{name} came in." if document != 3 else "Nobody whom we know came in."
            segment = desk.put(text, document=document)
            if document != 3:
                desk.decide(name, within=segment, document=document)
    assert [(one.document, one.place) for one in desk.look()] == [(3, "")]


def test_the_key_of_a_lead_holds_until_it_is_near_something_else():
    desk = redacted()
    desk.put("Then Okoro left.", document=2)
    (first,) = desk.look()
    assert desk.look()[0].key == first.key
    desk.put("It concerns Daniel Okoro too.")
    desk.decide("Daniel Okoro")
    (second,) = desk.look()
    assert second.text == first.text
    assert second.key != first.key, "it may be Daniel now, which nobody ruled on"


def test_a_place_that_is_kept_after_it_was_shown_has_the_key_it_had():
    desk = redacted()
    desk.put("Then Sarah Okoro left.", document=2)
    (before,) = desk.look()
    desk.decide("Sarah Okoro", action=Action.KEEP, document=2)
    (after,) = desk.look()
    assert (before.kind, after.kind) == (LeadKind.SAME_WORDS, LeadKind.UNEVEN)
    assert after.key == before.key


def test_nothing_of_the_case_is_in_what_a_lead_shows_of_itself():
    desk = redacted()
    desk.put("Then Sarah Okoro left.", document=2)
    (lead,) = desk.look()
    assert "okoro" not in repr(lead).casefold()
    assert "okoro" not in lead.why.casefold()


def test_it_can_be_stopped():
    desk = redacted()

    def stop(_: object) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        second_look([_looked(desk)], desk.marks, desk.decisions, report=stop)


def _looked(desk: Desk) -> LookedAt:
    return LookedAt(1, "0" * 64, "file.txt", desk.documents[1])
