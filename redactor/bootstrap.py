"""Make this checkout runnable, then run it: ``python3 redactor/bootstrap.py demo | test | run``.

Only the standard library is used, so that a fresh Debian or Windows machine with Python 3.11 or
3.12 and nothing else needs one command. What is installed goes into ``.venv`` in the project, from
a lock file whose every package is checked against its hash. Nothing is fetched when everything is
in place already, and nothing at all by the program itself.
"""

from __future__ import annotations

import sys

if __name__ == "__main__":
    # Run as a file, Python puts this folder first on the path; a module of ours must never stand
    # in for one of the standard library.
    if not getattr(sys.flags, "safe_path", False):
        sys.path.pop(0)

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
VENV = PROJECT / ".venv"
LOCKS = PROJECT / "resources" / "locks"
SUPPORTED = ((3, 11), (3, 12))

#: What Qt loads at start on Linux: the library's file, and the Debian package that holds it.
LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
#: What it loads besides where there is a screen to draw on.
SCREEN_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}

#: Ways to run a command without a network, the one that changes least first.
SILENCERS: tuple[tuple[str, ...], ...] = (
    ("unshare", "--map-current-user", "--net"),
    ("unshare", "--map-root-user", "--net"),
    ("unshare", "--net"),
)
#: Succeeds only where no route leads anywhere. 192.0.2.1 is kept for documentation (RFC 5737), and
#: connecting a datagram socket sends nothing.
_PROBE = """
import socket, sys
try:
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(("192.0.2.1", 9))
except OSError:
    sys.exit(0)
sys.exit(1)
"""

USAGE = """\
usage: python3 redactor/bootstrap.py COMMAND [ARGUMENTS]     (Windows: py redactor\\bootstrap.py)

  demo     install what is missing, then do the main job on the bundled sample case
  test     install what is missing, then run every check and test
  run      install what is missing, then open the window, or run any command of `redactor`
"""


class SetUpFailed(Exception):
    """Setting up cannot go on; the message says why and what to do."""


def say(message: str) -> None:
    """Print a line at once, to standard error: standard output belongs to the command."""
    print(message, file=sys.stderr, flush=True)


# --- the right Python -------------------------------------------------------------------------


def is_supported(version: tuple[int, int]) -> bool:
    """Say whether this program runs on a version of Python, given as (major, minor)."""
    return version in SUPPORTED


def find_python() -> list[str]:
    """Give the command that starts a Python this program runs on.

    Raises:
        SetUpFailed: there is none.
    """
    if is_supported(sys.version_info[:2]):
        return [sys.executable]
    for major, minor in SUPPORTED:
        candidates = [[f"python{major}.{minor}"]]
        if os.name == "nt":
            candidates.append(["py", f"-{major}.{minor}"])
        for candidate in candidates:
            if shutil.which(candidate[0]) and _runs([*candidate, "-c", "import sys"]):
                return candidate
    raise SetUpFailed(
        f"Redactor needs Python 3.11 or 3.12; this is {sys.version.split()[0]}, and no other was "
        "found.\nInstall Python 3.12 (https://www.python.org/downloads/, or `apt install "
        "python3.11` on Debian 12) and run the same command with it."
    )


def _runs(command: Sequence[str]) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


# --- what the system must have ----------------------------------------------------------------


