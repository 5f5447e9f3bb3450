"""A warning where others use the GPUs on which scripts are about to run: times and memory are then shared."""

from __future__ import annotations

from collections.abc import Iterator

from deckwright.build.context import Context
from deckwright.model import Course, Diagnostic, Plan
from deckwright.text.lines import Lines


def gpu_warnings(context: Context, course: Course, plan: Plan) -> Iterator[Diagnostic]:
    """Yield a warning for each process of others on a GPU, at the first script that will run on one."""
    due = sorted(step.job.script for step in plan.stale if step.job.device.startswith("cuda"))
    if not due:
        return
    lines = Lines(due[0], course.scripts[due[0]].text)
    hint = "CUDA_VISIBLE_DEVICES chooses another GPU; times may be longer here, and memory may run out"
    for user in context.ports.gpu_users():
        yield lines.warning("gpu-in-use", user, lines.location(1), hint)
