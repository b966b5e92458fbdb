"""The tables of a file, as rows and columns with their formulas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from redactor.model import Progress, Report
from redactor.release.order import Source, take_in

if TYPE_CHECKING:
    from redactor.formats.base import Formulas, Grid


@dataclass(frozen=True, slots=True)
class Gridded:
    """The tables of a file.

    Attributes:
        title: what such a file is called.
        formulas: None where such a file does not tell.
    """

    title: str
    grids: tuple[Grid, ...]
    formulas: Formulas | None


def read_formulas(source: Source, *, report: Report) -> Formulas | None:
    """Read what is computed from what in a workbook; None where such a file does not tell."""
    from redactor.formats import detect_format

    report(Progress(0, 0, "reading formulas"))
    untrusted = source.read()
    return detect_format(source.name, untrusted).formulas(untrusted, report)


def read_grids(source: Source, *, report: Report) -> Gridded:
    """Read the tables of a file as rows and columns, with their formulas."""
    from redactor.formats import detect_format

    report(Progress(0, 0, "reading tables"))
    untrusted = take_in(source)
    kind = detect_format(source.name, untrusted)
    return Gridded(
        kind.title,
        kind.grids(untrusted, report, source.read_as),
        kind.formulas(untrusted, report),
    )


def read_output_grids(name: str, untrusted: bytes, *, report: Report) -> Gridded:
    """Read the tables of a written file as a reader would who gets it."""
    from redactor.formats import detect_format

    report(Progress(0, 0, "reading tables"))
    kind = detect_format(name, untrusted)
    return Gridded(kind.title, kind.grids(untrusted, report), kind.formulas(untrusted, report))
