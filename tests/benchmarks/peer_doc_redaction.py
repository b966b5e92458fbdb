"""CPU seconds for a text PDF and a list of terms: ``redact``, doc_redaction and bare PyMuPDF.

Run by hand: ``redactor bench peer``. doc_redaction (PyPI, AGPL-3.0) is no part of this project; it
is run from a virtual environment of its own, which ``REDACTOR_PEER`` names. All are run in turns,
round after round, on the same file, and on its first page alone, which gives what a start takes.

doc_redaction reads the text that lies in the file, is given the list as its deny list and asked for
the entity ``CUSTOM`` only. It loads a spaCy model all the same and runs it over every page; here it
finds an empty English pipeline in the place of that model, so that no name recognition is counted
against it. By itself it writes a second PDF for reviewers beside the redacted one; it is measured
without that, too. Neither it nor bare PyMuPDF looks at what was written.

All of them find their modules compiled, as an installation leaves them: pip compiled those of the
peer, and ours are run once before anything is measured, with a folder of their own for that.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pymupdf

from tests.benchmarks.measuring import run
from tests.benchmarks.pdf_200_pages import PLAIN, make_pdf

OURS, PEER, LEAN, BARE = (
    "redact --terms (proved)",
    "doc_redaction",
    "doc_redaction, no review copy",
    "bare PyMuPDF",
)
_ABSENT = 3
_HELP = """\
doc_redaction is not here, so nothing was measured. Make an environment for it outside of this
project, put it in, and name the folder of the environment:
    python -m venv FOLDER
    FOLDER/bin/python -m pip install doc_redaction==2.8.1     (Windows: FOLDER\\Scripts\\python)
    REDACTOR_PEER=FOLDER redactor bench peer"""

#: What stands in the peer's way to its model: the first name that it tries to import.
_NO_NAMES = 'import spacy\n\n\ndef load(**_):\n    return spacy.blank("en")\n'
_VERSIONS = """
import json
from importlib.metadata import version
print(json.dumps({name: version(name) for name in ("doc_redaction", "pymupdf", "spacy")}))
"""
_RUN_PEER = "from doc_redaction.cli_redact import main; main()"


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be redacted, and where.

    Attributes:
        pdf: the file; it lies in ``folder``.
        terms: a list, a term a line.
        folder: empty but for these; what is written goes there.
        compiled: where our modules are kept compiled.
    """

    pdf: Path
    terms: Path
    folder: Path
    compiled: Path


@dataclass(frozen=True, slots=True)
class Did:
    """What one run took and left.

    Attributes:
        cpu: CPU seconds of the process and all that it started.
        left: how often a term can still be read in the text of what was written; None where
            nothing was written.
    """

    cpu: float
    left: int | None


Contender = Callable[[Job], Did]
Rounds = Sequence[Mapping[str, Did]]


def peer_python(environment: str) -> Path | None:
    """Give the Python of the peer's virtual environment; None where it has none."""
    if not environment:
        return None
    root = Path(environment).absolute()
    places = (root / "bin" / "python", root / "Scripts" / "python.exe")
    return next((place for place in places if place.is_file()), None)


def peer_versions(python: Path) -> dict[str, str] | None:
    """Say which versions the peer's environment has; None where the peer is not in it."""
    done = subprocess.run(
        [str(python), "-c", _VERSIONS], check=False, capture_output=True, text=True
    )
    return dict(json.loads(done.stdout)) if done.returncode == 0 else None


def times_left(written: Path, terms: Sequence[str]) -> int | None:
    """Count the terms in the text of a PDF, over ends of lines; None where there is no PDF."""
    if not written.is_file():
        return None
    with pymupdf.open(written) as document:
        texts = [" ".join(page.get_text().split()) for page in document]
    return sum(text.count(term) for text in texts for term in terms)


def _terms(job: Job) -> list[str]:
    return job.terms.read_text("utf-8").splitlines()


