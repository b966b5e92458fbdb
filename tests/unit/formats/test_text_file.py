from __future__ import annotations

import pytest

from redactor.errors import UnreadableDocument
from redactor.formats.base import RebuildPlan, Spot
from redactor.formats.text_file import Text
from redactor.model import LinePlace, key_of
from tests.unit.formats.office import everything


def test_lines_are_read_whatever_ends_them() -> None:
    segments = Text().read("one\r\ntwo\rthree\n\nfive\u2028still\n".encode()).segments
    assert [(one.id, one.text) for one in segments] == [
        ("line:1", "one"), ("line:2", "two"), ("line:3", "three"), ("line:5", "five\u2028still"),
    ]  # fmt: skip


def test_a_redacted_line_is_in_no_target() -> None:
    plan = RebuildPlan({key_of(LinePlace(1)): (Spot(3, 13, "s40(2)"),)})
    for target in Text.targets:
        data = Text().rebuild(b"Dear\nPC Una Thrale is well\n", plan, target).files[0].data
        assert b"Thrale" not in everything(data)
    rebuilt = Text().rebuild(b"Dear\nPC Una Thrale is well\n", plan, "txt")
    assert rebuilt.files[0].data == b"Dear\r\nPC [s40(2)] is well\r\n"


@pytest.mark.parametrize("data", [b"", b"\x00\x01\x02" * 50, b"MZ\x90\x00", b"\xff\xfea"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableDocument):
        Text().read(data)
