"""Real scripts in real processes: what they print, draw and leave, and how they fail."""

from __future__ import annotations

import io
import os
import py_compile
import re
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from deckwright.child.recording.system_calls import machine
from deckwright.execute.workers import Workers
from deckwright.files.disk import Disk
from deckwright.marp.fonts import FILES
from deckwright.marp.packages import install_packages
from deckwright.model import (
    KIND_MARK,
    NO_FILE,
    Failure,
    FailureKind,
    Figure,
    Job,
    NamedValue,
    Output,
    Printed,
    Raised,
    Result,
    Rich,
    Stamp,
    Variant,
)
from deckwright.parse import parse_script
from integration.runaways import TOKENS
from support.cases import read_cases
from support.processes import is_alive

pytestmark = [pytest.mark.integration, pytest.mark.usefixtures("no_process_is_left")]

CASES = list(read_cases("execute/scripts.md"))


@cache
def font() -> Path:
    """A font with Chinese, as builds use for matplotlib."""
    return install_packages() / FILES[0].source


def make_job(root: Path, name: str, text: str, *figures: Figure, **options: object) -> Job:
    """Write a script below a root and return the job that runs it, and leaves all of its values."""
    text = textwrap.dedent(text).lstrip("\n")
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    script = parse_script(name, text)
    options_here = replace(script.options, **options)  # type: ignore[arg-type]
    imports = tuple(sorted(script.imports))
    values = tuple(map(NamedValue, sorted(script.names or ())))
    job = Job(name, text, script.units, script.cells, options_here, "cpu", imports, figures)
    return replace(job, values=values)


def run_all(root: Path, *jobs: Job, at_a_time: int = 2, **more: Any) -> dict[str, Result]:
    scratch = root / "build/scratch"
    with Workers(root, jobs=at_a_time, fonts=(font(),), scratch=scratch, **more) as workers:
        results = {result.job: result for result in workers.run(jobs)}
    assert list((root / "build/scratch").iterdir()) == []
    return results


def run_one(root: Path, text: str, *figures: Figure, **options: object) -> Result:
    return run_all(root, make_job(root, "snippets/x.py", text, *figures, **options))["snippets/x.py"]


def test_a_variant_gives_other_values_to_top_level_names(tmp_path: Path) -> None:
    text = """
        lr = 0.1
        steps: int = 5
        def f(lr=lr):
            steps = 7
            return lr, steps
        lr
        print(lr, steps, f())
        """
    job = make_job(tmp_path, "snippets/x.py", text)
    variant = Variant(overrides=(("lr", "0.5 * 2"), ("steps", "1")))
    results = run_all(tmp_path, job, replace(job, variant=variant))
    assert {name: result.outputs[-1].printed("stdout") for name, result in results.items()} == {
        "snippets/x.py": "0.1 5 (0.1, 7)\n",
        "snippets/x.py@lr=0.5 * 2,steps=1": "1.0 1 (1.0, 7)\n",
    }


def test_a_variant_may_leave_out_cells(tmp_path: Path) -> None:
    text = """
        print("begins")
        # %% claims
        print("claims")
        assert False
        # %% ends
        print("ends")
        """
    job = make_job(tmp_path, "snippets/x.py", text)
    left_out = (next(index for index, cell in enumerate(job.cells) if cell.name == "claims"),)
    (result,) = run_all(tmp_path, replace(job, variant=Variant(left_out=left_out))).values()
    assert [each.printed("stdout") for each in result.outputs] == ["begins\n", "", "", "ends\n"]
    assert result.failure is None
    assert result.unreached == (1, 2)


def there(result: Result) -> dict[str, Stamp | None]:
    """Return what a run read, without absent files and what it only knows the kind of."""
    reads = result.reads.items()
    return {path: stamp for path, stamp in reads if stamp != NO_FILE and not path.endswith(KIND_MARK)}


# --- cases ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def case_results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    root = tmp_path_factory.mktemp("cases")
    return run_all(root, *(make_job(root, _file(n), case.inputs[0]) for n, case in enumerate(CASES)))


@pytest.fixture(scope="module")
def fresh_results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    root = tmp_path_factory.mktemp("fresh")
    jobs = (make_job(root, _file(n), c.inputs[0], isolate="fresh") for n, c in enumerate(CASES))
    return run_all(root, *jobs)


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case.id for case in CASES])
def test_case(number: int, case_results: dict[str, Result]) -> None:
    assert as_drawn(in_words(case_results[_file(number)])) == as_drawn(CASES[number].expected)


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case.id for case in CASES])
def test_case_in_a_fresh_interpreter(number: int, fresh_results: dict[str, Result]) -> None:
    assert as_drawn(in_words(fresh_results[_file(number)])) == as_drawn(CASES[number].expected)


def _file(number: int) -> str:
    return f"snippets/case{number}.py"


def as_drawn(text: str) -> str:
    """Remove carets, unless this is the version of Python with which the cases were written."""
    return text if sys.version_info[:2] == (3, 11) else re.sub(r"(?m)^ *~*\^[~^]*\n?", "", text).strip("\n")


def in_words(result: Result) -> str:
    lines = [line for index, output in enumerate(result.outputs) for line in _output(index, output)]
    return "\n".join([*lines, *_failure(result.failure)])


def _output(index: int, output: Output) -> Iterator[str]:
    for part in output.parts:
        if isinstance(part, Printed):
            yield f"{index} {part.stream} {part.text!r}".replace("\ufffd", "\\ufffd")
        elif isinstance(part, Rich):
            yield from (f"{index} display {kind} {text!r}" for kind, text in sorted(part.data.items()))
            yield from [f"{index} flaw {part.flaw}"] if part.flaw else []
    if output.raised:
        yield f"{index} raised {output.raised.type}: {output.raised.message}"
        yield from _frames(output.raised)


def _failure(failure: Failure | None) -> Iterator[str]:
    if failure:
        yield f"failure {failure.kind} at {failure.statement}: {failure.message}"
        if failure.raised and failure.raised.type != "SystemExit":
            yield from _frames(failure.raised)


def _frames(raised: Raised) -> Iterator[str]:
    for frame in raised.frames:
        start = f"  {frame.line} {frame.function} | "
        yield start + frame.code
        if frame.caret:
            yield " " * len(start) + frame.caret


