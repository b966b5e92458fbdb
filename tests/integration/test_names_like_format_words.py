"""People called Page, Field or Normal: their names go, and the format's own words are no leak."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pymupdf
import pytest

from redactor.model import quiet
from redactor.release.build import build
from redactor.release.order import FileSource, RebuildOrder
from redactor.release.plan import withheld_texts
from redactor.release.verify import verify_file
from redactor.release.verify.model import Withheld

_WORDS = """
Page Field Head Styles Sheet Bold Price Title Normal Table Header Footer Document Body Rows Value
Width Height Font Roman Helvetica Arial Calibri Courier Black White Main Office Content Types Word
Theme Length Filter Flate Decode Catalog Pages Kids Count Parent Resources Root Stream Identity
Encoding Device Stone Banks
"""
_NAMES = _WORDS.split()


def _texts() -> list[str]:
    return [f"Statement by {name} about it." for name in _NAMES]


def _draft(folder: Path, suffix: str) -> Path:
    path = folder / f"draft{suffix}"
    match suffix:
        case ".txt":
            path.write_text("\n".join(_texts()), "utf-8")
        case ".csv":
            path.write_text("A,B\n" + "\n".join(f"{name},x" for name in _NAMES), "utf-8")
        case ".xlsx":
            book = openpyxl.Workbook()
            book.active.title = "Zed"
            for text in _texts():
                book.active.append([text])
            book.save(path)
        case ".docx":
            document = docx.Document()
            for text in _texts():
                document.add_paragraph(text)
            document.save(str(path))
        case _:
            pages = pymupdf.open()
            box = (50, 50, 500, 800)
            pages.new_page().insert_textbox(box, "\n".join(_texts()), fontsize=8)
            pages.save(path)
    return path


@pytest.mark.parametrize("suffix", [".pdf", ".xlsx", ".docx", ".csv", ".txt"])
def test_a_name_that_is_a_word_of_the_format_is_removed_and_proved(tmp_path: Path, suffix: str):
    withheld = withheld_texts((), terms=_NAMES)
    order = RebuildOrder(
        FileSource(_draft(tmp_path, suffix)),
        "same",
        (),
        withheld,
        spread=True,
        spread_label="s40(2)",
        leave_out_unread=True,
    )
    answer = build(order, quiet)
    assert answer.removed == len(_NAMES)
    terms = Withheld(tuple(one.term for one in withheld), answer.allowed)
    (output,) = answer.files
    report = verify_file(f"_{suffix}", output.data, terms, strict=True)
    assert [(leak.term_index, leak.where) for leak in report.leaks] == []
    assert report.ok
    original = verify_file(f"_{suffix}", order.source.read(), terms)
    assert {leak.term_index for leak in original.leaks} == set(range(1, len(_NAMES) + 1))
