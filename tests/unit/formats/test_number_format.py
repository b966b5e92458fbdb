from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from redactor.formats.number_format import NumberFormat, show_value


@pytest.mark.parametrize(
    ("code", "number", "text"),
    [
        ("General", 3, "3"),
        ("General", 0.1 + 0.2, "0.3"),
        ("General", 1e21, "1E+21"),
        ("0.00", 3.14159, "3.14"),
        ("#,##0", 1234567.8, "1,234,568"),
        ("0%", 0.256, "26%"),
        ("00000", 42, "00042"),
        ("£#,##0.00", -1234.5, "-£1,234.50"),
        ("[$£-809]#,##0.00", 12.5, "£12.50"),
        ('0" officers"', 3, "3 officers"),
        ("0;(0)", -5, "(5)"),
        ('_-£* #,##0.00_-;-£* #,##0.00_-;_-£* "-"??_-;_-@_-', 1234.567, "£1,234.57"),
        ("[>100]0;[Red]0.0", 5, "5.0"),
        ("000-00-0000", 123456789, "123-45-6789"),
        ("# ?/?", 1.5, "1 1/2"),
        ("0.00E+00", 12345.678, "1.23E+04"),
        ("dd/mm/yyyy", 44999.75, "14/03/2023"),
        ("[$-809]dd mmmm yyyy", 44999, "14 March 2023"),
        ("dddd, d mmmm yyyy", 44999, "Tuesday, 14 March 2023"),
        ("h:mm AM/PM", 0.75, "6:00 PM"),
        ("[h]:mm:ss", 1.5, "36:00:00"),
        ("mm:ss", 0.0123, "17:43"),
        ("yyyy\\-mm\\-dd;@", 44999.5, "2023-03-14"),
        ("dd/mm/yyyy", 59, "28/02/1900"),
        ("dd/mm/yyyy", -5, "-5"),
    ],
)
def test_a_number_is_shown_as_a_spreadsheet_shows_it(code: str, number: float, text: str) -> None:
    assert NumberFormat(code).show(number).text == text


def test_the_1904_system_counts_from_another_day() -> None:
    shown = NumberFormat("dd/mm/yyyy", epoch_1904=True).show(43537)
    assert shown.text == "14/03/2023"
    assert shown.value == 44999


@pytest.mark.parametrize(
    ("code", "number", "value"),
    [
        ("0", 12.4, 12),
        ("0.0%", 0.12345, 0.123),
        ("dd/mm/yyyy", 44999.75, 44999),
        ("mmm-yy", 44999, 44986),
        ("d mmm", 44999, "14 Mar"),
        ("#,##0,", 1234567, 1235),
    ],
)
def test_no_more_is_released_than_was_shown(code: str, number: float, value: object) -> None:
    assert NumberFormat(code).show(number).value == value


@pytest.mark.parametrize(("code", "number"), [(";;;", 5), ('""', 5), ("#", 0), ("0;;", -3)])
def test_what_shows_nothing_is_hidden(code: str, number: float) -> None:
    assert NumberFormat(code).show(number).hidden


@given(
    st.sampled_from(
        ["General", "0", "0.00", "#,##0.0", "0%", "£#,##0.00", "dd/mm/yyyy", "dd/mm/yy hh:mm",
         "mmm-yy", "h:mm:ss AM/PM", "[h]:mm", "0;(0);-", '0" people"', "0.0E+00", "# ??/??"]
    ),
    st.floats(-1e6, 2e6) | st.integers(-100, 50_000),
)  # fmt: skip
@example("General", 100000.99999999977)
def test_what_is_released_shows_the_same_again(code: str, number: float) -> None:
    shown = NumberFormat(code).show(number)
    if not shown.hidden:
        assert show_value(shown.value, shown.number_format) == shown.text


@given(st.text('0#?.,%;dmyhs"\\@*_[]<>$£- /E+(){}:g', max_size=14), st.floats(-1e7, 1e7))
def test_no_format_code_makes_it_fail(code: str, number: float) -> None:
    NumberFormat(code).show(number)
