"""What a script asks of its surroundings shows in the digests of what it read when that changes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from deckwright.execute.inputs import module_texts, read_inputs, regional_inputs
from deckwright.files.disk import Disk
from deckwright.model import MADE_FILE, Job, Options
from support.recorded import SCRIPT, Course

SEEN = {
    "glob of a literal last part": ("import glob; glob.glob('../data/*/late.csv')", "touch v2/late.csv"),
    "glob of a literal path": ("import glob; glob.glob('../data/late.csv')", "touch late.csv"),
    "lexists": ("import os; os.path.lexists('../data/late')", "ln -s nowhere late"),
    "lexists of a file": ("import os; os.path.lexists('../data/a.csv')", "rm a.csv"),
    "islink": ("import os; os.path.islink('../data/a.csv')", "rm a.csv; ln -s v1/a.csv a.csv"),
    "is_symlink": (
        "import pathlib; pathlib.Path('../data/current').is_symlink()",
        "rm current; cp -r v1 current",
    ),
    "realpath": ("import os; os.path.realpath('../data/current/a.csv')", "ln -sfn v2 current"),
    "resolve": ("import pathlib; pathlib.Path('../data/link.csv').resolve()", "ln -sf v1/a.csv link.csv"),
    "readlink": ("import os; os.readlink('../data/current')", "ln -sfn v2 current"),
    "pathlib's readlink": (
        "import pathlib; pathlib.Path('../data/current').readlink()",
        "ln -sfn v2 current",
    ),
    "lstat": ("import os; os.lstat('../data/a.csv').st_size", "echo 2 >> a.csv"),
    "access": ("import os; os.access('../data/late.csv', os.R_OK)", "touch late.csv"),
    "isdir": ("import os; os.path.isdir('../data/v1')", "rm -r v1"),
    "is_dir": ("import pathlib; pathlib.Path('../data/v1').is_dir()", "rm -r v1; touch v1"),
    "exists": ("import os; os.path.exists('../data/v1')", "mv v1 v3"),
    "listdir of a descriptor": ("import os; os.listdir(os.open('../data', os.O_RDONLY))", "touch late.csv"),
    "scandir of a descriptor": (
        "import os; [*os.scandir(os.open('../data', os.O_RDONLY))]",
        "touch late.csv",
    ),
    "fwalk": ("import os; [*os.fwalk('../data')]", "touch v2/late.csv"),
    "open below a folder": (
        "import os; os.open('a.csv', os.O_RDONLY, dir_fd=os.open('../data', os.O_RDONLY))",
        "echo 2 > a.csv",
    ),
    "stat below a folder": (
        "import os; os.stat('a.csv', dir_fd=os.open('../data', os.O_RDONLY)).st_size",
        "echo 2 >> a.csv",
    ),
    "sizes through scandir": (
        "import os; [entry.stat().st_size for entry in os.scandir('../data')]",
        "echo 2 >> a.csv",
    ),
    "sizes through scandir in a function": (
        "import os\ndef sizes(folder):\n    with os.scandir(folder) as entries:\n"
        "        return {entry.name: entry.stat().st_size for entry in entries}\nsizes('../data/v1')",
        "echo 2 >> v1/a.csv",
    ),
    "an address of SQLite": (
        "import sqlite3\nopen('../data/t.db')\n"
        "sqlite3.connect('file:../data/t.db?mode=ro', uri=True).execute('select * from t')",
        "echo 2 >> t.db",
    ),
    "an address of SQLite with %": (
        "import os, sqlite3\nfolder = os.path.abspath('../data')\n"
        "sqlite3.connect(f'file://{folder}/t%2Edb?immutable=1', uri=True)",
        "echo 2 >> t.db",
    ),
    "a database that is not there": (
        "import sqlite3\ntry:\n    sqlite3.connect('file:../data/late.db?mode=ro', uri=True)\n"
        "except sqlite3.OperationalError:\n    pass",
        "touch late.db",
    ),
}


@pytest.mark.parametrize("name", SEEN)
def test_a_change_that_a_script_would_see(tmp_path: Path, name: str, recorder: str) -> None:
    code, command = SEEN[name]
    course = Course(tmp_path, code)
    make = "import sqlite3; c = sqlite3.connect('t.db'); c.execute('create table t (x)'); c.close()"
    subprocess.run([sys.executable, "-c", make], cwd=course.root / "data", check=True)
    inputs = course.run(recorder)
    before = course.digests(inputs)
    disk = Disk(course.root)
    assert all(stamp in (None, disk.stamp(path)) for path, stamp in inputs.reads.items() if disk.stamp(path))
    course.change(command)
    assert course.digests(inputs) != before


@pytest.mark.parametrize(
    ("code", "command"),
    [
        ("import os; os.path.isdir('../data/v1')", "touch v1/late.csv"),
        ("import os; os.path.islink('../data/current')", "touch v1/late.csv"),
        ("import os; [*os.scandir('../data')]", "touch v1/late.csv"),
        ("import os; os.makedirs('../data/v1', exist_ok=True)", "rm -r v1"),
        ("import pathlib; pathlib.Path('../data/v1').mkdir(exist_ok=True)", "rm -r v1"),
        ("import shutil; shutil.rmtree('../data/v1')", "mkdir v1; touch v1/late.csv"),
        ("import os; os.path.lexists('../data/o') or open('../data/o', 'w')", "rm o"),
    ],
)
def test_a_change_that_a_script_would_not_see(tmp_path: Path, code: str, command: str, recorder: str) -> None:
    course = Course(tmp_path, code)
    inputs = course.run(recorder)
    before = {
        path: digest for path, digest in course.digests(inputs).items() if inputs.reads[path] != MADE_FILE
    }
    course.change(command)
    after = {path: digest for path, digest in course.digests(inputs).items() if path in before}
    assert after == before


def test_events_tell_the_size_of_a_file_from_where_it_is(tmp_path: Path) -> None:
    """The kernel does not: `realpath` calls `lstat`, which shows both."""
    course = Course(tmp_path, "import os; os.path.realpath('../data/a.csv')")
    inputs = course.run("hooks")
    before = course.digests(inputs)
    course.change("echo 2 >> a.csv")
    assert course.digests(inputs) == before


@pytest.mark.parametrize(
    ("code", "variables"),
    [
        ("import os; os.path.expandvars('$DATA/x')", {"$DATA"}),
        ("import os; os.path.expanduser('~/x')", {"$HOME"}),
        ("import pathlib; pathlib.Path.home()", {"$HOME"}),
        ("import pathlib; pathlib.Path('~').expanduser()", {"$HOME"}),
        ("import shutil; shutil.which('nothing-like-this')", {"$PATH"}),
        ("import getpass; getpass.getuser()", {"$LOGNAME"}),
        ("import subprocess; subprocess.run(['true'])", {"$PATH"}),
        ("import tempfile; tempfile.gettempdir()", set()),
        ("import os, subprocess, sys; subprocess.run([sys.executable, '-c', 'pass'], env=os.environ)", set()),
    ],
)
def test_variables_that_the_standard_library_reads_for_a_script(
    tmp_path: Path, code: str, variables: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "me")
    assert {path for path in Course(tmp_path, code).run().reads if path.startswith("$")} == variables


@pytest.mark.parametrize(
    ("code", "reads"),
    [
        ("from time import localtime", {"$TZ", "/etc/localtime"}),
        ("import datetime\nprint(datetime.datetime.now().hour)", {"$TZ", "/etc/localtime"}),
        ("import pandas\nprint(pandas.Timestamp(0).timestamp())", {"$TZ", "/etc/localtime"}),
        ("import locale\nlocale.setlocale(locale.LC_ALL, '')", {"$LANG", "$LANGUAGE", "$LC_ALL", "$LC_TIME"}),
        ("import time\ntime.perf_counter()", set()),
    ],
)
def test_time_zone_and_locale(tmp_path: Path, code: str, reads: set[str]) -> None:
    job = Job(SCRIPT, code, (), (), Options(), "cpu")
    inputs = read_inputs(tmp_path, tmp_path, SCRIPT)
    found = regional_inputs(job, module_texts(inputs, tmp_path))
    assert reads <= found.keys()
    assert bool(found) is bool(reads)


def test_the_time_zone_of_a_module(tmp_path: Path) -> None:
    course = Course(tmp_path, "import mine")
    (course.root / "snippets/mine.py").write_text("import time\nhour = time.localtime().tm_hour\n")
    job = Job(SCRIPT, course.code, (), (), Options(), "cpu")
    assert "$TZ" in regional_inputs(job, module_texts(course.run(), course.root))
