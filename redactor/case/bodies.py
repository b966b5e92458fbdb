"""What the body of an event has to say, by its kind; a reader of the log counts on it.

A body may say more than is asked here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias, TypeGuard

from redactor.case.signing import fingerprint_of
from redactor.events import Event, EventKind
from redactor.model import Action, Aside, PointAnswer, Role, Ruling

_Look: TypeAlias = Callable[[Any], bool]
#: The largest number that a database can be asked for.
_LARGEST = 2**63 - 1


def fault_of(event: Event) -> str:
    """Say what is wanting in the body of an event; empty where nothing is."""
    body = event.body
    for name, is_good in _NEEDED.get(event.kind, {}).items():
        if name not in body:
            return f"it does not give its “{name}”"
        if not is_good(body[name]):
            return f"what it gives as its “{name}” cannot be that"
    if "made" in body and not (_are_numbers(body["made"]) and _is_text(body.get("seal"))):
        return "it does not seal the findings that it made"
    further = _FURTHER.get(event.kind)
    return further(body) if further is not None else ""


def _fault_of_decision(body: Mapping[str, Any]) -> str:
    """Say what is wrong in what a decision need not say: leads, person, what it rests on."""
    if not _are_texts(body.get("leads", [])):
        return "what it gives as its “leads” cannot be that"
    named = ("person", "follows", "justification")
    numbers = all(_is_number(body[name]) for name in named if name in body)
    if not numbers or type(body.get("later", False)) is not bool:
        return "what it says of the person or the justification cannot be that"
    return ""


def _fault_of_setting_aside(body: Mapping[str, Any]) -> str:
    if not _is_number(body.get("by", 0)):
        return "what it says of the document in its place cannot be that"
    return _fault_of_decision(body)


def _fault_of_settling(body: Mapping[str, Any]) -> str:
    swapped = body.get("swapped", [])
    if not isinstance(swapped, list) or not all(
        _are_numbers(pair) and len(set(pair)) == len(pair) == 2 for pair in swapped
    ):
        return "what it says of documents in the place of others cannot be that"
    return _fault_of_decision(body)


def _fault_of_justification(body: Mapping[str, Any]) -> str:
    answers = body["answers"]
    if body["justification"] == 0 or not _are_texts(list(answers.values())):
        return "what it gives as its “answers” cannot be that"
    return ""


def _fault_of_answer(body: Mapping[str, Any]) -> str:
    is_bare = body["answer"] == PointAnswer.NO and not body["remark"].strip()
    return "it says no, and not why" if is_bare else ""


def _fault_of_reading(body: Mapping[str, Any]) -> str:
    return "" if _says_lists(body) else "what it says of the lists cannot be that"


def _fault_of_submission(body: Mapping[str, Any]) -> str:
    if not _are_forms(body.get("forms", [])):
        return "what it says of the forms cannot be that"
    if not _are_ticks(body.get("checklist", [])):
        return "what it says of the checklist cannot be that"
    if not _are_hidden_counts(body.get("hidden")):
        return "what it says of hidden content cannot be that"
    return "" if _is_pdf_look(body.get("pdf")) else "what it says of the PDFs cannot be that"


def _fault_of_read_as(body: Mapping[str, Any]) -> str:
    if len(body["delimiter"]) > 1 or not _is_text(body.get("reason", "")):
        return "what it says of how the document is to be read cannot be that"
    return ""


def _says_lists(body: Mapping[str, Any]) -> bool:
    """Say whether a reading says in whole with which lists it searched, or nothing of them."""
    if "lists" not in body:
        return "keep" not in body and "redact" not in body
    return _is_number(body["lists"]) and all(_are_numbers(body.get(n)) for n in ("keep", "redact"))


def key_in(event: Event) -> str:
    """Give the public key (hex) that an event brings into the case; empty where it brings none.

    A fingerprint is a digest of the key, so that only the right key can go with it, whoever gives
    it and wherever it stands.
    """
    if event.kind not in {EventKind.CASE_CREATED, EventKind.PERSON_JOINED}:
        return ""
    key = event.body.get("public_key")
    if not _is_key(key):
        return ""
    return key if fingerprint_of(bytes.fromhex(key)) == event.fingerprint else ""


def case_key_in(event: Event | None) -> str:
    """Give the case's own public key (hex) out of the first event; empty where it has none."""
    if event is None or event.kind is not EventKind.CASE_CREATED:
        return ""
    key = event.body.get("case_key")
    return key if _is_key(key) else ""


