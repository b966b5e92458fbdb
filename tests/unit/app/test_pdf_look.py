from __future__ import annotations

import pytest

from redactor.app.log_words import words_of
from redactor.app.pdf_look import (
    STAMPS,
    PdfLook,
    PdfWish,
    look_body,
    look_in,
    look_words,
    pdf_wish,
    settle_look,
)
from redactor.case.bodies import fault_of
from redactor.errors import UsageError
from redactor.events import Event, EventKind
from redactor.model import NO_STAMPS, Stamps
from tests.log_events import OFFICER, PEOPLE, whole_life

REF = "FOI-24/0117"


def submitted(pdf: object) -> Event:
    made = next(one for one in whole_life().events if one.kind is EventKind.SUBMITTED)
    return Event(made.seq, made.at, PEOPLE[OFFICER], made.kind, {**made.body, "pdf": pdf}, OFFICER)


def test_nothing_is_printed_unless_it_is_asked_for():
    assert settle_look(PdfWish(), "foi", REF) == PdfLook("box", NO_STAMPS)


@pytest.mark.parametrize(
    ("regime", "law"),
    [
        ("foi", "FOIA 2000"),
        ("eir", "EIR 2004"),
        ("sar", "the Data Protection Act 2018"),
        ("sar-le", "the Data Protection Act 2018"),
    ],
)
def test_the_footer_names_the_law_of_the_case(regime, law):
    look = settle_look(pdf_wish("raster", STAMPS), regime, REF)
    assert look == PdfLook(
        "raster", Stamps(pages=True, redactions=True, reference=REF, released=law)
    )


def test_a_reference_that_is_given_is_printed_instead_of_that_of_the_case():
    wish = pdf_wish("box", (), " Request 7 ")
    assert settle_look(wish, "foi", REF).stamps == Stamps(reference="Request 7")


@pytest.mark.parametrize("reference", ["x" * 81, "two\nlines"])
def test_a_reference_that_fits_in_no_margin_is_refused(reference):
    with pytest.raises(UsageError, match="Nothing was done"):
        pdf_wish("box", (), reference)


def test_a_stamp_that_there_is_not_is_refused_with_those_there_are():
    with pytest.raises(UsageError, match="pages, redactions, reference, footer"):
        pdf_wish("box", ["dates"])


def test_the_log_keeps_what_was_settled():
    look = PdfLook(
        "raster", Stamps(pages=True, redactions=True, reference=REF, released="EIR 2004")
    )
    event = submitted(look_body(look))
    assert fault_of(event) == ""
    assert look_in(event) == look


def test_a_submission_from_before_there_was_a_choice_is_the_usual():
    body = dict(submitted({}).body)
    del body["pdf"]
    event = submitted({})
    old = Event(event.seq, event.at, event.actor, event.kind, body, event.fingerprint)
    assert fault_of(old) == ""
    assert look_in(old) == PdfLook()
    assert "margins" not in words_of(old)


@pytest.mark.parametrize(
    "pdf",
    [
        {},
        [],
        {"style": "box", "pages": 1, "redactions": True, "reference": "", "released": ""},
        {"style": "box", "pages": True, "redactions": True, "reference": 7, "released": ""},
        {"style": 1, "pages": True, "redactions": True, "reference": "", "released": ""},
    ],
)
def test_a_body_that_says_something_else_of_the_pdfs_is_a_fault(pdf):
    assert "PDFs" in fault_of(submitted(pdf))


def test_the_log_says_what_is_printed_and_quotes_no_reference():
    look = PdfLook(
        "raster", Stamps(pages=True, redactions=True, reference=REF, released="FOIA 2000")
    )
    words = words_of(submitted(look_body(look)))
    assert "PDFs as pictures of their pages" in words
    assert "page numbers, numbers of redactions, a reference, “Released under FOIA 2000”" in words
    assert REF not in words


def test_the_reviewer_is_shown_the_reference():
    look = PdfLook("box", Stamps(reference=REF))
    assert look_words(look, in_full=True) == [f"in the margins of PDFs “{REF}”"]
    assert look_words(PdfLook()) == []
