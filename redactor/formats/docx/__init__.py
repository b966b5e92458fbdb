"""Word documents: .docx, .docm and their templates."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from redactor.formats.base import Format, Grid, RebuildPlan, Rebuilt
from redactor.formats.refusal import refusing_damage
from redactor.formats.signatures import is_package_of
from redactor.model import AS_FOUND, Document, ReadAs, Report, quiet

if TYPE_CHECKING:
    from redactor.layout import Layout

_MAIN_TYPES = (
    "wordprocessingml.document.main+xml",
    "wordprocessingml.template.main+xml",
    "ms-word.document.macroenabled.main+xml",
    "ms-word.template.macroenabledtemplate.main+xml",
)


class Docx(Format):
    """Word documents: one segment for each paragraph of the body, headers and footers."""

    name: ClassVar[str] = "docx"
    title: ClassVar[str] = "Word document"
    suffixes: ClassVar[tuple[str, ...]] = (".docx", ".docm", ".dotx", ".dotm")
    targets: ClassVar[tuple[str, ...]] = ("docx", "pdf", "txt")
    advised: ClassVar[str] = "pdf"

    def sniff(self, untrusted: bytes) -> bool:
        """Say whether the bytes look like a Word document."""
        return is_package_of(untrusted, "word", _MAIN_TYPES)

    def read(
        self, untrusted: bytes, report: Report = quiet, read_as: ReadAs = AS_FOUND
    ) -> Document:
        """Read the document, and everything beside its text. See ``Format.read``."""
        del read_as
        from redactor.formats.docx.reading import read_document  # noqa: PLC0415 - loads lxml

        with refusing_damage():
            return read_document(untrusted, self.name, report)

    def layout(self, untrusted: bytes) -> Layout | None:
        """Lay the document out for the review. See ``Format.layout``."""
        from redactor.formats.docx.layout import layout_of  # noqa: PLC0415 - loads lxml

        return layout_of(untrusted)

    def grids(
        self, untrusted: bytes, report: Report = quiet, read_as: ReadAs = AS_FOUND
    ) -> tuple[Grid, ...]:
        """Give every table of the text. See ``Format.grids``."""
        del read_as
        from redactor.formats.docx.grids import table_grids  # noqa: PLC0415 - loads lxml

        with refusing_damage():
            return table_grids(untrusted, report)

    def rebuild(
        self, untrusted: bytes, plan: RebuildPlan, target: str, report: Report = quiet
    ) -> Rebuilt:
        """Write a new document of the text that the plan leaves. See ``Format.rebuild``."""
        from redactor.formats.docx.rebuilding import rebuild_document  # noqa: PLC0415 - loads lxml

        with refusing_damage():
            return rebuild_document(untrusted, plan, target, report)
