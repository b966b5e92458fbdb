"""What the engine reads, where, how surely, and what it does when it is not whole."""

from __future__ import annotations

import os
import pickle
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pymupdf
import pytest

from redactor.config import resource_path
from redactor.errors import OcrFailed, OcrMissing
from redactor.ocr import MAX_SIDE, ReadWord, engine, engine_name, read, read_turned

LINES = (
    "The panel met on 14 March 2023 in Room 4.",
    "Present: Margaret Quillfeather and Dr J. Ferris-Hale.",
    "Telephone 07700 900123, and no other number.",
    "National Insurance number QQ 12 34 56 C, NHS number 999 123 4567.",
    "The complaint was upheld in part and the file was closed.",
)


class Grey(NamedTuple):
    """Grey pixels with their size, as ``read`` takes them."""

    pixels: bytes
    width: int
    height: int

    def turned(self) -> Grey:
        """Give the picture turned by a quarter clockwise."""
        rows = (self.pixels[column :: self.width][::-1] for column in range(self.width))
        return Grey(b"".join(rows), self.height, self.width)


def a_page() -> pymupdf.Page:
    page = pymupdf.open().new_page()
    for number, line in enumerate(LINES):
        page.insert_text((72, 100 + 24 * number), line, fontsize=11)
    return page


def painted(dpi: int, page: pymupdf.Page | None = None) -> Grey:
    picture = (page or a_page()).get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY)
    return Grey(bytes(picture.samples), picture.width, picture.height)


def text_of(words: tuple[ReadWord, ...]) -> list[str]:
    lines: dict[int, list[str]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.text)
    return [" ".join(line) for line in lines.values()]


@pytest.mark.parametrize("dpi", [200, 300])
def test_a_printed_page_is_read_word_for_word(dpi: int) -> None:
    words = read(*painted(dpi), dpi)
    assert text_of(words) == list(LINES)
    assert all(word.confidence > 70 for word in words)
    assert [word.line for word in words] == sorted(word.line for word in words)


@pytest.mark.parametrize("dpi", [200, 300])
def test_the_boxes_lie_on_the_words(dpi: int) -> None:
    page = a_page()
    printed = page.get_text("words")
    words = read(*painted(dpi, page), dpi)
    assert len(words) == len(printed)
    for word, (x0, y0, x1, y1, text, *_) in zip(words, printed, strict=True):
        assert word.text == text
        box = pymupdf.Rect(word.x0, word.y0, word.x1, word.y1) * (72 / dpi)
        assert pymupdf.Rect(x0 - 2, y0 - 2, x1 + 2, y1 + 2).contains(box)
        assert box.width > 0.8 * (x1 - x0) - 1


def test_a_page_is_read_whichever_way_round_it_stands() -> None:
    picture = painted(200)
    for quarter in range(4):
        reading = read_turned(*picture, 200)
        assert sorted(text_of(reading.words)) == sorted(LINES)
        assert (reading.turns + quarter) % 4 == 0
        inside = [0 <= one.x0 < one.x1 <= picture.width for one in reading.words]
        inside += [0 <= one.y0 < one.y1 <= picture.height for one in reading.words]
        assert all(inside)
        picture = picture.turned()


def test_a_page_on_its_head_has_its_boxes_on_the_picture_as_it_is() -> None:
    picture = painted(200)
    upright = {word.text: word for word in read(*picture, 200)}
    over = {word.text: word for word in read(*picture.turned().turned(), 200)}
    name, there = upright["Quillfeather"], over["Quillfeather"]
    assert (there.x0, there.y0) == (picture.width - name.x1, picture.height - name.y1)
    assert (there.x1, there.y1) == (picture.width - name.x0, picture.height - name.y0)


def test_single_words_are_found_wherever_they_stand() -> None:
    page = pymupdf.open().new_page()
    for at, word in (((50, 60), "Quillfeather"), ((400, 300), "Okonkwo"), ((90, 700), "exhibit")):
        page.insert_text(at, word, fontsize=14)
    found = {word.text for word in read(*painted(150, page), 150, sparse=True)}
    assert found == {"Quillfeather", "Okonkwo", "exhibit"}


def test_nothing_is_read_from_an_empty_page() -> None:
    assert read(b"\xff" * 800 * 1000, 800, 1000, 100) == ()
    assert read(b"\x00" * 800 * 1000, 800, 1000, 100) == ()


@pytest.mark.parametrize("sparse", [False, True])
def test_noise_is_never_read_with_confidence(sparse: bool) -> None:
    noise = random.Random(1).randbytes(600 * 800)
    sure = [w for w in read(noise, 600, 800, 200, sparse=sparse) if w.confidence > 80]
    assert len("".join(word.text for word in sure)) < 10


