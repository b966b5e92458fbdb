"""Which version of each engine was at work, for the record of a release."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from redactor import __version__

#: What reads, writes, finds and proves.
ENGINES = (
    "lxml",
    "olefile",
    "openpyxl",
    "pikepdf",
    "presidio-analyzer",
    "pymupdf",
    "pypdfium2",
    "python-calamine",
    "python-docx",
    "spacy",
    "tesserocr",
)


def engine_versions() -> dict[str, str]:
    """Give the versions of this program and of its engines, by name."""
    return {"Redactor": __version__, **{name: _version(name) for name in ENGINES}}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "unknown"
