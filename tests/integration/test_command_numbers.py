"""``redactor numbers`` on real files: found, hidden, written, read back, audited."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from redactor.app import numbers_writing
from redactor.app.numbers_protecting import Outcome
from redactor.cli import main
from redactor.content import SheetCell
from redactor.numbers.model import CellName
from tests.unit.formats import office

_TABLE = """Allegation,2019,2020,2021,Total
Voyeurism,3,4,12,19
Stalking,10,12,2,24
Assault,5,30,8,43
Theft,7,0,9,16
Total,25,46,31,102
"""
_KEYS = {
    "sheet",
    "range",
    "dimensions",
    "relations",
    "primary",
    "secondary",
    "intervals",
    "cost",
    "status",
    "bound",
}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(_TABLE, "utf-8")
    return path


class Ran:
    """What a call of the command gave."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *arguments: object) -> None:
        self.code = main(["numbers", *map(str, arguments), "--json"])
        said = capsys.readouterr()
        self.shape: dict[str, Any] = json.loads(said.out)
        self.said = said.err

    @property
    def first(self) -> dict[str, Any]:
        return self.shape["tables"][0]


def formula_cell(name: str, formula: str, value: int) -> str:
    return f'<c r="{name}"><f>{formula}</f><v>{value}</v></c>'


def workbook(folder: Path) -> Path:
    """Write a workbook as a spreadsheet program does: formulas with their results, a hidden row."""
    rows = [("2020", "2021"), (3, 20), (16, 9), (14, 21), (11, 2)]
    names = ["Ward", "Moor", "Fell", "Coast", "Vale"]
    xml = ""
    for number, (name, counts) in enumerate(zip(names, rows, strict=True), 1):
        cells = [office.text_cell(f"A{number}", name)]
        cells += [
            f'<c r="{letter}{number}"><v>{count}</v></c>'
            for letter, count in zip("BC", counts, strict=True)
        ]
        if number == 1:
            cells.append(office.text_cell("D1", "Both"))
        else:
            total = sum(int(one) for one in counts)
            cells.append(formula_cell(f"D{number}", f"B{number}+C{number}", total))
        xml += office.row_of(number, *cells)
    sums = [sum(int(row[at]) for row in rows[1:]) for at in range(2)]
    last = [
        formula_cell(f"{letter}6", f"SUM({letter}2:{letter}5)", value)
        for letter, value in zip("BCD", (*sums, sum(sums)), strict=True)
    ]
    xml += office.row_of(6, office.text_cell("A6", "Sum of wards"), *last)
    path = folder / "wards.xlsx"
    path.write_bytes(office.workbook({"Wards": office.sheet(xml)}))
    return path


