"""What runs inside a worker. Each function is sent there by name; heavy libraries load there only.

Every job takes ``report`` last, for progress and partial results (``redactor.workers``). All of
them, and the values that they are asked with and answer, are taken from here and nowhere else; the
modules of the package import one another only.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from redactor.release.order import (
    CaseSource,
    FileSource,
    OutputFile,
    OutputSource,
    RebuildAnswer,
    RebuildOrder,
    Source,
    read_file,
)

if TYPE_CHECKING:
    from redactor.jobs.counting import answer_numbers, audit_release, ranges_of
    from redactor.jobs.looking import LookDocument, LookOrder, take_second_look
    from redactor.jobs.proving import Original, read_output_pages, verify_output, verify_path
    from redactor.jobs.reading import (
        SHARE,
        WITH_NAMES,
        FindingBatch,
        LongDocument,
        Reading,
        SegmentBatch,
        find_embedded,
        preview_reading,
        read_all,
        read_document,
        read_hidden,
        read_whole,
        search_share,
        try_models,
    )
    from redactor.jobs.tables import Gridded, read_formulas, read_grids, read_output_grids
    from redactor.jobs.viewing import (
        PagePicture,
        output_containers,
        output_rows,
        output_segments,
        page_layout,
        page_sizes,
        preview_passage,
        render_page,
        span_boxes,
        text_in_area,
    )
    from redactor.jobs.writing import (
        bind_pack,
        make_certificate_page,
        make_hidden_report,
        make_paperwork,
        mark_up,
        rebuild_document,
        write_content,
        write_letter,
    )

_MODULES = ("counting", "looking", "proving", "reading", "tables", "viewing", "writing")

__all__ = [
    "SHARE",
    "WITH_NAMES",
    "CaseSource",
    "FileSource",
    "FindingBatch",
    "Gridded",
    "LongDocument",
    "LookDocument",
    "LookOrder",
    "Original",
    "OutputFile",
    "OutputSource",
    "PagePicture",
    "Reading",
    "RebuildAnswer",
    "RebuildOrder",
    "SegmentBatch",
    "Source",
    "answer_numbers",
    "audit_release",
    "bind_pack",
    "find_embedded",
    "make_certificate_page",
    "make_hidden_report",
    "make_paperwork",
    "mark_up",
    "output_containers",
    "output_rows",
    "output_segments",
    "page_layout",
    "page_sizes",
    "preview_passage",
    "preview_reading",
    "ranges_of",
    "read_all",
    "read_document",
    "read_file",
    "read_formulas",
    "read_grids",
    "read_hidden",
    "read_output_grids",
    "read_output_pages",
    "read_whole",
    "rebuild_document",
    "render_page",
    "search_share",
    "span_boxes",
    "take_second_look",
    "text_in_area",
    "try_models",
    "verify_output",
    "verify_path",
    "write_content",
    "write_letter",
]

if not TYPE_CHECKING:  # else every name would pass for one of these

    def __getattr__(name: str) -> object:
        """Load the modules when a name is asked for here (PEP 562).

        A worker asks for none: what it is sent names the module of a job, and it loads that alone.
        """
        if name in __all__:
            for module in map(import_module, (f"{__name__}.{one}" for one in _MODULES)):
                if hasattr(module, name):
                    return globals().setdefault(name, getattr(module, name))
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
