"""What detection uses: its rules, the trained fields that ship, and the models of the site.

Everything is really loaded to find out, so only a worker asks; the values are light.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from redactor.config import resource_path
from redactor.detect import recognisers
from redactor.detect.site_models import SiteModel


@dataclass(frozen=True, slots=True)
class FieldInUse:
    """A trained field that ships.

    Attributes:
        facts: what its file says of it besides how it is calibrated, such as the tokens that it
            learnt from, as written there.
    """

    name: str
    facts: tuple[tuple[str, str], ...]

    @property
    def told(self) -> str:
        """Say what is known of it, in words."""
        facts = dict(self.facts)
        known = [
            f"{int(facts[what]):,} {what}"
            for what in ("tokens", "documents")
            if facts.get(what, "").isdecimal()
        ]
        learnt = f"learnt from {' and '.join(known)}" if known else "learnt from examples"
        return f"{learnt}; version {facts['sha256'][:8]}" if "sha256" in facts else learnt


@dataclass(frozen=True, slots=True)
class ModelTried:
    """A model of the site that was loaded, or not.

    Attributes:
        library: which reads it.
        trouble: why it cannot be used; empty where it can.
    """

    name: str
    library: str
    folder: str
    trouble: str


@dataclass(frozen=True, slots=True)
class DetectionInUse:
    """All that a document is searched with, besides the lists of its case.

    Attributes:
        rules: how many recognisers go by rules.
    """

    rules: int
    fields: tuple[FieldInUse, ...]
    models: tuple[ModelTried, ...]


def detection_in_use(site: Iterable[SiteModel]) -> DetectionInUse:
    """Find out what detection uses; every model is loaded once and let go."""
    from redactor.detect.recognise.trained import RECOGNISERS  # noqa: PLC0415 - heavy

    return DetectionInUse(
        len(recognisers(model=False)),
        tuple(_field(kind.FIELD) for kind in RECOGNISERS),
        tuple(map(_tried, site)),
    )


def _field(name: str) -> FieldInUse:
    path = resource_path("detection", "model", f"{name}.json")
    facts = json.loads(path.read_text(encoding="utf-8"))
    plain = tuple(
        (key, str(value)) for key, value in facts.items() if isinstance(value, (int, str))
    )
    return FieldInUse(name, plain)


def _tried(model: SiteModel) -> ModelTried:
    from redactor.detect.recognise.site import UnusableModel, site_recogniser  # noqa: PLC0415

    trouble = ""
    try:
        site_recogniser(model)
    except UnusableModel as error:
        trouble = str(error)
    return ModelTried(model.name, str(model.kind), str(model.path), trouble)
