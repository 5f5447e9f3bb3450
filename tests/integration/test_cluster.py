"""Builds on a cluster: real schedulers and workers, started as users start them."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import psutil
import pytest

from integration.shell import COMMAND, Ran, deckwright, report_of, write
from support.processes import until

pytestmark = pytest.mark.integration

DECK = """
    # A

    ```text output=../snippets/total.py
    6 from helper
    ```

    ---

    ![w:400 a line](../figures/plot.svg "vary: last")

    ```text output=../snippets/listed.py
    ['data.txt', 'helper.py', 'listed.py', 'total.py']
    ```
    """
COURSE = {
    "pyproject.toml": "[tool.deckwright]\nformats = ['html']\n",
    "slides/a.md": DECK,
    "snippets/total.py": """
        from pathlib import Path

        import helper

        data = Path(__file__).with_name("data.txt").read_text()
        print(sum(map(int, data.split())), "from", helper.name)
        """,
    "snippets/helper.py": "name = 'helper'\n",
    "snippets/data.txt": "1 2 3\n",
    "snippets/listed.py": """
        import os

        print(sorted(name for name in os.listdir(".") if name[0] != "_"))
        """,
    "figures/plots.py": """
        # /// script
        # [tool.deckwright.vary]
        # last = [3, 4]
        # ///
        import matplotlib.pyplot as plt

        last = 3

        # %%
        #| label: plot
        plt.plot([1, 2, last])
        plt.title("层")
        """,
}
TWO = {
    "slides/a.md": """
        ```text output=../snippets/quick.py
        quick
        ```

        ```text output=../snippets/slow.py
        ```
        """,
    "snippets/quick.py": "print('quick')\n",
    "snippets/slow.py": """
        import os, time

        print(os.getpid(), file=open("running", "w"), flush=True)
        time.sleep(120)
        """,
}
"""A script that ends at once, and one that says that it runs, and does not end."""

WITH_OLDER_PACKAGE = """
import sys
sys.path.insert(0, {folder!r})
from distributed.cli.dask_worker import main
main()
"""


class Cluster:
    """A scheduler, and workers each in a folder of its own."""

    def __init__(self, folder: Path, *security: str) -> None:
        """Start a scheduler; `security` are options of all its processes."""
        self._folder = folder
        self._security = security
        self._stack = ExitStack()
        self._workers = 0
        self.log = folder / "scheduler.log"
        self.scheduler = self._start(
            ["-m", "dask", "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", *security],
            self.log,
        )
        self.address = self._wait(r"Scheduler at:\s+(t\w\w://\S+)", self.log)[1]

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.close()

    def worker(self, *options: str, hidden: Path | None = None, script: str = "") -> psutil.Process:
        """Start a worker that sees all folders, or all but one; `script` takes the place of `dask worker`."""
        self._workers += 1
        folder = self._folder / f"worker{self._workers}"
        folder.mkdir()
        log = folder / "log"
        how = ["-c", script] if script else ["-m", "dask", "worker"]
        fixed = ["--no-nanny", "--no-dashboard", "--nthreads", "1", "--local-directory", str(folder)]
        fixed += self._security
        process = self._start([*how, self.address, *fixed, *options], log, hidden)
        self._wait(r"Registered to", log)
        return process

    def _start(self, arguments: list[str], log: Path, hidden: Path | None = None) -> psutil.Process:
        command = [sys.executable, *arguments]
        if hidden:
            command = [
                "unshare",
                "--mount",
                "sh",
                "-c",
                f'mount -t tmpfs none "{hidden}" && exec "$@"',
                "sh",
                *command,
            ]
        with log.open("wb") as file:
            process = subprocess.Popen(
                command, cwd=log.parent, stdout=file, stderr=file, start_new_session=True
            )
        self._stack.callback(process.wait)
        self._stack.callback(process.kill)
        return psutil.Process(process.pid)

    def _wait(self, pattern: str, log: Path) -> re.Match[str]:
        match = until(lambda: re.search(pattern, log.read_text()), log)
        assert match
        return match


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    folder = tmp_path / "cluster"
    folder.mkdir()
    with Cluster(folder) as started:
        yield started


@pytest.fixture(scope="module")
def on_one_machine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write(tmp_path_factory.mktemp("alone"), COURSE)
    ran = deckwright(folder, "build")
    assert ran.code == 0, ran.err
    return folder


def build(folder: Path, address: str, *more: str) -> Ran:
    return deckwright(folder, "build", "--cluster", address, *more)


def two_scripts_running(
    tmp_path: Path, cluster: Cluster
) -> tuple[Path, subprocess.Popen[str], psutil.Process]:
    """Begin to build a course on two workers; return it, the command, and the script that does not end."""
    course = write(tmp_path / "course", TWO)
    cluster.worker()
    cluster.worker()
    command = subprocess.Popen(
        [*COMMAND, "build", "--to", "notes", "--cluster", cluster.address],
        cwd=course,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    return course, command, _running(course)


def older_worker(tmp_path: Path, cluster: Cluster) -> None:
    """Start a worker that has an older matplotlib, as its metadata say."""
    older = tmp_path / "older/matplotlib-1.0.dist-info"
    older.mkdir(parents=True)
    cluster.worker(script=WITH_OLDER_PACKAGE.format(folder=str(older.parent)))


def same_as(folder: Path, other: Path) -> None:
    for name in ("build/html/a.html", "build/slides/a.md"):
        assert (folder / name).read_bytes() == (other / name).read_bytes(), name


def test_two_worker_processes_give_the_same_bytes_as_one_machine(
    tmp_path: Path, on_one_machine: Path
) -> None:
    write(
        tmp_path,
        {**COURSE, "pyproject.toml": COURSE["pyproject.toml"] + "[tool.deckwright.cluster]\nworkers = 2\n"},
    )
    ran = build(tmp_path, "local", "--json")
    assert ran.code == 0, ran.err
    assert ran.names("started") == ran.names("finished")
    same_as(tmp_path, on_one_machine)
    assert "0 to run, 4 fresh" in deckwright(tmp_path, "plan").out


def _may_hide_folders() -> bool:
    return bool(shutil.which("unshare")) and not subprocess.call(
        ["unshare", "--mount", "true"], stderr=subprocess.DEVNULL
    )


@pytest.mark.skipif(not _may_hide_folders(), reason="this user may not hide a folder from a process")
def test_workers_without_the_folder_are_sent_what_scripts_read(
    tmp_path: Path, cluster: Cluster, on_one_machine: Path
) -> None:
    course = write(tmp_path / "course", COURSE)
    cluster.worker(hidden=course)
    cluster.worker(hidden=course)
    ran = build(course, cluster.address)
    assert ran.code == 0, ran.err
    same_as(course, on_one_machine)
    assert "0 to run, 4 fresh" in deckwright(course, "plan").out
    write(course, {"snippets/data.txt": "1 2 4\n"})
    assert "7 from helper" in (
        build(course, cluster.address).out + (course / "build/slides/a.md").read_text()
    )


def test_a_lost_worker_is_a_failed_result_and_the_others_are_kept(tmp_path: Path, cluster: Cluster) -> None:
    course, command, script = two_scripts_running(tmp_path, cluster)
    until(lambda: "quick" in _kept(course))
    runs_it = next(each for each in script.parents() if "dask worker" in " ".join(each.cmdline()))
    runs_it.kill()
    _, err = command.communicate(timeout=200)
    assert command.returncode == 1
    assert "was lost with the machine" in err
    assert {each["status"] for each in report_of(course)["jobs"]} == {"ok", "failed"}
    until(lambda: not script.is_running(), "the script ends with its worker")


def test_a_lost_scheduler_ends_the_build_and_what_ended_is_kept(tmp_path: Path, cluster: Cluster) -> None:
    course, command, script = two_scripts_running(tmp_path, cluster)
    until(lambda: "quick" in _kept(course))
    cluster.scheduler.kill()
    _, err = command.communicate(timeout=200)
    assert command.returncode == 1
    assert "error [cluster]" in err
    assert "Traceback" not in err
    until(lambda: not script.is_running(), "workers end without a scheduler, and scripts with them")
    assert "1 to run, 1 fresh" in deckwright(course, "plan").out


def test_an_interrupted_build_leaves_no_script_running(tmp_path: Path, cluster: Cluster) -> None:
    _, command, script = two_scripts_running(tmp_path, cluster)
    command.send_signal(signal.SIGINT)
    _, err = command.communicate(timeout=100)
    assert command.returncode == 130, err
    until(lambda: not script.is_running(), "the script ends with its build")


def test_a_build_that_is_killed_leaves_no_script_running(tmp_path: Path, cluster: Cluster) -> None:
    _, command, script = two_scripts_running(tmp_path, cluster)
    command.kill()
    command.communicate()
    until(lambda: not script.is_running(), "the script ends with its build")


def test_a_worker_with_other_packages_is_refused(tmp_path: Path, cluster: Cluster) -> None:
    course = write(tmp_path / "course", COURSE)
    older_worker(tmp_path, cluster)
    cluster.worker()
    planned = deckwright(course, "plan", "--cluster", cluster.address)
    assert "can run 0 of 4 scripts: it has matplotlib 1.0, this machine" in planned.out
    assert "can run 4 of 4 scripts\n" in planned.out
    ran = build(course, cluster.address, "--to", "notes", "--only", "plots.py")
    assert ran.code == 0, ran.err
    assert "is not used: it has matplotlib 1.0, this machine" in ran.err


def test_where_no_worker_is_as_it_must_be_the_build_says_why(tmp_path: Path, cluster: Cluster) -> None:
    course = write(tmp_path / "course", COURSE)
    older_worker(tmp_path, cluster)
    ran = build(course, cluster.address, "--to", "notes", "--only", "plots.py")
    assert ran.code == 1
    assert (
        "error [cluster] no worker can run figures/plots.py: it has matplotlib 1.0, this machine" in ran.err
    )


def test_a_script_for_a_gpu_goes_to_a_worker_that_has_one(tmp_path: Path, cluster: Cluster) -> None:
    script = (
        "# /// script\n# [tool.deckwright]\n# device = 'cuda'\n# ///\nimport os\nprint(os.environ['WORKS'])\n"
    )
    course = write(
        tmp_path / "course",
        {
            "pyproject.toml": "[tool.deckwright.cluster]\ngpus = 1\n",
            "slides/a.md": "```text output=../snippets/on_gpu.py\nwith GPU\n```\n",
            "snippets/on_gpu.py": script,
        },
    )
    named = "import os\nos.environ['WORKS'] = '{}'\nfrom distributed.cli.dask_worker import main\nmain()\n"
    cluster.worker(script=named.format("without GPU"))
    cluster.worker("--resources", "GPU=1", script=named.format("with GPU"))
    ran = build(course, cluster.address, "--to", "notes")
    assert ran.code == 0, ran.err
    assert "drifted" not in ran.err


def test_no_scheduler_is_an_error_before_any_script(tmp_path: Path) -> None:
    course = write(tmp_path, TWO)
    ran = build(course, "tcp://127.0.0.1:9", "--to", "notes")
    assert ran.code == 1
    assert "error [cluster] no scheduler answers at tcp://127.0.0.1:9" in ran.err


def _certificate(folder: Path, name: str) -> dict[str, str]:
    """Make a certificate that is its own authority; return its files as settings of a cluster."""
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    files = ["-keyout", f"{name}.key", "-out", f"{name}.pem", "-subj", f"/CN={name}"]
    subprocess.run([*command, *files], cwd=folder, check=True, capture_output=True)
    return {"tls_ca": f"{name}.pem", "tls_cert": f"{name}.pem", "tls_key": f"{name}.key"}


@pytest.mark.skipif(not shutil.which("openssl"), reason="there is no openssl")
def test_over_tls_scripts_run_with_the_right_certificates_alone(tmp_path: Path) -> None:
    course = write(
        tmp_path / "course", {**TWO, "slides/a.md": "```text output=../snippets/quick.py\nquick\n```\n"}
    )
    ours, theirs = _certificate(course, "ours"), _certificate(course, "theirs")
    (course / "garbage.key").write_text("no key")

    def built(settings: dict[str, str]) -> Ran:
        lines = [f"{name} = '{value}'" for name, value in settings.items()]
        (course / "pyproject.toml").write_text("\n".join(("[tool.deckwright.cluster]", *lines)))
        return build(course, cluster.address, "--to", "notes")

    options = {"--tls-ca-file": "tls_ca", "--tls-cert": "tls_cert", "--tls-key": "tls_key"}
    security = [part for name, key in options.items() for part in (name, str(course / ours[key]))]
    with Cluster(tmp_path, "--protocol", "tls", *security) as cluster:
        cluster.worker()
        for settings, code, words in (
            ({}, 2, "needs tls_ca, tls_cert, tls_key"),
            ({**ours, "tls_key": "missing.key"}, 2, "tls_key: there is no file"),
            ({**ours, "tls_key": "garbage.key"}, 2, "are no certificates with their key"),
            (theirs, 1, "no scheduler answers at tls://"),
            (ours, 0, "ok snippets/quick.py"),
        ):
            ran = built(settings)
            assert (ran.code, words in ran.err, "Traceback" in ran.err) == (code, True, False), ran.err


def _running(course: Path) -> psutil.Process:
    """Return the process of the script that says that it runs."""
    said = course / "snippets/running"
    until(lambda: said.exists() and said.read_text().strip(), "slow.py runs")
    return psutil.Process(int(said.read_text()))


def _kept(course: Path) -> str:
    """Return the names of what the store has."""
    store = course / "build/.store"
    return " ".join(path.read_text("utf-8", "ignore") for path in store.rglob("*") if path.is_file())
