"""Real scripts that take or leave too much, or remove what they run in: each is named, and the others run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from deckwright.execute.workers import Workers
from deckwright.files.codec import encode
from deckwright.model import Failure, FailureKind, Figure
from integration.test_execute import make_job, run_all, run_one
from integration.test_workers import GATE, pids

TESTS = Path(__file__).parents[1]

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


PNG = rb"b'\x89PNG\r\n\x1a\n'".decode()
FIGURE = "import matplotlib.pyplot as plt\n"
IMAGE = "import io\nfrom PIL import Image\n"


@pytest.mark.parametrize(
    ("text", "suffix", "words"),
    [
        (f"{FIGURE}plt.figure(figsize=(500, 500))", "png", "100,000 x 100,000 pixels, more than 100,000,000"),
        (f"{FIGURE}plt.figure(figsize=(1500, 50))\nplt.plot([1])", "svg", "144,000 x 4,800 pixels"),
        (f"{FIGURE}plt.scatter(range(9000), range(9000))", "svg", "more than 488.3 KiB, its limit 'output'"),
        (f"{IMAGE}Image.new('L', (20_000, 10_000))", "png", "20,000 x 10,000 pixels"),
        (f"{IMAGE}Image.effect_noise((900, 900), 99)", "png", "KiB, more than 488.3 KiB"),
        (
            f"open('x.png', 'wb').write({PNG} + bytes(600_000))",
            "png",
            "585.9 KiB, more than",
        ),
        ("file = open('x.png', 'wb')\nfile.truncate(5 * 2**30)", "png", "5 GiB, more than 488.3 KiB"),
    ],
)
def test_a_figure_over_the_limit_is_named(tmp_path: Path, text: str, suffix: str, words: str) -> None:
    figure = Figure("x", suffix, path=f"snippets/x.{suffix}")
    result = run_one(tmp_path, text, figure, output_bytes=10_000)
    assert result.failure is not None
    assert result.failure.kind is FailureKind.OUTPUT
    assert words in result.failure.message
    assert result.artifacts == ()


def test_figures_count_together(tmp_path: Path) -> None:
    names = ("a", "b", "c")
    text = "".join(f"open('{name}.png', 'wb').write({PNG} + bytes(200_000))\n" for name in names)
    figures = [Figure(name, "png", path=f"snippets/{name}.png") for name in names]
    result = run_one(tmp_path, text, *figures, output_bytes=10_000)
    assert result.failure is not None
    assert "195.3 KiB with the others, more than 488.3 KiB, its limit 'output'" in result.failure.message
    assert [each.name for each in result.artifacts] == ["a.png", "b.png"]


UPDATES = f"""{FIGURE}from IPython.display import display
figure = plt.figure()
plt.text(0.9, 0.5, "this text is cut " * 3)
handle = display(figure, display_id=True)
figure.savefig = lambda *args, **options: None
for _ in range(120): handle.update(figure)
"""


@pytest.mark.parametrize(
    "text",
    [
        UPDATES,
        "import warnings\nwarnings.simplefilter('always')\nwhile True: warnings.warn('x' * 1000)",
        "import sys\nwhile True: sys.stdout.write('.'); sys.stderr.write('!')",
        "raise ValueError('x' * 100_000_000)",
        "# %%\n#| raises: ValueError\nraise ValueError('x' * 100_000_000)",
        "x = 'x' * 100_000_000\ny = [x] * 100\nz = {x: [[]] * 1_000_000}",
        "class Rich:\n    def __repr__(self): return 'r' * 50_000_000\n"
        "    _repr_html_ = lambda self: '<table>' + 'h' * 50_000_000\n"
        "    _repr_latex_ = _repr_svg_ = __repr__\n"
        "    _repr_png_ = lambda self: bytes(50_000_000)\n# %%\nRich()",
    ],
)
def test_what_a_run_leaves_is_small(tmp_path: Path, text: str) -> None:
    assert len(json.dumps(encode(run_one(tmp_path, text, output_bytes=10_000)))) < 1_000_000


PEAK = """
import resource, sys
from pathlib import Path
from integration.test_execute import make_job
from deckwright.execute.workers import Workers
root, text = Path(sys.argv[1]), sys.argv[2]
with Workers(root, jobs=1, scratch=root / "build/scratch") as workers:
    (result,) = workers.run([make_job(root, "x.py", text, output_bytes=100_000, timeout_seconds=120)])
