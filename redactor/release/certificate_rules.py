"""What must hold of a certificate of release. Pure functions over what its files say.

A certificate carries the submission and the approval whole, as events of the case's log, because
anybody can work out their digests and check their signatures. What it says beyond them is either
told again from them and from the manifest (``derived``), and must be equal to that, or is vouched
for by the approver's signature over the whole: the names of further people who prepared, and the
wording of rulings.

It cannot show by itself that somebody is missing from those who prepared the release: that is in
the log, which can be held against the certificate.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn

from redactor.canonical import canonical
from redactor.case.log import digest_holds, event_of, signature_holds
from redactor.case.problems import Problem
from redactor.case.signing import fingerprint_of, is_signed_by
from redactor.events import Event, EventKind
from redactor.lifecycle import Member, likeness
from redactor.model import Role, Ruling
from redactor.release.certificate_checklist import TICK, ticks_hold
from redactor.release.manifest import MANIFEST_FORMAT, MANIFEST_NAME
from redactor.sampling import adds_up

CERTIFICATE_JSON = "certificate.json"
CERTIFICATE_PDF = "certificate.pdf"
FORMAT = 3
_SIGNED_TAG = b"redactor-certificate-1"
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
_SECTIONS: Mapping[str, type] = {
    "certificate": int,
    "product": dict,
    "case": dict,
    "prepared_by": list,
    "approved_by": dict,
    "keys": dict,
    "submitted": dict,
    "approved": dict,
    "log": dict,
    "manifest": str,
    "files": list,
    "checks": list,
    "versions": dict,
    "rulings": list,
    "redactions": int,
    "kept": int,
    "pdf": str,
    "signature": dict,
}
#: What a certificate holds since a format, and is empty where nothing of the kind was done.
_SINCE: Mapping[str, tuple[int, type]] = {
    "second_look": (2, dict),
    "sample": (2, dict),
    "checklist": (3, list),
}
_PERSON: Mapping[str, type] = dict.fromkeys(("name", "role", "fingerprint"), str)
_RULING: Mapping[str, type] = {
    **dict.fromkeys(("place", "ruling", "reason", "by", "at"), str),
    "document": int,
}
_TICK: Mapping[str, type] = dict.fromkeys(TICK, str)
_LOOK = frozenset({"event", "sure", "others", "hidden", "dismissed", "decided", "left"})
#: What a shape that somebody else wrote may raise.
_MALFORMED = (KeyError, TypeError, ValueError, RecursionError)


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate whose form is right; whether it holds is another question.

    Attributes:
        shape: all of it.
        prepared_by, approved_by: with their public keys.
    """

    shape: Mapping[str, Any] = field(repr=False)
    prepared_by: tuple[Member, ...]
    approved_by: Member
    submitted: Event
    approved: Event


def signed_message(shape: Mapping[str, Any]) -> bytes:
    """Give what the approver signs: all of a certificate but the signature itself."""
    unsigned = {name: value for name, value in shape.items() if name != "signature"}
    return _SIGNED_TAG + hashlib.sha256(canonical(unsigned)).digest()


def derived(submitted: Event, last: Event, manifest: bytes) -> dict[str, Any]:
    """Give what a certificate repeats from the events and the manifest.

    Args:
        last: the event at which the log is cited.
        manifest: the exact bytes of the release's manifest.

    Raises:
        ValueError, KeyError, TypeError, RecursionError: the manifest is none of ours.
    """
    listed = json.loads(manifest.decode("utf-8"))
    digest = hashlib.sha256(manifest).hexdigest()
    itself = {"name": MANIFEST_NAME, "sha256": digest, "bytes": len(manifest)}
    return {
        "log": {"events": last.seq, "head": last.digest},
        "manifest": digest,
        "files": [*listed["outputs"], itself],
        "checks": [
            {"name": one["name"], "engine": one["engine"], "count": one["count"]}
            for one in listed["checks"]
        ],
        "versions": submitted.body["versions"],
        "redactions": submitted.body["redactions"],
        "kept": submitted.body["kept"],
        "second_look": submitted.body.get("second_look", {}),
        "sample": last.body.get("sample", {}),
        "checklist": submitted.body.get("checklist", []),
    }


