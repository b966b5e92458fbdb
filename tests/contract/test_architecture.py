"""What loads what: the window must come up fast, and must never hold a document library."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]
_HEAVY = [
    "pymupdf",
    "lxml",
    "openpyxl",
    "pikepdf",
    "pypdfium2",
    "docx",
    "python_calamine",
    "olefile",
]
_HEAVY += ["presidio_analyzer", "spacy"]


@pytest.mark.parametrize(
    "module",
    [
        "redactor.app.case",
        "redactor.app.signoff",
        "redactor.jobs",
        "redactor.formats",
        "redactor.cli",
    ],
)
def test_importing_the_core_loads_no_document_library_and_no_qt(module: str):
    code = (
        f"import sys\nfrom {module} import *\n"
        f"print(*[name for name in {[*_HEAVY, 'PySide6']!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        cwd=_ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
    )
    assert done.stdout.split() == []


def test_the_verifier_never_loads_a_library_that_writes_our_files():
    code = (
        "import sys\n"
        "from redactor.release.verify import verify_file\n"
        "from redactor.release.verify.model import Withheld\n"
        "from redactor.matching import make_term\n"
        "for file in sys.argv[1:]:\n"
        "    verify_file(file, open(file, 'rb').read(), Withheld((make_term('Okoro', 1),)))\n"
        "print(*[name for name in ('pymupdf', 'fitz', 'redactor.formats') if name in sys.modules])"
    )
    samples = sorted((_ROOT / "resources" / "sample_case" / "documents").iterdir())
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, samples)],
        check=True,
        cwd=_ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
    )
    assert len(samples) == 5
    assert done.stdout.split() == []
