"""Where counts stand on sheets, and how they hang together."""

from __future__ import annotations

import pytest

from redactor.numbers.layout import Doubt, Edits, Layout, detect
from redactor.numbers.model import Evidence, Interval, Relation
from tests.benchmarks.table_layouts import draw, measure, unwarned
from tests.unit.numbers.sheets import sheet, sums


def doubts(layout: Layout) -> list[Doubt]:
    return [one.doubt for one in layout.warnings]


# --- sums ---------------------------------------------------------------------------------------


def test_a_row_and_a_column_of_totals_are_found_by_their_labels() -> None:
    found = detect(
        [
            sheet("""
Allegation | 2019 | 2020 | Total
Voyeurism  | 3    | 4    | 7
Stalking   | 10   | 12   | 22
Total      | 13   | 16   | 29
""")
        ]
    )
    assert sums(found.relations) == {
        "B4": ["B2", "B3"],
        "C4": ["C2", "C3"],
        "D4": ["D2", "D3"],
        "D2": ["B2", "C2"],
        "D3": ["B3", "C3"],
    } | {"D4": sums(found.relations)["D4"]}
    assert {one.evidence for one in found.relations} == {Evidence.LABEL}
    (table,) = found.tables
    assert table.range == "A1:D4"
    assert [one.labels for one in table.dimensions] == [
        ("Voyeurism", "Stalking", "Total"),
        ("2019", "2020", "Total"),
    ]


def test_years_that_head_columns_are_no_counts() -> None:
    found = detect([sheet("Force | 2019 | 2020 | 2021\nNorth | 1 | 2 | 3\nSouth | 4 | 0 | 6")])
    assert "Data!B1" not in found.printed
    assert len(found.printed) == 6


def test_totals_before_their_parts_with_totals_of_groups_are_found() -> None:
    found = detect(
        [
            sheet("""
Area        | Cases | Closed
All         | 30    | 18
North total | 11    | 7
Moor        | 4     | 2
Fell        | 7     | 5
South total | 19    | 11
Coast       | 9     | 6
Vale        | 10    | 5
""")
        ]
    )
    said = sums(found.relations)
    assert said["B2"] == ["B3", "B6"]
    assert said["B3"] == ["B4", "B5"]
    assert said["C6"] == ["C7", "C8"]


def test_a_formula_is_evidence_where_no_label_is() -> None:
    found = detect(
        [sheet("Area | Cases\nMoor | 1\nFell | 0\nCoast | 1 =SUM(B2:B3)\nVale | 2 =B2+B4")]
    )
    said = {one.total: one for one in found.relations}
    assert said["Data!B4"].parts == ("Data!B2", "Data!B3")
    assert said["Data!B5"].parts == ("Data!B2", "Data!B4")
    assert {one.evidence for one in found.relations} == {Evidence.FORMULA}


def test_a_formula_that_takes_away_is_a_sum_as_well() -> None:
    found = detect([sheet("Area | Cases\nEngland | 12\nMoor | 5\nThe rest | 7 =B2-B3")])
    (relation,) = found.relations
    assert (relation.total, relation.parts) == ("Data!B2", ("Data!B4", "Data!B3"))


def test_a_labelled_total_that_does_not_add_is_warned_of_with_cells_and_figures() -> None:
    found = detect([sheet("Area | A | B\nMoor | 14 | 20\nFell | 3 | 21\nTotal | 18 | 41")])
    (warned,) = [one for one in found.warnings if one.doubt is Doubt.NOT_ADDITIVE]
    assert warned.cells == ("Data!B4", "Data!B2", "Data!B3")
    assert "18" in warned.words
    assert "17" in warned.words
    assert sums(found.relations) == {"C4": ["C2", "C3"]}


def test_headings_on_two_levels_tell_what_adds_up() -> None:
    found = detect(
        [
            sheet("""
Ward | Men | . | Women | . | All | .
.    | 2020 | 2021 | 2020 | 2021 | 2020 | 2021
Moor | 2 | 3 | 1 | 4 | 3 | 7
Fell | 5 | 0 | 6 | 1 | 11 | 1
""")
        ]
    )
    said = sums(found.relations)
    assert said["F3"] == ["B3", "D3"]
    assert said["G4"] == ["C4", "E4"]


