"""What a run reads: events as an audit hook hears them, and what the notes then say."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from deckwright.child.declared_data import declared
from deckwright.child.read_log import NOTES, ReadLog, environment
from deckwright.execute.inputs import Inputs, read_inputs
from deckwright.files.digests import ABSENT
from deckwright.files.disk import Disk
from deckwright.model import MADE_FILE, NO_FILE, Stamp

READ = os.O_RDONLY
WRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
APPEND = os.O_WRONLY | os.O_CREAT | os.O_APPEND
UPDATE = os.O_RDWR
SCRIPT = "x.py"


class Run:
    """A project in a folder, and the ear of a process that runs in it."""

    def __init__(self, folder: Path) -> None:
        self.root, self.scratch = folder / "course", folder / "scratch"
        for made in (self.root, self.scratch):
            made.mkdir()
        self.ear = ReadLog(str(self.scratch), str(self.root))

    def write(self, path: str, text: str = "x") -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return file

    def opens(self, path: str | Path, flags: int = READ, mode: str | None = "r") -> None:
        self.ear.hear("open", (str(self.root / path), mode, flags))

    @property
    def inputs(self) -> Inputs:
        return read_inputs(self.scratch, self.root, SCRIPT)

    @property
    def reads(self) -> Mapping[str, Stamp | None]:
        return self.inputs.reads

    def now(self, path: str) -> Stamp | None:
        return Disk(self.root).stamp(path)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    course = Run(tmp_path)
    monkeypatch.chdir(course.root)
    return course


@pytest.mark.parametrize(
    ("path", "counts"),
    [
        *(
            (f"{folder}/data.csv", True)
            for folder in ("/opt/data", "/srv", "/var/www", "/run/media/me/disk", "/mnt/x")
        ),
        *(
            (f"{folder}/x", False)
            for folder in ("/usr/share", "/run/user/0", "/var/cache/x", "/var/tmp", sys.prefix)
        ),
    ],
)
def test_files_of_the_system_are_nobodys_data(run: Run, path: str, counts: bool) -> None:
    run.ear.hear("os.remove", (path,))
    assert (path in run.inputs.writes) is counts


def test_what_no_file_is_called_is_no_input(run: Run) -> None:
    run.opens("<unknown>")
    run.opens("other")
    assert list(run.reads) == ["other"]


def test_a_file_counts_as_it_was_when_it_was_opened(run: Run) -> None:
    run.write("data.csv", "1")
    then = run.now("data.csv")
    run.opens("data.csv")
    run.write("data.csv", "22")
    run.opens("data.csv")
    assert run.reads == {"data.csv": then}
    assert run.now("data.csv") != then


def test_paths_are_made_whole(run: Run) -> None:
    run.write("a.txt")
    run.write("snippets/b.txt")
    run.ear.hear("open", ("snippets/../a.txt", "r", READ))
    run.ear.hear("open", (b"snippets/b.txt", "rb", READ))
    run.ear.hear("open", (3, "r", READ))
    assert list(run.reads) == ["a.txt", "snippets/b.txt"]


def test_a_root_may_be_reached_by_a_link(tmp_path: Path) -> None:
    run = Run(tmp_path)
    file = run.write("a.txt")
    (tmp_path / "link").symlink_to(run.root)
    ear = ReadLog(str(run.scratch), str(tmp_path / "link"))
    ear.hear("open", (str(file), "r", READ))
    assert list(read_inputs(run.scratch, tmp_path / "link", SCRIPT).reads) == ["a.txt"]


def test_byte_code_stands_for_its_source(run: Run) -> None:
    run.write("snippets/mine.py")
    run.opens("snippets/__pycache__/mine.cpython-311.pyc", mode="rb")
    run.opens("snippets/__pycache__/mine.cpython-311.opt-1.pyc", mode="rb")
    assert run.reads == {"snippets/mine.py": run.now("snippets/mine.py")}


def test_an_extension_is_told_by_its_import(run: Run) -> None:
    file = run.write("snippets/fast.so")
    run.ear.hear("import", ("fast", str(file), [], [], []))
    assert list(run.reads) == ["snippets/fast.so"]


def test_a_file_that_is_not_there(run: Run) -> None:
    run.opens("data/late.csv")
    run.opens("other.csv", mode=None)
    assert run.reads == {"data/late.csv": NO_FILE}


@pytest.mark.parametrize("path", ["folder", "/dev/null", "\0"])
def test_what_is_no_file(run: Run, path: str) -> None:
    (run.root / "folder").mkdir()
    run.opens(path)
    assert run.reads == {}


# --- what the run writes ----------------------------------------------------------------------


@pytest.mark.parametrize("flags", [WRITE, APPEND, UPDATE])
def test_what_a_run_read_and_then_changed_counts_as_it_left_it(run: Run, flags: int) -> None:
    run.write("state.txt")
    run.opens("state.txt")
    run.opens("state.txt", flags)
    assert run.reads == {"state.txt": None}


def test_what_a_run_made_and_then_read_is_no_input(run: Run) -> None:
    """It did not ask whether anything was there."""
    run.opens("cache.txt", WRITE)
    run.write("cache.txt")
    run.opens("cache.txt")
    run.opens("cache.txt", WRITE)
    assert run.reads == {}


def test_a_missing_file_that_the_run_then_makes_may_be_missing_again(run: Run) -> None:
    run.opens("cache.txt")
    run.opens("cache.txt", WRITE)
    assert run.reads == {"cache.txt": MADE_FILE}


def test_a_module_that_knows_where_it_lies_is_still_code(run: Run) -> None:
    """`Path(__file__).resolve()` looks at the file: a comment in it changes nothing all the same."""
    run.write("mine.py", "")
    run.ear.hear("deckwright.stat", ("mine.py",))
    exec(
        "hear('open', ('mine.py', 'rb', 0))",
        {"__name__": "importlib._bootstrap_external", "hear": run.ear.hear},
    )
    assert run.inputs.modules == {"mine.py"}
    run.opens("mine.py")
    assert run.inputs.modules == set()


@pytest.mark.parametrize("looked", [True, False])
def test_a_folder_that_the_run_makes(run: Run, looked: bool) -> None:
    if looked:
        run.ear.hear("deckwright.stat", ("out",))
    run.ear.hear("os.mkdir", ("out", 0o777, -1))
    (run.root / "out").mkdir()
    run.opens("out/a", WRITE)
    run.ear.hear("os.listdir", ("out",))
    assert run.reads == ({"out": MADE_FILE, "out/": MADE_FILE} if looked else {})


def test_making_a_folder_that_is_there_changes_nothing(run: Run) -> None:
    """As `os.makedirs` may be asked to do."""
    (run.root / "out").mkdir()
    run.ear.hear("os.listdir", (".",))
    run.ear.hear("os.mkdir", ("out", 0o777, -1))
    assert run.reads == {"./": run.now("./")}


def test_what_a_run_writes_anew_is_no_input(run: Run) -> None:
    run.write("out.txt")
    run.opens("out.txt", WRITE)
    run.opens("out.txt")
    assert run.reads == {}


def test_what_a_run_only_writes_is_no_input(run: Run) -> None:
    run.opens("new.txt", WRITE)
    run.opens("log.txt", APPEND)
    assert run.reads == {}


def test_updating_reads(run: Run) -> None:
    run.write("table.bin")
    run.opens("table.bin", UPDATE)
    run.opens("made.tmp", UPDATE | os.O_CREAT | os.O_EXCL, None)
    assert run.reads == {"table.bin": None}


@pytest.mark.parametrize(
    ("event", "arguments"),
    [("os.remove", ("a", -1)), ("os.rename", ("a", "b", -1, -1)), ("os.truncate", ("a", 0))],
)
def test_other_changes(run: Run, event: str, arguments: tuple[object, ...]) -> None:
    run.write("a")
    run.opens("a")
    run.ear.hear(event, arguments)
    assert run.reads == {"a": None}


def test_what_was_moved_into_place(run: Run) -> None:
    """As downloads are: written elsewhere, then renamed."""
    run.write("old.bin")
    for target in ("new.bin", "old.bin"):
        run.ear.hear("os.rename", ("part", target, -1, -1))
        run.write(target)
        run.opens(target)
    assert run.reads == {}


def test_a_data_base(run: Run) -> None:
    run.write("marks.db")
    run.ear.hear("sqlite3.connect", ("marks.db",))
    run.ear.hear("sqlite3.connect", (":memory:",))
    assert run.reads == {"marks.db": None}


# --- folders ----------------------------------------------------------------------------------


@pytest.mark.parametrize("event", ["os.listdir", "os.scandir"])
def test_a_folder_whose_names_were_listed(run: Run, event: str) -> None:
    run.write("data/a.csv")
    then = run.now("data/")
    run.ear.hear(event, ("data",))
    run.ear.hear(event, (None,))
    run.ear.hear(event, (3,))
    run.ear.hear(event, ("absent",))
    run.write("data/b.csv")
    assert run.reads == {"./": run.now("./"), "absent/": NO_FILE, "data/": then}
    assert run.now("data/") != then


def test_a_folder_in_which_the_run_made_something(run: Run) -> None:
    run.write("data/a.csv")
    run.ear.hear("os.listdir", ("data",))
    run.opens("data/b.csv", WRITE)
    assert run.reads == {"data/": None}


@pytest.mark.parametrize("name", ["importlib._bootstrap_external", "importlib.metadata", "pkgutil"])
def test_the_search_for_modules_lists_nothing_for_the_run(run: Run, name: str) -> None:
    run.write("data/a.csv")
    exec("hear('os.listdir', ('data',))", {"__name__": name, "hear": run.ear.hear})
    assert run.reads == {}


@pytest.mark.parametrize("asks", ["hear('os.scandir', ('data',))", "hear('open', ('late.csv', 'r', 0))"])
def test_what_modules_look_for_while_they_are_imported(run: Run, asks: str) -> None:
    """An installed one's search is not the author's; his own module's is."""
    run.write("data/a.csv")
    for file, count in (("/usr/lib/python3/site-packages/x.py", 0), (str(run.root / "mine.py"), 1)):
        module = compile(asks, file, "exec")
        importing = {"__name__": "importlib._bootstrap", "module": module, "names": {"hear": run.ear.hear}}
        exec(compile("exec(module, names)", "<frozen importlib._bootstrap>", "exec"), importing)
        assert len(run.reads) == count


