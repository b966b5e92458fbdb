"""What goes with a letter: file name, attachments, hidden content; and what may not be in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from redactor.law.letters.expressions import Expression
from redactor.law.letters.given import Given, dates_in
from redactor.law.letters.model import FILE_NAME, WHOLE, Issue, Kind
from redactor.law.letters.passages import plain
from redactor.matching import Folded, ManyTerms, fold, fold_text
from redactor.model import HiddenKind

_VERSION = Expression(
    r"(?:^|[\s_.()\[\]-])(?:drafts?|final(?:ised|ized)?|v(?:er(?:sion)?)?[ .]?\d+(?:\.\d+)*|copy"
    r"|amended|tracked|clean|old|new|latest)(?=$|[\s_.()\[\]-]|\d)"
)
_SUFFIX = r"(?:xlsx?|xlsb|csv|docx?|odt|ods|pdf|txt|pptx?|zip|msg|eml)"
_QUOTED = Expression(
    r"\b(?:attach\w*|enclos\w*|spreadsheets?|workbooks?|documents?|files?|appendix|annex)\b"
    r"[^.'\"]{0,60}"
    r"(?:['\"](?P<quoted>[^'\"]{3,120})['\"])"
)
_WITH_SUFFIX = Expression(rf"(?P<name>[\w][\w ()&,-]{{0,80}}\.{_SUFFIX})\b")
_ADDRESS = Expression(r"(?:@|//|www\.)\S*$")
_ATTACHED = Expression(r"\battach|\benclos|\btitled\b|\bentitled\b|\bnamed\b|\bcalled\b")
#: What a person left in a draft, by kind, and how it is called.
_LEFT = {
    HiddenKind.COMMENT: "a comment",
    HiddenKind.TRACKED_INSERTION: "a tracked insertion",
    HiddenKind.TRACKED_DELETION: "a tracked deletion",
    HiddenKind.TRACKED_MOVE: "a tracked move",
    HiddenKind.HIDDEN_TEXT: "hidden text",
    HiddenKind.COVERED_TEXT: "covered text",
    HiddenKind.ANNOTATION: "an annotation",
    HiddenKind.HIDDEN_LAYER: "a hidden layer",
    HiddenKind.OFF_PAGE: "text off the page",
    HiddenKind.OLD_REVISION: "an earlier revision",
    HiddenKind.EMBEDDED_FILE: "an embedded file",
    HiddenKind.MACRO: "a macro",
    HiddenKind.JAVASCRIPT: "a script",
    HiddenKind.PERSON_LIST: "a list of who commented",
}
_TITLE = Expression(
    r"(?m)^(?:title|subject|description|keywords|category|comments):\s*(?P<said>.+)$"
)
_RECEIVED = Expression(
    r"\b(?:received|dated)\b(?: by us| it)?(?: on)?[^.;\d]{0,12}(?P<day>\d[^.;]{4,22})"
)
_LATE = Expression(r"\bapologi|\bsorry\b|\bdelay|\blate\b|\boverdue\b")


def names(given: Given) -> Iterator[Issue]:
    """Find a draft or an attachment whose file name says which version it is."""
    if _VERSION.search(PurePath(given.letter.file_name).stem):
        yield Issue(
            Kind.FILE_NAME,
            FILE_NAME,
            "The file name says which version it is. Name it by the reference alone.",
        )
    for place, name in attachments(given):
        if _VERSION.search(PurePath(name).stem if _WITH_SUFFIX.search(name) else name):
            yield Issue(
                Kind.FILE_NAME,
                place,
                "The name of the attachment says which version it is. Name it by the reference "
                "and what it holds.",
            )


def attachments(given: Given) -> tuple[tuple[str, str], ...]:
    """Give the attachments that a letter names, each with its place."""
    found: dict[str, str] = {}
    for number, text in enumerate(given.texts):
        for one in _QUOTED.each(text):
            if _ATTACHED.search(one[0]) or _WITH_SUFFIX.search(one["quoted"]):
                found.setdefault(one["quoted"].strip(" ,"), given.place(number))
        for one in _WITH_SUFFIX.each(text):
            name = one["name"]
            if _ADDRESS.search(text[: one.start()]) or any(name in known for known in found):
                continue
            found.setdefault(name.strip(), given.place(number))
    for name in given.letter.attachments:
        found.setdefault(plain(name), WHOLE)
    return tuple((place, name) for name, place in found.items())


def attached(given: Given) -> Iterator[Issue]:
    """Find attachments that are not among the files of the release."""
    if given.facts is None:
        return
    there = [fold_text(PurePath(one).stem) for one in given.facts.released]
    for place, name in attachments(given):
        wanted = _stem(name)
        if not any(wanted == one or wanted.endswith(one) for one in there):
            yield Issue(
                Kind.ATTACHMENT,
                place,
                "The attachment that is named here is not among the files of the release.",
            )


def _stem(name: str) -> str:
    path = PurePath(name)
    return fold_text(path.stem if _WITH_SUFFIX.search(name) else name)


def hidden(given: Given) -> Iterator[Issue]:
    """Find what a draft carries besides its visible text, and what could not be read of it."""
    told: set[tuple[HiddenKind, str]] = set()
    for one in given.letter.hidden:
        said = _LEFT.get(one.kind)
        where = one.place.partition("#")[0]
        if said is not None and (one.kind, where) not in told:
            told.add((one.kind, where))
            yield Issue(
                Kind.HIDDEN, one.place, f"The draft carries {said}. Take it out before it goes."
            )
        if one.kind is HiddenKind.METADATA:
            for found in _TITLE.each(one.text):
                if _VERSION.search(found["said"]):
                    yield Issue(
                        Kind.HIDDEN,
                        one.place,
                        "The properties of the file say which version it is. Clear them.",
                    )
                    break
    for place in given.letter.unread:
        yield Issue(
            Kind.UNREAD, place, "This part of the draft could not be read, so it was not checked."
        )


def withheld(given: Given) -> Iterator[Issue]:
    """Find withheld texts in the letter, its hidden content and its names, as the gate does."""
    if given.facts is None or not given.facts.withheld:
        return
    by_case = {one.term.number: one.by_case for one in given.facts.withheld}
    terms = ManyTerms(one.term for one in given.facts.withheld)
    letter = given.letter
    texts = [
        *((one.place, one.text) for one in letter.passages),
        *((one.place, one.text) for one in letter.hidden),
        (FILE_NAME, letter.file_name),
        *((WHOLE, name) for name in letter.attachments),
    ]
    found: set[int] = set()
    for place, text in texts:
        here = _standing(terms, by_case, fold(text))
        found |= here
        if here:
            count = "A text" if len(here) == 1 else f"{len(here)} texts"
            yield Issue(
                Kind.WITHHELD, place, f"{count} that the case withholds stands here. Take it out."
            )
    running = fold("\n".join(one.text for one in letter.passages))
    if across := _standing(terms, by_case, running) - found:
        yield Issue(
            Kind.WITHHELD,
            WHOLE,
            f"{len(across)} withheld text(s) run over the end of a paragraph. Take them out.",
        )


def _standing(terms: ManyTerms, by_case: dict[int, bool], folded: Folded) -> set[int]:
    return {
        term.number
        for term, start, end in terms.find(folded)
        if not (by_case[term.number] and folded.original[start:end].islower())
    }


def dates(given: Given) -> Iterator[Issue]:
    """Find a day of receipt that is not the case's, and a late answer that does not say so."""
    facts = given.facts
    if facts is None:
        return
    if facts.received is not None:
        for number, text in enumerate(given.texts):
            for found in _RECEIVED.each(text):
                day = next(dates_in(found["day"]), None)
                if found[0].lower().startswith("received") and day not in {None, facts.received}:
                    yield Issue(
                        Kind.DATE,
                        given.place(number),
                        f"The case says that the request was received on {facts.received}.",
                    )
    is_late = facts.due is not None and given.written is not None and given.written > facts.due
    if is_late and not _LATE.search(given.whole):
        yield Issue(
            Kind.DATE, WHOLE, f"The answer was due on {facts.due}, and the letter does not say why."
        )