def _did(job: Job, written: Path, *command: str, **environment: str) -> Did:
    took = run(*command, cwd=job.folder, **environment)
    return Did(took.cpu, times_left(written, _terms(job)))


def _ours(job: Job) -> Did:
    out = job.folder / "released"
    return _did(
        job, out / job.pdf.name, sys.executable, "-m", "redactor",
        "redact", str(job.pdf), "--terms", str(job.terms), "--out", str(out),
        PYTHONPATH=str(Path(__file__).resolve().parents[2]),
        PYTHONPYCACHEPREFIX=str(job.compiled), PYTHONDONTWRITEBYTECODE="",
    )  # fmt: skip


def _bare(job: Job) -> Did:
    out = job.folder / "bare.pdf"
    return _did(job, out, sys.executable, "-c", PLAIN, str(job.pdf), str(job.terms), str(out))


def _peer(python: Path, *, review_copy: bool) -> Contender:
    """Give a way to run the peer with its own settings, from a folder that has none."""

    def runs(job: Job) -> Did:
        model = job.folder / "model" / "en_core_web_lg"
        model.mkdir(parents=True)
        (model / "__init__.py").write_text(_NO_NAMES, "utf-8")
        denied = job.folder / "denied.csv"
        with denied.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([term] for term in _terms(job))
        return _did(
            job, job.folder / "output" / f"{job.pdf.stem}_redacted.pdf",
            str(python), "-c", _RUN_PEER, "--task", "redact", "--input_file", job.pdf.name,
            "--input_dir", "input/", "--output_dir", "output/", "--ocr_method", "Local text",
            "--pii_detector", "Local", "--local_redact_entities", "CUSTOM",
            "--deny_list_file", str(denied),
            PYTHONPATH=str(model.parent), RETURN_PDF_FOR_REVIEW=str(review_copy),
            RUN_AWS_FUNCTIONS="False", GRADIO_ANALYTICS_ENABLED="False",
        )  # fmt: skip

    return runs


def contenders(python: Path) -> dict[str, Contender]:
    """Give all that are measured, in the order of a round."""
    return {
        PEER: _peer(python, review_copy=True),
        OURS: _ours,
        LEAN: _peer(python, review_copy=False),
        BARE: _bare,
    }


def _once(contender: Contender, pdf: bytes, terms: bytes, compiled: Path) -> Did:
    # The peer takes any path with "tmp" or "temp" in it for one of its own tests and then opens
    # pictures that it never made, so that the usual place for such folders does not do.
    with tempfile.TemporaryDirectory(dir=Path.home(), prefix="peer-") as name:
        folder = Path(name)
        job = Job(folder / "long.pdf", folder / "terms.txt", folder, compiled)
        job.pdf.write_bytes(pdf)
        job.terms.write_bytes(terms)
        return contender(job)


def first_page(pdf: bytes) -> bytes:
    """Give the first page of a PDF as a PDF of its own."""
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        document.select([0])
        return bytes(document.tobytes(garbage=4, deflate=True))


def summary(whole: Rounds, starts: Rounds) -> dict[str, dict[str, Any]]:
    """Give medians of CPU seconds, and how many times what ``redact`` takes each other takes.

    Returns:
        for each: ``cpu_s``, ``start_cpu_s``, ``times_ours`` (of medians), ``times_ours_rounds``
        (the least and the most of a round), ``times_ours_without_start`` (None where ours is all
        start), ``left`` (the most of any run; None where a run wrote nothing).
    """
    cpu = {name: [one[name].cpu for one in whole] for name in whole[0]}
    middle = {name: statistics.median(took) for name, took in cpu.items()}
    start = {name: statistics.median(one[name].cpu for one in starts) for name in starts[0]}
    ours = middle[OURS] - start[OURS]
    return {
        name: {
            "cpu_s": middle[name],
            "start_cpu_s": start[name],
            "times_ours": middle[name] / middle[OURS],
            "times_ours_rounds": _least_and_most(cpu[name], cpu[OURS]),
            "times_ours_without_start": (middle[name] - start[name]) / ours if ours > 0 else None,
            "left": _most_left([one[name].left for one in [*whole, *starts]]),
        }
        for name in middle
    }