def _is_text(value: object) -> bool:
    return type(value) is str


def _is_number(value: object) -> bool:
    return type(value) is int and 0 <= value <= _LARGEST


def _are_numbers(value: object) -> bool:
    return isinstance(value, list) and all(_is_number(one) for one in value)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(_is_text(one) for one in value)


def _is_key(value: object) -> TypeGuard[str]:
    if not isinstance(value, str):
        return False
    try:
        return len(bytes.fromhex(value)) == 32
    except ValueError:
        return False


def _one_of(*values: str) -> _Look:
    return lambda value: type(value) is str and value in values


def _are_files(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, dict) and _is_text(one.get("sha256")) and _is_number(one.get("bytes"))
        for one in value
    )


def _are_forms(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(one, dict)
        and _is_number(one.get("document"))
        and _is_text(one.get("form"))
        and _is_text(one.get("reason"))
        for one in value
    )


def _are_ticks(value: object) -> bool:
    texts = ("point", "line", "remark", "by", "at")
    is_answer = _one_of("", *PointAnswer)
    return isinstance(value, list) and all(
        isinstance(one, dict)
        and all(_is_text(one.get(name)) for name in texts)
        and is_answer(one.get("answer"))
        for one in value
    )


def _are_hidden_counts(value: object) -> bool:
    names = ("documents", "pieces", "spreadsheets", "sheet_pieces")
    return value is None or (
        isinstance(value, dict)
        and value.keys() == set(names)
        and all(_is_number(value[name]) for name in names)
    )


def _is_pdf_look(value: object) -> bool:
    return value is None or (
        isinstance(value, dict)
        and _is_text(value.get("style"))
        and type(value.get("pages")) is type(value.get("redactions")) is bool
        and _is_text(value.get("reference"))
        and _is_text(value.get("released"))
    )


def _texts(names: str) -> dict[str, _Look]:
    return dict.fromkeys(names.split(), _is_text)


def _numbers(names: str) -> dict[str, _Look]:
    return dict.fromkeys(names.split(), _is_number)


