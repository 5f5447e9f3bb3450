from __future__ import annotations

from pathlib import Path

from deckwright.child.task import Task, read_task, write_task
from deckwright.model import Job, Options


def test_a_task_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    job = Job("a/b.py", "x = 1\n", (), (), Options(), "cpu")
    task = Task(job, "/project", str(tmp_path), ("font.ttf",), "0")
    write_task(task)
    assert read_task(str(tmp_path)) == task
    assert task.script == Path("/project/a/b.py")
