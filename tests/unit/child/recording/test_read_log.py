"""The read log, from the events that an audit hook gets to the inputs that are read from it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from deckwright.child.recording.audit_log import AuditLog, environment
from deckwright.child.recording.declared_data import declared_paths
from deckwright.child.recording.read_log import READ_LOG
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
    """A project in a folder, and the read log of a process that runs in it."""

    def __init__(self, folder: Path) -> None:
        self.root, self.scratch = folder / "course", folder / "scratch"
        for each in (self.root, self.scratch):
            each.mkdir()
        self.log = AuditLog(str(self.scratch), str(self.root))

    def write(self, path: str, text: str = "x") -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return file

    def opens(self, path: str | Path, flags: int = READ, mode: str | None = "r") -> None:
        self.log.on_event("open", (str(self.root / path), mode, flags))

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
    ("path", "is_input"),
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
def test_files_of_the_system_are_no_inputs(run: Run, path: str, is_input: bool) -> None:
    run.log.on_event("os.remove", (path,))
    assert (path in run.inputs.writes) is is_input


def test_a_name_in_angle_brackets_is_no_file(run: Run) -> None:
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


def test_paths_are_relative_to_the_root(run: Run) -> None:
    run.write("a.txt")
    run.write("snippets/b.txt")
    run.log.on_event("open", ("snippets/../a.txt", "r", READ))
    run.log.on_event("open", (b"snippets/b.txt", "rb", READ))
    run.log.on_event("open", (3, "r", READ))
    assert list(run.reads) == ["a.txt", "snippets/b.txt"]


def test_a_root_behind_a_link(tmp_path: Path) -> None:
    run = Run(tmp_path)
    file = run.write("a.txt")
    (tmp_path / "link").symlink_to(run.root)
    log = AuditLog(str(run.scratch), str(tmp_path / "link"))
    log.on_event("open", (str(file), "r", READ))
    assert list(read_inputs(run.scratch, tmp_path / "link", SCRIPT).reads) == ["a.txt"]


def test_byte_code_is_logged_as_its_source(run: Run) -> None:
    run.write("snippets/mine.py")
    run.opens("snippets/__pycache__/mine.cpython-311.pyc", mode="rb")
    run.opens("snippets/__pycache__/mine.cpython-311.opt-1.pyc", mode="rb")
    assert run.reads == {"snippets/mine.py": run.now("snippets/mine.py")}


def test_an_extension_is_logged_when_it_is_imported(run: Run) -> None:
    file = run.write("snippets/fast.so")
    run.log.on_event("import", ("fast", str(file), [], [], []))
    assert list(run.reads) == ["snippets/fast.so"]


def test_an_absent_file(run: Run) -> None:
    run.opens("data/late.csv")
    run.opens("other.csv", mode=None)
    assert run.reads == {"data/late.csv": NO_FILE}


@pytest.mark.parametrize("path", ["folder", "/dev/null", "\0"])
def test_paths_that_are_no_files(run: Run, path: str) -> None:
    (run.root / "folder").mkdir()
    run.opens(path)
    assert run.reads == {}


# --- what the run writes ----------------------------------------------------------------------


@pytest.mark.parametrize("flags", [WRITE, APPEND, UPDATE])
def test_a_file_that_the_run_read_and_then_changed_has_no_stamp(run: Run, flags: int) -> None:
    run.write("state.txt")
    run.opens("state.txt")
    run.opens("state.txt", flags)
    assert run.reads == {"state.txt": None}


def test_a_file_that_the_run_created_and_then_read_is_no_input(run: Run) -> None:
    """It did not probe it before."""
    run.opens("cache.txt", WRITE)
    run.write("cache.txt")
    run.opens("cache.txt")
    run.opens("cache.txt", WRITE)
    assert run.reads == {}


def test_an_absent_file_that_the_run_then_creates_may_be_absent_again(run: Run) -> None:
    run.opens("cache.txt")
    run.opens("cache.txt", WRITE)
    assert run.reads == {"cache.txt": MADE_FILE}


def test_a_module_that_is_also_probed_is_still_only_code(run: Run) -> None:
    """`Path(__file__).resolve()` probes it. A comment in it changes nothing."""
    run.write("mine.py", "")
    run.log.on_event("deckwright.stat", ("mine.py",))
    exec(
        "log('open', ('mine.py', 'rb', 0))",
        {"__name__": "importlib._bootstrap_external", "log": run.log.on_event},
    )
    assert run.inputs.modules == {"mine.py"}
    run.opens("mine.py")
    assert run.inputs.modules == set()


@pytest.mark.parametrize("probed", [True, False])
def test_a_folder_that_the_run_creates(run: Run, probed: bool) -> None:
    if probed:
        run.log.on_event("deckwright.stat", ("out",))
    run.log.on_event("os.mkdir", ("out", 0o777, -1))
    (run.root / "out").mkdir()
    run.opens("out/a", WRITE)
    run.log.on_event("os.listdir", ("out",))
    assert run.reads == ({"out": MADE_FILE, "out/": MADE_FILE} if probed else {})


def test_creating_a_folder_that_exists_changes_nothing(run: Run) -> None:
    """`os.makedirs` may do so."""
    (run.root / "out").mkdir()
    run.log.on_event("os.listdir", (".",))
    run.log.on_event("os.mkdir", ("out", 0o777, -1))
    assert run.reads == {"./": run.now("./")}


def test_a_file_that_the_run_replaces_is_no_input(run: Run) -> None:
    run.write("out.txt")
    run.opens("out.txt", WRITE)
    run.opens("out.txt")
    assert run.reads == {}


def test_a_file_that_the_run_only_writes_is_no_input(run: Run) -> None:
    run.opens("new.txt", WRITE)
    run.opens("log.txt", APPEND)
    assert run.reads == {}


def test_a_file_that_is_opened_for_an_update_is_read(run: Run) -> None:
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
    run.log.on_event(event, arguments)
    assert run.reads == {"a": None}


def test_a_file_that_was_moved_into_place_is_no_input(run: Run) -> None:
    """Downloads are: they are written elsewhere, then renamed."""
    run.write("old.bin")
    for target in ("new.bin", "old.bin"):
        run.log.on_event("os.rename", ("part", target, -1, -1))
        run.write(target)
        run.opens(target)
    assert run.reads == {}


def test_a_database_is_read_and_changed(run: Run) -> None:
    run.write("marks.db")
    run.log.on_event("sqlite3.connect", ("marks.db",))
    run.log.on_event("sqlite3.connect", (":memory:",))
    assert run.reads == {"marks.db": None}


# --- folders ----------------------------------------------------------------------------------


@pytest.mark.parametrize("event", ["os.listdir", "os.scandir"])
def test_a_folder_that_was_listed(run: Run, event: str) -> None:
    run.write("data/a.csv")
    then = run.now("data/")
    run.log.on_event(event, ("data",))
    run.log.on_event(event, (None,))
    run.log.on_event(event, ("absent",))
    run.write("data/b.csv")
    folders = {path: stamp for path, stamp in run.reads.items() if path.endswith("/")}
    assert folders == {"./": run.now("./"), "absent/": NO_FILE, "data/": then}
    assert run.now("data/") != then


def test_a_folder_in_which_the_run_created_a_file(run: Run) -> None:
    run.write("data/a.csv")
    run.log.on_event("os.listdir", ("data",))
    run.opens("data/b.csv", WRITE)
    assert run.reads == {"data/": None}


@pytest.mark.parametrize("name", ["importlib._bootstrap_external", "importlib.metadata", "pkgutil"])
def test_folders_that_the_import_system_lists_are_no_inputs(run: Run, name: str) -> None:
    run.write("data/a.csv")
    exec("log('os.listdir', ('data',))", {"__name__": name, "log": run.log.on_event})
    assert run.reads == {}


@pytest.mark.parametrize("asks", ["log('os.listdir', ('data',))", "log('open', ('late.csv', 'r', 0))"])
def test_what_an_imported_module_reads_counts_if_it_is_the_authors(run: Run, asks: str) -> None:
    """What an installed module reads is not the author's."""
    run.write("data/a.csv")
    for file, count in (("/usr/lib/python3/site-packages/x.py", 0), (str(run.root / "mine.py"), 1)):
        module = compile(asks, file, "exec")
        importing = {"__name__": "importlib._bootstrap", "module": module, "names": {"log": run.log.on_event}}
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
        str(Path(AuditLog.__init__.__code__.co_filename)),
        os.__file__,
        __import__("numpy").__file__,
        "/etc/hosts",
        "../temporary/x.txt",
        "../.config/tool.toml",
        "../.netrc",
        "../scratch/stdout",
    ],
)
def test_paths_that_are_no_inputs(run: Run, path: str) -> None:
    if not Path(path).is_absolute():
        run.write(path)
    run.write("env/pyvenv.cfg")
    run.opens(path)
    assert run.reads == {}


