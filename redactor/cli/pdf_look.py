"""The options that say how the PDFs of a release look."""

from __future__ import annotations

import argparse

from redactor.app.pdf_look import STAMPS, PdfWish, pdf_wish


def add_pdf_look(parser: argparse.ArgumentParser) -> None:
    """Add the options to a command that writes releases."""
    parser.add_argument("--pdf-style", default="box", choices=("box", "line", "raster"))
    parser.add_argument(
        "--stamp",
        default="",
        metavar="WHAT,...",
        help=f"print in the margins of PDFs: {', '.join(STAMPS)}",
    )
    parser.add_argument(
        "--stamp-reference",
        default="",
        metavar="TEXT",
        help="print this as the reference in the margins of PDFs",
    )


def pdf_look(arguments: argparse.Namespace) -> PdfWish:
    """Read the options.

    Raises:
        UsageError: there is no such stamp, or the reference does not fit in a margin.
    """
    wanted = [one.strip() for one in arguments.stamp.split(",") if one.strip()]
    return pdf_wish(arguments.pdf_style, wanted, arguments.stamp_reference)