def can_load(library: str) -> bool:
    """Say whether the dynamic linker finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_packages(
    environment: Mapping[str, str],
    loads: Callable[[str], bool] = can_load,
    *,
    has_ensurepip: bool | None = None,
) -> list[str]:
    """Give the Debian packages without which the program would not start here.

    Args:
        environment: tells by ``DISPLAY`` or ``WAYLAND_DISPLAY`` whether there is a screen.
        loads: says whether a shared library can be loaded.
        has_ensurepip: whether this Python can put pip into a new environment; looked up if None.
    """
    wanted = dict(LIBRARIES)
    if environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"):
        wanted.update(SCREEN_LIBRARIES)
    packages = [package for library, package in wanted.items() if not loads(library)]
    if has_ensurepip is None:
        has_ensurepip = importlib.util.find_spec("ensurepip") is not None
    if not has_ensurepip:
        packages.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    return packages


def install_packages(packages: Sequence[str]) -> None:
    """Install Debian packages, as root or through sudo.

    Raises:
        SetUpFailed: this is no Debian, there is no way to become root, or apt-get failed.
    """
    names = " ".join(packages)
    if shutil.which("apt-get") is None:
        raise SetUpFailed(
            "Some system libraries are missing. On Debian and Ubuntu their packages are:\n"
            f"  {names}\nInstall what your system calls them, then run this again."
        )
    root: list[str] = []
    if not is_root():
        if shutil.which("sudo") is None:
            raise SetUpFailed(
                "Some system packages are missing and only the administrator can install them. "
                f"Run as root:\n  apt-get update && apt-get install --no-install-recommends {names}"
                "\nthen run this again."
            )
        root = ["sudo"]
    say(f"Installing system packages: {names}")
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run([*apt, *command], stdout=sys.stderr, check=False)
        if done.returncode:
            raise SetUpFailed(
                f"`apt-get {command[0]}` failed (see above). Put that right, or install these "
                f"packages another way: {names}"
            )


def is_root() -> bool:
    """Say whether this process may install system packages."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def prepare_system() -> None:
    """Install the system libraries that are missing. On Windows and macOS there are none to add.

    Raises:
        SetUpFailed: they are missing and cannot be installed from here.
    """
    if not sys.platform.startswith("linux"):
        return
    packages = missing_packages(os.environ)
    if packages:
        install_packages(packages)


# --- the environment in .venv -----------------------------------------------------------------


def script_folder(venv: Path) -> Path:
    """Give the folder of an environment that holds its programs."""
    return venv / ("Scripts" if os.name == "nt" else "bin")


def venv_python(venv: Path) -> Path:
    """Give the Python of an environment."""
    return script_folder(venv) / ("python.exe" if os.name == "nt" else "python")


def stamp_of(inputs: Iterable[bytes]) -> str:
    """Give one hash over everything an installation depends on, in hexadecimal."""
    digest = hashlib.sha256()
    for one in inputs:
        digest.update(hashlib.sha256(one).digest())
    return digest.hexdigest()


def current_stamp(kind: str) -> str:
    """Give the stamp of an up-to-date installation.

    Args:
        kind: ``runtime`` or ``develop``, the name of a lock file.
    """
    return stamp_of(
        [
            (LOCKS / f"{kind}.txt").read_bytes(),
            (PROJECT / "pyproject.toml").read_bytes(),
            str(PROJECT).encode(),  # an environment does not survive being moved
            "{}.{}".format(*sys.version_info[:2]).encode(),
        ]
    )


def is_installed(kind: str, venv: Path) -> bool:
    """Say whether an environment holds what a lock file asks for. ``develop`` holds ``runtime``."""
    if not venv_python(venv).exists():
        return False
    for one in dict.fromkeys((kind, "develop")):
        stamp = venv / f".redactor-{one}"
        if stamp.exists() and stamp.read_text(encoding="ascii") == current_stamp(one):
            return True
    return False


def install(kind: str, venv: Path) -> None:
    """Bring an environment up to date; do nothing where it is already.

    Raises:
        SetUpFailed: a step failed. The stamp is written last, so the next call starts over.
    """
    if is_installed(kind, venv):
        return
    python = venv_python(venv)
    probe = f"import pip, sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]})"
    if not (python.exists() and _runs([str(python), "-c", probe])):
        say(f"Making an environment in {venv}")
        _must([sys.executable, "-m", "venv", "--clear", str(venv)], "making the environment")
    for old in venv.glob(".redactor-*"):
        old.unlink()
    pip = [str(python), "-m", "pip", "install", "--quiet", "--no-input"]
    pip.append("--disable-pip-version-check")
    say(f"Installing the {kind} packages (once; some 300 MB are fetched)")
    lock = str(LOCKS / f"{kind}.txt")
    _must(
        [*pip, "--require-hashes", "--only-binary", ":all:", "--requirement", lock],
        "installing the packages",
    )
    # By a path in a file: the other way is a finder that every process, each worker too, imports.
    by_path = ["--config-settings", "editable_mode=compat"]
    project = ["--no-deps", "--no-build-isolation", *by_path, "--editable", str(PROJECT)]
    _must([*pip, *project], "installing the project")
    (venv / f".redactor-{kind}").write_text(current_stamp(kind), encoding="ascii")