@pytest.mark.parametrize("path", ["a/b.txt", "a/build/x", "buildings.csv", ".env", "snippets/x.py"])
def test_paths_in_the_project_that_are_inputs(run: Run, path: str) -> None:
    run.write(path)
    run.opens(path)
    assert list(run.reads) == [path]


def test_data_outside_of_the_project_has_an_absolute_path(run: Run) -> None:
    file = run.write("../mnist/build/train.bin").resolve()
    run.opens(file)
    run.opens("../mnist/absent.bin")
    assert run.reads == {file.as_posix(): run.now(str(file))}


# --- entries ------------------------------------------------------------------------------------


def test_no_read_log(tmp_path: Path) -> None:
    none = frozenset[str]()
    assert read_inputs(tmp_path, tmp_path, SCRIPT) == Inputs({}, none, none, none, none)


def test_names_may_contain_anything(run: Run) -> None:
    names = ["a\nb", " c d ", "中", "\udc80"]
    for name in names:
        run.write(name)
        run.opens(name)
    assert list(run.reads) == sorted(names)


def test_an_entry_that_was_cut_off_does_not_count(run: Run) -> None:
    run.write("a")
    run.opens("a")
    with (run.scratch / READ_LOG).open("ab") as log:
        log.write(b"read 1\0read 1 1 1 1 /b")
    assert list(run.reads) == ["a"]


