from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pymupdf
import pytest

from redactor.formats import detect_format
from redactor.labels import LABEL_BY_NAME
from redactor.matching import find_term, fold, make_term
from redactor.model import Document, HiddenKind

CASE = Path(__file__).resolve().parents[2] / "resources" / "sample_case"
DOCUMENTS = CASE / "documents"
NAMES = sorted(one.name for one in DOCUMENTS.iterdir())


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rebuilt")
    command = [sys.executable, str(CASE / "build.py"), "--out", str(folder)]
    subprocess.run(command, check=True, timeout=120)
    return folder


def content(path: Path) -> object:
    """Give everything of a file but the way it was compressed, which may differ by machine."""
    if path.suffix in {".docx", ".xlsx"}:
        with zipfile.ZipFile(path) as package:
            return [(one.filename, one.date_time, package.read(one)) for one in package.infolist()]
    if path.suffix == ".pdf":
        with pymupdf.open(path) as document:
            pages = [page.get_text("rawdict", sort=False)["blocks"] for page in document]
            return document.metadata, json.dumps(pages, default=str)
    return path.read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_what_the_script_builds(name: str, rebuilt: Path) -> None:
    assert content(rebuilt / name) == content(DOCUMENTS / name)


def test_the_script_builds_every_document_and_no_other(rebuilt: Path) -> None:
    assert sorted(one.name for one in rebuilt.iterdir()) == NAMES
    assert {Path(one).suffix for one in NAMES} == {".docx", ".pdf", ".xlsx", ".csv"}


def read(name: str) -> Document:
    data = (DOCUMENTS / name).read_bytes()
    return detect_format(name, data).read(data)


@pytest.mark.parametrize("name", NAMES)
def test_a_document_is_read_whole(name: str) -> None:
    document = read(name)
    assert document.unread == ()
    assert any(one.text.strip() for one in document.segments if one.hidden is None)


def test_the_workbook_hides_its_source_and_comments() -> None:
    kinds = {one.hidden for one in read("allegations.xlsx").segments}
    assert {HiddenKind.HIDDEN_SHEET, HiddenKind.COMMENT, HiddenKind.METADATA} <= kinds


def test_the_linked_tables_agree_and_carry_their_results() -> None:
    path = DOCUMENTS / "allegations.xlsx"
    formulas = openpyxl.load_workbook(path)
    results = openpyxl.load_workbook(path, data_only=True)
    checked = 0
    for sheet in formulas:
        for cell in (one for row in sheet for one in row if one.data_type == "f"):
            result = results[sheet.title][cell.coordinate].value
            if found := re.fullmatch(r"=SUM\((\w+):(\w+)\)", cell.value):
                parts = results[sheet.title][f"{found[1]}:{found[2]}"]
                assert result == sum(one.value for row in parts for one in row)
            checked += 1
    assert checked > 40
    assert [results["Notes"][f"B{row}"].value for row in range(5, 9)] == [46] * 4


def test_the_summary_fills_two_pages() -> None:
    with pymupdf.open(DOCUMENTS / "misconduct-summary.pdf") as document:
        assert len(document) == 2


# --- the decisions and what is expected of them -----------------------------------------------


def load(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((CASE / name).read_text(encoding="utf-8"))
    return loaded


RULES: list[dict[str, Any]] = load("decisions.json")["decisions"]


def test_every_decision_has_a_reason_and_every_redaction_a_limb() -> None:
    for rule in RULES:
        assert rule["action"] in {"redact", "keep"}
        assert len(rule["reason"]) > 20
        assert bool(rule.get("exemption")) == (rule["action"] == "redact")


def test_decisions_name_labels_and_documents_that_exist() -> None:
    for rule in RULES:
        assert set(rule.get("labels", ())) <= LABEL_BY_NAME.keys()
        assert set(rule.get("documents", ())) <= set(NAMES)


def test_the_last_decision_settles_all_that_is_left() -> None:
    assert RULES[-1]["action"] == "keep"
    assert not RULES[-1].keys() & {"labels", "terms", "documents"}


def texts(name: str) -> list[str]:
    return [one.text for one in read(name).segments]


def occurs(term: str, in_texts: list[str]) -> bool:
    ready = make_term(term, 1)
    assert ready is not None
    return any(next(find_term(ready, fold(text)), None) for text in in_texts)


@pytest.mark.parametrize("name", NAMES)
def test_every_listed_term_stands_in_a_document_it_is_listed_for(name: str) -> None:
    found = texts(name)
    for rule in RULES:
        if rule.get("documents") == [name]:
            missing = [term for term in rule.get("terms", ()) if not occurs(term, found)]
            assert missing == []


@pytest.mark.parametrize("name", NAMES)
def test_all_that_is_expected_to_go_or_stay_is_there_to_begin_with(name: str) -> None:
    expected = load("expected.json")[Path(name).stem]
    found = texts(name)
    missing = [one for one in expected["gone"] + expected["kept"] if not occurs(one, found)]
    # The parts of an address or name are not words of their own; look at the plain text as well.
    whole = "\n".join(found)
    assert [one for one in missing if one not in whole] == []


@pytest.mark.parametrize("name", NAMES)
def test_the_people_cannot_be_reached(name: str) -> None:
    """Telephone numbers, mail domains and the like are of the ranges kept for fiction."""
    whole = "\n".join(texts(name))
    for number in re.findall(r"\b07\d{3} \d{6}\b|\b0\d{4} \d{6}\b", whole):
        assert number.startswith(("07700 900", "01632 960"))
    for domain in re.findall(r"@([\w-]+(?:\.[\w-]+)+)", whole):
        assert domain.endswith(("example.org", "example.com", "example.net"))
    for prefix in re.findall(r"\b([A-Z]{2}) \d\d \d\d \d\d [A-D]\b", whole):
        assert prefix == "QQ"