def test_what_is_of_which_of_a_line_is_at_most_that_line_and_no_part_of_a_total() -> None:
    found = detect(
        [
            sheet("""
Complaints        | 2020 | 2021
Upheld            | 12   | 9
of which: serious | 3    | 2
Not upheld        | 20   | 22
Total             | 32   | 31
""")
        ]
    )
    assert sums(found.relations) == {"B5": ["B2", "B4"], "C5": ["C2", "C4"]}
    assert (("Data!B2", 1), ("Data!B3", -1)) in [one.terms for one in found.facts]


def test_a_list_of_records_is_no_table_of_counts() -> None:
    rows = "\n".join(f"{'North' if one % 2 else 'South'} | {20 + one}" for one in range(20))
    found = detect([sheet(f"Area | Age\n{rows}")])
    assert not found.tables
    assert doubts(found) == [Doubt.RECORDS]


# --- what is printed ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("[c]", 1, None),
        ("*", 1, None),
        ("<5", 1, 4),
        ("fewer than 5", 1, 4),
        ("1 to 4", 1, 4),
        ("5 or fewer", 1, 5),
        ("z", 0, 0),
        ("x", 0, None),
        ("1,204", 1204, 1204),
        ("12 [note 1]", 12, 12),
        ("12¹", 12, 12),
        ("7 [r]", 7, 7),
    ],
)
def test_a_figure_says_what_its_marks_say(written: str, low: int, high: int | None) -> None:
    found = detect([sheet(f"Area | A | B\nMoor | {written} | 0\nFell | 30 | 5")])
    assert found.printed["Data!B2"] == Interval(low, high)


def test_a_legend_says_what_a_mark_stands_for() -> None:
    found = detect(
        [
            sheet("Area | A | B\nMoor | ~ | 2\nFell | 30 | 5"),
            sheet("Notes\n~ denotes a count of 1 to 4", "Notes"),
        ]
    )
    assert found.printed["Data!B2"] == Interval(1, 4)
    assert Doubt.MARK not in doubts(found)


@pytest.mark.parametrize(
    "legend",
    [
        "[c] = fewer than 5; some larger numbers are also withheld.",
        "[c] = fewer than 5, or a larger number withheld to protect one.",
        "[c] = withheld to protect confidentiality. Some larger numbers are also withheld.",
    ],
)
def test_a_mark_that_stands_for_larger_numbers_too_has_no_upper_limit(legend: str) -> None:
    found = detect([sheet("Area | A | B\nMoor | [c] | 2\nFell | 30 | 0", around=("", legend))])
    assert found.printed["Data!B2"] == Interval(1, None)


def test_a_mark_that_nobody_explains_is_warned_of() -> None:
    assert Doubt.MARK in doubts(detect([sheet("Area | A | B\nMoor | ~ | 2\nFell | 30 | 5")]))


def test_rounded_figures_are_what_they_may_have_been() -> None:
    found = detect(
        [
            sheet(
                "Area | A | B\nMoor | 10 | 5\nFell | 30 | 0\nTotal | 45 | 5",
                around=("", "Figures are rounded to the nearest 5."),
            )
        ]
    )
    assert found.printed["Data!B2"] == Interval(8, 12)
    assert Doubt.ROUNDED in doubts(found)
    assert Doubt.NOT_ADDITIVE not in doubts(found)


def test_counts_in_hidden_rows_are_printed_for_whoever_has_the_file_but_not_released() -> None:
    found = detect([sheet("Area | A | B\nMoor | 10 ! | 5 !\nFell | 30 | 1\nTotal | 40 | 6")])
    assert found.unseen == {"Data!B2", "Data!C2"}
    assert found.release().printed["Data!B2"] == Interval(10, 10)
    assert "Data!B2" not in found.found().counts


# --- shares -------------------------------------------------------------------------------------


def test_a_share_of_a_column_becomes_two_facts_about_the_count_and_its_total() -> None:
    found = detect(
        [sheet("Area | Cases | %\nMoor | 3 | 25.0%\nFell | 9 | 75.0%\nTotal | 12 | 100.0%")]
    )
    first = found.derived[0]
    assert first.of == ("Data!B2", "Data!B4")
    for fact in first.facts:
        reached = 3 * fact.terms[0][1] + 12 * fact.terms[1][1]
        assert fact.low is None or reached >= fact.low
        assert fact.high is None or reached <= fact.high
    assert Doubt.SHARES not in doubts(found)


