"""The command ``bench``: what the benchmarks of the source tree measure, against named baselines.

They need the annotated sets and baselines of ``tests/``, which is no part of an installed program.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from redactor.cli.arguments import add_json
from redactor.cli.speaking import OK, Answer, give, print_json
from redactor.errors import UnreadableDocument, UsageError

_ROOT = Path(__file__).resolve().parents[2]


def add_to(commands: Any) -> None:
    """Add the command to the parser."""
    bench = commands.add_parser("bench", help="the benchmarks, beside their baselines")
    add_json(bench)
    bench.add_argument("name", nargs="?", metavar="NAME", help="which; without it they are listed")
    bench.add_argument(
        "arguments", nargs=argparse.REMAINDER, help="handed on (`bench NAME --help` lists them)"
    )
    bench.set_defaults(run=_bench)


def _bench(given: argparse.Namespace) -> int:
    registry = _registry(_ROOT)
    if given.name is None:
        return give(_listed(registry), as_json=given.json)
    benchmark = registry.benchmark_named(given.name)
    if benchmark is None:
        known = ", ".join(one.name for one in registry.BENCHMARKS)
        raise UsageError(
            f"There is no benchmark of that name. Nothing was measured. There are: {known}."
        )
    as_json = given.json or "--json" in given.arguments
    rest = [one for one in given.arguments if one != "--json"]
    return _run(benchmark, rest, as_json=as_json)


def _registry(root: Path) -> Any:
    """Load the list of benchmarks from the source tree.

    Raises:
        UnreadableDocument: there is none here.
    """
    if not (root / "tests" / "benchmarks" / "__init__.py").is_file():
        raise UnreadableDocument(
            "The benchmarks come with the source code, and this is an installed program without "
            "it. Nothing was measured.",
            "Run `redactor bench` in a copy of the source.",
            "missing",
        )
    if str(root) not in sys.path:
        sys.path.insert(0, str(root))
    return import_module("tests.benchmarks")


def _listed(registry: Any) -> Answer:
    shape = [
        {"name": one.name, "title": one.title, "baseline": one.baseline}
        for one in registry.BENCHMARKS
    ]
    width = max(len(one["name"]) for one in shape)
    lines = (
        f"{one['name']:{width}}  {one['title']}"
        + (f" ({one['baseline']})" if one["baseline"] else "")
        for one in shape
    )
    return Answer({"benchmarks": shape}, tuple(lines))


def _run(benchmark: Any, arguments: list[str], *, as_json: bool) -> int:
    """Run one; what one of them says in lines only becomes a JSON document of lines."""
    main = import_module(benchmark.module).main
    if not as_json or benchmark.writes_json:
        code: int = main([*arguments, "--json"] if as_json else arguments)
        return code
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code = main(arguments)
    print_json(
        {
            "benchmark": benchmark.name,
            "baseline": benchmark.baseline,
            "lines": said.getvalue().splitlines(),
            "ok": code == OK,
        }
    )
    return code
