"""Binary Excel workbooks: .xlsb ([MS-XLSB])."""

from __future__ import annotations

from typing import ClassVar

from redactor.formats.base import Format, Formulas, Grid, RebuildPlan, Rebuilt
from redactor.formats.refusal import refusing_damage
from redactor.formats.signatures import is_encrypted_package, is_package_with
from redactor.model import AS_FOUND, Document, ReadAs, Report, quiet

_MAIN_TYPE = "ms-excel.sheet.binary.macroenabled.main"


class Xlsb(Format):
    """Binary workbooks: one segment for each cell that shows something; released as new ones."""

    name: ClassVar[str] = "xlsb"
    title: ClassVar[str] = "spreadsheet (binary Excel workbook)"
    suffixes: ClassVar[tuple[str, ...]] = (".xlsb",)
    targets: ClassVar[tuple[str, ...]] = ("xlsx", "csv", "pdf", "txt")
    advised: ClassVar[str] = "csv"

    def sniff(self, untrusted: bytes) -> bool:
        """Say whether the bytes look like a binary workbook; what is encrypted may be one."""
        return is_encrypted_package(untrusted) or is_package_with(
            untrusted, _MAIN_TYPE, "xl/workbook.bin"
        )

    def read(
        self, untrusted: bytes, report: Report = quiet, read_as: ReadAs = AS_FOUND
    ) -> Document:
        """Read every sheet, and everything beside the sheets. See ``Format.read``."""
        del read_as
        from redactor.formats.workbook.reading import read_book  # noqa: PLC0415
        from redactor.formats.xlsb.reading import walk_binary_book  # noqa: PLC0415 - loads lxml

        with refusing_damage():
            return read_book(walk_binary_book, untrusted, self.name, report)

    def formulas(self, untrusted: bytes, report: Report = quiet) -> Formulas | None:
        """Read every formula. See ``Format.formulas``."""
        from redactor.formats.xlsb.reading import read_binary_formulas  # noqa: PLC0415 - loads lxml

        with refusing_damage():
            return read_binary_formulas(untrusted, report)

    def grids(
        self, untrusted: bytes, report: Report = quiet, read_as: ReadAs = AS_FOUND
    ) -> tuple[Grid, ...]:
        """Give every sheet. See ``Format.grids``."""
        del read_as
        from redactor.formats.workbook.reading import read_grids  # noqa: PLC0415
        from redactor.formats.xlsb.reading import walk_binary_book  # noqa: PLC0415 - loads lxml

        with refusing_damage():
            return read_grids(walk_binary_book, untrusted, report)

    def rebuild(
        self, untrusted: bytes, plan: RebuildPlan, target: str, report: Report = quiet
    ) -> Rebuilt:
        """Write a new workbook of the values that the plan leaves. See ``Format.rebuild``."""
        from redactor.formats.workbook.rebuilding import rebuild_book  # noqa: PLC0415
        from redactor.formats.xlsb.reading import walk_binary_book  # noqa: PLC0415 - loads lxml

        with refusing_damage():
            return rebuild_book(walk_binary_book, untrusted, plan, target, report)