# --- its form ---------------------------------------------------------------------------------


def read_certificate(untrusted: bytes) -> Certificate | Problem:
    """Read a certificate; give what is wrong with its form where something is."""
    try:
        shape = json.loads(untrusted.decode("utf-8"), parse_float=_refuse_fraction)
        is_canonical = canonical(shape) == untrusted
    except (ValueError, RecursionError):
        return _damaged("it is not JSON as a certificate is written")
    version = shape.get("certificate") if isinstance(shape, dict) else None
    if type(version) is int and version > FORMAT:
        return _newer("newer-certificate", CERTIFICATE_JSON)
    if version not in range(1, FORMAT + 1) or type(version) is not int or not is_canonical:
        return _damaged("it is not in the one form that a certificate has")
    if "signature" not in shape:
        return Problem(None, "unsigned-certificate", f"{CERTIFICATE_JSON} is a draft: unsigned.")
    try:
        return _certificate(shape)
    except _MALFORMED:
        return _damaged("it does not say all that a certificate has to say, or says more")


def _newer(kind: str, name: str) -> Problem:
    return Problem(
        None,
        kind,
        f"{name} was written by a newer version of Redactor, and has to be checked with that.",
    )


def _damaged(why: str) -> Problem:
    return Problem(None, "damaged-certificate", f"{CERTIFICATE_JSON} cannot be relied on: {why}.")


def _refuse_fraction(_: str) -> NoReturn:
    raise ValueError("a certificate holds no fractions")


def _certificate(shape: dict[str, Any]) -> Certificate:
    _require_form(shape, _sections_of(shape["certificate"]))
    _require_form(shape["product"], {"name": str, "version": str})
    _require_form(shape["case"], {"ref": str, "regime": str, "id": str})
    _require_form(shape["signature"], {"by": str, "value": str})
    for one in shape["rulings"]:
        _require_form(one, _RULING)
        Ruling(one["ruling"])
    for one in shape.get("checklist", ()):
        _require_form(one, _TICK)
    keys = shape["keys"]
    prepared_by = tuple(_member(one, keys) for one in shape["prepared_by"])
    approved_by = _member(shape["approved_by"], keys)
    if set(keys) != {one.fingerprint for one in (*prepared_by, approved_by)}:
        raise ValueError("a key without a person")
    return Certificate(
        shape, prepared_by, approved_by, event_of(shape["submitted"]), event_of(shape["approved"])
    )


def _sections_of(version: int) -> Mapping[str, type]:
    later = {name: kind for name, (since, kind) in _SINCE.items() if version >= since}
    return {**_SECTIONS, **later}


def _require_form(shape: Any, types: Mapping[str, type]) -> None:
    if type(shape) is not dict or {name: type(one) for name, one in shape.items()} != types:
        raise ValueError("another form")


def _member(shape: Any, keys: Mapping[str, Any]) -> Member:
    _require_form(shape, _PERSON)
    key = keys[shape["fingerprint"]]
    if type(key) is not str:
        raise ValueError("not a key")
    return Member(shape["name"], Role(shape["role"]), shape["fingerprint"], key)


# --- whether it holds -------------------------------------------------------------------------


def faults(certificate: Certificate) -> list[Problem]:
    """Tell what does not hold of a certificate by itself, without the files it speaks of."""
    return [
        *_key_faults(certificate),
        *_signature_faults(certificate),
        *_event_faults(certificate),
        *_approval_faults(certificate),
        *_people_faults(certificate),
        *_look_faults(certificate),
        *_sample_faults(certificate),
        *_checklist_faults(certificate),
    ]


def manifest_faults(certificate: Certificate, manifest: bytes) -> list[Problem]:
    """Tell what does not hold between a certificate and the manifest beside it."""
    if is_newer_manifest(manifest):
        return [_newer("newer-manifest", MANIFEST_NAME)]
    approved = certificate.approved
    if hashlib.sha256(manifest).hexdigest() != approved.body.get("manifest"):
        message = f"{MANIFEST_NAME} is not the one that was approved."
        return [Problem(approved.seq, "changed-manifest", message)]
    try:
        different = [*_different(certificate, manifest)]
    except _MALFORMED:
        message = f"{MANIFEST_NAME} and the submission do not say what they have to say."
        return [Problem(certificate.submitted.seq, "damaged-manifest", message)]
    return [
        Problem(
            None,
            "contradiction",
            f"What {CERTIFICATE_JSON} says under “{name}” is not what {MANIFEST_NAME} and the "
            "signed events say.",
        )
        for name in different
    ]