def test_a_process_that_a_script_forks_ends_as_with_python_alone(tmp_path: Path) -> None:
    script = """
        import atexit, os, sys
        atexit.register(print, "bye")
        ends = (lambda: sys.exit(3), sys.exit, lambda: sys.exit("text"), lambda: 1 / 0, lambda: None)
        for end in ends:
            child = os.fork()
            if not child:
                print("child")
                end()
                sys.exit(7)
            print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
        child = os.fork()
        if child:
            print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
    """
    result = run_one(tmp_path, script)
    command = [sys.executable, tmp_path / "snippets/x.py"]
    alone = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "".join(output.printed("stdout") for output in result.outputs) == alone.stdout
    assert "".join(output.printed("stderr") for output in result.outputs) == alone.stderr.replace(
        f"{tmp_path}/", ""
    )


# --- limits -----------------------------------------------------------------------------------


def test_endless_loop_costs_only_itself(tmp_path: Path) -> None:
    loop = "print('start')\nwhile True: pass"
    results = run_all(
        tmp_path,
        make_job(tmp_path, "loop.py", loop, timeout_seconds=0.5),
        make_job(tmp_path, "good.py", "print('good')"),
    )
    failure = results["loop.py"].failure
    assert failure is not None
    assert (failure.kind, failure.statement) == (FailureKind.TIMEOUT, 1)
    assert failure.raised is not None
    assert failure.raised.frames[0].line == 2
    assert results["loop.py"].outputs[0].printed("stdout") == "start\n"
    assert results["good.py"].failure is None


def test_a_job_that_ended_in_time_is_not_late_while_the_server_imports(tmp_path: Path) -> None:
    results = run_all(
        tmp_path,
        make_job(tmp_path, "quick.py", "print('quick')", timeout_seconds=0.5),
        make_job(tmp_path, "heavy.py", "import torch"),
    )
    assert [result.failure for result in results.values()] == [None, None]


def test_loop_that_catches_interrupts_ends_too(tmp_path: Path) -> None:
    stubborn = """
        import signal
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        while True:
            try:
                while True: sum(range(99))
            except KeyboardInterrupt:
                pass
    """
    result = run_one(tmp_path, stubborn, timeout_seconds=0.3)
    assert result.failure is not None
    assert (result.failure.kind, result.failure.statement) == (FailureKind.TIMEOUT, 2)


@pytest.mark.parametrize("isolate", ["fork", "fresh"])
def test_a_line_in_which_no_interrupt_is_raised_is_found(tmp_path: Path, isolate: str) -> None:
    """A sum of numbers is one call of C code. A fork of the script is at another line."""
    script = """
        import multiprocessing, time
        multiprocessing.get_context("fork").Process(target=time.sleep, args=(600,), daemon=True).start()
        def total():
            return sum(range(10**15))
        total()
    """
    result = run_one(tmp_path, script, timeout_seconds=2, isolate=isolate)
    assert result.failure is not None
    assert result.failure.raised is not None
    assert [(frame.line, frame.code) for frame in result.failure.raised.frames] == [
        (5, "total()"),
        (4, "return sum(range(10**15))"),
    ]


def test_output_flood(tmp_path: Path) -> None:
    flood = "while True: print('x' * 99)"
    result = run_one(tmp_path, flood, output_bytes=10_000)
    assert result.failure == Failure(FailureKind.OUTPUT, "printed more than 9.8 KiB", 0)
    assert result.outputs[0].printed("stdout") == ("x" * 99 + "\n") * 100


def test_output_over_the_limit_is_found_after_a_quick_end(tmp_path: Path) -> None:
    result = run_one(tmp_path, "print('x' * 5000)", output_bytes=1000)
    assert result.failure is not None
    assert result.failure.kind is FailureKind.OUTPUT
    assert result.outputs[0].printed("stdout") == "x" * 1000


SETUP = """
import base64
from IPython.display import clear_output, display
class Html:
    def __init__(self, html): self.html = html
    def _repr_html_(self): return self.html
class Png:
    def __init__(self, size): self.size = size
    def _repr_png_(self): return b"x" * self.size
class Long:
    def __repr__(self): return "x" * 60_000_000
# %%
"""
LEFT_OUT = " is left out: it is over the limit 'output'"
MIB = ", its limit 'output'"


@pytest.mark.parametrize(
    ("shown", "text", "message"),
    [
        ("Long()", "x" * 10_000, f"displayed more than 9.8 KiB{MIB}"),
        (
            "Html('<table>' + '<tr>' * 20_000_000)",
            f"Html (__main__){LEFT_OUT}",
            f"displayed more than 9.8 KiB{MIB}",
        ),
        ("Png(60_000_000)", f"Png (__main__){LEFT_OUT}", f"displayed pictures of more than 97.7 KiB{MIB}"),
        (
            "display({'application/json': '1' * 200_000}, raw=True)",
            f"application/json{LEFT_OUT}",
            f"displayed pictures of more than 97.7 KiB{MIB}",
        ),
        ("while True: display(1)", "1", f"displayed more than 9.8 KiB{MIB}"),
        ("while True: clear_output()", "", "displayed values more than 20,000 times"),
    ],
)
def test_a_display_flood(tmp_path: Path, shown: str, text: str, message: str) -> None:
    result = run_one(tmp_path, f"{SETUP}{shown}\n# %%\nprint('never')", output_bytes=10_000)
    assert result.failure == Failure(FailureKind.OUTPUT, message, 5)
    data = [
        part.data["text/plain"]
        for output in result.outputs
        for part in output.parts
        if isinstance(part, Rich)
    ]
    assert (data[-1][:10_000] if data else "") == text
    assert sum(map(len, data)) <= 20_000
    assert not result.outputs[-1].parts


@pytest.mark.parametrize(
    "shown",
    [
        "for _ in range(500): clear_output(wait=True); display(Png(50_000))",
        "handle = display(0, display_id=True)\nfor i in range(30_000): handle.update(i)",
        "Html('<script>' + 'x' * 20_000_000 + '</script><table>')",
        "Html('x' * 20_000_000)",
        "display({'application/unknown': 'x' * 20_000_000}, raw=True)",
    ],
)
def test_what_no_slide_shows_in_the_end_is_no_flood(tmp_path: Path, shown: str) -> None:
    result = run_one(tmp_path, f"{SETUP}{shown}", output_bytes=10_000)
    assert result.failure is None
    assert len([part for output in result.outputs for part in output.parts if isinstance(part, Rich)]) == 1


