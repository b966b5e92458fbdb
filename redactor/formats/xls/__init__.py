"""Old Excel workbooks: .xls and .xlt, of Excel 5 to 2003 ([MS-XLS], BIFF5 and BIFF8)."""

from __future__ import annotations

from typing import ClassVar

from redactor.formats.base import Format, Formulas, Grid, RebuildPlan, Rebuilt
from redactor.formats.refusal import refusing_damage
from redactor.formats.signatures import is_encrypted_package, is_old_workbook
from redactor.model import AS_FOUND, Document, ReadAs, Report, quiet


class Xls(Format):
    """Old workbooks: one segment for each cell that shows something; released as new ones."""

    name: ClassVar[str] = "xls"
    title: ClassVar[str] = "spreadsheet (Excel 97-2003 workbook)"
    suffixes: ClassVar[tuple[str, ...]] = (".xls", ".xlt")
    targets: ClassVar[tuple[str, ...]] = ("xlsx", "csv", "pdf", "txt")
    advised: ClassVar[str] = "csv"

    def sniff(self, untrusted: bytes) -> bool:
        """Say whether the bytes look like an old workbook; what is encrypted may be one."""
        return is_old_workbook(untrusted) or is_encrypted_package(untrusted)

    def read(
        self, untrusted: bytes, report: Report = quiet, read_as: ReadAs = AS_FOUND
    ) -> Document:
        """Read every sheet, and everything beside the sheets. See ``Format.read``."""
        del read_as
        from redactor.formats.workbook.reading import read_book  # noqa: PLC0415
        from redactor.formats.xls.reading import walk_old_workbook  # noqa: PLC0415 - loads olefile

        with refusing_damage():
            return read_book(walk_old_workbook, untrusted, self.name, report)

    def formulas(self, untrusted: bytes, report: Report = quiet) -> Formulas | None:
        """Read every formula. See ``Format.formulas``."""
        from redactor.formats.xls.reading import read_old_formulas  # noqa: PLC0415 - loads olefile

        with refusing_damage():
            return read_old_formulas(untrusted, report)

    def grids(
        self, untrusted: bytes, report: Report = quiet, read_as: ReadAs = AS_FOUND
    ) -> tuple[Grid, ...]:
        """Give every sheet. See ``Format.grids``."""
        del read_as
        from redactor.formats.workbook.reading import read_grids  # noqa: PLC0415
        from redactor.formats.xls.reading import walk_old_workbook  # noqa: PLC0415 - loads olefile

        with refusing_damage():
            return read_grids(walk_old_workbook, untrusted, report)

    def rebuild(
        self, untrusted: bytes, plan: RebuildPlan, target: str, report: Report = quiet
    ) -> Rebuilt:
        """Write a new workbook of the values that the plan leaves. See ``Format.rebuild``."""
        from redactor.formats.workbook.rebuilding import rebuild_book  # noqa: PLC0415
        from redactor.formats.xls.reading import walk_old_workbook  # noqa: PLC0415 - loads olefile

        with refusing_damage():
            return rebuild_book(walk_old_workbook, untrusted, plan, target, report)
