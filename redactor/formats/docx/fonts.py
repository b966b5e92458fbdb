"""Which fonts come with Windows and Office; the name of any other is somebody's choice."""

from __future__ import annotations

from collections.abc import Iterable

_USUAL = frozenset(
    one.strip()
    for one in """
    arial|arial black|arial narrow|arial unicode ms|aptos|aptos display|aptos narrow|bahnschrift
    bookman old style|book antiqua|calibri|calibri light|cambria|cambria math|candara|century
    century gothic|comic sans ms|consolas|constantia|corbel|courier|courier new|ebrima|franklin
    gothic book|franklin gothic medium|gadugi|garamond|georgia|gill sans mt|helvetica|impact
    leelawadee ui|lucida console|lucida grande|lucida sans unicode|malgun gothic|microsoft sans
    serif|ms gothic|ms mincho|ms sans serif|nirmala ui|palatino linotype|perpetua|rockwell|segoe ui
    segoe ui emoji|segoe ui light|segoe ui semibold|segoe ui symbol|segoe print|segoe script|simhei
    simsun|sylfaen|symbol|tahoma|times|times new roman|trebuchet ms|tw cen mt|verdana|webdings
    wingdings|wingdings 2|wingdings 3|yu gothic|yu gothic light|yu mincho|dejavu sans
    dejavu serif|liberation sans|liberation serif|liberation mono|opensymbol|mangal|lucida sans
    majorhansi|minorhansi|majorascii|minorascii|majorbidi|minorbidi|majoreastasia|minoreastasia
    eastasia|default|tms rmn|helv|new york|system|mingliu|pmingliu|batang|gulim|dotum|angsana new
    cordia new|ms pgothic|ms pmincho|microsoft yahei|microsoft jhenghei
    """.replace("\n", "|").split("|")
)


def unusual_fonts(names: Iterable[str]) -> list[str]:
    """Give the names that are of no usual font, each once."""
    return [one for one in dict.fromkeys(names) if one.strip().lower() not in _USUAL]