def is_newer_manifest(manifest: bytes) -> bool:
    """Say whether a manifest is of a format that only a newer version knows."""
    try:
        version = json.loads(manifest.decode("utf-8"))["manifest"]
    except _MALFORMED:
        return False
    return type(version) is int and version > MANIFEST_FORMAT


def _different(certificate: Certificate, manifest: bytes) -> Iterator[str]:
    """Give the sections that do not say what the manifest and the events say."""
    shape = certificate.shape
    told = derived(certificate.submitted, certificate.approved, manifest)
    for name, value in told.items():
        if name in _SINCE and _SINCE[name][0] > shape["certificate"]:
            if value:
                yield name  # an older certificate would not say what was done
        elif canonical(value) != canonical(shape[name]):
            yield name
    listed = json.loads(manifest)
    if listed["case"] != shape["case"]["ref"]:
        yield "case"
    ruled = Counter((one["document"], one["ruling"]) for one in shape["rulings"])
    counted = {(one["document"], one["ruling"]): one["count"] for one in listed["rulings"]}
    if ruled != counted:
        yield "rulings"
    if any(one["ok"] is not True for one in listed["checks"]):
        yield "checks"
    submitted = certificate.submitted.body["files"]
    if _by_digest(submitted) != _by_digest(shape["files"]):
        yield "submitted"


def _by_digest(files: Sequence[Mapping[str, Any]]) -> list[tuple[str, int]]:
    return sorted((str(one["sha256"]), int(one["bytes"])) for one in files)


def _key_faults(certificate: Certificate) -> Iterator[Problem]:
    for one in (*certificate.prepared_by, certificate.approved_by):
        if _fingerprint(one.public_key) != one.fingerprint:
            message = f"{CERTIFICATE_JSON} gives a key under a fingerprint that is not the key's."
            yield Problem(None, "wrong-key", message)


def _fingerprint(public_key: str) -> str:
    try:
        return fingerprint_of(bytes.fromhex(public_key))
    except ValueError:
        return ""


def _signature_faults(certificate: Certificate) -> Iterator[Problem]:
    approver, signature = certificate.approved_by, certificate.shape["signature"]
    if not signature["by"] == approver.fingerprint == certificate.approved.fingerprint:
        message = f"{CERTIFICATE_JSON} is not signed by the key that approved the release."
        yield Problem(None, "wrong-signer", message)
        return
    # A digit in capitals would be another file with the same signature.
    is_hex = _SIGNATURE.fullmatch(signature["value"]) and _fingerprint(approver.public_key)
    if not is_hex or not is_signed_by(
        bytes.fromhex(approver.public_key),
        signed_message(certificate.shape),
        bytes.fromhex(signature["value"]),
    ):
        yield Problem(
            None,
            "forged-certificate",
            f"The signature of {CERTIFICATE_JSON} does not belong to what it says: it was changed "
            "after it was signed, or was signed with another key.",
        )


def _event_faults(certificate: Certificate) -> Iterator[Problem]:
    keys = {one.fingerprint: one.public_key for one in certificate.prepared_by}
    keys[certificate.approved_by.fingerprint] = certificate.approved_by.public_key
    wanted = ((certificate.submitted, EventKind.SUBMITTED, "submission"),
              (certificate.approved, EventKind.APPROVED, "approval"))  # fmt: skip
    for event, kind, what in wanted:
        if event.kind is not kind:
            message = f"What {CERTIFICATE_JSON} gives as the {what} is another event."
            yield Problem(event.seq, "wrong-event", message)
        if not _digest_holds(event):
            message = f"The {what} in {CERTIFICATE_JSON} was changed after it was recorded."
            yield Problem(event.seq, "changed-event", message)
        elif not signature_holds(event, keys.get(event.fingerprint, "")):
            message = f"The {what} in {CERTIFICATE_JSON} is not signed by who is named."
            yield Problem(event.seq, "forged-event", message)


