"""The certificate as people read it."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pikepdf
import pypdfium2

from redactor.case.signing import grouped
from redactor.matching import make_term
from redactor.release.certificate import CERTIFICATE_PDF
from redactor.release.certificate_page import certificate_pdf, moment_in_words
from redactor.release.verify import Withheld, verify_file
from tests.unit.release.certified import MAYA, RULINGS, RUTH, SAMPLE, Sample, in_one_line, page_text


def test_the_page_names_people_files_checks_and_how_to_check() -> None:
    facts = SAMPLE.facts()
    packed = in_one_line(page_text(certificate_pdf(facts)))
    for wanted in (
        "FOI 123/26", "Freedom of Information Act 2000", "Maya Lindqvist, officer",
        "Tomos Prydderch, officer", "Ruth Adeyemi-Clarke, reviewer", grouped(RUTH.fingerprint),
        grouped(MAYA.fingerprint), "a different key", "pypdfium2 5.15.2", "pymupdf 1.28.2",
        "redactor case check FOLDER", "41 places withheld", "1 marked place released",
    ):  # fmt: skip
        assert in_one_line(wanted) in packed, wanted
    listed = json.loads(facts.manifest)["outputs"]
    assert all(in_one_line(one["name"]) in packed for one in listed)
    assert all(one["sha256"] in packed for one in listed)
    assert facts.approved is not None
    assert facts.approved.digest in packed


def test_the_page_names_the_roster_that_the_approver_is_on() -> None:
    submitted = SAMPLE.submission()
    facts = SAMPLE.facts_of(submitted, SAMPLE.approval(submitted, roster="ab" * 32))
    packed = in_one_line(page_text(certificate_pdf(facts)))
    assert f"OnthelistofreviewerswithSHA-256{'ab' * 32}" in packed
    assert "listofreviewers" not in in_one_line(page_text(certificate_pdf(SAMPLE.facts())))


def test_the_page_gives_every_ruling_with_its_reason_and_name() -> None:
    packed = in_one_line(page_text(certificate_pdf(SAMPLE.facts())))
    for one in RULINGS:
        assert in_one_line(one.reason) in packed
        assert in_one_line(f"{one.by}, {moment_in_words(one.at)}") in packed


def test_a_time_is_written_as_people_in_britain_write_it() -> None:
    assert moment_in_words("2026-03-01T09:30:00+01:00") == "1 March 2026 at 08:30 UTC"
    assert moment_in_words("then") == "then"


def test_long_names_long_reasons_and_many_files_stay_on_the_pages() -> None:
    files = {f"{number} {'long name ' * 15}.pdf": b"x" * number for number in range(1, 501)}
    words = [f"word{number:03}" for number in range(250)]
    reason = " ".join(words)
    unbroken = "x" * 2000
    rulings = (replace(RULINGS[0], reason=reason), replace(RULINGS[1], reason=unbroken))
    data = certificate_pdf(Sample(files, rulings, ref="R" * 300).facts())
    packed = in_one_line(page_text(data))
    assert [packed.index(word) for word in words] == sorted(packed.index(word) for word in words)
    assert packed.count("x") >= 2000
    assert all(in_one_line(name) in packed for name in files)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        count = len(pdf.pages)
    assert f"Page{count}of{count}" in packed
    document = pypdfium2.PdfDocument(data)
    try:
        for page in document:
            text = page.get_textpage()
            for index in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(index)
                assert left >= 0
                assert right <= 595
                assert bottom >= 0
                assert top <= 842
    finally:
        document.close()


def test_letters_of_other_scripts_are_shown_or_given_by_number() -> None:
    rulings = (
        replace(RULINGS[0], reason="Crest of Łódź, Αθήνα and Київ", by="王小明"),
        replace(RULINGS[1], reason="seal\u202e of\x07 it", by="محمد"),
    )
    text = in_one_line(page_text(certificate_pdf(replace(SAMPLE, rulings=rulings).facts())))
    assert "CrestofŁódź,ΑθήναandКиїв" in text
    assert "王小明" in text
    assert "[U+0645][U+062D][U+0645][U+062F]" in text
    assert "seal[U+202E]of[U+0007]it" in text
    assert in_one_line("certificate.json has them as they were written") in text


def test_the_page_holds_nothing_besides_text_and_is_searched_like_a_release() -> None:
    data = certificate_pdf(SAMPLE.facts())
    report = verify_file(CERTIFICATE_PDF, data, Withheld(()), strict=True)
    assert report.ok, [check for check in report.checks if not check.ok]
    term = make_term("crest of the council", 1)
    assert term is not None
    assert not verify_file(CERTIFICATE_PDF, data, Withheld((term,)), strict=True).ok
