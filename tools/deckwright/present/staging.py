"""The stage of a lecture: code that the presenter runs, in a thread of its own, and what pages hear of it."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict, replace
from typing import Any, Self

from deckwright.build.parsed import ParsedSources
from deckwright.build.read import read_course
from deckwright.errors import ConfigError, DeckwrightError
from deckwright.execute.stage import BlockRun, Stage
from deckwright.files.system_errors import as_ours
from deckwright.frozen import dataclass
from deckwright.model import Display, Failure, FailureKind, Job, Raised, Result
from deckwright.present.blocks import Block, Blocks, blocks_of
from deckwright.present.channel import Channel
from deckwright.present.editor import install_editor
from deckwright.present.panels import panels_of
from deckwright.present.scratch import save
from deckwright.project.project import Project
from deckwright.project.settings import read_settings

_TICK_SECONDS = 0.01
_LOOK_SECONDS = 0.5
"""How often it looks whether pages have changed, while nothing runs."""


DeviceOf = Callable[[str], str | None]
"""Returns the device for one that a script asks for; None if it is not here."""

OpenedStage = AbstractContextManager[tuple[Stage, DeviceOf]]

OpenStage = Callable[[Project], OpenedStage]
"""Opens the stage of a project."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A run that was asked for."""

    block: Block
    edited: str | None


class Staging(AbstractContextManager["Staging"]):
    """Runs blocks, one at a time. Its methods may be called from any thread, and return at once."""

    def __init__(
        self,
        project: Project,
        named: tuple[str, ...],
        channel: Channel,
        versions: Callable[[], Mapping[str, str]],
        open_stage: OpenStage,
    ) -> None:
        """`named` are the decks of the lecture; `versions` returns those of pages, which tell of changes."""
        self._project = project
        self._named = named
        self._channel = channel
        self._versions = versions
        self._open_stage = open_stage
        self._parsed = ParsedSources()
        self._commands: queue.SimpleQueue[Callable[[Stage], None] | None] = queue.SimpleQueue()
        self._is_over = threading.Event()
        self._threads = [
            threading.Thread(target=self._work, name="stage"),
            threading.Thread(target=install_editor, args=[self._is_over.is_set], name="editor"),
        ]
        self._blocks = Blocks()
        self._device_of: DeviceOf = lambda wanted: None
        self._read_for: Mapping[str, str] | None = None
        """The versions of the pages for which the blocks were read."""
        self._asked: _Asked | None = None
        self._run: BlockRun | None = None
        self._shown: dict[str, _Asked] = {}
        """The last run of each block of which pages show one."""

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._is_over.set()
        self._commands.put(None)
        for thread in self._threads:
            thread.join()

    # --- what the presenter asks for ------------------------------------------------------------

    def prepare(self, block: str) -> None:
        """Let what stands before a block run: it is on the slide that is shown."""
        self._commands.put(lambda stage: self._prepare(stage, block))

    def run(self, block: str, edited: str | None) -> None:
        """Run a block as its file has it, or with edited code."""
        self._commands.put(lambda stage: self._begin(stage, block, edited))

    def stop(self) -> None:
        """Stop the block that runs."""
        self._commands.put(lambda stage: self._stop())

    def answer(self, line: str) -> None:
        """Give the block that runs a line that was typed."""
        self._commands.put(lambda stage: self._answer(line))

    def restore(self, block: str) -> None:
        """Show a block as the slide has it."""
        self._commands.put(lambda stage: self._restore(stage, block))

    def save(self, block: str, code: str, name: str) -> str:
        """Write edited code into a new script; return its path when it is there. Raises DeckwrightError."""
        known = self._blocks.by_id.get(block)
        if known is None:
            raise ConfigError("this code is not on a slide any more", "copy it from the page")
        return save(self._project, known, code, name)

    # --- the thread -----------------------------------------------------------------------------

    def _work(self) -> None:
        with self._open_stage(self._project) as (stage, self._device_of):
            while True:
                try:
                    if not self._step(stage):
                        return
                except (DeckwrightError, OSError) as error:
                    self._fail(stage, as_ours(error))

    def _step(self, stage: Stage) -> bool:
        """Do what is asked for, and look at what runs; return False at the end."""
        try:
            command = self._commands.get(not stage.is_busy, _LOOK_SECONDS)
        except queue.Empty:
            command = _do_nothing
        if command is None:
            return False
        self._read_blocks(stage)
        command(stage)
        if stage.is_busy:
            stage.advance(_TICK_SECONDS)
        self._report(stage)
        return True

    def _read_blocks(self, stage: Stage) -> None:
        """Read the decks again if their pages have changed, and say which blocks there are."""
        versions = self._versions()
        if versions == self._read_for:
            return
        self._read_for = versions
        project = replace(self._project, settings=read_settings(self._project.root))
        self._blocks = blocks_of(read_course(project, self._named, self._parsed))
        codes = {
            block.id: {"code": block.code, "script": block.path} for block in self._blocks.by_id.values()
        }
        pages = {
            page: [[{**asdict(place), "display": None} for place in slide] for slide in slides]
            for page, slides in self._blocks.places.items()
        }
        for id in [id for id in self._shown if not self._holds(id)]:
            self._restore(stage, id)
        self._channel.publish("blocks", pages=pages, codes=codes)

    def _holds(self, id: str) -> bool:
        """Whether what was said of a block is still right: what its file gave may be another thing now."""
        asked, now = self._shown[id], self._blocks.by_id.get(id)
        return now is not None and (asked.edited is not None or asked.block.job.source == now.job.source)

    def _find(self, id: str) -> Block | None:
        block = self._blocks.by_id.get(id)
        device = self._device_of(block.job.options.device) if block else None
        return replace(block, job=replace(block.job, device=device)) if block and device else None

    def _prepare(self, stage: Stage, id: str) -> None:
        block = self._find(id)
        if block is not None and self._run is None and not _why_not(block):
            stage.prepare(block.staged())

    def _begin(self, stage: Stage, id: str, edited: str | None) -> None:
        self._leave_run(stage)
        block = self._find(id)
        if block is None:
            return
        self._asked = _Asked(block, edited)
        if why := _why_not(block):
            self._say(status="failed", note={"kind": "cannotRun", "detail": why})
            return
        self._run = stage.run(block.staged(edited))
        self._say(status="waiting")

    def _stop(self) -> None:
        if self._run is not None:
            self._run.stop()

    def _answer(self, line: str) -> None:
        if self._run is not None and self._run.asks:
            self._run.answer(line)

    def _restore(self, stage: Stage, id: str) -> None:
        if self._asked is not None and self._asked.block.id == id:
            self._leave_run(stage)
        self._forget(id)

    def _forget(self, id: str) -> None:
        """Say that a block is as its file has it."""
        if self._shown.pop(id, None):
            self._channel.publish(f"stage/{id}", block=id, status="")

    def _leave_run(self, stage: Stage) -> None:
        """End the run that goes on; its block shows what there was until then."""
        if self._run is not None:
            self._say(**self._partial(self._run), status="stopped")
            stage.end_run()
        self._run = self._asked = None

    def _report(self, stage: Stage) -> None:
        run = self._run
        if run is None:
            return
        if run.has_ended:
            self._say(**self._ended(run))
            stage.end_run()
            self._run = None
        elif run.has_news():
            self._say(**self._partial(run), status="running" if run.is_running else "waiting")

    def _partial(self, run: BlockRun) -> dict[str, Any]:
        """Return what a run has shown so far."""
        block = run.staged.block
        result = Result(block.id, block.device, 0.0, run.outputs())
        return {"panels": self._panels(block, result), "asks": run.asks, "note": _note(run)}

    def _ended(self, run: BlockRun) -> dict[str, Any]:
        result, block = run.result(), run.staged.block
        if run.before is not None:
            return {"status": "failed", **_before(run.staged.before, result)}
        if run.is_stopped:
            result = replace(result, failure=None)
        status = "stopped" if run.is_stopped else "failed" if result.failure else "done"
        error = _error(result.failure, block)
        seconds = round(result.seconds, 3)
        panels = self._panels(block, result)
        return {"status": status, "panels": panels, "error": error, "seconds": seconds, "note": _note(run)}

    def _panels(self, block: Job, result: Result) -> list[dict[str, str]]:
        assert self._asked is not None
        return panels_of(block, result, self._blocks.display(self._asked.block.id))

    def _say(self, **content: Any) -> None:
        """Say how the block that was asked for is: all of it, as a page that comes later hears only this."""
        assert self._asked is not None
        id = self._asked.block.id
        blank = {"panels": [], "asks": False, "error": None, "seconds": None, "note": None}
        whole = {**blank, "block": id, "code": self._asked.edited, **content}
        self._shown[id] = self._asked
        self._channel.publish(f"stage/{id}", **whole)

    def _fail(self, stage: Stage, error: DeckwrightError) -> None:
        """Say why a block cannot run: a tool fails, or a deck has gone."""
        if self._asked is not None:
            self._say(status="failed", note={"kind": "cannotRun", "detail": f"{error.message}: {error.hint}"})
        stage.end_run()
        self._run = self._asked = None