def _digest_holds(event: Event) -> bool:
    try:
        return digest_holds(event)
    except (ValueError, RecursionError):
        return False


def _approval_faults(certificate: Certificate) -> Iterator[Problem]:
    submitted, approved = certificate.submitted, certificate.approved
    bound = [approved.body.get(name) for name in ("submission", "manifest", "decisions", "head")]
    stands = [submitted.seq, submitted.body.get("manifest"), submitted.body.get("decisions"),
              submitted.digest]  # fmt: skip
    follows = approved.seq > submitted.seq and (
        approved.seq > submitted.seq + 1 or approved.previous == submitted.digest
    )
    if bound != stands or not follows:
        message = f"The approval in {CERTIFICATE_JSON} is not of the submission beside it."
        yield Problem(approved.seq, "wrong-approval", message)


def _people_faults(certificate: Certificate) -> Iterator[Problem]:
    approver, preparers = certificate.approved_by, certificate.prepared_by
    submitted, approved = certificate.submitted, certificate.approved
    introduced = {(one.fingerprint, one.name): one.role for one in preparers}
    submitter = introduced.get((submitted.fingerprint, submitted.actor))
    approving = (approver.fingerprint, approver.name)
    if submitter is None or (approved.fingerprint, approved.actor) != approving:
        message = f"The people named in {CERTIFICATE_JSON} are not those of its events."
        yield Problem(None, "wrong-person", message)
    elif submitter is not Role.OFFICER or approver.role is not Role.REVIEWER:
        message = f"By {CERTIFICATE_JSON}, no officer submitted or no reviewer approved."
        yield Problem(None, "wrong-role", message)
    fingerprints = {submitted.fingerprint, *(one.fingerprint for one in preparers)}
    names = {likeness(one) for one in (submitted.actor, *(one.name for one in preparers))}
    if approver.fingerprint in fingerprints or likeness(approver.name) in names:
        message = f"By {CERTIFICATE_JSON}, who approved the release also prepared it."
        yield Problem(approved.seq, "same-person", message)


def _look_faults(certificate: Certificate) -> Iterator[Problem]:
    """The second look was taken before the submission, and all it was sure of was ruled on."""
    look = certificate.shape.get("second_look", {})
    if not look:
        return
    holds = (
        set(look) == _LOOK
        and all(type(one) is int and one >= 0 for one in look.values())
        and look["event"] < certificate.submitted.seq
        and look["sure"] <= look["dismissed"] + look["decided"]
        and look["left"] <= look["others"]
    )
    if not holds:
        message = f"What {CERTIFICATE_JSON} says of the second look does not add up."
        yield Problem(certificate.submitted.seq, "wrong-second-look", message)


def _sample_faults(certificate: Certificate) -> Iterator[Problem]:
    """What a sample is said to show is what its counts show; and nothing missed is let out."""
    sample = certificate.shape.get("sample", {})
    if not sample:
        return
    try:
        holds = all(map(adds_up, sample["earlier"])) and _is_of_approval(certificate, sample)
    except _MALFORMED:
        holds = False
    if not holds:
        message = f"What {CERTIFICATE_JSON} says of the re-check sample does not add up."
        yield Problem(certificate.approved.seq, "wrong-sample", message)


def _checklist_faults(certificate: Certificate) -> Iterator[Problem]:
    names = {one.name for one in certificate.prepared_by}
    if not ticks_hold(certificate.shape.get("checklist", []), names):
        message = f"What {CERTIFICATE_JSON} says of the Commissioner’s checklists does not add up."
        yield Problem(None, "wrong-checklist", message)


def _is_of_approval(certificate: Certificate, sample: Mapping[str, Any]) -> bool:
    own = {name: value for name, value in sample.items() if name != "earlier"}
    if not own:
        return True
    between = certificate.submitted.seq < own["event"] < certificate.approved.seq
    return between and adds_up(own) and own["missed_units"] == 0