def test_shares_of_something_else_are_warned_of() -> None:
    found = detect(
        [sheet("Area | Cases | %\nMoor | 3 | 31.0%\nFell | 9 | 2.0%\nTotal | 12 | 9.0%")]
    )
    assert Doubt.SHARES in doubts(found)
    assert all(not one.of for one in found.derived)


def test_averages_are_left_out_with_a_warning() -> None:
    found = detect(
        [sheet("Area | Cases | Average days\nMoor | 3 | 12\nFell | 9 | 30\nTotal | 12 | 25")]
    )
    assert Doubt.NO_COUNT in doubts(found)
    assert "Data!C2" not in found.printed


def test_a_change_says_the_difference_of_two_counts() -> None:
    found = detect([sheet("Area | 2020 | 2021 | Change\nMoor | 3 | 8 | +5\nFell | 9 | 7 | -2")])
    assert found.derived[0].facts[0].terms == (("Data!C2", 1), ("Data!B2", -1))
    assert found.derived[1].facts[0].low == -2


def test_columns_with_two_figures_a_cell_are_left_out_with_a_warning() -> None:
    found = detect(
        [sheet("Area | 2020 | 2021\nMoor | 3 | 4 (12%)\nFell | 9 | 6 (18%)\nVale | 8 | 1 (3%)")]
    )
    assert Doubt.LEFT_OUT in doubts(found)
    assert all("C" not in cell.partition("!")[2] for cell in found.printed)


def test_a_count_in_a_heading_is_warned_of() -> None:
    found = detect([sheet("Area | A | B\nMoor (n=7) | 3 | 4\nFell (n=15) | 9 | 6")])
    assert Doubt.HEADING in doubts(found)


# --- links --------------------------------------------------------------------------------------

_BY_YEAR = """
Allegation | 2019 | 2020 | Total
Voyeurism  | 3    | 4    | 7
Stalking   | 10   | 12   | 22
Assault    | 5    | 30   | 35
Total      | 18   | 46   | 64
"""
_BY_OUTCOME = """
Allegation | Dismissed | Warned | Total
Voyeurism  | 2         | 5      | 7
Stalking   | 11        | 11     | 22
Assault    | 15        | 20     | 35
Total      | 28        | 36     | 64
"""
_YEAR_BY_OUTCOME = """
Year  | Dismissed | Warned | Total
2019  | 8         | 10     | 18
2020  | 20        | 26     | 46
Total | 28        | 36     | 64
"""


def test_margins_of_two_sheets_with_equal_labels_and_values_are_one_cell() -> None:
    found = detect([sheet(_BY_YEAR, "Year"), sheet(_BY_OUTCOME, "Outcome")])
    links = {(one.total, one.parts) for one in found.links}
    assert ("Year!D2", ("Outcome!D2",)) in links
    assert ("Year!D5", ("Outcome!D5",)) in links
    assert {one.evidence for one in found.links} == {Evidence.LINK}


def test_a_line_that_says_the_same_under_another_name_is_the_same() -> None:
    """A letter says how many complaints; the workbook calls that its total."""
    book = sheet(
        """
        Year | Public | Staff | Total
        2019 | 4 | 3 | 7
        2020 | 7 | 2 | 9
        2021 | 5 | 1 | 6
        2022 | 8 | 2 | 10
        """
    )
    letter = sheet(
        """
        Year | Complaints | Days lost
        2019 | 7 | 31
        2020 | 9 | 12
        2021 | 6 | 40
        2022 | 10 | 8
        """,
        "Letter",
    )
    links = {frozenset((one.total, *one.parts)) for one in detect([book, letter]).links}
    assert links == {frozenset((f"Data!D{row}", f"Letter!B{row}")) for row in range(2, 6)}


def test_lines_that_differ_in_one_number_are_two_things() -> None:
    text = "Year | A\n2019 | 7\n2020 | 9\n2021 | 6\n2022 | {}\n"
    book, letter = sheet(text.format(10)), sheet(text.format(11).replace("A", "B"), "Letter")
    assert not detect([book, letter]).links


def test_a_margin_that_says_something_else_is_warned_of() -> None:
    other = _BY_OUTCOME.replace("| 11     | 22", "| 12     | 23").replace(
        "36     | 64", "37     | 65"
    )
    found = detect([sheet(_BY_YEAR, "Year"), sheet(other, "Outcome")])
    assert Doubt.LINK_CONFLICT in doubts(found)


