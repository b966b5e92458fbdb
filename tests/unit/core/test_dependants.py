"""Which cells are computed from which."""

from __future__ import annotations

import pytest

from redactor.dependants import (
    MAX_ROW,
    CellArea,
    CellSet,
    Dependants,
    FormulaCell,
    address,
    areas_of,
    computed_from_shown,
    given_away,
    shown_dependants,
)

HOME = "Data"


def formula(
    cell: str, text: str, sheet: str = HOME, shift: tuple[int, int] = (0, 0)
) -> FormulaCell:
    return FormulaCell(sheet, int(cell[1:]) - 1, ord(cell[0]) - 65, text, shift)


def key(cell: str, sheet: str = HOME) -> tuple[str, int, int]:
    return sheet, int(cell[1:]) - 1, ord(cell[0]) - 65


def area(first: str, last: str, sheet: str = HOME) -> CellArea:
    _, top, left = key(first)
    _, bottom, right = key(last)
    return CellArea(sheet, top, left, bottom, right)


@pytest.mark.parametrize(
    ("text", "looked_at"),
    [
        ("B2+$C$3", [area("B2", "B2"), area("C3", "C3")]),
        ("SUM(B2:B9)", [area("B2", "B9")]),
        ("SUM('Own staff'!A1:A3)", [area("A1", "A3", "Own staff")]),
        ("Sheet2!B1*2", [area("B1", "B1", "Sheet2")]),
        ("'It''s'!B1", [area("B1", "B1", "It's")]),
        ("SUM(B:B)", [CellArea(HOME, 0, 1, MAX_ROW - 1, 1)]),
        ("SUM(2:3)", [CellArea(HOME, 1, 0, 2, 16_383)]),
        ('IF(A1="B2 and B3",1,2)', [area("A1", "A1")]),
        ("LOG10(A2)", [area("A2", "A2")]),
        ("of:=SUM([.B2:.B4])+[$Other.C1]", [area("B2", "B4"), area("C1", "C1", "Other")]),
        ("[1]Sheet1!A1+B1", [area("B1", "B1")]),
        ("TODAY()", []),
    ],
)
def test_a_formula_looks_at_its_references_and_at_nothing_in_its_strings(
    text: str, looked_at: list[CellArea]
) -> None:
    assert list(areas_of(formula("D1", text))) == looked_at


def test_a_shared_formula_moves_its_relative_references_only() -> None:
    assert areas_of(formula("D5", "B2+$C$3+D$1", shift=(3, 0))) == (
        area("B5", "B5"),
        area("C3", "C3"),
        area("D1", "D1"),
    )


def test_a_name_is_followed_to_what_it_means() -> None:
    names = {"pay": "Data!$B$2:$B$4"}
    assert areas_of(formula("D1", "SUM(Pay)"), names) == (area("B2", "B4"),)
    assert areas_of(formula("D1", "SUM(Pay[March])"), names) == (area("B2", "B4"),)


def totals() -> Dependants:
    """Three parts, their total, and a percentage on another sheet."""
    return Dependants(
        [
            formula("B5", "SUM(B2:B4)"),
            formula("C2", "B2/$B$5"),
            FormulaCell("Summary", 0, 0, "Data!B5*100"),
        ]
    )


def test_what_is_computed_from_a_cell_is_found_over_other_cells_too() -> None:
    assert totals().of(key("B2")) == (key("C2"), key("B5"), ("Summary", 0, 0))
    assert totals().of(key("A1")) == ()


def test_a_total_gives_the_only_withheld_part_away() -> None:
    shown = {key(one) for one in ("B3", "B4", "B5", "C2")} | {("Summary", 0, 0)}
    found = shown_dependants(key("B2"), totals(), CellSet({key("B2")}), shown)
    assert {one.cell for one in found if one.gives_away} == {
        key("B5"),
        key("C2"),
        ("Summary", 0, 0),
    }


def test_two_withheld_parts_cannot_be_told_apart_by_their_total() -> None:
    shown = {key("B4"), key("B5")}
    found = shown_dependants(key("B2"), totals(), CellSet({key("B2"), key("B3")}), shown)
    assert [(one.cell, one.others, one.gives_away) for one in found] == [(key("B5"), 1, False)]


def test_a_withheld_total_is_no_way_to_its_parts() -> None:
    withheld = CellSet({key("B2"), key("B5")})
    found = shown_dependants(key("B2"), totals(), withheld, {key("B3"), key("B4"), key("C2")})
    assert [one.cell for one in found] == [key("C2")]


def test_a_withheld_total_of_shown_parts_is_worked_out_at_once() -> None:
    assert computed_from_shown(key("B5"), totals(), CellSet({key("B5")}))
    assert not computed_from_shown(key("B5"), totals(), CellSet({key("B5"), key("B3")}))
    assert not computed_from_shown(key("B3"), totals(), CellSet({key("B3")}))


def test_all_that_can_be_worked_out_is_given_at_once() -> None:
    everything = {key(one) for one in ("B2", "B3", "B4", "B5", "C2")} | {("Summary", 0, 0)}
    assert given_away(totals(), CellSet({key("B3")}), everything) == {key("B3")}
    assert given_away(totals(), CellSet({key("B3"), key("B4")}), everything) == frozenset()
    assert given_away(totals(), CellSet({key("B5")}), everything) == {key("B5")}


def test_a_circle_of_formulas_ends() -> None:
    circle = Dependants([formula("A1", "A2"), formula("A2", "A1")])
    assert circle.of(key("A1")) == (key("A2"),)


def test_an_address_reads_as_a_spreadsheet_writes_it() -> None:
    assert address(key("B5")) == "Data!B5"