def test_each_path_is_logged_once(run: Run) -> None:
    run.write("a")
    for _ in range(3):
        run.opens("a")
    assert (run.scratch / READ_LOG).read_bytes().count(b"\0") == 1


def test_the_first_stamp_of_several_processes_counts(run: Run) -> None:
    run.write("a")
    then = run.now("a")
    run.opens("a")
    run.write("a", "other")
    other = AuditLog(str(run.scratch), str(run.root))
    other.on_event("open", (str(run.root / "a"), "r", READ))
    assert run.reads == {"a": then}


def test_nothing_is_logged_when_the_scratch_folder_is_gone(run: Run) -> None:
    run.write("a")
    run.scratch.rmdir()
    run.opens("a")
    run.log.on_event("open", ())
    run.log.log_declared([str(run.root / "a")])
    assert not run.scratch.exists()


def test_the_environment_of_processes_that_a_job_starts(monkeypatch: pytest.MonkeyPatch) -> None:
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
    run.log.log_declared(declared_paths(patterns, str(run.root / "snippets")))
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
        run.log.on_event("import", (name, None, [], [], []))
    run.log.on_event("pickle.find_class", ("sklearn.svm", "SVC"))
    # `importlib.import_module` raises no event of its own.
    run.opens("/x/site-packages/six.py", mode="rb")
    run.opens("/x/site-packages/__pycache__/tqdm.cpython-311.pyc", mode="rb")
    run.opens("/x/site-packages/PIL/Image.py", mode="rb")
    run.opens("/x/site-packages/six-1.16.dist-info/METADATA")
    assert run.inputs.imported == {"torch", "sklearn", "six", "tqdm", "PIL"}


def test_modules_that_were_there_before_the_script(run: Run) -> None:
    run.log.log_preloaded()
    assert {"numpy", "pytest"} <= run.inputs.preloaded
    assert not run.inputs.imported


class Lazy:
    """An object as some packages put into sys.modules: every access to it fails."""

    def __getattr__(self, name: str) -> object:
        raise ImportError(name)


def test_imports_that_raised_no_event(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    file = run.write("late.py")
    monkeypatch.setitem(sys.modules, "late", type(sys)("late"))
    monkeypatch.setattr(sys.modules["late"], "__file__", str(file), raising=False)
    monkeypatch.setitem(sys.modules, "fake", type(sys)("fake"))
    monkeypatch.setattr(sys.modules["fake"], "__file__", "_fake.py", raising=False)
    monkeypatch.setitem(sys.modules, "lazy", Lazy())  # type: ignore[arg-type]
    run.log.log_imports([(name, sys.modules[name]) for name in ("late", "fake", "lazy")])
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


def test_variables_that_the_author_reads_by_name_are_inputs(run: Run) -> None:
    script = run.write("snippets/a.py", VARIABLES)
    environ = {**os.environ, **environment(str(run.scratch), str(run.root)), "HAD": "1"}
    subprocess.run([sys.executable, str(script)], cwd=run.root, env=environ, check=True)
    names = [name for name in run.reads if name.startswith("$")]
    assert names == ["$GIVEN", "$GOT", "$HAD", "$HOME", "$WAS_THERE"]
    assert {run.reads[name] for name in names} == {None}


def test_a_variable_has_a_digest(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Disk(run.root)
    monkeypatch.delenv("GOT", raising=False)
    assert disk.digest("$GOT") == ABSENT
    monkeypatch.setenv("GOT", "")
    empty = disk.digest("$GOT")
    monkeypatch.setenv("GOT", "1")
    assert len({ABSENT, empty, disk.digest("$GOT")}) == 3


@pytest.mark.parametrize("helper", ["inspect_data", "importlib_helper", "look"])
def test_a_module_of_the_author_may_be_named_like_one_of_the_import_system(run: Run, helper: str) -> None:
    run.write(f"snippets/{helper}.py", "import os\nfound = os.path.exists('cache.json')\n")
    script = run.write("snippets/a.py", f"import {helper}\n")
    environ = {**os.environ, **environment(str(run.scratch), str(run.root))}
    subprocess.run([sys.executable, str(script)], cwd=run.root, env=environ, check=True)
    assert run.reads["cache.json"] == NO_FILE


def test_names_that_no_file_can_have(run: Run) -> None:
    """A script may try to open anything."""
    names = ("a" * 300, "b" * 300 + "/c", "\udcff" * 200 + "/d")
    for name in names:
        run.opens(name)
    assert all(stamp == NO_FILE for stamp in run.reads.values())
    assert all(Disk(run.root).digest(path) == ABSENT for path in run.reads)
