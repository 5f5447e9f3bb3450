"""One job from start to end, in a process of its own."""

from __future__ import annotations

import atexit
import os
import resource
import signal
import sys
import threading
import time
import traceback
import weakref
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import ModuleType, TracebackType
from typing import Any, NoReturn

from deckwright.child.bare_stack import Piece, run_on_bare_stack
from deckwright.child.display import matplotlib_setup
from deckwright.child.display.displays import Displays
from deckwright.child.display.figures import FigureRecorder
from deckwright.child.display.notebook import record_displays
from deckwright.child.exceptions import describe, hidden_module, is_own, kinds_of, suggestion
from deckwright.child.import_hooks import after_import
from deckwright.child.interpreter import (
    drop_modules,
    enter_script,
    exit_status,
    hide_our_modules,
    last_module,
    modules_since,
    new_main_module,
    report,
    shown_modules,
)
from deckwright.child.journal import (
    CannotFork,
    Ended,
    InputAwaited,
    Journal,
    StandsStill,
    Started,
    StreamChanged,
)
from deckwright.child.libraries import (
    audit_cpp_files,
    card_in_use,
    refuse_to_import_deck,
    seed_generators,
    use_deterministic_algorithms,
)
from deckwright.child.program import Pieces, Program
from deckwright.child.ranks import start_ranks
from deckwright.child.recording.audit_log import AuditLog, environment, install
from deckwright.child.recording.declared_data import declared_paths
from deckwright.child.recording.recorder import report_to
from deckwright.child.refused_calls import guard_ancestors
from deckwright.child.stack import write_stack_when_interrupted
from deckwright.child.stage import OpenFiles, await_block, fork_obstacle, note_figures, show_figures
from deckwright.child.streams import Streams, TypedInput, report_changes
from deckwright.child.task import FAULT, Task, read_task
from deckwright.child.temporary import system_folder
from deckwright.child.values import named_values
from deckwright.model import Failure, FailureKind
from deckwright.text.sizes import size_text

_MOST_CHANGES = 10_000
"""Changes between stdout and stderr whose order a journal keeps."""


def run_job(task: Task, recorder: int | None = None) -> NoReturn:
    """Run a job, and write its journal, streams and pictures into its scratch folder.

    `recorder` is the descriptor for `report_to`, if there is a recorder. The process ends with it.
    """
    if task.job.options.nproc > 1:
        task = start_ranks(task)
    run_on_bare_stack(_pieces(task, recorder))


def _pieces(task: Task, recorder: int | None) -> Iterator[Piece]:
    try:
        run = _Run(task, recorder)
        yield from run.pieces()
        if not run.ended and (block := run.next_block()):
            run.take_over(block)
            yield from run.pieces()
            run.end_block()
        run.end()
    except BaseException:
        traceback.print_exc()  # into the script's stderr
        sys.stderr.flush()
    finally:
        os._exit(FAULT)


