"""How letters write the provisions of a law: the patterns that find them, one set for each form."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from redactor.law.letters.data import Form
from redactor.law.letters.expressions import Expression

#: What introduces a number, by the kind of provision.
_WORDS = {
    "s": r"sections?\s?|\bss?\.?\s?",
    "reg": r"regulations?\s?|\bregs?\.?\s?",
    "art": r"articles?\s?|\barts?\.?\s?",
}
_GROUP = r"(?:\s?\(\s?\d{1,2}[A-Z]{0,2}\s?\)?|\s?\(\s?(?:[A-Z]|[ivx]{2,4}|a[abcd])\s?\))"
_JOINT = (
    r"(?:by virtue of|by reason of|by way of|together with|read with|with|via|by|and|or|to|&|,|/|-)"
)
#: What comes before a number that is of no provision of the kind that is looked for.
_BEFORE = {
    "s": r"sections?|ss?",
    "reg": r"regulations?|regs?",
    "art": r"articles?|art",
    "sch": r"schedules?|sch|paragraphs?|paras?",
    "": r"rules?|recitals?|parts?|annex|step|table|question|questions|page|pages|UKUT|UKFTT|EWCA"
    r"|EWHC",
}
_SHORT_OF_LAWS = {"foi": r"FOIA|act 2000", "dpa": r"DPA(?:,? 2018|,? 1998)?|act,? 2018|act,? 1998"}
_TITLE_WORD = r"(?:[A-Z][\w'-]*|of|and|the|\([A-Z][^)]*\))"
#: What comes after a provision, and names the law that it is of.
LAW_AFTER = Expression(
    r"^\W{0,3}(?:\([^)]*\)\s)?(?:\W*(?:and|or)\s[\d()A-Za-z]{1,12}\s)?"
    rf"(?:of|to|in|under)\s(?:the\s)?(?P<law>{_TITLE_WORD}(?:\s{_TITLE_WORD})*)",
    as_written=True,
)
AN_ENACTMENT = Expression(
    r"\b(?:Act|Regulations?|Order|Rules|GDPR|DPA|EIR|Code)\b", as_written=True
)
_DEFINED = r"(?:Act|Regulations)\b(?! \d)"
_ONE = rf"(?:\d{{1,2}}A?(?:{_GROUP})*|(?:{_GROUP})+)"
_LIST = rf"(?P<list>{_ONE}(?:\s?(?:,|and|or|&|,\s?and)\s{_ONE})*)"
_OF_SCHEDULE = (
    (rf"\b(?:paragraphs?|paras?)\.?\s?{_LIST}"
    r"(?:,\s|\s(?:of|in|to)\s)(?:the\s)?(?:Part\s\w{1,2}\s(?:of|to)\s)?"
    r"Sch(?:edule|ed)?\.?\s?(?P<schedule>%s)(?![\w(])"),
    (r"\bSch(?:edule|ed)?\.?\s?(?P<schedule>%s),?\s(?:\(?Part\s\w{1,2}\)?,?\s)?(?:at\s)?"
    rf"(?:paragraphs?|paras?)\.?\s?{_LIST}"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Patterns:
    """The patterns of a form of sections, regulations or articles.

    Attributes:
        cited: a number with its brackets, and with what is joined to it (``more``).
        listed: several numbers without brackets.
        step: one of those that are joined.
        inside: what stands in one pair of brackets.
        law_before: the short name of another law, right before; word_before: what else the number
            may be of, where no word introduces it.
        own_law: the name of the law, in full or as the letter defines it; named: in full.
    """

    cited: Expression
    listed: Expression
    step: Expression
    law_before: Expression
    word_before: Expression
    own_law: Expression
    named: Expression


@dataclass(frozen=True, slots=True)
class SchedulePatterns:
    """The patterns of paragraphs of schedules: either may be named first."""

    cited: tuple[Expression, ...]
    item: Expression
    own_law: Expression
    named: Expression


@cache
def patterns(form: Form) -> Patterns:
    """Give the patterns of a form that is not of schedules."""
    word, numbers = _WORDS[form.kind], form.numbers
    others = "|".join(said for kind, said in _BEFORE.items() if kind != form.kind)
    laws = _SHORT_OF_LAWS["foi" if form.regime.startswith("sar") else "dpa"]
    return Patterns(
        Expression(
            rf"(?<![\w./£-])(?P<word>{word})?(?P<section>{numbers})"
            rf"(?P<groups>{_GROUP}+)?(?![\w%])(?!\.\d)"
            rf"(?P<more>(?:\s?{_JOINT}\s?(?:(?:and|or)\s)?(?:{word})?"
            rf"(?:{numbers})?{_GROUP}+)*)"
        ),
        Expression(
            rf"\b{word.partition('?')[0]}\s(?P<list>(?:{numbers})(?:,\s?(?:{numbers}))*,?"
            rf"\s(?:and|or|&)\s(?:{numbers}))(?![\w(%])"
        ),
        Expression(
            rf"\s?(?P<joint>{_JOINT})\s?(?:(?:and|or)\s)?(?:{word})?"
            rf"(?P<section>{numbers})?(?P<groups>{_GROUP}+)"
        ),
        Expression(rf"\b(?:{laws})\.?,?\s$"),
        Expression(rf"\b(?:{others})\.?,?\s(?:\d[\w()]*(?:,| and| or| &|-)\s?)*$"),
        Expression(rf"^(?:{form.law}|{_DEFINED})", as_written=True),
        Expression(form.law, as_written=True),
    )


@cache
def schedule_patterns(form: Form) -> SchedulePatterns:
    """Give the patterns of a form of schedules."""
    return SchedulePatterns(
        tuple(Expression(one % form.numbers) for one in _OF_SCHEDULE),
        Expression(rf"(?P<number>\d{{1,2}}A?)?(?P<groups>(?:{_GROUP})*)"),
        Expression(rf"^(?:{form.law}|{_DEFINED}|that Act)", as_written=True),
        Expression(form.law, as_written=True),
    )
