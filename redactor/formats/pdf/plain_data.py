"""Take out of data that painting needs what painting does not read: comments, and what follows.

Functions (ISO 32000-1, 7.10), character maps (9.7.5, 9.10.3; Adobe Technical Note 5014) and colour
profiles (ICC.1:2010) are programs and tables. A producer may write anything into them beside what
is read, and what no program shows is nothing that anybody decided to release.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from operator import itemgetter
from typing import Any

from pymupdf import mupdf

from redactor.formats.pdf.icc import plain_profile

_SAMPLED, _CALCULATED = 0, 4
_COMMENT = re.compile(rb"%[^\r\n]*")
#: What a function of type 4 consists of (ISO 32000-1, table 42), with numbers and braces.
_CALCULATION = re.compile(rb"[{}]|[-+]?(?:\d+\.?\d*|\.\d+)|[a-z0-9]+")
_OPERATORS = frozenset(
    b"""abs add atan ceiling cos cvi cvr div exp floor idiv ln log mod mul neg round sin sqrt sub
    truncate and bitshift eq false ge gt le lt ne not or true xor if ifelse copy dup exch index pop
    roll""".split()
)
_MAPS = ("ToUnicode", "Encoding", "UseCMap")
_MAX_DEPTH = 30
_KINDS = rb"codespacerange|bfchar|bfrange|cidchar|cidrange|notdefchar|notdefrange"
_SECTION = re.compile(rb"begin(" + _KINDS + rb")(.*?)end\1", re.DOTALL)
_ENTRY = re.compile(rb"<[0-9A-Fa-f\s]*>|[\[\]]|\b\d+\b")
_BASE = re.compile(
    rb"/(Identity-[HV]|Adobe-(?:Japan1|GB1|CNS1|Korea1)-(?:UCS2|\d)|[A-Za-z0-9]+-UCS2-[HV]) usecmap"
)
_VERTICAL = re.compile(rb"/WMode\s+1\b")
_HEAD = b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapType 2 def\n"
_FOOT = b"endcmap\nend\nend\n"


def plain_data(document: Any) -> None:
    """Clean the functions, character maps and colour profiles of a document about to be written."""
    pdf = mupdf.pdf_document_from_fz_document(document.this)
    profiles, maps = _found(pdf, document.xref_length())
    for number in range(1, document.xref_length()):
        if not mupdf.pdf_obj_num_is_stream(pdf, number):
            continue
        entries = mupdf.pdf_load_object(pdf, number)
        kind = mupdf.pdf_dict_gets(entries, "FunctionType")
        if number in profiles:
            _change(document, number, plain_profile)
        elif mupdf.pdf_is_int(kind) and mupdf.pdf_to_int(kind) == _CALCULATED:
            _change(document, number, plain_calculation)
        elif mupdf.pdf_is_int(kind) and mupdf.pdf_to_int(kind) == _SAMPLED:
            _change(document, number, itemgetter(slice(_samples_length(entries))))
        elif number in maps:
            _change(document, number, plain_map)


def _change(document: Any, number: int, change: Callable[[bytes], bytes]) -> None:
    data = document.xref_stream(number) or b""
    changed = change(data)
    if changed != data:
        document.update_stream(number, changed)


def _found(pdf: Any, count: int) -> tuple[set[int], set[int]]:
    """Give the numbers of the colour profiles and of the character maps, by what refers to them."""
    profiles: set[int] = set()
    maps: set[int] = set()
    for number in range(1, count):
        _look(mupdf.pdf_load_object(pdf, number), profiles, maps, 0)
    return profiles, maps


def _look(found: Any, profiles: set[int], maps: set[int], depth: int) -> None:
    if depth > _MAX_DEPTH or (depth and mupdf.pdf_is_indirect(found)):
        return
    if mupdf.pdf_is_array(found):
        first = mupdf.pdf_array_get(found, 0)
        if mupdf.pdf_to_name(first) == "ICCBased":
            profiles.add(mupdf.pdf_to_num(mupdf.pdf_array_get(found, 1)))
        for index in range(0 if mupdf.pdf_is_number(first) else mupdf.pdf_array_len(found)):
            _look(mupdf.pdf_array_get(found, index), profiles, maps, depth + 1)
    for key in _MAPS if mupdf.pdf_dict_len(found) else ():
        maps.add(mupdf.pdf_to_num(mupdf.pdf_dict_gets(found, key)))
    for index in range(mupdf.pdf_dict_len(found)):
        _look(mupdf.pdf_dict_get_val(found, index), profiles, maps, depth + 1)


def _samples_length(entries: Any) -> int:
    """Give how many bytes the samples of a function take up (ISO 32000-1, 7.10.2)."""
    size = mupdf.pdf_dict_gets(entries, "Size")
    values = int(mupdf.pdf_array_len(mupdf.pdf_dict_gets(entries, "Range"))) // 2
    for index in range(mupdf.pdf_array_len(size)):
        values *= max(int(mupdf.pdf_array_get_int(size, index)), 0)
    bits = int(mupdf.pdf_to_int(mupdf.pdf_dict_gets(entries, "BitsPerSample")))
    return (values * bits + 7) // 8


def plain_calculation(data: bytes) -> bytes:
    """Give a function of type 4 with nothing in it but what it calculates with."""
    tokens = _CALCULATION.findall(_COMMENT.sub(b" ", data))
    return b" ".join(one for one in tokens if not one[:1].isalpha() or one in _OPERATORS)


def plain_map(data: bytes) -> bytes:
    """Give a character map with nothing in it but its entries."""
    bare = _COMMENT.sub(b" ", data)
    parts = [_HEAD]
    parts += [b"/" + one + b" usecmap\n" for one in _BASE.findall(bare)]
    if _VERTICAL.search(bare):
        parts.append(b"/WMode 1 def\n")
    for kind, inside in _SECTION.findall(bare):
        entries = [re.sub(rb"\s", b"", one) for one in _ENTRY.findall(inside)]
        lines = b" ".join(entries)
        count = b"%d" % _lines(kind, entries)
        parts.append(count + b" begin" + kind + b"\n" + lines + b"\nend" + kind + b"\n")
    parts.append(_FOOT)
    return b"".join(parts)


def _lines(kind: bytes, entries: list[bytes]) -> int:
    """Count the entries of a section; a list in brackets is one value."""
    values, depth = 0, 0
    for one in entries:
        values += depth == 0 and one != b"]"
        depth += (one == b"[") - (one == b"]")
    each = 3 if kind in {b"bfrange", b"cidrange", b"notdefrange"} else 2
    return max(values // each, 0)
