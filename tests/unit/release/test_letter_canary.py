"""No withheld word leaves in a letter, wherever it would come from: over generated letters."""

from __future__ import annotations

import io
from typing import Any

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from redactor.config import resource_path
from redactor.release.letter import LetterOrder, citation_in_words
from redactor.release.letter_file import write_letter
from redactor.release.plan import withheld_texts

_FIRST = ("Zebedee", "Marigold", "Osric", "Ottoline", "Peregrine")
_LAST = ("Quillfeather", "Thrupp", "Penhale", "Farrow-Dale", "O'Marl")
#: Every place of a letter that holds words of somebody's own.
_PLACES = ("asked", "answer", "reason", "interest", "advice", "format_reason", "notice", "file")
_names = st.builds("{} {}".format, st.sampled_from(_FIRST), st.sampled_from(_LAST))
_written = st.sampled_from((str, str.upper, lambda name: name.replace(" ", "\u00a0"), str.lower))


def _context(said: dict[str, str]) -> dict[str, Any]:
    ground = {
        "citation": citation_in_words("s40(2) by s40(3A)(a)"),
        "title": "Personal data of someone else",
        "standing": "absolute",
        "is_qualified": True,
        "is_neither": False,
        "is_untold": False,
        "questions": [1],
        "why": "",
        "reasons": [said["reason"]],
        "interest": [said["interest"]],
        "answers": [],
    }
    file = {"name": said["file"], "many": False, "limbs": [], "redactions": 1, "whole": False}
    question = {
        "number": 1,
        "asked": said["asked"],
        "stance": "held",
        "answer": [said["answer"]],
        "files": [file],
        "limb": "",
    }
    return {
        "ref": "FOI/26/117",
        "date": "30 March 2026",
        "received": "2 March 2026",
        "is_draft": False,
        "is_neither": False,
        "limb": "",
        "questions": [question],
        "disclosed": [file],
        "withheld": [],
        "redactions": 1,
        "grounds": [ground],
        "refuses": True,
        "weighs": True,
        "cost": False,
        "advice": said["advice"],
        "format_asked": "",
        "format_reason": said["format_reason"],
        "extended_to": "",
        "extension_reason": "",
        "notices": [said["notice"]],
    }


def _order(name: str, said: dict[str, str], requester: str = "") -> LetterOrder:
    template = resource_path("letters", "foi.docx").read_bytes()
    who = {"name": requester, "lines": [], "greeting": requester}
    withheld = withheld_texts([(name, "PERSON")])
    return LetterOrder(template, "foi.docx", _context(said), who, withheld)


def _words_of(data: bytes) -> str:
    return "\n".join(one.text for one in Document(io.BytesIO(data)).paragraphs)


@settings(max_examples=12, deadline=None)
@given(name=_names, place=st.sampled_from(_PLACES), written=_written)
def test_a_withheld_name_anywhere_in_a_letter_is_found(name: str, place: str, written: Any) -> None:
    said = dict.fromkeys(_PLACES, "Nothing of the kind.")
    said[place] = f"We asked {written(name)} about it."
    assert not write_letter(_order(name, said)).report.ok


@settings(max_examples=5, deadline=None)
@given(name=_names, asked_by=_names)
def test_a_letter_that_says_nothing_withheld_is_passed_whoever_asked(
    name: str, asked_by: str
) -> None:
    said = dict.fromkeys(_PLACES, "Nothing of the kind.")
    written = write_letter(_order(name, said, asked_by))
    assert written.report.ok
    assert f"Dear {asked_by}" in _words_of(written.data)
    assert asked_by not in "\n".join(written.paragraphs)


@pytest.mark.parametrize(
    ("citation", "words"),
    [
        ("s40(2) by s40(3A)(a)", "section 40(2) by virtue of section 40(3A)(a)"),
        ("s31(1)(a)", "section 31(1)(a)"),
        ("reg 13(1) by reg 13(2A)(a)", "regulation 13(1) by virtue of regulation 13(2A)(a)"),
        (
            "DPA 2018 Sch 2 para 2(1)(a)",
            "paragraph 2(1)(a) of Schedule 2 to the Data Protection Act 2018",
        ),
        ("DPA 2018 s45(4)(e)", "section 45(4)(e) of the Data Protection Act 2018"),
        ("UK GDPR Art 15(4)", "Article 15(4) of the UK GDPR"),
    ],
)
def test_a_citation_is_written_out_in_a_letter(citation: str, words: str) -> None:
    assert citation_in_words(citation) == words
