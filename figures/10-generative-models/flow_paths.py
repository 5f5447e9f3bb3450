"""The learnt velocity field, and points that go with it from noise to the two moons."""

import sys
from pathlib import Path

import matplotlib.pyplot as plt

sys.path.append(str(Path(__file__).resolve().parents[1]))
import house

import numpy as np
from matplotlib.animation import FuncAnimation

from parts import learnt

plt.rcParams["savefig.dpi"] = 96
data = learnt("toy")
paths = np.array([np.reshape(p, (-1, 2)) for p in data["paths"]])
fields = np.array([np.reshape(f, (-1, 2)) for f in data["fields"]])
axis = np.array(data["axis"])
grid = np.stack(np.meshgrid(axis, axis), -1).reshape(-1, 2)
fig, (ax, lines) = house.figure(11.2, 5.2, cols=2, sharex=True, sharey=True)
arrows = ax.quiver(*grid.T, *fields[0].T, color=house.GREY, scale=45, width=0.004)
dots = ax.scatter([], [], s=16, color=house.ORANGE, zorder=3)
trails = [lines.plot([], [], color=house.GREY, linewidth=house.THIN)[0] for _ in range(60)]
heads = lines.scatter([], [], s=24, color=house.TEAL, zorder=3)
starts = lines.scatter(*paths[0, :60].T, s=14, color=house.BLUE, marker="^", zorder=2)
note = ax.set_title("")
lines.set_title("60 个点：三角出发，圆点到达")
for each in (ax, lines):
    each.set(xlim=(-2.6, 2.6), ylim=(-2.6, 2.6), aspect="equal", xlabel="$x_1$")
    each.grid(False)
ax.set_ylabel("$x_2$")


def draw(k):
    k = min(k, len(fields))
    dots.set_offsets(paths[k])
    arrows.set_UVC(*fields[min(k, len(fields) - 1)].T)
    note.set_text(f"速度场，$t={k / len(fields):.2f}$")
    for i, trail in enumerate(trails):
        trail.set_data(*paths[: k + 1, i].T)
    heads.set_offsets(paths[k, :60])


draw(len(fields))
fig.canvas.draw()
fig.set_layout_engine("none")
animation = FuncAnimation(fig, draw, frames=len(fields) + 5, interval=250)
plt.show()
