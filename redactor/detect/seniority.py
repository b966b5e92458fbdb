"""Public officials in their public capacity: names that are proposed to be kept, and why.

Which offices count is in ``resources/detection/seniority.toml``, a file that a site may change. The
whole document is looked through first for names beside such an office, so that every mention of the
official is proposed alike, those before the office is given included. Nobody is proposed who is
spoken of in the same document as somebody complained of or under investigation, as a complainant
or as a victim: an office-holder who is party to an unpublished complaint is a private person.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from redactor.config import resource_path
from redactor.detect.gazetteer import gazetteer
from redactor.lists import ALWAYS_RECOGNISER
from redactor.model import Finding, Proposal, Segment
from redactor.names import Fullness, read_name

_LABELS = frozenset({"PERSON", "PUBLIC_PERSON"})
_WORD = r"[^\W\d_a-zß-ÿ][\w'’-]*\.?"
_NAME = re.compile(rf"[ \t]+((?:{_WORD}[ \t]+){{0,3}}{_WORD})")
_NAME_BEFORE = re.compile(rf"((?:{_WORD}[ \t]+){{1,3}}{_WORD})(?:,[ \t]*|[ \t]*\()(?:the[ \t]+)?$")
#: What makes a private person of an office-holder, before the office or the name, and after it.
_PARTY_BEFORE = re.compile(
    r"(?:(?:complain(?:t|ts|ed)|allegations?|investigation|proceedings|misconduct|conduct|grievance"
    r"|notice|appeal|inquiry)\s+(?:made\s+|brought\s+|lodged\s+|served\s+)?(?:against|about|into"
    r"|concerning|regarding|of|on)|subject(?:\s+officer)?|officer\s+subject|accused|respondent"
    r"|complainants?|victims?|suspects?|defendants?|arrested|suspended|patient|aggrieved"
    r"|on behalf of)\W*(?:the\s+)?$",
    re.IGNORECASE,
)
_PARTY_AFTER = re.compile(
    r"^\W{0,3}(?:(?:who|and)\s+)?"
    r"(?:(?:is|was|were|has been|had been|be|being|remains)\s+(?:\w+\s+){0,2})?"
    r"(?:alleged|accused|suspended|arrested|charged|under investigation|investigated"
    r"|subject (?:to|of)|served with|interviewed under caution|dismissed|complained"
    r"|made (?:a|the) complaint"
    r"|(?:the )?(?:complainant|victim|suspect|subject))",
    re.IGNORECASE,
)
_PLAIN_WORD = re.compile(r"\w+")
_PAIR = re.compile(rf"({_WORD})[ \t]+({_WORD})")
#: How far around a name its part in the matter is looked for, in characters.
_AROUND = 90
#: Where there are more officials than this, only whole names are followed.
_MOST = 200


@dataclass(frozen=True, slots=True)
class Office:
    """An office that counts.

    Attributes:
        title: as shown.
        because: the rest of the sentence that is shown.
    """

    title: str
    because: str

    @property
    def why(self) -> str:
        """Give the reason as it is shown."""
        return f"{self.title}: {self.because}"


@dataclass(frozen=True, slots=True)
class Profile:
    """The offices that count, and the pattern that finds them.

    Attributes:
        begins: the first words of their titles, in small letters.
    """

    offices: Mapping[str, Office]
    pattern: re.Pattern[str] | None = field(repr=False)
    begins: frozenset[str] = field(default=frozenset(), repr=False)


@lru_cache(maxsize=1)
def profile() -> Profile:
    """Read the profile of this site."""
    return read_profile(resource_path("detection", "seniority.toml").read_text(encoding="utf-8"))


def read_profile(text: str) -> Profile:
    """Read a profile; groups that do not count are left out."""
    offices: dict[str, Office] = {}
    written: list[str] = []
    short: list[str] = []
    for group in tomllib.loads(text).get("group", ()):
        if not group.get("counts", False):
            continue
        for title in (*group.get("written", ()), *group.get("short", ())):
            offices[title.casefold()] = Office(title, group["because"])
        written += group.get("written", ())
        short += group.get("short", ())
    if not offices:
        return Profile({}, None)
    words = "|".join(re.escape(one) for one in sorted(written, key=len, reverse=True))
    abbreviations = "|".join(re.escape(one) for one in sorted(short, key=len, reverse=True))
    begins = frozenset(_PLAIN_WORD.findall(title)[0] for title in offices)
    both = [f"(?i:{words})" if words else "", abbreviations]
    return Profile(
        offices, re.compile(rf"(?<![\w/])(?:{'|'.join(filter(None, both))})(?!\w)"), begins
    )


class Officials:
    """The officials of one document; looks through all its text when it is made."""

    def __init__(self, segments: Iterable[Segment], by: Profile | None = None) -> None:
        self._profile = by or profile()
        self._keys: dict[str, Office] = {}
        self._surnames: dict[str, Office] = {}
        pattern = self._profile.pattern
        texts = [one.text for one in segments]
        if pattern is None:
            return
        found = [one for text in texts for one in self._beside_offices(text, pattern)]
        private = {key for key, _, _, party in found if party}
        for key, surname, office, _ in found:
            if key not in private and surname not in private:
                self._keys.setdefault(key, office)
                self._surnames.setdefault(surname, office)
        if self._keys:
            self._drop_private(texts)

    def proposed(self, finding: Finding) -> Finding:
        """Give a finding as it is to be proposed: an official's is kept, with the reason."""
        if not self._keys or finding.label not in _LABELS or _is_listed(finding):
            return finding
        name = read_name(finding.text)
        office = self._keys.get(name.key)
        if office is None and name.fullness is Fullness.SURNAME:
            office = self._surnames.get(name.surname)
        if office is None:
            return finding
        return replace(finding, proposal=Proposal.KEEP, why=office.why)

    # --- inside -------------------------------------------------------------------------------

    def _beside_offices(
        self, text: str, pattern: re.Pattern[str]
    ) -> Iterator[tuple[str, str, Office, bool]]:
        """Give the key, the surname and the office of each name beside an office."""
        if self._profile.begins.isdisjoint(_PLAIN_WORD.findall(text.lower())):
            return
        for match in pattern.finditer(text):
            office = self._profile.offices[match.group().casefold()]
            before, after = text[max(0, match.start() - _AROUND) : match.start()], match.end()
            name = _NAME.match(text, after)
            words = _name_words(name[1]) if name else ""
            if words and name is not None:
                end = name.start(1) + len(words)
                party = bool(
                    _PARTY_BEFORE.search(before) or _PARTY_AFTER.match(text[end : end + _AROUND])
                )
                yield from _read(words, office, party=party)
            elif apposed := _NAME_BEFORE.search(before):
                start = match.start() - len(before) + apposed.start(1)
                party = bool(
                    _PARTY_BEFORE.search(text[max(0, start - _AROUND) : start])
                    or _PARTY_AFTER.match(text[after : after + _AROUND])
                )
                yield from _read(apposed[1], office, party=party)

    def _drop_private(self, texts: Iterable[str]) -> None:
        """Follow no surname that somebody else has too, and nobody who is a party to something."""
        if len(self._surnames) > _MOST:
            self._surnames.clear()
        given = {key.removesuffix(surname) for key in self._keys for surname in self._surnames}
        for text in texts:
            for match in _PAIR.finditer(text):
                surname = _surname(match[2])
                if surname in self._surnames:
                    self._look_at(surname, match[1], given)
            self._drop_parties(text)

    def _look_at(self, surname: str, before: str, given: set[str]) -> None:
        first = _surname(before)
        if (
            first
            and gazetteer().is_forename(before)
            and not any(
                first in one or (one.startswith(first[:1]) and len(first) == 1) for one in given
            )
        ):
            self._surnames.pop(surname, None)

    def _drop_parties(self, text: str) -> None:
        lowered = text.lower()
        for surname in [one for one in self._surnames if one.lower() in lowered]:
            for match in re.finditer(rf"(?i)(?<!\w){re.escape(surname)}(?!\w)", text):
                before = text[max(0, match.start() - _AROUND) : match.start()]
                before = re.sub(rf"(?:{_WORD}[ \t]+){{1,4}}$", "", before)
                after = text[match.end() : match.end() + _AROUND]
                if _PARTY_BEFORE.search(before) or _PARTY_AFTER.match(after):
                    self._surnames.pop(surname, None)
                    for key in [one for one in self._keys if one.endswith(surname)]:
                        del self._keys[key]
                    break


def _is_listed(finding: Finding) -> bool:
    """Say whether a find is of an always list: what a person listed goes before an office."""
    return finding.recogniser.startswith(f"{ALWAYS_RECOGNISER}@")


@lru_cache(maxsize=20_000)
def _surname(word: str) -> str:
    """Give the key of a word as a surname."""
    return read_name(word).surname


def _name_words(words: str) -> str:
    """Give the words that may be a name, up to the first that is none."""
    taken: list[str] = []
    lists = gazetteer()
    for word in words.split():
        bare = word.rstrip(".")
        known = lists.is_forename(bare) or lists.is_surname(bare)
        if not known and lists.is_ordinary(bare) and len(bare) > 1:
            break
        taken.append(word)
    end = len(" ".join(taken))
    return words[:end] if words.startswith(" ".join(taken)) else " ".join(taken)


def _read(words: str, office: Office, *, party: bool) -> Iterator[tuple[str, str, Office, bool]]:
    name = read_name(words)
    if name.fullness is not Fullness.UNCLEAR:
        yield name.key, name.surname, office, party
