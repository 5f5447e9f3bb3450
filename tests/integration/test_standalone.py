"""Scripts run as a student runs them."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from unittest import mock

import pytest

from deckwright.child.libraries import THREAD_VARIABLES
from deckwright.execute.standalone import alone_environment, run_alone
from deckwright.model import Chance, FailureKind, StandaloneRun
from deckwright.parse import parse_script
from deckwright.resolve import resolve_scripts
from support.processes import is_alive

pytestmark = pytest.mark.integration


def run(root: Path, **scripts: str) -> Mapping[str, StandaloneRun]:
    parsed = {f"{name}.py": parse_script(f"{name}.py", text) for name, text in scripts.items()}
    for path, script in parsed.items():
        (root / path).write_text(script.text, "utf-8")
    jobs = list(resolve_scripts(parsed).jobs.values())
    with mock.patch.dict(os.environ, PYTHONPATH="/nowhere"):
        return dict(run_alone(root, jobs, 2, [].append, root / "scratch"))


def wait_until(condition: Callable[[], object], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_scripts_run_alone_and_in_another_folder(tmp_path: Path) -> None:
    asks = (
        "import os, sys\nprint(os.listdir('.'), sys.argv[0].endswith('a.py'), os.environ.get('PYTHONPATH'))\n"
    )
    asks += "print('三', file=sys.stderr)\n"
    other = "import helper\nprint(helper.x)\n"
    (tmp_path / "helper.py").write_text("x = 7\n")
    ran = run(tmp_path, a=asks, b=other, c="raise SystemExit(3)\n")
    assert (ran["a.py"].stdout, ran["a.py"].stderr, ran["a.py"].status) == ("[] True None\n", "三\n", 0)
    assert ran["b.py"].stdout == "7\n"
    assert ran["c.py"].status == 3
    assert not list(tmp_path.glob("__pycache__"))


def test_time_is_limited_and_no_process_is_left(tmp_path: Path) -> None:
    slow = "# /// script\n# [tool.deckwright]\n# timeout = 0.3\n# ///\n"
    slow += "import subprocess, sys\nsubprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
    leaves = "import subprocess, sys\nprint(1)\n"
    leaves += "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
    ran = run(tmp_path, slow=slow, leaves=leaves)
    assert ran["slow.py"].limit is FailureKind.TIMEOUT
    assert (ran["leaves.py"].stdout, ran["leaves.py"].status) == ("1\n", 0)


OPTIONS = "# /// script\n# [tool.deckwright]\n# {}\n# ///\nimport os, subprocess, sys, time\n"


def test_what_a_script_leaves_in_sessions_of_its_own_is_ended(tmp_path: Path) -> None:
    daemon = "subprocess.Popen(['sleep', '99'], start_new_session=True)\n"
    fork = "if not os.fork():\n    os.setsid()\n    if os.fork():\n        os._exit(0)\n    time.sleep(99)\n"
    note = "open(sys.argv[0] + '.pid', 'w').write(str({}))\n"
    imports = "import os, subprocess, sys, time\n"
    ran = run(
        tmp_path,
        daemon=imports + note.format(daemon.strip() + ".pid"),
        forks=imports
        + fork.replace("    time", "    " + note.format("os.getpid()") + "    time")
        + "time.sleep(1)\n",
        dies=imports + note.format(daemon.strip() + ".pid") + "os.abort()\n",
    )
    assert [ran[f"{name}.py"].status for name in ("daemon", "forks", "dies")] == [0, 0, -signal.SIGABRT]
    left = [int(path.read_text()) for path in tmp_path.glob("*.pid")]
    assert len(left) == 3
    wait_until(lambda: not any(map(is_alive, left)))


def test_the_number_of_processes_is_limited(tmp_path: Path) -> None:
    many = (
        OPTIONS.format("processes = 5")
        + "[subprocess.Popen(['sleep', '99']) for _ in range(9)]\ntime.sleep(99)\n"
    )
    ran = run(tmp_path, many=many)
    assert (ran["many.py"].limit, ran["many.py"].status) == (FailureKind.PROCESSES, -signal.SIGKILL)


def test_leaving_early_ends_the_scripts(tmp_path: Path) -> None:
    script = parse_script("a.py", "import time\ntime.sleep(60)\n")
    quick = parse_script("b.py", "print(1)\n")
    for each in (script, quick):
        (tmp_path / each.path).write_text(each.text)
    jobs = list(resolve_scripts({"a.py": script, "b.py": quick}).jobs.values())
    started: list[str] = []
    running = run_alone(tmp_path, jobs, 2, started.append, tmp_path / "scratch")
    assert next(running)[0] == "b.py"
    assert started == ["a.py", "b.py"]
    running.close()


def test_output_is_limited(tmp_path: Path) -> None:
    endless = "while True:\n    print('x' * 1000)\n"
    ran = run(tmp_path, endless=endless, much="print('x' * 2 ** 20)\n")
    assert [ran[name].limit for name in ("endless.py", "much.py")] == [FailureKind.OUTPUT, FailureKind.OUTPUT]
    assert ran["endless.py"].status == -signal.SIGKILL
    assert not list((tmp_path / "scratch").iterdir())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process when its parent has died")
def test_a_killed_command_leaves_no_script_running_and_the_next_no_folder(tmp_path: Path) -> None:
    script = "import os, time\nprint(os.getpid(), flush=True)\ntime.sleep(60)\n"
    code = (
        "import pathlib; from integration.test_standalone import run; "
        f"run(pathlib.Path({str(tmp_path)!r}), a={script!r})"
    )
    command = subprocess.Popen([sys.executable, "-c", code], cwd=Path(__file__).parents[1])
    scratch = tmp_path / "scratch"
    wait_until(lambda: any(file.stat().st_size for file in scratch.glob("*/*/stdout")))
    (out,) = scratch.glob("*/*/stdout")
    pid = int(out.read_text())
    command.kill()
    command.wait()
    wait_until(lambda: not is_alive(pid))
    run(tmp_path, b="print(1)\n")
    assert not list(scratch.iterdir())


def test_the_environment_is_a_students() -> None:
    env = alone_environment({"HOME": "/home/x", "PYTHONPATH": "y", "PYTHONHASHSEED": "0"}, 2)
    assert env == dict.fromkeys(THREAD_VARIABLES, "2") | {
        "HOME": "/home/x",
        "PYTHONHASHSEED": "1",
        "MPLBACKEND": "agg",
        "PYTHONIOENCODING": "utf-8",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def test_chance_is_the_same_in_every_check_and_can_be_that_of_a_build(tmp_path: Path) -> None:
    (tmp_path / "sets.py").write_text("print({'train', 'test', 'valid', 'all'})\n")
    (tmp_path / "draws.py").write_text(
        "import random, sys\nprint(__name__, __file__ == sys.argv[0], len(sys.argv), random.random())\n"
    )
    scripts = {path.name: parse_script(path.name, path.read_text()) for path in tmp_path.glob("*.py")}
    jobs = list(resolve_scripts(scripts).jobs.values())

    def printed(chance: Chance) -> dict[str, str]:
        ran = run_alone(tmp_path, jobs, 2, [].append, tmp_path / "scratch", chance)
        return {name: run.stdout + run.stderr for name, run in ran}

    first, again = printed(Chance()), printed(Chance())
    assert first["sets.py"] == again["sets.py"]
    assert first["draws.py"] != again["draws.py"]
    assert printed(Chance(0, 7)) == printed(Chance(0, 7))
    random.seed(7)
    assert printed(Chance(0, 7))["draws.py"] == f"__main__ True 1 {random.random()}\n"
    assert len({printed(Chance(hashes))["sets.py"] for hashes in range(4)}) > 1
