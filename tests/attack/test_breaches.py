"""Six breaches, each by name: the structure that leaked is named, and nothing of it is released.

Every test first shows that the usual way, opening the workbook and saving it again, lets the hidden
rows out, so that it cannot pass because they are not there.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path

import openpyxl
import pymupdf
import pytest

from redactor.app.case import Case
from redactor.app.oneshot import RedactOrder, Released, inspect_files, redact_files
from redactor.app.reading import read_documents
from redactor.model import Action, Document
from redactor.workers import Lane
from tests.attack import breached
from tests.attack.breached import Breach
from tests.case_kit import EXEMPTION, new_case, release_case
from tests.kitchen.workbook import kitchen_workbook

#: What a workbook is released as beside a workbook.
_OTHERS = ("csv", "pdf")

_BREACHES: dict[str, Callable[[], Breach]] = {
    "PSNI 2023": cache(breached.psni),
    "Norfolk and Suffolk 2021-22": cache(breached.norfolk_and_suffolk),
    "Cambridge University Hospitals 2020-21": cache(breached.cambridge),
    "Islington 2012": cache(breached.islington),
    "Southend 2023": cache(breached.southend),
    "MoD, Afghan applicants 2022": cache(breached.mod_afghan),
}


def everything(path: Path) -> bytes:
    """Give all that a file holds: its bytes, what is packed in it, and what is drawn in it."""
    data = path.read_bytes()
    pieces = [data]
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            pieces += [one.filename.encode() for one in archive.infolist()]
            pieces += [archive.read(name) for name in archive.namelist()]
    elif data.startswith(b"%PDF"):
        with pymupdf.open(stream=data) as pdf:
            pieces += [page.get_text().encode() for page in pdf]
            pieces += [pdf.xref_stream(at) or b"" for at in range(1, pdf.xref_length())]
            pieces += [pdf.xref_object(at).encode() for at in range(1, pdf.xref_length())]
    return b"\n".join(pieces)


def leaked(path: Path, words: Iterable[str]) -> list[str]:
    """Give the words that stand in a file as one byte a character or as two."""
    held = everything(path).lower()
    wide = held.replace(b"\0", b"")
    return [word for word in words if (low := word.lower().encode()) in held or low in wide]


def saved_again(data: bytes, path: Path) -> Path:
    """Do what a naive program does: open the workbook, and save it."""
    openpyxl.load_workbook(io.BytesIO(data)).save(path)
    return path


def released(original: Path, out: Path, target: str, lane: Lane) -> list[Path]:
    order = RedactOrder(out, EXEMPTION, target=target, drop_unread=True)
    (outcome,) = redact_files([original], order, lane, lambda _: None)
    assert isinstance(outcome, Released), outcome
    return [path for path, _ in outcome.outputs]


@pytest.fixture(scope="module")
def as_workbook(
    tmp_path_factory: pytest.TempPathFactory, lane: Lane
) -> Callable[[Path], list[Path]]:
    """Release a workbook as a workbook; the same bytes once for all tests."""
    files: dict[bytes, list[Path]] = {}

    def release(original: Path) -> list[Path]:
        data = original.read_bytes()
        if data not in files:
            files[data] = released(original, tmp_path_factory.mktemp("out"), "xlsx", lane)
        return files[data]

    return release


def inspected(original: Path, lane: Lane) -> Document:
    (found,) = inspect_files([original], lane, lambda _: None)
    assert isinstance(found, tuple), found
    return found[1]


def require_named(breach: Breach, document: Document) -> None:
    """Require that each structure is named with its count, and that its text was read."""
    for kind, count, unit in breach.tallied:
        counted = sum(
            one.count for one in document.tallies if one.kind is kind and one.unit == unit
        )
        assert counted == count, (kind, unit, document.tallies)
    hidden = "\n".join(one.text for one in document.segments if one.hidden is not None)
    assert [word for word in breach.hidden if word not in hidden] == []


def through_a_case(originals: Sequence[Path], folder: Path, lane: Lane) -> list[Path]:
    """Release documents as an officer and a reviewer do; what is seen of people is withheld."""
    with closing(new_case(folder / "breach.redact")) as case:
        for original in originals:
            case.add_file(original)
        read_documents(case, lane)
        decide(case)
        folder.joinpath("released").mkdir()
        release_case(case, lane, folder / "released")
    return [path for path in folder.joinpath("released").rglob("*") if path.is_file()]


def decide(case: Case) -> None:
    seen = [one.id for one in case.marks() if one.hidden is None]
    if seen:
        case.decide(seen, Action.KEEP, "", "this is the answer that was asked for")


@pytest.mark.parametrize("name", _BREACHES)
def test_a_release_of_one_file_holds_nothing_of_what_leaked(
    name: str, tmp_path: Path, lane: Lane, as_workbook: Callable[[Path], list[Path]]
):
    breach = _BREACHES[name]()
    original = tmp_path / "response.xlsx"
    original.write_bytes(breach.data)
    naive = saved_again(breach.data, tmp_path / "naive.xlsx")
    assert leaked(naive, breach.hidden) == list(breach.hidden)

    require_named(breach, inspected(original, lane))
    others = [released(original, tmp_path / one, one, lane) for one in _OTHERS]
    for files in (as_workbook(original), *others):
        assert [word for path in files for word in leaked(path, breach.hidden)] == []
        shown = b"".join(map(everything, files))
        assert [word for word in breach.shown if word.encode() not in shown] == []


@pytest.mark.parametrize("name", _BREACHES)
def test_a_release_of_a_case_holds_nothing_of_what_leaked(name: str, tmp_path: Path, lane: Lane):
    breach = _BREACHES[name]()
    original = tmp_path / "response.xlsx"
    original.write_bytes(breach.data)
    files = through_a_case([original], tmp_path, lane)
    assert [word for path in files for word in leaked(path, breach.hidden)] == []
    shown = b"".join(map(everything, files))
    assert [word for word in breach.shown if word.encode() not in shown] == []


def test_psni_at_its_full_size(tmp_path: Path, lane: Lane):
    breach = breached.psni(9_483)
    original = tmp_path / "response.xlsx"
    original.write_bytes(breach.data)
    naive = saved_again(breach.data, tmp_path / "naive.xlsx")
    assert len(leaked(naive, breach.hidden[:200])) == 200
    require_named(breach, inspected(original, lane))
    for target in ("csv", "xlsx"):
        (path,) = released(original, tmp_path / target, target, lane)
        held = everything(path).lower()
        assert [word for word in breach.hidden if word.lower().encode() in held] == []
        assert path.stat().st_size < original.stat().st_size / 10


def test_islington_three_times_in_one_case(tmp_path: Path, lane: Lane):
    breaches = [breached.islington(time=time) for time in (1, 2, 3)]
    originals = []
    for number, breach in enumerate(breaches, start=1):
        path = tmp_path / f"response {number}.xlsx"
        path.write_bytes(breach.data)
        originals.append(path)
    files = through_a_case(originals, tmp_path, lane)
    shown = b"".join(map(everything, files))
    for breach in breaches:
        assert [word for path in files for word in leaked(path, breach.hidden)] == []
        assert [word for word in breach.shown if word.encode() not in shown] == []


# --- what the other side looks for --------------------------------------------------------------


_PARTS = ("xl/externalLinks/", "xl/pivotCache/", "xl/pivotTables/", "xl/model/", "xl/connections")


def analysed(data: bytes) -> list[str]:
    """Look for what WhatDoTheyKnow's Excel Analyser looks for, and for very hidden sheets too.

    Source: mysociety/alaveteli, ``gems/excel_analyzer``: parts of external links and pivot caches,
    and hidden columns, rows and sheets; named ranges and the data model as mySociety describe them
    (mysociety.org, 11 September 2024).
    """
    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith(_PARTS):
                found.append(name)
            text = archive.read(name).decode("utf-8", "replace")
            if name.startswith("xl/worksheets/"):
                found += re.findall(r'<(?:col|row)\b[^>]*\bhidden="(?:1|true)"', text)
            if name == "xl/workbook.xml":
                found += re.findall(r'<sheet\b[^>]*\bstate="(?:hidden|veryHidden)"', text)
                found += re.findall(r"<definedName\b(?![^>]*_xlnm\.Print_)[^>]*>", text)
    return found


@pytest.mark.parametrize("name", [*_BREACHES, "kitchen"])
def test_the_excel_analyser_finds_something_in_each_and_nothing_in_a_release(
    name: str, tmp_path: Path, as_workbook: Callable[[Path], list[Path]]
):
    data = kitchen_workbook().data if name == "kitchen" else _BREACHES[name]().data
    original = tmp_path / "response.xlsx"
    original.write_bytes(data)
    assert analysed(data)
    (path,) = as_workbook(original)
    assert analysed(path.read_bytes()) == []
