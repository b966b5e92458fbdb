"""Logs for the tests of the page that shows them: one of every kind of event, and long ones."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from redactor.events import Event, EventKind
from redactor.sampling import summary

OFFICER, SECOND, REVIEWER = "0f" * 20, "1f" * 20, "2f" * 20
PEOPLE = {OFFICER: "Morwenna Teague", SECOND: "Agnes Pell", REVIEWER: "Idris Vaughan"}
NAMES = {
    1: "response-letter.docx",
    2: "incident-report.pdf",
    3: "custody-times.xlsx",
    4: "call-log.csv",
}
#: Marks 1 to 40 stand in documents 1 to 4, ten in each.
PLACES = {mark: (mark - 1) // 10 + 1 for mark in range(1, 41)}
_BEGAN = dt.datetime(2026, 11, 16, 8, 40, tzinfo=dt.UTC)


class Log:
    """A log in the making, with a few hours between two events."""

    def __init__(self, hours: float = 3.0) -> None:
        self.events: list[Event] = []
        self._hours = hours
        self.add(
            OFFICER,
            EventKind.CASE_CREATED,
            ref="FOI 2026/0417",
            regime="foi",
            received="2026-11-12",
            case="5a" * 16,
            name=PEOPLE[OFFICER],
            role="officer",
            public_key="aa" * 32,
            case_key="cc" * 32,
            seal_key="ee" * 32,
        )

    def add(self, who: str, kind: EventKind, **body: Any) -> Event:
        seq = len(self.events) + 1
        at = (_BEGAN + dt.timedelta(hours=self._hours * seq)).isoformat(timespec="seconds")
        previous = self.events[-1].digest if self.events else "0" * 64
        digest = hashlib.sha256(f"{previous}{seq}".encode()).hexdigest()
        event = Event(
            seq, at, PEOPLE[who], kind, body, who, previous, digest, digest[:32] + digest * 2
        )
        self.events.append(event)
        return event

    def invite(self) -> None:
        for who, role in ((SECOND, "officer"), (REVIEWER, "reviewer")):
            self.add(
                OFFICER, EventKind.PERSON_INVITED, fingerprint=who, name=PEOPLE[who], role=role
            )

    def documents(self) -> None:
        for number, name in NAMES.items():
            sha = hashlib.sha256(name.encode()).hexdigest()
            self.add(
                OFFICER,
                EventKind.DOCUMENT_ADDED,
                document=number,
                sha256=sha,
                bytes=24_576 * number,
                name=sha[::-1],
            )
            self.add(
                OFFICER,
                EventKind.DOCUMENT_READ,
                document=number,
                format="docx",
                unread=number % 2,
                incomplete=0,
                last_mark=number * 10,
                seal=sha,
            )

    def decide(self, *marks: int, who: str = OFFICER, action: str = "redact", **more: Any) -> Event:
        body = {
            "action": action,
            "exemption": "s40(2) by s40(3A)(a)" if action == "redact" else "",
            "reason": "A private person who had no part in the decision.",
            "marks": list(marks),
            **more,
        }
        return self.add(who, EventKind.DECIDED, **body)

    def rule(self, who: str = OFFICER) -> Event:
        return self.add(
            who,
            EventKind.RULED,
            document=1,
            part="word/footnotes.xml",
            ruling="leave-out",
            reason="The footnotes hold nothing that was asked for.",
        )

    def submit(self, who: str = OFFICER) -> Event:
        files = [
            {"sha256": hashlib.sha256(f"file {n}".encode()).hexdigest(), "bytes": 9000 * n}
            for n in range(1, 6)
        ]
        return self.add(
            who,
            EventKind.SUBMITTED,
            manifest="ab" * 32,
            decisions="cd" * 32,
            documents=4,
            redactions=29,
            kept=6,
            versions={"redactor": "0.3.0", "pymupdf": "1.28.2"},
            files=files,
            seal="ef" * 32,
        )

    def look_again(self, *sure: str) -> Event:
        return self.add(
            OFFICER,
            EventKind.LOOKED_AGAIN,
            state="4d" * 32,
            decisions="cd" * 32,
            sure=list(sure),
            others=[],
            hidden=2,
        )

    def sample(self, submitted: Event) -> dict[str, Any]:
        """Have a passage read again; gives what that shows."""
        body = {"submission": submitted.seq, "lot": "78" * 64, "frame": 1, "units": [0]}
        drawn = self.add(REVIEWER, EventKind.SAMPLE_DRAWN, **body)
        self.add(REVIEWER, EventKind.SAMPLE_ANSWERED, sample=drawn.seq, unit=0, missed=0)
        return {**summary(body, drawn.seq, {0: 0}), "earlier": []}

    def approve(self, submitted: Event, **more: Any) -> Event:
        approved = self.add(
            REVIEWER,
            EventKind.APPROVED,
            submission=submitted.seq,
            manifest="ab" * 32,
            decisions="cd" * 32,
            head=submitted.digest,
            roster="",
            **more,
        )
        self.add(
            REVIEWER,
            EventKind.CERTIFIED,
            approval=approved.seq,
            files=[{"sha256": "12" * 32, "bytes": 4100}, {"sha256": "34" * 32, "bytes": 20_480}],
            seal="56" * 32,
        )
        return approved


def whole_life() -> Log:
    """Give a log with every kind of event, things undone, an approval taken away, and a release."""
    log = Log()
    log.invite()
    log.documents()
    log.add(OFFICER, EventKind.DOCUMENT_READING, document=3, last_mark=30, seal="9a" * 32)
    log.add(
        OFFICER,
        EventKind.DOCUMENT_READ_AS,
        document=3,
        encoding="cp1252",
        delimiter=";",
        marks=[],
        last_mark=30,
        seal="9a" * 32,
    )
    log.add(
        OFFICER,
        EventKind.DOCUMENT_REFUSED,
        document=3,
        reason="encrypted",
        last_mark=30,
        seal="9a" * 32,
    )
    log.decide(1, 2, 3)
    for mark in range(4, 14):
        log.decide(mark, who=(OFFICER, SECOND)[mark % 2], action=("keep", "redact")[mark % 3 > 0])
    log.add(SECOND, EventKind.PERSON_JOINED, public_key="bb" * 32)
    wrong = log.decide(14, 15, 26, who=SECOND, action="keep")
    log.add(SECOND, EventKind.UNDONE, event=wrong.seq)
    log.decide(
        14, 15, 26, who=SECOND, exemption="s31(1)(a)", public_interest="Weighed: the need to detect"
    )
    ruled = log.rule()
    log.add(OFFICER, EventKind.UNDONE, event=ruled.seq)
    log.add(OFFICER, EventKind.REDONE, event=ruled.seq)
    log.add(SECOND, EventKind.PERSONS_MERGED, persons=[4, 9, 12])
    log.add(SECOND, EventKind.PERSON_SPLIT, marks=[9])
    log.add(SECOND, EventKind.PERSON_ROLE, person=4, role="public-official")
    log.add(
        SECOND,
        EventKind.LOCK_TAKEN,
        **{
            "from": PEOPLE[OFFICER],
            "host": "WS-1182",
            "since": "2026-11-20T09:14:00+00:00",
            "reason": "Away ill; the case is due.",
        },
    )
    log.add(OFFICER, EventKind.PLACES_ADDED, marks=[36, 37], made=[36, 37], seal="7b" * 32)
    log.add(
        OFFICER,
        EventKind.RELEASE_FAILED,
        code="check-failed",
        checks=["Nothing withheld is in any file"],
        leaks=[{"where": "page 3", "engine": "text"}, {"where": "metadata", "engine": "bytes"}],
        said="The last candidate failed a check: nothing withheld is in any file.",
    )
    log.decide(36, 37)
    log.add(
        OFFICER,
        EventKind.LISTS_CHANGED,
        change="added",
        list="always",
        entries=[1],
        listed="1c" * 32,
        marks=[38],
        made=[38],
        seal="2d" * 32,
        keep=[],
        redact=[39],
    )
    log.submit()
    log.add(REVIEWER, EventKind.PERSON_JOINED, public_key="dd" * 32)
    log.add(REVIEWER, EventKind.COMMENTED, mark=12, text="Is this person not a public official?")
    log.add(
        REVIEWER, EventKind.RETURNED, reason="Finding 12 needs another look.\nThe rest is good."
    )
    log.decide(12, action="keep")
    approved = log.approve(log.submit())
    log.decide(*range(16, 36))
    log.add(REVIEWER, EventKind.RELEASED, approval=approved.seq, files=[])
    log.add(OFFICER, EventKind.PERSONS_TOLD_APART, persons=[4, 12])
    log.add(
        OFFICER,
        EventKind.PACK_MADE,
        sha256="4f" * 32,
        bytes=120_400,
        redactions=12,
        correspondence=2,
    )
    log.add(OFFICER, EventKind.REQUEST_RECORDED, entries=[2], listed="3e" * 32)
    log.add(
        OFFICER,
        EventKind.JUSTIFIED,
        justification=1,
        exemption="s40(2) by s40(3A)(a)",
        answers={"identifiability": "Colleagues would know who is meant."},
        reason="Colleagues would know who is meant.",
        public_interest="",
    )
    log.add(
        OFFICER,
        EventKind.DOCUMENT_SET_ASIDE,
        document=3,
        why="withheld",
        exemption="s40(2) by s40(3A)(a)",
        reason="All of it is about one person.",
    )
    log.add(
        OFFICER,
        EventKind.NUMBERS_SETTLED,
        entries=[3],
        listed="4d" * 32,
        marks=[40, 41],
        made=[40, 41],
        seal="5c" * 32,
        freed=[],
        exemption="s40(2) by s40(3A)(a)",
        reason="Few people are counted in them.",
    )
    log.add(
        OFFICER,
        EventKind.CHECKLIST_ANSWERED,
        point="training",
        answer="no",
        remark="Two of the team begin their training in March.",
    )
    log.look_again("5e" * 8, "6f" * 8)
    log.add(
        OFFICER,
        EventKind.LEADS_DISMISSED,
        leads=["5e" * 8, "6f" * 8],
        category="another-person",
        reason="A namesake.",
    )
    submitted = log.submit()
    approved = log.approve(submitted, sample=log.sample(submitted))
    log.add(
        REVIEWER,
        EventKind.RELEASED,
        approval=approved.seq,
        files=[{"sha256": "78" * 32, "bytes": 812_044}],
    )
    return log


def long_log(count: int) -> list[Event]:
    """Give so many events: decisions of two people, of which some are undone."""
    log = Log(hours=0.01)
    log.invite()
    log.documents()
    while len(log.events) < count:
        seq = len(log.events) + 1
        if seq % 50 == 0:
            log.add(OFFICER, EventKind.UNDONE, event=seq - 1)
        else:
            log.decide(seq % 40 + 1, who=(OFFICER, SECOND)[seq % 2])
    return log.events[:count]
