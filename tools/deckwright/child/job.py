"""One job from start to end, in a process of its own."""

from __future__ import annotations

import atexit
import os
import resource
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType, TracebackType
from typing import NoReturn

from deckwright.child.display import matplotlib_setup
from deckwright.child.display.displays import Displays
from deckwright.child.display.figures import FigureRecorder
from deckwright.child.display.notebook import record_displays
from deckwright.child.exceptions import describe, hidden_module, kinds_of, suggestion
from deckwright.child.import_hooks import after_import
from deckwright.child.journal import Ended, Journal, Started, StreamChanged
from deckwright.child.libraries import audit_cpp_files, seed_generators
from deckwright.child.prctl import die_with_parent
from deckwright.child.program import Program
from deckwright.child.recording.audit_log import AuditLog, environment, install
from deckwright.child.recording.declared_data import declared_paths
from deckwright.child.recording.recorder import report_to
from deckwright.child.streams import Streams, report_changes
from deckwright.child.task import Task
from deckwright.child.values import named_values
from deckwright.model import Failure, FailureKind

_MOST_CHANGES = 10_000
"""Changes between stdout and stderr whose order a journal keeps."""

_FROM_THE_START = frozenset(
    {
        *("abc", "builtins", "codecs", "encodings", "genericpath", "io", "marshal", "os", "posix"),
        *("posixpath", "site", "stat", "sys", "time", "zipimport"),
    }
)
"""Modules that every interpreter imports before it runs a script: no file can take their place."""


def run_job(task: Task, recorder: int | None = None) -> NoReturn:
    """Run a job, and write its journal, streams and pictures into its scratch folder.

    `recorder` is the descriptor for `report_to`, if there is a recorder.
    """
    journal = Journal(task.scratch)
    streams = Streams(task.scratch, watched=task.watched)
    _prepare_process(task)
    journal.write(Started(_peak_bytes()))
    _log_changes_of_stream(journal, streams)
    started = time.perf_counter()
    main = _main_module(task)
    log = _log_reads(task, recorder)
    figures = FigureRecorder(task, journal)
    namespace = main.__dict__
    displays = Displays(task, journal, streams, figures)
    program = Program(task, namespace, journal, streams, figures, displays)
    record_displays(displays)
    _guarded(program, program.run)
    # Wait for threads and pools, as the interpreter does at its end.
    _guarded(program, threading._shutdown)  # type: ignore[attr-defined]
    if not journal.failed:
        _guarded(program, lambda: figures.finish(namespace))
    values = named_values(namespace, [value.name for value in task.job.values])
    seconds = time.perf_counter() - started
    atexit._run_exitfuncs()
    log.log_unreported_imports()
    streams.flush()
    displays.finish()
    journal.write(Ended(seconds, values, _peak_bytes()))
    os._exit(0)


def _log_changes_of_stream(journal: Journal, streams: Streams) -> None:
    left = iter(range(_MOST_CHANGES))

    def log() -> None:
        if next(left, None) is not None:
            journal.write(StreamChanged(*streams.sizes()))

    report_changes(log)


def _guarded(program: Program, action: Callable[[], object]) -> None:
    """Call an action. An exception that it raises is a failure of the job."""
    error: BaseException | None = None
    try:
        action()
    except BaseException as raised:
        error = raised
    if not program.journal.owned:
        _end_fork(program, error)
    if error and not (isinstance(error, SystemExit) and error.code in (None, 0)):
        _fail(program, error)


def _end_fork(program: Program, error: BaseException | None) -> NoReturn:
    """End a process that the script forked, as the interpreter would."""
    status = 0
    if isinstance(error, SystemExit):
        is_message = not isinstance(error.code, int | None)
        status = 1 if is_message else int(error.code or 0)
        if is_message:
            print(error.code, file=sys.stderr)
    elif error:
        status = 1
        trace = _of_script(program.task, error.__traceback__)
        sys.excepthook(type(error), error.with_traceback(trace), trace)
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    program.streams.flush()
    os._exit(status & 0xFF)


def _of_script(task: Task, trace: TracebackType | None) -> TracebackType | None:
    """Return a traceback without the frames that called the script."""
    while trace and trace.tb_frame.f_code.co_filename != str(task.script):
        trace = trace.tb_next
    return trace


def _fail(program: Program, error: BaseException) -> None:
    root = Path(program.task.root)
    raised = describe(error, root, program.task.script)
    advice = hidden_module(error, root) or suggestion(error)
    raised = replace(raised, message=raised.message + advice)
    message = f"{raised.type}: {raised.message}" if raised.message else raised.type
    failure = Failure(FailureKind.RAISED, message, program.statement, raised, kinds_of(error, root))
    program.journal.fail(failure)


def _prepare_process(task: Task) -> None:
    """Set up what a script expects: its folder, path, devices and seeds."""
    die_with_parent()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # A build writes nothing beside the sources, so no __pycache__ there either.
    sys.dont_write_bytecode = True
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    if task.visible is not None:
        os.environ["CUDA_VISIBLE_DEVICES"] = task.visible
    if task.job.device == "cpu" and sys.platform == "darwin":
        after_import("torch", lambda torch: setattr(torch.backends.mps, "is_available", lambda: False))
    folder = str(task.script.parent)
    os.chdir(folder)
    folders = [folder, *(str(Path(task.root, each)) for each in task.job.pythonpath)]
    sys.path[:0] = folders
    for each in filter(os.path.isdir, folders):
        _unshadow(each)
    sys.argv = [task.script.name]
    matplotlib_setup.prepare(task.fonts, task.figure_fonts)
    seed_generators(task.job.options.seed)


def _log_reads(task: Task, recorder: int | None) -> AuditLog:
    """Log what is read from now on, here and in the processes that the script starts."""
    log = AuditLog(task.scratch, task.root, str(task.script))
    log.log_preloaded()
    log.log_shadows_of(task.job.imports)
    log.log_declared(declared_paths(task.job.options.data, str(task.script.parent)))
    if recorder is not None and report_to(recorder, task.scratch, task.root, str(task.script)):
        log.leave_files_to_kernel()
    else:
        audit_cpp_files()
    os.environ.update(environment(task.scratch, task.root, kernel=log.kernel))
    install(log)
    return log


def _main_module(task: Task) -> ModuleType:
    main = ModuleType("__main__")
    main.__dict__.update(__file__=str(task.script), __cached__=None, __builtins__=__builtins__)
    sys.modules["__main__"] = main
    return main


def _unshadow(folder: str) -> None:
    """Unload modules that a file in a folder of modules, such as the script's own, has the name of.

    `python FILE` would find `queue.py` beside the script, so `import queue` must here too.
    """
    hidden = set()
    for path in Path(folder).iterdir():
        importable = path.suffix == ".py" or (path / "__init__.py").exists()
        if importable and path.stem not in _FROM_THE_START and not path.stem.startswith("_"):
            hidden.add(path.stem)
    for name in [name for name in sys.modules if name.partition(".")[0] in hidden]:
        del sys.modules[name]


def _peak_bytes() -> int:
    """Return the most memory that this process has held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