class _Run:
    """The run of a job in this process, and in those that the script forks from it."""

    def __init__(self, task: Task, recorder: int | None) -> None:
        self._open(task)
        write_stack_when_interrupted(task.scratch)
        _prepare_process(task)
        self._begin()
        self._main: ModuleType | None = new_main_module(task.script)
        self._log = _log_reads(task, recorder)
        self._record()
        self._values: Mapping[str, Any] = {}
        self._card: Mapping[str, str] = {}
        self._seconds = 0.0
        self._status = 0
        self._statement: int | None = None
        """The last one that ran, or the one that is running."""
        self._flags = 0
        self.ended = False
        """Whether an exception has ended it."""
        self._hidden = hide_our_modules()
        self._last_before = last_module()

    def _open(self, task: Task) -> None:
        self._task = task
        self._journal = Journal(task.scratch)
        self._streams = Streams(task.scratch, watched=task.watched, stdin=task.stdin)

    def _begin(self) -> None:
        self._journal.write(Started(_peak_bytes()))
        _log_changes_of_stream(self._journal, self._streams)
        self._started = time.perf_counter()

    def _record(self) -> None:
        """Record what is drawn and displayed."""
        self._figures = FigureRecorder(self._task, self._journal)
        self._displays = Displays(self._task, self._journal, self._streams, self._figures)
        record_displays(self._displays)

    def next_block(self) -> str:
        """Return the folder of a block to go on with: the task's own, or in a fork one that is asked for.

        Empty for a job that ends here.
        """
        if self._task.block:
            self._stand()
            return self._task.block
        if not self._task.stands:
            return ""
        if obstacle := fork_obstacle(self._task.job.device):
            self._journal.write(CannotFork(obstacle))
            return ""
        self._stand()
        self._journal.write(StandsStill())
        return await_block(self._task.scratch, self._files)

    def _stand(self) -> None:
        """Note what a block finds."""
        note_figures()
        self._streams.flush()
        self._files = OpenFiles()

    def take_over(self, folder: str) -> None:
        """Go on with the statements of another task, for which all is there that has been run."""
        self._log.move_to(folder)  # what a block reads was not read before it
        with shown_modules(self._hidden):
            task = read_task(folder)
        self._open(task)
        self._begin()
        self._record()
        if task.stdin:
            TypedInput(self._await_input).use()

    def _await_input(self) -> None:
        self._journal.write(InputAwaited(*self._streams.sizes()))

    def pieces(self) -> Iterator[Piece]:
        """Yield the statements of the script, each when it has to run."""
        parts = self._journal, self._streams, self._figures, self._displays
        program = Program(self._task, vars(self._main), *parts, flags=self._flags)
        _limit_files(self._task, self._journal, program)
        error = yield from _until_error(program.pieces())
        self._statement, self._flags = program.statement, program.flags
        if error is not None:
            self.ended = True
            self._fail(error)

    def end_block(self) -> NoReturn:
        """End a process that has run a block. What was begun before it stays, such as temporary files."""
        if not self.ended:
            self._guard(lambda: show_figures(self._displays, self._figures))
        self._guard(threading._shutdown)  # type: ignore[attr-defined]
        self._files.flush()
        self._streams.flush()
        if self._journal.owned:
            self._displays.finish()
            self._journal.write(Ended(time.perf_counter() - self._started, {}, _peak_bytes()))
        os._exit(self._status)

    def end(self) -> NoReturn:
        """End the process in the order in which the interpreter does."""
        self._guard(threading._shutdown)  # type: ignore[attr-defined]  # waits for threads and pools
        if self._journal.owned:
            self._keep_pictures_and_values()
        atexit._run_exitfuncs()
        if self._journal.owned:
            self._log.log_imports(modules_since(self._last_before))
        self._drop_modules()
        self._streams.flush()
        if self._journal.owned:
            self._displays.finish()
            self._journal.write(Ended(self._seconds, self._values, _peak_bytes(), self._card))
        os._exit(self._status)

    def _guard(self, action: Callable[[], object]) -> None:
        error = _error_of(action)
        if error is not None:
            self._fail(error)

    def _fail(self, error: BaseException) -> None:
        """Take what ends the script: a failure, unless it is an exit with success."""
        error = error.with_traceback(_of_script(self._task, error.__traceback__))
        self._status = exit_status(error)
        failure = self._failure(error) if self._journal.owned else None
        # The slides show what Python would print of an exception.
        if failure is None or sys.excepthook is not sys.__excepthook__:
            self._status = report(error)
        if failure is not None and self._status:
            self._journal.fail(failure)

    def _failure(self, error: BaseException) -> Failure:
        root = Path(self._task.root)
        raised = describe(error, root, self._task.script)
        raised = replace(raised, message=raised.message + (hidden_module(error, root) or suggestion(error)))
        message = f"{raised.type}: {raised.message}" if raised.message else raised.type
        return Failure(FailureKind.RAISED, message, self._statement, raised, kinds_of(error, root))

    def _keep_pictures_and_values(self) -> None:
        namespace = vars(self._main)
        if not self._journal.failed:
            self._guard(lambda: self._figures.finish(namespace))
        self._values = named_values(namespace, [value.name for value in self._task.job.values])
        self._seconds = time.perf_counter() - self._started
        self._card = card_in_use()

    def _drop_modules(self) -> None:
        root, script = Path(self._task.root), self._task.script
        modules = [("__main__", self._main), *modules_since(self._last_before)]
        files = [(name, getattr(module, "__file__", None)) for name, module in modules]
        modules.clear()
        self._main = None
        drop_modules(name for name, file in files if file and is_own(file, root, script))


