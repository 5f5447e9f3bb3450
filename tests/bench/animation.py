"""An animation of many small frames, as a GIF: by Deckwright, and by matplotlib with Pillow."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from commands import BenchError, Command, Run
from entry import COLD, Case, Entry, removing
from environment import Programs
from ours import DECKWRIGHT_HTML
from PIL import Image
from verify import check_count

SAVE = "matplotlib's save, with Pillow"
FRAMES = 300
_SCRIPT = f"""\
# %% wave
#| label: wave
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import FuncAnimation

drawing, axes = plt.subplots(figsize=(3, 2))
place = np.linspace(0, 6.3, 100)
(line,) = axes.plot(place, np.sin(place))


def draw_frame(number):
    line.set_ydata(np.sin(place + number / 20))
    return (line,)


animation = FuncAnimation(drawing, draw_frame, frames={FRAMES}, interval=40)
"""
_SAVING = "animation.save('wave.gif', writer='pillow')\n"
_DECK = "---\nmarp: true\n---\n\n# A wave\n\n![A wave runs](../figures/wave.gif)\n"


def animation_entries(title: str, root: Path, programs: Programs) -> tuple[Entry, ...]:
    """Return the build of one slide with an animation, and the script that saves it."""
    project, loop = root / "project", root / "loop"
    for path, text in {
        project / "slides/wave.md": _DECK,
        project / "snippets/wave.py": _SCRIPT,
        loop / "wave.py": _SCRIPT + _SAVING,
    }.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    case = Case(title, COLD)
    build: Command = (programs.deckwright, "build", "--to", "html")
    saved, made = loop / "wave.gif", project / "build/figures/wave.gif"
    return (
        Entry(
            case, SAVE, loop, ((programs.python, "wave.py"),), check=partial(_check, saved, saved), once=True
        ),
        Entry(
            case,
            DECKWRIGHT_HTML,
            project,
            (build,),
            prepare=removing(project / "build"),
            check=partial(_check, made, saved),
            once=True,
        ),
    )


def _check(made: Path, saved: Path, number: int, done: Run) -> None:
    with Image.open(made) as picture:
        check_count(getattr(picture, "n_frames", 1), FRAMES, "frames")
    if made.stat().st_size > saved.stat().st_size:
        raise BenchError(f"{made.name} is larger than what matplotlib saves")