print(str(result.failure and result.failure.kind), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""
KINDS = {
    "repr": ("class Long:\n    def __repr__(self): return 'x' * SIZE\n# %%\nLong()", "output-limit"),
    "picture": ("class Png:\n    def _repr_png_(self): return b'x' * SIZE\n# %%\nPng()", "output-limit"),
    "message": ("raise ValueError('x' * SIZE)", "raised"),
    "stdout": ("print('x' * SIZE)", "output-limit"),
    "sparse stdout": ("import os\nos.truncate(1, SIZE)", "output-limit"),
    "journal": (f"{SCRATCH}os.truncate(scratch + '/journal.jsonl', SIZE)", "unreadable"),
    "read log": (f"{SCRATCH}os.truncate(scratch + '/reads', SIZE * 10)", "unreadable"),
    "display": (
        f"{SCRATCH}# %%\n1\n# %%\nos.truncate(scratch + '/display-1.json', SIZE)",
        "unreadable",
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_our_memory_does_not_grow_with_what_a_script_leaves(tmp_path: Path, kind: str) -> None:
    text, failure = KINDS[kind]
    small, large = (peak(tmp_path, text.replace("SIZE", size), failure) for size in ("200_000", "60_000_000"))
    assert large < small + 30_000_000


def peak(root: Path, text: str, failure: str) -> int:
    """Return the most memory that a process of ours held which ran a script and read its result."""
    environ = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(str(TESTS.parent / each) for each in ("tools", "tests")),
    }
    command = [sys.executable, "-c", PEAK, str(root), text]
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
    kind, most = done.stdout.split()
    assert kind in (failure, "None")
    return int(most)


FILES = """
import os, tempfile
def fill(path, count=40_000_000):
    with open(path, "wb") as file:
        for _ in range(count // 1_000_000):
            file.write(bytes(1_000_000))
"""
MANY = "import time\nfor n in range(9): fill({} + f'/x{{n}}', 5_000_000)\ntime.sleep(60)"
NAMELESS = """
import time
files = [tempfile.TemporaryFile() for _ in range(9)]
for file in files:
    file.write(bytes(5_000_000))
time.sleep(60)
"""
FILE = "wrote more than 9.5 MiB into a file"
TOGETHER = "wrote more than 9.5 MiB into files"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("fill('large.bin')", FILE),
        ("try: fill('large.bin')\nexcept OSError: pass", FILE),
        ("import numpy\nnumpy.zeros(5_000_000).tofile('large.bin')", FILE),
        ("tempfile.TemporaryFile().truncate(40_000_000)", FILE),
        (MANY.format("tempfile.mkdtemp()"), TOGETHER),
        (MANY.format("os.environ['DECKWRIGHT_SCRATCH']"), TOGETHER),
        pytest.param(NAMELESS, TOGETHER, marks=pytest.mark.skipif(sys.platform != "linux", reason="/proc")),
    ],
)
def test_who_writes_too_much_is_named(tmp_path: Path, text: str, message: str) -> None:
    result = run_one(tmp_path, FILES + text, disk_bytes=10_000_000)
    assert result.failure is not None
    assert (result.failure.kind, result.failure.message) == (FailureKind.DISK, message)
    assert not (tmp_path / "snippets/large.bin").exists() or (
        (tmp_path / "snippets/large.bin").stat().st_size <= 10_000_000
    )


def test_what_is_left_in_temporary_folders_is_removed(tmp_path: Path) -> None:
    text = """
        import os, subprocess, tempfile, multiprocessing
        names = [tempfile.mkdtemp(), tempfile.NamedTemporaryFile(delete=False).name]
        names.append(subprocess.check_output(["mktemp"], text=True).strip())
        os.makedirs(f"{names[0]}/locked/x")
        os.chmod(f"{names[0]}/locked", 0)
        print(os.path.realpath(tempfile.gettempdir()))
        with multiprocessing.Manager() as manager:  # its socket is in the temporary folder
            print(dict(manager.dict(a=1)))
        open("names", "w").write("\\n".join(names))
        """
    result = run_one(tmp_path, text)
    assert result.failure is None
    assert result.outputs[-2].printed("stdout") == "{'a': 1}\n"
    assert result.outputs[-3].printed("stdout") == f"{os.path.realpath(tempfile.gettempdir())}\n"
    names = (tmp_path / "snippets/names").read_text().splitlines()
    assert len(names) == 3
    assert not any(map(os.path.lexists, names))
