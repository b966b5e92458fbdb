"""Files in files: each is read as what it is."""

from __future__ import annotations

import io
import zipfile

from redactor.formats.embedded import MAX_DEPTH, gather_embedded
from redactor.formats.hidden import Gathered
from redactor.formats.macros import decompressed, gather_macros
from redactor.model import HiddenKind
from tests.kitchen.ole import compound, macro_project, packaged_file, packed
from tests.unit.formats.office import row_of, sheet, text_cell, workbook


def gathered_of(data: bytes, name: str = "") -> Gathered:
    gathered = Gathered()
    gather_embedded(data, name, "xl/embeddings/a", gathered)
    return gathered


def words(gathered: Gathered) -> str:
    assert {one.hidden for one in gathered.segments} <= {HiddenKind.EMBEDDED_FILE}
    return "\n".join(one.text for one in gathered.segments)


def zipped(name: str, data: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, data)
    return stream.getvalue()


def test_the_rows_of_an_embedded_workbook_are_read_and_counted() -> None:
    rows = "".join(
        row_of(n, text_cell(f"A{n}", f"Una {n}"), text_cell(f"B{n}", "x")) for n in (1, 2)
    )
    found = gathered_of(workbook({"Staff": sheet(rows)}))
    assert "Una 1\tx\nUna 2\tx" in words(found)
    assert found.unread == []
    assert {(one.unit, one.count) for one in found.tallies} == {("files", 1), ("rows", 2)}


def test_a_file_in_a_package_is_unwrapped_with_its_path() -> None:
    found = gathered_of(packaged_file("note.txt", "C:\\Orla Vexley\\note.txt", b"Dear Una Thrale"))
    assert "Orla Vexley" in words(found)
    assert "Dear Una Thrale" in words(found)
    assert found.unread == []


def test_what_lies_too_deep_blocks() -> None:
    data = b"Una Thrale"
    for depth in range(MAX_DEPTH + 1):
        data = zipped(f"level{depth}.zip" if depth else "deep.txt", data)
    found = gathered_of(data)
    assert "too deep" in found.unread[0].why
    assert "Una Thrale" not in words(found)


def test_a_file_of_unknown_kind_gives_its_words_and_blocks() -> None:
    found = gathered_of(bytes(9) + b"Una Thrale" + bytes(9))
    assert "Una Thrale" in words(found)
    assert [one.place for one in found.unread] == ["xl/embeddings/a"]


def test_an_encrypted_file_blocks() -> None:
    found = gathered_of(compound({"EncryptedPackage": b"secret", "EncryptionInfo": b"x"}))
    assert "password" in found.unread[0].why


def test_macro_sources_are_unpacked() -> None:
    gathered = Gathered()
    gather_macros(
        macro_project("Module1", "Sub Go()\r\n' for Una Thrale\r\nEnd Sub\r\n"), "v", gathered
    )
    assert "' for Una Thrale" in "\n".join(one.text for one in gathered.segments)
    assert [(one.count, one.unit) for one in gathered.tallies] == [(1, "modules")]
    assert gathered.unread == []


def test_repetitions_in_a_packed_source_are_unfolded() -> None:
    # "aaaa..." of the specification, [MS-OVBA] 3.2.3
    container = bytes.fromhex("01 03 B0 02 61 45 00")
    assert decompressed(container) == b"a" * 73


def test_a_packed_source_that_is_cut_off_ends_early() -> None:
    whole = packed(b"Sub Go() and so on")
    for length in range(len(whole)):
        assert b"Sub Go() and so on".startswith(decompressed(whole[:length]))
