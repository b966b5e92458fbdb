"""A small release with its certificate; everybody in it is invented."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pypdfium2

from redactor.canonical import canonical
from redactor.case.log import GENESIS, event_shape, seal
from redactor.case.signing import Signer, signer_of_seed
from redactor.events import Event, EventKind
from redactor.lifecycle import Member
from redactor.model import PointAnswer, Role, Ruling
from redactor.release.certificate import (
    CERTIFICATE_JSON,
    CertificateFacts,
    CertifiedRuling,
    certificate_json,
    check_release,
    write_certificate,
)
from redactor.release.certificate_checklist import CertifiedTick, ticks_shape
from redactor.release.certificate_rules import signed_message
from redactor.release.manifest import (
    MANIFEST_NAME,
    OutputEntry,
    RulingEntry,
    SourceEntry,
    build_manifest,
)
from redactor.release.verify.model import Check

WHEN = dt.datetime(2026, 3, 1, 8, 30, tzinfo=dt.UTC)
FILES = {
    "1 letter.pdf": b"a letter",
    "2 staff.xlsx": b"a table",
    "schedule.csv": b"No.",
    "schedule.pdf": b"a schedule",
}
CHECKS = (
    Check("no withheld text", ok=True, engine="pikepdf 10.17.0", detail=""),
    Check("no withheld text", ok=True, engine="pypdfium2 5.15.2", detail=""),
    Check("one revision", ok=True, engine="python 3.11", detail=""),
)
RULINGS = (
    CertifiedRuling(
        1,
        "page:3/image:1",
        Ruling.RELEASE_AS_SEEN,
        "The picture is the crest of the council.",
        "Maya Lindqvist",
        "2026-02-26T15:05:09+00:00",
    ),
    CertifiedRuling(
        2,
        "xl/charts/chart1.xml",
        Ruling.LEAVE_OUT,
        "The chart repeats figures that are withheld.",
        "Tomos Prydderch",
        "2026-02-27T09:12:44+00:00",
    ),
)

TICKS = (
    CertifiedTick(
        "policies-disclosing", PointAnswer.YES, "", "Maya Lindqvist", "2026-02-27T10:00:00+00:00"
    ),
    CertifiedTick(
        "training-disclosing",
        PointAnswer.NO,
        "Two of the team begin their training in March.",
        "Tomos Prydderch",
        "2026-02-27T10:04:00+00:00",
    ),
)


def person(name: str, role: Role, seed: int) -> Signer:
    return signer_of_seed(name, role, bytes([seed]) * 32)


MAYA = person("Maya Lindqvist", Role.OFFICER, 1)
TOMOS = person("Tomos Prydderch", Role.OFFICER, 2)
RUTH = person("Ruth Adeyemi-Clarke", Role.REVIEWER, 3)


def member(signer: Signer) -> Member:
    return Member(signer.name, signer.role, signer.fingerprint, signer.public_key.hex())


@dataclass(frozen=True)
class Sample:
    """What a certificate is to be made of, before anything is signed."""

    files: dict[str, bytes]
    rulings: tuple[CertifiedRuling, ...] = RULINGS
    ticks: tuple[CertifiedTick, ...] = TICKS
    ref: str = "FOI 123/26"
    preparers: tuple[Signer, ...] = (MAYA, TOMOS)
    submitter: Signer = MAYA
    reviewer: Signer = RUTH

    def manifest(self) -> bytes:
        outputs = [
            OutputEntry(
                name,
                hashlib.sha256(data).hexdigest(),
                len(data),
                None if name.startswith("schedule") else position,
            )
            for position, (name, data) in enumerate(self.files.items(), 1)
        ]
        entries = [RulingEntry(one.document, one.ruling, 1) for one in self.rulings]
        source = SourceEntry(1, "pdf", "a" * 64, 12)
        return build_manifest(self.ref, [source], outputs, CHECKS, rulings=entries, created=WHEN)

    def submission(self, **changes: Any) -> Event:
        manifest = self.manifest()
        files = [*self.files.values(), manifest]
        body = {
            "manifest": hashlib.sha256(manifest).hexdigest(),
            "decisions": "d" * 64,
            "documents": 2,
            "redactions": 41,
            "kept": 1,
            "versions": {"Redactor": "0.3.0", "pikepdf": "10.17.0", "pymupdf": "1.28.2"},
            "files": [
                {"sha256": hashlib.sha256(one).hexdigest(), "bytes": len(one)} for one in files
            ],
            "seal": "s" * 64,
        }
        if self.ticks:
            body["checklist"] = ticks_shape(self.ticks)
        signer = self.submitter
        return seal(signer, signer.name, GENESIS, 1211, EventKind.SUBMITTED, {**body, **changes})

    def approval(self, submitted: Event, **changes: Any) -> Event:
        body = {
            "submission": submitted.seq,
            "manifest": submitted.body["manifest"],
            "decisions": submitted.body["decisions"],
            "head": submitted.digest,
            "roster": "",
        }
        signer = self.reviewer
        return seal(
            signer, signer.name, submitted.digest, 1212, EventKind.APPROVED, {**body, **changes}
        )

    def facts(self) -> CertificateFacts:
        submitted = self.submission()
        return self.facts_of(submitted, self.approval(submitted))

    def facts_of(self, submitted: Event, approved: Event | None) -> CertificateFacts:
        people = {one.fingerprint: member(one) for one in (*self.preparers, self.reviewer)}
        return CertificateFacts(
            submitted=submitted,
            approved=approved,
            members=tuple(people.values()),
            preparers=tuple(one.fingerprint for one in self.preparers),
            ref=self.ref,
            regime="foi",
            case_id="c" * 32,
            manifest=self.manifest(),
            rulings=self.rulings,
        )

    def write(self, folder: Path) -> Path:
        folder.mkdir(parents=True)
        papers = write_certificate(self.facts(), self.reviewer)
        for name, data in (*self.files.items(), (MANIFEST_NAME, self.manifest()), *papers):
            (folder / name).write_bytes(data)
        return folder


SAMPLE = Sample(FILES)
WITHOUT_TICKS = Sample(FILES, ticks=())
#: A re-check sample: 59 of 400 units, drawn by lot.
DRAWN = {"frame": 400, "units": list(range(59))}


def kinds(folder: Path) -> list[str]:
    problems = check_release(folder)
    for one in problems:
        assert one.message.endswith(".")
        assert "\n" not in one.message
    return [one.kind for one in problems]


def shape_of(folder: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((folder / CERTIFICATE_JSON).read_bytes())
    return read


def signed(shape: dict[str, Any], signer: Signer = RUTH) -> bytes:
    """Sign a certificate as a dishonest approver could: whatever it says."""
    value = signer.sign(signed_message(shape)).hex()
    return canonical({**shape, "signature": {"by": signer.fingerprint, "value": value}})


def resigned(folder: Path, sample: Sample, /, **changes: Any) -> None:
    """Write the certificate of another history, with signatures that hold."""
    submitted = sample.submission()
    facts = sample.facts_of(submitted, sample.approval(submitted, **changes))
    shape = json.loads(certificate_json(replace(facts, approved=None), b"", None))
    (folder / CERTIFICATE_JSON).write_bytes(
        signed(
            {
                **shape,
                "approved": event_shape(facts.approved),
                "approved_by": {
                    "name": sample.reviewer.name,
                    "role": "reviewer",
                    "fingerprint": sample.reviewer.fingerprint,
                },
                "keys": {one.fingerprint: one.public_key for one in facts.members},
                "log": {"events": facts.approved.seq, "head": facts.approved.digest},
                "pdf": shape_of(folder)["pdf"],
            },
            sample.reviewer,
        )
    )


def page_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def in_one_line(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).replace("\ufffe", "").split())
