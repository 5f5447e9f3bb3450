"""What the stage does when files change while a block runs, with a stage on which nothing ends by itself."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from deckwright.execute.stage import StagedBlock
from deckwright.present.channel import Channel
from deckwright.present.staging import Staging
from deckwright.project.project import Project, find_project

DECK = "---\nmarp: true\n---\n\n```python file=../snippets/a.py#r\n```\n"
SCRIPT = "x = 1\n\n# %% r\nprint(x)\n"
BLOCK = "snippets/a.py#r"


class EndlessStage:
    """Runs a block until that is ended."""

    def __init__(self) -> None:
        self.ran: list[str] = []
        self.is_busy = False

    def prepare(self, staged: StagedBlock) -> None:
        """Prepare nothing."""

    def run(self, staged: StagedBlock) -> Any:
        self.ran.append(staged.block.source)
        self.is_busy = True
        return SimpleNamespace(
            staged=staged,
            has_ended=False,
            is_running=True,
            asks=False,
            from_start="",
            has_news=lambda: False,
            outputs=lambda: (),
        )

    def end_run(self) -> None:
        self.is_busy = False

    def advance(self, seconds: float) -> None:
        time.sleep(seconds)


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)


@pytest.mark.parametrize(
    ("edited", "script", "goes_on"),
    [
        (None, SCRIPT.replace("1", "2"), False),
        (None, "broken (\n", False),
        ("print(3)", "broken (\n", False),
        ("print(3)", SCRIPT.replace("1", "2"), True),
    ],
)
def test_a_run_ends_whose_block_is_another_one_now(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edited: str | None, script: str, goes_on: bool
) -> None:
    monkeypatch.setattr("deckwright.present.staging.install_editor", lambda stopped: None)
    for path, text in {
        "slides/a.md": DECK,
        "snippets/a.py": SCRIPT,
        "pyproject.toml": "[tool.deckwright]\n",
    }.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    stage, channel, versions = EndlessStage(), Channel(), {"html/a.html": "1"}

    @contextmanager
    def opened(project: Project) -> Iterator[Any]:
        yield stage, lambda wanted: "cpu"

    def status() -> str:
        return str(json.loads(channel.latest(f"stage/{BLOCK}") or "{}").get("status"))

    with Staging(find_project(tmp_path), (), channel, lambda: dict(versions), opened) as staging:
        staging.run(BLOCK, edited)
        wait_until(lambda: status() == "waiting")
        said = channel.latest("blocks")
        (tmp_path / "snippets/a.py").write_text(script)
        versions["html/a.html"] = "2"
        wait_until(lambda: channel.latest("blocks") != said or stage.is_busy is False or goes_on)
        staging.answer("")  # all that was asked for before is done when this is
        wait_until(lambda: staging._commands.empty())
        time.sleep(0.1)
        assert (stage.is_busy, status()) == ((True, "waiting") if goes_on else (False, ""))
