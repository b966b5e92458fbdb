"""In what form documents of a case go out."""

from __future__ import annotations

import pytest

from redactor.app.forms import ADVISED, SAME, Form, choices, needs_reason, settle_forms
from redactor.case.store import StoredDocument
from redactor.errors import UsageError

ASKED = "The requester asked for a spreadsheet in the letter of 3 March (s11(1)(a) FOIA)."


def document(number: int, kind: str) -> StoredDocument:
    return StoredDocument(number, f"a.{kind}", "0" * 64, kind, "read", (), (), (), "")


def test_a_workbook_goes_out_as_csv_and_a_word_document_as_pdf_unless_asked() -> None:
    documents = [document(1, "xlsx"), document(2, "docx"), document(3, "pdf"), document(4, "csv")]
    settled = settle_forms(documents, {})
    assert {number: one.target for number, one in settled.items()} == {
        1: "csv",
        2: "pdf",
        3: "pdf",
        4: "csv",
    }


@pytest.mark.parametrize("target", ["xlsx", SAME])
def test_a_workbook_goes_out_as_a_workbook_only_with_a_reason(target: str) -> None:
    with pytest.raises(UsageError, match="no reason was given"):
        settle_forms([document(1, "xlsx")], {1: Form(target, "  ")})
    settled = settle_forms([document(1, "xlsx")], {1: Form(target, f" {ASKED} ")})
    assert settled == {1: Form("xlsx", ASKED)}


def test_a_csv_turned_into_a_workbook_needs_a_reason_too() -> None:
    with pytest.raises(UsageError, match="Document 1"):
        settle_forms([document(1, "csv")], {1: Form("xlsx")})


def test_a_form_that_a_document_cannot_take_is_refused_with_those_it_can() -> None:
    with pytest.raises(UsageError, match="Choose one of: pdf, txt"):
        settle_forms([document(1, "pdf")], {1: Form("docx")})


def test_the_advised_form_is_offered_first() -> None:
    assert choices("xlsx")[0] == "csv"
    assert choices("docx")[0] == "pdf"
    assert sorted(choices("xlsx")) == ["csv", "pdf", "txt", "xlsx"]
    assert not needs_reason(ADVISED)
