"""``redactor case decide`` on columns, rows and sheets."""

from __future__ import annotations

import pytest

from tests.integration.case_office import EXEMPTION, Office

GROUND = ("--redact", "--exemption", EXEMPTION, "--reason", "Not fair to disclose.")


@pytest.fixture
def number(office: Office) -> str:
    documents = office.look("findings").shape["documents"]
    return next(str(one["document"]) for one in documents if one["path"].endswith(".csv"))


def test_a_column_is_decided_by_its_letter(office: Office, number: str):
    done = office.done("officer", "decide", "--document", number, "--column", "a", *GROUND)
    assert done["cells"] == 2
    redacted = {one["text"] for one in office.findings() if one["decision"]}
    assert redacted == {"Okoro", "Norreys"}


def test_every_value_and_all_cells_are_counted(office: Office, number: str):
    chosen = ("--document", number, "--column", "A", "--every-value")
    done = office.done("officer", "decide", *chosen, *GROUND)
    assert (done["cells"], done["values_not_spread"]) == (2, 0)
    plain = office.done("officer", "decide", "--document", number, "--all-cells", *GROUND)
    assert plain["cells"] == 4


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        (("--column", "A"), "--document"),
        (("--column", "7", "--document", "N"), "letters"),
        (("--row", "A", "--document", "N"), "number of a row"),
        (("--all-cells", "--document", "99"), "no document 99"),
        (("--all-cells", "--document", "N", "--sheet", "Staff"), "no sheets"),
        (("--all-undecided", "--every-value"), "--every-value"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_recorded(
    office: Office,
    number: str,
    chosen: tuple[str, ...],
    words: str,
):
    given = tuple(number if one == "N" else one for one in chosen)
    told = office.work("officer", "decide", *given, *GROUND)
    assert told.code == 2
    assert words in told.err
    assert "Nothing was recorded" in told.err or "no document" in told.err
    assert not any(one["decision"] for one in office.findings())
