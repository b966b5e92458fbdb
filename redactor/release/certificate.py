"""The certificate of a release: who prepared and who approved what, for anyone to check.

It is made once a reviewer has approved, is signed with the reviewer's key, and goes out with the
release: as JSON in canonical form, which a program checks, and as a PDF, which people read. To
check it needs neither the case nor its passphrase (``redactor.release.certificate_rules``).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from redactor import __version__
from redactor.canonical import canonical
from redactor.case.log import event_shape
from redactor.case.problems import Problem
from redactor.case.signing import Signer
from redactor.errors import CaseError, CheckFailed
from redactor.events import Event
from redactor.lifecycle import Member
from redactor.model import Ruling
from redactor.release import manifest as manifests
from redactor.release.certificate_rules import (
    CERTIFICATE_JSON,
    CERTIFICATE_PDF,
    FORMAT,
    Certificate,
    derived,
    faults,
    is_newer_manifest,
    manifest_faults,
    read_certificate,
    signed_message,
)

__all__ = [
    "CERTIFICATE_JSON",
    "CERTIFICATE_PDF",
    "CertificateFacts",
    "CertifiedRuling",
    "certificate_head",
    "certificate_json",
    "check_release",
    "write_certificate",
]

_LARGEST = 50_000_000


@dataclass(frozen=True, slots=True)
class CertifiedRuling:
    """What a named person ruled on a part that could not be read, and why.

    Attributes:
        place: what the log of the case calls the part: a place, or a seal over its name.
    """

    document: int
    place: str
    ruling: Ruling
    reason: str = field(repr=False)
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """Everything that a certificate speaks of.

    Attributes:
        approved: None in a draft, which is searched before the case is submitted.
        members: those who prepared and who approved, with their public keys.
        preparers: fingerprints of those who prepared.
        regime: ``foi``, ``eir``, ``sar`` or ``sar-le``.
        case_id: of the case file, unlike any other's.
        manifest: the exact bytes of the release's manifest.
    """

    submitted: Event
    approved: Event | None
    members: tuple[Member, ...]
    preparers: tuple[str, ...]
    ref: str
    regime: str
    case_id: str
    manifest: bytes = field(repr=False)
    rulings: tuple[CertifiedRuling, ...]

    @property
    def prepared_by(self) -> tuple[Member, ...]:
        """Give those who prepared the release."""
        by_fingerprint = {one.fingerprint: one for one in self.members}
        return tuple(by_fingerprint[one] for one in self.preparers)

    @property
    def approved_by(self) -> Member | None:
        """Give who approved the release; None in a draft."""
        if self.approved is None:
            return None
        return next(one for one in self.members if one.fingerprint == self.approved.fingerprint)

    @property
    def repeated(self) -> dict[str, Any]:
        """Give what the certificate repeats from the events and the manifest."""
        return derived(self.submitted, self.approved or self.submitted, self.manifest)


def write_certificate(
    facts: CertificateFacts, signer: Signer | None
) -> tuple[tuple[str, bytes], ...]:
    """Write the certificate in both forms.

    Args:
        signer: who approved; None for a draft, which is left unsigned.

    Returns:
        The names and the bytes. The PDF is the same for equal facts.

    Raises:
        CheckFailed: it would not hold.
    """
    from redactor.release.certificate_page import certificate_pdf  # noqa: PLC0415 - heavy

    page = certificate_pdf(facts)
    written = certificate_json(facts, page, signer)
    return ((CERTIFICATE_JSON, written), (CERTIFICATE_PDF, page))


def certificate_json(facts: CertificateFacts, page: bytes, signer: Signer | None) -> bytes:
    """Write the certificate for programs.

    Args:
        page: the certificate for people, as PDF.
        signer: who approved; None for a draft, which is left unsigned.

    Raises:
        CheckFailed: it would not hold.
    """
    shape = _shape(facts, page)
    if signer is None:
        return canonical(shape)
    written = _signed(shape, signer)
    _require_that_it_holds(written, facts.manifest)
    return written


def _shape(facts: CertificateFacts, page: bytes) -> dict[str, Any]:
    approver = facts.approved_by
    people = [*facts.prepared_by, *([approver] if approver is not None else [])]
    return {
        "certificate": FORMAT,
        "product": {"name": "Redactor", "version": __version__},
        "case": {"ref": facts.ref, "regime": facts.regime, "id": facts.case_id},
        "prepared_by": [_person(one) for one in facts.prepared_by],
        "approved_by": _person(approver) if approver is not None else None,
        "keys": {one.fingerprint: one.public_key for one in people},
        "submitted": event_shape(facts.submitted),
        "approved": event_shape(facts.approved) if facts.approved is not None else None,
        **facts.repeated,
        "rulings": [
            {
                "document": one.document,
                "place": one.place,
                "ruling": str(one.ruling),
                "reason": one.reason,
                "by": one.by,
                "at": one.at,
            }
            for one in facts.rulings
        ],
        "pdf": hashlib.sha256(page).hexdigest(),
    }


def _person(member: Member) -> dict[str, str]:
    return {"name": member.name, "role": str(member.role), "fingerprint": member.fingerprint}


def _signed(shape: dict[str, Any], signer: Signer) -> bytes:
    value = signer.sign(signed_message(shape)).hex()
    return canonical({**shape, "signature": {"by": signer.fingerprint, "value": value}})


def _require_that_it_holds(written: bytes, manifest: bytes) -> None:
    """Hold a certificate to the rules by which it will be checked, before it is kept."""
    read = read_certificate(written)
    found = (
        [read] if isinstance(read, Problem) else [*faults(read), *manifest_faults(read, manifest)]
    )
    if found:
        raise CheckFailed(
            f"The certificate of this release would not hold: {found[0].message} Nothing was "
            "approved. Have the case submitted again, and check who approves it."
        )


# --- checking ---------------------------------------------------------------------------------


def check_release(folder: Path) -> list[Problem]:
    """Check a released folder against its certificate and its manifest.

    That the approver's key is the approver's is for the reader to see: by the fingerprint, which
    the authority gives on another way.

    Returns:
        What does not hold; empty where everything does.
    """
    certificate = _certificate_in(folder / CERTIFICATE_JSON)
    manifest = _read(folder / manifests.MANIFEST_NAME)
    if isinstance(certificate, Problem):
        problems = [certificate]
    else:
        problems = [*faults(certificate), *_page_faults(folder, certificate)]
        if not isinstance(manifest, Problem):
            problems += manifest_faults(certificate, manifest)
    found = manifests.check_manifest(folder, beside=(CERTIFICATE_JSON, CERTIFICATE_PDF))
    if not isinstance(manifest, Problem) and is_newer_manifest(manifest):
        found = []  # that it is newer was said, and which files it lists cannot be told
    return [*problems, *(_as_problem(one) for one in found)]


def certificate_head(path: Path) -> tuple[int, str]:
    """Give the number and the digest of the approval, to hold an exported log against it.

    Raises:
        CaseError: it is no certificate, or it does not hold.
    """
    certificate = _certificate_in(path)
    found = [certificate] if isinstance(certificate, Problem) else faults(certificate)
    if isinstance(certificate, Problem) or found:
        raise CaseError(
            f"{path.name} cannot be used as a certificate: {found[0].message} Nothing was held "
            f"against it. Give the {CERTIFICATE_JSON} that went out with the release."
        )
    return certificate.approved.seq, certificate.approved.digest


def _certificate_in(path: Path) -> Certificate | Problem:
    untrusted = _read(path)
    return untrusted if isinstance(untrusted, Problem) else read_certificate(untrusted)


def _page_faults(folder: Path, certificate: Certificate) -> list[Problem]:
    page = _read(folder / CERTIFICATE_PDF)
    if isinstance(page, Problem):
        return [page]
    if hashlib.sha256(page).hexdigest() == certificate.shape["pdf"]:
        return []
    message = f"{CERTIFICATE_PDF} is not the one that {CERTIFICATE_JSON} was signed with."
    return [Problem(None, "changed-file", message)]


def _read(path: Path) -> bytes | Problem:
    try:
        if not path.is_file():
            return Problem(None, "missing-file", f"There is no {path.name} in the folder.")
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError:
        return Problem(None, "unreadable-file", f"{path.name} cannot be opened.")
    if len(data) > _LARGEST:
        return Problem(None, "unreadable-file", f"{path.name} is too large to be one of ours.")
    return data


#: What a disagreement of files and manifest means for a release, by its kind.
_SENTENCES = {
    "no-manifest": "There is no {} in the folder.",
    "damaged-manifest": "{} cannot be read.",
    "missing-file": "{} belongs to the release, but is not in the folder.",
    "changed-file": "{} is not the file that was approved: its content was changed.",
    "extra-file": "{} is in the folder, but is not part of the release.",
    "unreadable-file": "{} cannot be opened.",
}


def _as_problem(found: manifests.Problem) -> Problem:
    return Problem(None, found.kind, _SENTENCES[found.kind].format(_shown(found.file)))


def _shown(name: str) -> str:
    """Give a file's name as it can be shown: one line, and not without end."""
    plain = "".join(one if one.isprintable() else "\ufffd" for one in name)
    return plain if len(plain) <= 200 else f"{plain[:200]}…"
