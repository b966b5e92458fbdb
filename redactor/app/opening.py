"""An open case file: who works in it, what they may do, and what its log adds up to.

Every change is an event signed by the person who works, and was allowed by the one rule on who may
do what (``redactor.lifecycle.objection``).
"""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any, Self

from redactor import lifecycle, review
from redactor.app import parts
from redactor.case import log
from redactor.case.backup import keep_backup, migration_copy
from redactor.case.bodies import fault_of
from redactor.case.bulk import making_many
from redactor.case.faults import understood
from redactor.case.lock import CaseLock, Holder
from redactor.case.roster import Roster, find_roster, load_roster
from redactor.case.signing import Signer, parse_fingerprint, require_name
from redactor.case.store import Author, Store
from redactor.case.vault import Vault
from redactor.errors import DamagedCase, NotAllowed, StaleLock, UsageError
from redactor.events import Event, EventKind
from redactor.law.regimes import Regime
from redactor.lifecycle import Life
from redactor.listed import Listed, Searching
from redactor.model import Person, Role

#: Under which law a case is answered: FOIA, EIR, UK GDPR access, or DPA 2018 Part 3 access.
REGIMES = tuple(map(str, Regime))


_READING = frozenset(
    {
        EventKind.DOCUMENT_READING,
        EventKind.DOCUMENT_READ,
        EventKind.DOCUMENT_REFUSED,
        EventKind.DOCUMENT_READ_AS,
    }
)


