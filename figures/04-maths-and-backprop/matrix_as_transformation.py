"""The plane under a growing linear map: grid lines stay straight, the square becomes a parallelogram."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.animation import FuncAnimation

sys.path.append(str(Path(__file__).resolve().parents[2] / "figures"))
import house

W = np.array([[1.5, 0.5], [0.5, 1.0]])
fig, ax = house.figure(9.6, 5.2)
ticks = np.arange(-4, 5)
lines = [np.array([[t, -4], [t, 4]]) for t in ticks] + [np.array([[-4, t], [4, t]]) for t in ticks]
square = np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]])
for line in lines:
    ax.plot(*line.T, color=house.HAIRLINE, linewidth=house.THIN)
moving = [ax.plot([], [], color=house.BLUE, linewidth=1.2, alpha=0.5)[0] for _ in lines]
(patch,) = ax.fill(*square.T, color=house.tint(house.GOLD, 0.6), zorder=2)
COLORS = house.ORANGE, house.TEAL
arrows = [ax.plot([], [], color=color, linewidth=4.5, zorder=4)[0] for color in COLORS]
heads = [ax.plot([], [], "o", color=color, markersize=11, zorder=5)[0] for color in COLORS]
names = [ax.text(0, 0, "", color=color, fontsize=house.TITLE, zorder=6, ha=ha, va=va,
                 bbox={"facecolor": house.PAPER, "edgecolor": "none", "pad": 1.5, "alpha": 0.85})
         for color, ha, va in ((house.ORANGE, "left", "top"), (house.TEAL, "right", "bottom"))]
note = ax.text(-3.05, -1.72, "", fontsize=house.TITLE, color=house.GOLD, zorder=6,
               bbox={"facecolor": house.PAPER, "edgecolor": "none", "pad": 3})
ax.set(xlim=(-3.2, 3.2), ylim=(-1.9, 2.1), aspect="equal", xlabel="$x_1$", ylabel="$x_2$")
ax.grid(False)
STEPS = 20


def draw(frame):
    """The map ``(1 - t) I + t W`` for a time t that starts and ends slowly."""
    s = min(max(frame - 3, 0) / STEPS, 1)
    t = s * s * (3 - 2 * s)
    M = (1 - t) * np.eye(2) + t * W
    for line, drawn in zip(lines, moving):
        drawn.set_data(*(line @ M.T).T)
    patch.set_xy(square @ M.T)
    for k in range(2):
        x, y = M[:, k]
        arrows[k].set_data([0, x], [0, y])
        heads[k].set_data([x], [y])
        names[k].set_position((x + (0.1 if k == 0 else -0.1), y))
        names[k].set_text(f"$e_{k + 1}$ → ({x:.1f}, {y:.1f})")
    note.set_text(f"方格的面积 1 → {np.linalg.det(M):.2f}")


draw(0)
fig.canvas.draw()
fig.set_layout_engine("none")  # once is enough for all frames
plt.rcParams["savefig.dpi"] = 110  # many frames: no finer than the slide
animation = FuncAnimation(fig, draw, frames=STEPS + 10, interval=110)
draw(STEPS + 3)
plt.show()
