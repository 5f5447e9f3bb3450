"""Downhill in the fog: each step goes against the slope under the foot."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import FuncAnimation

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

def J(w):
    return (w - 3) ** 2


rate, path = 0.1, [0.0]
for _ in range(16):
    path.append(path[-1] - rate * 2 * (path[-1] - 3))
path = np.array(path)
fig, ax = house.figure(9.6, 5)
w = np.linspace(-1, 6, 200)
ax.plot(w, J(w), color=house.HAIRLINE, linewidth=4)
(trail,) = ax.plot([], [], "o", color=house.tint(house.ORANGE, 0.45), markersize=9)
(tangent,) = ax.plot([], [], color=house.TEAL, linewidth=2.6)
(now,) = ax.plot([], [], "o", color=house.ORANGE, markersize=16, zorder=5)
note = ax.text(2.05, 11.6, "", fontsize=house.TITLE, color=house.INK, linespacing=1.6, va="top")
ax.set(xlabel="$w$", ylabel="$J(w)=(w-3)^2$", ylim=(-0.8, 12), xlim=(-1, 6))


def draw(frame):
    """Step ``frame``: where it stands, the slope there, and what it does."""
    k = min(frame, 16)
    at, slope = path[k], 2 * (path[k] - 3)
    trail.set_data(path[:k], J(path[:k]))
    now.set_data([at], [J(at)])
    tangent.set_data([at - 0.9, at + 0.9], [J(at) - 0.9 * slope, J(at) + 0.9 * slope])
    text = f"第 {k} 步：$w$ = {at:.2f}\n坡度 {slope:.2f}，所以往右走 {-rate * slope:.2f}"
    note.set_text(text.replace("-", "−"))


draw(0)
fig.canvas.draw()
fig.set_layout_engine("none")  # once is enough for all frames
plt.rcParams["savefig.dpi"] = 110  # many frames: no finer than the slide
animation = FuncAnimation(fig, draw, frames=22, interval=400)
draw(16)
plt.show()