class OpenCase:
    """An open case file, the person who works in it, and what its log adds up to."""

    def __init__(self, store: Store, lock: CaseLock, signer: Signer | None) -> None:
        self.store = store
        self._lock = lock
        self._signer = signer
        with making_many(), understood(store.vault.path):
            self._events = list(store.events())
            self._life, self._tally, self.listed = _added_up(self._events)
            #: The first event that the log's chain does not hold for; None where all is well.
            self.broken_at = log.first_break(self._events)
        for number, chosen in self.standing_read_as().items():
            self.store.set_aside(number, chosen.last_mark)
        self._opened_at = len(self._events)
        self._closed = False
        #: What parts are called in the log; None after a reading, until it is asked for.
        self._places: Mapping[tuple[int, str], str] | None = None
        #: What the lists do in each document that is being read.
        self._searching: dict[int, Searching] = {}
        self._name_author()

    @classmethod
    def create(
        cls,
        path: Path,
        ref: str,
        passphrase: str,
        signer: Signer,
        *,
        regime: str = "foi",
        received: str = "",
        in_full: bool = False,
    ) -> Self:
        """Make a new case file; the person who makes it is its first officer.

        Args:
            regime: ``foi``, ``eir``, ``sar`` or ``sar-le`` (law enforcement, DPA 2018 Part 3).
            received: the day on which the request was received, YYYY-MM-DD; empty if not known.
            in_full: whether every redaction has to rest on a justification that answers all that
                its limb asks for; else a reason is enough, with the public interest where it is
                weighed.

        Raises:
            CaseError: the name is taken, or the folder cannot be written to.
            UsageError: the passphrase is too short, or there is no reference.
        """
        if not ref.strip():
            raise UsageError("A case needs a reference. Nothing was made. Give the authority's.")
        about: dict[str, Any] = {"ref": ref.strip(), "regime": regime, "received": received}
        if in_full:
            about["justifies"] = True
        with ExitStack() as undo:
            lock, _ = CaseLock.acquire(path, _holder(signer))
            undo.callback(lock.release)
            author = Author(signer, signer.name)
            vault = Vault.create(path, passphrase, lambda made: Store.begin(made, author, about))
            undo.callback(vault.close)
            lock.take(_holder(signer))
            case = cls(Store(vault), lock, signer)
            undo.pop_all()
            return case

    @classmethod
    def open(
        cls, path: Path, passphrase: str, signer: Signer | None = None, *, taking_over: str = ""
    ) -> Self:
        """Open a case file.

        Args:
            signer: who works in it; None to look at it only.
            taking_over: why a case that somebody else did not close is taken over.

        Raises:
            CaseError: it is missing, damaged, in use or of a newer version, the passphrase is
                wrong, or (``CaseHeld``, ``StaleLock``) somebody else has it.
        """
        with ExitStack() as undo:
            lock, stale = CaseLock.acquire(path, _holder(signer) if signer is not None else None)
            undo.callback(lock.release)
            vault = Vault.open(
                path,
                passphrase,
                lambda version: migration_copy(path, version),
                to_change=signer is not None,
            )
            undo.callback(vault.close)
            vault.require_structure()
            case = cls(Store(vault), lock, signer)
            case._settle_lock(stale, taking_over)
            undo.pop_all()
            return case

    def close(self, *, backup: bool = True) -> None:
        """Close the file, and keep a backup of it if anything was changed. Twice is once.

        Raises:
            DamagedCase: a page of it is not as it was written; the last backup stays.
            CaseError: no backup could be made.
        """
        if self._closed:
            return
        self._closed = True
        is_changed = backup and len(self._events) > self._opened_at
        vault = self.store.vault
        try:
            with closing(vault):
                # A page that went bad is noticed only when it is read. The last backup may have it.
                broken = vault.broken_pages() if is_changed else 0
            if broken:
                raise DamagedCase(
                    f"No backup of {self.path.name} was made: {broken} of its pages are not as "
                    "they were written. The last backup is as it was. Check the case, and restore "
                    "it from that."
                )
            if is_changed:
                keep_backup(self.path)
        finally:
            self._lock.release()

    @property
    def path(self) -> Path:
        """Give where the case file lies."""
        return self.store.vault.path

    @property
    def ref(self) -> str:
        """Give the authority's reference of the case."""
        return self._life.ref

    @property
    def regime(self) -> Regime:
        """Give the law that the request is answered under."""
        begun = self._life.case
        return Regime(str(begun.body["regime"])) if begun is not None else Regime.FOI

    @property
    def justifies_in_full(self) -> bool:
        """Say whether every redaction has to rest on a justification of all that its limb asks."""
        begun = self._life.case
        return begun is not None and begun.body.get("justifies") is True

    # --- who works, and what they may do ------------------------------------------------------

    @property
    def signer(self) -> Signer | None:
        """Give the key of the person who works; None where the case is only looked at."""
        return self._signer

    @property
    def actor(self) -> str:
        """Give the name of the person who works, as the case knows it."""
        member = self.member
        if member is not None:
            return member.name
        return self._signer.name if self._signer is not None else ""

    @property
    def member(self) -> lifecycle.Member | None:
        """Give what the case knows of the person who works."""
        return self._life.members.get(self._signer.fingerprint) if self._signer else None

    @property
    def life(self) -> Life:
        """Give where the case stands in its life, and who belongs to it."""
        return self._life

    def work_as(self, signer: Signer | None) -> None:
        """Go on as another person."""
        self._signer = signer
        self._name_author()
        if signer is not None and self._lock.keeps_others_out:
            self._lock.take(_holder(signer))

    def objection(self, kind: EventKind, body: Mapping[str, object] | None = None) -> str:
        """Say why the person may not do something now; empty where they may."""
        if self._signer is None:
            return "The case is open to be looked at only."
        return lifecycle.objection(self._life, kind, self._signer.fingerprint, body or {})

    def allow(self, kind: EventKind, body: Mapping[str, object] | None = None) -> None:
        """Go on only where the person may do this.

        Raises:
            NotAllowed: they may not; the message says why.
        """
        if why := self.objection(kind, body):
            raise NotAllowed(f"{why} Nothing was recorded. {self._remedy(kind)}")
        member = self.member
        if member is not None and not member.public_key and self._signer is not None:
            key = {"public_key": self._signer.public_key.hex()}
            self.took(self.store.record(EventKind.PERSON_JOINED, key))

    def invite(self, fingerprint: str, name: str, role: Role) -> Event:
        """Introduce another person to the case by the fingerprint of their key.

        Raises:
            UsageError: it is no fingerprint, or no name.
            NotAllowed: the person who works is no officer, or the name or key is in use.
        """
        body = {
            "fingerprint": parse_fingerprint(fingerprint),
            "name": require_name(name),
            "role": str(role),
        }
        if role is Role.REVIEWER:
            _require_on(site_roster(), body["fingerprint"], body["name"])
        return self.record_change(EventKind.PERSON_INVITED, body)

    def require_on_roster(self) -> None:
        """Go on only where the person may review, if the authority lists who may.

        Raises:
            NotAllowed: they are not on the list.
            CaseError: there is a list, and it cannot be read.
        """
        member = self.member
        if member is not None:
            _require_on(site_roster(), member.fingerprint, member.name)

    def roster_digest(self) -> str:
        """Give the SHA-256 of the authority's list of reviewers; empty where there is none."""
        roster = site_roster()
        return roster.sha256 if roster is not None else ""

    def record_change(self, kind: EventKind, body: Mapping[str, Any]) -> Event:
        """Append an event that has no other effect, where the person may.

        Raises:
            NotAllowed: they may not; nothing was recorded.
            CaseError: it could not be written; nothing was changed.
        """
        self.allow(kind, body)
        return self.took(self.store.record(kind, body))

    def events(self) -> tuple[Event, ...]:
        """Give the log."""
        return tuple(self._events)

    def standing(self) -> review.Standing:
        """Give what holds now."""
        now = self._tally.standing()
        return parts.with_places(now, self._places_in_log()) if parts.has_seals(now) else now

    def standing_read_as(self) -> Mapping[int, review.Chosen]:
        """Give how documents are read of which somebody chose it, by number."""
        return self._tally.read_as

    def place_of(self, number: int, part: str) -> str:
        """Give the place of a part of a document out of what the log calls it."""
        if not part.startswith(parts.SEALED):
            return part
        return self._places_in_log().get((number, part), part)

    # --- inside -------------------------------------------------------------------------------

    def took(self, event: Event) -> Event:
        """Take over an event that was written."""
        self._events.append(event)
        self._life = lifecycle.advance(self._life, event)
        self._tally.add(event)
        self.listed.add(event)
        if event.kind in _READING:
            self._places = None
        if event.kind is EventKind.DOCUMENT_READ_AS:
            number = int(event.body["document"])
            self.store.set_aside(number, self.standing_read_as()[number].last_mark)
        if event.kind is EventKind.PERSON_JOINED:
            self._name_author()
        return event

    def _places_in_log(self) -> Mapping[tuple[int, str], str]:
        if self._places is None:
            self._places = parts.places_in_log(self.store.sealer, self.store.documents())
        return self._places

    def _name_author(self) -> None:
        known = self._signer is not None and self.member is not None
        self.store.author = (
            Author(self._signer, self.actor) if known and self._signer is not None else None
        )

    def _settle_lock(self, stale: Holder | None, taking_over: str) -> None:
        """Take over a case that was not closed: one's own at once, another's with a reason.

        Who may not record it in the log takes nothing over: the lock goes on naming who it was.
        """
        if stale is None or self._signer is None:
            return
        own = stale.fingerprint == self._signer.fingerprint
        if not own and not taking_over.strip():
            raise StaleLock(self.path.name, stale.name, stale.since)
        if self.objection(EventKind.LOCK_TAKEN):
            return
        reason = taking_over.strip() or "The program ended without closing the case."
        body = {"from": stale.name, "host": stale.host, "since": stale.since, "reason": reason}
        self.record_change(EventKind.LOCK_TAKEN, body)
        self._lock.take(_holder(self._signer))

    def _remedy(self, kind: EventKind) -> str:
        member = self.member
        if self._signer is None:
            return "Open it with your identity."
        if member is None:
            return (
                "Ask an officer of the case to introduce you by the fingerprint of your key: "
                f"{self._signer.fingerprint}."
            )
        if member.role not in lifecycle.who_may(kind):
            return "Ask somebody who has that role."
        if kind is EventKind.APPROVED and self._life.submission is None:
            return "It has to be submitted first."
        if kind is EventKind.APPROVED and self._life.approval is None:
            return "Another reviewer has to approve it."
        return _REMEDIES.get(kind, "Look at where the case stands.")


