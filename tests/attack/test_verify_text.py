from __future__ import annotations

import base64
import bz2
import gzip
import json
import quopri
from email.message import EmailMessage
from urllib.parse import quote

import pytest

from redactor.release.verify import verify_file, verify_files
from tests.attack.verify_kit import NAME, clean_document, failed, places, verified, with_parts
from tests.attack.verify_kit import withheld as terms


@pytest.mark.parametrize(
    "text",
    [
        NAME,
        "ZEPHYRINE  QUIBBLETON",
        "it was Zephyrine\nQuibbleton",
        "Zephy-\nrine Quibbleton",
        "Zéphyrine Quibbletön",
        "Zephyrine\u00a0Quibble\u00adton",
        "Ｚephyrine Quibbleton",
        f"see {quote(NAME)}",
        "&#90;ephyrine&nbsp;Quibbleton",
        r"Zephyrine Quibbleton",
        r"\x5aephyrine Quibbleton",
        r"{\rtf1\ansi Zephy{\b rine} Quibble\'74on}",
        "Zephyrine Quib=\nbleton =E9",
        "<p>Zephyrine <b>Quib</b>bleton</p>",
        f"<img alt='{NAME}'>",
        f"data:text/plain;base64,{base64.b64encode(NAME.encode()).decode()}",
        base64.b64encode(base64.b64encode(f"dear {NAME}, {NAME}".encode())).decode(),
        base64.urlsafe_b64encode(f"{NAME}??>>".encode()).decode(),
        NAME.encode().hex(" "),
        NAME.encode("utf-16-le").hex(),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_a_name_in_a_text_is_found_however_it_is_written(text: str, encoding: str) -> None:
    report = verified("a.txt", f"First line\n{text}\nlast line\n".encode(encoding))
    assert report.leaks
    assert NAME not in json.dumps(report.to_json())


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "mac_roman", "utf-8", "utf-16-le"])
def test_a_name_with_an_accent_is_found_in_every_plausible_encoding(encoding: str) -> None:
    assert verified("a.txt", "by Zoë Müller and others".encode(encoding), "Zoe Muller").leaks


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress])
def test_a_compressed_text_is_unpacked(pack) -> None:  # type: ignore[no-untyped-def]
    assert verified("a.gz", pack(f"by {NAME}".encode())).leaks


def test_a_text_without_the_name_passes() -> None:
    text = "The Annual report\nof the planner. 07700 900123 [s40(2)]\n"
    assert verified("report.txt", text.encode(), NAME, "Ann", "40", "2").ok


def test_the_name_of_the_file_is_searched_but_not_the_folder_it_lies_in() -> None:
    assert places(verified(f"{NAME}.txt", b"nothing")) == {"file name"}
    assert places(verified("zephyrine_quibbleton.txt", b"x", "Quibbleton")) == {"file name"}
    assert verified(f"C:\\{NAME}\\a.txt", b"nothing").ok


def test_an_empty_file_proves_nothing() -> None:
    assert failed(verified("a.txt", b"")) == {"file has content"}


# --- CSV ---------------------------------------------------------------------------------------


def test_both_readings_of_a_csv_say_where_the_name_stands() -> None:
    data = f'no,name\r\n1,"{NAME}"\r\n'.encode()
    assert places(verified("a.csv", data)) == {"line 2", "row 2, column 2"}


def test_a_name_in_two_fields_or_with_doubled_quotes_is_found() -> None:
    assert places(verified("a.csv", b"a,b\r\n1,Zephyrine,Quibbleton\r\n")) == {"row 2, column 2"}
    assert verified("a.csv", b'a\r\n"The ""Fox"" Inn"\r\n', 'The "Fox" Inn').leaks


def test_neighbouring_numbers_in_a_csv_do_not_make_up_a_withheld_one() -> None:
    assert verified("a.csv", b"a,b\r\n12,345\r\n67,89012\r\n", "12345", "34567", "6789012").ok


def test_measured_values_do_not_hold_a_withheld_number_by_chance() -> None:
    assert verified("a.csv", b"a\r\n0.1428571428571\r\n", "4285714", "57142").ok
    assert verified("a.csv", b"a\r\n4285714.5\r\n", "4285714").leaks


