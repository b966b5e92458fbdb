#!/usr/bin/env python3
"""Try a built program by hand: ``python tests/try_build.py DIST/redactor``.

It starts the window without a screen and sees it stay up, has a pipeline of spaCy taken up as a
model of the site, then runs the headless demo and holds the release against what the sample case
expects. Nothing of the source tree is used but that list.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import Any

import pypdfium2
import spacy

EXPECTED = Path(__file__).resolve().parents[1] / "resources" / "sample_case" / "expected.json"
#: How long the window is watched, in seconds; starting takes one or two.
WATCHED_S = 8.0


def text_of(path: Path) -> str:
    """Give the text of a released file, well enough to look a word up in it."""
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as document:
            return " ".join(
                " ".join(page.get_textpage().get_text_range() for page in document).split()
            )
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            return "".join(package.read(name).decode("utf-8") for name in package.namelist())
    return path.read_text(encoding="utf-8-sig")


def try_window(program: Path, environment: dict[str, str]) -> None:
    """Start the window and see that it is still there after a while.

    Raises:
        SystemExit: it ended by itself.
    """
    started = subprocess.Popen([program], env=environment, stderr=subprocess.PIPE, text=True)
    time.sleep(WATCHED_S)
    code = started.poll()
    started.terminate()
    _, said = started.communicate(timeout=30)
    if code is not None:
        sys.exit(f"The window ended by itself with exit code {code}:\n{said}")
    if "Traceback" in said or "Error" in said:
        sys.exit(f"The window complained:\n{said}")
    print(f"window    up for {WATCHED_S:.0f} s")


def try_model(program: Path, environment: dict[str, str], scratch: Path) -> None:
    """Put a pipeline made of the parts of en_core_web_lg, and an older one, where models are kept.

    Raises:
        SystemExit: it is not loaded, or what it finds is not among the findings.
    """
    embed = {"@architectures": "spacy.MultiHashEmbed.v2", "width": 32, "rows": [200, 200]}
    embed |= {"attrs": ["NORM", "SHAPE"], "include_static_vectors": False}
    encode = {"@architectures": "spacy.MaxoutWindowEncoder.v2", "width": 32, "depth": 1}
    encode |= {"window_size": 1, "maxout_pieces": 2}
    newer = {"@architectures": "spacy.Tok2Vec.v2", "embed": embed, "encode": encode}
    older = {"@architectures": "spacy.HashEmbedCNN.v1", "pretrained_vectors": None, "width": 32}
    older |= {"depth": 1, "embed_size": 200, "window_size": 1, "maxout_pieces": 2}
    older |= {"subword_features": True}
    pipeline = spacy.blank("en")
    pipeline.add_pipe("tagger", config={"model": {"tok2vec": older}}).add_label("NN")
    pipeline.add_pipe("attribute_ruler")
    pipeline.add_pipe("ner", config={"model": {"tok2vec": newer}}).add_label("PERSON")
    pipeline.initialize()
    rules = pipeline.add_pipe("entity_ruler", config={"overwrite_ents": True})
    rules.add_patterns([{"label": "PERSON", "pattern": "carefully"}])
    (scratch / "models").mkdir()
    pipeline.to_disk(scratch / "models" / "own")
    note = scratch / "note.txt"
    note.write_text("they carefully left it there", encoding="utf-8")
    environment = {**environment, "REDACTOR_MODELS": str(scratch / "models")}
    told = _json(program, environment, "models", "--json")
    if [one["why"] for one in told["models"]] != [""]:
        sys.exit(f"The model of the site cannot be used: {told['models']}")
    (document,) = _json(program, environment, "scan", str(note), "--json")["documents"]
    if document["incomplete"] or not any(
        one["text"] == "carefully" for one in document["findings"]
    ):
        sys.exit(f"The model of the site did not find what it knows: {document}")
    print(f"model     {told['models'][0]['name']} loaded, and its finding is among the others")


def _json(program: Path, environment: dict[str, str], *arguments: str) -> Any:
    done = subprocess.run(
        [program, *arguments], env=environment, check=False, timeout=300, capture_output=True
    )
    if done.returncode:
        sys.exit(f"'{arguments[0]}' ended with exit code {done.returncode}: {done.stderr!r}")
    return json.loads(done.stdout)


def try_demo(program: Path, environment: dict[str, str], out: Path) -> None:
    """Run the headless demo and look into what it released.

    Raises:
        SystemExit: it failed, or a released file is not as expected.
    """
    begun = time.monotonic()
    command = [program, "demo", "--headless", "--out", out]
    done = subprocess.run(command, env=environment, check=False, timeout=600)
    if done.returncode:
        sys.exit(f"The demo ended with exit code {done.returncode}.")
    print(f"demo      done in {time.monotonic() - begun:.0f} s")
    expected = json.loads(EXPECTED.read_text(encoding="utf-8"))
    seen = 0
    for path in sorted(one for one in out.rglob("*") if one.stem in expected and one.is_file()):
        text = text_of(path)
        kept = [one for one in expected[path.stem]["gone"] if one in text]
        lost = [one for one in expected[path.stem]["kept"] if one not in text]
        if kept or lost:
            sys.exit(f"{path.name}: {len(kept)} withheld texts are there, {len(lost)} are missing.")
        seen += 1
    if seen != len(list((EXPECTED.parent / "documents").iterdir())):
        sys.exit(f"Only {seen} released files were found.")
    print(f"release   {seen} files hold what they should, and nothing else that was looked for")


def main() -> None:
    """Try the program in the folder that the command line names."""
    parser = argparse.ArgumentParser(description="Try a built program.")
    parser.add_argument("folder", type=Path, help="the folder that PyInstaller made")
    folder = parser.parse_args().folder.resolve()
    program = folder / ("redactor.exe" if os.name == "nt" else "redactor")
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch, "home")
        home.mkdir()
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "XDG_"))}
        environment |= {"HOME": str(home), "LOCALAPPDATA": str(home), "USERPROFILE": str(home)}
        environment["QT_QPA_PLATFORM"] = "offscreen"
        try_window(program, environment)
        try_model(program, environment, Path(scratch))
        try_demo(program, environment, Path(scratch, "out"))


if __name__ == "__main__":
    main()