def _log_changes_of_stream(journal: Journal, streams: Streams) -> None:
    left = iter(range(_MOST_CHANGES))

    def log() -> None:
        if next(left, None) is not None:
            journal.write(StreamChanged(*streams.sizes()))

    report_changes(log)


def _until_error(pieces: Pieces) -> Pieces:
    """Yield pieces; return the exception that ends them, also one of ours, such as an interrupt."""
    try:
        return (yield from pieces)
    except BaseException as error:
        return error


def _error_of(action: Callable[[], object]) -> BaseException | None:
    try:
        action()
    except BaseException as error:
        return error
    return None


def _of_script(task: Task, trace: TracebackType | None) -> TracebackType | None:
    """Return a traceback without the frames that called the script."""
    while trace and trace.tb_frame.f_code.co_filename != str(task.script):
        trace = trace.tb_next
    return trace


def _prepare_process(task: Task) -> None:
    """Set up what a script expects: its folder, path, devices and seeds."""
    guard_ancestors()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _use_temporary(task.temporary)
    # A build writes nothing beside the sources, so no __pycache__ there either.
    sys.dont_write_bytecode = True
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    if task.visible is not None:
        os.environ["CUDA_VISIBLE_DEVICES"] = task.visible
    if task.job.device == "cpu" and sys.platform == "darwin":
        after_import("torch", lambda torch: setattr(torch.backends.mps, "is_available", lambda: False))
    if task.script.suffix == ".md":
        refuse_to_import_deck()
    enter_script(task.script, [str(Path(task.root, each)) for each in task.job.pythonpath])
    matplotlib_setup.prepare(task.fonts, task.figure_fonts)
    seed_generators(task.job.options.seed)
    if task.job.options.deterministic:
        if "CUBLAS_WORKSPACE_CONFIG" not in os.environ:  # cuBLAS reads it when CUDA starts
            os.environ["CUBLAS_WORKSPACE_CONFIG"] = ":4096:8"
        use_deterministic_algorithms()


def _use_temporary(folder: str) -> None:
    """Use a folder for temporary files, also in processes that the script starts."""
    if not folder:
        return
    # What torch compiles is kept from run to run, as for a student.
    cache = f"{system_folder(folder)}/torchinductor_{os.getuid()}"
    if "TORCHINDUCTOR_CACHE_DIR" not in os.environ:
        os.environ["TORCHINDUCTOR_CACHE_DIR"] = cache
    os.environ["TMPDIR"] = folder
    if module := sys.modules.get("tempfile"):  # the server imported it, and it remembers the system's own
        module.tempdir = None  # type: ignore[attr-defined]


def _limit_files(task: Task, journal: Journal, program: Program) -> None:
    """Let no file become larger than the limit: then the job has failed, even if the script goes on."""
    most = task.job.options.disk_bytes
    running = weakref.ref(program)  # its names must be finalized at the end

    def fail(number: int, frame: object) -> None:
        if resource.getrlimit(resource.RLIMIT_FSIZE)[0] < most:
            return  # a smaller limit than ours, of the script or the system: the write raises OSError
        message = f"wrote more than {size_text(most)} into a file"
        statement = program.statement if (program := running()) else None
        journal.fail(Failure(FailureKind.DISK, message, statement))

    signal.signal(signal.SIGXFSZ, fail)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    if hard == resource.RLIM_INFINITY or most < hard:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))


def _log_reads(task: Task, recorder: int | None) -> AuditLog:
    """Log what is read from now on, here and in the processes that the script starts."""
    log = AuditLog(task.log_folder, task.root, str(task.script))
    log.log_preloaded()
    log.log_shadows_of(task.job.imports)
    log.log_declared(declared_paths(task.job.options.data, str(task.script.parent)))
    limits = {"processes": task.job.options.processes, "threads": task.job.options.threads}
    if recorder is not None and report_to(recorder, task.log_folder, task.root, str(task.script), **limits):
        log.leave_files_to_kernel()
    else:
        audit_cpp_files()
    os.environ.update(environment(task.log_folder, task.root, kernel=log.kernel))
    install(log)
    return log


def _peak_bytes() -> int:
    """Return the most memory that this process has held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
