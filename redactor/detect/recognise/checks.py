"""Check digits: what says that a number is what it looks like."""

from __future__ import annotations

_PNC_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def digits_of(text: str) -> list[int]:
    """Give the decimal digits of a text."""
    return [int(one) for one in text if one.isdecimal()]


def luhn(text: str) -> bool:
    """Check a card number or an IMEI (ISO/IEC 7812-1 annex B)."""
    total = 0
    for at, digit in enumerate(reversed(digits_of(text))):
        doubled = digit * 2 if at % 2 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def nhs(text: str) -> bool:
    """Check an NHS number: weights 10 to 2, modulus 11 (NHS Data Dictionary, NHS NUMBER)."""
    digits = digits_of(text)
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    check = 11 - sum(w * d for w, d in zip(range(10, 1, -1), digits, strict=False)) % 11
    return (0 if check == 11 else check) == digits[9]


def iban(text: str) -> bool:
    """Check an IBAN: modulus 97 (ISO 13616)."""
    plain = text.replace(" ", "").upper()
    moved = plain[4:] + plain[:4]
    return int("".join(str(int(one, 36)) for one in moved)) % 97 == 1


def pnc(text: str) -> bool:
    """Check a PNC ID: modulus 23 of the year and the seven-digit serial number.

    Source: criminaljusticehub.org.uk, jargon buster, "Police National Computer ID".
    """
    year, _, rest = text.replace(" ", "").upper().partition("/")
    serial, letter = rest[:-1], rest[-1:]
    if not serial.isdecimal():
        return False
    return _PNC_LETTERS[int(year[-2:] + serial.zfill(7)) % 23] == letter


def upn(text: str) -> bool:
    """Check a unique pupil number: weights 2 to 13, modulus 23 (DfE, UPN guide)."""
    if not text[1:12].isdecimal():
        return False
    total = sum(w * int(d) for w, d in zip(range(2, 14), text[1:13], strict=False))
    return _UPN_LETTERS[total % 23] == text[0]
