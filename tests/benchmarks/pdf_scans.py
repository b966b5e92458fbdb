"""CPU seconds a page for scans: scanned and released, beside Tesseract alone on the same pixels.

Run by hand: ``redactor bench pdf-scans``. Seven typed pages are printed by script, then made into
A4 scans in grey with the grain of paper and a slight turn. The baselines read the pixels that lie
in the file, with OMP_THREAD_LIMIT=1 and the model that ships: the engine by the same binding with
nothing around it, and the ``tesseract`` command where it is installed. What a command takes on a
page of text that is not read from pixels, its start, is taken off. doc_redaction 2.8.1 took 19 CPU
seconds a page for another scan of seven pages, for which plain Tesseract took 1.8.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pymupdf
from PIL import Image

from tests.benchmarks.measuring import Run, run, run_redactor

PAGES = 7
TERMS = ("Quillfeather", "Venkataraman", "14 Mill Lane")
_MODEL = Path(__file__).resolve().parents[2] / "resources" / "ocr"
_WIDTH, _HEIGHT, _ROWS = 595, 842, 46
_SENTENCES = (
    "The officer attended at half past nine and found the gate locked.",
    "Ms Quillfeather said that she had reported the noise twice in March.",
    "A copy of the letter was sent to 14 Mill Lane on the following day.",
    "No reply had been received when the file was passed to Mr Venkataraman.",
    "The panel noted the delay and asked for a note of all later calls.",
    "It was agreed that the matter would be looked at again in the autumn.",
    "The cost of the repair was put at two hundred and forty pounds.",
    "Minutes of the meeting are kept with the other papers of the case.",
)
_ENGINE_ALONE = """
import json, os, sys, time
import tesserocr
from PIL import Image
engine = tesserocr.PyTessBaseAPI(path=sys.argv[1] + "/", lang="eng")
for name in sys.argv[3:]:
    picture = Image.open(name)
    engine.SetImageBytes(picture.tobytes(), *picture.size, 1, picture.size[0])
    engine.SetSourceResolution(int(sys.argv[2]))
    engine.GetUTF8Text()