def test_memory_eater(tmp_path: Path) -> None:
    eater = """
        import time
        hoard = []
        while True:
            hoard.append(bytearray(b"x") * 2**23)
            time.sleep(0.01)
    """
    result = run_one(tmp_path, eater, memory_bytes=2**27)
    assert result.failure == Failure(FailureKind.MEMORY, "used more than 128 MiB of memory", 2)
    assert 2**27 < result.peak_bytes < 2**29


def test_memory_of_children_counts(tmp_path: Path) -> None:
    eater = """
        import subprocess, sys
        hungry = "import time; x = bytearray(b'x') * 2**28; time.sleep(60)"
        subprocess.run([sys.executable, "-c", hungry])
    """
    failure = run_one(tmp_path, eater, memory_bytes=2**27).failure
    assert failure is not None
    assert failure.kind is FailureKind.MEMORY


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a session of its own leaves the job")
@pytest.mark.parametrize(
    "leave",
    [
        "subprocess.Popen(run, start_new_session=True)",
        "subprocess.run(['setsid', '--fork', *run])",
        "os.fork() or os.setsid() or os.fork() or os.execv(run[0], run)",
    ],
)
def test_memory_of_what_left_the_session_counts(tmp_path: Path, leave: str) -> None:
    eater = f"""
        import os, subprocess, sys, time
        hungry = "import time; x = bytearray(b'x') * 2**28; open('taken', 'w'); time.sleep(600)"
        run = [sys.executable, "-c", hungry]
        {leave}
        time.sleep(600)
    """
    failure = run_one(tmp_path, eater, memory_bytes=2**27, timeout_seconds=120).failure
    assert failure == Failure(FailureKind.MEMORY, "used more than 128 MiB of memory", 4)


@pytest.mark.parametrize(
    "start",
    [
        "while os.read(tokens[0], 1): os.fork()",
        "children = [subprocess.Popen(['sleep', '600']) for _ in range(99)]",
        "while os.read(tokens[0], 1) and os.fork() == 0: os.setsid()",
        "threads = [threading.Thread(target=time.sleep, args=(600,)) for _ in range(999)]\n"
        "for each in threads: each.start()",
    ],
)
def test_too_many_processes(tmp_path: Path, start: str) -> None:
    text = f"import os, subprocess, threading, time\n{TOKENS}{start}\ntime.sleep(600)\n"
    failure = run_one(tmp_path, text, processes=20, timeout_seconds=120).failure
    assert failure is not None
    assert failure.kind is FailureKind.PROCESSES
    assert failure.message == "had more than 20 processes, or 200 threads"


def test_peak_memory_is_the_scripts_own(tmp_path: Path) -> None:
    small = run_one(tmp_path, "x = 1")
    large = run_one(tmp_path, "x = bytearray(b'x') * 2**26")
    assert small.peak_bytes < 2**25
    assert 2**26 <= large.peak_bytes < 2**27


def test_what_a_script_leaves_running_ends_with_it(tmp_path: Path) -> None:
    sleeper = """
        import subprocess
        pid = subprocess.Popen(["sleep", "60"]).pid
        away = subprocess.Popen(["sleep", "60"], start_new_session=True).pid
    """
    result = run_one(tmp_path, sleeper)
    assert result.failure is None
    assert not is_alive(result.values["pid"])
    assert not is_alive(result.values["away"])


def test_leaving_early_ends_everything_at_once(tmp_path: Path) -> None:
    scratch = tmp_path / "build/scratch"
    jobs = [make_job(tmp_path, f"{name}.py", "import time; time.sleep(600)") for name in "abc"]
    quick = make_job(tmp_path, "quick.py", "x = 1")
    started: list[str] = []
    with Workers(tmp_path, jobs=2, scratch=scratch) as workers:
        assert next(workers.run([quick, *jobs], lambda job, _: started.append(job))).job == "quick.py"
    assert started[:2] == ["quick.py", "a.py"]
    assert list(scratch.iterdir()) == []


