"""Read the comments of a workbook, old and threaded, each with its cell.

Source of the markup: ECMA-376 part 1, 18.7; [MS-XLSX] 2.6.202 (threaded comments).
"""

from __future__ import annotations

from redactor.formats.hidden import Gathered, attributes_of, whole_text
from redactor.formats.package import Package
from redactor.model import HiddenKind

_KIND = HiddenKind.COMMENT
#: Excel keeps a copy of each thread for programs that know no threads; it begins so.
_COPY = "[Threaded comment]"


def gather_comments(package: Package, part: str, sheet: str, gathered: Gathered) -> None:
    """Gather the comments of one sheet and their authors."""
    root = package.tree(part)
    own = 0
    for comment in root.iter("{*}comment"):
        text = "".join(whole_text(one) for one in comment)
        gathered.add(_KIND, f"{sheet}!{comment.get('ref') or '?'}/comment", text, sheet)
        own += not text.startswith(_COPY)
    gathered.count(_KIND, sheet, own, "comments")
    authors = [one.text or "" for one in root.iter("{*}author")]
    gathered.add_all(_KIND, f"{part}/authors", authors, sheet)
    words = [value for one in root.iter("{*}commentPr") for value in attributes_of(one)]
    gathered.add_all(_KIND, f"{part}/other", words, sheet)


def gather_threads(package: Package, part: str, sheet: str, gathered: Gathered) -> None:
    """Gather the threaded comments of one sheet."""
    root = package.tree(part)
    comments = list(root.iter("{*}threadedComment"))
    for comment in comments:
        place = f"{sheet}!{comment.get('ref') or '?'}/comment"
        gathered.add(_KIND, place, whole_text(comment), sheet)
        gathered.add_all(_KIND, place, attributes_of(comment), sheet)
    gathered.count(_KIND, sheet, len(comments), "comments")