@pytest.mark.parametrize(("width", "height"), [(1, 1), (2, 2), (3, MAX_SIDE), (MAX_SIDE, 3)])
def test_pictures_of_odd_shapes_are_read(width: int, height: int) -> None:
    pixels = random.Random(2).choices((0, 255), k=width * height)
    assert len(read(bytes(pixels), width, height, 200)) < width * height


def test_a_picture_that_is_too_large_is_not_read() -> None:
    with pytest.raises(OcrFailed, match="Nothing in it was searched"):
        read(b"\xff" * (MAX_SIDE + 1), MAX_SIDE + 1, 1, 200)


def test_pixels_that_are_not_all_there_are_a_fault() -> None:
    with pytest.raises(ValueError, match="number of pixels"):
        read(b"\xff" * 99, 10, 10, 200)


def test_a_picture_that_takes_too_long_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_MOST_MILLISECONDS", 1)
    with pytest.raises(OcrFailed) as failure:
        read(*painted(200), 200)
    assert "Quillfeather" not in str(failure.value)


def test_what_was_read_before_makes_no_difference() -> None:
    picture = painted(200)
    first = read(*picture, 200)
    noise = random.Random(3).randbytes(400 * 400)
    read(noise, 400, 400, 200)
    read(*picture.turned(), 200)
    assert read(*picture, 200) == first


def test_a_word_says_nothing_of_itself_when_it_is_printed_and_survives_the_pipe() -> None:
    word = read(*painted(200), 200)[0]
    assert word.text not in repr(word)
    assert pickle.loads(pickle.dumps(word)) == word


def test_an_altered_model_is_not_used(tmp_path: Path) -> None:
    model = bytearray(resource_path("ocr", "eng.traineddata").read_bytes())
    model[2_000_000] ^= 1
    (tmp_path / "eng.traineddata").write_bytes(model)
    with pytest.raises(OcrMissing, match="not the one that was shipped") as failure:
        engine._load(tmp_path)
    assert "Install the program again." in failure.value.user_message
    assert failure.value.code == "ocr-missing"


def test_a_missing_model_is_said(tmp_path: Path) -> None:
    with pytest.raises(OcrMissing, match="model"):
        engine._load(tmp_path)


def test_the_model_is_found_in_a_folder_of_any_name(tmp_path: Path) -> None:
    folder = tmp_path / "Łukasz’s – программа"
    folder.mkdir()
    shutil.copy(resource_path("ocr", "eng.traineddata"), folder)
    here = Path.cwd()
    read_again = engine._load(folder).read(*painted(200), 200, sparse=False)
    assert text_of(read_again.words) == list(LINES)
    assert Path.cwd() == here


def test_a_missing_library_is_said() -> None:
    script = (
        "import sys; sys.modules['tesserocr'] = None\n"
        "from redactor.ocr import read\nfrom redactor.errors import OcrMissing\n"
        "try:\n    read(b'x', 1, 1, 200)\n"
        "except OcrMissing as error:\n    print(error.user_message)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert "it is not installed" in done.stdout


def test_errors_survive_the_pipe() -> None:
    for error in (OcrFailed("it took too long"), OcrMissing("it is not installed")):
        again = pickle.loads(pickle.dumps(error))
        assert type(again) is type(error)
        assert again.user_message == error.user_message


_HOSTILE = """
import random
from redactor.ocr import engine, read
r = random.Random(5)
shapes = ((1, 1), (2, 900), (900, 2), (64, 64), (700, 500), (32000, 4))
for width, height in shapes:
    size = width * height
    kinds = (r.randbytes(size), bytes(size), b"\\xff" * size, bytes(r.choices((0, 255), k=size)))
    for pixels in kinds:
        for dpi in (0, 1, 200, 1e9):
            read(pixels, width, height, dpi, sparse=bool(r.randrange(2)))
engine._MOST_MILLISECONDS = 1
try:
    read(r.randbytes(1_000_000), 1000, 1000, 200)
except Exception as error:
    assert type(error).__name__ == "OcrFailed", error
"""


def test_nothing_is_printed_and_no_file_is_left(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(Path.cwd())!r})\n{_HOSTILE}"],
        capture_output=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "TMPDIR": str(tmp_path), "TMP": str(tmp_path)},
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert list(tmp_path.iterdir()) == []


def test_the_engine_is_named_with_its_model() -> None:
    name = engine_name()
    assert name.startswith("tesseract 5.")
    assert name.endswith(f"eng {engine.MODEL_SHA256[:8]}")


def test_the_library_is_loaded_with_the_first_picture_only() -> None:
    check = "import sys, redactor.ocr; print('tesserocr' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