# --- which files count ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "build/report.json",
        "node_modules/x/y.js",
        ".cache/x",
        ".venv/lib/x.py",
        "env/lib/x.py",
        "env/lib/python/site-packages/x.py",
        str(Path(ReadLog.__init__.__code__.co_filename)),
        os.__file__,
        __import__("numpy").__file__,
        "/etc/hosts",
        "../temporary/x.txt",
        "../.config/tool.toml",
        "../.netrc",
        "../scratch/stdout",
    ],
)
def test_what_does_not_count(run: Run, path: str) -> None:
    if not Path(path).is_absolute():
        run.write(path)
    run.write("env/pyvenv.cfg")
    run.opens(path)
    assert run.reads == {}


@pytest.mark.parametrize("path", ["a/b.txt", "a/build/x", "buildings.csv", ".env", "snippets/x.py"])
def test_what_counts_in_the_project(run: Run, path: str) -> None:
    run.write(path)
    run.opens(path)
    assert list(run.reads) == [path]


def test_data_outside_has_a_whole_path(run: Run) -> None:
    file = run.write("../mnist/build/train.bin").resolve()
    run.opens(file)
    run.opens("../mnist/absent.bin")
    assert run.reads == {file.as_posix(): run.now(str(file))}


# --- notes ------------------------------------------------------------------------------------


