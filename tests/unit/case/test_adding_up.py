"""What a case holds in memory, added up event by event, is what its file adds up to."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redactor import lifecycle, review
from redactor.app.case import Case
from redactor.app.read_as import read_otherwise
from redactor.app.signoff import approval_body
from redactor.case import vault
from redactor.case.check import check_store
from redactor.case.files import StoredOutput
from redactor.case.signing import signer_of_seed
from redactor.errors import NotAllowed, UsageError
from redactor.events import EventKind
from redactor.jobs import FindingBatch, Reading, SegmentBatch
from redactor.lifecycle import CaseState
from redactor.model import Action, Finding, LinePlace, ReadAs, Role, Ruling, Segment, Unread
from redactor.release.manifest import MANIFEST_NAME
from tests.case_kit import EXEMPTION, OBSERVER, OFFICER, REVIEWER, new_case, open_case

_PARTS = ("page:2/image:1", "page:3/image:1")
_NAMES = ("Quillfeather", "Marchbanks", "Teasdale")
_MARKS = 6
_REASON = "It identifies a living person."

_Step = Callable[[Case], object]
_ids = st.lists(st.integers(1, _MARKS), min_size=1, max_size=_MARKS, unique=True)
_actions = st.sampled_from(Action)


def _ground(action: Action) -> tuple[Action, str, str]:
    return action, EXEMPTION if action is Action.REDACT else "", _REASON


def _decide(ids: list[int], action: Action) -> _Step:
    return lambda case: case.decide(ids, *_ground(action))


def _decide_same_text(mark: int, action: Action) -> _Step:
    return lambda case: case.decide_same_text(mark, *_ground(action))


def _decide_term(name: str, action: Action) -> _Step:
    return lambda case: case.decide_term(name, *_ground(action))


def _rule(part: str, ruling: Ruling) -> _Step:
    return lambda case: case.rule(1, part, ruling, _REASON)


def _read(case: Case) -> None:
    """Read the document: a name on each line, and parts that were not read."""
    lines = tuple(
        Segment(LinePlace(at), f"{_NAMES[at % 3]} saw {_NAMES[(at + 1) % 3]}.")
        for at in range(_MARKS)
    )
    found = tuple(
        Finding(one.place, 0, one.text.index(" "), one.text.split()[0], "PERSON", 1, "names 1")
        for one in lines
    )
    case.keep(1, SegmentBatch(lines))
    case.keep(1, FindingBatch(found, (None,) * _MARKS))
    unread = tuple(Unread(part, "a picture", tuple(Ruling)) for part in _PARTS)
    case.finish_reading(1, Reading("", "txt", unread, (), ()))


def _read_as(encoding: str, *, to_its_end: bool) -> _Step:
    def step(case: Case) -> None:
        read_otherwise(case, 1, ReadAs(encoding))
        if to_its_end:
            _read(case)

    return step


def _comment(mark: int) -> _Step:
    return lambda case: case.comment(mark, "Is this one needed?")


def _invite(number: int, role: Role) -> _Step:
    person = signer_of_seed(f"Person {number}", role, bytes([number] * 32))
    return lambda case: case.invite(person.fingerprint, person.name, role)


def _outputs(*data: bytes) -> list[StoredOutput]:
    names = ("a.pdf", MANIFEST_NAME)
    return [
        StoredOutput(name, None, hashlib.sha256(one).hexdigest(), one)
        for name, one in zip(names, data, strict=True)
    ]


def _submit(case: Case) -> None:
    """Keep a candidate as ``signoff.submit`` does, without building one."""
    case.allow(EventKind.SUBMITTED)
    outputs = _outputs(b"a file", str(len(case.events())).encode())
    body = {"manifest": outputs[1].sha256, "decisions": review.digest_of(case.standing())}
    event = case.store.draft_with_outputs(EventKind.SUBMITTED, body, outputs)
    approved = {e.body["submission"] for e in case.events() if e.kind is EventKind.APPROVED}
    with case.store.vault.change():
        for earlier in case.events():
            if earlier.kind is EventKind.SUBMITTED and earlier.seq not in approved:
                case.store.files.drop(earlier.seq)
        case.store.insert_with_outputs(event, outputs)
    case.took(event)


def _approve(case: Case) -> None:
    """Approve and certify as ``signoff.approve`` does, without making a certificate."""
    body = approval_body(case)
    case.allow(EventKind.APPROVED, body)
    papers = _outputs(b"a certificate", b"a page of it")
    with case.store.vault.change():
        approved = case.store.append(EventKind.APPROVED, body)
        certified = case.store.draft_with_outputs(
            EventKind.CERTIFIED, {"approval": approved.seq}, papers
        )
        case.store.insert_with_outputs(certified, papers)
    case.took(approved)
    case.took(certified)


def _release(case: Case) -> None:
    approval = case.life.approval
    body = {"approval": approval.seq if approval is not None else 0, "files": []}
    case.record_change(EventKind.RELEASED, body)


def _return(case: Case) -> None:
    case.record_change(EventKind.RETURNED, {"reason": "Look at the second one again."})


def _fail(case: Case) -> None:
    case.record_change(EventKind.RELEASE_FAILED, {"code": "check-failed", "said": "It failed."})


_steps: st.SearchStrategy[_Step] = st.one_of(
    st.builds(_decide, _ids, _actions),
    st.builds(_decide_same_text, st.integers(1, _MARKS), _actions),
    st.builds(_decide_term, st.sampled_from(_NAMES), _actions),
    st.builds(_rule, st.sampled_from(_PARTS), st.sampled_from(Ruling)),
    st.builds(_read_as, st.sampled_from(["", "cp850", "cp1252"]), to_its_end=st.booleans()),
    st.builds(_comment, st.integers(1, _MARKS)),
    st.builds(_invite, st.integers(1, 3), st.sampled_from(Role)),
    st.sampled_from([Case.undo, Case.redo, Case.undo, Case.redo]),
    st.sampled_from([_submit, _approve, _release, _return, _fail]),
)
_people = st.sampled_from([OFFICER, OFFICER, REVIEWER, OBSERVER])
#: A whole sign-off now and then, which chance alone would seldom come to.
_signed_off = st.just([(OFFICER, _submit), (REVIEWER, _approve), (OFFICER, _release)])
_back_and_forth = st.just(
    [(OFFICER, _decide([1, 2], Action.REDACT)), (OFFICER, Case.undo), (OFFICER, Case.redo)]
)
_work = st.lists(
    st.one_of(st.lists(st.tuples(_people, _steps), max_size=6), _signed_off, _back_and_forth),
    max_size=6,
).map(lambda parts: [step for part in parts for step in part])


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give a case with findings, whose key is quickly drawn: it is opened very often."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(vault._RECIPE, "memory_kib", 32)
        patch.setitem(vault._RECIPE, "iterations", 1)
        folder = tmp_path_factory.mktemp("template")
        case = new_case(folder / "case.redactor")
        case.invite(OBSERVER.fingerprint, OBSERVER.name, Role.OBSERVER)
        draft = folder / "draft.txt"
        draft.write_text("invented", "utf-8")
        assert case.add_file(draft) == 1
        _read(case)
        case.close(backup=False)
        yield case.path


def _take(case: Case, step: _Step) -> None:
    """Take a step; one that is refused changes nothing."""
    before = (case.life, case.standing())
    known = len(case.events())
    try:
        step(case)
    except (NotAllowed, UsageError):
        joined = [one.kind for one in case.events()[known:]]
        assert joined in ([], [EventKind.PERSON_JOINED])
        assert joined or (case.life, case.standing()) == before


@given(work=_work)
@settings(max_examples=200)
def test_memory_and_file_add_up_to_the_same(template: Path, work: list[tuple[object, _Step]]):
    with TemporaryDirectory() as folder:
        path = Path(shutil.copy(template, folder))
        case = open_case(path)
        for person, step in work:
            case.work_as(person)  # type: ignore[arg-type]
            _take(case, step)
        held = (case.events(), case.life, case.standing(), case.marks(), case.comments())
        case.close(backup=False)
        again = open_case(path)
        try:
            events = again.events()
            assert held == (events, again.life, again.standing(), again.marks(), again.comments())
            assert held[1] == lifecycle.life_of(events)
            assert held[2] == review.standing(events)
            assert check_store(again.store) == []
        finally:
            again.close(backup=False)


def test_a_case_can_be_taken_all_the_way(template: Path, tmp_path: Path):
    """So that the steps above are known to do what they are there for."""
    case = open_case(Path(shutil.copy(template, tmp_path)))
    for person, step in [(OFFICER, _submit), (REVIEWER, _approve), (OFFICER, _release)]:
        case.work_as(person)
        _take(case, step)
    assert case.life.state is CaseState.RELEASED
    _take(case, _decide([1], Action.KEEP))
    assert case.life.voided is not None
    case.close(backup=False)
