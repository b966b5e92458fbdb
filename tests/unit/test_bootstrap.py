from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from redactor import bootstrap
from redactor.bootstrap import LIBRARIES, LOCKS, PROJECT, SCREEN_LIBRARIES

SCRIPT = PROJECT / "redactor" / "bootstrap.py"


def start(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the script with a Python that sees no installed package."""
    command = [sys.executable, "-S", "-E", str(SCRIPT), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


# --- the right Python -------------------------------------------------------------------------


@pytest.mark.parametrize("version", [(3, 11), (3, 12)])
def test_the_two_supported_versions_are_accepted(version: tuple[int, int]) -> None:
    assert bootstrap.is_supported(version)


@pytest.mark.parametrize("version", [(2, 7), (3, 10), (3, 13), (4, 11)])
def test_any_other_version_is_refused(version: tuple[int, int]) -> None:
    assert not bootstrap.is_supported(version)


def test_the_supported_versions_are_those_that_the_project_declares() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["requires-python"] == ">=3.11,<3.13"
    assert bootstrap.SUPPORTED == ((3, 11), (3, 12))


def test_the_running_python_is_used_where_it_will_do() -> None:
    assert bootstrap.find_python() == [sys.executable]


# --- running as a file ------------------------------------------------------------------------


def test_it_needs_nothing_but_the_standard_library() -> None:
    done = start("--help")
    assert done.returncode == 0
    assert "  demo " in done.stdout
    assert done.stderr == ""


def test_no_command_is_wrong_usage() -> None:
    done = start()
    assert done.returncode == 2
    assert "usage:" in done.stdout


def test_an_unknown_command_is_wrong_usage_and_installs_nothing() -> None:
    done = start("destroy")
    assert done.returncode == 2
    assert "Installing" not in done.stderr


def test_a_module_beside_it_does_not_stand_in_for_the_standard_library(tmp_path: Path) -> None:
    copy = tmp_path / "redactor" / "bootstrap.py"
    copy.parent.mkdir()
    copy.write_bytes(SCRIPT.read_bytes())
    (copy.parent / "hashlib.py").write_text("raise SystemExit('shadowed')\n", encoding="ascii")
    command = [sys.executable, "-S", str(copy), "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


# --- what the system must have ----------------------------------------------------------------


def test_nothing_is_missing_where_every_library_loads() -> None:
    assert bootstrap.missing_packages({}, lambda _: True, has_ensurepip=True) == []


def test_only_the_package_of_a_missing_library_is_asked_for() -> None:
    packages = bootstrap.missing_packages({}, lambda one: one != "libEGL.so.1", has_ensurepip=True)
    assert packages == ["libegl1"]


def test_a_bare_machine_without_a_screen_needs_six_packages_and_venv() -> None:
    packages = bootstrap.missing_packages({}, lambda _: False, has_ensurepip=False)
    venv = "python{}.{}-venv".format(*sys.version_info)
    assert packages == [*LIBRARIES.values(), venv]


@pytest.mark.parametrize("variable", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_a_screen_asks_for_its_libraries_too(variable: str) -> None:
    packages = bootstrap.missing_packages({variable: ":0"}, lambda _: False, has_ensurepip=True)
    assert packages == [*LIBRARIES.values(), *SCREEN_LIBRARIES.values()]


def test_a_library_that_is_not_there_cannot_be_loaded() -> None:
    assert not bootstrap.can_load("libthere-is-no-such-thing.so.7")


def test_where_there_is_no_apt_the_missing_packages_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(bootstrap.SetUpFailed, match="libegl1 libgl1"):
        bootstrap.install_packages(["libegl1", "libgl1"])


@pytest.mark.skipif(os.name == "nt", reason="apt-get is a program of Linux")
def test_without_a_way_to_become_root_the_command_for_root_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called = tmp_path / "called"
    program = tmp_path / "apt-get"
    program.write_text(f"#!/bin/sh\ntouch {called}\n", encoding="ascii")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(bootstrap, "is_root", lambda: False)
    with pytest.raises(
        bootstrap.SetUpFailed, match=r"Run as root:\n  apt-get update && .* libegl1"
    ):
        bootstrap.install_packages(["libegl1"])
    assert not called.exists()


# --- the environment --------------------------------------------------------------------------


def test_a_stamp_changes_with_any_input_and_with_their_borders() -> None:
    stamps = {
        bootstrap.stamp_of(one)
        for one in ([b"a", b"b"], [b"b", b"a"], [b"ab"], [b"ab", b""], [b"a", b"c"])
    }
    assert len(stamps) == 5


@pytest.fixture(scope="module")
def empty_venv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    venv = tmp_path_factory.mktemp("venv") / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    return venv


@pytest.fixture
def venv(empty_venv: Path) -> Path:
    for stamp in empty_venv.glob(".redactor-*"):
        stamp.unlink()
    return empty_venv


def stamp(venv: Path, kind: str, text: str | None = None) -> None:
    """Mark an environment as installed, as the last step of an installation does."""
    text = bootstrap.current_stamp(kind) if text is None else text
    (venv / f".redactor-{kind}").write_text(text, encoding="ascii")


def test_the_python_of_a_real_environment_is_found(venv: Path) -> None:
    assert bootstrap.venv_python(venv).exists()


def test_an_environment_without_a_stamp_is_not_installed(venv: Path) -> None:
    assert not bootstrap.is_installed("runtime", venv)


def test_an_environment_with_the_current_stamp_is_installed(venv: Path) -> None:
    stamp(venv, "runtime")
    assert bootstrap.is_installed("runtime", venv)
    assert not bootstrap.is_installed("develop", venv)


def test_the_development_environment_serves_for_running_too(venv: Path) -> None:
    stamp(venv, "develop")
    assert bootstrap.is_installed("runtime", venv)
    assert bootstrap.is_installed("develop", venv)


def test_a_stamp_of_another_lock_means_installing_again(venv: Path) -> None:
    stamp(venv, "develop", bootstrap.stamp_of([b"yesterday's lock"]))
    assert not bootstrap.is_installed("develop", venv)


def test_a_stamp_without_a_python_means_installing_again(tmp_path: Path) -> None:
    stamp(tmp_path, "runtime")
    assert not bootstrap.is_installed("runtime", tmp_path)


# --- the lock files ---------------------------------------------------------------------------


def pins(kind: str) -> dict[str, str]:
    """Read the pinned versions of a lock file."""
    text = (LOCKS / f"{kind}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", text, re.MULTILINE))


def blocks(kind: str) -> list[str]:
    text = (LOCKS / f"{kind}.txt").read_text(encoding="utf-8")
    return [one for one in re.split(r"^(?=\S)", text, flags=re.MULTILINE) if one.strip()]


@pytest.mark.parametrize("kind", ["runtime", "develop"])
def test_every_locked_package_has_one_version_and_a_hash(kind: str) -> None:
    assert len(blocks(kind)) == len(pins(kind)) > 50
    for block in blocks(kind):
        assert re.match(r"[a-z0-9._-]+==[^\s;]+( ;.*)? \\\n", block), block.split(" ")[0]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block.split(" ")[0]


@pytest.mark.parametrize("kind", ["runtime", "develop"])
def test_a_lock_names_no_index(kind: str) -> None:
    text = (LOCKS / f"{kind}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert "index-url" not in text


def test_development_holds_the_same_versions_as_running() -> None:
    assert pins("runtime").items() <= pins("develop").items()


def test_the_locks_hold_what_the_project_pins() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    def declared(requirements: list[str]) -> set[tuple[str, str]]:
        pairs = (one.split("==") for one in requirements)
        return {(re.sub(r"[-_.]+", "-", name).lower(), version) for name, version in pairs}

    assert declared(project["dependencies"]) <= pins("runtime").items()
    assert declared(project["optional-dependencies"]["develop"]) <= pins("develop").items()


# --- the test command -------------------------------------------------------------------------


def test_the_test_command_checks_everything_and_ends_with_the_tests() -> None:
    steps = bootstrap.check_steps(Path("v"), ["tests/unit"], ["unshare", "--net"])
    assert [name.split(":")[0] for name, _ in steps] == [
        "ruff",
        "ruff",
        "mypy",
        "import-linter",
        "pytest",
    ]
    command = steps[-1][1]
    assert command[:2] == ["unshare", "--net"]
    assert command[-1] == "tests/unit"
    assert all("unshare" not in command for _, command in steps[:-1])


def test_the_tests_run_without_a_screen() -> None:
    assert bootstrap.checking_environment()["QT_QPA_PLATFORM"] == "offscreen"


def test_silenced_commands_have_no_network() -> None:
    words = bootstrap.silencer()
    if not words:
        pytest.skip("there is no way here to take the network away")
    routes = "print(len(open('/proc/net/route').readlines()))"
    command = [*words, sys.executable, "-c", routes]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert int(done.stdout) <= 1  # nothing, or the heading alone


def test_continuous_integration_runs_the_command_of_the_readme() -> None:
    command = "python3 redactor/bootstrap.py test"
    assert f"`{command}`" in (PROJECT / "README.md").read_text(encoding="utf-8")
    script = (PROJECT / ".ci" / "run").read_text(encoding="utf-8")
    assert f"\nexec {command}\n" in script
