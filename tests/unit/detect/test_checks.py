from __future__ import annotations

from redactor.detect.recognise.checks import iban, luhn, nhs, pnc


def test_an_nhs_number_of_the_test_range_passes_and_a_mistyped_one_fails() -> None:
    assert nhs("999 320 2215")
    assert not nhs("999 320 2216")
    assert not nhs("000 000 0000")


def test_an_imei_passes_luhn_and_a_mistyped_one_fails() -> None:
    assert luhn("004401520200110")
    assert not luhn("004401520200111")


def test_an_iban_passes_modulus_97_and_a_mistyped_one_fails() -> None:
    assert iban("GB82 WEST 1234 5698 7654 32")
    assert not iban("GB82 WEST 1234 5698 7654 33")


def test_a_pnc_letter_is_the_modulus_23_of_year_and_serial() -> None:
    letters = "ZABCDEFGHJKLMNPQRTUVWXY"
    right = letters[int("08" + "0331902") % 23]
    assert pnc(f"08/331902{right}")
    assert not pnc(f"08/331902{'A' if right != 'A' else 'B'}")
