"""A stage, and blocks of a script that run on it."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from deckwright.execute.stage import BlockRun, Stage
from deckwright.model import Options, Output, Printed, Result, Rich, Unshown
from deckwright.parse import parse_deck, parse_script
from deckwright.present.blocks import Block, blocks_of
from deckwright.resolve import resolve

SCRIPT = "snippets/a.py"
_SECONDS = 100.0


class StageProject:
    """A project with one script, and a stage for it."""

    def __init__(self, root: Path, stage: Stage) -> None:
        self.root = root
        self.stage = stage

    def block(self, source: str, name: str = "r", **options: object) -> Block:
        """Write a script, and return a block of it."""
        (self.root / SCRIPT).write_text(source, "utf-8")
        deck = f"# A\n\n```python file=../{SCRIPT}#{name}\n```\n"
        return self.found(deck, f"{SCRIPT}#{name}", {SCRIPT: source}, **options)

    def found(self, deck: str, id: str, sources: dict[str, str], **options: object) -> Block:
        """Return a block of a deck."""
        scripts = {path: parse_script(path, text) for path, text in sources.items()}
        course = resolve([parse_deck("slides/a.md", deck)], scripts, [*sources], lambda path: True)
        block = blocks_of(course).by_id[id]
        chosen: Options = replace(block.job.options, **options)  # type: ignore[arg-type]
        return replace(block, job=replace(block.job, device="cpu", options=chosen))

    def begin(self, block: Block, edited: str | None = None) -> BlockRun:
        return self.stage.run(block.staged(edited))

    def run(self, block: Block, edited: str | None = None) -> Result:
        """Run a block to its end."""
        run = self.begin(block, edited)
        self.until(lambda: run.has_ended)
        return run.result()

    def prints(self, block: Block, edited: str | None = None) -> str:
        """Run a block, and return what it prints and displays as text."""
        result = self.run(block, edited)
        assert result.failure is None, result.failure
        return shown(result.outputs)

    def until(self, condition: object) -> None:
        deadline = time.monotonic() + _SECONDS
        while not condition():  # type: ignore[operator]
            assert time.monotonic() < deadline, "it did not happen in time"
            self.stage.advance(0.01)


def shown(outputs: tuple[Output, ...]) -> str:
    """Return outputs as text; of a picture, its type."""
    texts: list[str] = []
    for part in (part for output in outputs for part in output.parts):
        match part:
            case Printed(text=text):
                texts.append(text)
            case Rich(data=data):
                texts.append("[svg]" if "image/svg+xml" in data else data["text/plain"])
            case Unshown():
                pass
    return "".join(texts).strip()