_ROLE = {"role": _one_of(*Role)}
_FILES: dict[str, _Look] = {"files": _are_files, "seal": _is_text}
_MARKS: dict[str, _Look] = {"marks": _are_numbers}
_NEEDED: Mapping[EventKind, Mapping[str, _Look]] = {
    EventKind.CASE_CREATED: {
        **_texts("ref regime received case name seal_key"),
        **_ROLE,
        "public_key": _is_key,
        "case_key": _is_key,
    },
    EventKind.PERSON_INVITED: {**_texts("fingerprint name"), **_ROLE},
    EventKind.PERSON_JOINED: {"public_key": _is_key},
    EventKind.LOCK_TAKEN: _texts("from host since reason"),
    EventKind.DOCUMENT_ADDED: {**_numbers("document bytes"), **_texts("sha256 name")},
    EventKind.DOCUMENT_READING: {**_numbers("document last_mark"), **_texts("seal")},
    EventKind.DOCUMENT_READ: {
        **_numbers("document unread incomplete last_mark"),
        **_texts("format seal"),
    },
    EventKind.DOCUMENT_REFUSED: {**_numbers("document last_mark"), **_texts("reason seal")},
    EventKind.DOCUMENT_READ_AS: {
        **_numbers("document last_mark"),
        **_texts("encoding delimiter seal"),
        **_MARKS,
    },
    EventKind.PLACES_ADDED: _MARKS,
    EventKind.REQUEST_RECORDED: {"entries": _are_numbers, **_texts("listed")},
    EventKind.JUSTIFIED: {
        **_numbers("justification"),
        **_texts("exemption reason public_interest"),
        "answers": lambda value: isinstance(value, dict) and _are_texts(list(value)),
    },
    EventKind.DECIDED: {
        "action": _one_of(*Action),
        **_texts("exemption reason"),
        **_MARKS,
    },
    EventKind.RULED: {
        **_numbers("document"),
        **_texts("part reason"),
        "ruling": _one_of(*Ruling),
    },
    EventKind.DOCUMENT_SET_ASIDE: {
        **_numbers("document"),
        "why": _one_of("", *Aside),
        **_texts("exemption reason"),
    },
    EventKind.NUMBERS_SETTLED: {
        "entries": _are_numbers,
        "freed": _are_numbers,
        **_texts("listed exemption reason"),
        **_MARKS,
    },
    EventKind.CHECKLIST_ANSWERED: {
        **_texts("point remark"),
        "answer": _one_of(*PointAnswer),
    },
    EventKind.UNDONE: _numbers("event"),
    EventKind.REDONE: _numbers("event"),
    EventKind.PERSONS_MERGED: {"persons": _are_numbers},
    EventKind.PERSON_SPLIT: _MARKS,
    EventKind.PERSON_ROLE: {**_numbers("person"), **_texts("role")},
    EventKind.LISTS_CHANGED: {
        "change": _one_of("added", "removed", "dismissed"),
        "list": _one_of("always", "never", "packs", "site", "suggestions"),
        "entries": _are_numbers,
        "keep": _are_numbers,
        "redact": _are_numbers,
        **_texts("listed"),
        **_MARKS,
    },
    EventKind.PERSONS_TOLD_APART: {"persons": _are_numbers},
    EventKind.LOOKED_AGAIN: {
        **_texts("state decisions"),
        "sure": _are_texts,
        "others": _are_texts,
        **_numbers("hidden"),
    },
    EventKind.LEADS_DISMISSED: {"leads": _are_texts, **_texts("category reason")},
    EventKind.COMMENTED: {**_numbers("mark"), **_texts("text")},
    EventKind.RELEASE_FAILED: _texts("code"),
    EventKind.SUBMITTED: {**_texts("manifest decisions"), **_FILES},
    EventKind.SAMPLE_DRAWN: {
        **_numbers("submission frame"),
        **_texts("lot"),
        "units": _are_numbers,
    },
    EventKind.SAMPLE_ANSWERED: _numbers("sample unit missed"),
    EventKind.RETURNED: _texts("reason"),
    EventKind.APPROVED: {**_numbers("submission"), **_texts("manifest decisions head")},
    EventKind.CERTIFIED: {**_numbers("approval"), **_FILES},
    EventKind.RELEASED: {**_numbers("approval"), "files": _are_files},
    EventKind.PACK_MADE: {**_texts("sha256"), **_numbers("bytes redactions correspondence")},
}
#: What a body need not say, but has to say well where it does.
_FURTHER: Mapping[EventKind, Callable[[Mapping[str, Any]], str]] = {
    EventKind.JUSTIFIED: _fault_of_justification,
    EventKind.DECIDED: _fault_of_decision,
    EventKind.DOCUMENT_SET_ASIDE: _fault_of_setting_aside,
    EventKind.NUMBERS_SETTLED: _fault_of_settling,
    EventKind.CHECKLIST_ANSWERED: _fault_of_answer,
    EventKind.DOCUMENT_READ: _fault_of_reading,
    EventKind.DOCUMENT_READ_AS: _fault_of_read_as,
    EventKind.SUBMITTED: _fault_of_submission,
}
