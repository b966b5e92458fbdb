"""The proof of a release runs in a process that was started for it and writes nothing."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from redactor import jobs
from redactor.jobs import FileSource, Original
from redactor.model import PageChanges, quiet
from redactor.release.verify.model import VerificationReport, Withheld
from redactor.workers import Lane
from tests.attack.test_verify_pdf_pages import _CHANGES, _ORIGINAL, _RELEASE, pdf
from tests.attack.verify_kit import NAME, withheld

#: What reads, finds and writes; none of it has a part in the proof.
_OTHERS = (
    "pymupdf", "fitz", "presidio_analyzer", "spacy", "sklearn_crfsuite",
    "redactor.formats.pdf.rebuild", "redactor.detect.scanner", "sqlcipher3", "cryptography",
    "PySide6",
)  # fmt: skip


def loaded_after_proving(
    release: bytes, terms: Withheld, original: Original, *, report: object
) -> str:
    """Prove a release, and name the process and what is loaded in it."""
    del report
    found = jobs.verify_output("a.pdf", release, terms, original=original, report=quiet)
    met = [name for name in _OTHERS if name in sys.modules]
    return f"{os.getpid()} {found.ok} {','.join(met)}"


def process(*, report: object) -> str:
    """Name the process."""
    del report
    return str(os.getpid())


def test_the_proof_loads_nothing_that_reads_finds_or_writes(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(pdf(_ORIGINAL))
    original = Original(FileSource(path), _CHANGES, frozenset({"s40(2)"}))
    with Lane() as lane, lane.apart() as gate:
        reader = lane.run(process)
        prover, ok, met = gate.run(
            loaded_after_proving, pdf(_RELEASE), withheld(NAME), original
        ).split(" ")
    assert (ok, met) == ("True", "")
    assert prover not in {reader, str(os.getpid())}


def test_the_bytes_of_a_case_reach_the_proof_through_the_parent() -> None:
    import hashlib

    before = pdf(_ORIGINAL)
    source = jobs.CaseSource(7, "letter.pdf", hashlib.sha256(before).hexdigest(), lambda _: before)
    original = Original(source, _CHANGES, frozenset({"s40(2)"}))
    with Lane() as lane, lane.apart() as gate:
        report: VerificationReport = gate.run(
            jobs.verify_output, "a.pdf", pdf(_RELEASE), withheld(NAME), frozenset(), False,  # noqa: FBT003 - by place, as all jobs are
            original, supply=source.supply,
        )  # fmt: skip
    assert report.ok
    assert {"pages look the same", "boxes hide all"} <= {one.name for one in report.checks}


def test_pages_are_named_for_the_program_and_kept_out_of_what_is_printed() -> None:
    from redactor.release.verify import Against, verify_file

    against = Against(pdf(_ORIGINAL), PageChanges(), frozenset({"s40(2)"}))
    report = verify_file("a.pdf", pdf(_RELEASE), withheld(NAME), strict=True, against=against)
    assert any(one.pages for one in report.checks)
    printed = report.to_json()
    assert {tuple(one) for one in printed["checks"]} == {("name", "ok", "engine", "detail")}
