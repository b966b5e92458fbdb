"""Headings as databases shorten them: ``STF_NO``, ``SexOrientCd``, ``VIC_NM`` in words.

Extracts of HR, crime, school and health systems carry field names instead of headings. The short
forms are those of such extracts in general use; none stands for anything but the word given here.
What may stand for several things (``REL``, ``SO``, ``DIS``) is left to the cells under it
(``redactor.detect.coded_cells``).
"""

from __future__ import annotations

from collections.abc import Iterator

import regex


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: A short form, and the words it stands for.
_WORDS = {
    **dict.fromkeys(("nm", "nme", "nam"), "name"),
    **dict.fromkeys(("snm", "srnm", "surnm", "surnme", "snme", "lnm"), "surname"),
    **dict.fromkeys(("fnm", "fornm", "forenm", "forname", "frstnm", "gname", "gnm"), "forename"),
    **dict.fromkeys(("pref", "prefd"), "preferred"),
    **dict.fromkeys(("stf", "staffmember"), "staff"),
    **dict.fromkeys(("ee", "empl", "emplee", "emplyee", "empe"), "employee"),
    **dict.fromkeys(("offcr", "ofcr", "offr", "ofr"), "officer"),
    **dict.fromkeys(("offnc", "offn", "offnce", "offen", "offc"), "offence"),
    **dict.fromkeys(("alleg", "allegn", "allgn"), "allegation"),
    **dict.fromkeys(("vic", "vict", "vctm"), "victim"),
    **dict.fromkeys(("susp", "sus", "suspt"), "suspect"),
    **dict.fromkeys(("wit", "witn"), "witness"),
    **dict.fromkeys(("compl", "complt", "cmplnt"), "complainant"),
    **dict.fromkeys(("def", "deft", "dft", "defdt"), "defendant"),
    **dict.fromkeys(("ofndr", "offdr", "offndr"), "offender"),
    **dict.fromkeys(("pup", "pupl"), "pupil"),
    **dict.fromkeys(("stud", "stdnt", "stu"), "student"),
    **dict.fromkeys(("pt", "pat", "ptnt"), "patient"),
    **dict.fromkeys(("cust", "custr", "cstmr"), "customer"),
    **dict.fromkeys(("clmt", "clmnt"), "claimant"),
    **dict.fromkeys(("mgr", "mngr", "mgrs"), "manager"),
    **dict.fromkeys(("supv", "spvr", "supvsr", "suprv"), "supervisor"),
    **dict.fromkeys(("dt", "dte", "dat"), "date"),
    **dict.fromkeys(
        ("bdate", "bday", "bthdt", "brthdt", "birthdt", "bdt", "dtob"), "date of birth"
    ),
    **dict.fromkeys(("nbr", "nmbr", "nr", "num", "numb"), "number"),
    **dict.fromkeys(("relig", "relgn", "rlgn", "relign", "rlgion"), "religion"),
    **dict.fromkeys(
        ("disab", "disabl", "dsblty", "disblty", "disblt", "dsab", "disbl"), "disability"
    ),
    **dict.fromkeys(
        ("sexor", "sexori", "sxor", "sxori", "sexorient", "sexornt", "sexorientn"), "orientation"
    ),
    **dict.fromkeys(("orient", "orientn", "ornt", "orntn", "ori"), "orientation"),
    **dict.fromkeys(
        ("natlty", "natnlty", "ntnlty", "natnl", "nationlty", "natty", "natlity"), "nationality"
    ),
    **dict.fromkeys(
        ("ethn", "ethnc", "ethncty", "ethcty", "ethnct", "ethgrp", "ethorg"), "ethnicity"
    ),
    **dict.fromkeys(("lang", "lng", "langg"), "language"),
    **dict.fromkeys(("rsn", "reas", "reasn"), "reason"),
    **dict.fromkeys(("absn", "absnce", "abs"), "absence"),
    **dict.fromkeys(("sick", "sck", "sickn", "sicknss"), "sickness"),
    **dict.fromkeys(("diag", "diagn", "dx"), "diagnosis"),
    **dict.fromkeys(("med", "medcl"), "medical"),
    **dict.fromkeys(("cond", "condn"), "condition"),
    **dict.fromkeys(("inj", "injy"), "injury"),
    **dict.fromkeys(("rslt", "reslt"), "result"),
    **dict.fromkeys(("outc", "outcm", "otcm", "outcme"), "outcome"),
    **dict.fromkeys(("dispo", "dspsl", "displ", "dispsl"), "disposal"),
    **dict.fromkeys(("sanc", "sanct", "sanctn"), "sanction"),
    **dict.fromkeys(("fndg", "findg"), "finding"),
    **dict.fromkeys(("tu", "tradeunion"), "trade union"),
    **dict.fromkeys(("memb", "mbr", "mem", "mshp", "membshp"), "membership"),
    **dict.fromkeys(("preg", "pregn"), "pregnant"),
    **dict.fromkeys(("affil", "affln"), "affiliation"),
    **dict.fromkeys(("ph", "phn", "fone"), "phone"),
    **dict.fromkeys(("teleph", "telph", "tele"), "telephone"),
    **dict.fromkeys(("eml", "emailadd", "emailaddr"), "email address"),
    **dict.fromkeys(("postcd", "pstcd", "pcd", "postcde", "pcde", "pstcode"), "postcode"),
    **dict.fromkeys(("addr", "adr", "adrs", "addrs", "addrss"), "address"),
    **dict.fromkeys(("veh", "vehc"), "vehicle"),
    **dict.fromkeys(("natins", "natinsno"), "national insurance number"),
    **dict.fromkeys(("locn", "locan", "loctn"), "location"),
    **dict.fromkeys(("yrs", "yr"), "years"),
}
#: Words that only say how a field is kept; dropped where the rest makes a heading.
_KEPT_AS = _set(
    "cd cde code codes desc descr descn description dsc val value typ flag flg ind yn indicator "
    "lvl cat ctgry category grp key fld str self"
)
#: ``OFF`` is an officer before what only a person has, else an offence.
_OF_OFFICER = _set("name number no id rank collar warrant shoulder num forename surname")
#: A shorter form says too little by itself (``med`` between ``low`` and ``high``), but for these.
_PLAIN_ALONE = 4
_ALONE = _set("snm fnm lnm gnm eml pcd mgr vic pup bdt off adr")
#: A heading of more words is no field name.
_MOST_WORDS = 5
_GLUED = regex.compile(
    r"([\p{L}]{2,}?)(surname|forename|name|number|num|nbr|nm|no|id|ref|code|cd|desc|txt|dt|yn)"
)
_NUMBERED = regex.compile(r"([\p{L}]{2,})(\d{1,2})")


