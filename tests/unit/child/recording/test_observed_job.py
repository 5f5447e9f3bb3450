"""What the kernel reports, and Python's events do not show: other programs, other languages, other ways."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from deckwright.child.recording.seccomp import refusal
from deckwright.execute.inputs import Inputs
from deckwright.files.disk import Disk, syntax_of
from deckwright.model import MADE_FILE
from support.recorded import Course

pytestmark = pytest.mark.skipif(bool(refusal()), reason=refusal())


def shell(command: str) -> str:
    return f"import subprocess; subprocess.run(['sh', '-c', {command!r}])"


def c_call(call: str) -> str:
    return f"import ctypes, os; c = ctypes.CDLL(None, use_errno=True); {call}"


SEEN = {
    "cat": (shell("cat ../data/a.csv"), "echo 2 > a.csv"),
    "cat of what is not there": (shell("cat ../data/late.csv"), "touch late.csv"),
    "a shell's test": (shell("[ -e ../data/late.csv ]"), "touch late.csv"),
    "a shell's glob": (shell("echo ../data/*.csv"), "touch late.csv"),
    "ls -a": (shell("ls -a ../data"), "touch .hidden"),
    "ls -l": (shell("ls -l ../data/"), "echo 2 >> a.csv"),
    "wc in another folder": (shell("cd ../data && wc v1/a.csv"), "echo 2 >> v1/a.csv"),
    "readlink": (shell("readlink ../data/current"), "ln -sfn v2 current"),
    "a program of the project": (shell("sh -c ../data/tool.sh"), "echo 'echo 2' >> tool.sh"),
    "a folder that is entered through a link": (shell("cd ../data/current; cat a.csv"), "ln -sfn v2 current"),
    "grep": (shell("grep -r 1 ../data"), "echo 2 > v2/b.csv"),
    "awk": (shell("awk '{print $1}' ../data/a.csv"), "echo 2 > a.csv"),
    "perl": (shell("perl -e 'open(F, \"../data/a.csv\"); print <F>'"), "echo 2 > a.csv"),
    "node": (shell("node -e \"require('fs').readFileSync('../data/a.csv')\""), "echo 2 > a.csv"),
    "node's folder": (shell("node -e \"require('fs').readdirSync('../data')\""), "touch late.csv"),
    "Python without our code": (
        "import subprocess, sys; subprocess.run([sys.executable, '-I', '-c', 'open(\"../data/a.csv\")'])",
        "echo 2 > a.csv",
    ),
    "Python with another environment": (
        "import subprocess, sys; subprocess.run([sys.executable, '-c', 'open(\"../data/a.csv\")'], env={})",
        "echo 2 > a.csv",
    ),
    "SQLite's ATTACH": (
        "import sqlite3\nsqlite3.connect(':memory:').execute(\"attach '../data/t.db' as t\")"
        ".execute('select * from t.t')",
        "echo 2 >> t.db",
    ),
    "sqlite3": (shell("sqlite3 ../data/t.db .dump"), "echo 2 >> t.db"),
    "fopen": (c_call("c.fopen(b'../data/a.csv', b'r')"), "echo 2 > a.csv"),
    "access": (c_call("c.access(b'../data/late.csv', 0)"), "touch late.csv"),
    "stat": (c_call("c.syscall(332, -100, b'../data/a.csv', 0, 0xfff, bytes(256))"), "echo 2 >> a.csv"),
    "openat2": (c_call("c.syscall(437, -100, b'../data/a.csv', bytes(24), 24)"), "echo 2 > a.csv"),
    "O_PATH": ("import os; os.open('../data/late', os.O_PATH)", "touch late"),
    "a folder of /proc": ("open('/proc/self/cwd/../data/a.csv')", "echo 2 > a.csv"),
    "a folder of /proc/self/root": (
        "import os; open('/proc/self/root' + os.path.abspath('../data/a.csv'))",
        "echo 2 > a.csv",
    ),
    "out of a link": ("open('../data/current/../a.csv')", "echo 2 > a.csv"),
    "an empty path below a descriptor": (
        "import os; os.stat('a.csv', dir_fd=os.open('../data', os.O_PATH))",
        "echo 2 >> a.csv",
    ),
    "a hard link of a file": ("import os; os.link('../data/a.csv', 'mine'); open('mine')", "echo 2 > a.csv"),
    "a thread": (
        "import threading; t = threading.Thread(target=open, args=['../data/a.csv']); t.start(); t.join()",
        "echo 2 > a.csv",
    ),
    "a process in its own session": (
        "import subprocess; subprocess.run(['cat', '../data/a.csv'], start_new_session=True)",
        "echo 2 > a.csv",
    ),
}


@pytest.mark.parametrize("name", SEEN)
def test_a_change_that_a_script_would_see(tmp_path: Path, name: str) -> None:
    code, command = SEEN[name]
    program = code.partition("'sh', '-c', ")[2].strip("'\"").split(" ")[0]
    if program in ("perl", "node", "sqlite3") and not shutil.which(program):
        pytest.skip(f"{program} is not installed")
    course = Course(tmp_path, code)
    course.change(
        'python3 -c \'import sqlite3; c = sqlite3.connect("t.db"); c.execute("create table t (x)")\''
    )
    course.change("printf '#!/bin/sh\\necho 1\\n' > tool.sh; chmod +x tool.sh")
    inputs = course.run("kernel")
    assert inputs.by_kernel
    before = course.digests(inputs)
    course.change(command)
    assert course.digests(inputs) != before


@pytest.mark.parametrize(
    ("code", "command"),
    [
        (shell("echo 1 > ../data/out; cat ../data/out"), "rm out"),
        (shell("mkdir ../data/out; touch ../data/out/a; ls ../data/out"), "rm -r out"),
        (
            shell("cp ../data/a.csv ../data/b.csv; mv ../data/b.csv ../data/c.csv; cat ../data/c.csv"),
            "rm c.csv",
        ),
        ("open('../data/a.csv', 'w').write('2'); open('../data/a.csv').read()", "echo 3 > a.csv"),
        ("import json, helper", "touch ../snippets/other.txt"),
        ("import helper", "echo '# a comment' >> ../snippets/helper.py"),
        ("import helper, importlib.metadata as m; m.version('pytest')", "touch ../snippets/other.txt"),
        (
            "import multiprocessing\nif __name__ == '__main__':\n"
            "    with multiprocessing.get_context('spawn').Pool(1) as pool: pool.apply(abs, (1,))\n",
            "touch ../snippets/other.txt",
        ),
    ],
)
def test_a_change_that_a_script_would_not_see(tmp_path: Path, code: str, command: str) -> None:
    course = Course(tmp_path, code)
    (course.root / "snippets/helper.py").write_text("x = 1\n")
    inputs = course.run("kernel")
    before = state(course, inputs)
    course.change(command)
    assert state(course, inputs) == before


def test_a_job_whose_folder_is_gone_goes_on(tmp_path: Path) -> None:
    """Then nothing says what it read; but the other jobs need the recorder."""
    course = Course(tmp_path, "open('../data/a.csv')")
    course.scratch.rmdir()
    inputs = course.run("kernel")
    assert (inputs.reads, inputs.by_kernel) == ({}, False)


def state(course: Course, inputs: Inputs) -> Mapping[str, str]:
    """Return the digests of what a run read, except of what it made itself."""
    disk = Disk(course.root)
    reads = (path for path, stamp in inputs.reads.items() if stamp != MADE_FILE)
    return {path: syntax_of(disk, path) if path in inputs.modules else disk.digest(path) for path in reads}