"""


def scanned_pages(dpi: int, seed: int = 5) -> Iterator[bytes]:
    """Print pages and scan them: grey JPEGs with grain, each turned a little."""
    rng = random.Random(seed)
    for number in range(PAGES):
        leaf = pymupdf.open()
        page = leaf.new_page(width=_WIDTH, height=_HEIGHT)
        face = ("helv", "tiro", "cour")[number % 3]
        for row in range(_ROWS):
            line = rng.choice(_SENTENCES)
            page.insert_text((64, 70 + row * 15.5), line, fontname=face, fontsize=10.5)
        drawn = page.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY)
        picture = Image.frombytes("L", (drawn.width, drawn.height), drawn.samples)
        turned = picture.rotate(rng.uniform(-0.6, 0.6), Image.Resampling.BICUBIC, fillcolor=255)
        grain = np.random.default_rng(seed + number).normal(-8, 5, (drawn.height, drawn.width))
        grey = np.clip(np.asarray(turned, np.float32) + grain, 0, 255).astype(np.uint8)
        written = io.BytesIO()
        Image.fromarray(grey).save(written, "JPEG", quality=80, dpi=(dpi, dpi))
        yield written.getvalue()


def make_files(folder: Path, dpi: int) -> tuple[Path, list[Path]]:
    """Write the scan as a PDF, and beside it the pixels that lie in it."""
    document: Any = pymupdf.open()
    names = []
    for number, jpeg in enumerate(scanned_pages(dpi)):
        page = document.new_page(width=_WIDTH, height=_HEIGHT)
        page.insert_image(page.rect, stream=jpeg)
        name = folder / f"page{number}.png"
        Image.open(io.BytesIO(jpeg)).save(name, dpi=(dpi, dpi))
        names.append(name)
    scan = folder / f"scan{dpi}.pdf"
    document.save(scan)
    return scan, names


def make_text(path: Path) -> None:
    """Write a page of text, of which nothing is read from pixels, for the start of a command."""
    document: Any = pymupdf.open()
    page = document.new_page(width=_WIDTH, height=_HEIGHT)
    page.insert_text((64, 70), _SENTENCES[1], fontname="helv", fontsize=10.5)
    document.save(path)


def _engine_alone(names: Sequence[Path], dpi: int) -> float:
    arguments = (sys.executable, "-c", _ENGINE_ALONE, str(_MODEL), str(dpi))
    whole = run(*arguments, *map(str, names), OMP_THREAD_LIMIT="1")
    return whole.cpu - run(*arguments, OMP_THREAD_LIMIT="1").cpu


def _command_alone(names: Sequence[Path], folder: Path, dpi: int) -> float | None:
    """Run the ``tesseract`` command once over all pages; None where it is not installed."""
    if shutil.which("tesseract") is None:
        return None
    listed = folder / "pages.txt"
    listed.write_text("\n".join(map(str, names)), encoding="utf-8")
    whole = run(
        "tesseract", str(listed), str(folder / "read"), "--dpi", str(dpi),
        OMP_THREAD_LIMIT="1", TESSDATA_PREFIX=str(_MODEL),
    )  # fmt: skip
    return whole.cpu if whole.code == 0 else None


def _commands(path: Path, terms: Path, out: Path) -> dict[str, tuple[str, ...]]:
    return {
        "inspect (reads only)": ("inspect", str(path)),
        "scan": ("scan", str(path), "--json"),
        "redact --terms, with its proof": (
            "redact", str(path), "--terms", str(terms), "--drop-unread", "--out", str(out),
        ),
    }  # fmt: skip


def _ours(scan: Path, folder: Path, dpi: int) -> dict[str, tuple[Run, Run]]:
    """Run each command on the scan and on a page of text; gives both."""
    text, terms = folder / "text.pdf", folder / "terms.txt"
    make_text(text)
    terms.write_text("\n".join(TERMS), encoding="utf-8")
    starts = _commands(text, terms, folder / f"out-text{dpi}")
    return {
        name: (run_redactor(*arguments), run_redactor(*starts[name]))
        for name, arguments in _commands(scan, terms, folder / f"out{dpi}").items()
    }


def _measure(folder: Path, dpi: int) -> dict[str, Any]:
    scan, names = make_files(folder, dpi)
    alone, command = _engine_alone(names, dpi), _command_alone(names, folder, dpi)
    rows = {
        name: {
            "whole_cpu_s": round(whole.cpu, 2),
            "start_cpu_s": round(start.cpu, 2),
            "cpu_s_a_page": round((whole.cpu - start.cpu) / PAGES, 2),
            "times_engine": round((whole.cpu - start.cpu) / alone, 2),
            "times_command": None if not command else round((whole.cpu - start.cpu) / command, 2),
            "worker_mb": whole.worker_mb,
            "exit": whole.code,
        }
        for name, (whole, start) in _ours(scan, folder, dpi).items()
    }
    return {"dpi": dpi, "engine_alone": alone, "command_alone": command, "rows": rows}


def _print(found: dict[str, Any]) -> None:
    print(f"\n{PAGES} pages at {found['dpi']} dpi; CPU seconds")
    print(f"  the engine alone            {found['engine_alone'] / PAGES:6.2f} a page")
    if found["command_alone"] is None:
        print("  the tesseract command is not installed, so that it was not measured")
    else:
        print(f"  the tesseract command       {found['command_alone'] / PAGES:6.2f} a page")
    for name, row in found["rows"].items():
        print(
            f"  {name:32} {row['whole_cpu_s']:6.2f} whole, {row['start_cpu_s']:5.2f} of it start;"
            f" {row['cpu_s_a_page']:5.2f} a page, {row['times_engine']} times the engine,"
            f" {row['times_command']} times the command; worker {row['worker_mb']} MB,"
            f" exit {row['exit']}"
        )


def main(argv: Sequence[str] = ()) -> int:
    """Measure, and print a table; gives the exit code."""
    parser = argparse.ArgumentParser(prog="redactor bench pdf-scans", description=__doc__)
    parser.add_argument("--dpi", type=int, action="append", help="200 and 300 if not given")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        found = [_measure(Path(folder), dpi) for dpi in given.dpi or (200, 300)]
    if given.json:
        print(json.dumps(found, indent=1))
    else:
        for one in found:
            _print(one)
    return int(any(row["exit"] > 1 for one in found for row in one["rows"].values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