def _must(command: Sequence[str], what: str) -> None:
    done = subprocess.run(command, stdout=sys.stderr, check=False)
    if done.returncode:
        raise SetUpFailed(
            f"Set-up failed while {what} (see above). Installing needs a network, or a mirror "
            "named in pip's own settings. Put that right and run the same command again."
        )


# --- the commands -----------------------------------------------------------------------------


def silencer() -> tuple[str, ...]:
    """Give the words to put before a command so that it has no network; none if there is no way."""
    if not sys.platform.startswith("linux") or shutil.which("unshare") is None:
        return ()
    for words in SILENCERS:
        if _runs([*words, sys.executable, "-c", _PROBE]):
            return words
    return ()


def check_steps(
    venv: Path, arguments: Sequence[str], quiet: Sequence[str]
) -> list[tuple[str, list[str]]]:
    """Give the steps of the test command, each a name and a command.

    Args:
        venv: the environment.
        arguments: handed on to pytest.
        quiet: the words that take the network away.
    """
    python = str(venv_python(venv))
    imports = script_folder(venv) / ("lint-imports.exe" if os.name == "nt" else "lint-imports")
    return [
        ("ruff: rules", [python, "-m", "ruff", "check", "."]),
        ("ruff: layout", [python, "-m", "ruff", "format", "--check", "."]),
        ("mypy: types", [python, "-m", "mypy"]),
        ("import-linter: who may import whom", [str(imports)]),
        ("pytest", [*quiet, python, "-m", "pytest", "-n", "2", "--dist", "worksteal", *arguments]),
    ]


def run_tests(venv: Path, arguments: Sequence[str]) -> int:
    """Run every check and test, stopping at the first that fails. Give the exit code."""
    quiet = silencer()
    steps = check_steps(venv, arguments, quiet)
    for number, (name, command) in enumerate(steps, 1):
        note = ""
        if name == "pytest":
            note = " (without a network)" if quiet else " (the network could not be taken away)"
        say(f"\n[{number}/{len(steps)}] {name}{note}")
        done = subprocess.run(command, cwd=PROJECT, env=checking_environment(), check=False)
        if done.returncode:
            say(f"\nFAILED: {name} (exit code {done.returncode})")
            return done.returncode
    say("\nAll checks and tests passed.")
    return 0


def checking_environment() -> dict[str, str]:
    """Give the environment of the tests: no screen, and nothing from outside the project."""
    outside = {"PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE"}  # the last: twice the time
    environment = {k: v for k, v in os.environ.items() if k not in outside}
    environment["QT_QPA_PLATFORM"] = "offscreen"
    environment["PYTHONUTF8"] = "1"
    return environment


def main(arguments: Sequence[str]) -> int:
    """Set up what is missing and run a command. Give its exit code."""
    if not arguments or arguments[0] not in {"demo", "test", "run"}:
        print(USAGE, end="")
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    command, rest = arguments[0], list(arguments[1:])
    try:
        python = find_python()
        if not is_supported(sys.version_info[:2]):
            return subprocess.run([*python, __file__, *arguments], check=False).returncode
        prepare_system()
        install("develop" if command == "test" else "runtime", VENV)
    except SetUpFailed as failure:
        say(f"redactor: {failure}")
        return 1
    if command == "test":
        return run_tests(VENV, rest)
    words = ["demo", *rest] if command == "demo" else rest
    return subprocess.run(
        [str(venv_python(VENV)), "-m", "redactor", *words], check=False
    ).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
