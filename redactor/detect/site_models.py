"""Better models that a site has: found in a folder, joined to what ships, never fetched.

A folder is taken for what its files say it is: a spaCy pipeline has ``config.cfg`` and
``meta.json`` (https://spacy.io/api/data-formats), a GLiNER model has ``gliner_config.json``
(https://github.com/urchade/GLiNER). What cannot be loaded is no silent loss: it is reported as a
search that did not finish, which blocks a release until a person rules on it.
"""

from __future__ import annotations

import enum
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

#: How deep a model may lie: ``en_core_web_lg/en_core_web_lg/en_core_web_lg-3.8.0``.
_DEEPEST = 3


class ModelKind(enum.StrEnum):
    """Which library reads a model."""

    SPACY = "spaCy"
    GLINER = "GLiNER"
    UNREADABLE = "a folder that cannot be read"


@dataclass(frozen=True, slots=True)
class SiteModel:
    """A model in a folder of the site.

    Attributes:
        name: with its version, as shown and as recorded with what was searched.
    """

    name: str
    kind: ModelKind
    path: Path


def find_models(folders: Iterable[Path]) -> tuple[SiteModel, ...]:
    """Find the models in some folders, in the order of their names; nothing is loaded yet.

    A folder that is not there or may not be read is given as a model that cannot be used: what a
    site meant to have searched is never left out in silence.
    """
    found = {model.path: model for folder in folders for model in _in(folder, _DEEPEST)}
    return tuple(sorted(found.values(), key=lambda one: (one.name, str(one.path))))


def _in(folder: Path, depth: int) -> Iterator[SiteModel]:
    try:
        inside = sorted(folder.iterdir())
    except OSError:
        yield SiteModel(_plain(folder.name), ModelKind.UNREADABLE, folder)
        return
    names = {one.name for one in inside}
    if {"config.cfg", "meta.json"} <= names:
        yield SiteModel(_name_of(folder), ModelKind.SPACY, folder)
    elif "gliner_config.json" in names:
        yield SiteModel(_plain(folder.name), ModelKind.GLINER, folder)
    elif depth:
        for one in inside:
            if one.is_dir():
                yield from _in(one, depth - 1)


def _name_of(folder: Path) -> str:
    """Give the name and version that a pipeline gives itself, else its folder's name."""
    try:
        said = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        return _plain(f"{said['lang']}_{said['name']} {said['version']}")
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return _plain(folder.name)


def _plain(name: str) -> str:
    return "".join(one for one in name if one.isprintable())[:60]