#: What to do where one's role is the right one, but the time or what was asked is not.
_REMEDIES = {
    EventKind.PERSON_INVITED: "Look at who belongs to the case.",
    EventKind.SUBMITTED: "A reviewer can approve it or return it.",
    EventKind.APPROVED: "It can be released.",
    EventKind.RELEASED: "It has to be submitted and approved first.",
}


def site_roster() -> Roster | None:
    """Read the authority's list of who may review; None where it keeps none.

    Raises:
        CaseError: there is one, and it cannot be read.
    """
    path = find_roster()
    return load_roster(path) if path is not None else None


def _require_on(roster: Roster | None, fingerprint: str, name: str) -> None:
    person = Person(name, Role.REVIEWER, fingerprint)
    if roster is not None and not roster.lists(person):
        raise NotAllowed(
            f"{name} is not on the authority's list of reviewers with this key. Nothing was "
            "recorded. Ask whoever keeps the list to add them, by name and fingerprint."
        )


def _added_up(events: Sequence[Event]) -> tuple[Life, review.Tally, Listed]:
    """Add up a log, which somebody who has the passphrase may have written otherwise than we do.

    What the rule on who may do what forbids counts for nothing, decisions too.

    Raises:
        ValueError: an event does not say what one of its kind has to say.
    """
    life, tally, listed = Life(), review.Tally(), Listed()
    for event in events:
        if fault_of(event):
            raise ValueError("not complete")
        actor, body = event.actor, event.body
        if not lifecycle.objection(life, event.kind, event.fingerprint, body, actor):
            life = lifecycle.advance(life, event)
            tally.add(event)
            listed.add(event)
    return life, tally, listed


def _holder(signer: Signer) -> Holder:
    return Holder(signer.name, signer.fingerprint, platform.node(), log.now())
