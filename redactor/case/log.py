"""The log's chain: how an event is sealed, signed, and written as a line. Pure functions.

Each event's digest covers the digest of the event before it, so that nothing can be changed, taken
out or put in between without every later digest changing; its signature by the key of the person
who acted covers the digest, so that nobody can write in another's name. What is covered is the
meaning (who, when, what kind) as well as the body, each with its length before it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from redactor.canonical import canonical
from redactor.case.signing import Signer, is_signed_by
from redactor.errors import UsageError
from redactor.events import Event, EventKind
from redactor.sampling import lot_message

#: What stands for the digest before the first event.
GENESIS = "0" * 64
#: Longer than any line of ours; a longer one in an export is not read.
MAX_LINE_BYTES = 64_000_000
#: The kind of an export's last line, which says where the log stood.
END_KIND = "end-of-export"
_EVENT_TAG = b"redactor-event-1"
_SIGNATURE_TAG = b"redactor-signature-1"


def now() -> str:
    """Give the time as events have it: UTC, ISO 8601 to the second."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def digest_of(previous: str, seq: int, header: Sequence[str], body: bytes) -> str:
    """Give the digest of an event, in hex.

    Args:
        previous: the digest of the event before, in hex.
        header: when, the name and the fingerprint of who, and the kind, in this order.
        body: the body in canonical form, as it is kept.
    """
    parts = [_EVENT_TAG]
    for part in (previous, str(seq), *header):
        encoded = part.encode("utf-8")
        parts += (len(encoded).to_bytes(8, "big"), encoded)
    parts.append(hashlib.sha256(body).digest())
    return hashlib.sha256(b"".join(parts)).hexdigest()


def signed_bytes(digest: str) -> bytes:
    """Give what is signed for an event with this digest."""
    return _SIGNATURE_TAG + bytes.fromhex(digest)


def seal(
    signer: Signer,
    actor: str,
    previous: str,
    seq: int,
    kind: EventKind,
    body: Mapping[str, Any],
) -> Event:
    """Make the next event of a log.

    Args:
        actor: the name under which the signer was introduced to the case.
        previous: the digest of the event before, or ``GENESIS``.

    Raises:
        UsageError: somebody wrote what is no text.
    """
    when = now()
    try:
        written = canonical(body)
    except UnicodeEncodeError:
        raise UsageError(
            "What was written holds a character that cannot be kept as text. Nothing was recorded. "
            "Type it again."
        ) from None
    header = (when, actor, signer.fingerprint, str(kind))
    digest = digest_of(previous, seq, header, written)
    signature = signer.sign(signed_bytes(digest)).hex()
    return Event(
        seq, when, actor, kind, json.loads(written), signer.fingerprint, previous, digest, signature
    )


def digest_holds(event: Event) -> bool:
    """Say whether an event is what its digest says."""
    header = (event.at, event.actor, event.fingerprint, str(event.kind))
    return event.digest == digest_of(event.previous, event.seq, header, canonical(event.body))


def signature_holds(event: Event, public_key: str) -> bool:
    """Say whether an event was signed with the key that belongs to this public key (hex).

    No digest covers the signature, so that it must be written in the one form that there is.
    """
    try:
        key, signature = bytes.fromhex(public_key), bytes.fromhex(event.signature)
        is_as_written = signature.hex() == event.signature
        return is_as_written and is_signed_by(key, signed_bytes(event.digest), signature)
    except ValueError:
        return False


def lot_holds(drawn: Event, submitted: Event, public_key: str) -> bool:
    """Say whether the lot of a sample is of a submission, by the key (hex) of who drew it."""
    try:
        lot = bytes.fromhex(drawn.body["lot"])
        message = lot_message(submitted.digest, submitted.body["manifest"])
        is_as_written = lot.hex() == drawn.body["lot"]
        return is_as_written and is_signed_by(bytes.fromhex(public_key), message, lot)
    except (KeyError, TypeError, ValueError):
        return False


def first_break(events: Iterable[Event]) -> int | None:
    """Give the number of the first event that the chain does not hold for; None if it holds."""
    head = GENESIS
    for position, event in enumerate(events, start=1):
        if event.seq != position or event.previous != head or not digest_holds(event):
            return position
        head = event.digest
    return None


# --- lines -------------------------------------------------------------------------------------


def event_shape(event: Event) -> dict[str, Any]:
    """Give an event as an object of plain values."""
    return {
        "seq": event.seq,
        "at": event.at,
        "actor": event.actor,
        "fingerprint": event.fingerprint,
        "kind": str(event.kind),
        "body": dict(event.body),
        "previous": event.previous,
        "digest": event.digest,
        "signature": event.signature,
    }


def event_of(shape: Mapping[str, Any]) -> Event:
    """Read an event back.

    Raises:
        ValueError, KeyError, TypeError: it is none.
    """
    if set(shape) != _FIELDS or not isinstance(shape["body"], dict):
        raise ValueError("not an event")
    if type(shape["seq"]) is not int or any(type(shape[name]) is not str for name in _TEXTS):
        raise ValueError("not an event")
    return Event(
        shape["seq"],
        shape["at"],
        shape["actor"],
        EventKind(shape["kind"]),
        shape["body"],
        shape["fingerprint"],
        shape["previous"],
        shape["digest"],
        shape["signature"],
    )


_TEXTS = frozenset({"at", "actor", "fingerprint", "kind", "previous", "digest", "signature"})
_FIELDS = _TEXTS | {"seq", "body"}


def export_lines(events: Iterable[Event], case_signer: Signer) -> Iterable[bytes]:
    """Give a log as lines, one event a line, and a last line that says where it ends.

    The last line has the shape of an event and is signed with the case's own key, which only its
    encrypted file holds: whoever has the lines alone cannot cut some off and write it anew.
    """
    seq, head = 0, GENESIS
    for event in events:
        seq, head = event.seq, event.digest
        yield canonical(event_shape(event)) + b"\n"
    yield canonical(end_shape(seq, head, case_signer, now())) + b"\n"


def end_shape(events: int, head: str, case_signer: Signer, at: str) -> dict[str, Any]:
    """Give the last line of an export: how many events there are, and the last one's digest."""
    body = {"events": events, "head": head}
    name, seq = case_signer.name, events + 1
    header = (at, name, case_signer.fingerprint, END_KIND)
    digest = digest_of(head, seq, header, canonical(body))
    return {
        "seq": seq,
        "at": at,
        "actor": name,
        "fingerprint": case_signer.fingerprint,
        "kind": END_KIND,
        "body": body,
        "previous": head,
        "digest": digest,
        "signature": case_signer.sign(signed_bytes(digest)).hex(),
    }
