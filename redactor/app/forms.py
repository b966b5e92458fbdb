"""In what form each document of a case is released, and on what ground a spreadsheet is.

Where the requester stated no preference, values go out without a container to hide in: a workbook
as CSV, a Word document as PDF (ICO advisory note to public authorities, September 2023; Cabinet
Office, *FOI guidance: communication by spreadsheet*, 14 December 2023). A requester may prefer a
spreadsheet (s11(1)(a) FOIA), and the authority then meets it so far as is reasonably practicable:
the officer says so, and the log keeps it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from redactor.case.store import StoredDocument
from redactor.errors import UsageError
from redactor.events import Event
from redactor.formats import format_named

#: The form that is best released where nobody asked for another.
ADVISED = "advised"
SAME = "same"
#: Forms that need a reason: a container in which data was left behind more than once.
_CONTAINERS = frozenset({"xlsx"})
_TITLES = {
    "csv": "CSV, values only",
    "pdf": "PDF",
    "xlsx": "rebuilt Excel workbook",
    "docx": "rebuilt Word document",
    "txt": "plain text",
}


@dataclass(frozen=True, slots=True)
class Form:
    """The form a document is released in.

    Attributes:
        target: a format, ``same`` or ``advised``.
        reason: why, where it is a spreadsheet: who asked for it, and how (s11 FOIA).
    """

    target: str = ADVISED
    reason: str = ""


def form_title(target: str) -> str:
    """Give a form as read by people."""
    return _TITLES.get(target, target.upper())


def choices(format_name: str) -> tuple[str, ...]:
    """Give the forms a document can be released in, the advised one first."""
    advised = _resolved(format_name, ADVISED)
    others = (one for one in format_named(format_name).targets if one != advised)
    return (advised, *others)


def is_paged(format_name: str) -> bool:
    """Say whether documents of a format have pages that can be released as they look."""
    return format_named(format_name).is_paged


def needs_reason(target: str) -> bool:
    """Say whether a form may be chosen only with a reason."""
    return target in _CONTAINERS


def settle_forms(
    documents: Iterable[StoredDocument], wished: Mapping[int, Form]
) -> dict[int, Form]:
    """Settle the form of each document that is to be released.

    Args:
        wished: by document number; a document that is not in it is released as advised.

    Raises:
        UsageError: a spreadsheet is wished without a reason, or a document cannot take the form.
    """
    settled: dict[int, Form] = {}
    for document in documents:
        wish = wished.get(document.number, Form())
        target = _resolved(document.format, wish.target)
        if target not in format_named(document.format).targets:
            title = format_named(document.format).title
            raise UsageError(
                f"Document {document.number} is a {title}, which cannot be released as {target}. "
                f"Nothing was submitted. Choose one of: {', '.join(choices(document.format))}."
            )
        if needs_reason(target) and not wish.reason.strip():
            raise UsageError(
                f"Document {document.number} would go out as a spreadsheet, and no reason was "
                "given. Nothing was submitted. Say in a sentence that the requester asked for "
                "one (s11 FOIA), or release it as CSV or PDF."
            )
        settled[document.number] = Form(target, wish.reason.strip())
    return settled


def _resolved(format_name: str, target: str) -> str:
    kind = format_named(format_name)
    if target == ADVISED:
        return kind.advised or kind.targets[0]
    return kind.targets[0] if target == SAME else target


def forms_body(forms: Mapping[int, Form]) -> list[dict[str, Any]]:
    """Give the forms as the log keeps them."""
    return [
        {"document": number, "form": one.target, "reason": one.reason}
        for number, one in sorted(forms.items())
    ]


def forms_in(submitted: Event) -> dict[int, Form]:
    """Give the forms that a submission says; empty where it was made before there were any."""
    return {
        int(one["document"]): Form(str(one["form"]), str(one["reason"]))
        for one in submitted.body.get("forms", ())
    }
