"""Excel workbooks and templates: .xlsx, .xlsm, .xltx and .xltm."""

from __future__ import annotations

from typing import ClassVar

from redactor.formats.base import Format, Formulas, Grid, RebuildPlan, Rebuilt
from redactor.formats.refusal import refusing_damage
from redactor.formats.signatures import is_package_of
from redactor.model import AS_FOUND, Document, ReadAs, Report, quiet

_MAIN_TYPES = (
    "spreadsheetml.sheet.main+xml",
    "ms-excel.sheet.macroenabled.main+xml",
    "spreadsheetml.template.main+xml",
    "ms-excel.template.macroenabled.main+xml",
)


class Xlsx(Format):
    """Workbooks: one segment for each cell that shows something."""

    name: ClassVar[str] = "xlsx"
    title: ClassVar[str] = "spreadsheet (Excel workbook)"
    suffixes: ClassVar[tuple[str, ...]] = (".xlsx", ".xlsm", ".xltx", ".xltm")
    targets: ClassVar[tuple[str, ...]] = ("xlsx", "csv", "pdf", "txt")
    advised: ClassVar[str] = "csv"

    def sniff(self, untrusted: bytes) -> bool:
        """Say whether the bytes look like an Excel workbook."""
        return is_package_of(untrusted, "xl", _MAIN_TYPES)

    def read(
        self, untrusted: bytes, report: Report = quiet, read_as: ReadAs = AS_FOUND
    ) -> Document:
        """Read every sheet, and everything beside the sheets. See ``Format.read``."""
        del read_as
        from redactor.formats.workbook.reading import read_book  # noqa: PLC0415
        from redactor.formats.xlsx.reading import walk_workbook  # noqa: PLC0415 - loads lxml

        with refusing_damage():
            return read_book(walk_workbook, untrusted, self.name, report)

    def formulas(self, untrusted: bytes, report: Report = quiet) -> Formulas | None:
        """Read every formula. See ``Format.formulas``."""
        from redactor.formats.xlsx.formulas import read_formulas  # noqa: PLC0415 - loads lxml

        with refusing_damage():
            return read_formulas(untrusted, report)

    def grids(
        self, untrusted: bytes, report: Report = quiet, read_as: ReadAs = AS_FOUND
    ) -> tuple[Grid, ...]:
        """Give every sheet. See ``Format.grids``."""
        del read_as
        from redactor.formats.workbook.reading import read_grids  # noqa: PLC0415
        from redactor.formats.xlsx.reading import walk_workbook  # noqa: PLC0415 - loads lxml

        with refusing_damage():
            return read_grids(walk_workbook, untrusted, report)

    def rebuild(
        self, untrusted: bytes, plan: RebuildPlan, target: str, report: Report = quiet
    ) -> Rebuilt:
        """Write a new workbook of the values that the plan leaves. See ``Format.rebuild``."""
        from redactor.formats.workbook.rebuilding import rebuild_book  # noqa: PLC0415
        from redactor.formats.xlsx.reading import walk_workbook  # noqa: PLC0415 - loads lxml

        with refusing_damage():
            return rebuild_book(walk_workbook, untrusted, plan, target, report)
