"""A workbook with a word in every place a workbook has: each is reported, none is let out."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pikepdf
import pymupdf
import pytest
import python_calamine

from redactor.app.oneshot import RedactOrder, Released, inspect_files, redact_files
from redactor.formats.xlsx import Xlsx
from redactor.model import Document
from redactor.workers import Lane
from tests.kitchen.workbook import CHART_TAB, KitchenBook, kitchen_workbook
from tests.unit.formats.office import everything

_TARGETS = ("xlsx", "csv", "pdf", "txt")


@pytest.fixture(scope="module")
def kitchen() -> KitchenBook:
    return kitchen_workbook()


@pytest.fixture(scope="module")
def read(kitchen: KitchenBook) -> Document:
    return Xlsx().read(kitchen.data)


@pytest.fixture(scope="module")
def outcomes(
    kitchen: KitchenBook, tmp_path_factory: pytest.TempPathFactory, lane: Lane
) -> dict[tuple[bool, str], Released]:
    """Release the workbook in every form, with all words withheld and with none."""
    folder = tmp_path_factory.mktemp("kitchen")
    original = folder / "kitchen.xlsm"
    original.write_bytes(kitchen.data)
    released: dict[tuple[bool, str], Released] = {}
    for withheld in (True, False):
        for target in _TARGETS:
            order = RedactOrder(
                folder / f"{target}-{withheld}",
                "s40(2) by s40(3A)(a)",
                terms=tuple(kitchen.markers.values()) if withheld else (),
                target=target,
                drop_unread=True,
            )
            order.out.mkdir()
            (outcome,) = redact_files([original], order, lane, lambda _: None)
            assert isinstance(outcome, Released), outcome
            released[withheld, target] = outcome
    return released


def _unseen(kitchen: KitchenBook) -> list[tuple[str, str]]:
    return [one for one in kitchen.markers.items() if one[0] not in kitchen.seen]


def _spoken(outcome: Released) -> str:
    """Give everything that a release says, by its bytes and by other programs' reading."""
    texts: list[str] = []
    for path, _ in outcome.outputs:
        data = path.read_bytes()
        texts += [path.name, *(everything(data).decode(one, "ignore") for one in
                               ("latin-1", "utf-16-le", "utf-16-be"))]  # fmt: skip
        if path.suffix == ".xlsx":
            texts += _cells(path)
        if path.suffix == ".pdf":
            with pymupdf.open(stream=data, filetype="pdf") as opened:
                texts += [str(page.get_text()) for page in opened]
            with pikepdf.open(io.BytesIO(data)) as opened:
                streams = [one for one in opened.objects if isinstance(one, pikepdf.Stream)]
                texts += [one.read_bytes().decode("latin-1") for one in streams]
    return "\n".join(texts)


def _cells(path: Path) -> list[str]:
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    texts = list(book.sheet_names)
    for name in book.sheet_names:
        texts += [str(one) for row in book.get_sheet_by_name(name).to_python() for one in row]
    for sheet in openpyxl.load_workbook(path):
        texts += [str(value) for row in sheet.iter_rows(values_only=True) for value in row]
    return texts


def test_there_are_at_least_130_places(kitchen: KitchenBook) -> None:
    assert len(kitchen.markers) >= 280
    assert len(set(kitchen.markers.values())) == len(kitchen.markers)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_openpyxl_opens_it_and_sees_the_same_cells(kitchen: KitchenBook, read: Document) -> None:
    book = openpyxl.load_workbook(io.BytesIO(kitchen.data), data_only=True)
    ours = "\n".join(one.text for one in read.segments)
    values = [
        value
        for sheet in book.worksheets
        for row in sheet.iter_rows(values_only=True)
        for value in row
        if isinstance(value, str)
    ]
    assert len(values) > 15
    assert [one for one in values if one not in ours] == []


def test_every_place_is_read_and_only_what_is_seen_counts_as_seen(
    kitchen: KitchenBook, read: Document
) -> None:
    seen = "\n".join(one.text for one in read.segments if one.hidden is None)
    hidden = "\n".join(one.text for one in read.segments if one.hidden is not None)
    places = kitchen.markers.items()
    lost = [one for one, word in places if word not in (seen if one in kitchen.seen else hidden)]
    assert lost == []
    assert [place for place, word in _unseen(kitchen) if word in seen] == []


def test_the_report_of_hidden_content_has_every_place(
    kitchen: KitchenBook, tmp_path: Path, lane: Lane
) -> None:
    file = tmp_path / "kitchen.xlsm"
    file.write_bytes(kitchen.data)
    ((_, found),) = inspect_files([file], lane, lambda _: None)  # type: ignore[misc]
    assert isinstance(found, Document)
    hidden = "\n".join(one.text for one in found.segments)
    assert [place for place, word in _unseen(kitchen) if word not in hidden] == []
    units = {(one.kind.value, one.unit): one.count for one in found.tallies}
    assert units["pivot-cache", "rows"] == 2
    assert units["macro", "modules"] == 1
    assert units["hidden-row", "rows"] == 4
    assert units["hidden-column", "columns"] == 2
    assert units["filter", "rows hidden by them"] == 1


@pytest.mark.parametrize("target", _TARGETS)
def test_no_withheld_word_is_in_any_byte_of_a_release(
    kitchen: KitchenBook, outcomes: dict[tuple[bool, str], Released], target: str
) -> None:
    spoken = _spoken(outcomes[True, target])
    assert "s40(2)" in spoken
    assert [place for place, word in kitchen.markers.items() if word in spoken] == []


@pytest.mark.parametrize("target", _TARGETS)
def test_what_is_hidden_is_in_no_release_though_nobody_withheld_it(
    kitchen: KitchenBook, outcomes: dict[tuple[bool, str], Released], target: str
) -> None:
    spoken = _spoken(outcomes[False, target])
    assert [place for place, word in _unseen(kitchen) if word in spoken] == []


@pytest.mark.parametrize("target", _TARGETS)
def test_what_is_seen_is_in_a_release_where_nothing_was_withheld(
    kitchen: KitchenBook, outcomes: dict[tuple[bool, str], Released], target: str
) -> None:
    spoken = _spoken(outcomes[False, target])
    released = sorted(kitchen.seen - {CHART_TAB})
    assert [one for one in released if kitchen.markers[one] not in spoken] == []
    assert kitchen.markers[CHART_TAB] not in spoken


def test_the_release_says_what_lay_over_the_cells(
    outcomes: dict[tuple[bool, str], Released],
) -> None:
    (said,) = [one for one in outcomes[False, "csv"].notes if "over the cells" in one]
    assert "4 charts" in said
    assert "6 pictures" in said
