"""The kernel as recorder of what scripts read: libraries in C++, workers, and a recorder that dies."""

from __future__ import annotations

import os
import pickle
import select
import socket
import struct
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil
import pytest

from deckwright.child.recording.recorder import report_to
from deckwright.child.recording.seccomp import Listener, refusal
from deckwright.execute.workers import Workers
from deckwright.files.disk import Disk
from deckwright.model import Result
from integration.test_execute import make_job, run_one
from integration.test_workers import wait_until
from support.processes import is_alive

pytestmark = [pytest.mark.integration, pytest.mark.skipif(bool(refusal()), reason=refusal())]

MADE_BEFORE = """
import numpy, torch
numpy.save("a.npy", numpy.ones(3))
torch.save({"x": torch.ones(3)}, "a.pt")
torch.jit.script(torch.nn.Linear(2, 2)).save("a.jit")
torch.ones(3).numpy().tofile("a.bin")
"""

READERS = {
    "torch.load": "import torch; torch.load('../a.pt')",
    "mmap": "import torch; torch.load('../a.pt', mmap=True)",
    "torch.jit": "import torch; torch.jit.load('../a.jit')",
    "torch.from_file": "import torch; torch.from_file('../a.bin', size=3)",
    "memmap": "import numpy; numpy.memmap('../a.bin', dtype='float32', mode='r')",
    "mmap_mode": "import numpy; numpy.load('../a.npy', mmap_mode='r')",
    "fromfile": "import numpy; numpy.fromfile('../a.bin')",
}

IN_WORKERS = """
import torch, sys
from torch.utils.data import DataLoader, Dataset

class Files(Dataset):
    def __len__(self):
        return 2
    def __getitem__(self, index):
        return torch.from_file("../a.bin", size=3)

if __name__ == "__main__":
    print(len(list(DataLoader(Files(), num_workers=2, multiprocessing_context=METHOD))))
"""

UNDER_TORCHRUN = """
import subprocess, sys
code = "import ctypes; ctypes.CDLL(None).fopen(b'../a.bin', b'r')"
open("ranked.py", "w").write(code)
command = [sys.executable, "-m", "torch.distributed.run", "--nproc-per-node=2", "--standalone", "ranked.py"]
subprocess.run(command, check=True)
"""


@pytest.fixture(autouse=True)
def kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DECKWRIGHT_RECORDER", "kernel")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    subprocess.run([sys.executable, "-c", MADE_BEFORE], cwd=folder, check=True)
    return folder


def reads_all_of(result: Result, root: Path) -> bool:
    """Whether a run that went well read every file that was there before it as it was."""
    disk = Disk(root)
    names = [path.name for path in root.glob("a.*")]
    return (
        result.failure is None and result.by_kernel and all(result.reads[n] == disk.stamp(n) for n in names)
    )


def with_file(root: Path, files: Path, name: str) -> None:
    (root / name).write_bytes((files / name).read_bytes())


@pytest.mark.parametrize("name", READERS)
def test_files_that_libraries_read_in_other_languages(tmp_path: Path, files: Path, name: str) -> None:
    script = READERS[name]
    with_file(tmp_path, files, script.partition("../")[2].partition("'")[0])
    assert reads_all_of(run_one(tmp_path, script), tmp_path)


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_files_that_workers_read(tmp_path: Path, files: Path, method: str) -> None:
    with_file(tmp_path, files, "a.bin")
    result = run_one(tmp_path, IN_WORKERS.replace("METHOD", repr(method)))
    assert reads_all_of(result, tmp_path)
    assert result.text == ""  # a worker imports the script, which shows nothing of its comments


def test_files_that_the_processes_of_torchrun_read(tmp_path: Path, files: Path) -> None:
    with_file(tmp_path, files, "a.bin")
    assert reads_all_of(run_one(tmp_path, UNDER_TORCHRUN), tmp_path)


