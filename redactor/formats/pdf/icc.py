"""Empty the texts of a colour profile, and every byte of it that no table points to.

Source: ICC.1:2010, 7.2 (header), 7.3 (table of tags), 10 (types). Sizes and places stay as they
are, so that every reader reads the colours as before.
"""

from __future__ import annotations

_HEADER, _ENTRY = 128, 12
#: Fields of the header that say who made the profile with what: preferred program, date, platform,
#: maker and model, creator, and the sum over it all.
_SAID = ((4, 8), (24, 36), (40, 44), (48, 56), (80, 84), (84, 128))
#: Types of tags that colours are calculated from (ICC.1:2010, 10; ICC.1:2001, 6.5).
_CALCULATED = frozenset(
    {b"XYZ ", b"curv", b"para", b"mft1", b"mft2", b"mAB ", b"mBA ", b"sf32", b"chrm"}
)
#: Tags that hold something of such a type, by their names (ICC.1:2010, 9.2).
_KNOWN = frozenset(
    b"""rXYZ gXYZ bXYZ wtpt bkpt lumi chad chrm rTRC gTRC bTRC kTRC gamt A2B0 A2B1 A2B2 B2A0 B2A1
    B2A2 D2B0 D2B1 D2B2 D2B3 B2D0 B2D1 B2D2 B2D3 pre0 pre1 pre2""".split()
)
#: Tags that a profile must have, though they are emptied.
_ASKED_FOR = frozenset({b"desc", b"cprt"})
_NO_RECORDS = (0).to_bytes(4, "big") + (12).to_bytes(4, "big")


def plain_profile(data: bytes) -> bytes:
    """Give a profile without its texts; what is no profile is given as nothing."""
    count = int.from_bytes(data[_HEADER : _HEADER + 4], "big")
    table = _HEADER + 4 + count * _ENTRY
    if data[36:40] != b"acsp" or table > len(data):
        return b""
    plain = bytearray(len(data))
    plain[:_HEADER] = data[:_HEADER]
    for start, end in _SAID:
        plain[start:end] = bytes(end - start)
    plain[_HEADER:table] = data[_HEADER:table]
    end = table
    for at in range(_HEADER + 4, table, _ENTRY):
        name = data[at : at + 4]
        if name not in _KNOWN | _ASKED_FOR:
            plain[at : at + 4] = b"x%03d" % ((at - _HEADER) // _ENTRY % 1000)
        start = int.from_bytes(data[at + 4 : at + 8], "big")
        size = int.from_bytes(data[at + 8 : at + 12], "big")
        if start < table or start + size > len(data):
            return b""
        _copy(data, plain, start, size, is_known=name in _KNOWN)
        end = max(end, start + size)
    plain[:4] = end.to_bytes(4, "big")
    return bytes(plain[:end])


def _copy(data: bytes, plain: bytearray, start: int, size: int, *, is_known: bool) -> None:
    """Copy what a tag holds if colours are calculated from it, and otherwise only its kind."""
    kind = data[start : start + 4]
    if is_known and kind in _CALCULATED:
        plain[start : start + size] = data[start : start + size]
        return
    plain[start : start + min(size, 4)] = kind[:size]
    if kind == b"mluc" and size >= 16:
        plain[start + 8 : start + 16] = _NO_RECORDS
