"""OpenDocument spreadsheets: .ods and .ots (OpenDocument 1.3, OASIS; ISO/IEC 26300)."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import ClassVar

from redactor.formats.base import Format, Formulas, Grid, RebuildPlan, Rebuilt
from redactor.formats.refusal import refusing_damage
from redactor.model import AS_FOUND, Document, ReadAs, Report, quiet

_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"


class Ods(Format):
    """OpenDocument spreadsheets: one segment for each cell that shows something."""

    name: ClassVar[str] = "ods"
    title: ClassVar[str] = "spreadsheet (OpenDocument)"
    suffixes: ClassVar[tuple[str, ...]] = (".ods", ".ots")
    targets: ClassVar[tuple[str, ...]] = ("xlsx", "csv", "pdf", "txt")
    advised: ClassVar[str] = "csv"

    def sniff(self, untrusted: bytes) -> bool:
        """Say whether the bytes look like an OpenDocument spreadsheet, cut off or not."""
        if not untrusted.startswith(b"PK"):
            return False
        try:
            with zipfile.ZipFile(BytesIO(untrusted)) as archive:
                if "mimetype" in archive.namelist():
                    return archive.read("mimetype")[:200].startswith(_TYPE)
                return "content.xml" in archive.namelist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError,
                RuntimeError):  # fmt: skip
            return _TYPE in untrusted[:300]

    def read(
        self, untrusted: bytes, report: Report = quiet, read_as: ReadAs = AS_FOUND
    ) -> Document:
        """Read every sheet, and everything beside the sheets. See ``Format.read``."""
        del read_as
        from redactor.formats.ods.reading import walk_open_book  # noqa: PLC0415 - loads lxml
        from redactor.formats.workbook.reading import read_book  # noqa: PLC0415

        with refusing_damage():
            return read_book(walk_open_book, untrusted, self.name, report)

    def formulas(self, untrusted: bytes, report: Report = quiet) -> Formulas | None:
        """Read every formula. See ``Format.formulas``."""
        from redactor.formats.ods.formulas import read_open_formulas  # noqa: PLC0415 - loads lxml

        with refusing_damage():
            return read_open_formulas(untrusted, report)

    def grids(
        self, untrusted: bytes, report: Report = quiet, read_as: ReadAs = AS_FOUND
    ) -> tuple[Grid, ...]:
        """Give every sheet. See ``Format.grids``."""
        del read_as
        from redactor.formats.ods.reading import walk_open_book  # noqa: PLC0415 - loads lxml
        from redactor.formats.workbook.reading import read_grids  # noqa: PLC0415

        with refusing_damage():
            return read_grids(walk_open_book, untrusted, report)

    def rebuild(
        self, untrusted: bytes, plan: RebuildPlan, target: str, report: Report = quiet
    ) -> Rebuilt:
        """Write a new workbook of the values that the plan leaves. See ``Format.rebuild``."""
        from redactor.formats.ods.reading import walk_open_book  # noqa: PLC0415 - loads lxml
        from redactor.formats.workbook.rebuilding import rebuild_book  # noqa: PLC0415

        with refusing_damage():
            return rebuild_book(walk_open_book, untrusted, plan, target, report)
