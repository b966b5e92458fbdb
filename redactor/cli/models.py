"""``redactor models``: what detection uses, and whether each model of the site can be loaded."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from redactor.cli.arguments import add_json
from redactor.cli.speaking import FOUND, OK, Answer, counted, give, say
from redactor.config import READ_SECONDS, models_folder
from redactor.detect.in_use import DetectionInUse
from redactor.jobs import try_models
from redactor.workers import Lane


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    models = commands.add_parser(
        "models",
        help="what detection uses; try out the models of this site",
        description="Say what detection uses, and try out each model of this site. Models are "
        "looked for in the folder that REDACTOR_MODELS names, else in 'models' beside the program "
        "and in your own folder. Nothing is downloaded. Exit code 1: one cannot be used.",
    )
    add_json(models)
    models.set_defaults(run=_models)


def _models(arguments: argparse.Namespace) -> int:
    say("Loading what detection uses.")
    with Lane() as lane:
        in_use: DetectionInUse = lane.run(try_models, timeout_s=READ_SECONDS)
    return give(_answer(in_use), as_json=arguments.json)


def _answer(in_use: DetectionInUse) -> Answer:
    shape = {
        "rules": in_use.rules,
        "fields": [{"name": one.name, **dict(one.facts)} for one in in_use.fields],
        "models": [
            {"name": one.name, "library": one.library, "folder": one.folder, "why": one.trouble}
            | {"usable": not one.trouble}
            for one in in_use.models
        ],
        "folder": str(models_folder()),
    }
    code = FOUND if any(one.trouble for one in in_use.models) else OK
    return Answer(shape, tuple(_lines(in_use)), code)


def _lines(in_use: DetectionInUse) -> Iterator[str]:
    yield f"{counted(in_use.rules, 'recogniser')} by rule."
    for field in in_use.fields:
        yield f"Trained field '{field.name}': {field.told}."
    for model in in_use.models:
        state = f"cannot be used: {model.trouble}" if model.trouble else "in use"
        yield f"{model.name} ({model.library}, {model.folder}): {state}."
    if not in_use.models:
        yield "No model of this site."
    yield f"Put models into {models_folder()}. Nothing is downloaded."
