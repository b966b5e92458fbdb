"""Somebody who has the exported log, or a key of their own besides, changes it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from redactor.canonical import canonical
from redactor.case import export, log
from redactor.case.check import Anchor, check_export, read_export, write_export
from redactor.case.problems import Problem
from redactor.case.signing import Signer, new_signer
from redactor.errors import CaseError
from redactor.events import Event
from redactor.model import Role
from tests.attack.small_case import build, kinds
from tests.case_kit import OFFICER, new_case

Lines = tuple[bytes, ...]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("exported")


@pytest.fixture(scope="module")
def lines(folder: Path) -> Lines:
    """Give the log of a case that was approved, with the line that ends it."""
    case = build(folder)
    path = folder / "whole.jsonl"
    assert write_export(path, case.store) == len(case.events())
    case.close(backup=False)
    assert check_export(path) == []
    return tuple(path.read_bytes().splitlines(keepends=True))


@pytest.fixture(scope="module")
def short(folder: Path) -> Lines:
    """Give a log of three events, with the line that ends it."""
    case = new_case(folder / "short.redactor")
    (folder / "draft.txt").write_text("Nobody was there.", encoding="utf-8")
    case.add_file(folder / "draft.txt")
    path = folder / "short.jsonl"
    write_export(path, case.store)
    case.close(backup=False)
    return tuple(path.read_bytes().splitlines(keepends=True))


def found(
    folder: Path, written: bytes | Sequence[bytes], anchor: Anchor | None = None
) -> list[Problem]:
    path = folder / "changed.jsonl"
    path.write_bytes(written if isinstance(written, bytes) else b"".join(written))
    return check_export(path, anchor)


def about(problems: Sequence[Problem]) -> list[tuple[int | None, str]]:
    return [(one.seq, one.kind) for one in problems]


def events_of(lines: Sequence[bytes]) -> list[Event]:
    return [log.event_of(json.loads(line)) for line in lines[:-1]]


# --- bytes and lines --------------------------------------------------------------------------


def test_one_flipped_bit_of_any_byte_is_found(folder: Path, short: Lines):
    written = b"".join(short)
    for place in range(len(written)):
        for bit in (1 << place % 8, 0x20):  # the second makes a capital letter of a small one
            changed = written[:place] + bytes([written[place] ^ bit]) + written[place + 1 :]
            assert found(folder, changed), (place, bit)


def test_a_log_cut_at_any_byte_is_found(folder: Path, short: Lines):
    written = b"".join(short)
    for place in range(len(written)):
        assert "cut-off" in kinds(found(folder, written[:place])) or place == len(written) - 1
    assert found(folder, written[:-1])


def test_every_range_of_lines_that_is_dropped_is_named(folder: Path, lines: Lines):
    last = len(lines) - 1
    for first, after in combinations(range(len(lines) + 1), 2):
        problems = found(folder, lines[:first] + lines[after:])
        if after <= last:
            wanted = "dropped" if after < last else "cut-off"
            expected = (first + 1, wanted) if first or after < last else (None, "cut-off")
            assert about(problems) == [expected], (first, after)
            gone = {f" {first + 1} ", f" {after} "} if first or after < last else set()
            assert all(one in problems[0].message for one in gone), problems
        else:
            assert about(problems) == [(None, "cut-off")], (first, after)


def test_every_pair_of_lines_that_changed_places_is_found(folder: Path, lines: Lines):
    for one, two in combinations(range(len(lines)), 2):
        swapped = list(lines)
        swapped[one], swapped[two] = swapped[two], swapped[one]
        assert set(kinds(found(folder, swapped))) == {"reordered"}, (one, two)


def test_every_line_that_is_there_twice_is_found(folder: Path, lines: Lines):
    for place, line in enumerate(lines):
        (problem,) = found(folder, (*lines[:place], line, *lines[place:]))
        assert problem.kind == "repeated"
        for changed in ((line, *lines), (*lines, line)):
            (problem,) = found(folder, changed)
            assert problem.kind == "repeated"


# --- the form of the lines --------------------------------------------------------------------


def test_a_log_that_says_the_same_in_another_way_is_found(folder: Path, lines: Lines):
    written = b"".join(lines)
    middle = json.loads(lines[4])
    doubled = lines[4].replace(b'{"actor"', b'{"seq":5,"actor"', 1)
    assert json.loads(doubled) == middle
    ways = {
        "line ends of Windows": written.replace(b"\n", b"\r\n"),
        "a name given twice": b"".join((*lines[:4], doubled, *lines[5:])),
        "white space": b"".join((*lines[:4], lines[4].replace(b":", b": "), *lines[5:])),
        "another order": b"".join(
            (*lines[:4], json.dumps(middle, sort_keys=False).encode() + b"\n", *lines[5:])
        ),
        "a fraction": b"".join(
            (*lines[:4], lines[4].replace(b'"seq":5', b'"seq":5.0'), *lines[5:])
        ),
        "a byte order mark": b"\xef\xbb\xbf" + written,
        "a blank line": b"".join((*lines[:4], b"\n", *lines[4:])),
        "a blank line at the end": written + b"\n",
        "zeros at the end": written + b"\0" * 20,
        "another encoding": written.decode().encode("utf-16"),
        "one event twice, the other way": b"".join((*lines, lines[2])),
    }
    for way, changed in ways.items():
        assert found(folder, changed), way


@pytest.mark.parametrize(
    "line",
    [
        b"null\n",
        b"[]\n",
        b"{}\n",
        b"NaN\n",
        b'{"seq":NaN}\n',
        b"[" * 100_000 + b"\n",
        b'{"a":' * 100_000 + b"\n",
        b"9" * 10_000 + b"\n",
        b'"\\ud800"\n',
        b"\xff\xfe\n",
        b"{" + b" " * 1_000_000 + b"}\n",
        b"\0\n",
    ],
    ids=range(12),
)
def test_a_line_that_is_no_event_is_named_with_what_should_stand_there(
    folder: Path, lines: Lines, line: bytes
):
    (problem,) = found(folder, (*lines[:4], line, *lines[5:]))
    assert about([problem]) == [(5, "malformed")]
    assert "Line 5" in problem.message
    assert "Event 5 should stand there" in problem.message
    events, problems = read_export(folder / "changed.jsonl")
    assert [one.seq for one in events] == [1, 2, 3, 4, *range(6, len(lines))]
    assert kinds(problems) == ["malformed"]
    assert found(folder, line)
    assert found(folder, (*lines, line))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("seq", "5"),
        ("seq", 5.0),
        ("seq", True),
        ("seq", -1),
        ("seq", 0),
        ("seq", 10**30),
        ("at", None),
        ("body", []),
        ("body", {"marks": [{"deep": ["\ud800"]}]}),
        ("kind", "no such kind"),
        ("digest", "zz"),
        ("signature", "not hexadecimal"),
        ("previous", "ä"),
        ("more", 1),
    ],
    ids=range(14),
)
def test_a_field_of_another_type_is_found(folder: Path, lines: Lines, name: str, value: object):
    shape = {**json.loads(lines[4]), name: value}
    for ascii_only in (True, False):
        written = json.dumps(shape, ensure_ascii=ascii_only, sort_keys=True, separators=(",", ":"))
        changed = written.encode("utf-8", "surrogatepass") + b"\n"
        assert found(folder, (*lines[:4], changed, *lines[5:]))


def test_a_line_longer_than_any_event_is_not_read_on(
    folder: Path, lines: Lines, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(log, "MAX_LINE_BYTES", 10_000)
    problems = found(folder, (*lines[:2], b" " * 1_000_000, *lines[2:]))
    assert "cut-off" in kinds(problems)
    assert "longer" in problems[-1].message


def test_a_file_that_cannot_be_read_is_an_error_of_ours(folder: Path):
    with pytest.raises(CaseError, match=r"nowhere\.jsonl"):
        check_export(folder / "nowhere.jsonl")
    with pytest.raises(CaseError):
        check_export(folder)


# --- chains and signatures --------------------------------------------------------------------


def rechained(events: Sequence[Event], signer: Signer | None = None) -> list[Event]:
    """Number and chain events anew; sign those of the signer, and leave the other signatures."""
    chained: list[Event] = []
    head = log.GENESIS
    for seq, event in enumerate(events, start=1):
        header = (event.at, event.actor, event.fingerprint, str(event.kind))
        digest = log.digest_of(head, seq, header, canonical(dict(event.body)))
        signature = event.signature
        if (
            signer is not None
            and digest != event.digest
            and event.fingerprint == signer.fingerprint
        ):
            signature = signer.sign(log.signed_bytes(digest)).hex()
        chained.append(replace(event, seq=seq, previous=head, digest=digest, signature=signature))
        head = digest
    return chained


def exported(events: Sequence[Event], case_signer: Signer) -> list[bytes]:
    return list(log.export_lines(events, case_signer))


def test_a_log_chained_anew_without_a_decision_is_forged(folder: Path, lines: Lines):
    somebody = new_signer("The case file", Role.OBSERVER)
    for place, event in enumerate(events_of(lines)):
        if event.kind == "decided":
            rest = [one for one in events_of(lines) if one is not event and one.seq != event.seq]
            anew = exported(rechained(rest), somebody)
            problems = found(folder, anew)
            assert about(problems) == [(place + 1, "forged"), (None, "forged")]
            assert found(folder, [*anew[:-1], lines[-1]])


def test_an_end_that_somebody_else_wrote_is_forged(folder: Path, lines: Lines):
    somebody = new_signer("The case file", Role.OBSERVER)
    for count in range(1, len(lines)):
        (problem,) = found(folder, exported(events_of(lines)[:count], somebody))
        assert about([problem]) == [(None, "forged")]


def test_an_officer_cannot_write_over_what_the_reviewer_signed(folder: Path, lines: Lines):
    events = events_of(lines)
    decided = next(one for one in events if one.body.get("reason") == "Already public.")
    changed = [
        replace(one, body={**one.body, "reason": "Made up."}) if one is decided else one
        for one in events
    ]
    anew = rechained(changed, OFFICER)
    problems = found(folder, [*exported(anew, OFFICER)[:-1], lines[-1]])
    assert "forged" in kinds(problems)
    untouched = [*anew[: decided.seq], *events[decided.seq :]]
    problems = found(folder, [*exported(untouched, OFFICER)[:-1], lines[-1]])
    assert about(problems) == [(decided.seq + 1, "spliced")]


def test_an_officer_who_writes_their_own_events_anew_is_caught_by_the_certificate(folder: Path):
    (folder / "other").mkdir()
    case = build(folder / "other")
    submitted = case.life.submission
    assert submitted is not None
    events = [one for one in case.events() if one.seq <= submitted.seq]
    decided = next(one for one in events if one.body.get("reason") == "Already public.")
    changed = [
        replace(one, body={**one.body, "reason": "Made up."}) if one is decided else one
        for one in events
    ]
    # Who has the case's passphrase has its own key as well.
    anew = exported(rechained(changed, OFFICER), case.store.case_signer)
    anchor = (submitted.seq, submitted.digest)
    assert found(folder, anew) == []
    assert about(found(folder, anew, anchor)) == [(submitted.seq, "changed")]
    cut = exported(events[:-1], case.store.case_signer)
    assert found(folder, cut) == []
    assert about(found(folder, cut, anchor)) == [(submitted.seq, "cut-off")]
    assert found(folder, exported(case.events(), case.store.case_signer), anchor) == []
    case.close(backup=False)


def test_events_put_after_the_export_are_found(folder: Path, lines: Lines):
    events = events_of(lines)
    more = log.seal(
        OFFICER, OFFICER.name, events[-1].digest, len(lines), events[-4].kind, events[-4].body
    )
    added = canonical(log.event_shape(more)) + b"\n"
    for changed in ([*lines, added], [*lines[:-1], added, lines[-1]]):
        assert (len(lines), "added") in about(found(folder, changed))


# --- anything ---------------------------------------------------------------------------------

_EDITS = st.lists(
    st.tuples(
        st.sampled_from(["drop", "double", "swap", "flip", "insert", "cut"]),
        st.integers(0, 10**6),
        st.integers(0, 10**6),
    ),
    min_size=1,
    max_size=4,
)


def edited(lines: Sequence[bytes], edits: Sequence[tuple[str, int, int]]) -> bytes:
    changed = list(lines)
    for what, one, two in edits:
        if not changed:
            break
        a, b = one % len(changed), two % len(changed)
        match what:
            case "drop":
                del changed[a]
            case "double":
                changed.insert(b, changed[a])
            case "swap":
                changed[a], changed[b] = changed[b], changed[a]
            case "flip":
                line = bytearray(changed[a])
                line[two % len(line)] ^= 1 << one % 8
                changed[a] = bytes(line)
            case "insert":
                changed.insert(a, b'{"seq":%d}\n' % two)
            case _:
                del changed[max(a, 1) :]
    return b"".join(changed)


@given(edits=_EDITS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_edits_together_go_unnoticed(
    folder: Path, lines: Lines, edits: list[tuple[str, int, int]]
):
    changed = edited(lines, edits)
    assume(changed != b"".join(lines))
    problems = found(folder, changed)
    assert problems
    assert all(one.message.endswith(".") and "Quillfeather" not in one.message for one in problems)


@given(untrusted=st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode()))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_at_all_are_a_problem_and_never_an_error(folder: Path, untrusted: bytes):
    assert found(folder, untrusted)


def test_a_file_of_endless_lines_that_are_no_events_is_not_read_to_its_end(tmp_path: Path):
    for line in (b"\n", b"{}\n", b"text\n"):
        path = tmp_path / "log.jsonl"
        path.write_bytes(line * 2_000_000)
        assert "the rest was not read" in check_export(path)[-1].message
        assert len(export._read(path)) == export._MOST_ILLEGIBLE + 1