PARENT = """
import sys
from pathlib import Path
from deckwright.execute.workers import Workers
sys.path.insert(0, {tests!r})
from integration.test_execute import make_job
root = Path({root!r})
job = make_job(root, "sleep.py", "import os, time; open('pid', 'w').write(str(os.getpid())); time.sleep(600)")
with Workers(root, jobs=1, scratch=root / "scratch") as workers:
    list(workers.run([job]))
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_nothing_outlives_the_tool(tmp_path: Path, number: signal.Signals) -> None:
    tests = Path(__file__).parents[1]
    paths = os.pathsep.join([str(tests), str(tests.parent / "tools")])
    program = PARENT.format(tests=str(tests), root=str(tmp_path))
    parent = subprocess.Popen(
        [sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": paths}, stderr=subprocess.DEVNULL
    )
    pid = _wait_for(tmp_path / "pid")
    parent.send_signal(number)
    parent.wait(timeout=60)
    for _ in range(1200):
        if not is_alive(pid):
            break
        time.sleep(0.05)
    assert not is_alive(pid)
    if number is signal.SIGINT:
        assert list((tmp_path / "scratch").iterdir()) == []


def _wait_for(file: Path) -> int:
    for _ in range(1200):
        if file.exists() and (text := file.read_text()):
            return int(text)
        time.sleep(0.05)
    raise AssertionError(f"{file} never came")


# --- the server -------------------------------------------------------------------------------


@pytest.mark.skipif(machine() is None, reason="the kernel refuses no signals here")
@pytest.mark.parametrize(
    "send",
    [
        "os.kill(os.getppid(), signal.SIGKILL)",
        "os.killpg(os.getpgid(os.getppid()), signal.SIGSTOP)",
        "os.kill(int(open(f'/proc/{os.getppid()}/stat').read().split(')')[1].split()[1]), signal.SIGTERM)",
    ],
)
def test_signals_to_what_runs_a_script_are_refused(tmp_path: Path, send: str) -> None:
    results = run_all(
        tmp_path,
        make_job(tmp_path, "killer.py", f"import os, signal\nos.kill(os.getppid(), 0)\n{send}\n"),
        make_job(tmp_path, "good.py", "print('good')"),
    )
    failure = results["killer.py"].failure
    assert failure is not None
    assert (failure.kind, failure.statement) == (FailureKind.RAISED, 2)
    assert failure.message == "PermissionError: [Errno 1] Operation not permitted"
    assert results["good.py"].failure is None


def test_progress_and_order(tmp_path: Path) -> None:
    jobs = [make_job(tmp_path, f"{name}.py", "x = 1") for name in "abcd"]
    started: list[str] = []
    with Workers(tmp_path, jobs=1, scratch=tmp_path / "scratch") as workers:
        ended = [result.job for result in workers.run(jobs, lambda job, _: started.append(job))]
        assert [result.job for result in workers.run(jobs[:1])] == ["a.py"]
    assert started == ended == ["a.py", "b.py", "c.py", "d.py"]


def test_no_job_starts_no_process(tmp_path: Path) -> None:
    with Workers(tmp_path, jobs=1, python="/no/such/python", scratch=tmp_path / "scratch") as workers:
        assert list(workers.run([])) == []


def test_scripts_leave_no_byte_code(tmp_path: Path) -> None:
    (tmp_path / "snippets").mkdir()
    (tmp_path / "snippets/mine.py").write_text("x = 1\n")
    assert run_one(tmp_path, "import mine").failure is None
    assert not list(tmp_path.rglob("__pycache__"))


# --- programs of decks ------------------------------------------------------------------------


def test_program_of_a_deck(tmp_path: Path) -> None:
    """Fences are units with their own lines; one of them teaches a syntax error."""
    from deckwright.parse.script import parse_program

    texts = [
        "from __future__ import annotations\nx = 1\n",
        "#| raises: SyntaxError\nx = = 2\n",
        "print(x)\n1/0\n",
    ]
    fences, lines, number = [], [], 1
    for text in texts:
        fences.append((number + 2, text))
        lines += ["words", "```python exec", *text.splitlines(), "```"]
        number = len(lines) + 1
    program = parse_program("slides/01.md", len(lines), fences)
    (tmp_path / "slides").mkdir()
    job = Job(program.path, program.text, program.units, program.cells, program.options, "cpu")
    result = run_all(tmp_path, job)["slides/01.md"]
    assert in_words(result).splitlines() == [
        "2 raised SyntaxError: invalid syntax",
        "  9 <module> | x = = 2",
        "                   ^",
        "3 stdout '1\\n'",
        "failure raised at 4: ZeroDivisionError: division by zero",
        "  14 <module> | 1/0",
        "                ~^~",
    ]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("if True:\nprint(1)\n", "expected an indented block after 'if' statement on line 1"),
        ("x = 1\n\ndef f():\npass\n", "expected an indented block after function definition on line 3"),
        ("f(1,\n  [2,\n)\n", "closing parenthesis ')' does not match opening parenthesis '[' on line 2"),
        ("x = = 2\n", "invalid syntax"),
    ],
)
@pytest.mark.parametrize("above", [1, 7])
def test_a_syntax_error_of_a_fence_counts_the_lines_that_a_slide_shows(
    tmp_path: Path, code: str, message: str, above: int
) -> None:
    from deckwright.parse.script import parse_program

    program = parse_program("slides/01.md", above + 6, [(above + 1, f"#| raises: SyntaxError\n{code}")])
    (tmp_path / "slides").mkdir()
    job = Job(program.path, program.text, program.units, program.cells, program.options, "cpu")
    (output,) = run_all(tmp_path, job)["slides/01.md"].outputs
    assert output.raised
    assert output.raised.message == message


@pytest.mark.parametrize(
    "starts",
    [
        "multiprocessing.get_context('spawn').Pool(2)",
        "multiprocessing.get_context('forkserver').Process(target=print).start()",
        "ProcessPoolExecutor(mp_context=multiprocessing.get_context('spawn')).submit(print)",
    ],
)
def test_a_deck_is_no_script_that_new_interpreters_import(tmp_path: Path, starts: str) -> None:
    from deckwright.parse.script import parse_program

    code = f"import multiprocessing\nfrom concurrent.futures import ProcessPoolExecutor\n{starts}\n"
    program = parse_program("slides/01.md", 5, [(2, code)])
    (tmp_path / "slides").mkdir()
    job = Job(program.path, program.text, program.units, program.cells, program.options, "cpu")
    failure = run_all(tmp_path, job)["slides/01.md"].failure
    assert failure is not None
    assert failure.message.startswith("RuntimeError: with 'spawn' and 'forkserver', ")


def test_a_deck_forks_processes(tmp_path: Path) -> None:
    from deckwright.parse.script import parse_program

    code = "from multiprocessing import get_context\nprint(get_context('fork').Pool(2).map(abs, [-1]))\n"
    program = parse_program("slides/01.md", 4, [(2, code)])
    (tmp_path / "slides").mkdir()
    job = Job(program.path, program.text, program.units, program.cells, program.options, "cpu")
    result = run_all(tmp_path, job)["slides/01.md"]
    assert (result.failure, result.outputs[-1].printed("stdout")) == (None, "[1]\n")


# --- values and reads -------------------------------------------------------------------------


@pytest.mark.usefixtures("recorder")
def test_values_and_reads(tmp_path: Path) -> None:
    (tmp_path / "snippets").mkdir()
    (tmp_path / "snippets/mine.py").write_text("y = 2\n")
    (tmp_path / "data").mkdir()
    (tmp_path / "data/in.txt").write_text("3")
    script = """
        import mine
        x = mine.y
        text = open("../data/in.txt").read()
        with open("out.txt", "w") as file: file.write("own")
        own = open("out.txt").read()
        _hidden = 1
    """
    result = run_one(tmp_path, script)
    assert result.values == {"x": 2, "text": "3", "own": "own"}
    assert list(there(result)) == ["data/in.txt", "snippets/mine.py"]
    assert result.reads["data/in.txt"] == Disk(tmp_path).stamp("data/in.txt")


@pytest.mark.parametrize("end", ["", "raise ValueError", "os._exit(3)", "while True: pass"])
def test_only_values_that_are_named_leave_the_process(tmp_path: Path, end: str) -> None:
    script = f"""
        import os
        key = "sk-canary"
        config = {{"key": key, "size": 2}}
        def f(): return key
        {end}
    """
    job = make_job(tmp_path, "x.py", script, timeout_seconds=1)
    result = run_all(tmp_path, replace(job, values=(NamedValue("config.size"),)))["x.py"]
    reached = {"config": {"dict": [["key", None], ["size", 2]]}}
    assert result.values == ({} if "_exit" in end else reached)


READERS = {
    "forked": "if os.fork() == 0: open('../data.csv').read()\nelse: os.wait()",
    "started": "subprocess.run([sys.executable, '-c', 'open(\"../data.csv\")'], check=True)",
    "started file": "subprocess.run([sys.executable, 'read.py'], check=True)",
    "started by one started": "subprocess.run(['sh', '-c', f'{sys.executable} read.py'], check=True)",
    "pool": "with multiprocessing.get_context('fork').Pool(1) as pool: pool.apply(read.read)",
    "spawned": "with multiprocessing.get_context('spawn').Pool(1) as pool: pool.apply(read.read)",
    "interrupted": "read.read()\nprint('has read', flush=True)\nwhile True: pass",
    "killed": "read.read()\nos.kill(os.getpid(), 9)",
    "failed": "read.read()\n1 / 0",
    "gone": "read.read()\nos._exit(0)",
}


@pytest.mark.parametrize("isolate", ["fork", "fresh"])
@pytest.mark.parametrize("name", READERS)
@pytest.mark.usefixtures("recorder")
def test_reads_of_every_process_of_a_run_count(tmp_path: Path, name: str, isolate: str) -> None:
    (tmp_path / "snippets").mkdir()
    (tmp_path / "data.csv").write_text("1")
    (tmp_path / "snippets/read.py").write_text("def read(): open('../data.csv')\nread()\n")
    script = f"import multiprocessing, os, subprocess, sys\nif 'file' not in {name!r}: import read\n"
    script += f"if __name__ == '__main__':\n{textwrap.indent(READERS[name], '    ')}\n"
    if name in ("forked", "started"):
        script = script.replace("import read\n", "pass\n")
    result = run_one(tmp_path, script, isolate=isolate, timeout_seconds=1 if name == "interrupted" else 60)
    seconds = 1
    while name == "interrupted" and not any(output.printed("stdout") for output in result.outputs):
        seconds *= 4  # a busy machine had interrupted it before it came so far
        result = run_one(tmp_path, script, isolate=isolate, timeout_seconds=seconds)
    assert (result.failure is None) is (name not in ("interrupted", "killed", "failed", "gone"))
    assert result.reads["data.csv"] == Disk(tmp_path).stamp("data.csv")
    assert set(there(result)) <= {"data.csv", "snippets/read.py", "$PATH"}


@pytest.mark.usefixtures("recorder")
def test_processes_that_a_script_starts_see_nothing_of_us(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the author's own start-up module, if there is one."""
    show = "import sys; print(*sys.path, *sorted(sys.modules), file=sys.stderr)"
    alone = subprocess.run([sys.executable, "-c", show], capture_output=True, text=True, check=True)
    script = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {show!r}], check=True)"
    result = run_one(tmp_path, script)
    assert (result.failure, result.outputs[0].printed("stdout")) == (None, "")
    assert "deckwright" not in result.outputs[1].printed("stderr").replace("__editable___deckwright", "")
    assert set(result.outputs[1].printed("stderr").split()) - set(alone.stderr.split()) <= {"__future__"}
    (tmp_path / "sitecustomize.py").write_text("import sys; sys.mine = 7\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    script = "import subprocess, sys; x = subprocess.run([sys.executable, '-c', 'exit(sys.mine)']).returncode"
    assert run_one(tmp_path, script.replace("exit(", "import sys; exit(")).values == {"x": 7}


@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.usefixtures("recorder")
def test_a_module_that_changes_while_the_script_runs(tmp_path: Path, compiled: bool) -> None:
    module = tmp_path / "snippets/mine.py"
    module.parent.mkdir()
    module.write_text("x = 1\n")
    (tmp_path / "data.csv").write_text("1")
    if compiled:
        py_compile.compile(str(module))
    disk = Disk(tmp_path)
    before = {path: disk.stamp(path) for path in ("data.csv", "snippets/mine.py")}
    with tempfile.TemporaryDirectory(dir="/tmp") as outside:
        script = f"""
            import os, time
            import mine
            open("../data.csv").read()
            open("{outside}/read", "w").close()
            while not os.path.exists("{outside}/go"):
                time.sleep(0.01)
        """
        others = subprocess.Popen(
            f"while ! [ -e {outside}/read ]; do sleep 0.01; done\n"
            f"echo 2 > data.csv; echo x = 2 > snippets/mine.py; touch {outside}/go",
            shell=True,
            cwd=tmp_path,
        )
        assert there(run_one(tmp_path, script)) == before
        others.wait()
    assert disk.stamp("data.csv") != before["data.csv"]
    assert disk.stamp("snippets/mine.py") != before["snippets/mine.py"]


@pytest.mark.usefixtures("recorder")
def test_modules_and_data_outside_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as modules of editable installs, and data sets that several courses share."""
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    for path, text in (("src/mine.py", "x = 1"), ("mnist/a.bin", "1"), ("temporary/note", "1")):
        (tmp_path / path).parent.mkdir()
        (tmp_path / path).write_text(text)
    script = """
        import sys
        sys.path.append("../../src")
        import mine
        open("../../mnist/a.bin").read()
        open("../../temporary/note").read()
    """
    result = run_one(tmp_path / "course", script)
    outside = [str(tmp_path / path) for path in ("mnist/a.bin", "src/mine.py")]
    assert there(result) == {path: Disk(tmp_path).stamp(path) for path in outside}
    assert result.imports == ()


LOOKS = {
    "os.path.exists(PATH)": True,
    "os.path.isfile(PATH)": True,
    "os.path.getsize(PATH) if os.path.exists(PATH) else 0": True,
    "pathlib.Path(PATH).exists()": True,
    "sorted(pathlib.Path(PATH).rglob('*'))": True,
    "subprocess.run([sys.executable, '-c', 'import os; os.path.exists(\"PATH\")'])": True,
    "linecache.checkcache('PATH')": False,
}


@pytest.mark.parametrize("present", [True, False])
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.usefixtures("recorder")
def test_files_that_a_run_only_probes(tmp_path: Path, look: str, present: bool) -> None:
    """The existence, size or age of a file may be all that a script reads of it."""
    if present:
        (tmp_path / "a.pt").write_text("1")
    path = "'../a.pt'" if "'PATH" not in look and '"PATH' not in look else "../a.pt"
    script = f"import linecache, os, pathlib, subprocess, sys\nx = {look.replace('PATH', path)}\n"
    reads = run_one(tmp_path, script).reads
    if not LOOKS[look]:
        assert "a.pt" not in reads
    elif present:
        assert reads["a.pt"] == Disk(tmp_path).stamp("a.pt")
    else:
        assert {path: reads.get(path) for path in ("a.pt", "a.pt/")} == {"a.pt": NO_FILE, "a.pt/": NO_FILE}


@pytest.mark.parametrize(
    ("module", "read"),
    [
        ("PIL.ImageFont", "truetype('../a.bin')"),
        ("PIL.ImageFont", "truetype(font='../a.bin')"),
        ("torch.export", "load('../a.bin')"),
        ("torchvision.io", "read_image('../a.bin')"),
        ("torchvision.io", "read_file('../a.bin')"),
        ("polars", "read_csv('../a.bin')"),
        ("polars", "scan_csv(source='../*.bin').collect()"),
        ("polars", "read_parquet(['../a.bin'])"),
    ],
)
@pytest.mark.usefixtures("recorder")
def test_files_that_libraries_open_in_other_languages(tmp_path: Path, module: str, read: str) -> None:
    if find_spec(module.partition(".")[0]) is None:
        pytest.skip(f"{module} is not installed")
    (tmp_path / "a.bin").write_text("neither a font nor a program")
    script = f"import {module} as m\ntry:\n    m.{read}\nexcept Exception:\n    pass\n"
    assert run_one(tmp_path, script).reads["a.bin"] == Disk(tmp_path).stamp("a.bin")


def test_a_file_that_opencv_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in opens none, so the kernel would see nothing: the package is large."""
    monkeypatch.setenv("DECKWRIGHT_RECORDER", "hooks")
    for path, text in {"a.bin": "", "snippets/cv2.py": "def imread(filename, flags=1): pass"}.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    result = run_one(tmp_path, "import cv2\ncv2.imread(filename='../a.bin')\n")
    assert result.reads["a.bin"] == Disk(tmp_path).stamp("a.bin")


@pytest.mark.usefixtures("recorder")
def test_files_that_would_shadow_a_module(tmp_path: Path) -> None:
    for path in ("lib/far.py", "snippets/near.py", "snippets/space/part.py", "snippets/whole/__init__.py"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("")
    script = """
        import sys
        sys.path.insert(1, "../lib")
        import far, near, space.part, statistics, whole
        import numpy.linalg
        try:
            from whole import other
        except ImportError:
            pass
    """
    result = run_one(tmp_path, script)
    absent = {path for path, stamp in result.reads.items() if stamp == NO_FILE and path.endswith(".py")}
    assert result.failure is None
    assert absent == {
        *("snippets/far.py", "snippets/far/__init__.py", "lib/far/__init__.py"),
        *("snippets/near/__init__.py", "snippets/space.py", "snippets/space/__init__.py"),
        *("lib/space.py", "lib/space/__init__.py", "snippets/space/part/__init__.py"),
        *("snippets/statistics.py", "snippets/statistics/__init__.py"),
        *("lib/statistics.py", "lib/statistics/__init__.py"),
        *("snippets/numpy.py", "snippets/numpy/__init__.py"),
        *("snippets/whole/other.py", "snippets/whole/other/__init__.py"),
    }


@pytest.mark.usefixtures("recorder")
def test_folders_absent_files_and_declared_data(tmp_path: Path) -> None:
    for path in ("data/a.csv", "data/b.csv", "pictures/a.png"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("1")
    script = """
        # /// script
        # [tool.deckwright]
        # data = ["../pictures", "late.bin"]
        # ///
        from pathlib import Path
        total = sum(int(file.read_text()) for file in Path("../data").glob("*.csv"))
        try:
            text = Path("late.csv").read_text()
        except FileNotFoundError:
            text = ""
    """
    result = run_one(tmp_path, script)
    disk = Disk(tmp_path)
    present = ["data/", "data/a.csv", "data/b.csv", "pictures/", "pictures/a.png"]
    assert there(result) == {path: disk.stamp(path) for path in present}
    assert {"data/.", "snippets/late.bin", "snippets/late.csv"} <= result.reads.keys()


@pytest.mark.parametrize("isolate", ["fork", "fresh"])
@pytest.mark.usefixtures("recorder")
def test_installed_modules_that_a_run_imports(tmp_path: Path, isolate: str) -> None:
    (tmp_path / "snippets").mkdir()
    (tmp_path / "snippets/mine.py").write_text("def f():\n    import networkx\n")
    script = """
        # %%
        import json, subprocess, sys, mine
        subprocess.run([sys.executable, "-c", "import pypdf"], check=True)
        # %%
        1 + 1
    """
    imports = run_one(tmp_path, script, isolate=isolate).imports
    assert {"networkx", "pypdf", "IPython"} <= set(imports)
    assert not {"json", "mine", "deckwright", "matplotlib", "torch"} & set(imports)


@pytest.mark.parametrize("caught", [True, False])
@pytest.mark.usefixtures("recorder")
def test_a_module_that_is_missing(tmp_path: Path, caught: bool) -> None:
    """If it is added beside the script, or installed, the script must run again."""
    script = "try: import lacking.part\nexcept ImportError: x = 1" if caught else "import lacking"
    result = run_one(tmp_path, script)
    assert (result.failure is None) is caught
    reads = dict(result.reads)
    for path in ("snippets/lacking.py", "snippets/lacking/__init__.py"):
        assert reads.pop(path) == NO_FILE
    assert reads
    assert all(path.endswith("-packages/") for path in reads)
    assert reads == {path: Disk(tmp_path).stamp(path) for path in reads}


SEEN = {
    "warns.py": "import warnings\nwarnings.warn('numpy.ufunc size changed, may', RuntimeWarning)\n",
    "modules.py": "import sys\nprint(sorted(sys.modules))\n",
    "filters.py": "import warnings\nprint(len(warnings.filters))\n",
    "loggers.py": "import logging\nprint(sorted(logging.root.manager.loggerDict))\n",
    "variables.py": "import os\nprint(sorted(set(os.environ) - {'DECKWRIGHT_SCRATCH'}))\n",
    "arrays.py": "import numpy as np\nprint(np.geterr(), np.get_printoptions())\n",
    "torch_user.py": "import torch, warnings\nprint(len(warnings.filters), torch.get_default_dtype())\n",
    "plots.py": "import matplotlib.pyplot, logging\nprint(sorted(logging.root.manager.loggerDict))\n",
}


@settings(max_examples=3, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    names=st.lists(st.sampled_from(sorted(SEEN)), min_size=2, max_size=8, unique=True),
    cold=st.booleans(),
    fresh=st.sets(st.sampled_from(sorted(SEEN)), min_size=3),
)
def test_a_script_sees_what_it_imported_itself(
    tmp_path: Path,
    seen_alone: Mapping[str, tuple[Output, ...]],
    names: list[str],
    cold: bool,
    fresh: set[str],
) -> None:
    jobs = [
        make_job(tmp_path, name, SEEN[name], isolate="fresh" if name in fresh else "fork") for name in names
    ]
    with Workers(tmp_path, jobs=2, scratch=tmp_path / "build/scratch") as workers:
        if not cold:
            workers.warm([make_job(tmp_path, "warm.py", "import pandas, torchvision, sklearn, IPython")])
        outputs = {result.job: result.outputs for result in workers.run(jobs)}
    assert outputs == {name: seen_alone[name] for name in names}


@pytest.fixture(scope="module")
def seen_alone(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[Output, ...]]:
    folder = tmp_path_factory.mktemp("alone")
    jobs = [make_job(folder, name, text) for name, text in SEEN.items()]
    return {job.id: run_all(folder, job)[job.id].outputs for job in jobs}


def test_modules_that_the_server_imported_for_others_do_not_count(tmp_path: Path) -> None:
    results = run_all(
        tmp_path,
        make_job(tmp_path, "torch_user.py", "import torch"),
        make_job(
            tmp_path, "plotter.py", "import matplotlib.pyplot as plt\nplt.plot([1])", Figure("x", "svg")
        ),
        make_job(tmp_path, "plain.py", "x = 1"),
        make_job(tmp_path, "dynamic.py", "import importlib\nx = importlib.import_module('torch').__name__"),
        at_a_time=1,
    )
    imports = {name: set(result.imports) for name, result in results.items()}
    assert imports["plain.py"] == set()
    assert "torch" in imports["torch_user.py"] & imports["dynamic.py"]
    assert "matplotlib" in imports["plotter.py"]


@pytest.mark.parametrize("isolate", ["fork", "fresh"])
def test_modules_beside_the_script_come_first(tmp_path: Path, isolate: str) -> None:
    (tmp_path / "snippets").mkdir()
    (tmp_path / "snippets/queue.py").write_text("mine = True\n")
    (tmp_path / "snippets/json.py").write_text("mine = True\n")
    result = run_one(tmp_path, "import json, queue\nx = json.mine and queue.mine", isolate=isolate)
    assert (result.failure, result.values) == (None, {"x": True})


@pytest.mark.parametrize(
    ("script", "file", "code", "hides"),
    [
        ("a.py", "math.py", "import math\nmath.floor(1)", "math.py hides Python's own module 'math'"),
        (
            "a.py",
            "queue/__init__.py",
            "from queue import Queue",
            "queue/__init__.py hides Python's own module",
        ),
        ("a.py", "json.py", "import json.decoder", "json.py hides Python's own module 'json'"),
        ("a.py", "math.py", "import numpy", "math.py hides Python's own module 'math'"),
        ("rich.py", "", "from rich.console import Console", "rich.py hides the installed package 'rich'"),
        (
            "select.py",
            "",
            "import subprocess\nsubprocess.run",
            "select.py hides Python's own module 'select'",
        ),
        ("numbers.py", "", "import fractions\nfractions.Fraction", "numbers.py hides Python's own module"),
        ("dis.py", "", "import dis\ndis.dis(1)", "dis.py hides Python's own module 'dis'"),
        ("a.py", "mine.py", "import mine\nmine.floor(1)", ""),
        ("a.py", "math.py", "import math\nmath.pi = 3\n1 / 0", ""),
        ("a.py", "", "import math\nmath.flor(1)", ""),
    ],
)
def test_a_file_that_hides_a_module(tmp_path: Path, script: str, file: str, code: str, hides: str) -> None:
    if file:
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text("")
    result = run_all(tmp_path, make_job(tmp_path, script, code, isolate="fresh"))[script]
    assert result.failure
    assert hides in result.failure.message
    assert ("hides" in result.failure.message) == bool(hides)


def test_the_source_is_that_of_the_job_not_of_the_file(tmp_path: Path) -> None:
    job = make_job(tmp_path, "x.py", "print('job')\n1 / 0")
    (tmp_path / "x.py").write_text("print('file')\n2 / 0\n")
    result = run_all(tmp_path, job)["x.py"]
    assert result.outputs[0].printed("stdout") == "job\n"
    assert result.failure is not None
    assert result.failure.raised is not None
    assert result.failure.raised.frames[0].code == "1 / 0"


# --- figures ----------------------------------------------------------------------------------

PLOT = """
    import matplotlib.pyplot as plt
    fig, ax = plt.subplots(figsize=(3, 2))
    ax.plot([1, 2, 3])
    ax.set_title("中文 title")
    plt.show()
"""


def test_a_figure_has_the_same_bytes_in_every_run(tmp_path: Path) -> None:
    wanted = [Figure("x", suffix) for suffix in ("svg", "png", "jpg", "webp")]
    one = run_one(tmp_path, PLOT, *wanted)
    two = run_one(tmp_path, PLOT, *wanted, isolate="fresh")
    assert one.failure is None
    assert [a.name for a in one.artifacts] == ["x.svg", "x.png", "x.jpg", "x.webp"]
    assert one.artifacts == two.artifacts
    assert "".join(output.printed("stderr") for output in one.outputs) == ""
    assert b"<dc:date>" not in one.artifacts[0].data
    assert Image.open(io.BytesIO(one.artifacts[1].data)).size == (600, 400)


def test_no_figure(tmp_path: Path) -> None:
    result = run_one(tmp_path, "x = 1", Figure("x", "svg"))
    assert result.failure == Failure(FailureKind.NO_FIGURE, "no figure is open for x.svg")


def test_figures_of_cells(tmp_path: Path) -> None:
    script = """
        # %%
        import matplotlib.pyplot as plt
        # %%
        #| label: wide
        #| fig-width: 4
        #| fig-height: 1
        plt.plot([1, 2]);
        # %%
        #| label: unwanted
        plt.figure();
        # %%
        #| label: shown
        from matplotlib.figure import Figure
        fig = Figure(figsize=(1, 2))
        fig
        # %%
        #| label: none
        print(plt.get_fignums(), plt.rcParams["figure.figsize"])
        # %%
        #| label: broken
        plt.title("$\\\\frac{$");
        # %%
        last = plt.figure(figsize=(2, 2))
    """
    wanted = [("wide", 1), ("shown", 3), ("none", 4), ("broken", 5), ("x", None)]
    result = run_one(tmp_path, script, *(Figure(name, "png", cell) for name, cell in wanted))
    sizes = {a.name: Image.open(io.BytesIO(a.data)).size for a in result.artifacts}
    assert sizes == {"wide.png": (800, 200), "shown.png": (200, 400)}
    assert result.failure is not None
    assert (result.failure.kind, result.failure.message) == (
        FailureKind.NO_FIGURE,
        "no figure is open for none.png",
    )
    (shown,) = result.outputs[5].parts
    assert isinstance(shown, Rich)
    assert shown.data["image/svg+xml"].startswith("<?xml")
    assert result.outputs[6].printed("stdout") == "[] [6.4, 4.8]\n"


MOVIE = """
    import matplotlib.pyplot as plt
    from matplotlib.animation import FuncAnimation
    fig, ax = plt.subplots(figsize=(1, 1))
    def draw(step):
        ax.clear()
        ax.bar([0], [step])
        ax.set_ylim(0, 3)
    movie = FuncAnimation(fig, draw, frames=4, interval=200)
"""


def test_animation_and_its_still(tmp_path: Path) -> None:
    result = run_one(tmp_path, MOVIE, Figure("x", "gif"), Figure("x", "apng"))
    assert result.failure is None
    for artifact in result.artifacts:
        picture = Image.open(io.BytesIO(artifact.data))
        assert getattr(picture, "n_frames", 1) == 4
        assert picture.info["loop"] == 0
        assert picture.info["duration"] == 200
        assert artifact.still is not None
        assert Image.open(io.BytesIO(artifact.still)).size == (200, 200)


def test_animation_without_a_variable(tmp_path: Path) -> None:
    result = run_one(tmp_path, MOVIE + "    del movie\n", Figure("x", "gif"))
    assert result.failure is not None
    assert result.failure.kind is FailureKind.NO_FIGURE


# --- torch ------------------------------------------------------------------------------------


@pytest.mark.parametrize("isolate", ["fork", "fresh"])
@pytest.mark.usefixtures("recorder")
def test_a_checkpoint_that_a_run_saves_and_loads_is_no_input(tmp_path: Path, isolate: str) -> None:
    """Otherwise two scripts that save and load under one name would make each other stale for ever."""
    script = "import torch\ntorch.save([1], 'model.pt')\ntorch.load('model.pt')\n"
    assert there(run_one(tmp_path, script, isolate=isolate)) == {}
    assert there(run_one(tmp_path, script, isolate=isolate)) == {}


@pytest.mark.parametrize("isolate", ["fork", "fresh"])
def test_deterministic_algorithms(tmp_path: Path, isolate: str) -> None:
    script = """
        import os, torch
        print(torch.are_deterministic_algorithms_enabled(), os.environ.get("CUBLAS_WORKSPACE_CONFIG"))
        # %% refused
        #| raises: RuntimeError
        torch.zeros(3).put_(torch.tensor([0, 0]), torch.ones(2))
    """
    result = run_one(tmp_path, script, isolate=isolate, deterministic=True)
    assert result.failure is None
    assert result.outputs[1].printed("stdout") == "True :4096:8\n"
    other = run_one(tmp_path, script, isolate=isolate)
    assert other.outputs[1].printed("stdout") == "False None\n"
    assert other.failure is not None


def test_a_run_names_the_gpu_that_torch_has_used(tmp_path: Path) -> None:
    """No GPU is needed: the script lets torch say that it has used one."""
    script = """
        import torch
        torch.cuda.is_initialized = lambda: USED
        torch.cuda.get_device_name = lambda: "NVIDIA A100"
        torch.cuda.get_device_capability = lambda: (8, 0)
        torch.backends.cudnn.is_available = lambda: True
        torch.backends.cudnn.version = lambda: 90100
    """
    result = run_one(tmp_path, script.replace("USED", "True"))
    assert result.card == {"GPU": "NVIDIA A100", "capability": "8.0", "cuDNN": "90100"}
    assert run_one(tmp_path, script.replace("USED", "False")).card == {}


def test_torch_is_imported_once_and_seeded(tmp_path: Path) -> None:
    script = """
        import sys
        warm = "torch" in sys.modules
        import torch
        torch.manual_seed(0) if __file__.endswith("a.py") else None
        x = torch.rand(3)
        print(x, torch.get_num_threads())
        accuracy = torch.tensor(0.25)
    """
    jobs = [make_job(tmp_path, f"{name}.py", script) for name in "abcd"]
    results = run_all(tmp_path, *jobs)
    assert [r.failure for r in results.values()] == [None] * 4
    assert len({r.outputs[5].printed("stdout") for r in results.values()}) == 1
    assert results["a.py"].values["accuracy"] == 0.25
    assert all(r.values["warm"] for r in results.values())
