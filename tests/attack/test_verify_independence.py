"""The gate is worth something only if it does not share a fault with what wrote the file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.attack.verify_kit import NAME, clean_document, clean_pdf, clean_workbook, verified
from tests.corpus import corpus_folder

_LOOK = """
import json, sys
from pathlib import Path
from redactor.release.verify import Withheld, verify_file
nothing = Withheld(())
reports = [verify_file(one, Path(one).read_bytes(), nothing, strict=True) for one in sys.argv[1:]]
writers = ["pymupdf", "fitz", "redactor.formats"]
print(json.dumps([len(reports), [name for name in writers if name in sys.modules]]))
"""


def test_no_library_that_writes_a_release_is_loaded_to_verify_one(tmp_path: Path) -> None:
    files = {"a.pdf": clean_pdf(), "a.xlsx": clean_workbook(), "a.docx": clean_document(),
             "a.csv": b"a,b\r\n", "a.txt": b"a"}  # fmt: skip
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    arguments = [str(tmp_path / name) for name in files]
    done = subprocess.run(
        [sys.executable, "-c", _LOOK, *arguments], capture_output=True, check=True, text=True
    )
    assert json.loads(done.stdout) == [5, []]


def test_importing_the_gate_loads_no_document_library() -> None:
    look = (
        "import sys, redactor.release.verify;"
        "print([m for m in ('pikepdf', 'pypdfium2', 'docx', 'lxml', 'python_calamine')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("start", range(0, 12, 3))
def test_no_file_of_the_corpus_stops_the_gate(start: int) -> None:
    files = sorted(one for one in corpus_folder("files").rglob("*") if one.is_file())
    looked = [one for one in files[start::60] if one.stat().st_size < 5_000_000]
    assert looked
    for path in looked:
        report = verified(path.name, path.read_bytes(), NAME)
        assert report.checks
        assert not report.leaks
