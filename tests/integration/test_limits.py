"""Real scripts that take or leave too much, or remove what they run in: each is named, and the others run."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from deckwright.execute.workers import Workers
from deckwright.model import Failure, FailureKind
from integration.test_execute import make_job, run_all
from integration.test_workers import GATE, pids

pytestmark = pytest.mark.integration

SCRATCH = "import os, shutil\nscratch = os.environ['DECKWRIGHT_SCRATCH']\n"
REMOVED = Failure(FailureKind.REMOVED, "its files below build/.scratch were removed while it ran")


@pytest.mark.parametrize(
    "text",
    [
        "shutil.rmtree(scratch)",
        "os.chdir(scratch); [os.unlink(name) for name in os.listdir()]",
        "os.unlink(scratch + '/journal.jsonl')",
        "shutil.rmtree(os.path.dirname(scratch))",
        "shutil.rmtree(scratch)\nwhile True: pass",
    ],
)
def test_a_script_that_removes_its_files_has_no_result_and_harms_no_other(tmp_path: Path, text: str) -> None:
    good = make_job(tmp_path, "snippets/good.py", "print('good')")
    bad = make_job(tmp_path, "snippets/bad.py", f"{SCRATCH}print(1)\n{text}\n", timeout_seconds=20)
    results = run_all(tmp_path, bad, good, at_a_time=1)
    assert results[bad.id].failure == REMOVED
    assert results[good.id].failure is None
    assert results[good.id].outputs[0].printed("stdout") == "good\n"


@pytest.mark.parametrize("folder", ["build/scratch", "build"])
def test_a_run_whose_files_are_removed_from_outside_runs_again(tmp_path: Path, folder: str) -> None:
    def remove() -> None:
        pids(tmp_path, "a.py")
        shutil.rmtree(tmp_path / folder, ignore_errors=True)
        (tmp_path / "gate").touch()

    thread = threading.Thread(target=remove)
    thread.start()
    result = run_all(tmp_path, make_job(tmp_path, "a.py", GATE))["a.py"]
    thread.join()
    assert (result.failure, result.outputs[-1].printed("stdout")) == (None, "through\n")


def test_a_new_run_needs_no_folder_of_the_last_one(tmp_path: Path) -> None:
    with Workers(tmp_path, jobs=1, scratch=tmp_path / "build/scratch") as workers:
        for text in ("print(1)", "print(2)"):
            (result,) = workers.run([make_job(tmp_path, "a.py", text)])
            assert result.failure is None
            shutil.rmtree(tmp_path / "build")
