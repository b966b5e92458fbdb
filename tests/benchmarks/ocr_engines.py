"""Engines that read pictures, each run in a process of its own, perhaps of another environment.

``python ocr_engines.py ENGINE FOLDER`` reads every picture that ``FOLDER/pages.json`` names and
prints one line of JSON for each, then one with what the process took. It imports nothing of the
program but for its own engine, so that a peer's interpreter can run it.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

Reader = Callable[["Page"], str]


class Page(NamedTuple):
    """A picture of a page: grey, a byte a pixel."""

    pixels: bytes
    width: int
    height: int
    dpi: float


def _ours() -> Reader:
    from redactor.ocr import read

    def reads(page: Page) -> str:
        lines: dict[int, list[str]] = {}
        for word in read(*page):
            lines.setdefault(word.line, []).append(word.text)
        return "\n".join(" ".join(line) for line in lines.values())

    return reads


def _plain_tesseract() -> Reader:
    """Tesseract by the same binding with nothing around it: the time that it takes by itself."""
    import tesserocr

    engine = tesserocr.PyTessBaseAPI(path=_model_folder(), lang="eng")

    def reads(page: Page) -> str:
        engine.SetImageBytes(page.pixels, page.width, page.height, 1, page.width)
        engine.SetSourceResolution(round(page.dpi))
        return str(engine.GetUTF8Text())

    return reads


def _mupdf() -> Reader:
    import pymupdf

    def reads(page: Page) -> str:
        picture = pymupdf.Pixmap(pymupdf.csGRAY, page.width, page.height, page.pixels, 0)
        document = pymupdf.open()
        width, height = page.width / page.dpi * 72, page.height / page.dpi * 72
        leaf = document.new_page(width=width, height=height)
        leaf.insert_image(leaf.rect, pixmap=picture)
        text = leaf.get_textpage_ocr(
            dpi=round(page.dpi), full=True, language="eng", tessdata=_model_folder()
        )
        return str(leaf.get_text(textpage=text))

    return reads


def _model_folder() -> str:
    return str(Path(__file__).resolve().parents[2] / "resources" / "ocr") + "/"


def _rapid(**settings: Any) -> Reader:
    import numpy as np
    from rapidocr import RapidOCR

    one_thread = {
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    }
    with contextlib.redirect_stdout(io.StringIO()):
        engine = RapidOCR(params={**one_thread, **settings})

    def reads(page: Page) -> str:
        grey = np.frombuffer(page.pixels, np.uint8).reshape(page.height, page.width)
        found = engine(np.stack([grey] * 3, axis=-1))
        if found.txts is None:
            return ""
        return _in_lines(list(zip(found.boxes, found.txts, strict=True)))

    return reads


def _in_lines(found: list[tuple[Any, str]]) -> str:
    """Join boxes that stand on one line: their middles differ by less than half their height."""
    boxes = sorted(
        ((min(p[1] for p in box), max(p[1] for p in box), min(p[0] for p in box), text)
         for box, text in found),
        key=lambda one: one[0] + one[1],
    )  # fmt: skip
    lines: list[list[Any]] = []
    for one in boxes:
        last = lines[-1][-1] if lines else None
        if last and abs(one[0] + one[1] - last[0] - last[1]) < (last[1] - last[0]):
            lines[-1].append(one)
        else:
            lines.append([one])
    return "\n".join(" ".join(one[3] for one in sorted(row, key=lambda o: o[2])) for row in lines)


ENGINES: dict[str, Callable[[], Reader]] = {
    "redactor": _ours,
    "tesseract": _plain_tesseract,
    "mupdf": _mupdf,
    "rapidocr": _rapid,
    "rapidocr-wide": lambda: _rapid(**{"Rec.rec_img_shape": [3, 48, 1600]}),
}


def _peak_mb() -> float:
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(peak.split()[1]) / 1024


def main(name: str, folder: Path) -> None:
    """Read every page with an engine."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    reads = ENGINES[name]()
    for one in json.loads((folder / "pages.json").read_text()):
        pixels = (folder / one["file"]).read_bytes()
        started = time.process_time()
        text = reads(Page(pixels, one["width"], one["height"], one["dpi"]))
        took = time.process_time() - started
        print(json.dumps({"page": one["file"], "text": text, "cpu": took}))
    print(json.dumps({"peak_mb": _peak_mb()}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