def test_three_tables_that_cross_three_things_have_crosses_behind_them() -> None:
    found = detect(
        [sheet(_BY_YEAR, "Year"), sheet(_BY_OUTCOME, "Outcome"), sheet(_YEAR_BY_OUTCOME, "Both")]
    )
    latent = [one for one in found.relations if one.evidence is Evidence.LATENT]
    assert len(latent) == 3 * 2 + 3 * 2 + 2 * 2
    assert len({part for one in latent for part in one.parts}) == 3 * 2 * 2
    assert not {part for one in latent for part in one.parts} & set(found.printed)


def test_a_sheet_that_adds_up_others_of_the_same_shape_is_their_total() -> None:
    def year(first: int, second: int) -> str:
        return f"Area | Men | Women\nMoor | {first} | 3\nFell | 8 | {second}"

    found = detect(
        [
            sheet(year(4, 7), "2019"),
            sheet(year(5, 9), "2020"),
            sheet("Area | Men | Women\nMoor | 9 | 6\nFell | 16 | 16", "All years"),
        ]
    )
    assert ("All years!B2", ("2019!B2", "2020!B2")) in {
        (one.total, one.parts) for one in found.relations
    }


def test_what_an_earlier_answer_printed_is_known_and_its_sums_hold() -> None:
    before = """
Allegation | 2018 | 2019 | Total
Voyeurism  | 9    | 3    | 12
Stalking   | 20   | 10   | 30
Assault    | 40   | 5    | 45
Total      | 69   | 18   | 87
"""
    found = detect([sheet(_BY_YEAR)], prior=[sheet(before)])
    earlier = {(one.total, one.parts) for one in found.links if one.evidence is Evidence.EARLIER}
    assert ("Data!B2", ("earlier:Data!C2",)) in earlier
    assert ("earlier:Data!D2", ("earlier:Data!B2", "earlier:Data!C2")) in earlier
    assert not any(one[0] == "Data!D2" and one[1] == ("earlier:Data!D2",) for one in earlier)
    assert found.known["earlier:Data!B2"] == Interval(9, 9)


def test_an_earlier_answer_that_says_something_else_is_warned_of() -> None:
    before = _BY_YEAR.replace("| 10   | 12   | 22", "| 10   | 13   | 23")
    found = detect([sheet(_BY_YEAR)], prior=[sheet(before)])
    (first, *_) = [one for one in found.warnings if one.doubt is Doubt.EARLIER_CONFLICT]
    assert first.cells == ("Data!C3", "earlier:Data!C3")


# --- what an officer makes of it ----------------------------------------------------------------


def test_an_officer_drops_adds_and_takes_out() -> None:
    found = detect([sheet("Area | A | B\nMoor | 14 | 20\nFell | 3 | 21\nTotal | 17 | 41")])
    first = found.relations[0]
    own = Relation("Data!C4", ("Data!B4", "Data!C2"), Evidence.PERSON)
    edits = Edits(frozenset({first}), (own,), frozenset({"Data!C3"}))
    confirmed = found.confirmed("A. Officer", edits)
    assert first not in confirmed.tables.relations
    assert own in confirmed.tables.relations
    assert "Data!C3" not in confirmed.tables.counts
    assert not any("Data!C3" in one.parts for one in confirmed.tables.relations)
    assert confirmed.by == "A. Officer"


# --- many sheets drawn by chance ----------------------------------------------------------------


@pytest.mark.parametrize("mean", [30, 8])
def test_labelled_sheets_with_ordinary_counts_are_read_right(mean: int) -> None:
    score = measure(25, mean)
    assert score.right == score.sheets


def test_formulas_halve_what_is_missed_of_tiny_counts() -> None:
    without = measure(25, 1, labelled=False)
    with_formulas = measure(25, 1, labelled=False, formulas=True)
    assert without.missed > 0
    assert with_formulas.missed <= without.missed / 2


@pytest.mark.parametrize("mean", [30, 1])
def test_every_labelled_total_that_does_not_add_is_warned_of(mean: int) -> None:
    tried = 0
    for seed in range(25):
        drawn = draw(seed, mean, broken=True)
        tried += len(drawn.broken)
        assert unwarned(detect([drawn.sheet]), drawn.broken) == []
    assert tried > 10
