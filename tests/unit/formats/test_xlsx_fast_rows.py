"""A plain sheet is read by patterns, any other by parsing: both must see the same."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from redactor.formats.xlsx import Xlsx
from redactor.formats.xlsx.fast_rows import plain_cells, plain_sheet
from redactor.model import Segment, column_letters
from tests.unit.formats.office import sheet, styles, workbook

_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=12)
_CELLS = st.one_of(
    st.tuples(st.just("inlineStr"), _TEXT),
    st.tuples(st.just("str"), _TEXT),
    st.tuples(st.just(""), st.integers(-(10**18), 10**18).map(str)),
    st.tuples(st.just(""), st.floats(-1e9, 1e9).map(repr)),
    st.tuples(st.just("b"), st.sampled_from(["0", "1"])),
    st.tuples(st.just("n"), st.just("")),
)


_FORMULAS = st.sampled_from(
    [
        "",
        "<f>SUM(A1:A2)</f>",
        '<f>IF(A1&lt;2,"&amp;amp;",B1&gt;3)</f>',
        '<f t="shared" si="0"/>',
        '<f t="shared" ref="A1:A2" si="0">A1</f>',
    ]
)


def escape(text: str) -> str:
    kept = "".join(one for one in text if one >= " " or one in "\n\t")
    kept = kept.replace("\ufffe", "").replace("\uffff", "")
    return kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cell(column: int, number: int, kind: str, text: str, style: int, formula: str = "") -> str:
    name = f"{column_letters(column)}{number}"
    attributes = f'r="{name}" s="{style}"' + (f' t="{kind}"' if kind else "")
    if kind == "inlineStr":
        return f"<c {attributes}><is><t>{escape(text)}</t></is></c>"
    return f"<c {attributes}>{formula}<v>{escape(text)}</v></c>"


def segments(xml: str) -> tuple[Segment, ...]:
    data = workbook({"A": xml}, styles=styles("dd/mm/yyyy", "0.0", ";;;", '"Ref "0'))
    return Xlsx().read(data).segments


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.lists(st.tuples(_CELLS, st.integers(0, 4), _FORMULAS), max_size=4),
            st.sampled_from(["", ' hidden="1"', ' ht="0"', ' spans="1:3"']),
        ),
        max_size=5,
    )
)
def test_both_ways_of_reading_see_the_same(
    rows: list[tuple[list[tuple[tuple[str, str], int, str]], str]],
) -> None:
    xml = sheet(
        "".join(
            f'<row r="{number}"{attributes}>'
            + "".join(
                cell(column, number, kind, text, style, formula)
                for column, ((kind, text), style, formula) in enumerate(cells)
            )
            + "</row>"
            for number, (cells, attributes) in enumerate(rows, 1)
        )
    )
    assert plain_sheet(xml.encode(), "sheet") is not None
    commented = xml.replace("<sheetData>", "<sheetData><!-- not plain -->", 1)
    assert plain_sheet(commented.encode(), "sheet") is None
    slow = tuple(one for one in segments(commented) if "not plain" not in one.text)
    assert segments(xml) == slow


def test_only_plain_cells_are_taken_apart() -> None:
    assert plain_cells('<c r="A1"><v>1</v></c>') == [("A", "1", None, None, None, "1", None)]
    assert plain_cells("") == []
    for odd in (
        '<c r="A1"><v>1</v></c>stray',
        '<c r="A1"><v>a&#38;b</v></c>',
        '<c r="A1"><v>a&b</v></c>',
        '<c r="A1"><v>&unknown;</v></c>',
        '<c r="A1"><f a="&amp;">b</f><v>1</v></c>',
        '<c r="A1"><f><v>1</v></f></c>',
        '<c r="A1"><v>1</v><f>1</f></c>',
        '<c r="A1" x="1"><v>1</v></c>',
        '<c r="a1"><v>1</v></c>',
        '<c r="A1"><v>1</v><v>2</v></c>',
        '<c r="A1"><is><t>1</t><t>2</t></is></c>',
    ):
        assert plain_cells(odd) is None