def test_json_has_what_the_contract_says(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran = Ran(capsys, table)
    assert ran.code == 0
    assert set(ran.first) == _KEYS
    assert ran.first["range"] == "A1:E6"
    assert {"total": "E6", "parts": ["E2", "E3", "E4", "E5"]} in ran.first["relations"]
    assert ran.first["primary"] == ["B2", "C2", "D3"]
    assert ran.first["secondary"]
    intervals = {one["cell"]: one for one in ran.first["intervals"]}
    assert intervals["B2"]["before"] == [3, 3]
    low, high = intervals["B2"]["after"]
    assert low <= 1
    assert high >= 5
    assert ran.first["status"] == "optimal"
    assert ran.first["bound"] == pytest.approx(ran.first["cost"])


def test_nothing_is_called_proved_of_a_layout_that_nobody_confirmed(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["numbers", str(table)]) == 0
    said = capsys.readouterr().out.lower()
    assert "proved" not in said
    assert "nobody has confirmed this layout" in said


def test_a_workbook_is_written_with_values_only_and_without_what_is_hidden(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "released.xlsx"
    ran = Ran(capsys, workbook(tmp_path), "--out", out)
    assert ran.code == 0
    assert {"total": "B6", "parts": ["B2", "B3", "B4", "B5"]} in ran.first["relations"]
    hidden = {*ran.first["primary"], *ran.first["secondary"]}
    assert {"B2", "C5"} <= hidden
    (sheet,) = openpyxl.load_workbook(out).worksheets
    assert sheet["A1"].value.startswith("[c] = withheld to protect confidentiality.")
    for row in range(2, 7):
        for letter in "BCD":
            shown = sheet[f"{letter}{row + 2}"].value
            assert (shown == "[c]") == (f"{letter}{row}" in hidden)
            assert not str(shown).startswith("=")
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_what_was_written_is_safe_by_its_own_audit(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "released.csv"
    assert Ran(capsys, table, "--out", out).code == 0
    again = Ran(capsys, out, "--audit")
    assert again.code == 0
    assert again.first["status"] == "safe"


def test_an_audit_finds_what_others_left_open(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "theirs.csv"
    path.write_text("Area,2020,2021,Total\nMoor,[c],11,14\nFell,6,0,6\nTotal,9,11,20\n", "utf-8")
    ran = Ran(capsys, path, "--audit")
    assert ran.code == 1
    assert ran.first["intervals"] == [{"cell": "B2", "before": [1, None], "after": [3, 3]}]
    assert ran.first["status"] == "exact"


def test_a_table_of_a_word_document_comes_out_as_a_workbook(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "answer.docx"
    document = docx.Document()
    document.add_paragraph("Grievances by area and year")
    lines = [line.split(",") for line in _TABLE.strip().split("\n")]
    grown = document.add_table(rows=len(lines), cols=len(lines[0]))
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            grown.cell(row, column).text = text
    document.save(str(path))
    out = tmp_path / "answer.xlsx"
    ran = Ran(capsys, path, "--out", out)
    assert ran.code == 0
    assert ran.first["sheet"] == "Table 1"
    assert ran.first["primary"] == ["B2", "C2", "D3"]
    assert openpyxl.load_workbook(out)["Table 1"]["B4"].value == "[c]"


def test_rounding_prints_multiples_of_five_that_do_not_tell_small_counts(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "rounded.csv"
    ran = Ran(capsys, table, "--treatment", "round", "--out", out)
    assert ran.code == 0
    text = out.read_text("utf-8-sig")
    assert "Figures are rounded to the nearest 5" in text
    assert "Voyeurism,5,5,10,20" in text
    assert all(one["after"][0] < one["after"][1] for one in ran.first["intervals"])


def test_years_are_taken_together_until_nothing_is_small(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "years.csv", tmp_path / "grouped.csv"
    path.write_text(
        "Area,2019,2020,2021,2022,Total\nMoor,3,4,12,9,28\nFell,10,9,2,6,27\nTotal,13,13,14,15,55\n",
        "utf-8",
    )
    ran = Ran(capsys, path, "--treatment", "collapse", "--out", out)
    assert ran.code == 0
    assert ran.first["primary"] == []
    text = out.read_text("utf-8-sig")
    assert "Area,2019 to 2020,2021 to 2022,Total" in text
    assert "[c]," not in text
    assert "Moor,7,21,28" in text


def test_a_total_that_does_not_add_is_said_and_does_not_stop_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "slip.csv"
    path.write_text("Area,2020,2021\nMoor,14,20\nFell,3,21\nTotal,18,41\n", "utf-8")
    ran = Ran(capsys, path)
    assert "B4 is 18" in ran.said
    assert "add up to 17" in ran.said
    assert {"total": "C4", "parts": ["C2", "C3"]} in ran.first["relations"]


def test_shares_of_hidden_counts_are_withheld_with_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "shares.csv", tmp_path / "released.csv"
    path.write_text(
        "Area,Cases,% of total\nMoor,3,10.0%\nFell,12,40.0%\nCoast,9,30.0%\nVale,6,20.0%\n"
        "Total,30,100.0%\n",
        "utf-8",
    )
    ran = Ran(capsys, path, "--out", out)
    assert ran.code == 0
    text = out.read_text("utf-8-sig")
    assert "Moor,[c],[c]" in text
    assert "10.0%" not in text


def test_what_nothing_can_protect_is_blocked_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "tiny.csv", tmp_path / "released.csv"
    path.write_text(
        "Area,2020,2021,Both\nMoor,3,40,43\nFell,22,31,53\n\n"
        "Area,2020,2021,Both\nMoor,fewer than 5,40,43\nFell,22,31,53\n",
        "utf-8",
    )
    assert main(["numbers", str(path), "--out", str(out), "--json"]) == 4
    assert "Nothing was written" in capsys.readouterr().err
    assert not out.exists()


def test_a_count_in_a_heading_blocks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, out = tmp_path / "heads.csv", tmp_path / "released.csv"
    path.write_text("Area,A,B\nMoor (n=7),3,4\nFell (n=15),9,6\n", "utf-8")
    assert main(["numbers", str(path), "--out", str(out), "--json"]) == 4
    assert "A heading holds a count" in capsys.readouterr().err
    assert not out.exists()


def test_a_file_that_prints_something_else_than_was_audited_is_not_kept(
    table: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "released.csv"
    right = numbers_writing._count_cell

    def tells(outcome: Outcome, name: CellName, shown: str) -> SheetCell:
        return SheetCell(3) if name == "Sheet 1!B2" else right(outcome, name, shown)

    monkeypatch.setattr(numbers_writing, "_count_cell", tells)
    assert main(["numbers", str(table), "--out", str(out), "--json"]) == 5
    assert "No file was kept" in capsys.readouterr().err
    assert sorted(one.name for one in tmp_path.iterdir()) == ["table.csv"]


def test_only_the_sheet_named_is_looked_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name in ("First", "Second"):
        sheet = book.create_sheet(name)
        for line in _TABLE.strip().split("\n"):
            sheet.append([int(one) if one.isdecimal() else one for one in line.split(",")])
    path = tmp_path / "two.xlsx"
    book.save(path)
    both = Ran(capsys, path)
    assert [one["sheet"] for one in both.shape["tables"]] == ["First", "Second"]
    assert {"total": "First!E2", "parts": ["Second!E2"]} not in both.first["relations"]
    assert any(
        part.startswith("Second!") for one in both.first["relations"] for part in one["parts"]
    )
    one = Ran(capsys, path, "--sheet", "Second")
    assert [each["sheet"] for each in one.shape["tables"]] == ["Second"]
    assert main(["numbers", str(path), "--sheet", "Third"]) == 2


def test_wrong_usage_is_refused_before_anything_is_read(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["numbers", str(table), "--out", str(tmp_path / "a.pdf")]) == 2
    assert main(["numbers", str(table), "--out", str(table)]) == 2
    assert main(["numbers", str(table), "--out", str(tmp_path / "a.csv"), "--audit"]) == 2
    assert main(["numbers", str(table), "--threshold", "1"]) == 2
    assert main(["numbers", str(tmp_path / "missing.csv")]) == 3
    assert capsys.readouterr().out == ""
    assert [one.name for one in tmp_path.iterdir()] == ["table.csv"]


def test_a_preset_says_what_is_small_and_what_is_done(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "nhs.csv"
    ran = Ran(capsys, table, "--preset", "nhs-england", "--out", out)
    assert ran.code == 0
    assert ran.first["primary"] == ["B2", "C2", "D3", "B4", "B5"]
    assert ran.first["secondary"] == []
    lines = out.read_text("utf-8-sig").splitlines()
    assert "[c] = 1 to 7, withheld" in lines[0]
    assert "rounded to the nearest 5" in lines[0]
    assert "Voyeurism,[c],[c],10,20" in lines
    assert "Theft,[c],0,10,15" in lines


def test_noughts_are_withheld_where_the_preset_says_so(
    table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "tre.csv"
    ran = Ran(capsys, table, "--preset", "tre", "--out", out)
    assert ran.code == 0
    assert "C5" in ran.first["primary"]
    assert not any(line.startswith("Theft,7,0") for line in out.read_text("utf-8-sig").split("\n"))


def test_a_threshold_that_is_given_wins_over_the_preset(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert Ran(capsys, table, "--preset", "nhs-england", "--threshold", "4").first["primary"] == [
        "B2",
        "D3",
    ]
    plain = Ran(capsys, table, "--preset", "nhs-england", "--treatment", "suppress")
    assert plain.first["secondary"]


def test_an_authority_s_own_preset_is_used_by_its_name(
    table: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.setenv("REDACTOR_NUMBERS", str(folder))
    (folder / "presets.toml").write_text(
        '[[preset]]\nkey = "ours"\ntitle = "Under 3"\nwords = "Counts of 1 and 2."\n'
        'source = "An invented council."\ndated = "2026"\nthreshold = 3\nzeros = "shown"\n'
        'treatment = "suppress"\n',
        "utf-8",
    )
    assert Ran(capsys, table, "--preset", "ours").first["primary"] == ["D3"]
    assert main(["numbers", str(table), "--preset", "theirs"]) == 2
    assert "foi, ons-10-5, nhs-england, tre, ofqual, ours" in capsys.readouterr().err