# --- mail --------------------------------------------------------------------------------------


def mail(**changes: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "officer@example.org"
    message["To"] = "requester@example.org"
    message["Subject"] = changes.get("subject", "Your request")
    message.set_content(changes.get("text", "Nothing to see here."))
    return message


def test_a_message_without_the_name_passes() -> None:
    assert verified("a.eml", mail().as_bytes()).ok


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_a_name_in_an_encoded_body_is_found(encoding: str) -> None:
    message = mail()
    message.set_content(f"Dear {NAME}, é", cte=encoding)
    assert "part 1" in places(verified("a.eml", message.as_bytes()))


def test_a_name_in_an_encoded_header_is_found() -> None:
    message = mail(subject="and so on")
    packed = base64.b64encode(f"Über {NAME}".encode())
    data = message.as_bytes().replace(b"Subject: ", b"Subject: =?utf-8?b?" + packed + b"?= ", 1)
    assert b"Quibbleton" not in data
    assert "part 1, header 3" in places(verified("a.eml", data))


def test_a_name_in_an_attached_document_is_found() -> None:
    message = mail()
    document = with_parts(clean_document(), {"word/footnotes.xml": f"<t>{NAME}</t>".encode()})
    message.add_attachment(document, maintype="application", subtype="msword", filename="a.docx")
    found = places(verified("a.eml", message.as_bytes()))
    assert "part 3: word/footnotes.xml" in found


def test_a_message_in_an_unknown_character_set_is_read_all_the_same() -> None:
    data = (
        b"From: a@example.org\r\nTo: b@example.org\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: text/plain; charset=x-unknown\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(f"by {NAME}".encode())
    )
    assert "part 1" in places(verified("a.eml", data))


def test_text_before_the_first_part_of_a_message_is_found() -> None:
    message = mail()
    message.add_attachment("x", filename="a.txt")
    message.preamble = quopri.encodestring(NAME.encode()).decode()
    assert "part 1, text outside its parts 1" in places(verified("a.eml", message.as_bytes()))


# --- pictures and the rest ---------------------------------------------------------------------


def test_a_pictures_metadata_is_searched_and_its_pixels_are_said_not_to_be() -> None:
    wide = NAME.encode("utf-16-le")
    data = b"\xff\xd8\xff\xe1\x00\x00Exif\x00\x00" + wide + bytes(range(256)) + b"\xff\xd9"
    report = verified("a.jpg", data)
    assert places(report) == {"picture, metadata"}
    assert "unsearchable part" in failed(report)


def test_a_compressed_text_chunk_of_a_picture_is_unpacked() -> None:
    import zlib

    text = b"Comment\x00\x00" + zlib.compress(NAME.encode())
    chunk = len(text).to_bytes(4, "big") + b"zTXt" + text + bytes(4)
    report = verified("a.png", b"\x89PNG\r\n\x1a\n" + chunk)
    assert places(report) == {"picture, text chunk 1"}


def test_a_file_of_no_known_kind_proves_nothing() -> None:
    report = verified("a.bin", bytes(range(256)) * 10)
    assert "unsearchable part" in failed(report)


def test_several_files_are_put_together_and_told_apart() -> None:
    report = verify_files([("a.txt", b"x"), ("b.txt", NAME.encode())], terms(NAME))
    assert {leak.path for leak in report.leaks} == {"b.txt"}
    assert any(check.detail.startswith("File 2 of 2: ") for check in report.checks)


def test_the_report_has_the_shape_of_the_command_lines_contract() -> None:
    report = verify_file("a.txt", NAME.encode(), terms("Nobody Atall", NAME)).to_json()
    assert set(report) == {"ok", "checks", "leaks"}
    assert report["ok"] is False
    assert all(set(check) == {"name", "ok", "engine", "detail"} for check in report["checks"])
    leak = {"path": "a.txt", "term_index": 2, "where": "line 1"}
    assert any(leak.items() <= one.items() and set(one) - set(leak) == {"engine"}
               for one in report["leaks"])  # fmt: skip
