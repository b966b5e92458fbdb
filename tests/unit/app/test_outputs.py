"""Names of released files, and writing all or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from redactor.app.outputs import Output, distinct, output_name, write_all
from redactor.errors import UsageError
from redactor.release.plan import withheld_texts

_WITHHELD = withheld_texts([("Sarah Okoro", "PERSON")])


def test_a_name_that_holds_something_withheld_is_not_used():
    assert output_name("Letter to Sarah_Okoro.docx", ".docx", "", _WITHHELD, 3) == "document 3.docx"
    assert output_name("Letter.docx", ".pdf", "", _WITHHELD, 3) == "Letter.pdf"


def test_what_stands_in_for_a_name_says_nothing_withheld_either():
    words = withheld_texts((), terms=("document", "Okoro"))
    assert output_name("Okoro.pdf", ".pdf", "", words, 3) == "file 3.pdf"
    words = withheld_texts((), terms=("document", "file", "Okoro"))
    assert output_name("Okoro.pdf", ".pdf", "", words, 3) == "3.pdf"


def test_a_sheet_name_that_holds_something_withheld_is_not_used():
    assert output_name("Book.xlsx", ".csv", "Sarah Okoro", _WITHHELD, 1) == "Book.csv"
    assert output_name("Book.xlsx", ".csv", "Table 2", _WITHHELD, 1) == "Book - Table 2.csv"


@pytest.mark.parametrize(
    ("original", "expected"),
    [
        ('a<b>:"c|?*.txt', "a_b___c___.txt"),
        ("CON.txt", "CON_.txt"),
        ("...txt", "document 1.txt"),
        ("x" * 300 + ".txt", "x" * 120 + ".txt"),
        ("naïve – name.txt", "naïve – name.txt"),
    ],
)
def test_a_name_is_one_that_windows_takes(original: str, expected: str):
    assert output_name(original, ".txt", "", (), 1) == expected


def test_equal_names_are_told_apart_without_regard_to_case():
    assert distinct(["A.pdf", "a.pdf", "a.PDF"]) == ["A.pdf", "a (2).pdf", "a (3).PDF"]


def test_files_are_written_as_they_were_verified(tmp_path: Path):
    write_all(tmp_path / "new" / "out", [Output("a.txt", b"one"), Output("b.txt", b"two")])
    found = {file.name: file.read_bytes() for file in (tmp_path / "new" / "out").iterdir()}
    assert found == {"a.txt": b"one", "b.txt": b"two"}


def test_an_original_is_never_written_over(tmp_path: Path):
    original = tmp_path / "a.txt"
    original.write_bytes(b"original")
    with pytest.raises(UsageError, match="its own original"):
        write_all(tmp_path, [Output("a.txt", b"new")], [original])
    assert original.read_bytes() == b"original"


def test_a_failure_leaves_nothing_behind(tmp_path: Path):
    blocked = tmp_path / "b.txt"
    blocked.mkdir()
    (blocked / "x").write_bytes(b"")
    with pytest.raises(UsageError, match="cannot be written to"):
        write_all(tmp_path, [Output("b.txt", b"two")])
    assert [each.name for each in tmp_path.iterdir()] == ["b.txt"]


def test_a_failure_takes_back_what_was_put_in_place_before_it(tmp_path: Path):
    (tmp_path / "b.txt").mkdir()
    with pytest.raises(UsageError, match="cannot be written to"):
        write_all(tmp_path, [Output("a.txt", b"one"), Output("b.txt", b"two")])
    assert [each.name for each in tmp_path.iterdir()] == ["b.txt"]


@pytest.mark.parametrize("original", ["con.notes.txt", "aux .txt", "COM¹.txt", "conin$.txt"])
def test_a_name_that_is_a_device_on_windows_is_changed_to_one_that_is_none(
    original: str, tmp_path: Path
):
    write_all(tmp_path, [Output(output_name(original, ".txt", "", (), 1), b"")])
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    ("original", "suffix", "name"),
    [
        ("rota.tsv", ".csv", "rota.tsv"),
        ("Rota.CSV", ".csv", "Rota.CSV"),
        ("door.log", ".txt", "door.log"),
        ("rota.tsv", ".xlsx", "rota.xlsx"),
        ("rota.xlsm", ".xlsx", "rota.xlsx"),
        ("note.txt", ".csv", "note.csv"),
    ],
)
def test_a_text_file_that_stays_what_it_was_keeps_its_suffix(
    original: str, suffix: str, name: str
) -> None:
    assert output_name(original, suffix, "", (), 1) == name