def readings(words: str) -> Iterator[str]:
    """Give what the words of a heading may say, the likeliest first, after the words themselves.

    Args:
        words: of a heading, in small letters.
    """
    said = [part for word in words.split() for part in _parted(word)]
    if not 0 < len(said) <= _MOST_WORDS:
        return
    glued = [part for word in said for part in _unglued(word)]
    seen = {words}
    for ways in (said, glued):
        full = _in_full(ways)
        for way in (" ".join(full), " ".join(one for one in full if one not in _KEPT_AS)):
            if way and way not in seen:
                seen.add(way)
                yield way


def _parted(word: str) -> tuple[str, ...]:
    """Part a number from the word before it: ``addr1``."""
    numbered = _NUMBERED.fullmatch(word)
    return (numbered[1], numbered[2]) if numbered else (word,)


def _unglued(word: str) -> tuple[str, ...]:
    """Part a word from what it is joined with: ``pupilname``, ``stfno``."""
    glued = _GLUED.fullmatch(word)
    return (glued[1], glued[2]) if glued and word not in _WORDS else (word,)


def _in_full(words: list[str]) -> list[str]:
    if len(words) == 1 and len(words[0]) < _PLAIN_ALONE and words[0] not in _ALONE:
        return words
    full: list[str] = []
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if word == "off" and len(words) > 1:
            of_officer = _WORDS.get(following, following) in _OF_OFFICER
            full.append("officer" if of_officer else "offence")
        else:
            full.extend(_WORDS.get(word, word).split())
    return full
