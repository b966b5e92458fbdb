"""Word documents as PDF: through LibreOffice where it is installed, by the program itself else."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import docx
import pymupdf
import pypdfium2
import pytest

from redactor.config import libreoffice_program
from redactor.content import Flow, FlowCell, FlowTable, Lines, Note, Paragraph, Run
from redactor.errors import Cancelled
from redactor.formats.writers import libreoffice, write, write_release
from redactor.formats.writers.word_pdf import BY_LIBREOFFICE
from redactor.jobs import rebuild_document
from redactor.model import quiet
from redactor.release.order import FileSource, RebuildOrder
from redactor.release.verify import verify_file
from redactor.workers import Lane
from tests.attack.verify_kit import NAME, withheld

SOFFICE = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed here")
needs_a_shell = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a shell script")


def flow() -> Flow:
    table = FlowTable(
        (
            (FlowCell((Paragraph((Run("Reference"),)),)), FlowCell((Paragraph((Run("Ward"),)),))),
            *((FlowCell((Paragraph((Run(f"MC/{n}"),)),)), FlowCell()) for n in range(60)),
        ),
        heading_rows=1,
    )
    return Flow(
        (
            Paragraph((Run("Outcome"),), level=1),
            Paragraph((Run("[s40(2)]", redaction=True), Run(" was heard"), Run("1", note=0))),
            table,
        ),
        header=(Paragraph((Run("OFFICIAL"),)),),
        notes=(Note("1", (Paragraph((Run("See the log."),)),)),),
    )


def pages_of(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return pages


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Hold that nothing is left in the folder of temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    yield folder
    assert list(folder.iterdir()) == []


@pytest.fixture
def with_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDACTOR_LIBREOFFICE", str(SOFFICE))


def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o700)
    monkeypatch.setenv("REDACTOR_LIBREOFFICE", str(program))


# --- with LibreOffice --------------------------------------------------------------------------


@needs_libreoffice
@pytest.mark.usefixtures("with_libreoffice")
def test_libreoffice_lays_a_document_out_and_nothing_of_it_is_left() -> None:
    (file,), notes = write_release(flow(), "pdf", quiet)
    assert notes == (BY_LIBREOFFICE,)
    pages = pages_of(file.data)
    assert len(pages) > 1
    assert all("OFFICIAL" in page and "Reference" in page for page in pages)
    assert "See the log." in pages[0]
    assert "".join(pages).count("MC/") == 60
    for word in (b"LibreOffice", b"/Info", b"/ID", b"/Metadata", b"CreationDate"):
        assert word not in file.data
    bookmarks = pymupdf.open("pdf", file.data).get_toc()
    assert bookmarks  # made anew, of headings that can be read on the pages
    assert all(title in pages[page - 1] for _, title, page in bookmarks)


@needs_libreoffice
@pytest.mark.usefixtures("with_libreoffice")
def test_equal_content_gives_equal_pages_and_the_gate_lets_them_pass() -> None:
    (file,), _ = write_release(flow(), "pdf", quiet)
    (again,), _ = write_release(flow(), "pdf", quiet)
    assert file.data == again.data
    report = verify_file("a.pdf", file.data, withheld(NAME), strict=True, is_drawn_anew=True)
    assert report.ok, [check for check in report.checks if not check.ok]


@needs_libreoffice
@pytest.mark.usefixtures("with_libreoffice")
def test_a_worker_lays_a_word_document_out(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("The complaint was upheld.")
    path = tmp_path / "report.docx"
    document.save(str(path))
    order = RebuildOrder(FileSource(path), "pdf", (), (), leave_out_unread=True)
    with Lane(workers=1) as lane:
        answer = lane.run(rebuild_document, order)
    assert BY_LIBREOFFICE in answer.notes
    assert "The complaint was upheld." in pages_of(answer.files[0].data)[0]


@needs_libreoffice
@pytest.mark.usefixtures("with_libreoffice")
def test_a_cancel_ends_it() -> None:
    def stop(_: object) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        write_release(flow(), "pdf", stop)


# --- without -----------------------------------------------------------------------------------


def assert_own_layout(reason: str) -> None:
    files, notes = write_release(flow(), "pdf", quiet)
    assert files == write(flow(), "pdf")
    assert notes[0].startswith("The PDF has the program's own layout: ")
    assert reason in notes[0]


@pytest.mark.parametrize("named", ["off", "OFF", "/nowhere/soffice"])
def test_without_libreoffice_the_program_lays_the_document_out(
    named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDACTOR_LIBREOFFICE", named)
    assert_own_layout("was not found, or is switched off")


@needs_a_shell
@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("exit 1", "could not lay the document out"),
        ("exit 0", "could not lay the document out"),
        ("kill -9 $$", "could not lay the document out"),
        ("echo nonsense > document.pdf", "could not be carried over"),
    ],
)
def test_a_libreoffice_that_fails_is_made_up_for(
    script: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, monkeypatch, script)
    assert_own_layout(reason)


@needs_a_shell
def test_pages_that_leave_text_out_are_not_released(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = write(Lines(((Run("something else"),),)), "pdf")[0].data
    (tmp_path / "other.pdf").write_bytes(other)
    stand_in(tmp_path, monkeypatch, f"cp '{tmp_path}/other.pdf' document.pdf")
    assert_own_layout("left out some of the text")


@needs_a_shell
def test_a_libreoffice_that_hangs_is_ended_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = f"sleep 600 & echo $! > '{tmp_path}/child'; echo secret > \"$TMPDIR/left\"; wait"
    stand_in(tmp_path, monkeypatch, script)
    monkeypatch.setattr(libreoffice, "LIBREOFFICE_SECONDS", 1.0)
    assert_own_layout("took too long")
    child = int((tmp_path / "child").read_text())
    for _ in range(100):
        if not _runs(child):
            return
        time.sleep(0.05)
    pytest.fail("its child still runs")


def _runs(process: int) -> bool:
    """Say whether a process runs; one that has ended and nobody asked after does not."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


@needs_a_shell
def test_what_it_works_on_is_for_this_user_only_and_has_macros_switched_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = (
        f"ls -ld . > '{tmp_path}/modes'; cp profile/user/registrymodifications.xcu '{tmp_path}'; "
        f"echo \"$TMPDIR\" >> '{tmp_path}/modes'"
    )
    stand_in(tmp_path, monkeypatch, script)
    assert_own_layout("could not lay the document out")
    mode, temporary = (tmp_path / "modes").read_text().splitlines()
    assert mode.startswith("drwx------")
    assert "redactor-layout-" in temporary
    settings = (tmp_path / "registrymodifications.xcu").read_text()
    assert "DisableMacrosExecution" in settings


@needs_a_shell
def test_what_a_killed_program_left_is_deleted_next_time(
    own_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale = own_folder / "redactor-layout-old"
    stale.mkdir()
    (stale / "document.docx").write_bytes(b"approved")
    long_ago = time.time() - 7200
    os.utime(stale, (long_ago, long_ago))
    stand_in(tmp_path, monkeypatch, "exit 1")
    assert_own_layout("could not lay the document out")


def test_libreoffice_is_found_where_windows_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "LibreOffice" / "program" / "soffice.exe"
    program.parent.mkdir(parents=True)
    program.write_bytes(b"")
    monkeypatch.delenv("REDACTOR_LIBREOFFICE")
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("PROGRAMFILES", str(tmp_path))
    assert libreoffice_program() == program