def test_no_notes(tmp_path: Path) -> None:
    none = frozenset[str]()
    assert read_inputs(tmp_path, tmp_path, SCRIPT) == Inputs({}, none, none, none, none)


def test_names_may_hold_anything(run: Run) -> None:
    names = ["a\nb", " c d ", "中", "\udc80"]
    for name in names:
        run.write(name)
        run.opens(name)
    assert list(run.reads) == sorted(names)


def test_a_note_that_was_cut_off_does_not_count(run: Run) -> None:
    run.write("a")
    run.opens("a")
    with (run.scratch / NOTES).open("ab") as notes:
        notes.write(b"read 1\0read 1 1 1 1 /b")
    assert list(run.reads) == ["a"]


def test_each_path_is_noted_once(run: Run) -> None:
    run.write("a")
    for _ in range(3):
        run.opens("a")
    assert (run.scratch / NOTES).read_bytes().count(b"\0") == 1


def test_the_first_of_several_processes_counts(run: Run) -> None:
    run.write("a")
    then = run.now("a")
    run.opens("a")
    run.write("a", "other")
    other = ReadLog(str(run.scratch), str(run.root))
    other.hear("open", (str(run.root / "a"), "r", READ))
    assert run.reads == {"a": then}


def test_nothing_goes_wrong_when_the_scratch_folder_is_gone(run: Run) -> None:
    run.write("a")
    run.scratch.rmdir()
    run.opens("a")
    run.ear.hear("open", ())
    run.ear.declare([str(run.root / "a")])
    assert not run.scratch.exists()