def _least_and_most(theirs: Sequence[float], ours: Sequence[float]) -> tuple[float, float]:
    ratios = [their / our for their, our in zip(theirs, ours, strict=True)]
    return min(ratios), max(ratios)


def _most_left(left: Sequence[int | None]) -> int | None:
    counted = [one for one in left if one is not None]
    return max(counted) if len(counted) == len(left) else None


def _measure(python: Path, pdf: bytes, terms: bytes, rounds: int) -> dict[str, dict[str, Any]]:
    whole: list[dict[str, Did]] = []
    starts: list[dict[str, Did]] = []
    page = first_page(pdf)
    with tempfile.TemporaryDirectory() as name:
        compiled = Path(name)

        def each(untrusted: bytes) -> dict[str, Did]:
            runs = contenders(python)
            return {one: _once(runs[one], untrusted, terms, compiled) for one in runs}

        _once(_ours, page, terms, compiled)
        for number in range(rounds):
            whole.append(each(pdf))
            starts.append(each(page))
            took = "; ".join(f"{one} {did.cpu:.1f}" for one, did in whole[-1].items())
            said = f"round {number + 1} of {rounds}, CPU seconds: {took}"
            print(said, file=sys.stderr, flush=True)
    return summary(whole, starts)


def lines(rows: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Set the figures as lines for people."""
    said = []
    for name, row in rows.items():
        least, most = row["times_ours_rounds"]
        bare = row["times_ours_without_start"]
        left = "a run wrote nothing" if row["left"] is None else f"{row['left']} terms left"
        without = "" if bare is None else f", without starts {bare:.2f}"
        said.append(
            f"{name:30} {row['cpu_s']:7.2f} CPU s, {row['start_cpu_s']:5.2f} for one page;"
            f" {row['times_ours']:5.2f} times ours ({least:.2f} to {most:.2f}){without}; {left}"
        )
    return said


def _asked(argv: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="redactor bench peer", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="3 if not given")
    parser.add_argument("--pdf", type=Path, help="a text PDF; 200 made pages if not given")
    parser.add_argument("--terms", type=Path, help="its terms, a term a line")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(argv)
    if given.rounds < 1:
        parser.error("there has to be a round at least")
    if (given.pdf is None) != (given.terms is None):
        parser.error("--pdf and --terms go together")
    return given


def _subject(given: argparse.Namespace) -> tuple[bytes, bytes]:
    if given.pdf is not None:
        listed = given.terms.read_text("utf-8").splitlines()
        terms = "\n".join(term for term in listed if term.strip())
        return given.pdf.read_bytes(), terms.encode()
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "long.pdf"
        terms = "\n".join(make_pdf(made))
        return made.read_bytes(), terms.encode()


def main(argv: Sequence[str] = ()) -> int:
    """Measure, and print a table; gives the exit code: 3 where the peer is not here."""
    given = _asked(argv)
    python = peer_python(os.environ.get("REDACTOR_PEER", ""))
    versions = peer_versions(python) if python else None
    if python is None or versions is None:
        print(_HELP, file=sys.stderr)
        if given.json:
            print(json.dumps({"benchmark": "peer", "rows": {}, "absent": ["doc_redaction"]}))
        return _ABSENT
    rows = _measure(python, *_subject(given), given.rounds)
    if given.json:
        said = {"benchmark": "peer", "rounds": given.rounds, "peer": versions, "rows": rows}
        print(json.dumps(said, indent=1))
    else:
        has = ", ".join(f"{name} {version}" for name, version in versions.items())
        print(f"The peer's environment: {has}. Ours: pymupdf {pymupdf.VersionBind}.")
        print("\n".join(lines(rows)))
    return int(any(row["left"] is None for row in rows.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