def _do_nothing(stage: Stage) -> None:
    """Nothing is asked for."""


def _why_not(block: Block) -> str:
    return "it runs as several processes" if block.job.options.nproc > 1 else ""


def _note(run: BlockRun) -> dict[str, str] | None:
    return {"kind": "fromStart", "detail": run.from_start} if run.from_start else None


def _before(job: Job, result: Result) -> dict[str, Any]:
    """Return why the statements before a block did not come to it."""
    if result.failure is None:
        return {"note": {"kind": "endsBefore", "detail": ""}}
    failure = replace(result.failure, statement=max(0, job.end_statement - 1))
    shown = replace(result, outputs=(), failure=failure)
    return {"note": {"kind": "failedBefore", "detail": ""}, "panels": panels_of(job, shown, Display())}


def _error(failure: Failure | None, block: Job) -> dict[str, Any] | None:
    """Return where in the code of a block an exception was raised, for the editor."""
    if failure is None or failure.raised is None or failure.kind is not FailureKind.RAISED:
        return None
    first = block.units[0].first_line
    frames = [frame for frame in failure.raised.frames if frame.path == block.script and frame.line >= first]
    if not frames:
        return None
    frame = frames[-1]
    lines = block.source.split("\n")
    text = lines[frame.line - 1] if frame.line <= len(lines) else ""
    column = len(text) - len(text.lstrip()) + len(frame.caret) - len(frame.caret.lstrip())
    return {
        "line": frame.line - first + 1,
        "column": column,
        "length": max(1, len(frame.caret.strip())),
        "message": _message(failure.raised),
    }


def _message(raised: Raised) -> str:
    return f"{raised.type}: {raised.message}" if raised.message else raised.type