def test_what_processes_that_a_job_starts_get(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONPATH", raising=False)
    alone = environment("/scratch", "/course")["PYTHONPATH"]
    assert Path(alone, "sitecustomize.py").is_file()
    monkeypatch.setenv("PYTHONPATH", "/mine")
    assert environment("/scratch", "/course")["PYTHONPATH"] == f"{alone}{os.pathsep}/mine"


# --- declared data ----------------------------------------------------------------------------


def test_declared_data(run: Run) -> None:
    for path in ("data/a/1.png", "data/a/b/2.png", "data/x.csv", "data/y.csv", "snippets/t.csv", ".hidden/z"):
        run.write(path)
    patterns = ["t.csv", "absent.csv", "../data/a", "../data/*.csv", "../.hidden/z", "../no/*.csv"]
    run.ear.declare(declared(patterns, str(run.root / "snippets")))
    assert list(run.reads) == [
        ".hidden/z",
        "data/a/",
        "data/a/1.png",
        "data/a/b/",
        "data/a/b/2.png",
        "data/x.csv",
        "data/y.csv",
        "snippets/absent.csv",
        "snippets/t.csv",
    ]
    assert run.reads["snippets/absent.csv"] == NO_FILE
    assert run.reads["data/a/"] == run.now("data/a/")


# --- modules ----------------------------------------------------------------------------------


def test_installed_modules(run: Run) -> None:
    for name in ("torch.nn", "json", "os.path", "__main__", "sitecustomize"):
        run.ear.hear("import", (name, None, [], [], []))
    run.ear.hear("pickle.find_class", ("sklearn.svm", "SVC"))
    # `importlib.import_module` raises no event of its own.
    run.opens("/x/site-packages/six.py", mode="rb")
    run.opens("/x/site-packages/__pycache__/tqdm.cpython-311.pyc", mode="rb")
    run.opens("/x/site-packages/PIL/Image.py", mode="rb")
    run.opens("/x/site-packages/six-1.16.dist-info/METADATA")
    assert run.inputs.imported == {"torch", "sklearn", "six", "tqdm", "PIL"}


def test_modules_that_were_there_before_the_script(run: Run) -> None:
    run.ear.tell_imported()
    assert {"numpy", "pytest"} <= run.inputs.ahead
    assert not run.inputs.imported


class Lazy:
    """As some packages put into sys.modules: it fails at whatever it is asked."""

    def __getattr__(self, name: str) -> object:
        raise ImportError(name)


def test_what_no_event_told_of(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    file = run.write("late.py")
    monkeypatch.setitem(sys.modules, "late", type(sys)("late"))
    monkeypatch.setattr(sys.modules["late"], "__file__", str(file), raising=False)
    monkeypatch.setitem(sys.modules, "fake", type(sys)("fake"))
    monkeypatch.setattr(sys.modules["fake"], "__file__", "_fake.py", raising=False)
    monkeypatch.setitem(sys.modules, "lazy", Lazy())  # type: ignore[arg-type]
    run.ear.sweep()
    assert list(run.reads) == ["late.py"]


VARIABLES = """
import os, subprocess, sys

rest = {**os.environ, "A": "1"}, os.environ.copy(), dict(os.environ), list(os.environ.items())
home = os.path.expanduser("~")
os.getenv("GOT"), os.environ.get("HAD", "")
if "WAS_THERE" in os.environ:
    pass
try:
    os.environ["GIVEN"]
except KeyError:
    pass
os.environ["SET"] = "1"
subprocess.run([sys.executable, "-c", "pass"], check=True)
"""


def test_variables_count_that_the_author_asks_for_by_name(run: Run) -> None:
    script = run.write("snippets/a.py", VARIABLES)
    environ = {**os.environ, **environment(str(run.scratch), str(run.root)), "HAD": "1"}
    subprocess.run([sys.executable, str(script)], cwd=run.root, env=environ, check=True)
    asked = [name for name in run.reads if name.startswith("$")]
    assert asked == ["$GIVEN", "$GOT", "$HAD", "$WAS_THERE"]
    assert {run.reads[name] for name in asked} == {None}


def test_a_variable_has_a_digest(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Disk(run.root)
    monkeypatch.delenv("GOT", raising=False)
    assert disk.digest("$GOT") == ABSENT
    monkeypatch.setenv("GOT", "")
    empty = disk.digest("$GOT")
    monkeypatch.setenv("GOT", "1")
    assert len({ABSENT, empty, disk.digest("$GOT")}) == 3


@pytest.mark.parametrize("helper", ["inspect_data", "importlib_helper", "look"])
def test_a_helper_may_be_called_like_a_module_of_python_s(run: Run, helper: str) -> None:
    run.write(f"snippets/{helper}.py", "import os\nfound = os.path.exists('cache.json')\n")
    script = run.write("snippets/a.py", f"import {helper}\n")
    environ = {**os.environ, **environment(str(run.scratch), str(run.root))}
    subprocess.run([sys.executable, str(script)], cwd=run.root, env=environ, check=True)
    assert run.reads["cache.json"] == NO_FILE
