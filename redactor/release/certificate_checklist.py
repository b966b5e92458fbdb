"""The Commissioner's checklist for redaction, answered from what a certificate knows. Pure.

Source: Information Commissioner's Office, *Disclosing documents to the public securely* (31 July
2025), checklist for redacting documents; its lines in our words. What only the authority can know
is left for it to confirm.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from redactor.release.certificate import CertificateFacts

TITLE = "The Commissioner’s checklist for redaction (31 July 2025)"
TITLES = ("Line", "Answered by", "Evidence")
_PROGRAM, _AUTHORITY = "the program", "the authority"
_TO_CONFIRM = "To be confirmed by the authority: [ ]"


def checklist_rows(facts: CertificateFacts) -> tuple[tuple[str, str, str], ...]:
    """Give each line with who answers it, and the evidence."""
    return tuple(_rows(facts, facts.repeated))


def _rows(facts: CertificateFacts, repeated: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    checks = sum(int(one["count"]) for one in repeated["checks"])
    engines = len({one["engine"] for one in repeated["checks"]})
    body = facts.submitted.body
    yield "Policies and procedures for redaction and for breaches", _AUTHORITY, _TO_CONFIRM
    yield "Staff are trained in redaction and in reporting breaches", _AUTHORITY, _TO_CONFIRM
    yield (
        "The integrity of records is kept; only copies are redacted",
        _PROGRAM,
        "Originals are only read; the manifest gives the SHA-256 of each.",
    )
    yield (
        "Redaction is secure and cannot be undone",
        _PROGRAM,
        f"Files are rebuilt from what was approved; {checks:,} checks by {engines:,} engines held.",
    )
    reasons = sum(bool(one["reason"]) for one in body.get("forms", ()))
    forms = f"{len(body.get('forms', ())):,} documents have a form on record, {reasons:,} of them"
    people = f"{len(facts.prepared_by):,} prepared it, and somebody who prepared nothing approved"
    yield (
        "The format was considered",
        _PROGRAM,
        f"{forms} with a reason for a spreadsheet.",
    )
    yield (
        "Redaction is done or overseen by trained staff",
        _PROGRAM,
        f"{people} it. That they are trained, the authority confirms: [ ]",
    )
    yield (
        "What to redact is said clearly and precisely",
        _PROGRAM,
        f"{body['redactions']:,} places, each with its limb and reason in the signed log.",
    )
    yield (
        "Proposals do not look like finished redactions",
        _PROGRAM,
        "In review they are outlined, and the text stays legible.",
    )
    yield "The result is looked at again", _PROGRAM, _looked_at(repeated)


def _looked_at(repeated: Mapping[str, Any]) -> str:
    taken = bool(repeated["second_look"])
    look = f"{'A' if taken else 'No'} second look was taken at the whole case."
    sample = repeated["sample"]
    if not sample.get("drawn"):
        return f"{look} No re-check sample was read."
    return f"{look} {sample['looked_at']:,} of {sample['drawn']:,} drawn passages were read again."