def test_a_comment_counts_only_if_the_script_looks_at_its_size(tmp_path: Path) -> None:
    looks = {
        "import os; os.path.getsize(__file__)": True,
        "from pathlib import Path; Path(__file__).stat().st_size": True,
        "import subprocess; subprocess.run(['wc', 'x.py'])": True,
        "from pathlib import Path; Path(__file__).resolve()": False,
        "import os; os.path.exists(__file__)": False,
        "import torch; torch.manual_seed(1)": False,
    }
    counts = {}
    for look in looks:
        result = run_one(tmp_path, look)
        counts[look] = bool(result.text) or "snippets/x.py" in result.reads
    assert counts == looks


def recorder_of() -> psutil.Process:
    """Return the process that records for the workers of this process, once there is one."""
    found: list[psutil.Process] = []

    def look() -> bool:
        found[:] = [each for each in psutil.Process().children() if "serve" in each.cmdline()]
        return bool(found)

    wait_until(look)
    return found[0]


def test_jobs_run_again_under_hooks_where_the_recorder_dies(tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("1")
    wait = f"import os, time\nwhile os.access({str(tmp_path / 'wait')!r}, 0):\n    time.sleep(0.01)\n"
    (tmp_path / "wait").touch()
    jobs = [make_job(tmp_path, f"{name}.py", f"{wait}x = open('data.csv').read()\n") for name in "ab"]

    def kill() -> None:
        recorder = recorder_of()
        wait_until(lambda: len(recorder.children(recursive=True)) > 1)
        time.sleep(0.2)
        recorder.kill()
        (tmp_path / "wait").unlink()

    killer = threading.Thread(target=kill)
    killer.start()
    with Workers(tmp_path, jobs=2, scratch=tmp_path / "build/scratch") as workers:
        results = list(workers.run(jobs))
        killer.join()
        assert [(each.failure, each.values, each.by_kernel) for each in results] == [
            (None, {"x": "1"}, False)
        ] * 2
        (again,) = workers.run(jobs[:1])
        assert again.by_kernel


def test_nothing_outlives_the_tool(tmp_path: Path) -> None:
    """Neither what jobs left in sessions of their own, nor the recorder that would let their calls go on."""
    job = make_job(
        tmp_path,
        "a.py",
        "import subprocess, time\n"
        "subprocess.Popen(['sleep', '600'], start_new_session=True)\n"
        "time.sleep(600)\n",
    )
    program = f"""
import pickle, sys
from pathlib import Path
from deckwright.execute.workers import Workers
job = pickle.loads({pickle.dumps(job)!r})
root = Path({str(tmp_path)!r})
with Workers(root, jobs=1, scratch=root / "scratch") as workers:
    list(workers.run([job]))
"""
    parent = subprocess.Popen([sys.executable, "-c", program], env={**os.environ})
    below: list[psutil.Process] = []

    def sleeps() -> bool:
        below[:] = psutil.Process(parent.pid).children(recursive=True)
        return any(each.name() == "sleep" for each in below)

    wait_until(sleeps)
    parent.kill()
    parent.wait()
    wait_until(lambda: not any(is_alive(each.pid) for each in below))


def test_a_job_begins_when_the_recorder_has_it(tmp_path: Path) -> None:
    listeners, of_jobs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with listeners, of_jobs:
        job = os.fork()
        if job == 0:
            paths = (str(tmp_path), str(tmp_path), "a.py")
            os._exit(not report_to(of_jobs.fileno(), *paths, processes=9, threads=9))
        _, ((_, _, packed),), _, _ = listeners.recvmsg(65536, socket.CMSG_SPACE(4))
    (descriptor,) = struct.unpack("i", packed)
    listener = Listener(descriptor)
    assert select.select([descriptor], [], [], 60)[0], "it makes a call that the recorder has to answer"
    assert os.waitpid(job, os.WNOHANG) == (0, 0)
    report = listener.receive()
    assert report is not None
    listener.let_go_on(report)
    assert os.waitpid(job, 0)[1] == 0
    os.close(descriptor)
