from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from redactor.formats.base import RebuildPlan, Spot
from redactor.formats.csv_file import Csv
from redactor.formats.encoding import encode_text
from redactor.formats.fields import delimiter_named, records, written_record
from redactor.model import FieldPlace, ReadAs, key_of

_ODD = st.text(alphabet='ab",;\t|\r\n \0=é', max_size=40)
_DELIMITER = st.sampled_from([",", ";", "\t", "|", " "])


def by_python(text: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(2**31 - 1)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


@given(_ODD, _DELIMITER)
@example('"', ",")
@example('a,"b""', ",")
@example('"a"\r\n"b\rc"x"y"', ",")
def test_records_are_those_of_pythons_reader(text: str, delimiter: str) -> None:
    assert [one.values for one in records(text, delimiter)] == by_python(text, delimiter)


@given(_ODD, _DELIMITER)
def test_nothing_of_how_it_was_written_is_lost(text: str, delimiter: str) -> None:
    found = list(records(text, delimiter))
    again = "".join(written_record(one.values, one.quoted, delimiter) + one.end for one in found)
    assert again.removesuffix('"' if found and found[-1].left_open else "\0\0") == text


@given(_ODD.filter(lambda text: text.strip("\0")), _DELIMITER, st.data())
def test_one_redacted_field_changes_nothing_else(
    text: str, delimiter: str, data: st.DataObject
) -> None:
    before = by_python(text, delimiter)
    places = [(row, at) for row, one in enumerate(before) for at, value in enumerate(one) if value]
    if not places or text.count("\0") * 20 > len(text) or text.lower().strip().startswith('"sep='):
        return
    row, column = data.draw(st.sampled_from(places))
    length = len(before[row][column])
    read_as = ReadAs("utf-8", delimiter)
    plan = RebuildPlan(
        {key_of(FieldPlace(row, column)): (Spot(0, length, "s40(2)"),)}, read_as=read_as
    )
    original = b"x" + delimiter.encode() * 2 + b"\n" + text.encode()
    plan = RebuildPlan(
        {key_of(FieldPlace(row + 1, column)): (Spot(0, length, "s40(2)"),)}, read_as=read_as
    )
    written = Csv().rebuild(original, plan, "csv").files[0].data.decode()
    after = by_python(written, delimiter)[1:]
    before[row][column] = "[s40(2)]"
    safe = [[f"'{one}" if one[:1] in {"=", "\t", "\r"} else one for one in each] for each in before]
    assert after == safe


@pytest.mark.parametrize(
    ("name", "sign"),
    [("tab", "\t"), ("\\t", "\t"), ("TAB", "\t"), (";", ";"), ("comma", ","), ("", "")],
)
def test_a_delimiter_goes_by_its_sign_or_its_name(name: str, sign: str) -> None:
    assert delimiter_named(name) == sign


@given(st.text(min_size=1, max_size=30), st.sampled_from(["utf-8", "utf-16-le", "cp1252", "cp850"]),
       st.booleans())  # fmt: skip
def test_what_is_written_is_read_as_it_was_meant(text: str, encoding: str, mark: bool) -> None:
    from redactor.formats.encoding import decode

    meant = text.encode("utf-8", "replace").decode()
    data, _ = encode_text(meant, encoding, mark and encoding.startswith("utf"))
    assert decode(data).text == meant
